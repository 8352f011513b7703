//! A day, without time or zone.

use time::Month;

use super::scan::Scanner;

/// A day: `2026-03-14`. Keeps the text it came with.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(Box<str>);

impl Date {
    /// The day, to compute with.
    ///
    /// ```
    /// let date: docbind_runtime::Date = "2026-03-14".parse()?;
    /// assert_eq!(date.date().ordinal(), 73);
    /// # Ok::<(), docbind_runtime::Error>(())
    /// ```
    pub fn date(&self) -> time::Date {
        read(&self.0).unwrap_or(time::Date::MIN)
    }

    fn is_readable(text: &str) -> bool {
        read(text).is_some()
    }
}

fn read(text: &str) -> Option<time::Date> {
    let mut scanner = Scanner::new(text);
    let date = scan(&mut scanner)?;
    scanner.is_empty().then_some(date)
}

/// Reads `2026-03-14` off the front.
pub(super) fn scan(scanner: &mut Scanner<'_>) -> Option<time::Date> {
    let sign = if scanner.eat(b'-') { -1 } else { 1 };
    let year = i32::try_from(scanner.digits(4)?).ok()? * sign;
    scanner.expect(b'-')?;
    let month = Month::try_from(scanner.two(12)?).ok()?;
    scanner.expect(b'-')?;
    let day = scanner.two(31)?;
    time::Date::from_calendar_date(year, month, day).ok()
}

/// Writes a day as OData does.
pub(super) fn write(date: time::Date) -> String {
    let sign = if date.year() < 0 { "-" } else { "" };
    let year = date.year().unsigned_abs();
    format!("{sign}{year:04}-{:02}-{:02}", u8::from(date.month()), date.day())
}

impl From<time::Date> for Date {
    fn from(date: time::Date) -> Self {
        Self(write(date).into())
    }
}

super::text_type! { Date, "a date" }
super::text_kind! { Date, "a date" }
