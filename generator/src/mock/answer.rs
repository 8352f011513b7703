//! From the operations that a request calls to the answer that the docs show.

use serde_json::{Value, json};

use crate::model::{ExampleBody, Method, Operation, OperationKind, Primitive, TypeName, TypeRef};

use super::choose::{Candidate, candidates};
use super::message::{Answer, Call, query_of, split_target};
use super::pages::{Collection, Cursor};
use super::problem::Problem;
use super::route::{Library, Route, is_collection};
use super::{Settings, choose, fit, pages, sample};

/// Below this the mock answers for hosts that the docs name and that nobody should call.
pub(super) const OWN_PATH: &str = "/-docbind";

/// An answer with where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Documented {
    pub(super) answer: Answer,
    /// The operation that was called.
    pub(super) operation: String,
    /// The example that was taken, by its name, or as `user-list#2`.
    pub(super) example: Option<String>,
}

/// Answers a request as the docs do.
pub(super) fn documented(
    library: &Library,
    settings: &Settings,
    call: &Call,
) -> Result<Documented, Problem> {
    let route = library.route(call)?;
    let candidates = candidates(library, &route);
    fit::check(library, &route, &candidates, call)?;
    let first = library.operation(&route, &route.matches[0]);
    let is_paged = call.method == Method::Get.as_str() && is_collection(first);
    let cursor = Cursor::of(&call.query()).filter(|_| is_paged);
    let shown = |at: usize| candidates.get(at).is_some_and(|it| it.example.response.is_some());
    let chosen = match cursor.and_then(Cursor::example).filter(|at| shown(*at)) {
        Some(at) => Some(at),
        None => choose::choose(call, &route, &candidates)?,
    };
    let Some(chosen) = chosen else {
        let answer = made_up(library, &route, first, call);
        return Ok(Documented { answer, operation: first.id.clone(), example: None });
    };
    let candidate = &candidates[chosen];
    // The docs may show what comes behind a token of their own.
    let cursor =
        cursor.filter(|cursor| *cursor != Cursor::Foreign || !shows_token(candidate, call));
    let mut answer = from_example(library, candidate, call);
    if is_paged && answer.is_json() {
        let collection = Collection {
            model: library.model(route.version),
            call,
            candidates: &candidates,
            is_endless: settings.is_endless,
        };
        let made = settings.pages.get(&candidate.operation.id);
        let body = match made {
            Some(made) => collection.made(chosen, *made, cursor),
            None => collection.page(chosen, cursor),
        };
        if let Some(body) = body.filter(|body| leads_on(body) || cursor.is_some() || made.is_some())
        {
            answer.body = body.to_string().into();
        }
    }
    let operation = candidate.operation;
    let name = candidate.example.name.clone();
    let example = Some(name.unwrap_or_else(|| choose::id(candidate)));
    Ok(Documented { answer, operation: operation.id.clone(), example })
}

/// Whether a page has links, which are the mock's own then. Others stay as the docs write them.
fn leads_on(body: &Value) -> bool {
    ["@odata.nextLink", "@odata.deltaLink"].iter().any(|link| body.get(link).is_some())
}

/// Whether the token of a request is one that the docs show in the request of an example.
fn shows_token(candidate: &Candidate<'_>, call: &Call) -> bool {
    let Some(request) = &candidate.example.request else { return false };
    let shown = query_of(split_target(&request.url).1);
    call.query().iter().any(|pair| pages::is_token(&pair.0) && shown.contains(pair))
}

fn from_example(library: &Library, candidate: &Candidate<'_>, call: &Call) -> Answer {
    let Some(response) = &candidate.example.response else { return Answer::empty(204) };
    let mut answer = Answer::empty(response.status);
    for (name, value) in &response.headers {
        // The length and the connection are the mock's own affair.
        let is_ours = ["content-length", "transfer-encoding", "connection", "date"]
            .iter()
            .any(|ours| name.eq_ignore_ascii_case(ours));
        if is_ours {
            continue;
        }
        let value = if name.eq_ignore_ascii_case("location") {
            location(library, call, value, response.status)
        } else {
            value.clone()
        };
        answer.headers.push((name.clone(), value));
    }
    let (content_type, body) = match &response.body {
        None => return answer,
        Some(ExampleBody::Json { text, .. }) => ("application/json", text),
        Some(ExampleBody::Text(text)) => ("text/plain", text),
    };
    answer.body = body.clone().into();
    if answer.header("Content-Type").is_none() {
        answer.set_header("Content-Type", content_type);
    }
    answer
}

/// Where the mock stands for the place that a `Location` names.
fn location(library: &Library, call: &Call, location: &str, status: u16) -> String {
    let Some((_, rest)) = location.split_once("://") else { return location.to_owned() };
    let base = &call.base;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let profile = &library.api.profile;
    let own = profile.base_url.as_deref().and_then(|url| url.split_once("://"));
    let own = own.map(|(_, rest)| rest.split('/').next().unwrap_or_default());
    let is_own = own.is_some_and(|own| own.eq_ignore_ascii_case(host))
        || profile.hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
    if is_own {
        return format!("{base}{path}");
    }
    // A redirect leads to bytes, any other place is where something will be done.
    if (300..400).contains(&status) {
        format!("{base}{OWN_PATH}/content{}", call.path())
    } else {
        format!("{base}{OWN_PATH}/monitor/{host}{path}")
    }
}

/// What a redirect leads to: what the docs show of it, or bytes that stand for it. `call` is the
/// request that was redirected.
pub(super) fn content(library: &Library, call: &Call) -> Answer {
    let route = library.route(call);
    let candidates = route.as_ref().map(|route| candidates(library, route)).unwrap_or_default();
    let shown = candidates.iter().find(|candidate| {
        let response = candidate.example.response.as_ref();
        response.is_some_and(|it| (200..300).contains(&it.status) && it.body.is_some())
    });
    match shown {
        Some(shown) => from_example(library, shown, call),
        None => Answer::empty(200).with_body("application/octet-stream", CONTENT),
    }
}

/// An answer made from the documented types.
fn made_up(library: &Library, route: &Route, operation: &Operation, call: &Call) -> Answer {
    let default = if operation.method == Method::Get { 200 } else { 204 };
    let Some(response) = operation.responses.first() else { return Answer::empty(default) };
    let Some(ty) = &response.body else { return Answer::empty(response.status) };
    let model = library.model(route.version);
    match (&ty.name, operation.kind) {
        (TypeName::Primitive(Primitive::Stream), _) => {
            Answer::empty(response.status).with_body("application/octet-stream", CONTENT)
        }
        (_, OperationKind::Reference) => {
            let place = call.path().trim_end_matches('/').trim_end_matches("/$ref");
            let reference = json!({"@odata.id": format!("{}{place}/1", call.base)});
            let body = if ty.collection { json!({ "value": [reference] }) } else { reference };
            Answer::json(response.status, &body)
        }
        (_, OperationKind::Count) => Answer::empty(response.status).with_body("text/plain", "1"),
        (TypeName::Primitive(_), _) => {
            Answer::json(response.status, &json!({"value": sample::value(model, ty)}))
        }
        (TypeName::Named(_), OperationKind::List | OperationKind::Function) if ty.collection => {
            Answer::json(response.status, &json!({"value": sample::value(model, ty)}))
        }
        (TypeName::Named(_), _) => {
            let single = TypeRef { name: ty.name.clone(), collection: false };
            let value = sample::value(model, &single);
            let body = if ty.collection { json!({ "value": [value] }) } else { value };
            Answer::json(response.status, &body)
        }
    }
}

/// What stands for bytes that the docs do not show.
const CONTENT: &str = "the content of a file\n";
