//! Bytes, written as base64.

use std::fmt;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::codec::Text;

/// Reads what services write: with or without padding, whatever the last bits are.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Bytes, which JSON holds as base64. Keeps the text it came with.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Binary(Box<str>);

impl Binary {
    /// The bytes.
    ///
    /// ```
    /// let content = docbind_runtime::Binary::new(b"hello");
    /// assert_eq!(content.as_str(), "aGVsbG8=");
    /// assert_eq!(content.to_bytes(), b"hello");
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        // `is_readable` has let nothing else in.
        if self.0.contains(['-', '_']) {
            let text = self.0.replace('-', "+").replace('_', "/");
            return ENGINE.decode(text).unwrap_or_default();
        }
        ENGINE.decode(&*self.0).unwrap_or_default()
    }

    /// These bytes, in the standard alphabet with padding.
    pub fn new(bytes: impl AsRef<[u8]>) -> Self {
        Self(ENGINE.encode(bytes).into())
    }

    /// The text as it stands in JSON.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn is_readable(text: &str) -> bool {
        let digits = text.trim_end_matches('=');
        let padding = text.len() - digits.len();
        let in_alphabet =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
        digits.len() % 4 != 1
            && (padding == 0 || padding <= 2 && text.len().is_multiple_of(4))
            && digits.bytes().all(in_alphabet)
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for Binary {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

impl<const N: usize> From<&[u8; N]> for Binary {
    fn from(bytes: &[u8; N]) -> Self {
        Self::new(bytes)
    }
}

impl std::str::FromStr for Binary {
    type Err = crate::Error;
    /// Reads base64.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_text(text).ok_or_else(|| crate::Error::value("base64 text", text))
    }
}

impl Text for Binary {
    fn from_text(text: &str) -> Option<Self> {
        Self::is_readable(text).then(|| Self(text.into()))
    }
    fn as_text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Binary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes", self.0.len() / 4 * 3)
    }
}

super::text_kind! { Binary, "base64 text" }
