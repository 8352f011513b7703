//! The two sides of a diff: what a caller names, and the API that it describes.
//!
//! In go words such as `main`, `HEAD~3..`, `model.json`; out come two [`Side`]s. A side that cannot
//! be read as a whole is an error, since a diff that lacks a page says that an API was removed.
//! What an API says of another is none of this module's business.

mod input;
mod share;
#[cfg(test)]
mod tests;

use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::Path;

pub use input::{Input, Inputs, Point};

use crate::cache::{Cache, Fingerprint, Key, Pages};
use crate::diagnostic::{Code, Diagnostics, Parsed, render};
use crate::docs::{self, Docs};
use crate::error::Error;
use crate::extract::Declarations;
use crate::git::{Repository, Tree};
use crate::model::{Api, ProfileOverrides};

/// A larger file is no model.
const LARGEST_MODEL: u64 = 512 << 20;

/// How many files that cannot be read an error names.
const MOST_NAMED: usize = 5;

/// What a caller states about both sides.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings<'a> {
    /// Only this version; where pages lie in no version folder, the version that they are of.
    pub api_version: Option<&'a str>,
    /// What is particular to the service.
    pub profile: Option<&'a ProfileOverrides>,
    /// The folder in which a run keeps what saves work to the next one.
    pub cache: Option<&'a Path>,
    /// Whether a side counts of which some files cannot be read.
    pub is_partial: bool,
}

/// A side that was read.
#[derive(Clone, Debug)]
pub struct Side {
    /// What it is, for people: `main:docs`, `docs`, `model.json`.
    pub name: String,
    /// What it describes.
    pub api: Api,
    /// The files, unless it is a model.
    pub docs: Option<Docs>,
    /// What is wrong with them, sorted by file and place.
    pub diagnostics: Diagnostics,
}

/// What was read of a side, before pages are understood.
enum Source {
    Docs(Parsed<Docs>),
    Model(Api),
}

/// Reads both sides, at the same time, and what they have in common once.
///
/// Fails when something is not there, when a page of a side cannot be read, unless that is wanted, and
/// when a model is none.
pub fn load(inputs: &Inputs, settings: Settings<'_>) -> Result<(Side, Side), Error> {
    let cache = settings.cache.map(|folder| {
        let name = ("diff", inputs.base.folder(), inputs.head.folder(), settings.api_version);
        Cache::new(folder, Fingerprint::of_value(&name))
    });
    let repository = inputs.repository();
    let (pages, (base, head)) = rayon::join(
        || cache.as_ref().map(Pages::load),
        || {
            if let (Some(repository), Some(cache)) = (repository, &cache) {
                repository.remember(cache);
            }
            let read = |input: &Input| source(input, repository, settings);
            rayon::join(|| read(&inputs.base), || read(&inputs.head))
        },
    );
    let (base, head) = (named(base, &inputs.base)?, named(head, &inputs.head)?);
    let kept = cache.as_ref().and_then(|cache| Kept::of(cache, &base, settings));
    let (of_base, of_head) = understand(&base, &head, kept.as_ref(), pages.as_ref());
    let ((base, of_base), (head, of_head)) = rayon::join(
        || side(&inputs.base, base, of_base, kept.as_ref(), settings),
        || side(&inputs.head, head, of_head, None, settings),
    );
    // Now that nobody waits for it.
    rayon::spawn(move || drop((of_base, of_head)));
    if let (Some(cache), Some(pages)) = (&cache, pages) {
        pages.save(cache);
        if let Some(repository) = repository {
            repository.keep(cache);
        }
    }
    Ok((base?, head?))
}

/// How much of a side is understood before the two are taken apart.
enum Understood {
    /// What each page states.
    Pages(Vec<Parsed<Option<Declarations>>>),
    /// What all pages say together.
    Api(Parsed<Api>),
}

/// Where the model of the base is kept: what is compared again and again, such as a branch and what
/// comes to it, has one base.
struct Kept<'a> {
    cache: &'a Cache,
    key: Key,
    files: usize,
}

/// What kind of file of the cache holds it.
const BASE: &str = "base";

impl<'a> Kept<'a> {
    fn of(cache: &'a Cache, base: &Source, settings: Settings<'_>) -> Option<Self> {
        let Source::Docs(docs) = base else { return None };
        let key = Key::new(&(BASE, settings.profile), docs)?;
        Some(Self { cache, key, files: docs.value.files.len() })
    }
}

/// Reads the pages of both sides, but for a base of which an earlier run has left the model.
fn understand(
    base: &Source,
    head: &Source,
    kept: Option<&Kept<'_>>,
    pages: Option<&Pages>,
) -> (Understood, Understood) {
    let found = kept.and_then(|kept| Some((kept, kept.cache.load_bytes(BASE, kept.key)?)));
    if let Some((kept, bytes)) = found {
        let (api, (_, of_head)) = rayon::join(
            || bytes.decode::<Parsed<Api>>(kept.files),
            || share::read(None, head.docs(), pages),
        );
        if let Some(api) = api {
            return (Understood::Api(api), Understood::Pages(of_head));
        }
    }
    let (of_base, of_head) = share::read(base.docs(), head.docs(), pages);
    (Understood::Pages(of_base), Understood::Pages(of_head))
}

impl Source {
    fn docs(&self) -> Option<&Docs> {
        match self {
            Self::Docs(docs) => Some(&docs.value),
            Self::Model(_) => None,
        }
    }
}

/// Understands a side. What is left of its pages comes back.
fn side(
    input: &Input,
    source: Source,
    understood: Understood,
    kept: Option<&Kept<'_>>,
    settings: Settings<'_>,
) -> (Result<Side, Error>, Vec<Declarations>) {
    match source {
        Source::Docs(docs) => {
            let profile = settings.profile.cloned().unwrap_or_default();
            let (api, rest) = match understood {
                Understood::Api(api) => (api, Vec::new()),
                Understood::Pages(stated) => {
                    let (api, rest) = crate::resolve_pages(&docs.value, stated, &profile);
                    if let Some(Kept { cache, key, .. }) = kept {
                        cache.save(BASE, *key, &api);
                    }
                    (api, rest)
                }
            };
            (of_docs(input, docs, api, settings, &profile), rest)
        }
        Source::Model(api) => (of_model(input, api, settings), Vec::new()),
    }
}

fn of_docs(
    input: &Input,
    docs: Parsed<Docs>,
    api: Parsed<Api>,
    settings: Settings<'_>,
    profile: &ProfileOverrides,
) -> Result<Side, Error> {
    let loaded = named(crate::finish(docs, api, settings.api_version, profile), input)?;
    let (docs, diagnostics) = (Some(loaded.docs), loaded.diagnostics);
    let side = Side { name: input.to_string(), api: loaded.api, docs, diagnostics };
    if settings.is_partial { Ok(side) } else { whole(input, side).and_then(telling) }
}

fn of_model(input: &Input, mut api: Api, settings: Settings<'_>) -> Result<Side, Error> {
    if let Some(version) = settings.api_version {
        named(crate::pick(&mut api, version), input)?;
    }
    telling(Side { name: input.to_string(), api, docs: None, diagnostics: Diagnostics::new() })
}

/// Reads one side from where it lies.
fn source(
    input: &Input,
    repository: Option<&Repository>,
    settings: Settings<'_>,
) -> Result<Source, Error> {
    match input {
        Input::Docs(folder) => crate::read_docs(&[folder], settings.api_version).map(Source::Docs),
        Input::Model(file) => Api::from_json(&model_text(file)?).map(Source::Model),
        Input::Revision { point, path } => {
            let Some(repository) = repository else {
                return Err(Error::new("a revision needs a repository"));
            };
            let revision = match point {
                Point::Named(name) => repository.revision(name)?,
                Point::MergeBase(one, other) => {
                    repository.revision(&repository.merge_base(one, other)?)?
                }
            };
            let tree = Tree::new(repository, revision);
            tree.expect_folder(path)?;
            let docs = docs::read_from(&tree, path, settings.api_version);
            // Where git failed, whatever else went wrong did so because of that.
            tree.check()?;
            docs.map(Source::Docs)
        }
    }
}

fn model_text(file: &Path) -> Result<String, Error> {
    let unreadable = |error| Error::io("cannot read the model", file, error);
    let mut bytes = Vec::new();
    let opened = File::open(file).map_err(unreadable)?;
    let length = opened.take(LARGEST_MODEL).read_to_end(&mut bytes).map_err(unreadable)?;
    if length as u64 == LARGEST_MODEL {
        return Err(Error::new(format!(
            "`{}` is larger than any model: name a file that `docbind model --format json` wrote",
            file.display()
        )));
    }
    // Some shells write UTF-16 when they redirect.
    Ok(docs::text_of(bytes))
}

/// The error of a side says which side it is, unless it does so already.
fn named<T>(result: Result<T, Error>, input: &Input) -> Result<T, Error> {
    result.map_err(|error| {
        let (name, said) = (input.to_string(), error.to_string());
        if said.contains(&name) { error } else { error.reworded(format!("`{name}`: {said}")) }
    })
}

/// The side, unless it says nothing: between two such there would be no change, whatever they are.
fn telling(side: Side) -> Result<Side, Error> {
    let mut models = side.api.versions.iter();
    if models.any(|it| !(it.types.is_empty() && it.enums.is_empty() && it.operations.is_empty())) {
        return Ok(side);
    }
    let name = &side.name;
    Err(Error::new(match &side.docs {
        Some(_) => format!(
            "`{name}` states nothing of an API that could be compared: name the folder of the \
             reference pages; `docbind check` says what is wrong with them"
        ),
        None => format!(
            "`{name}` states nothing of an API that could be compared: write it anew with \
             `docbind model --format json`"
        ),
    }))
}

/// The side, unless a file of it could not be read: then everything that it states would be missing.
fn whole(input: &Input, side: Side) -> Result<Side, Error> {
    let Some(docs) = &side.docs else { return Ok(side) };
    let is_loss = |code| {
        matches!(
            code,
            Code::UnreadableFile
                | Code::OutsideDocs
                | Code::OversizedFile
                | Code::InternalFailure
                | Code::NulBytes
        )
    };
    let lost: Vec<_> = side.diagnostics.iter().filter(|it| is_loss(it.code)).collect();
    if lost.is_empty() {
        return Ok(side);
    }
    let mut message = format!(
        "`{input}` cannot be read as a whole, and a diff would say that what is missing was \
         removed: mend the files, name another side, or compare what can be read with --partial"
    );
    for diagnostic in lost.iter().take(MOST_NAMED) {
        let _ = write!(message, "\n  {}", render::line(docs, diagnostic));
    }
    if let Some(more) = lost.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        let _ = write!(message, "\n  and {more} more");
    }
    Err(Error::new(message))
}
