//! When a request is sent again, and how long to wait before.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode, header};

/// When and how often a request is sent again.
///
/// Answers of 429, 503 and 504 and faults of the connection are worth another attempt. What may
/// have been done already is not sent again, unless doing it twice is the same as doing it once
/// (GET, PUT and DELETE): a POST or PATCH goes out again after 429, after 503 with `Retry-After`,
/// and when there was no connection at all.
///
/// A service that answers with 429 is well, and will take the request before long. So such answers
/// are met with more patience than faults.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use docbind_runtime::Retry;
///
/// let patient = Retry::default().attempts(8).longest_wait(Duration::from_secs(600));
/// let never = Retry::never();
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Retry {
    attempts: u32,
    throttled_attempts: u32,
    first_wait: Duration,
    longest_backoff: Duration,
    longest_wait: Duration,
}

impl Default for Retry {
    /// Four attempts, or 16 where the answer is 429; waits of about 1, 2 and 4 s unless the service
    /// says how long, and no wait longer than 3 min.
    fn default() -> Self {
        Self {
            attempts: 4,
            throttled_attempts: 16,
            first_wait: Duration::from_secs(1),
            longest_backoff: Duration::from_secs(30),
            longest_wait: Duration::from_secs(180),
        }
    }
}

impl Retry {
    /// No second attempt.
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// How many attempts there are, the first one included, whatever the answer. Before
    /// [`throttled_attempts`](Self::throttled_attempts), if both are called.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts.max(1);
        self.throttled_attempts = self.attempts;
        self
    }

    /// How many attempts there are while the answer is 429, the first one included.
    pub fn throttled_attempts(mut self, attempts: u32) -> Self {
        self.throttled_attempts = attempts.max(1);
        self
    }

    /// How long to wait before the second attempt where the service does not say. The wait doubles
    /// with each further attempt, and up to a half of it is left to chance.
    pub fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait;
        self
    }

    /// The longest wait that is worth it. What a service asks for is waited for and up to a second
    /// more, so that callers do not come back all at once. When it asks for a longer one, the call fails,
    /// and the error says how long it would have been.
    pub fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self.longest_backoff = self.longest_backoff.min(wait);
        self
    }

    /// How many attempts there are.
    pub(crate) fn limit(&self) -> u32 {
        self.attempts
    }

    /// How long to wait after attempt number `attempt`, counted from 1; none when it was the last.
    pub(crate) fn wait(
        &self,
        attempt: u32,
        reason: Reason,
        asked: Option<Duration>,
    ) -> Option<Duration> {
        let attempts = match reason {
            Reason::Throttled => self.throttled_attempts,
            Reason::Fault => self.attempts,
        };
        if attempt >= attempts {
            return None;
        }
        match asked {
            Some(asked) => (asked <= self.longest_wait).then(|| spread(asked, chance())),
            None => Some(self.backoff(attempt, chance())),
        }
    }

    /// `chance` is between 0 and 1. Without it, callers that were refused together would come back
    /// together.
    fn backoff(&self, attempt: u32, chance: f64) -> Duration {
        let factor = 2_u32.saturating_pow(attempt.saturating_sub(1).min(20));
        let wait = self.first_wait.saturating_mul(factor).min(self.longest_backoff);
        wait.mul_f64(1.0 - chance / 2.0)
    }
}

/// The wait that a service asks for and a little more, never less: what it has told many callers to
/// wait, they would come back together. `chance` is between 0 and 1.
fn spread(asked: Duration, chance: f64) -> Duration {
    let most = (asked / 10).min(Duration::from_secs(1));
    asked.saturating_add(most.mul_f64(chance))
}

/// Why a request may go out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// There were too many requests.
    Throttled,
    /// Anything else.
    Fault,
}

impl Reason {
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::TOO_MANY_REQUESTS => Self::Throttled,
            _ => Self::Fault,
        }
    }
}

/// Between 0 and 1, by the keys that the standard library draws for its hash tables.
fn chance() -> f64 {
    let drawn = RandomState::new().hash_one(()) >> 32;
    f64::from(u32::try_from(drawn).unwrap_or_default()) / f64::from(u32::MAX)
}

/// Whether doing it twice is the same as doing it once (RFC 9110, section 9.2.2).
pub(crate) fn is_repeatable(method: &Method) -> bool {
    method.is_idempotent()
}

/// Whether an answer of this status is worth another attempt.
pub(super) fn is_transient(is_repeatable: bool, status: StatusCode, headers: &HeaderMap) -> bool {
    match status {
        StatusCode::TOO_MANY_REQUESTS => true,
        // The service says when to come back, so it has not begun.
        StatusCode::SERVICE_UNAVAILABLE => {
            is_repeatable || headers.contains_key(header::RETRY_AFTER)
        }
        StatusCode::GATEWAY_TIMEOUT => is_repeatable,
        _ => false,
    }
}

/// How long the service asks to wait: seconds, or a date.
pub(crate) fn retry_after(headers: &HeaderMap, now: Duration) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    let date = date.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(date.saturating_sub(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let retry = Retry::default();
        assert_eq!(retry.backoff(1, 0.0), Duration::from_secs(1));
        assert_eq!(retry.backoff(3, 0.0), Duration::from_secs(4));
        assert_eq!(retry.backoff(3, 1.0), Duration::from_secs(2));
        assert_eq!(retry.backoff(99, 0.0), Duration::from_secs(30));
    }

    #[test]
    fn the_service_is_obeyed_within_limits() {
        let retry = Retry::default();
        let minute = Duration::from_secs(60);
        let seconds = |retry: &Retry, attempt, reason, asked| {
            retry.wait(attempt, reason, Some(asked)).map(|wait| wait.as_secs())
        };
        assert!(matches!(seconds(&retry, 1, Reason::Fault, minute), Some(60 | 61)));
        assert_eq!(seconds(&retry, 1, Reason::Fault, minute * 60), None);
        assert_eq!(seconds(&retry, 4, Reason::Fault, minute), None);
        assert!(matches!(seconds(&retry, 4, Reason::Throttled, minute), Some(60 | 61)));
        assert_eq!(seconds(&retry, 16, Reason::Throttled, minute), None);
        assert_eq!(seconds(&Retry::never(), 1, Reason::Throttled, minute), None);
    }

    #[test]
    fn nobody_comes_back_earlier_than_asked() {
        let check = |asked, chance, expected| {
            assert_eq!(spread(Duration::from_millis(asked), chance).as_millis(), expected);
        };
        check(0, 1.0, 0);
        check(5_000, 0.0, 5_000);
        check(5_000, 1.0, 5_500);
        check(120_000, 1.0, 121_000);
        assert_eq!(spread(Duration::MAX, 1.0), Duration::MAX);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let at = |text: &'static str, now| {
            let headers =
                HeaderMap::from_iter([(header::RETRY_AFTER, http::HeaderValue::from_static(text))]);
            retry_after(&headers, Duration::from_secs(now)).map(|wait| wait.as_secs())
        };
        assert_eq!(at("120", 0), Some(120));
        assert_eq!(at("Thu, 01 Jan 1970 00:10:00 GMT", 60), Some(540));
        assert_eq!(at("Thu, 01 Jan 1970 00:10:00 GMT", 3600), Some(0));
        assert_eq!(at("soon", 0), None);
    }

    #[test]
    fn what_may_have_been_done_is_not_done_again() {
        let none = HeaderMap::new();
        let later =
            HeaderMap::from_iter([(header::RETRY_AFTER, http::HeaderValue::from_static("1"))]);
        let unavailable = StatusCode::SERVICE_UNAVAILABLE;
        let (get, post) = (is_repeatable(&Method::GET), is_repeatable(&Method::POST));
        assert!(is_transient(get, unavailable, &none));
        assert!(!is_transient(post, unavailable, &none));
        assert!(is_transient(post, unavailable, &later));
        assert!(is_transient(post, StatusCode::TOO_MANY_REQUESTS, &none));
        assert!(!is_transient(is_repeatable(&Method::PATCH), StatusCode::GATEWAY_TIMEOUT, &later));
        assert!(!is_transient(get, StatusCode::INTERNAL_SERVER_ERROR, &none));
    }
}
