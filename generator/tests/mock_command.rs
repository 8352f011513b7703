//! `docbind mock` as its users meet it: what it prints, and the status it ends with.
#![cfg(all(feature = "cli", feature = "mock"))]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

fn docbind(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docbind"));
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    command.arg("mock").arg("--docs").arg(docs).args(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A mock that ends when the test does.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[track_caller]
fn check_failure(output: &Output, expected: &str) {
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.starts_with("error: ") && error.contains(expected), "{error}");
}

#[test]
fn it_says_where_it_listens_and_answers() {
    let mut running = Running(docbind(&["--listen", "127.0.0.1:0"]).spawn().expect("it starts"));
    let mut out = BufReader::new(running.0.stdout.take().expect("its output"));
    let mut line = String::new();
    out.read_line(&mut line).expect("a line");
    let (url, what) = line
        .strip_prefix("listening on http://")
        .and_then(|rest| rest.split_once(": "))
        .unwrap_or_else(|| panic!("{line}"));
    let address = url.strip_suffix("/v1.0").expect("the first version");
    assert!(what.contains("operations, ") && what.ends_with("examples\n"), "{what}");

    let mut stream = TcpStream::connect(address).expect("it listens");
    let request = "GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");

    let mut log = BufReader::new(running.0.stderr.take().expect("its log"));
    line.clear();
    log.read_line(&mut line).expect("a line");
    assert_eq!(line, "GET /v1.0/me → 200 user-get get_me_select\n");
}

#[test]
fn a_port_in_use() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let output = docbind(&["--listen", &address]).output().expect("it runs");
    check_failure(&output, &format!("cannot listen on {address}"));
}

#[test]
fn docs_that_are_not_there() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docbind"));
    let output = command.args(["mock", "--docs", "nowhere"]).output().expect("it runs");
    check_failure(&output, "`nowhere`");
}

#[test]
fn other_machines_are_let_in_only_when_that_is_said() {
    let output = docbind(&["--listen", "0.0.0.0:0"]).output().expect("it runs");
    check_failure(&output, "--public");
}

#[test]
fn flags_that_cannot_be() {
    for (flag, value) in [("--fault", "429:2/1"), ("--pages", "user-list=5"), ("--listen", "x")] {
        let output = docbind(&[flag, value]).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{flag}");
    }
    let output = docbind(&["--pages", "nope=5/1"]).output().expect("it runs");
    check_failure(&output, "no operation `nope`");
}

/// The features that are off have a name.
#[cfg(not(feature = "mock-tls"))]
#[test]
fn tls_without_its_feature() {
    let output = docbind(&["--listen", "127.0.0.1:0", "--tls"]).output().expect("it runs");
    check_failure(&output, "the feature `mock-tls`");
}
