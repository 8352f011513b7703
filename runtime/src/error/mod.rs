//! One error for everything that can go wrong, opaque, with questions to ask it.

mod service;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use self::service::Complaint;
use crate::response::Response;
use crate::transport::Fault;

/// Why something did not work.
///
/// One line of [`Display`](fmt::Display) says what happened and where. The predicates tell the
/// kinds apart, so that kinds can be added later.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    message: String,
    operation: Option<String>,
    path: Option<String>,
    expected: Option<&'static str>,
    body: Vec<u8>,
    status: Option<StatusCode>,
    complaint: Complaint,
    retry_after: Option<Duration>,
    headers: HeaderMap,
    /// Whether it may work later, where neither kind nor status says so.
    is_transient: bool,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Authentication,
    Connection,
    Content,
    Decode,
    Link,
    Mismatch,
    Request,
    Service,
    Timeout,
    TooLarge,
    Value,
}

/// The result of what can fail with an [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            operation: None,
            path: None,
            expected: None,
            body: Vec::new(),
            status: None,
            complaint: Complaint::default(),
            retry_after: None,
            headers: HeaderMap::new(),
            is_transient: false,
            source: None,
        }))
    }

    /// The request cannot be sent as it was put together.
    pub(crate) fn request(message: impl Into<String>) -> Self {
        Self::new(Kind::Request, message)
    }

    /// A text is not a value of the type.
    pub(crate) fn value(expected: &'static str, text: &str) -> Self {
        let mut error = Self::new(Kind::Value, format!("expected {expected}, found `{text}`"));
        error.0.expected = Some(expected);
        error
    }

    /// A body that is not JSON, or not of the expected shape.
    pub(crate) fn decode(
        source: serde_json::Error,
        path: String,
        expected: &'static str,
        body: &[u8],
    ) -> Self {
        let mut error = Self::new(Kind::Decode, source.to_string());
        error.0.path = Some(path);
        error.0.expected = Some(expected);
        error.0.body = body.to_vec();
        error.0.source = Some(Box::new(source));
        error
    }

    /// Values of the wrong kind, in strict decoding.
    pub(crate) fn mismatch(
        message: String,
        path: String,
        expected: &'static str,
        body: &[u8],
    ) -> Self {
        let mut error = Self::new(Kind::Mismatch, message);
        error.0.path = Some(path);
        error.0.expected = Some(expected);
        error.0.body = body.to_vec();
        error
    }

    /// An answer other than of success.
    pub(crate) fn service(
        status: StatusCode,
        headers: &HeaderMap,
        retry_after: Option<Duration>,
        body: Vec<u8>,
    ) -> Self {
        let mut complaint = Complaint::read(&body);
        if complaint.request_id.is_none() {
            let id = headers.get("request-id").and_then(|id| id.to_str().ok());
            complaint.request_id = id.map(str::to_owned);
        }
        let message = complaint.message.clone();
        let message = message.unwrap_or_else(|| "the service does not say why".to_owned());
        let mut error = Self::new(Kind::Service, message);
        error.0.status = Some(status);
        error.0.complaint = complaint;
        error.0.retry_after = retry_after;
        error.0.headers = headers.clone();
        error.0.body = body;
        error
    }

    /// An error in an answer of success: one whose body is nothing but an error.
    fn in_success(response: &Response) -> Option<Self> {
        let body = response.text();
        // Most bodies are told apart by their first member, without reading them twice.
        let start = body.strip_prefix(b"{")?.trim_ascii_start();
        if !start.starts_with(b"\"error\"") {
            return None;
        }
        let object: serde_json::Map<_, _> = serde_json::from_slice(body).ok()?;
        let complaint = Complaint::read(body);
        complaint.code.as_ref()?;
        if object.keys().any(|name| name != "error" && !name.starts_with('@')) {
            return None;
        }
        let status = StatusCode::from_u16(response.status).ok()?;
        Some(Self::service(status, &response.header_map(), None, response.body.clone()))
    }

    /// What an answer says that is not one of success. Without a clock, a date in it counts from
    /// the one that the answer itself has.
    pub(crate) fn in_response(response: &Response, now: Option<Duration>) -> Option<Self> {
        let status = StatusCode::from_u16(response.status).ok()?;
        if status.is_success() {
            return Self::in_success(response);
        }
        let wait = response.retry_after(now);
        Some(Self::service(status, &response.header_map(), wait, response.body.clone()))
    }

    /// One error for several that waited for the same.
    pub(crate) fn shared(error: &Arc<Self>) -> Self {
        let inner = &error.0;
        Self(Box::new(Inner {
            kind: inner.kind,
            message: inner.message.clone(),
            operation: None,
            path: inner.path.clone(),
            expected: inner.expected,
            body: inner.body.clone(),
            status: inner.status,
            complaint: inner.complaint.clone(),
            retry_after: inner.retry_after,
            headers: inner.headers.clone(),
            is_transient: inner.is_transient,
            source: Some(Box::new(Arc::clone(error))),
        }))
    }

    /// An error of the credential, as one of the call that the token was for. A status says nothing
    /// about what was called, so that none is left; whether it may work later stays.
    pub(crate) fn of_token(mut self) -> Self {
        self.0.is_transient = self.is_retryable();
        let status = self.0.status.take().map_or_else(String::new, |status| format!("{status}: "));
        self.0.message = format!("there is no token: {status}{}", self.0.message);
        if self.is_service() {
            self.0.kind = Kind::Authentication;
        }
        self
    }

    /// Whether nothing got through, so that other requests will not either for now.
    pub(crate) fn is_unreachable(&self) -> bool {
        let fault = self.0.source.as_ref().and_then(|source| source.downcast_ref::<Fault>());
        let is_unsent = fault.is_some_and(|fault| !fault.is_sent());
        is_unsent || self.is_timeout() || self.0.kind == Kind::Authentication
    }

    /// The session of an upload is gone, and the answer that would have closed it was lost.
    pub(crate) fn unconfirmed(mut self) -> Self {
        self.0.message = String::from(
            "the answer to the last piece was lost and the session is gone: the file may be complete",
        );
        self
    }

    /// There is no answer, or it broke off.
    pub(crate) fn connection(fault: Fault) -> Self {
        let kind = if fault.is_timeout() { Kind::Timeout } else { Kind::Connection };
        let mut error = Self::new(kind, fault.to_string());
        error.0.source = Some(Box::new(fault));
        error
    }

    /// It took too long.
    pub(crate) fn timeout(message: impl Into<String>) -> Self {
        Self::new(Kind::Timeout, message)
    }

    /// The body of an answer is in no form that can be read.
    pub(crate) fn content(message: impl Into<String>) -> Self {
        Self::new(Kind::Content, message)
    }

    /// An answer is larger than what is read at once.
    pub(crate) fn too_large(message: impl Into<String>) -> Self {
        Self::new(Kind::TooLarge, message)
    }

    /// A link that is not followed.
    pub(crate) fn link(message: impl Into<String>) -> Self {
        Self::new(Kind::Link, message)
    }

    /// There is no token.
    pub fn authentication(message: impl Into<String>) -> Self {
        Self::new(Kind::Authentication, message)
    }

    /// What it comes from, such as the error of a credential.
    #[must_use]
    pub fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Says which operation it happened in.
    pub(crate) fn of_operation(mut self, operation: impl Into<String>) -> Self {
        self.0.operation = Some(operation.into());
        self
    }

    /// Whether a body could not be read.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Content | Kind::Decode | Kind::Mismatch)
    }

    /// Whether a body could be read, but strict decoding was asked for and a value in it is not of
    /// the documented kind.
    pub fn is_mismatch(&self) -> bool {
        self.0.kind == Kind::Mismatch
    }

    /// Whether the request itself cannot be sent, such as one with an empty key.
    pub fn is_request(&self) -> bool {
        self.0.kind == Kind::Request
    }

    /// Whether a text is not a value of the type that was asked for.
    pub fn is_value(&self) -> bool {
        self.0.kind == Kind::Value
    }

    /// Whether the service answered, and the answer is an error.
    pub fn is_service(&self) -> bool {
        self.0.kind == Kind::Service
    }

    /// Whether there was no answer, or it broke off.
    pub fn is_connection(&self) -> bool {
        self.0.kind == Kind::Connection
    }

    /// Whether it took too long.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == Kind::Timeout
    }

    /// Whether an answer is larger than what the client reads at once.
    pub fn is_too_large(&self) -> bool {
        self.0.kind == Kind::TooLarge
    }

    /// Whether a redirect or the link to the next page was not followed, because it leads in
    /// circles, nowhere, or from https to http.
    pub fn is_link(&self) -> bool {
        self.0.kind == Kind::Link
    }

    /// Whether there is no token, or the service does not accept it (401).
    pub fn is_authentication(&self) -> bool {
        self.0.kind == Kind::Authentication || self.has_status(StatusCode::UNAUTHORIZED)
    }

    /// Whether the caller lacks a permission (403).
    pub fn is_forbidden(&self) -> bool {
        self.has_status(StatusCode::FORBIDDEN)
    }

    /// Whether there is no such object (404).
    pub fn is_not_found(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND)
    }

    /// Whether there is no such object any more (410), or the token of a delta query is too old.
    pub fn is_gone(&self) -> bool {
        self.has_status(StatusCode::GONE)
    }

    /// Whether it contradicts the state of the object, such as a name that is taken (409).
    pub fn is_conflict(&self) -> bool {
        self.has_status(StatusCode::CONFLICT)
    }

    /// Whether the object has changed since the ETag that the request names (412).
    pub fn is_precondition_failed(&self) -> bool {
        self.has_status(StatusCode::PRECONDITION_FAILED)
    }

    /// Whether there were too many requests (429).
    pub fn is_throttled(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the same call may work later: it was throttled, the service was not available, or
    /// the connection failed. Whether it has been done is another question, which only the service
    /// can answer.
    pub fn is_retryable(&self) -> bool {
        let is_transient =
            |status: StatusCode| matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504);
        self.0.is_transient
            || self.is_connection()
            || self.is_timeout()
            || self.0.status.is_some_and(is_transient)
    }

    fn has_status(&self, status: StatusCode) -> bool {
        self.0.status == Some(status)
    }

    pub(crate) fn status_code(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The status code of the answer.
    pub fn status(&self) -> Option<u16> {
        self.0.status.map(|status| status.as_u16())
    }

    /// The code of the error: `itemNotFound`.
    pub fn code(&self) -> Option<&str> {
        self.0.complaint.code.as_deref()
    }

    /// The codes inside of that, each more precise than the one before it.
    pub fn inner_codes(&self) -> &[String] {
        &self.0.complaint.inner_codes
    }

    /// What went wrong, as the service says it; else what this error says of itself.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What the service calls the request. Its support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.0.complaint.request_id.as_deref()
    }

    /// How long the service asks to wait before the next attempt.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The value of a header of the answer, whatever the case of its name: why a token was refused
    /// (`WWW-Authenticate`, with the claims that another one needs), where a delta query begins
    /// anew (`Location`). None where there was no answer.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    /// The operation, as method and path template.
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// Where in the JSON document it happened: `value[3].from`.
    pub fn json_path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }

    /// The type that was expected.
    pub fn expected(&self) -> Option<&str> {
        self.0.expected
    }

    /// The body that could not be read, or that of an error; else empty.
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = &self.0.operation {
            write!(formatter, "{operation}: ")?;
        }
        if self.is_decode() && self.0.kind != Kind::Content {
            let expected = self.0.expected.unwrap_or("value");
            write!(formatter, "cannot read the body as `{expected}`")?;
            if let Some(path) = self.0.path.as_deref().filter(|path| !path.is_empty()) {
                write!(formatter, ", at `{path}`")?;
            }
            formatter.write_str(": ")?;
        }
        if let Some(status) = self.0.status {
            write!(formatter, "{status}: ")?;
        }
        for code in self.0.complaint.code.iter().chain(&self.0.complaint.inner_codes) {
            write!(formatter, "{code}: ")?;
        }
        // One line, whatever the service sends.
        let mut words = self.0.message.split_whitespace();
        formatter.write_str(words.next().unwrap_or_default())?;
        for word in words {
            write!(formatter, " {word}")?;
        }
        if let Some(id) = self.request_id() {
            write!(formatter, " (request {id})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.to_string())
            .field("body", &Excerpt(&self.0.body))
            .finish()
    }
}

/// The beginning of a body, which may be as large as answers get.
struct Excerpt<'a>(&'a [u8]);

impl fmt::Debug for Excerpt<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 500;
        let start = &self.0[..self.0.len().min(LONGEST)];
        write!(formatter, "{:?}", String::from_utf8_lossy(start))?;
        if self.0.len() > LONGEST {
            write!(formatter, "… ({} bytes)", self.0.len())?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
