//! JSON batches: several requests in one, each answered like any other.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::message::{Answer, Call};
use super::problem::Problem;

/// The last segment of its path.
pub(super) const SEGMENT: &str = "$batch";

/// How many requests a batch may hold.
const MOST: usize = 20;

/// A request of a batch.
struct Item {
    id: String,
    call: Call,
    depends_on: Vec<String>,
}

/// Answers a batch. `prefix` stands in front of the paths in it; `answer` answers one of them.
pub(super) fn run(
    batch: &Call,
    prefix: &str,
    mut answer: impl FnMut(&Call) -> Answer,
) -> Result<Answer, Problem> {
    let items = read(batch, prefix)?;
    let mut statuses: BTreeMap<&str, u16> = BTreeMap::new();
    let mut responses = Vec::with_capacity(items.len());
    for item in &items {
        let mut failed = None;
        for before in &item.depends_on {
            match statuses.get(before.as_str()) {
                None => {
                    let message = format!(
                        "`{}` depends on `{before}`, and no request with that id comes before it",
                        item.id
                    );
                    return Err(Problem::bad_request(message));
                }
                Some(status) if *status >= 400 => failed = Some(before),
                Some(_) => {}
            }
        }
        let done = match failed {
            Some(before) => failed_dependency(before),
            None => answer(&item.call),
        };
        statuses.insert(&item.id, done.status);
        responses.push(written(&item.id, &done));
    }
    Ok(Answer::json(200, &json!({ "responses": responses })))
}

fn read(batch: &Call, prefix: &str) -> Result<Vec<Item>, Problem> {
    let body = batch.json().ok_or_else(|| Problem::bad_request("the batch is no JSON"))?;
    let Some(requests) = body.get("requests").and_then(Value::as_array) else {
        return Err(Problem::bad_request("the batch has no list `requests`"));
    };
    if requests.len() > MOST {
        let message = format!("the batch has {} requests, and may have {MOST}", requests.len());
        return Err(Problem::bad_request(message));
    }
    let mut items: Vec<Item> = Vec::with_capacity(requests.len());
    for (at, request) in requests.iter().enumerate() {
        let item = item(batch, prefix, request).map_err(|what| {
            Problem::bad_request(format!("request {} of the batch {what}", at + 1))
        })?;
        if items.iter().any(|other| other.id == item.id) {
            let message = format!("the batch has two requests with the id `{}`", item.id);
            return Err(Problem::bad_request(message));
        }
        items.push(item);
    }
    Ok(items)
}

fn item(batch: &Call, prefix: &str, request: &Value) -> Result<Item, &'static str> {
    let text = |name: &str| request.get(name).and_then(Value::as_str);
    let id = text("id").ok_or("has no `id`")?;
    let method = text("method").ok_or("has no `method`")?;
    let url = text("url").ok_or("has no `url`")?;
    let mut headers = Vec::new();
    for (name, value) in request.get("headers").and_then(Value::as_object).into_iter().flatten() {
        let value = value.as_str().ok_or("has a header that is no text")?;
        headers.push((name.clone(), value.to_owned()));
    }
    let mut call = Call {
        method: method.to_ascii_uppercase(),
        target: format!("{prefix}/{}", url.trim_start_matches('/')),
        headers,
        body: bytes::Bytes::new(),
        base: batch.base.clone(),
    };
    if let Some(body) = request.get("body").filter(|body| !body.is_null()) {
        let is_json =
            call.header("Content-Type").is_none_or(|ty| ty.to_ascii_lowercase().contains("json"));
        call.body = match body {
            Value::String(text) if !is_json => {
                STANDARD.decode(text).unwrap_or_else(|_| text.clone().into_bytes()).into()
            }
            body => body.to_string().into(),
        };
    }
    let depends_on = request.get("dependsOn").and_then(Value::as_array).into_iter().flatten();
    let depends_on: Option<Vec<_>> = depends_on.map(|id| id.as_str().map(str::to_owned)).collect();
    let depends_on = depends_on.ok_or("depends on something that is no text")?;
    Ok(Item { id: id.to_owned(), call, depends_on })
}

fn failed_dependency(before: &str) -> Answer {
    let message = format!("the request `{before}`, which this one depends on, has failed");
    Answer::json(424, &json!({"error": {"code": "FailedDependency", "message": message}}))
}

fn written(id: &str, answer: &Answer) -> Value {
    let mut response = Map::new();
    response.insert("id".to_owned(), json!(id));
    response.insert("status".to_owned(), json!(answer.status));
    let headers: Map<String, Value> =
        answer.headers.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    response.insert("headers".to_owned(), Value::Object(headers));
    if !answer.body.is_empty() {
        let json = || serde_json::from_slice(&answer.body).ok().filter(|_| answer.is_json());
        let body = json().unwrap_or_else(|| json!(STANDARD.encode(&answer.body)));
        response.insert("body".to_owned(), body);
    }
    Value::Object(response)
}
