//! The Microsoft identity platform: its endpoints, and what they answer.
//!
//! Source: "Microsoft identity platform and OAuth 2.0", RFC 6749 and RFC 8628.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use super::{AccessToken, Cloud, Secret};
use crate::body::Body;
use crate::client::{Client, ClientBuilder, refuse_plain};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::response::Response;
use crate::send::{self, Call, Options, Reading, Retry};
use crate::transport::Transport;

/// A tenant of the identity platform, and how it is reached.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    tenant: String,
    builder: ClientBuilder,
}

/// What the token endpoint gives.
pub(super) struct Grant {
    pub(super) access: AccessToken,
    pub(super) refresh: Option<Secret>,
}

/// What is done about a fault on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Insistence {
    /// The request goes out again.
    Repeated,
    /// The caller repeats it, at its own pace.
    Once,
}

impl Identity {
    pub(super) fn new(tenant: String) -> Self {
        Self { tenant, builder: Client::builder(Cloud::GLOBAL.authority) }
    }

    pub(super) fn set_authority(&mut self, url: String) {
        self.builder = self.builder.clone().base_url(url);
    }

    pub(super) fn set_transport(&mut self, transport: Arc<dyn Transport>) {
        self.builder = self.builder.clone().shared_transport(transport);
    }

    pub(super) fn set_clock(&mut self, clock: Arc<dyn Clock>) {
        self.builder = self.builder.clone().shared_clock(clock);
    }

    pub(super) fn client(&self) -> Result<Client> {
        // It ends up in the path: no text may lead elsewhere.
        let is_fit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        if self.tenant.is_empty() || !self.tenant.chars().all(is_fit) {
            return Err(Error::authentication(format!("`{}` is no tenant", self.tenant)));
        }
        let client = self.builder.clone().build()?;
        refuse_plain(client.base_url(), "what proves who is calling", "")?;
        Ok(client)
    }

    /// A token for what the form says.
    pub(super) async fn token(
        &self,
        client: &Client,
        form: &[(&str, &str)],
        insistence: Insistence,
    ) -> Result<Grant> {
        let answer = self.post(client, "token", form, insistence).await?;
        let Some(Value::String(token)) = answer.get("access_token") else {
            return Err(Error::authentication("the answer of the identity platform has no token"));
        };
        let lifetime = seconds(&answer, "expires_in");
        let now = client.0.connection.as_ref().map(|connection| connection.clock.now());
        Ok(Grant {
            access: AccessToken {
                secret: Secret::new(token),
                expires_on: now.zip(lifetime).map(|(now, lifetime)| now.saturating_add(lifetime)),
            },
            refresh: answer.get("refresh_token").and_then(Value::as_str).map(Secret::new),
        })
    }

    /// The answer of an endpoint.
    pub(super) async fn post(
        &self,
        client: &Client,
        endpoint: &str,
        form: &[(&str, &str)],
        insistence: Insistence,
    ) -> Result<Map<String, Value>> {
        let mut options = Options::default();
        if insistence == Insistence::Once {
            options.retry = Some(Retry::never());
        }
        let call = Call {
            operation: format!("POST /{{tenant}}/oauth2/v2.0/{endpoint}"),
            method: Method::POST,
            url: format!("{}/{}/oauth2/v2.0/{endpoint}", client.base_url(), self.tenant),
            headers: Vec::new(),
            body: Body::Bytes {
                content_type: Some("application/x-www-form-urlencoded".to_owned()),
                bytes: encode(form).into(),
            },
            // To ask for a token twice does no harm: the first one is good, too.
            is_repeatable: true,
            options,
        };
        let operation = call.operation.clone();
        let answer = send::send(client, call, Reading::Whole).await?;
        let read = crate::codec::decode_json(Response::from(answer).text(), "a token");
        match read {
            Ok(Value::Object(answer)) => Ok(answer),
            // Its body may be half a token, so the error keeps none of it.
            _ => {
                Err(Error::authentication("the answer of the identity platform is no JSON object")
                    .of_operation(operation))
            }
        }
    }
}

/// The time that a number in an answer stands for.
pub(super) fn seconds(answer: &Map<String, Value>, name: &str) -> Option<Duration> {
    let value = answer.get(name)?;
    // Some versions of the platform write numbers as text.
    let seconds = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    Some(Duration::from_secs(seconds))
}

fn encode(form: &[(&str, &str)]) -> Vec<u8> {
    let mut text = String::new();
    for (name, value) in form {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        text.extend(utf8_percent_encode(value, NON_ALPHANUMERIC));
    }
    text.into_bytes()
}
