//! How large a program is that calls five endpoints by the generated client, beside one that makes
//! the same calls by bare reqwest with `serde_json::Value`: built for release, stripped.
//! `cargo bench -p docbind-tests --bench size`.
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
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("size");
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the checkout");
    // Another crate than the committed one, such as the whole of an API.
    let generated = std::env::var_os("DOCBIND_SIZE_CRATE")
        .map_or_else(|| checkout.join("generated"), std::path::PathBuf::from);
    let manifest = MANIFEST.replace("GENERATED", &format!("{:?}", generated.display().to_string()));
    fs::create_dir_all(&folder).expect("the folder can be made");
    for (name, text) in [("Cargo.toml", manifest.as_str()), ("typed.rs", TYPED), ("bare.rs", BARE)]
    {
        fs::write(folder.join(name), text).expect("the file can be written");
    }
    fs::copy(checkout.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .status()
        .expect("cargo starts");
    assert!(status.success(), "the programs cannot be built");
    let size = |name: &str| {
        let path = folder
            .join("target/release")
            .join(name)
            .with_extension(std::env::consts::EXE_EXTENSION);
        fs::metadata(path).expect("a program").len()
    };
    let (typed, bare) = (size("typed"), size("bare"));
    let difference = i128::from(typed) - i128::from(bare);
    println!("generated client {typed:>10} bytes");
    println!("bare reqwest     {bare:>10} bytes");
    println!("difference       {difference:>10} bytes");
}
