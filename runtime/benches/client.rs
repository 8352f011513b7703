//! How many requests per second the typed client makes against a server on loopback, beside bare
//! reqwest with serde_json on the same calls. `cargo bench --bench client`; what counts is the ratio
//! within one run. `-- SECONDS` says how long each of the rounds takes.
#![expect(clippy::print_stdout, reason = "a benchmark, which prints figures")]

mod messages;
mod rounds;

use std::convert::Infallible;
use std::net::SocketAddr;

use bytes::Bytes;
use docbind_runtime::auth::StaticToken;
use docbind_runtime::{Client, Method, Page, Request, Retry};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;

use self::messages::{DerivedMessage, DerivedPage, Message, text};

/// A call, in both ways.
#[derive(Clone, Copy, Debug)]
enum Call {
    Get,
    List,
    Create,
}

fn main() {
    let seconds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(1.0);
    let address = serve();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    println!("{:<34} {:>9} {:>9} {:>6}", "requests per second", "typed", "bare", "ratio");
    for (call, name) in [
        (Call::Get, "an object of 1.7 kB"),
        (Call::List, "a page of 25 objects, 43 kB"),
        (Call::Create, "an object sent and answered"),
    ] {
        for tasks in [1, 8] {
            let (typed, bare) = runtime.block_on(compare(call, tasks, seconds, address));
            let name = format!("{name}, {tasks} at once");
            println!("{name:<34} {typed:>9.0} {bare:>9.0} {:>6.2}", typed / bare);
        }
    }
}

async fn compare(call: Call, tasks: usize, seconds: f64, address: SocketAddr) -> (f64, f64) {
    let typed = Client::builder(format!("http://{address}"))
        .credential(StaticToken::new("t0ken"))
        .retry(Retry::never())
        .build()
        .expect("a client");
    let bare = reqwest::Client::new();
    let url = format!("http://{address}");
    rounds::compare(tasks, seconds, || self::typed(call, &typed), || self::bare(call, &bare, &url))
        .await
}

async fn typed(call: Call, client: &Client) {
    match call {
        Call::Get => {
            let request: Request<Message> = client.request(Method::GET, "/message");
            let message = request.await.expect("an answer");
            assert_eq!(message.size, Some(4711));
        }
        Call::List => {
            let request: Request<Page<Message>> = client.request(Method::GET, "/messages");
            let page = request.query("$top", 25).await.expect("an answer");
            assert_eq!(page.value.len(), 25);
        }
        Call::Create => {
            let message = Message {
                subject: Some("What is new".to_owned()),
                categories: Some(vec!["red".to_owned()]),
                ..Message::default()
            };
            let request: Request<Message> = client.request(Method::POST, "/message");
            let message = request.json::<Message>(message).await.expect("an answer");
            assert_eq!(message.size, Some(4711));
        }
    }
}

async fn bare(call: Call, client: &reqwest::Client, url: &str) {
    let send = async |request: reqwest::RequestBuilder| {
        let response = request.bearer_auth("t0ken").send().await.expect("an answer");
        response.error_for_status().expect("success").bytes().await.expect("a body")
    };
    match call {
        Call::Get => {
            let body = send(client.get(format!("{url}/message"))).await;
            let message: DerivedMessage = serde_json::from_slice(&body).expect("decodes");
            assert_eq!(message.size, Some(4711));
        }
        Call::List => {
            let body = send(client.get(format!("{url}/messages?$top=25"))).await;
            let page: DerivedPage = serde_json::from_slice(&body).expect("decodes");
            assert_eq!(page.value.len(), 25);
        }
        Call::Create => {
            let message = DerivedMessage {
                subject: Some("What is new".to_owned()),
                categories: Some(vec!["red".to_owned()]),
                ..DerivedMessage::default()
            };
            let body = serde_json::to_vec(&message).expect("encodes");
            let request = client.post(format!("{url}/message")).body(body);
            let body = send(request.header("content-type", "application/json")).await;
            let message: DerivedMessage = serde_json::from_slice(&body).expect("decodes");
            assert_eq!(message.size, Some(4711));
        }
    }
}

/// A server in a thread of its own, which is a process of its own as far as the client can tell.
fn serve() -> SocketAddr {
    let list = Bytes::from(text(25));
    let page: serde_json::Value = serde_json::from_slice(&text(1)).expect("JSON");
    let object = Bytes::from(page["value"][0].to_string());
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            sender.send(listener.local_addr().expect("an address")).expect("someone listens");
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                stream.set_nodelay(true).expect("a socket");
                let (list, object) = (list.clone(), object.clone());
                let service = service_fn(move |request: hyper::Request<Incoming>| {
                    let (list, object) = (list.clone(), object.clone());
                    async move {
                        let is_list = request.uri().path() == "/messages";
                        request.into_body().collect().await.expect("a body");
                        let body = Full::new(if is_list { list } else { object });
                        let response = hyper::Response::builder()
                            .header("content-type", "application/json")
                            .body(body)
                            .expect("a response");
                        Ok::<_, Infallible>(response)
                    }
                });
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service),
                );
            }
        });
    });
    receiver.recv().expect("an address")
}
