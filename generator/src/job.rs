//! A whole run: docs on disk go in, an output folder that is up to date comes out.
//!
//! [`Job`] says what is to be made, from what, and where; [`Job::run`] does it and returns an
//! [`Outcome`]. The command, and whatever else makes code from docs, are callers of it.

use crate::hash::HashMap;
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::cache::{Cache, FileRecord, Fingerprint, Key, Pages, Stamp};
use crate::diagnostic::{Code, Diagnostics, Parsed};
use crate::docs::Docs;
use crate::emit::{self, GeneratedFile, Task};
use crate::lock;
use crate::model::{Api, ProfileOverrides};
use crate::output::{self, Changes, Mode, Wanted};
use crate::plan::{check_left, check_overrides};
use crate::select::{Filters, Selection};
use crate::summary::{Endpoints, Summary};
use crate::{Error, Loaded, Options};

/// What is to be made from which docs.
#[derive(Clone, Debug)]
pub struct Job {
    /// The folder of the docs.
    pub docs: PathBuf,
    /// Further folders of docs of the same API.
    pub more_docs: Vec<PathBuf>,
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
    /// The folder in which a run keeps what saves work to the next one; none when each run does all
    /// of it. It may be shared by jobs and by programs, and deleted at any time. What it holds
    /// changes no result.
    pub cache: Option<PathBuf>,
    /// Whether the folder of the crate holds a [lock](crate::lock), which says what the crate was
    /// made from.
    pub lock: bool,
}

/// What a run found and did.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The docs, in which the diagnostics have their places.
    pub docs: Docs,
    /// What is wanted of what they say; none where it need not be found out, since nothing has
    /// changed.
    pub api: Option<Api>,
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
        let roots: Vec<_> = self.roots().map(PathBuf::as_path).collect();
        let docs = crate::read_docs(&roots, self.api_version.as_deref())?;
        if let Some(unread) = docs.diagnostics.iter().find(|it| it.code == Code::UnreadableFile) {
            // A crate without what it states would look as if the docs had changed.
            let message = format!("{}: nothing was made of the docs", unread.message);
            return Err(Error::new(message));
        }
        let place = self.place();
        let kept = place.as_ref().and_then(|cache| Some((cache, self.key(&docs)?)));
        if let Some((cache, key)) = kept
            && let Some(stamp) = cache.load::<Stamp>(STAMP, key, docs.value.files.len())
            && output::holds(&stamp.files, &self.out)
            && (!self.lock || lock::is_settled(self, &docs.value, mode))
        {
            return Ok(again(stamp, docs.value));
        }
        let pages = place.as_ref().map(Pages::load);
        let version = self.api_version.as_deref();
        let loaded = crate::interpret_read(docs, version, &self.profile, pages.as_ref())?;
        check_overrides(&loaded.api, &self.options)?;
        let (Loaded { docs, api, mut diagnostics }, selection) = loaded.select(&self.filters)?;
        if selection.is_some() {
            check_left(&api, &self.options, &self.filters)?;
        }
        let (plan, endpoints) = crate::plan(&docs, &api, &mut diagnostics, &self.options);
        plan.check()?;
        let mut files = WantedFile::all(emit::tasks(&plan), place.as_ref());
        files.extend(self.lock.then(|| WantedFile::given(lock::file(self, &docs, mode))));
        let changes = output::apply_wanted(&files, &self.out, mode)?;
        let summary = Summary::new(&docs, &api, &diagnostics);
        // One that only looks leaves nothing behind.
        if let Some((cache, key)) = kept.filter(|_| mode == Mode::Write) {
            let files = WantedFile::records(&files);
            if let Some(key) = files_key() {
                cache.save(FILES, key, &files);
            }
            if let Some(pages) = pages {
                pages.save(cache);
            }
            let (diagnostics, summary, endpoints) =
                (diagnostics.clone(), summary.clone(), endpoints.clone());
            cache.save(STAMP, key, &Stamp { diagnostics, summary, selection, endpoints, files });
        }
        let (files, api) = (files.len(), Some(api));
        Ok(Outcome { docs, api, diagnostics, summary, selection, endpoints, files, changes })
    }

    /// The docs of an outcome of this job, what is wanted of what they say, and what the run found
    /// wrong. Where the run need not find out what they say, this does.
    pub fn loaded(&self, outcome: Outcome) -> Result<Loaded, Error> {
        let Outcome { docs, api, diagnostics, .. } = outcome;
        if let Some(api) = api {
            return Ok(Loaded { docs, api, diagnostics });
        }
        let docs = Parsed::new(docs, Diagnostics::new());
        let pages = self.place().as_ref().map(Pages::load);
        let version = self.api_version.as_deref();
        let loaded = crate::interpret_read(docs, version, &self.profile, pages.as_ref())?;
        let (loaded, _) = loaded.select(&self.filters)?;
        Ok(Loaded { diagnostics, ..loaded })
    }

    fn roots(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.docs).chain(&self.more_docs)
    }

    /// Where the cache keeps what belongs to this job.
    fn place(&self) -> Option<Cache> {
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let roots: Vec<_> = self.roots().map(|root| absolute(root)).collect();
        let name = (roots, &self.api_version, absolute(&self.out));
        self.cache.as_ref().map(|folder| Cache::new(folder, Fingerprint::of_value(&name)))
    }

    /// What the result depends on.
    fn key(&self, docs: &Parsed<Docs>) -> Option<Key> {
        // Written out, so that a new field has to be thought of. The docs count by what was read of
        // them, the output folder by what stands in it.
        let Self {
            docs: _,
            more_docs: _,
            api_version,
            profile,
            filters,
            options,
            out: _,
            cache: _,
            lock,
        } = self;
        Key::new(&(api_version, profile, filters, options, lock), docs)
    }
}

/// What kind of file of the cache holds the [`Stamp`].
const STAMP: &str = "run";

/// What kind holds the [`FileRecord`]s of the last run, whatever the docs were.
const FILES: &str = "files";

/// What a file is made from is in its record, so that only the program is left to count.
fn files_key() -> Option<Key> {
    Key::of(&FILES)
}

/// A file that is made when no earlier run is known to have made the same.
struct WantedFile<'p> {
    source: Source<'p>,
    made_from: Option<Fingerprint>,
    /// What an earlier run made from the same.
    known: Option<Fingerprint>,
    /// What it holds, as soon as that has come out.
    content: OnceLock<Fingerprint>,
}

/// What a file comes from.
enum Source<'p> {
    Task(Task<'p>),
    /// It is there.
    Given(GeneratedFile),
}

impl<'p> WantedFile<'p> {
    /// A file that was made already.
    fn given(file: GeneratedFile) -> Self {
        let source = Source::Given(file);
        Self { source, made_from: None, known: None, content: OnceLock::new() }
    }

    fn all(tasks: Vec<Task<'p>>, place: Option<&Cache>) -> Vec<Self> {
        let earlier = place.and_then(|cache| cache.load::<Vec<FileRecord>>(FILES, files_key()?, 0));
        let earlier = earlier.unwrap_or_default();
        let made = earlier.iter().filter_map(|record| Some((record.made_from?, record.content)));
        let made: HashMap<_, _> = made.collect();
        let is_kept = place.is_some();
        tasks
            .into_par_iter()
            .map(|task| {
                let made_from = if is_kept { task.fingerprint() } else { None };
                let known = made_from.and_then(|made_from| made.get(&made_from).copied());
                let source = Source::Task(task);
                Self { source, made_from, known, content: OnceLock::new() }
            })
            .collect()
    }

    /// What came out. A file that was not looked at is not in it.
    fn records(files: &[Self]) -> Vec<FileRecord> {
        let record = |file: &Self| {
            let (path, made_from) = (file.path().to_owned(), file.made_from);
            file.content.get().map(|&content| FileRecord { path, content, made_from })
        };
        files.iter().filter_map(record).collect()
    }
}

impl Wanted for WantedFile<'_> {
    fn path(&self) -> &str {
        match &self.source {
            Source::Task(task) => &task.path,
            Source::Given(file) => &file.path,
        }
    }

    fn is_known_as(&self, content: &[u8]) -> bool {
        let is_known = self.known.filter(|known| *known == Fingerprint::of(content));
        is_known.is_some_and(|known| *self.content.get_or_init(|| known) == known)
    }

    fn text(&self) -> Cow<'_, str> {
        let text: Cow<'_, str> = match &self.source {
            Source::Task(task) => task.run().text.into(),
            Source::Given(file) => file.text.as_str().into(),
        };
        self.content.get_or_init(|| Fingerprint::of(text.as_bytes()));
        text
    }
}

/// The outcome of a run that would find and make the same as the one before, where the output
/// folder already holds it.
fn again(stamp: Stamp, docs: Docs) -> Outcome {
    let Stamp { diagnostics, summary, selection, endpoints, files } = stamp;
    let changes = Changes { list: Vec::new(), unchanged: files.len() };
    let (files, api) = (files.len(), None);
    Outcome { docs, api, diagnostics, summary, selection, endpoints, files, changes }
}
