//! A collection can be asked for some of its objects; a single object can not, and what an action
//! answers has no properties to ask for.

use msgraph::user::SendMailRequest;
use msgraph::{Graph, Message, message, user};

fn collection(graph: &Graph) {
    let users = || graph.users().list();
    let _ = users().filter(user::ACCOUNT_ENABLED.eq(true)).order_by(user::DISPLAY_NAME);
    let _ = users().search("x").count().top(5).skip(5).select(user::ID);
}

fn single(graph: &Graph) {
    let me = || graph.me().get();
    let _ = me().select(user::DISPLAY_NAME).expand(user::CALENDAR);
    let _ = me().top(5); //~ E0599 no method named `top` found
    let _ = me().skip(5); //~ E0599 is not an iterator
    let _ = me().count(); //~ E0599 is not an iterator
    let _ = me().search("x"); //~ E0599 no method named `search` found
    let _ = me().order_by(user::DISPLAY_NAME); //~ E0599 no method named `order_by` found
    let _ = me().filter(user::ACCOUNT_ENABLED.eq(true)); //~ E0599 is not an iterator
    let _ = me().resume("https://example.org/"); //~ E0599 no method named `resume` found
    let _ = me().since(&msgraph::runtime::DeltaToken::new("x")); //~ E0599 no method named `since` found
}

fn action(graph: &Graph) {
    let send = || graph.me().send_mail(SendMailRequest::new(Message::new()));
    let _ = send().select(message::SUBJECT); //~ E0599 its trait bounds were not satisfied
    let _ = send().expand(message::ATTACHMENTS); //~ E0599 its trait bounds were not satisfied
    let _ = send().top(5); //~ E0599 no method named `top` found
}

fn main() {
    let graph = Graph::offline();
    collection(&graph);
    single(&graph);
    action(&graph);
}
