//! Examples: what was sent and answered.

use serde::{Serialize, Serializer};

use super::super::words::Word;
use super::type_name;
use crate::model::{Example, ExampleBody, ExampleRequest, ExampleResponse, Source};

#[derive(Serialize)]
pub(super) struct ExampleJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    line: u32,
    /// Where it is another file than the operation's.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<MessageJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<MessageJson<'a>>,
}

#[derive(Serialize)]
struct MessageJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    ty: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection: Option<bool>,
    #[serde(skip_serializing_if = "Headers::is_empty")]
    headers: Headers<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<BodyJson<'a>>,
    /// Whether the page's own text of it was not strict JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    repaired: Option<bool>,
    /// Where it is another line than the example's.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
}

struct Headers<'a>(&'a [(String, String)]);

impl Headers<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Headers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Names can repeat, so this is a list of pairs.
        serializer.collect_seq(self.0)
    }
}

struct BodyJson<'a>(&'a ExampleBody);

impl Serialize for BodyJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.value().serialize(serializer)
    }
}

/// An example of an operation that is stated in `operation`.
pub(super) fn example_json<'a>(example: &'a Example, operation: &Source) -> ExampleJson<'a> {
    let source = &example.source;
    ExampleJson {
        name: example.name.as_deref(),
        line: source.line,
        file: other_file(source, operation),
        request: example.request.as_ref().map(|request| request_message(request, source)),
        response: example.response.as_ref().map(|response| response_message(response, source)),
    }
}

fn request_message<'a>(request: &'a ExampleRequest, example: &Source) -> MessageJson<'a> {
    MessageJson {
        method: Some(request.method.word()),
        url: Some(&request.url),
        status: None,
        ty: None,
        collection: None,
        headers: Headers(&request.headers),
        body: request.body.as_ref().map(BodyJson),
        repaired: repaired(request.body.as_ref()),
        line: other_line(&request.source, example),
        file: other_file(&request.source, example),
    }
}

fn response_message<'a>(response: &'a ExampleResponse, example: &Source) -> MessageJson<'a> {
    MessageJson {
        method: None,
        url: None,
        status: Some(response.status),
        ty: response.ty.as_ref().map(type_name),
        collection: response.ty.as_ref().map(|ty| ty.collection),
        headers: Headers(&response.headers),
        body: response.body.as_ref().map(BodyJson),
        repaired: repaired(response.body.as_ref()),
        line: other_line(&response.source, example),
        file: other_file(&response.source, example),
    }
}

fn repaired(body: Option<&ExampleBody>) -> Option<bool> {
    matches!(body, Some(ExampleBody::Json { repaired: true, .. })).then_some(true)
}

fn other_line(own: &Source, around: &Source) -> Option<u32> {
    (own.line != around.line).then_some(own.line)
}

fn other_file<'a>(own: &'a Source, around: &Source) -> Option<&'a str> {
    (own.file != around.file).then_some(&*own.file)
}
