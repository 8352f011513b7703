//! Every documented example goes through the compiled endpoints and types.
//!
//! Those of `docs-input` always; those of Graph v1.0 where `DOCBIND_GRAPH_DOCS` names an
//! `api-reference` folder. The exceptions are data: `docs-input.txt` and `graph-v1.0.txt`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use docbind::Loaded;
use docbind_tests::examples::{Exceptions, Report, replay};
use docbind_tests::runner::{self, Way};

fn check(name: &str, report: &Report, exceptions: &str) {
    let mut text = format!(
        "{name}: {} requests and {} responses as documented, {} with nothing to type\n",
        report.requests, report.responses, report.untyped
    );
    match Exceptions::read(exceptions).check(&report.failures) {
        Ok(classes) => {
            for (class, count) in classes {
                writeln!(text, "  {count:4} {class}").expect("writing to a string cannot fail");
            }
        }
        Err(text) => panic!("{name}:\n{text}"),
    }
    say(&text);
}

/// Writes to the stream itself: what is printed by macros, cargo shows of failed tests only.
fn say(text: &str) {
    std::io::stderr().write_all(text.as_bytes()).expect("the terminal takes it");
}

#[test]
fn examples_of_docs_input() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    let Loaded { api, .. } = docbind::load(&root, None).expect("docs-input can be read");
    let [stable, beta] = api.versions.as_slice() else { panic!("v1.0 and beta") };
    let mut report = replay(stable, &msgraph::v1::Graph::offline(), msgraph::v1::examples::TABLES);
    let more = replay(beta, &msgraph::beta::Graph::offline(), msgraph::beta::examples::TABLES);
    report.requests += more.requests;
    report.responses += more.responses;
    report.untyped += more.untyped;
    report.failures.extend(more.failures);
    assert!(report.requests > 50 && report.responses > 50, "the examples are there");
    check("docs-input", &report, include_str!("docs-input.txt"));
}

#[test]
fn examples_of_graph() {
    let Some(root) = std::env::var_os("DOCBIND_GRAPH_DOCS") else {
        say("DOCBIND_GRAPH_DOCS is not set: the examples of Graph v1.0 are not replayed\n");
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replay");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    let report = runner::run(Path::new(&root), "v1.0", &folder, target, Way::Offline);
    assert!(report.requests > 2_000 && report.responses > 2_000, "the examples are there");
    check("Graph v1.0", &report, include_str!("graph-v1.0.txt"));
}
