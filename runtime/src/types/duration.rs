//! A span of time.

use super::scan::Scanner;

/// A span of time, as ISO 8601 writes it (`PT1H30M`) or .NET (`1.02:03:04.5`). Keeps the text it
/// came with.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Duration(Box<str>);

impl Duration {
    /// The span, to compute with; negative spans are possible. A day has 24 hours. None for a span
    /// of years or months, whose length depends on where it begins.
    ///
    /// ```
    /// let span: docbind_runtime::Duration = "PT1H30M".parse()?;
    /// assert_eq!(span.duration(), Some(time::Duration::minutes(90)));
    /// let span: docbind_runtime::Duration = "P1M".parse()?;
    /// assert_eq!((span.duration(), span.months()), (None, 1));
    /// # Ok::<(), docbind_runtime::Error>(())
    /// ```
    pub fn duration(&self) -> Option<time::Duration> {
        let span = read(&self.0)?;
        (span.months == 0).then_some(span.exact)
    }

    /// The years and months of the span, as months.
    pub fn months(&self) -> i64 {
        read(&self.0).map_or(0, |span| span.months)
    }

    fn is_readable(text: &str) -> bool {
        read(text).is_some()
    }
}

struct Span {
    months: i64,
    exact: time::Duration,
}

fn read(text: &str) -> Option<Span> {
    let mut scanner = Scanner::new(text);
    let negative = scanner.eat(b'-');
    if !negative {
        scanner.eat(b'+');
    }
    let span = if scanner.eat(b'P') { iso(&mut scanner)? } else { dot_net(&mut scanner)? };
    if !scanner.is_empty() {
        return None;
    }
    let sign = if negative { -1 } else { 1 };
    Some(Span { months: sign * span.months, exact: span.exact.checked_mul(sign.try_into().ok()?)? })
}

/// Reads what follows the `P` of ISO 8601: `10DT2H48M5.4775808S`, `3W`, `1Y2M`.
fn iso(scanner: &mut Scanner<'_>) -> Option<Span> {
    let mut span = Span { months: 0, exact: time::Duration::ZERO };
    let mut in_time = false;
    // Each unit is smaller than the one before it.
    let mut last = 0;
    while !scanner.is_empty() {
        if !in_time && scanner.eat(b'T') {
            in_time = true;
            // A `T` stands in front of something.
            if scanner.is_empty() {
                return None;
            }
        }
        let count = i64::try_from(scanner.number()?).ok()?;
        let fraction = if scanner.eat(b'.') { Some(scanner.billionths()?) } else { None };
        let (rank, seconds) = match (scanner.letter()?, in_time) {
            (b'Y', false) => {
                span.months = count.checked_mul(12)?;
                (1, 0)
            }
            (b'M', false) => {
                span.months = span.months.checked_add(count)?;
                (2, 0)
            }
            (b'W', false) => (3, 604_800),
            (b'D', false) => (4, 86_400),
            (b'H', true) => (5, 3_600),
            (b'M', true) => (6, 60),
            (b'S', true) => (7, 1),
            _ => return None,
        };
        if rank <= last || fraction.is_some() && rank < 3 {
            return None;
        }
        last = rank;
        let whole = time::Duration::seconds(count.checked_mul(seconds)?);
        let billionths = i64::from(fraction.unwrap_or(0)) * seconds;
        span.exact = span.exact.checked_add(whole)?;
        span.exact = span.exact.checked_add(time::Duration::nanoseconds(billionths))?;
    }
    (last > 0).then_some(span)
}

/// Reads a .NET span: `[d.]hh:mm[:ss[.fffffff]]`, or days alone.
fn dot_net(scanner: &mut Scanner<'_>) -> Option<Span> {
    let first = i64::try_from(scanner.number()?).ok()?;
    let (days, hours) = if scanner.is_empty() {
        (first, None)
    } else if scanner.eat(b'.') {
        (first, Some(i64::from(scanner.two(23)?)))
    } else {
        // Some services write more than a day's hours.
        (0, Some(first))
    };
    let mut exact = time::Duration::seconds(days.checked_mul(86_400)?);
    if let Some(hours) = hours {
        exact = exact.checked_add(time::Duration::seconds(hours.checked_mul(3_600)?))?;
        scanner.expect(b':')?;
        exact = exact.checked_add(time::Duration::minutes(scanner.two(59)?.into()))?;
        if scanner.eat(b':') {
            exact = exact.checked_add(time::Duration::seconds(scanner.two(59)?.into()))?;
            if scanner.eat(b'.') {
                let billionths = scanner.billionths()?;
                exact = exact.checked_add(time::Duration::nanoseconds(billionths.into()))?;
            }
        }
    }
    Some(Span { months: 0, exact })
}

impl From<time::Duration> for Duration {
    fn from(span: time::Duration) -> Self {
        let whole = span.whole_seconds().unsigned_abs();
        let billionths = span.subsec_nanoseconds().unsigned_abs();
        let fraction = format!(".{billionths:09}");
        let fraction = fraction.trim_end_matches(['0', '.']);
        let (days, in_day) = (whole / 86_400, whole % 86_400);
        let part = |count: u64, unit: &str| match count {
            0 => String::new(),
            _ => format!("{count}{unit}"),
        };
        let mut time = part(in_day / 3_600, "H") + &part(in_day % 3_600 / 60, "M");
        if billionths > 0 || in_day % 60 > 0 || whole == 0 {
            time = format!("{time}{}{fraction}S", in_day % 60);
        }
        let sign = if span.is_negative() { "-" } else { "" };
        let separator = if time.is_empty() { "" } else { "T" };
        Self(format!("{sign}P{}{separator}{time}", part(days, "D")).into())
    }
}

impl From<std::time::Duration> for Duration {
    fn from(span: std::time::Duration) -> Self {
        time::Duration::try_from(span).unwrap_or(time::Duration::MAX).into()
    }
}

super::text_type! { Duration, "a duration" }
super::text_kind! { Duration, "a duration" }
