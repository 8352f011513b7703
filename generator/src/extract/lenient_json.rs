//! JSON as the pages write it: strict where it is, else repaired, with a note on what strict
//! readers mind.

use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::de::IgnoredAny;

use crate::model::ExampleBody;

/// Deeper than any real body; what nests deeper stays text, so that no reader's stack is at risk.
const MAX_DEPTH: usize = 100;

/// A body, and what strict readers mind about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) body: ExampleBody,
    pub(super) flaw: Option<Flaw>,
}

/// What strict readers mind, and the first byte that they mind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    pub(super) text: String,
    pub(super) offset: usize,
}

/// Reads a body that may be JSON.
pub(super) fn read(text: &str) -> Body {
    if !text.starts_with(['{', '[']) {
        return Body { body: ExampleBody::Text(text.to_owned()), flaw: None };
    }
    if is_too_deep(text) {
        return Body { body: ExampleBody::Text(text.to_owned()), flaw: Some(depth_flaw()) };
    }
    let strict = serde_json::from_str::<IgnoredAny>(text);
    let Err(error) = strict else {
        return Body {
            body: ExampleBody::Json { text: text.to_owned(), repaired: false },
            flaw: None,
        };
    };
    let offset = offset(&error, text);
    if let Some((text, flaws)) = repair(text) {
        Body {
            body: ExampleBody::Json { text, repaired: true },
            flaw: Some(Flaw { text: flaws, offset }),
        }
    } else {
        let flaw = Flaw { text: without_place(&error), offset };
        Body { body: ExampleBody::Text(text.to_owned()), flaw: Some(flaw) }
    }
}

/// The JSON value of a text, repaired if need be.
pub(super) fn value(text: &str) -> Result<(serde_json::Value, Option<Flaw>), Flaw> {
    if is_too_deep(text) {
        return Err(depth_flaw());
    }
    let error = match serde_json::from_str(text) {
        Ok(value) => return Ok((value, None)),
        Err(error) => error,
    };
    let offset = offset(&error, text);
    let repaired =
        repair(text).and_then(|(text, flaws)| Some((serde_json::from_str(&text).ok()?, flaws)));
    match repaired {
        Some((value, flaws)) => Ok((value, Some(Flaw { text: flaws, offset }))),
        None => Err(Flaw { text: without_place(&error), offset }),
    }
}

fn depth_flaw() -> Flaw {
    Flaw { text: format!("it nests more than {MAX_DEPTH} levels"), offset: 0 }
}

/// Where in `text` the flaw is that an error reports.
fn offset(error: &serde_json::Error, text: &str) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    let offset = (start + error.column().saturating_sub(1)).min(text.len());
    let offset = (0..=offset).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    // What a bracket or a line break ends too early stands in front of it.
    match text[offset..].chars().next() {
        Some('}' | ']' | '\n') | None => {
            text[..offset].trim_end().char_indices().next_back().map_or(0, |last| last.0)
        }
        Some(_) => offset,
    }
}

/// The message alone: its place counts from where the body begins, which says nothing to readers.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message).to_owned()
}

fn is_too_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    // Brackets in strings count too, which only matters to texts that are odd anyway.
    text.bytes().any(|byte| {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_DEPTH
    })
}

/// Strict JSON that says the same, and what had to be mended.
fn repair(text: &str) -> Option<(String, String)> {
    let (text, mut flaws) = mend_characters(text);
    let parsed = parse_to_ast(&text, &CollectOptions::default(), &ParseOptions::default()).ok()?;
    let value = serde_json::Value::from(parsed.value?);
    // "[a file]" is read as an empty list: words that stand for values are passed over.
    if value.as_array().is_some_and(Vec::is_empty) && text.chars().any(char::is_alphanumeric) {
        return None;
    }
    flaws.extend(find_flaws(&text));
    let repaired = serde_json::to_string_pretty(&value).ok()?;
    let flaws =
        if flaws.is_empty() { "it is not strict JSON".to_owned() } else { flaws.join(", ") };
    Some((repaired, flaws))
}

/// What the tolerant parser had to tolerate.
fn find_flaws(text: &str) -> Vec<&'static str> {
    let fails =
        |options: &ParseOptions| parse_to_ast(text, &CollectOptions::default(), options).is_err();
    let mut flaws = Vec::new();
    let mut note = |name, options: &ParseOptions| {
        if fails(options) {
            flaws.push(name);
        }
    };
    let tolerant = ParseOptions::default;
    note("a trailing comma", &ParseOptions { allow_trailing_commas: false, ..tolerant() });
    note("a missing comma", &ParseOptions { allow_missing_commas: false, ..tolerant() });
    note("a comment", &ParseOptions { allow_comments: false, ..tolerant() });
    note(
        "a name without quotes",
        &ParseOptions { allow_loose_object_property_names: false, ..tolerant() },
    );
    note("single quotes", &ParseOptions { allow_single_quoted_strings: false, ..tolerant() });
    note(
        "an escape that JSON does not have",
        &ParseOptions { allow_extended_string_escapes: false, ..tolerant() },
    );
    flaws
}

/// Replaces what the tolerant parser does not take: curly quotes, special blanks, ellipses
/// outside of strings, and control characters inside.
fn mend_characters(text: &str) -> (String, Vec<&'static str>) {
    let (mut quotes, mut blanks, mut ellipses, mut breaks) = (false, false, false, false);
    let mut out = String::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    let mut in_string = false;
    while let Some((at, char)) = chars.next() {
        if in_string {
            match char {
                '\\' => {
                    out.push(char);
                    out.extend(chars.next().map(|(_, next)| next));
                }
                '"' => {
                    out.push(char);
                    in_string = false;
                }
                '“' | '”' if ends_string(&text[at + char.len_utf8()..]) => {
                    quotes = true;
                    out.push('"');
                    in_string = false;
                }
                '\n' => {
                    breaks = true;
                    out.push_str("\\n");
                }
                '\t' => {
                    breaks = true;
                    out.push_str("\\t");
                }
                char if char.is_control() => breaks = true,
                char => out.push(char),
            }
            continue;
        }
        match char {
            '"' => in_string = true,
            '“' | '”' => {
                quotes = true;
                in_string = true;
                out.push('"');
                continue;
            }
            '…' => {
                ellipses = true;
                continue;
            }
            '.' if text[at..].starts_with("...") => {
                ellipses = true;
                chars.next();
                chars.next();
                continue;
            }
            '/' if text[at..].starts_with("//") => {
                // A comment may hold quotes, which open no string.
                out.push(char);
                while let Some((_, next)) = chars.next_if(|&(_, next)| next != '\n') {
                    out.push(next);
                }
                continue;
            }
            char if char != '\n' && char.is_whitespace() && !char.is_ascii() => {
                blanks = true;
                out.push(' ');
                continue;
            }
            '\u{200b}' | '\u{feff}' => {
                blanks = true;
                continue;
            }
            _ => {}
        }
        out.push(char);
    }
    let flaws = [
        (quotes, "curly quotes"),
        (blanks, "a blank that JSON does not know"),
        (ellipses, "an ellipsis"),
        (breaks, "a line break in a string"),
    ];
    (out, flaws.into_iter().filter_map(|(found, name)| found.then_some(name)).collect())
}

/// Whether what follows a curly quote shows that it ended the string.
fn ends_string(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t']).starts_with([',', ':', '}', ']', '\n'])
        || rest.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, json: Option<&str>, flaw: Option<&str>) {
        let body = read(text);
        let found = match &body.body {
            ExampleBody::Json { text, .. } => {
                Some(serde_json::from_str::<serde_json::Value>(text).expect("JSON").to_string())
            }
            ExampleBody::Text(_) => None,
        };
        assert_eq!(found.as_deref(), json);
        assert_eq!(body.flaw.map(|flaw| flaw.text).as_deref(), flaw);
    }

    #[test]
    fn strict_stays_as_it_is() {
        let text = r#"{ "a": 1.50 }"#;
        let body = ExampleBody::Json { text: text.to_owned(), repaired: false };
        assert_eq!(read(text), Body { body, flaw: None });
    }

    #[track_caller]
    fn check_place(text: &str, rest: &str) {
        let flaw = read(text).flaw.expect("a flaw");
        assert_eq!(&text[flaw.offset..], rest);
    }

    #[test]
    fn flaws_have_a_place() {
        check_place("{\n\"a\": 1,\n}", ",\n}");
        check_place("{\n\"a\": “x”\n}", "“x”\n}");
        check_place("{\n\"a\": 'é',\n}", "'é',\n}");
        check_place("{\n\"a\": \"x\ny\"\n}", "x\ny\"\n}");
        check_place("{\n\"a\": \"x", "x");
    }

    #[test]
    fn commas_and_comments() {
        check("{\"a\": [1, 2,],}", Some(r#"{"a":[1,2]}"#), Some("a trailing comma"));
        check("{\"a\": 1\n\"b\": 2}", Some(r#"{"a":1,"b":2}"#), Some("a missing comma"));
        check("{\"a\": 1 // the \"first\"\n}", Some(r#"{"a":1}"#), Some("a comment"));
    }

    #[test]
    fn characters() {
        check(
            "{“a”: “x”,\u{a0}\"b\": 2}",
            Some(r#"{"a":"x","b":2}"#),
            Some("curly quotes, a blank that JSON does not know"),
        );
        check("{\"a\": \"x\ny\"}", Some(r#"{"a":"x\ny"}"#), Some("a line break in a string"));
        check("{\"a\": [{}, {}...]}", Some(r#"{"a":[{},{}]}"#), Some("an ellipsis"));
    }

    #[test]
    fn not_repaired() {
        check("[A file of notes]", None, Some("expected value"));
        check("{Raw bytes of the file}", None, Some("key must be a string"));
        check(&"[".repeat(100_000), None, Some("it nests more than 100 levels"));
    }
}
