//! A service in memory, and a client of it.
#![allow(dead_code, unreachable_pub, reason = "each test needs some of it")]

use std::sync::atomic::{AtomicUsize, Ordering};

use docbind_runtime::auth::StaticToken;
use docbind_runtime::codegen::Node;
use docbind_runtime::transport::{ByteStream, Fault, MemoryTransport, Sent};
use docbind_runtime::{Client, MemoryClock};
use futures_util::FutureExt;

pub type Reply = Result<http::Response<ByteStream>, Fault>;

#[expect(clippy::unnecessary_wraps, reason = "an answer can be a fault, too")]
pub fn reply(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Ok(response.body(ByteStream::from_bytes(body.to_owned())).expect("a response"))
}

/// A client whose n-th request is answered by `answer(n, request)`.
pub fn client(
    answer: impl Fn(usize, &Sent) -> Reply + Send + Sync + 'static,
) -> (Node, MemoryTransport, MemoryClock) {
    let count = AtomicUsize::new(0);
    let transport =
        MemoryTransport::new(move |sent| answer(count.fetch_add(1, Ordering::Relaxed), sent));
    let clock = MemoryClock::new();
    let client = Client::builder("https://api.example.com/v1.0")
        .credential(StaticToken::new("t0ken"))
        .transport(transport.clone())
        .clock(clock.clone())
        .build()
        .expect("a client");
    (Node::new(client), transport, clock)
}

pub fn run<T>(future: impl IntoFuture<Output = T>) -> T {
    future.into_future().now_or_never().expect("nothing waits")
}

pub fn token(request: &Sent) -> Option<&str> {
    request.headers().get("authorization")?.to_str().ok()
}
