//! What the mock received: for the assertions of a test, and for a line on the terminal.

use std::fmt;

use bytes::Bytes;

/// A request that the mock received, from the wire or in a batch.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names and values of the headers. A request of a batch has those that stand in the batch.
    pub headers: Vec<(String, String)>,
    /// The body, up to 1 MiB of it.
    pub body: Bytes,
    /// How long the body was.
    pub body_length: usize,
    /// Whether it came in a batch.
    pub in_batch: bool,
    /// The operation that it called, if it was a documented one.
    pub operation: Option<String>,
    /// The example that answered it: its name, or `user-list#2` where it has none.
    pub example: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It was done, and answered with this status.
    Answered(u16),
    /// It does not fit the docs, and was answered with this status.
    Unfit(u16),
    /// The mock failed, which is a bug of docbind; it was answered with status 500.
    Failed,
    /// A fault was asked for: it was answered with this status, and nothing done.
    Refused(u16),
    /// A fault was asked for: the connection ended, and nothing was done.
    Dropped,
    /// A fault was asked for: it was done, and the connection ended before the answer.
    AnswerDropped,
}

impl Outcome {
    /// Whether the request was done, whatever the caller got to know of it.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Answered(_) | Self::AnswerDropped)
    }
}

impl Received {
    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body for a terminal: what is no UTF-8 is replaced, and control characters but for tabs
    /// and the ends of lines are written as escapes, so that none of them reaches the terminal.
    pub fn printable_body(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let lines: Vec<String> = text.lines().map(printable).collect();
        lines.join("\n")
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        super::message::split_target(&self.target).0
    }
}

/// The text with its control characters as escapes. Names and paths in a batch may have any.
fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() && character != '\t' {
            printable.extend(character.escape_unicode());
        } else {
            printable.push(character);
        }
    }
    printable
}

/// One line: `GET /v1.0/me → 200 user-get get_me`.
impl fmt::Display for Received {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let batch = if self.in_batch { "  " } else { "" };
        let (method, target) = (printable(&self.method), printable(&self.target));
        write!(formatter, "{batch}{method} {target} → ")?;
        match self.outcome {
            Outcome::Answered(status) => write!(formatter, "{status}")?,
            Outcome::Unfit(status) => write!(formatter, "{status} does not fit the docs")?,
            Outcome::Failed => formatter.write_str("500, which is a bug of docbind")?,
            Outcome::Refused(status) => write!(formatter, "{status} as asked for")?,
            Outcome::Dropped => formatter.write_str("dropped")?,
            Outcome::AnswerDropped => formatter.write_str("done, answer dropped")?,
        }
        for name in [&self.operation, &self.example].into_iter().flatten() {
            write!(formatter, " {name}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Received {
    /// Without headers, which hold tokens.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Received")
            .field("request", &self.to_string())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Received};

    #[test]
    fn nothing_that_a_terminal_obeys_is_printed() {
        let received = Received {
            method: "GET".to_owned(),
            target: "/me\u{1b}[2J\n/x".to_owned(),
            headers: Vec::new(),
            body: "{\t\"a\":\r\n\"\u{1b}]0;x\u{7}\u{9b}é\"}".into(),
            body_length: 24,
            in_batch: true,
            operation: None,
            example: None,
            outcome: Outcome::Answered(200),
        };
        assert_eq!(received.to_string(), "  GET /me\\u{1b}[2J\\u{a}/x → 200");
        assert_eq!(received.printable_body(), "{\t\"a\":\n\"\\u{1b}]0;x\\u{7}\\u{9b}é\"}");
    }
}
