//! A call takes the body that its page states, and what converts into it.

use msgraph::user::SendMailRequest;
use msgraph::{FileAttachment, Graph, Group, Message, UserUpdate};

fn main() {
    let graph = Graph::offline();
    graph.users().create(Group::new()); //~ E0277 `User: From<Group>` is not satisfied
    graph.me().send_mail(Message::new()); //~ E0277 `SendMailRequest: From<Message>` is not satisfied
    graph.me().send_mail(SendMailRequest::new(Message::new()));
    let message = graph.me().messages().by_id("AAMk");
    message.update(UserUpdate::new()); //~ E0277 `MessageUpdate: From<UserUpdate>` is not satisfied
    message.update(Message::new()); //~ E0277 `MessageUpdate: From<Message>` is not satisfied
    // A derived type is as good as its base.
    message.attachments().create(FileAttachment::new());
}
