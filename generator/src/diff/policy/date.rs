//! A day, as far as entries that expire need it.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

/// A day of the Gregorian calendar. Later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

const SECONDS_OF_A_DAY: u64 = 86_400;

impl Date {
    /// The day that it is, in UTC.
    #[expect(clippy::disallowed_methods, reason = "the day is for those who run the command")]
    pub fn today() -> Self {
        // A clock before 1970 is one that was never set.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self::of_days(now.as_secs() / SECONDS_OF_A_DAY)
    }

    /// The day of this year, month and number, if there is one.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = year <= 9999
            && (1..=12).contains(&month)
            && (1..=days_of_month(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The day that is so many days after 1 January 1970, up to the last one with four digits.
    fn of_days(days: u64) -> Self {
        let mut rest = days;
        let mut year = 1970;
        while year < 9999 && rest >= days_of_year(year) {
            rest -= days_of_year(year);
            year += 1;
        }
        let mut month = 1;
        while month < 12 && rest >= u64::from(days_of_month(year, month)) {
            rest -= u64::from(days_of_month(year, month));
            month += 1;
        }
        let last = days_of_month(year, month);
        let day = u8::try_from(rest + 1).map_or(last, |day| day.min(last));
        Self { year, month, day }
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_year(year: u16) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_of_month(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = || {
            let mut parts = text.split('-');
            let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
            let is_form = parts.next().is_none()
                && [(year, 4), (month, 2), (day, 2)].into_iter().all(|(part, length)| {
                    part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
                });
            if !is_form {
                return None;
            }
            Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        };
        parse().ok_or_else(|| format!("`{text}` is no day; write it as `2027-01-31`"))
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn days_since_the_epoch() {
        for (days, text) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (11_016, "2000-02-29"),
            (20_453, "2025-12-31"),
            (20_454, "2026-01-01"),
            (u64::MAX, "9999-12-31"),
        ] {
            assert_eq!(Date::of_days(days).to_string(), text);
        }
        assert!(Date::today().to_string().as_str() > "2026");
    }

    #[test]
    fn days_as_text() {
        for text in ["2027-01-31", "2028-02-29", "0001-12-01"] {
            assert_eq!(text.parse::<Date>().expect("a day").to_string(), text);
        }
        for text in
            ["2027-02-29", "2100-02-29", "2027-13-01", "2027-1-31", "tomorrow", "", "1-1-1-1"]
        {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert!("2026-12-31".parse::<Date>() < "2027-01-01".parse::<Date>());
    }
}
