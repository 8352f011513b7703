//! Names whose case does not matter.

use std::ops::Deref;

/// A name in lower case. Nearly all names fit into its buffer, so that a look-up costs no memory.
pub(crate) enum Lower {
    Short([u8; Lower::SHORT], usize),
    Long(String),
}

impl Lower {
    const SHORT: usize = 96;

    /// The name in lower case.
    pub(crate) fn new(name: &str) -> Self {
        if name.len() > Self::SHORT || !name.is_ascii() {
            return Self::Long(name.to_lowercase());
        }
        let mut buffer = [0; Self::SHORT];
        buffer[..name.len()].copy_from_slice(name.as_bytes());
        buffer[..name.len()].make_ascii_lowercase();
        Self::Short(buffer, name.len())
    }
}

impl Deref for Lower {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Short(buffer, length) => {
                std::str::from_utf8(&buffer[..*length]).unwrap_or_default()
            }
            Self::Long(name) => name,
        }
    }
}
