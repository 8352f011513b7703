//! HTTP messages as the examples show them: first line, headers, body.

use crate::model::Method;

/// A message whose parts are slices of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message<'a> {
    pub(super) start: StartLine<'a>,
    pub(super) headers: Vec<(&'a str, &'a str)>,
    /// What stands behind the headers; empty when nothing does.
    pub(super) body: &'a str,
}

/// The first line of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StartLine<'a> {
    /// A method and the rest of the line.
    Request(Method, &'a str),
    /// A status.
    Response(u16),
}

impl<'a> Message<'a> {
    /// Reads a fenced block; none when its first line starts no message.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let text = cut_at_markdown(text.trim_start_matches(['\n', '\r', ' ', '\t']));
        let (first, mut rest) = cut_line(text);
        let start = StartLine::parse(first)?;
        let mut headers: Vec<(&str, &str)> = Vec::new();
        // A blank line may stand in front of the headers, be missing behind them, or stand in
        // between; so the body starts at the first line that cannot be a header.
        let mut after_blank = false;
        loop {
            let (line, below) = cut_line(rest);
            if rest.is_empty() {
                break;
            }
            if line.trim().is_empty() {
                after_blank = true;
                rest = below;
                continue;
            }
            match parse_header(line) {
                Some(header)
                    if !after_blank || headers.is_empty() || is_certain_header(header.0) =>
                {
                    headers.push(header);
                }
                None if !after_blank && !headers.is_empty() && is_folded(line) => {}
                _ => break,
            }
            after_blank = false;
            rest = below;
        }
        Some(Self { start, headers, body: rest.trim() })
    }
}

impl<'a> StartLine<'a> {
    /// Reads a request line or a status line.
    pub(super) fn parse(line: &'a str) -> Option<Self> {
        let line = line.trim();
        if let Some((method, target)) = parse_request_line(line) {
            return Some(Self::Request(method, target));
        }
        let rest =
            line.get(..4).filter(|head| head.eq_ignore_ascii_case("http")).map(|_| &line[4..])?;
        let rest = rest
            .trim_start_matches(|char: char| matches!(char, '/' | '.') || char.is_ascii_digit());
        let digits = rest.strip_prefix([' ', '\t'])?.trim_start();
        let end = digits.find(|char: char| !char.is_ascii_digit()).unwrap_or(digits.len());
        (end == 3).then(|| digits[..3].parse().ok().map(Self::Response))?
    }
}

/// A method and what stands behind it: `GET /users`.
pub(super) fn parse_request_line(line: &str) -> Option<(Method, &str)> {
    const METHODS: [Method; 5] =
        [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];
    METHODS.into_iter().find_map(|method| {
        let rest = line.strip_prefix(method.as_str())?;
        // The blank between them is missing now and then: `DELETE/users/{id}`.
        let target = rest.trim();
        let is_target =
            rest.starts_with('/') || (rest.starts_with(char::is_whitespace) && !target.is_empty());
        is_target.then_some((method, target))
    })
}

/// Ends the text in front of a fence or heading, which shows that a closing fence is missing.
fn cut_at_markdown(text: &str) -> &str {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let is_heading = line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
        if is_heading || line.trim_start().starts_with("```") {
            return &text[..offset];
        }
        offset += line.len();
    }
    text
}

fn cut_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

fn parse_header(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end();
    let is_name = name.starts_with(|char: char| char.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    (is_name && !value.starts_with("//")).then(|| (name, value.trim()))
}

/// Whether a word in front of `:` is a header even behind a blank line, where a body may start.
fn is_certain_header(name: &str) -> bool {
    const PLAIN: [&str; 9] = [
        "accept",
        "authorization",
        "prefer",
        "location",
        "etag",
        "host",
        "date",
        "consistencylevel",
        "allow",
    ];
    name.contains('-') || PLAIN.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether the line goes on with the header above.
fn is_folded(line: &str) -> bool {
    line.starts_with([' ', '\t']) && !line.trim_start().starts_with(['{', '[', '<', '"', '}'])
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        expected.assert_debug_eq(&Message::parse(text));
    }

    #[test]
    fn request_with_blank_lines_at_odd_places() {
        check(
            "POST https://x/notes HTTP/1.1\n\nContent-type: application/json\nContent-length: 2\n{\n  \"a\": 1\n}\n",
            &expect![[r#"
                Some(
                    Message {
                        start: Request(
                            Post,
                            "https://x/notes HTTP/1.1",
                        ),
                        headers: [
                            (
                                "Content-type",
                                "application/json",
                            ),
                            (
                                "Content-length",
                                "2",
                            ),
                        ],
                        body: "{\n  \"a\": 1\n}",
                    },
                )
            "#]],
        );
    }

    #[test]
    fn body_that_looks_like_a_header() {
        check(
            "HTTP/1.1 200 OK\nContent-type: text/vcard\n\nBEGIN:VCARD\nEND:VCARD",
            &expect![[r#"
                Some(
                    Message {
                        start: Response(
                            200,
                        ),
                        headers: [
                            (
                                "Content-type",
                                "text/vcard",
                            ),
                        ],
                        body: "BEGIN:VCARD\nEND:VCARD",
                    },
                )
            "#]],
        );
    }

    #[test]
    fn missing_fence_ends_the_message() {
        check(
            "HTTP 201 Created\n\n{}\n## Response\nmore",
            &expect![[r#"
                Some(
                    Message {
                        start: Response(
                            201,
                        ),
                        headers: [],
                        body: "{}",
                    },
                )
            "#]],
        );
    }

    #[test]
    fn no_message() {
        check(
            "{\"a\": 1}",
            &expect![[r"
                None
            "]],
        );
        check(
            "GETTING started",
            &expect![[r"
                None
            "]],
        );
    }
}
