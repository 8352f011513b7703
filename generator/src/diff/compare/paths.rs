//! Paths, by what they call: how placeholders are named and words are spelled does not count.

use std::collections::BTreeSet;

use super::{Sides, method_text};
use crate::diff::change::{Change, Subject};
use crate::diff::pair::{Paired, name_likeness};
use crate::diff::rule::Rule;
use crate::model::{Method, Model, Operation, Path, PathTemplate, Segment};

/// How alike the segments of two paths must be, where several came and several went.
const ALIKE: f64 = 0.5;

/// A path as it is called: words in lower case, placeholders without names.
///
/// The arguments of functions are parameters, and compared as such.
pub(super) fn shape(path: &PathTemplate) -> String {
    let mut shape = String::with_capacity(path.text.len());
    for segment in &path.segments {
        shape.push('/');
        match segment {
            Segment::Literal(word) | Segment::Cast(word) => shape.push_str(&word.to_lowercase()),
            Segment::Key(_) => shape.push_str("{}"),
            Segment::AlternateKey(arguments) => {
                let names = arguments.iter().filter_map(|it| it.name.as_deref());
                let names: BTreeSet<_> = names.map(str::to_lowercase).collect();
                shape.push('(');
                for name in names {
                    shape.push_str(&name);
                    shape.push(',');
                }
                shape.push(')');
            }
            Segment::Call { name, .. } => {
                shape.push_str(&name.to_lowercase());
                shape.push_str("()");
            }
            Segment::ByPath(_) => shape.push_str(":{}:"),
            Segment::Ref => shape.push_str("$ref"),
            Segment::Value => shape.push_str("$value"),
            Segment::Count => shape.push_str("$count"),
        }
    }
    shape
}

/// Everything that can be called in a model.
#[derive(Default)]
pub(super) struct Calls<'m> {
    by_operation: std::collections::HashMap<&'m str, Vec<Shaped<'m>>>,
    all: BTreeSet<(Method, String)>,
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
            Self { by_operation: std::collections::HashMap::new(), all: BTreeSet::new() };
        for operation in &model.operations {
            let paths = operation.paths.iter();
            let shaped: Vec<_> =
                paths.map(|path| Shaped { shape: shape(&path.template), path }).collect();
            calls.all.extend(shaped.iter().map(|it| (operation.method, it.shape.clone())));
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
        self.all.contains(&(method, shape.to_owned()))
    }

    /// Whether all calls of an operation of the other side are here.
    pub(super) fn has_all(&self, operation: &Operation, paths: &[Shaped<'_>]) -> bool {
        !paths.is_empty() && paths.iter().all(|it| self.has(operation.method, &it.shape))
    }
}

impl<'m> Sides<'m> {
    /// Compares the paths of an operation that both sides have.
    pub(super) fn paths(&mut self, old: &'m Operation, new: &'m Operation) {
        let calls = std::mem::take(&mut self.calls);
        let mut paths = Paired::by_name(calls.0.of(old), calls.1.of(new), |it| it.shape.as_str());
        let is_other_method = old.method != new.method;
        // What can still be called, and what could be called before, is no other path.
        let (given, removed): (Vec<_>, Vec<_>) = std::mem::take(&mut paths.removed)
            .into_iter()
            .partition(|it| !is_other_method && calls.1.has(old.method, &it.shape));
        let (taken, added): (Vec<_>, Vec<_>) = std::mem::take(&mut paths.added)
            .into_iter()
            .partition(|it| !is_other_method && calls.0.has(new.method, &it.shape));
        (paths.removed, paths.added) = (removed, added);
        let is_only = paths.removed.len() == 1 && paths.added.len() == 1;
        paths.find_renamed(|it| it.shape.as_str(), |old, new| likeness(old, new, is_only));

        let about = |rule, operation: &Operation, path: &Path| {
            let text = path.template.text.as_str();
            let subject =
                Subject::Operation { method: operation.method, path: text.to_owned(), part: None };
            Change::new(rule, subject, new.id.as_str()).member(text)
        };
        let call = |operation: &Operation, path: &Path| {
            format!("{} {}", method_text(operation.method), path.template.text)
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
                let (was, is) = (was.path, is.path);
                if without_arguments(&was.template.text) != without_arguments(&is.template.text) {
                    let mut change = about(rule, new, is).from(call(old, was)).to(call(new, is));
                    change.member = Some(was.template.text.clone());
                    changes.push(change.base(&was.source).head(&is.source));
                }
            }
        }
        self.calls = calls;
        self.changes.extend(changes);
    }
}

/// How alike two paths are, when that is enough to be the same.
fn likeness(old: &Shaped<'_>, new: &Shaped<'_>, is_only: bool) -> Option<f64> {
    let likeness = path_likeness(&old.shape, &new.shape);
    (likeness >= ALIKE || (is_only && likeness >= 0.3)).then_some(likeness)
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
