//! What a subscriber gets to see of calls, and what it must not.

mod service;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use docbind_runtime::auth::ClientSecret;
use docbind_runtime::codegen::Node;
use docbind_runtime::transport::{Fault, MemoryTransport};
use docbind_runtime::{Batch, Client, Content, MemoryClock, Method, Page, Reference, Value};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_core::span::Current;

use self::service::{client, reply, run};

/// What was recorded of a span or an event, by field.
type Fields = BTreeMap<&'static str, String>;

/// Keeps all spans and events.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Recorded>>);

#[derive(Default)]
struct Recorded {
    spans: Vec<Fields>,
    events: Vec<Fields>,
    /// What each span is declared as.
    declarations: Vec<&'static Metadata<'static>>,
    /// The spans that are entered.
    entered: Vec<Id>,
}

impl Recorder {
    fn recorded(&self) -> MutexGuard<'_, Recorded> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Visitor<'a>(&'a mut Fields);

impl Visit for Visitor<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::new();
        span.record(&mut Visitor(&mut fields));
        let mut recorded = self.recorded();
        recorded.spans.push(fields);
        recorded.declarations.push(span.metadata());
        Id::from_u64(recorded.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        values.record(&mut Visitor(&mut self.recorded().spans[place(span)]));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Visitor(&mut fields));
        self.recorded().events.push(fields);
    }

    fn enter(&self, span: &Id) {
        self.recorded().entered.push(span.clone());
    }

    fn exit(&self, _: &Id) {
        self.recorded().entered.pop();
    }

    fn current_span(&self) -> Current {
        let recorded = self.recorded();
        match recorded.entered.last() {
            Some(span) => Current::new(span.clone(), recorded.declarations[place(span)]),
            None => Current::none(),
        }
    }
}

fn place(span: &Id) -> usize {
    usize::try_from(span.into_u64()).expect("a place") - 1
}

/// What is recorded while the work is done.
fn record(work: impl FnOnce()) -> Recorded {
    let recorder = Recorder::default();
    tracing::subscriber::with_default(recorder.clone(), work);
    std::mem::take(&mut *recorder.recorded())
}

#[track_caller]
fn check(span: &Fields, expected: &[(&str, &str)]) {
    let span: Vec<_> = span.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(span, expected);
}

#[test]
fn a_call_is_a_span_with_its_status_and_attempts() {
    let (node, ..) = client(|number, _| match number {
        0 => reply(429, &[("Retry-After", "2")], ""),
        1 => Err(Fault::sent("connection reset")),
        _ => reply(200, &[("request-id", "r-1")], "{}"),
    });
    let recorded = record(|| {
        run(node.with("s3cret-id").get::<Value>("/users/{id}")).expect("an answer");
    });
    check(
        &recorded.spans[0],
        &[
            ("http.request.method", "GET"),
            ("http.request.resend_count", "2"),
            ("http.response.status_code", "200"),
            ("request_id", "r-1"),
            ("url.template", "/users/{id}"),
        ],
    );
    assert_eq!((recorded.spans.len(), recorded.events.len()), (1, 2));
    let event = &recorded.events[0];
    assert_eq!((event["attempt"].as_str(), event["message"].as_str()), ("1", "sending again"));
    assert!(event["wait_ms"].starts_with('2'), "{event:?}");
    assert!(event["reason"].contains("429"), "{event:?}");
    assert!(recorded.events[1]["reason"].contains("connection reset"));
}

#[test]
fn a_call_that_fails_says_so_in_its_span() {
    let (node, ..) = client(|_, _| reply(404, &[("request-id", "r-2")], ""));
    let recorded = record(|| {
        run(node.with("1").get::<Value>("/users/{id}")).expect_err("not found");
    });
    check(
        &recorded.spans[0],
        &[
            ("http.request.method", "GET"),
            ("http.request.resend_count", "0"),
            ("http.response.status_code", "404"),
            ("request_id", "r-2"),
            ("url.template", "/users/{id}"),
        ],
    );
}

#[test]
fn a_raw_path_is_not_traced() {
    let (node, ..) = client(|_, _| reply(404, &[], ""));
    let request = || node.client().request::<Value>(Method::GET, "/users/adele@contoso.com");
    let recorded = record(|| {
        let error = run(request()).expect_err("not found");
        assert_eq!(error.operation(), Some("GET /users/adele@contoso.com"));
        run(node.client().request::<Content>(Method::GET, "/users/adele").download())
            .expect_err("not found");
        let mut named = request();
        named.template = "/users/{id}".into();
        run(named).expect_err("not found");
    });
    let templates: Vec<_> = recorded.spans.iter().map(|span| &*span["url.template"]).collect();
    assert_eq!(templates, ["raw", "raw", "/users/{id}"]);
}

#[test]
fn nothing_secret_is_traced() {
    const TOKEN: &str = r#"{"access_token": "s3cret-token", "expires_in": 3600}"#;
    let transport = MemoryTransport::new(|sent| match sent.uri().path() {
        "/t/oauth2/v2.0/token" => reply(200, &[], TOKEN),
        "/v1.0/$batch" => {
            let location = "https://files.example.org/x?sig=s3cret-signature";
            let replies = serde_json::json!({"responses": [
                {"id": "0", "status": 302, "headers": {"Location": location}}]});
            reply(200, &[], &replies.to_string())
        }
        "/v1.0/things" if sent.uri().query().is_none_or(|query| query.contains("s3cret-text")) => {
            let link = "https://api.example.com/v1.0/things?$skiptoken=s3cret-link";
            reply(200, &[], &serde_json::json!({"value": [], "@odata.nextLink": link}).to_string())
        }
        _ => reply(503, &[], ""),
    });
    let clock = MemoryClock::new();
    let credential = ClientSecret::new("t", "app", "s3cret-secret");
    let client = Client::builder("https://api.example.com/v1.0")
        .credential(credential.transport(transport.clone()).clock(clock.clone()))
        .transport(transport)
        .clock(clock)
        .build()
        .expect("a client");
    let node = Node::new(client.clone());
    let recorded = record(|| {
        let request = node.get::<Page<Reference>>("/things").search("s3cret-text");
        let request = request.header("X-Secret", "s3cret-header");
        run(request.items().collect_up_to(9)).expect_err("not available");
        let body = Value::from("s3cret-body");
        run(node.post::<Value>("/others").json::<Value>(body)).expect_err("not available");
        let mut batch = Batch::new(&client);
        let ticket = batch.add(node.get::<Content>("/content"));
        run(batch.send()).take(ticket).expect_err("not available");
    });
    let templates: Vec<_> = recorded.spans.iter().map(|span| &*span["url.template"]).collect();
    assert_eq!(
        templates,
        ["/things", "/{tenant}/oauth2/v2.0/token", "/things", "/others", "/$batch", "/content"]
    );
    assert!(!recorded.events.is_empty());
    let shown = format!("{:?} {:?}", recorded.spans, recorded.events);
    assert!(!shown.contains("s3cret"), "{shown}");
}
