//! What all requests of a program share.

use std::sync::Arc;

/// The client that requests are made with: where the service is. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    base_url: String,
}

impl Client {
    /// A client that builds requests for the service at `base_url`, and sends none.
    pub fn offline(base_url: impl Into<String>) -> Self {
        let mut base_url = base_url.into();
        base_url.truncate(base_url.trim_end_matches('/').len());
        Self(Arc::new(Shared { base_url }))
    }

    /// What stands in front of every path, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }
}
