//! All documented paths as one tree.
//!
//! Paths are equal when they are so with upper and lower case ignored and the names of their
//! placeholders left out; an operation is a statement at the node that its path leads to.

use std::collections::BTreeMap;

use super::finding::Findings;
use super::rust_type::{Scalar, TypeIndex};
use crate::diagnostic::Code;
use crate::model::{Argument, ArgumentValue, Operation, OperationKind, Placeholder, Segment};

/// The most segments that a path may have; the docs' own have eighteen.
const LONGEST: usize = 40;
/// The most arguments that a function may have; the docs' own have five.
const MOST_ARGUMENTS: usize = 16;
/// The most names of one placeholder that its documentation lists.
const MOST_NAMES: usize = 8;

/// The tree; the root is the first node.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    pub(super) nodes: Vec<Node<'a>>,
}

/// A place that a path leads to or through.
#[derive(Debug, Default)]
pub(super) struct Node<'a> {
    pub(super) parent: usize,
    pub(super) step: Step<'a>,
    pub(super) children: BTreeMap<StepKey, usize>,
    pub(super) statements: Vec<Statement>,
}

/// That an operation can be called here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement {
    /// The place of the operation in the model.
    pub(super) operation: usize,
    /// The place of the path in the operation.
    pub(super) path: usize,
    /// What stands behind the node.
    pub(super) ending: Ending,
}

/// The last segment of a path, where it is no node of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ending {
    /// Nothing.
    Plain,
    /// `$count`
    Count,
    /// `$ref`
    Ref,
    /// `$value`
    Value,
    /// `content`
    Content,
}

/// How the parent leads to a node.
#[derive(Debug, Default)]
pub(super) enum Step<'a> {
    /// It does not: this is the root.
    #[default]
    Root,
    /// A word, perhaps with arguments.
    Word {
        /// Each spelling with the number of paths that have it.
        spellings: BTreeMap<&'a str, usize>,
        /// The arguments of all forms, each name once.
        arguments: Vec<StepArgument<'a>>,
    },
    /// A key in a segment of its own.
    Key { names: Vec<&'a str> },
    /// A key in parentheses.
    AlternateKey { arguments: Vec<StepArgument<'a>> },
    /// A cast to a type of the model.
    Cast { name: &'a str, ty: usize },
    /// A path within the item.
    ByPath { names: Vec<&'a str> },
}

/// An argument of a function or of an alternate key.
#[derive(Debug)]
pub(super) struct StepArgument<'a> {
    /// The name in front of `=`.
    pub(super) name: Option<&'a str>,
    /// The name of its placeholder, when it has one.
    pub(super) placeholder: Option<&'a str>,
    /// Whether its value stands in quotes.
    pub(super) is_quoted: bool,
    /// What a page gives as its value, when that is no placeholder.
    pub(super) literal: Option<&'a str>,
    /// Whether the caller may leave it out, since a page gives it as a literal.
    pub(super) is_optional: bool,
}

/// What makes two steps the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum StepKey {
    /// A word, with the names of the arguments that have to be given, in order.
    Word(String, Vec<String>),
    Key,
    AlternateKey(Vec<String>),
    Cast(String),
    ByPath,
}

impl<'a> Tree<'a> {
    /// Takes in the paths of all operations.
    pub(super) fn new(
        operations: &'a [Operation],
        types: &TypeIndex<'a>,
        findings: &mut Findings,
    ) -> Self {
        let mut tree = Self { nodes: vec![Node::default()] };
        for (at, operation) in operations.iter().enumerate() {
            for (path, stated) in operation.paths.iter().enumerate() {
                let segments = &stated.template.segments;
                if segments.len() > LONGEST || segments.iter().any(has_many_arguments) {
                    let message = format!("a path of `{}` has too many parts", operation.id);
                    findings.error(Code::ImpossiblePath, &stated.source, message);
                    continue;
                }
                let (segments, ending) = split_ending(segments, operation);
                let node = segments.iter().fold(0, |node, segment| tree.step(node, segment, types));
                tree.nodes[node].statements.push(Statement { operation: at, path, ending });
            }
        }
        tree
    }

    fn step(&mut self, parent: usize, segment: &'a Segment, types: &TypeIndex<'a>) -> usize {
        let (key, step) = read(segment, types);
        let next = self.nodes.len();
        let child = *self.nodes[parent].children.entry(key).or_insert(next);
        if child == next {
            self.nodes.push(Node { parent, step, ..Node::default() });
        } else {
            self.nodes[child].step.merge(step);
        }
        child
    }

    /// The nodes from the root to this one, without the root.
    pub(super) fn line(&self, node: usize) -> Vec<usize> {
        let mut line: Vec<_> = std::iter::successors((node != 0).then_some(node), |&at| {
            let parent = self.nodes[at].parent;
            (parent != 0).then_some(parent)
        })
        .collect();
        line.reverse();
        line
    }
}

fn has_many_arguments(segment: &Segment) -> bool {
    match segment {
        Segment::Call { arguments, .. } | Segment::AlternateKey(arguments) => {
            arguments.len() > MOST_ARGUMENTS
        }
        _ => false,
    }
}

/// A last segment that is no node but a way to call the one before it.
fn split_ending<'a>(segments: &'a [Segment], operation: &Operation) -> (&'a [Segment], Ending) {
    let Some((last, before)) = segments.split_last() else { return (segments, Ending::Plain) };
    let is_stream = operation.kind != OperationKind::Action;
    match last {
        Segment::Ref => (before, Ending::Ref),
        Segment::Value => (before, Ending::Value),
        Segment::Count => (before, Ending::Count),
        Segment::Literal(word) if is_stream && word.eq_ignore_ascii_case("content") => {
            (before, Ending::Content)
        }
        _ => (segments, Ending::Plain),
    }
}

fn read<'a>(segment: &'a Segment, types: &TypeIndex<'a>) -> (StepKey, Step<'a>) {
    let word = |word: &'a str, arguments: Vec<StepArgument<'a>>| {
        let key = StepKey::Word(word.to_lowercase(), required(&arguments));
        (key, Step::Word { spellings: BTreeMap::from([(word, 1)]), arguments })
    };
    match segment {
        Segment::Literal(name) => word(name, Vec::new()),
        Segment::Ref => word("$ref", Vec::new()),
        Segment::Value => word("$value", Vec::new()),
        Segment::Count => word("$count", Vec::new()),
        Segment::Call { name, arguments } => word(name, arguments.iter().map(argument).collect()),
        Segment::Key(Placeholder { name }) => (StepKey::Key, Step::Key { names: vec![name] }),
        Segment::ByPath(Placeholder { name }) => {
            (StepKey::ByPath, Step::ByPath { names: vec![name] })
        }
        Segment::AlternateKey(arguments) => {
            let arguments: Vec<_> = arguments.iter().map(argument).collect();
            (StepKey::AlternateKey(required(&arguments)), Step::AlternateKey { arguments })
        }
        // An action or a function may be written with its namespace, as a cast is.
        Segment::Cast(name) => match types.find(name) {
            Some(Scalar::Struct(ty)) => {
                (StepKey::Cast(name.to_lowercase()), Step::Cast { name, ty })
            }
            _ => word(name, Vec::new()),
        },
    }
}

fn argument(argument: &Argument) -> StepArgument<'_> {
    let name = argument.name.as_deref();
    match &argument.value {
        ArgumentValue::Placeholder { placeholder, quoted } => StepArgument {
            name,
            placeholder: Some(&placeholder.name),
            is_quoted: *quoted,
            literal: None,
            is_optional: false,
        },
        ArgumentValue::Literal { text, quoted } => StepArgument {
            name,
            placeholder: None,
            is_quoted: *quoted,
            literal: Some(text),
            is_optional: !argument.is_required(),
        },
    }
}

fn required(arguments: &[StepArgument<'_>]) -> Vec<String> {
    let required = arguments.iter().filter(|argument| !argument.is_optional);
    required.map(|argument| argument.name.unwrap_or_default().to_lowercase()).collect()
}

impl<'a> Step<'a> {
    /// Adds what another path says of the same step.
    fn merge(&mut self, other: Step<'a>) {
        match (self, other) {
            (
                Step::Word { spellings, arguments },
                Step::Word { spellings: others, arguments: more },
            ) => {
                for (spelling, count) in others {
                    *spellings.entry(spelling).or_default() += count;
                }
                for argument in more {
                    let is_known = arguments.iter().any(|known| known.is_same(&argument));
                    if !is_known && arguments.len() < MOST_ARGUMENTS {
                        arguments.push(argument);
                    }
                }
            }
            (
                Step::Key { names } | Step::ByPath { names },
                Step::Key { names: more } | Step::ByPath { names: more },
            ) => {
                for name in more {
                    if names.len() < MOST_NAMES && !names.contains(&name) {
                        names.push(name);
                    }
                }
            }
            _ => {}
        }
    }

    /// The spelling that most paths have; of several the one that sorts first.
    pub(super) fn word(&self) -> Option<&'a str> {
        let Step::Word { spellings, .. } = self else { return None };
        let most = spellings.values().max()?;
        spellings.iter().find(|(_, count)| *count == most).map(|(spelling, _)| *spelling)
    }
}

impl StepArgument<'_> {
    fn is_same(&self, other: &Self) -> bool {
        self.name.map(str::to_lowercase) == other.name.map(str::to_lowercase)
            && self.is_optional == other.is_optional
    }
}
