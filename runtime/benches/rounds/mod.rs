//! Calls per second of two sides that take turns, so that a machine whose speed drifts slows both.
//! What a side calls, and what answers, is no matter of this.

use std::time::{Duration, Instant};

/// Rounds of each side; the median counts.
const ROUNDS: usize = 5;

/// The calls per second of both sides, each by so many tasks at once and for so long in a round.
pub(crate) async fn compare<F: Future<Output = ()>, G: Future<Output = ()>>(
    tasks: usize,
    seconds: f64,
    left: impl Fn() -> F,
    right: impl Fn() -> G,
) -> (f64, f64) {
    let (mut of_left, mut of_right) = (Vec::new(), Vec::new());
    // The first round opens connections, and does not count.
    for _ in 0..=ROUNDS {
        of_left.push(rate(tasks, seconds, &left).await);
        of_right.push(rate(tasks, seconds, &right).await);
    }
    (median(of_left), median(of_right))
}

fn median(mut rates: Vec<f64>) -> f64 {
    let mut rates = rates.split_off(1);
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn now() -> Instant {
    Instant::now()
}

/// How often per second it is done, by so many tasks at once.
async fn rate<F: Future<Output = ()>>(tasks: usize, seconds: f64, call: impl Fn() -> F) -> f64 {
    let start = now();
    let end = start + Duration::from_secs_f64(seconds);
    let one = || async {
        let mut count = 0_u32;
        while now() < end {
            call().await;
            count += 1;
        }
        count
    };
    let counts = futures_util::future::join_all((0..tasks).map(|_| one())).await;
    f64::from(counts.iter().sum::<u32>()) / start.elapsed().as_secs_f64()
}
