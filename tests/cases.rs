//! The literate cases of `tests/cases`: what pages say, and what the model makes of it.

use std::fmt::Write as _;
use std::path::Path;

use docbind::diagnostic::{Code, Diagnostic, Severity};
use docbind::docs::Docs;
use docbind::model::ProfileOverrides;
use docbind::{Loaded, Options, Runtime};
use docbind_tests::cases::{self, Case, Fence};
use docbind_tests::outline::{self, Detail};

/// Codes that pages in memory cannot have, each with its reason. Those of reading are tested
/// beside the reader, on files.
const WITHOUT_A_CASE: &[(&str, &str)] = &[
    ("unreadable-file", "needs a file that cannot be opened"),
    ("symlink-loop", "needs links in a file system"),
    ("oversized-file", "needs a file of more than 32 MiB"),
    ("internal-failure", "needs a bug"),
    ("path-limit", "needs a page of hundreds of paths, which `hostile.rs` has"),
    ("invalid-utf8", "a text in memory is UTF-8"),
    ("utf-16", "a text in memory is UTF-8"),
    ("nul-bytes", "taken out when a file is read"),
    ("byte-order-mark", "taken off when a file is read"),
    ("carriage-returns", "taken out when a file is read"),
];

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/cases"))
}

#[test]
fn pages_yield_what_their_cases_say() {
    cases::run(folder(), |case, fence| {
        let (kind, words) = match fence.kind.as_str() {
            "wanted" => fence.argument.split_once(' ').unwrap_or((&fence.argument, "")),
            kind => (kind, fence.argument.as_str()),
        };
        match kind {
            "page" | "profile" => None,
            "model" => Some(outline::outline_api(&load(case).api, Detail::from_words(words))),
            "diagnostics" => {
                let mut loaded = load(case);
                // Some flaws show only when there is code to write.
                docbind::generate(&mut loaded, &options());
                Some(diagnostic_lines(&loaded.docs, &loaded.diagnostics))
            }
            other => panic!("`{}` has a fence of no kind that is known: `{other}`", case.title),
        }
    });
}

#[test]
fn every_case_has_pages_and_a_model() {
    for (file, cases) in cases::read_folder(folder()) {
        for case in cases {
            for kind in ["page", "model"] {
                let found = case.fences.iter().any(|fence| fence.kind == kind);
                assert!(found, "{file}: `{}` has no {kind}", case.title);
            }
        }
    }
}

#[test]
fn every_code_has_a_case() {
    let cases: Vec<Case> =
        cases::read_folder(folder()).into_iter().flat_map(|(_, cases)| cases).collect();
    let expects = |code: &Code| {
        let id = format!("[{}]", code.id());
        let mut fences = cases.iter().flat_map(|case| &case.fences);
        fences.any(|fence| fence.kind == "diagnostics" && fence.text.contains(&id))
    };
    let is_exempt = |code: &Code| WITHOUT_A_CASE.iter().any(|(id, _)| *id == code.id());
    let (exempt, due): (Vec<Code>, Vec<Code>) = Code::ALL.iter().partition(|code| is_exempt(code));
    let missing: Vec<&str> =
        due.iter().filter(|code| !expects(code)).map(|code| code.id()).collect();
    let needless: Vec<&str> =
        exempt.iter().filter(|code| expects(code)).map(|code| code.id()).collect();
    assert!(missing.is_empty(), "no case has a diagnostic with {missing:?}");
    assert!(needless.is_empty(), "a case has {needless:?}, so there is no need to exempt it");
    assert_eq!(exempt.len(), WITHOUT_A_CASE.len(), "an exempt code no longer exists");
}

fn load(case: &Case) -> Loaded {
    let pages = case.fences.iter().filter(|fence| fence.kind == "page");
    let docs =
        Docs::from_texts(pages.map(|page: &Fence| (page.argument.trim(), page.text.as_str())));
    let api = docbind::interpret_with(&docs, &stated(case));
    Loaded { docs, api: api.value, diagnostics: api.diagnostics }
}

/// What the case states of the service: a fence `profile` with a key and a value in each line.
fn stated(case: &Case) -> ProfileOverrides {
    let mut stated = ProfileOverrides::default();
    let fences = case.fences.iter().filter(|fence| fence.kind == "profile");
    for line in fences.flat_map(|fence| fence.text.lines()) {
        let (key, value) = line.split_once(": ").expect("a key and a value");
        let value = value.to_owned();
        match key {
            "root-namespace" => stated.root_namespace = Some(value),
            "base-url" => stated.base_url = Some(value),
            "host" => stated.hosts.push(value),
            "base-entity" => stated.base_entity = Some(value),
            other => panic!("{}: `{other}` is no key of a profile", case.title),
        }
    }
    stated
}

fn options() -> Options {
    Options {
        name: "case".to_owned(),
        client: "Client".to_owned(),
        runtime: Runtime::Version("0.1".to_owned()),
        is_workspace: true,
        ..Options::default()
    }
}

/// One line for each diagnostic, by place.
fn diagnostic_lines(docs: &Docs, diagnostics: &[Diagnostic]) -> String {
    let mut lines: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| {
            let severity = match diagnostic.severity {
                Severity::Warning => "warning",
                Severity::Error => "error",
            };
            let code = diagnostic.code.id();
            let path = &docs.file(diagnostic.span.file).path;
            let line = docs.line(diagnostic.span);
            (path, line, format!("{severity}[{code}] {path}:{line}: {}", diagnostic.message))
        })
        .collect();
    lines.sort();
    lines.iter().fold(String::new(), |mut text, (_, _, line)| {
        writeln!(text, "{line}").expect("writing to a string cannot fail");
        text
    })
}
