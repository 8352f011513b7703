//! Values as they stand in a filter.

use crate::enumeration::Enumeration;
use crate::types::{Date, DateTimeOffset, Decimal, Duration, Flags, Guid, TimeOfDay};

/// A value that a property of type `V` can be compared with.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value of a property of type `{V}`",
    label = "cannot be compared with a `{V}`"
)]
pub trait Literal<V> {
    /// The value as OData writes it: text in quotes, numbers and dates without.
    fn literal(&self) -> String;
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

impl Literal<String> for &str {
    fn literal(&self) -> String {
        quoted(self)
    }
}

impl Literal<String> for String {
    fn literal(&self) -> String {
        quoted(self)
    }
}

impl Literal<String> for &String {
    fn literal(&self) -> String {
        quoted(self)
    }
}

impl<E: Enumeration> Literal<E> for E {
    fn literal(&self) -> String {
        quoted(self.as_text())
    }
}

impl<E: Enumeration> Literal<Flags<E>> for E {
    fn literal(&self) -> String {
        quoted(self.as_text())
    }
}

impl<E: Enumeration> Literal<Flags<E>> for Flags<E> {
    fn literal(&self) -> String {
        quoted(self.as_str())
    }
}

impl Literal<f64> for f64 {
    fn literal(&self) -> String {
        crate::codec::double(*self)
    }
}

impl Literal<f64> for i32 {
    fn literal(&self) -> String {
        self.to_string()
    }
}

impl Literal<Duration> for Duration {
    fn literal(&self) -> String {
        format!("duration'{self}'")
    }
}

impl Literal<Duration> for &Duration {
    fn literal(&self) -> String {
        format!("duration'{self}'")
    }
}

impl Literal<DateTimeOffset> for time::OffsetDateTime {
    fn literal(&self) -> String {
        DateTimeOffset::from(*self).to_string()
    }
}

impl Literal<Date> for time::Date {
    fn literal(&self) -> String {
        Date::from(*self).to_string()
    }
}

macro_rules! as_displayed {
    ($($ty:ty)*) => {$(
        impl Literal<$ty> for $ty {
            fn literal(&self) -> String {
                self.to_string()
            }
        }
    )*};
}
as_displayed! { bool u8 i8 i16 i32 i64 }

macro_rules! as_displayed_by_reference {
    ($($ty:ty)*) => {
        as_displayed! { $($ty)* }
        $(
            impl Literal<$ty> for &$ty {
                fn literal(&self) -> String {
                    self.to_string()
                }
            }
        )*
    };
}
as_displayed_by_reference! { Guid Date DateTimeOffset TimeOfDay Decimal }
