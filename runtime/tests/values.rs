//! Values that are written as text: what is read, what is refused, and what is made of them.

use docbind_runtime::{Binary, Date, DateTimeOffset, Decimal, Duration, Guid, TimeOfDay};
use time::macros::{date, datetime, time as at};

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "it reads better where it is called")]
fn check_read<T: std::str::FromStr + ToString, V: PartialEq + std::fmt::Debug>(
    text: &str,
    value: impl FnOnce(&T) -> V,
    expected: V,
) {
    let read: T = text.parse().ok().expect("it can be read");
    assert_eq!(read.to_string(), text, "the text is kept");
    assert_eq!(value(&read), expected);
}

#[track_caller]
fn check_refused<T: std::str::FromStr>(texts: &[&str]) {
    for text in texts {
        assert!(text.parse::<T>().is_err(), "{text}");
    }
}

#[test]
fn dates_with_time() {
    let check = |text, expected| check_read(text, DateTimeOffset::date_time, expected);
    check("2026-03-14T15:09:26Z", datetime!(2026-03-14 15:09:26 UTC));
    check("2026-03-14t15:09:26.5358979z", datetime!(2026-03-14 15:09:26.5358979 UTC));
    check("2026-03-14T15:09:26.123456789012+02:00", datetime!(2026-03-14 15:09:26.123456789 +2));
    check("2026-03-14T15:09-23:59", datetime!(2026-03-14 15:09 -23:59));
    check("0001-01-01T00:00:00Z", datetime!(0001-01-01 00:00 UTC));
    check("9999-12-31T23:59:59.9999999Z", datetime!(9999-12-31 23:59:59.9999999 UTC));
    check("9999-12-31T23:59:59-14:00", datetime!(9999-12-31 23:59:59 -14));
    check("2024-02-29T00:00:00Z", datetime!(2024-02-29 0:00 UTC));
    check_refused::<DateTimeOffset>(&[
        "",
        "2026-03-14",
        "2026-03-14T15:09:26",
        "2026-03-14 15:09:26Z",
        "2026-3-14T15:09:26Z",
        "2026-02-29T00:00:00Z",
        "2026-03-14T24:00:00Z",
        "2026-03-14T15:60:00Z",
        "2026-03-14T15:09:26.Z",
        "2026-03-14T15:09:26Z ",
        "2026-03-14T15:09:26+0200",
        "2026-03-14T15:09:26+24:00",
        "٢٠٢٦-03-14T15:09:26Z",
        "2026-03-14T15:09:26Zé",
    ]);
}

#[test]
fn dates_are_written_as_odata_has_them() {
    let check = |value, expected| assert_eq!(DateTimeOffset::from(value).as_str(), expected);
    check(datetime!(2026-03-14 15:09:26 UTC), "2026-03-14T15:09:26Z");
    check(datetime!(2026-03-14 15:09:26.5 +2), "2026-03-14T15:09:26.5+02:00");
    check(datetime!(2026-03-14 15:09:26 -9:30), "2026-03-14T15:09:26-09:30");
    // OData has no seconds in an offset.
    check(datetime!(2026-03-14 15:09:26 +0:00:26), "2026-03-14T15:09:00Z");
    check(datetime!(-0044-03-15 12:00 UTC), "-0044-03-15T12:00:00Z");
    assert_eq!(Date::from(date!(0476 - 09 - 04)).as_str(), "0476-09-04");
    assert_eq!(TimeOfDay::from(at!(9:05:00.001)).as_str(), "09:05:00.001");
}

#[test]
fn days_and_times_of_day() {
    check_read("2026-03-14", Date::date, date!(2026 - 03 - 14));
    check_refused::<Date>(&["", "2026-13-01", "2026-04-31", "14.3.2026", "2026-03-14T00:00:00Z"]);
    check_read("17:30:00.0000000", TimeOfDay::time, at!(17:30));
    check_read("17:30", TimeOfDay::time, at!(17:30));
    check_refused::<TimeOfDay>(&["", "24:00", "17:30:60", "5:30 PM", "17:30:00."]);
}

#[test]
fn durations_of_iso_8601() {
    let check = |text, expected| check_read(text, Duration::duration, Some(expected));
    check("PT1H30M", time::Duration::minutes(90));
    check("P1D", time::Duration::days(1));
    check("P2W", time::Duration::weeks(2));
    check("PT0S", time::Duration::ZERO);
    check("-PT5M", time::Duration::minutes(-5));
    check("PT36H", time::Duration::hours(36));
    check("PT0.5H", time::Duration::minutes(30));
    check(
        "-P10675199DT2H48M5.4775808S",
        -(time::Duration::days(10_675_199)
            + time::Duration::seconds(10_085)
            + time::Duration::nanoseconds(477_580_800)),
    );
    let months = |span: &Duration| (span.duration(), span.months());
    check_read("P1Y2M", months, (None, 14));
    check_read("-P1M", months, (None, -1));
    check_refused::<Duration>(&[
        "",
        "P",
        "PT",
        "P1",
        "P1H",
        "PT1D",
        "1D",
        "PT1M1H",
        "P1D2",
        "P1DT",
        "PTT1H",
        "PT1H ",
        "P99999999999999999999D",
        "P9223372036854775807W",
        "P1.5Y",
        "five minutes",
    ]);
}

#[test]
fn durations_of_dot_net() {
    let check = |text, expected| check_read(text, Duration::duration, Some(expected));
    check("01:30:00", time::Duration::minutes(90));
    check("1.02:03:04.5", time::Duration::new(86_400 + 7_384, 500_000_000));
    check("-00:05:00", time::Duration::minutes(-5));
    check("00:05", time::Duration::minutes(5));
    check("7", time::Duration::days(7));
    check_refused::<Duration>(&["1.25:00:00", "00:60:00", "1.", "1:2:3", "01:00:00.", "-"]);
}

#[test]
fn durations_are_written_as_iso_8601() {
    let check = |value, expected| assert_eq!(Duration::from(value).as_str(), expected);
    check(time::Duration::ZERO, "PT0S");
    check(time::Duration::minutes(90), "PT1H30M");
    check(time::Duration::days(2), "P2D");
    check(time::Duration::new(-86_401, -500_000_000), "-P1DT1.5S");
    assert_eq!(Duration::from(std::time::Duration::from_millis(250)).as_str(), "PT0.25S");
}

#[test]
fn guids_compare_without_case() {
    let upper: Guid = "0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9".parse().expect("reads");
    let lower: Guid = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9".parse().expect("reads");
    assert_eq!(upper, lower);
    assert_eq!(Guid::from_u128(upper.as_u128()).as_str(), lower.as_str());
    check_refused::<Guid>(&[
        "",
        "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8fg",
        "{0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9}",
    ]);
}

#[test]
fn bytes_are_read_from_either_alphabet() {
    let check = |text: &str, expected: &[u8]| {
        let binary: Binary = text.parse().expect("reads");
        assert_eq!((binary.as_str(), &*binary.to_bytes()), (text, expected));
    };
    check("", b"");
    check("aGk=", b"hi");
    check("aGk", b"hi");
    check("+/8=", &[0xfb, 0xff]);
    check("-_8", &[0xfb, 0xff]);
    // The last bits that no byte needs may be anything.
    check("aGl=", b"hi");
    check_refused::<Binary>(&["a", "aGk==", "a=k=", "aG k", "aaaaa", "====", "aGk=\n"]);
}

#[test]
fn decimals_are_numbers_of_json() {
    for text in ["0", "-1", "12.50", "1e10", "1.5E-3", "123456789012345678901234567890.5"] {
        check_read(text, Decimal::to_f64, text.parse::<f64>().expect("a number"));
    }
    check_refused::<Decimal>(&["", "-", "01", ".5", "5.", "1e", "NaN", "INF", "+1", "1 "]);
    assert_eq!(Decimal::from(-7).as_str(), "-7");
}

#[test]
fn a_refusal_says_what_was_expected() {
    let error = "soon".parse::<Date>().expect_err("is no date");
    assert!(error.is_value());
    assert_eq!(error.to_string(), "expected a date, found `soon`");
}

#[test]
fn an_offset_with_seconds_at_the_end_of_time_is_no_panic() {
    let offset = time::UtcOffset::from_hms(-5, -30, -20).expect("an offset");
    let end = time::macros::datetime!(9999-12-31 23:59:59).assume_offset(offset);
    assert_eq!(DateTimeOffset::from(end).as_str(), "9999-12-31T23:59:59-05:30");
    let start = time::macros::datetime!(2026-03-14 00:00:00).assume_offset(offset);
    assert_eq!(DateTimeOffset::from(start).as_str(), "2026-03-14T05:30:20Z");
}
