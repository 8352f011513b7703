//! Sends a message with a file attached: `send_mail ADDRESS`.

use std::env;
use std::error::Error;

use docbind_examples::connect;
use msgraph::user::SendMailRequest;
use msgraph::{Attachment, BodyType, EmailAddress, FileAttachment, ItemBody, Message, Recipient};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = env::args().nth(1).ok_or("to whom?")?;
    let graph = connect()?;

    let to = Recipient::new().email_address(EmailAddress::new().address(&address));
    let plan = FileAttachment::new()
        .name("plan.txt")
        .content_type("text/plain")
        .content_bytes(b"Slipway: 12 metres.");
    let message = Message::new()
        .subject("Launch at 6?")
        .body(ItemBody::new().content_type(BodyType::Text).content("High water is at 06:12."))
        .to_recipients(vec![to])
        // A list of attachments takes any kind of them, each with its `@odata.type`.
        .attachments(vec![Attachment::from(plan)]);
    // What the docs call required is an argument; what is optional has a setter.
    graph.me().send_mail(SendMailRequest::new(message).save_to_sent_items(false)).await?;
    println!("sent to {address}");
    Ok(())
}
