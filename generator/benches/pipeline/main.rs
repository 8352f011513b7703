//! The stages of a run on real docs, each beside what must be done at the least.
//!
//! `DOCBIND_GRAPH_DOCS=… cargo bench -p docbind` prints, for each stage, the median time of five
//! runs, that of its reference, and the ratio. Subject and reference take turns, so that a
//! machine whose speed drifts slows both. Without the variable, `docs-input` is read instead.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod floor;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use docbind::{docs, page};

const RUNS: usize = 5;

fn main() {
    let root = docs_root();
    let paths = floor::paths(&root);
    println!("{} pages in {}\n", paths.len(), root.display());
    println!("{:36} {:>9} {:>9} {:>6}", "", "docbind", "at least", "ratio");

    pair(
        "read: all pages into memory",
        || docs::read(&root, None).expect("docs").value.files.len(),
        || floor::read(&floor::paths(&root)).len(),
    );
    let docs = docs::read(&root, None).expect("the docs can be read").value;
    let texts = floor::read(&paths);
    pair(
        "parse: pulldown-cmark and YAML",
        || page::parse_all(&docs).len(),
        || floor::parse(&texts),
    );
}

fn docs_root() -> PathBuf {
    std::env::var_os("DOCBIND_GRAPH_DOCS").map_or_else(
        || {
            println!("DOCBIND_GRAPH_DOCS is not set: measuring docs-input");
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input")
        },
        PathBuf::from,
    )
}

/// Times two functions in turn and prints their medians.
fn pair<A, B>(name: &str, mut subject: impl FnMut() -> A, mut reference: impl FnMut() -> B) {
    black_box((subject(), reference()));
    let (mut subjects, mut references) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        subjects.push(time(&mut subject));
        references.push(time(&mut reference));
    }
    let (subject, reference) = (median(subjects), median(references));
    let ratio = subject.as_secs_f64() / reference.as_secs_f64();
    println!("{name:36} {:>6.1} ms {:>6.1} ms {ratio:>6.2}", millis(subject), millis(reference));
}

fn time<A>(run: &mut impl FnMut() -> A) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
