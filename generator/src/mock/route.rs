//! From a request to the documented operations that it calls, or to what is wrong with its path.

use std::collections::BTreeMap;

use crate::model::{Api, Example, Match, Method, Model, Operation, OperationKind, Router, Segment};

use super::message::Call;
use super::problem::Problem;

/// The API, with a router for each version.
#[derive(Debug)]
pub(super) struct Library {
    pub(super) api: Api,
    routers: Vec<Router>,
    strays: Vec<Strays>,
    /// The path of the API's base URL, without a slash at the end.
    base_path: String,
}

/// Examples whose request leads to what other pages document, by the operation there: the places of
/// their own operation and of the example in it. A page may show more paths than it lists.
type Strays = BTreeMap<usize, Vec<(usize, usize)>>;

/// Where a request leads: to one place of one version, which several pages may document.
#[derive(Clone, Debug)]
pub(super) struct Route {
    /// The place of the version in [`Api::versions`].
    pub(super) version: usize,
    /// The path behind the version.
    pub(super) path: String,
    /// The operations, those of the closest path first. Never empty.
    pub(super) matches: Vec<Match>,
}

/// How far apart a path and a documented one may be, as a part of the length of both.
const ALIKE: f64 = 0.5;

/// A longer path than any that is documented is compared by its beginning.
const MOST_SEGMENTS: usize = 24;
const MOST_LETTERS: usize = 48;

impl Library {
    pub(super) fn new(api: Api) -> Self {
        let routers: Vec<_> =
            api.versions.iter().map(|model| Router::new(&model.operations)).collect();
        let strays = api.versions.iter().zip(&routers);
        let strays = strays.map(|(model, router)| strays_of(model, router)).collect();
        let base = api.profile.base_url.as_deref().unwrap_or_default();
        let base_path = base.split_once("://").map_or("", |(_, rest)| rest);
        let base_path = base_path.find('/').map_or("", |slash| &base_path[slash..]);
        let base_path = base_path.trim_end_matches('/').to_owned();
        Self { api, routers, strays, base_path }
    }

    pub(super) fn base_path(&self) -> &str {
        &self.base_path
    }

    pub(super) fn model(&self, version: usize) -> &Model {
        &self.api.versions[version]
    }

    /// The version that a path begins with, and the path behind it. Where there is but one
    /// version, its name may be left out.
    pub(super) fn version<'a>(&self, path: &'a str) -> Result<(usize, &'a str), Problem> {
        let below = path.strip_prefix(self.base_path.as_str()).unwrap_or(path);
        let rest = below.trim_start_matches('/');
        let (first, behind) = rest.split_once('/').unwrap_or((rest, ""));
        let is_named = |model: &Model| {
            model.api_version.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(first))
        };
        if let Some(version) = self.api.versions.iter().position(is_named) {
            return Ok((version, behind));
        }
        if let [only] = self.api.versions.as_slice()
            && (only.api_version.is_none() || !looks_like_version(first))
        {
            return Ok((0, rest));
        }
        let names = self.api.versions.iter().filter_map(|model| model.api_version.as_deref());
        let names = names.collect::<Vec<_>>().join("`, `");
        Err(Problem::not_found(format!(
            "`{first}` is no version of the API; the docs have `{names}`"
        )))
    }

    /// The operations that a request calls.
    pub(super) fn route(&self, call: &Call) -> Result<Route, Problem> {
        let (version, path) = self.version(call.path())?;
        let path = format!("/{path}");
        let Some(method) = method(&call.method) else {
            return Err(self.wrong_path(version, &call.method, &path));
        };
        let matches = self.find(version, method, &path);
        if matches.is_empty() {
            return Err(self.wrong_path(version, &call.method, &path));
        }
        Ok(Route { version, path, matches })
    }

    /// The operations at the closest documented path.
    pub(super) fn find(&self, version: usize, method: Method, path: &str) -> Vec<Match> {
        let mut matches = self.routers[version].find(method, path);
        if matches.is_empty() {
            // Clients that were made from metadata write the namespace before bound names.
            let namespace = format!("/{}.", self.api.profile.root_namespace);
            if path.contains(&namespace) {
                matches = self.routers[version].find(method, &path.replace(&namespace, "/"));
            }
        }
        let Some(arguments) = matches.first().map(|found| found.arguments.clone()) else {
            return matches;
        };
        // Others than the first may be further paths, in which a key takes the place of a word.
        matches.retain(|found| found.arguments == arguments);
        matches
    }

    pub(super) fn operation<'a>(&'a self, route: &Route, found: &Match) -> &'a Operation {
        &self.model(route.version).operations[found.operation]
    }

    /// The examples of other pages whose requests lead to an operation.
    pub(super) fn strays(
        &self,
        version: usize,
        operation: usize,
    ) -> impl Iterator<Item = (&Operation, &Example)> {
        let strays = self.strays[version].get(&operation).into_iter().flatten();
        strays.map(move |&(operation, example)| {
            let operation = &self.model(version).operations[operation];
            (operation, &operation.examples[example])
        })
    }

    fn wrong_path(&self, version: usize, method: &str, path: &str) -> Problem {
        let methods: Vec<_> =
            [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete]
                .into_iter()
                .filter(|method| !self.find(version, *method, path).is_empty())
                .map(Method::as_str)
                .collect();
        if !methods.is_empty() {
            let allow = methods.join(", ");
            let message = format!("{method} {path} is not documented, but {allow}");
            return Problem::not_allowed(message, allow);
        }
        let nearest = match self.nearest(version, method, path) {
            Some((operation, template)) => {
                let (method, id) = (operation.method.as_str(), &operation.id);
                format!("; the nearest documented path is {method} {template} ({id})")
            }
            None => String::new(),
        };
        Problem::not_found(format!("{method} {path} is not documented{nearest}"))
    }

    fn nearest(&self, version: usize, method: &str, path: &str) -> Option<(&Operation, &str)> {
        let given: Vec<String> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .take(MOST_SEGMENTS)
            .map(|part| part.chars().take(MOST_LETTERS).collect::<String>().to_lowercase())
            .collect();
        let operations = &self.model(version).operations;
        let paths = operations.iter().flat_map(|operation| {
            operation.paths.iter().map(move |path| (operation, &path.template))
        });
        let ranked = paths.map(|(operation, template)| {
            // Of paths that are as near as each other, one with the same method.
            let other_method = if operation.method.as_str() == method { 0.0 } else { 0.01 };
            let far = distance(&given, &template.segments) + other_method;
            (far, operation, template.text.as_str())
        });
        let (far, operation, template) =
            ranked.reduce(|best, next| if next.0 < best.0 { next } else { best })?;
        (far <= ALIKE).then_some((operation, template))
    }
}

fn strays_of(model: &Model, router: &Router) -> Strays {
    let mut strays = Strays::new();
    for (at, operation) in model.operations.iter().enumerate() {
        for (number, example) in operation.examples.iter().enumerate() {
            let Some(request) = &example.request else { continue };
            let matches = router.find(request.method, &request.url);
            let Some(first) = matches.first() else { continue };
            if matches.iter().all(|found| found.operation != at) {
                strays.entry(first.operation).or_default().push((at, number));
            }
        }
    }
    strays
}

pub(super) fn method(name: &str) -> Option<Method> {
    [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete]
        .into_iter()
        .find(|method| method.as_str() == name)
}

/// Whether an operation answers with a collection, page by page.
pub(super) fn is_collection(operation: &Operation) -> bool {
    operation.kind == OperationKind::List
        || operation.responses.iter().any(|response| {
            response.body.as_ref().is_some_and(|body| body.collection)
                && (200..300).contains(&response.status)
        })
}

fn looks_like_version(segment: &str) -> bool {
    segment.eq_ignore_ascii_case("beta")
        || segment.strip_prefix(['v', 'V']).is_some_and(|rest| rest.starts_with(char::is_numeric))
}

/// How far apart a path and a template are, from 0 to 1: the least that it takes to turn one into
/// the other, segment by segment.
fn distance(given: &[String], template: &[Segment]) -> f64 {
    let mut row: Vec<f64> = steps(template.len()).collect();
    for (at, part) in given.iter().enumerate() {
        let mut before = row[0];
        row[0] = before + 1.0;
        for (column, segment) in template.iter().enumerate() {
            let change = before + unlike(part, segment);
            before = row[column + 1];
            row[column + 1] = change.min(before + 1.0).min(row[column] + 1.0);
        }
        debug_assert!(at < MOST_SEGMENTS, "the path has been cut");
    }
    let longest = steps(given.len().max(template.len()).max(1)).last().unwrap_or(1.0);
    row.last().copied().unwrap_or(longest) / longest
}

/// 0, 1, 2, … up to and with `last`.
fn steps(last: usize) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(0.0), |step| Some(step + 1.0)).take(last + 1)
}

fn unlike(part: &str, segment: &Segment) -> f64 {
    match segment {
        Segment::Literal(word) | Segment::Cast(word) => unlike_word(part, word),
        Segment::Call { name, .. } => unlike_word(part.split('(').next().unwrap_or(part), name),
        Segment::Ref => unlike_word(part, "$ref"),
        Segment::Value => unlike_word(part, "$value"),
        Segment::Count => unlike_word(part, "$count"),
        // Anything may be a key, and a word that is like one in the docs is rather that word.
        Segment::Key(_) | Segment::AlternateKey(_) | Segment::ByPath(_) => 0.2,
    }
}

fn unlike_word(part: &str, word: &str) -> f64 {
    1.0 - strsim::normalized_damerau_levenshtein(part, &word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use crate::plan::sample;

    use super::super::message::Call;
    use super::Library;

    /// What the mock says of a path that is not documented.
    #[track_caller]
    fn check(method: &str, target: &str, expected: &str) {
        let operations = [
            "item-list: list GET /items",
            "item-get: get GET /items/{id}",
            "part-list: list GET /items/{id}/parts",
            "item-send: action POST /items/{id}/send",
        ];
        let library = Library::new(sample::api(Vec::new(), Vec::new(), &operations));
        let call = Call {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: bytes::Bytes::new(),
            base: String::new(),
        };
        let problem = library.route(&call).expect_err("no such path");
        let body = problem.answer("1", None).body;
        let body: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(body["error"]["message"], expected);
    }

    #[test]
    fn a_path_is_near_to_another() {
        let nearest = "is not documented; the nearest documented path is";
        check("GET", "/itmes", &format!("GET /itmes {nearest} GET /items (item-list)"));
        check("GET", "/item/7", &format!("GET /item/7 {nearest} GET /items/{{id}} (item-get)"));
        check(
            "GET",
            "/items/7/prats?x=1",
            &format!("GET /items/7/prats {nearest} GET /items/{{id}}/parts (part-list)"),
        );
        check("GET", "/somewhere/else/entirely", "GET /somewhere/else/entirely is not documented");
    }

    #[test]
    fn a_path_that_takes_other_methods() {
        check("DELETE", "/items", "DELETE /items is not documented, but GET");
        check("PURGE", "/items/1/send", "PURGE /items/1/send is not documented, but POST");
    }
}
