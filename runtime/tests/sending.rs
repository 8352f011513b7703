//! What a client does between a request and its answer. Nothing here waits or opens a socket.

mod service;

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use docbind_runtime::auth::{AccessToken, Credential, StaticToken};
use docbind_runtime::codegen::Node;
use docbind_runtime::transport::{BoxFuture, ByteStream, Fault, MemoryTransport, Sent};
use docbind_runtime::{Client, Error, MemoryClock, Request, Result, Retry, Value};

use self::service::{Reply, client, reply, run, token};

fn get(node: &Node) -> Request<Value> {
    node.get("/things")
}

fn post(node: &Node) -> Request<Value> {
    node.post::<Value>("/things").json::<Value>(Value::from(1))
}

#[test]
fn a_request_goes_out_with_its_token_and_comes_back_typed() {
    let (node, transport, _) = client(|_, _| reply(200, &[("ETag", "W/1")], r#"{"a": 1}"#));
    let answer = run(get(&node).query("$top", 5).send_full()).expect("an answer");
    assert_eq!(answer.value["a"], 1);
    assert_eq!((answer.status, answer.header("etag")), (200, Some("W/1")));
    let sent = &transport.sent()[0];
    assert_eq!(sent.uri(), "https://api.example.com/v1.0/things?$top=5");
    assert_eq!(token(sent), Some("Bearer t0ken"));
}

#[test]
fn a_throttled_request_waits_as_long_as_it_is_told() {
    let (node, transport, clock) = client(|number, _| match number {
        0 => reply(429, &[("Retry-After", "7")], ""),
        _ => reply(200, &[], "{}"),
    });
    run(post(&node)).expect("an answer");
    assert_eq!(transport.sent().len(), 2);
    assert_eq!(transport.sent()[0].body(), transport.sent()[1].body());
    let slept = *clock.slept().last().expect("a wait");
    assert!((7_000..=7_700).contains(&slept.as_millis()), "{slept:?}");
}

#[test]
fn a_post_that_may_have_been_done_is_not_sent_again() {
    let (node, transport, _) = client(|_, _| Err(Fault::sent("connection reset")));
    let error = run(post(&node)).expect_err("a fault");
    assert!(error.is_connection() && error.is_retryable());
    assert_eq!(error.to_string(), "POST /things: connection reset");
    assert_eq!(transport.sent().len(), 1);
}

#[test]
fn a_post_that_was_never_sent_goes_out_again() {
    let (node, transport, _) = client(|number, _| match number {
        0 => Err(Fault::not_sent("connection refused")),
        _ => reply(200, &[], "{}"),
    });
    run(post(&node)).expect("an answer");
    assert_eq!(transport.sent().len(), 2);
}

#[test]
fn a_get_gives_up_after_four_attempts_or_as_many_as_it_is_told() {
    let (node, transport, _) = client(|_, _| Err(Fault::sent("connection reset")));
    run(get(&node)).expect_err("a fault");
    assert_eq!(transport.sent().len(), 4);
    run(get(&node).retry(Retry::never())).expect_err("a fault");
    assert_eq!(transport.sent().len(), 5);
}

#[test]
fn a_stream_that_has_been_sent_is_not_sent_again() {
    let (node, transport, _) = client(|_, _| reply(429, &[], ""));
    let request = node.put::<()>("/things/content").stream(ByteStream::from_bytes("abc"), 3);
    let error = run(request).expect_err("throttled");
    assert!(error.is_throttled());
    assert_eq!(transport.sent().len(), 1);
}

#[test]
fn a_wait_that_is_too_long_is_left_to_the_caller() {
    let (node, transport, clock) = client(|_, _| reply(429, &[("Retry-After", "3600")], ""));
    let error = run(get(&node)).expect_err("throttled");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!((transport.sent().len(), clock.slept().len()), (1, 0));
}

#[test]
fn an_error_of_the_service_says_all_in_one_line() {
    let (node, ..) = client(|_, _| {
        let body = r#"{"error": {"code": "notFound", "message": "No such\nthing.",
            "innerError": {"code": "gone", "request-id": "r-1"}}}"#;
        reply(404, &[], body)
    });
    let error = run(get(&node)).expect_err("not found");
    assert_eq!(
        error.to_string(),
        "GET /things: 404 Not Found: notFound: gone: No such thing. (request r-1)"
    );
    assert!(error.is_not_found() && !error.is_retryable());
    assert_eq!((error.code(), error.request_id()), (Some("notFound"), Some("r-1")));
}

#[test]
fn an_error_that_says_nothing_is_still_one() {
    for body in ["", "<html>Bad gateway</html>"] {
        let (node, ..) = client(move |_, _| reply(502, &[("Content-Type", "text/html")], body));
        let error = run(get(&node).retry(Retry::never())).expect_err("bad gateway");
        assert_eq!(error.status(), Some(502));
        assert_eq!(error.body(), body.as_bytes());
    }
}

#[test]
fn an_error_in_an_answer_of_success_is_an_error() {
    let (node, ..) =
        client(|_, _| reply(200, &[], r#"{"error": {"code": "late", "message": "Too late."}}"#));
    let error = run(get(&node)).expect_err("an error");
    assert_eq!(error.to_string(), "GET /things: 200 OK: late: Too late.");
    let (node, ..) = client(|_, _| reply(200, &[], r#"{"error": {"code": "x"}, "id": "1"}"#));
    assert!(run(get(&node)).is_ok(), "an object that has an error is no error");
}

#[test]
fn truncated_json_and_html_say_what_was_expected() {
    for body in [r#"{"a":"#, "<html></html>"] {
        let (node, ..) = client(move |_, _| reply(200, &[], body));
        let error = run(get(&node)).expect_err("no JSON");
        assert!(error.is_decode(), "{error}");
        assert_eq!(error.operation(), Some("GET /things"));
        assert_eq!(error.body(), body.as_bytes());
    }
}

#[test]
fn the_token_stays_with_its_host() {
    let (node, transport, _) = client(|number, _| match number {
        0 => reply(302, &[("Location", "https://files.example.org/x?sig=1")], ""),
        _ => reply(200, &[], "{}"),
    });
    run(get(&node).header("X-Secret", "s").header("Range", "bytes=0-9")).expect("an answer");
    let sent = transport.sent();
    assert_eq!(sent[1].uri(), "https://files.example.org/x?sig=1");
    assert_eq!(token(&sent[1]), None);
    assert!(!sent[1].headers().contains_key("x-secret"));
    assert!(sent[1].headers().contains_key("range"));
}

#[test]
fn a_redirect_to_the_same_host_keeps_the_token() {
    let (node, transport, _) = client(|number, _| match number {
        0 => reply(307, &[("Location", "/v1.0/others")], ""),
        _ => reply(200, &[], "{}"),
    });
    run(get(&node)).expect("an answer");
    assert_eq!(transport.sent()[1].uri(), "https://api.example.com/v1.0/others");
    assert_eq!(token(&transport.sent()[1]), Some("Bearer t0ken"));
}

#[test]
fn redirects_end_and_stay_secret() {
    let (node, ..) = client(|_, _| reply(302, &[("Location", "/v1.0/things")], ""));
    assert!(run(get(&node)).expect_err("a loop").is_link());
    let (node, ..) = client(|_, _| reply(302, &[("Location", "http://api.example.com/")], ""));
    assert!(run(get(&node)).expect_err("plain text").is_link());
    let (node, transport, _) = client(|_, _| reply(307, &[("Location", "/v1.0/others")], ""));
    assert_eq!(run(post(&node)).expect_err("not followed").status(), Some(307));
    assert_eq!(transport.sent().len(), 1);
}

/// Gives out numbered tokens that last an hour.
#[derive(Debug)]
struct Numbered(AtomicUsize, MemoryClock);

impl Credential for Numbered {
    fn token<'a>(&'a self, scopes: &'a [String], _: bool) -> BoxFuture<'a, Result<AccessToken>> {
        use docbind_runtime::Clock;
        assert_eq!(scopes, ["https://api.example.com/.default"]);
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        let expires_on = self.1.now() + Duration::from_secs(3600);
        let token = AccessToken::new(number.to_string());
        Box::pin(async move { Ok(token.expires_on(expires_on)) })
    }
}

fn numbered(
    answer: impl Fn(&Sent) -> Reply + Send + Sync + 'static,
) -> (Node, MemoryTransport, MemoryClock) {
    let transport = MemoryTransport::new(answer);
    let clock = MemoryClock::new();
    let client = Client::builder("https://api.example.com/v1.0")
        .credential(Numbered(AtomicUsize::new(0), clock.clone()))
        .transport(transport.clone())
        .clock(clock.clone())
        .build()
        .expect("a client");
    (Node::new(client), transport, clock)
}

#[test]
fn a_token_is_kept_until_shortly_before_it_expires() {
    let (node, transport, clock) = numbered(|_| reply(200, &[], "{}"));
    run(get(&node)).expect("an answer");
    clock.advance(Duration::from_secs(50 * 60));
    run(get(&node)).expect("an answer");
    clock.advance(Duration::from_secs(6 * 60));
    run(get(&node)).expect("an answer");
    let sent = transport.sent();
    let tokens: Vec<_> = sent.iter().filter_map(token).collect();
    assert_eq!(tokens, ["Bearer 0", "Bearer 0", "Bearer 1"]);
}

#[test]
fn a_token_that_is_refused_is_replaced_once() {
    let (node, transport, _) = numbered(|sent| match token(sent) {
        Some("Bearer 0") => reply(401, &[], ""),
        _ => reply(200, &[], "{}"),
    });
    run(post(&node)).expect("an answer");
    assert_eq!(transport.sent().len(), 2);
    let (node, transport, _) = numbered(|_| reply(401, &[], ""));
    assert!(run(get(&node)).expect_err("refused").is_authentication());
    assert_eq!(transport.sent().len(), 2);
}

#[test]
fn a_token_that_cannot_be_replaced_is_not_sent_twice() {
    let (node, transport, _) = client(|_, _| reply(401, &[], ""));
    assert!(run(get(&node)).expect_err("refused").is_authentication());
    assert_eq!(transport.sent().len(), 1);
}

/// Gives a token that lasts so long, and then fails.
#[derive(Debug)]
struct Once(Duration, AtomicUsize);

impl Credential for Once {
    fn token<'a>(&'a self, _: &'a [String], _: bool) -> BoxFuture<'a, Result<AccessToken>> {
        let is_first = self.1.fetch_add(1, Ordering::Relaxed) == 0;
        let token = AccessToken::new("first").expires_on(self.0);
        Box::pin(async move {
            is_first.then_some(token).ok_or_else(|| Error::authentication("no more"))
        })
    }
}

fn once(lifetime: u64) -> (Node, MemoryTransport, MemoryClock, Arc<Once>) {
    let transport = MemoryTransport::new(|_| reply(200, &[], "{}"));
    let clock = MemoryClock::new();
    let credential = Arc::new(Once(Duration::from_secs(lifetime), AtomicUsize::new(0)));
    let client = Client::builder("https://api.example.com/v1.0")
        .credential(Arc::clone(&credential))
        .transport(transport.clone())
        .clock(clock.clone())
        .build()
        .expect("a client");
    (Node::new(client), transport, clock, credential)
}

#[test]
fn a_token_serves_to_its_end_when_there_is_no_other() {
    let (node, _, clock, credential) = once(3600);
    let asked = || credential.1.load(Ordering::Relaxed);
    run(get(&node)).expect("an answer");
    clock.advance(Duration::from_secs(3500));
    run(get(&node)).expect("an answer by the old token");
    run(get(&node)).expect("an answer by the old token");
    assert_eq!(asked(), 2, "the credential is left alone for a while");
    clock.advance(Duration::from_secs(100));
    assert!(run(get(&node)).expect_err("expired").is_authentication());
}

#[test]
fn a_token_that_lives_for_minutes_is_used_more_than_once() {
    let (node, _, clock, credential) = once(240);
    run(get(&node)).expect("an answer");
    clock.advance(Duration::from_secs(100));
    run(get(&node)).expect("an answer");
    assert_eq!(credential.1.load(Ordering::Relaxed), 1);
}

/// Fails when it is polled for the second time.
#[derive(Debug)]
struct Slow(AtomicUsize);

impl Credential for Slow {
    fn token<'a>(&'a self, _: &'a [String], _: bool) -> BoxFuture<'a, Result<AccessToken>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async {
            let mut is_first = true;
            std::future::poll_fn(move |_| {
                if std::mem::take(&mut is_first) { Poll::Pending } else { Poll::Ready(()) }
            })
            .await;
            Err(Error::authentication("nobody is there"))
        })
    }
}

#[test]
fn callers_that_wait_for_a_token_share_its_failure() {
    let credential = Arc::new(Slow(AtomicUsize::new(0)));
    let client = Client::builder("https://api.example.com/v1.0")
        .credential(Arc::clone(&credential))
        .transport(MemoryTransport::new(|_| reply(200, &[], "{}")))
        .clock(MemoryClock::new())
        .timeout(None)
        .build()
        .expect("a client");
    let node = Node::new(client);
    let calls = (0..20).map(|_| get(&node).into_future());
    let mut all = futures_util::future::join_all(calls);
    let mut context = Context::from_waker(Waker::noop());
    let mut polls = 0;
    let results = loop {
        polls += 1;
        assert!(polls < 100, "it never ends");
        if let Poll::Ready(results) = Pin::new(&mut all).poll(&mut context) {
            break results;
        }
    };
    assert!(results.iter().all(|result| result.as_ref().is_err_and(Error::is_authentication)));
    assert_eq!(credential.0.load(Ordering::Relaxed), 1);
}

#[test]
fn an_own_authorization_counts_and_stays_at_home() {
    let (node, transport, _) = client(|number, _| match number {
        0 => reply(302, &[("Location", "https://files.example.org/x")], ""),
        _ => reply(200, &[], "{}"),
    });
    run(get(&node).header("Authorization", "Bearer mine")).expect("an answer");
    assert_eq!(token(&transport.sent()[0]), Some("Bearer mine"));
    assert!(transport.sent()[0].headers()["authorization"].is_sensitive());
    assert_eq!(token(&transport.sent()[1]), None);
}

#[test]
fn throttling_is_met_with_more_patience_than_faults() {
    let (node, transport, _) = client(|number, _| match number {
        0..10 => reply(429, &[("Retry-After", "1")], ""),
        _ => reply(200, &[], "{}"),
    });
    run(post(&node)).expect("an answer");
    assert_eq!(transport.sent().len(), 11);
}

#[test]
fn a_call_whose_time_is_up_says_what_had_happened() {
    let stall = || Ok(http::Response::new(ByteStream::new(futures_util::stream::pending())));
    let (node, ..) = client(move |number, _| match number {
        0 => Err(Fault::sent("connection reset")),
        _ => stall(),
    });
    let request = get(&node).attempt_timeout(None).timeout(Duration::from_secs(5));
    let error = run(request).expect_err("a time-out");
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        "GET /things: the call took longer than it may, after: connection reset"
    );
}

#[test]
fn a_body_that_is_packed_unasked_is_named() {
    let (node, ..) = client(|_, _| reply(200, &[("Content-Encoding", "gzip")], "\u{1f}"));
    let error = run(get(&node)).expect_err("packed");
    assert!(error.is_decode());
    assert_eq!(error.to_string(), "GET /things: the answer is in `gzip`, which was not asked for");
}

#[test]
fn a_path_without_a_function_can_be_called() {
    let (node, transport, _) = client(|_, _| reply(200, &[], r#"{"a": 1}"#));
    let client = get(&node).client().clone();
    let request: Request<Value> = client.request(docbind_runtime::Method::GET, "/odd/path?x=1");
    assert_eq!(request.operation(), "GET /odd/path");
    let value = run(request.query("y", "a b")).expect("an answer");
    assert_eq!(value["a"], 1);
    assert_eq!(transport.sent()[0].uri(), "https://api.example.com/v1.0/odd/path?x=1&y=a%20b");
    let request: Request<Value> = client.request(docbind_runtime::Method::GET, "@evil.org/");
    assert!(run(request).expect_err("no path").is_request());
}

#[test]
fn a_download_that_stalls_says_where() {
    let stall = || Ok(http::Response::new(ByteStream::new(futures_util::stream::pending())));
    let (node, ..) = client(move |_, _| stall());
    let mut download = run(get(&node).download()).expect("a download");
    let error = run(download.next()).expect("a piece").expect_err("a time-out");
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.operation(), Some("GET /things"));
}

#[test]
fn a_body_without_end_is_bounded() {
    let (node, ..) = client(|_, _| {
        let piece = || Ok(bytes::Bytes::from(vec![b' '; 1 << 20]));
        let endless = futures_util::stream::repeat_with(piece);
        Ok(http::Response::new(ByteStream::new(endless)))
    });
    let error = run(get(&node)).expect_err("too large");
    assert!(error.is_too_large(), "{error}");
}

#[test]
fn a_service_that_stalls_costs_a_time_out() {
    let stall = || Ok(http::Response::new(ByteStream::new(futures_util::stream::pending())));
    let (node, transport, _) = client(move |_, _| stall());
    let error = run(get(&node)).expect_err("a time-out");
    assert!(error.is_connection() || error.is_timeout(), "{error}");
    assert!(transport.sent().len() > 1, "a GET is tried again");
}

#[test]
fn a_client_that_is_offline_says_so() {
    let node = Node::new(Client::offline("https://api.example.com"));
    let error: Error = run(get(&node)).expect_err("offline");
    assert!(error.is_request());
}

#[test]
fn nothing_secret_is_shown() {
    let (node, transport, _) = client(|_, _| reply(200, &[], "{}"));
    let request = get(&node).header("X-Secret", "s3cret");
    let shown = format!("{request:?} {node:?} {:?}", StaticToken::new("t0ken"));
    run(request).expect("an answer");
    let shown = format!("{shown} {:?}", transport.sent()[0].headers().get("authorization"));
    let shown = format!("{shown} {:?}", post(&node).json::<Value>("s3cret").body);
    let shown = format!("{shown} {:?}", post(&node).bytes("s3cret").body);
    let payload = docbind_runtime::transport::Payload::Bytes("s3cret".into());
    let shown = format!("{shown} {:?}", http::Request::new(payload));
    assert!(!shown.contains("t0ken") && !shown.contains("s3cret"), "{shown}");
}

#[test]
fn the_headers_of_an_error_can_be_read() {
    const CHALLENGE: &str = r#"Bearer error="insufficient_claims", claims="eyJhY2Nlc3Nf""#;
    let (node, ..) = client(|_, _| reply(401, &[("WWW-Authenticate", CHALLENGE)], ""));
    let error = run(get(&node)).expect_err("refused");
    assert_eq!(error.header("www-authenticate"), Some(CHALLENGE));
    assert_eq!(error.header("Location"), None);
    let (node, ..) = client(|_, _| Err(Fault::sent("connection reset")));
    assert_eq!(run(get(&node)).expect_err("a fault").header("Location"), None);
}

#[test]
fn a_large_body_of_an_error_is_shown_in_part() {
    let (node, ..) = client(|_, _| reply(200, &[], &format!("<html>{}", "x".repeat(100_000))));
    let error = run(get(&node)).expect_err("no JSON");
    assert_eq!(error.body().len(), 100_006);
    let shown = format!("{error:?}");
    assert!(shown.len() < 1_000 && shown.contains("(100006 bytes)"), "{shown}");
}

#[test]
fn a_token_does_not_travel_in_plain_text_unless_told_to() {
    let builder = |url: &str| {
        Client::builder(url)
            .credential(StaticToken::new("t0ken"))
            .transport(MemoryTransport::new(|_| reply(200, &[], "{}")))
            .clock(MemoryClock::new())
    };
    let error = builder("http://mock.example.org:8080/v1.0").build().expect_err("plain text");
    assert_eq!(
        error.to_string(),
        "the token would go to `http://mock.example.org:8080` without encryption; \
         `allow_plain_http` allows it"
    );
    builder("http://mock.example.org/v1.0").allow_plain_http().build().expect("a client");
    builder("http://localhost:8080/v1.0").build().expect("a client");
    builder("https://mock.example.org/v1.0").build().expect("a client");
}

#[test]
fn a_base_url_with_a_password_is_not_repeated() {
    let error = Client::builder("https://me:s3cret@example.org").build().expect_err("no base URL");
    assert_eq!(error.to_string(), "`https://…@example.org` is no base URL");
    let shown = format!("{:?}", Client::offline("https://me:s3cret@example.org"));
    assert!(!shown.contains("s3cret"), "{shown}");
}
