//! Requests that do not fit the docs, as the error that the service would answer with.

use serde_json::json;

use super::message::Answer;

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    status: u16,
    code: &'static str,
    message: String,
    allow: Option<String>,
}

impl Problem {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), allow: None }
    }

    /// A request that leads nowhere.
    pub(super) fn not_found(message: impl Into<String>) -> Self {
        Self::new(404, "ResourceNotFound", message)
    }

    /// A request that leads to something, and does not suit it.
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    /// What the mock cannot answer because of a flaw of its own.
    pub(super) fn bug(what: &str) -> Self {
        let message = format!("the mock failed, which is a bug of docbind: {what}");
        Self::new(500, "InternalServerError", message)
    }

    pub(super) fn status(&self) -> u16 {
        self.status
    }

    pub(super) fn is_bug(&self) -> bool {
        self.status == 500
    }

    /// A path that takes only these methods.
    pub(super) fn not_allowed(message: impl Into<String>, allow: String) -> Self {
        Self { allow: Some(allow), ..Self::new(405, "MethodNotAllowed", message) }
    }

    /// The same with more behind its message.
    pub(super) fn with(mut self, more: &str) -> Self {
        self.message.push_str(more);
        self
    }

    /// The answer that says it. `client_request_id` is what the caller calls the request.
    pub(super) fn answer(&self, request_id: &str, client_request_id: Option<&str>) -> Answer {
        let client_request_id = client_request_id.unwrap_or(request_id);
        let mut answer = Answer::json(
            self.status,
            &json!({
                "error": {
                    "code": self.code,
                    "message": self.message,
                    "innerError": {
                        "request-id": request_id,
                        "client-request-id": client_request_id,
                    },
                },
            }),
        );
        if let Some(allow) = &self.allow {
            answer.set_header("Allow", allow);
        }
        answer
    }
}
