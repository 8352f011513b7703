//! Who is calling: tokens, and where they come from.

mod cache;
mod token;

use std::fmt;

pub(crate) use cache::TokenCache;
pub use token::{AccessToken, Secret, StaticToken};

use crate::error::Result;
use crate::transport::BoxFuture;

/// What gets tokens.
///
/// The [`Client`](crate::Client) keeps a token until shortly before it expires, and asks once for
/// all calls that wait for it: an implementation need not.
pub trait Credential: fmt::Debug + Send + Sync + 'static {
    /// A token for these scopes. With `is_refused`, the service has refused the last one although
    /// it has not expired, so a copy of it is of no use.
    fn token<'a>(
        &'a self,
        scopes: &'a [String],
        is_refused: bool,
    ) -> BoxFuture<'a, Result<AccessToken>>;
}
