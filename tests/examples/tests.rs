//! Each example, run as a program against the docs as a server.

use std::path::Path;
use std::process::Command;

use docbind::mock::{Mock, Running};
use docbind::model::Api;
use serde_json::{Value, json};

fn docs_input() -> Api {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs-input");
    docbind::load(&root, Some("v1.0")).expect("docs-input can be read").api
}

async fn start() -> Running {
    Mock::new(docs_input()).start().await.expect("a free port")
}

async fn start_with(fault: &str) -> Running {
    let fault = fault.parse().expect("a fault");
    Mock::new(docs_input()).fault(fault).start().await.expect("a free port")
}

/// What the program prints.
async fn run(program: &'static str, arguments: &[&str], mock: &Running) -> String {
    let mut command = Command::new(program);
    command.args(arguments);
    command.env("GRAPH_URL", format!("{}/v1.0", mock.base_url())).env("GRAPH_TOKEN", "t0ken");
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.expect("no panic").expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn operations(mock: &Running) -> Vec<String> {
    mock.received().into_iter().filter_map(|received| received.operation).collect()
}

fn body(mock: &Running, at: usize) -> Value {
    serde_json::from_slice(&mock.received()[at].body).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn read_mail() {
    let mock = start().await;
    let output = run(env!("CARGO_BIN_EXE_read_mail"), &[], &mock).await;
    assert_eq!(
        output,
        "Kjær & Søn: Re: \"Möwe\" needs a new mast – 5 offers 🛠\n(nobody): (no subject)\n"
    );
    let received = &mock.received()[0];
    assert_eq!(received.header("Authorization"), Some("Bearer t0ken"));
    assert_eq!(
        received.target,
        "/v1.0/me/messages?$select=sender,subject,receivedDateTime&$filter=isRead%20eq%20false\
         &$orderby=receivedDateTime%20desc&$top=2"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn send_mail() {
    let mock = start().await;
    let output = run(env!("CARGO_BIN_EXE_send_mail"), &["lucja@contoso.com"], &mock).await;
    assert_eq!(output, "sent to lucja@contoso.com\n");
    assert_eq!(operations(&mock), ["user-sendmail"]);
    let expected = json!({
        "message": {
            "subject": "Launch at 6?",
            "body": {"contentType": "text", "content": "High water is at 06:12."},
            "toRecipients": [{"emailAddress": {"address": "lucja@contoso.com"}}],
            "attachments": [{
                "@odata.type": "#microsoft.graph.fileAttachment",
                "name": "plan.txt",
                "contentType": "text/plain",
                "contentBytes": "U2xpcHdheTogMTIgbWV0cmVzLg==",
            }],
        },
        "saveToSentItems": false,
    });
    assert_eq!(body(&mock, 0), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn page_users() {
    let mock = start().await;
    let output = run(env!("CARGO_BIN_EXE_page_users"), &["O'Neill & Søn"], &mock).await;
    let names = "Jürgen Straßmeier\nŁucja \"Lu\" Wiśniewska\n";
    assert_eq!(output, format!("{names}{names}4 users\n"));
    assert_eq!(operations(&mock), ["user-list", "user-list"]);
    let first = &mock.received()[0].target;
    let expected = "startswith(displayName,%27O%27%27Neill%20%26%20S%C3%B8n%27)%20and%20";
    assert!(first.contains(expected), "{first}");
}

#[tokio::test(flavor = "multi_thread")]
async fn create_event() {
    let mock = start().await;
    let output = run(env!("CARGO_BIN_EXE_create_event"), &[], &mock).await;
    assert_eq!(output, "進水式 (launch) is AAMkAGRvY2JpbmQtZXZ0LTAy\n");
    let tokyo = |time| json!({"dateTime": time, "timeZone": "Tokyo Standard Time"});
    let expected = json!({
        "subject": "進水式 (launch)",
        "start": tokyo("2021-06-20T06:12:00"),
        "end": tokyo("2021-06-20T07:00:00"),
        "location": {"displayName": "Slipway"},
        "attendees": [{
            "type": "optional",
            "emailAddress": {"address": "lucja@contoso.com", "name": "Łucja"},
        }],
    });
    assert_eq!(body(&mock, 0), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn upload_file() {
    let mock = Mock::new(docs_input()).keep_uploads().start().await.expect("a free port");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("launch.mp4");
    let content: Vec<u8> = (0..500_000_u32).flat_map(u32::to_le_bytes).collect();
    std::fs::write(&file, &content[..700_000]).expect("the file can be written");
    let arguments = [file.to_str().expect("UTF-8"), "Boats/launch.mp4"];
    let output = run(env!("CARGO_BIN_EXE_upload_file"), &arguments, &mock).await;
    let lines: Vec<_> = output.lines().collect();
    let [first, second, third, last] = lines.as_slice() else { panic!("{output}") };
    assert_eq!(*first, "327680 of 700000 bytes");
    assert_eq!(*second, "655360 of 700000 bytes");
    assert_eq!(*third, "700000 of 700000 bytes");
    assert!(last.starts_with("Boats/launch.mp4 is 0"), "{last}");
    assert!(mock.uploads()[0].content == content[..700_000], "the file arrived as it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn follow_changes() {
    let mock = start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("token");
    let run = async || {
        let arguments = [file.to_str().expect("UTF-8")];
        run(env!("CARGO_BIN_EXE_follow_changes"), &arguments, &mock).await
    };
    assert_eq!(run().await, "changed: Tide & weather\nchanged: Tide & weather\n");
    let later = "changed: Call with the sailmaker (moved)\ndeleted: AAMkAGRvY2JpbmQtZXZ0LTAx\n";
    assert_eq!(run().await, later);
    assert_eq!(run().await, "", "nothing has happened since");
}

#[tokio::test(flavor = "multi_thread")]
async fn batch_calls() {
    let mock = start().await;
    let output = run(env!("CARGO_BIN_EXE_batch_calls"), &[], &mock).await;
    assert_eq!(output, "Nadia Okafor wrote AAMkAGRvY2JpbmQtbWFpbC0wMDM=\n2 messages\n");
    assert_eq!(mock.received().iter().filter(|received| !received.in_batch).count(), 1);
    assert_eq!(operations(&mock), ["user-get", "user-post-messages", "user-list-messages"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn handle_errors() {
    let program = env!("CARGO_BIN_EXE_handle_errors");
    let look = async |mock: Running| run(program, &["nadia@contoso.com"], &mock).await;
    assert_eq!(look(start().await).await, "Nadia Okafor\n");
    assert_eq!(look(start_with("404").await).await, "there is no user nadia@contoso.com\n");
    assert_eq!(look(start_with("429;retry-after=7").await).await, "try again in 7s\n");
    assert_eq!(look(start_with("drop").await).await, "the service is out of reach\n");
    let output = look(start_with("403").await).await;
    let line = "GET /users/{id | userPrincipalName}: 403 Forbidden: MockFault: ";
    assert!(output.starts_with(line) && output.contains("(request "), "{output}");
}
