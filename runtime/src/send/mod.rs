//! From a request to its answer: the token, the attempts, the redirects, the errors.

mod attempt;
mod retry;

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use tracing::Instrument;

pub use retry::Retry;
pub(crate) use retry::{Reason, is_repeatable, retry_after};

use crate::body::Body;
use crate::client::Client;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::transport::{ByteStream, Fault, Payload};

use self::attempt::{Again, Attempt, Failure};
use self::retry::is_transient;
use crate::response::Response;

/// A request without its type: all that goes over the network.
#[derive(Debug)]
pub(crate) struct Call {
    /// Method and path template, for errors and traces.
    pub(crate) operation: String,
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
    /// Whether doing it twice is the same as doing it once.
    pub(crate) is_repeatable: bool,
    pub(crate) options: Options,
}

/// What a call does otherwise than its client.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Options {
    pub(crate) retry: Option<Retry>,
    pub(crate) attempt_timeout: Limit,
    pub(crate) timeout: Limit,
    /// Never a token, even to the service itself: the URL is the proof.
    pub(crate) is_anonymous: bool,
}

/// How long something may take.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Limit {
    /// As long as the client says.
    #[default]
    OfClient,
    Forever,
    At(Duration),
}

impl Limit {
    fn or(self, of_client: Option<Duration>) -> Option<Duration> {
        match self {
            Self::OfClient => of_client,
            Self::Forever => None,
            Self::At(limit) => Some(limit),
        }
    }
}

impl From<Option<Duration>> for Limit {
    fn from(limit: Option<Duration>) -> Self {
        limit.map_or(Self::Forever, Self::At)
    }
}

/// How the body of the answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// As a whole, up to the client's limit, as part of the attempt.
    Whole,
    /// By the caller.
    Stream,
}

/// An answer of success.
pub(crate) type Answer = http::Response<Payload>;

/// Sends the call until it has been answered or is given up. An answer other than of success is an
/// error.
pub(crate) async fn send(client: &Client, call: Call, reading: Reading) -> Result<Answer> {
    let template = call.operation.split_once(' ').map_or("", |(_, template)| template);
    let span = tracing::info_span!(
        "request",
        "http.request.method" = %call.method,
        "url.template" = template,
        "http.response.status_code" = tracing::field::Empty,
        "http.request.resend_count" = tracing::field::Empty,
        "request_id" = tracing::field::Empty,
    );
    let operation = call.operation.clone();
    let answer = insist(client, call, reading).instrument(span).await;
    answer.map_err(|error| error.of_operation(operation))
}

/// Attempt after attempt.
async fn insist(client: &Client, mut call: Call, reading: Reading) -> Result<Answer> {
    let shared = Arc::clone(&client.0);
    let Some(connection) = &shared.connection else {
        return Err(Error::request("the client is offline: it builds requests and sends none"));
    };
    let clock = &*connection.clock;
    let settings = &shared.settings;
    let retry = call.options.retry.take().unwrap_or_else(|| settings.retry.clone());
    let timeout = call.options.timeout.or(settings.timeout);
    let end = timeout.map(|timeout| clock.elapsed().saturating_add(timeout));
    let mut attempt = Attempt::new(&shared, connection, &mut call, reading)?;
    let mut number = 1;
    let mut last: Option<Error> = None;
    loop {
        let remaining = end.map(|end| end.saturating_sub(clock.elapsed()));
        let outcome = within(clock, remaining, attempt.run()).await;
        let failure = match outcome {
            Some(Ok(answer)) => {
                note(number, Some(answer.status().as_u16()), answer.headers());
                return Ok(answer);
            }
            Some(Err(failure)) => failure,
            None => Failure::last(out_of_time(last)),
        };
        let reason = failure.error.status_code().map_or(Reason::Fault, Reason::of_status);
        let wait = match failure.again {
            Again::Never => None,
            Again::Later => retry.wait(number, reason, None),
            Again::After(wait) => retry.wait(number, reason, Some(wait)),
        };
        let wait =
            wait.filter(|wait| end.is_none_or(|end| clock.elapsed().saturating_add(*wait) < end));
        let Some(wait) = wait.filter(|_| attempt.is_replayable()) else {
            note(number, failure.error.status(), &HeaderMap::new());
            if let Some(id) = failure.error.request_id() {
                tracing::Span::current().record("request_id", id);
            }
            return Err(failure.error);
        };
        tracing::debug!(
            attempt = number,
            wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
            reason = %failure.error,
            "sending again"
        );
        last = Some(failure.error);
        clock.sleep(wait).await;
        number += 1;
    }
}

/// The error of a call whose time is up, and what had become of its attempts until then.
fn out_of_time(last: Option<Error>) -> Error {
    match last {
        None => Error::timeout("the call took longer than it may"),
        Some(last) => Error::timeout(format!("the call took longer than it may, after: {last}"))
            .with_source(last),
    }
}

/// How long to wait before a request in a batch goes out again, after its attempt number `attempt`
/// was answered. None when the answer stands.
pub(crate) fn wait_after(
    retry: &Retry,
    method: &Method,
    response: &Response,
    attempt: u32,
    now: Duration,
) -> Option<Duration> {
    let status = StatusCode::from_u16(response.status).ok()?;
    let headers: HeaderMap = response
        .headers
        .iter()
        .filter_map(|(name, value)| {
            let name: HeaderName = name.parse().ok()?;
            Some((name, HeaderValue::try_from(value).ok()?))
        })
        .collect();
    if !is_transient(is_repeatable(method), status, &headers) {
        return None;
    }
    let reason = Reason::of_status(status);
    retry.wait(attempt, reason, retry_after(&headers, now))
}

/// Writes into the span what is known at the end.
fn note(attempts: u32, status: Option<u16>, headers: &HeaderMap) {
    let span = tracing::Span::current();
    span.record("http.request.resend_count", attempts - 1);
    if let Some(status) = status {
        span.record("http.response.status_code", status);
    }
    if let Some(id) = headers.get("request-id").and_then(|id| id.to_str().ok()) {
        span.record("request_id", id);
    }
}

/// The result of the work, or none when it takes longer than it may.
pub(crate) async fn within<T>(
    clock: &dyn Clock,
    limit: Option<Duration>,
    work: impl Future<Output = T>,
) -> Option<T> {
    let Some(limit) = limit else { return Some(work.await) };
    let mut work = std::pin::pin!(work);
    // What is there already needs no timer.
    if let Poll::Ready(result) = poll_fn(|context| Poll::Ready(work.as_mut().poll(context))).await {
        return Some(result);
    }
    match select(work, clock.sleep(limit)).await {
        Either::Left((result, _)) => Some(result),
        Either::Right(_) => None,
    }
}

/// The URI of a text that came from outside.
fn uri(url: &str) -> Result<Uri> {
    let uri: Option<Uri> = url.parse().ok();
    // Without the text: a link may be a secret.
    uri.filter(|uri| uri.scheme().is_some() && uri.authority().is_some())
        .ok_or_else(|| Error::request("the request leads to what is no absolute URL"))
}

/// What to send for a body, if it can still be sent.
fn payload(body: &Body) -> Option<Payload> {
    Some(match body {
        Body::Empty => Payload::empty(),
        Body::Json(bytes) | Body::Bytes { bytes, .. } => Payload::Bytes(Bytes::clone(bytes)),
        Body::Stream(stream) => {
            let (stream, length) = stream.take()?;
            Payload::Stream { stream, length }
        }
    })
}

/// The pieces of a stream, each of which has to come within the time.
pub(crate) fn timed(
    stream: ByteStream,
    clock: Arc<dyn Clock>,
    limit: Option<Duration>,
) -> ByteStream {
    ByteStream::new(futures_util::stream::unfold(Some(stream), move |stream| {
        let clock = Arc::clone(&clock);
        async move {
            let mut stream = stream?;
            let piece = next(&mut stream, &*clock, limit).await?;
            let rest = piece.is_ok().then_some(stream);
            Some((piece, rest))
        }
    }))
}

/// The next piece of a stream, which has to come within the time.
async fn next(
    stream: &mut ByteStream,
    clock: &dyn Clock,
    limit: Option<Duration>,
) -> Option<Result<Bytes, Fault>> {
    match within(clock, limit, stream.next()).await {
        Some(piece) => piece,
        None => Some(Err(Fault::timeout("the service has stopped sending"))),
    }
}
