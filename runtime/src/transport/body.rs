//! Bodies: bytes that are there, and bytes that are still to come.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};

use super::Fault;

/// The body of a request.
pub enum Payload {
    /// Bytes; none of them for no body.
    Bytes(Bytes),
    /// Bytes to come.
    Stream {
        /// The bytes.
        stream: ByteStream,
        /// How many there are, where that is known. It goes out as `Content-Length`.
        length: Option<u64>,
    },
}

/// Without the bytes: they may be secret.
impl fmt::Debug for Payload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(formatter, "Bytes({} bytes)", bytes.len()),
            Self::Stream { length: Some(length), .. } => {
                write!(formatter, "Stream({length} bytes)")
            }
            Self::Stream { length: None, .. } => formatter.write_str("Stream"),
        }
    }
}

impl Payload {
    /// No body.
    pub fn empty() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl Default for Payload {
    fn default() -> Self {
        Self::empty()
    }
}

/// Bytes to come, piece by piece.
pub struct ByteStream(Pin<Box<dyn Stream<Item = Result<Bytes, Fault>> + Send>>);

impl ByteStream {
    /// The pieces of the stream.
    pub fn new(stream: impl Stream<Item = Result<Bytes, Fault>> + Send + 'static) -> Self {
        Self(Box::pin(stream))
    }

    /// No bytes.
    pub fn empty() -> Self {
        Self::new(stream::empty())
    }

    /// These bytes, in one piece.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self::new(stream::once(async { Ok(bytes) }))
    }

    /// The next piece. None after the last.
    pub async fn next(&mut self) -> Option<Result<Bytes, Fault>> {
        self.0.next().await
    }

    /// All bytes, or none when there are more than `limit`.
    pub(crate) async fn read_to_end(mut self, limit: u64) -> Result<Option<Vec<u8>>, Fault> {
        let mut bytes = Vec::new();
        while let Some(piece) = self.next().await {
            let piece = piece?;
            if (bytes.len() + piece.len()) as u64 > limit {
                return Ok(None);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(Some(bytes))
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Fault>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ByteStream").finish_non_exhaustive()
    }
}
