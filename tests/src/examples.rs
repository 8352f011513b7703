//! The documented examples, sent through the compiled endpoints and types of a generated crate.
//!
//! A request must come out with the method, path and JSON that the page shows; a response must
//! decode into its type and encode back to the same JSON. What does not is a [`Failure`]; those
//! that are known stand in a file of [exceptions](Exceptions), each with a class of reason.

use std::collections::BTreeMap;
use std::fmt;

use docbind::model::{
    Example, ExampleBody, ExampleRequest, ExampleResponse, Method, Model, Operation, Router,
    is_same_path,
};
use docbind_runtime::codegen::replay::{Call, Replay};
use serde_json::Value;

use crate::equal::{Nulls, difference};

/// How the examples of one version fared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Requests that came out as the page shows them.
    pub requests: usize,
    /// Responses that came back as the page shows them.
    pub responses: usize,
    /// Examples of errors, and bodies that are no JSON where JSON is documented: nothing to type.
    pub untyped: usize,
    /// Of those over HTTP, the ones that took the name of the example.
    pub by_name: usize,
    /// The rest.
    pub failures: Vec<Failure>,
}

/// An example that did not come out as it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Which one: `user-post-messages 2 request`, the examples of an operation counted from 1.
    pub example: String,
    /// The step that failed.
    pub step: Step,
    /// What happened.
    pub message: String,
    /// Where the page shows it.
    pub place: String,
}

/// A step of a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Finding the endpoint.
    Find,
    /// Reading the body into its type.
    Decode,
    /// Comparing the path.
    Path,
    /// Comparing the body.
    Body,
}

/// Replays all examples of a version through the tables of its crate.
pub fn replay<C>(model: &Model, client: &C, tables: &[&[Replay<C>]]) -> Report {
    let player = Player::new(model, client, tables);
    let mut report = Report::default();
    for operation in &model.operations {
        for (at, example) in operation.examples.iter().enumerate() {
            player.example(operation, at + 1, example, &mut report);
        }
    }
    report
}

/// What leads from examples to the compiled functions of a crate.
pub(crate) struct Player<'a, C: 'static> {
    pub(crate) model: &'a Model,
    pub(crate) client: &'a C,
    router: Router,
    entries: BTreeMap<(&'a str, &'a str), &'a Replay<C>>,
}

/// The endpoint that an example calls.
pub(crate) struct Found<'a, C: 'static> {
    pub(crate) entry: &'a Replay<C>,
    method: Method,
    /// None when the path of the example is not documented: then the page's own endpoint is taken,
    /// and only the body compared.
    pub(crate) arguments: Option<Vec<String>>,
}

impl<'a, C> Player<'a, C> {
    pub(crate) fn new(model: &'a Model, client: &'a C, tables: &[&'a [Replay<C>]]) -> Self {
        let entries = tables.iter().copied().flatten();
        Self {
            model,
            client,
            router: Router::new(&model.operations),
            entries: entries.map(|entry| ((entry.operation, entry.path), entry)).collect(),
        }
    }

    fn example(
        &self,
        operation: &'a Operation,
        number: usize,
        example: &Example,
        report: &mut Report,
    ) {
        let name = |side: &str| format!("{} {number} {side}", operation.id);
        let Some(found) = self.find(operation, example.request.as_ref()) else {
            report.failures.push(Failure {
                example: name("example"),
                step: Step::Find,
                message: "no endpoint of the crate stands for its operation".to_owned(),
                place: format!("{}:{}", example.source.file, example.source.line),
            });
            return;
        };
        if let Some(request) = &example.request {
            let place = format!("{}:{}", request.source.file, request.source.line);
            match self.request(&found, request) {
                Ok(true) => report.requests += 1,
                Ok(false) => report.untyped += 1,
                Err((step, message)) => {
                    let example = name("request");
                    report.failures.push(Failure { example, step, message, place });
                }
            }
        }
        if let Some(response) = &example.response {
            let place = format!("{}:{}", response.source.file, response.source.line);
            match answer(&found, response) {
                Ok(true) => report.responses += 1,
                Ok(false) => report.untyped += 1,
                Err((step, message)) => {
                    let example = name("response");
                    report.failures.push(Failure { example, step, message, place });
                }
            }
        }
    }

    /// The endpoint that the URL leads to, of the page itself if it can be.
    pub(crate) fn find(
        &self,
        operation: &'a Operation,
        request: Option<&ExampleRequest>,
    ) -> Option<Found<'a, C>> {
        if let Some(request) = request {
            let mut matches = self.router.find(request.method, &request.url);
            let is_other = |at: usize| self.model.operations[at].id != operation.id;
            matches.sort_by_key(|found| is_other(found.operation));
            for found in matches {
                let other = &self.model.operations[found.operation];
                let path = other.paths[found.path].template.text.as_str();
                if let Some(entry) = self.entries.get(&(other.id.as_str(), path)) {
                    let arguments = Some(found.arguments);
                    return Some(Found { entry, method: other.method, arguments });
                }
            }
        }
        let entry = operation.paths.iter().find_map(|path| {
            self.entries.get(&(operation.id.as_str(), path.template.text.as_str()))
        })?;
        Some(Found { entry, method: operation.method, arguments: None })
    }

    /// Whether there was a body or a path to compare.
    fn request(
        &self,
        found: &Found<'_, C>,
        request: &ExampleRequest,
    ) -> Result<bool, (Step, String)> {
        let (bytes, json) = body(request.body.as_ref());
        let call = self.call(found, request)?;
        if call.method.as_str() != request.method.as_str() {
            return Err((
                Step::Path,
                format!("{} instead of {}", call.method.as_str(), request.method.as_str()),
            ));
        }
        if found.arguments.is_some() && !is_same_path(&call.path, &request.url) {
            return Err((Step::Path, format!("{} instead of {}", call.path, request.url)));
        }
        compare(&call, found.method, bytes, json.as_ref())
    }

    /// The request of an example, as the compiled function makes it.
    pub(crate) fn call(
        &self,
        found: &Found<'_, C>,
        request: &ExampleRequest,
    ) -> Result<Call, (Step, String)> {
        let query = query_of(&request.url);
        // An undocumented path gives no arguments: any will do, since the path is not compared.
        let mut arguments: Vec<&str> = match &found.arguments {
            Some(arguments) => arguments.iter().map(String::as_str).collect(),
            None => vec!["1"; 16],
        };
        arguments.truncate(16);
        for name in found.entry.query {
            let given = query.iter().find(|(other, _)| other == name);
            arguments.push(given.map_or("1", |(_, value)| value));
        }
        let (bytes, json) = body(request.body.as_ref());
        let mut call = (found.entry.request)(self.client, &arguments, bytes);
        if json.is_none() && call.is_err() {
            // The page shows no body, or one that is no JSON: the endpoint and its path are left.
            call = (found.entry.request)(self.client, &arguments, b"{}");
        }
        call.map_err(|error| (Step::Decode, error.to_string()))
    }
}

fn compare(
    call: &Call,
    method: Method,
    bytes: &[u8],
    json: Option<&Value>,
) -> Result<bool, (Step, String)> {
    // In an update, null removes.
    let nulls = if method == Method::Patch { Nulls::Kept } else { Nulls::Absent };
    match (json, call.body.to_json()) {
        (Some(expected), Some(actual)) => match difference(expected, &actual, nulls) {
            Some(difference) => Err((Step::Body, difference)),
            None => Ok(true),
        },
        (Some(expected), None) if call.body.as_bytes() != bytes && !is_empty(expected) => {
            Err((Step::Body, format!("the body is lost: {}", clip(&expected.to_string()))))
        }
        (None, _) if !bytes.is_empty() && call.body.as_bytes() != bytes => Ok(false),
        _ => Ok(true),
    }
}

/// Whether the answer is a typed one. Errors have one type for all operations.
fn answer<C>(found: &Found<'_, C>, response: &ExampleResponse) -> Result<bool, (Step, String)> {
    if !(200..300).contains(&response.status) {
        return Ok(false);
    }
    let (bytes, json) = body(response.body.as_ref());
    if bytes.is_empty() {
        return Ok(true);
    }
    let answer = (found.entry.response)(bytes);
    match (answer, json) {
        (Ok(Some(answer)), None) => Ok(answer == bytes),
        (Err(error), Some(_)) => Err((Step::Decode, error.to_string())),
        (Ok(None) | Err(_), None) => Ok(false),
        (Ok(None), Some(expected)) if is_empty(&expected) => Ok(true),
        (Ok(None), Some(expected)) => {
            Err((Step::Body, format!("the answer is lost: {}", clip(&expected.to_string()))))
        }
        (Ok(Some(answer)), Some(expected)) => {
            let actual: Value = serde_json::from_slice(&answer)
                .map_err(|error| (Step::Body, format!("no JSON came back: {error}")))?;
            match difference(&expected, &actual, Nulls::Absent) {
                Some(difference) => Err((Step::Body, difference)),
                None => Ok(true),
            }
        }
    }
}

pub(crate) fn body(body: Option<&ExampleBody>) -> (&[u8], Option<Value>) {
    match body {
        None => (&[], None),
        Some(ExampleBody::Text(text)) => (text.as_bytes(), None),
        Some(ExampleBody::Json { text, .. }) => (text.as_bytes(), serde_json::from_str(text).ok()),
    }
}

/// An object without members says as much as no body.
pub(crate) fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(serde_json::Map::is_empty)
}

pub(crate) fn query_of(url: &str) -> Vec<(&str, &str)> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter_map(|part| part.split_once('=')).collect()
}

pub(crate) fn clip(text: &str) -> String {
    let mut clipped: String = text.chars().take(80).collect();
    if clipped.len() < text.len() {
        clipped.push('…');
    }
    clipped
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({}): {:?}: {}", self.example, self.place, self.step, self.message)
    }
}

/// Examples that are known not to come out as they should, each with a class of reason.
///
/// A file of lines `class: user-post-messages 2 request`, comments behind `#`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exceptions {
    classes: BTreeMap<String, String>,
}

impl Exceptions {
    /// Reads the lines of a file.
    ///
    /// # Panics
    ///
    /// When a line has no class, or an example stands twice: the file is ours.
    pub fn read(text: &str) -> Self {
        let mut classes = BTreeMap::new();
        for line in text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
            if line.is_empty() {
                continue;
            }
            let (class, example) = line.split_once(": ").expect("a line is `class: example`");
            let before = classes.insert(example.to_owned(), class.to_owned());
            assert_eq!(before, None, "{example} stands twice");
        }
        Self { classes }
    }

    /// Fails with what is not written down, and with what is and need not be; else says how many
    /// there are of each class.
    pub fn check(&self, failures: &[Failure]) -> Result<BTreeMap<&str, usize>, String> {
        let mut counts = BTreeMap::new();
        let mut lines = Vec::new();
        for failure in failures {
            match self.classes.get(&failure.example) {
                Some(class) => *counts.entry(class.as_str()).or_default() += 1,
                None => lines.push(format!("new: {failure}")),
            }
        }
        for (example, class) in &self.classes {
            if !failures.iter().any(|failure| failure.example == *example) {
                lines.push(format!("no longer an exception: {class}: {example}"));
            }
        }
        if lines.is_empty() { Ok(counts) } else { Err(lines.join("\n")) }
    }
}
