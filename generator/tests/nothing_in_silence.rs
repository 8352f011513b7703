//! Nothing is dropped in silence: each flaw that costs a fact has a diagnostic.

use std::fmt::Write as _;

use docbind::diagnostic::{Code, Parsed};
use docbind::docs::Docs;
use docbind::{Loaded, Options, Runtime};

/// The parts of a page about an action that a flaw may replace.
#[derive(Clone)]
struct Page {
    request: String,
    headers: String,
    query: String,
    body: String,
    response: String,
    permissions: String,
}

impl Page {
    fn sound() -> Self {
        Self {
            request: "## HTTP request\n\n```http\nPOST /me/notes/{id}/paint\n```\n".to_owned(),
            headers: "## Request headers\n\n|Name|Description|\n|:---|:---|\n|Prefer|What is preferred.|\n".to_owned(),
            query: String::new(),
            body: "## Request body\n\nProvide a JSON object with these parameters.\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|color|String|Its color.|\n".to_owned(),
            response: "## Response\n\nIf successful, this action returns a `204 No Content` response code.\n".to_owned(),
            permissions: "## Permissions\n\n|Permission type|Permissions (from least to most privileged)|\n|:---|:---|\n|Delegated (work or school account)|Notes.Read|\n|Delegated (personal Microsoft account)|Not supported.|\n|Application|Notes.Read|\n".to_owned(),
        }
    }

    fn text(&self) -> String {
        let Self { request, headers, query, body, response, permissions } = self;
        format!(
            "# note: paint\n\nNamespace: microsoft.graph\n\nPaints it.\n\n{permissions}\n{request}\n{query}\n{headers}\n{body}\n{response}"
        )
    }
}

fn with(change: impl FnOnce(&mut Page)) -> String {
    let mut page = Page::sound();
    change(&mut page);
    page.text()
}

fn load(path: &str, text: &str) -> Loaded {
    let docs = Docs::from_texts([(path, text)]);
    let Parsed { value: api, diagnostics } = docbind::interpret(&docs);
    Loaded { api, docs, diagnostics }
}

fn codes(path: &str, text: &str) -> Vec<Code> {
    let mut loaded = load(path, text);
    let options = Options {
        name: "notes".to_owned(),
        client: "Client".to_owned(),
        runtime: Runtime::Path("runtime".into()),
        is_workspace: false,
        ..Options::default()
    };
    docbind::generate(&mut loaded, &options);
    loaded.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn a_sound_page_has_no_diagnostics() {
    assert_eq!(codes("api/note-paint.md", &Page::sound().text()), []);
}

#[test]
fn each_flaw_is_reported() {
    let many =
        (0..40).fold("|Name|Type|Description|\n|:---|:---|:---|\n".to_owned(), |mut table, at| {
            writeln!(table, "|p{at}|String|Required. The number {at}.|")
                .expect("a string can be written");
            table
        });
    let flaws = [
        (
            "a HEAD beside the POST",
            with(|page| {
                page.request = page.request.replace("paint\n", "paint\nHEAD /me/notes/{id}\n");
            }),
            Code::UnknownMethod,
        ),
        (
            "an OPTIONS beside the POST",
            with(|page| {
                page.request = page.request.replace("paint\n", "paint\nOPTIONS /me/notes\n");
            }),
            Code::UnknownMethod,
        ),
        (
            "a MERGE beside the POST",
            with(|page| page.request = page.request.replace("paint\n", "paint\nMERGE /me/notes\n")),
            Code::UnknownMethod,
        ),
        (
            "a body whose table has strange headers",
            with(|page| page.body = page.body.replace("Parameter|Type", "Thingy|Kind")),
            Code::UnreadableTable,
        ),
        (
            "parameters under an unknown heading",
            with(|page| page.body = page.body.replace("Request body", "Body of the request")),
            Code::UnreadableTable,
        ),
        (
            "another type of permission",
            with(|page| page.permissions.push_str("|Managed identity|Notes.Write|\n")),
            Code::UnreadablePermission,
        ),
        (
            "a cell that holds no permission",
            with(|page| {
                page.permissions = page
                    .permissions
                    .replace("|Application|Notes.Read|", "|Application|All of them|");
            }),
            Code::UnreadablePermission,
        ),
        (
            "a header with an unreadable name",
            with(|page| page.headers.push_str("|{header}|Something.|\n")),
            Code::UnreadableName,
        ),
        (
            "a parameter of the query with an unreadable name",
            with(|page| {
                page.query =
                    "## Query parameters\n\n|Name|Type|Description|\n|:---|:---|:---|\n|a b|String|Something.|\n"
                        .to_owned();
            }),
            Code::UnreadableName,
        ),
        (
            "more required parameters than a function has",
            with(|page| page.query = format!("## Query parameters\n\n{many}")),
            Code::TooManyParameters,
        ),
        (
            "a way through folders",
            with(|page| page.request = page.request.replace("/me/notes", "/../../etc/passwd")),
            Code::UnreadablePath,
        ),
        (
            "a dot in a path",
            with(|page| page.request = page.request.replace("/me/notes", "/./notes")),
            Code::UnreadablePath,
        ),
        ("no Response section", with(|page| page.response.clear()), Code::MissingResponse),
        (
            "a Response section with errors only",
            with(|page| {
                page.response =
                    "## Response\n\nIf the note is gone, this returns a `404 Not Found` response code.\n".to_owned();
            }),
            Code::MissingResponse,
        ),
    ];
    for (flaw, text, code) in flaws {
        let found = codes("api/note-paint.md", &text);
        assert!(found.contains(&code), "{flaw}: {found:?} has no {}", code.id());
    }
}

#[test]
fn a_table_of_properties_without_types_is_reported() {
    let text = "# note resource type\n\nNamespace: microsoft.graph\n\n## Properties\n\n|Property|Kind|Text|\n|:---|:---|:---|\n|color|String|Its color.|\n";
    assert!(codes("resources/note.md", text).contains(&Code::UnreadableTable));
}

#[test]
fn many_headers_are_all_kept() {
    let mut page = Page::sound();
    for at in 0..150 {
        writeln!(page.headers, "|X-{at}|Something.|").expect("a string can be written");
    }
    let loaded = load("api/note-paint.md", &page.text());
    assert_eq!(loaded.api.versions[0].operations[0].parameters.len(), 152);
}
