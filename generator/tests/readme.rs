//! The README does what it says: its guide from an empty folder, its commands, its settings.
//! (Its Rust is compiled and run as doctests.)
#![cfg(all(unix, feature = "mock"))]

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::Duration;

/// A fenced block.
#[derive(Debug)]
struct Fence {
    language: String,
    text: String,
}

fn checkout() -> PathBuf {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the checkout");
    checkout.to_owned()
}

/// The blocks of the section with this heading.
fn section(heading: &str) -> Vec<Fence> {
    let readme = fs::read_to_string(checkout().join("README.md")).expect("the README");
    let start = format!("\n## {heading}\n");
    let (_, rest) = readme.split_once(&start).unwrap_or_else(|| panic!("no `{heading}`"));
    let section = rest.split("\n## ").next().unwrap_or_default();
    let mut fences = Vec::new();
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else { continue };
        let text: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        fences.push(Fence { language: language.to_owned(), text: text.join("\n") + "\n" });
    }
    fences
}

fn of_language<'a>(fences: &'a [Fence], language: &str) -> Vec<&'a str> {
    let fences = fences.iter().filter(|fence| fence.language.split(',').next() == Some(language));
    fences.map(|fence| fence.text.as_str()).collect()
}

/// A shell that finds this `docbind`, builds into the folder that all is built into, and has no
/// network.
fn shell(script: &str, folder: &Path) -> Command {
    let docbind = Path::new(env!("CARGO_BIN_EXE_docbind")).parent().expect("a folder");
    let mut path = docbind.as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let mut command = Command::new("sh");
    command.args(["-e", "-c", script]).current_dir(folder).env("PATH", path);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    command.env("CARGO_TARGET_DIR", target).env("CARGO_NET_OFFLINE", "true");
    command
}

/// What the script prints.
#[track_caller]
fn run(script: &str, folder: &Path) -> String {
    let output = shell(script, folder).output().expect("the shell starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}\n{errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A server that ends with the test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts what the line says, on a free port instead of the one that it names.
    fn start(line: &str, folder: &Path) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let address = free.expect("a free port").to_string();
        let line = line.trim_end_matches(" &").replace(ADDRESS, &address);
        assert!(line.contains(&address), "{line}");
        let child =
            shell(&format!("exec {line} >/dev/null 2>&1"), folder).spawn().expect("it starts");
        let server = Self { child, address };
        for _ in 0..200 {
            if TcpStream::connect(&server.address).is_ok() {
                return server;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("`{line}` does not listen")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where servers of the README listen.
const ADDRESS: &str = "127.0.0.1:8080";

#[test]
fn the_guide_leads_from_an_empty_folder_to_a_first_call() {
    let fences = section("From an empty folder to a first call");
    let [setup, call] = of_language(&fences, "sh")[..] else { panic!("two blocks of commands") };
    let program = of_language(&fences, "rust")[0];
    let [printed] = of_language(&fences, "text")[..] else { panic!("what is printed") };

    let folder = tempfile::tempdir().expect("a temporary folder");
    let checkout = checkout();
    let beside = |text: &str| text.replace("../docbind", &checkout.display().to_string());
    run(&beside(setup), folder.path());
    let mail = folder.path().join("mail");
    fs::write(mail.join("src/main.rs"), program).expect("the program can be written");
    // The versions that are there already.
    fs::copy(checkout.join("Cargo.lock"), mail.join("Cargo.lock")).expect("the lock file");

    let call = beside(call);
    let (mock, call) = call.split_once('\n').expect("the mock and a call");
    let server = Server::start(mock, &mail);
    let output = run(&call.replace(ADDRESS, &server.address), &mail);
    // The folder has another name each time, so that nobody needs what was built for it.
    run("cargo clean --quiet --package mail", &mail);
    assert_eq!(output, printed);
}

/// A folder with the docs by the names that the README gives them.
fn docs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let docs = checkout().join("docs-input");
    let graph = folder.path().join("microsoft-graph-docs");
    fs::create_dir(&graph).expect("the folder can be made");
    for link in [folder.path().join("docs-input"), graph.join("api-reference")] {
        std::os::unix::fs::symlink(&docs, link).expect("the link can be made");
    }
    folder
}

#[test]
fn the_commands_for_a_checkout_of_docs() {
    let fences = section("From a checkout of the Graph docs");
    let [commands] = of_language(&fences, "sh")[..] else { panic!("one block of commands") };
    let folder = docs();
    for command in commands.lines() {
        run(command, folder.path());
    }
    assert!(folder.path().join("msgraph-v1/src/lib.rs").exists());
    let model = fs::read_to_string(folder.path().join("model.json")).expect("the model");
    serde_json::from_str::<serde_json::Value>(&model).expect("JSON");
}

#[test]
fn the_settings_in_a_file() {
    let fences = section("From a checkout of the Graph docs");
    let [settings] = of_language(&fences, "toml")[..] else { panic!("one block of settings") };
    let folder = docs();
    fs::write(folder.path().join("docbind.toml"), settings).expect("it can be written");
    run("docbind generate && docbind check", folder.path());
    assert!(folder.path().join("generated/src/lib.rs").exists());
}

#[test]
fn the_calls_of_the_mock() {
    let fences = section("The docs as a server");
    let [commands] = of_language(&fences, "sh")[..] else { panic!("one block of commands") };
    let folder = docs();
    let mut commands = commands.lines();
    let server = Server::start(commands.next().expect("the mock"), folder.path());
    if shell("command -v curl >/dev/null", folder.path()).status().is_ok_and(|it| !it.success()) {
        return;
    }
    let answers = commands.map(|command| {
        let command = command.replace(ADDRESS, &server.address).replace("curl", "curl -s");
        let answer = run(&command, folder.path());
        serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{command}: {answer}"))
    });
    let [users, found, fault] =
        answers.collect::<Vec<serde_json::Value>>().try_into().expect("three");
    assert_eq!(users["value"].as_array().map(Vec::len), Some(2));
    assert_eq!(found["@odata.count"], 1);
    assert_eq!(fault["error"]["code"], "TooManyRequests");
}

#[test]
fn the_diff_of_an_edit() {
    let fences = section("Diff");
    let [patch] = of_language(&fences, "diff")[..] else { panic!("one edit") };
    let [printed] = of_language(&fences, "text")[..] else { panic!("what is printed") };
    let [commands] = of_language(&fences, "sh")[..] else { panic!("one block of commands") };
    let [settings, ignored] = of_language(&fences, "toml")[..] else { panic!("two files") };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    let docs = checkout().join("docs-input");
    let commit = "git add -A && git -c user.name=n -c user.email=n@example.com commit -qm docs";
    run(
        &format!(
            "git init -q -b main . && mkdir mail && echo 'include = [\"/me/messages/**\"]' > mail/docbind.toml \
             && {commit} && cp -r '{}' . && {commit}",
            docs.display()
        ),
        root,
    );
    fs::write(root.join("edit.patch"), patch).expect("it can be written");
    run("git apply --unidiff-zero edit.patch", root);
    // A diff with errors ends with status 1.
    let status = |expected: i32| format!("|| test $? -eq {expected}");
    assert_eq!(run(&format!("docbind diff main {}", status(1)), root), printed);
    fs::write(root.join("docbind-diff.toml"), ignored).expect("it can be written");
    let output = run(&format!("docbind diff main {}", status(1)), root);
    assert!(output.contains("\n1 change is ignored; `--format json` has the reason\n"), "{output}");
    fs::write(root.join("docbind.toml"), settings).expect("it can be written");
    run(commit, root);
    for command in commands.lines() {
        run(&format!("{} {}", command.split(" # ").next().unwrap_or_default(), status(1)), root);
    }
    assert!(root.join("diff.html").exists());
}
