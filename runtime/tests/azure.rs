//! A credential of the Azure SDK as one of ours.

mod service;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use azure_core::credentials::{AccessToken, TokenCredential, TokenRequestOptions};
use azure_core::error::{Error, ErrorKind};
use azure_core::time::OffsetDateTime;
use docbind_runtime::auth::AzureCredential;
use docbind_runtime::codegen::Node;
use docbind_runtime::transport::MemoryTransport;
use docbind_runtime::{Client, MemoryClock, Value};

use self::service::{reply, run, token};

/// Gives so many tokens that last an hour each, the first from the beginning of 1970 on.
#[derive(Debug)]
struct Fake(AtomicUsize, usize);

#[async_trait::async_trait]
impl TokenCredential for Fake {
    async fn get_token(
        &self,
        scopes: &[&str],
        _: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        assert_eq!(scopes, ["https://api.example.com/.default"]);
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        if number >= self.1 {
            return Err(Error::with_message(ErrorKind::Credential, "nobody is signed in"));
        }
        let hours = i64::try_from(number).expect("few") + 1;
        let end = OffsetDateTime::from_unix_timestamp(3600 * hours).expect("a time");
        Ok(AccessToken::new(format!("azure{number}"), end))
    }
}

fn client(tokens: usize) -> (Node, MemoryTransport, MemoryClock) {
    let transport = MemoryTransport::new(|_| reply(200, &[], "{}"));
    let clock = MemoryClock::new();
    let client = Client::builder("https://api.example.com/v1.0")
        .credential(AzureCredential::new(Arc::new(Fake(AtomicUsize::new(0), tokens))))
        .transport(transport.clone())
        .clock(clock.clone())
        .build()
        .expect("a client");
    (Node::new(client), transport, clock)
}

#[test]
fn its_tokens_are_kept_until_shortly_before_they_expire() {
    let (node, transport, clock) = client(2);
    for minutes in [0, 50, 8] {
        clock.advance(Duration::from_secs(60 * minutes));
        run(node.get::<Value>("/me")).expect("an answer");
    }
    let sent = transport.sent();
    let tokens: Vec<_> = sent.iter().filter_map(token).collect();
    assert_eq!(tokens, ["Bearer azure0", "Bearer azure0", "Bearer azure1"]);
}

#[test]
fn its_errors_are_those_of_a_call_without_a_token() {
    let (node, transport, _) = client(0);
    let error = run(node.get::<Value>("/me")).expect_err("no token");
    assert!(error.is_authentication());
    assert_eq!(error.to_string(), "GET /me: there is no token: nobody is signed in");
    assert!(transport.sent().is_empty());
}
