//! A globally unique identifier.

use std::hash::{Hash, Hasher};

/// A globally unique identifier: `0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9`. Keeps the case it came
/// with, and compares without it.
#[derive(Clone)]
pub struct Guid(Box<str>);

impl Guid {
    /// The 128 bits, the first digit of the text being the most significant.
    ///
    /// ```
    /// let id: docbind_runtime::Guid = "00000000-0000-0000-0000-0000000000ff".parse()?;
    /// assert_eq!(id.as_u128(), 255);
    /// # Ok::<(), docbind_runtime::Error>(())
    /// ```
    pub fn as_u128(&self) -> u128 {
        let digits = self.0.bytes().filter_map(|byte| char::from(byte).to_digit(16));
        digits.fold(0, |number, digit| number << 4 | u128::from(digit))
    }

    /// The identifier with these bits.
    pub fn from_u128(bits: u128) -> Self {
        let digits = format!("{bits:032x}");
        let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
        Self(parts.join("-").into())
    }

    fn is_readable(text: &str) -> bool {
        text.len() == 36
            && text.bytes().enumerate().all(|(index, byte)| match index {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            })
    }
}

impl PartialEq for Guid {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Guid {}

impl PartialOrd for Guid {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Guid {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_u128().cmp(&other.as_u128())
    }
}

impl Hash for Guid {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_u128().hash(state);
    }
}

super::text_type! { Guid, "a GUID" }
super::text_kind! { Guid, "a GUID" }
