//! A thousand edits of real pages, as a writer makes them: the diff finds each, and says no more.

use std::collections::{BTreeMap, BTreeSet};

use docbind::Loaded;
use docbind::diff::{Change, Level, diff};
use docbind::docs::Docs;
use docbind::model::{
    Api, Model, Operation, OperationKind, ParameterLocation, Primitive, Source, TypeName,
};

use crate::real;
use crate::shown::facts;

/// How many edits are made.
const EDITS: usize = 1_000;

/// Kind, target and member of a change.
type Key = (String, String, Option<String>);

#[test]
fn each_edit_is_found_and_nothing_else() {
    let Some(loaded) = real::pages() else { return };
    let mut writer = Writer::new(&loaded);
    let mut expected = BTreeMap::new();
    while expected.len() < EDITS && !writer.is_done() {
        if let Some((key, what)) = writer.edit() {
            let earlier = expected.insert(key.clone(), what);
            assert!(earlier.is_none(), "{key:?} twice");
        }
    }
    let (edits, head) = (expected.len(), writer.api());
    let changes = diff(&loaded.api, &head).changes;
    let facts: Vec<_> = changes.into_iter().filter(|it| it.level > Level::Docs).collect();
    let found: BTreeMap<Key, &Change> = facts.iter().map(|change| (key(change), change)).collect();
    let missed: Vec<_> = expected.iter().filter(|(key, _)| !found.contains_key(*key)).collect();
    let wrong: Vec<Change> = found
        .iter()
        .filter(|(key, _)| !expected.contains_key(*key))
        .map(|(_, change)| (*change).clone())
        .collect();
    real::say(&format!("{edits} edits of {} pages", loaded.docs.pages().count()));
    assert!(
        missed.is_empty() && wrong.is_empty(),
        "{} of {edits} missed: {missed:#?}\n{} wrong:\n{}",
        missed.len(),
        wrong.len(),
        crate::shown::facts(&wrong)
    );
    assert_eq!(found.len(), facts.len(), "changes twice:\n{}", self::facts(&facts));
}

fn key(change: &Change) -> Key {
    (change.rule.kind().to_owned(), change.target.clone(), change.member.clone())
}

/// Somebody who edits pages, each at one place alone.
struct Writer<'l> {
    model: &'l Model,
    docs: &'l Docs,
    /// The pages as they are now, in lines.
    pages: BTreeMap<String, Vec<String>>,
    touched: BTreeSet<String>,
    /// Which kind of edit is next, and the state of what chooses the place.
    next: usize,
    seed: u64,
    in_vain: usize,
}

impl<'l> Writer<'l> {
    fn new(loaded: &'l Loaded) -> Self {
        let [model] = loaded.api.versions.as_slice() else { panic!("one version") };
        let pages = loaded.docs.files.iter().map(|file| {
            (file.path.to_string(), file.text.lines().map(str::to_owned).collect::<Vec<_>>())
        });
        Self {
            model,
            docs: &loaded.docs,
            pages: pages.collect(),
            touched: BTreeSet::new(),
            next: 0,
            seed: 0x2545_F491_4F6C_DD1D,
            in_vain: 0,
        }
    }

    fn is_done(&self) -> bool {
        self.in_vain > 20_000
    }

    fn random(&mut self, below: usize) -> usize {
        // An xorshift generator: the same edits in each run.
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        usize::try_from(self.seed >> 16).expect("48 bits") % below.max(1)
    }

    /// What the edited pages say.
    fn api(&self) -> Api {
        let texts: Vec<_> = self
            .docs
            .files
            .iter()
            .map(|file| (file.path.to_string(), self.pages[&*file.path].join("\n") + "\n"))
            .collect();
        let texts = texts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        docbind::interpret(&Docs::from_texts(texts)).value
    }

    /// Edits a page at one place. Returns what the diff has to say, and what was done, or none
    /// where the place does not lend itself to the edit.
    fn edit(&mut self) -> Option<(Key, String)> {
        self.in_vain += 1;
        self.next = (self.next + 1) % 10;
        let (source, key, edit) = match self.next {
            0..=3 => self.property_edit(self.next)?,
            4 | 5 => self.member_edit(self.next == 4)?,
            _ => self.operation_edit(self.next)?,
        };
        let page = self.docs.files.iter().find(|file| file.path.ends_with(&*source.file))?;
        let path = page.path.to_string();
        if self.touched.contains(&path) {
            return None;
        }
        let lines = self.pages.get_mut(&path)?;
        let at = usize::try_from(source.line).ok()?.checked_sub(1)?;
        let before = lines.get(at)?.clone();
        let after = edit(&before)?;
        let what = format!("{path}:{} `{before}` → `{}`", source.line, after.join("⏎"));
        lines.splice(at..=at, after);
        self.touched.insert(path);
        self.in_vain = 0;
        Some((key, what))
    }

    /// A name that nothing has.
    fn new_name(&mut self) -> String {
        format!("addedByAWriter{}", self.random(1 << 30))
    }

    fn property_edit(&mut self, kind: usize) -> Option<Planned> {
        let ty = &self.model.types[self.random(self.model.types.len())];
        let property = &ty.properties[..].get(self.random(ty.properties.len()))?;
        let is_plain = property.ty.name == TypeName::Primitive(Primitive::String);
        let is_key = ty.key.contains(&property.name) || ty.alternate_keys.contains(&property.name);
        if !is_plain || property.ty.collection || is_key || !ty.is_documented {
            return None;
        }
        let name = property.name.clone();
        let key =
            |kind: &str, member: &str| (kind.to_owned(), ty.name.clone(), Some(member.to_owned()));
        let row = move |line: &str, name: &str| is_row_of(line, name).then_some(());
        Some(match kind {
            0 => {
                let key = key("property_removed", &name);
                (
                    property.source.clone(),
                    key,
                    Box::new(move |line| {
                        row(line, &name)?;
                        Some(Vec::new())
                    }),
                )
            }
            1 => {
                let key = key("property_type_changed", &name);
                (
                    property.source.clone(),
                    key,
                    Box::new(move |line| {
                        row(line, &name)?;
                        let cell = ["|String|", "| String |", "|String |", "| String|"];
                        let cell = cell.into_iter().find(|cell| line.contains(cell))?;
                        Some(vec![line.replacen(cell, "|Int64|", 1)])
                    }),
                )
            }
            2 => {
                let added = self.new_name();
                let key = key("property_added", &added);
                (
                    property.source.clone(),
                    key,
                    Box::new(move |line| {
                        row(line, &name)?;
                        let cells = line.matches('|').count();
                        let added = format!(
                            "|{added}|Int32|It is new.{}",
                            "|".repeat(cells.saturating_sub(3))
                        );
                        Some(vec![line.to_owned(), added])
                    }),
                )
            }
            _ => {
                let key = key("property_renamed", &name);
                (
                    property.source.clone(),
                    key,
                    Box::new(move |line| {
                        row(line, &name)?;
                        Some(vec![line.replacen(&name, &format!("{name}s"), 1)])
                    }),
                )
            }
        })
    }

    fn member_edit(&mut self, is_removed: bool) -> Option<Planned> {
        let enum_ = &self.model.enums[self.random(self.model.enums.len())];
        let member = &enum_.members[..].get(self.random(enum_.members.len()))?;
        let has_values = enum_.members.iter().any(|member| member.value.is_some());
        // Numbers say whether members can be given together.
        if member.name == "unknownFutureValue" || has_values || enum_.members.len() < 4 {
            return None;
        }
        let (target, name) = (enum_.name.clone(), member.name.clone());
        Some(if is_removed {
            let key = ("enum_member_removed".to_owned(), target, Some(name.clone()));
            (
                member.source.clone(),
                key,
                Box::new(move |line| is_row_of(line, &name).then(Vec::new)),
            )
        } else {
            let added = self.new_name();
            let key = ("enum_member_added".to_owned(), target, Some(added.clone()));
            (
                member.source.clone(),
                key,
                Box::new(move |line| {
                    let row = is_row_of(line, &name).then(|| line.replacen(&name, &added, 1))?;
                    Some(vec![line.to_owned(), row])
                }),
            )
        })
    }

    fn operation_edit(&mut self, kind: usize) -> Option<Planned> {
        let operations = &self.model.operations;
        let operation = &operations[self.random(operations.len())];
        let id = operation.id.clone();
        // Where a page has several, what it says is said of each.
        let of_page = |other: &Operation| other.source.file == operation.source.file;
        if operations.iter().filter(|other| of_page(other)).count() > 1 {
            return None;
        }
        let key = |kind: &str, member: String| (kind.to_owned(), id.clone(), Some(member));
        Some(match kind {
            6 => {
                // A further permission for applications, in the row behind the table's head.
                let place = operation.sections.permissions.as_ref()?;
                let known = operation.permissions.application.last()?.clone();
                let page = self.docs.files.iter().find(|it| it.path.ends_with(&*place.file))?;
                let from = usize::try_from(place.line).ok()?;
                let rows: Vec<_> = page
                    .text
                    .lines()
                    .enumerate()
                    .skip(from)
                    .take(6)
                    .filter(|(_, line)| {
                        line.starts_with("|Application") || line.starts_with("| Application")
                    })
                    .map(|(at, _)| at)
                    .collect();
                let [at] = rows.as_slice() else { return None };
                let line = u32::try_from(at + 1).ok()?;
                let source = Source { file: place.file.clone(), line };
                let key = key("permission_added", "Added.ByAWriter".to_owned());
                (
                    source,
                    key,
                    Box::new(move |line| {
                        let known = format!("{known} |");
                        let edited = line.replacen(
                            &known,
                            &format!("{known}, Added.ByAWriter |").replace(" |,", ","),
                            1,
                        );
                        (edited != line && line.matches('|').count() == 3).then(|| vec![edited])
                    }),
                )
            }
            7 => {
                let path = operation.paths.first()?;
                let added = format!("/addedByAWriter{}", path.template.text);
                let text = format!("{} {added}", operation.method.as_str());
                let has_query = operation.parameters.iter().any(|parameter| {
                    parameter.is_required && parameter.location == ParameterLocation::Query
                });
                let is_plain = operation.paths.len() > 1
                    && operation.kind != OperationKind::Function
                    && !has_query
                    && !added.contains(['(', ':', '$']);
                if !is_plain {
                    return None;
                }
                let key = key("path_added", added);
                (
                    path.source.clone(),
                    key,
                    Box::new(move |line| {
                        line.starts_with(|it: char| it.is_ascii_uppercase())
                            .then(|| vec![line.to_owned(), text.clone()])
                    }),
                )
            }
            8 => {
                let [_, .., last] = operation.paths.as_slice() else { return None };
                let shared = operations.iter().filter(|other| {
                    other.paths.iter().any(|path| path.template.text == last.template.text)
                });
                if shared.count() > 1 {
                    return None;
                }
                let key = key("path_removed", last.template.text.clone());
                let text = last.template.text.clone();
                (
                    last.source.clone(),
                    key,
                    Box::new(move |line| line.ends_with(&text).then(Vec::new)),
                )
            }
            _ => {
                let response = operation.responses.first()?;
                if operation.responses.len() > 1 || response.status != 200 {
                    return None;
                }
                let key = ("response_changed".to_owned(), id.clone(), None);
                (
                    response.source.clone(),
                    key,
                    Box::new(move |line| {
                        let is_stated = line.matches("`200 OK`").count() == 1;
                        is_stated.then(|| vec![line.replace("`200 OK`", "`202 Accepted`")])
                    }),
                )
            }
        })
    }
}

/// A place, what the diff has to say, and what becomes of the line there.
type Planned = (Source, Key, Box<dyn Fn(&str) -> Option<Vec<String>>>);

/// Whether a line is the row of a table whose first cell is this name.
fn is_row_of(line: &str, name: &str) -> bool {
    let cell = line.trim_start().strip_prefix('|').and_then(|rest| rest.split('|').next());
    cell.is_some_and(|cell| cell.trim() == name)
}
