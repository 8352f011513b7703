//! The command as its users meet it: what it prints, where, and the status it ends with.

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use support::{run, write};

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

const GENERATE: [&str; 5] = ["generate", "--docs", "docs", "--out", "notes"];
const CHECK: [&str; 5] = ["check", "--docs", "docs", "--out", "notes"];

#[test]
fn what_runs_keep_lies_in_the_target_folder() {
    let folder = docs();
    let root = folder.path();
    let keeps = |folder: &str| root.join(folder).join("docbind").is_dir();
    run(root, &[&GENERATE[..], &["--no-cache"]].concat(), 0);
    run(root, &CHECK, 0);
    assert!(!keeps("notes/target"), "nothing asked for it");
    let (first, _) = run(root, &GENERATE, 0);
    assert!(keeps("notes/target"), "the crate is a workspace of its own");
    let (second, _) = run(root, &GENERATE, 0);
    assert_eq!(first, second);
    write(&root.join("Cargo.toml"), "[workspace]\nmembers = [\"notes\"]\n");
    run(root, &GENERATE, 0);
    assert!(keeps("target"), "the crate is a member");
    let status = Command::new(env!("CARGO_BIN_EXE_docbind"))
        .args(GENERATE)
        .current_dir(root)
        .env("CARGO_TARGET_DIR", "elsewhere")
        .output();
    assert!(status.is_ok_and(|output| output.status.success()) && keeps("elsewhere"));
}

#[test]
fn generate_writes_a_crate_and_counts() {
    let folder = docs();
    let (stdout, stderr) = run(folder.path(), &GENERATE, 0);
    let service = "service       example.notes, at no URL that a page shows (state `base-url`)";
    for line in [service, "pages         2", "types         1", "endpoints     1 of 1 documented"] {
        assert!(stdout.contains(line), "{stdout}");
    }
    assert_eq!(stderr, "");
    let manifest = fs::read_to_string(folder.path().join("notes/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("name = \"notes\""), "{manifest}");
    // It lies in no workspace, so it is one.
    assert!(manifest.contains("[workspace]"), "{manifest}");
    let (stdout, _) = run(folder.path(), &GENERATE, 0);
    assert!(stdout.contains("unchanged"), "{stdout}");
}

#[test]
fn quiet_prints_nothing() {
    let folder = docs();
    let mut arguments = GENERATE.to_vec();
    arguments.push("--quiet");
    assert_eq!(run(folder.path(), &arguments, 0), (String::new(), String::new()));
}

#[test]
fn check_says_what_is_stale() {
    let folder = docs();
    let (_, stderr) = run(folder.path(), &CHECK, 1);
    assert!(stderr.contains("missing  src/lib.rs"), "{stderr}");
    run(folder.path(), &GENERATE, 0);
    let (stdout, _) = run(folder.path(), &CHECK, 0);
    assert!(stdout.contains("notes is up to date"), "{stdout}");

    let lib = folder.path().join("notes/src/lib.rs");
    let text = fs::read_to_string(&lib).expect("the file is there");
    write(&lib, &text.replace("mod ", "mod  "));
    let (_, stderr) = run(folder.path(), &CHECK, 1);
    assert!(stderr.contains("differs  src/lib.rs"), "{stderr}");
    assert!(stderr.contains("first difference, src/lib.rs:"), "{stderr}");
    assert!(stderr.contains("`docbind generate --docs docs --out notes` brings it"), "{stderr}");
}

#[test]
fn a_page_that_is_lost_fails_the_run_and_the_others_count() {
    let folder = docs();
    write(&folder.path().join("docs/api/note-get.md"), BROKEN);
    let (stdout, stderr) = run(folder.path(), &GENERATE, 1);
    assert!(stderr.contains("error[page-without-request]"), "{stderr}");
    assert!(stderr.contains("api/note-get.md:"), "{stderr}");
    assert!(stdout.contains("endpoints     1 of 1 documented"), "{stdout}");
    let mut arguments = GENERATE.to_vec();
    arguments.extend(["--fail-on", "none"]);
    run(folder.path(), &arguments, 0);
}

#[test]
fn a_quirk_fails_only_when_asked() {
    let folder = docs();
    write(
        &folder.path().join("docs/resources/note.md"),
        &NOTE.replace("|text|String|", "|text|strnig|"),
    );
    let (stdout, _) = run(folder.path(), &GENERATE, 0);
    assert!(stdout.contains("left out (`docbind explain CODE` says why)\n"), "{stdout}");
    assert!(!stdout.contains("understood"), "{stdout}");
    let (_, stderr) = run(folder.path(), &CHECK, 0);
    assert!(stderr.contains("warning["), "{stderr}");
    assert!(stderr.contains("resources/note.md:16:"), "{stderr}");
    let mut arguments = CHECK.to_vec();
    arguments.extend(["--fail-on", "warning"]);
    run(folder.path(), &arguments, 1);
}

#[test]
fn colour_comes_when_asked_and_only_then() {
    let folder = docs();
    write(&folder.path().join("docs/api/note-get.md"), BROKEN);
    let escape = '\u{1b}';
    assert!(!run(folder.path(), &CHECK, 1).1.contains(escape));
    let mut arguments = CHECK.to_vec();
    arguments.extend(["--color", "always"]);
    assert!(run(folder.path(), &arguments, 1).1.contains(escape));
}

#[test]
fn numbers_and_their_nouns_agree() {
    let folder = docs();
    let example = "\n## Example\n\n```http\nGET https://notes.example/v1.0/notes\n```\n\n\
                   ```http\nHTTP/1.1 200 OK\nContent-type: application/json\n\n\
                   {\"value\": []}\n```\n";
    write(&folder.path().join("docs/api/note-list.md"), &format!("{LIST}{example}"));
    let (stdout, _) = run(folder.path(), &["model", "--docs", "docs"], 0);
    assert!(stdout.contains("examples      1, with 1 JSON body\n"), "{stdout}");
    run(folder.path(), &GENERATE, 0);
    fs::remove_file(folder.path().join("notes/src/lib.rs")).expect("the file can be removed");
    let (_, stderr) = run(folder.path(), &CHECK, 1);
    assert!(stderr.contains("notes is not what the docs say: 1 file differs\n"), "{stderr}");
    fs::remove_file(folder.path().join("notes/Cargo.toml")).expect("the file can be removed");
    let (_, stderr) = run(folder.path(), &CHECK, 1);
    assert!(stderr.contains(": 2 files differ\n"), "{stderr}");
}

/// What each fault is called; it ends the command with status 2 and leaves the folder as it was.
#[track_caller]
fn check_faults(folder: &Path, faults: &[(&[&str], &str)]) {
    for (arguments, message) in faults {
        let (stdout, stderr) = run(folder, arguments, 2);
        let first = stderr.lines().next().unwrap_or_default();
        assert!(first.starts_with("error: ") && first.contains(message), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{stderr}");
        assert_eq!(stdout, "", "{arguments:?}");
    }
}

#[test]
fn faults_of_the_docs_folder() {
    let folder = docs();
    write(&folder.path().join("empty/readme.txt"), "nothing");
    fs::create_dir_all(folder.path().join("bare/api")).expect("the folder can be made");
    write(&folder.path().join("file"), "no folder");
    check_faults(
        folder.path(),
        &[
            (&["generate", "--docs", "missing"], "cannot open the docs folder `missing`"),
            (&["check", "--docs", "missing"], "cannot open the docs folder `missing`"),
            (&["model", "--docs", "missing"], "cannot open the docs folder `missing`"),
            (&["generate"], "is it `"),
            (&["generate"], "/docs`? (name it by --docs, or by `docs` in docbind.toml)"),
            (&["generate", "--docs", "empty"], "no pages under `empty`"),
            (&["generate", "--docs", "bare"], "hold no `.md` files"),
            (&["generate", "--docs", "file"], "`file` is a file"),
            (&["model", "--docs", "docs/api/note-list.md"], "note-list.md` is a file"),
        ],
    );
    assert!(!folder.path().join("generated").exists(), "nothing is written");
}

#[test]
fn faults_of_the_output_folder() {
    let folder = docs();
    write(&folder.path().join("file"), "no folder");
    write(&folder.path().join("other/src/lib.rs"), "fn mine() {}\n");
    check_faults(
        folder.path(),
        &[
            (&["generate", "--docs", "docs", "--out", "file"], "`file` is a file; see --out"),
            (&["check", "--docs", "docs", "--out", "file"], "`file` is a file; see --out"),
            (&["generate", "--docs", "docs", "--out", "file/below"], "`file/below"),
            (&["generate", "--docs", "docs", "--out", "other"], "was not written by docbind"),
        ],
    );
    let text = |path: &str| fs::read_to_string(folder.path().join(path)).expect("still there");
    assert_eq!(text("file"), "no folder");
    assert_eq!(text("other/src/lib.rs"), "fn mine() {}\n");
    assert!(!folder.path().join("other/Cargo.toml").exists(), "the folder is as it was");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_nobody_may_write_to() {
    // Not even a superuser can make files here.
    let out = ["generate", "--docs", "docs", "--out", "/proc/notes"];
    check_faults(docs().path(), &[(&out, "cannot create `/proc/notes`")]);
}

#[test]
fn faults_of_flags() {
    let folder = docs();
    write(&folder.path().join("crate/Cargo.toml"), "[package]\nname = \"other\"\n");
    write(&folder.path().join("versions/v1.0/api/note-list.md"), LIST);
    let no_runtime = "is neither a version nor a folder that holds docbind-runtime; see --runtime";
    let make = ["generate", "--docs", "docs", "--out", "x"];
    let with = |flag: &'static str, value: &'static str| [&make[..], &[flag, value]].concat();
    check_faults(
        folder.path(),
        &[
            (&["generate", "--dcos", "docs"], "unexpected argument '--dcos'"),
            (&["generate", "--docs"], "a value is required for '--docs <DIR>'"),
            (&["make"], "unrecognized subcommand 'make'"),
            (&with("--runtime", "nowhere"), no_runtime),
            (&with("--runtime", "crate"), no_runtime),
            (&with("--runtime", "99.foo"), no_runtime),
            (&with("--runtime", "1.2.3.4"), no_runtime),
            (&with("--runtime", "docs"), no_runtime),
            (&with("--name", "fn"), "`fn` is no name for a package; see --name"),
            (&with("--client", "1st"), "'--client <NAME>': `1st` is no name for a type"),
            (&with("--client", ""), "--client <NAME>"),
            (&with("--client", "a b"), "'--client <NAME>': `a b` is no name for a type"),
            (&with("--client", "r#Box<T>"), "'--client <NAME>': `r#Box<T>` is no name for a type"),
            (&with("--fail-on", "never"), "invalid value 'never' for '--fail-on <LEVEL>'"),
            (&with("--color", "blue"), "invalid value 'blue' for '--color <WHEN>'"),
            (
                &["model", "--docs", "versions", "--api-version", "v9"],
                "the docs have no version `v9`: ask for one of `v1.0`",
            ),
            (&with("--base-url", "notes.example"), "`notes.example` is no URL"),
            (&with("--root-namespace", "a..b"), "`a..b` is no namespace"),
            (&with("--host", "a b"), "`a b` is no host"),
            (&with("--base-entity", "note"), "`note` is no full name of a type"),
            (&with("--base-entity", "a.b"), "the docs have no type `a.b`"),
            (&["model", "--docs", "docs", "--format", "xml"], "invalid value 'xml'"),
        ],
    );
    assert!(!folder.path().join("x").exists(), "nothing is written");
}

#[test]
fn faults_of_values_in_the_file() {
    let folder = docs();
    let root = folder.path();
    write(&root.join("file"), "no folder");
    write(&root.join("versions/v1.0/api/note-list.md"), LIST);
    for (text, arguments, message) in [
        (
            "out = \"file\"\n",
            &["generate"][..],
            "docbind.toml:2: the crate is a folder, and `file` is a file; mend `out` there",
        ),
        (
            "name = \"fn\"\n",
            &["generate"],
            "docbind.toml:2: `fn` is no name for a package; mend `name` there",
        ),
        (
            "\nruntime = \"file\"\n",
            &["check"],
            "docbind.toml:3: `file` is neither a version nor a folder that holds docbind-runtime; mend `runtime` there",
        ),
        (
            "api-version = \"v9\"\n",
            &["model", "--docs", "versions"],
            "docbind.toml:2: the docs have no version `v9`",
        ),
        (
            "api-version = \"v9\"\n",
            &["check", "--docs", "versions"],
            "docbind.toml:2: the docs have no version `v9`",
        ),
        (
            "[api]\nbase-entity = \"a.b\"\n",
            &["generate"],
            "docbind.toml:3: the docs have no type `a.b`",
        ),
        // What a flag says is no fault of the file.
        (
            "name = \"fn\"\n",
            &["generate", "--name", "if"],
            "error: `if` is no name for a package; see --name",
        ),
        (
            "out = \"file\"\n",
            &["generate", "--out", "file"],
            "error: the crate is a folder, and `file` is a file; see --out",
        ),
        (
            "api-version = \"v9\"\n",
            &["model", "--docs", "versions", "--api-version", "v8"],
            "error: the docs have no version `v8`",
        ),
    ] {
        write(&root.join("docbind.toml"), &format!("docs = \"docs\"\n{text}"));
        check_faults(root, &[(arguments, message)]);
    }
}

#[test]
fn the_runtime_is_a_version_or_a_folder() {
    let folder = docs();
    for (given, stated) in
        [("0.1", "version = \"0.1\""), (">=0.1, <0.3", "version = \">=0.1, <0.3\"")]
    {
        run(folder.path(), &[&GENERATE[..], &["--runtime", given]].concat(), 0);
        let manifest = fs::read_to_string(folder.path().join("notes/Cargo.toml"));
        assert!(manifest.expect("a manifest").contains(stated), "{given}");
    }
}

#[test]
fn a_folder_may_be_given_in_several_ways() {
    let folder = docs();
    let root = folder.path();
    write(&root.join("Cargo.toml"), "[workspace]\nmembers = [\"notes\"]\n");
    write(&root.join("runtime/Cargo.toml"), "[package]\nname = \"docbind-runtime\"\n");
    run(root, &[&GENERATE[..], &["--runtime", "runtime"]].concat(), 0);
    let manifest = fs::read_to_string(root.join("notes/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("path = \"../runtime\""), "{manifest}");
    assert!(!manifest.contains("[workspace]"), "{manifest}");

    // From another folder, and by a way that leads through it, it is the same crate.
    let same = |docs: &str, out: &str, runtime: &str, from: &str| {
        let arguments = ["check", "--docs", docs, "--out", out, "--runtime", runtime];
        run(&root.join(from), &arguments, 0);
    };
    same(".", "../notes", "../runtime", "docs");
    same("docs", "docs/../notes", "docs/api/../../runtime", ".");
    same("docs", "missing/../notes", "runtime", ".");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(root.join("docs/api"), root.join("link")).expect("a link");
        same("docs", "link/../../notes", "runtime", ".");
    }
    run(&root.join("docs"), &["generate", "--docs", ".", "--out", "new/../../fresh"], 0);
    assert!(root.join("fresh/src/lib.rs").is_file() && !root.join("docs/new").exists());
}

#[test]
fn help_ends_with_status_0() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for command in ["generate", "watch", "check", "model", "scopes"] {
        let (stdout, _) = run(folder.path(), &[command, "--help"], 0);
        assert!(stdout.contains("What no flag says, docbind.toml in the current folder does"));
    }
    let (stdout, _) = run(folder.path(), &["--help"], 0);
    assert!(stdout.contains("Exit status: 0 all is well; 1 "), "{stdout}");
    // Without a command it is wrong usage, and the same text.
    let (_, stderr) = run(folder.path(), &[], 2);
    assert_eq!(stderr, run(folder.path(), &["-h"], 0).0);
}

#[test]
fn the_file_of_the_folder_stands_for_flags() {
    let folder = docs();
    let config = "docs = \"docs\"\nout = \"made\"\nname = \"my-notes\"\n";
    write(&folder.path().join("docbind.toml"), config);
    run(folder.path(), &["generate"], 0);
    let manifest = fs::read_to_string(folder.path().join("made/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("name = \"my-notes\""), "{manifest}");
    run(folder.path(), &["generate", "--name", "other"], 0);
    let manifest = fs::read_to_string(folder.path().join("made/Cargo.toml")).expect("a manifest");
    assert!(manifest.contains("name = \"other\""), "{manifest}");
}

#[test]
fn flags_win_over_the_file_and_the_file_over_the_docs() {
    let folder = docs();
    let nameless = NOTE.replace("Namespace: example.notes\n", "").replace("example.notes.note", "");
    write(&folder.path().join("docs/resources/note.md"), &nameless);
    let names = |arguments: &[&str]| {
        let arguments = [&["model", "--docs", "docs", "--format", "json"], arguments].concat();
        let (stdout, _) = run(folder.path(), &arguments, 0);
        let model: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
        model["types"][0]["name"].as_str().expect("a name").to_owned()
    };
    let client = |arguments: &[&str]| {
        run(folder.path(), &[&GENERATE[..], &["--quiet"], arguments].concat(), 0);
        let path = folder.path().join("notes/src/nodes/client.rs");
        let text = fs::read_to_string(path).expect("the module of the client");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(&[]), "example.notes.note");
    assert!(
        client(&[]).contains("::docbind_runtime::client! { Client \"\" crate"),
        "{}",
        client(&[])
    );

    let config = "[api]\nroot-namespace = \"contoso.notes\"\n\
                  base-url = \"https://notes.contoso.example/api/\"\nclient = \"Notes\"\n";
    write(&folder.path().join("docbind.toml"), config);
    assert_eq!(names(&[]), "contoso.notes.note");
    assert!(client(&[]).contains("Notes \"https://notes.contoso.example/api\""), "{}", client(&[]));

    assert_eq!(names(&["--root-namespace", "tailspin"]), "tailspin.note");
    let flags = ["--base-url", "http://localhost:8080", "--client", "Local"];
    assert!(client(&flags).contains("Local \"http://localhost:8080\""), "{}", client(&flags));
}

#[test]
fn the_file_of_the_folder_is_checked() {
    let folder = docs();
    let cases = [
        ("docs = 1\n", "docbind.toml:1: `docs` takes a string, not a number"),
        ("\noutput = \"x\"\n", "docbind.toml:2: unknown key `output`; is it `out`?"),
        ("[api]\nurl = \"x\"\n", "docbind.toml:2: unknown key `url` in `[api]`; is it `base-url`?"),
        ("out = x\n", "docbind.toml:1: "),
        (
            "include = [\n\"/nots\",\n]\n",
            "docbind.toml:2: include `/nots` matches nothing; is it `/notes`?",
        ),
    ];
    for (text, message) in cases {
        write(&folder.path().join("docbind.toml"), text);
        for command in ["generate", "check", "model"] {
            check_faults(folder.path(), &[(&[command, "--docs", "docs"], message)]);
        }
    }
}

#[test]
fn what_the_file_decides_about_types_is_checked() {
    let folder = docs();
    let cases = [
        (
            "[types.nots]\n\nrename = \"Memo\"\n",
            "docbind.toml:1: there is no type `nots`; is it `note`?",
        ),
        (
            "[types.note]\n\nrename = \"Client\"\n",
            "docbind.toml:3: `example.notes.note` cannot be `Client` at",
        ),
        ("[types.note]\n\n", "docbind.toml:1: `[types.note]` decides nothing"),
        (
            "[types.note]\nmodule = \"nodes\"\n",
            "docbind.toml:2: the module cannot be `nodes` at the root",
        ),
        ("[types.note]\nmodule = \"a b\"\n", "docbind.toml:2: `a b` is no path of modules"),
        (
            "[types.note]\nreplace = \"crate::A\"\n",
            "docbind.toml:2: `crate::A` is a type of another crate",
        ),
        ("docs = \"dosc\"\n", "docbind.toml:1: cannot open the docs folder `dosc`"),
    ];
    for (text, message) in cases {
        write(&folder.path().join("docbind.toml"), text);
        let docs: &[&str] = if text.contains("dosc") { &[] } else { &["--docs", "docs"] };
        check_faults(folder.path(), &[(&[&["generate"], docs].concat(), message)]);
    }
    write(
        &folder.path().join("docbind.toml"),
        "[types.note]\nmodule = \"model::all\"\nrename = \"Memo\"\n",
    );
    run(folder.path(), &GENERATE, 0);
    assert!(folder.path().join("notes/src/model/all/memo.rs").is_file());
    // A call that asks for less may read a file that speaks of more.
    run(folder.path(), &[&GENERATE[..], &["--include-type", "note"]].concat(), 0);
}

#[test]
fn a_type_that_was_mistyped() {
    let folder = docs();
    let page = NOTE.replace("|text|String|", "|text|Boolaen|");
    write(&folder.path().join("docs/resources/note.md"), &page);
    let (_, stderr) = run(folder.path(), &["check", "--docs", "docs", "--out", "notes"], 1);
    assert!(stderr.contains("help: it is read as `Boolean`: mend its spelling"), "{stderr}");
}

#[test]
fn the_model_is_json_or_numbers() {
    let folder = docs();
    let (stdout, _) = run(folder.path(), &["model", "--docs", "docs", "--format", "json"], 0);
    let model: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(model["format"], 1);
    assert_eq!(model["types"][0]["name"], "example.notes.note");
    assert_eq!(model["types"][0]["source"]["file"], "resources/note.md");
    let (stdout, _) = run(folder.path(), &["model", "--docs", "docs"], 0);
    assert!(stdout.contains("operations    1"), "{stdout}");
}

#[test]
fn every_code_can_be_explained() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (stdout, _) = run(folder.path(), &["explain"], 0);
    let codes: Vec<&str> = stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    let rules = docbind::diff::Rule::ALL.len();
    assert_eq!(codes.len(), docbind::diagnostic::Code::ALL.len() + rules);
    for code in codes {
        let (stdout, _) = run(folder.path(), &["explain", code], 0);
        assert!(stdout.starts_with(code) && stdout.lines().count() > 3, "{stdout}");
    }
}

#[test]
fn a_code_that_was_mistyped() {
    let all = "`docbind explain` lists them all";
    check_faults(
        docs().path(),
        &[
            (&["explain", "unknow-type"], "is it `unknown-type`? `docbind explain` lists"),
            (&["explain", "unkown_type"], "is it `unknown-type`?"),
            (&["explain", "ellipsis"], "is it `path-with-ellipsis`?"),
            (&["explain", "property-remove"], "is it `property-removed`?"),
            (&["explain", "zzz"], all),
        ],
    );
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
            .args(["generate", "--no-cache", "--quiet", "--name", "same", "--out", out, "--docs"])
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
        // The lock notes the revision of the one, which the copy does not have.
        let files = entries.filter(|path| path.is_file() && !path.ends_with("docbind.lock"));
        let read = |path: &Path| fs::read_to_string(path).expect("a generated file");
        let name = |path: &Path| path.strip_prefix(&out).expect("below").display().to_string();
        files.map(|path| (name(&path), read(&path))).collect()
    };
    assert!(files("one").len() > 100, "the crate is there");
    assert!(files("one") == files("two"), "the two crates are the same to the byte");
}

/// The page with a table of permissions, and another that only reads them with more.
fn permissions() -> tempfile::TempDir {
    let folder = docs();
    let table = |work: &str, application: &str| {
        format!(
            "## Permissions\n\n|Permission type|Permissions|\n|:---|:---|\n\
             |Delegated (work or school account)|{work}|\n\
             |Delegated (personal Microsoft account)|Not supported.|\n\
             |Application|{application}|\n\n## HTTP request\n"
        )
    };
    let list =
        LIST.replace("## HTTP request\n", &table("Notes.Read, Notes.ReadWrite", "Notes.All"));
    write(&folder.path().join("docs/api/note-list.md"), &list);
    let create = LIST
        .replace("## HTTP request\n", &table("Notes.ReadWrite", "Not supported."))
        .replace("List notes", "Create note")
        .replace("GET /notes", "POST /notes");
    write(&folder.path().join("docs/api/note-post.md"), &create);
    folder
}

#[test]
fn scopes_are_the_smallest_set() {
    let folder = permissions();
    let scopes = ["scopes", "--docs", "docs"];
    let (stdout, _) = run(folder.path(), &[&scopes[..], &["GET /notes"]].concat(), 0);
    assert_eq!(
        stdout,
        "1 operation\n\n\
         Delegated, work or school account:\n  Notes.Read\n\n\
         Delegated, personal account:\n  (not possible)\n\n\
         Application:\n  Notes.All\n"
    );
    // Without operations, all.
    let (stdout, _) = run(folder.path(), &scopes, 0);
    assert_eq!(
        stdout,
        "2 operations\n\n\
         Delegated, work or school account:\n  Notes.ReadWrite\n\n\
         Delegated, personal account:\n  (not possible)\n\n\
         Application:\n  Notes.All\n  not possible: POST /notes\n"
    );
}

#[test]
fn scopes_are_json_for_programs() {
    let folder = permissions();
    let arguments = ["scopes", "/no*", "/notes", "--docs", "docs", "--format", "json"];
    let (_, stderr) = run(folder.path(), &arguments, 2);
    assert!(stderr.contains("the docs have no operation `/no*`"), "{stderr}");
    let arguments = ["scopes", "/notes/**", "--docs", "docs", "--format", "json"];
    let (stdout, _) = run(folder.path(), &arguments, 0);
    let json: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(json["operations"], serde_json::json!(["GET /notes", "POST /notes"]));
    assert_eq!(json["delegatedWork"]["scopes"], serde_json::json!(["Notes.ReadWrite"]));
    assert_eq!(json["application"]["impossible"], serde_json::json!(["POST /notes"]));
    let (_, stderr) = run(folder.path(), &["scopes", "notes", "--docs", "docs"], 2);
    assert!(stderr.contains("`notes` is no operation; write it as"), "{stderr}");
}

#[test]
fn scopes_of_several_versions() {
    let folder = permissions();
    let docs = folder.path().join("docs");
    let page = |name: &str| fs::read_to_string(docs.join("api").join(name)).expect("a page");
    let list = page("note-list.md");
    let labels = list.replace("GET /notes", "GET /labels").replace("Notes.", "Labels.");
    write(&docs.join("v1.0/api/note-list.md"), &list);
    write(&docs.join("beta/api/note-list.md"), &list.replace("Notes.", "Beta."));
    write(&docs.join("beta/api/label-list.md"), &labels);
    for folder in ["api", "resources"] {
        fs::remove_dir_all(docs.join(folder)).expect("the folder can be removed");
    }
    let scopes = |operations: &[&str]| {
        let arguments = [&["scopes", "--docs", "docs", "--format", "json"], operations].concat();
        let (stdout, _) = run(folder.path(), &arguments, 0);
        let json: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
        let text = |json: &serde_json::Value| json.as_str().expect("a text").to_owned();
        let texts = |json: &serde_json::Value| -> Vec<String> {
            json.as_array().expect("a list").iter().map(text).collect()
        };
        (texts(&json["operations"]), texts(&json["application"]["scopes"]))
    };
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    // The stable version first, and what only another one has from there.
    let expected =
        (owned(&["GET /beta/labels", "GET /notes"]), owned(&["Labels.All", "Notes.All"]));
    assert_eq!(scopes(&["/labels", "/notes"]), expected);
    assert_eq!(scopes(&["/beta/notes"]), (owned(&["GET /beta/notes"]), owned(&["Beta.All"])));
    let all = owned(&["GET /beta/labels", "GET /beta/notes", "GET /notes"]);
    assert_eq!(scopes(&[]), (all, owned(&["Beta.All", "Labels.All", "Notes.All"])));
    let beta = owned(&["GET /beta/labels", "GET /beta/notes"]);
    let arguments = ["--api-version", "beta"];
    assert_eq!(scopes(&arguments).1, owned(&["Beta.All", "Labels.All"]));
    assert_eq!(scopes(&["/beta/**"]).0, beta);
}
