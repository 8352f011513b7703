//! Which of the documented examples answers a request.

use serde_json::Value;

use crate::model::{Example, ExampleBody, Operation, is_same_path};

use super::message::{Call, query_of, split_target};
use super::problem::Problem;
use super::route::{Library, Route};

/// An example that can answer a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'a> {
    /// The text of the path that is called.
    template: &'a str,
    /// The operation of the example's page, which may list other paths than this.
    pub(super) operation: &'a Operation,
    pub(super) example: &'a Example,
}

/// How well an example suits a request. What stands first counts most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fitness {
    /// Whether it shows a success, or the very request that is refused.
    is_eligible: bool,
    path: Likeness,
    /// Of query and body, how much is the same less how much is not.
    content: i64,
    is_success: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// Another of the documented paths.
    Other,
    /// The same template, with other arguments.
    Template,
    /// The same.
    Same,
}

/// What it counts that a query or body is the very one of the example.
const EQUAL: i64 = 1_000_000;

/// The examples of all pages that document the place, in the order of the pages, and behind them
/// those of other pages whose requests lead to it.
pub(super) fn candidates<'a>(library: &'a Library, route: &'a Route) -> Vec<Candidate<'a>> {
    let (mut candidates, mut strays) = (Vec::new(), Vec::new());
    let mut seen = Vec::new();
    for found in &route.matches {
        if seen.contains(&found.operation) {
            continue;
        }
        seen.push(found.operation);
        let operation = library.operation(route, found);
        let template = operation.paths[found.path].template.text.as_str();
        let own = operation.examples.iter().map(|example| (operation, example));
        let candidate = |(operation, example)| Candidate { template, operation, example };
        candidates.extend(own.map(candidate));
        strays.extend(library.strays(route.version, found.operation).map(candidate));
    }
    candidates.append(&mut strays);
    candidates
}

/// The place among the candidates of the example that a request asks for by name, or of the one
/// that suits it best. None when no example has an answer.
pub(super) fn choose(
    call: &Call,
    route: &Route,
    candidates: &[Candidate<'_>],
) -> Result<Option<usize>, Problem> {
    if let Some(name) = wanted(call) {
        let named = |candidate: &Candidate<'_>| {
            candidate.example.name.as_deref() == Some(&name) || id(candidate) == name
        };
        return match candidates.iter().position(named) {
            Some(at) => Ok(Some(at)),
            None => Err(unknown(&name, candidates)),
        };
    }
    let (query, body) = (call.query(), call.json());
    let suited = candidates.iter().enumerate().filter_map(|(at, candidate)| {
        let fitness = fitness(route, candidate, &query, body.as_ref())?;
        Some((fitness, at))
    });
    // Of two that suit as well as each other, the first.
    let best = suited.reduce(|best, next| if next.0 > best.0 { next } else { best });
    Ok(best.map(|(_, at)| at))
}

/// The name in `Prefer: example=NAME`, beside other preferences.
fn wanted(call: &Call) -> Option<String> {
    let preferences = call.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("prefer"));
    preferences.flat_map(|(_, value)| value.split([',', ';'])).find_map(|preference| {
        let (name, value) = preference.split_once('=')?;
        let is_example = name.trim().eq_ignore_ascii_case("example");
        is_example.then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// What an example is called that has no name: `user-list#2`, counted from 1.
pub(super) fn id(candidate: &Candidate<'_>) -> String {
    let Candidate { operation, example, .. } = candidate;
    let at = operation.examples.iter().position(|other| std::ptr::eq(other, *example));
    format!("{}#{}", operation.id, at.map_or(1, |at| at + 1))
}

fn unknown(name: &str, candidates: &[Candidate<'_>]) -> Problem {
    let names: Vec<_> = candidates
        .iter()
        .map(|candidate| candidate.example.name.clone().unwrap_or_else(|| id(candidate)))
        .collect();
    let names = match names.as_slice() {
        [] => "; it has none".to_owned(),
        names => format!("; it has `{}`", names.join("`, `")),
    };
    Problem::bad_request(format!("the operation has no example `{name}`{names}"))
}

fn fitness(
    route: &Route,
    candidate: &Candidate<'_>,
    query: &[(String, String)],
    body: Option<&Value>,
) -> Option<Fitness> {
    let response = candidate.example.response.as_ref()?;
    let is_success = response.status < 400;
    let Some(request) = &candidate.example.request else {
        let path = Likeness::Other;
        return Some(Fitness { is_eligible: is_success, path, content: 0, is_success });
    };
    let path = if is_same_path(&request.url, &route.path) {
        Likeness::Same
    } else if is_like(&request.url, candidate.template) {
        Likeness::Template
    } else {
        Likeness::Other
    };
    let shown = query_of(split_target(&request.url).1);
    let shown_body = request.body.as_ref().and_then(json);
    let content = query_likeness(query, &shown) + body_likeness(body, shown_body.as_ref());
    let is_eligible = is_success || path == Likeness::Same && content == 2 * EQUAL;
    Some(Fitness { is_eligible, path, content, is_success })
}

/// Whether a URL has as many segments as a template, and begins alike.
fn is_like(url: &str, template: &str) -> bool {
    let path = split_target(url).0;
    let segments = |text: &str| text.split('/').filter(|part| !part.is_empty()).count();
    let first = template.split('/').find(|part| !part.is_empty()).unwrap_or_default();
    let behind = path.split_once(&format!("/{first}")).map(|(_, behind)| behind);
    behind.is_some_and(|behind| segments(behind) + 1 == segments(template))
}

pub(super) fn json(body: &ExampleBody) -> Option<Value> {
    match body {
        ExampleBody::Json { text, .. } => serde_json::from_str(text).ok(),
        ExampleBody::Text(_) => None,
    }
}

/// Whether two queries have the same options, in whatever order.
pub(super) fn is_same_query(left: &[(String, String)], right: &[(String, String)]) -> bool {
    left.len() == right.len() && left.iter().all(|pair| right.contains(pair))
}

/// Whether two bodies say the same, for those to whom a member that is null is none.
pub(super) fn is_same_body(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let same = |(name, value): (&String, &Value)| {
                is_same_body(value, right.get(name).unwrap_or(&Value::Null))
            };
            left.iter().all(same)
                && right.iter().all(|(name, value)| value.is_null() || left.contains_key(name))
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| is_same_body(left, right))
        }
        _ => left == right,
    }
}

fn query_likeness(given: &[(String, String)], shown: &[(String, String)]) -> i64 {
    if is_same_query(given, shown) {
        return EQUAL;
    }
    let named = |name: &str| shown.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
    let same = given.iter().filter(|pair| shown.contains(pair)).count();
    let alike = given.iter().filter(|(name, _)| named(name)).count();
    count(3 * same + alike) - count(shown.len().saturating_sub(alike) * 2)
}

fn body_likeness(given: Option<&Value>, shown: Option<&Value>) -> i64 {
    match (given, shown) {
        (None, None) => EQUAL,
        (Some(given), Some(shown)) if is_same_body(given, shown) => EQUAL,
        (Some(Value::Object(given)), Some(Value::Object(shown))) => {
            let same = given.iter().filter(|(name, value)| shown.get(*name) == Some(value)).count();
            let alike = given.keys().filter(|name| shown.contains_key(*name)).count();
            count(3 * same + alike) - count((shown.len() - alike) * 2)
        }
        _ => 0,
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(EQUAL)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{is_same_body, is_same_query, query_likeness};

    fn query(text: &str) -> Vec<(String, String)> {
        super::query_of(text)
    }

    #[test]
    fn a_member_that_is_null_is_none() {
        let shown = json!({"a": 1, "b": null, "c": [{"d": null}]});
        assert!(is_same_body(&json!({"a": 1, "c": [{}]}), &shown));
        assert!(!is_same_body(&json!({"a": 1, "b": 2, "c": [{}]}), &shown));
        assert!(!is_same_body(&json!({"c": [{}]}), &shown));
    }

    #[test]
    fn the_order_and_form_of_a_query_do_not_count() {
        assert!(is_same_query(&query("%24top=2&$select=a,b"), &query("$select=a%2Cb&$top=2")));
        assert!(!is_same_query(&query("$top=2"), &query("$top=3")));
    }

    #[test]
    fn a_query_is_nearer_to_one_with_the_same_options() {
        let given = query("$search=x&$count=true");
        let near = query_likeness(&given, &query("$search=y&$count=true&$orderby=z"));
        assert!(near > query_likeness(&given, &query("$top=2&$select=a")));
        assert!(near < query_likeness(&given, &given));
    }
}
