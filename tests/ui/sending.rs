//! What is sent answers with its own type, and what collections can do is not there for others.

use futures_util::io::{Cursor, repeat};
use msgraph::runtime::auth::StaticToken;
use msgraph::runtime::{Answers, Batch, Request, Ticket, Upload};
use msgraph::{Graph, Message, User};

fn credentials() {
    let _ = Graph::new(StaticToken::new("token"));
    let _ = Graph::new("token"); //~ E0277 `&str: Credential` is not satisfied
    let _ = Graph::builder().clock(StaticToken::new("token")); //~ E0277 `StaticToken: Clock` is not satisfied
}

async fn answers(graph: Graph) {
    let message = || graph.me().messages().by_id("AAMk").get();
    let _: Result<Message, _> = message().await;
    let _: msgraph::runtime::Result<User> = message().await; //~ E0308 mismatched types
}

fn collections(graph: &Graph) {
    graph.users().list().items();
    graph.me().get().items(); //~ E0599 no method named `items` found
    graph.me().get().pages(); //~ E0599 no method named `pages` found
    graph.me().get().changes(); //~ E0599 no method named `changes` found
}

fn batches(graph: &Graph, mut answers: Answers) {
    let mut batch = Batch::new(graph);
    let message = || graph.me().messages().by_id("AAMk").get();
    let ticket: Ticket<Message> = batch.add(message());
    let _: Ticket<User> = batch.add(message()); //~ E0308 mismatched types
    let _: msgraph::runtime::Result<User> = answers.take(ticket); //~ E0308 mismatched types
}

fn tickets(graph: &Graph, mut answers: Answers) {
    let ticket = Batch::new(graph).add(graph.me().get());
    let _ = answers.take(ticket);
    let _ = answers.take(ticket); //~ E0382 use of moved value
}

fn uploads(graph: &Graph) {
    let _ = Upload::of_bytes(graph, "https://example.org/session", 7); //~ E0277 `Vec<u8>: From<{integer}>` is not satisfied
    let _ = Upload::new(graph, "https://example.org/session", Cursor::new(b"x".to_vec()));
    // What cannot be read from anywhere in it cannot go in pieces that may get lost.
    let _ = Upload::new(graph, "https://example.org/session", repeat(0)); //~ E0277 Repeat: AsyncSeek` is not satisfied
}

fn main() {
    let _: fn(&Graph) = collections;
    let _: fn(&Graph, Answers) = batches;
    let _: fn(&Graph, Answers) = tickets;
    let _: fn(&Graph) = uploads;
    let _: Option<Request<User>> = None;
    credentials();
    drop(answers(Graph::offline()));
}
