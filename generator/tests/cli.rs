//! The command as its users meet it: what it prints, where, and the status it ends with.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const NOTE: &str = "\
---
title: \"note resource type\"
---

# note resource type

Namespace: example.notes

A note.

## Properties

|Property|Type|Description|
|:---|:---|:---|
|id|String|The key.|
|text|String|What it says.|

## JSON representation

<!-- { \"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"example.notes.note\" } -->
```json
{ \"id\": \"String\", \"text\": \"String\" }
```
";

const LIST: &str = "\
---
title: \"List notes\"
---

# List notes

Namespace: example.notes

All of them.

## HTTP request

```http
GET /notes
```

## Request body

Do not supply a request body for this method.

## Response

If successful, this method returns a `200 OK` response code and a collection of [note](../resources/note.md) objects in the response body.
";

const BROKEN: &str = "---\ntitle: \"Get\"\n---\n\n# Get\n\n## Response\n\nReturns `200 OK`.\n";

/// A folder with two good pages.
fn docs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in [("docs/resources/note.md", NOTE), ("docs/api/note-list.md", LIST)] {
        write(&folder.path().join(path), text);
    }
    folder
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn docbind(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_docbind"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the command starts")
}

#[track_caller]
fn check(folder: &Path, arguments: &[&str], status: i32) -> (String, String) {
    let output = docbind(folder, arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert_eq!(output.status.code(), Some(status), "stdout:\n{stdout}\nstderr:\n{stderr}");
    (stdout, stderr)
}

const GENERATE: [&str; 5] = ["generate", "--docs", "docs", "--out", "notes"];
const CHECK: [&str; 5] = ["check", "--docs", "docs", "--out", "notes"];

#[test]
fn generate_writes_a_crate_and_counts() {
    let folder = docs();
    let (stdout, stderr) = check(folder.path(), &GENERATE, 0);
    for line in ["pages         2", "types         1", "endpoints     1 of 1 documented"] {
        assert!(stdout.contains(line), "{stdout}");
    }
    assert_eq!(stderr, "");
    let manifest = fs::read_to_string(folder.path().join("notes/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("name = \"notes\""), "{manifest}");
    // It lies in no workspace, so it is one.
    assert!(manifest.contains("[workspace]"), "{manifest}");
    let (stdout, _) = check(folder.path(), &GENERATE, 0);
    assert!(stdout.contains("unchanged"), "{stdout}");
}

#[test]
fn quiet_prints_nothing() {
    let folder = docs();
    let mut arguments = GENERATE.to_vec();
    arguments.push("--quiet");
    assert_eq!(check(folder.path(), &arguments, 0), (String::new(), String::new()));
}

#[test]
fn check_says_what_is_stale() {
    let folder = docs();
    let (_, stderr) = check(folder.path(), &CHECK, 1);
    assert!(stderr.contains("missing  src/lib.rs"), "{stderr}");
    check(folder.path(), &GENERATE, 0);
    let (stdout, _) = check(folder.path(), &CHECK, 0);
    assert!(stdout.contains("notes is up to date"), "{stdout}");

    let lib = folder.path().join("notes/src/lib.rs");
    let text = fs::read_to_string(&lib).expect("the file is there");
    write(&lib, &text.replace("mod ", "mod  "));
    let (_, stderr) = check(folder.path(), &CHECK, 1);
    assert!(stderr.contains("differs  src/lib.rs"), "{stderr}");
    assert!(stderr.contains("first difference, src/lib.rs:"), "{stderr}");
    assert!(stderr.contains("`docbind generate` with the same arguments"), "{stderr}");
}

#[test]
fn a_page_that_is_lost_fails_the_run_and_the_others_count() {
    let folder = docs();
    write(&folder.path().join("docs/api/note-get.md"), BROKEN);
    let (stdout, stderr) = check(folder.path(), &GENERATE, 1);
    assert!(stderr.contains("error[page-without-request]"), "{stderr}");
    assert!(stderr.contains("api/note-get.md:"), "{stderr}");
    assert!(stdout.contains("endpoints     1 of 1 documented"), "{stdout}");
    let mut arguments = GENERATE.to_vec();
    arguments.extend(["--fail-on", "none"]);
    check(folder.path(), &arguments, 0);
}

#[test]
fn a_quirk_fails_only_when_asked() {
    let folder = docs();
    write(
        &folder.path().join("docs/resources/note.md"),
        &NOTE.replace("|text|String|", "|text|strnig|"),
    );
    check(folder.path(), &GENERATE, 0);
    let (_, stderr) = check(folder.path(), &CHECK, 0);
    assert!(stderr.contains("warning["), "{stderr}");
    assert!(stderr.contains("resources/note.md:16:"), "{stderr}");
    let mut arguments = CHECK.to_vec();
    arguments.extend(["--fail-on", "warning"]);
    check(folder.path(), &arguments, 1);
}

#[test]
fn colour_comes_when_asked_and_only_then() {
    let folder = docs();
    write(&folder.path().join("docs/api/note-get.md"), BROKEN);
    let escape = '\u{1b}';
    assert!(!check(folder.path(), &CHECK, 1).1.contains(escape));
    let mut arguments = CHECK.to_vec();
    arguments.extend(["--color", "always"]);
    assert!(check(folder.path(), &arguments, 1).1.contains(escape));
}

#[test]
fn faults_of_the_environment_end_with_status_2() {
    let folder = docs();
    write(&folder.path().join("empty/readme.txt"), "nothing");
    write(&folder.path().join("file"), "no folder");
    write(&folder.path().join("other/src/lib.rs"), "fn mine() {}\n");
    write(&folder.path().join("bad/docbind.toml"), "docs = 1\n");
    let cases: [(&[&str], &str); 8] = [
        (&["generate", "--docs", "missing"], "missing"),
        (&["generate", "--docs", "empty"], "empty"),
        (&["generate", "--docs", "docs", "--out", "file"], "file"),
        (&["generate", "--docs", "docs", "--out", "other"], "was not written by docbind"),
        (&["generate", "--docs", "docs", "--out", "x", "--name", "fn"], "--name"),
        (&["generate", "--docs", "docs", "--out", "x", "--runtime", "nowhere"], "--runtime"),
        (&["model", "--docs", "docs", "--format", "xml"], "xml"),
        (&["explain", "no-such-code"], "no-such-code"),
    ];
    for (arguments, mention) in cases {
        let (_, stderr) = check(folder.path(), arguments, 2);
        assert!(stderr.starts_with("error: ") && stderr.contains(mention), "{stderr}");
        assert!(!stderr.contains("panicked"), "{stderr}");
    }
    let mine = fs::read_to_string(folder.path().join("other/src/lib.rs")).expect("still there");
    assert_eq!(mine, "fn mine() {}\n");
    assert!(!folder.path().join("other/Cargo.toml").exists(), "the folder is as it was");
    let (_, stderr) = check(&folder.path().join("bad"), &["model"], 2);
    assert!(stderr.contains("docbind.toml"), "{stderr}");
}

#[test]
fn the_file_of_the_folder_stands_for_flags() {
    let folder = docs();
    let config = "docs = \"docs\"\nout = \"made\"\nname = \"my-notes\"\nclient = \"Notes\"\n";
    write(&folder.path().join("docbind.toml"), config);
    check(folder.path(), &["generate"], 0);
    let manifest = fs::read_to_string(folder.path().join("made/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("name = \"my-notes\""), "{manifest}");
    check(folder.path(), &["generate", "--name", "other"], 0);
    let manifest = fs::read_to_string(folder.path().join("made/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("name = \"other\""), "{manifest}");
}

#[test]
fn the_model_is_json_or_numbers() {
    let folder = docs();
    let (stdout, _) = check(folder.path(), &["model", "--docs", "docs", "--format", "json"], 0);
    let model: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(model["format"], 1);
    assert_eq!(model["types"][0]["name"], "example.notes.note");
    assert_eq!(model["types"][0]["source"]["file"], "resources/note.md");
    let (stdout, _) = check(folder.path(), &["model", "--docs", "docs"], 0);
    assert!(stdout.contains("operations    1"), "{stdout}");
}

#[test]
fn every_code_can_be_explained() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (stdout, _) = check(folder.path(), &["explain"], 0);
    let codes: Vec<&str> = stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(codes.len(), docbind::diagnostic::Code::ALL.len());
    let (stdout, _) = check(folder.path(), &["explain", codes[0]], 0);
    assert!(stdout.starts_with(codes[0]) && stdout.lines().count() > 3, "{stdout}");
}

#[test]
fn threads_and_the_order_of_files_change_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    let mut pages: Vec<_> = walkdir::WalkDir::new(&input)
        .into_iter()
        .map(|entry| entry.expect("docs-input can be read").into_path())
        .filter(|path| path.is_file())
        .collect();
    pages.sort();
    // The same files, made in another order.
    for page in pages.iter().rev() {
        let below = page.strip_prefix(&input).expect("it lies below");
        let text = fs::read_to_string(page).expect("a page");
        write(&folder.path().join("docs").join(below), &text);
    }
    let run = |docs: &Path, out: &str, threads: &str| {
        let status = Command::new(env!("CARGO_BIN_EXE_docbind"))
            .args(["generate", "--quiet", "--name", "same", "--out", out, "--docs"])
            .arg(docs)
            .env("RAYON_NUM_THREADS", threads)
            .current_dir(folder.path())
            .status()
            .expect("the command starts");
        assert!(status.success());
    };
    run(&input, "one", "1");
    run(&folder.path().join("docs"), "two", "7");
    let files = |out: &str| -> Vec<(String, String)> {
        let out = folder.path().join(out);
        let entries = walkdir::WalkDir::new(&out).sort_by_file_name();
        let entries = entries.into_iter().map(|entry| entry.expect("an entry").into_path());
        let files = entries.filter(|path| path.is_file());
        let read = |path: &Path| fs::read_to_string(path).expect("a generated file");
        let name = |path: &Path| path.strip_prefix(&out).expect("below").display().to_string();
        files.map(|path| (name(&path), read(&path))).collect()
    };
    assert!(files("one").len() > 100, "the crate is there");
    assert!(files("one") == files("two"), "the two crates are the same to the byte");
}
