//! What a create call or an action requires cannot be left out, nor can an argument of a function.

use msgraph::user::SendMailRequest;
use msgraph::{Graph, MailFolderCreate, Message, PasswordProfile, UserCreate};

fn main() {
    UserCreate::new(true, "Adele", "adele", PasswordProfile::new(), "adele@contoso.com");
    UserCreate::new(true, "Adele", "adele", PasswordProfile::new()); //~ E0061 takes 5 arguments but 4 arguments
    MailFolderCreate::new(); //~ E0061 takes 1 argument but 0 arguments
    SendMailRequest::new(); //~ E0061 takes 1 argument but 0 arguments
    SendMailRequest::new(Message::new()).save_to_sent_items(false);
    let graph = Graph::offline();
    graph.me().reminder_view("2026-05-03T00:00:00"); //~ E0061 takes 2 arguments but 1 argument
    graph.users().by_id(); //~ E0061 takes 1 argument but 0 arguments
}
