//! A whole run: docs on disk go in, an output folder that is up to date comes out.
//!
//! [`Job`] says what is to be made, from what, and where; [`Job::run`] does it and returns an
//! [`Outcome`]. The command, and whatever else makes code from docs, are callers of it.

use std::path::PathBuf;

use crate::diagnostic::Diagnostics;
use crate::docs::Docs;
use crate::model::ProfileOverrides;
use crate::output::{self, Changes, Mode};
use crate::select::{Filters, Selection};
use crate::summary::{Endpoints, Summary};
use crate::{Error, Options};

/// What is to be made from which docs.
#[derive(Clone, Debug)]
pub struct Job {
    /// The folder of the docs.
    pub docs: PathBuf,
    /// Only this version; where pages lie in no version folder, the version that they are of.
    pub api_version: Option<String>,
    /// What the caller states of the service.
    pub profile: ProfileOverrides,
    /// What is wanted of the API.
    pub filters: Filters,
    /// What the caller decides about the crate.
    pub options: Options,
    /// The folder of the crate.
    pub out: PathBuf,
}

/// What a run found and did.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The docs, in which the diagnostics have their places.
    pub docs: Docs,
    /// What is wrong with the docs, sorted by file and place.
    pub diagnostics: Diagnostics,
    /// What was read and found, in numbers.
    pub summary: Summary,
    /// What the filters chose, if there are any.
    pub selection: Option<Selection>,
    /// Which of the documented paths can be called.
    pub endpoints: Endpoints,
    /// How many files the crate has.
    pub files: usize,
    /// How the output folder differs from what the docs say, or did before it was written.
    pub changes: Changes,
}

impl Job {
    /// Does it, or says with [`Mode::Check`] what it would do.
    ///
    /// Fails when the docs cannot be read, when what the caller states contradicts them, when a
    /// filter matches nothing, and when the output folder cannot be written; then it is as it was. Flaws of the docs are no failure.
    pub fn run(&self, mode: Mode) -> Result<Outcome, Error> {
        let loaded = crate::load_with(&self.docs, self.api_version.as_deref(), &self.profile)?;
        let (mut loaded, selection) = loaded.select(&self.filters)?;
        let generated = crate::generate(&mut loaded, &self.options);
        let changes = output::apply(&generated.files, &self.out, mode)?;
        Ok(Outcome {
            summary: loaded.summary(),
            docs: loaded.docs,
            diagnostics: loaded.diagnostics,
            selection,
            endpoints: generated.endpoints,
            files: generated.files.len(),
            changes,
        })
    }
}
