//! A transport for tests: what is to be answered stands in memory, and what was sent, too.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::{BoxFuture, ByteStream, Fault, Payload, Transport};

/// A transport that answers by a function, and remembers what it was sent.
///
/// # Examples
///
/// ```
/// use docbind_runtime::transport::MemoryTransport;
///
/// let transport = MemoryTransport::replying([
///     http::Response::builder().status(200).body(r#"{"displayName": "Adele"}"#)?,
/// ]);
/// assert!(transport.sent().is_empty());
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone)]
pub struct MemoryTransport(Arc<Shared>);

struct Shared {
    answer: Answer,
    sent: Mutex<Vec<Sent>>,
}

type Answer = Box<dyn Fn(&Sent) -> Result<http::Response<ByteStream>, Fault> + Send + Sync>;

/// A request as it was sent.
pub type Sent = http::Request<Vec<u8>>;

impl MemoryTransport {
    /// A transport that answers each request by `answer`.
    pub fn new<F>(answer: F) -> Self
    where
        F: Fn(&Sent) -> Result<http::Response<ByteStream>, Fault> + Send + Sync + 'static,
    {
        Self(Arc::new(Shared { answer: Box::new(answer), sent: Mutex::default() }))
    }

    /// A transport that answers with these, one after the other, and after the last with a fault.
    pub fn replying<B: Into<Vec<u8>>>(
        responses: impl IntoIterator<Item = http::Response<B>>,
    ) -> Self {
        let responses = responses.into_iter().map(|response| response.map(Into::into));
        let responses: Mutex<VecDeque<http::Response<Vec<u8>>>> = Mutex::new(responses.collect());
        Self::new(move |_| {
            let next = responses.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let response = next.ok_or_else(|| Fault::not_sent("there is no further answer"))?;
            Ok(response.map(ByteStream::from_bytes))
        })
    }

    /// What has been sent so far.
    pub fn sent(&self) -> Vec<Sent> {
        self.0.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Transport for MemoryTransport {
    fn send(
        &self,
        request: http::Request<Payload>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, Fault>> {
        Box::pin(async move {
            let (head, payload) = request.into_parts();
            let body = match payload {
                Payload::Bytes(bytes) => bytes.to_vec(),
                Payload::Stream { stream, .. } => {
                    stream.read_to_end(u64::MAX).await?.unwrap_or_default()
                }
            };
            let request = http::Request::from_parts(head, body);
            let response = (self.0.answer)(&request);
            self.0.sent.lock().unwrap_or_else(PoisonError::into_inner).push(request);
            response
        })
    }
}

impl fmt::Debug for MemoryTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("MemoryTransport").finish_non_exhaustive()
    }
}
