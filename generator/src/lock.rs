//! `docbind.lock`: what a crate was made from, in a file beside it that is committed with it.
//!
//! In go a job and its docs; out comes the file, and what an older one says otherwise. The same
//! docs, options and version of docbind give the same crate to the byte, and all three are in it.
//! So is the docs' revision, where they are a checkout of their own, for people to look up: it is a
//! note, and no reason to write the file anew.

mod revision;

use std::fmt::Write;
use std::path::{MAIN_SEPARATOR, Path};

use xxhash_rust::xxh3::Xxh3;

use crate::docs::{Docs, Role};
use crate::emit::GeneratedFile;
use crate::model::ProfileOverrides;
use crate::output::Mode;
use crate::select::Filters;
use crate::{Job, Options, Runtime};
use revision::Revision;

/// The file, in the folder of the crate.
pub const FILE: &str = "docbind.lock";

/// What a file says: keys with their sections in front, and values as TOML writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    entries: Vec<(String, String)>,
}

const VERSION: &str = "docbind";
const HASH: &str = "docs.hash";
const REVISION: &str = "docs.revision";
const DIRTY: &str = "docs.dirty";

impl Lock {
    /// What the file has to say of a crate that this job makes from these docs, but for the
    /// revision.
    pub fn new(job: &Job, docs: &Docs) -> Self {
        let mut lock = Self::default();
        lock.add(VERSION, &quoted(env!("CARGO_PKG_VERSION")));
        lock.add(HASH, &quoted(&format!("xxh3:{:032x}", hash(docs))));
        // Written out, so that a new field has to be thought of: what shapes the crate is here.
        let Job {
            docs: _,
            more_docs: _,
            api_version,
            profile,
            filters,
            options,
            out: _,
            cache: _,
            lock: _,
        } = job;
        let Filters { include, exclude, include_types } = filters;
        let Options { name, client, runtime, is_workspace, form: _, types } = options;
        let ProfileOverrides { root_namespace, base_url, hosts, base_entity } = profile;
        let runtime = match runtime {
            Runtime::Path(path) => {
                let path = path.to_string_lossy().replace(MAIN_SEPARATOR, "/");
                format!("{{ path = {} }}", quoted(&path))
            }
            Runtime::Version(version) => quoted(version),
        };
        lock.add("options.name", &quoted(name));
        lock.add("options.client", &quoted(client));
        lock.add("options.runtime", &runtime);
        lock.add("options.workspace", &is_workspace.to_string());
        let stated = [
            ("options.api-version", api_version),
            ("options.root-namespace", root_namespace),
            ("options.base-url", base_url),
            ("options.base-entity", base_entity),
        ];
        for (key, value) in stated {
            if let Some(value) = value {
                lock.add(key, &quoted(value));
            }
        }
        lock.add_list("options.hosts", hosts);
        lock.add_list("options.include", include);
        lock.add_list("options.exclude", exclude);
        lock.add_list("options.include-types", include_types);
        lock.add_list("options.types", types);
        lock
    }

    /// Reads the text of a file. Lines that are no entries say nothing.
    pub fn parse(text: &str) -> Self {
        let mut lock = Self::default();
        let mut section = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = format!("{name}.");
            } else if let Some((key, value)) =
                line.split_once(" = ").filter(|_| !line.starts_with('#'))
            {
                lock.add(&format!("{section}{key}"), value);
            }
        }
        lock
    }

    /// Reads the file of a crate, if it has one.
    pub fn read(out: &Path) -> Option<Self> {
        std::fs::read_to_string(out.join(FILE)).ok().map(|text| Self::parse(&text))
    }

    /// What an older file says otherwise, a sentence without a full stop for each.
    pub fn reasons(&self, older: &Self) -> Vec<String> {
        let mut reasons = Vec::new();
        if older.get(VERSION) != self.get(VERSION) {
            let [old, new] = [older, self].map(|lock| lock.get(VERSION).unwrap_or("none"));
            reasons.push(format!("docbind was version {old}, and is {new}"));
        }
        if older.get(HASH) != self.get(HASH) {
            let revision = older.get(REVISION);
            let at = revision.map(|revision| format!(", which were at revision {revision}"));
            reasons.push(format!("the docs have changed{}", at.unwrap_or_default()));
        }
        let options = |lock: &Self| {
            let keys = lock.entries.iter().map(|(key, _)| key.clone());
            keys.filter(|key| key.starts_with("options.")).collect::<Vec<_>>()
        };
        let mut keys = options(self);
        keys.extend(options(older));
        keys.sort();
        keys.dedup();
        for key in keys.iter().filter(|key| older.get(key) != self.get(key)) {
            let [old, new] = [older, self].map(|lock| lock.get(key).unwrap_or("not given"));
            let name = key.trim_start_matches("options.");
            reasons.push(format!("the option `{name}` was {old}, and is {new}"));
        }
        reasons
    }

    /// Whether both say the same, apart from the revision.
    fn is_same(&self, other: &Self) -> bool {
        let counts = |lock: &Self| {
            let notes = [REVISION, DIRTY];
            let facts = lock.entries.iter().filter(|(key, _)| !notes.contains(&key.as_str()));
            facts.cloned().collect::<Vec<_>>()
        };
        counts(self) == counts(other)
    }

    /// Whether there may be a better revision of the same docs by now.
    fn is_provisional(&self) -> bool {
        self.get(REVISION).is_none() || self.get(DIRTY).is_some()
    }

    fn add(&mut self, key: &str, value: &str) {
        self.entries.push((key.to_owned(), value.to_owned()));
    }

    /// A list that is empty is left out.
    fn add_list(&mut self, key: &str, list: &[impl ToString]) {
        if !list.is_empty() {
            let list: Vec<_> = list.iter().map(|value| quoted(&value.to_string())).collect();
            self.add(key, &format!("[{}]", list.join(", ")));
        }
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    fn note(&mut self, revision: &Revision) {
        let at = self.entries.iter().position(|(key, _)| key == HASH).map_or(0, |at| at + 1);
        if revision.is_dirty {
            self.entries.insert(at, (DIRTY.to_owned(), "true".to_owned()));
        }
        self.entries.insert(at, (REVISION.to_owned(), quoted(&revision.commit)));
    }

    fn text(&self) -> String {
        let mut text = "# What this crate was made from.\n".to_owned();
        let mut section = "";
        for (key, value) in &self.entries {
            let (of, name) = key.split_once('.').unwrap_or(("", key));
            if of != section {
                let _ = write!(text, "\n[{of}]\n");
                section = of;
            }
            let _ = writeln!(text, "{name} = {value}");
        }
        text
    }
}

/// The file that belongs beside the crate that the job makes from these docs.
///
/// One that is there and says the same stays as it is, with the revision that it notes: these docs
/// were in that revision, too. Only one without a revision, or with changes that were not committed,
/// gives way to one with a revision that holds all, and only when it is written: who checks has nothing
/// to mend.
pub(crate) fn file(job: &Job, docs: &Docs, mode: Mode) -> GeneratedFile {
    let mut lock = Lock::new(job, docs);
    let older = std::fs::read_to_string(job.out.join(FILE)).unwrap_or_default();
    let known = Lock::parse(&older);
    let as_it_is = GeneratedFile::toml(FILE, &known.text());
    // A merge, or a person, may have left more in it than its entries.
    let is_good = as_it_is.text == older && known.is_same(&lock);
    if is_good && (mode == Mode::Check || !known.is_provisional()) {
        return as_it_is;
    }
    let beside = docs.files.iter().any(|file| file.path.starts_with("../"));
    let revision = revision::find(&docs.root, beside, &job.out);
    if is_good && revision.as_ref().is_none_or(|revision| revision.is_dirty) {
        return as_it_is;
    }
    if let Some(revision) = revision {
        lock.note(&revision);
    }
    GeneratedFile::toml(FILE, &lock.text())
}

/// Whether a lock that is right in all else has the revision that [`file`] would note.
pub(crate) fn is_settled(job: &Job, docs: &Docs, mode: Mode) -> bool {
    let Ok(text) = std::fs::read_to_string(job.out.join(FILE)) else { return false };
    // git takes longer than the rest of a run in which nothing changed.
    let is_final = || !Lock::parse(&text).is_provisional();
    let is_hopeless = || !revision::may_be_found(&docs.root, &job.out);
    mode == Mode::Check || is_final() || is_hopeless() || file(job, docs, mode).text == text
}

/// A hash of the docs that were read: of paths and texts, each with its length in front, so that
/// no two docs are the same row of bytes. Texts count as they are understood, whatever the encoding
/// and the line ends in which a checkout has them.
fn hash(docs: &Docs) -> u128 {
    let mut hasher = Xxh3::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    for file in &docs.files {
        let (role, version) = match &file.role {
            Role::Page { version, page: _ } => ("page", version.as_deref()),
            Role::Include => ("include", None),
            Role::Unread => ("unread", None),
        };
        for text in [role, version.unwrap_or_default(), &file.path, &file.text] {
            add(text);
        }
    }
    hasher.digest128()
}

/// A TOML string, whose escapes are those of JSON, and one more.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}
