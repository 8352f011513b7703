//! The requests and responses in fenced blocks.
//!
//! A message is known by its first line, not by its annotation. The pages put blank lines before
//! headers, none before bodies, and sometimes lose the fence between a request and its response;
//! each of these is read as it was meant. Nothing here knows what a path or a body means.

use crate::model::Method;

/// A request or response as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message<'a> {
    /// What the first line says.
    pub(super) start: Start<'a>,
    /// Where the first line starts, as an offset into the block.
    pub(super) offset: usize,
    /// Names and values, trimmed.
    pub(super) headers: Vec<(&'a str, &'a str)>,
    /// The body, trimmed; empty when there is none.
    pub(super) body: &'a str,
    /// Where the body starts, as an offset into the block.
    pub(super) body_offset: usize,
}

/// The first line of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start<'a> {
    /// `GET https://…`
    Request {
        /// The method.
        method: Method,
        /// The rest of the line, since URLs hold blanks; a version of HTTP is taken off.
        url: &'a str,
    },
    /// `HTTP/1.1 200 OK`
    Response {
        /// The status code.
        status: u16,
    },
}

/// Finds the messages of a block, usually one.
pub(super) fn messages(block: &str) -> Vec<Message<'_>> {
    let mut starts: Vec<(usize, usize, Start<'_>)> = Vec::new();
    let mut fence_before = true;
    for line in lines(block) {
        let text = line.text;
        if text.trim().is_empty() {
            continue;
        }
        let is_response = status_line(text).is_some();
        if fence_before || is_response {
            if let Some(start) = first_line(text) {
                starts.push((line.start, line.end, start));
                fence_before = false;
                continue;
            }
        }
        // A fence that was never closed runs on over headings and further fences.
        fence_before = text.starts_with("```") || (fence_before && !starts.is_empty());
        if starts.is_empty() {
            break;
        }
    }
    let ends = starts.iter().skip(1).map(|next| next.0).chain([block.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&(offset, after, start), end)| message(block, offset, after, end, start))
        .collect()
}

/// The method and target of a request line, as in an HTTP request block or an example.
pub(super) fn request_line(line: &str) -> Option<(Method, &str)> {
    let line = line.trim();
    let methods = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];
    let method = methods.into_iter().find(|method| line.starts_with(method.as_str()))?;
    let rest = &line[method.as_str().len()..];
    let target = rest.trim_start();
    // Without a blank in between, only a slash tells a target from a longer word.
    if target.is_empty() || (target.len() == rest.len() && !target.starts_with('/')) {
        return None;
    }
    let target = match target.rsplit_once(' ') {
        Some((target, version)) if version.starts_with("HTTP/") => target.trim_end(),
        _ => target,
    };
    Some((method, target))
}

fn first_line(line: &str) -> Option<Start<'_>> {
    let response = status_line(line).map(|status| Start::Response { status });
    response.or_else(|| request_line(line).map(|(method, url)| Start::Request { method, url }))
}

/// `HTTP/1.1 201 Created`, and `HTTP 201 Created`.
fn status_line(line: &str) -> Option<u16> {
    let rest = line.trim().strip_prefix("HTTP")?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let rest = rest.trim_start_matches(|next: char| next.is_ascii_digit() || next == '.');
    let code = rest.strip_prefix(' ')?.trim_start();
    let digits = code.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 3 {
        return None;
    }
    code[..3].parse().ok().filter(|status| (100..600).contains(status))
}

fn message<'a>(
    block: &'a str,
    offset: usize,
    after: usize,
    end: usize,
    start: Start<'a>,
) -> Message<'a> {
    let mut headers: Vec<(&str, &str)> = Vec::new();
    let mut blank = false;
    let mut body_start = end;
    for line in lines(&block[after..end]) {
        let text = line.text;
        if text.trim().is_empty() {
            blank = true;
        } else if let Some(header) = header(text).filter(|(name, _)| {
            // Behind a blank line headers go on only when they are plainly headers: the body may
            // be text such as `BEGIN:VCARD`.
            !blank || headers.is_empty() || name.to_ascii_lowercase().starts_with("content-")
        }) {
            headers.push(header);
        } else if text.starts_with([' ', '\t']) && !blank && !headers.is_empty() {
            // A folded header: what it adds is never needed.
        } else {
            body_start = after + line.start;
            break;
        }
    }
    let body = &block[body_start..end];
    let body = &body[..cut(body)];
    let body_offset = body_start + (body.len() - body.trim_start().len());
    Message { start, offset, headers, body: body.trim(), body_offset }
}

/// Where a body ends that runs into a heading or a fence.
fn cut(body: &str) -> usize {
    let end = lines(body).find(|line| {
        let text = line.text;
        let hashes = text.len() - text.trim_start_matches('#').len();
        text.starts_with("```") || ((1..=6).contains(&hashes) && text[hashes..].starts_with(' '))
    });
    end.map_or(body.len(), |line| line.start)
}

fn header(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end();
    let word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(word)
        && !value.starts_with("//");
    is_name.then(|| (name, value.trim()))
}

struct Line<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        Line { text: line.trim_end_matches(['\n', '\r']), start, end: at }
    })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::messages;

    #[track_caller]
    fn check(block: &str, expected: Expect) {
        let mut text = String::new();
        for message in messages(block) {
            text += &format!("{:?}\n", message.start);
            for (name, value) in &message.headers {
                text += &format!("  {name}={value}\n");
            }
            text += &format!("  body {:?}\n", message.body);
            assert!(block[message.body_offset..].starts_with(message.body));
        }
        expected.assert_eq(&text);
    }

    #[test]
    fn a_request_with_a_body() {
        check(
            "POST https://api.example/v1.0/notes HTTP/1.1\nContent-type: application/json\n\n{\n  \"a\": 1\n}\n",
            expect![[r#"
                Request { method: Post, url: "https://api.example/v1.0/notes" }
                  Content-type=application/json
                  body "{\n  \"a\": 1\n}"
            "#]],
        );
    }

    #[test]
    fn a_url_holds_blanks() {
        check(
            "GET /notes?$filter=name eq 'a b'",
            expect![[r#"
                Request { method: Get, url: "/notes?$filter=name eq 'a b'" }
                  body ""
            "#]],
        );
    }

    #[test]
    fn a_blank_line_before_the_headers_and_none_before_the_body() {
        check(
            "HTTP/1.1 200 OK\n\nContent-Type: application/json\nContent-Length: 2\n{}\n",
            expect![[r#"
                Response { status: 200 }
                  Content-Type=application/json
                  Content-Length=2
                  body "{}"
            "#]],
        );
    }

    #[test]
    fn a_body_of_text_is_no_header() {
        check(
            "HTTP 200 OK\nContent-Type: text/vcard\n\nBEGIN:VCARD\nEND:VCARD\n",
            expect![[r#"
                Response { status: 200 }
                  Content-Type=text/vcard
                  body "BEGIN:VCARD\nEND:VCARD"
            "#]],
        );
    }

    #[test]
    fn a_lost_fence_separates_two_messages() {
        check(
            "GET /notes\n\n### Response\n```http\nHTTP/1.1 200 OK\n\n{}\n",
            expect![[r#"
                Request { method: Get, url: "/notes" }
                  body ""
                Response { status: 200 }
                  body "{}"
            "#]],
        );
    }

    #[test]
    fn a_block_of_something_else_has_no_message() {
        check("{ \"GET\": 1 }\nGET /notes\n", expect![""]);
        check("GETTING started\n", expect![""]);
    }
}
