//! The request lines of HTTP request sections.

use std::collections::HashSet;

use super::declaration::{PathDeclaration, PathForm};
use super::{Context, message};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Method, PathFlaw, Quirk, Segment, Target};
use crate::page::{Block, CodeBlock, Page, Section};
use crate::span::Span;

/// A request line with what tells its operation.
pub(super) struct RequestLine {
    pub(super) method: Method,
    pub(super) form: PathForm,
    pub(super) path: PathDeclaration,
}

/// Whether a section is an HTTP request section.
pub(super) fn is_request_section(section: &Section) -> bool {
    section.level > 1
        && (is_key(&section.key, "http-request")
            || is_key(&section.key, "http-requests")
            || section.key == "https-request")
}

fn is_key(key: &str, prefix: &str) -> bool {
    key.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Whether a section, with those below it, shows examples.
pub(super) fn is_example_section(section: &Section) -> bool {
    section.level > 1 && (is_key(&section.key, "example") || is_key(&section.key, "examples"))
}

/// No real page lists a tenth as many paths, each of which becomes a function or more.
const MOST_PATHS: usize = 500;

/// All request lines of the page, without repetitions.
pub(super) fn read(context: &mut Context<'_>) -> Vec<RequestLine> {
    let page = context.page;
    let mut lines = Vec::new();
    let mut seen = HashSet::new();
    let mut has_section = false;
    for sections in page.sections_under(is_request_section) {
        has_section = true;
        for section in sections {
            read_section(context, section, &mut seen, &mut lines);
        }
    }
    if page.folder == crate::page::Folder::Api {
        // Without an HTTP request section that can be read, all blocks in front of the examples
        // count; beside one, those that hold nothing but the lines of another operation.
        let any_block = !has_section || lines.is_empty();
        for section in sections_elsewhere(page, any_block) {
            let blocks = section.blocks.iter().filter_map(|block| match block {
                Block::Code(code) if may_hold_requests(code) => Some(code),
                _ => None,
            });
            for code in blocks.filter(|code| any_block || is_bare(code)) {
                read_block(context, code, &mut seen, &mut lines);
            }
        }
    }
    if let Some(first) = lines.get(MOST_PATHS) {
        let message =
            format!("the page lists {} paths, and the first {MOST_PATHS} count", lines.len());
        context.report(Diagnostic::error(Code::PathLimit, first.path.place.span, message));
        lines.truncate(MOST_PATHS);
    }
    lines
}

/// The sections in front of the examples that are no part of an HTTP request section; those that
/// speak of how to call what another section names, only if there is nothing else.
fn sections_elsewhere(page: &Page, any: bool) -> Vec<&Section> {
    let mut within = None;
    let mut found = Vec::new();
    for section in page.sections.iter().take_while(|section| !is_example_section(section)) {
        if within.is_some_and(|level| section.level > level) {
            continue;
        }
        let is_other = any || may_name_operation(section);
        within = (is_request_section(section) || (!is_other && section.level > 1))
            .then_some(section.level);
        if within.is_none() && is_other {
            found.push(section);
        }
    }
    found
}

/// Whether the heading of a section can be that of an operation, as `Get a note by its path` is.
fn may_name_operation(section: &Section) -> bool {
    const ROLES: [&str; 17] = [
        "request",
        "response",
        "optional",
        "query",
        "odata",
        "header",
        "permission",
        "prerequisite",
        "parameter",
        "function",
        "path",
        "remark",
        "note",
        "see",
        "next",
        "error",
        "related",
    ];
    let first = section.key.split('-').next().unwrap_or_default();
    section.level > 1
        && section.key.contains('-')
        && !ROLES.iter().any(|role| first.trim_end_matches('s') == role.trim_end_matches('s'))
}

fn may_hold_requests(code: &CodeBlock) -> bool {
    code.is_http() || matches!(code.language.as_str(), "" | "text")
}

/// Whether a block holds nothing but methods with paths, and so is no message.
pub(super) fn is_bare(code: &CodeBlock) -> bool {
    let mut lines = code.text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    lines.peek().is_some()
        && lines.all(|line| {
            message::parse_request_line(line)
                .is_some_and(|(_, target)| target.starts_with('/') && !target.contains('?'))
        })
}

fn read_section(
    context: &mut Context<'_>,
    section: &Section,
    seen: &mut HashSet<(Method, String)>,
    lines: &mut Vec<RequestLine>,
) {
    for block in &section.blocks {
        if let Block::Code(code) = block
            && may_hold_requests(code)
        {
            read_block(context, code, seen, lines);
        }
    }
}

fn read_block(
    context: &mut Context<'_>,
    code: &CodeBlock,
    seen: &mut HashSet<(Method, String)>,
    lines: &mut Vec<RequestLine>,
) {
    let mut offset = 0;
    let first_line = context.place(code.span).line;
    // Inside of a list the block's span has more bytes than its text.
    let is_plain = code.span.range().len() == code.text.len();
    for (number, raw) in (0_u32..).zip(code.text.split_inclusive('\n')) {
        let start = code.span.start as usize + offset;
        offset += raw.len();
        let span = if is_plain {
            Span::new(code.span.file, start, start + raw.trim_end().len())
        } else {
            code.span
        };
        let Some((method, rest)) = message::parse_request_line(raw.trim()) else {
            if let Some(method) = other_method(raw.trim()) {
                let message =
                    format!("`{method}` is no method of an operation, so the call is left out");
                context.report(Diagnostic::warning(Code::UnknownMethod, span, message));
            }
            continue;
        };
        let Some(target) = read_target(context, rest, span) else { continue };
        if !seen.insert((method, format!("{}?{}", target.template.text, target.query.len()))) {
            continue;
        }
        let place = super::Place { span, line: first_line.saturating_add(number) };
        let form = match target.template.segments.last() {
            Some(Segment::Ref) => PathForm::Ref,
            Some(Segment::Value) => PathForm::Value,
            Some(Segment::Count) => PathForm::Count,
            _ => PathForm::Plain,
        };
        lines.push(RequestLine { method, form, path: PathDeclaration { target, place } });
    }
}

/// The word in front of a path that may be a method: `HEAD /users`.
fn other_method(line: &str) -> Option<&str> {
    let (word, target) = line.split_once(char::is_whitespace)?;
    let is_word =
        (3..=10).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let target = target.trim_start();
    (is_word && (target.starts_with('/') || target.starts_with("https://"))).then_some(word)
}

fn read_target(context: &mut Context<'_>, text: &str, span: Span) -> Option<Target> {
    let target = match Target::parse(text) {
        Ok(target) => target,
        Err(flaw) => {
            context.report(path_flaw(flaw, text, span));
            return None;
        }
    };
    for quirk in &target.quirks {
        context.report(path_quirk(quirk, span));
    }
    Some(target)
}

fn path_flaw(flaw: PathFlaw, text: &str, span: Span) -> Diagnostic {
    let text = super::row::shorten(text);
    match flaw {
        PathFlaw::Ellipsis => Diagnostic::warning(
            Code::PathWithEllipsis,
            span,
            format!("`{text}` leaves segments out, so it cannot be called"),
        )
        .help("write the segments, or a path for each depth"),
        PathFlaw::WholeUrl => Diagnostic::warning(
            Code::UnreadablePath,
            span,
            format!("`{text}` is a URL that another call returns, not a path of the API"),
        ),
        PathFlaw::TooLong => Diagnostic::error(
            Code::ImpossiblePath,
            span,
            format!("`{text}` has more parts than a path can have"),
        ),
        PathFlaw::NoPath => {
            Diagnostic::warning(Code::UnreadablePath, span, format!("`{text}` is no path"))
        }
    }
}

fn path_quirk(quirk: &Quirk, span: Span) -> Diagnostic {
    match quirk {
        Quirk::Sample(text) => Diagnostic::warning(
            Code::SampleInPath,
            span,
            format!("`{text}` stands where a placeholder belongs, and is read as one"),
        )
        .help("write a placeholder such as `{id}`"),
        Quirk::OpenParenthesis(text) => Diagnostic::warning(
            Code::UnbalancedPath,
            span,
            format!("the parenthesis of `{text}` is not closed"),
        ),
        Quirk::StrayPlaceholder(text) => Diagnostic::warning(
            Code::UnbalancedPath,
            span,
            format!("`{text}` is read as a placeholder, which belongs in braces"),
        ),
        Quirk::NamedKeySegment(text) => Diagnostic::warning(
            Code::NamedKeySegment,
            span,
            format!("`{text}` is read as a key, which belongs in parentheses"),
        ),
    }
}
