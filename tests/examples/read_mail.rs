//! Prints the latest messages that nobody has read yet.

use std::error::Error;

use docbind_examples::connect;
use msgraph::message;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let graph = connect()?;
    let page = graph
        .me()
        .messages()
        .list()
        .select((message::SENDER, message::SUBJECT, message::RECEIVED_DATE_TIME))
        .filter(message::IS_READ.eq(false))
        .order_by(message::RECEIVED_DATE_TIME.desc())
        .top(2)
        .await?;
    for message in &page {
        // Each field is an `Option`: a service sends what was selected, and leaves out at will.
        let subject = message.subject.as_deref().filter(|subject| !subject.is_empty());
        let sender = message.sender.as_ref().and_then(|sender| sender.email_address.as_ref());
        let sender = sender.and_then(|address| address.name.as_deref());
        println!("{}: {}", sender.unwrap_or("(nobody)"), subject.unwrap_or("(no subject)"));
    }
    Ok(())
}
