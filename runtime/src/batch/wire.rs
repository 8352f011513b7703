//! The batch as JSON, there and back.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use serde_json::{Map, Value, json};

use crate::body::Body;
use crate::error::{Error, Result};
use crate::request::Request;
use crate::response::Response;

/// A request in a batch.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) operation: String,
    pub(super) method: Method,
    pub(super) strict: bool,
    /// Why it cannot be sent.
    pub(super) error: Option<Error>,
    /// The requests that come before it.
    pub(super) after: Vec<usize>,
    pub(super) attempts: u32,
    url: String,
    headers: Map<String, Value>,
    body: Option<Value>,
}

/// The answer to one request.
pub(super) type Reply = Result<Response>;

impl Item {
    pub(super) fn new<T>(request: &Request<T>) -> Self {
        let mut item = Self {
            operation: request.operation(),
            method: request.method.clone(),
            strict: request.strict,
            error: request.check().err(),
            after: Vec::new(),
            attempts: 0,
            url: String::new(),
            headers: Map::new(),
            body: None,
        };
        let url = request.url();
        match url.strip_prefix(request.client.base_url()) {
            Some(path) if path.starts_with('/') => path.clone_into(&mut item.url),
            _ => item.fail(Error::request("a batch takes requests to its own service only")),
        }
        item.set_body(&request.body);
        for (name, value) in &request.headers {
            item.headers.retain(|other, _| !other.eq_ignore_ascii_case(name));
            item.headers.insert(name.clone(), value.as_str().into());
        }
        item
    }

    /// Keeps the first reason why it cannot be sent.
    pub(super) fn fail(&mut self, error: Error) {
        self.error.get_or_insert(error);
    }

    fn set_body(&mut self, body: &Body) {
        let content_type = match body {
            Body::Empty => return,
            Body::Json(_) => {
                self.body = body.to_json();
                "application/json"
            }
            Body::Bytes { content_type, bytes } => {
                self.body = Some(STANDARD.encode(bytes).into());
                content_type.as_deref().unwrap_or("application/octet-stream")
            }
            Body::Stream(_) => {
                return self.fail(Error::request("a batch takes no bodies that are streams"));
            }
        };
        self.headers.insert("Content-Type".to_owned(), content_type.into());
    }
}

/// The body of the request for those items.
pub(super) fn encode(items: &[Item], round: &[usize]) -> Result<Vec<u8>> {
    let requests: Vec<Value> =
        round.iter().map(|index| encode_item(items, *index, round)).collect();
    serde_json::to_vec(&json!({ "requests": requests }))
        .map_err(|error| Error::request(error.to_string()))
}

fn encode_item(items: &[Item], index: usize, round: &[usize]) -> Value {
    let item = &items[index];
    let mut request = json!({
        "id": index.to_string(),
        "method": item.method.as_str(),
        "url": item.url,
    });
    if !item.headers.is_empty() {
        request["headers"] = Value::Object(item.headers.clone());
    }
    if let Some(body) = &item.body {
        request["body"] = body.clone();
    }
    // What was done in an earlier batch need not be named.
    let before = item.after.iter().filter(|before| round.contains(before));
    let before: Vec<Value> = before.map(|before| before.to_string().into()).collect();
    if !before.is_empty() {
        request["dependsOn"] = before.into();
    }
    request
}

/// The answers in the answer, each with the index of its request.
pub(super) fn decode(response: &Response) -> Result<Vec<(usize, Reply)>> {
    let body: Value = crate::codec::decode_json(response.text(), "a batch")?;
    let Some(replies) = body.get("responses").and_then(Value::as_array) else {
        return Err(Error::request("the answer to the batch has no `responses`"));
    };
    Ok(replies.iter().filter_map(decode_reply).collect())
}

fn decode_reply(reply: &Value) -> Option<(usize, Reply)> {
    let index = match reply.get("id")? {
        Value::String(id) => id.parse().ok()?,
        id => usize::try_from(id.as_u64()?).ok()?,
    };
    let status = reply.get("status").and_then(Value::as_u64).and_then(|s| u16::try_from(s).ok());
    let Some(status) = status else {
        return Some((index, Err(Error::request("the answer in the batch has no status"))));
    };
    let mut response = Response::new(status, Vec::new());
    if let Some(headers) = reply.get("headers").and_then(Value::as_object) {
        response.headers = headers
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect();
    }
    response.body = match reply.get("body") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) if !is_json(&response) => {
            STANDARD.decode(text).unwrap_or_else(|_| text.clone().into_bytes())
        }
        Some(body) => body.to_string().into_bytes(),
    };
    Some((index, Ok(response)))
}

/// What is not JSON is there as base64.
fn is_json(response: &Response) -> bool {
    response.header("Content-Type").is_none_or(|content_type| content_type.contains("json"))
}
