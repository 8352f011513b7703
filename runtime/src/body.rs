//! What a request carries.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde_json::Value;

use crate::transport::ByteStream;

/// What a request carries.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub enum Body {
    /// Nothing.
    #[default]
    Empty,
    /// JSON text.
    Json(Bytes),
    /// Bytes of some content type.
    Bytes {
        /// The content type, unless a header says it.
        content_type: Option<String>,
        /// The bytes.
        bytes: Bytes,
    },
    /// Bytes to come.
    Stream(StreamBody),
}

/// Without the bytes: they may be secret.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("Empty"),
            Self::Json(bytes) => write!(formatter, "Json({} bytes)", bytes.len()),
            Self::Bytes { content_type, bytes } => {
                let content_type = content_type.as_deref().unwrap_or("of the header's type");
                write!(formatter, "Bytes({} bytes, {content_type})", bytes.len())
            }
            Self::Stream(stream) => stream.fmt(formatter),
        }
    }
}

impl Body {
    /// The bytes as they are sent; none of a stream.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Empty | Self::Stream(_) => &[],
            Self::Json(bytes) | Self::Bytes { bytes, .. } => bytes,
        }
    }

    /// The body as JSON, if it is.
    pub fn to_json(&self) -> Option<Value> {
        match self {
            Self::Json(bytes) => serde_json::from_slice(bytes).ok(),
            Self::Empty | Self::Bytes { .. } | Self::Stream(_) => None,
        }
    }
}

/// A stream that can be sent once, by one of the copies of its request. So a request with it is
/// not sent again when it fails.
#[derive(Clone)]
pub struct StreamBody(Arc<Mutex<Option<Measured>>>);

/// A stream, and how many bytes it has where that is known.
type Measured = (ByteStream, Option<u64>);

impl StreamBody {
    /// The stream, and how many bytes it has where that is known.
    pub fn new(stream: ByteStream, length: impl Into<Option<u64>>) -> Self {
        Self(Arc::new(Mutex::new(Some((stream, length.into())))))
    }

    pub(crate) fn take(&self) -> Option<Measured> {
        self.place().take()
    }

    pub(crate) fn is_taken(&self) -> bool {
        self.place().is_none()
    }

    fn place(&self) -> MutexGuard<'_, Option<Measured>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PartialEq for StreamBody {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for StreamBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("StreamBody").field("is_taken", &self.is_taken()).finish()
    }
}
