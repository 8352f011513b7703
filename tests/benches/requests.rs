//! How many requests per second the generated client makes against `docbind mock` on loopback,
//! beside bare reqwest with types of serde's derive on the same calls.
//! `cargo bench -p docbind-benches --bench requests`; what counts is the ratio within one run.
//! `-- SECONDS` says how long each of the rounds takes.
//!
//! The mock makes up most of each call. What the client alone costs shows against a server that
//! does nothing: `cargo bench -p docbind-runtime --bench client`.
#![expect(clippy::print_stdout, reason = "a benchmark, which prints figures")]

#[path = "../../runtime/benches/rounds/mod.rs"]
mod rounds;

use std::path::Path;

use docbind::mock::Mock;
use msgraph::runtime::Retry;
use msgraph::runtime::auth::StaticToken;
use msgraph::{Graph, Message, user};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A call, in both ways.
#[derive(Clone, Copy, Debug)]
enum Call {
    Get,
    List,
    Create,
}

fn main() {
    let seconds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(1.0);
    let base_url = serve();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    println!("{:<34} {:>9} {:>9} {:>6}", "requests per second", "typed", "bare", "ratio");
    for (call, name) in [
        (Call::Get, "a user"),
        (Call::List, "a page of 25 users"),
        (Call::Create, "a message sent and answered"),
    ] {
        for tasks in [1, 8] {
            let (typed, bare) = runtime.block_on(compare(call, tasks, seconds, &base_url));
            let name = format!("{name}, {tasks} at once");
            println!("{name:<34} {typed:>9.0} {bare:>9.0} {:>6.2}", typed / bare);
        }
    }
}

async fn compare(call: Call, tasks: usize, seconds: f64, base_url: &str) -> (f64, f64) {
    let client = Graph::builder()
        .base_url(base_url)
        .credential(StaticToken::new("t0ken"))
        .retry(Retry::never())
        .build()
        .expect("a client");
    let graph = Graph::with(client);
    let bare = Bare { client: reqwest::Client::new(), base_url: base_url.to_owned() };
    rounds::compare(tasks, seconds, || typed(call, &graph), || bare.call(call)).await
}

async fn typed(call: Call, graph: &Graph) {
    match call {
        Call::Get => {
            let user = graph.users().by_id("nadia@contoso.com").get().await.expect("an answer");
            assert!(user.expect("a user").display_name.is_some());
        }
        Call::List => {
            let list = graph.users().list().select((user::ID, user::DISPLAY_NAME)).top(25);
            assert_eq!(list.await.expect("an answer").value.len(), 25);
        }
        Call::Create => {
            let draft = Message::new().subject("Varnish").categories(vec!["red".to_owned()]);
            let message = graph.me().messages().create(draft).await.expect("an answer");
            assert!(message.id.is_some());
        }
    }
}

/// What a program has that is written by hand.
struct Bare {
    client: reqwest::Client,
    base_url: String,
}

impl Bare {
    async fn call(&self, call: Call) {
        match call {
            Call::Get => {
                let request = self.client.get(format!("{}/users/nadia@contoso.com", self.base_url));
                let user: DerivedUser = send(request).await;
                assert!(user.display_name.is_some());
            }
            Call::List => {
                let query = "$select=id,displayName&$top=25";
                let request = self.client.get(format!("{}/users?{query}", self.base_url));
                let page: DerivedPage = send(request).await;
                assert_eq!(page.value.len(), 25);
            }
            Call::Create => {
                let draft = DerivedMessage {
                    subject: Some("Varnish".to_owned()),
                    categories: Some(vec!["red".to_owned()]),
                    ..DerivedMessage::default()
                };
                let body = serde_json::to_vec(&draft).expect("encodes");
                let request = self.client.post(format!("{}/me/messages", self.base_url)).body(body);
                let request = request.header("content-type", "application/json");
                let message: DerivedMessage = send(request).await;
                assert!(message.id.is_some());
            }
        }
    }
}

async fn send<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> T {
    let response = request.bearer_auth("t0ken").send().await.expect("an answer");
    let response = response.error_for_status().expect("success");
    serde_json::from_slice(&response.bytes().await.expect("a body")).expect("decodes")
}

#[derive(Deserialize)]
struct DerivedPage {
    value: Vec<DerivedUser>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "they are decoded, as a program does")]
struct DerivedUser {
    id: Option<String>,
    display_name: Option<String>,
    given_name: Option<String>,
    surname: Option<String>,
    job_title: Option<String>,
    mail: Option<String>,
    mobile_phone: Option<String>,
    office_location: Option<String>,
    preferred_language: Option<String>,
    user_principal_name: Option<String>,
    business_phones: Option<Vec<String>>,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct DerivedMessage {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    categories: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_preview: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_draft: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    web_link: Option<String>,
}

/// The mock, in a thread with a runtime of its own: another process as far as the client can tell.
/// Says the base URL of its v1.0.
fn serve() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs-input");
    let api = docbind::load(&root, Some("v1.0")).expect("docs-input can be read").api;
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let mock = Mock::new(api).pages("user-list", 1_000, 25).log(0);
            let running = mock.start().await.expect("a free port");
            let url = format!("{}/v1.0", running.base_url());
            sender.send(url).expect("someone listens");
            std::future::pending::<()>().await;
        });
    });
    receiver.recv().expect("a URL")
}
