//! The stages of a run on real docs, each beside what must be done at the least.
//!
//! `DOCBIND_GRAPH_DOCS=… cargo bench -p docbind` prints, for each stage, the median time of five
//! runs, that of its reference, and the ratio. Subject and reference take turns, so that a
//! machine whose speed drifts slows both. Without the variable, `docs-input` is read instead.
//! The last rows time whole processes: `docbind generate`, `docbind diff` and a build script beside
//! this program doing the least: what must be read, and what must be told from what it was; beside
//! `docbind diff` of two revisions it is git that does the least.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod diffs;
mod floor;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use docbind::output::{self, Mode};
use docbind::{Build, GeneratedFile, Level, Options, Runtime, docs, page};

const RUNS: usize = 5;

fn main() {
    let arguments: Vec<PathBuf> = std::env::args_os().map(PathBuf::from).collect();
    if let [_, flag, docs, code, out] = &arguments[..]
        && flag.as_os_str() == "--floor"
    {
        floor::run(docs, code, out);
        return;
    }
    if let [_, flag, docs, out, cache] = &arguments[..]
        && flag.as_os_str() == "--floor-again"
    {
        floor::run_again(docs, out, cache);
        return;
    }
    if let [_, flag, base, head] = &arguments[..]
        && flag.as_os_str() == "--floor-diff"
    {
        floor::run_diff(base, head);
        return;
    }
    if let [_, flag, docs, out] = &arguments[..]
        && flag.as_os_str() == "--floor-part"
    {
        floor::run_part(docs, out);
        return;
    }
    if let [_, flag, docs, out] = &arguments[..]
        && flag.as_os_str() == "--part"
    {
        part(docs, out);
        return;
    }
    let root = docs_root();
    let paths = floor::paths(&root, "md");
    println!("{} pages in {}\n", paths.len(), root.display());
    println!("{:36} {:>9} {:>9} {:>6}", "", "docbind", "at least", "ratio");

    pair(
        "read: all pages into memory",
        || docs::read(&root, None).expect("docs").value.files.len(),
        || floor::read(&floor::paths(&root, "md")).len(),
    );
    let docs = docs::read(&root, None).expect("the docs can be read").value;
    let texts = floor::read(&paths);
    pair(
        "parse: pulldown-cmark and YAML",
        || page::parse_all(&docs).len(),
        || floor::parse(&texts),
    );
    pair(
        "parse to resolve: the same",
        || docbind::interpret(&docs).diagnostics.len(),
        || floor::parse(&texts),
    );
    let mut loaded = docbind::load(&root, None).expect("the docs can be read");
    let files = docbind::generate(&mut loaded, &options()).files;
    let rust: Vec<String> =
        files.iter().filter(|file| is_rust(file)).map(|file| file.text.clone()).collect();
    pair(
        "plan and emit: syn and prettyplease",
        || docbind::generate(&mut loaded.clone(), &options()).files.len(),
        || floor::format(&rust).len(),
    );
    whole(&root, &files);
}

fn is_rust(file: &GeneratedFile) -> bool {
    Path::new(&file.path).extension().is_some_and(|extension| extension == "rs")
}

fn options() -> Options {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    Options {
        name: "measured".to_owned(),
        client: "Client".to_owned(),
        runtime: Runtime::Path(runtime),
        is_workspace: true,
        ..Options::default()
    }
}

/// Whole processes, with an empty output folder and with one that is up to date.
fn whole(root: &Path, files: &[GeneratedFile]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (code, out, floor_out) =
        (folder.path().join("code"), folder.path().join("out"), folder.path().join("floor"));
    output::apply(files, &code, Mode::Write).expect("the code can be written");
    let docbind = || run(generate(root, &out).arg("--no-cache"));
    let floor = || run(this("--floor").arg(root).arg(&code).arg(&floor_out));
    let clear = || {
        for folder in [&out, &floor_out].into_iter().filter(|folder| folder.exists()) {
            std::fs::remove_dir_all(folder).expect("the folder can be removed");
        }
    };
    pair_after("generate, output new", clear, docbind, floor);
    pair_after("generate, output unchanged", || {}, docbind, floor);
    let docs = folder.path().join("docs");
    copy(root, &docs);
    diffs::all(&docs, folder.path());
    again(&docs, folder.path());
    parts(&docs, folder.path());
}

/// Copies all pages.
fn copy(from: &Path, to: &Path) {
    for path in floor::paths(from, "md") {
        let copy = to.join(path.strip_prefix(from).expect("it lies below"));
        std::fs::create_dir_all(copy.parent().expect("a folder")).expect("it can be made");
        std::fs::copy(&path, &copy).expect("it can be copied");
    }
}

/// Whole processes that know what an earlier one found out.
fn again(docs: &Path, folder: &Path) {
    let (out, cache) = (folder.join("again"), folder.join("target"));
    let docbind = || run(generate(docs, &out).env("CARGO_TARGET_DIR", &cache));
    // What the run knows must be read; a floor for it is to read and hash it.
    let floor = || run(this("--floor-again").args([docs, &out, &cache]));
    pair_after("generate again, nothing changed", || {}, docbind, floor);
    let pages = floor::paths(docs, "md").into_iter().filter_map(|path| {
        let text = std::fs::read_to_string(&path).expect("a page");
        Some((path, first_row(&text)?, text))
    });
    let pages: Vec<_> = pages.collect();
    let (page, row, text) = &pages[pages.len() / 2];
    let (before, after) = text.split_at(*row);
    let mut count = 0;
    let change = || {
        count += 1;
        let changed = format!("{before}|added{count}|String|A property.|\n{after}");
        std::fs::write(page, changed).expect("the page can be written");
    };
    pair_after("generate again, a page changed", change, docbind, floor);
    let times_before = times(&out);
    let changed = format!("{before}|addedLast|String|A property.|\n{after}");
    std::fs::write(page, changed).expect("the page can be written");
    docbind();
    let is_new = |(path, time): &(&PathBuf, &SystemTime)| times_before.get(*path) != Some(*time);
    let now = times(&out);
    let written = now.iter().filter(is_new).count();
    println!("{:36} {written} of {} files are written", "", now.len());
}

/// When each of the generated files was written.
fn times(out: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let modified = |path: &PathBuf| path.metadata().and_then(|found| found.modified());
    let files = floor::paths(out, "rs").into_iter();
    files.map(|path| (path.clone(), modified(&path).expect("a time"))).collect()
}

/// What is chosen of Graph v1.0 where a few operations are.
const CHOSEN: [&str; 12] = [
    "GET /me",
    "GET /me/messages",
    "GET /me/messages/{id}",
    "PATCH /me/messages/{id}",
    "DELETE /me/messages/{id}",
    "POST /me/sendMail",
    "GET /me/events",
    "POST /me/events",
    "GET /me/contacts",
    "GET /me/drive",
    "GET /users",
    "GET /users/{id}",
];

/// A build script for a few operations, without what an earlier run found out, and with it.
fn parts(docs: &Path, folder: &Path) {
    if std::env::var_os("DOCBIND_GRAPH_DOCS").is_none() {
        println!("the operations of the other rows are those of Graph");
        return;
    }
    let out = folder.join("part");
    let clear = || {
        if out.exists() {
            std::fs::remove_dir_all(&out).expect("the folder can be removed");
        }
    };
    let docbind = || run(this("--part").args([docs, &out]).stdout(Stdio::null()));
    let made = out.join("docbind/api");
    let floor = || run(this("--floor-part").args([docs, &made]));
    docbind();
    // The floor reads what came out, so that clearing comes in front of the subject alone.
    let is_subject = Cell::new(false);
    let clear_subject = || {
        is_subject.set(!is_subject.get());
        if is_subject.get() {
            clear();
        }
    };
    pair_after("build script, 12 operations", clear_subject, docbind, floor);
    let cache = out.join("docbind");
    let floor = || run(this("--floor-again").args([docs, &made, &cache]));
    pair_after("the same again", || {}, docbind, floor);
}

/// What a build script does.
fn part(docs: &Path, out: &Path) {
    let build = Build::new().docs(docs).out_dir(out).fail_on(Level::Never);
    let build = CHOSEN.iter().fold(build, |build, operation| build.include(*operation));
    build.generate().expect("the docs can be read");
}

/// This program as a process of its own.
fn this(flag: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg(flag);
    command
}

/// Where the rows of the table of properties start.
fn first_row(text: &str) -> Option<usize> {
    let heading = text.find("\n## Properties\n")?;
    let rule = heading + text[heading..].find("\n|:")? + 1;
    Some(rule + text[rule..].find('\n')? + 1)
}

fn generate(docs: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docbind"));
    command.args(["generate", "--quiet", "--fail-on", "none", "--name", "measured", "--docs"]);
    command.arg(docs).arg("--out").arg(out);
    command
}

fn run(command: &mut Command) {
    let status = command.status().expect("the process starts");
    assert!(status.success(), "{command:?} ended with {status}");
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
fn pair<A, B>(name: &str, subject: impl FnMut() -> A, reference: impl FnMut() -> B) {
    pair_after(name, || {}, subject, reference);
}

/// The same, with something to do before each run that is not timed.
fn pair_after<A, B>(
    name: &str,
    mut before: impl FnMut(),
    mut subject: impl FnMut() -> A,
    mut reference: impl FnMut() -> B,
) {
    before();
    black_box(subject());
    before();
    black_box(reference());
    let (mut subjects, mut references) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        before();
        subjects.push(time(&mut subject));
        before();
        references.push(time(&mut reference));
    }
    let (subject, reference) = (median(subjects), median(references));
    let ratio = subject.as_secs_f64() / reference.as_secs_f64();
    println!("{name:36} {:>6.1} ms {:>6.1} ms {ratio:>6.2}", millis(subject), millis(reference));
}

fn time<A>(run: &mut impl FnMut() -> A) -> Duration {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
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
