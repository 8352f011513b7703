//! Keeps a token until shortly before it expires, and gets one for many callers at a time.

use std::sync::Arc;
use std::time::Duration;

use futures_util::lock::Mutex;

use super::{AccessToken, Credential};
use crate::clock::Clock;
use crate::error::Result;

/// A token that expires within this time is not used for a new call: the call takes time, too.
const MARGIN: Duration = Duration::from_secs(5 * 60);

/// The token of a client.
#[derive(Debug)]
pub(crate) struct TokenCache {
    credential: Arc<dyn Credential>,
    scopes: Vec<String>,
    token: Mutex<Option<AccessToken>>,
}

impl TokenCache {
    pub(crate) fn new(credential: Arc<dyn Credential>, scopes: Vec<String>) -> Self {
        Self { credential, scopes, token: Mutex::new(None) }
    }

    /// A token, other than the one that was `refused`.
    ///
    /// Callers that come while one is being fetched wait for it. A caller that gives up on the way
    /// leaves the fetching to the next.
    pub(crate) async fn token(
        &self,
        clock: &dyn Clock,
        refused: Option<&AccessToken>,
    ) -> Result<AccessToken> {
        let mut place = self.token.lock().await;
        if let Some(token) = &*place
            && refused != Some(token)
            && is_fresh(token, clock.now())
        {
            return Ok(token.clone());
        }
        let token = self.credential.token(&self.scopes, refused.is_some()).await?;
        *place = Some(token.clone());
        Ok(token)
    }
}

fn is_fresh(token: &AccessToken, now: Duration) -> bool {
    token.expires_on.is_none_or(|expires_on| now + MARGIN < expires_on)
}
