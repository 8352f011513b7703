//! What an answer holds when it is no object.

/// The answer to a request whose work goes on after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted {
    /// Where to ask how far the work is.
    pub location: Option<String>,
    /// How long to wait before asking.
    pub retry_after: Option<std::time::Duration>,
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
