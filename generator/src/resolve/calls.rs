//! Functions and actions that pages call by several names: `delta`, `delta()`, `contoso.notes.delta`.
//!
//! In go all paths, out comes the plain spelling of a segment where some page has it at the same
//! place. Where all pages name the namespace, the service may insist on it, and it stays.

use super::names::last_part;
use super::paths::word;
use crate::hash::HashSet;
use crate::lower::Lower;
use crate::model::{Argument, PathTemplate, Segment};

/// The plain spellings of what has another one, by the path that they end.
#[derive(Default)]
pub(super) struct PlainCalls {
    known: HashSet<String>,
}

impl PlainCalls {
    /// Looks for them in all paths.
    pub(super) fn collect<'a>(paths: impl Iterator<Item = &'a [Segment]> + Clone) -> Self {
        let words: HashSet<String> = paths
            .clone()
            .flatten()
            .filter(|segment| may_be_plain(segment))
            .filter_map(|segment| Some(word(segment)?.to_lowercase()))
            .collect();
        let mut known = HashSet::default();
        if words.is_empty() {
            return Self { known };
        }
        for segments in paths {
            for (at, segment) in segments.iter().enumerate() {
                let is_wanted = !may_be_plain(segment)
                    && word(segment).is_some_and(|word| words.contains(&*Lower::new(word)));
                if is_wanted {
                    known.insert(key(&segments[..at], segment));
                }
            }
        }
        Self { known }
    }

    /// The plain spelling of a segment that stands behind `before`.
    pub(super) fn of(&self, before: &[Segment], segment: &Segment) -> Option<Segment> {
        if self.known.is_empty()
            || !may_be_plain(segment)
            || !self.known.contains(&key(before, segment))
        {
            return None;
        }
        let name = word(segment)?.to_owned();
        Some(match segment {
            Segment::Call { arguments, .. } if !arguments.is_empty() => {
                Segment::Call { name, arguments: arguments.clone() }
            }
            _ => Segment::Literal(name),
        })
    }
}

/// The path with `segment` in its plain spelling.
pub(super) fn respell(template: &PathTemplate, segment: &Segment) -> String {
    let (full, is_empty) = match segment {
        Segment::Literal(name) | Segment::Cast(name) => (name, false),
        Segment::Call { name, arguments } => (name, arguments.is_empty()),
        _ => return template.text.clone(),
    };
    let is_named = |part: &str| {
        part.strip_prefix(full.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['(', ':']))
    };
    let parts = template.text.split('/').map(|part| {
        if !is_named(part) {
            return part.to_owned();
        }
        let plain = part.replacen(full.as_str(), last_part(full), 1);
        if is_empty { plain.replacen("()", "", 1) } else { plain }
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Whether a segment may be the longer spelling of another.
fn may_be_plain(segment: &Segment) -> bool {
    match segment {
        Segment::Cast(_) => true,
        Segment::Literal(name) => name.contains('.'),
        Segment::Call { name, arguments } => arguments.is_empty() || name.contains('.'),
        _ => false,
    }
}

/// The path to a segment, and what it calls; placeholders are all alike.
fn key(before: &[Segment], segment: &Segment) -> String {
    let mut text = String::new();
    for segment in before.iter().chain(std::iter::once(segment)) {
        text.push('/');
        match word(segment) {
            Some(word) => text.push_str(&word.to_lowercase()),
            None => text.push_str("{}"),
        }
        if let Segment::Call { arguments, .. } = segment {
            for name in arguments.iter().filter_map(name) {
                text.push('(');
                text.push_str(&name.to_lowercase());
            }
        }
    }
    text
}

fn name(argument: &Argument) -> Option<&str> {
    argument.name.as_deref()
}
