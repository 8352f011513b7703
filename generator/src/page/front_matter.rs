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
    /// The offset of the value in the block.
    start: usize,
}

/// What is read of the block; other keys carry no facts.
#[derive(Debug, PartialEq, Eq)]
struct Fields {
    title: Option<String>,
    description: Option<String>,
}

/// The same as YAML has it.
#[derive(Deserialize)]
struct YamlFields {
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
    let start = extent.yaml.start;
    let scanned = scan(yaml);
    let fields = if scanned.is_simple && extent.is_closed {
        Fields { title: scanned.title.map(unquote), description: scanned.description.map(unquote) }
    } else {
        parse_yaml(yaml, extent.is_closed).unwrap_or_else(|flaw| {
            let at = flaw.at.map_or(0, |at| start + at);
            let length = text[at..].find('\n').unwrap_or(text.len() - at);
            let span = Span::new(file, at, at + length);
            diagnostics.push(
                Diagnostic::warning(Code::InvalidFrontMatter, span, flaw.reason)
                    .help("put values that hold `: ` or start with a special character in quotes"),
            );
            Fields {
                title: scanned.title.map(unquote),
                description: scanned.description.map(unquote),
            }
        })
    };
    let at_entry = |value: Option<String>, entry: Option<Entry<'_>>| {
        let place =
            entry.map_or(0..yaml.len(), |entry| entry.start..entry.start + entry.value.len());
        value.map(|value| {
            Spanned::new(value, Span::new(file, start + place.start, start + place.end))
        })
    };
    let title = at_entry(fields.title, scanned.title);
    let description = at_entry(fields.description, scanned.description);
    (FrontMatter { title, description }, extent.body)
}

/// What a block says when its lines are read one by one.
struct Scanned<'text> {
    title: Option<Entry<'text>>,
    description: Option<Entry<'text>>,
    /// Whether a YAML parser would surely read the same.
    is_simple: bool,
}

fn scan(yaml: &str) -> Scanned<'_> {
    let mut scanned = Scanned { title: None, description: None, is_simple: true };
    let mut keys: Vec<&str> = Vec::new();
    for entry in entries(yaml) {
        let Some(entry) = entry else {
            scanned.is_simple = false;
            continue;
        };
        if scanned.is_simple {
            // The limit keeps the search for a key that stands twice short.
            scanned.is_simple =
                keys.len() < 64 && is_simple_entry(&entry) && !keys.contains(&entry.key);
            keys.push(entry.key);
        }
        let place = match entry.key {
            "title" => &mut scanned.title,
            "description" => &mut scanned.description,
            _ => continue,
        };
        if place.is_none() && !entry.value.is_empty() {
            *place = Some(entry);
        }
    }
    scanned
}

fn extent(text: &str) -> Option<Extent> {
    let first = text.split_inclusive('\n').next().filter(|line| line.trim_ascii_end() == "---")?;
    let start = first.len();
    // The line feed of the first line may be that in front of the last.
    for feed in memchr::memmem::find_iter(&text.as_bytes()[start - 1..], "\n---") {
        let at = start + feed;
        let line = text[at..].split_inclusive('\n').next().unwrap_or_default();
        if line.trim_ascii_end() == "---" {
            return Some(Extent { yaml: start..at, body: at + line.len(), is_closed: true });
        }
    }
    // Without a closing line, the block is taken to be the lines that look like entries.
    let lines = text[start..].split_inclusive('\n');
    let length: usize = lines.take_while(|line| split_entry(line).is_some()).map(str::len).sum();
    Some(Extent { yaml: start..start + length, body: start + length, is_closed: false })
}

/// The lines of the block, none for those that are no entries.
fn entries(yaml: &str) -> impl Iterator<Item = Option<Entry<'_>>> {
    let lines = yaml.split_inclusive('\n').scan(0, |next, line| {
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

/// Whether an entry is surely what it seems: a quoted text without escapes, or plain words.
fn is_simple_entry(entry: &Entry<'_>) -> bool {
    let is_word =
        |text: &str| !["null", "true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word));
    let value = entry.value;
    if !is_word(entry.key) || entry.key.len() > 64 || !value.chars().all(is_harmless) {
        return false;
    }
    let quoted = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    if let Some(inner) = quoted('"') {
        return !inner.contains(['"', '\\']);
    }
    if let Some(inner) = quoted('\'') {
        return !inner.contains('\'');
    }
    value.is_empty()
        || value.starts_with(|first: char| first.is_ascii_alphabetic())
            && is_word(value)
            && !value.contains(": ")
            && !value.contains(" #")
            && !value.ends_with(':')
}

/// Whether a character is plain text in YAML; some others are line breaks, or not allowed.
fn is_harmless(letter: char) -> bool {
    matches!(letter, ' '..='~' | '\u{A0}'..='\u{1FFF}' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{D7FF}')
}

fn unquote(entry: Entry<'_>) -> String {
    let value = entry.value;
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or_default().trim().to_string();
        }
    }
    value.to_string()
}

/// Why a block is not read as YAML.
struct Flaw {
    reason: String,
    /// The start of the line in the block, if it is one line's fault.
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
    // A block of blank lines says nothing, which is not null.
    if yaml.trim_ascii().is_empty() {
        return Ok(Fields { title: None, description: None });
    }
    let fields: YamlFields = serde_yaml::from_str(yaml).map_err(|error| {
        // The place is told by the span.
        let reason = error.to_string();
        let reason = reason.split([',', '\n']).next().unwrap_or_default();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        let line = error.location().map_or(0, |location| location.line().saturating_sub(1));
        let at = yaml.split_inclusive('\n').take(line).map(str::len).sum();
        flaw(&format!("is not YAML: {reason}"), Some(at))
    })?;
    let text = |value: Option<serde_yaml::Value>| value.and_then(text_of);
    Ok(Fields { title: text(fields.title), description: text(fields.description) })
}

fn text_of(value: serde_yaml::Value) -> Option<String> {
    match value {
        serde_yaml::Value::String(text) => Some(text.trim().to_string()),
        serde_yaml::Value::Number(number) => Some(number.to_string()),
        serde_yaml::Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop, proptest};

    proptest! {
        /// Blocks that the scanner reads alone mean the same to a YAML parser.
        #[test]
        fn simple_blocks_are_yaml(
            lines in prop::collection::vec(
                (
                    prop::sample::select(vec!["title", "description", "ms.date", "x", "null", "title"]),
                    prop::sample::select(vec!["", " ", "\"", "'", " \"", "- ", "True", "null", "a ", "é"]),
                    any::<String>(),
                    prop::sample::select(vec!["", " ", "\"", "'", ":", " #", "\u{85}", "\u{2028}", "b"]),
                ),
                0..5,
            ),
        ) {
            let lines = lines.into_iter().map(|(key, open, text, close)| {
                let text = text.replace('\n', "");
                format!("{key}: {open}{text}{close}\n")
            });
            let yaml: String = lines.collect();
            let scanned = scan(&yaml);
            if scanned.is_simple {
                let fields = Fields {
                    title: scanned.title.map(unquote),
                    description: scanned.description.map(unquote),
                };
                assert_eq!(parse_yaml(&yaml, true).ok(), Some(fields), "{yaml:?}");
            }
        }
    }
}
