//! What is wrong with the docs: a code, a severity, one sentence, and the place it points at.
//!
//! Stages push diagnostics and go on; [`render`] turns them into text. Nothing here knows how a
//! page is read.

mod codes;
pub mod render;

pub use codes::{Code, Cost};

use crate::span::Span;

/// How much a flaw matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A quirk that was understood, or a fact that had to be left out.
    Warning,
    /// Something of the API is missing from the model because of it.
    Error,
}

impl Severity {
    /// The word for it: `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One flaw of the docs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What kind of flaw.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// One lower-case sentence without a full stop, names in backticks.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Other places that matter, each with a few words.
    pub labels: Vec<(Span, String)>,
    /// What to do about it, if that is not plain.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A quirk that was understood, or a fact that was left out.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message)
    }

    /// Something that is missing from the model because of the flaw.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    fn new(severity: Severity, code: Code, span: Span, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, severity, message, span, labels: Vec::new(), help: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn label(mut self, span: Span, label: impl Into<String>) -> Self {
        self.labels.push((span, label.into()));
        self
    }
}

/// The flaws that a stage found, in the order it found them.
pub type Diagnostics = Vec<Diagnostic>;

/// The only way a stage reports a flaw of the docs: beside its result, never instead of it.
#[derive(Clone, Debug)]
pub struct Parsed<T> {
    /// The result, as complete as the docs allow.
    pub value: T,
    /// What was wrong.
    pub diagnostics: Diagnostics,
}

impl<T> Parsed<T> {
    /// A result with its diagnostics.
    pub fn new(value: T, diagnostics: Diagnostics) -> Self {
        Self { value, diagnostics }
    }
}
