//! What stops a run: something in the environment, never a flaw of the docs.

use std::fmt;
use std::path::Path;

/// Why a run could not be done. [`Display`](fmt::Display) says what happened and what to do.
pub struct Error {
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of our own, which says what is wrong and what to do.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None }
    }

    /// A failed operation on a file or folder: `cannot read the docs folder`.
    pub(crate) fn io(what: &str, path: &Path, source: std::io::Error) -> Self {
        let message = format!("{what} `{}`: {source}", path.display());
        Self { message, source: Some(Box::new(source)) }
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
