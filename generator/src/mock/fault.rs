//! Faults on demand: by a rule for all requests, or by a header of one.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::message::{Answer, Call};
use super::problem::Problem;

/// What goes wrong, and how often.
///
/// As text it is the fault, parameters behind semicolons, and how often behind a colon:
///
/// | text | |
/// |---|---|
/// | `429:1/3` | each third request is answered with 429, and `Retry-After: 1` |
/// | `503;retry-after=10:2/5` | two of five requests are answered with 503 |
/// | `500` | all requests are |
/// | `drop:1/10` | the connection ends before the tenth request has been looked at |
/// | `drop-answer:1/10` | the connection ends when the tenth request has been done |
/// | `latency=250ms` | each answer comes a quarter of a second later |
/// | `429;times=2` | in a header: the first two requests that are the same are answered with 429 |
///
/// A request asks for a fault of its own with the header `X-Mock-Fault`.
///
/// # Examples
///
/// ```
/// use docbind::mock::Fault;
///
/// let fault: Fault = "429;retry-after=5:1/3".parse()?;
/// assert_eq!(fault.to_string(), "429;retry-after=5:1/3");
/// assert!("429:3/1".parse::<Fault>().is_err());
/// # Ok::<(), docbind::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    kind: Kind,
    /// Of so many requests …
    of: u64,
    /// … so many have the fault, the last ones.
    count: u64,
    /// How many requests have it that are the same, when it is asked for by a header.
    times: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Status { status: u16, retry_after: Option<u64> },
    Drop,
    DropAnswer,
    Latency(Duration),
}

/// What happens to one request.
#[derive(Clone, Debug, Default)]
pub(super) struct Fate {
    pub(super) delay: Duration,
    pub(super) end: End,
}

#[derive(Clone, Debug, Default)]
pub(super) enum End {
    #[default]
    Done,
    /// It is refused, and nothing done.
    Refused(Problem, Option<u64>),
    /// The connection ends, and nothing has been done.
    Dropped,
    /// The connection ends, and it has been done.
    AnswerDropped,
}

/// How many requests there have been.
#[derive(Clone, Debug, Default)]
pub(super) struct Counters {
    requests: u64,
    /// By the request and its header.
    by_header: HashMap<String, u64>,
}

/// As many different requests are told apart that ask for a fault a number of times.
const MOST_COUNTED: usize = 10_000;

const HEADER: &str = "X-Mock-Fault";

impl FromStr for Fault {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, crate::Error> {
        parse(text).ok_or_else(|| {
            crate::Error::new(format!(
                "`{text}` is no fault, such as `429:1/3`, `503;retry-after=10:1/4`, \
                 `drop:1/10`, `drop-answer:1/10` or `latency=250ms`"
            ))
        })
    }
}

fn parse(text: &str) -> Option<Fault> {
    let (what, rate) = match text.rsplit_once(':') {
        Some((what, rate)) => (what, rate),
        None => (text, "1/1"),
    };
    let (count, of) = rate.split_once('/')?;
    let (count, of): (u64, u64) = (count.trim().parse().ok()?, of.trim().parse().ok()?);
    let mut parts = what.split(';').map(str::trim);
    let (mut retry_after, mut times) = (None, None);
    let first = parts.next()?;
    for part in parts {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().parse().ok()?;
        match name.trim() {
            "retry-after" => retry_after = Some(value),
            "times" => times = Some(value),
            _ => return None,
        }
    }
    let kind = match first {
        "drop" => Kind::Drop,
        "drop-answer" => Kind::DropAnswer,
        _ if first.starts_with("latency=") => Kind::Latency(duration(&first["latency=".len()..])?),
        _ => {
            let status = first.parse().ok().filter(|status| (400..600).contains(status))?;
            let retry_after = retry_after.or((status == 429).then_some(1));
            Kind::Status { status, retry_after }
        }
    };
    (count <= of && of > 0).then_some(Fault { kind, of, count, times })
}

/// `250ms`, `2s`, or milliseconds without a unit. Nobody waits longer than ten minutes.
fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 1),
        None => text.strip_suffix('s').map_or((text, 1), |number| (number, 1000)),
    };
    let milliseconds = number.trim().parse::<u64>().ok()?.checked_mul(unit)?;
    (milliseconds <= 600_000).then(|| Duration::from_millis(milliseconds))
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Status { status, .. } => write!(formatter, "{status}")?,
            Kind::Drop => formatter.write_str("drop")?,
            Kind::DropAnswer => formatter.write_str("drop-answer")?,
            Kind::Latency(latency) => write!(formatter, "latency={}ms", latency.as_millis())?,
        }
        if let Kind::Status { retry_after: Some(seconds), .. } = &self.kind {
            write!(formatter, ";retry-after={seconds}")?;
        }
        if let Some(times) = self.times {
            write!(formatter, ";times={times}")?;
        }
        write!(formatter, ":{}/{}", self.count, self.of)
    }
}

impl Fault {
    fn befalls(&self, number: u64) -> bool {
        (number - 1) % self.of >= self.of - self.count
    }

    fn fall_on(&self, fate: &mut Fate) {
        match &self.kind {
            Kind::Latency(latency) => fate.delay += *latency,
            _ if !matches!(fate.end, End::Done) => {}
            Kind::Drop => fate.end = End::Dropped,
            Kind::DropAnswer => fate.end = End::AnswerDropped,
            Kind::Status { status, retry_after } => {
                let code = match status {
                    429 => "TooManyRequests",
                    503 => "ServiceUnavailable",
                    504 => "GatewayTimeout",
                    _ => "MockFault",
                };
                let problem = Problem::new(*status, code, "a fault that the mock was asked for");
                fate.end = End::Refused(problem, *retry_after);
            }
        }
    }
}

impl Counters {
    /// What happens to the next request.
    pub(super) fn next(&mut self, rules: &[Fault], call: &Call) -> Result<Fate, Problem> {
        self.requests += 1;
        let mut fate = Fate::default();
        for fault in rules.iter().filter(|fault| fault.befalls(self.requests)) {
            fault.fall_on(&mut fate);
        }
        let Some(asked) = call.header(HEADER) else { return Ok(fate) };
        let fault = parse(asked).ok_or_else(|| {
            Problem::bad_request(format!("`{HEADER}: {asked}` is no fault that the mock knows"))
        })?;
        let key = || format!("{} {} {asked}", call.method, call.target);
        let number = match fault.times {
            Some(_) => self.count(key()),
            None if fault.of > 1 => self.count(key()),
            None => 1,
        };
        let is_over = fault.times.is_some_and(|times| number > times);
        if !is_over && fault.befalls(number) {
            fault.fall_on(&mut fate);
        }
        Ok(fate)
    }

    fn count(&mut self, key: String) -> u64 {
        if self.by_header.len() >= MOST_COUNTED {
            self.by_header.clear();
        }
        let count = self.by_header.entry(key).or_default();
        *count += 1;
        *count
    }
}

/// The answer to a request that is refused.
pub(super) fn refusal(
    problem: &Problem,
    retry_after: Option<u64>,
    request_id: &str,
    client_request_id: Option<&str>,
) -> Answer {
    let mut answer = problem.answer(request_id, client_request_id);
    if let Some(seconds) = retry_after {
        answer.set_header("Retry-After", seconds.to_string());
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::{Fault, parse};

    #[track_caller]
    fn check(text: &str, canonical: &str) {
        assert_eq!(
            text.parse::<Fault>().map(|fault| fault.to_string()).ok(),
            Some(canonical.into())
        );
    }

    #[test]
    fn faults_as_text() {
        check("429:1/3", "429;retry-after=1:1/3");
        check("503", "503:1/1");
        check("429; retry-after=0; times=2", "429;retry-after=0;times=2:1/1");
        check("drop:1/10", "drop:1/10");
        check("latency=2s", "latency=2000ms:1/1");
    }

    #[test]
    fn what_is_no_fault() {
        for text in
            ["", "200", "429:1", "429:0/0", "429:2/1", "latency=x", "drop;x=1", "latency=1h"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn one_of_three_is_each_third() {
        let fault = parse("429:1/3").expect("a fault");
        let befallen: Vec<_> = (1..=9).filter(|number| fault.befalls(*number)).collect();
        assert_eq!(befallen, [3, 6, 9]);
    }
}
