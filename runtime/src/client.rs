//! What all requests of a program share: where the service is, who calls, and how to insist.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, Uri};

use crate::auth::{Cloud, Credential, TokenCache};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::origin::Origin;
use crate::permissions::PermissionTable;
use crate::request::Request;
use crate::send::Retry;
use crate::transport::Transport;

/// The client that requests are made with. Cheap to clone; the clones share connections and token.
#[derive(Clone, Debug)]
pub struct Client(
    pub(crate) Arc<Shared>,
    /// What calls need, where the client is one of a generated crate.
    pub(crate) Option<&'static PermissionTable>,
);

pub(crate) struct Shared {
    pub(crate) base_url: String,
    /// That of the base URL: who gets the token. None where nothing is sent.
    origin: Option<Origin>,
    pub(crate) connection: Option<Connection>,
    pub(crate) tokens: Option<TokenCache>,
    pub(crate) settings: Settings,
}

/// What it takes to send something.
pub(crate) struct Connection {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
}

/// How calls are made unless they say otherwise.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) retry: Retry,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) body_limit: u64,
    pub(crate) user_agent: String,
}

impl fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Shared")
            .field("base_url", &shown(&self.base_url))
            .finish_non_exhaustive()
    }
}

impl Shared {
    /// Whether the URL leads to the service itself.
    pub(crate) fn is_home(&self, url: &str) -> bool {
        // What stands behind the base URL and begins with a slash cannot change the host.
        let is_below = url.strip_prefix(&self.base_url).is_some_and(|path| path.starts_with('/'));
        self.origin.is_some() && (is_below || Origin::of(url) == self.origin)
    }
}

impl Client {
    /// A client that builds requests for the service at `base_url`, and sends none.
    pub fn offline(base_url: impl Into<String>) -> Self {
        let builder = ClientBuilder::new(base_url.into());
        let shared = Shared {
            base_url: builder.base_url,
            origin: None,
            connection: None,
            tokens: None,
            settings: builder.settings,
        };
        Self(Arc::new(shared), None)
    }

    /// Begins a client for the service at `base_url`.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(base_url.into())
    }

    /// A request to a path that no function stands for, behind the base URL: `/me/messages`. It is
    /// sent as it is; what needs to be encoded in it is up to the caller. What comes behind `?`
    /// is better added by [`query`](Request::query), which encodes it.
    ///
    /// The answer is read as a `T`: a [`Value`](crate::Value) for any JSON,
    /// [`Content`](crate::Content) for bytes, `()` for nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use docbind_runtime::{Client, Method, Request, Value};
    ///
    /// let client = Client::offline("https://api.example.com/v1.0");
    /// let request: Request<Value> = client.request(Method::GET, "/me/things").query("$top", 5);
    /// assert_eq!(request.url(), "https://api.example.com/v1.0/me/things?$top=5");
    /// ```
    pub fn request<T>(&self, method: Method, path: impl Into<String>) -> Request<T> {
        let path = path.into();
        let error = if !path.starts_with('/') {
            // It would become a part of the host.
            Some(format!("the path `{path}` has no slash"))
        } else if path.contains('#') {
            // The query would come behind it, and be kept from the service.
            Some(format!("the path `{path}` has a `#`, which is written `%23`"))
        } else {
            None
        };
        let template = path.split(['?', '#']).next().unwrap_or_default().to_owned();
        Request::with_path(self, method, template.into(), path, error)
    }

    /// The time, where there is a clock.
    pub(crate) fn now(&self) -> Option<Duration> {
        self.0.connection.as_ref().map(|connection| connection.clock.now())
    }

    /// What stands in front of every path, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }
}

/// What takes a client takes a generated one, too.
impl AsRef<Client> for Client {
    fn as_ref(&self) -> &Client {
        self
    }
}

/// A client in the making.
///
/// # Examples
///
/// ```
/// use docbind_runtime::{Client, MemoryClock};
/// use docbind_runtime::auth::StaticToken;
/// use docbind_runtime::transport::MemoryTransport;
///
/// let transport = MemoryTransport::replying([http::Response::new("{}")]);
/// let client = Client::builder("https://api.example.com/v1.0")
///     .credential(StaticToken::new("secret"))
///     .transport(transport)
///     .clock(MemoryClock::new())
///     .build()?;
/// assert_eq!(client.base_url(), "https://api.example.com/v1.0");
/// # Ok::<(), docbind_runtime::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    base_url: String,
    credential: Option<Arc<dyn Credential>>,
    scopes: Option<Vec<String>>,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    is_plain_allowed: bool,
    settings: Settings,
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("base_url", &shown(&self.base_url))
            .finish_non_exhaustive()
    }
}

impl ClientBuilder {
    fn new(mut base_url: String) -> Self {
        base_url.truncate(base_url.trim_end_matches('/').len());
        Self {
            base_url,
            credential: None,
            scopes: None,
            transport: None,
            clock: None,
            is_plain_allowed: false,
            settings: Settings {
                retry: Retry::default(),
                attempt_timeout: Some(Duration::from_secs(100)),
                timeout: Some(Duration::from_secs(600)),
                body_limit: 100 << 20,
                user_agent: concat!("docbind-runtime/", env!("CARGO_PKG_VERSION")).to_owned(),
            },
        }
    }

    /// Another place of the service, such as a national cloud or a server for tests.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self.base_url.truncate(self.base_url.trim_end_matches('/').len());
        self
    }

    /// The same service in another national cloud.
    pub fn cloud(mut self, cloud: Cloud) -> Self {
        let path = self.base_url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
        self.base_url = match path {
            Some((_, path)) => format!("{}/{path}", cloud.service),
            None => cloud.service.to_owned(),
        };
        self
    }

    /// Where tokens come from. Without it, requests go out without a token.
    pub fn credential(mut self, credential: impl Credential) -> Self {
        self.credential = Some(Arc::new(credential));
        self
    }

    /// Lets the token go to a host over plain `http`, where anyone on the way can read it. Without
    /// it, only a server on this computer is called so with a credential.
    pub fn allow_plain_http(mut self) -> Self {
        self.is_plain_allowed = true;
        self
    }

    /// What tokens are asked for; unless said, all that has been granted: `/.default` of the
    /// service.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// What sends requests, instead of reqwest.
    pub fn transport(self, transport: impl Transport) -> Self {
        self.shared_transport(Arc::new(transport))
    }

    pub(crate) fn shared_transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// What tells the time, instead of the system.
    pub fn clock(self, clock: impl Clock) -> Self {
        self.shared_clock(Arc::new(clock))
    }

    pub(crate) fn shared_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = Some(clock);
        self
    }

    /// When and how often a request is sent again.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = retry;
        self
    }

    /// How long an attempt may take until the head of its answer has arrived, and then from one
    /// piece of the body to the next. 100 s unless said, none for no limit. To send the body of the
    /// request is a part of it: a large one on a slow line takes longer.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.attempt_timeout = timeout.into();
        self
    }

    /// How long a call may take, with all its attempts and the waits between them; of a download,
    /// until its body begins. 10 min unless said, none for no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.timeout = timeout.into();
        self
    }

    /// How many bytes the body of an answer may have that is read as a whole; 100 MiB unless said.
    /// A stream has no limit.
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.settings.body_limit = bytes;
        self
    }

    /// What the client calls itself.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.settings.user_agent = name.into();
        self
    }

    /// The client.
    ///
    /// Fails when the base URL is none, when it would have the token go to another computer over
    /// plain `http` (see [`allow_plain_http`](Self::allow_plain_http)), when there is no transport or clock (without the feature
    /// `reqwest` the program brings them), or when TLS cannot be set up.
    pub fn build(self) -> Result<Client> {
        let origin = Origin::of(&self.base_url)
            .ok_or_else(|| Error::request(format!("`{}` is no base URL", shown(&self.base_url))))?;
        if self.credential.is_some() && !self.is_plain_allowed {
            refuse_plain(&self.base_url, "the token", "; `allow_plain_http` allows it")?;
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport()?,
        };
        let clock = match self.clock {
            Some(clock) => clock,
            None => default_clock()?,
        };
        let scopes = self.scopes.unwrap_or_else(|| vec![format!("{origin}/.default")]);
        let shared = Shared {
            tokens: self.credential.map(|credential| TokenCache::new(credential, scopes)),
            base_url: self.base_url,
            origin: Some(origin),
            connection: Some(Connection { transport, clock }),
            settings: self.settings,
        };
        Ok(Client(Arc::new(shared), None))
    }
}

/// Fails where `secret` would go to another computer so that anyone on the way can read it.
pub(crate) fn refuse_plain(base_url: &str, secret: &str, remedy: &str) -> Result<()> {
    match Origin::of(base_url).filter(Origin::is_plain) {
        Some(origin) if !is_loopback(base_url) => {
            let message = format!("{secret} would go to `{origin}` without encryption{remedy}");
            Err(Error::request(message))
        }
        _ => Ok(()),
    }
}

/// Whether the URL leads to this computer.
fn is_loopback(url: &str) -> bool {
    let uri: Option<Uri> = url.parse().ok();
    let Some(host) = uri.as_ref().and_then(Uri::host) else { return false };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    match address {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

/// The URL without what stands in front of the host, which may be a password.
fn shown(url: &str) -> Cow<'_, str> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    match authority.rsplit_once('@') {
        None if !path.contains('@') => Cow::Borrowed(url),
        // A password may have any character in it, so that nobody knows where it ends.
        None => Cow::Owned(format!("{scheme}://…")),
        Some((_, host)) => Cow::Owned(format!("{scheme}://…@{host}{path}")),
    }
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>> {
    let transport = crate::transport::ReqwestTransport::new().map_err(Error::connection)?;
    Ok(Arc::new(transport))
}

#[cfg(feature = "reqwest")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature there is none")]
fn default_clock() -> Result<Arc<dyn Clock>> {
    Ok(Arc::new(crate::clock::SystemClock))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>> {
    Err(Error::request("without the feature `reqwest`, a client needs a `transport`"))
}

#[cfg(not(feature = "reqwest"))]
fn default_clock() -> Result<Arc<dyn Clock>> {
    Err(Error::request("without the feature `reqwest`, a client needs a `clock`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_a_url_is_not_shown() {
        assert_eq!(shown("https://example.org/a@b"), "https://…");
        assert_eq!(shown("https://example.org/a"), "https://example.org/a");
        assert_eq!(shown("https://me:s3cret@example.org/a"), "https://…@example.org/a");
        assert_eq!(shown("https://me:s3/cret@example.org/a"), "https://…");
        assert_eq!(shown("example.org"), "example.org");
    }

    #[test]
    fn this_computer_has_several_names() {
        for host in ["localhost", "LocalHost.", "a.localhost", "127.0.0.1", "127.1.2.3", "[::1]"] {
            assert!(is_loopback(&format!("http://{host}:8080/v1.0")), "{host}");
        }
        for host in ["localhost.example.org", "10.0.0.1", "[::2]", "0.0.0.0", "notlocalhost"] {
            assert!(!is_loopback(&format!("http://{host}:8080/v1.0")), "{host}");
        }
    }
}
