//! The mock as a function: a request goes in, an answer comes out, and what came is noted down.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;

use crate::model::Api;

use super::answer::{OWN_PATH, content, documented};
use super::fault::{Counters, End, Fate, refusal};
use super::message::{Answer, Call};
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
    pub(super) delay: Duration,
    /// None when the connection is to end.
    pub(super) answer: Option<Answer>,
}

/// An answer with what is noted down of it.
struct Done {
    answer: Answer,
    operation: Option<String>,
    example: Option<String>,
    is_unfit: bool,
}

impl From<Answer> for Done {
    fn from(answer: Answer) -> Self {
        Self { answer, operation: None, example: None, is_unfit: false }
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
        self.reply_to(call, false)
    }

    fn reply_to(&self, call: &Call, in_batch: bool) -> Reply {
        let id = self.request_id();
        let client_id = call.header("client-request-id").map(str::to_owned);
        let fate = self.state().counters.next(&self.settings.faults, call);
        let (fate, unfit) = match fate {
            Ok(fate) => (fate, None),
            Err(problem) => (Fate::default(), Some(problem)),
        };
        let (done, outcome) = match (fate.end, unfit) {
            (End::Dropped, _) => (None, Outcome::Dropped),
            (End::Refused(problem, retry_after), _) => {
                let answer = refusal(&problem, retry_after, &id, client_id.as_deref());
                let status = answer.status;
                (Some(Done::from(answer)), Outcome::Refused(status))
            }
            (end, unfit) => {
                let done = match unfit {
                    Some(problem) => Err(problem),
                    None => self.answer(call, in_batch),
                };
                let done = done.unwrap_or_else(|problem| {
                    let answer = problem.answer(&id, client_id.as_deref());
                    Done { is_unfit: true, ..Done::from(answer) }
                });
                let status = done.answer.status;
                let outcome = match end {
                    _ if done.is_unfit => Outcome::Unfit(status),
                    End::AnswerDropped => Outcome::AnswerDropped,
                    _ => Outcome::Answered(status),
                };
                (Some(done), outcome)
            }
        };
        self.note(call, in_batch, done.as_ref(), outcome);
        let answer = done.filter(|_| outcome != Outcome::AnswerDropped).map(|done| {
            let mut answer = done.answer;
            answer.set_header("request-id", id);
            if let Some(client_id) = client_id {
                answer.set_header("client-request-id", client_id);
            }
            answer
        });
        Reply { delay: fate.delay, answer }
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
            is_unfit: false,
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
            let reply = self.reply_to(item, true);
            reply.answer.unwrap_or_else(|| {
                // A batch has one connection, which one of its requests cannot end alone.
                Problem::new(503, "ServiceUnavailable", "a fault that the mock was asked for")
                    .answer("", None)
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

/// What is noted down of a body. A part of it is copied, so as not to hold on to the rest.
fn noted(body: &Bytes) -> Bytes {
    match body.get(..NOTED_BODY) {
        Some(beginning) => Bytes::copy_from_slice(beginning),
        None => body.clone(),
    }
}
