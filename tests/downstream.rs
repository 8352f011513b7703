//! Crates that generate an API in their `build.rs`, built from scratch by Cargo.
//!
//! A folder of `tests/downstream` is a crate as a user has it. It is copied to where it can be
//! changed; all share one target folder, so that what they depend on is compiled once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// Cargo builds one of them at a time in one target folder, and says so where it waits.
static TURN: Mutex<()> = Mutex::new(());

/// A crate in a folder of its own.
struct Downstream {
    folder: PathBuf,
}

impl Downstream {
    /// Copies the crate, with these folders of docs; each is the name that it has there, and a folder
    /// of the checkout.
    fn new(name: &str, place: &str, docs: &[(&str, &str)]) -> Self {
        let folder = workplace().join(place);
        let _ = fs::remove_dir_all(&folder);
        copy(&checkout().join("tests/downstream").join(name), &folder);
        for (name, docs) in docs {
            copy(&checkout().join(docs), &folder.join(name));
        }
        fs::copy(checkout().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
        let manifest = folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).expect("the manifest can be read");
        // Each is a package of its own, so that what belongs to one can be removed.
        let name = folder.file_name().expect("a name").to_string_lossy().replace(' ', "-");
        let renamed = text.replace("\"downstream\"", &format!("{name:?}"));
        fs::write(&manifest, &renamed).expect("the manifest can be written");
        let names = if renamed == text { vec!["first", "second"] } else { vec![name.as_str()] };
        let built = Self { folder };
        for name in names {
            built.cargo(&["clean", "--quiet", "--package", name]);
        }
        built
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(arguments)
            .args(["--offline", "--color=never"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", workplace().join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS");
        command
    }

    fn try_cargo(&self, arguments: &[&str]) -> Output {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        self.command(arguments).output().expect("cargo starts")
    }

    /// Runs Cargo and gives what it says.
    #[track_caller]
    fn cargo(&self, arguments: &[&str]) -> String {
        let output = self.try_cargo(arguments);
        let said = said(&output);
        assert!(output.status.success(), "cargo {arguments:?}:\n{said}");
        said
    }

    /// Builds, and says whether the script ran.
    #[track_caller]
    fn runs_script(&self) -> bool {
        let said = self.cargo(&["build", "-vv"]);
        // What it prints is shown only then.
        said.lines().any(|line| line.starts_with('[') && line.contains("] cargo::"))
    }

    #[track_caller]
    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(&path, text).expect("the file can be written");
    }

    #[track_caller]
    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).expect("the file can be read")
    }
}

fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!("{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(err))
}

fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the checkout")
}

fn workplace() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("downstream")
}

/// Copies a folder. Manifests name the crates of the checkout as seen from their place in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path).expect("the manifest can be read");
            let text = ["generator", "runtime"].iter().fold(text, |text, name| {
                let (start, end) = ("path = \"", format!("../{name}\""));
                let lines = text.lines().map(|line| match line.split_once(start) {
                    Some((before, after)) if after.contains(&end) => {
                        let (_, after) = after.split_once(&end).expect("just found");
                        let path = checkout().join(name).display().to_string();
                        format!("{before}path = {path:?}{after}\n")
                    }
                    _ => format!("{line}\n"),
                });
                lines.collect()
            });
            fs::write(&target, text).expect("the manifest can be written");
        } else {
            fs::copy(&path, &target).expect("the file can be copied");
        }
    }
}

const LIBRARY: (&str, &str) = ("docs", "tests/golden/library/docs");
const NAMES: (&str, &str) = ("more docs", "tests/golden/names/docs");

#[test]
fn two_apis_in_a_crate_with_strict_lints() {
    let plain = Downstream::new("plain", "plain", &[LIBRARY, NAMES]);
    let said = plain.cargo(&["test"]);
    assert!(said.contains("2 passed"), "{said}");
    assert!(said.contains("Doc-tests plain"), "{said}");
    assert!(said.contains("0 passed") && !said.contains("FAILED"), "no example is a test: {said}");
}

#[test]
fn the_script_runs_when_what_it_read_changes() {
    let crate_ = Downstream::new("plain", "ünïcode/with spaces", &[LIBRARY, NAMES]);
    assert!(crate_.runs_script());
    assert!(!crate_.runs_script(), "nothing changed");
    crate_.write("README.md", "Read by nobody.");
    crate_.write("docs/toc.yml", "Read by nobody.");
    assert!(!crate_.runs_script(), "no file that was read changed");

    let page = "more docs/resources/choice.md";
    crate_.write(page, &(crate_.read(page) + "\n"));
    assert!(crate_.runs_script(), "a page changed");
    assert!(!crate_.runs_script(), "what the script wrote counts for nothing");

    crate_.write("docs/resources/shelf.md", SHELF);
    crate_
        .write("src/lib.rs", &format!("{}\npub use Shelf as Board;\n", crate_.read("src/lib.rs")));
    assert!(crate_.runs_script(), "there is a new page");
    fs::remove_file(crate_.folder.join("docs/resources/shelf.md")).expect("the page is there");
    let output = crate_.try_cargo(&["build"]);
    assert!(said(&output).contains("cannot find") || said(&output).contains("unresolved import"));
}

#[test]
fn the_script_runs_when_an_include_changes_or_comes() {
    let crate_ = Downstream::new("plain", "includes", &[LIBRARY, NAMES]);
    let page = "docs/resources/author.md";
    let including = "\n[!INCLUDE [x](../includes/x.md)]\n\n[!INCLUDE [y](../parts/y.md)]\n";
    crate_.write(page, &(crate_.read(page) + including));
    crate_.write("docs/includes/x.md", "Writes.\n");
    assert!(crate_.runs_script());
    assert!(!crate_.runs_script(), "what is not there is not named");
    crate_.write("docs/includes/x.md", "Wrote.\n");
    assert!(crate_.runs_script(), "an include changed");
    crate_.write("docs/parts/y.md", "And more.\n");
    assert!(crate_.runs_script(), "an include came");
    crate_.write("docs/toc.yml", "Read by nobody.");
    crate_.write("docs/includes/z.md", "Included by nobody.");
    assert!(!crate_.runs_script(), "all is there by now");
}

#[cfg(unix)]
#[test]
fn docs_around_the_crate_and_behind_a_link() {
    let crate_ = Downstream::new("plain", "around/within", &[]);
    let around = crate_.folder.parent().expect("the folder around");
    copy(&checkout().join(LIBRARY.1), around);
    copy(&checkout().join(NAMES.1), &around.join("names"));
    std::os::unix::fs::symlink("../names", crate_.folder.join("link")).expect("a link");
    let script = crate_.read("build.rs").replace("\"docs\"", "\"..\"");
    crate_.write("build.rs", &script.replace("more docs", "link"));
    assert!(crate_.runs_script());
    crate_.write("src/lib.rs", &(crate_.read("src/lib.rs") + "\n"));
    crate_.write("README.md", "Read by nobody.");
    assert!(!crate_.runs_script(), "the crate is no part of the docs");
    for page in ["../names/resources/choice.md", "../resources/book.md"] {
        crate_.write(page, &(crate_.read(page) + "\n"));
        assert!(crate_.runs_script(), "{page} changed");
    }
    assert!(!crate_.runs_script(), "nothing changed");
}

/// All in a folder, each with its age and content.
fn listing(folder: &Path) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        let age = path.metadata().and_then(|metadata| metadata.modified()).expect("an age");
        if path.is_dir() {
            found.extend(listing(&path));
        }
        // A folder changes when something in it comes or goes.
        found.insert(path.clone(), (age, fs::read(&path).unwrap_or_default()));
    }
    found
}

fn let_write(folder: &Path, is_let: bool) {
    for path in listing(folder).into_keys().chain([folder.to_owned()]) {
        let mut permissions = path.metadata().expect("it is there").permissions();
        permissions.set_readonly(!is_let);
        fs::set_permissions(&path, permissions).expect("it is ours");
    }
}

#[cfg(unix)]
#[test]
fn in_sources_that_can_only_be_read_and_without_rustfmt() {
    use std::os::unix::fs::PermissionsExt;
    let left = workplace().join("sealed");
    if left.exists() {
        let_write(&left, true);
    }
    let crate_ = Downstream::new("plain", "sealed", &[LIBRARY, NAMES]);
    // Cargo takes out of its lock file what the crate does not need.
    crate_.cargo(&["metadata", "--format-version", "1", "--quiet"]);
    let tools = workplace().join("tools");
    let (rustfmt, called) = (tools.join("rustfmt"), tools.join("called"));
    fs::create_dir_all(&tools).expect("the folder can be made");
    let _ = fs::remove_file(&called);
    fs::write(&rustfmt, format!("#!/bin/sh\ntouch '{}'\nexit 1\n", called.display()))
        .expect("the file can be written");
    fs::set_permissions(&rustfmt, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let path = std::env::var("PATH").expect("a path");

    let_write(&crate_.folder, false);
    let before = listing(&crate_.folder);
    let output = {
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let mut command = crate_.command(&["build", "--locked"]);
        command.env("PATH", format!("{}:{path}", tools.display())).env("RUSTFMT", &rustfmt);
        command.output().expect("cargo starts")
    };
    let after = listing(&crate_.folder);
    let_write(&crate_.folder, true);
    assert!(output.status.success(), "{}", said(&output));
    assert!(!called.exists(), "nobody asks for rustfmt");
    assert!(before == after, "nothing is written but to the target folder");

    scripts_at_a_time(&crate_);
}

/// The script itself, as several Cargos run it that do not know of each other: into folders of their
/// own, and into one that they share.
fn scripts_at_a_time(crate_: &Downstream) {
    let built = fs::read_dir(workplace().join("target/debug/build")).expect("scripts were built");
    let of_crate = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.starts_with("sealed-") && path.join("build-script-build").is_file()
    };
    let script = built.map(|entry| entry.expect("an entry").path()).find(of_crate);
    let script = script.expect("the script").join("build-script-build");
    let results = workplace().join("results");
    let _ = fs::remove_dir_all(&results);
    let page = "docs/resources/book.md";
    for round in 0..3 {
        let running: Vec<_> = ["one", "shared", "two", "shared", "shared"]
            .iter()
            .map(|name| {
                let out = results.join(name);
                fs::create_dir_all(&out).expect("the folder can be made");
                let mut command = Command::new(&script);
                command.current_dir(&crate_.folder).env("CARGO_MANIFEST_DIR", &crate_.folder);
                command.env("OUT_DIR", out).stdout(Stdio::null()).stderr(Stdio::piped());
                command.spawn().expect("the script starts")
            })
            .collect();
        for script in running {
            let output = script.wait_with_output().expect("the script ends");
            assert!(output.status.success(), "{}", said(&output));
        }
        let made = |name: &str| {
            let folder = results.join(name).join("docbind/api");
            let files = listing(&folder).into_iter();
            let below = |path: PathBuf| path.strip_prefix(&folder).expect("below").to_owned();
            files.map(|(path, (_, content))| (below(path), content)).collect::<BTreeMap<_, _>>()
        };
        let one = made("one");
        assert!(one.len() > 10, "{:?}", one.keys());
        assert!(one == made("two") && one == made("shared"), "round {round}");
        let row = format!("|round{round}|String|Of no use.|\n");
        let table = "|:---|:---|:---|\n";
        crate_.write(page, &crate_.read(page).replacen(table, &format!("{table}{row}"), 1));
    }
}

const SHELF: &str = "\
---
title: \"shelf resource type\"
doc_type: resourcePageType
---

# shelf resource type

Namespace: contoso.library

Holds books.

## Properties

|Property|Type|Description|
|:---|:---|:---|
|metres|Double|How long it is.|
";

#[test]
fn flaws_fail_the_build_or_warn() {
    let crate_ = Downstream::new("plain", "flaws", &[LIBRARY, NAMES]);
    let page = "# book: burn\n\nNamespace: contoso.library\n\nBurns it.\n\n## Response\n\n`204 No Content`\n";
    crate_.write("docs/api/book-burn.md", page);
    let output = crate_.try_cargo(&["build"]);
    let said = said(&output);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains("Error: the docs have 1 error"), "{said}");
    assert!(said.contains("  docs/api/book-burn.md:1: error[page-without-request]"), "{said}");
    assert!(said.contains("docbind::Level::Never"), "{said}");

    let script = crate_.read("build.rs");
    let lenient = ".fail_on(docbind::Level::Never).generate()";
    crate_.write("build.rs", &script.replacen(".generate()", lenient, 1));
    let said = crate_.cargo(&["build"]);
    assert!(said.contains("docs/api/book-burn.md:1: error[page-without-request]"), "{said}");
}

#[test]
fn overrides_by_methods_and_by_a_file() {
    let crate_ = Downstream::new("overrides", "overrides", &[LIBRARY]);
    let said = crate_.cargo(&["test"]);
    assert!(said.contains("1 passed"), "{said}");

    let config = crate_.read("docbind.toml");
    crate_.write("docbind.toml", &config.replace("types.publication", "types.pubication"));
    let said = self::said(&crate_.try_cargo(&["build"]));
    assert!(
        said.contains("docbind.toml:9: there is no type `pubication`; is it `publication`?"),
        "{said}"
    );

    crate_.write("docbind.toml", &config);
    let script = crate_.read("build.rs");
    crate_.write("build.rs", &script.replace("crate::Loan", "crate::Lent"));
    let said = self::said(&crate_.try_cargo(&["build"]));
    assert!(said.contains("error[E0432]: unresolved import `crate::Lent`"), "{said}");
    assert!(said.contains("pub use crate::Lent as Loan;"), "{said}");
}

#[test]
fn types_of_all_kinds_in_other_modules_and_replaced() {
    let crate_ = Downstream::new("types", "types", &[LIBRARY]);
    let said = crate_.cargo(&["test"]);
    assert!(said.contains("2 passed"), "{said}");
}

#[test]
fn in_a_workspace_and_twice_at_a_time() {
    let workspace = Downstream::new("members", "members", &[LIBRARY]);
    let mut other = workspace.command(&["build", "--quiet", "--workspace"]);
    let other = other.stderr(Stdio::null()).spawn().expect("cargo starts");
    let said = workspace.cargo(&["build", "--workspace", "-j1"]);
    let output = other.wait_with_output().expect("cargo ends");
    assert!(output.status.success(), "{said}");
    let said = workspace.cargo(&["run", "--quiet", "--package", "second"]);
    assert!(said.contains("https://library.contoso.com/v2.0/publications"), "{said}");
}

/// The block of the README that begins with this line.
fn of_readme(start: &str) -> String {
    let readme = fs::read_to_string(checkout().join("README.md")).expect("the README");
    let blocks = readme.split("\n```").map(|block| block.split_once('\n').unwrap_or_default().1);
    let mut found = blocks.filter(|block| block.starts_with(start));
    found.next().unwrap_or_else(|| panic!("no block begins with {start}")).to_owned()
}

#[test]
fn the_crate_of_the_readme() {
    let crate_ = Downstream::new("plain", "readme", &[("docs", "docs-input")]);
    fs::remove_file(crate_.folder.join("src/lib.rs")).expect("the file is there");
    crate_.write("build.rs", &of_readme("// build.rs"));
    crate_.write("src/main.rs", &of_readme("// src/main.rs"));
    let manifest = crate_.read("Cargo.toml");
    crate_.write("Cargo.toml", manifest.split_once("# As strict").expect("the lints").0);
    let said = crate_.cargo(&["run", "--quiet"]);
    let url = "https://graph.microsoft.com/v1.0/me/messages?$select=subject&$top=5";
    assert!(said.contains(url), "{said}");

    // The same by the file, and by the command.
    let types = of_readme("[types.message]").replace("my_crate::Visit", "PartialOrd");
    let types = types.replace("[types.message]", "[types.importance]").replace("Mail", "Weight");
    crate_.write("docbind.toml", &types);
    let script = "fn main() { docbind::Build::new().docs(\"docs\").config(\"docbind.toml\")\
        .generate().unwrap(); }";
    crate_.write("build.rs", script);
    let features = "default-features = false, features = [\"config\"] }";
    let manifest = crate_.read("Cargo.toml");
    let (start, build) = manifest.split_once("[build-dependencies]").expect("the section");
    let build = build.replace("default-features = false }", features);
    crate_.write("Cargo.toml", &format!("{start}[build-dependencies]{build}"));
    let test = "docbind_runtime::include_api!();\n\
        fn main() { println!(\"{}\", Weight::High > Weight::Low); }";
    crate_.write("src/main.rs", test);
    let said = crate_.cargo(&["run", "--quiet"]);
    assert!(said.contains("true"), "{said}");
}
