//! A decimal number with all its digits.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codec::{self, Kind, Slot, View};

/// A decimal number. Keeps the digits it came with, however many there are; JSON holds it as a
/// number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// The nearest double.
    ///
    /// ```
    /// let price: docbind_runtime::Decimal = "12345678901234567890.10".parse()?;
    /// assert_eq!(price.as_str(), "12345678901234567890.10");
    /// assert_eq!(price.to_f64(), 12_345_678_901_234_567_890.10);
    /// # Ok::<(), docbind_runtime::Error>(())
    /// ```
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Whether the text is a number as JSON writes it.
    fn is_readable(text: &str) -> bool {
        let digits =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        digits(whole)
            && (whole == "0" || !whole.starts_with('0'))
            && digits(fraction)
            && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self(number.to_string().into())
    }
}

super::text_type! { Decimal, "a decimal number" }

impl Kind for Decimal {
    const NAME: &'static str = "a decimal number";
    #[inline]
    fn view(&self) -> View<'_> {
        View::Digits(&self.0)
    }
    #[inline]
    fn slot(place: &mut Option<Self>) -> Slot<'_> {
        Slot::Digits(place)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.view().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        codec::deserialize_digits(deserializer)
    }
}
