//! HTTP by `reqwest`.

use bytes::Bytes;
use futures_util::StreamExt;

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
            let (head, payload) = request.into_parts();
            let mut builder =
                self.0.request(head.method, head.uri.to_string()).headers(head.headers);
            builder = match payload {
                Payload::Bytes(bytes) if bytes.is_empty() => builder,
                Payload::Bytes(bytes) => builder.body(bytes),
                Payload::Stream { stream, length } => {
                    if let Some(length) = length {
                        builder = builder.header(http::header::CONTENT_LENGTH, length);
                    }
                    builder.body(reqwest::Body::wrap_stream(stream))
                }
            };
            let response = builder.send().await.map_err(fault)?;
            let response: http::Response<reqwest::Body> = response.into();
            let (head, body) = response.into_parts();
            let pieces = reqwest::Response::from(http::Response::new(body)).bytes_stream();
            let stream = pieces.map(|piece: reqwest::Result<Bytes>| piece.map_err(fault));
            Ok(http::Response::from_parts(head, ByteStream::new(stream)))
        })
    }
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
