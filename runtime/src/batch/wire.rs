//! The batch as JSON, there and back.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};

use crate::body::Body;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::origin::Origin;
use crate::request::Request;
use crate::response::Response;
use crate::send::{self, Call, Options, Reading, Retry};

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
    /// How often it is tried, if not as often as the client says.
    pub(super) retry: Option<Retry>,
    url: String,
    headers: Map<String, Value>,
    /// As it would be sent, so that numbers keep their digits.
    body: Option<Box<RawValue>>,
}

/// The answer to one request.
pub(super) type Reply = Result<Response>;

impl Item {
    /// The request in a batch of the client.
    pub(super) fn new<T>(request: &Request<T>, client: &Client) -> Self {
        let mut item = Self {
            operation: request.operation(),
            method: request.method.clone(),
            strict: request.strict,
            error: request.check().err(),
            after: Vec::new(),
            attempts: 0,
            retry: request.options.retry.clone(),
            url: String::new(),
            headers: Map::new(),
            body: None,
        };
        if request.client.0.connection.is_some() && !Arc::ptr_eq(&request.client.0, &client.0) {
            item.fail(Error::request("it was made with another client than the batch"));
        }
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

    /// What stands where the answer leads instead. The token goes along only if that is the service
    /// itself.
    pub(super) async fn fetch(&self, client: &Client, target: Option<String>) -> Result<Response> {
        let Some(url) = target else { return Err(Error::link("the redirect leads nowhere")) };
        let is_plain = |url| Origin::of(url).is_some_and(|origin| origin.is_plain());
        if is_plain(&url) && !is_plain(client.base_url()) {
            return Err(Error::link("the redirect leads from https to http"));
        }
        let headers = self
            .headers
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
        let call = Call {
            operation: self.operation.clone(),
            method: Method::GET,
            url,
            headers: headers.collect(),
            body: Body::Empty,
            is_repeatable: true,
            options: Options { retry: self.retry.clone(), ..Options::default() },
        };
        send::send(client, call, Reading::Whole).await.map(Response::from)
    }

    fn set_body(&mut self, body: &Body) {
        let content_type = match body {
            Body::Empty => return,
            Body::Json(bytes) => {
                match serde_json::from_slice(bytes) {
                    Ok(json) => self.body = Some(json),
                    Err(error) => {
                        self.fail(Error::request(format!("its body is no JSON: {error}")));
                    }
                }
                "application/json"
            }
            Body::Bytes { content_type, bytes } => {
                self.body = to_raw_value(&STANDARD.encode(bytes)).ok();
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
    let requests: Vec<_> = round.iter().map(|index| encode_item(items, *index, round)).collect();
    let batch = BTreeMap::from([("requests", requests)]);
    serde_json::to_vec(&batch).map_err(|error| Error::request(error.to_string()))
}

fn encode_item(
    items: &[Item],
    index: usize,
    round: &[usize],
) -> BTreeMap<&'static str, Box<RawValue>> {
    let item = &items[index];
    // What was done in an earlier batch need not be named.
    let before = item.after.iter().filter(|before| round.contains(before));
    let before: Vec<String> = before.map(usize::to_string).collect();
    let members = [
        ("id", to_raw_value(&index.to_string()).ok()),
        ("method", to_raw_value(item.method.as_str()).ok()),
        ("url", to_raw_value(&item.url).ok()),
        ("headers", to_raw_value(&item.headers).ok().filter(|_| !item.headers.is_empty())),
        ("body", item.body.clone()),
        ("dependsOn", to_raw_value(&before).ok().filter(|_| !before.is_empty())),
    ];
    members.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// An object whose members are not read yet.
type Members<'a> = BTreeMap<String, &'a RawValue>;

/// The answers in the answer, each with the index of its request.
pub(super) fn decode(response: &Response) -> Result<Vec<(usize, Reply)>> {
    let body = response.text();
    let unreadable = |error: serde_json::Error| Error::decode(error, String::new(), "batch", body);
    let batch: Members<'_> = serde_json::from_slice(body).map_err(unreadable)?;
    let Some(replies) = batch.get("responses") else {
        return Err(Error::request("the answer to the batch has no `responses`"));
    };
    let replies: Vec<Members<'_>> = serde_json::from_str(replies.get()).map_err(unreadable)?;
    Ok(replies.iter().filter_map(decode_reply).collect())
}

fn decode_reply(reply: &Members<'_>) -> Option<(usize, Reply)> {
    let member = |name| -> Option<Value> { serde_json::from_str(reply.get(name)?.get()).ok() };
    let index = match member("id")? {
        Value::String(id) => id.parse().ok()?,
        id => usize::try_from(id.as_u64()?).ok()?,
    };
    let status = member("status").as_ref().and_then(Value::as_u64);
    let Some(status) = status.and_then(|status| u16::try_from(status).ok()) else {
        return Some((index, Err(Error::request("the answer in the batch has no status"))));
    };
    let mut response = Response::new(status, Vec::new());
    if let Some(Value::Object(headers)) = member("headers") {
        response.headers = headers
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())))
            .collect();
    }
    response.body = match reply.get("body").map(|body| body.get()) {
        None | Some("null") => Vec::new(),
        Some(body) if body.starts_with('"') && !is_json(&response) => {
            let text: String = serde_json::from_str(body).unwrap_or_default();
            STANDARD.decode(&text).unwrap_or_else(|_| text.into_bytes())
        }
        Some(body) => body.to_owned().into_bytes(),
    };
    Some((index, Ok(response)))
}

/// What is not JSON is there as base64.
fn is_json(response: &Response) -> bool {
    response.header("Content-Type").is_none_or(|content_type| content_type.contains("json"))
}
