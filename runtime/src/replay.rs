//! Replaying the examples of the docs: what generated tables are made of.
//!
//! An entry leads from an operation and a path of the docs to the compiled functions and types:
//! texts and a body go in, and come out again as the request that would be sent; an answer goes in,
//! and comes out as its type encodes it.

use std::str::FromStr;

use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::body::Body;
use crate::error::{Error, Result};
use crate::request::Request;

/// A documented path of an operation.
#[derive(Debug)]
pub struct Replay<C: 'static> {
    /// The operation: `user-post-messages`.
    pub operation: &'static str,
    /// The path, as documented.
    pub path: &'static str,
    /// The query parameters whose values follow those of the path among the arguments.
    pub query: &'static [&'static str],
    /// The request that the arguments and the body make. The arguments are those of the path in
    /// its order, also those that it gives as literals.
    pub request: fn(&C, &[&str], &[u8]) -> Result<Call>,
    /// The answer's body, decoded and encoded again. None when the type has no body.
    pub response: fn(&[u8]) -> Result<Option<Vec<u8>>>,
}

/// An entry of a table.
pub const fn entry<C>(
    operation: &'static str,
    path: &'static str,
    query: &'static [&'static str],
    request: fn(&C, &[&str], &[u8]) -> Result<Call>,
    response: fn(&[u8]) -> Result<Option<Vec<u8>>>,
) -> Replay<C> {
    Replay { operation, path, query, request, response }
}

/// A request as plain data.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The path with its arguments, encoded.
    pub path: String,
    /// Names and values of the query.
    pub query: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

/// A request, taken apart.
pub fn call<T>(request: Request<T>) -> Result<Call> {
    request.check()?;
    let Request { method, path, query, body, .. } = request;
    Ok(Call { method, path, query, body })
}

/// An argument.
pub fn text<'a>(arguments: &[&'a str], place: usize) -> Result<&'a str> {
    arguments.get(place).copied().ok_or_else(|| Error::request("an argument is missing"))
}

/// An argument that is no text.
pub fn parse<T: FromStr>(arguments: &[&str], place: usize) -> Result<T> {
    let text = text(arguments, place)?;
    text.parse().map_err(|_| Error::request(format!("`{text}` is not of the argument's type")))
}

/// The body of a request.
pub fn body<T: DeserializeOwned>(json: &[u8]) -> Result<T> {
    serde_json::from_slice(json).map_err(unreadable)
}

/// An answer whose type is JSON.
pub fn json<T: DeserializeOwned + Serialize>(body: &[u8]) -> Result<Option<Vec<u8>>> {
    let value: T = serde_json::from_slice(body).map_err(unreadable)?;
    serde_json::to_vec(&value).map(Some).map_err(unreadable)
}

/// An answer that is a value, bare or in `{"value": …}`.
pub fn value<T: DeserializeOwned + Serialize>(body: &[u8]) -> Result<Option<Vec<u8>>> {
    let mut answer: Value = serde_json::from_slice(body).map_err(unreadable)?;
    let place = match &mut answer {
        Value::Object(members) => members.entry("value").or_insert(Value::Null),
        bare => bare,
    };
    let value: Option<T> = serde_json::from_value(place.take()).map_err(unreadable)?;
    *place = serde_json::to_value(value).map_err(unreadable)?;
    serde_json::to_vec(&answer).map(Some).map_err(unreadable)
}

/// An answer that is a number as plain text.
pub fn count(body: &[u8]) -> Result<Option<Vec<u8>>> {
    json::<i64>(body)
}

/// An answer that is bytes.
pub fn content(body: &[u8]) -> Result<Option<Vec<u8>>> {
    Ok(Some(body.to_vec()))
}

/// An answer without a body.
pub fn nothing(_: &[u8]) -> Result<Option<Vec<u8>>> {
    Ok(None)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn unreadable(error: serde_json::Error) -> Error {
    Error::request(format!("the JSON does not fit: {error}"))
}
