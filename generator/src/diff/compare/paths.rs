//! Paths, by what they call: how placeholders are named and words are spelled does not count.

use std::collections::{BTreeMap, BTreeSet};

use super::Sides;
use super::operations::page;
use crate::diff::change::{Change, Subject};
use crate::diff::pair::{Paired, name_likeness};
use crate::diff::rule::{Bump, Level, Rule};
use crate::model::{
    Argument, Method, Model, Operation, Path, PathTemplate, Segment, is_dotted, last_part,
};

/// How alike the segments of two paths must be, where several came and several went.
const ALIKE: f64 = 0.5;

/// A path as it is called: words in lower case and without namespaces, placeholders without names.
pub(super) fn shape(path: &PathTemplate) -> String {
    let mut shape = String::with_capacity(path.text.len());
    for segment in &path.segments {
        shape.push('/');
        match segment {
            // A function may be called with its namespace and without.
            Segment::Literal(word) | Segment::Cast(word) => {
                let word = if is_dotted(word) { last_part(word) } else { word };
                shape.push_str(&word.to_lowercase());
            }
            Segment::Key(_) => shape.push_str("{}"),
            Segment::AlternateKey(arguments) => {
                shape.push('=');
                push_names(&mut shape, arguments);
            }
            Segment::Call { name, arguments } => {
                shape.push_str(&last_part(name).to_lowercase());
                if !arguments.is_empty() {
                    shape.push('(');
                    push_names(&mut shape, arguments);
                    shape.push(')');
                }
            }
            Segment::ByPath(_) => shape.push_str(":{}:"),
            Segment::Ref => shape.push_str("$ref"),
            Segment::Value => shape.push_str("$value"),
            Segment::Count => shape.push_str("$count"),
        }
    }
    shape
}

/// The names of arguments, whose order does not count.
fn push_names(shape: &mut String, arguments: &[Argument]) {
    let names = arguments.iter().filter_map(|it| it.name.as_deref());
    let names: BTreeSet<_> = names.map(str::to_lowercase).collect();
    for name in names {
        shape.push_str(&name);
        shape.push(',');
    }
}

/// The names of the arguments of a path's functions.
fn arguments(path: &Path) -> impl Iterator<Item = &str> {
    let calls = path.template.segments.iter().filter_map(|segment| match segment {
        Segment::Call { arguments, .. } => Some(arguments),
        _ => None,
    });
    calls.flatten().filter_map(|argument| argument.name.as_deref())
}

/// Everything that can be called in a model.
#[derive(Default)]
pub(super) struct Calls<'m> {
    by_operation: std::collections::HashMap<&'m str, Vec<Shaped<'m>>>,
    /// Each call, with the pages that document it.
    all: BTreeMap<(Method, String), Vec<&'m str>>,
}

/// A path with its shape.
#[derive(Debug)]
pub(super) struct Shaped<'m> {
    pub(super) shape: String,
    pub(super) path: &'m Path,
}

impl<'m> Calls<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let mut calls =
            Self { by_operation: std::collections::HashMap::new(), all: BTreeMap::new() };
        for operation in &model.operations {
            let paths = operation.paths.iter();
            let shaped: Vec<_> =
                paths.map(|path| Shaped { shape: shape(&path.template), path }).collect();
            for it in &shaped {
                let pages = calls.all.entry((operation.method, it.shape.clone())).or_default();
                pages.push(page(operation));
            }
            calls.by_operation.insert(&operation.id, shaped);
        }
        calls
    }

    /// The paths of an operation.
    pub(super) fn of(&self, operation: &Operation) -> &[Shaped<'m>] {
        self.by_operation.get(operation.id.as_str()).map_or(&[], Vec::as_slice)
    }

    /// Whether there is such a call, by whatever operation.
    pub(super) fn has(&self, method: Method, shape: &str) -> bool {
        self.all.contains_key(&(method, shape.to_owned()))
    }

    /// Whether the page of an operation of the other side documents such a call here, too.
    fn is_on_page(&self, operation: &Operation, shape: &str) -> bool {
        let pages = self.all.get(&(operation.method, shape.to_owned()));
        pages.is_some_and(|pages| pages.contains(&page(operation)))
    }

    /// Whether all calls of an operation of the other side are here.
    pub(super) fn has_all(&self, operation: &Operation, paths: &[Shaped<'_>]) -> bool {
        !paths.is_empty() && paths.iter().all(|it| self.has(operation.method, &it.shape))
    }
}

impl<'m> Sides<'m> {
    /// Compares the paths of an operation that both sides have. Returns the arguments that came or
    /// went with a path as a whole.
    pub(super) fn paths(&mut self, old: &'m Operation, new: &'m Operation) -> BTreeSet<&'m str> {
        let (was, is) = (self.calls.0.of(old), self.calls.1.of(new));
        // As nearly all are, and then there is nothing to pair.
        if was.iter().map(|it| &it.path.template).eq(is.iter().map(|it| &it.path.template)) {
            return BTreeSet::new();
        }
        let calls = std::mem::take(&mut self.calls);
        let mut paths = Paired::by_name(calls.0.of(old), calls.1.of(new), |it| it.shape.as_str());
        let is_other_method = old.method != new.method;
        // Which operation of a page a path belongs to depends on the types that it leads to.
        paths.removed.retain(|it| !calls.1.is_on_page(old, &it.shape));
        paths.added.retain(|it| !calls.0.is_on_page(new, &it.shape));
        // A path that another page documents as well is another path here all the same, and no call
        // is lost with it.
        let is_still = |shape: &str| !is_other_method && calls.1.has(old.method, shape);
        let was_there = |shape: &str| !is_other_method && calls.0.has(new.method, shape);
        // Where one path is all that there is, the operation has moved.
        let is_only = paths.removed.len() == 1 && paths.added.len() == 1 && paths.same.is_empty();
        paths.find_renamed(
            |it| it.shape.as_str(),
            |was, is| {
                let is_kept = is_still(&was.shape) && was_there(&is.shape);
                (!is_kept).then(|| likeness(was, is, is_only))?
            },
        );
        // What can still be called, and what could be called before, is no other path.
        let (given, removed): (Vec<_>, Vec<_>) =
            std::mem::take(&mut paths.removed).into_iter().partition(|it| is_still(&it.shape));
        let (taken, added): (Vec<_>, Vec<_>) =
            std::mem::take(&mut paths.added).into_iter().partition(|it| was_there(&it.shape));
        (paths.removed, paths.added) = (removed, added);
        // A function that takes other arguments is where it was: what it takes is compared by name.
        paths
            .renamed
            .retain(|(was, is)| without_arguments(&was.shape) != without_arguments(&is.shape));
        let whole = [&paths.removed, &given, &paths.added, &taken].into_iter().flatten();
        let whole = whole.flat_map(|it| arguments(it.path)).collect();

        let about = |rule, operation: &Operation, path: &Path| {
            let text = path.template.text.as_str();
            let subject =
                Subject::Operation { method: operation.method, path: text.to_owned(), part: None };
            Change::new(rule, subject, new.id.as_str()).member(text)
        };
        let call = |operation: &Operation, path: &Path| {
            format!("{} {}", operation.method.as_str(), path.template.text)
        };
        let mut changes = Vec::new();
        for (rule, paths) in [(Rule::PathRemoved, &paths.removed), (Rule::PathGiven, &given)] {
            for it in paths {
                let change = about(rule, old, it.path).from(call(old, it.path));
                changes.push(change.base(&it.path.source).near(&new.source));
            }
        }
        for (rule, paths) in [(Rule::PathAdded, &paths.added), (Rule::PathTaken, &taken)] {
            for it in paths {
                let change = about(rule, new, it.path).to(call(new, it.path));
                changes.push(change.head(&it.path.source));
            }
        }
        for (rule, pairs) in
            [(Rule::PathChanged, &paths.renamed), (Rule::PathSpelling, &paths.same)]
        {
            for (was, is) in pairs {
                let is_still = is_still(&was.shape);
                let (was, is) = (was.path, is.path);
                if without_arguments(&was.template.text) != without_arguments(&is.template.text) {
                    let mut change = about(rule, new, is).from(call(old, was)).to(call(new, is));
                    change.member = Some(was.template.text.clone());
                    if rule == Rule::PathChanged && is_still {
                        change.breaks_wire = false;
                        change.level = Level::Info;
                        change = change.at_most(Bump::Minor);
                    }
                    changes.push(change.base(&was.source).head(&is.source));
                }
            }
        }
        self.calls = calls;
        self.changes.extend(changes);
        whole
    }

    /// The paths of an operation that one side has, as those of the other operation of its page.
    pub(super) fn part_paths(
        &mut self,
        of: &'m Operation,
        part: &'m Operation,
        rule: Rule,
        still: Rule,
    ) {
        let is_gone = rule == Rule::PathRemoved;
        for path in &part.paths {
            let other = if is_gone { &self.calls.1 } else { &self.calls.0 };
            if other.is_on_page(part, &shape(&path.template)) {
                continue;
            }
            let rule = if other.has(part.method, &shape(&path.template)) { still } else { rule };
            let text = path.template.text.as_str();
            let subject =
                Subject::Operation { method: part.method, path: text.to_owned(), part: None };
            let change = Change::new(rule, subject, of.id.as_str()).member(text);
            let call = format!("{} {text}", part.method.as_str());
            self.push(if is_gone {
                change.from(call).base(&path.source).near(&of.source)
            } else {
                change.to(call).head(&path.source)
            });
        }
    }
}

/// How alike two paths are, when that is enough to be the same.
fn likeness(old: &Shaped<'_>, new: &Shaped<'_>, is_only: bool) -> Option<f64> {
    if without_arguments(&old.shape) == without_arguments(&new.shape) {
        return Some(1.0);
    }
    let likeness = path_likeness(&old.shape, &new.shape);
    (likeness >= ALIKE || is_only).then_some(likeness)
}

/// How alike two shapes are, from 0 to 1: by their segments, or as text where one is misspelt.
pub(super) fn path_likeness(old: &str, new: &str) -> f64 {
    let segments =
        |shape: &'_ str| shape.split('/').skip(1).map(str::to_owned).collect::<Vec<String>>();
    let (old_segments, new_segments) = (segments(old), segments(new));
    let longest = old_segments.len().max(new_segments.len()).max(1);
    let distance = strsim::generic_levenshtein(&old_segments, &new_segments);
    let to_f64 = |count: usize| f64::from(crate::diff::pair::to_u32(count));
    let by_segment = 1.0 - to_f64(distance) / to_f64(longest);
    let as_text = name_likeness(old, new);
    if as_text >= 0.8 { by_segment.max(as_text) } else { by_segment }
}

/// The text of a path without the arguments of its functions, which are parameters.
fn without_arguments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut depth = 0_u32;
    for letter in text.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    kept
}
