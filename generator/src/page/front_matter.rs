//! The YAML block at the top of a page.

use serde::Deserialize;

use super::FrontMatter;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::span::{FileId, Span, Spanned};

/// A longer block is not given to the YAML parser, whose time is not linear on hostile input.
const LONGEST_YAML: usize = 16 * 1_024;

/// Where the block and the text behind it stand.
struct Extent {
    /// The lines between the delimiters.
    yaml: std::ops::Range<usize>,
    /// The start of the page's text.
    body: usize,
    is_closed: bool,
}

/// A line `key: value` of the block.
#[derive(Clone, Copy)]
struct Entry<'text> {
    key: &'text str,
    value: &'text str,
    /// The offset of the value.
    start: usize,
}

/// What is read of the block; other keys carry no facts.
#[derive(Deserialize)]
struct Fields {
    title: Option<serde_yaml::Value>,
    description: Option<serde_yaml::Value>,
}

/// The offset of the text behind the front matter, which includes have too.
pub(super) fn skip(text: &str) -> usize {
    extent(text).map_or(0, |extent| extent.body)
}

/// The front matter of a page, and the offset of the text behind it.
pub(super) fn read(
    file: FileId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> (FrontMatter, usize) {
    let Some(extent) = extent(text) else { return (FrontMatter::default(), 0) };
    let yaml = &text[extent.yaml.clone()];
    let span = |entry: &Entry| Span::new(file, entry.start, entry.start + entry.value.len());
    let whole = Span::new(file, extent.yaml.start, extent.yaml.end);
    let mut title = None;
    let mut description = None;
    let mut is_simple = extent.is_closed;
    let mut keys: Vec<&str> = Vec::new();
    for entry in entries(yaml, extent.yaml.start) {
        let Some(entry) = entry else {
            is_simple = false;
            continue;
        };
        is_simple = is_simple && is_simple_value(entry.value) && !keys.contains(&entry.key);
        // Keys matter only while the block may still be simple, which bounds their number.
        if is_simple {
            keys.push(entry.key);
            is_simple = keys.len() <= 64;
        }
        let place = match entry.key {
            "title" => &mut title,
            "description" => &mut description,
            _ => continue,
        };
        place.get_or_insert(Spanned::new(unquote(entry.value), span(&entry)));
    }
    if is_simple {
        return (FrontMatter { title, description }, extent.body);
    }
    match parse_yaml(yaml, extent.is_closed) {
        Ok(fields) => {
            let value = |value: Option<serde_yaml::Value>, scanned: Option<Spanned<String>>| {
                let span = scanned.as_ref().map_or(whole, |scanned| scanned.span);
                value.and_then(text_of).map(|value| Spanned::new(value.trim().to_string(), span))
            };
            title = value(fields.title, title);
            description = value(fields.description, description);
        }
        Err(flaw) => {
            let at = flaw.at.map_or(0, |at| extent.yaml.start + at);
            let length = text[at..].find('\n').unwrap_or(text.len() - at);
            let span = Span::new(file, at, at + length);
            diagnostics.push(
                Diagnostic::warning(Code::InvalidFrontMatter, span, flaw.reason)
                    .help("put values that hold `: ` or start with a special character in quotes"),
            );
        }
    }
    (FrontMatter { title, description }, extent.body)
}

fn extent(text: &str) -> Option<Extent> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_ascii_end() == "---")?;
    let start = first.len();
    let mut at = start;
    // Without a closing line, the block is taken to be the lines that look like entries.
    let mut entries_end = None;
    for line in lines {
        if line.trim_ascii_end() == "---" {
            return Some(Extent { yaml: start..at, body: at + line.len(), is_closed: true });
        }
        if entries_end.is_none() && split_entry(line).is_none() {
            entries_end = Some(at);
        }
        at += line.len();
    }
    let end = entries_end.unwrap_or(at);
    Some(Extent { yaml: start..end, body: end, is_closed: false })
}

/// The lines of the block, none for those that are no entries.
fn entries(yaml: &str, start: usize) -> impl Iterator<Item = Option<Entry<'_>>> {
    let lines = yaml.split_inclusive('\n').scan(start, |next, line| {
        let at = *next;
        *next += line.len();
        Some((at, line))
    });
    lines.filter(|(_, line)| !line.trim_ascii().is_empty()).map(|(at, line)| {
        let (key, value) = split_entry(line)?;
        let behind = &line[key.len() + 1..];
        let gap = behind.len() - behind.trim_ascii_start().len();
        // An empty value stands right behind the colon.
        let gap = if value.is_empty() { 0 } else { gap };
        Some(Entry { key, value, start: at + key.len() + 1 + gap })
    })
}

fn split_entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(|first: char| first.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    let is_value = value.is_empty() || value.starts_with(|first: char| first.is_ascii_whitespace());
    (is_key && is_value).then(|| (key, value.trim_ascii()))
}

/// Whether a value is surely what it seems: a quoted text without escapes, or plain words.
fn is_simple_value(value: &str) -> bool {
    if let Some(quoted) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return !quoted.contains(['"', '\\']);
    }
    value.is_empty()
        || value.starts_with(|first: char| first.is_ascii_alphabetic())
            && !value.contains(": ")
            && !value.contains(" #")
            && !value.ends_with(':')
            && !value.contains('\t')
}

fn unquote(value: &str) -> String {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or_default().to_string();
        }
    }
    value.to_string()
}

/// Why a block is not read as YAML, and where in it.
struct Flaw {
    reason: String,
    at: Option<usize>,
}

fn parse_yaml(yaml: &str, is_closed: bool) -> Result<Fields, Flaw> {
    let flaw = |reason: &str, at| Flaw { reason: format!("the front matter {reason}"), at };
    if !is_closed {
        return Err(flaw("is not closed by `---`", None));
    }
    if yaml.len() > LONGEST_YAML {
        return Err(flaw(&format!("has more than {LONGEST_YAML} bytes"), None));
    }
    serde_yaml::from_str(yaml).map_err(|error| {
        // The place is told by the span.
        let reason = error.to_string();
        let reason = reason.split([',', '\n']).next().unwrap_or_default();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        let at = error.location().map(|location| {
            let before = yaml.split_inclusive('\n').take(location.line().saturating_sub(1));
            before.map(str::len).sum()
        });
        flaw(&format!("is not YAML: {reason}"), at)
    })
}

fn text_of(value: serde_yaml::Value) -> Option<String> {
    match value {
        serde_yaml::Value::String(text) => Some(text),
        serde_yaml::Value::Number(number) => Some(number.to_string()),
        serde_yaml::Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
