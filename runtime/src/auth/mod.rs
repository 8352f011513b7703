//! Who is calling: tokens, and where they come from.

/// Where a credential of the identity platform finds it, the same for each.
macro_rules! identity_settings {
    ($credential:ident) => {
        impl $credential {
            /// Where tokens come from, such as the authority of another
            /// [`Cloud`](crate::auth::Cloud).
            #[must_use]
            pub fn authority(mut self, url: impl Into<String>) -> Self {
                self.identity.set_authority(url.into());
                self
            }

            /// What sends requests, instead of reqwest.
            #[must_use]
            pub fn transport(mut self, transport: impl Transport) -> Self {
                self.identity.set_transport(std::sync::Arc::new(transport));
                self
            }

            /// What tells the time, instead of the system.
            #[must_use]
            pub fn clock(mut self, clock: impl Clock) -> Self {
                self.identity.set_clock(std::sync::Arc::new(clock));
                self
            }
        }
    };
}

#[cfg(feature = "azure")]
mod azure;
mod cache;
mod client_secret;
mod cloud;
mod device_code;
mod identity;
mod token;

use std::fmt;

#[cfg(feature = "azure")]
pub use azure::AzureCredential;
pub(crate) use cache::TokenCache;
pub use client_secret::ClientSecret;
pub use cloud::Cloud;
pub use device_code::{DeviceCode, DevicePrompt};
pub use token::{AccessToken, Secret, StaticToken};

use crate::error::Result;
use crate::transport::BoxFuture;

/// What gets tokens.
///
/// The [`Client`](crate::Client) keeps a token until shortly before it expires, and asks once for
/// all calls that wait for it: an implementation need not. Behind an [`Arc`](std::sync::Arc), several
/// clients share a credential.
///
/// # Examples
///
/// ```
/// use docbind_runtime::Result;
/// use docbind_runtime::auth::{AccessToken, Credential, Secret};
/// use docbind_runtime::transport::BoxFuture;
///
/// /// The token that somebody has put into the environment.
/// #[derive(Debug)]
/// struct Environment;
///
/// impl Credential for Environment {
///     fn token<'a>(&'a self, _: &'a [String], _: bool) -> BoxFuture<'a, Result<AccessToken>> {
///         Box::pin(async {
///             let token = std::env::var("TOKEN").unwrap_or_default();
///             Ok(AccessToken::new(token))
///         })
///     }
/// }
/// ```
pub trait Credential: fmt::Debug + Send + Sync + 'static {
    /// A token for these scopes. With `is_refused`, the service has refused the last one although
    /// it has not expired, so a copy of it is of no use.
    fn token<'a>(
        &'a self,
        scopes: &'a [String],
        is_refused: bool,
    ) -> BoxFuture<'a, Result<AccessToken>>;
}

impl<C: Credential + ?Sized> Credential for std::sync::Arc<C> {
    fn token<'a>(
        &'a self,
        scopes: &'a [String],
        is_refused: bool,
    ) -> BoxFuture<'a, Result<AccessToken>> {
        (**self).token(scopes, is_refused)
    }
}
