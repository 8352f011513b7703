//! What the examples begin with.
//!
//! ```sh
//! GRAPH_TOKEN=… cargo run -p docbind-examples --bin read_mail
//! ```
//!
//! Without an account, any of them runs against `docbind mock`:
//!
//! ```sh
//! docbind mock --docs docs-input --listen 127.0.0.1:8080 &
//! GRAPH_TOKEN=any GRAPH_URL=http://127.0.0.1:8080/v1.0 cargo run -p docbind-examples --bin read_mail
//! ```

use std::env;
use std::error::Error;

use msgraph::Graph;
use msgraph::runtime::auth::StaticToken;

/// A client with the token in `GRAPH_TOKEN`, of the service at `GRAPH_URL` if that is set.
///
/// A program that signs somebody in, or works for itself, has a `DeviceCode` or a `ClientSecret`
/// here in place of the token. Fails when `GRAPH_TOKEN` is not set, or `GRAPH_URL` is no URL.
pub fn connect() -> Result<Graph, Box<dyn Error>> {
    let token = env::var("GRAPH_TOKEN").map_err(|_| "set GRAPH_TOKEN to an access token")?;
    let mut client = Graph::builder().credential(StaticToken::new(token));
    if let Ok(url) = env::var("GRAPH_URL") {
        client = client.base_url(url);
    }
    Ok(Graph::with(client.build()?))
}
