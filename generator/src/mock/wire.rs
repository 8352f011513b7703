//! The mock on a socket: HTTP/1.1, with or without TLS.

use std::error::Error as StdError;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Incoming};
use hyper::header::{CONTENT_LENGTH, HOST, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::message::{Answer, Call};
use super::service::Service;
use super::tls::Acceptor;

/// How long requests that have begun may take when the mock is to end.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// How long to wait when the system has no more sockets.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// What the mock stands on.
pub(super) struct Socket {
    pub(super) listener: TcpListener,
    pub(super) tls: Option<Acceptor>,
    pub(super) address: SocketAddr,
}

impl Socket {
    /// Where callers find the mock who say nothing about it.
    pub(super) fn base(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }
}

/// Answers until it is told to stop; what has begun then has a little time to end.
pub(super) async fn serve(socket: Socket, service: Arc<Service>, mut stop: watch::Receiver<bool>) {
    let base: Arc<str> = socket.base().into();
    let graceful = GracefulShutdown::new();
    // Dropped with this future, which ends all connections.
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = socket.listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
            _ = stop.changed() => break,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        // Answers are small, and a test waits for each of them.
        let _ = stream.set_nodelay(true);
        let (service, base, watcher) =
            (Arc::clone(&service), Arc::clone(&base), graceful.watcher());
        match socket.tls.clone() {
            None => {
                connections.spawn(connection(stream, service, base, watcher));
            }
            Some(tls) => {
                connections.spawn(async move {
                    if let Some(stream) = tls.accept(stream).await {
                        connection(stream, service, base, watcher).await;
                    }
                });
            }
        }
    }
    drop(socket.listener);
    let _ = tokio::time::timeout(LAST_WAIT, graceful.shutdown()).await;
}

async fn connection<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    stream: S,
    service: Arc<Service>,
    base: Arc<str>,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let answer = service_fn(move |request| {
        let (service, base) = (Arc::clone(&service), Arc::clone(&base));
        async move { exchange(request, &service, &base).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), answer);
    // Faults of a connection are the caller's affair, or were asked for.
    let _ = watcher.watch(connection).await;
}

/// The connection ends without an answer, because a fault was asked for.
#[derive(Debug)]
struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the connection was to be dropped")
    }
}

impl StdError for Dropped {}

async fn exchange(
    request: hyper::Request<Incoming>,
    service: &Service,
    base: &str,
) -> Result<hyper::Response<Full<Bytes>>, Dropped> {
    let (head, body) = request.into_parts();
    let base = reached_by(&head, base);
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let headers = head.headers.iter().map(|(name, value)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    let mut call = Call {
        method: head.method.as_str().to_owned(),
        target,
        headers: headers.collect(),
        body: Bytes::new(),
        base,
    };
    let limit = service.body_limit();
    let is_too_long = body.size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX);
    let reply = if is_too_long {
        tokio::spawn(tokio::time::timeout(LAST_WAIT, drained(body)));
        service.refuse_body(&call)
    } else {
        match Limited::new(body, limit).collect().await {
            Ok(body) => {
                call.body = body.to_bytes();
                service.reply(&call)
            }
            Err(error) if error.is::<http_body_util::LengthLimitError>() => {
                service.refuse_body(&call)
            }
            // The caller went away in the middle of its request.
            Err(_) => return Err(Dropped),
        }
    };
    if !reply.delay.is_zero() {
        tokio::time::sleep(reply.delay).await;
    }
    reply.answer.map(written).ok_or(Dropped)
}

/// Reads what is on its way to the end, so that a caller who is still sending gets to read the
/// answer: a connection that ends with bytes unread loses it.
async fn drained(mut body: Incoming) {
    while let Some(Ok(_)) = body.frame().await {}
}

/// The mock's URL as the caller wrote it, which may be by another name than its address.
fn reached_by(head: &hyper::http::request::Parts, base: &str) -> String {
    let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
    let is_host = |host: &&str| {
        !host.is_empty()
            && host.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']')
            })
    };
    match (host.filter(is_host), base.split_once("://")) {
        (Some(host), Some((scheme, _))) => format!("{scheme}://{host}"),
        _ => base.to_owned(),
    }
}

fn written(answer: Answer) -> hyper::Response<Full<Bytes>> {
    let mut response = hyper::Response::new(Full::new(answer.body));
    let status = hyper::StatusCode::from_u16(answer.status);
    *response.status_mut() = status.unwrap_or(hyper::StatusCode::OK);
    for (name, value) in &answer.headers {
        // A header that the docs show, and that none can be.
        let (Ok(name), Ok(value)) =
            (HeaderName::try_from(name.as_str()), HeaderValue::try_from(value.as_str()))
        else {
            continue;
        };
        if name != CONTENT_LENGTH {
            response.headers_mut().append(name, value);
        }
    }
    response
}
