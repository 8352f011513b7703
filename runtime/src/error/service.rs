//! What the service says is wrong: the body of an error, in the forms that services use.

use serde_json::{Map, Value};

/// What the body of an error says. Reading it never fails: what cannot be read says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Complaint {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    /// The codes inside, each more precise than the one before it.
    pub(super) inner_codes: Vec<String>,
    pub(super) request_id: Option<String>,
}

impl Complaint {
    /// Reads `{"error": {"code", "message", "innerError": {…}}}` as of OData, or
    /// `{"error": "code", "error_description": "message"}` as of OAuth 2.0.
    pub(super) fn read(body: &[u8]) -> Self {
        let Ok(Value::Object(body)) = serde_json::from_slice(body) else { return Self::default() };
        match body.get("error") {
            Some(Value::Object(error)) => Self::of_odata(error),
            Some(Value::String(code)) => Self {
                code: Some(code.clone()),
                message: text(&body, "error_description"),
                ..Self::default()
            },
            _ => Self::default(),
        }
    }

    fn of_odata(error: &Map<String, Value>) -> Self {
        let mut complaint =
            Self { code: text(error, "code"), message: text(error, "message"), ..Self::default() };
        let mut inner = inner_error(error);
        while let Some(error) = inner {
            complaint.inner_codes.extend(text(error, "code"));
            if complaint.request_id.is_none() {
                complaint.request_id = text(error, "request-id");
            }
            inner = inner_error(error);
        }
        complaint
    }
}

/// Both spellings are met.
fn inner_error(error: &Map<String, Value>) -> Option<&Map<String, Value>> {
    error.get("innerError").or_else(|| error.get("innererror"))?.as_object()
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    match object.get(name)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        // OData 3: the message with its language.
        Value::Object(message) => text(message, "value"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_codes_are_read_to_the_last() {
        let body = br#"{"error": {"code": "badRequest", "message": "No.", "innererror": {
            "code": "invalidRange", "request-id": "r1", "innerError": {"code": "tooFar"}}}}"#;
        let complaint = Complaint::read(body);
        assert_eq!(complaint.code.as_deref(), Some("badRequest"));
        assert_eq!(complaint.message.as_deref(), Some("No."));
        assert_eq!(complaint.inner_codes, ["invalidRange", "tooFar"]);
        assert_eq!(complaint.request_id.as_deref(), Some("r1"));
    }

    #[test]
    fn what_cannot_be_read_says_nothing() {
        for body in ["", "<html>", "[1]", "{\"error\": 7}", "{\"error\": {\"code\": 7}}"] {
            assert_eq!(Complaint::read(body.as_bytes()), Complaint::default(), "{body}");
        }
    }
}
