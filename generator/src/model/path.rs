//! A documented path as a list of segments, and how it is read.
//!
//! In goes what stands behind the method in a request line; out come host, version, path and
//! query. Whether a dotted segment is a type, and whether parentheses hold a key or arguments,
//! only the whole model knows: the parser calls them a cast and a call.

use crate::version::is_version;

/// A path with placeholders: host, version and query taken off, no slash at the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathTemplate {
    /// As documented: `/users/{id | userPrincipalName}/messages`.
    pub text: String,
    /// Its parts.
    pub segments: Vec<Segment>,
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// A fixed word: `users`, `sendMail`, `root`.
    Literal(String),
    /// A key in a segment of its own: `{id}`.
    Key(Placeholder),
    /// A key in parentheses behind the collection before it: `(appId='{appId}')`.
    AlternateKey(Vec<Argument>),
    /// A function with its arguments: `reminderView(startDateTime='{start}',endDateTime='{end}')`.
    Call {
        /// `reminderView`
        name: String,
        /// What stands in the parentheses.
        arguments: Vec<Argument>,
    },
    /// A type name, which narrows what stands before it: `microsoft.graph.user`.
    Cast(String),
    /// A path within the item before it: `:/{item-path}:`.
    ByPath(Placeholder),
    /// `$ref`
    Ref,
    /// `$value`
    Value,
    /// `$count`
    Count,
}

/// A part of the path that the caller fills in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Placeholder {
    /// What stands between the braces: `id | userPrincipalName`.
    pub name: String,
}

/// An argument of a function, or a part of an alternate key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Argument {
    /// The name in front of `=`; none in `range('{address}')`.
    pub name: Option<String>,
    /// What stands behind it.
    pub value: ArgumentValue,
}

/// The value of an argument.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArgumentValue {
    /// Filled in by the caller; in quotes when it is a string.
    Placeholder {
        /// What stands between the braces.
        placeholder: Placeholder,
        /// Whether quotes stand around it.
        quoted: bool,
    },
    /// A literal of the page, as in `image(width=640)`, without quotes.
    Literal {
        /// The text.
        text: String,
        /// Whether quotes stand around it.
        quoted: bool,
    },
}

impl Argument {
    /// Whether the caller has to give it. A literal with a name shows what may be left out.
    pub fn is_required(&self) -> bool {
        self.name.is_none() || matches!(self.value, ArgumentValue::Placeholder { .. })
    }

    /// Takes a literal with a name for a sample, which stands where a placeholder belongs.
    pub(crate) fn require(&mut self) {
        if let (Some(name), ArgumentValue::Literal { quoted, .. }) = (&self.name, &self.value) {
            let placeholder = Placeholder { name: name.clone() };
            self.value = ArgumentValue::Placeholder { placeholder, quoted: *quoted };
        }
    }
}

/// What stands behind the method in a request line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The host of an absolute URL, with its scheme.
    pub(crate) host: Option<String>,
    /// The version in front of the path, as written.
    pub(crate) version: Option<String>,
    /// The path.
    pub(crate) template: PathTemplate,
    /// The parts of the query.
    pub(crate) query: Vec<QueryItem>,
    /// What had to be understood rather than read.
    pub(crate) quirks: Vec<Quirk>,
}

/// A part of a query: `startDateTime={start}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueryItem {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// Something in a path that is no good form, but can be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Quirk {
    /// An id, a host or another sample value where a placeholder belongs.
    Sample(String),
    /// A parenthesis that is not closed.
    OpenParenthesis(String),
    /// A placeholder in parentheses, or an alternative outside of the braces.
    StrayPlaceholder(String),
    /// A named key as a segment: `roleTemplateId={roleTemplateId}`.
    NamedKeySegment(String),
}

/// Why something is no path that can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathFlaw {
    /// `...` stands for any number of segments.
    Ellipsis,
    /// It starts with a placeholder for a whole URL.
    WholeUrl,
    /// It has more segments or query parameters than any real path.
    TooLong,
    /// It is text, or empty.
    NoPath,
}

/// No real path is half as long; whoever walks paths may do so by recursion.
const MAX_SEGMENTS: usize = 64;

/// Each part of a query is a parameter of the function that calls the path.
const MAX_QUERY: usize = 64;

impl Target {
    /// Reads the rest of a request line.
    pub(crate) fn parse(text: &str) -> Result<Self, PathFlaw> {
        let text = strip_http_version(text.trim().trim_matches('`').trim());
        let (host, rest) = split_host(text);
        let rest = rest.strip_prefix('~').unwrap_or(rest);
        let (version, rest) = split_version(rest);
        let (path, query) = split_query(rest);
        let path = path.trim().trim_end_matches([',', ';']).trim_end_matches('/').trim();
        if host.is_none() && path.starts_with('{') {
            return Err(PathFlaw::WholeUrl);
        }
        let path = path.trim_start_matches('/');
        if path.is_empty() {
            return Err(PathFlaw::NoPath);
        }
        let mut quirks = Vec::new();
        let segments = parse_segments(path, &mut quirks)?;
        let query = parse_query(query);
        if query.len() > MAX_QUERY {
            return Err(PathFlaw::TooLong);
        }
        let mut template = String::with_capacity(path.len() + 1);
        template.push('/');
        template.push_str(path);
        Ok(Self {
            host: host.map(str::to_owned),
            version: version.map(str::to_owned),
            template: PathTemplate { text: template, segments },
            query,
            quirks,
        })
    }
}

/// Takes host, version and query off a target: the version as written, and the path.
pub(crate) fn split_target(text: &str) -> (Option<&str>, &str) {
    let (version, rest) = split_version(split_host(text).1);
    (version, split_query(rest).0)
}

fn strip_http_version(text: &str) -> &str {
    match text.rsplit_once(char::is_whitespace) {
        Some((head, tail)) if tail.get(..5).is_some_and(|it| it.eq_ignore_ascii_case("http/")) => {
            head.trim_end()
        }
        _ => text,
    }
}

/// Cuts `https://host` off; also a bare host such as `graph.microsoft.com/v1.0/users`.
fn split_host(text: &str) -> (Option<&str>, &str) {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    });
    if let Some(scheme) = scheme {
        let end = text[scheme.len()..].find(['/', '?']).map_or(text.len(), |at| at + scheme.len());
        return (Some(&text[..end]), &text[end..]);
    }
    match text.split_once('/') {
        Some((head, _)) if is_host(head) => (Some(head), &text[head.len()..]),
        _ => (None, text),
    }
}

/// Cuts a version segment off: `/v1.0/users`, `/beta/users`.
fn split_version(text: &str) -> (Option<&str>, &str) {
    let path = text.strip_prefix('/').unwrap_or(text);
    let end = path.find(['/', '?']).unwrap_or(path.len());
    if is_version(&path[..end]) { (Some(&path[..end]), &path[end..]) } else { (None, text) }
}

/// Splits at the first `?` that stands outside of braces.
fn split_query(text: &str) -> (&str, &str) {
    let mut braces = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' | b'<' => braces += 1,
            b'}' | b'>' => braces = braces.saturating_sub(1),
            b'?' if braces == 0 => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
    }
    (text, "")
}

fn parse_query(text: &str) -> Vec<QueryItem> {
    split_outside(text, b'&', Parentheses::Matter)
        .0
        .into_iter()
        .filter_map(|part| {
            // `requiresReview:{Boolean}` occurs for `requiresReview={Boolean}`.
            let end = part.find(['=', ':']).unwrap_or(part.len());
            let name = part[..end].trim();
            let value = part.get(end + 1..).unwrap_or_default().trim();
            let is_name = !name.is_empty()
                && name.chars().all(|char| {
                    char.is_alphanumeric() || matches!(char, '$' | '_' | '-' | '.' | '@')
                });
            is_name.then(|| QueryItem { name: name.to_owned(), value: value.to_owned() })
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Parentheses {
    Matter,
    Ignored,
}

/// Splits at `separator` outside of braces, quotes and, if they matter, parentheses. Says
/// whether a parenthesis was left open.
fn split_outside(text: &str, separator: u8, parentheses: Parentheses) -> (Vec<&str>, bool) {
    let mut parts = Vec::new();
    let (mut start, mut braces, mut depth, mut quote) = (0, 0_usize, 0_usize, None);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\'' | b'"' if braces == 0 => {
                quote = if quote == Some(byte) { None } else { quote.or(Some(byte)) };
            }
            b'{' | b'<' => braces += 1,
            b'}' | b'>' => braces = braces.saturating_sub(1),
            b'(' if quote.is_none() && parentheses == Parentheses::Matter => depth += 1,
            b')' if quote.is_none() => depth = depth.saturating_sub(1),
            _ if byte == separator && braces == 0 && depth == 0 && quote.is_none() => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    (parts, depth > 0)
}

fn parse_segments(path: &str, quirks: &mut Vec<Quirk>) -> Result<Vec<Segment>, PathFlaw> {
    let (mut parts, open) = split_outside(path, b'/', Parentheses::Matter);
    if open {
        parts = split_outside(path, b'/', Parentheses::Ignored).0;
    }
    let mut segments = Vec::with_capacity(parts.len());
    let mut by_path: Option<Vec<&str>> = None;
    for part in parts {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        if matches!(part, "..." | "…") {
            return Err(PathFlaw::Ellipsis);
        }
        let (part, colon) = match part.strip_suffix(':') {
            Some(part) => (part, true),
            None => (part, false),
        };
        if let Some(inner) = &mut by_path {
            if !part.is_empty() {
                inner.push(part);
            }
            if colon {
                segments.extend(path_placeholder(inner, quirks));
                by_path = None;
            }
        } else {
            if !part.is_empty() {
                parse_segment(part, &mut segments, quirks)?;
            }
            if colon {
                by_path = Some(Vec::new());
            }
        }
    }
    if let Some(inner) = by_path {
        segments.extend(path_placeholder(&inner, quirks));
    }
    match segments.len() {
        0 => Err(PathFlaw::NoPath),
        1..=MAX_SEGMENTS => Ok(segments),
        _ => Err(PathFlaw::TooLong),
    }
}

/// What stands between two colons, as one placeholder.
fn path_placeholder(inner: &[&str], quirks: &mut Vec<Quirk>) -> Option<Segment> {
    if inner.is_empty() {
        return None;
    }
    let name = if inner.iter().any(|part| part.contains('{')) {
        inner.iter().map(|part| part.replace(['{', '}'], "")).collect::<Vec<_>>().join("/")
    } else {
        quirks.push(Quirk::Sample(inner.join("/")));
        "path".to_owned()
    };
    Some(Segment::ByPath(Placeholder { name }))
}

fn parse_segment(
    part: &str,
    segments: &mut Vec<Segment>,
    quirks: &mut Vec<Quirk>,
) -> Result<(), PathFlaw> {
    let key = |name: &str| Segment::Key(Placeholder { name: name.trim().to_owned() });
    let sample = |name: &str, quirks: &mut Vec<Quirk>| {
        quirks.push(Quirk::Sample(part.to_owned()));
        key(name)
    };
    let segment = if part.eq_ignore_ascii_case("$ref") {
        Segment::Ref
    } else if part.eq_ignore_ascii_case("$value") {
        Segment::Value
    } else if part.eq_ignore_ascii_case("$count") {
        Segment::Count
    } else if let Some(name) = enclosed(part, '{', '}').or_else(|| enclosed(part, '<', '>')) {
        key(name)
    } else if let Some(name) = enclosed(part, '(', ')').or_else(|| enclosed(part, '[', ']')) {
        quirks.push(Quirk::StrayPlaceholder(part.to_owned()));
        key(name)
    } else if part.starts_with('{') {
        if part.contains('|') {
            quirks.push(Quirk::StrayPlaceholder(part.to_owned()));
        }
        key(&part.replace(['{', '}'], ""))
    } else if let Some(open) = part.find('(').filter(|&open| is_dotted(&part[..open])) {
        let arguments = part[open + 1..].trim_end();
        let inner = arguments.strip_suffix(')').unwrap_or_else(|| {
            quirks.push(Quirk::OpenParenthesis(part.to_owned()));
            arguments
        });
        let mut arguments = parse_arguments(inner);
        // Arguments are given all or none: beside one that has to be given a literal is a sample.
        if arguments.iter().any(Argument::is_required) {
            arguments.iter_mut().for_each(Argument::require);
        }
        Segment::Call { name: part[..open].to_owned(), arguments }
    } else if let Some((name, value)) = part.split_once('=').filter(|(name, value)| {
        is_identifier(name) && (value.starts_with('{') || value.starts_with('\''))
    }) {
        quirks.push(Quirk::NamedKeySegment(part.to_owned()));
        let value = match parse_value(value) {
            ArgumentValue::Placeholder { placeholder, .. } => {
                ArgumentValue::Placeholder { placeholder, quoted: true }
            }
            literal @ ArgumentValue::Literal { .. } => literal,
        };
        let mut argument = Argument { name: Some(name.to_owned()), value };
        argument.require();
        Segment::AlternateKey(vec![argument])
    } else if is_guid(part) {
        sample("id", quirks)
    } else if is_host(part) {
        sample("hostname", quirks)
    } else if part.contains('.') && is_dotted(part) {
        Segment::Cast(part.to_owned())
    } else if part.bytes().all(|byte| byte.is_ascii_digit())
        || part.contains(['=', '@', ',', '!', '{', '+', '%'])
    {
        if part.contains(char::is_whitespace) || part.contains('*') {
            return Err(PathFlaw::NoPath);
        }
        if part.contains('{') { key(part) } else { sample("id", quirks) }
    } else if part
        .chars()
        .all(|char| char.is_alphanumeric() || matches!(char, '_' | '-' | '$' | '.' | '~'))
        // `..` is a way through folders, not a part of a path.
        && part.contains(char::is_alphanumeric)
    {
        Segment::Literal(part.to_owned())
    } else {
        return Err(PathFlaw::NoPath);
    };
    segments.push(segment);
    Ok(())
}

fn parse_arguments(text: &str) -> Vec<Argument> {
    split_outside(text, b',', Parentheses::Ignored)
        .0
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| match part.split_once('=') {
            Some((name, value)) if is_identifier(name.trim()) => {
                Argument { name: Some(name.trim().to_owned()), value: parse_value(value.trim()) }
            }
            _ => Argument { name: None, value: parse_value(part) },
        })
        .collect()
}

fn parse_value(text: &str) -> ArgumentValue {
    // An enumeration may stand in front of the quotes: `microsoft.graph.color'{color}'`.
    let text = match text.find('\'') {
        Some(at) if at > 0 && is_dotted(&text[..at]) => &text[at..],
        _ => text,
    };
    let (inner, quoted) = match enclosed(text, '\'', '\'').or_else(|| enclosed(text, '"', '"')) {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let name = enclosed(inner, '{', '}')
        .or_else(|| enclosed(inner, '<', '>'))
        .or_else(|| inner.strip_prefix('@'));
    let name = name
        .map(str::to_owned)
        .or_else(|| inner.contains('{').then(|| inner.replace(['{', '}'], "")))
        // `count=n` and `start=start-value` stand for values, though they have no braces.
        .or_else(|| (!quoted && !is_value(inner)).then(|| inner.to_owned()));
    match name {
        Some(name) => ArgumentValue::Placeholder {
            placeholder: Placeholder { name: name.trim().to_owned() },
            quoted,
        },
        None => ArgumentValue::Literal { text: inner.to_owned(), quoted },
    }
}

/// Whether an argument without quotes is a value: a number, a date, true, false or null.
fn is_value(text: &str) -> bool {
    text.is_empty()
        || text.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        || ["true", "false", "null"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The text between `open` and `close`, when it has neither inside.
fn enclosed(text: &str, open: char, close: char) -> Option<&str> {
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    (!inner.contains([open, close])).then_some(inner)
}

/// Whether the text is a word that starts with a letter.
pub(crate) fn is_identifier(text: &str) -> bool {
    text.starts_with(|char: char| char.is_alphabetic() || char == '_')
        && text.chars().all(|char| char.is_alphanumeric() || char == '_')
}

/// Whether the text is identifiers joined by dots.
pub(crate) fn is_dotted(text: &str) -> bool {
    text.split('.').all(is_identifier)
}

/// A name without its namespace: `message` of `microsoft.graph.message`.
pub(crate) fn last_part(name: &str) -> &str {
    // Names are short, and this is asked millions of times.
    let dot = name.bytes().rposition(|byte| byte == b'.');
    dot.map_or(name, |dot| &name[dot + 1..])
}

/// Whether the text is a GUID: `acdefc6b-2dc6-4e71-b1e9-6d9810ab1793`.
pub(crate) fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Whether the text is a host name, by the domain that it ends in.
fn is_host(text: &str) -> bool {
    const DOMAINS: [&str; 8] = ["com", "net", "org", "io", "edu", "gov", "us", "cn"];
    let Some((head, domain)) = text.rsplit_once('.') else { return false };
    DOMAINS.iter().any(|known| domain.eq_ignore_ascii_case(known))
        && head.split('.').all(|label| {
            !label.is_empty()
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "an expectation is made for one call")]
    fn check(target: &str, expected: Expect) {
        let text = match Target::parse(target) {
            Ok(target) => describe(&target),
            Err(flaw) => format!("{flaw:?}\n"),
        };
        expected.assert_eq(&text);
    }

    fn describe(target: &Target) -> String {
        use std::fmt::Write;
        let mut out = format!("{}\n", target.template.text);
        for segment in &target.template.segments {
            let _ = writeln!(out, "  {segment:?}");
        }
        for item in &target.query {
            let _ = writeln!(out, "? {} = {}", item.name, item.value);
        }
        for quirk in &target.quirks {
            let _ = writeln!(out, "! {quirk:?}");
        }
        out
    }

    #[test]
    fn placeholders_with_blanks() {
        check(
            "/users/{id | userPrincipalName}/messages/",
            expect![[r#"
                /users/{id | userPrincipalName}/messages
                  Literal("users")
                  Key(Placeholder { name: "id | userPrincipalName" })
                  Literal("messages")
            "#]],
        );
    }

    #[test]
    fn host_version_and_query() {
        check(
            "https://api.contoso.com/v1.0/me/view?start={s}&end={e} HTTP/1.1",
            expect![[r#"
                /me/view
                  Literal("me")
                  Literal("view")
                ? start = {s}
                ? end = {e}
            "#]],
        );
    }

    #[test]
    fn colon_path() {
        check(
            "~/drive/root:/{item-path}:/children",
            expect![[r#"
                /drive/root:/{item-path}:/children
                  Literal("drive")
                  Literal("root")
                  ByPath(Placeholder { name: "item-path" })
                  Literal("children")
            "#]],
        );
    }

    #[test]
    fn colon_path_at_the_end() {
        check(
            "sites/{host}:/{path}",
            expect![[r#"
                /sites/{host}:/{path}
                  Literal("sites")
                  Key(Placeholder { name: "host" })
                  ByPath(Placeholder { name: "path" })
            "#]],
        );
    }

    #[test]
    fn function_with_arguments() {
        check(
            "/me/view(start='{s}', size=640,kind=ns.kind'{k}')/range(<address>)",
            expect![[r#"
                /me/view(start='{s}', size=640,kind=ns.kind'{k}')/range(<address>)
                  Literal("me")
                  Call { name: "view", arguments: [Argument { name: Some("start"), value: Placeholder { placeholder: Placeholder { name: "s" }, quoted: true } }, Argument { name: Some("size"), value: Placeholder { placeholder: Placeholder { name: "size" }, quoted: false } }, Argument { name: Some("kind"), value: Placeholder { placeholder: Placeholder { name: "k" }, quoted: true } }] }
                  Call { name: "range", arguments: [Argument { name: None, value: Placeholder { placeholder: Placeholder { name: "address" }, quoted: false } }] }
            "#]],
        );
    }

    #[test]
    fn parenthesis_left_open() {
        check(
            "/range(address='<address>'/row",
            expect![[r#"
                /range(address='<address>'/row
                  Call { name: "range", arguments: [Argument { name: Some("address"), value: Placeholder { placeholder: Placeholder { name: "address" }, quoted: true } }] }
                  Literal("row")
                ! OpenParenthesis("range(address='<address>'")
            "#]],
        );
    }

    #[test]
    fn samples_where_placeholders_belong() {
        check(
            "/domains/contoso.com/records/acdefc6b-2dc6-4e71-b1e9-6d9810ab1793/kind/{a} | b",
            expect![[r#"
                /domains/contoso.com/records/acdefc6b-2dc6-4e71-b1e9-6d9810ab1793/kind/{a} | b
                  Literal("domains")
                  Key(Placeholder { name: "hostname" })
                  Literal("records")
                  Key(Placeholder { name: "id" })
                  Literal("kind")
                  Key(Placeholder { name: "a | b" })
                ! Sample("contoso.com")
                ! Sample("acdefc6b-2dc6-4e71-b1e9-6d9810ab1793")
                ! StrayPlaceholder("{a} | b")
            "#]],
        );
    }

    #[test]
    fn named_key_as_a_segment() {
        check(
            "/roles/templateId={templateId}/members/$ref",
            expect![[r#"
                /roles/templateId={templateId}/members/$ref
                  Literal("roles")
                  AlternateKey([Argument { name: Some("templateId"), value: Placeholder { placeholder: Placeholder { name: "templateId" }, quoted: true } }])
                  Literal("members")
                  Ref
                ! NamedKeySegment("templateId={templateId}")
            "#]],
        );
    }

    #[test]
    fn no_path() {
        check("/me/folders/{id}/.../messages", expect!["Ellipsis\n"]);
        check("{uploadUrl}", expect!["WholeUrl\n"]);
        check("** Collection URI for x not found", expect!["NoPath\n"]);
        check("/", expect!["NoPath\n"]);
        check(&"/a".repeat(65), expect!["TooLong\n"]);
    }
}
