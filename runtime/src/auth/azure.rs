//! Credentials of the Azure SDK.

use std::sync::Arc;
use std::time::Duration;

use azure_core::credentials::TokenCredential;

use super::{AccessToken, Credential};
use crate::error::{Error, Result};
use crate::transport::BoxFuture;

/// Any credential of `azure_core`, such as those of `azure_identity`: the developer's own sign-in, a
/// managed identity, a certificate, workload identity.
///
/// A token that the service refuses is asked for again. Whether another one comes is up to the
/// credential, which may keep tokens itself.
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
///
/// use azure_core::credentials::TokenCredential;
/// use docbind_runtime::{Client, Result};
/// use docbind_runtime::auth::AzureCredential;
///
/// fn example(credential: Arc<dyn TokenCredential>) -> Result<Client> {
///     Client::builder("https://graph.microsoft.com/v1.0")
///         .credential(AzureCredential::new(credential))
///         .build()
/// }
/// ```
#[derive(Clone, Debug)]
pub struct AzureCredential(Arc<dyn TokenCredential>);

impl AzureCredential {
    /// The credential as one of this crate.
    pub fn new(credential: Arc<dyn TokenCredential>) -> Self {
        Self(credential)
    }
}

impl Credential for AzureCredential {
    fn token<'a>(&'a self, scopes: &'a [String], _: bool) -> BoxFuture<'a, Result<AccessToken>> {
        Box::pin(async move {
            let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
            let token = self.0.get_token(&scopes, None).await.map_err(refusal)?;
            let seconds = u64::try_from(token.expires_on.unix_timestamp()).unwrap_or_default();
            let expires_on = Duration::from_secs(seconds);
            Ok(AccessToken::new(token.token.secret()).expires_on(expires_on))
        })
    }
}

/// Its words tell what each credential of a chain had to say.
fn refusal(error: azure_core::Error) -> Error {
    Error::authentication(error.to_string()).with_source(error)
}
