//! From the URL of a request to the documented path that it calls.
//!
//! The examples of the docs, and everything that replays them, name an endpoint by a URL with
//! values filled in. A [`Router`] holds all documented paths as one tree; words are compared
//! ignoring case, and a fixed word wins over a placeholder.

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::path::is_identifier;
use super::{Argument, Method, Operation, Segment};
use crate::lower::Lower;
use crate::version::is_version;

/// All documented paths of one version.
#[derive(Clone, Debug)]
pub struct Router {
    nodes: Vec<Node>,
}

/// A documented path that a URL calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The place of the operation in the list that the router was made from.
    pub operation: usize,
    /// The place of the path in [`Operation::paths`].
    pub path: usize,
    /// What the URL has for each key, alternate key, argument (those that the page gives as
    /// literals too) and item path, in the order of the template, percent-decoded, without quotes.
    pub arguments: Vec<String>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    words: BTreeMap<String, usize>,
    key: Option<usize>,
    calls: Vec<Call>,
    by_path: Option<usize>,
    ends: Vec<(Method, usize, usize)>,
}

/// A function, or an alternate key when the name is empty.
#[derive(Clone, Debug)]
struct Call {
    name: String,
    arguments: Vec<Option<String>>,
    node: usize,
}

/// A part of a URL's path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Word(String),
    Call { name: String, arguments: Vec<(Option<String>, String)> },
    ByPath(String),
}

/// Whether two URLs or paths say the same: host, version and query do not count, nor does the
/// case of words, nor how a character or a key is written (`users('a')` is `users/a`).
pub fn is_same_path(left: &str, right: &str) -> bool {
    let plain = |url: &str| {
        let mut plain = Vec::new();
        for part in parts(path_of(url)) {
            match part {
                Part::Word(word) => plain.push(Part::Word(word.to_lowercase())),
                Part::Call { name, arguments } => match arguments.as_slice() {
                    [(None, key)] => {
                        plain.push(Part::Word(name.to_lowercase()));
                        plain.push(Part::Word(key.to_lowercase()));
                    }
                    _ => plain.push(Part::Call { name: name.to_lowercase(), arguments }),
                },
                Part::ByPath(path) => plain.push(Part::ByPath(path)),
            }
        }
        plain
    };
    plain(left) == plain(right)
}

impl Router {
    /// Takes in the paths of all operations.
    pub fn new(operations: &[Operation]) -> Self {
        let mut router = Self { nodes: vec![Node::default()] };
        for (operation, stated) in operations.iter().enumerate() {
            for (path, documented) in stated.paths.iter().enumerate() {
                let node = router.insert(&documented.template.segments);
                router.nodes[node].ends.push((stated.method, operation, path));
            }
        }
        router
    }

    fn insert(&mut self, segments: &[Segment]) -> usize {
        segments.iter().fold(0, |node, segment| {
            let next = self.nodes.len();
            let at = &mut self.nodes[node];
            let found = match segment {
                Segment::Literal(word) | Segment::Cast(word) => at.word(&Lower::new(word), next),
                Segment::Ref => at.word("$ref", next),
                Segment::Value => at.word("$value", next),
                Segment::Count => at.word("$count", next),
                Segment::Key(_) => *at.key.get_or_insert(next),
                Segment::ByPath(_) => *at.by_path.get_or_insert(next),
                Segment::AlternateKey(arguments) => at.call("", arguments, next),
                Segment::Call { name, arguments } => at.call(name, arguments, next),
            };
            if found == next {
                self.nodes.push(Node::default());
            }
            found
        })
    }

    /// The documented paths that a request calls, the closest first.
    ///
    /// `url` is a whole URL or a path; its host, its query and a version in front are passed over.
    pub fn find(&self, method: Method, url: &str) -> Vec<Match> {
        let parts = parts(path_of(url));
        let mut found = Vec::new();
        self.walk(0, &parts, &mut Vec::new(), &mut |node, arguments| {
            let ends = self.nodes[node].ends.iter().filter(|end| end.0 == method);
            found.extend(ends.map(|&(_, operation, path)| Match {
                operation,
                path,
                arguments: arguments.to_vec(),
            }));
        });
        found
    }

    // Each step goes down by one node and consumes one part, so a walk visits each node at most
    // once, and a URL longer than the tree is deep ends early.
    fn walk(
        &self,
        node: usize,
        parts: &[Part],
        arguments: &mut Vec<String>,
        found: &mut impl FnMut(usize, &[String]),
    ) {
        let Some((part, rest)) = parts.split_first() else { return found(node, arguments) };
        let at = &self.nodes[node];
        let depth = arguments.len();
        match part {
            Part::Word(word) => {
                if let Some(&next) = at.words.get(&*Lower::new(word)) {
                    self.walk(next, rest, arguments, found);
                }
                // `$count` and its like are no keys.
                if let Some(next) = at.key.filter(|_| !word.starts_with('$')) {
                    arguments.push(word.clone());
                    self.walk(next, rest, arguments, found);
                    arguments.truncate(depth);
                }
                // What is documented as `archive` may be called with its namespace, too.
                if let Some((_, plain)) = word.rsplit_once('.')
                    && let Some(&next) = at.words.get(&*Lower::new(plain))
                {
                    self.walk(next, rest, arguments, found);
                }
            }
            Part::ByPath(path) => {
                if let Some(next) = at.by_path {
                    arguments.push(path.clone());
                    self.walk(next, rest, arguments, found);
                    arguments.truncate(depth);
                }
            }
            Part::Call { name, arguments: given } => {
                let lower = Lower::new(name);
                for call in at.calls.iter().filter(|call| call.name == *lower) {
                    if call.bind(given, arguments) {
                        self.walk(call.node, rest, arguments, found);
                    }
                    arguments.truncate(depth);
                }
                let Some(&next) = at.words.get(&*lower) else { return };
                for call in self.nodes[next].calls.iter().filter(|call| call.name.is_empty()) {
                    if call.bind(given, arguments) {
                        self.walk(call.node, rest, arguments, found);
                    }
                    arguments.truncate(depth);
                }
                // `users('id')` is `users/id`.
                if let ([(None, key)], Some(next)) = (given.as_slice(), self.nodes[next].key) {
                    arguments.push(key.clone());
                    self.walk(next, rest, arguments, found);
                    arguments.truncate(depth);
                }
            }
        }
    }
}

impl Node {
    fn word(&mut self, word: &str, next: usize) -> usize {
        self.words.get(word).copied().unwrap_or_else(|| {
            self.words.insert(word.to_owned(), next);
            next
        })
    }

    fn call(&mut self, name: &str, arguments: &[Argument], next: usize) -> usize {
        let name = name.to_lowercase();
        if arguments.is_empty() && !name.is_empty() {
            return *self.words.entry(name).or_insert(next);
        }
        let arguments: Vec<_> = arguments
            .iter()
            .map(|argument| argument.name.as_ref().map(|name| name.to_lowercase()))
            .collect();
        let known = self.calls.iter().find(|call| call.name == name && call.arguments == arguments);
        if let Some(call) = known {
            return call.node;
        }
        self.calls.push(Call { name, arguments, node: next });
        next
    }
}

impl Call {
    /// Puts the given values in the order of the template.
    fn bind(&self, given: &[(Option<String>, String)], bound: &mut Vec<String>) -> bool {
        if given.len() != self.arguments.len() {
            return false;
        }
        let named = self.arguments.iter().enumerate().map(|(at, name)| {
            let same = |(other, _): &&(Option<String>, String)| {
                other.as_ref().map(|other| other.to_lowercase()) == *name
            };
            // An alternate key or argument whose name only one side gives is taken by its place.
            let by_place = given.get(at).filter(|(other, _)| other.is_none() || name.is_none());
            given.iter().find(same).or(by_place).map(|(_, value)| value.clone())
        });
        let Some(values) = named.collect::<Option<Vec<_>>>() else { return false };
        bound.extend(values);
        true
    }
}

/// The path of a URL, without host, version and query.
fn path_of(url: &str) -> &str {
    let url = url.trim();
    let path = match url.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            rest.find('/').map_or("", |slash| &rest[slash..])
        }
        _ => url.trim_start_matches('~'),
    };
    let path = &path[..query_start(path)];
    let trimmed = path.trim_start_matches('/');
    match trimmed.split_once('/') {
        Some((version, rest)) if is_version(version) => rest,
        None if is_version(trimmed) => "",
        _ => trimmed,
    }
}

/// The first `?` that stands outside of placeholders.
fn query_start(path: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'?' if depth == 0 => return at,
            _ => {}
        }
    }
    path.len()
}

fn parts(path: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut item_path: Option<Vec<String>> = None;
    for segment in split_outside(path, '/') {
        let closes = segment.ends_with(':');
        let text = percent_decoded(segment.trim_end_matches(':'));
        match &mut item_path {
            Some(words) => {
                if !text.is_empty() {
                    words.push(text);
                }
                if closes {
                    parts.push(Part::ByPath(words.join("/")));
                    item_path = None;
                }
            }
            None if segment.is_empty() => {}
            None => {
                parts.push(part(segment.trim_end_matches(':')));
                if closes {
                    item_path = Some(Vec::new());
                }
            }
        }
    }
    if let Some(words) = item_path.filter(|words| !words.is_empty()) {
        parts.push(Part::ByPath(words.join("/")));
    }
    parts
}

fn part(segment: &str) -> Part {
    let call = segment.strip_suffix(')').and_then(|segment| segment.split_once('('));
    let Some((name, arguments)) = call.filter(|(name, _)| !name.is_empty()) else {
        return Part::Word(percent_decoded(segment));
    };
    let name = percent_decoded(name);
    if arguments.trim().is_empty() {
        return Part::Word(name);
    }
    let arguments = split_outside(arguments, ',').map(|argument| match argument.split_once('=') {
        Some((name, value)) if is_identifier(name.trim()) => {
            (Some(name.trim().to_owned()), literal(value))
        }
        _ => (None, literal(argument)),
    });
    Part::Call { name, arguments: arguments.collect() }
}

/// A literal as the caller would give it: decoded, quotes taken off, doubled quotes undone.
fn literal(value: &str) -> String {
    let value = percent_decoded(value.trim());
    for quote in ['\'', '"'] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner.replace(&format!("{quote}{quote}"), &quote.to_string());
        }
    }
    value
}

/// Splits at a separator that stands outside of quotes, parentheses and braces.
///
/// A quote or bracket that is not closed does not swallow the rest: then only plain separators
/// count.
fn split_outside(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let balanced = is_balanced(text);
    let mut quoted = false;
    let mut depth = 0_usize;
    text.split(move |next: char| {
        if !balanced {
            return next == separator;
        }
        match next {
            '\'' if depth > 0 || separator == ',' => quoted = !quoted,
            '(' | '{' | '<' if !quoted => depth += 1,
            ')' | '}' | '>' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        next == separator && !quoted && depth == 0
    })
}

fn is_balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    let mut quotes = 0_usize;
    for next in text.chars() {
        match next {
            '(' | '{' | '<' => depth += 1,
            ')' | '}' | '>' => depth -= 1,
            '\'' => quotes += 1,
            _ => {}
        }
    }
    depth == 0 && quotes.is_multiple_of(2)
}

/// Undoes percent-encoding; what is not UTF-8 then stays as it is.
fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::{Part, parts, path_of};

    #[track_caller]
    fn check(url: &str, expected: &[Part]) {
        assert_eq!(parts(path_of(url)), expected);
    }

    fn word(text: &str) -> Part {
        Part::Word(text.to_owned())
    }

    #[test]
    fn host_version_and_query_are_passed_over() {
        let expected = [word("me"), word("messages")];
        for url in [
            "https://graph.microsoft.com/v1.0/me/messages?$top=5",
            "https://graph.microsoft.com/V1.0/me/messages/",
            "https://example.org/beta/me/messages",
            "/me/messages",
            "~/me//messages",
            "me/messages",
        ] {
            check(url, &expected);
        }
    }

    #[test]
    fn arguments_lose_their_quotes() {
        let arguments = vec![
            (Some("start".to_owned()), "2026-01-01T00:00:00".to_owned()),
            (Some("name".to_owned()), "it's, a/b".to_owned()),
        ];
        check(
            "/me/view(start=2026-01-01T00:00:00,name='it''s, a/b')",
            &[word("me"), Part::Call { name: "view".to_owned(), arguments }],
        );
    }

    #[test]
    fn a_path_between_colons_is_one_part() {
        let path = Part::ByPath("Plans/a b.txt".to_owned());
        check(
            "/me/drive/root:/Plans/a%20b.txt:/content",
            &[word("me"), word("drive"), word("root"), path.clone(), word("content")],
        );
        check("/me/drive/root:/Plans/a%20b.txt", &[word("me"), word("drive"), word("root"), path]);
    }

    #[test]
    fn a_key_keeps_its_slash_when_it_is_encoded() {
        check("/users/a%2Fb", &[word("users"), word("a/b")]);
    }

    #[test]
    fn brackets_that_do_not_match_do_not_swallow_the_rest() {
        check("/users/a(b/messages", &[word("users"), word("a(b"), word("messages")]);
    }
}
