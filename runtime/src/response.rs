//! What was answered, and how it becomes a value.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use http::HeaderMap;
use serde_json::Value;

use crate::codec::{self, Kind, Slot, Type};
use crate::enumeration::Enumeration;
use crate::error::{Error, Result};
use crate::mismatch;
use crate::page::Page;
use crate::send;
use crate::transport::{ByteStream, Payload};
use crate::types::{Binary, Date, DateTimeOffset, Decimal, Duration, Flags, Guid, TimeOfDay};

/// An answer as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Names and values of the headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// An answer with this body and no headers.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// The headers as a transport has them. One that could not stand there is left out.
    pub(crate) fn header_map(&self) -> HeaderMap {
        let pairs = self.headers.iter().filter_map(|(name, value)| {
            let name: http::HeaderName = name.parse().ok()?;
            Some((name, http::HeaderValue::try_from(value).ok()?))
        });
        pairs.collect()
    }

    /// How long the service asks to wait. A date is counted from `now`, or where nobody knows that
    /// from the time at which the answer was made.
    pub(crate) fn retry_after(
        &self,
        now: Option<std::time::Duration>,
    ) -> Option<std::time::Duration> {
        let headers = self.header_map();
        if headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim().parse::<u64>().is_ok() {
            return send::retry_after(&headers, std::time::Duration::ZERO);
        }
        let made = || {
            let date = httpdate::parse_http_date(self.header("Date")?).ok()?;
            date.duration_since(std::time::UNIX_EPOCH).ok()
        };
        send::retry_after(&headers, now.or_else(made)?)
    }

    /// The body as text, without a byte order mark.
    pub(crate) fn text(&self) -> &[u8] {
        self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body).trim_ascii()
    }
}

impl From<send::Answer> for Response {
    /// An answer whose body has been read as a whole.
    fn from(answer: send::Answer) -> Self {
        let (head, body) = answer.into_parts();
        let body = match body {
            Payload::Bytes(bytes) => Vec::from(bytes),
            Payload::Stream { .. } => Vec::new(),
        };
        Self { status: head.status.as_u16(), headers: headers(&head.headers), body }
    }
}

fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let header = headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name))?;
    Some(&header.1)
}

/// What was answered, with what came beside it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Answer<T> {
    /// The value.
    pub value: T,
    /// The status code.
    pub status: u16,
    /// Names and values of the headers.
    pub headers: Vec<(String, String)>,
}

impl<T> Answer<T> {
    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

/// An answer whose body is still to come. As a stream, it is the pieces of the body.
#[derive(Debug)]
#[non_exhaustive]
pub struct Download {
    /// The status code.
    pub status: u16,
    /// Names and values of the headers.
    pub headers: Vec<(String, String)>,
    /// How many bytes are to come, where the service says so.
    pub length: Option<u64>,
    stream: ByteStream,
    operation: String,
}

impl Download {
    pub(crate) fn new(answer: send::Answer, operation: String) -> Self {
        let (head, body) = answer.into_parts();
        let (stream, length) = match body {
            Payload::Stream { stream, length } => (stream, length),
            Payload::Bytes(bytes) => {
                let length = bytes.len() as u64;
                (ByteStream::from_bytes(bytes), Some(length))
            }
        };
        let (status, headers) = (head.status.as_u16(), headers(&head.headers));
        Self { status, headers, length, stream, operation }
    }

    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// The next piece of the body. None after the last.
    ///
    /// Fails when the connection breaks or the service stops sending. The rest can be asked for
    /// with a `Range` header.
    pub async fn next(&mut self) -> Option<Result<Bytes>> {
        StreamExt::next(self).await
    }
}

impl Stream for Download {
    type Item = Result<Bytes>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(Pin::new(&mut self.stream).poll_next(context));
        let error = |fault| Error::connection(fault).of_operation(&self.operation);
        Poll::Ready(piece.map(|piece| piece.map_err(error)))
    }
}

/// A value that an answer can be read as.
pub trait FromResponse: Sized {
    /// Reads the answer. In a strict reading, a value of the wrong kind is an error.
    fn from_response(response: &Response, strict: bool) -> Result<Self>;
}

impl<T: Type> FromResponse for T {
    fn from_response(response: &Response, strict: bool) -> Result<Self> {
        let object: T = codec::decode(response.text())?;
        if strict {
            mismatch::refuse(&object, response.text())?;
        }
        Ok(object)
    }
}

impl<T: Kind> FromResponse for Page<T> {
    fn from_response(response: &Response, strict: bool) -> Result<Self> {
        let page: Self = codec::decode(response.text())?;
        if strict {
            mismatch::refuse(&page, response.text())?;
        }
        Ok(page)
    }
}

impl FromResponse for () {
    fn from_response(_: &Response, _: bool) -> Result<Self> {
        Ok(())
    }
}

/// Nothing, where the answer has no body.
impl<T: FromResponse> FromResponse for Option<T> {
    fn from_response(response: &Response, strict: bool) -> Result<Self> {
        match response.text() {
            b"" | b"null" => Ok(None),
            _ => T::from_response(response, strict).map(Some),
        }
    }
}

/// The answer to a request whose work goes on after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted {
    /// Where to ask how far the work is.
    pub location: Option<String>,
    /// How long to wait before asking.
    pub retry_after: Option<std::time::Duration>,
}

impl FromResponse for Accepted {
    fn from_response(response: &Response, _: bool) -> Result<Self> {
        Ok(Self {
            location: response.header("Location").map(str::to_owned),
            retry_after: response.retry_after(None),
        })
    }
}

/// Bytes, and what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Content {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their content type.
    pub content_type: Option<String>,
}

impl FromResponse for Content {
    fn from_response(response: &Response, _: bool) -> Result<Self> {
        Ok(Self {
            bytes: response.body.clone(),
            content_type: response.header("Content-Type").map(str::to_owned),
        })
    }
}

impl FromResponse for Value {
    fn from_response(response: &Response, _: bool) -> Result<Self> {
        codec::decode_json(response.text(), "JSON")
    }
}

/// Values that functions answer, as `{"value": …}` or bare.
macro_rules! single {
    ($($ty:ty)*) => {$(
        impl FromResponse for $ty {
            fn from_response(response: &Response, _: bool) -> Result<Self> {
                read_value(response)
            }
        }
    )*};
}
single! {
    String bool i8 u8 i16 i32 i64 f64
    Decimal Guid Date DateTimeOffset TimeOfDay Duration Binary
}

impl<E: Enumeration> FromResponse for Flags<E> {
    fn from_response(response: &Response, _: bool) -> Result<Self> {
        read_value(response)
    }
}

/// A value that stands in the answer as `{"value": …}`, or bare.
pub fn read_value<T: Kind>(response: &Response) -> Result<T> {
    let mut place = None;
    read_single(response, T::slot(&mut place), T::NAME)?;
    place.ok_or_else(|| {
        let message = "the answer is of another kind".to_owned();
        Error::mismatch(message, "value".to_owned(), T::NAME, &response.body)
    })
}

fn read_single(response: &Response, slot: Slot<'_>, expected: &'static str) -> Result<()> {
    let value = match (codec::decode_json(response.text(), expected)?, &slot) {
        (Value::Object(mut object), _) if object.contains_key("value") => {
            object.remove("value").unwrap_or_default()
        }
        (value, _) => value,
    };
    // A value of the wrong kind leaves the slot empty, which the caller notices.
    let _ = codec::fill_slot(slot, value, codec::Context::default());
    Ok(())
}
