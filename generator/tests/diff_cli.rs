//! `docbind diff` as its users meet it: what it prints, where, and the status it ends with.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use docbind::diagnostic::Code;
use docbind::diff::Rule;
use serde_json::Value;
use support::{run, write};

const NOTE: &str = "\
# note resource type

Namespace: example.notes

A note.

## Properties

|Property|Type|Description|
|:---|:---|:---|
|id|String|The key.|
|text|String|What it says.|
|size|Int32|How long it is.|
";

const PERSON: &str = "\
# person resource type

Namespace: example.notes

Somebody.

## Properties

|Property|Type|Description|
|:---|:---|:---|
|name|String|What they are called.|
";

const LIST: &str = "\
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

/// A folder with two states of the same docs, and an edit of one of the pages in the head.
fn sides(edits: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pages =
        [("resources/note.md", NOTE), ("resources/person.md", PERSON), ("api/note-list.md", LIST)];
    for (path, text) in pages {
        write(&folder.path().join("base").join(path), text);
        let mut edited = text.to_owned();
        for (_, from, to) in edits.iter().filter(|(page, ..)| *page == path) {
            assert!(edited.contains(from), "{from}");
            edited = edited.replace(from, to);
        }
        write(&folder.path().join("head").join(path), &edited);
    }
    folder
}

/// Text became a number, and a person lost their name.
fn broken() -> tempfile::TempDir {
    sides(&[
        ("resources/note.md", "|text|String|", "|text|Int32|"),
        ("resources/person.md", "|name|String|What they are called.|\n", ""),
    ])
}

/// Nothing but a description.
const PROSE: (&str, &str, &str) = ("resources/note.md", "How long it is.", "Its length.");

/// Runs `docbind diff base head` with further arguments, and gives the diff and what else was said.
#[track_caller]
fn check(folder: &Path, arguments: &[&str], status: i32) -> (Value, String) {
    let arguments = [&["diff", "base", "head", "--format", "json"], arguments].concat();
    let (stdout, stderr) = run(folder, &arguments, status);
    (serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}\n{stderr}")), stderr)
}

/// The rules of the changes, each with its level.
fn changes(diff: &Value) -> Vec<String> {
    let changes = diff["changes"].as_array().expect("changes").iter();
    let text = |change: &Value, key: &str| change[key].as_str().expect("a text").to_owned();
    changes.map(|it| format!("{} {}", text(it, "rule"), text(it, "level"))).collect()
}

/// Ends with status 2, prints nothing to standard output, and says all this.
#[track_caller]
fn check_fault(folder: &Path, arguments: &[&str], expected: &[&str]) {
    let (stdout, stderr) = run(folder, &[&["diff"], arguments].concat(), 2);
    assert_eq!(stdout, "", "{arguments:?}");
    for expected in expected {
        assert!(stderr.contains(expected), "{arguments:?}\n{stderr}");
    }
}

#[test]
fn sides_that_are_the_same() {
    let folder = sides(&[]);
    let (diff, stderr) = check(folder.path(), &[], 0);
    assert_eq!((changes(&diff), &diff["bump"]), (vec![], &Value::from("none")));
    assert_eq!(stderr, "");
}

#[test]
fn what_breaks_callers_fails() {
    let folder = broken();
    let (diff, stderr) = check(folder.path(), &[], 1);
    assert_eq!(changes(&diff), ["property-type-changed error", "property-removed error"]);
    assert_eq!(stderr, "note: 2 changes fail the diff, by --fail-on error\n");
    let (_, stderr) = check(folder.path(), &["--quiet"], 1);
    assert_eq!(stderr, "");
    // Read from the other side, one of them adds to the API.
    let (stdout, _) = run(folder.path(), &["diff", "head", "base", "--format", "json"], 1);
    assert!(stdout.contains("property-added"), "{stdout}");
}

#[test]
fn who_wants_it_quiet_has_the_status_alone() {
    let folder = broken();
    let root = folder.path();
    for flags in [&["-q"][..], &["--quiet", "--format", "text"]] {
        let arguments = [&["diff", "base", "head"], flags].concat();
        assert_eq!(run(root, &arguments, 1), (String::new(), String::new()));
    }
    // What somebody asks for by name is there.
    let (loud, _) = run(root, &["diff", "base", "head", "--format", "json"], 1);
    let (quiet, stderr) = run(root, &["diff", "base", "head", "--format", "json", "-q"], 1);
    assert_eq!((quiet, stderr), (loud, String::new()));
    let (stdout, _) = run(root, &["diff", "base", "head", "-q", "--output", "diff.txt"], 1);
    assert_eq!(stdout, "");
    let text = fs::read_to_string(root.join("diff.txt")).expect("the file");
    assert!(text.starts_with("type example.notes.note\n"), "{text}");
    let (_, stderr) = run(root, &["diff", "base", "none.json", "-q"], 2);
    assert!(stderr.starts_with("error: there is no `none.json`"), "{stderr}");
}

#[test]
fn who_reads_the_beginning_alone_has_the_status() {
    let folder = broken();
    let mut command = Command::new(env!("CARGO_BIN_EXE_docbind"));
    command.args(["diff", "base", "head", "--quiet", "--format", "json"]);
    command.current_dir(folder.path()).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn what_fails_is_said_by_flags_and_settings() {
    let deprecated = ("resources/note.md", "How long it is.", "How long it is. Deprecated.");
    let folder = sides(&[deprecated]);
    let root = folder.path();
    check(root, &[], 0);
    check(root, &["--fail-on", "warning"], 1);
    write(&root.join("docbind.toml"), "[diff]\nfail-on = \"warning\"\n");
    check(root, &[], 1);
    check(root, &["--fail-on", "error"], 0);
    check(broken().path(), &["--fail-on", "none"], 0);
    check_fault(root, &["base", "head", "--fail-on", "warn"], &["is it `warning`?"]);
    write(&root.join("docbind.toml"), "[diff]\nfail-on = 1\n");
    check_fault(root, &["base", "head"], &["docbind.toml:2: `fail-on` takes a string"]);
}

#[test]
fn levels_are_those_that_somebody_wants() {
    let folder = broken();
    let root = folder.path();
    let settings = "[diff.levels]\nproperty-removed = \"info\"\nproperty-type-changed = \"info\"\n";
    write(&root.join("docbind.toml"), settings);
    let (diff, _) = check(root, &[], 0);
    assert_eq!(changes(&diff), ["property-type-changed info", "property-removed info"]);
    let (diff, _) = check(root, &["--level", "property-removed=warning"], 0);
    assert_eq!(changes(&diff), ["property-type-changed info", "property-removed warning"]);
    let levels = ["--level", "property-removed=docs", "--level", "property-type-changed=error"];
    let (diff, _) = check(root, &levels, 1);
    assert_eq!(changes(&diff), ["property-type-changed error"]);
    // What nobody wants to see breaks code as before.
    let levels = ["--level", "property-removed=docs", "--level", "property-type-changed=docs"];
    let (diff, _) = check(root, &levels, 0);
    assert_eq!((changes(&diff), &diff["bump"]), (vec![], &Value::from("major")));
    assert_eq!(diff["summary"]["ignored"], 2);
    assert_eq!(diff["ignored"][0]["reason"], "`property-type-changed` has the level `docs`");
    let (diff, _) = check(root, &[&levels[..], &["--docs-changes"]].concat(), 0);
    assert_eq!(changes(&diff), ["property-type-changed docs", "property-removed docs"]);
    for (level, expected) in [
        ("property-removes=info", "is it `property-removed`?"),
        ("property-removed=bad", "`bad` is no level"),
        ("property-removed", "write a rule and its level"),
    ] {
        check_fault(root, &["base", "head", "--level", level], &[expected]);
    }
    write(&root.join("docbind.toml"), "[diff.levels]\nproperty-remove = \"info\"\n");
    check_fault(root, &["base", "head"], &["docbind.toml:2:", "is it `property-removed`?"]);
}

#[test]
fn what_changes_no_fact_is_listed_on_request() {
    let folder = sides(&[PROSE]);
    let (diff, _) = check(folder.path(), &["--fail-on", "warning"], 0);
    assert_eq!(changes(&diff), [""; 0]);
    let (diff, _) = check(folder.path(), &["--docs-changes"], 0);
    assert_eq!(changes(&diff), ["description-changed docs"]);
    let (diff, _) = check(folder.path(), &["--level", "description-changed=warning"], 0);
    assert_eq!(changes(&diff), ["description-changed warning"]);
}

const IGNORE: &str = "\
[[ignore]]
rule = \"property-type-changed\"
target = \"example.notes.note\"
member = \"text\"
reason = \"It has always been a number.\"
";

#[test]
fn ignored_changes_fail_nothing() {
    let folder = broken();
    let root = folder.path();
    write(&root.join("docbind-diff.toml"), IGNORE);
    let (diff, stderr) = check(root, &[], 1);
    assert_eq!(changes(&diff), ["property-removed error"]);
    assert!(stderr.contains("1 change fails"), "{stderr}");
    let person = IGNORE.replace("type-changed", "removed").replace("notes.note", "*");
    let person = person.replace("\"text\"", "\"na*\"");
    write(&root.join("other.toml"), &format!("{IGNORE}\n{person}"));
    let (diff, stderr) = check(root, &["--ignore", "other.toml"], 0);
    // The crate breaks, whoever wants it.
    assert_eq!((changes(&diff), &diff["bump"]), (vec![], &Value::from("major")));
    assert_eq!(stderr, "");
    write(&root.join("docbind.toml"), "[diff]\nignore = \"other.toml\"\n");
    check(root, &[], 0);
    write(&root.join("docbind.toml"), "[diff]\nignore = \"none.toml\"\n");
    check_fault(root, &["base", "head"], &["error: docbind.toml:2: cannot read `none.toml`"]);
    check_fault(root, &["base", "head", "--ignore", "no.toml"], &["error: cannot read `no.toml`"]);
}

#[test]
fn ignored_changes_are_told_with_their_reasons() {
    let folder = broken();
    let root = folder.path();
    write(&root.join("docbind-diff.toml"), IGNORE);
    let (diff, _) = check(root, &[], 1);
    let ignored = diff["ignored"].as_array().expect("a list");
    assert_eq!((ignored.len(), &diff["summary"]["ignored"]), (1, &Value::from(1)));
    assert_eq!(ignored[0]["rule"], "property-type-changed");
    assert_eq!(ignored[0]["reason"], "It has always been a number.");
    assert!(diff["changes"][0].get("reason").is_none());
    let (sarif, _) = run(root, &["diff", "base", "head", "--format", "sarif"], 1);
    let sarif: Value = serde_json::from_str(&sarif).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let suppressions: Vec<_> = results.iter().map(|it| &it["suppressions"]).collect();
    let suppressed = serde_json::json!([
        {"kind": "external", "justification": "It has always been a number."}
    ]);
    assert_eq!(suppressions, [&serde_json::json!([]), &suppressed]);
    // Where nothing is ignored, nothing is said of it.
    fs::remove_file(root.join("docbind-diff.toml")).expect("it is there");
    let (sarif, _) = run(root, &["diff", "base", "head", "--format", "sarif"], 1);
    assert!(!sarif.contains("suppressions"));
    // Words alone are ignored as silently as they change.
    let folder = sides(&[PROSE]);
    let words = IGNORE.replace("property-type-changed", "description-changed");
    let words = words.replace("member = \"text\"", "member = \"*\"");
    write(&folder.path().join("docbind-diff.toml"), &words);
    let (diff, stderr) = check(folder.path(), &[], 0);
    assert_eq!((&diff["summary"]["ignored"], &*stderr), (&Value::from(0), ""));
    let (diff, _) = check(folder.path(), &["--docs-changes"], 0);
    assert_eq!(diff["summary"]["ignored"], 1);
}

#[test]
fn an_entry_means_what_was_renamed_by_either_name() {
    let folder = sides(&[
        ("resources/person.md", "# person resource", "# human resource"),
        ("resources/person.md", "|name|String|", "|name|Int32|"),
    ]);
    let root = folder.path();
    let text = "|email|String|How they are reached.|\n|phone|String|Their number.|\n|city|String|Where they live.|\n";
    for side in ["base", "head"] {
        let path = root.join(side).join("resources/person.md");
        let page = fs::read_to_string(&path).expect("the page");
        write(&path, &(page + text));
    }
    let (diff, _) = check(root, &[], 1);
    assert_eq!(changes(&diff), ["property-type-changed error", "type-renamed error"]);
    for name in ["person", "human"] {
        let entry = |rule: &str| {
            format!("[[ignore]]\nrule = \"{rule}\"\ntarget = \"*.{name}\"\nreason = \"So.\"\n")
        };
        let text = entry("property-type-changed") + &entry("type-renamed");
        write(&root.join("docbind-diff.toml"), &text);
        let (diff, stderr) = check(root, &[], 0);
        assert_eq!((changes(&diff), &*stderr), (vec![], ""), "{name}");
    }
}

#[test]
fn entries_that_are_past_or_of_no_use_are_warnings() {
    let folder = broken();
    let root = folder.path();
    let person =
        "[[ignore]]\nrule = \"property-removed\"\ntarget = \"*.person\"\nreason = \"So.\"\n";
    let idle = "[[ignore]]\nrule = \"type-removed\"\ntarget = \"*\"\nreason = \"So.\"\n";
    let text =
        format!("{IGNORE}expires = 2020-02-29\n\n{person}expires = \"9999-12-31\"\n\n{idle}");
    write(&root.join("docbind-diff.toml"), &text);
    let (_, stderr) = check(root, &["--fail-on", "warning"], 0);
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!(
        lines,
        [
            "warning: docbind-diff.toml:1: `property-type-changed` of `example.notes.note`, `text` was \
             to be ignored until 2020-02-29, and still is; decide about it anew",
            "warning: docbind-diff.toml:14: `type-removed` of `*` meets no change; delete the entry",
        ]
    );
    assert_eq!(check(root, &["--quiet"], 0).1, "");
}

#[test]
fn files_of_ignored_changes_that_are_wrong() {
    let folder = broken();
    let root = folder.path();
    let arguments = ["base", "head", "--ignore", "file.toml"];
    check_fault(root, &arguments, &["cannot read `file.toml`"]);
    for (from, to, expected) in [
        (
            "property-type-changed",
            "property-type",
            "file.toml:2: there is no rule `property-type`;",
        ),
        ("reason", "reasons", "file.toml:1: an entry needs `reason`"),
        ("member", "menber", "file.toml:4: unknown key `menber`; is it `member`?"),
        ("[[", "[", "file.toml:1:"),
        ("member", "expires", "file.toml:4: `expires`: `text` is no day"),
    ] {
        write(&root.join("file.toml"), &IGNORE.replace(from, to));
        check_fault(root, &arguments, &[expected]);
    }
    fs::write(root.join("file.toml"), b"\xff\xfe\x00").expect("it can be written");
    check_fault(root, &arguments, &["cannot read `file.toml`"]);
    fs::create_dir(root.join("folder")).expect("it can be made");
    check_fault(root, &["base", "head", "--ignore", "folder"], &["cannot read `folder`"]);
}

#[test]
fn what_would_fail_is_written_down() {
    let folder = broken();
    let root = folder.path();
    let path = root.join("docbind-diff.toml");
    write(&path, &format!("# Why not?\n{IGNORE}"));
    let (_, stderr) = check(root, &["--write-ignore"], 0);
    assert_eq!(stderr, "note: 1 entry added to docbind-diff.toml\n");
    let text = fs::read_to_string(&path).expect("the file");
    assert!(text.starts_with(&format!("# Why not?\n{IGNORE}\n[[ignore]]\n")), "{text}");
    assert!(
        text.contains("rule = \"property-removed\"\ntarget = \"example.notes.person\""),
        "{text}"
    );
    // From now on nothing fails, and somebody is asked for the reason.
    let (_, stderr) = check(root, &[], 0);
    assert!(stderr.contains("docbind-diff.toml:8: 1 entry is not explained yet"), "{stderr}");
    check(root, &["--write-ignore"], 0);
    assert_eq!(fs::read_to_string(&path).expect("the file"), text);
    // A file that is not there is made, where it is wanted.
    let arguments = ["--write-ignore", "--ignore", "made.toml"];
    let (_, stderr) = check(root, &arguments, 0);
    assert_eq!(stderr, "note: 2 entries added to made.toml\n");
    check(root, &["--ignore", "made.toml"], 0);
    let (_, stderr) =
        check(root, &["--write-ignore", "--ignore", "no.toml", "--fail-on", "none"], 0);
    assert_eq!(stderr, "note: no entries added to no.toml\n");
    assert!(!root.join("no.toml").exists());
    check_fault(
        root,
        &["base", "head", "--write-ignore", "--ignore", "no/folder.toml"],
        &["cannot write `no/folder.toml`"],
    );
}

#[test]
fn what_a_crate_does_not_call_does_not_fail() {
    let folder = broken();
    let root = folder.path();
    let unused = "include-types = [\"person\"]\nexclude = [\"/**\"]\n";
    write(&root.join("mail/docbind.toml"), "docs = \"elsewhere\"\ninclude = [\"GET /notes\"]\n");
    write(&root.join("people.toml"), unused);
    let (diff, stderr) = check(root, &["--used", "mail/docbind.toml"], 1);
    let used: Vec<&Value> =
        diff["changes"].as_array().expect("changes").iter().map(|it| &it["used"]).collect();
    assert_eq!(used, [&Value::from(true), &Value::from(false)]);
    assert_eq!(diff["summary"]["error"], 1);
    assert!(stderr.contains("1 change fails the diff"), "{stderr}");
    let level = ["--level", "property-type-changed=info", "--used", "mail/docbind.toml"];
    let (diff, _) = check(root, &level, 0);
    assert_eq!(diff["summary"]["error"], 0);
    let (_, stderr) = check(root, &["--used", "people.toml"], 1);
    assert!(stderr.contains("1 change fails the diff"), "{stderr}");

    let arguments = ["base", "head", "--used", "file.toml"];
    check_fault(root, &arguments, &["cannot read `file.toml`"]);
    // What the crate has its own type for is not generated.
    let own = "include = [\"GET /notes\"]\n[types.note]\nreplace = \"crate::Note\"\n";
    write(&root.join("own/docbind.toml"), own);
    let (diff, _) = check(root, &["--used", "own/docbind.toml"], 0);
    assert_eq!(diff["changes"][0]["used"], false);
    write(&root.join("own/docbind.toml"), &own.replace("types.note", "types.\"a b\""));
    check_fault(
        root,
        &["base", "head", "--used", "own/docbind.toml"],
        &["own/docbind.toml:2: `a b` is no type"],
    );
    write(&root.join("own/docbind.toml"), "\napi-version = \"v9\"\n");
    write(&root.join("v/v1.0/resources/note.md"), NOTE);
    check_fault(
        root,
        &["v", "v", "--used", "own/docbind.toml"],
        &["own/docbind.toml:2: neither side has the version `v9`"],
    );

    write(&root.join("file.toml"), "include = [\"GET /note\"]\n");
    check_fault(root, &arguments, &["include `GET /note` matches nothing; is it `GET /notes`?"]);
    write(&root.join("file.toml"), "\nincludes = [\"GET /note\"]\n");
    check_fault(root, &arguments, &["file.toml:2: unknown key `includes`"]);
}

#[test]
fn the_diff_in_a_file() {
    let folder = broken();
    let root = folder.path();
    let (expected, _) = run(root, &["diff", "base", "head", "--format", "json"], 1);
    let arguments = ["diff", "base", "head", "--format", "json", "--output", "diff.json"];
    let (stdout, _) = run(root, &arguments, 1);
    assert_eq!(stdout, "");
    assert_eq!(fs::read_to_string(root.join("diff.json")).expect("the file"), expected);
    check_fault(
        root,
        &["base", "head", "--output", "no/diff.json"],
        &["cannot write", "no/diff.json"],
    );
}

#[test]
fn sides_that_cannot_be_read() {
    let folder = sides(&[]);
    let root = folder.path();
    check_fault(root, &["none", "head"], &["no git repository"]);
    check_fault(root, &["base", "none"], &["no git repository"]);
    write(&root.join("empty/api/readme.txt"), "Nothing.");
    check_fault(root, &["base", "empty"], &["empty"]);
    check_fault(root, &["empty", "base"], &["empty"]);
    // Nothing to say on either side looks as if all were well.
    write(&root.join("words/api/readme.md"), "# About this folder\n");
    check_fault(root, &["words", "words"], &["`words` states nothing of an API"]);
    write(&root.join("none.json"), "{\"format\": 1, \"versions\": []}");
    check_fault(root, &["none.json", "base"], &["`none.json` states nothing of an API"]);
    check_fault(root, &[], &["BASE"]);
    // The docs of the working tree are not there.
    check_fault(root, &["base"], &["docs-input"]);
    check_fault(root, &["base", "head", "--format", "pdf"], &["pdf"]);
}

#[test]
fn a_page_that_cannot_be_read_is_no_removal() {
    let folder = sides(&[]);
    let root = folder.path();
    let page = root.join("head/resources/note.md");
    fs::write(&page, vec![b'x'; 40 << 20]).expect("it can be written");
    check_fault(root, &["base", "head"], &["as a whole", "resources/note.md"]);
    check_fault(root, &["head", "base"], &["as a whole", "resources/note.md"]);
    let (diff, _) = check(root, &["--partial"], 1);
    assert!(changes(&diff).contains(&"type-removed error".to_owned()), "{diff}");
}

#[test]
fn flaws_of_the_head_are_shown_where_they_are_new() {
    let folder = sides(&[("api/note-list.md", "```http\nGET /notes\n```\n", "")]);
    let root = folder.path();
    let (diff, stderr) = check(root, &[], 1);
    assert!(changes(&diff).contains(&"operation-removed error".to_owned()), "{diff}");
    assert!(stderr.contains("error[page-without-request]"), "{stderr}");
    fs::copy(root.join("head/api/note-list.md"), root.join("base/api/note-list.md"))
        .expect("a copy");
    let (_, stderr) = check(root, &[], 0);
    assert_eq!(
        stderr,
        "note: 1 flaw costs parts of both sides, which are not compared; `docbind check` lists them\n"
    );
}

#[test]
fn the_head_is_the_docs_where_nothing_is_said() {
    let folder = broken();
    let root = folder.path();
    run(root, &["diff", "base", "--docs", "head"], 1);
    write(&root.join("docbind.toml"), "docs = \"head\"\n");
    run(root, &["diff", "base"], 1);
    run(root, &["diff", "head"], 0);
    write(&root.join("docbind.toml"), "\ndocs = \"nowhere\"\n");
    check_fault(root, &["base"], &["docbind.toml:2: ", "nowhere"]);
    check_fault(root, &["base", "--docs", "nobody"], &["error: ", "`nobody`"]);
}

#[test]
fn a_version_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    for (path, text) in [
        ("base/v1.0/resources/note.md", NOTE.to_owned()),
        ("base/beta/resources/note.md", NOTE.to_owned()),
        ("head/v1.0/resources/note.md", NOTE.to_owned()),
        ("head/beta/resources/note.md", NOTE.replace("|text|String|", "|text|Int32|")),
    ] {
        write(&root.join(path), &text);
    }
    check(root, &[], 1);
    let (diff, _) = check(root, &["--api-version", "v1.0"], 0);
    assert_eq!(changes(&diff), [""; 0]);
    let (diff, _) = check(root, &["--api-version", "beta"], 1);
    assert_eq!(changes(&diff), ["property-type-changed error"]);
    check_fault(
        root,
        &["base", "head", "--api-version", "v2.0"],
        &["error: `base`: the docs have"],
    );
    write(&root.join("docbind.toml"), "\napi-version = \"v2.0\"\n");
    check_fault(
        root,
        &["base", "head"],
        &["error: docbind.toml:2: `base`: the docs have no version"],
    );
}

#[test]
fn every_rule_is_listed_and_explained() {
    let folder = sides(&[]);
    let root = folder.path();
    let (stdout, _) = run(root, &["diff", "rules"], 0);
    let ids: Vec<&str> = stdout.lines().skip(1).filter_map(|it| it.split(' ').next()).collect();
    let all: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(ids, all);
    let (json, _) = run(root, &["diff", "rules", "--format", "json"], 0);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let listed = json["rules"].as_array().expect("rules");
    assert_eq!(listed.len(), Rule::ALL.len());
    for (listed, rule) in listed.iter().zip(Rule::ALL) {
        assert_eq!(listed["rule"], rule.id());
        assert_eq!(listed["kind"], rule.kind());
        assert_eq!(listed["level"], rule.level().as_str());
        assert!(listed["summary"].as_str().is_some_and(|it| it.ends_with('.')), "{listed}");
    }
    let (stdout, _) = run(root, &["explain", "property-removed"], 0);
    assert!(
        stdout.starts_with("property-removed\n\nA type lacks a property that it had.\n"),
        "{stdout}"
    );
    let last = "\nLevel `error`; breaks callers of the service and Rust code; version of the crate: `major`; kind `property_removed`.\n";
    assert!(stdout.ends_with(last), "{stdout}");
}

#[test]
fn a_folder_that_is_called_rules() {
    let folder = broken();
    let root = folder.path();
    fs::rename(root.join("base"), root.join("rules")).expect("it can be renamed");
    run(root, &["diff", "./rules", "head"], 1);
    run(root, &["diff", "head", "rules"], 1);
    let (stdout, _) = run(root, &["diff", "rules"], 0);
    assert!(stdout.contains("property-removed"), "{stdout}");
}

#[test]
fn explanations_are_whole() {
    for rule in Rule::ALL {
        let explanation = rule.explanation();
        let fences =
            explanation.lines().filter(|line| line.trim_start().starts_with("```")).count();
        assert_eq!(fences, 2, "{rule}: one example");
        let (before, behind) = explanation.split_once("```").expect("an example");
        let behind = behind.split_once("```").expect("its end").1;
        assert!(before.trim().ends_with('.') && behind.trim().ends_with('.'), "{rule}");
        assert!(behind.split_whitespace().count() > 10, "{rule}: why the level, and what to do");
    }
}

#[test]
fn no_id_means_two_things() {
    let codes = Code::ALL.iter().map(|code| code.id());
    let ids: Vec<&str> = codes.chain(Rule::ALL.iter().map(|rule| rule.id())).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn every_form() {
    let folder = broken();
    let root = folder.path();
    for (format, start) in [
        ("text", "type example.notes.note\n"),
        ("json", "{\n  \"format\": 1,"),
        ("markdown", "## Changes of the API\n"),
        ("github", "::error file=head/resources/note.md,line=12,title=property-type-changed::"),
        ("sarif", "{\n  \"$schema\""),
        ("html", "<!DOCTYPE html>"),
    ] {
        let (stdout, _) = run(root, &["diff", "base", "head", "--format", format], 1);
        let stdout =
            if format == "html" { stdout.replace("<!doctype", "<!DOCTYPE") } else { stdout };
        assert!(stdout.starts_with(start), "{format}\n{stdout}");
        let file = format!("diff.{format}");
        run(root, &["diff", "base", "head", "--format", format, "--output", &file], 1);
        assert!(!fs::read_to_string(root.join(&file)).expect("the file").is_empty());
    }
    // No colours where nobody sees them, and some where somebody asks for them.
    let (plain, _) = run(root, &["diff", "base", "head"], 1);
    let (coloured, _) = run(root, &["diff", "base", "head", "--color", "always"], 1);
    assert!(!plain.contains('\u{1b}') && coloured.contains('\u{1b}'));
    let coloured = ["diff", "base", "head", "--color", "always", "--output", "diff.txt"];
    run(root, &coloured, 1);
    assert_eq!(fs::read_to_string(root.join("diff.txt")).expect("the file"), plain);
}

#[test]
fn what_is_ignored_or_unused_is_counted() {
    let folder = broken();
    let root = folder.path();
    write(&root.join("docbind-diff.toml"), IGNORE);
    let (text, _) = run(root, &["diff", "base", "head"], 1);
    assert!(text.contains("\n1 change is ignored; `--format json` has the reason\n"), "{text}");
    let (markdown, _) = run(root, &["diff", "base", "head", "--format", "markdown"], 1);
    assert!(
        markdown.contains("\n1 change is ignored; `--format json` has the reason.\n"),
        "{markdown}"
    );
    let (html, _) = run(root, &["diff", "base", "head", "--format", "html"], 1);
    assert!(html.contains("<p>1 change is ignored; `--format json` has the reason.</p>"), "{html}");
    let (diff, _) = check(root, &[], 1);
    assert_eq!(diff["summary"]["ignored"], 1);
    write(&root.join("notes.toml"), "include = [\"GET /notes\"]\n");
    let (text, stderr) = run(root, &["diff", "base", "head", "--used", "notes.toml"], 0);
    assert!(text.contains("no change of the API\n1 change is ignored"), "{text}");
    assert!(text.ends_with("the generated crate needs a major version\n"), "{text}");
    assert_eq!(stderr, "note: 1 change touches nothing that the crate calls: left out\n");
}

/// A git repository with two states of the docs, the later of which is in the working tree alone.
fn repository() -> tempfile::TempDir {
    let folder = broken();
    let root = folder.path();
    fs::rename(root.join("base"), root.join("docs-input")).expect("it can be renamed");
    let git = |arguments: &[&str]| {
        let status = Command::new("git")
            .args(["-c", "user.name=n", "-c", "user.email=n@example.com"])
            .args(arguments)
            .current_dir(root)
            .status();
        assert!(status.is_ok_and(|status| status.success()), "{arguments:?}");
    };
    git(&["init", "--quiet", "--initial-branch", "main", "."]);
    git(&["add", "docs-input"]);
    git(&["commit", "--quiet", "--message", "docs"]);
    fs::remove_dir_all(root.join("docs-input")).expect("it can be removed");
    fs::rename(root.join("head"), root.join("docs-input")).expect("it can be renamed");
    folder
}

#[test]
fn revisions() {
    let folder = repository();
    let root = folder.path();
    let (stdout, _) = run(root, &["diff", "HEAD", "--format", "json"], 1);
    let diff: Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(changes(&diff), ["property-type-changed error", "property-removed error"]);
    let (stdout, _) = run(root, &["diff", "HEAD:docs-input", "docs-input"], 1);
    assert!(stdout.contains("HEAD:docs-input → docs-input"), "{stdout}");
    let (stdout, _) = run(root, &["diff", "HEAD", "--format", "github"], 1);
    assert!(stdout.contains("file=docs-input/resources/note.md,line=12"), "{stdout}");
    // Annotations name files below the root of the repository, from wherever.
    let below = root.join("docs-input");
    let (stdout, _) = run(&below, &["diff", "HEAD", "--docs", ".", "--format", "github"], 1);
    assert!(stdout.contains("file=docs-input/resources/note.md,line=12"), "{stdout}");
    // A revision may have a colon in its name.
    let head = ["diff", "docs-input", "HEAD^{/docs}:docs-input", "--format", "github"];
    let (stdout, _) = run(root, &head, 1);
    assert!(stdout.contains("file=docs-input/resources/note.md,line="), "{stdout}");
    // A model equals the docs that it was made from.
    let (model, _) = run(root, &["model", "--format", "json"], 0);
    write(&root.join("model.json"), &model);
    run(root, &["diff", "model.json", "docs-input", "--fail-on", "warning"], 0);
    let (stdout, _) = run(root, &["diff", "HEAD", "model.json", "--format", "json"], 1);
    assert_eq!(changes(&serde_json::from_str(&stdout).expect("JSON")).len(), 2);

    check_fault(
        root,
        &["HEAD..main", "HEAD"],
        &["`HEAD..main` names both sides: leave `HEAD` out"],
    );
    check_fault(root, &["no-such-branch"], &["no-such-branch"]);
    check_fault(root, &["HEAD:nothing", "docs-input"], &["nothing"]);
    write(&root.join("bad.json"), &model[..model.len() / 2]);
    check_fault(root, &["HEAD", "bad.json"], &["bad.json"]);
    write(&root.join("bad.json"), "{\"format\": 99}");
    check_fault(root, &["HEAD", "bad.json"], &["bad.json"]);
}

/// The steps of the workflow.
fn workflow() -> serde_yaml::Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows/docs-diff.yml");
    serde_yaml::from_str(&fs::read_to_string(path).expect("the workflow")).expect("YAML")
}

#[test]
fn the_workflow_trusts_nobody() {
    let workflow = workflow();
    assert_eq!(
        workflow["permissions"],
        serde_yaml::from_str::<serde_yaml::Value>("{}").expect("YAML")
    );
    let jobs = workflow["jobs"].as_mapping().expect("jobs");
    for (name, job) in jobs {
        let granted = job["permissions"].as_mapping().expect("permissions").iter();
        let granted: Vec<_> = granted.map(|(to, how)| (to.as_str(), how.as_str())).collect();
        let steps = job["steps"].as_sequence().expect("steps");
        // What may write runs nothing of the pull request.
        if granted.iter().any(|(_, how)| *how == Some("write")) {
            let is_checkout = |step: &serde_yaml::Value| {
                step["uses"].as_str().is_some_and(|uses| uses.contains("checkout"))
            };
            assert!(!steps.iter().any(is_checkout), "{name:?}");
        }
        for step in steps {
            if let Some(uses) = step["uses"].as_str() {
                let (action, commit) = uses.split_once('@').expect("a commit");
                assert!(action.starts_with("actions/"), "{uses}");
                let is_hash = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
                assert!(commit.len() == 40 && commit.bytes().all(is_hash), "{uses}");
            }
            // An expression within a script is code of whoever names a branch.
            assert!(!step["run"].as_str().unwrap_or_default().contains("${{"), "{step:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn the_workflow_calls_the_command_as_it_is() {
    let folder = repository();
    let root = folder.path();
    let workflow = workflow();
    let steps = workflow["jobs"]["diff"]["steps"].as_sequence().expect("steps");
    let scripts = steps.iter().filter_map(|step| step["run"].as_str());
    let scripts = scripts.filter(|script| script.contains("-- diff"));
    let program = env!("CARGO_BIN_EXE_docbind");
    let mut ends = Vec::new();
    for script in scripts {
        // The working tree here is not committed.
        let script = script.replace("cargo run --release --locked --", program);
        let script = script.replace("HEAD^1", "HEAD");
        let output = Command::new("bash")
            .args(["-e", "-c", &script])
            .current_dir(root)
            .env("GITHUB_STEP_SUMMARY", "summary.md")
            .output()
            .expect("bash starts");
        ends.push(output.status.code());
    }
    assert_eq!(ends, [Some(0), Some(0), Some(1)]);
    let comment = fs::read_to_string(root.join("docs-diff.md")).expect("the comment");
    // By this line the workflow knows its comment again.
    assert!(comment.starts_with("## Changes of the API\n"), "{comment}");
    assert_eq!(fs::read_to_string(root.join("summary.md")).expect("the summary"), comment);
    // By this one it knows that there is nothing to say.
    let (none, _) = run(root, &["diff", "HEAD", "HEAD", "--format", "markdown"], 0);
    assert!(none.contains("\nNone from "), "{none}");
}
