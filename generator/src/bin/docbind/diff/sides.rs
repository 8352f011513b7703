//! The two sides of a diff, and what is wrong with their docs.

use std::collections::BTreeSet;
use std::error::Error;
use std::ffi::OsStr;
use std::path::Path;

use docbind::config::Config;
use docbind::diagnostic::{Code, Diagnostic, Severity};
use docbind::docs::Docs;
use docbind::model::Api;
use docbind::summary::counted;

use super::DiffArguments;
use crate::report;

pub(super) struct Sides {
    pub(super) base: Side,
    pub(super) head: Side,
}

/// A side that was read.
pub(super) struct Side {
    pub(super) api: Api,
    docs: Option<Docs>,
    diagnostics: Vec<Diagnostic>,
}

impl Sides {
    /// Reads both sides.
    pub(super) fn load(arguments: &DiffArguments, config: &Config) -> Result<Self, Box<dyn Error>> {
        let load = |side: &OsStr| -> Result<Side, Box<dyn Error>> {
            let version = arguments.docs.api_version.as_ref().or(config.api_version.as_ref());
            let profile = arguments.docs.profile.or(&config.profile);
            let loaded =
                docbind::load_with(Path::new(side), version.map(String::as_str), &profile)?;
            let is_lost = |it: &Diagnostic| {
                matches!(
                    it.code,
                    Code::UnreadableFile
                        | Code::OutsideDocs
                        | Code::OversizedFile
                        | Code::InternalFailure
                        | Code::NulBytes
                )
            };
            if !arguments.docs.partial && loaded.diagnostics.iter().any(is_lost) {
                report::diagnostics(&loaded.docs, &loaded.diagnostics, Severity::Error)?;
                return Err(format!("{} cannot be read as a whole", side.display()).into());
            }
            let (docs, diagnostics) = (Some(loaded.docs), loaded.diagnostics);
            Ok(Side { api: loaded.api, docs, diagnostics })
        };
        let docs = arguments.docs.docs.as_ref().or(config.docs.as_ref());
        let docs = docs.map_or(OsStr::new("docs-input"), |docs| docs.as_os_str());
        let base = arguments.base.as_deref().unwrap_or_default();
        let head = arguments.head.as_deref().unwrap_or(docs);
        Ok(Self { base: load(base)?, head: load(head)? })
    }

    /// Prints what is wrong with the head and was not with the base, since what it costs looks as
    /// if it were removed. What is wrong with both costs the diff of these parts, which is said.
    pub(super) fn report_flaws(&self) -> Result<(), Box<dyn Error>> {
        let known: BTreeSet<_> = errors(&self.base).collect();
        let Some(docs) = &self.head.docs else { return Ok(()) };
        let (both, new): (Vec<_>, Vec<_>) =
            errors(&self.head).partition(|flaw| known.contains(flaw));
        let new: BTreeSet<_> = new.into_iter().collect();
        let new: Vec<Diagnostic> = self
            .head
            .diagnostics
            .iter()
            .filter(|it| key(docs, it).is_some_and(|key| new.contains(&key)))
            .cloned()
            .collect();
        report::diagnostics(docs, &new, Severity::Error)?;
        if !both.is_empty() {
            let count = counted(both.len(), "flaw costs", "flaws cost");
            report::note(&format!(
                "{count} parts of both sides, which are not compared; `docbind check` lists them"
            ));
        }
        Ok(())
    }
}

type Key<'d> = (&'d str, Code, &'d str);

fn errors(side: &Side) -> impl Iterator<Item = Key<'_>> {
    let docs = side.docs.as_ref();
    side.diagnostics.iter().filter_map(move |it| key(docs?, it))
}

/// What makes a flaw the same on both sides; lines move.
fn key<'d>(docs: &'d Docs, flaw: &'d Diagnostic) -> Option<Key<'d>> {
    let path = &docs.file(flaw.span.file).path;
    (flaw.severity == Severity::Error).then_some((path, flaw.code, &flaw.message))
}
