//! What goes wrong on real sockets, with the system's clock. Each wait is a part of a second.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use docbind_runtime::auth::{AccessToken, ClientSecret, Credential, DeviceCode, StaticToken};
use docbind_runtime::transport::{BoxFuture, ByteStream};
use docbind_runtime::{
    Client, ClientBuilder, Content, Error, Method, Page, Reference, Request, Result, Retry, Value,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a connection gets for a request.
struct Reply {
    text: String,
    then: Then,
}

#[derive(Clone, Copy)]
enum Then {
    /// The next request may come.
    Keep,
    Close,
    /// Nothing more comes, and the connection stays.
    Stall,
}

fn reply(text: impl Into<String>, then: Then) -> Reply {
    Reply { text: text.into(), then }
}

fn json(body: &str) -> Reply {
    let length = body.len();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
    reply(format!("{head}\r\nContent-Length: {length}\r\n\r\n{body}"), Then::Keep)
}

/// A server whose n-th request is answered by `answer(n, request)`. Gives its base URL and how many
/// requests there were.
async fn serve(
    answer: impl Fn(usize, &str) -> Reply + Send + Sync + 'static,
) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    let (answer, count) = (Arc::new(answer), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, Arc::clone(&answer), Arc::clone(&counted)));
        }
    });
    (base_url, count)
}

async fn converse(
    mut stream: TcpStream,
    answer: Arc<impl Fn(usize, &str) -> Reply>,
    count: Arc<AtomicUsize>,
) {
    let mut received = Vec::new();
    loop {
        let mut buffer = [0; 4096];
        let Ok(length @ 1..) = stream.read(&mut buffer).await else { return };
        received.extend_from_slice(&buffer[..length]);
        let text = String::from_utf8_lossy(&received).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let expected = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then(|| value.parse().ok())?
        });
        if body.len() < expected.unwrap_or(0) {
            continue;
        }
        let Reply { text, then } = answer(count.fetch_add(1, Ordering::SeqCst), &text);
        if stream.write_all(text.as_bytes()).await.is_err() {
            return;
        }
        match then {
            Then::Keep => received.clear(),
            Then::Close => return,
            Then::Stall => pending().await,
        }
    }
}

fn builder(base_url: &str) -> ClientBuilder {
    let soon = Duration::from_millis(1);
    Client::builder(base_url)
        .credential(StaticToken::new("t0ken"))
        .retry(Retry::default().first_wait(soon))
}

fn client(base_url: &str) -> Client {
    builder(base_url).build().expect("a client")
}

async fn get(client: &Client) -> Result<Value> {
    client.request(Method::GET, "/thing").await
}

async fn post(client: &Client) -> Result<Value> {
    client.request(Method::POST, "/thing").json::<Value>(Value::from(1)).await
}

const TRUNCATED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\": ";
const BROKEN_CHUNK: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"a\"";

#[tokio::test]
async fn a_truncated_body_is_asked_for_again() {
    for broken in [TRUNCATED, BROKEN_CHUNK] {
        let (url, count) = serve(move |number, _| match number {
            0 | 1 => reply(broken, Then::Close),
            _ => json(r#"{"a": 1}"#),
        })
        .await;
        assert_eq!(get(&client(&url)).await.expect("an answer")["a"], 1);
        assert_eq!(count.load(Ordering::SeqCst), 3);
    }
}

#[tokio::test]
async fn a_body_that_stays_truncated_is_an_error_and_the_client_goes_on() {
    let (url, count) = serve(|number, _| match number {
        0..4 => reply(TRUNCATED, Then::Close),
        _ => json("{}"),
    })
    .await;
    let client = client(&url);
    let error = get(&client).await.expect_err("a fault");
    assert!(error.is_connection() && error.is_retryable(), "{error:?}");
    assert_eq!(error.operation(), Some("GET /thing"));
    assert_eq!(count.load(Ordering::SeqCst), 4);
    get(&client).await.expect("an answer");
}

#[tokio::test]
async fn a_post_whose_answer_breaks_off_is_not_repeated() {
    let (url, count) = serve(|number, _| match number {
        0 => reply(TRUNCATED, Then::Close),
        _ => reply("", Then::Close),
    })
    .await;
    let client = client(&url);
    assert!(post(&client).await.expect_err("a fault").is_connection());
    assert_eq!(count.load(Ordering::SeqCst), 1);
    // Nor is one that got no answer at all.
    assert!(post(&client).await.expect_err("a fault").is_connection());
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn html_says_what_was_expected_and_keeps_the_body() {
    let html = "<html>Sign in, please</html>";
    let text = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{html}", html.len());
    let (url, _) = serve(move |_, _| reply(text.clone(), Then::Keep)).await;
    let error = get(&client(&url)).await.expect_err("no JSON");
    assert!(error.is_decode());
    assert_eq!(error.body(), html.as_bytes());
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let error = post(&client(&url)).await.expect_err("a fault");
    assert!(error.is_connection(), "{error:?}");
    assert!(error.to_string().starts_with("POST /thing: "), "{error}");
    assert!(!error.to_string().contains("127.0.0.1/"), "no URL: {error}");
}

#[tokio::test]
async fn a_server_that_stalls_costs_the_time_of_an_attempt() {
    // Before the head, and in the body.
    for text in ["", TRUNCATED] {
        let (url, count) = serve(move |number, _| match number {
            0 => reply(text, Then::Stall),
            _ => json("{}"),
        })
        .await;
        let client = builder(&url).attempt_timeout(Duration::from_millis(60)).build();
        get(&client.expect("a client")).await.expect("an answer to the second attempt");
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn a_server_that_stalls_for_ever_costs_the_time_of_the_call() {
    let (url, count) = serve(|_, _| reply("", Then::Stall)).await;
    let client = builder(&url)
        .attempt_timeout(Duration::from_millis(60))
        .timeout(Duration::from_millis(150))
        .build()
        .expect("a client");
    let error = get(&client).await.expect_err("a time-out");
    assert!(error.is_timeout() && error.is_retryable(), "{error:?}");
    assert!((2..=3).contains(&count.load(Ordering::SeqCst)));
    let error = post(&client).await.expect_err("a time-out");
    assert_eq!(error.to_string(), "POST /thing: the service did not answer in time");
}

#[tokio::test]
async fn a_download_that_stalls_is_no_end_of_it() {
    let (url, _) = serve(|_, _| reply(TRUNCATED, Then::Stall)).await;
    let client = builder(&url).attempt_timeout(Duration::from_millis(60)).build();
    let request: Request<Content> = client.expect("a client").request(Method::GET, "/content");
    let mut download = request.download().await.expect("a download");
    assert_eq!(download.length, Some(100));
    assert_eq!(&download.next().await.expect("a piece").expect("bytes")[..], b"{\"a\": ");
    let error = download.next().await.expect("an end").expect_err("a time-out");
    assert!(error.is_timeout(), "{error:?}");
    assert!(download.next().await.is_none());
}

/// Gives numbered tokens, and a new one when the last was refused.
#[derive(Debug, Default)]
struct Numbered(AtomicUsize);

impl Credential for Numbered {
    fn token<'a>(&'a self, _: &'a [String], _: bool) -> BoxFuture<'a, Result<AccessToken>> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(AccessToken::new(format!("t{number}"))) })
    }
}

#[tokio::test]
async fn a_token_that_expires_in_the_middle_is_replaced() {
    let seen = Arc::new(std::sync::Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let url = Arc::new(std::sync::OnceLock::<String>::new());
    let base = Arc::clone(&url);
    let (found, _) = serve(move |number, head| {
        let token = head.lines().find_map(|line| line.strip_prefix("authorization: "));
        kept.lock().expect("no panic").push(token.unwrap_or_default().to_owned());
        if number >= 2 && token == Some("Bearer t0") {
            return reply("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", Then::Keep);
        }
        let mut page = serde_json::json!({"value": [{"@odata.id": number.to_string()}]});
        if number < 4 {
            let base = base.get().expect("a URL");
            page["@odata.nextLink"] = format!("{base}/things?$skiptoken={number}").into();
        }
        json(&page.to_string())
    })
    .await;
    url.set(found.clone()).expect("once");
    let client = builder(&found).credential(Numbered::default()).build().expect("a client");
    let request: Request<Page<Reference>> = client.request(Method::GET, "/things");
    let items = request.items().collect_up_to(100).await.expect("items");
    let ids: Vec<_> = items.iter().filter_map(|item| item.odata_id.as_deref()).collect();
    assert_eq!(ids, ["0", "1", "3", "4"]);
    let seen = seen.lock().expect("no panic");
    assert_eq!(*seen, ["Bearer t0", "Bearer t0", "Bearer t0", "Bearer t1", "Bearer t1"]);
}

#[tokio::test]
async fn a_redirect_to_another_host_gets_no_token() {
    let (other, count) = serve(|_, head| {
        assert!(!head.to_lowercase().contains("authorization"), "{head}");
        assert!(!head.contains("s3cret"), "{head}");
        reply("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", Then::Keep)
    })
    .await;
    let (url, _) = serve(move |_, head| {
        assert!(head.contains("Bearer t0ken"), "{head}");
        let head = "HTTP/1.1 302 Found\r\nContent-Length: 0";
        reply(format!("{head}\r\nLocation: {other}/file?sig=1\r\n\r\n"), Then::Keep)
    })
    .await;
    let request: Request<Content> = client(&url).request(Method::GET, "/content");
    let content = request.header("X-Secret", "s3cret").await.expect("content");
    assert_eq!(content.bytes, b"abc");
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_body_that_is_a_stream_arrives() {
    let (url, count) = serve(|_, head| {
        assert!(head.contains("content-length: 6"), "{head}");
        json("{}")
    })
    .await;
    let pieces = ["abc", "def"].map(|piece| Ok(bytes::Bytes::from(piece)));
    let stream = ByteStream::new(futures_util::stream::iter(pieces));
    let request: Request<Value> = client(&url).request(Method::PUT, "/content");
    request.stream(stream, 6).await.expect("an answer");
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_the_client_usable() {
    let (url, _) = serve(|number, _| match number {
        0 => reply("", Then::Stall),
        _ => json("{}"),
    })
    .await;
    let client = client(&url);
    let given_up = tokio::time::timeout(Duration::from_millis(60), get(&client)).await;
    assert!(given_up.is_err());
    get(&client).await.expect("an answer");
}

/// The identity platform and the service, on one port.
async fn platform(
    token: impl Fn(usize, &str) -> Option<&'static str> + Send + Sync + 'static,
) -> (String, Arc<AtomicUsize>) {
    let polls = AtomicUsize::new(0);
    serve(move |_, text| {
        let (head, form) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let place = head.split(' ').nth(1).unwrap_or_default();
        match place {
            "/contoso.com/oauth2/v2.0/devicecode" => json(
                r#"{"device_code": "D", "user_code": "ABC", "verification_uri": "https://x",
                    "expires_in": 900, "interval": 1, "message": "Enter ABC."}"#,
            ),
            "/contoso.com/oauth2/v2.0/token" => {
                assert!(head.contains("application/x-www-form-urlencoded"), "{head}");
                if let Some(body) = token(polls.fetch_add(1, Ordering::SeqCst), form) {
                    return json(body);
                }
                let body = r#"{"error": "authorization_pending"}"#;
                let head = "HTTP/1.1 400 Bad Request\r\nContent-Length";
                reply(format!("{head}: {}\r\n\r\n{body}", body.len()), Then::Keep)
            }
            _ if head.contains("Bearer T") => json(r#"{"a": 1}"#),
            _ => reply("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", Then::Keep),
        }
    })
    .await
}

#[tokio::test]
async fn a_secret_is_exchanged_for_a_token() {
    let (url, count) = platform(|number, form| {
        assert!(form.contains("client_secret=s%26cret"), "{form}");
        assert!(form.contains("grant_type=client%5Fcredentials"), "{form}");
        assert_eq!(number, 0, "one token serves all calls");
        Some(r#"{"token_type": "Bearer", "expires_in": 3599, "access_token": "T"}"#)
    })
    .await;
    let credential = ClientSecret::new("contoso.com", "app", "s&cret").authority(&url);
    let client = Client::builder(&url).credential(credential).build().expect("a client");
    let calls = futures_util::future::join_all((0..8).map(|_| get(&client))).await;
    assert!(calls.iter().all(|answer| answer.as_ref().is_ok_and(|answer| answer["a"] == 1)));
    assert_eq!(count.load(Ordering::SeqCst), 9);
}

#[tokio::test]
async fn someone_signs_in_on_another_device() {
    let (url, count) = platform(|number, form| match number {
        0 => None,
        1 => {
            assert!(form.contains("device_code=D"), "{form}");
            Some(r#"{"expires_in": 1, "access_token": "T0", "refresh_token": "R"}"#)
        }
        _ => {
            assert!(form.contains("refresh_token=R"), "{form}");
            Some(r#"{"expires_in": 3599, "access_token": "T1", "refresh_token": "R"}"#)
        }
    })
    .await;
    let asked = Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let credential = DeviceCode::new("contoso.com", "app", move |prompt| {
        seen.lock().expect("no panic").push(prompt.message.clone());
    })
    .authority(&url);
    let scope = format!("{url}/.default");
    credential.sign_in([scope]).await.expect("signed in");
    assert_eq!(count.load(Ordering::SeqCst), 3);
    let client = Client::builder(&url).credential(credential).build().expect("a client");
    get(&client).await.expect("an answer");
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    get(&client).await.expect("an answer by another token");
    assert_eq!(*asked.lock().expect("no panic"), ["Enter ABC."]);
    assert_eq!(count.load(Ordering::SeqCst), 6);
}

/// A document of JSON, as gzip packs it.
const PACKED: [u8; 28] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 74, 84, 178, 82, 48, 172, 5, 0, 151, 142, 161, 251,
    8, 0, 0, 0,
];

/// Answers in gzip, whatever is asked for. Gives what was asked for.
async fn packing() -> (String, tokio::task::JoinHandle<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut buffer = [0; 4096];
        let length = stream.read(&mut buffer).await.expect("a request");
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 28\r\n\r\n";
        stream.write_all(head.as_bytes()).await.expect("a connection");
        stream.write_all(&PACKED).await.expect("a connection");
        String::from_utf8_lossy(&buffer[..length]).to_lowercase().contains("accept-encoding")
    });
    (url, asked)
}

#[tokio::test]
async fn packed_answers_come_only_with_the_feature() {
    let (url, asked) = packing().await;
    let answer = get(&client(&url)).await;
    if cfg!(feature = "gzip") {
        assert_eq!(answer.expect("an answer")["a"], 1);
    } else {
        let error: Error = answer.expect_err("packed");
        assert!(error.to_string().contains("`gzip`"), "{error}");
    }
    assert_eq!(asked.await.expect("no panic"), cfg!(feature = "gzip"));
}
