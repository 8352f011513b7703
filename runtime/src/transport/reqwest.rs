//! HTTP by `reqwest`.

use bytes::Bytes;
use futures_util::StreamExt;
use http::header;

use super::{BoxFuture, ByteStream, Fault, Payload, Transport};

/// Sends requests by `reqwest`, on the runtime of tokio.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// A transport with reqwest's own settings: connections are kept, TLS by rustls, proxies as the
    /// environment says.
    ///
    /// Fails where TLS cannot be set up.
    pub fn new() -> Result<Self, Fault> {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build();
        client.map(Self).map_err(Fault::not_sent)
    }

    /// A transport over a client that has been set up elsewhere. It must not follow redirects
    /// itself (`redirect::Policy::none()`): it would take the token along.
    pub fn with_client(client: reqwest::Client) -> Self {
        Self(client)
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Payload>,
    ) -> BoxFuture<'_, Result<http::Response<ByteStream>, Fault>> {
        Box::pin(async move {
            let mut received = self.0.execute(outgoing(request)?).await.map_err(fault)?;
            let mut response = http::Response::new(());
            *response.status_mut() = received.status();
            *response.version_mut() = received.version();
            *response.headers_mut() = std::mem::take(received.headers_mut());
            let pieces = received.bytes_stream();
            let stream = pieces.map(|piece: reqwest::Result<Bytes>| piece.map_err(fault));
            Ok(response.map(|()| ByteStream::new(stream)))
        })
    }
}

/// The request as reqwest wants it.
fn outgoing(request: http::Request<Payload>) -> Result<reqwest::Request, Fault> {
    let (head, payload) = request.into_parts();
    let url = reqwest::Url::parse(&head.uri.to_string()).map_err(Fault::not_sent)?;
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    match payload {
        Payload::Bytes(bytes) if bytes.is_empty() => {}
        Payload::Bytes(bytes) => *request.body_mut() = Some(bytes.into()),
        Payload::Stream { stream, length } => {
            if let Some(length) = length {
                request.headers_mut().insert(header::CONTENT_LENGTH, length.into());
            }
            *request.body_mut() = Some(reqwest::Body::wrap_stream(stream));
        }
    }
    Ok(request)
}

/// The URL may hold what is secret, such as that of an upload session.
fn fault(error: reqwest::Error) -> Fault {
    let is_sent = !(error.is_connect() || error.is_builder());
    let is_timeout = error.is_timeout();
    let error = error.without_url();
    match (is_sent, is_timeout) {
        (false, _) => Fault::not_sent(error),
        (true, true) => Fault::timeout(error),
        (true, false) => Fault::sent(error),
    }
}
