//! A request as plain data.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde::Serialize;

use crate::body::{Body, StreamBody};
use crate::client::Client;
use crate::codec::Type;
use crate::error::{Error, Result};
use crate::origin::join;
use crate::page::Page;
use crate::path::{Argument, fill};
use crate::permissions::Permissions;
use crate::query::{Expansion, Filter, Selection, Sorting};
use crate::response::{Answer, Download, FromResponse, Response};
use crate::send::{self, Call, Limit, Options, Reading, Retry};
use crate::transport::{BoxFuture, ByteStream};

/// A request that will be answered with a `T`.
///
/// It is plain data: it can be inspected, changed, kept, and sent from another thread.
#[non_exhaustive]
pub struct Request<T> {
    /// The method.
    pub method: Method,
    /// The path as documented, with placeholders: it names the operation. That of a raw request,
    /// which a trace calls `raw`, is its path.
    pub template: Cow<'static, str>,
    /// The path as it is sent: encoded, behind the base URL of the client.
    pub path: String,
    /// Names and values of the query, not yet encoded.
    pub query: Vec<(String, String)>,
    /// Names and values of the headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
    /// Whether a value of the wrong kind in the answer is an error.
    pub strict: bool,
    pub(crate) client: Client,
    pub(crate) options: Options,
    /// Where a link of an answer leads, instead of the path.
    pub(crate) link: Option<String>,
    error: Option<String>,
    answer: PhantomData<fn() -> T>,
}

impl<T> Request<T> {
    pub(crate) fn new(
        client: &Client,
        method: Method,
        template: &'static str,
        arguments: &[Argument],
    ) -> Self {
        let (path, error) = fill(template, arguments);
        let error = error.map(|error| error.to_string());
        Self::with_path(client, method, template.into(), path, error)
    }

    /// A request to a path as it is.
    pub(crate) fn with_path(
        client: &Client,
        method: Method,
        template: Cow<'static, str>,
        path: String,
        error: Option<String>,
    ) -> Self {
        Self {
            method,
            template,
            path,
            query: Vec::new(),
            headers: Vec::new(),
            body: Body::Empty,
            strict: false,
            client: client.clone(),
            options: Options::default(),
            link: None,
            error,
            answer: PhantomData,
        }
    }

    /// Adds a query parameter, or replaces the one of this name.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.set_query(name, value.to_string());
        self
    }

    fn set_query(&mut self, name: impl Into<String>, value: String) {
        let name = name.into();
        match self.query.iter_mut().find(|(other, _)| *other == name) {
            Some((_, old)) => *old = value,
            None => self.query.push((name, value)),
        }
    }

    fn append(mut self, name: &str, separator: &str, value: String) -> Self {
        let before = self.query.iter().find(|(other, _)| other == name);
        let value = match before {
            Some((_, before)) => format!("{before}{separator}{value}"),
            None => value,
        };
        self.set_query(name, value);
        self
    }

    /// Adds a header, or replaces the one of this name.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        let (name, value) = (name.into(), value.to_string());
        match self.headers.iter_mut().find(|(other, _)| other.eq_ignore_ascii_case(&name)) {
            Some((_, old)) => *old = value,
            None => self.headers.push((name, value)),
        }
        self
    }

    /// Gives the request a JSON body.
    #[inline(never)]
    #[must_use]
    pub fn json<B: Serialize>(mut self, body: impl Into<B>) -> Self {
        match serde_json::to_vec(&body.into()) {
            Ok(json) => self.body = Body::Json(Bytes::from(json)),
            Err(error) => {
                self.error.get_or_insert_with(|| error.to_string());
            }
        }
        self
    }

    /// Gives the request a body of bytes. Their content type is that of the header, if there is one.
    ///
    /// An attempt lasts until the body has been sent and the answer begins. So for a large body,
    /// mind [`attempt_timeout`](Self::attempt_timeout) and [`timeout`](Self::timeout), or use an
    /// [`Upload`](crate::Upload) where the service has upload sessions.
    #[must_use]
    pub fn bytes(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.body = Body::Bytes { content_type: None, bytes: Bytes::from(bytes.into()) };
        self
    }

    /// Gives the request a body of bytes that are still to come, so many as `length` says where
    /// that is known. What has been sent of a stream is gone: the request is not sent again when it
    /// fails.
    ///
    /// An attempt lasts until the body has been sent and the answer begins. So for a large body,
    /// mind [`attempt_timeout`](Self::attempt_timeout) and [`timeout`](Self::timeout).
    #[must_use]
    pub fn stream(mut self, stream: ByteStream, length: impl Into<Option<u64>>) -> Self {
        self.body = Body::Stream(StreamBody::new(stream, length));
        self
    }

    /// When and how often this call is sent again, whatever the client does otherwise.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.options.retry = Some(retry);
        self
    }

    /// How long this call may take in all, none for no limit.
    #[must_use]
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.timeout = Limit::from(timeout.into());
        self
    }

    /// How long each attempt may take until its answer begins, none for no limit. To send the body
    /// is a part of it.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.attempt_timeout = Limit::from(timeout.into());
        self
    }

    /// Asks that it be done only if the object is still the one with this ETag.
    #[must_use]
    pub fn if_match(self, etag: impl fmt::Display) -> Self {
        self.header("If-Match", etag)
    }

    /// Makes a value of the wrong kind in the answer an error. Otherwise it is kept among the extra
    /// properties of its object.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Reads an answer to this request, as [`send`](Self::send) does. An answer other than of
    /// success is an error.
    pub fn read(&self, response: &Response) -> Result<T>
    where
        T: FromResponse,
    {
        let read = match Error::in_response(response, self.client.now()) {
            Some(error) => Err(error),
            None => T::from_response(response, self.strict),
        };
        read.map_err(|error| error.of_operation(self.operation()))
    }

    /// The client that the request was made with.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Method and path template, which name the operation: `GET /users/{id}`.
    pub fn operation(&self) -> String {
        format!("{} {}", self.method, self.template)
    }

    /// The permissions of which the caller needs one, as the docs state them, the least privileged
    /// first. None where they say nothing, and for a path that no function stands for.
    pub fn permissions(&self) -> Option<&'static Permissions> {
        self.client.1?.find(&self.operation())
    }

    /// Fails when the request cannot be sent as it was put together.
    pub fn check(&self) -> Result<()> {
        match &self.error {
            None if self.link.is_some() && self.target().is_none() => {
                let error = Error::link("the link leads nowhere");
                Err(error.of_operation(self.operation()))
            }
            None => Ok(()),
            Some(message) => Err(Error::request(message).of_operation(self.operation())),
        }
    }

    /// What goes over the network.
    pub(crate) fn call(&self) -> Result<Call> {
        self.check()?;
        // The path of a raw request has identifiers in it, which are nothing for a trace. Only such
        // a path is a string of its own, unless somebody has put a better name there.
        let template = match &self.template {
            Cow::Borrowed(template) => template,
            Cow::Owned(_) => "raw",
        };
        Ok(Call {
            operation: format!("{} {template}", self.method),
            method: self.method.clone(),
            url: self.url(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            is_repeatable: send::is_repeatable(&self.method),
            options: self.options.clone(),
        })
    }

    /// Where the request goes: path and query, encoded, behind the base URL of the client.
    pub fn url(&self) -> String {
        match &self.link {
            Some(link) => self.with_query(self.target().unwrap_or_else(|| link.clone())),
            None => format!("{}{}", self.client.base_url(), self.path_and_query()),
        }
    }

    /// Where the link leads: services write it with their host or without.
    fn target(&self) -> Option<String> {
        join(self.client.base_url(), self.link.as_deref()?)
    }

    /// Path and query, encoded.
    pub fn path_and_query(&self) -> String {
        self.with_query(self.path.clone())
    }

    fn with_query(&self, mut text: String) -> String {
        crate::query::encode(&self.query, &mut text);
        text
    }
}

/// What properties can be selected and expanded of: an object, or a collection of objects.
pub trait Queryable {
    /// The objects whose properties the options name.
    type Item;
}

impl<T: Type> Queryable for T {
    type Item = T;
}

impl<T> Queryable for Page<T> {
    type Item = T;
}

impl<T: Type> Queryable for Vec<T> {
    type Item = T;
}

impl<T: Type> Queryable for Option<T> {
    type Item = T;
}

impl<T: Queryable> Request<T> {
    /// Asks for these properties only. Called again, for these as well.
    #[must_use]
    pub fn select(self, properties: impl Selection<T::Item>) -> Self {
        self.append("$select", ",", properties.names())
    }

    /// Asks for the objects behind these properties. Called again, for those as well.
    #[must_use]
    pub fn expand(self, properties: impl Expansion<T::Item>) -> Self {
        self.append("$expand", ",", properties.expansions())
    }
}

/// What can be asked of a collection only.
impl<T> Request<Page<T>> {
    /// Asks for the objects that the condition holds for. Called again, both have to hold.
    #[must_use]
    pub fn filter(mut self, condition: Filter<T>) -> Self {
        let before = self.query.iter().find(|(name, _)| name == "$filter");
        let condition = match before {
            Some((_, before)) => Filter::raw(before) & condition,
            None => condition,
        };
        self.set_query("$filter", condition.to_string());
        self
    }

    /// Asks for this order. Called again, objects that are equal in it are sorted further.
    #[must_use]
    pub fn order_by(self, order: impl Sorting<T>) -> Self {
        self.append("$orderby", ",", order.orders())
    }

    /// Asks for at most so many objects on a page.
    #[must_use]
    pub fn top(self, count: u32) -> Self {
        self.query("$top", count)
    }

    /// Passes over the first so many objects.
    #[must_use]
    pub fn skip(self, count: u32) -> Self {
        self.query("$skip", count)
    }

    /// Asks how many objects there are on all pages.
    #[must_use]
    pub fn count(self) -> Self {
        self.query("$count", true)
    }

    /// Searches for the text, as one phrase. For operators between phrases there is
    /// [`query`](Self::query).
    #[must_use]
    pub fn search(self, text: &str) -> Self {
        let text = text.replace('\\', "\\\\").replace('"', "\\\"");
        self.query("$search", format_args!("\"{text}\""))
    }
}

impl<T: FromResponse> Request<T> {
    /// Sends the request and reads the answer. Awaiting the request does the same.
    ///
    /// Fails when the service answers with an error, when it cannot be reached, and when the answer
    /// is not what the docs promise; the [`Error`] tells which.
    pub async fn send(self) -> Result<T> {
        self.send_full().await.map(|answer| answer.value)
    }

    /// Sends the request like [`send`](Self::send), and keeps status and headers of the answer.
    pub async fn send_full(self) -> Result<Answer<T>> {
        let answer = send::send(&self.client, self.call()?, Reading::Whole).await;
        let answer = answer.map_err(|error| error.of_operation(self.operation()))?;
        let response = Response::from(answer);
        let value = self.read(&response)?;
        Ok(Answer { value, status: response.status, headers: response.headers })
    }

    /// Sends the request, and leaves the body of the answer to come piece by piece, however large
    /// it is. It is not looked at.
    ///
    /// ```no_run
    /// # use docbind_runtime::{Content, Request, Result};
    /// # async fn example(request: Request<Content>, mut file: impl std::io::Write) -> Result<()> {
    /// let mut download = request.download().await?;
    /// while let Some(piece) = download.next().await {
    ///     file.write_all(&piece?).expect("there is space");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn download(self) -> Result<Download> {
        let answer = send::send(&self.client, self.call()?, Reading::Stream).await;
        let answer = answer.map_err(|error| error.of_operation(self.operation()))?;
        Ok(Download::new(answer, self.operation()))
    }
}

impl<T: FromResponse + 'static> IntoFuture for Request<T> {
    type Output = Result<T>;
    type IntoFuture = BoxFuture<'static, Result<T>>;
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self {
            method: self.method.clone(),
            template: self.template.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            strict: self.strict,
            client: self.client.clone(),
            options: self.options.clone(),
            link: self.link.clone(),
            error: self.error.clone(),
            answer: PhantomData,
        }
    }
}

/// Neither values of headers nor the body: they may be secret. Both are there to look at.
impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path_and_query())
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("body_bytes", &self.body.as_bytes().len())
            .finish_non_exhaustive()
    }
}
