//! What the plan has to say about the docs.

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::docs::Docs;
use crate::hash::HashSet;
use crate::model::Source;

/// A flaw that shows only when the API is turned into Rust. The model has no spans any more, so
/// it points at a source, which the façade turns into a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What kind of flaw.
    pub(crate) code: Code,
    /// How much it matters.
    pub(crate) severity: Severity,
    /// The version whose page it is, as [`Model::api_version`](crate::model::Model) has it.
    pub(crate) version: Option<Arc<str>>,
    /// Where.
    pub(crate) source: Source,
    /// One lower-case sentence without a full stop, names in backticks.
    pub(crate) message: String,
    /// Another place that matters, with a few words.
    pub(crate) label: Option<(Source, &'static str)>,
}

impl Finding {
    /// The same as a diagnostic, which covers the line of the source.
    ///
    /// # Panics
    ///
    /// When the docs have no such page: those of the model do.
    pub(crate) fn into_diagnostic(self, docs: &Docs) -> Diagnostic {
        let version = self.version.as_deref();
        let place = |source: &Source| {
            docs.span(version, &source.file, source.line)
                .unwrap_or_else(|| panic!("`{}`, which the model names, is no page", source.file))
        };
        let span = place(&self.source);
        let diagnostic = match self.severity {
            Severity::Warning => Diagnostic::warning(self.code, span, self.message),
            Severity::Error => Diagnostic::error(self.code, span, self.message),
        };
        match self.label {
            Some((source, label)) => diagnostic.label(place(&source), label),
            None => diagnostic,
        }
    }
}

/// The findings of one version, in the order they were made.
#[derive(Debug)]
pub(super) struct Findings {
    version: Option<Arc<str>>,
    list: Vec<Finding>,
}

impl Findings {
    pub(super) fn new(version: Option<&str>) -> Self {
        Self { version: version.map(Arc::from), list: Vec::new() }
    }

    /// Plans each of the items, at the same time; what is found joins the list in their order.
    pub(super) fn plan_each<I: Send, T: Send>(
        &mut self,
        items: impl IndexedParallelIterator<Item = I>,
        plan: impl Fn(I, &mut Self) -> T + Sync,
    ) -> Vec<T> {
        let planned: Vec<(T, Vec<Finding>)> = items
            .map(|item| {
                let mut findings = Self { version: self.version.clone(), list: Vec::new() };
                (plan(item, &mut findings), findings.list)
            })
            .collect();
        let (plans, found): (Vec<_>, Vec<_>) = planned.into_iter().unzip();
        self.list.extend(found.into_iter().flatten());
        plans
    }

    pub(super) fn warn(&mut self, code: Code, source: &Source, message: String) {
        self.push(Severity::Warning, code, source, message, None);
    }

    /// Warns of something that two places have part in.
    pub(super) fn warn_beside(
        &mut self,
        code: Code,
        source: &Source,
        message: String,
        (other, label): (&Source, &'static str),
    ) {
        let label = (other != source).then(|| (other.clone(), label));
        self.push(Severity::Warning, code, source, message, label);
    }

    pub(super) fn error(&mut self, code: Code, source: &Source, message: String) {
        self.push(Severity::Error, code, source, message, None);
    }

    fn push(
        &mut self,
        severity: Severity,
        code: Code,
        source: &Source,
        message: String,
        label: Option<(Source, &'static str)>,
    ) {
        let (version, source) = (self.version.clone(), source.clone());
        self.list.push(Finding { code, severity, version, source, message, label });
    }

    /// The findings, each once: a page with many paths may say the same of all.
    pub(super) fn into_list(self) -> Vec<Finding> {
        let mut seen = HashSet::default();
        let is_new: Vec<bool> = self
            .list
            .iter()
            .map(|finding| seen.insert((finding.code, &finding.source, &finding.message)))
            .collect();
        self.list
            .into_iter()
            .zip(is_new)
            .filter_map(|(finding, new)| new.then_some(finding))
            .collect()
    }
}
