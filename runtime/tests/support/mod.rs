//! Types of a made-up API, as they would be generated.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

use docbind_runtime::{
    Binary, Boxed, Date, DateTimeOffset, Decimal, Duration, Extra, Flags, Guid, Patch, TimeOfDay,
    Value,
};

/// Every kind of property.
#[non_exhaustive]
pub struct Thing {
    pub text: Option<String>,
    pub truth: Option<bool>,
    pub byte: Option<u8>,
    pub signed_byte: Option<i8>,
    pub short: Option<i16>,
    pub int: Option<i32>,
    pub long: Option<i64>,
    pub double: Option<f64>,
    pub decimal: Option<Decimal>,
    pub guid: Option<Guid>,
    pub date: Option<Date>,
    pub date_time: Option<DateTimeOffset>,
    pub time: Option<TimeOfDay>,
    pub span: Option<Duration>,
    pub bytes: Option<Binary>,
    pub any: Option<Value>,
    pub color: Option<Color>,
    pub colors: Option<Flags<Color>>,
    pub inner: Option<Boxed<Thing>>,
    pub things: Option<Vec<Thing>>,
    pub texts: Option<Vec<String>>,
    pub numbers: Option<Vec<i32>>,
    pub matrix: Option<Vec<Vec<f64>>>,
    pub palette: Option<Vec<Color>>,
    pub anything: Option<Vec<Value>>,
    // The API has a property that is called `extra`.
    pub extra: Option<String>,
    pub extra_: Extra,
}

docbind_runtime::object! {
    Thing "test.thing" {
        0 text "text" 1 truth "truth" 2 byte "byte" 3 signed_byte "signedByte" 4 short "short"
        5 int "int" 6 long "long" 7 double "double" 8 decimal "decimal" 9 guid "guid"
        10 date "date" 11 date_time "dateTime" 12 time "time" 13 span "span" 14 bytes "bytes"
        15 any "any" 16 color "color" 17 colors "colors" 18 inner "inner" 19 things "things"
        20 texts "texts" 21 numbers "numbers" 22 matrix "matrix" 23 palette "palette"
        24 anything "anything" 25 extra "extra"
    } extra_ None
}

/// Properties of [`Thing`].
pub mod thing {
    use docbind_runtime::{Date, DateTimeOffset, Duration, Flags, Guid};

    use super::{Color, Thing};

    docbind_runtime::properties! {
        Thing {
            TEXT "text" (String)
            TRUTH "truth" (bool)
            INT "int" (i32)
            LONG "long" (i64)
            DOUBLE "double" (f64)
            GUID "guid" (Guid)
            DATE "date" (Date)
            DATE_TIME "dateTime" (DateTimeOffset)
            SPAN "span" (Duration)
            COLOR "color" (Color)
            COLORS "colors" (Flags<Color>)
            INNER "inner" (Thing)
            THINGS "things" (Vec<Thing>)
            TEXTS "texts" (Vec<String>)
        }
    }
}

/// An update of a [`Thing`].
#[non_exhaustive]
pub struct ThingUpdate {
    pub text: Patch<String>,
    pub int: Patch<i32>,
    pub inner: Patch<Thing>,
    pub texts: Patch<Vec<String>>,
    pub color: Patch<Color>,
    pub decimal: Patch<Decimal>,
    pub extra: Extra,
}

docbind_runtime::object! {
    ThingUpdate "test.thing" {
        0 text "text" 1 int "int" 2 inner "inner" 3 texts "texts" 4 color "color" 5 decimal "decimal"
    } extra Patch::Absent
}

docbind_runtime::setters! {
    ThingUpdate {
        text(patch String)
        int(patch i32)
        inner(patch Thing)
        texts(patch Vec<String>)
        color(patch Color)
        decimal(patch Decimal)
    }
}

/// A colour.
#[non_exhaustive]
pub enum Color {
    Red,
    Green,
    Unknown,
    Unrecognized(String),
}

docbind_runtime::enumeration! {
    Color { Red "red" Green "green" Unknown "unknown" } Unrecognized
}
