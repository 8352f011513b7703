//! The generated client against the mock, over real HTTP.
//!
//! Every documented example, each way of calling, and a service that is ill.

#![expect(clippy::print_stdout, reason = "the summary counts what was sent")]

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use docbind::mock::{Mock, Outcome, Received, Running};
use docbind::model::Api;
use docbind_runtime::auth::StaticToken;
use docbind_runtime::transport::ReqwestTransport;
use docbind_runtime::{Batch, Body, Change, Client, Object, Patch, Retry, Upload};
use docbind_tests::examples::{Exceptions, Report};
use docbind_tests::over_http;
use docbind_tests::runner::{self, Way};
use msgraph::{DriveItem, Graph, Message, MessageUpdate, User};

fn docs_input() -> Api {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    docbind::load(&root, None).expect("docs-input can be read").api
}

fn mock() -> Mock {
    Mock::new(docs_input())
}

async fn start(mock: Mock) -> (Running, Client, Graph) {
    let running = mock.start().await.expect("a free port");
    let client = connect(&running, "v1.0");
    let graph = Graph::with(client.clone());
    (running, client, graph)
}

/// A client that tries often, and waits little.
fn connect(mock: &Running, version: &str) -> Client {
    Client::builder(format!("{}/{version}", mock.base_url()))
        .credential(StaticToken::new("secret"))
        .retry(Retry::default().attempts(20).first_wait(Duration::from_millis(1)))
        .build()
        .expect("a client")
}

/// How many requests of this method and path were done.
fn done(received: &[Received], method: &str, path: &str) -> usize {
    let is_it = |it: &&Received| it.method == method && it.path() == path && it.outcome.is_done();
    received.iter().filter(is_it).count()
}

fn fault(text: &str) -> docbind::mock::Fault {
    text.parse().expect("a fault")
}

#[tokio::test]
async fn every_documented_example() {
    let api = docs_input();
    let running = Mock::new(api.clone()).start().await.expect("a free port");
    let [stable, beta] = api.versions.as_slice() else { panic!("v1.0 and beta") };
    let (client, other) = (connect(&running, "v1.0"), connect(&running, "beta"));
    let tables = msgraph::v1::examples::TABLES;
    let mut report = over_http::replay(stable, &Graph::offline(), &client, tables).await;
    let tables = msgraph::beta::examples::TABLES;
    let more = over_http::replay(beta, &msgraph::beta::Graph::offline(), &other, tables).await;
    report.requests += more.requests;
    report.responses += more.responses;
    report.untyped += more.untyped;
    report.by_name += more.by_name;
    report.failures.extend(more.failures);
    check("docs-input", &report, include_str!("mock/docs-input.txt"));
    assert!(report.responses > 80, "the examples are there");
}

#[test]
fn every_documented_example_of_graph() {
    let Some(root) = std::env::var_os("DOCBIND_GRAPH_DOCS") else {
        println!("DOCBIND_GRAPH_DOCS is not set: the examples of Graph v1.0 are not sent");
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replay");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    let report = runner::run(Path::new(&root), "v1.0", &folder, target, Way::OverHttp);
    assert!(report.responses > 2_000, "the examples are there");
    check("Graph v1.0", &report, include_str!("mock/graph-v1.0.txt"));
}

fn check(name: &str, report: &Report, exceptions: &str) {
    println!(
        "{name}: {} requests, {} answered as documented, {} with nothing to compare; {} by name",
        report.requests, report.responses, report.untyped, report.by_name
    );
    match Exceptions::read(exceptions).check(&report.failures) {
        Ok(classes) => {
            for (class, count) in classes {
                println!("  {count:4} {class}");
            }
        }
        Err(text) => panic!("{name}:\n{text}"),
    }
}

#[tokio::test]
async fn a_list_leads_on_and_ends() {
    let (running, _, graph) = start(mock()).await;
    let mut pages = graph.users().list().top(2).pages();
    let mut sizes = Vec::new();
    let mut ids = BTreeSet::new();
    while let Some(page) = pages.next().await {
        let page = page.expect("a page");
        sizes.push(page.value.len());
        ids.extend(page.value.into_iter().filter_map(|user| user.id));
    }
    assert_eq!(sizes, [2, 2]);
    assert_eq!(ids.len(), 4, "items of different pages are different");
    assert_eq!(running.received().len(), 2);
}

#[tokio::test]
async fn pages_that_never_end_are_an_error_of_the_client() {
    let (_running, _, graph) = start(mock().endless_pages()).await;
    let error = graph.users().list().top(2).items().collect_up_to(1000).await;
    assert!(error.expect_err("a loop").is_link());
}

#[tokio::test]
async fn get_create_update_and_act() {
    let (running, _, graph) = start(mock()).await;
    let me = graph.me().get().await.expect("an answer");
    assert_eq!(me.expect("a user").display_name.as_deref(), Some("Nadia Okafor"));

    let draft = graph.me().messages().create(Message::new().subject("Varnish"));
    assert!(draft.await.expect("a message").id.is_some());

    let update = MessageUpdate::new().subject("Moved").categories(Patch::Null);
    graph.me().messages().by_id("AAMk").update(update).await.expect("the message");
    let body: serde_json::Value =
        serde_json::from_slice(&running.received()[2].body).expect("JSON");
    assert_eq!(body, serde_json::json!({"categories": null, "subject": "Moved"}));

    let send = graph.me().messages().by_id("AAMk").send();
    send.await.expect("it is accepted");
    let operations: Vec<_> =
        running.received().iter().filter_map(|it| it.operation.clone()).collect();
    assert_eq!(operations, ["user-get", "user-post-messages", "message-update", "message-send"]);
}

#[tokio::test]
async fn an_example_is_chosen_by_name() {
    let (_running, _, graph) = start(mock()).await;
    let list = || graph.users().list();
    let found = list().header("Prefer", "example=search_users").await.expect("a page");
    assert_eq!((found.value.len(), found.count), (1, Some(1)));
    let error = list().header("Prefer", "example=nope").await.expect_err("no such example");
    assert_eq!(error.status(), Some(400));
    assert!(error.message().contains("list_users"), "{error}");
}

#[tokio::test]
async fn what_does_not_fit_is_an_error_that_says_where() {
    let (_running, client, graph) = start(mock()).await;
    let cases = [
        ("$selct", "subject", "is it `select`?"),
        ("$select", "subjet", "is it `subject`?"),
        ("$top", "many", "takes a number"),
        ("$orderby", "subject sideways", "takes `asc` or `desc`"),
        ("$expand", "nonsense", "a property `nonsense`"),
        ("$expand", "attachments($slect=id)", "is it `select`?"),
        ("$filter", "(((", "it ends where a value is expected"),
        ("$filter", "recievedDateTime ne null", "is it `receivedDateTime`?"),
    ];
    for (option, value, expected) in cases {
        let error = graph.me().messages().list().query(option, value).await.expect_err(value);
        assert_eq!((error.status(), error.code()), (Some(400), Some("BadRequest")));
        assert!(error.message().contains(expected), "{error}");
        assert!(error.request_id().is_some());
    }
    let bodies = [
        (r#"{"subjet": "x"}"#, "$.subjet", "is it `subject`?"),
        (r#"{"subject": 5}"#, "$.subject", "where a string is documented"),
        (r#"{"body": {"contentType": "rtf"}}"#, "$.body.contentType", "a member of"),
        (r#"{"toRecipients": {}}"#, "$.toRecipients", "a list"),
        (r#"{"subject""#, "no JSON", ""),
    ];
    for (body, place, expected) in bodies {
        let mut request = graph.me().messages().create(Message::new());
        request.body = Body::Json(body.into());
        let error = request.await.expect_err("unfit");
        assert_eq!(error.status(), Some(400), "{body}");
        let message = error.message();
        assert!(message.contains(place) && message.contains(expected), "{error}");
    }
    let mut request = Graph::with(client).users().list();
    request.path = "/usres".to_owned();
    let error = request.await.expect_err("no such path");
    assert!(error.is_not_found());
    assert!(error.message().contains("GET /users (user-list)"), "{error}");
}

#[tokio::test]
async fn what_is_missing_or_doubled_does_not_fit() {
    let (_running, _, graph) = start(mock()).await;
    let refused = |error: docbind_runtime::Error| {
        assert_eq!(error.status(), Some(400), "{error}");
        error.message().to_owned()
    };
    let mut create = graph.users().create(User::new());
    create.body = Body::Json("{}".into());
    let message = refused(create.await.expect_err("an empty object"));
    assert!(message.contains("which is required"), "{message}");

    let mut create = graph.users().create(User::new());
    create.body = Body::Empty;
    let message = refused(create.await.expect_err("no body"));
    assert!(message.contains("the body is empty"), "{message}");
    let mut update = graph.me().messages().by_id("x").update(MessageUpdate::new());
    update.body = Body::Empty;
    refused(update.await.expect_err("no body"));

    let mut list = graph.users().list().query("$select", "id");
    list.query.push(("$select".into(), "mail".into()));
    let message = refused(list.await.expect_err("an option that stands there twice"));
    assert!(message.contains("`$select` stands there twice"), "{message}");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_at_once() {
    let (running, client, _) = start(mock().body_limit(1_000)).await;
    let large = Body::Json(format!(r#"{{"subject": "{}"}}"#, "x".repeat(1 << 20)).into());
    let mut request = Graph::with(client).me().messages().create(Message::new());
    request.body = large;
    let error = request.retry(Retry::never()).await.expect_err("too large");
    assert_eq!(error.status(), Some(413), "{error}");
    assert!(error.request_id().is_some_and(|id| id.len() == 36), "{error}");
    assert_eq!(running.received()[0].outcome, Outcome::Unfit(413));
}

#[tokio::test]
async fn a_client_that_trusts_the_certificate() {
    let running = mock().tls().start().await.expect("a free port");
    assert!(running.base_url().starts_with("https://127.0.0.1:"), "{}", running.base_url());
    let certificate = running.certificate().expect("TLS has one");
    let trusted = reqwest::Certificate::from_pem(certificate.as_bytes()).expect("PEM");
    let trusting = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .tls_certs_only([trusted])
        .build()
        .expect("a client");
    let builder = || {
        Client::builder(format!("{}/v1.0", running.base_url()))
            .credential(StaticToken::new("secret"))
            .retry(Retry::never())
    };
    let client = builder().transport(ReqwestTransport::with_client(trusting)).build();
    let me = Graph::with(client.expect("a client")).me().get().await.expect("an answer");
    assert_eq!(me.expect("a user").display_name.as_deref(), Some("Nadia Okafor"));

    let client = builder().build().expect("a client");
    let error = Graph::with(client).me().get().await.expect_err("nobody vouches for it");
    assert!(error.is_connection(), "{error}");
    assert_eq!(running.received().len(), 1);
}

/// Clients that were made from the service's metadata write bodies and paths in their own way.
#[tokio::test]
async fn what_other_clients_send_fits() {
    let (_running, _, graph) = start(mock()).await;
    let body = r##"{"@odata.type": "#microsoft.graph.sendMail", "SaveToSentItems": true,
        "Message": {"@odata.type": "#microsoft.graph.message", "subject": "x",
        "toRecipients@odata.type": "#Collection(microsoft.graph.recipient)"}}"##;
    for path in ["/me/sendMail", "/me/microsoft.graph.sendMail", "/ME/SENDMAIL"] {
        let mut request = graph.me().messages().by_id("x").send();
        request.path = path.to_owned();
        request.body = Body::Json(body.into());
        let request = request.header("SdkVersion", "other/1.0").header("client-request-id", "7");
        let answer = request.send_full().await.expect("it fits");
        assert_eq!((answer.status, answer.header("client-request-id")), (202, Some("7")));
    }
}

#[tokio::test]
async fn a_delta_is_read_to_its_end_and_again_later() {
    let (_running, _, graph) = start(mock()).await;
    let request =
        graph.me().calendar_view().delta().get("2021-05-01T00:00:00Z", "2021-05-08T00:00:00Z");
    let mut counts = Vec::new();
    let mut removed = 0;
    let mut changes = request.clone().changes();
    for _ in 0..3 {
        let mut count = 0;
        while let Some(change) = changes.next().await {
            if let Change::Removed { .. } = change.expect("a change") {
                removed += 1;
            }
            count += 1;
        }
        counts.push(count);
        let token = changes.token().expect("a token for the next time").clone();
        changes = request.clone().since(&token).changes();
    }
    assert_eq!(counts, [2, 2, 0], "two pages, what has changed since, and then nothing");
    assert_eq!(removed, 1);
}

#[tokio::test]
async fn five_thousand_items_of_a_throttled_server() {
    let mock = mock().pages("user-list", 5_000, 100).fault(fault("429;retry-after=0:1/3"));
    let (running, _, graph) = start(mock).await;
    let users = graph.users().list().items().collect_up_to(usize::MAX).await.expect("all users");
    let ids: BTreeSet<_> = users.iter().filter_map(|user| user.id.as_deref()).collect();
    assert_eq!((users.len(), ids.len()), (5_000, 5_000), "every item once");
    let received = running.received();
    assert_eq!(done(&received, "GET", "/v1.0/users"), 50);
    let refused = received.iter().filter(|it| it.outcome == Outcome::Refused(429)).count();
    assert_eq!(refused, 24, "of 74 requests, each third");
    println!("5,000 items: {} requests, {refused} of them refused", received.len());
}

#[tokio::test]
async fn two_hundred_requests_in_batches_of_a_throttled_server() {
    let (running, client, graph) = start(mock().fault(fault("429;retry-after=0:1/3"))).await;
    let mut batch = Batch::new(&client);
    let tickets: Vec<_> = (0..200)
        .map(|at| batch.add(graph.me().messages().create(Message::new().subject(at.to_string()))))
        .collect();
    let mut answers = batch.send().await;
    for ticket in tickets {
        assert!(answers.take(ticket).expect("a message").id.is_some());
    }
    let received = running.received();
    let subjects: Vec<_> = received
        .iter()
        .filter(|it| it.in_batch && it.outcome.is_done())
        .map(|it| serde_json::from_slice::<Message>(&it.body).expect("a message").subject)
        .collect();
    let different: BTreeSet<_> = subjects.iter().flatten().collect();
    assert_eq!((subjects.len(), different.len()), (200, 200), "each was done once");
    let batches = received.iter().filter(|it| !it.in_batch).count();
    println!("200 requests: {batches} batches, {} in them", received.len() - batches);
}

#[tokio::test]
async fn a_batch_keeps_order_where_it_is_asked_to() {
    let (running, client, graph) = start(mock()).await;
    let mut batch = Batch::new(&client);
    let mut wrong = graph.me().messages().create(Message::new());
    wrong.body = Body::Json(r#"{"subject": 5}"#.into());
    let wrong = batch.add(wrong);
    let after = batch.add_after(graph.me().get(), &[wrong.place()]);
    let count = batch.add(graph.users().count());
    let mut answers = batch.send().await;
    assert_eq!(answers.take(wrong).expect_err("unfit").status(), Some(400));
    assert_eq!(answers.take(after).expect_err("not done").status(), Some(424));
    assert_eq!(answers.take(count).expect("a number"), 4711);
    assert_eq!(running.received().iter().filter(|it| it.in_batch).count(), 2);
}

/// Bytes that differ from each other everywhere, as far as a range can be told from its neighbour.
fn file(length: u32) -> Vec<u8> {
    (0..length / 4).flat_map(|word| word.wrapping_mul(2_654_435_761).to_le_bytes()).collect()
}

async fn upload(mock: Mock) -> (Running, Vec<u8>) {
    let content = file(64 << 20);
    let (running, client, graph) = start(mock.keep_uploads()).await;
    let item = graph.me().drive().root().by_path("Boats/launch.mp4");
    let session =
        item.create_upload_session(msgraph::drive_item::CreateUploadSessionRequest::new());
    let session = session.await.expect("a session");
    let url = session.upload_url.expect("a URL");
    let retry = Retry::default().attempts(10).first_wait(Duration::from_millis(1));
    let upload = Upload::of_bytes(&client, url, content.clone()).retry(retry);
    let item: DriveItem = upload.send().await.expect("the item");
    assert!(item.id.is_some());
    (running, content)
}

/// No byte was lost, none taken twice, and five connections or more broke.
fn check_upload(running: &Running, content: &[u8], expected: Outcome) {
    let uploads = running.uploads();
    let [file] = uploads.as_slice() else { panic!("one session") };
    assert!(file.is_complete);
    assert!(file.content == content, "the file arrived as it was");
    let mut next = 0;
    for range in &file.ranges {
        assert_eq!(range.start, next, "no byte was taken twice, and none left out");
        next = range.end;
    }
    assert_eq!(next, 64 << 20);
    let received = running.received();
    let dropped = received.iter().filter(|it| it.outcome == expected).count();
    assert!(dropped >= 5, "{dropped} dropped connections");
    let with_token = received.iter().filter(|it| it.header("Authorization").is_some());
    assert_eq!(with_token.count(), 1, "the session's URL is the proof: no token goes there");
    println!("64 MB: {} requests, {dropped} of them {expected:?}", received.len());
}

#[tokio::test]
async fn a_large_file_over_connections_that_break() {
    let (running, content) = upload(mock().fault(fault("drop:1/4"))).await;
    check_upload(&running, &content, Outcome::Dropped);
}

#[tokio::test]
async fn a_large_file_whose_answers_get_lost() {
    let (running, content) = upload(mock().fault(fault("drop-answer:1/3"))).await;
    check_upload(&running, &content, Outcome::AnswerDropped);
}

#[tokio::test]
async fn an_upload_that_is_given_up() {
    let (running, client, graph) = start(mock()).await;
    let item = graph.me().drive().root().by_path("Boats/launch.mp4");
    let session =
        item.create_upload_session(msgraph::drive_item::CreateUploadSessionRequest::new());
    let url = session.await.expect("a session").upload_url.expect("a URL");
    Upload::of_bytes(&client, url.clone(), file(400)).cancel().await.expect("it is forgotten");
    let error = Upload::of_bytes(&client, url, file(400)).send::<DriveItem>().await;
    assert!(error.expect_err("no session").is_not_found());
    assert!(running.uploads().is_empty());
}

#[tokio::test]
async fn what_may_have_been_done_is_not_sent_again() {
    let (running, _, graph) = start(mock().fault(fault("drop-answer:1/2"))).await;
    let mut lost = 0;
    for at in 0..10 {
        let draft = graph.me().messages().create(Message::new().subject(at.to_string()));
        if let Err(error) = draft.await {
            assert!(error.is_connection(), "{error}");
            lost += 1;
        }
    }
    assert_eq!(lost, 5);
    assert_eq!(done(&running.received(), "POST", "/v1.0/me/messages"), 10, "each was sent once");
}

#[tokio::test]
async fn faults_by_a_header() {
    let (running, _, graph) = start(mock()).await;
    let get = || graph.me().get();
    let throttled = get().header("X-Mock-Fault", "429; retry-after=0; times=2");
    throttled.await.expect("the third attempt");
    assert_eq!(running.received().len(), 3);

    let error = get().header("X-Mock-Fault", "503; retry-after=7").retry(Retry::never()).await;
    let error = error.expect_err("a fault");
    assert_eq!((error.status(), error.retry_after()), (Some(503), Some(Duration::from_secs(7))));

    let error = get().header("X-Mock-Fault", "drop").retry(Retry::never()).await;
    assert!(error.expect_err("a fault").is_connection());

    let slow = get().header("X-Mock-Fault", "latency=5s").retry(Retry::never());
    let error = slow.attempt_timeout(Duration::from_millis(50)).await.expect_err("a fault");
    assert!(error.is_timeout(), "{error}");

    let error = get().header("X-Mock-Fault", "earthquake").await.expect_err("no such fault");
    assert_eq!(error.status(), Some(400));
}

#[tokio::test]
async fn content_comes_from_where_the_redirect_leads() {
    let (running, _, graph) = start(mock()).await;
    let content = graph.me().drive().items().by_id("01DOC").content();
    let mut download = content.download().await.expect("a download");
    let mut bytes = Vec::new();
    while let Some(piece) = download.next().await {
        bytes.extend(piece.expect("a piece"));
    }
    assert!(!bytes.is_empty());
    assert_eq!(running.received().len(), 2);
}

#[tokio::test]
async fn what_has_no_example_is_made_from_the_types() {
    let (running, _, graph) = start(mock()).await;
    let members = graph.groups().by_id("7").members();
    let references = members.list_refs().await.expect("references");
    let reference = references.value[0].odata_id().expect("a reference");
    assert!(reference.starts_with(running.base_url()), "{reference}");
    graph.me().photo().set_content(vec![1, 2, 3]).await.expect("it is taken");
}

#[tokio::test]
async fn an_error_of_the_environment() {
    let running = mock().start().await.expect("a free port");
    let error = mock().listen(running.address()).start().await.expect_err("the port is taken");
    assert!(error.to_string().contains("cannot listen on 127.0.0.1"), "{error}");
    running.shutdown().await;
}
