//! Which operations somebody means.

use std::fmt;

/// An operation with placeholders for parts of it: `GET /me/messages`, `/users/*/events`,
/// `/me/**`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    method: Option<String>,
    segments: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// One segment, as [`plain`] has it.
    Word(String),
    /// Any segment.
    Any,
    /// Any number of segments.
    Rest,
}

/// How well a segment fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Placeholder,
    Word,
}

impl Pattern {
    /// Every operation.
    pub fn all() -> Self {
        Self { text: "/**".to_owned(), method: None, segments: vec![Part::Rest] }
    }

    /// Every operation of a version.
    pub fn all_of(version: &str) -> Self {
        let segments = vec![Part::Word(plain(version)), Part::Rest];
        Self { text: format!("/{version}/**"), method: None, segments }
    }

    /// Reads a method, which may be missing, and a path, which may begin with a version. Host and
    /// query are no part of it.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (method, path) = match text.split_once(char::is_whitespace) {
            Some((method, path)) => (Some(method.to_uppercase()), path.trim()),
            None => (None, text),
        };
        let is_method = |method: &String| {
            method == "*" || ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str())
        };
        if !path.starts_with('/') || method.as_ref().is_some_and(|method| !is_method(method)) {
            return None;
        }
        let segments = segments(path).map(|segment| match segment {
            "*" => Part::Any,
            "**" => Part::Rest,
            word => Part::Word(plain(word)),
        });
        let method = method.filter(|method| method != "*");
        Some(Self { text: text.to_owned(), method, segments: segments.collect() })
    }

    /// What it means inside of the version that it begins with.
    pub(super) fn inside(&self, version: Option<&str>) -> Option<Self> {
        let [Part::Word(first), rest @ ..] = self.segments.as_slice() else { return None };
        let is_it = version.is_some_and(|version| *first == plain(version));
        is_it.then(|| Self { segments: rest.to_vec(), ..self.clone() })
    }

    /// Which of these operations it means. Of a path without wildcards, those that fit best: a word
    /// is no value for a placeholder where it is a segment of its own.
    pub(super) fn pick<'a>(&self, operations: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        let fitting: Vec<_> =
            operations.filter_map(|operation| Some((operation, self.fit(operation)?))).collect();
        let is_exact = self.segments.iter().all(|part| matches!(part, Part::Word(_)));
        let best = fitting.iter().map(|(_, fit)| fit).max().cloned();
        let is_meant = |fit: &Vec<Fit>| !is_exact || Some(fit) == best.as_ref();
        fitting.iter().filter(|(_, fit)| is_meant(fit)).map(|(operation, _)| *operation).collect()
    }

    fn fit(&self, operation: &str) -> Option<Vec<Fit>> {
        let (method, path) = operation.split_once(' ')?;
        if self.method.as_ref().is_some_and(|wanted| wanted != method) {
            return None;
        }
        let path: Vec<String> = segments(path).map(plain).collect();
        fit(&self.segments, &path)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// How each word of the pattern fits. As with wildcards of shells, only the last `**` needs to be
/// tried again when something behind it does not fit.
fn fit(parts: &[Part], path: &[String]) -> Option<Vec<Fit>> {
    let mut fits = Vec::new();
    let (mut part, mut segment) = (0, 0);
    let mut again: Option<(usize, usize, usize)> = None;
    loop {
        let found = match (parts.get(part), path.get(segment)) {
            (None, None) => return Some(fits),
            (Some(Part::Rest), _) => {
                again = Some((part, segment, fits.len()));
                part += 1;
                continue;
            }
            (Some(Part::Any), Some(_)) => true,
            (Some(Part::Word(word)), Some(text)) if word == text => {
                fits.push(Fit::Word);
                true
            }
            (Some(Part::Word(word)), Some(text)) if text == "{}" && !word.starts_with('$') => {
                fits.push(Fit::Placeholder);
                true
            }
            _ => false,
        };
        if found {
            (part, segment) = (part + 1, segment + 1);
            continue;
        }
        let (rest, start, length) = again?;
        if start >= path.len() {
            return None;
        }
        fits.truncate(length);
        again = Some((rest, start + 1, length));
        (part, segment) = (rest + 1, start + 1);
    }
}

/// The segments of a path. A slash in braces or parentheses separates nothing.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_usize;
    let separates = move |char: char| {
        match char {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        char == '/' && depth == 0
    };
    path.trim_matches('/').split(separates).filter(|segment| !segment.is_empty())
}

/// A path in the one spelling in which it is compared: in lower case, placeholders without names.
pub(super) fn plain(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, placeholder)) = rest.split_once('{') {
        plain.push_str(&before.to_lowercase());
        plain.push_str("{}");
        rest = placeholder.split_once('}').map_or("", |(_, after)| after);
    }
    plain.push_str(&rest.to_lowercase());
    plain.strip_suffix("()").map(str::to_owned).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPERATIONS: [&str; 7] = [
        "DELETE /users/{id}",
        "GET /me/messages",
        "GET /me/messages/{id}",
        "GET /users/delta()",
        "GET /users/{id | userPrincipalName}",
        "GET /users/{id}/messages/{id}/$value",
        "POST /me/messages",
    ];

    #[track_caller]
    fn check(pattern: &str, expected: &[&str]) {
        let pattern = Pattern::parse(pattern).expect("a pattern");
        assert_eq!(pattern.pick(OPERATIONS.into_iter()), expected);
    }

    #[test]
    fn a_path_with_or_without_a_method() {
        check("GET /me/messages", &["GET /me/messages"]);
        check("/me/messages", &["GET /me/messages", "POST /me/messages"]);
        check("get /Me/Messages/", &["GET /me/messages"]);
        check("GET /you", &[]);
    }

    #[test]
    fn placeholders_have_any_name_or_a_value() {
        check("GET /users/{user-id}", &["GET /users/{id | userPrincipalName}"]);
        check("GET /users/adele@contoso.com", &["GET /users/{id | userPrincipalName}"]);
        check("GET /users/delta", &["GET /users/delta()"]);
    }

    #[test]
    fn wildcards() {
        check("GET /users/*", &["GET /users/delta()", "GET /users/{id | userPrincipalName}"]);
        check("/me/**", &["GET /me/messages", "GET /me/messages/{id}", "POST /me/messages"]);
        check("* /**/$value", &["GET /users/{id}/messages/{id}/$value"]);
        check("/**/messages/**/$value", &["GET /users/{id}/messages/{id}/$value"]);
        assert_eq!(Pattern::all().pick(OPERATIONS.into_iter()).len(), OPERATIONS.len());
    }

    #[test]
    fn what_is_no_operation() {
        for text in ["", "me", "GET", "GET me", "FETCH /me", "GET/me"] {
            assert_eq!(Pattern::parse(text), None, "{text}");
        }
    }

    #[test]
    fn many_wildcards_end_soon() {
        let pattern = Pattern::parse(&"/**/a".repeat(2000)).expect("a pattern");
        let operation = format!("GET {}", "/a".repeat(1990));
        assert!(pattern.pick([operation.as_str()].into_iter()).is_empty());
    }
}
