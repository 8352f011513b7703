//! What a caller means by the words that name the sides.

use std::ffi::OsStr;
use std::fmt;
use std::hash::Hash;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::git::Repository;

/// One side, as it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A folder of docs.
    Docs(PathBuf),
    /// The JSON of a model.
    Model(PathBuf),
    /// Docs in a revision of a repository.
    Revision {
        /// Which.
        point: Point,
        /// The folder, relative to the root of the repository.
        path: PathBuf,
    },
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    /// As git names it.
    Named(String),
    /// The latest that both come from.
    MergeBase(String, String),
}

/// Both sides.
#[derive(Debug)]
pub struct Inputs {
    /// What was.
    pub base: Input,
    /// What is.
    pub head: Input,
    /// The repository of the revisions, if there are any.
    repository: Option<Repository>,
}

impl fmt::Display for Input {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Docs(path) | Self::Model(path) => write!(formatter, "{}", path.display()),
            Self::Revision { point: Point::Named(name), path } => {
                write!(formatter, "{name}:{}", path.display())
            }
            Self::Revision { point: Point::MergeBase(one, other), path } => {
                write!(formatter, "{one}...{other}:{}", path.display())
            }
        }
    }
}

impl Input {
    /// The folder that the docs lie in, in whatever revision.
    pub(super) fn folder(&self) -> impl Hash + use<> {
        match self {
            Self::Docs(path) => std::path::absolute(path).unwrap_or_else(|_| path.clone()),
            Self::Model(_) => PathBuf::new(),
            Self::Revision { path, .. } => path.clone(),
        }
    }
}

/// A word that is no path: a revision, and the folder behind it if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spec<'a> {
    revision: &'a str,
    path: Option<&'a str>,
}

impl Inputs {
    /// Takes the words of a caller apart.
    ///
    /// Each is the path of a folder or of a model, else a revision of the repository that `docs`
    /// lies in, with the path of a folder behind a colon: `main:docs/v1.0`. Paths are relative to
    /// the root of the repository, unless they begin with `./` or `../`. Without a path, the folder
    /// is `docs` as it was in that revision. One word may name both sides: `main..topic`, and
    /// `main...topic` for what `topic` changed since it left `main`; a revision that is left out
    /// there is `HEAD`. Without a second side, the first is compared with the same folder of the
    /// working tree.
    ///
    /// What is there as a path is a path, even if a revision has that name; `refs/heads/NAME` and
    /// `NAME:` are always revisions.
    pub fn parse(base: &OsStr, head: Option<&OsStr>, docs: &Path) -> Result<Self, Error> {
        let mut words = Words { docs, repository: None };
        if let Some(head) = head {
            alone(base, head)?;
            alone(head, base)?;
        }
        let (base, head) = match (head, range(base)) {
            (Some(head), _) => (words.input(base)?, words.input(head)?),
            (None, Some((from, is_symmetric, to))) => words.both(from, is_symmetric, to)?,
            (None, None) => {
                let base = words.input(base)?;
                let head = words.working_tree(&base)?;
                (base, head)
            }
        };
        Ok(Self { base, head, repository: words.repository })
    }

    pub(super) fn repository(&self) -> Option<&Repository> {
        self.repository.as_ref()
    }
}

/// What words are understood by.
struct Words<'a> {
    docs: &'a Path,
    repository: Option<Repository>,
}

impl Words<'_> {
    fn input(&mut self, word: &OsStr) -> Result<Input, Error> {
        let path = Path::new(word);
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => return Ok(Input::Docs(path.to_owned())),
            Ok(_) => return Ok(Input::Model(path.to_owned())),
            Err(_) => {}
        }
        let spec = word.to_str().filter(|word| !is_path(word)).and_then(spec).ok_or_else(|| {
            Error::new(format!(
                "there is no `{}`: name a folder of docs, the JSON of a model, or a revision with a \
                 folder of docs, such as `main:docs`",
                path.display()
            ))
        })?;
        let path = self.path(spec.path)?;
        Ok(Input::Revision { point: Point::Named(spec.revision.to_owned()), path })
    }

    /// Both sides of `from..to`.
    fn both(&mut self, from: &str, is_symmetric: bool, to: &str) -> Result<(Input, Input), Error> {
        let (from, to) = (part(from)?, part(to)?);
        let (of_from, of_to) =
            (self.path(from.path.or(to.path))?, self.path(to.path.or(from.path))?);
        let (from, to) = (from.revision.to_owned(), to.revision.to_owned());
        let head = Input::Revision { point: Point::Named(to.clone()), path: of_to };
        let point = if is_symmetric { Point::MergeBase(from, to) } else { Point::Named(from) };
        Ok((Input::Revision { point, path: of_from }, head))
    }

    /// The folder of a revision, relative to the root of the repository.
    fn path(&mut self, path: Option<&str>) -> Result<PathBuf, Error> {
        let Some(path) = path else {
            let docs = full(self.docs);
            return self.below_top(&docs);
        };
        let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
        if path == "." || path == ".." || path.starts_with("./") || path.starts_with("../") {
            let here = std::path::absolute(&path).unwrap_or_else(|_| PathBuf::from(&path));
            return self.below_top(&here);
        }
        // So that it can be asked about whatever is wrong with the path.
        self.repository()?;
        Ok(PathBuf::from(path.trim_matches('/')))
    }

    /// A path of the machine relative to the root of the repository.
    fn below_top(&mut self, path: &Path) -> Result<PathBuf, Error> {
        let top = self.top()?;
        // The way as it is written counts: a link on it may have led elsewhere in a revision.
        let below = path.strip_prefix(&top).map(Path::to_owned);
        let below = below.or_else(|_| resolved(path).strip_prefix(&top).map(Path::to_owned));
        below.map_err(|_| {
            Error::new(format!(
                "`{}` lies outside of the repository `{}`: name the folder of docs behind the \
                 revision, such as `main:docs`",
                path.display(),
                top.display()
            ))
        })
    }

    /// What a first side alone is compared with.
    fn working_tree(&mut self, base: &Input) -> Result<Input, Error> {
        let Input::Revision { path, .. } = base else {
            return Ok(Input::Docs(self.docs.to_owned()));
        };
        let top = self.top()?;
        let same = top.join(path);
        // Messages have the caller's own words where these lead to the same place.
        if resolved(&same) == resolved(self.docs) {
            return Ok(Input::Docs(self.docs.to_owned()));
        }
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
        let below = here.and_then(|here| same.strip_prefix(here).map(Path::to_owned).ok());
        Ok(Input::Docs(below.filter(|below| !below.as_os_str().is_empty()).unwrap_or(same)))
    }

    fn top(&mut self) -> Result<PathBuf, Error> {
        let docs = self.docs.display().to_string();
        let top = self.repository()?.top().map(Path::to_owned);
        top.ok_or_else(|| {
            Error::new(format!(
                "the repository of `{docs}` is bare and has no working tree: name both sides, each \
                 with its folder, such as `main:docs`"
            ))
        })
    }

    /// The repository that the docs lie in, also where they do so no more.
    fn repository(&mut self) -> Result<&Repository, Error> {
        if self.repository.is_none() {
            let docs = full(self.docs);
            let folder = docs.ancestors().find(|folder| folder.is_dir()).unwrap_or(&docs);
            self.repository = Some(Repository::of(folder)?);
        }
        self.repository.as_ref().ok_or_else(|| Error::new("a revision needs a repository"))
    }
}

/// Fails when a word that is given with another one names both sides.
fn alone(word: &OsStr, other: &OsStr) -> Result<(), Error> {
    // What stands behind a colon alone is a folder, whatever it is called.
    let is_folder = |from: &str, to: &str| from.contains(':') && !to.contains(':');
    match range(word) {
        Some((from, _, to)) if !is_folder(from, to) => {
            let (word, other) = (word.display(), other.display());
            Err(Error::new(format!(
                "`{word}` names both sides: leave `{other}` out, or name one revision instead of \
                 `{word}`"
            )))
        }
        _ => Ok(()),
    }
}

/// A side of a range, which may be left out.
fn part(word: &str) -> Result<Spec<'_>, Error> {
    spec(if word.is_empty() { "HEAD" } else { word })
        .ok_or_else(|| Error::new(format!("`{word}` names no revision in front of the `:`")))
}

fn full(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// A path without links, as far as it is there.
fn resolved(path: &Path) -> PathBuf {
    let path = full(path);
    let there = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    match there {
        Some((above, canonical)) => match path.strip_prefix(above) {
            Ok(rest) if !rest.as_os_str().is_empty() => canonical.join(rest),
            _ => canonical,
        },
        None => path,
    }
}

/// Whether a word that leads to nothing was meant as a path.
fn is_path(word: &str) -> bool {
    let is_drive =
        matches!(word.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    let ending = Path::new(word).extension();
    let is_file = ending.is_some_and(|ending| ending == "json" || ending == "md");
    (cfg!(windows) && is_drive)
        || word.starts_with(['/', '\\', '~'])
        || word == "."
        || word == ".."
        || word.starts_with("./")
        || word.starts_with("../")
        || (is_file && !word.contains(':'))
}

/// The two sides that one word names, and whether they are compared from where they parted.
fn range(word: &OsStr) -> Option<(&str, bool, &str)> {
    if Path::new(word).exists() {
        return None;
    }
    let word = word.to_str().filter(|word| !is_path(word))?;
    let outside = outside_braces(word);
    let dots = outside.match_indices("..").map(|(at, _)| at).find(|&at| {
        // `main:../docs` and `main:docs/..` are paths.
        let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| matches!(byte, b'/' | b':'));
        let (before, behind) = (&outside.as_bytes()[..at], &outside.as_bytes()[at + 2..]);
        !is_part(before.last()) && !matches!(behind.first(), Some(b'/'))
    })?;
    let is_symmetric = word[dots + 2..].starts_with('.');
    let behind = dots + if is_symmetric { 3 } else { 2 };
    let (from, to) = (&word[..dots], &word[behind..]);
    (!(from.is_empty() && to.is_empty())).then_some((from, is_symmetric, to))
}

/// The revision and the path of `main:docs`. A colon in braces belongs to the revision: `HEAD^{/fix:}`.
fn spec(word: &str) -> Option<Spec<'_>> {
    let (revision, path) = match outside_braces(word).find(':') {
        Some(colon) => (&word[..colon], Some(&word[colon + 1..])),
        None => (word, None),
    };
    (!revision.is_empty()).then_some(Spec { revision, path })
}

/// The same text with spaces for what stands in braces.
fn outside_braces(word: &str) -> String {
    let mut depth = 0_usize;
    let mut text = String::with_capacity(word.len());
    for char in word.chars() {
        match char {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                text.push(char);
                continue;
            }
            _ => {}
        }
        text.extend(std::iter::repeat_n(' ', char.len_utf8()));
    }
    text
}
