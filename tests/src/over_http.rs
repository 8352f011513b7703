//! The documented examples, sent by the compiled functions over HTTP, and answered by a mock that
//! was made from the same docs.
//!
//! The answer must have the status that the page shows, decode into its type, and encode back to
//! the JSON of the page. Links that the mock puts in the place of those of the docs must lead to it.

use docbind::model::{Example, ExampleBody, ExampleRequest, ExampleResponse, Model, Operation};
use docbind_runtime::codegen::Node;
use docbind_runtime::codegen::replay::{Call, Replay};
use docbind_runtime::{Body, Client, FromResponse, Request, Response, Retry};
use percent_encoding::percent_decode_str;
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
            let asked = Asked { connection, operation, example, request };
            let mut outcome = asked.exchange(&player, None).await;
            if outcome.is_err() {
                // Several pages may show one request: then it takes the example's name.
                let name = format!("{}#{}", operation.id, at + 1);
                if let Ok(is_typed) = asked.exchange(&player, Some(&name)).await {
                    outcome = Ok(is_typed);
                    report.by_name += 1;
                }
            }
            match outcome {
                Ok(true) => report.responses += 1,
                Ok(false) => report.untyped += 1,
                Err((step, message)) => report.failures.push(Failure {
                    example: format!("{} {} over http", operation.id, at + 1),
                    step,
                    message,
                    place: format!("{}:{}", request.source.file, request.source.line),
                }),
            }
            report.requests += 1;
        }
    }
    report
}

/// An example that is asked for.
#[derive(Clone, Copy)]
struct Asked<'a> {
    connection: &'a Client,
    operation: &'a Operation,
    example: &'a Example,
    request: &'a ExampleRequest,
}

impl<'a> Asked<'a> {
    /// Whether there was an answer to compare.
    async fn exchange<C>(
        self,
        player: &Player<'a, C>,
        name: Option<&str>,
    ) -> Result<bool, (Step, String)> {
        let found = player
            .find(self.operation, Some(self.request))
            .ok_or_else(|| (Step::Find, "no endpoint of the crate stands for it".to_owned()))?;
        let call = player.call(&found, self.request)?;
        let mut request = built(self.connection, call, self.request);
        if let Some(name) = name {
            request = request.header("Prefer", format!("example={name}"));
        }
        let sent = request.send_full().await;
        let Some(response) = &self.example.response else {
            return sent.map(|_| false).map_err(|error| (Step::Find, error.to_string()));
        };
        match sent {
            // A redirect has been followed; what comes behind it is an example of its own.
            Ok(answer) if (300..400).contains(&response.status) && answer.status == 200 => {
                Ok(!answer.value.0.body.is_empty())
            }
            Ok(answer) if answer.status != response.status => {
                Err((Step::Find, format!("{} instead of {}", answer.status, response.status)))
            }
            Ok(answer) => compare(&found, self.connection.base_url(), &answer.value.0, response),
            Err(error) if error.status() == Some(response.status) => Ok(false),
            Err(error) => Err((Step::Find, error.to_string())),
        }
    }
}

/// The request with what the example has beside path and body.
fn built(connection: &Client, call: Call, example: &ExampleRequest) -> Request<Raw> {
    let mut request: Request<Raw> = Node::new(connection.clone()).get("/").retry(Retry::never());
    request.method = call.method;
    request.path = call.path;
    request.query = call.query;
    request.body = call.body;
    let is_json = |(name, value): &(String, String)| {
        name.eq_ignore_ascii_case("content-type") && value.to_ascii_lowercase().contains("json")
    };
    if let Some(ExampleBody::Text(text)) = &example.body
        && !example.headers.iter().any(is_json)
    {
        // The other form that some functions take, which callers send as it is.
        let bytes = text.clone().into_bytes().into();
        request.body = Body::Bytes { content_type: None, bytes };
    }
    for (name, value) in query_of(&example.url) {
        if !request.query.iter().any(|(known, _)| known == name) {
            // As the page has it, which may be encoded already.
            let value = percent_decode_str(value).decode_utf8_lossy();
            request = request.query(name, &*value);
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
