//! Twelve endpoints of a large API: how much of the rest comes along.
//!
//! `DOCBIND_GRAPH_DOCS` is the `api-reference` folder of a checkout of the Graph docs.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what is measured, or that it is not, is for whoever runs it"
)]

use std::path::Path;

use docbind::select::Filters;

const TWELVE: [&str; 12] = [
    "GET /me",
    "GET /users",
    "GET /users/{id | userPrincipalName}",
    "GET /me/messages",
    "GET /me/messages/{id}",
    "PATCH /me/messages/{id}",
    "POST /me/sendMail",
    "GET /me/mailFolders",
    "GET /me/calendar/events",
    "POST /me/calendar/events",
    "GET /me/calendar/calendarView",
    "GET /me/calendars",
];

#[test]
fn twelve_endpoints_do_not_drag_the_rest_along() {
    let Some(docs) = std::env::var_os("DOCBIND_GRAPH_DOCS") else {
        eprintln!("DOCBIND_GRAPH_DOCS is not set: nothing is selected");
        return;
    };
    let loaded = docbind::load(Path::new(&docs), Some("v1.0")).expect("the docs can be read");
    let all = loaded.api.versions[0].types.len();
    let filters = Filters::parse(&TWELVE, &[], &[]).expect("filters");
    let (loaded, selection) = loaded.select(&filters).expect("every endpoint is documented");
    let selection = selection.expect("there are filters");
    print!("of {all} types: {selection}");
    assert!(selection.types <= 60, "{selection}");
    assert!(selection.types + selection.shells <= 150, "{selection}");
    let errors = loaded.diagnostics.iter().filter(|it| it.severity.as_str() == "error").count();
    assert_eq!(errors, 0);
}

#[test]
fn a_copied_path_means_itself() {
    let Some(docs) = std::env::var_os("DOCBIND_GRAPH_DOCS") else {
        eprintln!("DOCBIND_GRAPH_DOCS is not set: no path is copied");
        return;
    };
    let loaded = docbind::load(Path::new(&docs), Some("v1.0")).expect("the docs can be read");
    let mut copied = Vec::new();
    for operation in &loaded.api.versions[0].operations {
        for path in &operation.paths {
            let text = path.stated.as_ref().unwrap_or(&path.template.text);
            copied.push(format!("{} {text}", operation.method.as_str()));
        }
    }
    copied.sort_unstable();
    copied.dedup();
    // Each of them is found, or it is an error.
    let all = copied.len();
    let filters = Filters::parse(&copied, &[], &[]).expect("filters");
    let (_, selection) = docbind::select::select(loaded.api.clone(), &filters).expect("all");
    assert!(selection.paths >= all, "{selection}");
    for copied in copied.iter().step_by(97) {
        let filters = Filters::parse(&[copied.as_str()], &[], &[]).expect("filters");
        let (api, _) = docbind::select::select(loaded.api.clone(), &filters).expect("one");
        for path in api.versions[0].operations.iter().flat_map(|operation| &operation.paths) {
            let wanted = copied.split_once(' ').map(|(_, path)| nameless(path));
            let mut texts = std::iter::once(&path.template.text).chain(&path.stated);
            let is_same = texts.any(|text| Some(nameless(text)) == wanted);
            assert!(is_same, "{copied} is not {}", path.template.text);
        }
    }
}

/// A path without the names of its placeholders.
fn nameless(path: &str) -> String {
    let mut plain = String::new();
    let mut rest = path;
    while let Some((before, behind)) = rest.split_once('{') {
        plain.push_str(&before.to_lowercase());
        plain.push('{');
        rest = behind.split_once('}').map_or("", |(_, behind)| behind);
    }
    plain.push_str(&rest.to_lowercase());
    plain.trim_end_matches("()").to_owned()
}
