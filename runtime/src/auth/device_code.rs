//! Someone who signs in on another device.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::identity::{Grant, Identity, seconds};
use super::{AccessToken, Credential, Secret};
use crate::client::Client;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::transport::{BoxFuture, Transport};

/// Someone who signs in with a browser, here or on another device: the device code flow of the
/// Microsoft identity platform (RFC 8628). They are asked once; then tokens are renewed for as long
/// as the platform allows.
///
/// # Examples
///
/// ```
/// use docbind_runtime::auth::DeviceCode;
///
/// let credential = DeviceCode::new("common", "11111111-aaaa", |prompt| {
///     println!("{}", prompt.message);
/// });
/// ```
#[derive(Clone)]
pub struct DeviceCode {
    identity: Identity,
    client_id: String,
    ask: Arc<dyn Fn(&DevicePrompt) + Send + Sync>,
    refresh: Arc<Mutex<Option<Secret>>>,
}

/// What someone is to do to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DevicePrompt {
    /// All of it in one sentence, as the platform words it.
    pub message: String,
    /// Where to go.
    pub verification_uri: String,
    /// What to enter there.
    pub user_code: String,
    /// How long the code is good for.
    pub expires_in: Duration,
}

impl DeviceCode {
    /// The credential of someone who uses the application `client_id`, in a tenant that is named by
    /// its identifier or one of its domains; `common`, `organizations` and `consumers` stand for
    /// several. `ask` shows them what to do, and returns at once.
    pub fn new(
        tenant: impl Into<String>,
        client_id: impl Into<String>,
        ask: impl Fn(&DevicePrompt) + Send + Sync + 'static,
    ) -> Self {
        Self {
            identity: Identity::new(tenant.into()),
            client_id: client_id.into(),
            ask: Arc::new(ask),
            refresh: Arc::default(),
        }
    }

    /// A token by the refresh token that came with the last one. None when there is no such token,
    /// or it is not accepted any more.
    async fn renew(&self, client: &Client, scope: &str) -> Result<Option<AccessToken>> {
        let refresh = self.refresh.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(refresh) = refresh else { return Ok(None) };
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", &self.client_id),
            ("refresh_token", refresh.expose()),
            ("scope", scope),
        ];
        match self.identity.token(client, &form).await {
            Ok(grant) => Ok(Some(self.keep(grant))),
            Err(error) if error.code() == Some("invalid_grant") => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn sign_in(&self, client: &Client, scope: &str) -> Result<AccessToken> {
        let form = [("client_id", self.client_id.as_str()), ("scope", scope)];
        let answer = self.identity.post(client, "devicecode", &form).await?;
        let text = |name| answer.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let prompt = DevicePrompt {
            message: text("message"),
            verification_uri: text("verification_uri"),
            user_code: text("user_code"),
            expires_in: seconds(&answer, "expires_in").unwrap_or(Duration::from_secs(900)),
        };
        (self.ask)(&prompt);
        let device_code = Secret::new(text("device_code"));
        let mut interval = seconds(&answer, "interval").unwrap_or(Duration::from_secs(5));
        let Some(connection) = &client.0.connection else {
            return Err(Error::authentication("the credential has no connection"));
        };
        let end = connection.clock.now() + prompt.expires_in;
        while connection.clock.now() < end {
            // A platform that says 0 would be asked without end.
            connection.clock.sleep(interval.max(Duration::from_secs(1))).await;
            let form = [
                ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                ("client_id", &self.client_id),
                ("device_code", device_code.expose()),
            ];
            match self.identity.token(client, &form).await {
                Ok(grant) => return Ok(self.keep(grant)),
                Err(error) => match error.code() {
                    Some("authorization_pending") => {}
                    Some("slow_down") => interval += Duration::from_secs(5),
                    _ => return Err(error),
                },
            }
        }
        Err(Error::authentication("nobody has signed in before the code expired"))
    }

    fn keep(&self, grant: Grant) -> AccessToken {
        if let Some(refresh) = grant.refresh {
            *self.refresh.lock().unwrap_or_else(PoisonError::into_inner) = Some(refresh);
        }
        grant.access
    }
}

identity_settings! { DeviceCode }

impl Credential for DeviceCode {
    fn token<'a>(&'a self, scopes: &'a [String], _: bool) -> BoxFuture<'a, Result<AccessToken>> {
        Box::pin(async move {
            let client = self.identity.client()?;
            // Without `offline_access`, there is no refresh token.
            let scope = format!("{} offline_access", scopes.join(" "));
            match self.renew(&client, &scope).await? {
                Some(token) => Ok(token),
                None => self.sign_in(&client, &scope).await,
            }
        })
    }
}

impl fmt::Debug for DeviceCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DeviceCode")
            .field("identity", &self.identity)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}
