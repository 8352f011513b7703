//! What no page documents cannot be called.

use msgraph::Graph;

fn main() {
    let graph = Graph::offline();
    graph.me().messages().by_id("AAMk").get();
    graph.me().telegrams(); //~ E0599 no method named `telegrams` found for struct `Me`
    graph.messages(); //~ E0599 no method named `messages` found for struct `Graph`
    graph.me().messages().delete(); //~ E0599 no method named `delete` found for struct `MeMessages`
    graph.me().messages().get(); //~ E0599 no method named `get` found for struct `MeMessages`
}
