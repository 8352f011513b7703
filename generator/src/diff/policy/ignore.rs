//! The file of changes that are ignored, each entry for a reason and, if wanted, up to a day.
//!
//! In goes its text, out come its entries, or an error with the line that is wrong; a diff is then
//! split by them. An entry that is past its day still counts, with a warning, so that what passed
//! yesterday passes today.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Date;
use crate::diff::names::Names;
use crate::diff::{Change, Diff, IgnoredChange, Rule, Subject};
use crate::model::Api;
use crate::select::fits;
use crate::summary::counted;
use crate::{Error, nearest};

/// The name of the file, in the folder that the command runs in.
pub const IGNORE_FILE: &str = "docbind-diff.toml";

/// The only key of the file: the list of entries.
const LIST: &str = "ignore";
const KEYS: [&str; 6] = ["rule", "target", "member", "version", "reason", "expires"];

/// The reason of entries that were written and not yet explained.
const UNEXPLAINED: &str = "not explained yet";

/// For how many entries that meet nothing it is looked what they may mean, since each is held against
/// all changes.
const MOST_HINTS: usize = 20;

/// What a file begins with that is made anew.
const HEAD: &str = "\
# Changes that `docbind diff` ignores. Each entry names the rule, what changed, and why that is right;
# `member` narrows it, `*` stands for any text, and `expires` is the last day on which it is not
# asked about.
";

/// What a file says about which changes are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IgnoreFile {
    path: PathBuf,
    text: String,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    line: usize,
    rule: Rule,
    target: String,
    member: Option<String>,
    version: Option<String>,
    reason: String,
    expires: Option<Date>,
}

/// What came of a file of ignored changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignored {
    /// How many changes it took out of the diff.
    pub count: usize,
    /// What is to be mended in the file, each with its line. None of it fails a diff.
    pub warnings: Vec<String>,
}

impl IgnoreFile {
    /// An empty file, to be written here.
    pub fn empty(path: &Path) -> Self {
        Self { path: path.to_owned(), ..Self::default() }
    }

    /// Reads the file. Fails when it cannot be read, and at the first entry that is wrong.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|error| Error::io("cannot read", path, error))?;
        Self::parse(path, &text)
    }

    /// Reads the text of a file that lies here.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Error> {
        let entries =
            entries(text).map_err(|message| Error::new(format!("{}:{message}", path.display())))?;
        Ok(Self { path: path.to_owned(), text: text.to_owned(), entries })
    }

    /// Takes what is ignored out of a diff of these sides. An entry that meets nothing, is past its
    /// day or has no reason of its own yet is worth a warning.
    pub fn apply(&self, diff: &mut Diff, base: &Api, head: &Api, today: Date) -> Ignored {
        let versions: BTreeSet<&str> = [base, head]
            .iter()
            .flat_map(|api| &api.versions)
            .filter_map(|model| model.api_version.as_deref())
            .collect();
        let mut has_matched = vec![false; self.entries.len()];
        let before = diff.ignored.len();
        let changes = std::mem::take(&mut diff.changes);
        let names = Names::of_changes(&changes);
        let targets = targets(&changes);
        for change in changes {
            let mut reason = None;
            for (entry, has_matched) in self.entries.iter().zip(&mut has_matched) {
                if entry.means(&change, &names, &versions) {
                    *has_matched = true;
                    reason = reason.or(Some(&entry.reason));
                }
            }
            match reason.cloned() {
                Some(reason) => diff.ignored.push(IgnoredChange { change, reason }),
                None => diff.changes.push(change),
            }
        }
        let mut warnings = Vec::new();
        let mut idle = 0;
        for (entry, has_matched) in self.entries.iter().zip(has_matched) {
            let place = format!("{}:{}", self.path.display(), entry.line);
            if !has_matched && entry.is_of(&versions) {
                idle += 1;
                let known = targets.get(&entry.rule).filter(|_| idle <= MOST_HINTS);
                let advice = match known.and_then(|known| entry.nearest(known)) {
                    Some(near) => format!("is it `{near}`? Else delete the entry"),
                    None => "delete the entry".to_owned(),
                };
                warnings.push(format!("{place}: {entry} meets no change; {advice}"));
            } else if let Some(expires) = entry.expires.filter(|expires| *expires < today) {
                warnings.push(format!(
                    "{place}: {entry} was to be ignored until {expires}, and still is; decide about \
                     it anew"
                ));
            }
        }
        let mut unexplained = self.entries.iter().filter(|entry| entry.reason == UNEXPLAINED);
        if let Some(first) = unexplained.next() {
            let count = counted(1 + unexplained.count(), "entry is", "entries are");
            let place = format!("{}:{}", self.path.display(), first.line);
            warnings.push(format!(
                "{place}: {count} {UNEXPLAINED}; write into `reason` why the change is right"
            ));
        }
        Ignored { count: diff.ignored.len() - before, warnings }
    }

    /// Adds an entry for each of these changes to the file on disk, and gives their number. What
    /// the file holds stays as it is. Their reasons are for somebody to write who knows them.
    pub fn write<'c>(&self, changes: impl IntoIterator<Item = &'c Change>) -> Result<usize, Error> {
        let (added, count) = added(changes);
        if count == 0 {
            return Ok(0);
        }
        let mut start = String::new();
        if self.text.trim().is_empty() {
            start.push_str(HEAD);
        } else if !self.text.ends_with('\n') {
            start.push('\n');
        }
        let added = format!("{start}{added}");
        if let Err(error) = Self::parse(&self.path, &format!("{}{added}", self.text)) {
            return Err(Error::new(format!(
                "entries cannot be added to the file as it is; write those that it has as sections \
                 `[[{LIST}]]` first ({error})"
            )));
        }
        let file = OpenOptions::new().append(true).create(true).open(&self.path);
        file.and_then(|mut file| file.write_all(added.as_bytes()))
            .map_err(|error| Error::io("cannot write", &self.path, error))?;
        Ok(count)
    }
}

/// What the changes of each rule are about, by its name, and by the request of an operation.
fn targets(changes: &[Change]) -> BTreeMap<Rule, BTreeMap<String, String>> {
    let mut targets: BTreeMap<Rule, BTreeMap<String, String>> = BTreeMap::new();
    for change in changes {
        let of_rule = targets.entry(change.rule).or_default();
        if let Subject::Operation { method, path, .. } = &change.subject {
            of_rule.insert(format!("{} {path}", method.as_str()), change.target.clone());
        }
        of_rule.insert(change.target.clone(), change.target.clone());
    }
    targets
}

/// The entries for some changes, each once, and their number.
fn added<'c>(changes: impl IntoIterator<Item = &'c Change>) -> (String, usize) {
    let mut known = BTreeSet::new();
    let mut text = String::new();
    for change in changes {
        let mut entry = format!("\n[[{LIST}]]\nrule = {}\n", quoted(change.rule.id()));
        let mut key = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                let _ = writeln!(entry, "{key} = {}", quoted(value));
            }
        };
        key("version", change.version.as_deref().filter(|version| !version.is_empty()));
        key("target", Some(&change.target));
        key("member", change.member.as_deref());
        key("reason", Some(UNEXPLAINED));
        if known.insert(entry.clone()) {
            text.push_str(&entry);
        }
    }
    (text, known.len())
}

/// A string of TOML, which has the escapes of JSON, and one more character that needs one.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}

impl Entry {
    /// Whether it means a change. What was renamed is meant by either name.
    fn means(&self, change: &Change, names: &Names, versions: &BTreeSet<&str>) -> bool {
        let is_of_version = match change.version.as_deref() {
            Some(version) => self.version.as_deref().is_none_or(|wanted| wanted == version),
            None => self.is_of(versions),
        };
        let is_of_member = match &self.member {
            Some(wanted) => change.member.as_deref().is_some_and(|member| fits(wanted, member)),
            None => true,
        };
        self.rule == change.rule
            && is_of_version
            && is_of_member
            && names.of(change).any(|name| fits(&self.target, name))
    }

    /// The target that is most like its own, if that is another one.
    fn nearest<'k>(&self, known: &'k BTreeMap<String, String>) -> Option<&'k str> {
        let names = known.keys().map(String::as_str);
        let near = known.get(nearest::nearest(&self.target, names)?)?;
        (*near != self.target).then_some(near.as_str())
    }

    /// Whether it speaks of one of the versions that are compared. Pages that lie in no version
    /// folder may be of any.
    fn is_of(&self, versions: &BTreeSet<&str>) -> bool {
        versions.is_empty()
            || self.version.as_deref().is_none_or(|version| versions.contains(version))
    }
}

impl std::fmt::Display for Entry {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rule, target, member, .. } = self;
        let member = member.as_ref().map(|member| format!(", `{member}`")).unwrap_or_default();
        write!(formatter, "`{rule}` of `{target}`{member}")
    }
}

/// Reads the text of the file; an error begins with its line.
fn entries(text: &str) -> Result<Vec<Entry>, String> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        format!("{}: {}", line(text, at), error.message())
    })?;
    let mut table = table.into_inner();
    let list = table.remove(LIST);
    if let Some((key, _)) = table.iter().min_by_key(|(key, _)| key.span().start) {
        let (at, key) = (key.span().start, key.get_ref());
        let line = line(text, at);
        return Err(format!("{line}: unknown key `{key}`; entries are sections `[[{LIST}]]`"));
    }
    let Some(list) = list else { return Ok(Vec::new()) };
    let at = list.span().start;
    let DeValue::Array(list) = list.into_inner() else {
        return Err(format!("{}: entries are sections `[[{LIST}]]`", line(text, at)));
    };
    list.into_iter().map(|entry| Fields::new(text, entry)?.entry()).collect()
}

/// The fields of an entry that have not been read yet.
struct Fields<'t> {
    text: &'t str,
    start: usize,
    unread: DeTable<'t>,
}

impl<'t> Fields<'t> {
    fn new(text: &'t str, entry: Spanned<DeValue<'t>>) -> Result<Self, String> {
        let start = entry.span().start;
        match entry.into_inner() {
            DeValue::Table(unread) => Ok(Self { text, start, unread }),
            _ => Err(format!("{}: entries are sections `[[{LIST}]]`", line(text, start))),
        }
    }

    fn entry(mut self) -> Result<Entry, String> {
        let line = line(self.text, self.start);
        let (at, rule) = self.required("rule")?;
        let rule = rule.parse().map_err(|message: String| self.failure(at, &message))?;
        let (_, target) = self.required("target")?;
        let (_, reason) = self.required("reason")?;
        let member = self.string("member")?.map(|(_, member)| member);
        let version = self.string("version")?.map(|(_, version)| version);
        let expires = self.day()?;
        if let Some((key, _)) = self.unread.iter().min_by_key(|(key, _)| key.span().start) {
            let (at, key) = (key.span().start, key.get_ref().as_ref());
            let near = match nearest::nearest(key, KEYS) {
                Some(near) => format!("; is it `{near}`?"),
                None => format!("; the keys are `{}`", KEYS.join("`, `")),
            };
            return Err(self.failure(at, &format!("unknown key `{key}`{near}")));
        }
        Ok(Entry { line, rule, target, member, version, reason, expires })
    }

    fn required(&mut self, key: &str) -> Result<(usize, String), String> {
        self.string(key)?.ok_or_else(|| {
            let why = match key {
                "rule" => "name the rule, as `docbind diff` prints it",
                "target" => "name the type or enumeration in full, or the operation by its id",
                _ => "say why the change is right",
            };
            self.failure(self.start, &format!("an entry needs `{key}`: {why}"))
        })
    }

    /// A text that says something.
    fn string(&mut self, key: &str) -> Result<Option<(usize, String)>, String> {
        let Some(field) = self.unread.remove(key) else { return Ok(None) };
        let at = field.span().start;
        match field.get_ref().as_str().map(str::trim) {
            Some("") => Err(self.failure(at, &format!("`{key}` is empty"))),
            Some(text) => Ok(Some((at, text.to_owned()))),
            None => Err(self.failure(at, &format!("`{key}` takes a string"))),
        }
    }

    /// The last day: a date of TOML, or a string.
    fn day(&mut self) -> Result<Option<Date>, String> {
        let Some(field) = self.unread.remove("expires") else { return Ok(None) };
        let at = field.span().start;
        let text = match field.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            _ => return Err(self.failure(at, "`expires` takes a day, such as 2027-01-31")),
        };
        let date = text.trim().parse();
        date.map(Some).map_err(|message: String| self.failure(at, &format!("`expires`: {message}")))
    }

    fn failure(&self, at: usize, message: &str) -> String {
        format!("{}: {message}", line(self.text, at))
    }
}

fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests;
