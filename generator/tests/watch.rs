//! `docbind watch` as its users meet it: a process, a folder, and what it prints about it.
//!
//! Nothing here waits for a time: each step waits for a line, with a limit that no machine reaches.
#![cfg(all(unix, feature = "cli"))]

use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write, pipe};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

const DOCBIND: &str = env!("CARGO_BIN_EXE_docbind");

/// How long a line may take.
const LIMIT: Duration = Duration::from_secs(120);

/// A type whose table of properties is the end of the page.
fn resource(name: &str) -> String {
    format!(
        "# {name} resource type\n\nNamespace: example.notes\n\nA {name}.\n\n## Properties\n\n\
         |Property|Type|Description|\n|:---|:---|:---|\n|id|String|The key.|\n"
    )
}

/// What is told of a row that is put behind it.
const COLOUR: &str = "+ type example.notes.note: property `colour` of type `Edm.String` is new \
                      (resources/note.md:12)";

const LIST: &str = "\
# List notes

Namespace: example.notes

All of them.

## HTTP request

```http
GET /notes
```

## Response

Returns `200 OK` and a collection of [note](../resources/note.md) objects in the response body.
";

/// A folder, and a process that watches it and ends with the test.
struct Watching {
    folder: tempfile::TempDir,
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    /// Watches the docs in this folder of a new one.
    fn start(docs: &str, arguments: &[&str]) -> Self {
        let (watching, _) = Self::start_as(Command::new(DOCBIND), docs, arguments);
        watching
    }

    /// The same with a command that leads to docbind, and what is printed at the start.
    fn start_as(mut command: Command, docs: &str, arguments: &[&str]) -> (Self, Vec<String>) {
        let folder = folder(docs);
        command.args(["watch", "--docs", docs, "--name", "notes"]).args(arguments);
        Self::start_in(folder, command)
    }

    /// The same in a folder with what the command needs.
    fn start_in(folder: tempfile::TempDir, mut command: Command) -> (Self, Vec<String>) {
        // One pipe for both streams keeps the order.
        let (output, writer) = pipe().expect("a pipe");
        let child = command
            .current_dir(folder.path())
            .stdout(writer.try_clone().expect("a pipe"))
            .stderr(writer)
            .spawn()
            .expect("the command starts");
        let (sender, lines) = channel();
        forward(output, sender);
        let watching = Self { folder, child, lines };
        let start = watching.until("watching");
        (watching, start)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The lines up to the next one that starts like this.
    #[track_caller]
    fn until(&self, start: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let Ok(line) = self.lines.recv_timeout(LIMIT) else {
                panic!("no line starts with `{start}`: {lines:#?}");
            };
            lines.push(line);
            if lines.last().is_some_and(|line| line.starts_with(start)) {
                return lines;
            }
        }
    }

    /// What the next run says, and what it did to the files.
    #[track_caller]
    fn expect(&self, expected: &[&str], files: &str) {
        let mut lines = self.until("files");
        let last = lines.pop().unwrap_or_default();
        assert!(last.ends_with(files), "{last}");
        assert_eq!(lines, expected);
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder with docs in one of this name.
fn folder(docs: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(&folder.path().join(docs).join("resources/note.md"), &resource("note"));
    write(&folder.path().join(docs).join("api/note-list.md"), LIST);
    folder
}

fn forward(from: impl Read + Send + 'static, to: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if to.send(line).is_err() {
                break;
            }
        }
    });
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// As many editors save: a new file in the place of the old one.
fn replace(path: &Path, text: &str) {
    let beside = path.with_extension("md~");
    write(&beside, text);
    fs::rename(beside, path).expect("the file can be replaced");
}

/// As others do: into the file that is there, in one step.
fn append(path: &Path, text: &str) {
    let mut file = OpenOptions::new().append(true).open(path).expect("the file is there");
    file.write_all(text.as_bytes()).expect("the file can be written");
}

#[test]
fn a_change_is_made_and_told_in_one_line() {
    let watching = Watching::start("docs", &["--out", "notes"]);
    let note = watching.path("docs/resources/note.md");
    append(&note, "|colour|String|Which.|\n");
    let lines = ["docs/resources/note.md changed", COLOUR];
    watching.expect(&lines, " in notes, 2 changed");
    let code = fs::read_to_string(watching.path("notes/src/note.rs")).expect("the type");
    assert!(code.contains("colour"), "{code}");

    replace(&note, &(resource("note") + "|colour|Int32|Which.|\n"));
    let lines = [
        "docs/resources/note.md changed",
        "~ type example.notes.note: property `colour` has another type: `Edm.String` → `Edm.Int32` \
         (resources/note.md:12; error, breaks wire and Rust)",
    ];
    watching.expect(&lines, " in notes, 2 changed");

    fs::remove_file(watching.path("docs/api/note-list.md")).expect("the page can be removed");
    let lines = [
        "docs/api/note-list.md gone",
        "- operation GET /notes is gone (was api/note-list.md:10; error, breaks wire and Rust)",
    ];
    watching.expect(&lines, " in notes, 6 changed, 2 stale and removed");
}

#[test]
fn a_text_is_no_fact() {
    let watching = Watching::start("docs", &["--out", "notes"]);
    let note = watching.path("docs/resources/note.md");
    replace(&note, &resource("note").replace("The key.", "What it is known by."));
    let lines = [
        "docs/resources/note.md changed",
        "no fact changed",
        "~ type example.notes.note: the description of `id` has another text \
         (resources/note.md:11; docs)",
    ];
    watching.expect(&lines, " in notes, 2 changed");

    append(&note, "\n## See also\n\nNothing.\n");
    let lines = ["docs/resources/note.md changed", "no fact changed"];
    watching.expect(&lines, " in notes, 1 changed");

    write(&watching.path("docbind.toml"), "[api]\nbase-url = \"https://notes.example\"\n");
    let lines = ["docbind.toml new", "~ base URL: none → \"https://notes.example\""];
    watching.expect(&lines, " changed");
}

#[test]
fn a_flaw_or_a_fault_ends_nothing() {
    let watching = Watching::start("docs", &["--out", "notes"]);
    let get = watching.path("docs/api/note-get.md");
    replace(&get, "# Get note\n\nNamespace: example.notes\n\n## Response\n\nReturns `200 OK`.\n");
    let lines = watching.until("files");
    assert_eq!(lines[0], "docs/api/note-get.md new");
    assert_eq!(lines[1], "no fact changed");
    assert!(lines[2].starts_with("new error[page-without-request] api/note-get.md:"), "{lines:?}");

    let config = watching.path("docbind.toml");
    replace(&config, "color = true\n");
    let lines = watching.until("error");
    assert_eq!(lines[0], "docbind.toml new");
    assert!(lines[1].starts_with("error: docbind.toml:1: unknown key `color`"), "{lines:?}");
    replace(&config, "[api]\nclient = \"Notes\"\n");
    let lines = watching.until("files");
    assert_eq!(lines[0], "docbind.toml changed");

    fs::remove_file(&get).expect("the page can be removed");
    let lines = watching.until("files");
    assert!(lines[2].starts_with("gone error[page-without-request]"), "{lines:?}");
}

#[test]
fn a_folder_may_vanish_and_return() {
    let watching = Watching::start("a/b/docs", &["--out", "notes"]);
    let [away, docs] = ["away", "a/b/docs"].map(|path| watching.path(path));
    for above in ["a/b/docs", "a/b", "a"] {
        let above = watching.path(above);
        fs::rename(&above, &away).expect("the folder can be moved");
        let gone = watching.until("a/b/docs is gone");
        assert_eq!(gone, ["a/b/docs is gone; when it is back, it goes on"]);
        fs::rename(&away, &above).expect("the folder can be moved");
        watching.expect(&["a/b/docs is back", "no fact changed"], " in notes, unchanged");
    }
    append(&docs.join("resources/note.md"), "|colour|String|Which.|\n");
    let lines = watching.until("files");
    assert_eq!(lines[1], COLOUR);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long a write takes is what it is about")]
fn a_burst_is_one_run_and_few_lines() {
    const FILES: usize = 200;
    let watching = Watching::start("docs", &["--out", "notes"]);
    // Where this machine makes a pause between two files, it may be taken for the end.
    let mut pauses = 0;
    let mut last = Instant::now();
    for number in 0..FILES {
        let name = format!("note{number:03}");
        write(&watching.path(&format!("docs/resources/{name}.md")), &resource(&name));
        pauses += usize::from(last.elapsed() > Duration::from_millis(50));
        last = Instant::now();
    }
    let last = watching.path(&format!("notes/src/note{:03}.rs", FILES - 1));
    let mut runs = 0;
    let mut lines = Vec::new();
    while !last.exists() || runs == 0 {
        lines = watching.until("files");
        runs += 1;
    }
    assert!(runs <= 1 + pauses, "{runs} runs with {pauses} pauses");
    if runs == 1 {
        let added =
            |name: &str| format!("+ type example.notes.{name} is new (resources/{name}.md:1)");
        assert_eq!(lines[..2], ["200 files changed".to_owned(), added("note000")]);
        assert_eq!(lines[20..22], [added("note019"), "and 180 more: 180 info".to_owned()]);
        assert_eq!(lines.len(), 23, "{lines:#?}");
    }
}

#[test]
fn a_crate_in_the_docs_is_no_change_of_them() {
    let watching = Watching::start(".", &["--out", "generated"]);
    for (name, line) in [("red", 12), ("green", 13), ("blue", 14)] {
        append(&watching.path("resources/note.md"), &format!("|{name}|String|Which.|\n"));
        let added = added(name, line);
        watching.expect(&["resources/note.md changed", &added], " in generated, 2 changed");
    }
}

#[test]
fn it_can_look_where_nothing_tells() {
    let watching = Watching::start("docs", &["--out", "notes", "--poll"]);
    append(&watching.path("docs/resources/note.md"), "|colour|String|Which.|\n");
    let lines = watching.until("files");
    assert_eq!(lines[1], COLOUR);
}

#[test]
#[cfg(target_os = "linux")]
fn where_the_system_watches_no_more_it_looks() {
    let limited = |limit: &str| {
        let script = format!("echo 0 > /proc/sys/user/max_inotify_{limit} && exec \"$0\" \"$@\"");
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "sh", "-c", &script]);
        command
    };
    for limit in ["watches", "instances"] {
        // Not every system lets a test take something away from itself.
        let can = limited(limit).arg("true").stderr(Stdio::null()).status();
        if !can.is_ok_and(|status| status.success()) {
            return;
        }
        let mut command = limited(limit);
        command.arg(DOCBIND);
        let (watching, start) = Watching::start_as(command, "docs", &["--out", "notes"]);
        let is_note = |line: &String| {
            line.starts_with("note: cannot be told of changes") && line.ends_with(limit)
        };
        assert!(start.iter().any(is_note), "{start:?}");
        append(&watching.path("docs/resources/note.md"), "|colour|String|Which.|\n");
        let lines = watching.until("files");
        assert_eq!(lines[1], COLOUR);
    }
}

/// What is told of a new row of the type, by the line that it stands in.
fn added(name: &str, line: u32) -> String {
    COLOUR.replace("colour", name).replace("12", &line.to_string())
}

const INCLUDE: &str = "|colour|String|Which.|\n";

#[test]
fn an_include_counts_wherever_it_lies() {
    let watching = Watching::start("product/docs", &["--out", "notes"]);
    let note = watching.path("product/docs/resources/note.md");
    // In the docs, beside them, and before there is a folder for it.
    let places = [
        ("../parts/x.md", "product/docs/parts/x.md"),
        ("../../includes/y.md", "product/includes/y.md"),
        ("../../includes/deep/z.md", "product/includes/deep/z.md"),
    ];
    for (at, (include, file)) in places.into_iter().enumerate() {
        let property = format!("p{at}");
        append(&note, &format!("\n[!INCLUDE [x]({include})]\n"));
        assert_eq!(watching.until("files")[0], "product/docs/resources/note.md changed");

        let table = resource("part").split_once("## Properties").expect("a table").1.to_owned();
        write(&watching.path(file), &table.replace("|id|", &format!("|{property}|")));
        let lines = watching.until("files");
        assert_eq!(lines[0], format!("{file} new"));
        let added = format!("+ type example.notes.note: property `{property}` ");
        assert!(lines[1].starts_with(&added), "{lines:?}");

        replace(&watching.path(file), "Nothing.\n");
        let lines = watching.until("files");
        assert_eq!(lines[0], format!("{file} changed"));
    }
    // One that nobody includes any more is nobody's business.
    replace(&note, &resource("note"));
    assert_eq!(watching.until("files")[0], "product/docs/resources/note.md changed");
    append(&watching.path("product/includes/y.md"), INCLUDE);
    write(&watching.path("product/docs/README.md"), "Read by nobody.\n");
    append(&note, "|colour|String|Which.|\n");
    assert_eq!(watching.until("files")[0], "product/docs/resources/note.md changed");
}

#[test]
fn what_changes_during_a_run_is_read_in_the_next() {
    let watching = Watching::start("docs", &["--out", "notes"]);
    for number in 0..100 {
        let name = format!("type{number}");
        write(&watching.path(&format!("docs/resources/{name}.md")), &resource(&name));
    }
    watching.until("files");
    let note = watching.path("docs/resources/note.md");
    for round in 0..5 {
        append(&note, &format!("|first{round}|String|Which.|\n"));
        // It says what changed, and then it looks.
        watching.until("docs/resources/");
        append(&note, &format!("|second{round}|String|Which.|\n"));
        let added = format!("+ type example.notes.note: property `second{round}` ");
        watching.until(&added);
    }
    let code = fs::read_to_string(watching.path("notes/src/note.rs")).expect("the type");
    assert!((0..5).all(|round| code.contains(&format!("second{round}"))), "{code}");
}

#[test]
fn a_fault_that_stays_is_told_in_one_line() {
    let watching = Watching::start("docs", &["--out", "notes"]);
    let mine = watching.path("notes/src/note.rs");
    write(&mine, "mine");
    let note = watching.path("docs/resources/note.md");
    append(&note, "|first|String|Which.|\n");
    let fault = "`notes/src/note.rs` was not written by docbind, and would be overwritten";
    assert!(watching.until("error: ")[1].starts_with(&format!("error: {fault}")));
    for name in ["second", "third"] {
        append(&note, &format!("|{name}|String|Which.|\n"));
        let lines = watching.until("still: ");
        assert_eq!(lines[0], "docs/resources/note.md changed");
        assert!(lines[1].starts_with(&format!("still: {fault}")), "{lines:?}");
    }
    fs::remove_file(&mine).expect("it can be removed");
    append(&note, "|fourth|String|Which.|\n");
    let lines = watching.until("files");
    assert_eq!(lines.len(), 6, "all that was missed: {lines:?}");
}

/// Whether git did what it was asked for. Where there is none, there is nothing to look at.
fn git(folder: &Path, arguments: &[&str]) -> bool {
    let identity =
        ["-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false"];
    let status = Command::new("git").current_dir(folder).args(identity).args(arguments).output();
    status.is_ok_and(|output| output.status.success())
}

#[test]
fn a_branch_may_be_switched() {
    const FILES: usize = 300;
    let watching = Watching::start("docs", &["--out", "notes"]);
    let root = watching.path("docs");
    if !git(&root, &["init", "--quiet", "--initial-branch=main"]) {
        return;
    }
    let commit = |message: &str| {
        assert!(git(&root, &["add", "."]) && git(&root, &["commit", "--quiet", "-m", message]));
    };
    commit("few");
    assert!(git(&root, &["switch", "--quiet", "--create", "many"]));
    for number in 0..FILES {
        let name = format!("note{number:03}");
        write(&watching.path(&format!("docs/resources/{name}.md")), &resource(&name));
    }
    append(&root.join("resources/note.md"), "|colour|String|Which.|\n");
    commit("many");
    let last = watching.path(&format!("notes/src/note{:03}.rs", FILES - 1));
    let until = |is_there: bool| {
        while last.exists() != is_there {
            watching.until("files");
        }
    };
    until(true);
    for _ in 0..2 {
        assert!(git(&root, &["switch", "--quiet", "main"]));
        until(false);
        assert!(git(&root, &["switch", "--quiet", "many"]));
        until(true);
    }
    // Whatever it took for a pause, in the end the crate is that of the branch.
    assert!(git(&root, &["switch", "--quiet", "main"]));
    until(false);
    append(&root.join("resources/note.md"), "|last|String|Which.|\n");
    watching.until("+ type example.notes.note: property `last` ");
    watching.until("files");
    let check = Command::new(DOCBIND)
        .args(["check", "--docs", "docs", "--name", "notes", "--out", "notes", "--no-cache"])
        .current_dir(watching.folder.path())
        .output()
        .expect("the command starts");
    let said = String::from_utf8_lossy(&check.stderr);
    // The lock notes a revision of the docs.
    assert!(check.status.success(), "{said}");
}

#[test]
fn others_may_write_to_the_same_folder() {
    let watching = Watching::start("docs", &["--out", "notes"]);
    let note = watching.path("docs/resources/note.md");
    for round in 0..4 {
        append(&note, &format!("|round{round}|String|Which.|\n"));
        let others: Vec<_> = (0..2)
            .map(|_| {
                Command::new(DOCBIND)
                    .args(["generate", "--docs", "docs", "--name", "notes", "--out", "notes", "-q"])
                    .current_dir(watching.folder.path())
                    .stderr(Stdio::piped())
                    .spawn()
                    .expect("the command starts")
            })
            .collect();
        for other in others {
            let output = other.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let lines = watching.until("files");
        let added = added(&format!("round{round}"), 12 + round);
        assert_eq!(lines[..2], ["docs/resources/note.md changed".to_owned(), added]);
    }
    let left = walkdir::WalkDir::new(watching.path("notes/src")).into_iter().flatten();
    let left = left.filter(|entry| entry.file_name().to_string_lossy().contains("docbind-"));
    assert_eq!(left.count(), 0);
}

#[test]
fn ctrl_c_ends_it_well() {
    let mut watching = Watching::start("docs", &["--out", "notes"]);
    let id = watching.child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &id]).status().expect("kill starts");
    assert!(sent.success());
    assert_eq!(watching.child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn where_docs_would_be_is_told_when_nothing_names_them_any_more() {
    let folder = folder("pages");
    let config = folder.path().join("docbind.toml");
    let text = "docs = \"pages\"\nout = \"notes\"\n";
    write(&config, text);
    let mut command = Command::new(DOCBIND);
    command.arg("watch");
    let (watching, _) = Watching::start_in(folder, command);
    fs::remove_file(&config).expect("it can be removed");
    let lines = watching.until("error");
    assert_eq!(lines[0], "docbind.toml gone");
    let missing = "error: cannot open the docs folder `docs-input`: there is no folder `";
    assert!(lines[1].starts_with(missing), "{lines:?}");
    let instead = "/pages`? (name it by --docs, or by `docs` in docbind.toml)";
    assert!(lines[1].ends_with(instead), "{lines:?}");
    write(&config, text);
    watching.expect(&["no fact changed"], " in notes, unchanged");
}

#[test]
fn docs_that_were_never_there_are_a_mistake() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new(DOCBIND)
        .args(["watch", "--docs", "missing"])
        .current_dir(folder.path())
        .output()
        .expect("the command starts");
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.starts_with("error: cannot open the docs folder `missing`"), "{stderr}");
}
