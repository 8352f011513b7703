//! Many requests in one, and their answers.

mod wire;

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use http::Method;

use crate::body::Body;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::origin::join;
use crate::request::Request;
use crate::response::{FromResponse, Response};
use crate::send::{self, Call, Options, Reading};

use self::wire::{Item, Reply};

/// How many requests the protocol takes at once.
const LARGEST: usize = 20;

/// How many redirects are followed at a time.
const AT_ONCE: usize = 4;

/// Requests that go to the service together (OData JSON batch).
///
/// More than 20 are sent as several batches. What is answered with a redirect, such as the content
/// of a file, is fetched from there. What was throttled goes out again when the service
/// says so, as often as the request itself would. Time-outs are those of the client, for each batch
/// that is sent.
///
/// Requests are made with the same client, or with one that is
/// [offline](crate::Client::offline): the token is that of the batch.
///
/// # Examples
///
/// ```
/// use docbind_runtime::{Batch, Client, Request, Result, Value};
///
/// async fn example(me: Request<Value>, rename: Request<Value>, client: &Client) -> Result<()> {
///     let mut batch = Batch::new(client);
///     let rename = batch.add(rename);
///     let me = batch.add_after(me, &[rename.place()]);
///     let mut answers = batch.send().await;
///     let me: Value = answers.take(me)?;
///     Ok(())
/// }
/// ```
#[derive(Debug)]
pub struct Batch {
    client: Client,
    number: u64,
    items: Vec<Item>,
}

/// What an answer is taken with: the request's place in its batch, and its type.
pub struct Ticket<T> {
    place: Place,
    answer: PhantomData<fn() -> T>,
}

/// The place of a request in its batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    batch: u64,
    index: usize,
}

/// What was answered to the requests of a batch.
#[derive(Debug)]
pub struct Answers {
    number: u64,
    outcomes: Vec<Option<Outcome>>,
}

#[derive(Debug)]
struct Outcome {
    operation: String,
    strict: bool,
    /// When it was there.
    now: Option<Duration>,
    response: Result<Response>,
}

impl Batch {
    /// A batch without requests.
    pub fn new(client: &impl AsRef<Client>) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self { client: client.as_ref().clone(), number, items: Vec::new() }
    }

    /// Adds a request. It is done at any time, before or after the others.
    pub fn add<T>(&mut self, request: Request<T>) -> Ticket<T> {
        self.add_after(request, &[])
    }

    /// Adds a request that is done when all of these have been. If one of them fails, it is not
    /// done, and its own answer is 424, Failed Dependency.
    #[expect(clippy::needless_pass_by_value, reason = "what is in a batch is not sent by itself")]
    pub fn add_after<T>(&mut self, request: Request<T>, before: &[Place]) -> Ticket<T> {
        let mut item = Item::new(&request, &self.client);
        for place in before {
            if place.batch == self.number && place.index < self.items.len() {
                item.after.push(place.index);
            } else {
                item.fail(Error::request("it depends on a request that is not in the batch"));
            }
        }
        let place = Place { batch: self.number, index: self.items.len() };
        self.items.push(item);
        Ticket { place, answer: PhantomData }
    }

    /// How many requests there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Sends all requests. Each has an answer of its own, also where the batch as a whole failed.
    pub async fn send(self) -> Answers {
        let Self { client, number, items } = self;
        let operations: Vec<_> =
            items.iter().map(|item| (item.operation.clone(), item.strict)).collect();
        let mut run = Run { client, done: BTreeMap::new(), items, due: BTreeMap::new() };
        run.finish().await;
        run.follow().await;
        let now = run.client.now();
        let mut done = run.done;
        let outcomes = operations.into_iter().enumerate().map(|(index, (operation, strict))| {
            let response = done.remove(&index)?;
            Some(Outcome { operation, strict, now, response })
        });
        Answers { number, outcomes: outcomes.collect() }
    }
}

/// A batch under way.
struct Run {
    client: Client,
    items: Vec<Item>,
    done: BTreeMap<usize, Result<Response>>,
    /// When a request that was throttled may go out again, as the clock measures time-outs.
    due: BTreeMap<usize, Duration>,
}

impl Run {
    async fn finish(&mut self) {
        for (index, item) in self.items.iter_mut().enumerate() {
            if let Some(error) = item.error.take() {
                self.done.insert(index, Err(error));
            }
        }
        loop {
            self.fail_dependents();
            let round = self.round();
            if !round.is_empty() {
                self.exchange(&round).await;
            } else if !self.wait().await {
                return;
            }
        }
    }

    fn is_open(&self, index: usize) -> bool {
        !self.done.contains_key(&index)
    }

    fn is_success(&self, index: usize) -> bool {
        matches!(self.done.get(&index), Some(Ok(response)) if response.status < 400)
    }

    /// Answers those that depend on what has failed in an earlier batch.
    fn fail_dependents(&mut self) {
        for index in 0..self.items.len() {
            let failed = |&before: &usize| !self.is_open(before) && !self.is_success(before);
            if self.is_open(index) && self.items[index].after.iter().any(failed) {
                let body = r#"{"error": {"code": "failedDependency",
                    "message": "A request that this one depends on has failed."}}"#;
                self.done.insert(index, Ok(Response::new(424, body)));
            }
        }
    }

    /// The requests that go out next: in their order, together with what they wait for or after it.
    fn round(&self) -> Vec<usize> {
        let now = self.elapsed();
        let mut round: Vec<usize> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            let is_due = self.due.get(&index).is_none_or(|due| *due <= now);
            let is_ready = |before: &usize| self.is_success(*before) || round.contains(before);
            if self.is_open(index) && is_due && item.after.iter().all(is_ready) {
                round.push(index);
            }
            if round.len() == LARGEST {
                break;
            }
        }
        round
    }

    /// Waits for the first that may go out again. False when there is none.
    async fn wait(&self) -> bool {
        let Some(connection) = &self.client.0.connection else { return false };
        let Some(due) = self.due.values().min() else { return false };
        connection.clock.sleep(due.saturating_sub(connection.clock.elapsed())).await;
        true
    }

    fn elapsed(&self) -> Duration {
        let connection = self.client.0.connection.as_ref();
        connection.map(|connection| connection.clock.elapsed()).unwrap_or_default()
    }

    async fn exchange(&mut self, round: &[usize]) {
        for index in round {
            self.due.remove(index);
            self.items[*index].attempts += 1;
        }
        let replies = match self.post(round).await {
            Ok(replies) => replies,
            Err(error) => {
                // Where nobody answers, the rest need not find out one by one.
                let is_all = error.is_unreachable();
                let error = Arc::new(error);
                for index in 0..self.items.len() {
                    if round.contains(&index) || is_all && self.is_open(index) {
                        self.done.insert(index, Err(Error::shared(&error)));
                    }
                }
                return;
            }
        };
        let mut replies: BTreeMap<usize, Reply> = replies.into_iter().collect();
        // Each before those that depend on it.
        for index in round {
            let missing = || Err(Error::request("the batch has no answer to this request"));
            let reply = replies.remove(index).unwrap_or_else(missing);
            self.settle(*index, reply);
        }
    }

    /// Keeps an answer, unless the request is to go out again.
    fn settle(&mut self, index: usize, reply: Reply) {
        let response = match reply {
            Ok(response) => response,
            Err(error) => {
                self.done.insert(index, Err(error));
                return;
            }
        };
        let item = &self.items[index];
        let waits = item.after.iter().filter_map(|before| self.due.get(before)).max().copied();
        if response.status == 424
            && let Some(due) = waits
        {
            self.items[index].attempts -= 1;
            self.due.insert(index, due);
            return;
        }
        let now = self.client.now().unwrap_or_default();
        let retry = item.retry.as_ref().unwrap_or(&self.client.0.settings.retry);
        let wait = send::wait_after(retry, &item.method, &response, item.attempts, now);
        match wait {
            Some(wait) => {
                self.due.insert(index, self.elapsed().saturating_add(wait));
            }
            None => {
                self.done.insert(index, Ok(response));
            }
        }
    }

    /// Fetches what services answer with a redirect, such as the content of a file: by requests of
    /// their own, for a batch follows none.
    async fn follow(&mut self) {
        let base = self.client.base_url();
        let redirects = self.done.iter().filter_map(|(index, response)| {
            let response = response.as_ref().ok()?;
            let is_redirect = matches!(response.status, 301 | 302 | 303 | 307 | 308);
            let location = response.header("Location").filter(|_| is_redirect)?;
            (self.items[*index].method == Method::GET).then(|| (*index, join(base, location)))
        });
        let redirects: Vec<_> = redirects.collect();
        let client = &self.client;
        let items = &self.items;
        let fetched = redirects.into_iter().map(|(index, target)| async move {
            (index, items[index].fetch(client, target).await)
        });
        let fetched: Vec<_> = stream::iter(fetched).buffered(AT_ONCE).collect().await;
        self.done.extend(fetched);
    }

    async fn post(&self, round: &[usize]) -> Result<Vec<(usize, Reply)>> {
        let body = wire::encode(&self.items, round)?;
        let call = Call {
            operation: "POST /$batch".to_owned(),
            method: Method::POST,
            url: format!("{}/$batch", self.client.base_url()),
            headers: Vec::new(),
            body: Body::Json(body.into()),
            is_repeatable: round.iter().all(|at| send::is_repeatable(&self.items[*at].method)),
            options: Options::default(),
        };
        let answer = send::send(&self.client, call, Reading::Whole).await?;
        wire::decode(&Response::from(answer))
    }
}

impl Answers {
    /// The answer to a request, once.
    ///
    /// Fails as the request itself would have: with the error that the service answered, with the
    /// fault that stopped the whole batch, or because the answer is not what the docs promise. A
    /// ticket of another batch fails, too.
    #[expect(clippy::needless_pass_by_value, reason = "there is one answer to a ticket")]
    pub fn take<T: FromResponse>(&mut self, ticket: Ticket<T>) -> Result<T> {
        let Place { batch, index } = ticket.place;
        let outcome = self.outcomes.get_mut(index).filter(|_| batch == self.number);
        let Some(outcome) = outcome.and_then(Option::take) else {
            return Err(Error::request("the ticket is of another batch"));
        };
        let Outcome { operation, strict, now, response } = outcome;
        let read = |response: Response| match Error::in_response(&response, now) {
            Some(error) => Err(error),
            None => T::from_response(&response, strict),
        };
        response.and_then(read).map_err(|error| error.of_operation(operation))
    }
}

impl<T> Ticket<T> {
    /// The place of the request, for others that depend on it.
    pub fn place(&self) -> Place {
        self.place
    }
}

impl<T> fmt::Debug for Ticket<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Ticket").field(&self.place).finish()
    }
}
