//! A repository: which revisions it has, and what lies in them.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use super::command::run;
use super::objects::{Found, Object, Objects};
use super::tree::{Item, items};
use crate::cache::{Blobs, Cache};
use crate::docs::Content;
use crate::error::Error;

/// A repository of which objects are read. Each object is read once, whichever revisions hold it.
pub(crate) struct Repository {
    folder: PathBuf,
    /// The folder of the working tree, unless there is none.
    top: Option<PathBuf>,
    is_shallow: bool,
    /// Whether it may have objects that stand for others, so that a hash says nothing of a content.
    has_replacements: bool,
    /// What an earlier run read of it.
    kept: OnceLock<Blobs>,
    known: Mutex<Known>,
}

/// What has been read.
struct Known {
    objects: Objects,
    files: HashMap<String, Blob>,
    trees: HashMap<String, Arc<[Item]>>,
    /// Objects that the clone lacks.
    missing: usize,
}

/// A file as text, or why there is none.
#[derive(Clone, Debug)]
pub(super) enum Blob {
    Text(Content),
    TooLarge(u64),
    /// A pointer to a file elsewhere.
    Elsewhere,
    Missing,
}

/// A revision that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Revision {
    /// As it was asked for.
    pub(crate) name: String,
    /// The hash of its root folder.
    pub(super) tree: String,
}

/// What a file of Git LFS begins with.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// How somebody finds out what a repository has.
const LIST: &str = "`git branch --all` and `git tag` list what it has";

/// How a shallow clone gets older commits.
const DEEPEN: &str = "fetch all commits with `git fetch --unshallow`, or some of them with `git fetch \
                      --deepen=100`";

impl Repository {
    /// The repository that a folder lies in.
    pub(crate) fn of(folder: &Path) -> Result<Self, Error> {
        // Both start at the same time.
        let objects = Objects::of(folder)?;
        let arguments =
            ["rev-parse", "--is-shallow-repository", "--git-common-dir", "--show-toplevel"];
        let answer = run(folder, &arguments)?;
        let mut lines = answer.text.lines();
        let Some(is_shallow) = lines.next() else {
            let complaint = answer.complaint.trim();
            return Err(Error::new(format!(
                "`{}` is in no git repository that can be read, so that it has no revisions: name a \
                 folder of docs, or mend what git says: {complaint}",
                folder.display()
            )));
        };
        let has_replacements = lines.next().is_none_or(|it| has_replacements(&folder.join(it)));
        let top = lines.next().filter(|_| answer.is_success).map(PathBuf::from);
        let top = top.map(|top| top.canonicalize().unwrap_or(top));
        let known =
            Mutex::new(Known { objects, files: HashMap::new(), trees: HashMap::new(), missing: 0 });
        Ok(Self {
            folder: folder.to_owned(),
            top,
            is_shallow: is_shallow == "true",
            has_replacements,
            kept: OnceLock::new(),
            known,
        })
    }

    /// The folder of the working tree. A bare repository has none.
    pub(crate) fn top(&self) -> Option<&Path> {
        self.top.as_deref()
    }

    /// A revision as git names it: a branch, a tag, a hash, `HEAD~3`.
    pub(crate) fn revision(&self, name: &str) -> Result<Revision, Error> {
        let mut tree = None;
        let asked = self.lock().objects.ask(&[&format!("{name}^{{tree}}")], |it| tree = Some(it));
        // git gives up at some names that it cannot follow.
        if let Err(error) = asked {
            return Err(if self.is_there(name) { error } else { self.explain(name) });
        }
        match tree {
            Some(Found::Object(Object { id, kind, .. })) if kind == "tree" => {
                Ok(Revision { name: name.to_owned(), tree: id })
            }
            _ => Err(self.explain(name)),
        }
    }

    /// The latest commit that both come from.
    pub(crate) fn merge_base(&self, one: &str, other: &str) -> Result<String, Error> {
        // That both are there is found out first: git says the same of a revision that is not.
        self.revision(one)?;
        self.revision(other)?;
        let answer = run(&self.folder, &["merge-base", "--end-of-options", one, other])?;
        let base = answer.text.lines().next().filter(|_| answer.is_success);
        base.map(str::to_owned).ok_or_else(|| {
            let what = format!("`{one}` and `{other}` have no commit in common");
            Error::new(if self.is_shallow {
                format!("{what} in this clone, which is shallow: {DEEPEN}")
            } else {
                format!("{what}: compare them directly with `{one}..{other}`")
            })
        })
    }

    /// Why there is no such revision, and what to do.
    fn explain(&self, name: &str) -> Error {
        let folder = self.folder.display();
        if self.is_there(name) {
            return self.lacks(&format!("the folders of `{name}`"));
        }
        let start = &name[..name.find(['~', '^', '@']).unwrap_or(name.len())];
        let what = format!("the repository of `{folder}` has no revision `{name}`");
        Error::new(if name.contains("@{") {
            format!("{what}{}: {LIST}", self.complaint(name))
        } else if start.len() < name.len() && self.is_there(start) {
            if self.is_shallow {
                format!("{what}, since it is a shallow clone, which lacks older commits: {DEEPEN}")
            } else {
                format!("{what}, though there is `{start}`: `git log {start}` lists its commits")
            }
        } else if self.is_there(&format!("refs/remotes/origin/{start}")) {
            format!("{what}: name it `origin/{start}{}`", &name[start.len()..])
        } else if (start == "HEAD" || name.starts_with('@')) && !self.is_there("HEAD") {
            format!("{what}, for nothing is committed there yet: name two folders of docs")
        } else if !is_name(start) {
            format!("{what}: {LIST}")
        } else {
            format!("{what}{}", self.fetch(start).unwrap_or_else(|| format!(": {LIST}")))
        })
    }

    /// How what the clone lacks is fetched, where there is a place to fetch it from.
    fn fetch(&self, name: &str) -> Option<String> {
        let remotes = run(&self.folder, &["remote"]).map(|answer| answer.text).unwrap_or_default();
        let remotes: Vec<_> = remotes.lines().collect();
        let remote = remotes.iter().find(|it| **it == "origin").or(remotes.first())?;
        let depth = if self.is_shallow { "--depth=1 " } else { "" };
        if name.len() >= 7 && name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Some(match name.len() {
                40 | 64 => format!(": fetch it with `git fetch --depth=1 {remote} {name}`"),
                // Remotes know commits by their whole hashes alone.
                _ if self.is_shallow => format!("; it may be one that it lacks: {DEEPEN}"),
                _ => "; it may be one that it lacks: fetch it with `git fetch`".to_owned(),
            });
        }
        let plain = name.strip_prefix("refs/remotes/").or(name.strip_prefix("remotes/"));
        let plain = plain.unwrap_or(name);
        // A remote may have a slash in its name, too.
        let mut splits = plain.match_indices('/').map(|(at, _)| (&plain[..at], &plain[at + 1..]));
        let what = match splits.find(|(remote, _)| remotes.contains(remote)) {
            Some((remote, branch)) => {
                format!("`git fetch {depth}{remote} {branch}:refs/remotes/{remote}/{branch}`")
            }
            None => format!("`git fetch {depth}{remote} {name}`, and is `FETCH_HEAD` then"),
        };
        Some(format!(": {LIST}; what it lacks is fetched with {what}"))
    }

    fn is_there(&self, name: &str) -> bool {
        let commit = format!("{name}^{{commit}}");
        run(&self.folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
            .is_ok_and(|answer| answer.is_success)
    }

    /// What git says of a name that it cannot follow.
    fn complaint(&self, name: &str) -> String {
        let answer = run(&self.folder, &["rev-parse", "--verify", "--end-of-options", name]);
        let complaint = answer.map(|answer| answer.complaint).unwrap_or_default();
        let first = complaint.lines().next().and_then(|line| line.strip_prefix("fatal: "));
        first.map(|first| format!(" (git says: {first})")).unwrap_or_default()
    }

    /// That the clone lacks objects, and what to do. A fetch that brings new commits asks for these alone,
    /// hence two.
    fn lacks(&self, what: &str) -> Error {
        Error::new(format!(
            "the clone of `{}` lacks {what}: it is a partial clone, or damaged; fetch all objects \
             with `git fetch` and then `git fetch --refetch --no-filter`, or clone without `--filter`",
            self.folder.display()
        ))
    }

    /// An error when something was asked for that the clone lacks.
    pub(super) fn check_whole(&self, revision: &Revision) -> Result<(), Error> {
        let missing = self.lock().missing;
        match missing {
            0 => Ok(()),
            1 => Err(self.lacks(&format!("one file or folder of `{}`", revision.name))),
            count => Err(self.lacks(&format!("{count} files or folders of `{}`", revision.name))),
        }
    }

    /// What the folder of this hash holds. None if the clone lacks it.
    pub(super) fn tree(&self, id: &str) -> Result<Option<Arc<[Item]>>, Error> {
        let mut known = self.lock();
        if let Some(tree) = known.trees.get(id) {
            return Ok(Some(Arc::clone(tree)));
        }
        let mut found = None;
        known.objects.ask(&[id], |answer| found = Some(answer))?;
        let content = match found {
            Some(Found::Object(Object { kind, content: Ok(content), .. })) if kind == "tree" => {
                content
            }
            _ => {
                known.missing += 1;
                return Ok(None);
            }
        };
        let tree: Arc<[Item]> = items(&content, id.len() / 2).into();
        known.trees.insert(id.to_owned(), Arc::clone(&tree));
        Ok(Some(tree))
    }

    /// The files of these hashes, in their order. Equal files share their text.
    pub(super) fn files(&self, ids: &[&str]) -> Result<Vec<Blob>, Error> {
        let kept = |id: &&str| self.kept.get().and_then(|kept| kept.get(id)).map(Blob::Text);
        let mut blobs: Vec<Option<Blob>> = ids.par_iter().map(kept).collect();
        let mut known = self.lock();
        let lacking = ids.iter().zip(&blobs).filter(|(_, blob)| blob.is_none());
        let mut wanted: Vec<&str> =
            lacking.map(|(id, _)| *id).filter(|id| !known.files.contains_key(*id)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        // What is done while others wait for the lock is not spread over threads: one that helps
        // out may be about to wait, too.
        let mut read = Vec::with_capacity(wanted.len());
        known.objects.ask(&wanted, |answer| read.push(blob(answer)))?;
        for (id, blob) in wanted.into_iter().zip(read) {
            known.missing += usize::from(matches!(blob, Blob::Missing));
            known.files.insert(id.to_owned(), blob);
        }
        let read = |id: &str| known.files.get(id).cloned().unwrap_or(Blob::Missing);
        let all = ids.iter().zip(&mut blobs);
        Ok(all.map(|(id, blob)| blob.take().unwrap_or_else(|| read(id))).collect())
    }

    /// Takes the files that an earlier run read from where that left them.
    pub(crate) fn remember(&self, cache: &Cache) {
        if !self.has_replacements {
            self.kept.get_or_init(|| Blobs::load(cache));
        }
    }

    /// Keeps the files that were read for the next run.
    pub(crate) fn keep(&self, cache: &Cache) {
        let Some(kept) = self.kept.get() else { return };
        let known = self.lock();
        let texts = known.files.iter().filter_map(|(id, blob)| match blob {
            Blob::Text(content) => Some((id.as_str(), content)),
            Blob::TooLarge(_) | Blob::Elsewhere | Blob::Missing => None,
        });
        let mut new: Vec<_> = texts.collect();
        new.sort_unstable_by_key(|(id, _)| *id);
        kept.save(cache, &new);
    }

    /// The bytes that a link leads to.
    pub(super) fn link(&self, id: &str) -> Result<Option<Vec<u8>>, Error> {
        let mut known = self.lock();
        let mut found = None;
        known.objects.ask(&[id], |answer| found = Some(answer))?;
        if let Some(Found::Object(Object { content: Ok(content), .. })) = found {
            return Ok(Some(content));
        }
        known.missing += 1;
        Ok(None)
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Repository {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Repository").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Whether git would take it for the name of a branch.
fn is_name(text: &str) -> bool {
    let is_odd =
        |char: char| char.is_whitespace() || char.is_control() || "~^:?*[\\".contains(char);
    !(text.is_empty()
        || text.starts_with(['-', '.', '/'])
        || text.ends_with(['.', '/'])
        || text.contains("..")
        || text.contains(is_odd))
}

/// Whether a repository, whose own files lie here, may have objects that stand for others.
fn has_replacements(folder: &Path) -> bool {
    let packed = fs::read(folder.join("packed-refs")).unwrap_or_default();
    // Where references are kept in tables, only git can read them.
    folder.join("refs/replace").exists()
        || memchr::memmem::find(&packed, b" refs/replace/").is_some()
        || folder.join("reftable").exists()
}

fn blob(found: Found) -> Blob {
    let Found::Object(Object { content, .. }) = found else { return Blob::Missing };
    match content {
        Ok(bytes) if bytes.starts_with(POINTER) => Blob::Elsewhere,
        Ok(bytes) => {
            let length = bytes.len() as u64;
            Content::new(bytes).map_or(Blob::TooLarge(length), Blob::Text)
        }
        Err(length) => Blob::TooLarge(length),
    }
}
