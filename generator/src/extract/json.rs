//! JSON as the pages write it: strict if it can be, else repaired, with what strict JSON minds.
//!
//! The docs have commas too many or too few, comments, raw line feeds in strings, typographic
//! quotes and elisions. A text is kept as text: most readers of a model never need its value.

use std::borrow::Cow;

use jsonc_parser::{CollectOptions, ParseOptions};
use serde::de::IgnoredAny;

/// Deeper nesting is no example; readers of JSON commonly stop at 128.
const MAX_DEPTH: usize = 120;

/// What was made of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json<'a> {
    /// The text is strict JSON.
    Strict(&'a str),
    /// It is strict JSON now.
    Repaired {
        /// The repaired text.
        text: String,
        /// What strict JSON minds.
        complaint: String,
        /// Where, as an offset into the original text.
        at: usize,
    },
    /// It cannot be read.
    Broken {
        /// What strict JSON minds.
        complaint: String,
        /// Where, as an offset into the original text.
        at: usize,
    },
}

/// Reads a text that should be one JSON value.
pub(super) fn read(text: &str) -> Json<'_> {
    if depth(text) > MAX_DEPTH {
        return Json::Broken { complaint: "nested too deeply".to_owned(), at: 0 };
    }
    let Err(error) = serde_json::from_str::<IgnoredAny>(text) else { return Json::Strict(text) };
    let (complaint, at) = complaint(text, &error);
    match repaired(text).or_else(|| repaired(&normalized(text))) {
        Some(text) => Json::Repaired { text, complaint, at },
        None => Json::Broken { complaint, at },
    }
}

fn repaired(text: &str) -> Option<String> {
    let options =
        ParseOptions { allow_loose_object_property_names: true, ..ParseOptions::default() };
    let value: serde_json::Value = jsonc_parser::parse_to_serde_value(text, &options).ok()?;
    serde_json::to_string(&value).ok()
}

/// Straight quotes for typographic ones outside of strings, blanks for other spaces, raw control
/// characters in strings escaped, and a line that is only an elision left out.
fn normalized(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.trim().trim_matches(',').trim_matches('.').is_empty() && line.contains("..") {
            out.push('\n');
        } else {
            out.push_str(line);
        }
    }
    let mut inside = false;
    let mut escaped = false;
    let mut clean = String::with_capacity(out.len());
    for next in out.chars() {
        match next {
            _ if escaped => {
                escaped = false;
                clean.push(next);
            }
            '\\' if inside => {
                escaped = true;
                clean.push(next);
            }
            '"' => {
                inside = !inside;
                clean.push(next);
            }
            '\u{201c}' | '\u{201d}' if !inside => {
                // A typographic quote opens a string that a typographic or straight one ends.
                inside = true;
                clean.push('"');
            }
            '\u{201d}' if inside => {
                inside = false;
                clean.push('"');
            }
            '\n' if inside => clean.push_str("\\n"),
            '\r' if inside => clean.push_str("\\r"),
            '\t' if inside => clean.push_str("\\t"),
            '\u{a0}' | '\u{2002}'..='\u{200b}' | '\u{202f}' | '\u{feff}' if !inside => {
                clean.push(' ');
            }
            _ => clean.push(next),
        }
    }
    Cow::Owned(clean)
}

/// What strict JSON minds, and where.
fn complaint(text: &str, error: &serde_json::Error) -> (String, usize) {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    // The tolerant reader names what it tolerates; the other one minds a few things more.
    match jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &strict) {
        Err(error) => (lower_first(&error.kind().to_string()), error.range().start),
        Ok(_) => {
            let message = error.to_string();
            let end = message.rfind(" at line ").unwrap_or(message.len());
            (message[..end].to_owned(), offset(text, error.line(), error.column()))
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(rest).collect()
}

/// The offset of a line and column, both counted from 1 (the column in bytes, 0 before the line).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut inside, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            b'{' | b'[' if !inside => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !inside => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::{Json, read};

    #[track_caller]
    fn repairs(text: &str, expected: &str, complaint: &str) {
        match read(text) {
            Json::Repaired { text, complaint: actual, .. } => {
                assert_eq!(text, expected);
                assert_eq!(actual, complaint);
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn strict_json_stays_as_it_is() {
        let text = "{\"a\": [1, 2.50, \"x\"]}";
        assert_eq!(read(text), Json::Strict(text));
    }

    #[test]
    fn commas_too_many_or_too_few() {
        repairs("{\"a\": 1,}", "{\"a\":1}", "trailing commas are not allowed");
        repairs("[1, 2,\n]", "[1,2]", "trailing commas are not allowed");
        repairs("{\"a\": 1\n\"b\": 2}", "{\"a\":1,\"b\":2}", "expected comma");
    }

    #[test]
    fn comments_and_elisions() {
        repairs("{ // why\n\"a\": 1}", "{\"a\":1}", "comments are not allowed");
        repairs("[{\"a\": 1},\n...\n]", "[{\"a\":1}]", "unexpected token");
    }

    #[test]
    fn line_feeds_in_strings() {
        repairs(
            "{\"a\": \"x\ny\"}",
            "{\"a\":\"x\\ny\"}",
            "control character (\\u0000-\\u001F) found while parsing a string",
        );
    }

    #[test]
    fn typographic_quotes() {
        repairs("{\u{201c}a\u{201d}: 1}", "{\"a\":1}", "unexpected token");
    }

    #[test]
    fn a_complaint_points_at_the_place() {
        let text = "{\n  \"ä\": 1,\n}";
        let Json::Repaired { at, .. } = read(text) else { panic!("repaired") };
        assert_eq!(&text[at..], ",\n}");
    }

    #[test]
    fn what_cannot_be_read_is_broken() {
        for text in ["{\"a\": {raw bytes}", "{'a': \"", "{\"a\"", &"[".repeat(100_000)] {
            assert!(matches!(read(text), Json::Broken { .. }), "{}", &text[..7.min(text.len())]);
        }
    }
}
