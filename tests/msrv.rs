//! The `rust-version` of the workspace holds for every dependency that users build.

use std::process::Command;

use serde_json::Value;

fn version(text: &str) -> (u32, u32) {
    let mut parts = text.split('.').map(|part| part.parse().expect("a number"));
    (parts.next().expect("a major version"), parts.next().unwrap_or(0))
}

fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let text = String::from_utf8(output.stdout).expect("rustc prints UTF-8");
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("rustc names its host").to_owned()
}

#[test]
fn no_dependency_needs_a_newer_rust() {
    // Only what is built here has been downloaded, so other platforms are left out.
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform"])
        .arg(host())
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");

    let ours = packages.iter().find(|package| package["name"] == "docbind").expect("docbind");
    let ours = version(ours["rust_version"].as_str().expect("docbind states its rust-version"));
    let newer: Vec<String> = packages
        .iter()
        .filter_map(|package| {
            let needs = package["rust_version"].as_str()?;
            let text = format!("{} {} needs {needs}", package["name"], package["version"]);
            (version(needs) > ours).then_some(text)
        })
        .collect();
    assert!(packages.len() > 20, "cargo metadata lists the dependencies");
    assert!(newer.is_empty(), "newer than the workspace's {ours:?}: {newer:#?}");
}
