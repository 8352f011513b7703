//! Many requests in one.

mod service;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use docbind_runtime::codegen::Node;
use docbind_runtime::transport::{BoxFuture, Fault, MemoryTransport, Sent};
use docbind_runtime::{
    Batch, Client, Clock, Content, FromResponse, MemoryClock, Request, Response, Result, Value,
};
use serde_json::json;

use self::service::{Reply, client, reply, run};

fn get(node: &Node, name: &str) -> Request<Value> {
    node.with(name).get("/things/{id}")
}

fn requests(sent: &Sent) -> Vec<Value> {
    let body: Value = serde_json::from_slice(sent.body()).expect("JSON");
    body["requests"].as_array().expect("requests").clone()
}

/// Answers each request of a batch, in reverse order, as services may.
fn answer(sent: &Sent, each: impl Fn(&Value) -> Value) -> Reply {
    let replies: Vec<Value> = requests(sent)
        .iter()
        .rev()
        .map(|request| {
            let mut reply = each(request);
            reply["id"] = request["id"].clone();
            reply
        })
        .collect();
    reply(200, &[], &json!({ "responses": replies }).to_string())
}

#[test]
fn each_request_has_its_own_answer() {
    let (node, transport, _) = client(|_, sent| {
        answer(sent, |request| match request["url"].as_str() {
            Some("/things/none") => json!({"status": 404, "body": {"error": {"code": "none"}}}),
            url => json!({"status": 200, "body": {"url": url}}),
        })
    });
    let request = get(&node, "a").query("$select", "id");
    let mut batch = Batch::new(request.client());
    let first = batch.add(request);
    let second = batch.add(get(&node, "none"));
    let mut answers = run(batch.send());
    let first = answers.take(first).expect("an answer");
    assert_eq!(first["url"], "/things/a?$select=id");
    let error = answers.take(second).expect_err("not found");
    assert!(error.is_not_found());
    assert_eq!(error.operation(), Some("GET /things/{id}"));
    assert_eq!(transport.sent()[0].uri(), "https://api.example.com/v1.0/$batch");
}

#[test]
fn more_than_twenty_are_split() {
    let (node, transport, _) =
        client(|_, sent| answer(sent, |request| json!({"status": 200, "body": request["url"]})));
    let mut batch = Batch::new(get(&node, "a").client());
    let tickets: Vec<_> =
        (0..45).map(|number| batch.add(get(&node, &number.to_string()))).collect();
    let mut answers = run(batch.send());
    for (number, ticket) in tickets.into_iter().enumerate() {
        assert_eq!(answers.take(ticket).expect("an answer"), format!("/things/{number}"));
    }
    let sizes: Vec<_> = transport.sent().iter().map(|sent| requests(sent).len()).collect();
    assert_eq!(sizes, [20, 20, 5]);
}

#[test]
fn what_was_throttled_goes_out_again_when_it_may() {
    let (node, transport, clock) = client(|number, sent| {
        answer(sent, |request| match (number, request["id"].as_str()) {
            (0, Some("1")) => json!({"status": 429, "headers": {"Retry-After": "9"}}),
            (0, Some("2")) => json!({"status": 424}),
            _ => json!({"status": 200, "body": {}}),
        })
    });
    let mut batch = Batch::new(get(&node, "a").client());
    let first = batch.add(get(&node, "a"));
    let second = batch.add(get(&node, "b"));
    let third = batch.add_after(get(&node, "c"), &[second.place()]);
    let mut answers = run(batch.send());
    for ticket in [first, second, third] {
        answers.take(ticket).expect("an answer");
    }
    let sent = transport.sent();
    assert_eq!(requests(&sent[0])[2]["dependsOn"], json!(["1"]));
    let again: Vec<_> = requests(&sent[1]).iter().map(|r| r["id"].clone()).collect();
    assert_eq!(again, ["1", "2"], "what was answered is not sent again");
    let slept: Vec<_> = clock.slept().iter().map(Duration::as_secs).collect();
    assert_eq!(slept, [9]);
}

#[test]
fn what_depends_on_a_failure_in_an_earlier_batch_is_not_sent() {
    let (node, transport, _) = client(|_, sent| answer(sent, |_| json!({"status": 400})));
    let mut batch = Batch::new(get(&node, "a").client());
    let first = batch.add(get(&node, "first"));
    for number in 0..19 {
        batch.add(get(&node, &number.to_string()));
    }
    let last = batch.add_after(get(&node, "last"), &[first.place()]);
    let mut answers = run(batch.send());
    assert_eq!(answers.take(last).expect_err("depends on a failure").status(), Some(424));
    assert_eq!(transport.sent().len(), 1);
}

#[test]
fn a_batch_that_fails_as_a_whole_fails_each_request() {
    let (node, ..) = client(|_, _| reply(503, &[], ""));
    let mut batch = Batch::new(get(&node, "a").client());
    let tickets = [batch.add(get(&node, "a")), batch.add(get(&node, "b"))];
    let mut answers = run(batch.send());
    for ticket in tickets {
        let error = answers.take(ticket).expect_err("a fault");
        assert_eq!(error.status(), Some(503));
    }
}

#[test]
fn a_batch_that_only_reads_is_sent_again() {
    let (node, transport, _) = client(|number, sent| match number {
        0 => Err(Fault::sent("connection reset")),
        _ => answer(sent, |_| json!({"status": 200, "body": {}})),
    });
    let mut batch = Batch::new(get(&node, "a").client());
    let ticket = batch.add(get(&node, "a"));
    run(batch.send()).take(ticket).expect("an answer");
    let mut batch = Batch::new(get(&node, "a").client());
    batch.add(node.delete::<()>("/things"));
    assert_eq!(transport.sent().len(), 2);
    let (node, transport, _) = client(|_, _| Err(Fault::sent("connection reset")));
    let mut batch = Batch::new(get(&node, "a").client());
    let ticket = batch.add(node.post::<Value>("/things"));
    run(batch.send()).take(ticket).expect_err("it may have been done");
    assert_eq!(transport.sent().len(), 1);
}

#[test]
fn numbers_keep_their_digits() {
    const NUMBER: &str = r#"{"amount":12345678901234567890.123456789}"#;
    let (node, transport, _) = client(|_, _| {
        let reply = format!(r#"{{"responses":[{{"id":"0","status":200,"body":{NUMBER}}}]}}"#);
        service::reply(200, &[], &reply)
    });
    let mut request = node.post::<Raw>("/things");
    request.body = docbind_runtime::Body::Json(NUMBER.into());
    let mut batch = Batch::new(request.client());
    let ticket = batch.add(request);
    let Raw(body) = run(batch.send()).take(ticket).expect("an answer");
    assert_eq!(body, NUMBER.as_bytes());
    let sent = String::from_utf8(transport.sent()[0].body().clone()).expect("text");
    assert!(sent.contains(NUMBER), "{sent}");
}

/// An answer as it came.
struct Raw(Vec<u8>);

impl FromResponse for Raw {
    fn from_response(response: &Response, _: bool) -> Result<Self> {
        Ok(Self(response.body.clone()))
    }
}

#[test]
fn a_batch_takes_no_request_of_somebody_else() {
    let (node, ..) = client(|_, sent| answer(sent, |_| json!({"status": 200, "body": {}})));
    let (other, ..) = client(|_, _| reply(200, &[], "{}"));
    let offline = Node::new(Client::offline("https://api.example.com/v1.0"));
    let mut batch = Batch::new(get(&node, "a").client());
    let foreign = batch.add(get(&other, "a"));
    let offline = batch.add(get(&offline, "a"));
    let mut answers = run(batch.send());
    assert!(answers.take(foreign).expect_err("of another client").is_request());
    answers.take(offline).expect("an answer");
}

#[test]
fn an_answer_that_is_missing_is_an_error_and_no_endless_loop() {
    let (node, ..) =
        client(|_, _| reply(200, &[], r#"{"responses": [{"id": "7", "status": 200}]}"#));
    let mut batch = Batch::new(get(&node, "a").client());
    let ticket = batch.add(get(&node, "a"));
    assert!(run(batch.send()).take(ticket).is_err());
}

#[test]
fn a_ticket_of_another_batch_takes_nothing() {
    let (node, ..) = client(|_, sent| answer(sent, |_| json!({"status": 200, "body": {}})));
    let mut batch = Batch::new(get(&node, "a").client());
    let mut other = Batch::new(get(&node, "a").client());
    batch.add(get(&node, "a"));
    let foreign = other.add(get(&node, "a"));
    assert!(run(batch.send()).take(foreign).is_err());
}

#[test]
fn bodies_of_bytes_are_base64() {
    let (node, transport, _) = client(|_, sent| {
        answer(
            sent,
            |_| json!({"status": 200, "headers": {"Content-Type": "image/png"}, "body": "iVA="}),
        )
    });
    let request = node.put::<docbind_runtime::Content>("/photo").bytes(*b"\x89P");
    let mut batch = Batch::new(request.client());
    let ticket = batch.add(request);
    let content = run(batch.send()).take(ticket).expect("an answer");
    assert_eq!(content.bytes, b"\x89P");
    assert_eq!(requests(&transport.sent()[0])[0]["body"], "iVA=");
}

#[test]
fn content_elsewhere_is_fetched_from_there() {
    let (node, transport, _) = client(|_, sent| match sent.uri().path() {
        "/v1.0/$batch" => answer(sent, |request| match request["url"].as_str() {
            Some("/file") => {
                json!({"status": 302, "headers": {"Location": "https://files.example.org/x?sig=1"}})
            }
            Some("/moved") => json!({"status": 307, "headers": {"Location": "/v1.0/here"}}),
            _ => json!({"status": 302, "headers": {"Location": "http://api.example.com/plain"}}),
        }),
        "/plain" => panic!("plain text"),
        path => reply(200, &[("Content-Type", "text/plain")], path),
    });
    let mut batch = Batch::new(get(&node, "a").client());
    let request = node.get::<Content>("/file").header("X-Secret", "s3cret");
    let file = batch.add(request.header("Range", "bytes=0-9"));
    let moved = batch.add(node.get::<Content>("/moved"));
    let plain = batch.add(node.get::<Content>("/plain"));
    let post = batch.add(node.post::<Value>("/file"));
    let mut answers = run(batch.send());
    assert_eq!(answers.take(file).expect("content").bytes, b"/x");
    assert_eq!(answers.take(moved).expect("content").bytes, b"/v1.0/here");
    assert!(answers.take(plain).expect_err("plain text").is_link());
    assert_eq!(answers.take(post).expect_err("not followed").status(), Some(302));
    let sent = transport.sent();
    let file = sent.iter().find(|sent| sent.uri().path() == "/x").expect("fetched");
    assert!(service::token(file).is_none() && !file.headers().contains_key("x-secret"));
    assert!(file.headers().contains_key("range"));
    let moved = sent.iter().find(|sent| sent.uri().path() == "/v1.0/here").expect("fetched");
    assert!(service::token(moved).is_some());
}

#[test]
fn an_error_in_a_batch_keeps_its_headers() {
    let (node, ..) = client(|_, sent| {
        answer(sent, |_| {
            json!({"status": 503, "headers": {
                "request-id": "r-1", "Retry-After": "Thu, 01 Jan 1970 01:00:00 GMT",
            }})
        })
    });
    let mut batch = Batch::new(get(&node, "a").client());
    let ticket = batch.add(get(&node, "a"));
    let error = run(batch.send()).take(ticket).expect_err("not available");
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(error.header("Request-Id"), Some("r-1"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
}

#[test]
fn where_nobody_answers_the_rest_is_not_tried() {
    let (node, transport, _) = client(|_, _| Err(Fault::not_sent("connection refused")));
    let mut batch = Batch::new(get(&node, "a").client());
    let tickets: Vec<_> = (0..45).map(|at| batch.add(get(&node, &at.to_string()))).collect();
    let mut answers = run(batch.send());
    for ticket in tickets {
        assert!(answers.take(ticket).expect_err("nobody").is_connection());
    }
    assert_eq!(transport.sent().len(), 4, "the attempts of one batch");
}

/// A clock that somebody sets back while time goes on.
#[derive(Clone, Debug, Default)]
struct SetBack(MemoryClock);

impl Clock for SetBack {
    fn now(&self) -> Duration {
        Duration::from_secs(1_000_000).saturating_sub(self.0.now() * 2)
    }

    fn elapsed(&self) -> Duration {
        self.0.now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.sleep(duration)
    }
}

#[test]
fn a_clock_that_is_set_back_holds_nothing_up() {
    let count = AtomicUsize::new(0);
    let transport = MemoryTransport::new(move |sent| {
        let number = count.fetch_add(1, Ordering::Relaxed);
        answer(sent, |_| match number {
            0 => json!({"status": 429, "headers": {"Retry-After": "9"}}),
            _ => json!({"status": 200, "body": {}}),
        })
    });
    let clock = SetBack::default();
    let client = Client::builder("https://api.example.com/v1.0")
        .transport(transport)
        .clock(clock.clone())
        .timeout(None)
        .attempt_timeout(None)
        .build()
        .expect("a client");
    let mut batch = Batch::new(&client);
    let ticket = batch.add(get(&Node::new(client.clone()), "a"));
    run(batch.send()).take(ticket).expect("an answer");
    assert_eq!(clock.0.slept().len(), 1);
}
