//! A time of the day, without day or zone.

use super::scan::Scanner;

/// A time of the day: `17:30:00.0000000`. Keeps the text it came with.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(Box<str>);

impl TimeOfDay {
    /// The time, to compute with. What is smaller than a nanosecond is passed over.
    ///
    /// ```
    /// let start: docbind_runtime::TimeOfDay = "17:30:00.0000000".parse()?;
    /// assert_eq!(start.time().hour(), 17);
    /// # Ok::<(), docbind_runtime::Error>(())
    /// ```
    pub fn time(&self) -> time::Time {
        read(&self.0).unwrap_or(time::Time::MIDNIGHT)
    }

    fn is_readable(text: &str) -> bool {
        read(text).is_some()
    }
}

fn read(text: &str) -> Option<time::Time> {
    let mut scanner = Scanner::new(text);
    let time = scan(&mut scanner)?;
    scanner.is_empty().then_some(time)
}

/// Reads `17:30`, `17:30:00` or `17:30:00.5` off the front.
pub(super) fn scan(scanner: &mut Scanner<'_>) -> Option<time::Time> {
    let hour = scanner.two(23)?;
    scanner.expect(b':')?;
    let minute = scanner.two(59)?;
    let (mut second, mut nanosecond) = (0, 0);
    if scanner.eat(b':') {
        second = scanner.two(59)?;
        if scanner.eat(b'.') {
            nanosecond = scanner.billionths()?;
        }
    }
    time::Time::from_hms_nano(hour, minute, second, nanosecond).ok()
}

/// Writes a time as OData does, with as many digits as it has.
pub(super) fn write(time: time::Time) -> String {
    let (hour, minute, second, nanosecond) = time.as_hms_nano();
    let mut text = format!("{hour:02}:{minute:02}:{second:02}");
    if nanosecond > 0 {
        text.push_str(format!(".{nanosecond:09}").trim_end_matches('0'));
    }
    text
}

impl From<time::Time> for TimeOfDay {
    fn from(time: time::Time) -> Self {
        Self(write(time).into())
    }
}

super::text_type! { TimeOfDay, "a time of day" }
super::text_kind! { TimeOfDay, "a time of day" }
