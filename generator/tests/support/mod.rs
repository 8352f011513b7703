//! Running the command as a user does, and the files that it reads.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Writes a file, with the folders above it.
pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// Runs the command in a folder, whatever the environment says of colours and target folders.
fn docbind(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_docbind"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the command starts")
}

/// Runs the command, which has to end with this status, and gives what it prints to either stream.
#[track_caller]
pub(crate) fn run(folder: &Path, arguments: &[&str], status: i32) -> (String, String) {
    let output = docbind(folder, arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert_eq!(output.status.code(), Some(status), "stdout:\n{stdout}\nstderr:\n{stderr}");
    (stdout, stderr)
}
