//! Values that are written as text, and that std has no type for.

mod binary;
mod date;
mod date_time;
mod decimal;
mod duration;
mod flags;
mod guid;
mod scan;
mod time_of_day;

pub use binary::Binary;
pub use date::Date;
pub use date_time::DateTimeOffset;
pub use decimal::Decimal;
pub use duration::Duration;
pub use flags::Flags;
pub use guid::Guid;
pub use time_of_day::TimeOfDay;

/// Makes a type that implements `Text` a kind of property, and serde's.
macro_rules! text_kind {
    ($ty:ty, $name:literal $(, [$($generics:tt)*])?) => {
        impl $(<$($generics)*>)? $crate::codec::Kind for $ty {
            const NAME: &'static str = $name;
            #[inline]
            fn view(&self) -> $crate::codec::View<'_> {
                $crate::codec::View::Text($crate::codec::Text::as_text(self))
            }
            #[inline]
            fn slot(place: &mut Option<Self>) -> $crate::codec::Slot<'_> {
                $crate::codec::Slot::Text(place)
            }
        }
        impl $(<$($generics)*>)? serde::Serialize for $ty {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::codec::Text::as_text(self))
            }
        }
        impl<'de, $($($generics)*)?> serde::Deserialize<'de> for $ty {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::codec::deserialize_text(deserializer)
            }
        }
    };
}
use text_kind;

/// What all types that keep their text have: reading it, showing it, comparing it.
macro_rules! text_type {
    ($ty:ident, $name:literal) => {
        impl $ty {
            /// The text as it stands in JSON.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl $crate::codec::Text for $ty {
            fn from_text(text: &str) -> Option<Self> {
                Self::is_readable(text).then(|| Self(text.into()))
            }
            fn as_text(&self) -> &str {
                &self.0
            }
        }
        impl std::str::FromStr for $ty {
            type Err = $crate::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::codec::Text::from_text(text)
                    .ok_or_else(|| $crate::Error::value($name, text))
            }
        }
        impl TryFrom<&str> for $ty {
            type Error = $crate::Error;
            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
        impl std::fmt::Display for $ty {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }
        impl std::fmt::Debug for $ty {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}
use text_type;
