//! Docs are untrusted: whatever a page says, every other page still counts, nothing is written
//! outside of the output folder, and no code of the page's choosing is emitted.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use docbind::output::{self, Mode};
use docbind::{Loaded, Options, Runtime};
use proc_macro2::{TokenStream, TokenTree};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

const GOOD: &str = "\
---
title: \"note resource type\"
---
# note resource type

Namespace: example.notes

## Properties

|Property|Type|Description|
|:---|:---|:---|
|text|String|What it says.|

## JSON representation

<!-- { \"blockType\": \"resource\", \"@odata.type\": \"example.notes.note\" } -->
```json
{ \"text\": \"String\" }
```
";

const GOOD_OPERATION: &str = "\
# List notes

Namespace: example.notes

## HTTP request

```http
GET /notes
```

## Response

If successful, this method returns a `200 OK` response code and a collection of [note](../resources/note.md) objects in the response body.
";

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    fs::write(path, bytes).expect("the file can be written");
}

fn options() -> Options {
    Options {
        name: "hostile".to_owned(),
        client: "Client".to_owned(),
        runtime: Runtime::Version("0.1.0".to_owned()),
        is_workspace: true,
        ..Options::default()
    }
}

/// Loads good pages with some bad ones.
#[track_caller]
fn load(folder: &Path, bad: &[(&str, Vec<u8>)]) -> Loaded {
    let docs = folder.join("docs");
    write(&docs.join("resources/note.md"), GOOD.as_bytes());
    write(&docs.join("api/note-list.md"), GOOD_OPERATION.as_bytes());
    for (path, bytes) in bad {
        write(&docs.join(path), bytes);
    }
    let loaded = docbind::load(&docs, None).expect("the folder can be read");
    assert_eq!(missing(&loaded), None, "the good pages count");
    assert!(!ids(&loaded).contains(&"internal-failure"), "no page makes docbind fail");
    loaded
}

/// What of the good pages the model lacks.
fn missing(loaded: &Loaded) -> Option<&'static str> {
    let model = &loaded.api.versions[0];
    let note = model.types.iter().find(|ty| ty.name == "example.notes.note");
    let text = note.and_then(|ty| ty.properties.iter().find(|property| property.name == "text"));
    let list = model.operations.iter().find(|operation| operation.id == "note-list");
    let path = list.and_then(|list| list.paths.first());
    match (text, path) {
        (None, _) => Some("the type"),
        (_, None) => Some("the operation"),
        (Some(_), Some(path)) => (path.template.text != "/notes").then_some("the path"),
    }
}

fn ids(loaded: &Loaded) -> Vec<&'static str> {
    loaded.diagnostics.iter().map(|found| found.code.id()).collect()
}

/// Runs the whole pipeline on good pages and some bad ones, and returns what was generated.
#[track_caller]
fn run(bad: &[(&str, Vec<u8>)]) -> (Loaded, Vec<(String, String)>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut loaded = load(folder.path(), bad);
    let files = docbind::generate(&mut loaded, &options()).files;
    let out = folder.path().join("deep/in/out");
    output::apply(&files, &out, Mode::Write).expect("the files can be written");
    let around: Vec<_> = fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(around.len(), 2, "nothing is written beside the output folder: {around:?}");
    for file in files.iter().filter(|file| is_rust(&file.path)) {
        let parsed = syn::parse_file(&file.text);
        assert!(parsed.is_ok(), "{}: {:?}", file.path, parsed.err());
    }
    (loaded, files.into_iter().map(|file| (file.path, file.text)).collect())
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// A page of a type whose every text is the given one.
fn page_of(text: &str) -> Vec<u8> {
    let json = serde_json::to_string(text).expect("a string");
    format!(
        "---\ntitle: {json}\ndescription: {json}\n---\n\n# {text} resource type\n\nNamespace: {text}\n\n{text}\n\n\
         ## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|{text}|{text}|{text}|\n|plain|String|{text}|\n\n\
         ### {text} values\n\n|Member|Description|\n|:---|:---|\n|{text}|{text}|\n\n\
         ## JSON representation\n\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": {json} }} -->\n```json\n{{ {json}: {json} }}\n```\n"
    )
    .into_bytes()
}

/// A page of an operation whose every text is the given one.
fn operation_of(text: &str) -> Vec<u8> {
    format!(
        "---\ntitle: x\n---\n\n# {text}\n\nNamespace: example.notes\n\n{text}\n\n## HTTP request\n\n```http\nPOST /notes/{{id}}/{text}\n\
         GET /notes/f(a='{text}')\n```\n\n## Request body\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|{text}|String|{text}|\n\n\
         ## Response\n\nIf successful, returns `200 OK` and a [{text}](../resources/{text}.md) object.\n"
    )
    .into_bytes()
}

const TEXTS: [&str; 18] = [
    "*/ fn pwned() {} /*",
    "\"] fn pwned() {} #[doc = \"",
    "\\\"] fn pwned() {} //",
    "\u{202e}fn pwned() {}\u{2066}",
    "```\nfn pwned() {}\n```",
    "#![feature(pwned)]",
    "../../../pwned",
    "/etc/pwned",
    "..\\..\\pwned",
    "con",
    "lib",
    "{}} fn pwned() {",
    "\u{0}\u{7}\u{1b}[31mpwned",
    "macro_rules! pwned { () => {} }",
    "r#type::pwned!()",
    "include!(\"pwned\")",
    "\u{e9}a\\*",
    "a <!--> b",
];

#[test]
fn texts_stay_texts() {
    let mut pages: Vec<(String, Vec<u8>)> = Vec::new();
    for (at, text) in TEXTS.iter().enumerate() {
        pages.push((format!("resources/bad{at}.md"), page_of(text)));
        pages.push((format!("api/bad{at}-post.md"), operation_of(text)));
    }
    let pages: Vec<_> = pages.iter().map(|(path, bytes)| (path.as_str(), bytes.clone())).collect();
    let (_, files) = run(&pages);
    for (path, text) in files.iter().filter(|(path, _)| is_rust(path)) {
        let tokens: TokenStream = text.parse().expect("generated code has tokens");
        let mut words = Vec::new();
        collect(tokens, &mut words);
        // Literals are no words, so what is left of the page are names that were made valid.
        let text = words.join(" ");
        // A path may well have a segment called `pwned`, but its function takes `&self`.
        for code in ["fn pwned ( (", "macro_rules !", "include !", "feature ( pwned"] {
            assert!(!text.contains(code), "{path}: {code}");
        }
    }
}

/// Every word and sign outside of literals.
fn collect(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                words.push("(".to_owned());
                collect(group.stream(), words);
            }
            TokenTree::Ident(word) => words.push(word.to_string()),
            TokenTree::Punct(sign) => words.push(sign.as_char().to_string()),
            TokenTree::Literal(_) => words.push("\"\"".to_owned()),
        }
    }
}

/// A bad page, and the diagnostic that it is due; some are merely odd.
type Case = (&'static str, Vec<u8>, Option<&'static str>);

#[test]
fn pages_that_are_broken_cost_themselves_alone() {
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(GOOD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let long = |text: &str| text.repeat(200_000 / text.len()).into_bytes();
    let no_facts = Some("page-without-facts");
    let cases: [Case; 17] = [
        ("nothing", Vec::new(), Some("missing-title")),
        ("one line of ten megabytes", vec![b'a'; 10_000_000], no_facts),
        ("pipes", long("|"), no_facts),
        ("quotes in quotes", long("> "), Some("deep-nesting")),
        ("lists in lists", long("1. "), Some("deep-nesting")),
        ("brackets", long("["), no_facts),
        ("emphasis", long("*a_"), no_facts),
        ("a table without end", long("|a|b|\n|-|-|\n"), no_facts),
        ("an open fence", b"# x\n\n```http\nGET /x\n".to_vec(), Some("unclosed-fence")),
        ("an open comment", b"# x\n\n<!-- {\n\n## y\n".to_vec(), Some("unclosed-comment")),
        ("NUL bytes", vec![0; 100_000], Some("nul-bytes")),
        ("no UTF-8", vec![0xC3, 0x28, 0xA0, 0xFF, 0xFE, b'\n', b'#', b' ', b'x'], Some("invalid-utf8")),
        ("UTF-16", utf16, Some("utf-16")),
        ("front matter without end", b"---\ntitle: x\n".to_vec(), Some("invalid-front-matter")),
        (
            "YAML that refers to itself",
            b"---\na: &a [*a, *a]\n---\n# x\n".to_vec(),
            no_facts,
        ),
        (
            "deep YAML",
            [b"---\na: ".to_vec(), vec![b'['; 100_000], b"\n---\n# x\n".to_vec()].concat(),
            Some("invalid-front-matter"),
        ),
        (
            "deep JSON",
            [
                b"# Get x\n\n## HTTP request\n\n```http\nGET /x\n```\n\n## Response\n\n```http\nHTTP/1.1 200 OK\n\n".to_vec(),
                vec![b'['; 200_000],
                b"\n```\n".to_vec(),
            ]
            .concat(),
            Some("invalid-json"),
        ),
    ];
    for (name, bytes, due) in cases {
        let (loaded, _) = run(&[("api/bad-get.md", bytes)]);
        if let Some(due) = due {
            assert!(ids(&loaded).contains(&due), "{name}: {:?} lacks {due}", ids(&loaded));
        }
    }
}

/// An operation page with these request lines, and what follows them.
fn operation(lines: &str, rest: &str) -> Vec<u8> {
    format!(
        "# x: f\n\nNamespace: example.notes\n\n## HTTP request\n\n```http\n{lines}\n```\n\n{rest}\n"
    )
    .into_bytes()
}

fn resource(rest: &str) -> Vec<u8> {
    format!("# x resource type\n\nNamespace: example.notes\n\n{rest}\n").into_bytes()
}

/// `line` for each number.
fn many(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// How much there is of each.
const MUCH: usize = 30_000;

const TABLE: &str = "|Property|Type|Description|\n|:---|:---|:---|\n";

fn much_in_operations() -> Vec<Case> {
    let example = "\n```http\nGET https://api.example/v1.0/x\n```\n";
    vec![
        (
            "query parameters",
            operation(&format!("GET /x?{}", many(MUCH, |at| format!("a{at}={{a}}&"))), ""),
            Some("impossible-path"),
        ),
        (
            "arguments of a function",
            operation(
                &format!("GET /x/f({})", many(MUCH, |at| format!("a{at}={{a}},"))),
                &format!(
                    "## Function parameters\n\n{TABLE}{}",
                    many(MUCH, |at| format!("|a{at}|String|x|\n"))
                ),
            ),
            // The plan says that there are too many.
            None,
        ),
        (
            "parameters in a table",
            operation(
                "GET /x/f",
                &format!(
                    "## Request body\n\n{TABLE}{}",
                    many(MUCH, |at| format!("|a{at}|String|x|\n"))
                ),
            ),
            None,
        ),
        ("segments", operation(&format!("GET {}", "/a".repeat(MUCH)), ""), Some("impossible-path")),
        (
            "paths",
            operation(&many(MUCH, |at| format!("GET /x{at}/{{id}}/y\n")), ""),
            Some("path-limit"),
        ),
        (
            "examples",
            operation("GET /x", &format!("## Examples\n{}", example.repeat(MUCH / 10))),
            None,
        ),
    ]
}

fn much_in_types() -> Vec<Case> {
    vec![
        ("headings", resource(&many(MUCH, |at| format!("## Heading {at}\n\ntext\n\n"))), None),
        (
            "nested headings",
            resource(&many(MUCH, |at| format!("{} Properties\n\n", "#".repeat(2 + at % 5)))),
            None,
        ),
        (
            "rows",
            resource(&format!(
                "## Properties\n\n{TABLE}{}",
                many(MUCH, |at| format!("|p{at}|String|x|\n"))
            )),
            None,
        ),
        (
            "the same row",
            resource(&format!("## Properties\n\n{TABLE}{}", "|p|String|x|\n".repeat(MUCH))),
            Some("duplicate-property"),
        ),
        (
            "members",
            resource(&format!(
                "### color values\n\n|Member|\n|:---|\n{}",
                many(MUCH, |at| format!("|m{at}|\n"))
            )),
            None,
        ),
        (
            "types",
            resource(&many(MUCH / 10, |at| {
                format!(
                    "<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"example.notes.t{at}\" }} -->\n\n"
                )
            })),
            None,
        ),
        ("open comments", resource(&"<!-- { \"a\": 1\n\n".repeat(MUCH)), Some("unclosed-comment")),
        ("open links", resource(&"[a](".repeat(MUCH)), None),
        (
            "links in a cell",
            resource(&format!(
                "## Properties\n\n{TABLE}|p|{}|x|\n",
                many(MUCH, |at| format!("[a{at}](b{at}.md) or "))
            )),
            None,
        ),
        (
            "a long link",
            resource(&format!("## Properties\n\n{TABLE}|p|[y]({}y.md)|x|\n", "../".repeat(MUCH))),
            None,
        ),
        (
            "columns",
            resource(&format!(
                "## Properties\n\n|Property|{0}\n|{1}\n|p|{0}\n",
                "a|".repeat(MUCH),
                "-|".repeat(MUCH + 1)
            )),
            None,
        ),
    ]
}

/// Whatever there is much of, a page takes a time that grows with its length. The bound is a
/// hundred times what it takes, so that a slow machine passes, and far less than the square.
#[test]
fn much_of_anything_takes_its_time_and_no_more() {
    for (name, bytes, due) in much_in_operations().into_iter().chain(much_in_types()) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = if bytes.starts_with(b"# x:") { "api/x.md" } else { "resources/x.md" };
        let started = now();
        let loaded = load(folder.path(), &[(path, bytes)]);
        let took = started.elapsed();
        assert!(took < Duration::from_secs(20), "{name}: {took:?}");
        if let Some(due) = due {
            assert!(ids(&loaded).contains(&due), "{name} lack {due}");
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "a test may look at the clock")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

#[test]
fn chains_end() {
    // Each type extends the next, and the last one the first.
    let types: Vec<(String, Vec<u8>)> = (0..200)
        .map(|at| {
            let base = (at + 1) % 200;
            let text = format!(
                "# t{at} resource type\n\nNamespace: example.notes\n\nInherits from [t{base}](t{base}.md).\n\n\
                 ## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|p{at}|[t{base}](t{base}.md) collection|x|\n"
            );
            (format!("resources/t{at}.md"), text.into_bytes())
        })
        .collect();
    let types: Vec<(&str, Vec<u8>)> =
        types.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let (loaded, _) = run(&types);
    assert!(ids(&loaded).contains(&"cyclic-inheritance"), "the cycle is reported");
}

/// What is spliced into pages: what opens or ends something, and what is longer than it looks.
const FRAGMENTS: [&str; 30] = [
    "\u{e9}", "\u{17f}", "\u{130}", "<!-->", "<!--", "-->", "\\*", "[", "](", "|", "`", "```",
    "\0", "{", "}", "\"", "\\", "\n", "\r", "\n\n", "#", "---\n", "> ", "- ", "$", "/", "(", "'",
    "&#x41;", "<br>",
];

/// The pages of `docs-input`, by their path below the version's folder.
fn pages_of_docs_input() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input/v1.0");
    let mut pages: Vec<(String, Vec<u8>)> = Vec::new();
    for folder in ["api", "resources"] {
        let entries = fs::read_dir(root.join(folder)).expect("docs-input can be read");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let files: Vec<PathBuf> = paths.filter(|path| path.is_file()).collect();
        pages.extend(files.iter().map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            (format!("{folder}/{name}"), fs::read(path).expect("the page can be read"))
        }));
    }
    pages.sort();
    pages
}

#[derive(Clone, Debug)]
enum Change {
    Insert(&'static str),
    /// Takes out so many bytes, which need not be whole characters.
    Remove(usize),
    /// Takes out the rest.
    Cut,
}

fn change() -> impl Strategy<Value = (Index, Change)> {
    let kinds = prop_oneof![
        8 => proptest::sample::select(&FRAGMENTS[..]).prop_map(Change::Insert),
        3 => (1..40_usize).prop_map(Change::Remove),
        1 => Just(Change::Cut),
    ];
    (any::<Index>(), kinds)
}

fn changed(mut page: Vec<u8>, changes: &[(Index, Change)]) -> Vec<u8> {
    for (place, change) in changes {
        let at = place.index(page.len() + 1);
        match change {
            Change::Insert(fragment) => drop(page.splice(at..at, fragment.bytes())),
            Change::Remove(count) => drop(page.drain(at..page.len().min(at + count))),
            Change::Cut => page.truncate(at),
        }
    }
    page
}

/// A page that somebody is in the middle of editing: whatever it says then, docbind does not
/// fail, and the good pages count.
#[test]
fn pages_with_slips_cost_themselves_alone() {
    let pages = pages_of_docs_input();
    assert!(pages.len() > 50, "the pages are there");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let config =
        ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(page in any::<Index>(), changes in vec(change(), 1..12))| {
        let (path, bytes) = &pages[page.index(pages.len())];
        let page = changed(bytes.clone(), &changes);
        let mut loaded = load(folder.path(), &[(path, page)]);
        let files = docbind::generate(&mut loaded, &options()).files;
        let note = files.iter().find(|file| file.text.contains("struct Note"));
        prop_assert!(note.is_some(), "the good type is generated");
        for file in files.iter().filter(|file| is_rust(&file.path)) {
            prop_assert!(syn::parse_file(&file.text).is_ok(), "{} is no Rust", file.path);
        }
        fs::remove_file(folder.path().join("docs").join(path)).expect("the page can be removed");
    });
}
