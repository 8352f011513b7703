//! HTML in a page: which tags are markup, and what text stands between them.

/// Elements that stand in running text. Anything else in angle brackets is a placeholder.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "col",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
];

/// Elements that start a line of their own.
const LINE_ELEMENTS: &[&str] =
    &["blockquote", "br", "dd", "div", "dt", "hr", "li", "ol", "p", "pre", "table", "tr", "ul"];

/// What a tag does to the text that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// It starts a new line.
    Line,
    /// It changes nothing.
    Markup,
    /// It is no tag of HTML, but a word in angle brackets.
    Placeholder,
}

/// What `tag`, angle brackets included, does.
pub(super) fn classify(tag: &str) -> Tag {
    let name = tag.trim_start_matches(['<', '/']);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, rest) = name.split_at(length);
    if name.is_empty() {
        // A comment, a declaration or a processing instruction.
        return Tag::Markup;
    }
    let is = |elements: &[&str]| elements.iter().any(|element| element.eq_ignore_ascii_case(name));
    let is_element =
        rest.starts_with(|next: char| next == '>' || next == '/' || next.is_whitespace());
    match () {
        () if is_element && is(LINE_ELEMENTS) => Tag::Line,
        () if is_element && is(ELEMENTS) => Tag::Markup,
        () => Tag::Placeholder,
    }
}

/// The pieces of raw HTML: tags with their brackets, and the text between them.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let length = if rest.starts_with('<') {
            rest.find('>').map_or(rest.len(), |at| at + 1)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (piece, behind) = rest.split_at(length);
        rest = behind;
        Some(piece)
    })
}

/// Where a table starts in raw HTML.
pub(super) fn table_start(html: &str) -> Option<usize> {
    find_tag(html, b"<table")
}

/// The length of the table that raw HTML starts with, if it is closed.
pub(super) fn table_length(html: &str) -> Option<usize> {
    find_tag(html, b"</table>").map(|at| at + "</table>".len())
}

fn find_tag(html: &str, tag: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'<', html.as_bytes()).find(|&at| {
        html.as_bytes().get(at..at + tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag))
    })
}

/// The offset of the first line behind the first one that starts a Markdown block. A block of
/// HTML goes on to the next blank line and would swallow it.
pub(super) fn markdown_line(html: &str) -> Option<usize> {
    let mut at = 0;
    for line in html.split_inclusive('\n') {
        let starts = ["```", "|", "# ", "## ", "### ", "#### ", "##### ", "###### ", "[!", "<!--"];
        if at > 0 && starts.iter().any(|start| line.trim_ascii_start().starts_with(start)) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// The length of a comment that is never closed: up to a blank line, a heading or a fence.
pub(super) fn unclosed_length(comment: &str) -> usize {
    let mut at = 0;
    for line in comment.split_inclusive('\n') {
        let text = line.trim_ascii();
        if at > 0
            && (text.is_empty()
                || text.starts_with("```")
                || text.starts_with("# ")
                || text.starts_with("##"))
        {
            return at;
        }
        at += line.len();
    }
    comment.len()
}
