//! An application that calls by itself, with a secret.

use super::identity::{Identity, Insistence};
use super::{AccessToken, Credential, Secret};
use crate::clock::Clock;
use crate::error::Result;
use crate::transport::{BoxFuture, Transport};

/// An application that acts for itself and proves who it is by a secret: the client credentials
/// flow of the Microsoft identity platform (RFC 6749, section 4.4).
///
/// # Examples
///
/// ```
/// use docbind_runtime::auth::{ClientSecret, Cloud};
///
/// let credential = ClientSecret::new("contoso.onmicrosoft.com", "11111111-aaaa", "s3cret")
///     .authority(Cloud::CHINA.authority);
/// assert!(!format!("{credential:?}").contains("s3cret"));
/// ```
#[derive(Clone, Debug)]
pub struct ClientSecret {
    identity: Identity,
    client_id: String,
    secret: Secret,
}

impl ClientSecret {
    /// The credential of the application `client_id` in a tenant, which is named by its identifier
    /// or one of its domains.
    pub fn new(
        tenant: impl Into<String>,
        client_id: impl Into<String>,
        secret: impl Into<String>,
    ) -> Self {
        Self {
            identity: Identity::new(tenant.into()),
            client_id: client_id.into(),
            secret: Secret::new(secret),
        }
    }
}

identity_settings! { ClientSecret }

impl Credential for ClientSecret {
    fn token<'a>(&'a self, scopes: &'a [String], _: bool) -> BoxFuture<'a, Result<AccessToken>> {
        Box::pin(async move {
            let client = self.identity.client()?;
            let form = [
                ("grant_type", "client_credentials"),
                ("client_id", &self.client_id),
                ("client_secret", self.secret.expose()),
                ("scope", &scopes.join(" ")),
            ];
            Ok(self.identity.token(&client, &form, Insistence::Repeated).await?.access)
        })
    }
}
