//! The path of a node, as people read it and as the runtime fills it.

use std::fmt::Write;

use super::tree::{Step, StepArgument, Tree};

/// A colon path ends in a colon when something follows it.
pub(super) fn slash_behind(step: &Step<'_>) -> &'static str {
    if matches!(step, Step::ByPath { .. }) { ":/" } else { "/" }
}

/// The paths of all nodes as the docs mostly write them.
pub(super) fn templates(tree: &Tree<'_>) -> Vec<String> {
    write(tree, &Display)
}

/// The paths of all nodes as the runtime fills them: `{id}` is a segment, `'{id}'` a string literal,
/// `{+path}` a path, `{?width,mode'}` the optional arguments of a function.
pub(super) fn routes(tree: &Tree<'_>) -> Vec<String> {
    write(tree, &Route)
}

/// How the parts of a path are written.
trait Style {
    fn word(&self, word: &str) -> String;
    fn placeholder(&self, name: &str) -> String;
    fn item_path(&self, name: &str) -> String;
    fn optional(&self, arguments: &[StepArgument<'_>]) -> String;
}

fn write(tree: &Tree<'_>, style: &impl Style) -> Vec<String> {
    let mut texts: Vec<String> = Vec::with_capacity(tree.nodes.len());
    // A parent stands before its children, since they were found through it.
    for node in &tree.nodes {
        let before = if node.parent == 0 { "" } else { &texts[node.parent] };
        let slash = slash_behind(&tree.nodes[node.parent].step);
        let first = |names: &[&'_ str]| names.first().copied().unwrap_or("id").to_owned();
        texts.push(match &node.step {
            Step::Root => "/".to_owned(),
            Step::Word { arguments, .. } => {
                let word = style.word(node.step.word().unwrap_or_default());
                [before, slash, &word, &parenthesised(arguments, style)].concat()
            }
            Step::Key { names } => [before, slash, &style.placeholder(&first(names))].concat(),
            Step::AlternateKey { arguments } => [before, &parenthesised(arguments, style)].concat(),
            Step::Cast { name, .. } => [before, slash, &style.word(name)].concat(),
            Step::ByPath { names } => [before, ":/", &style.item_path(&first(names))].concat(),
        });
    }
    texts
}

fn parenthesised(arguments: &[StepArgument<'_>], style: &impl Style) -> String {
    if arguments.is_empty() {
        return String::new();
    }
    // Arguments have to be given all or none: see `Step`.
    if arguments[0].is_optional {
        return format!("({})", style.optional(arguments));
    }
    let arguments = arguments.iter().map(|argument| {
        let placeholder = argument.placeholder.or(argument.name).unwrap_or("key");
        let quote = if argument.is_quoted { "'" } else { "" };
        let name = argument.name.map(|name| format!("{}=", style.word(name))).unwrap_or_default();
        format!("{name}{quote}{}{quote}", style.placeholder(placeholder))
    });
    format!("({})", arguments.collect::<Vec<_>>().join(","))
}

struct Display;

impl Style for Display {
    fn word(&self, word: &str) -> String {
        word.to_owned()
    }

    fn placeholder(&self, name: &str) -> String {
        format!("{{{name}}}")
    }

    fn item_path(&self, name: &str) -> String {
        format!("{{{name}}}")
    }

    fn optional(&self, arguments: &[StepArgument<'_>]) -> String {
        let names = arguments.iter().filter_map(|argument| argument.name);
        names.map(|name| format!("{name}=…")).collect::<Vec<_>>().join(",")
    }
}

struct Route;

impl Style for Route {
    /// Braces would be read as placeholders, and the rest would make another URL of it.
    fn word(&self, word: &str) -> String {
        let is_safe =
            |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'*+;=:@,()".contains(&byte);
        let mut text = String::with_capacity(word.len());
        for byte in word.bytes() {
            if is_safe(byte) {
                text.push(char::from(byte));
            } else {
                // Writing to a string cannot fail.
                let _ = write!(text, "%{byte:02X}");
            }
        }
        text
    }

    fn placeholder(&self, name: &str) -> String {
        format!("{{{}}}", label(name))
    }

    fn item_path(&self, name: &str) -> String {
        format!("{{+{}}}", label(name))
    }

    fn optional(&self, arguments: &[StepArgument<'_>]) -> String {
        let names = arguments.iter().map(|argument| {
            let quote = if argument.is_quoted { "'" } else { "" };
            format!("{}{quote}", label(argument.name.unwrap_or_default()))
        });
        format!("{{?{}}}", names.collect::<Vec<_>>().join(","))
    }
}

/// The name of a placeholder without what the runtime would read as something else.
fn label(name: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || "-_. |".contains(char);
    let label: String = name.chars().filter(|char| is_plain(*char)).take(80).collect();
    if label.trim().is_empty() { "id".to_owned() } else { label.trim().to_owned() }
}
