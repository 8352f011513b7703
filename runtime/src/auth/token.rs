//! A token, and the simplest credential: one that is there already.

use std::fmt;
use std::time::Duration;

use super::Credential;
use crate::error::Result;
use crate::transport::BoxFuture;

/// A text that no log should hold: `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps the text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// What proves who is calling.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccessToken {
    /// The token, as it goes behind `Bearer`.
    pub secret: Secret,
    /// When it expires, as time since the beginning of 1970, UTC. None when that is not known.
    pub expires_on: Option<Duration>,
}

impl AccessToken {
    /// A token of which nobody knows when it expires. It is used until the service refuses it.
    pub fn new(secret: impl Into<String>) -> Self {
        Self { secret: Secret::new(secret), expires_on: None }
    }

    /// The token with the time at which it expires, since the beginning of 1970, UTC.
    #[must_use]
    pub fn expires_on(mut self, time: Duration) -> Self {
        self.expires_on = Some(time);
        self
    }
}

/// A token that somebody else got. When it expires, so does what can be done with it.
///
/// # Examples
///
/// ```
/// use docbind_runtime::auth::StaticToken;
///
/// let credential = StaticToken::new("eyJ0eXAiOiJKV1QiLCJhbGciOi");
/// assert_eq!(format!("{credential:?}"), "StaticToken(Secret(…))");
/// ```
#[derive(Clone, Debug)]
pub struct StaticToken(Secret);

impl StaticToken {
    /// A credential that always has this token.
    pub fn new(token: impl Into<String>) -> Self {
        Self(Secret::new(token))
    }
}

impl Credential for StaticToken {
    fn token<'a>(&'a self, _: &'a [String], _: bool) -> BoxFuture<'a, Result<AccessToken>> {
        Box::pin(async { Ok(AccessToken { secret: self.0.clone(), expires_on: None }) })
    }
}
