//! What a filter says: which operations, or which types.
//!
//! In goes the text that somebody wrote, out comes a pattern, or an error that says what to write.

use std::fmt;
use std::str::FromStr;

use super::glob::{self, Glob};
use super::spelling;
use crate::Error;
use crate::model::{Method, last_part, split_target};
use crate::version::is_version;

/// Which operations are meant.
///
/// ```
/// use docbind::select::Pattern;
///
/// for text in [
///     "GET /me/messages",             // a method and a path
///     "/users/*/calendar/**",         // any method; any one segment, any number of segments
///     "/users/{id}/get*(ids=*)",      // wildcards within segments; a placeholder by any name
///     "user-list-messages",           // an operation by its id or name
///     "api/user-*.md",                // all that a page documents
///     "beta: GET /me",                // of one version only
/// ] {
///     assert!(text.parse::<Pattern>().is_ok(), "{text}");
/// }
/// assert!("FETCH /me".parse::<Pattern>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    text: String,
    pub(super) version: Option<String>,
    pub(super) target: Target,
    pub(super) origin: Option<String>,
}

/// What a [`Pattern`] is held against.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Target {
    /// Methods and paths.
    Path { method: Option<Method>, path: Glob },
    /// Ids and names of operations, in lower case.
    Name(String),
    /// Pages.
    Page(Glob),
}

/// Which types are meant: `microsoft.graph.message`, `message`, `changeNotification*`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TypePattern {
    text: String,
    pub(super) version: Option<String>,
    name: String,
    pub(super) origin: Option<String>,
}

const METHODS: [Method; 5] =
    [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];

impl Pattern {
    /// The same with the place in a file where it stands, for messages.
    #[cfg(any(feature = "config", test))]
    pub(crate) fn at(self, origin: String) -> Self {
        Self { origin: Some(origin), ..self }
    }

    /// Whether it speaks of such a version.
    pub(super) fn is_of(&self, version: Option<&str>) -> bool {
        is_of(self.version.as_deref(), version)
    }

    /// Whether it means an operation by what it is called.
    pub(super) fn means_name(&self, id: &str, name: &str) -> bool {
        let Target::Name(pattern) = &self.target else { return false };
        [id, name].iter().any(|text| glob::fits(pattern, &text.to_lowercase()))
    }

    /// Whether it means all that a page documents.
    pub(crate) fn means_page(&self, page: &str) -> bool {
        let Target::Page(pattern) = &self.target else { return false };
        pattern.fits(&folders(page))
    }

    /// Whether it names the page itself, or the operations that have their ids from it.
    pub(crate) fn speaks_of_page(&self, version: Option<&str>, page: &str) -> bool {
        let stem = page.strip_suffix(".md").unwrap_or(page);
        let id = stem.split_once('/').map_or(stem, |(_, id)| id);
        self.is_of(version) && (self.means_page(page) || self.means_name(id, id))
    }
}

impl TypePattern {
    /// The same with the place in a file where it stands, for messages.
    #[cfg(any(feature = "config", test))]
    pub(crate) fn at(self, origin: String) -> Self {
        Self { origin: Some(origin), ..self }
    }

    /// How many letters it has beside `*`; none where it has no `*` and so is a name.
    pub(crate) fn letters(&self) -> Option<usize> {
        let stars = self.name.matches('*').count();
        (stars > 0).then(|| self.name.len() - stars)
    }

    /// Whether it means the type of this full name.
    pub(crate) fn means(&self, version: Option<&str>, full_name: &str) -> bool {
        let full_name = full_name.to_lowercase();
        is_of(self.version.as_deref(), version)
            && (glob::fits(&self.name, &full_name) || glob::fits(&self.name, last_part(&full_name)))
    }
}

fn is_of(wanted: Option<&str>, version: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| version.is_some_and(|known| known.eq_ignore_ascii_case(wanted)))
}

impl FromStr for Pattern {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let fail = |why: &str| Err(Error::new(format!("`{text}` is no filter: {why}")));
        let (version, rest) = split_version(text);
        let (version, target) = match target(rest) {
            // The version may as well stand where URLs and folders of docs have it.
            Ok((inner, target)) => (version.or(inner), target),
            Err(why) => return fail(&why),
        };
        let version = version.map(str::to_owned);
        Ok(Self { text: text.to_owned(), version, target, origin: None })
    }
}

impl FromStr for TypePattern {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let (version, name) = split_version(text);
        let is_name = |char: char| char.is_alphanumeric() || matches!(char, '_' | '.' | '*');
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(Error::new(format!(
                "`{text}` is no type; write its name, such as `message`, `contoso.shop.order` or \
                 `change*`"
            )));
        }
        let version = version.map(str::to_owned);
        let name = name.to_lowercase();
        Ok(Self { text: text.to_owned(), version, name, origin: None })
    }
}

/// Cuts `beta: ` off.
fn split_version(text: &str) -> (Option<&str>, &str) {
    match text.split_once(':') {
        Some((version, rest)) if is_version(version) => (Some(version), rest.trim_start()),
        _ => (None, text),
    }
}

/// What stands behind the version, and the version that it may have inside.
fn target(text: &str) -> Result<(Option<&str>, Target), String> {
    let is_path = |text: &str| text.starts_with('/') || text.contains("://");
    if text.is_empty() {
        return Err("it is empty; write an operation, such as `GET /me`".to_owned());
    }
    if text.starts_with('/') || text.starts_with("http") && is_path(text) {
        return path(None, text);
    }
    if let Some((method, rest)) = text.split_once(char::is_whitespace)
        && let rest = rest.trim_start()
        && (is_path(rest) || is_method(method))
    {
        if !is_method(method) {
            let known = METHODS.map(Method::as_str).join(", ");
            return Err(format!("`{method}` is no method, which are {known}, and `*` for any"));
        }
        if !is_path(rest) {
            return Err(format!("a path starts with a slash: `{method} /{rest}`"));
        }
        let method = METHODS.into_iter().find(|it| it.as_str().eq_ignore_ascii_case(method));
        return path(method, rest);
    }
    if text.contains(['[', ']', '?', '{', '}']) {
        return Err("names and pages have no other wildcards than `*` and `**`".to_owned());
    }
    if text.to_lowercase().ends_with(".md") {
        if !text.contains('/') {
            return Err(format!("a page has its folder in front: `api/{text}`"));
        }
        let (version, page) = match text.split_once('/') {
            Some((folder, page)) if is_version(folder) => (Some(folder), page),
            _ => (None, text),
        };
        let segments = folders(page);
        whole_segments(&segments)?;
        return Ok((version, Target::Page(Glob::new(segments))));
    }
    if let Some((head, rest)) = text.split_once('/').filter(|(head, _)| is_method(head)) {
        return Err(format!("a blank stands between method and path: `{head} /{rest}`"));
    }
    Ok((None, Target::Name(text.to_lowercase())))
}

fn is_method(text: &str) -> bool {
    text == "*" || METHODS.iter().any(|method| method.as_str().eq_ignore_ascii_case(text))
}

fn path(method: Option<Method>, text: &str) -> Result<(Option<&str>, Target), String> {
    if let Some((path, method)) = text.rsplit_once('#') {
        return Err(format!("the method stands in front: `{method} {path}`"));
    }
    let (version, path) = split_target(text);
    let segments = spelling::of_text(path);
    whole_segments(&segments)?;
    if segments.is_empty() {
        return Err("the path has no segments; all paths are `/**`".to_owned());
    }
    Ok((version, Target::Path { method, path: Glob::new(segments) }))
}

/// Fails where `**` is only a part of a segment.
fn whole_segments(segments: &[String]) -> Result<(), String> {
    let odd = segments.iter().find(|segment| segment.contains("**") && *segment != "**");
    match odd {
        Some(odd) => Err(format!(
            "`**` is a segment of its own, and `{odd}` is more; write `*` for any part of a segment"
        )),
        None => Ok(()),
    }
}

fn folders(page: &str) -> Vec<String> {
    page.to_lowercase().split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Display for TypePattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check_errors(texts: &[&str], expected: &Expect) {
        let errors = texts.iter().map(|text| match text.parse::<Pattern>() {
            Ok(pattern) => format!("{:?}\n", pattern.target),
            Err(error) => format!("{error}\n"),
        });
        expected.assert_eq(&errors.collect::<String>());
    }

    #[test]
    fn what_is_no_filter() {
        check_errors(
            &[
                "",
                "FETCH /me",
                "GET me",
                "GET/me",
                "me/messages",
                "user-list.md",
                "user-[a-z]*",
                "/me/**s",
                "api/**.md",
                "/me/messages#GET",
                "/",
            ],
            &expect![[r#"
                `` is no filter: it is empty; write an operation, such as `GET /me`
                `FETCH /me` is no filter: `FETCH` is no method, which are GET, POST, PUT, PATCH, DELETE, and `*` for any
                `GET me` is no filter: a path starts with a slash: `GET /me`
                `GET/me` is no filter: a blank stands between method and path: `GET /me`
                Name("me/messages")
                `user-list.md` is no filter: a page has its folder in front: `api/user-list.md`
                `user-[a-z]*` is no filter: names and pages have no other wildcards than `*` and `**`
                `/me/**s` is no filter: `**` is a segment of its own, and `**s` is more; write `*` for any part of a segment
                `api/**.md` is no filter: `**` is a segment of its own, and `**.md` is more; write `*` for any part of a segment
                `/me/messages#GET` is no filter: the method stands in front: `GET /me/messages`
                `/` is no filter: the path has no segments; all paths are `/**`
            "#]],
        );
    }

    #[track_caller]
    fn version(text: &str) -> Option<String> {
        text.parse::<Pattern>().expect("a pattern").version
    }

    #[test]
    fn versions() {
        for text in ["beta: GET /me", "GET /beta/me", "beta: user-get", "beta/api/user-get.md"] {
            assert_eq!(version(text).as_deref(), Some("beta"), "{text}");
        }
        assert_eq!(version("GET https://contoso.example/v1.0/me").as_deref(), Some("v1.0"));
        for text in ["GET /me", "user-get:GET", "api/user-get.md"] {
            assert_eq!(version(text), None, "{text}");
        }
    }

    #[test]
    fn names_of_types() {
        for text in ["", "a b", "GET /me", "a[b]"] {
            let error = text.parse::<TypePattern>().expect_err(text);
            assert!(error.to_string().contains("write its name"), "{error}");
        }
        let pattern: TypePattern = "Change*".parse().expect("a pattern");
        assert!(pattern.means(None, "contoso.changeNotification"));
        assert!(pattern.means(Some("beta"), "contoso.change"));
        assert!(!pattern.means(None, "contoso.exchange"));
        let pattern: TypePattern = "beta: contoso.*.call".parse().expect("a pattern");
        assert!(pattern.means(Some("beta"), "contoso.records.call"));
        assert!(!pattern.means(Some("v1.0"), "contoso.records.call"));
    }
}
