//! Time, from outside: a test that waits for nothing brings a clock of its own.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::transport::BoxFuture;

/// What tells the time and waits.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The time since the beginning of 1970, in UTC.
    fn now(&self) -> Duration;

    /// The time since some moment of the clock's own, by which time-outs are measured: it never
    /// goes back, and nobody sets it. Unless said otherwise, the same as [`now`](Self::now).
    fn elapsed(&self) -> Duration {
        self.now()
    }

    /// Is ready when so much time has passed.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Duration {
        (**self).now()
    }

    fn elapsed(&self) -> Duration {
        (**self).elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(duration)
    }
}

/// The clock of the system, and the timer of tokio.
#[cfg(feature = "reqwest")]
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct SystemClock;

#[cfg(feature = "reqwest")]
impl Clock for SystemClock {
    fn now(&self) -> Duration {
        #[expect(clippy::disallowed_methods, reason = "this is the clock")]
        let now = std::time::SystemTime::now();
        // A clock that stands before 1970 is wrong anyway.
        now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default()
    }

    fn elapsed(&self) -> Duration {
        static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(|| {
            #[expect(clippy::disallowed_methods, reason = "this is the clock")]
            std::time::Instant::now()
        });
        START.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// A clock for tests, on which waiting takes no time: it moves on by what it was to wait.
///
/// A time-out on it ends whatever is not ready at once. So it goes with a
/// [`MemoryTransport`](crate::transport::MemoryTransport), which always is.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use docbind_runtime::{Clock, MemoryClock};
///
/// # futures_util::FutureExt::now_or_never(async {
/// let clock = MemoryClock::new();
/// clock.sleep(Duration::from_secs(30)).await;
/// assert_eq!(clock.now(), Duration::from_secs(30));
/// assert_eq!(clock.slept(), [Duration::from_secs(30)]);
/// # }).unwrap();
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryClock(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    now: Duration,
    slept: Vec<Duration>,
}

impl MemoryClock {
    /// A clock that stands at the beginning of 1970.
    pub fn new() -> Self {
        Self::default()
    }

    /// Moves the clock on.
    pub fn advance(&self, duration: Duration) {
        let mut state = self.state();
        state.now = state.now.saturating_add(duration);
    }

    /// How long it was asked to wait, each time that somebody did.
    pub fn slept(&self) -> Vec<Duration> {
        self.state().slept.clone()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for MemoryClock {
    fn now(&self) -> Duration {
        self.state().now
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        Box::pin(async move {
            let mut state = clock.state();
            state.now = state.now.saturating_add(duration);
            state.slept.push(duration);
        })
    }
}
