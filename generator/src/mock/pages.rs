//! Collections that go on: pages and deltas, from examples that show one page of them.
//!
//! A link of an example leads to the service that the docs are about. Its place takes a link to
//! the mock, whose token says what comes next.

use serde_json::{Map, Value, json};

use crate::model::Model;

use super::choose::{Candidate, is_same_query, json as json_of};
use super::message::{Call, query_of, split_target};
use super::{Pages, sample};

const NEXT_LINK: &str = "@odata.nextLink";
const DELTA_LINK: &str = "@odata.deltaLink";

/// The query options by which the mock tells how far a caller is.
const PAGE_OPTION: &str = "$skiptoken";
const DELTA_OPTION: &str = "$deltatoken";

/// How far a caller is, as a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cursor {
    /// The page of this number behind an example, which shows number 1.
    Page { example: usize, number: usize },
    /// The changes of this number behind an example.
    Delta { example: usize, number: usize },
    /// The items from this one on, where there are as many as was asked for.
    Offset(usize),
    /// A token that the mock did not give.
    Foreign,
}

/// The token in front of which others are not ours.
const OURS: &str = "docbind-";

impl Cursor {
    /// The cursor in a query.
    pub(super) fn of(query: &[(String, String)]) -> Option<Self> {
        let (_, token) = query.iter().find(|(name, _)| is_option(name, &TOKENS))?;
        Some(Self::parse(token).unwrap_or(Self::Foreign))
    }

    fn parse(token: &str) -> Option<Self> {
        let (kind, numbers) = token.strip_prefix(OURS)?.split_once('-')?;
        let (first, second) = numbers.split_once('-').unwrap_or((numbers, "0"));
        // No token of ours has more digits, and what is counted from here on does not overflow.
        let number = |text: &str| usize::try_from(text.parse::<u32>().ok()?).ok();
        let (first, second) = (number(first)?, number(second)?);
        match kind {
            "page" => Some(Self::Page { example: first, number: second }),
            "delta" => Some(Self::Delta { example: first, number: second }),
            "from" => Some(Self::Offset(first)),
            _ => None,
        }
    }

    /// The example that it was given behind.
    pub(super) fn example(self) -> Option<usize> {
        match self {
            Self::Page { example, .. } | Self::Delta { example, .. } => Some(example),
            Self::Offset(_) | Self::Foreign => None,
        }
    }

    /// The link that brings the caller here again.
    fn link(self, call: &Call) -> String {
        let (option, token) = match self {
            Self::Page { example, number } => (PAGE_OPTION, format!("page-{example}-{number}")),
            Self::Delta { example, number } => (DELTA_OPTION, format!("delta-{example}-{number}")),
            Self::Offset(offset) => (PAGE_OPTION, format!("from-{offset}")),
            Self::Foreign => (PAGE_OPTION, "foreign".to_owned()),
        };
        let (path, query) = split_target(&call.target);
        let mut link = format!("{}{path}?", call.base);
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let name = query_of(part).into_iter().next().unwrap_or_default().0;
            if !is_option(&name, &TOKENS) && !is_option(&name, &["$skip"]) {
                link.push_str(part);
                link.push('&');
            }
        }
        link + option + "=" + OURS + &token
    }
}

const TOKENS: [&str; 2] = [PAGE_OPTION, DELTA_OPTION];

/// Whether an option of a query says how far the caller is.
pub(super) fn is_token(name: &str) -> bool {
    is_option(name, &TOKENS)
}

/// Whether a name of a query is one of these options. The `$` may be left out.
fn is_option(name: &str, options: &[&str]) -> bool {
    let plain = |name: &str| name.trim_start_matches('$').to_ascii_lowercase();
    options.iter().any(|option| plain(option) == plain(name))
}

/// What a collection is made from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Collection<'a> {
    pub(super) model: &'a Model,
    pub(super) call: &'a Call,
    pub(super) candidates: &'a [Candidate<'a>],
    pub(super) is_endless: bool,
}

impl Collection<'_> {
    /// The body of the example at `chosen`, or of what follows it.
    pub(super) fn page(&self, chosen: usize, cursor: Option<Cursor>) -> Option<Value> {
        let mut body = self.body(chosen)?;
        match cursor {
            None => {
                self.relink(&mut body, chosen, 1);
                Some(body)
            }
            Some(Cursor::Delta { number, .. }) => Some(self.changes(chosen, number)),
            Some(Cursor::Page { number, .. }) => Some(self.following(body, chosen, number)),
            Some(Cursor::Offset(_) | Cursor::Foreign) => Some(self.following(body, chosen, 2)),
        }
    }

    fn body(&self, at: usize) -> Option<Value> {
        let response = self.candidates.get(at)?.example.response.as_ref()?;
        json_of(response.body.as_ref()?).filter(Value::is_object)
    }

    /// Puts links to the mock in the place of those of the docs.
    fn relink(&self, body: &mut Value, example: usize, number: usize) {
        let Some(members) = body.as_object_mut() else { return };
        if let Some(link) = members.get_mut(NEXT_LINK) {
            let number = if self.is_endless { number } else { number.saturating_add(1) };
            *link = json!(Cursor::Page { example, number }.link(self.call));
        }
        if let Some(link) = members.get_mut(DELTA_LINK) {
            let number = if self.is_later(example) { 2 } else { 1 };
            *link = json!(Cursor::Delta { example, number }.link(self.call));
        }
    }

    /// The page behind an example: the one that the docs show, or the last one, whose items are
    /// those of the example with other keys.
    fn following(&self, body: Value, example: usize, number: usize) -> Value {
        let shown = self.successor(&body).filter(|at| *at != example && number == 2);
        if let Some(at) = shown
            && let Some(mut next) = self.body(at)
        {
            self.relink(&mut next, at, number);
            return next;
        }
        let mut page = body;
        if self.is_endless {
            self.relink(&mut page, example, number);
            return page;
        }
        let keys = self.keys(example);
        let Some(members) = page.as_object_mut() else { return page };
        members.shift_remove(NEXT_LINK);
        if let Some(items) = members.get_mut("value").and_then(Value::as_array_mut) {
            let first = items.len().saturating_mul(number.max(2) - 1);
            for (at, item) in items.iter_mut().enumerate() {
                *item = sample::copy(item, &keys, first.saturating_add(at + 1));
            }
        }
        let has_delta = (0..self.candidates.len())
            .any(|at| self.body(at).is_some_and(|body| body.get(DELTA_LINK).is_some()));
        if has_delta {
            let link = Cursor::Delta { example, number: 1 }.link(self.call);
            members.insert(DELTA_LINK.to_owned(), json!(link));
        }
        page
    }

    /// What has changed since an example: what the docs show of it, and then nothing more.
    fn changes(&self, example: usize, number: usize) -> Value {
        let later = (0..self.candidates.len()).find(|at| self.is_later(*at) && *at != example);
        if number == 1
            && let Some(at) = later
            && let Some(mut body) = self.body(at)
        {
            self.relink(&mut body, at, 1);
            return body;
        }
        let mut page = Map::new();
        let context = self.body(example).and_then(|body| body.get("@odata.context").cloned());
        if let Some(context) = context {
            page.insert("@odata.context".to_owned(), context);
        }
        let link = Cursor::Delta { example, number: number.max(2) }.link(self.call);
        page.insert(DELTA_LINK.to_owned(), json!(link));
        page.insert("value".to_owned(), json!([]));
        Value::Object(page)
    }

    /// Whether an example shows what has changed since another time.
    fn is_later(&self, at: usize) -> bool {
        let request = self.candidates.get(at).and_then(|candidate| {
            let request = candidate.example.request.as_ref()?;
            Some(query_of(split_target(&request.url).1))
        });
        request.is_some_and(|query| query.iter().any(|(name, _)| is_option(name, &[DELTA_OPTION])))
    }

    /// The example whose request is the link of another one.
    fn successor(&self, body: &Value) -> Option<usize> {
        let link = body.get(NEXT_LINK)?.as_str()?;
        let query = query_of(split_target(link).1);
        self.candidates.iter().position(|candidate| {
            let request = candidate.example.request.as_ref();
            request.is_some_and(|request| {
                is_same_query(&query, &query_of(split_target(&request.url).1))
            })
        })
    }

    fn keys(&self, at: usize) -> Vec<&str> {
        let candidate = self.candidates.get(at);
        let response = candidate.and_then(|candidate| {
            let stated = candidate.operation.responses.iter().find_map(|it| it.body.as_ref());
            candidate.example.response.as_ref().and_then(|it| it.ty.as_ref()).or(stated)
        });
        response.map(|ty| sample::key(self.model, ty)).unwrap_or_default()
    }

    /// A page of a collection with as many items as was asked for, which are the example's over
    /// and over, each with a key of its own.
    pub(super) fn made(
        &self,
        chosen: usize,
        pages: Pages,
        cursor: Option<Cursor>,
    ) -> Option<Value> {
        let shown = self.body(chosen)?;
        let seeds = shown.get("value")?.as_array()?.clone();
        let query = self.call.query();
        let option = |name: &str| {
            let given = query.iter().find(|(other, _)| is_option(other, &[name]));
            given.map(|(_, value)| value.as_str())
        };
        let number = |name: &str| option(name).and_then(|value| value.parse::<usize>().ok());
        let start = match cursor {
            Some(Cursor::Offset(offset)) => offset,
            _ => number("$skip").unwrap_or_default(),
        };
        let size = number("$top").unwrap_or(pages.size).clamp(1, pages.size.max(1));
        let end = start.saturating_add(size).min(pages.items);
        let keys = self.keys(chosen);
        let items = (start..end).filter_map(|at| {
            let seed = seeds.get(at.checked_rem(seeds.len())?)?;
            Some(sample::copy(seed, &keys, at + 1))
        });
        let mut page = Map::new();
        if let Some(context) = shown.get("@odata.context") {
            page.insert("@odata.context".to_owned(), context.clone());
        }
        if option("$count") == Some("true") {
            page.insert("@odata.count".to_owned(), json!(pages.items));
        }
        if end < pages.items {
            page.insert(NEXT_LINK.to_owned(), json!(Cursor::Offset(end).link(self.call)));
        }
        page.insert("value".to_owned(), items.collect());
        Some(Value::Object(page))
    }
}

#[cfg(test)]
mod tests {
    use super::super::message::{Call, query_of, split_target};
    use super::Cursor;

    #[test]
    fn a_link_brings_the_caller_where_it_was() {
        let call = Call {
            method: "GET".to_owned(),
            target: "/v1.0/users?$top=2&%24skiptoken=old&$skip=4&x=%26".to_owned(),
            headers: Vec::new(),
            body: bytes::Bytes::new(),
            base: "http://localhost:1".to_owned(),
        };
        for cursor in [
            Cursor::Page { example: 1, number: 2 },
            Cursor::Delta { example: 0, number: 1 },
            Cursor::Offset(100),
        ] {
            let link = cursor.link(&call);
            assert!(link.starts_with("http://localhost:1/v1.0/users?$top=2&x=%26&$"), "{link}");
            assert_eq!(Cursor::of(&query_of(split_target(&link).1)), Some(cursor));
        }
    }

    #[test]
    fn tokens_of_others() {
        assert_eq!(Cursor::of(&query_of("$skiptoken=abc")), Some(Cursor::Foreign));
        assert_eq!(Cursor::of(&query_of("$skiptoken=docbind-page-x-1")), Some(Cursor::Foreign));
        let long = "$skiptoken=docbind-page-18446744073709551615-18446744073709551615";
        assert_eq!(Cursor::of(&query_of(long)), Some(Cursor::Foreign));
        assert_eq!(Cursor::of(&query_of("$top=1")), None);
    }
}
