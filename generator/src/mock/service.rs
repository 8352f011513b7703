//! The mock as a function: a request goes in, an answer comes out, and what came is noted down.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;

use crate::model::Api;

use super::answer::{OWN_PATH, content, documented};
use super::fault::{Counters, End, Fate, refusal};
use super::message::{Answer, Call, is_encoded};
use super::problem::Problem;
use super::received::{Outcome, Received};
use super::route::Library;
use super::upload::{self, Sessions, Step, Uploaded};
use super::{Settings, batch};

/// How much of a body is noted down.
const NOTED_BODY: usize = 1 << 20;

#[derive(Debug)]
pub(super) struct Service {
    library: Library,
    settings: Settings,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    counters: Counters,
    sessions: Sessions,
    received: Vec<Received>,
    /// Requests that were answered, for their ids.
    answered: u64,
}

/// What goes back on the wire.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    request_id: String,
    pub(super) delay: Duration,
    /// None when the connection is to end.
    pub(super) answer: Option<Answer>,
}

/// An answer with what is noted down of it.
struct Done {
    answer: Answer,
    operation: Option<String>,
    example: Option<String>,
}

impl From<Answer> for Done {
    fn from(answer: Answer) -> Self {
        Self { answer, operation: None, example: None }
    }
}

impl Service {
    pub(super) fn new(api: Api, settings: Settings) -> Self {
        let state = State { sessions: Sessions::new(settings.keeps_uploads), ..State::default() };
        Self { library: Library::new(api), settings, state: Mutex::new(state) }
    }

    pub(super) fn base_path(&self) -> &str {
        self.library.base_path()
    }

    pub(super) fn body_limit(&self) -> usize {
        self.settings.body_limit
    }

    pub(super) fn received(&self) -> Vec<Received> {
        self.state().received.clone()
    }

    pub(super) fn forget(&self) {
        self.state().received.clear();
    }

    pub(super) fn uploads(&self) -> Vec<Uploaded> {
        self.state().sessions.files()
    }

    // A panic while the lock was held is reported where it happened; what was noted down counts.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request from the wire.
    pub(super) fn reply(&self, call: &Call) -> Reply {
        self.reply_to(call, false, None)
    }

    /// Answers a request whose body is too large to be read.
    pub(super) fn refuse_body(&self, call: &Call) -> Reply {
        let message = format!("the body has more than {} bytes", self.body_limit());
        self.reply_to(call, false, Some(Problem::new(413, "RequestEntityTooLarge", message)))
    }

    /// `unfit` is what is known to be wrong with the request.
    fn reply_to(&self, call: &Call, in_batch: bool, unfit: Option<Problem>) -> Reply {
        let id = self.request_id();
        let client_id = call.header("client-request-id").map(str::to_owned);
        let fate = self.state().counters.next(&self.settings.faults, call);
        let (fate, unfit) = match fate {
            Ok(fate) => (fate, unfit),
            Err(problem) => (Fate::default(), unfit.or(Some(problem))),
        };
        let (done, outcome) = match fate.end {
            End::Dropped => (None, Outcome::Dropped),
            End::Refused(problem, retry_after) => {
                let answer = refusal(&problem, retry_after, &id, client_id.as_deref());
                let status = answer.status;
                (Some(Done::from(answer)), Outcome::Refused(status))
            }
            end @ (End::Done | End::AnswerDropped) => {
                let answered = match unfit {
                    Some(problem) => Err(problem),
                    None => guarded(|| self.answer(call, in_batch)),
                };
                let outcome = match (&answered, end) {
                    (Err(problem), _) if problem.is_bug() => Outcome::Failed,
                    (Err(problem), _) => Outcome::Unfit(problem.status()),
                    (Ok(_), End::AnswerDropped) => Outcome::AnswerDropped,
                    (Ok(done), _) => Outcome::Answered(done.answer.status),
                };
                let done = answered.unwrap_or_else(|problem| {
                    Done::from(problem.answer(&id, client_id.as_deref()))
                });
                (Some(done), outcome)
            }
        };
        self.note(call, in_batch, done.as_ref(), outcome);
        let answer = done.filter(|_| outcome != Outcome::AnswerDropped).map(|done| {
            let mut answer = done.answer;
            answer.set_header("request-id", &id);
            if let Some(client_id) = client_id {
                answer.set_header("client-request-id", client_id);
            }
            answer
        });
        Reply { request_id: id, delay: fate.delay, answer }
    }

    /// Looks like a GUID, and says which request it was.
    fn request_id(&self) -> String {
        let mut state = self.state();
        state.answered += 1;
        format!("00000000-0000-4000-8000-{:012x}", state.answered)
    }

    fn note(&self, call: &Call, in_batch: bool, done: Option<&Done>, outcome: Outcome) {
        if self.settings.log == 0 && self.settings.watch.is_none() {
            return;
        }
        let received = Received {
            method: call.method.clone(),
            target: call.target.clone(),
            headers: call.headers.clone(),
            body: noted(&call.body),
            body_length: call.body.len(),
            in_batch,
            operation: done.and_then(|done| done.operation.clone()),
            example: done.and_then(|done| done.example.clone()),
            outcome,
        };
        if let Some(watch) = &self.settings.watch {
            watch(&received);
        }
        let mut state = self.state();
        if state.received.len() < self.settings.log {
            state.received.push(received);
        }
    }

    fn answer(&self, call: &Call, in_batch: bool) -> Result<Done, Problem> {
        if !is_encoded(&call.target) {
            let message = "the path or the query has a `%` that begins no octet of UTF-8";
            return Err(Problem::bad_request(message));
        }
        if let Some(own) = call.path().strip_prefix(OWN_PATH) {
            return self.own(own, call).map(Done::from);
        }
        if call.path().trim_end_matches('/').ends_with(batch::SEGMENT) {
            if in_batch {
                return Err(Problem::bad_request("a batch in a batch is not answered"));
            }
            return self.batch(call).map(Done::from);
        }
        let mut documented = documented(&self.library, &self.settings, call)?;
        self.state().sessions.open(call, &mut documented.answer);
        Ok(Done {
            answer: documented.answer,
            operation: Some(documented.operation),
            example: documented.example,
        })
    }

    fn batch(&self, call: &Call) -> Result<Answer, Problem> {
        let path = call.path().trim_end_matches('/');
        let (_, behind) = self.library.version(path)?;
        if behind != batch::SEGMENT {
            return Err(Problem::not_found("a batch goes to the version itself"));
        }
        if call.method != "POST" {
            return Err(Problem::not_allowed("a batch is posted", "POST".to_owned()));
        }
        let prefix = path.strip_suffix(batch::SEGMENT).unwrap_or(path).trim_end_matches('/');
        batch::run(call, prefix, |item| {
            let reply = self.reply_to(item, true, None);
            reply.answer.unwrap_or_else(|| {
                // A batch has one connection, which one of its requests cannot end alone.
                let message = "a fault that the mock was asked for";
                let mut answer = Problem::new(503, "ServiceUnavailable", message)
                    .answer(&reply.request_id, item.header("client-request-id"));
                answer.set_header("request-id", reply.request_id);
                answer
            })
        })
    }

    /// What the mock's own links lead to: uploads, downloads, and where something is being done.
    fn own(&self, path: &str, call: &Call) -> Result<Answer, Problem> {
        let (kind, rest) = path.trim_start_matches('/').split_once('/').unwrap_or((path, ""));
        match kind {
            "upload" => {
                let step = self.state().sessions.step(rest, call)?;
                Ok(match step {
                    Step::Answer(answer) => answer,
                    Step::Complete { parent } => self.item(&parent, call),
                })
            }
            "content" if call.method == "GET" => {
                Ok(content(&self.library, &Self::get(&format!("/{rest}"), call)))
            }
            "monitor" if call.method == "GET" => {
                Ok(Answer::json(200, &serde_json::json!({"status": "completed"})))
            }
            _ => Err(Problem::not_found("the mock gave no such link")),
        }
    }

    fn item(&self, place: &str, call: &Call) -> Answer {
        let place = documented(&self.library, &self.settings, &Self::get(place, call)).ok();
        upload::item(place.as_ref().map(|documented| &documented.answer))
    }

    /// What the mock itself asks for on the way to an answer.
    fn get(target: &str, call: &Call) -> Call {
        Call {
            method: "GET".to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: Bytes::new(),
            base: call.base.clone(),
        }
    }
}

/// The answer, or a panic on the way to it as the problem that it is, so that it costs one request
/// and not the connection.
fn guarded(answer: impl FnOnce() -> Result<Done, Problem>) -> Result<Done, Problem> {
    // The state is taken as it is after a panic; see `Service::state`.
    panic::catch_unwind(AssertUnwindSafe(answer))
        .unwrap_or_else(|payload| Err(Problem::bug(what(&*payload))))
}

fn what(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("a panic")
}

/// What is noted down of a body. A part of it is copied, so as not to hold on to the rest.
fn noted(body: &Bytes) -> Bytes {
    match body.get(..NOTED_BODY) {
        Some(beginning) => Bytes::copy_from_slice(beginning),
        None => body.clone(),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use serde_json::{Value, json};

    use crate::model::{Example, ExampleRequest, ExampleResponse, Method};
    use crate::plan::sample;

    use super::super::Mock;
    use super::super::message::Call;
    use super::super::received::Outcome;
    use super::{Reply, Service, guarded};

    fn service(settings: impl FnOnce(Mock) -> Mock) -> Service {
        let operations = ["item-list: list GET /items", "item-get: get GET /items/{id}"];
        let api = sample::api(Vec::new(), Vec::new(), &operations);
        let mock = settings(Mock::new(api));
        Service::new(mock.api, mock.settings)
    }

    fn call(method: &str, target: &str, body: &Value) -> Call {
        Call {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: if body.is_null() { Bytes::new() } else { body.to_string().into() },
            base: "http://localhost".to_owned(),
        }
    }

    /// The status of a reply and the error in its body, whose id must be that of the header.
    #[track_caller]
    fn error(reply: &Reply) -> (u16, String) {
        let answer = reply.answer.as_ref().expect("an answer");
        let body: Value = serde_json::from_slice(&answer.body).expect("JSON");
        assert_eq!(
            body["error"]["innerError"]["request-id"].as_str(),
            answer.header("request-id"),
            "one id"
        );
        assert!(answer.header("request-id").is_some_and(|id| id.len() == 36));
        (answer.status, body["error"]["message"].as_str().unwrap_or_default().to_owned())
    }

    #[test]
    fn a_panic_is_an_answer_that_says_whose_bug_it_is() {
        let answered = guarded(|| panic!("of {}", "ours"));
        let problem = answered.err().expect("a problem");
        assert!(problem.is_bug());
        let body = String::from_utf8(problem.answer("1", None).body.to_vec()).expect("text");
        assert!(body.contains("which is a bug of docbind: of ours"), "{body}");
    }

    #[test]
    fn a_body_that_is_too_large() {
        let service = service(|mock| mock.body_limit(10));
        let reply = service.refuse_body(&call("POST", "/items", &Value::Null));
        assert_eq!(error(&reply), (413, "the body has more than 10 bytes".to_owned()));
        assert_eq!(service.received()[0].outcome, Outcome::Unfit(413));
    }

    #[test]
    fn what_is_no_percent_encoding() {
        let service = service(|mock| mock);
        let (status, message) = error(&service.reply(&call("GET", "/items/%ZZ%", &Value::Null)));
        assert_eq!(status, 400, "{message}");
        assert!(message.contains("`%`"), "{message}");
    }

    /// A page may show a path that it does not list, and that another page does.
    #[test]
    fn an_example_answers_where_its_request_leads() {
        let operations = ["item-get: get GET /items/{id}", "part-list: list GET /parts"];
        let mut api = sample::api(Vec::new(), Vec::new(), &operations);
        let shown = Example {
            name: None,
            request: Some(ExampleRequest {
                method: Method::Get,
                url: "https://example.com/items/7".to_owned(),
                headers: Vec::new(),
                body: None,
                source: sample::source("api/part-list.md"),
            }),
            response: Some(ExampleResponse {
                status: 203,
                headers: Vec::new(),
                body: None,
                ty: None,
                source: sample::source("api/part-list.md"),
            }),
            source: sample::source("api/part-list.md"),
        };
        let mut all = api.versions[0].operations.iter_mut();
        let parts = all.find(|operation| operation.id == "part-list").expect("it is there");
        parts.examples.push(shown);
        let mock = Mock::new(api);
        let service = Service::new(mock.api, mock.settings);
        let answer = service.reply(&call("GET", "/items/7", &Value::Null)).answer;
        assert_eq!(answer.map(|answer| answer.status), Some(203));
    }

    #[test]
    fn a_fault_in_a_batch_has_an_id() {
        let fault = "drop:1/2".parse().expect("a fault");
        let service = service(|mock| mock.fault(fault));
        let batch = json!({"requests": [{"id": "a", "method": "GET", "url": "/items"}]});
        let reply = service.reply(&call("POST", "/$batch", &batch));
        let answer = reply.answer.expect("an answer");
        let body: Value = serde_json::from_slice(&answer.body).expect("JSON");
        let response = &body["responses"][0];
        assert_eq!(response["status"], 503);
        let id = &response["headers"]["request-id"];
        assert_eq!(id.as_str().map(str::len), Some(36), "{body}");
        assert_eq!(&response["body"]["error"]["innerError"]["request-id"], id);
    }
}
