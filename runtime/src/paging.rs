//! Collections that come page by page, as streams.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::stream::{Stream, StreamExt, TryStreamExt};
use http::Method;

use crate::body::Body;
use crate::codec::Kind;
use crate::error::{Error, Result};
use crate::page::Page;
use crate::request::Request;
use crate::transport::BoxFuture;

/// The pages of a collection, one request for each. Nothing is asked for before it is wanted.
///
/// After an error there is nothing more, and [`next_link`](Self::next_link) tells where to go on.
#[must_use = "a stream does nothing until it is asked for its items"]
pub struct Pages<T> {
    next: Next<T>,
    /// Where the page comes from that is next.
    link: Option<String>,
    /// Hashes of the links so far.
    seen: HashSet<u64>,
}

/// What comes next.
enum Next<T> {
    Request(Box<Request<Page<T>>>),
    UnderWay(Box<Request<Page<T>>>, BoxFuture<'static, Result<Page<T>>>),
    /// The reason why nothing does although there is a link.
    Error(Box<Error>),
    Nothing,
}

/// The elements of a collection, on all its pages. Nothing is asked for before it is wanted.
///
/// After an error there is nothing more, and [`next_link`](Self::next_link) tells where to go on.
#[must_use = "a stream does nothing until it is asked for its items"]
pub struct Items<T> {
    pages: Pages<T>,
    /// Those of the page that has been read.
    waiting: VecDeque<T>,
    /// Where that page comes from.
    link: Option<String>,
}

impl<T: Kind + Send + 'static> Request<Page<T>> {
    /// The pages, following the links from each to the next.
    ///
    /// ```no_run
    /// # use docbind_runtime::{Page, Reference, Request, Result};
    /// # async fn example(request: Request<Page<Reference>>) -> Result<()> {
    /// let mut pages = request.top(100).pages();
    /// while let Some(page) = pages.next().await {
    ///     let page = page?;
    ///     println!("{} of {:?}, then {:?}", page.value.len(), page.count, page.next_link);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages(self) -> Pages<T> {
        let link = self.link.clone();
        Pages { next: Next::Request(Box::new(self)), link, seen: HashSet::new() }
    }

    /// The elements of all pages.
    ///
    /// ```no_run
    /// # use docbind_runtime::{Page, Reference, Request, Result};
    /// # async fn example(request: Request<Page<Reference>>) -> Result<()> {
    /// let first_thousand = request.items().collect_up_to(1000).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn items(self) -> Items<T> {
        Items { pages: self.pages(), waiting: VecDeque::new(), link: None }
    }
}

impl<T> Request<Page<T>> {
    /// Goes on where the link leads that came with a page, perhaps days ago. The query is the
    /// link's own, and what a link leads to is asked for with GET, without a body.
    ///
    /// Token and headers go along only if the link leads to the client's own service.
    #[must_use]
    pub fn resume(mut self, link: impl Into<String>) -> Self {
        self.query.clear();
        self.method = Method::GET;
        self.body = Body::Empty;
        self.link = Some(link.into());
        self
    }
}

impl<T> Pages<T> {
    /// Where the page comes from that is next, or that could not be read: for
    /// [`Request::resume`]. None before the first page, unless that has been resumed itself, and
    /// after the last.
    pub fn next_link(&self) -> Option<&str> {
        self.link.as_deref()
    }

    fn go_on(&mut self, request: Request<Page<T>>, page: &Page<T>) {
        self.link.clone_from(&page.next_link);
        let Some(link) = &page.next_link else { return };
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(link);
        self.next = if self.seen.insert(hash) {
            Next::Request(Box::new(request.resume(link)))
        } else {
            let error = Error::link("the link to the next page leads back to one that was read");
            Next::Error(Box::new(error.of_operation(request.operation())))
        };
    }
}

impl<T: Kind + Send + 'static> Pages<T> {
    /// The next page. None after the last.
    pub async fn next(&mut self) -> Option<Result<Page<T>>> {
        StreamExt::next(self).await
    }
}

impl<T> Items<T> {
    /// Where to go on another time so that nothing is left out, for [`Request::resume`]: the page
    /// that the next element comes from. Elements of it that have been handed out come again.
    ///
    /// None on the first page, unless that has been resumed itself, and after the last.
    pub fn next_link(&self) -> Option<&str> {
        if self.waiting.is_empty() { self.pages.next_link() } else { self.link.as_deref() }
    }
}

impl<T: Kind + Send + 'static> Items<T> {
    /// The next element. None after the last.
    pub async fn next(&mut self) -> Option<Result<T>> {
        StreamExt::next(self).await
    }

    /// The elements as a list, at most so many. No page is asked for beyond these.
    pub async fn collect_up_to(self, limit: usize) -> Result<Vec<T>> {
        self.take(limit).try_collect().await
    }
}

impl<T: Kind + Send + 'static> Stream for Pages<T> {
    type Item = Result<Page<T>>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let (request, mut work) = match mem::replace(&mut self.next, Next::Nothing) {
            Next::Request(request) => {
                let work = Box::pin((*request).clone().send());
                (request, work as BoxFuture<'static, _>)
            }
            Next::UnderWay(request, work) => (request, work),
            Next::Error(error) => return Poll::Ready(Some(Err(*error))),
            Next::Nothing => return Poll::Ready(None),
        };
        let Poll::Ready(page) = work.as_mut().poll(context) else {
            self.next = Next::UnderWay(request, work);
            return Poll::Pending;
        };
        if let Ok(page) = &page {
            self.go_on(*request, page);
        }
        Poll::Ready(Some(page))
    }
}

impl<T: Kind + Send + 'static> Stream for Items<T> {
    type Item = Result<T>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.waiting.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            self.link = self.pages.link.clone();
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.waiting = page.value.into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Elements wait in a queue, so that nothing in here needs to stay where it is.
impl<T> Unpin for Items<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pages").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Items").finish_non_exhaustive()
    }
}
