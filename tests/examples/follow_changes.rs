//! Prints what has changed in the calendar since the last time: `follow_changes FILE`.
//!
//! The file keeps the token that says where the next time begins.

use std::error::Error;
use std::{env, fs};

use docbind_examples::connect;
use msgraph::runtime::{Change, DeltaToken};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let file = env::args().nth(1).ok_or("which file keeps the token?")?;
    let graph = connect()?;

    let (start, end) = ("2021-05-01T00:00:00Z", "2021-05-08T00:00:00Z");
    let mut request = graph.me().calendar_view().delta().get(start, end);
    if let Ok(token) = fs::read_to_string(&file) {
        request = request.since(&DeltaToken::new(token));
    }
    let mut changes = request.changes();
    while let Some(change) = changes.next().await {
        match change? {
            Change::Removed { object, reason, .. } => {
                println!("{reason}: {}", object.id.unwrap_or_default());
            }
            Change::Changed(event) => println!("changed: {}", event.subject.unwrap_or_default()),
            _ => {}
        }
    }
    // There is a token when all changes were read, and not before.
    if let Some(token) = changes.token() {
        fs::write(&file, token.as_str())?;
    }
    Ok(())
}
