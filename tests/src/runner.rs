//! A replay in a process of its own, for docs whose crate is generated when the tests run.

use std::path::{Path, PathBuf};
use std::process::Command;

use docbind::mock::Mock;
use docbind::model::Api;
use docbind::output::{self, Mode};
use docbind::{Options, Runtime};
use docbind_runtime::Client;
use docbind_runtime::codegen::replay::Replay;
use serde_json::{Value, json};

use crate::examples::{Failure, Report, Step, replay};
use crate::over_http;

/// How the examples are replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// In memory.
    Offline,
    /// To a mock and back.
    OverHttp,
}

/// Generates the crate for one version of the docs below `root` into `folder`, builds it with a
/// program that replays the examples, and runs that.
///
/// # Panics
///
/// When a step fails, with what it printed.
pub fn run(root: &Path, api_version: &str, folder: &Path, target: &Path, way: Way) -> Report {
    let mut loaded = docbind::load(root, Some(api_version)).expect("the docs can be read");
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the checkout");
    let options = Options {
        name: "replayed".to_owned(),
        client: "Client".to_owned(),
        runtime: Runtime::Path(checkout.join("runtime")),
        is_workspace: false,
        ..Options::default()
    };
    let generated = docbind::generate(&mut loaded, &options);
    output::apply(&generated.files, &folder.join("replayed"), Mode::Write).expect("files");
    write(&folder.join("Cargo.toml"), WORKSPACE);
    write(&folder.join("runner/Cargo.toml"), &manifest(checkout));
    write(&folder.join("runner/src/main.rs"), MAIN);
    std::fs::copy(checkout.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", "runner", "--"])
        .arg(root)
        .arg(api_version)
        .args((way == Way::OverHttp).then_some(OVER_HTTP))
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    read(&output.stdout)
}

/// The argument that asks for the way.
const OVER_HTTP: &str = "--over-http";

const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"replayed\", \"runner\"]\n";

const MAIN: &str = "\
fn main() {
    docbind_tests::runner::print(&replayed::Client::offline(), replayed::v1::examples::TABLES);
}
";

fn manifest(checkout: &Path) -> String {
    let tests = checkout.join("tests");
    format!(
        "[package]\nname = \"runner\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         docbind-tests = {{ path = {:?} }}\n\
         replayed = {{ path = \"../replayed\", features = [\"examples\"] }}\n",
        tests.display().to_string()
    )
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    // An unchanged file keeps its time, so that cargo does not build again.
    if std::fs::read_to_string(path).ok().as_deref() != Some(text) {
        std::fs::write(path, text).expect("the file can be written");
    }
}

/// The runner's side: replays the docs that the arguments name, and prints the report.
///
/// # Panics
///
/// When the docs cannot be read.
#[expect(clippy::print_stdout, reason = "the report goes to the process that started this one")]
pub fn print<C>(client: &C, tables: &[&[Replay<C>]]) {
    let mut arguments = std::env::args_os().skip(1);
    let root = PathBuf::from(arguments.next().expect("the docs"));
    let version = arguments.next().expect("the version").into_string().expect("UTF-8");
    let loaded = docbind::load(&root, Some(&version)).expect("the docs can be read");
    let report = match arguments.next() {
        None => replay(&loaded.api.versions[0], client, tables),
        Some(_) => over_http(loaded.api, client, tables),
    };
    let failures: Vec<Value> = report
        .failures
        .iter()
        .map(|failure| {
            let step = STEPS.iter().position(|step| *step == failure.step);
            json!([failure.example, step, failure.message, failure.place])
        })
        .collect();
    let Report { requests, responses, untyped, by_name, .. } = report;
    println!("{}", json!([requests, responses, untyped, by_name, failures]));
}

fn over_http<C>(api: Api, client: &C, tables: &[&[Replay<C>]]) -> Report {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let model = api.versions[0].clone();
        let running = Mock::new(api).start().await.expect("a free port");
        let version = model.api_version.as_deref().unwrap_or_default();
        let connection = Client::builder(format!("{}/{version}", running.base_url())).build();
        over_http::replay(&model, client, &connection.expect("a client"), tables).await
    })
}

const STEPS: [Step; 4] = [Step::Find, Step::Decode, Step::Path, Step::Body];

fn read(output: &[u8]) -> Report {
    let (requests, responses, untyped, by_name, failures): (_, _, _, _, Vec<Row>) =
        serde_json::from_slice(output).expect("the runner prints its report");
    let failures = failures.into_iter().map(|(example, step, message, place)| {
        let step = STEPS[step];
        Failure { example, step, message, place }
    });
    Report { requests, responses, untyped, by_name, failures: failures.collect() }
}

type Row = (String, usize, String, String);
