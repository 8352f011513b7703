//! The JSON of a comment, also when it is not quite JSON.

use serde_json::{Map, Value};

use crate::span::floor_boundary;

/// What stands between `<!--` and `-->`.
#[derive(Debug)]
pub(super) struct Comment {
    /// The members of its object.
    pub(super) members: Map<String, Value>,
    /// The length of the object in the comment; the whole comment when it is not valid.
    pub(super) length: usize,
    /// Why it is not strict JSON.
    pub(super) flaw: Option<Flaw>,
}

/// Where an object stops being strict JSON.
#[derive(Debug)]
pub(super) struct Flaw {
    /// What is wrong.
    pub(super) reason: String,
    /// The offset in the comment.
    pub(super) at: usize,
}

/// Reads a comment, unless it is no object: a remark, a stamp.
pub(super) fn read(comment: &str) -> Option<Comment> {
    let start = comment.len() - comment.trim_ascii_start().len();
    let json = &comment[start..];
    if !json.starts_with('{') {
        return None;
    }
    // Text may follow the object, and is a remark.
    let flaw = match parse(json) {
        Ok((members, length)) => {
            return Some(Comment { members, length: start + length, flaw: None });
        }
        Err(flaw) => Some(Flaw { at: start + flaw.at, ..flaw }),
    };
    let length = comment.len();
    if let Some(mended) = without_trailing_commas(json)
        && let Ok((members, _)) = parse(&mended)
    {
        return Some(Comment { members, length, flaw });
    }
    Some(Comment { members: scan_members(json), length, flaw })
}

fn parse(json: &str) -> Result<(Map<String, Value>, usize), Flaw> {
    let mut values = serde_json::Deserializer::from_str(json).into_iter::<Map<String, Value>>();
    match values.next() {
        Some(Ok(members)) => Ok((members, values.byte_offset())),
        Some(Err(error)) => {
            let reason = error.to_string();
            // The place is told by the span.
            let reason = reason.split(" at line ").next().unwrap_or_default().to_string();
            Err(Flaw { reason, at: offset(json, error.line(), error.column()) })
        }
        None => Err(Flaw { reason: "nothing in it".to_string(), at: 0 }),
    }
}

/// The offset of a place that is given by its line and its column, both counted from 1.
fn offset(json: &str, line: usize, column: usize) -> usize {
    let before = json.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len);
    let start: usize = before.sum();
    let at = start + column.saturating_sub(1);
    floor_boundary(json, at.min(json.len().saturating_sub(1)))
}

/// The text without commas before a closing bracket, when it has such.
fn without_trailing_commas(json: &str) -> Option<String> {
    let mut mended = String::with_capacity(json.len());
    let mut copied = 0;
    // The last comma, while only white space has followed it.
    let mut comma = None;
    let mut bytes = json.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => {
                comma = None;
                while let Some((_, byte)) = bytes.next() {
                    match byte {
                        b'\\' => drop(bytes.next()),
                        b'"' => break,
                        _ => {}
                    }
                }
            }
            b',' => comma = Some(at),
            b'}' | b']' => {
                if let Some(comma) = comma.take() {
                    mended.push_str(&json[copied..comma]);
                    copied = comma + 1;
                }
            }
            byte if byte.is_ascii_whitespace() => {}
            _ => comma = None,
        }
    }
    mended.push_str(&json[copied..]);
    (copied > 0).then_some(mended)
}

/// The members with simple values that can be made out in a broken object: `name: "value"`.
fn scan_members(json: &str) -> Map<String, Value> {
    let mut members = Map::new();
    let mut from = 0;
    while let Some(at) = json[from..].find(':') {
        let colon = from + at;
        from = colon + 1;
        let name = last_name(&json[..colon]);
        let rest = json[from..].trim_ascii_start();
        let Some((value, length)) = first_value(rest) else { continue };
        from = json.len() - rest.len() + length;
        if !name.is_empty() && !members.contains_key(name) {
            members.insert(name.to_string(), value);
        }
    }
    members
}

fn last_name(before: &str) -> &str {
    let before = before.trim_ascii_end();
    let before = before.strip_suffix('"').unwrap_or(before);
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"@._".contains(&byte);
    let length = before.bytes().rev().take_while(|&byte| is_name(byte)).count();
    &before[before.len() - length..]
}

fn first_value(text: &str) -> Option<(Value, usize)> {
    if let Some(rest) = text.strip_prefix('"') {
        let length = rest.find('"')?;
        return Some((Value::String(rest[..length].to_string()), length + 2));
    }
    [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)]
        .into_iter()
        .find(|(word, _)| text.starts_with(word))
        .map(|(word, value)| (value, word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(comment: &str, expected: &Expect) {
        let text = match read(comment) {
            None => "none".to_string(),
            Some(Comment { members, length, flaw }) => {
                format!("{} rest {:?} flaw {:?}", Value::Object(members), &comment[length..], flaw)
            }
        };
        expected.assert_eq(&text);
    }

    #[test]
    fn strict_json() {
        check(
            r#" { "blockType": "ignored" } "#,
            &expect![[r#"{"blockType":"ignored"} rest " " flaw None"#]],
        );
    }

    #[test]
    fn a_remark_behind_the_object() {
        check(
            r#"{ "blockType": "ignored" } // No table in an include."#,
            &expect![[r#"{"blockType":"ignored"} rest " // No table in an include." flaw None"#]],
        );
    }

    #[test]
    fn remarks_and_stamps_are_no_annotations() {
        check(" uuid: 4f1b ", &expect!["none"]);
        check("", &expect!["none"]);
    }

    #[test]
    fn trailing_commas() {
        check(
            r#"{"a": [1, 2,], "b": ",}",}"#,
            &expect![[
                r#"{"a":[1,2],"b":",}"} rest "" flaw Some(Flaw { reason: "trailing comma", at: 12 })"#
            ]],
        );
    }

    #[test]
    fn broken_objects_give_what_can_be_made_out() {
        check(
            "{ \"blockType\": \"response\"\n isCollection: true, name\": \"x\", \"list\": [1, 2] ",
            &expect![[
                r#"{"blockType":"response","isCollection":true,"name":"x"} rest "" flaw Some(Flaw { reason: "expected `,` or `}`", at: 27 })"#
            ]],
        );
    }

    #[test]
    fn two_objects_give_the_first() {
        check(r#"{"a": 1}{"b": 2}"#, &expect![[r#"{"a":1} rest "{\"b\": 2}" flaw None"#]]);
    }
}
