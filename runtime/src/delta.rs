//! What has changed since the last time.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::{Stream, StreamExt};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codec::{Kind, Type};
use crate::error::Result;
use crate::object::Object;
use crate::page::Page;
use crate::paging::Pages;
use crate::request::Request;

/// Where a delta query goes on another time. It is a text, to be kept wherever one likes; it says
/// nothing about who may read it, but what it leads to is asked for with a token of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DeltaToken(String);

impl DeltaToken {
    /// The token that [`as_str`](Self::as_str) gave.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The token as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for DeltaToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DeltaToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

/// What has become of an object.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Change<T> {
    /// It is new, or has changed. It may hold only what has changed.
    Changed(T),
    /// It is gone.
    #[non_exhaustive]
    Removed {
        /// What is left of it: its identifier.
        object: T,
        /// Why: `deleted` for good, or `changed` when it does not belong to the result any more.
        reason: String,
    },
}

/// The changes that a delta query reports, page by page, and at the end the token for the next
/// time.
#[derive(Debug)]
#[must_use = "changes come only when they are asked for"]
pub struct Changes<T> {
    pages: Pages<T>,
    items: VecDeque<T>,
    /// Where the page comes from whose objects these are.
    link: Option<String>,
    token: Option<DeltaToken>,
}

impl<T: Type + Kind + Send + 'static> Request<Page<T>> {
    /// What this delta query reports. Of a request that is no delta query, these are all objects,
    /// and there is no token.
    ///
    /// ```no_run
    /// # use docbind_runtime::{Change, Page, Reference, Request, Result};
    /// # async fn example(request: Request<Page<Reference>>) -> Result<()> {
    /// let mut changes = request.clone().changes();
    /// while let Some(change) = changes.next().await {
    ///     match change? {
    ///         Change::Removed { object, reason, .. } => println!("{reason}: {object:?}"),
    ///         Change::Changed(object) => println!("{object:?}"),
    ///         _ => {}
    ///     }
    /// }
    /// // Tomorrow:
    /// if let Some(token) = changes.token() {
    ///     let changes = request.since(token).changes();
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A service that has forgotten what was before answers with 410
    /// ([`is_gone`](crate::Error::is_gone)): then all begins anew, without a token.
    pub fn changes(self) -> Changes<T> {
        Changes { pages: self.pages(), items: VecDeque::new(), link: None, token: None }
    }

    /// Asks only for what has changed since the token was given.
    #[must_use]
    pub fn since(self, token: &DeltaToken) -> Self {
        self.resume(&*token.0)
    }
}

impl<T: Type + Kind + Send + 'static> Changes<T> {
    /// The next change. None after the last.
    pub async fn next(&mut self) -> Option<Result<Change<T>>> {
        StreamExt::next(self).await
    }

    /// The token for the next time. There is one when all changes have been read.
    pub fn token(&self) -> Option<&DeltaToken> {
        self.token.as_ref().filter(|_| self.items.is_empty())
    }

    /// Where to go on after a failure so that no change is left out, for [`Request::resume`]: the
    /// page that the next change comes from. Changes on it that have been handed out come again.
    ///
    /// None on the first page, unless that has been resumed itself, and after the last, which has a
    /// [`token`](Self::token).
    pub fn next_link(&self) -> Option<&str> {
        if self.items.is_empty() { self.pages.next_link() } else { self.link.as_deref() }
    }
}

impl<T: Type + Kind + Send + 'static> Stream for Changes<T> {
    type Item = Result<Change<T>>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(object) = self.items.pop_front() {
                let reason = object.removed().map(str::to_owned);
                return Poll::Ready(Some(Ok(match reason {
                    Some(reason) => Change::Removed { object, reason },
                    None => Change::Changed(object),
                })));
            }
            self.link = self.pages.next_link().map(str::to_owned);
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    self.token = page.delta_link.map(DeltaToken);
                    self.items = page.value.into();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// The objects wait in a queue, so that nothing in here needs to stay where it is.
impl<T> Unpin for Changes<T> {}
