//! One attempt: the token, the redirects, the body.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, StatusCode};

use super::retry::{is_transient, retry_after};
use super::{Answer, Call, Reading, next, payload, timed, uri, within};
use crate::auth::AccessToken;
use crate::body::Body;
use crate::client::{Connection, Shared};
use crate::error::{Error, Result};
use crate::origin::{Origin, join};
use crate::transport::{ByteStream, Fault, Payload};

/// How many redirects are followed. The services in question need one.
const REDIRECTS: usize = 5;

/// How much of the body of an error is kept.
const ERROR_LIMIT: u64 = 1 << 20;

/// How much space is made for a body before it has come.
const TRUSTED_LENGTH: u64 = 1 << 20;

/// What stays of a request's headers when a redirect leads it to another host. All others may hold
/// what is meant for the service alone.
const PORTABLE: [HeaderName; 5] =
    [header::ACCEPT, header::ACCEPT_ENCODING, header::RANGE, header::IF_RANGE, header::USER_AGENT];

/// Why an attempt failed.
pub(super) struct Failure {
    pub(super) error: Error,
    pub(super) again: Again,
}

/// Whether another attempt is worth it.
pub(super) enum Again {
    Never,
    Later,
    /// When so much time has passed, says the service.
    After(Duration),
}

impl Again {
    fn later_if(is_worth_it: bool) -> Self {
        if is_worth_it { Self::Later } else { Self::Never }
    }
}

impl Failure {
    /// A failure that comes again, however often one tries.
    pub(super) fn last(error: Error) -> Self {
        Self { error, again: Again::Never }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::last(error)
    }
}

/// What the attempts of a call have in common.
pub(super) struct Attempt<'a> {
    shared: &'a Shared,
    connection: &'a Connection,
    call: &'a mut Call,
    headers: HeaderMap,
    reading: Reading,
    limit: Option<Duration>,
}

impl<'a> Attempt<'a> {
    pub(super) fn new(
        shared: &'a Shared,
        connection: &'a Connection,
        call: &'a mut Call,
        reading: Reading,
    ) -> Result<Self> {
        let limit = call.options.attempt_timeout.or(shared.settings.attempt_timeout);
        let headers = headers(shared, call)?;
        Ok(Self { shared, connection, call, headers, reading, limit })
    }

    /// Whether the body can be sent once more.
    pub(super) fn is_replayable(&self) -> bool {
        !matches!(&self.call.body, Body::Stream(stream) if stream.is_taken())
    }

    /// Sends the request, with another token when the first one is refused, and follows redirects.
    pub(super) async fn run(&mut self) -> Result<Answer, Failure> {
        let mut url = self.call.url.clone();
        // A link that came with an answer may lead elsewhere from the start. Only a call that is
        // anonymous was made for that place.
        let is_anonymous = self.call.options.is_anonymous;
        let mut is_home = !is_anonymous && self.shared.is_home(&url);
        let mut headers =
            if is_home || is_anonymous { self.headers.clone() } else { portable(&self.headers) };
        let mut refused: Option<AccessToken> = None;
        let mut redirects = 0;
        loop {
            let token = if is_home && !headers.contains_key(header::AUTHORIZATION) {
                self.token(refused.as_ref()).await?
            } else {
                None
            };
            let mut response = self.exchange(&url, &headers, token.as_ref()).await?;
            if response.status() == StatusCode::UNAUTHORIZED
                && let Some(token) = token
                && refused.is_none()
                && self.is_replayable()
            {
                let another = self.token(Some(&token)).await?;
                if another.as_ref() != Some(&token) {
                    response = self.exchange(&url, &headers, another.as_ref()).await?;
                }
                refused = Some(token);
            }
            if let Some(target) = self.redirect(&url, &response) {
                redirects += 1;
                if redirects > REDIRECTS {
                    return Err(Error::link("too many redirects").into());
                }
                let target = target?;
                if Origin::of(&url) != Origin::of(&target) {
                    headers = portable(&headers);
                }
                url = target;
                is_home = !is_anonymous && self.shared.is_home(&url);
            } else {
                return self.finish(response).await;
            }
        }
    }

    /// The token for the service itself, if the client has a credential.
    async fn token(&self, refused: Option<&AccessToken>) -> Result<Option<AccessToken>, Failure> {
        match &self.shared.tokens {
            Some(tokens) => Ok(Some(tokens.token(&*self.connection.clock, refused).await?)),
            None => Ok(None),
        }
    }

    async fn exchange(
        &mut self,
        url: &str,
        headers: &HeaderMap,
        token: Option<&AccessToken>,
    ) -> Result<http::Response<ByteStream>, Failure> {
        let payload = payload(&self.call.body)
            .ok_or_else(|| Error::request("the stream has been sent already"))?;
        let mut request = http::Request::new(payload);
        *request.method_mut() = self.call.method.clone();
        *request.uri_mut() = uri(url)?;
        *request.headers_mut() = headers.clone();
        if let Some(token) = token {
            let value = ["Bearer ", token.secret.expose()].concat();
            let mut value = HeaderValue::try_from(value)
                .map_err(|_| Error::authentication("the token is not fit for a header"))?;
            value.set_sensitive(true);
            request.headers_mut().insert(header::AUTHORIZATION, value);
        }
        let sent = self.connection.transport.send(request);
        match within(&*self.connection.clock, self.limit, sent).await {
            Some(Ok(response)) => Ok(response),
            Some(Err(fault)) => {
                let is_retried = !fault.is_sent() || self.call.is_repeatable;
                let again = Again::later_if(is_retried);
                Err(Failure { error: Error::connection(fault), again })
            }
            None => Err(Failure {
                error: Error::timeout("the service did not answer in time"),
                again: Again::later_if(self.call.is_repeatable),
            }),
        }
    }

    /// Where the answer leads instead. Only what changes nothing is taken elsewhere.
    fn redirect<B>(&self, url: &str, response: &http::Response<B>) -> Option<Result<String>> {
        let is_redirect = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
        if !is_redirect || self.call.method != Method::GET {
            return None;
        }
        let location = response.headers().get(header::LOCATION)?.to_str().ok()?;
        let Some(target) = join(url, location) else {
            return Some(Err(Error::link("the redirect leads nowhere")));
        };
        let is_plain = |url| Origin::of(url).is_some_and(|origin| origin.is_plain());
        if is_plain(&target) && !is_plain(url) {
            return Some(Err(Error::link("the redirect leads from https to http")));
        }
        Some(Ok(target))
    }

    async fn finish(&self, response: http::Response<ByteStream>) -> Result<Answer, Failure> {
        let (head, body) = response.into_parts();
        let clock = &self.connection.clock;
        if !head.status.is_success() {
            // The body of an error says why, when it says anything: a fault in it is no news.
            let body = self.read(body, None, ERROR_LIMIT).await.ok().flatten().unwrap_or_default();
            let wait = retry_after(&head.headers, clock.now());
            let again = match wait {
                _ if !is_transient(self.call.is_repeatable, head.status, &head.headers) => {
                    Again::Never
                }
                Some(wait) => Again::After(wait),
                None => Again::Later,
            };
            let error = Error::service(head.status, &head.headers, wait, body);
            return Err(Failure { error, again });
        }
        if self.reading == Reading::Stream {
            let body = timed(body, Arc::clone(clock), self.limit);
            let payload = Payload::Stream { stream: body, length: length(&head.headers) };
            return Ok(http::Response::from_parts(head, payload));
        }
        if let Some(encoding) = encoding(&head.headers) {
            let message = format!("the answer is in `{encoding}`, which was not asked for");
            return Err(Error::content(message).into());
        }
        let limit = self.shared.settings.body_limit;
        let too_large = || {
            Error::too_large(format!("the answer has more than {limit} bytes; see `body_limit`"))
        };
        let length = length(&head.headers);
        if length.is_some_and(|length| length > limit) {
            return Err(too_large().into());
        }
        match self.read(body, length, limit).await {
            Ok(Some(bytes)) => {
                Ok(http::Response::from_parts(head, Payload::Bytes(Bytes::from(bytes))))
            }
            Ok(None) => Err(too_large().into()),
            Err(fault) => Err(Failure {
                error: Error::connection(fault),
                again: Again::later_if(self.call.is_repeatable),
            }),
        }
    }

    /// All bytes of the body, or none when there are more than `limit`. Each piece has to come in
    /// time.
    async fn read(
        &self,
        mut body: ByteStream,
        length: Option<u64>,
        limit: u64,
    ) -> Result<Option<Vec<u8>>, Fault> {
        // The service's word for it is worth so much space before the bytes are there.
        let space = length.unwrap_or_default().min(TRUSTED_LENGTH);
        let mut bytes = Vec::with_capacity(usize::try_from(space).unwrap_or_default());
        while let Some(piece) = next(&mut body, &*self.connection.clock, self.limit).await {
            let piece = piece?;
            if (bytes.len() + piece.len()) as u64 > limit {
                return Ok(None);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(Some(bytes))
    }
}

/// The headers that go along to another host.
fn portable(headers: &HeaderMap) -> HeaderMap {
    let names = PORTABLE.iter();
    names.filter_map(|name| Some((name.clone(), headers.get(name)?.clone()))).collect()
}

/// How the body is packed, if it is. A transport that unpacks bodies takes the header away.
fn encoding(headers: &HeaderMap) -> Option<&str> {
    let encoding = headers.get(header::CONTENT_ENCODING)?.to_str().unwrap_or("another encoding");
    (!encoding.trim().is_empty() && !encoding.eq_ignore_ascii_case("identity")).then_some(encoding)
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The headers of the request, and those that every request has unless it says otherwise.
fn headers(shared: &Shared, call: &Call) -> Result<HeaderMap> {
    let unfit = |name: &str| Error::request(format!("`{name}` is no header, or its value is none"));
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json, */*;q=0.5"));
    let agent = HeaderValue::try_from(&shared.settings.user_agent);
    headers.insert(header::USER_AGENT, agent.map_err(|_| unfit("user-agent"))?);
    let content_type = match &call.body {
        Body::Empty => None,
        Body::Json(_) => Some(HeaderValue::from_static("application/json")),
        Body::Bytes { content_type: Some(content_type), .. } => {
            Some(HeaderValue::try_from(content_type).map_err(|_| unfit("content-type"))?)
        }
        Body::Bytes { content_type: None, .. } | Body::Stream(_) => {
            Some(HeaderValue::from_static("application/octet-stream"))
        }
    };
    if let Some(content_type) = content_type {
        headers.insert(header::CONTENT_TYPE, content_type);
    } else if call.method != Method::GET && call.method != Method::DELETE {
        // Servers want to be told that nothing comes.
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    for (name, value) in &call.headers {
        let (Ok(key), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value))
        else {
            return Err(unfit(name));
        };
        headers.insert(key, value);
    }
    if let Some(value) = headers.get_mut(header::AUTHORIZATION) {
        value.set_sensitive(true);
    }
    Ok(headers)
}
