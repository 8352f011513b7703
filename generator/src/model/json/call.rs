//! How paths are called, where that differs from how they read.
//!
//! Quotes that a page forgets, a key that looks like a call, arguments that only a table states:
//! the whole API tells these apart, and the text of one path does not. So an operation that has
//! such a path lists the parts of all its paths, under a key that other readers pass over.

use serde::{Deserialize, Serialize};

use super::write::{SourceJson, source_json};
use crate::model::{
    Argument, ArgumentValue, Operation, Path, PathTemplate, Placeholder, Segment, Target,
};

/// A path as it is called.
#[derive(Serialize)]
pub(super) struct CallJson<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stated: Option<&'a str>,
    segments: Vec<SegmentJson>,
    source: SourceJson<'a>,
}

/// A part of a path.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum SegmentJson {
    Word(String),
    Key(String),
    AlternateKey(Vec<ArgumentJson>),
    Call { name: String, arguments: Vec<ArgumentJson> },
    Cast(String),
    ByPath(String),
    Ref,
    Value,
    Count,
}

/// What stands in parentheses.
#[derive(Serialize, Deserialize)]
pub(super) struct ArgumentJson {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The name of the placeholder, or the literal.
    value: String,
    #[serde(default, skip_serializing_if = "is_false")]
    literal: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    quoted: bool,
}

/// The paths of an operation, unless each is called as it reads.
pub(super) fn calls(operation: &Operation) -> Option<Vec<CallJson<'_>>> {
    if operation.paths.iter().all(is_plain) {
        return None;
    }
    Some(operation.paths.iter().map(call_json).collect())
}

fn call_json(path: &Path) -> CallJson<'_> {
    let Path { template, stated, source } = path;
    CallJson {
        text: &template.text,
        stated: stated.as_deref(),
        segments: template.segments.iter().map(segment_json).collect(),
        source: source_json(source),
    }
}

fn is_plain(path: &Path) -> bool {
    path.stated.is_none() && as_read(&path.template.text).as_ref() == Some(&path.template)
}

/// What a path says by itself, if it is one.
pub(super) fn as_read(text: &str) -> Option<PathTemplate> {
    Target::parse(text).ok().map(|target| target.template)
}

fn segment_json(segment: &Segment) -> SegmentJson {
    let list = |arguments: &[Argument]| arguments.iter().map(argument_json).collect();
    match segment {
        Segment::Literal(word) => SegmentJson::Word(word.clone()),
        Segment::Key(key) => SegmentJson::Key(key.name.clone()),
        Segment::AlternateKey(arguments) => SegmentJson::AlternateKey(list(arguments)),
        Segment::Call { name, arguments } => {
            SegmentJson::Call { name: name.clone(), arguments: list(arguments) }
        }
        Segment::Cast(name) => SegmentJson::Cast(name.clone()),
        Segment::ByPath(path) => SegmentJson::ByPath(path.name.clone()),
        Segment::Ref => SegmentJson::Ref,
        Segment::Value => SegmentJson::Value,
        Segment::Count => SegmentJson::Count,
    }
}

fn argument_json(argument: &Argument) -> ArgumentJson {
    let name = argument.name.clone();
    match &argument.value {
        ArgumentValue::Placeholder { placeholder, quoted } => {
            let value = placeholder.name.clone();
            ArgumentJson { name, value, literal: false, quoted: *quoted }
        }
        ArgumentValue::Literal { text, quoted } => {
            ArgumentJson { name, value: text.clone(), literal: true, quoted: *quoted }
        }
    }
}

impl SegmentJson {
    /// The part of the path.
    pub(super) fn into_segment(self) -> Segment {
        let list = |arguments: Vec<ArgumentJson>| {
            arguments.into_iter().map(ArgumentJson::into_argument).collect()
        };
        match self {
            Self::Word(word) => Segment::Literal(word),
            Self::Key(name) => Segment::Key(Placeholder { name }),
            Self::AlternateKey(arguments) => Segment::AlternateKey(list(arguments)),
            Self::Call { name, arguments } => Segment::Call { name, arguments: list(arguments) },
            Self::Cast(name) => Segment::Cast(name),
            Self::ByPath(name) => Segment::ByPath(Placeholder { name }),
            Self::Ref => Segment::Ref,
            Self::Value => Segment::Value,
            Self::Count => Segment::Count,
        }
    }
}

impl ArgumentJson {
    fn into_argument(self) -> Argument {
        let Self { name, value, literal, quoted } = self;
        let value = if literal {
            ArgumentValue::Literal { text: value, quoted }
        } else {
            ArgumentValue::Placeholder { placeholder: Placeholder { name: value }, quoted }
        };
        Argument { name, value }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}
