//! What it costs to compile a client of the size of Microsoft Graph v1.0, against the same types
//! with serde's derive. `cargo bench --bench compile`; `-- slots check` for one of the four figures.
//!
//! Measured is the one `rustc` that compiles the client, its dependencies being built: user CPU
//! time and peak memory, from `/proc`, so Linux only.
#![expect(clippy::print_stdout, reason = "it prints figures")]

mod synthetic;

use std::path::{Path, PathBuf};
use std::process::{Command, exit};
use std::time::Duration;
use std::{env, fs, thread};

const FIGURES: &str = "DOCBIND_COMPILE_FIGURES";

fn main() {
    if let Some(figures) = env::var_os(FIGURES) {
        run_rustc(Path::new(&figures));
    }
    let arguments: Vec<_> = env::args().skip(1).collect();
    let asked = |word: &str, others: &[&str]| {
        arguments.iter().any(|argument| argument == word)
            || !others.iter().any(|other| arguments.iter().any(|argument| argument == other))
    };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compile");
    for (name, files) in [
        ("slots", synthetic::slots as fn(synthetic::Size) -> Vec<synthetic::File>),
        ("derive", synthetic::derive),
    ] {
        if !asked(name, &["slots", "derive"]) {
            continue;
        }
        let package = folder.join(name);
        write_package(&package, name, &files(synthetic::LARGE));
        for command in ["check", "build --release"] {
            let word = command.rsplit('-').next().unwrap_or(command);
            if !asked(word, &["check", "release"]) {
                continue;
            }
            let (seconds, megabytes) = measure(&package, command);
            println!("{name:7} cargo {command:15} {seconds:6.1} s user CPU {megabytes:6} MB");
        }
    }
}

fn write_package(package: &Path, name: &str, files: &[synthetic::File]) {
    let source = package.join("src");
    // What an earlier, different run has left must not count.
    let _ = fs::remove_dir_all(&source);
    for (path, text) in files {
        let path = source.join(path);
        fs::create_dir_all(path.parent().expect("below src")).expect("creates a folder");
        fs::write(path, text).expect("writes a file");
    }
    let manifest = format!(
        "[package]\nname = \"synthetic-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\ndocbind-runtime = {{ path = {:?} }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\n[workspace]\n",
        env!("CARGO_MANIFEST_DIR")
    );
    fs::write(package.join("Cargo.toml"), manifest).expect("writes the manifest");
}

/// Compiles twice, so that dependencies are built, and returns what the second time cost.
fn measure(package: &Path, command: &str) -> (f64, u64) {
    let figures = package.join("figures");
    for _ in 0..2 {
        let root = package.join("src/lib.rs");
        let text = fs::read(&root).expect("reads the root module");
        fs::write(&root, text).expect("touches the root module");
        let status = Command::new(env!("CARGO"))
            .args(command.split(' '))
            .arg("--quiet")
            .current_dir(package)
            .env("CARGO_TARGET_DIR", package.with_file_name("target"))
            .env("RUSTC_WORKSPACE_WRAPPER", env::current_exe().expect("has a path"))
            .env("CARGO_INCREMENTAL", "0")
            .env(FIGURES, &figures)
            .status()
            .expect("runs cargo");
        assert!(status.success(), "the synthetic crate compiles");
    }
    let text = fs::read_to_string(figures).expect("rustc has been measured");
    let (seconds, kilobytes) = text.split_once(' ').expect("two figures");
    (seconds.parse().expect("a number"), kilobytes.parse::<u64>().expect("a number") / 1_024)
}

/// Stands in for rustc: runs it, and writes what it took.
fn run_rustc(figures: &Path) -> ! {
    let mut arguments = env::args_os().skip(1);
    let rustc = arguments.next().expect("cargo says which rustc");
    let mut child = Command::new(rustc).args(arguments).spawn().expect("runs rustc");
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let status = loop {
        if let Some(status) = child.try_wait().expect("waits for rustc") {
            break status;
        }
        peak = peak.max(peak_memory(&status_file).unwrap_or(0));
        thread::sleep(Duration::from_millis(10));
    };
    let own = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name in parentheses, the 14th field is the user time of children, in 1/100 s.
    let behind = own.rsplit_once(')').map_or("", |(_, behind)| behind);
    let ticks: f64 = behind.split_whitespace().nth(13).unwrap_or("0").parse().unwrap_or(0.0);
    // Cargo also asks rustc for its version.
    if peak > 200_000 || ticks > 50.0 {
        fs::write(figures, format!("{:.2} {peak}", ticks / 100.0)).expect("writes the figures");
    }
    exit(status.code().unwrap_or(1));
}

fn peak_memory(status_file: &str) -> Option<u64> {
    let status = fs::read_to_string(status_file).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
