//! How large a program is that calls five endpoints by the generated client, beside one that makes
//! the same calls by bare reqwest with `serde_json::Value`: built for release, stripped.
//! `cargo bench -p docbind-benches --no-default-features --bench size`; where `DOCBIND_GRAPH_DOCS` is
//! set, with the whole of Graph v1.0 as well.
#![expect(clippy::print_stdout, reason = "it prints figures")]

use std::fs;
use std::path::Path;
use std::process::Command;

const MANIFEST: &str = r#"[package]
name = "size"
version = "0.0.0"
edition = "2024"
autobins = false

[workspace]

[profile.release]
strip = true

[dependencies]
msgraph = { path = GENERATED }
reqwest = { version = "0.13", default-features = false, features = ["rustls", "http2", "stream", "system-proxy"] }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }

[[bin]]
name = "typed"
path = "typed.rs"

[[bin]]
name = "bare"
path = "bare.rs"
"#;

const TYPED: &str = r#"
use msgraph::runtime::{Patch, Result, auth::StaticToken};
use msgraph::user::SendMailRequest;
use msgraph::{Graph, Message, MessageUpdate, message};

#[tokio::main]
async fn main() -> Result<()> {
    let token = std::env::args().nth(1).unwrap_or_default();
    let graph = Graph::new(StaticToken::new(token))?;
    let me = graph.me().get().await?;
    println!("{:?}", me.and_then(|me| me.display_name));
    let messages = graph.me().messages().list().select(message::SUBJECT).top(10).await?;
    for message in &messages {
        println!("{:?}", message.subject);
    }
    graph.me().send_mail(SendMailRequest::new(Message::new().subject("Hello"))).await?;
    let update = MessageUpdate::new().subject("Moved").categories(Patch::Null);
    let message = graph.me().messages().by_id("AAMk").update(update).await?;
    println!("{:?}", message.subject);
    graph.me().messages().by_id("AAMk").delete().await?;
    Ok(())
}
"#;

const BARE: &str = r#"
use serde_json::{Value, json};

const BASE: &str = "https://graph.microsoft.com/v1.0";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::args().nth(1).unwrap_or_default();
    let client = reqwest::Client::new();
    let send = async |request: reqwest::RequestBuilder| -> Result<Value, Box<dyn std::error::Error>> {
        let response = request.bearer_auth(&token).send().await?.error_for_status()?;
        let body = response.bytes().await?;
        if body.is_empty() {
            return Ok(Value::Null);
        }
        Ok(serde_json::from_slice(&body)?)
    };
    let body = |request: reqwest::RequestBuilder, body: Value| {
        request.header("content-type", "application/json").body(body.to_string())
    };
    let me = send(client.get(format!("{BASE}/me"))).await?;
    println!("{:?}", me["displayName"]);
    let url = format!("{BASE}/me/messages?$select=subject&$top=10");
    let messages = send(client.get(url)).await?;
    for message in messages["value"].as_array().into_iter().flatten() {
        println!("{:?}", message["subject"]);
    }
    let mail = json!({"message": {"subject": "Hello"}});
    send(body(client.post(format!("{BASE}/me/sendMail")), mail)).await?;
    let update = json!({"subject": "Moved", "categories": null});
    let message = send(body(client.patch(format!("{BASE}/me/messages/AAMk")), update)).await?;
    println!("{:?}", message["subject"]);
    send(client.delete(format!("{BASE}/me/messages/AAMk"))).await?;
    Ok(())
}
"#;

fn main() {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let checkout = checkout.canonicalize().expect("the checkout");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("size");
    measure("the committed crate", &checkout, &checkout.join("generated"), &folder.join("small"));
    let Some(docs) = std::env::var_os("DOCBIND_GRAPH_DOCS") else {
        println!("DOCBIND_GRAPH_DOCS is not set: the whole of Graph v1.0 is not measured");
        return;
    };
    let whole = folder.join("graph");
    let mut generate = Command::new(env!("CARGO"));
    generate.args(["run", "--quiet", "--release", "--offline", "-p", "docbind", "--", "generate"]);
    generate.args(["--quiet", "--api-version", "v1.0", "--client", "Graph", "--name", "msgraph"]);
    generate.arg("--docs").arg(docs).arg("--out").arg(&whole);
    generate.arg("--runtime").arg(checkout.join("runtime")).current_dir(&checkout);
    let status = generate.status().expect("cargo starts");
    assert!(matches!(status.code(), Some(0 | 1)), "the crate cannot be generated");
    measure("all of Graph v1.0", &checkout, &whole, &folder.join("large"));
}

/// Builds both programs, one of them with the generated crate, and prints how large they are.
fn measure(name: &str, checkout: &Path, generated: &Path, folder: &Path) {
    let manifest = MANIFEST.replace("GENERATED", &format!("{:?}", generated.display().to_string()));
    fs::create_dir_all(folder).expect("the folder can be made");
    for (name, text) in [("Cargo.toml", manifest.as_str()), ("typed.rs", TYPED), ("bare.rs", BARE)]
    {
        fs::write(folder.join(name), text).expect("the file can be written");
    }
    fs::copy(checkout.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    // One for both, so that what they depend on is built once.
    let target = folder.with_file_name("target");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--release", "--offline"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", &target)
        .status()
        .expect("cargo starts");
    assert!(status.success(), "the programs cannot be built");
    let size = |name: &str| {
        let path = target.join("release").join(name);
        let path = path.with_extension(std::env::consts::EXE_EXTENSION);
        fs::metadata(path).expect("a program").len()
    };
    let (typed, bare) = (size("typed"), size("bare"));
    let difference = i128::from(typed) - i128::from(bare);
    println!("{name}:");
    println!("  generated client {typed:>10} bytes");
    println!("  bare reqwest     {bare:>10} bytes");
    println!("  difference       {difference:>10} bytes");
}
