//! Large files, in pieces, over connections that break.

mod service;

use std::sync::{Arc, Mutex};

use docbind_runtime::codegen::Node;
use docbind_runtime::transport::{Fault, MemoryTransport};
use docbind_runtime::{Client, Request, Retry, Upload, Value};

use self::service::{client, reply, run, token};

const URL: &str = "https://upload.example.org/session?sig=secret";
const UNIT: usize = 320 * 1024;

fn connection(node: &Node) -> Client {
    let request: Request<()> = node.get("/");
    request.client().clone()
}

/// A session that keeps what arrives. `fault(n)` says what happens to the n-th request: nothing, it
/// gets lost on the way, or its answer does.
fn session(
    total: usize,
    fault: impl Fn(usize) -> Option<bool> + Send + Sync + 'static,
) -> (Client, MemoryTransport, Arc<Mutex<Vec<u8>>>) {
    let file: Arc<Mutex<Vec<u8>>> = Arc::default();
    let kept = Arc::clone(&file);
    let (node, transport, _) = client(move |number, sent| {
        let mut file = kept.lock().expect("no panic");
        let fault = fault(number);
        if fault == Some(false) {
            return Err(Fault::sent("broken pipe"));
        }
        if sent.method() == "PUT" {
            let range = sent.headers()["content-range"].to_str().expect("a range");
            let start = range.trim_start_matches("bytes ").split('-').next().expect("a start");
            if start.parse() != Ok(file.len()) {
                return reply(416, &[], "");
            }
            file.extend_from_slice(sent.body());
        }
        if fault == Some(true) {
            return Err(Fault::sent("connection reset"));
        }
        if file.len() == total {
            return reply(201, &[], r#"{"id": "1"}"#);
        }
        reply(202, &[], &format!(r#"{{"nextExpectedRanges": ["{}-"]}}"#, file.len()))
    });
    (connection(&node), transport, file)
}

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|place| u8::try_from(place % 251).expect("small")).collect()
}

#[test]
fn a_file_goes_in_pieces_without_a_token() {
    let file = bytes(2 * UNIT + 5);
    let (client, transport, kept) = session(file.len(), |_| None);
    let progress: Arc<Mutex<Vec<u64>>> = Arc::default();
    let seen = Arc::clone(&progress);
    let upload = Upload::of_bytes(&client, URL, file.clone())
        .piece_size(1)
        .on_progress(move |done, _| seen.lock().expect("no panic").push(done));
    assert!(!format!("{upload:?}").contains("secret"));
    let item: Value = run(upload.send()).expect("an item");
    assert_eq!(item["id"], "1");
    assert_eq!(*kept.lock().expect("no panic"), file);
    let sent = transport.sent();
    assert_eq!(sent[2].headers()["content-range"], "bytes 655360-655364/655365");
    assert!(sent.iter().all(|sent| token(sent).is_none()));
    assert_eq!(*progress.lock().expect("no panic"), [327_680, 655_360, 655_365]);
}

#[test]
fn what_gets_lost_is_asked_for_and_sent_once() {
    let file = bytes(6 * UNIT);
    // Lost on the way, lost answers, and a status that gets lost, too.
    let (client, transport, kept) = session(file.len(), |number| match number {
        1 | 3 => Some(false),
        6 | 8 => Some(true),
        _ => None,
    });
    let upload = Upload::of_bytes(&client, URL, file.clone()).piece_size(1);
    let item: Value = run(upload.send()).expect("an item");
    assert_eq!(item["id"], "1");
    assert_eq!(*kept.lock().expect("no panic"), file);
    let twice = transport.sent().iter().filter(|sent| sent.method() == "PUT").count();
    assert_eq!(twice, 8, "six pieces, two of which never arrived");
}

#[test]
fn an_upload_is_resumed_where_it_was() {
    let file = bytes(3 * UNIT);
    let (client, transport, kept) = session(file.len(), |_| None);
    kept.lock().expect("no panic").extend_from_slice(&file[..2 * UNIT]);
    let upload = Upload::of_bytes(&client, URL, file.clone()).resume();
    run(upload.send::<Value>()).expect("an item");
    assert_eq!(*kept.lock().expect("no panic"), file);
    assert_eq!(transport.sent().len(), 2);
}

#[test]
fn an_upload_without_progress_ends() {
    let (client, transport, _) = session(UNIT, |_| Some(false));
    let upload = Upload::of_bytes(&client, URL, bytes(UNIT)).retry(Retry::default().attempts(3));
    let error = run(upload.send::<Value>()).expect_err("no connection");
    assert!(error.is_connection(), "{error}");
    assert!(!error.to_string().contains("secret"));
    assert!(transport.sent().len() < 10);
}

#[test]
fn a_session_that_asks_for_the_same_piece_for_ever_ends() {
    let (node, ..) = client(|_, _| reply(202, &[], r#"{"nextExpectedRanges": ["0-"]}"#));
    let upload = Upload::of_bytes(&connection(&node), URL, bytes(UNIT));
    assert!(run(upload.send::<Value>()).is_err());
}

#[test]
fn a_session_that_has_expired_says_so() {
    let (node, ..) = client(|_, _| reply(404, &[], r#"{"error": {"code": "itemNotFound"}}"#));
    let upload = Upload::of_bytes(&connection(&node), URL, bytes(UNIT));
    assert!(run(upload.send::<Value>()).expect_err("expired").is_not_found());
}

#[test]
fn the_last_answer_may_get_lost() {
    let (node, transport, _) = client(|number, _| match number {
        0 => Err(Fault::sent("connection reset")),
        _ => reply(404, &[], r#"{"error": {"code": "itemNotFound"}}"#),
    });
    let upload = Upload::of_bytes(&connection(&node), URL, bytes(5));
    let error = run(upload.send::<Value>()).expect_err("nobody knows");
    assert!(error.is_not_found());
    assert!(error.to_string().contains("the file may be complete"), "{error}");
    assert_eq!(transport.sent().len(), 2);
}

#[test]
fn an_error_in_the_last_answer_is_an_error() {
    let (node, ..) = client(|_, _| reply(200, &[], r#"{"error": {"code": "nameAlreadyExists"}}"#));
    let upload = Upload::of_bytes(&connection(&node), URL, bytes(5));
    let error = run(upload.send::<Value>()).expect_err("an error");
    assert_eq!(error.code(), Some("nameAlreadyExists"));
}

#[test]
fn a_url_that_is_none_stays_secret() {
    let (node, ..) = client(|_, _| reply(200, &[], "{}"));
    let upload = Upload::of_bytes(&connection(&node), "https://x/ secret", bytes(5));
    let error = run(upload.send::<Value>()).expect_err("no URL");
    assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
}

#[test]
fn a_session_can_be_given_up() {
    let (node, transport, _) = client(|_, _| reply(204, &[], ""));
    run(Upload::of_bytes(&connection(&node), URL, bytes(1)).cancel()).expect("no content");
    assert_eq!(transport.sent()[0].method(), "DELETE");
}

#[test]
fn a_service_that_loses_pieces_is_given_up() {
    // It has a piece, then none, and so on: nothing is gained.
    let (node, transport, _) = client(|number, _| {
        let start = if number % 2 == 0 { UNIT } else { 0 };
        reply(202, &[], &format!(r#"{{"nextExpectedRanges": ["{start}-"]}}"#))
    });
    let upload = Upload::of_bytes(&connection(&node), URL, bytes(3 * UNIT)).piece_size(1);
    let error = run(upload.send::<Value>()).expect_err("no progress");
    assert!(error.to_string().contains("the same piece again"), "{error}");
    assert!(transport.sent().len() < 10, "{}", transport.sent().len());
}
