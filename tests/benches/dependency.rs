//! What a build script costs before it runs: how many crates `docbind` without default features
//! stands on, and how long a first build takes on one core, without optimization as Cargo builds
//! scripts.
//! `cargo bench -p docbind-benches --no-default-features --bench dependency`.
#![expect(clippy::print_stdout, reason = "it prints figures")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

const MANIFEST: &str = r#"[package]
name = "dependency"
version = "0.0.0"
edition = "2024"

[workspace]

[build-dependencies]
docbind = { path = DOCBIND, default-features = false }
"#;

fn main() {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let checkout = checkout.canonicalize().expect("the checkout");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dependency");
    let docbind = format!("{:?}", checkout.join("generator").display().to_string());
    fs::create_dir_all(folder.join("src")).expect("it can be made");
    let manifest = MANIFEST.replace("DOCBIND", &docbind);
    fs::write(folder.join("Cargo.toml"), manifest).expect("it can be written");
    fs::write(folder.join("src/lib.rs"), "").expect("it can be written");
    fs::write(folder.join("build.rs"), "fn main() {}\n").expect("it can be written");
    // The versions that are tested here.
    fs::copy(checkout.join("Cargo.lock"), folder.join("Cargo.lock")).expect("it can be copied");
    println!("crates that docbind stands on: {}", crates(&folder));
    let target = folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target).expect("it can be removed");
    }
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
    let start = Instant::now();
    let mut build = cargo(&folder);
    build.args(["build", "--quiet", "--jobs", "1"]).env("CARGO_TARGET_DIR", &target);
    assert!(build.status().expect("cargo starts").success(), "it does not build");
    println!("first build on one core: {:.1} s", start.elapsed().as_secs_f64());
}

/// How many crates are built before docbind is.
fn crates(folder: &Path) -> usize {
    let mut tree = cargo(folder);
    tree.args(["tree", "--quiet", "--edges", "normal,build", "--prefix", "none"]);
    tree.args(["--format", "{p}"]);
    let output = tree.output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("it is UTF-8");
    let lines = text.lines().map(|line| line.trim_end_matches(" (*)"));
    let crates: BTreeSet<_> = lines.filter(|line| !line.is_empty()).collect();
    // Without the crate that asks, and docbind itself.
    crates.len() - 2
}

fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.arg("--offline").current_dir(folder);
    cargo
}
