//! Someone who signs in on another device.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::lock::Mutex;
use serde_json::Value;

use super::identity::{Grant, Identity, Insistence, seconds};
use super::{AccessToken, Credential, Secret};
use crate::client::Client;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::transport::{BoxFuture, Transport};

/// How far apart the questions get while the platform cannot be reached.
const LONGEST_INTERVAL: Duration = Duration::from_secs(60);

/// Someone who signs in with a browser, here or on another device: the device code flow of the
/// Microsoft identity platform (RFC 8628). They are asked once; then tokens are renewed for as long
/// as the platform allows. Clones share what they have signed in to.
///
/// The first call asks them, and waits within its own time-out. A code outlives a call, so when
/// that one gives up, the next call waits for the same code. Where a program can tell when someone
/// is there, [`sign_in`](Self::sign_in) asks them then and waits for as long as the code is good.
///
/// # Examples
///
/// ```no_run
/// use docbind_runtime::auth::DeviceCode;
/// use docbind_runtime::{Client, Result};
///
/// # async fn example() -> Result<()> {
/// let credential = DeviceCode::new("common", "11111111-aaaa", |prompt| {
///     println!("{}", prompt.message);
/// });
/// credential.sign_in(["https://graph.microsoft.com/.default"]).await?;
/// let client =
///     Client::builder("https://graph.microsoft.com/v1.0").credential(credential).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct DeviceCode {
    identity: Identity,
    client_id: String,
    ask: Arc<dyn Fn(&DevicePrompt) + Send + Sync>,
    /// Held by whoever gets a token: of several who come at once, one asks.
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    refresh: Option<Secret>,
    /// The token of a sign-in that no call has had yet, and its scope.
    fresh: Option<(String, AccessToken)>,
    /// The code that someone may be entering right now.
    pending: Option<Pending>,
}

/// A code that someone has been asked to enter.
#[derive(Clone)]
struct Pending {
    scope: String,
    code: Secret,
    interval: Duration,
    end: Duration,
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
            state: Arc::default(),
        }
    }

    /// Has someone sign in now, and waits for them for as long as the code is good. Calls with
    /// these scopes ask nobody then; they are what the client asks for, by default `/.default` of
    /// the service.
    ///
    /// Fails when nobody signs in, or when they refuse.
    pub async fn sign_in<S: Into<String>>(
        &self,
        scopes: impl IntoIterator<Item = S>,
    ) -> Result<()> {
        let scopes: Vec<String> = scopes.into_iter().map(Into::into).collect();
        let scope = with_refresh(&scopes);
        let client = self.identity.client()?;
        let mut state = self.state.lock().await;
        let token = self.ask_for(&mut state, &client, &scope).await?;
        state.fresh = Some((scope, token));
        Ok(())
    }

    /// A token by the refresh token that came with the last one. None when there is no such token,
    /// or it is not enough any more.
    async fn renew(
        &self,
        state: &mut State,
        client: &Client,
        scope: &str,
    ) -> Result<Option<AccessToken>> {
        let Some(refresh) = state.refresh.clone() else { return Ok(None) };
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", &self.client_id),
            ("refresh_token", refresh.expose()),
            ("scope", scope),
        ];
        match self.identity.token(client, &form, Insistence::Repeated).await {
            Ok(grant) => Ok(Some(state.keep(grant))),
            Err(error) if error.code().is_some_and(is_up_to_someone) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A token by the code that is pending, or else by a new one.
    async fn ask_for(
        &self,
        state: &mut State,
        client: &Client,
        scope: &str,
    ) -> Result<AccessToken> {
        let Some(connection) = &client.0.connection else {
            return Err(Error::authentication("the credential has no connection"));
        };
        let now = connection.clock.now();
        let known = state.pending.take().filter(|code| code.scope == scope && now < code.end);
        let mut pending = match known {
            Some(pending) => pending,
            None => self.prompt(client, scope, now).await?,
        };
        loop {
            let left = pending.end.saturating_sub(connection.clock.now());
            if left.is_zero() {
                break;
            }
            // Who gives up while this waits leaves the code to the next.
            state.pending = Some(pending.clone());
            // A platform that says 0 would be asked without end.
            let wait = pending.interval.max(Duration::from_secs(1)).min(left);
            connection.clock.sleep(wait).await;
            let form = [
                ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                ("client_id", &self.client_id),
                ("device_code", pending.code.expose()),
            ];
            let error = match self.identity.token(client, &form, Insistence::Once).await {
                Ok(grant) => {
                    state.pending = None;
                    return Ok(state.keep(grant));
                }
                Err(error) => error,
            };
            pending.interval = match error.code() {
                Some("authorization_pending") => pending.interval,
                Some("slow_down") => pending.interval.saturating_add(Duration::from_secs(5)),
                // The code is as good as it was, so it is only asked for less often.
                _ if error.is_retryable() => {
                    let doubled = pending.interval.saturating_mul(2).min(LONGEST_INTERVAL);
                    doubled.max(pending.interval).max(error.retry_after().unwrap_or_default())
                }
                _ => {
                    state.pending = None;
                    return Err(error);
                }
            };
        }
        state.pending = None;
        Err(Error::authentication("nobody has signed in before the code expired"))
    }

    /// Gets a code, and asks someone to enter it.
    async fn prompt(&self, client: &Client, scope: &str, now: Duration) -> Result<Pending> {
        let form = [("client_id", self.client_id.as_str()), ("scope", scope)];
        let answer = self.identity.post(client, "devicecode", &form, Insistence::Repeated).await?;
        let text = |name| answer.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let prompt = DevicePrompt {
            message: text("message"),
            verification_uri: text("verification_uri"),
            user_code: text("user_code"),
            expires_in: seconds(&answer, "expires_in").unwrap_or(Duration::from_secs(900)),
        };
        (self.ask)(&prompt);
        Ok(Pending {
            scope: scope.to_owned(),
            code: Secret::new(text("device_code")),
            interval: seconds(&answer, "interval").unwrap_or(Duration::from_secs(5)),
            end: now.saturating_add(prompt.expires_in),
        })
    }
}

impl State {
    fn keep(&mut self, grant: Grant) -> AccessToken {
        if let Some(refresh) = grant.refresh {
            self.refresh = Some(refresh);
        }
        grant.access
    }
}

/// The scope that asks for these. Without `offline_access`, there is no refresh token.
fn with_refresh(scopes: &[String]) -> String {
    format!("{} offline_access", scopes.join(" "))
}

/// Whether a refresh token is refused because someone has to do something: they sign in anew.
fn is_up_to_someone(code: &str) -> bool {
    matches!(code, "invalid_grant" | "interaction_required" | "consent_required" | "login_required")
}

identity_settings! { DeviceCode }

impl Credential for DeviceCode {
    fn token<'a>(
        &'a self,
        scopes: &'a [String],
        is_refused: bool,
    ) -> BoxFuture<'a, Result<AccessToken>> {
        Box::pin(async move {
            let client = self.identity.client()?;
            let scope = with_refresh(scopes);
            let mut state = self.state.lock().await;
            let is_good = |token: &AccessToken| {
                let now = client.0.connection.as_ref().map(|connection| connection.clock.now());
                !is_refused && now.zip(token.expires_on).is_none_or(|(now, end)| now < end)
            };
            if let Some((known, token)) = state.fresh.take()
                && known == scope
                && is_good(&token)
            {
                return Ok(token);
            }
            match self.renew(&mut state, &client, &scope).await? {
                Some(token) => Ok(token),
                None => self.ask_for(&mut state, &client, &scope).await,
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
