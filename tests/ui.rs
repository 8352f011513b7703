//! What the generated API promises to reject, and what its users are told then.
//!
//! A file of `tests/ui` is a program, and `//~ CODE words` stands on each line that the compiler
//! must reject: with that code, and with a text that has the words. No other line may be rejected.
//! The rest of what compilers say changes from version to version, and with the types that there
//! happen to be, so that it is not compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What must be said about a line of a case.
#[derive(Debug)]
struct Mark {
    case: String,
    line: u64,
    code: String,
    words: String,
}

/// An error that was reported.
#[derive(Debug)]
struct Rejection {
    case: String,
    line: u64,
    code: String,
    text: String,
}

#[test]
fn what_is_promised_to_be_rejected() {
    let cases = cases();
    let marks: Vec<Mark> = cases.iter().flat_map(|(name, path)| marks(name, path)).collect();
    let mut rejections = rejections(&cases);
    let mut failures = String::new();
    for Mark { case, line, code, words } in &marks {
        let at = rejections.iter().position(|found| {
            (&found.case, found.line, &found.code) == (case, *line, code)
                && found.text.contains(words)
        });
        match at {
            Some(at) => drop(rejections.remove(at)),
            None => writeln!(failures, "{case}.rs:{line}: not rejected with {code} {words}")
                .expect("writing to a string cannot fail"),
        }
    }
    for Rejection { case, line, text, .. } in rejections {
        writeln!(failures, "{case}.rs:{line}: rejected:\n{text}")
            .expect("writing to a string cannot fail");
    }
    assert!(failures.is_empty(), "{failures}");
    for name in cases.keys() {
        assert!(marks.iter().any(|mark| mark.case == *name), "{name}.rs expects no error");
    }
}

/// The cases, by name.
fn cases() -> BTreeMap<String, PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
    let entries = std::fs::read_dir(folder).expect("the folder of cases can be read");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    paths.map(|path| (name(&path), path)).collect()
}

fn marks(case: &str, path: &Path) -> Vec<Mark> {
    let text = std::fs::read_to_string(path).expect("the case can be read");
    let marked = (1..).zip(text.lines()).filter_map(|(line, text)| {
        let (code, words) = text.split_once("//~ ")?.1.split_once(' ').expect("a code and words");
        let words = words.to_owned();
        Some(Mark { case: case.to_owned(), line, code: code.to_owned(), words })
    });
    marked.collect()
}

/// Has all cases checked at once, as programs of a package beside the workspace.
fn rejections(cases: &BTreeMap<String, PathBuf>) -> Vec<Rejection> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ui");
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the checkout");
    let mut manifest = format!(
        "[package]\nname = \"ui\"\nversion = \"0.0.0\"\nedition = \"2024\"\nautobins = false\n\n\
         [workspace]\n\n[dependencies]\nmsgraph = {{ path = {:?} }}\n\
         futures-util = {{ version = \"0.3\", default-features = false, features = [\"io\"] }}\n",
        checkout.join("generated").display().to_string()
    );
    for (name, path) in cases {
        let path = path.display().to_string();
        write!(manifest, "\n[[bin]]\nname = \"{name}\"\npath = {path:?}\n")
            .expect("writing to a string cannot fail");
    }
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    std::fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
    std::fs::copy(checkout.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--keep-going", "--message-format=json"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo starts");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let messages = lines.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    let found: Vec<Rejection> = messages.filter_map(|message: Value| rejection(&message)).collect();
    assert!(!found.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    found
}

fn rejection(message: &Value) -> Option<Rejection> {
    let error = message.get("message").filter(|error| error["level"] == "error")?;
    let list = |key: &str| error[key].as_array().map(Vec::as_slice).unwrap_or_default();
    let spans = list("spans");
    // Not as it is rendered, for that shows the source line with its mark.
    let parts = [&error["message"]].into_iter();
    let parts = parts.chain(spans.iter().map(|span| &span["label"]));
    let parts = parts.chain(list("children").iter().map(|child| &child["message"]));
    let text = parts.filter_map(Value::as_str).collect::<Vec<_>>().join("\n");
    // An error without a place counts how many there were.
    let span = spans.iter().find(|span| span["is_primary"] == true)?;
    Some(Rejection {
        case: message["target"]["name"].as_str()?.to_owned(),
        line: span["line_start"].as_u64()?,
        code: error["code"]["code"].as_str().unwrap_or_default().to_owned(),
        text,
    })
}
