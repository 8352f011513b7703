//! Makes several calls in one request, each with a result of its own.

use std::error::Error;

use docbind_examples::connect;
use msgraph::Message;
use msgraph::runtime::Batch;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let graph = connect()?;
    let mut batch = Batch::new(&graph);
    let me = batch.add(graph.me().get());
    let draft = batch.add(graph.me().messages().create(Message::new().subject("Varnish")));
    // Only when the draft is there.
    let messages = batch.add_after(graph.me().messages().list().top(5), &[draft.place()]);
    // More than twenty are split over several requests.
    let mut answers = batch.send().await;

    let me = answers.take(me)?.ok_or("nobody is signed in")?;
    let draft = answers.take(draft)?;
    println!("{} wrote {}", me.display_name.unwrap_or_default(), draft.id.unwrap_or_default());
    match answers.take(messages) {
        Ok(page) => println!("{} messages", page.value.len()),
        // The other calls are none the worse for it.
        Err(error) => println!("no messages: {error}"),
    }
    Ok(())
}
