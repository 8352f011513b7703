//! Collections that come page by page, as streams.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{self, BoxStream, Stream, StreamExt, TryStreamExt};
use http::Method;

use crate::body::Body;
use crate::codec::Kind;
use crate::error::{Error, Result};
use crate::page::Page;
use crate::request::Request;

/// The pages of a collection, one request for each. Nothing is asked for before it is wanted.
///
/// After an error there is nothing more. [`Request::resume`] goes on from the link of any page.
#[must_use = "a stream does nothing until it is asked for its items"]
pub struct Pages<T>(BoxStream<'static, Result<Page<T>>>);

/// The elements of a collection, on all its pages. Nothing is asked for before it is wanted.
///
/// After an error there is nothing more.
#[must_use = "a stream does nothing until it is asked for its items"]
pub struct Items<T>(BoxStream<'static, Result<T>>);

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
        let trail = Trail { next: Some(Ok(self)), seen: HashSet::new() };
        Pages(
            stream::try_unfold(trail, |mut trail| async {
                let Some(request) = trail.next.take().transpose()? else { return Ok(None) };
                let page = request.clone().send().await?;
                trail.go_on(request, &page);
                Ok(Some((page, trail)))
            })
            .boxed(),
        )
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
        let pages = self.pages().0;
        Items(
            pages.map_ok(|page| stream::iter(page.value.into_iter().map(Ok))).try_flatten().boxed(),
        )
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

/// Where the pages have led so far.
struct Trail<T> {
    /// What comes next, or why nothing does although there is a link.
    next: Option<Result<Request<Page<T>>>>,
    /// Hashes of the links.
    seen: HashSet<u64>,
}

impl<T> Trail<T> {
    fn go_on(&mut self, request: Request<Page<T>>, page: &Page<T>) {
        let Some(link) = &page.next_link else { return };
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(link);
        self.next = Some(if self.seen.insert(hash) {
            Ok(request.resume(link))
        } else {
            let error = Error::link("the link to the next page leads back to one that was read");
            Err(error.of_operation(request.operation()))
        });
    }
}

impl<T> Pages<T> {
    /// The next page. None after the last.
    pub async fn next(&mut self) -> Option<Result<Page<T>>> {
        self.0.next().await
    }
}

impl<T> Items<T> {
    /// The next element. None after the last.
    pub async fn next(&mut self) -> Option<Result<T>> {
        self.0.next().await
    }

    /// The elements as a list, at most so many. No page is asked for beyond these.
    pub async fn collect_up_to(self, limit: usize) -> Result<Vec<T>> {
        self.0.take(limit).try_collect().await
    }
}

impl<T> Stream for Pages<T> {
    type Item = Result<Page<T>>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

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
