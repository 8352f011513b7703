//! Large files, in pieces, over connections that break.

use std::fmt;
use std::io::SeekFrom;
use std::ops::Range;

use bytes::Bytes;
use futures_util::io::{AsyncRead, AsyncReadExt, AsyncSeek, AsyncSeekExt, Cursor};
use http::Method;
use serde_json::Value;

use crate::body::Body;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::response::{FromResponse, Response};
use crate::send::{self, Call, Limit, Options, Reading, Reason, Retry};

/// Ranges are multiples of this, 320 KiB; services refuse others.
const UNIT: u64 = 320 * 1024;

/// 5 MiB, which is a multiple.
const PIECE: u64 = 16 * UNIT;

/// The upload of a large file to an upload session.
///
/// The session's URL comes from the answer to `createUploadSession`. It is a secret of its own: who
/// has it can write, and no token is sent there.
///
/// # Examples
///
/// ```no_run
/// use docbind_runtime::{Client, Result, Upload, Value};
///
/// async fn example(client: &Client, upload_url: &str, file: Vec<u8>) -> Result<Value> {
///     Upload::of_bytes(client, upload_url, file)
///         .on_progress(|done, all| println!("{done} of {all} bytes"))
///         .send()
///         .await
/// }
/// ```
#[must_use = "nothing is sent before `send`"]
pub struct Upload<S> {
    client: Client,
    url: String,
    source: S,
    piece: u64,
    retry: Retry,
    is_resumed: bool,
    progress: Option<Box<dyn FnMut(u64, u64) + Send>>,
}

impl Upload<Cursor<Vec<u8>>> {
    /// The upload of bytes that are there.
    pub fn of_bytes(
        client: &impl AsRef<Client>,
        url: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
    ) -> Self {
        Self::new(client, url, Cursor::new(bytes.into()))
    }
}

impl<S: AsyncRead + AsyncSeek + Unpin + Send> Upload<S> {
    /// The upload of what the source holds, from its beginning to its end. Files of tokio are such
    /// a source by `tokio_util::compat`.
    pub fn new(client: &impl AsRef<Client>, url: impl Into<String>, source: S) -> Self {
        let client = client.as_ref();
        Self {
            client: client.clone(),
            url: url.into(),
            source,
            piece: PIECE,
            retry: client.0.settings.retry.clone(),
            is_resumed: false,
            progress: None,
        }
    }

    /// How much is sent at once, rounded up to a multiple of 320 KiB; 5 MiB unless said. That much
    /// memory is needed, and that much is sent again when the connection breaks.
    pub fn piece_size(mut self, bytes: u64) -> Self {
        self.piece = bytes.clamp(1, 60 << 20).next_multiple_of(UNIT);
        self
    }

    /// How often and after what time a piece is sent again. What counts is the attempts without any
    /// progress.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Goes on with a session that has some of the bytes already: the service is asked which.
    pub fn resume(mut self) -> Self {
        self.is_resumed = true;
        self
    }

    /// Is told after each piece how many bytes the service has, and how many there are.
    pub fn on_progress(mut self, progress: impl FnMut(u64, u64) + Send + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Sends all that the service does not have yet, and reads what it answers at the end: the item
    /// that was made, or `()`.
    ///
    /// When a piece gets lost, the service is asked where to go on. Fails when the source cannot be
    /// read, when the session has expired ([`is_not_found`](Error::is_not_found)), and when attempts
    /// without progress are used up. The session stays open for another [`resume`](Self::resume).
    ///
    /// A service closes the session with its last answer. When just that answer gets lost, nobody
    /// says any more whether the file is complete: the error says so, and a look at the item tells.
    pub async fn send<T: FromResponse>(mut self) -> Result<T> {
        let response = self.run().await;
        let now = self.client.now();
        let read = |response: Response| match Error::in_response(&response, now) {
            Some(error) => Err(error),
            None => T::from_response(&response, false),
        };
        response.and_then(read).map_err(|error| error.of_operation("PUT <upload session>"))
    }

    /// Gives the session up. The service forgets what it has of the file.
    pub async fn cancel(mut self) -> Result<()> {
        self.call(Method::DELETE, Vec::new(), Body::Empty).await.map(drop)
    }

    async fn run(&mut self) -> Result<Response> {
        let total = self.source.seek(SeekFrom::End(0)).await.map_err(unreadable)?;
        if total == 0 {
            return Err(Error::request("an upload session takes at least one byte"));
        }
        let mut next = 0..total;
        if self.is_resumed {
            match self.status(total).await? {
                Ok(range) => next = range,
                Err(response) => return Ok(response),
            }
        }
        let mut attempt = 1;
        // What the service had at best: progress is what goes beyond it, or a service that loses
        // pieces would be sent the same ones for ever.
        let mut furthest = next.start;
        loop {
            let piece = next.start..next.end.min(next.start + self.piece);
            let outcome = match self.put(&piece, total).await {
                Ok(response) => wanted(response, piece.end, total),
                Err(error) => {
                    let Some(()) = self.pause(&error, attempt).await else { return Err(error) };
                    let is_last = piece.end == total && error.status().is_none();
                    match self.status(total).await {
                        Err(gone) if is_last && (gone.is_not_found() || gone.is_gone()) => {
                            return Err(gone.unconfirmed());
                        }
                        status => status?,
                    }
                }
            };
            match outcome {
                Err(response) => {
                    self.report(total, total);
                    return Ok(response);
                }
                Ok(range) => {
                    attempt = if range.start > furthest { 1 } else { attempt + 1 };
                    furthest = furthest.max(range.start);
                    if attempt > self.retry.limit() {
                        return Err(Error::request("the service asks for the same piece again"));
                    }
                    next = range;
                    self.report(next.start, total);
                }
            }
        }
    }

    /// Waits before another attempt. None when there is none.
    async fn pause(&mut self, error: &Error, attempt: u32) -> Option<()> {
        // The range was not what the service wants: it says which one it does.
        let is_lost = error.status() == Some(416) || error.status() == Some(409);
        if !is_lost && !error.is_retryable() && error.status() != Some(500) {
            return None;
        }
        let reason = error.status_code().map_or(Reason::Fault, Reason::of_status);
        let wait = self.retry.wait(attempt, reason, error.retry_after())?;
        self.client.0.connection.as_ref()?.clock.sleep(wait).await;
        Some(())
    }

    fn report(&mut self, done: u64, total: u64) {
        if let Some(progress) = &mut self.progress {
            progress(done, total);
        }
    }

    /// What the service wants next; or its last answer.
    async fn status(&mut self, total: u64) -> Result<Result<Range<u64>, Response>> {
        let response = self.call(Method::GET, Vec::new(), Body::Empty).await?;
        Ok(wanted(response, 0, total))
    }

    async fn put(&mut self, piece: &Range<u64>, total: u64) -> Result<Response> {
        self.source.seek(SeekFrom::Start(piece.start)).await.map_err(unreadable)?;
        let length = usize::try_from(piece.end - piece.start)
            .map_err(|_| Error::request("the piece does not fit into memory"))?;
        let mut bytes = vec![0; length];
        self.source.read_exact(&mut bytes).await.map_err(unreadable)?;
        let range = format!("bytes {}-{}/{total}", piece.start, piece.end - 1);
        let body = Body::Bytes { content_type: None, bytes: Bytes::from(bytes) };
        self.call(Method::PUT, vec![("Content-Range".to_owned(), range)], body).await
    }

    /// Exclusive, or the future could go to another thread only where the progress can be told from
    /// several at a time.
    async fn call(
        &mut self,
        method: Method,
        headers: Vec<(String, String)>,
        body: Body,
    ) -> Result<Response> {
        // A piece that got lost may have arrived: the service is asked before it goes out again.
        let retry = if method == Method::PUT { Retry::never() } else { self.retry.clone() };
        let call = Call {
            operation: format!("{method} <upload session>"),
            method,
            url: self.url.clone(),
            headers,
            body,
            is_repeatable: true,
            options: Options {
                retry: Some(retry),
                is_anonymous: true,
                attempt_timeout: Limit::OfClient,
                timeout: Limit::Forever,
            },
        };
        send::send(&self.client, call, Reading::Whole).await.map(Response::from)
    }
}

/// What the service wants next, after it has answered; or its answer, when that is the last one.
fn wanted(response: Response, sent: u64, total: u64) -> Result<Range<u64>, Response> {
    let status: Option<Value> = serde_json::from_slice(&response.body).ok();
    let ranges = status.as_ref().and_then(|status| {
        status.get("nextExpectedRanges").or_else(|| status.get("NextExpectedRanges"))
    });
    let first = ranges.and_then(Value::as_array).and_then(|ranges| ranges.first());
    let first = first.and_then(Value::as_str).and_then(|range| parse(range, total));
    match first {
        Some(range) => Ok(range),
        // Not the last answer, and it does not say what it wants: the next bytes.
        None if response.status == 202 && sent < total => Ok(sent..total),
        None => Err(response),
    }
}

/// `start-end`, with the last byte included, or `start-`.
fn parse(range: &str, total: u64) -> Option<Range<u64>> {
    let (start, end) = range.split_once('-').unwrap_or((range, ""));
    let start = start.trim().parse().ok()?;
    let end = end.trim().parse().map_or(total, |last: u64| last.saturating_add(1).min(total));
    (start < end).then_some(start..end)
}

fn unreadable(error: std::io::Error) -> Error {
    Error::request("the file cannot be read").with_source(error)
}

impl<S> fmt::Debug for Upload<S> {
    /// Without the URL, which is a secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Upload").field("piece", &self.piece).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_their_last_byte_or_none() {
        assert_eq!(parse("0-", 10), Some(0..10));
        assert_eq!(parse("2-4", 10), Some(2..5));
        assert_eq!(parse("2-400", 10), Some(2..10));
        assert_eq!(parse("10-", 10), None);
        assert_eq!(parse("x", 10), None);
    }
}
