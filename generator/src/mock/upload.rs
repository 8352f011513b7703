//! Upload sessions: large files that come in ranges.

use std::collections::BTreeMap;
use std::ops::Range;

use bytes::Bytes;
use serde_json::{Value, json};

use crate::model::Method;

use super::answer::OWN_PATH;
use super::message::{Answer, Call};
use super::problem::Problem;

/// The member of an answer that makes it an upload session.
const URL_MEMBER: &str = "uploadUrl";

/// A session is open for ever.
const EXPIRATION: &str = "2099-12-31T23:59:59Z";

/// A range has so many bytes or a multiple of them, unless it is the last.
const RANGE_UNIT: u64 = 320 << 10;

/// Sessions that are kept; the oldest is forgotten first.
const MOST_SESSIONS: usize = 1_000;

/// A file that was uploaded, or is being.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uploaded {
    /// How long the file will be, once it is known.
    pub length: Option<u64>,
    /// The ranges that were taken, in the order in which they came.
    pub ranges: Vec<Range<u64>>,
    /// What is there of the file, if the mock [keeps it](super::Mock::keep_uploads).
    pub content: Vec<u8>,
    /// Whether all of it is there.
    pub is_complete: bool,
}

/// All sessions, by their number.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    open: BTreeMap<u64, Session>,
    last: u64,
    keeps_content: bool,
}

#[derive(Debug)]
struct Session {
    /// The path below which the file will be: that of the action, without the action.
    parent: String,
    file: Uploaded,
    next: u64,
}

/// What a request to a session comes to.
pub(super) enum Step {
    Answer(Answer),
    /// The file is there; the item that it makes can be asked for at this path.
    Complete {
        parent: String,
    },
}

impl Sessions {
    pub(super) fn new(keeps_content: bool) -> Self {
        Self { keeps_content, ..Self::default() }
    }

    /// Opens a session if an answer is that of one, and puts its URL into the answer.
    pub(super) fn open(&mut self, call: &Call, answer: &mut Answer) {
        if call.method != Method::Post.as_str() || !answer.is_json() {
            return;
        }
        let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body) else { return };
        let Some(url) = body.get_mut(URL_MEMBER).filter(|url| url.is_string()) else { return };
        self.last += 1;
        *url = json!(format!("{}{OWN_PATH}/upload/{}", call.base, self.last));
        if body.get("nextExpectedRanges").is_some() {
            body["nextExpectedRanges"] = json!(["0-"]);
        }
        if body.get("expirationDateTime").is_some() {
            body["expirationDateTime"] = json!(EXPIRATION);
        }
        let path = call.path().trim_end_matches('/');
        let parent = path.rsplit_once('/').map_or(path, |(parent, _)| parent);
        let session = Session { parent: parent.to_owned(), file: Uploaded::default(), next: 0 };
        self.open.insert(self.last, session);
        if self.open.len() > MOST_SESSIONS {
            self.open.pop_first();
        }
        answer.body = body.to_string().into();
    }

    pub(super) fn files(&self) -> Vec<Uploaded> {
        self.open.values().map(|session| session.file.clone()).collect()
    }

    /// Answers a request to the session of this number.
    pub(super) fn step(&mut self, number: &str, call: &Call) -> Result<Step, Problem> {
        let number: u64 = number.parse().unwrap_or_default();
        let keeps_content = self.keeps_content;
        let session = self.open.get_mut(&number);
        let Some(session) = session.filter(|session| !session.file.is_complete) else {
            return Err(Problem::new(404, "itemNotFound", "there is no such upload session"));
        };
        match call.method.as_str() {
            "GET" => Ok(Step::Answer(session.status(200))),
            "DELETE" => {
                self.open.remove(&number);
                Ok(Step::Answer(Answer::empty(204)))
            }
            "PUT" => session.take(call, keeps_content),
            method => Err(Problem::not_allowed(
                format!("an upload session takes no {method}"),
                "GET, PUT, DELETE".to_owned(),
            )),
        }
    }
}

impl Session {
    fn status(&self, status: u16) -> Answer {
        let body = json!({
            "expirationDateTime": EXPIRATION,
            "nextExpectedRanges": [format!("{}-", self.next)],
        });
        Answer::json(status, &body)
    }

    fn take(&mut self, call: &Call, keeps_content: bool) -> Result<Step, Problem> {
        let (range, length) = content_range(call)?;
        if self.file.length.is_some_and(|known| known != length) {
            return Err(Problem::bad_request("the ranges are of files of different lengths"));
        }
        if range.start != self.next {
            let message = format!(
                "the range begins at byte {}, and the next that is expected is {}",
                range.start, self.next
            );
            return Err(Problem::new(416, "invalidRange", message));
        }
        let size = range.end - range.start;
        if range.end < length && size % RANGE_UNIT != 0 {
            return Err(Problem::bad_request(format!(
                "a range that is not the last has a multiple of {RANGE_UNIT} bytes, and not {size}"
            )));
        }
        self.file.length = Some(length);
        self.next = range.end;
        self.file.ranges.push(range);
        if keeps_content {
            self.file.content.extend_from_slice(&call.body);
        }
        if self.next < length {
            return Ok(Step::Answer(self.status(202)));
        }
        self.file.is_complete = true;
        Ok(Step::Complete { parent: self.parent.clone() })
    }
}

/// The range and the length of the whole in `Content-Range: bytes 0-9/100`.
fn content_range(call: &Call) -> Result<(Range<u64>, u64), Problem> {
    let missing = "a range of a file has a header such as `Content-Range: bytes 0-9/100`";
    let text = call.header("Content-Range").ok_or_else(|| Problem::bad_request(missing))?;
    let parsed = parse(text).ok_or_else(|| {
        Problem::bad_request(format!("{missing}, and not `Content-Range: {text}`"))
    })?;
    let (range, _) = &parsed;
    let length = u64::try_from(call.body.len()).unwrap_or(u64::MAX);
    if range.end - range.start != length {
        return Err(Problem::bad_request(format!(
            "`Content-Range: {text}` has {} bytes, and the body {length}",
            range.end - range.start
        )));
    }
    Ok(parsed)
}

fn parse(text: &str) -> Option<(Range<u64>, u64)> {
    let (range, length) = text.trim().strip_prefix("bytes")?.trim().split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last): (u64, u64) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    let length: u64 = length.trim().parse().ok()?;
    (first <= last && last < length).then(|| (first..last + 1, length))
}

/// The item that a complete file makes, by what its place answers when it is asked for.
pub(super) fn item(place: Option<&Answer>) -> Answer {
    let body: Option<Value> = place
        .filter(|answer| answer.is_json())
        .and_then(|answer| serde_json::from_slice(&answer.body).ok());
    match body {
        // What is a collection is the place that the file was added to.
        Some(item) if item.is_object() && item.get("value").is_none() => Answer::json(201, &item),
        _ => Answer { body: Bytes::new(), ..Answer::empty(201) },
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::super::message::Call;
    use super::{Session, Step, Uploaded, parse};

    #[test]
    fn ranges_are_multiples_but_for_the_last() {
        let mut session = Session { parent: String::new(), file: Uploaded::default(), next: 0 };
        let mut put = |first: usize, length: usize| {
            let range = format!("bytes {first}-{}/327780", first + length - 1);
            let call = Call {
                method: "PUT".to_owned(),
                target: String::new(),
                headers: vec![("Content-Range".to_owned(), range)],
                body: Bytes::from(vec![0; length]),
                base: String::new(),
            };
            session.take(&call, false)
        };
        assert!(put(0, 1000).is_err());
        assert!(matches!(put(0, 327_680), Ok(Step::Answer(answer)) if answer.status == 202));
        assert!(matches!(put(327_680, 100), Ok(Step::Complete { .. })));
    }

    #[test]
    fn content_ranges() {
        assert_eq!(parse("bytes 0-9/100"), Some((0..10, 100)));
        assert_eq!(parse("bytes 90-99/100"), Some((90..100, 100)));
        for text in ["0-9/100", "bytes 9-0/100", "bytes 0-100/100", "bytes 0-9/*", "bytes */100"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
