//! Tokens, from an identity platform in memory.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use docbind_runtime::auth::{AccessToken, ClientSecret, Cloud, Credential, DeviceCode};
use docbind_runtime::transport::{BoxFuture, ByteStream, Fault, MemoryTransport, Sent};
use docbind_runtime::{Client, Clock, Error, MemoryClock, Result};
use futures_util::FutureExt;

const SCOPE: &str = "https://graph.microsoft.com/.default";

fn platform(
    answer: impl Fn(usize, &Sent) -> (u16, &'static str) + Send + Sync + 'static,
) -> (MemoryTransport, MemoryClock) {
    let count = AtomicUsize::new(0);
    let transport = MemoryTransport::new(move |sent| {
        let (status, body) = answer(count.fetch_add(1, Ordering::Relaxed), sent);
        let mut response = http::Response::new(ByteStream::from_bytes(body));
        *response.status_mut() = http::StatusCode::from_u16(status).expect("a status");
        Ok(response)
    });
    (transport, MemoryClock::new())
}

fn token(credential: &impl Credential) -> Result<AccessToken> {
    let scopes = [SCOPE.to_owned()];
    credential.token(&scopes, false).now_or_never().expect("nothing waits")
}

fn form(sent: &Sent) -> &str {
    std::str::from_utf8(sent.body()).expect("text")
}

#[test]
fn a_secret_is_exchanged_for_a_token() {
    let (transport, clock) = platform(|_, _| {
        (200, r#"{"token_type": "Bearer", "expires_in": 3599, "access_token": "T"}"#)
    });
    let credential = ClientSecret::new("contoso.com", "app", "s&cret")
        .authority(Cloud::US_GOVERNMENT.authority)
        .transport(transport.clone())
        .clock(clock);
    let token = token(&credential).expect("a token");
    assert_eq!(token.secret.expose(), "T");
    assert_eq!(token.expires_on, Some(Duration::from_secs(3599)));
    let sent = &transport.sent()[0];
    assert_eq!(sent.uri(), "https://login.microsoftonline.us/contoso.com/oauth2/v2.0/token");
    assert_eq!(sent.headers()["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(
        form(sent),
        "grant_type=client%5Fcredentials&client_id=app&client_secret=s%26cret&\
         scope=https%3A%2F%2Fgraph%2Emicrosoft%2Ecom%2F%2Edefault"
    );
}

#[test]
fn a_secret_that_is_refused_says_why_and_stays_one() {
    let (transport, clock) = platform(|_, _| {
        (401, r#"{"error": "invalid_client", "error_description": "AADSTS7000215: Invalid."}"#)
    });
    let credential =
        ClientSecret::new("contoso.com", "app", "s3cret").transport(transport).clock(clock);
    let error: Error = token(&credential).expect_err("refused");
    assert!(error.is_authentication());
    assert_eq!(error.code(), Some("invalid_client"));
    let shown = format!("{error} {error:?} {credential:?}");
    assert!(shown.contains("AADSTS7000215") && !shown.contains("s3cret"), "{shown}");
}

#[test]
fn what_the_platform_refuses_is_no_answer_of_the_service() {
    let (transport, clock) = platform(|_, _| (404, r#"{"error": "invalid_request"}"#));
    let credential =
        ClientSecret::new("t", "app", "s").transport(transport.clone()).clock(clock.clone());
    let client = Client::builder("https://graph.microsoft.com/v1.0")
        .credential(credential)
        .transport(transport)
        .clock(clock)
        .build()
        .expect("a client");
    let request = docbind_runtime::codegen::Node::new(client).get::<docbind_runtime::Value>("/me");
    let error = request.into_future().now_or_never().expect("nothing waits").expect_err("no token");
    assert!(error.is_authentication() && !error.is_not_found(), "{error}");
    assert_eq!(error.code(), Some("invalid_request"));
}

#[test]
fn a_tenant_leads_nowhere_else() {
    let (transport, clock) = platform(|_, _| (200, "{}"));
    let credential =
        ClientSecret::new("x/../../evil", "app", "s").transport(transport.clone()).clock(clock);
    assert!(token(&credential).is_err());
    assert!(transport.sent().is_empty());
}

#[test]
fn an_answer_that_is_no_token_is_an_error() {
    for body in ["", "<html>", "[]", "{}", r#"{"access_token": 7}"#] {
        let (transport, clock) = platform(move |_, _| (200, body));
        let credential = ClientSecret::new("t", "app", "s").transport(transport).clock(clock);
        assert!(token(&credential).expect_err("no token").is_authentication());
    }
}

const CODE: &str = r#"{"device_code": "D", "user_code": "ABC", "verification_uri": "https://x",
    "expires_in": 900, "interval": 5, "message": "Enter ABC at https://x."}"#;
const PENDING: &str = r#"{"error": "authorization_pending"}"#;
const TOKEN: &str = r#"{"access_token": "T", "expires_in": "3600", "refresh_token": "R"}"#;

#[test]
fn someone_signs_in_once_and_is_renewed() {
    let (transport, clock) = platform(|number, sent| match number {
        0 => (200, CODE),
        1 => (400, PENDING),
        2 => (400, r#"{"error": "slow_down"}"#),
        3 => (200, TOKEN),
        _ => {
            assert!(form(sent).contains("grant_type=refresh%5Ftoken"), "{}", form(sent));
            assert!(form(sent).contains("refresh_token=R"));
            (200, TOKEN)
        }
    });
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let credential = DeviceCode::new("common", "app", move |prompt| {
        seen.lock().expect("no panic").push(prompt.message.clone());
    })
    .transport(transport)
    .clock(clock.clone());
    assert_eq!(token(&credential).expect("a token").secret.expose(), "T");
    let waits: Vec<_> = clock.slept().iter().map(Duration::as_secs).collect();
    assert_eq!(waits, [5, 5, 10]);
    token(&credential).expect("a token");
    assert_eq!(*asked.lock().expect("no panic"), ["Enter ABC at https://x."]);
}

#[test]
fn nobody_signs_in() {
    let (transport, clock) = platform(|number, _| match number {
        0 => (200, CODE),
        _ => (400, PENDING),
    });
    let credential =
        DeviceCode::new("common", "app", |_| {}).transport(transport).clock(clock.clone());
    assert!(token(&credential).expect_err("nobody").is_authentication());
    assert!(clock.now() >= Duration::from_secs(900));
}

#[test]
fn a_refresh_token_that_has_expired_leads_to_another_sign_in() {
    let (transport, clock) = platform(|number, _| match number {
        0 | 3 => (200, CODE),
        2 => (400, r#"{"error": "invalid_grant"}"#),
        _ => (200, TOKEN),
    });
    let credential =
        DeviceCode::new("common", "app", |_| {}).transport(transport.clone()).clock(clock);
    token(&credential).expect("a token");
    token(&credential).expect("a token");
    assert_eq!(transport.sent().len(), 5);
}

#[test]
fn many_callers_wait_for_one_token() {
    let (transport, clock) = platform(|_, sent| match sent.uri().path() {
        "/t/oauth2/v2.0/token" => (200, TOKEN),
        _ => (200, "{}"),
    });
    let credential =
        ClientSecret::new("t", "app", "s").transport(transport.clone()).clock(clock.clone());
    let client = Client::builder("https://graph.microsoft.com/v1.0")
        .cloud(Cloud::CHINA)
        .credential(credential)
        .transport(transport.clone())
        .clock(clock)
        .build()
        .expect("a client");
    let node = docbind_runtime::codegen::Node::new(client);
    let calls = (0..50).map(|_| node.get::<docbind_runtime::Value>("/me").into_future());
    let answers = futures_util::future::join_all(calls).now_or_never().expect("nothing waits");
    assert!(answers.iter().all(Result::is_ok));
    let tokens =
        transport.sent().iter().filter(|sent| sent.uri().path().ends_with("/token")).count();
    assert_eq!(tokens, 1);
    assert_eq!(transport.sent()[1].uri(), "https://microsoftgraph.chinacloudapi.cn/v1.0/me");
}

#[test]
fn a_lifetime_without_end_is_no_panic() {
    const LONG: &str = r#"{"access_token": "T", "expires_in": 18446744073709551615,
        "interval": 5, "device_code": "D"}"#;
    let (transport, clock) = platform(|_, _| (200, LONG));
    clock.advance(Duration::from_secs(1_800_000_000));
    let credential =
        ClientSecret::new("t", "app", "s").transport(transport.clone()).clock(clock.clone());
    assert_eq!(token(&credential).expect("a token").expires_on, Some(Duration::MAX));
    let (transport, clock) = platform(|number, _| match number {
        0 => (200, LONG),
        1 => (400, r#"{"error": "slow_down"}"#),
        _ => (200, TOKEN),
    });
    let credential = DeviceCode::new("t", "app", |_| {}).transport(transport).clock(clock);
    token(&credential).expect("a token");
}

#[test]
fn a_fault_on_the_way_to_a_token_is_met_with_another_attempt() {
    for (status, body) in [(0, ""), (503, ""), (504, ""), (429, "")] {
        let (transport, clock) = faulty(move |number| match number {
            0 => (status, body),
            _ => (200, TOKEN),
        });
        let credential = ClientSecret::new("t", "app", "s").transport(transport).clock(clock);
        assert_eq!(token(&credential).expect("a token").secret.expose(), "T", "{status}");
    }
}

/// A platform whose answers with status 0 get lost.
fn faulty(
    answer: impl Fn(usize) -> (u16, &'static str) + Send + Sync + 'static,
) -> (MemoryTransport, MemoryClock) {
    let count = AtomicUsize::new(0);
    let transport = MemoryTransport::new(move |_| {
        let (status, body) = answer(count.fetch_add(1, Ordering::Relaxed));
        let status = http::StatusCode::from_u16(status);
        let status = status.map_err(|_| Fault::sent("connection reset"))?;
        let mut response = http::Response::new(ByteStream::from_bytes(body));
        *response.status_mut() = status;
        Ok(response)
    });
    (transport, MemoryClock::new())
}

fn error_of_a_call(status: u16) -> Error {
    let (transport, clock) = faulty(move |_| (status, ""));
    let credential =
        ClientSecret::new("t", "app", "s").transport(transport.clone()).clock(clock.clone());
    let client = Client::builder("https://graph.microsoft.com/v1.0")
        .credential(credential)
        .transport(transport)
        .clock(clock)
        .build()
        .expect("a client");
    let request = docbind_runtime::codegen::Node::new(client).get::<docbind_runtime::Value>("/me");
    request.into_future().now_or_never().expect("nothing waits").expect_err("no token")
}

#[test]
fn a_fault_of_the_platform_is_told_from_one_of_the_service() {
    let error = error_of_a_call(0);
    assert_eq!(error.to_string(), "GET /me: there is no token: connection reset");
    assert!(error.is_connection() && error.is_retryable());
    let error = error_of_a_call(503);
    assert_eq!(
        error.to_string(),
        "GET /me: there is no token: 503 Service Unavailable: the service does not say why"
    );
    assert!(error.is_authentication() && error.is_retryable() && error.status().is_none());
    assert!(!error_of_a_call(400).is_retryable());
}

#[test]
fn a_fault_while_someone_signs_in_is_no_end_of_it() {
    let (transport, clock) = faulty(|number| match number {
        0 => (200, CODE),
        1 => (400, PENDING),
        2 | 3 => (0, ""),
        4 => (503, ""),
        _ => (200, TOKEN),
    });
    let credential =
        DeviceCode::new("common", "app", |_| {}).transport(transport).clock(clock.clone());
    assert_eq!(token(&credential).expect("a token").secret.expose(), "T");
    // The attempts have their own time-outs, which the clock has slept through, too.
    let waits: Vec<_> = clock.slept().iter().map(Duration::as_secs).collect();
    assert_eq!(waits, [5, 5, 10, 20, 40]);
}

/// Waits for one turn of the executor, and then stands at the time it was to wait for.
#[derive(Debug, Clone, Default)]
struct Turns(MemoryClock);

impl Clock for Turns {
    fn now(&self) -> Duration {
        self.0.now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let clock = self.0.clone();
        let mut is_first = true;
        Box::pin(std::future::poll_fn(move |_| {
            if std::mem::take(&mut is_first) {
                return Poll::Pending;
            }
            clock.advance(duration);
            Poll::Ready(())
        }))
    }
}

#[test]
fn a_code_outlives_the_call_that_asked_for_it() {
    let (transport, _) = platform(|number, _| match number {
        0 => (200, CODE),
        1 => (400, PENDING),
        _ => (200, TOKEN),
    });
    let asked = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&asked);
    let credential = DeviceCode::new("common", "app", move |_| {
        seen.fetch_add(1, Ordering::Relaxed);
    })
    .transport(transport.clone())
    .clock(Turns::default());
    let scopes = [SCOPE.to_owned()];
    let mut context = Context::from_waker(Waker::noop());
    // Whoever calls gives up while it waits, and so does the second.
    for polls in [1, 2] {
        let mut call = credential.token(&scopes, false);
        for _ in 0..polls {
            assert!(call.as_mut().poll(&mut context).is_pending());
        }
    }
    let mut call = credential.token(&scopes, false);
    let mut polls = 0;
    let token = loop {
        polls += 1;
        assert!(polls < 100, "it never ends");
        if let Poll::Ready(token) = call.as_mut().poll(&mut context) {
            break token;
        }
    };
    assert_eq!(token.expect("a token").secret.expose(), "T");
    assert_eq!(asked.load(Ordering::Relaxed), 1, "nobody is asked for another code");
}

#[test]
fn someone_signs_in_before_the_first_call() {
    let (transport, clock) = platform(|number, sent| match number {
        0 => (200, CODE),
        1 => (200, r#"{"access_token": "T", "expires_in": 3600}"#),
        _ => panic!("{}", form(sent)),
    });
    let credential =
        DeviceCode::new("common", "app", |_| {}).transport(transport.clone()).clock(clock);
    let signed_in = credential.sign_in([SCOPE]).now_or_never().expect("nothing waits");
    signed_in.expect("signed in");
    // A copy has signed in, too, although there is no refresh token.
    assert_eq!(token(&credential.clone()).expect("a token").secret.expose(), "T");
    assert_eq!(transport.sent().len(), 2);
}

#[test]
fn what_someone_has_to_do_leads_to_another_sign_in() {
    for code in ["interaction_required", "consent_required", "login_required"] {
        let body: &'static str = format!(r#"{{"error": "{code}"}}"#).leak();
        let (transport, clock) = platform(move |number, _| match number {
            0 | 3 => (200, CODE),
            2 => (400, body),
            _ => (200, TOKEN),
        });
        let credential =
            DeviceCode::new("common", "app", |_| {}).transport(transport.clone()).clock(clock);
        token(&credential).expect("a token");
        token(&credential).expect("a token");
        assert_eq!(transport.sent().len(), 5);
    }
}

#[test]
fn a_secret_is_not_sent_in_plain_text() {
    let (transport, clock) = platform(|_, _| (200, TOKEN));
    let credential = |authority: &str| {
        ClientSecret::new("t", "app", "s3cret")
            .authority(authority)
            .transport(transport.clone())
            .clock(clock.clone())
    };
    let error = token(&credential("http://login.example.org")).expect_err("plain text");
    assert!(error.to_string().contains("`http://login.example.org` without encryption"), "{error}");
    assert!(transport.sent().is_empty());
    token(&credential("http://127.0.0.1:8080")).expect("a token");
}

#[test]
fn each_cloud_has_its_own_places() {
    for (cloud, authority, service) in [
        (Cloud::GLOBAL, "login.microsoftonline.com", "graph.microsoft.com"),
        (Cloud::US_GOVERNMENT, "login.microsoftonline.us", "graph.microsoft.us"),
        (Cloud::US_DEFENSE, "login.microsoftonline.us", "dod-graph.microsoft.us"),
        (Cloud::CHINA, "login.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn"),
    ] {
        let (transport, clock) = platform(|_, _| (200, TOKEN));
        let credential = ClientSecret::new("t", "app", "s")
            .authority(cloud.authority)
            .transport(transport.clone())
            .clock(clock.clone());
        let client = Client::builder("https://graph.microsoft.com/beta")
            .cloud(cloud)
            .credential(credential)
            .transport(transport.clone())
            .clock(clock)
            .build()
            .expect("a client");
        let request =
            docbind_runtime::codegen::Node::new(client).get::<docbind_runtime::Value>("/me");
        request.into_future().now_or_never().expect("nothing waits").expect("an answer");
        let sent = transport.sent();
        assert_eq!(sent[0].uri().to_string(), format!("https://{authority}/t/oauth2/v2.0/token"));
        let scope =
            format!("scope=https%3A%2F%2F{}", service.replace('.', "%2E").replace('-', "%2D"));
        assert!(form(&sent[0]).contains(&scope), "{}", form(&sent[0]));
        assert_eq!(sent[1].uri().to_string(), format!("https://{service}/beta/me"));
    }
}
