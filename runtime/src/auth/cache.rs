//! Keeps a token until shortly before it expires, and gets one for many callers at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::lock::Mutex;

use super::{AccessToken, Credential};
use crate::clock::Clock;
use crate::error::{Error, Result};

/// A token that expires within this time is replaced before a new call: the call takes time, too.
const MARGIN: Duration = Duration::from_secs(5 * 60);

/// How long a token that is still good is used without another attempt to replace it.
const PAUSE: Duration = Duration::from_secs(30);

/// The token of a client.
#[derive(Debug)]
pub(crate) struct TokenCache {
    credential: Arc<dyn Credential>,
    scopes: Vec<String>,
    place: Mutex<Place>,
    /// How often the credential has been asked.
    rounds: AtomicU64,
}

#[derive(Debug, Default)]
struct Place {
    token: Option<AccessToken>,
    /// When the token is to be replaced. None where nobody knows when it expires.
    due: Option<Duration>,
    /// Why there is no new one, for those who waited for it.
    failure: Option<Arc<Error>>,
}

impl TokenCache {
    pub(crate) fn new(credential: Arc<dyn Credential>, scopes: Vec<String>) -> Self {
        Self { credential, scopes, place: Mutex::default(), rounds: AtomicU64::new(0) }
    }

    /// A token, other than the one that was `refused`.
    ///
    /// Callers that come while one is being fetched wait for it, and share its fate. A caller that
    /// gives up on the way leaves the fetching to the next.
    pub(crate) async fn token(
        &self,
        clock: &dyn Clock,
        refused: Option<&AccessToken>,
    ) -> Result<AccessToken> {
        let round = self.rounds.load(Ordering::Relaxed);
        let mut place = self.place.lock().await;
        let now = clock.now();
        if let Some(token) = &place.token
            && refused != Some(token)
            && place.due.is_none_or(|due| now < due)
        {
            return Ok(token.clone());
        }
        if let Some(failure) = &place.failure
            && self.rounds.load(Ordering::Relaxed) > round
        {
            return Err(Error::shared(failure));
        }
        let outcome = self.credential.token(&self.scopes, refused.is_some()).await;
        self.rounds.fetch_add(1, Ordering::Relaxed);
        place.keep(outcome, refused, clock.now())
    }
}

impl Place {
    fn keep(
        &mut self,
        outcome: Result<AccessToken>,
        refused: Option<&AccessToken>,
        now: Duration,
    ) -> Result<AccessToken> {
        self.failure = None;
        match outcome {
            Ok(token) => {
                let due = |end: Duration| end.saturating_sub(margin(end.saturating_sub(now)));
                self.due = token.expires_on.map(due);
                self.token = Some(token.clone());
                Ok(token)
            }
            Err(error) => {
                // The old one may last until the service for tokens is well again.
                let is_good = |token: &&AccessToken| {
                    refused != Some(token) && token.expires_on.is_some_and(|end| now < end)
                };
                if let Some(token) = self.token.as_ref().filter(is_good) {
                    self.due = Some(now.saturating_add(PAUSE));
                    return Ok(token.clone());
                }
                let error = Arc::new(error.of_token());
                self.failure = Some(Arc::clone(&error));
                Err(Error::shared(&error))
            }
        }
    }
}

/// How long before its end a token is replaced. One that lives for minutes is used, too.
fn margin(lifetime: Duration) -> Duration {
    MARGIN.min(lifetime / 4)
}
