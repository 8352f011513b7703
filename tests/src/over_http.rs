//! The documented examples, sent by the compiled functions over HTTP, and answered by a mock that
//! was made from the same docs.
//!
//! The answer must have the status that the page shows, decode into its type, and encode back to
//! the JSON of the page. Links that the mock puts in the place of those of the docs must lead to it.

use docbind::model::{Example, ExampleRequest, ExampleResponse, Model, Operation, is_same_path};
use docbind_runtime::codegen::Node;
use docbind_runtime::codegen::replay::{Call, Replay};
use docbind_runtime::{Client, FromResponse, Request, Response, Retry};
use serde_json::Value;

use crate::equal::{Nulls, difference};
use crate::examples::{Failure, Found, Player, Report, Step, body, clip, is_empty, query_of};

/// An answer as it came.
struct Raw(Response);

impl FromResponse for Raw {
    fn from_response(response: &Response, _: bool) -> docbind_runtime::Result<Self> {
        Ok(Self(response.clone()))
    }
}

/// Sends all examples of a version through `connection`, whose base URL is that of the mock.
pub async fn replay<C>(
    model: &Model,
    client: &C,
    connection: &Client,
    tables: &[&[Replay<C>]],
) -> Report {
    let player = Player::new(model, client, tables);
    let mut report = Report::default();
    for operation in &model.operations {
        for (at, example) in operation.examples.iter().enumerate() {
            let Some(request) = &example.request else { continue };
            match exchange(&player, connection, operation, example, request).await {
                Ok(true) => report.responses += 1,
                Ok(false) => report.untyped += 1,
                Err((step, message)) => report.failures.push(Failure {
                    example: format!("{} {} over http", operation.id, at + 1),
                    step,
                    message: format!("{}{message}", excuse(&player, operation, request)),
                    place: format!("{}:{}", request.source.file, request.source.line),
                }),
            }
            report.requests += 1;
        }
    }
    report
}

/// What the page itself does wrong, in front of what came of it.
fn excuse<'a, C>(
    player: &Player<'a, C>,
    operation: &'a Operation,
    request: &ExampleRequest,
) -> &'static str {
    let found = player.find(operation, Some(request));
    if found.is_some_and(|found| found.arguments.is_none()) {
        return "(undocumented-path) ";
    }
    let is_same = |other: &ExampleRequest| {
        other.source != request.source
            && other.method == request.method
            && is_same_path(&other.url, &request.url)
            && sorted(&other.url) == sorted(&request.url)
            && body(other.body.as_ref()).1 == body(request.body.as_ref()).1
    };
    let examples = player.model.operations.iter().flat_map(|operation| &operation.examples);
    let mut requests = examples.filter_map(|example| example.request.as_ref());
    if requests.any(is_same) { "(same-request) " } else { "" }
}

fn sorted(url: &str) -> Vec<(&str, &str)> {
    let mut query = query_of(url);
    query.sort_unstable();
    query
}

async fn exchange<'a, C>(
    player: &Player<'a, C>,
    connection: &Client,
    operation: &'a Operation,
    example: &Example,
    request: &ExampleRequest,
) -> Result<bool, (Step, String)> {
    let found = player
        .find(operation, Some(request))
        .ok_or_else(|| (Step::Find, "no endpoint of the crate stands for it".to_owned()))?;
    let call = player.call(&found, request)?;
    let sent = built(connection, call, request).send_full().await;
    let status = example.response.as_ref().map(|response| response.status);
    match (sent, &example.response) {
        (Ok(answer), Some(response)) => {
            // A redirect has been followed.
            let is_redirect = (300..400).contains(&response.status) && answer.status == 200;
            if answer.status != response.status && !is_redirect {
                let message = format!("{} instead of {}", answer.status, response.status);
                return Err((Step::Find, message));
            }
            if is_redirect {
                // What comes behind it is another example, if the page shows it.
                return Ok(!answer.value.0.body.is_empty());
            }
            compare(&found, connection.base_url(), &answer.value.0, response)
        }
        (Ok(_), None) => Ok(false),
        (Err(error), _) if error.status().is_some() && error.status() == status => Ok(false),
        (Err(error), _) => Err((Step::Find, error.to_string())),
    }
}

/// The request with what the example has beside path and body.
fn built(connection: &Client, call: Call, example: &ExampleRequest) -> Request<Raw> {
    let mut request: Request<Raw> = Node::new(connection.clone()).get("/").retry(Retry::never());
    request.method = call.method;
    request.path = call.path;
    request.query = call.query;
    request.body = call.body;
    for (name, value) in query_of(&example.url) {
        if !request.query.iter().any(|(known, _)| known == name) {
            request = request.query(name, value);
        }
    }
    for (name, value) in &example.headers {
        // A sample such as `Bearer {token}`, or what is the transport's own affair.
        let is_sent = !["authorization", "host", "content-length", "connection"]
            .iter()
            .any(|other| name.eq_ignore_ascii_case(other));
        if is_sent {
            request = request.header(name, value);
        }
    }
    request
}

fn compare<C>(
    found: &Found<'_, C>,
    base: &str,
    answer: &Response,
    response: &ExampleResponse,
) -> Result<bool, (Step, String)> {
    let (bytes, expected) = body(response.body.as_ref());
    let Some(mut expected) = expected else {
        let is_same = answer.body == bytes;
        let message = || format!("other bytes: {}", clip(&String::from_utf8_lossy(&answer.body)));
        return if is_same { Ok(true) } else { Err((Step::Body, message())) };
    };
    let typed = (found.entry.response)(&answer.body);
    let mut actual = match typed.map_err(|error| (Step::Decode, error.to_string()))? {
        Some(typed) => serde_json::from_slice(&typed)
            .map_err(|error| (Step::Body, format!("no JSON came back: {error}")))?,
        None if is_empty(&expected) => return Ok(true),
        None => return Err((Step::Body, "the answer is lost".to_owned())),
    };
    check_links(base, &mut expected, &mut actual)?;
    match difference(&expected, &actual, Nulls::Absent) {
        Some(difference) => Err((Step::Body, difference)),
        None => Ok(true),
    }
}

/// Takes out what is the mock's own, once it has been looked at.
fn check_links(base: &str, expected: &mut Value, actual: &mut Value) -> Result<(), (Step, String)> {
    let (Some(expected), Some(actual)) = (expected.as_object_mut(), actual.as_object_mut()) else {
        return Ok(());
    };
    let host = base.rsplit_once('/').map_or(base, |(host, _)| host);
    for name in ["@odata.nextLink", "@odata.deltaLink", "uploadUrl"] {
        if expected.remove(name).is_none() {
            continue;
        }
        let link = actual.remove(name).unwrap_or_default();
        if !link.as_str().is_some_and(|link| link.starts_with(host)) {
            return Err((Step::Body, format!("{name} leads elsewhere: {link}")));
        }
        if name == "uploadUrl" {
            expected.remove("expirationDateTime");
            actual.remove("expirationDateTime");
        }
    }
    Ok(())
}
