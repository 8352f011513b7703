//! The seam to the network: a request as plain data goes in, an answer comes out.

mod body;
mod memory;
#[cfg(feature = "reqwest")]
mod reqwest;

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;

#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
pub use body::{ByteStream, Payload};
pub use memory::{MemoryTransport, Sent};

/// A future in a box, as a trait that is used behind `dyn` has to return.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What sends requests.
///
/// It sends a request once, as it is: it follows no redirect, repeats nothing, and adds no token.
/// The [`Client`](crate::Client) does that, the same for every transport. It returns as soon as the
/// head of the answer has arrived; the body follows as a stream.
///
/// A future that is dropped gives the request up. Behind an [`Arc`](std::sync::Arc), several clients
/// share a transport.
///
/// # Examples
///
/// ```
/// use docbind_runtime::transport::{BoxFuture, ByteStream, Fault, Payload, Transport};
///
/// /// Answers everything with 204.
/// #[derive(Debug)]
/// struct Nothing;
///
/// impl Transport for Nothing {
///     fn send(
///         &self,
///         _: http::Request<Payload>,
///     ) -> BoxFuture<'_, Result<http::Response<ByteStream>, Fault>> {
///         let mut response = http::Response::new(ByteStream::empty());
///         *response.status_mut() = http::StatusCode::NO_CONTENT;
///         Box::pin(async { Ok(response) })
///     }
/// }
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends the request, whose URI is absolute.
    fn send(
        &self,
        request: http::Request<Payload>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, Fault>>;
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(
        &self,
        request: http::Request<Payload>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, Fault>> {
        (**self).send(request)
    }
}

/// Why a request got no answer.
#[derive(Debug)]
pub struct Fault {
    is_sent: bool,
    is_timeout: bool,
    source: Box<dyn StdError + Send + Sync>,
}

impl Fault {
    /// The service cannot have seen any of the request: there was no connection. It is safe to send
    /// it again, whatever it does.
    pub fn not_sent(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { is_sent: false, is_timeout: false, source: source.into() }
    }

    /// The service may have seen the request, and may have done what it asks.
    pub fn sent(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { is_sent: true, is_timeout: false, source: source.into() }
    }

    /// The service may have seen the request, and took longer than it may.
    pub fn timeout(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { is_sent: true, is_timeout: true, source: source.into() }
    }

    /// Whether the service may have seen the request.
    pub fn is_sent(&self) -> bool {
        self.is_sent
    }

    /// Whether it took too long.
    pub fn is_timeout(&self) -> bool {
        self.is_timeout
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(formatter)?;
        // Transports say the kind of the fault, and what they wrap the fault itself.
        let mut source = self.source.source();
        while let Some(error) = source {
            write!(formatter, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

impl StdError for Fault {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
