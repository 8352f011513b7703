//! What the runtime stands on without its default features: nothing that opens sockets, nothing of
//! tokio, no clock. So a program for a browser can bring its own.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// All of it, with what that brings along. What is added here works without the network of an
/// operating system.
const ALLOWED: [&str; 31] = [
    "base64",
    "bytes",
    "deranged",
    "docbind-runtime",
    "futures-core",
    "futures-io",
    "futures-task",
    "futures-util",
    "http",
    "httpdate",
    "itoa",
    "memchr",
    "num-conv",
    "once_cell",
    "percent-encoding",
    "pin-project-lite",
    "powerfmt",
    "proc-macro2",
    "quote",
    "serde",
    "serde_core",
    "serde_derive",
    "serde_json",
    "slab",
    "syn",
    "time",
    "time-core",
    "tracing",
    "tracing-core",
    "unicode-ident",
    "zmij",
];

#[test]
fn without_default_features_there_is_no_network() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "-p", "docbind-runtime", "--no-default-features", "-e", "normal"])
        .args(["--prefix", "none", "--offline", "--target", "all"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .expect("cargo starts");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let found: BTreeSet<&str> =
        text.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(found.contains("docbind-runtime"), "{}", String::from_utf8_lossy(&output.stderr));
    let unknown: Vec<_> = found.iter().filter(|name| !ALLOWED.contains(*name)).collect();
    assert!(unknown.is_empty(), "{unknown:?} came along; are they fit for a browser?");
    for name in ["tokio", "reqwest", "hyper", "mio", "socket2", "rustls"] {
        assert!(!found.contains(name), "{name}");
    }
}
