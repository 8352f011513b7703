//! A point in time.

use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};

use super::scan::Scanner;
use super::{date, time_of_day};

/// A point in time: `2026-03-14T15:09:26.5358979Z`. Keeps the text it came with, all digits and the
/// offset, so that it goes back as it came.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DateTimeOffset(Box<str>);

impl DateTimeOffset {
    /// The point in time, to compute with. What is smaller than a nanosecond is passed over.
    ///
    /// ```
    /// let received: docbind_runtime::DateTimeOffset = "2026-03-14T15:09:26.5358979Z".parse()?;
    /// assert_eq!(received.date_time().unix_timestamp(), 1_773_500_966);
    /// # Ok::<(), docbind_runtime::Error>(())
    /// ```
    pub fn date_time(&self) -> OffsetDateTime {
        read(&self.0).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    fn is_readable(text: &str) -> bool {
        read(text).is_some()
    }
}

fn read(text: &str) -> Option<OffsetDateTime> {
    let mut scanner = Scanner::new(text);
    let date = date::scan(&mut scanner)?;
    scanner.expect(b'T')?;
    let time = time_of_day::scan(&mut scanner)?;
    let offset = scan_offset(&mut scanner)?;
    scanner.is_empty().then(|| PrimitiveDateTime::new(date, time).assume_offset(offset))
}

fn scan_offset(scanner: &mut Scanner<'_>) -> Option<UtcOffset> {
    if scanner.eat(b'Z') {
        return Some(UtcOffset::UTC);
    }
    let sign = if scanner.eat(b'-') {
        -1
    } else {
        scanner.expect(b'+')?;
        1
    };
    let hours = scanner.two(23)?.cast_signed();
    scanner.expect(b':')?;
    let minutes = scanner.two(59)?.cast_signed();
    UtcOffset::from_hms(sign * hours, sign * minutes, 0).ok()
}

impl From<OffsetDateTime> for DateTimeOffset {
    /// Writes the offset to the minute, which is all that OData can say.
    fn from(value: OffsetDateTime) -> Self {
        let (hours, minutes, seconds) = value.offset().as_hms();
        let value = if seconds == 0 {
            value
        } else {
            // At the end of time there is no UTC: the seconds of the offset are lost then.
            let to_the_minute = UtcOffset::from_hms(hours, minutes, 0).unwrap_or(UtcOffset::UTC);
            let in_utc = value.checked_to_offset(UtcOffset::UTC);
            in_utc.unwrap_or_else(|| value.replace_offset(to_the_minute))
        };
        let offset = if value.offset().is_utc() {
            "Z".to_owned()
        } else {
            let sign = if value.offset().is_negative() { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", hours.unsigned_abs(), minutes.unsigned_abs())
        };
        let (date, time) = (date::write(value.date()), time_of_day::write(value.time()));
        Self(format!("{date}T{time}{offset}").into())
    }
}

impl From<std::time::SystemTime> for DateTimeOffset {
    fn from(value: std::time::SystemTime) -> Self {
        OffsetDateTime::from(value).into()
    }
}

super::text_type! { DateTimeOffset, "a date with time and offset" }
super::text_kind! { DateTimeOffset, "a date with time and offset" }
