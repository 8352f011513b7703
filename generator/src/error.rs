//! What stops a run: something in the environment, never a flaw of the docs.

use std::fmt;
use std::path::Path;

/// Why a run could not be done. [`Display`](fmt::Display) says what happened and what to do.
pub struct Error {
    message: String,
    setting: Option<(&'static str, String)>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of our own, which says what is wrong and what to do.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), setting: None, source: None }
    }

    /// A failed operation on a file or folder: `cannot read the docs folder`.
    pub(crate) fn io(what: &str, path: &Path, source: std::io::Error) -> Self {
        let message = format!("{what} `{}`: {source}", path.display());
        Self { message, setting: None, source: Some(Box::new(source)) }
    }

    /// The same about the value of a setting, by the key that a file has for it.
    pub(crate) fn about(self, key: &'static str, value: &str) -> Self {
        Self { setting: Some((key, value.to_owned())), ..self }
    }

    /// The same with another text.
    pub(crate) fn reworded(self, message: String) -> Self {
        Self { message, ..self }
    }

    /// The setting whose value cannot be followed, and the value: `api-version` and `v9.9`. None where
    /// something else is wrong.
    pub fn setting(&self) -> Option<(&str, &str)> {
        self.setting.as_ref().map(|(key, value)| (*key, value.as_str()))
    }
}

/// The same text, since this is what a `main` that returns an error prints.
impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}
