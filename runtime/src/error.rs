//! One error for everything that can go wrong, opaque, with questions to ask it.

use std::fmt;

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
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Decode,
    Mismatch,
    Request,
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

    /// Says which operation it happened in.
    pub(crate) fn of_operation(mut self, operation: impl Into<String>) -> Self {
        self.0.operation = Some(operation.into());
        self
    }

    /// Whether a body could not be read.
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Decode | Kind::Mismatch)
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

    /// The body that could not be read; else empty.
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = &self.0.operation {
            write!(formatter, "{operation}: ")?;
        }
        if self.is_decode() {
            let expected = self.0.expected.unwrap_or("value");
            write!(formatter, "cannot read the body as `{expected}`")?;
            if let Some(path) = self.0.path.as_deref().filter(|path| !path.is_empty()) {
                write!(formatter, ", at `{path}`")?;
            }
            formatter.write_str(": ")?;
        }
        formatter.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.to_string())
            .field("body", &String::from_utf8_lossy(&self.0.body))
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
