//! Requests and answers as plain data: what the stages hand to each other.

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A request, from the wire or out of a batch.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// The method, in capitals.
    pub(super) method: String,
    /// Path and query, as they came.
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
    /// Where the caller finds the mock: `http://127.0.0.1:8080`.
    pub(super) base: String,
}

/// What is answered.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Bytes,
}

impl Call {
    pub(super) fn path(&self) -> &str {
        split_target(&self.target).0
    }

    /// Names and values of the query, decoded.
    pub(super) fn query(&self) -> Vec<(String, String)> {
        query_of(split_target(&self.target).1)
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// The body as JSON, if it is any.
    pub(super) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl Answer {
    pub(super) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Bytes::new() }
    }

    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::empty(status).with_body("application/json", body.to_string())
    }

    pub(super) fn with_body(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.set_header("Content-Type", content_type);
        self.body = body.into();
        self
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Puts a header in the place of those of the same name.
    pub(super) fn set_header(&mut self, name: &str, value: impl Into<String>) {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.into()));
    }

    /// Whether the body is JSON, by the header.
    pub(super) fn is_json(&self) -> bool {
        self.header("Content-Type").is_some_and(|ty| ty.to_ascii_lowercase().contains("json"))
    }
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

/// Path and query of a target or URL.
pub(super) fn split_target(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}

/// Whether each `%` begins an octet, and the octets are UTF-8.
pub(super) fn is_encoded(target: &str) -> bool {
    let mut octets = target.split('%');
    octets.next();
    let is_octet = |rest: &str| {
        rest.as_bytes().get(..2).is_some_and(|octet| octet.iter().all(u8::is_ascii_hexdigit))
    };
    octets.all(is_octet) && percent_decode_str(target).decode_utf8().is_ok()
}

/// Names and values of a query, decoded.
pub(super) fn query_of(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|part| !part.is_empty());
    pairs
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::is_encoded;

    #[test]
    fn what_is_percent_encoded() {
        for target in ["/users", "/users/%C3%A9", "/users/a%2Fb?$filter=x%20eq%201", "/é"] {
            assert!(is_encoded(target), "{target}");
        }
        for target in ["/users/%ZZ%", "/users?x=%", "/%4", "/%C3/x", "/%é"] {
            assert!(!is_encoded(target), "{target}");
        }
    }
}
