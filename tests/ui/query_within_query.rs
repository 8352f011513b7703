//! What is asked of the objects within an object is about their own properties, too.

use msgraph::{Graph, attachment, email_address, message, recipient, user};

fn main() {
    let messages = || Graph::offline().me().messages().list();
    let attachments = || message::ATTACHMENTS.expanded();
    messages().expand(attachments().select(attachment::NAME).filter(attachment::SIZE.gt(1)));
    attachments().select(message::SUBJECT); //~ E0277 is no property of `Attachment` to select
    attachments().filter(message::IS_READ.eq(true)); //~ E0308 expected `Filter<Attachment>`, found `Filter<Message>`
    attachments().order_by(message::SUBJECT); //~ E0277 is no property of `Attachment` to sort by
    attachments().expand(message::ATTACHMENTS); //~ E0277 is no property of `Attachment` to expand
    message::FROM.then(recipient::EMAIL_ADDRESS).then(email_address::ADDRESS).eq("a");
    message::FROM.then(user::DISPLAY_NAME); //~ E0308 expected `Property<Recipient, _>`, found `Property<User, String>`
    message::SUBJECT.then(recipient::EMAIL_ADDRESS); //~ E0308 expected `Property<String, _>`, found `Property<Recipient, EmailAddress>`
}
