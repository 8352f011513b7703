//! The docs as a server: it answers requests with the documented examples.
//!
//! In goes a [model](crate::model), out comes HTTP. A request passes through typed stages: `route`
//! finds the documented operations, `fit` says what in the request is not as documented, `choose`
//! finds the example, `answer`, `pages`, `upload` and `batch` make the answer, and `wire` sends it.
//! None of them reads pages, or knows the name of anything in the API.
//!
//! A request says with `Prefer: example=NAME` which example it wants, and with `X-Mock-Fault` what
//! is to go [wrong](Fault). Otherwise the example answers whose own request is the most like it.
//!
//! # Examples
//!
//! ```
//! use std::io::{Read, Write};
//! use std::net::TcpStream;
//! use std::path::Path;
//!
//! use docbind::mock::Mock;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # runtime.block_on(async {
//! let loaded = docbind::load(Path::new("../docs-input"), Some("v1.0"))?;
//! let mock = Mock::new(loaded.api).start().await?;
//!
//! // Any client will do: this is the least that one can say.
//! let mut stream = TcpStream::connect(mock.address())?;
//! write!(stream, "GET /v1.0/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
//! let mut answer = String::new();
//! # tokio::task::spawn_blocking(move || {
//! stream.read_to_string(&mut answer)?;
//! assert!(answer.starts_with("HTTP/1.1 200 OK"));
//! # std::io::Result::Ok(())
//! # }).await??;
//!
//! let received = mock.received();
//! assert_eq!(received[0].operation.as_deref(), Some("user-get"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod batch;
mod choose;
mod fault;
mod fit;
mod message;
mod pages;
mod problem;
mod received;
mod route;
mod sample;
mod service;
mod tls;
mod upload;
mod wire;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::Error;
use crate::model::Api;

pub use fault::Fault;
pub use received::{Outcome, Received};
pub use upload::Uploaded;

use service::Service;
use wire::Socket;

/// A mock in the making.
#[derive(Clone, Debug)]
#[must_use = "nothing is served before `start`"]
pub struct Mock {
    api: Api,
    address: SocketAddr,
    has_tls: bool,
    settings: Settings,
}

/// How a mock answers.
#[derive(Clone)]
struct Settings {
    faults: Vec<Fault>,
    pages: BTreeMap<String, Pages>,
    is_endless: bool,
    keeps_uploads: bool,
    body_limit: usize,
    /// How many requests are noted down.
    log: usize,
    watch: Option<Watch>,
}

type Watch = Arc<dyn Fn(&Received) + Send + Sync>;

impl fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Settings").field("faults", &self.faults).finish_non_exhaustive()
    }
}

/// How many items a collection has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pages {
    items: usize,
    /// On each page, unless a request asks for fewer.
    size: usize,
}

impl Mock {
    /// A mock of all versions of an API, on a free port of this machine.
    pub fn new(api: Api) -> Self {
        let settings = Settings {
            faults: Vec::new(),
            pages: BTreeMap::new(),
            is_endless: false,
            keeps_uploads: false,
            body_limit: 128 << 20,
            log: 100_000,
            watch: None,
        };
        Self { api, address: SocketAddr::from(([127, 0, 0, 1], 0)), has_tls: false, settings }
    }

    /// Where to listen. Who may reach the address may call the mock, which asks nobody who he is.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.address = address;
        self
    }

    /// Speaks TLS, with a certificate that is [made](Running::certificate) at the start. It takes
    /// the feature `mock-tls`: without it, [`Self::start`] fails.
    pub fn tls(mut self) -> Self {
        self.has_tls = true;
        self
    }

    /// Adds a fault. Of several the first that befalls a request counts, and all latencies.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.settings.faults.push(fault);
        self
    }

    /// Makes pages out of an example: the collection that the operation answers has so many items,
    /// which are the example's over and over with keys of their own, and so many on a page.
    ///
    /// Without it, a link to the next page leads to what the docs show of it, or to a page of the
    /// example's items with other keys, and there ends.
    pub fn pages(mut self, operation: impl Into<String>, items: usize, size: usize) -> Self {
        self.settings.pages.insert(operation.into(), Pages { items, size });
        self
    }

    /// Links to the next page lead to the same page for ever, as those of a service that is ill.
    pub fn endless_pages(mut self) -> Self {
        self.settings.is_endless = true;
        self
    }

    /// Keeps what is uploaded, for [`Running::uploads`].
    pub fn keep_uploads(mut self) -> Self {
        self.settings.keeps_uploads = true;
        self
    }

    /// How many bytes a body may have; 128 MiB unless said.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.settings.body_limit = bytes;
        self
    }

    /// How many requests are noted down for [`Running::received`]; 100,000 unless said.
    pub fn log(mut self, requests: usize) -> Self {
        self.settings.log = requests;
        self
    }

    /// Is told of each request when its answer is ready. It may be called from several threads.
    pub fn watch(mut self, watch: impl Fn(&Received) + Send + Sync + 'static) -> Self {
        self.settings.watch = Some(Arc::new(watch));
        self
    }

    /// Starts to answer, in the tokio runtime of the caller.
    ///
    /// Fails when the address is taken, or not of this machine, or where TLS is asked for and the
    /// feature `mock-tls` is off.
    pub async fn start(self) -> Result<Running, Error> {
        let listener = TcpListener::bind(self.address)
            .await
            .map_err(|error| Error::new(format!("cannot listen on {}: {error}", self.address)))?;
        let address = listener
            .local_addr()
            .map_err(|error| Error::new(format!("cannot listen on {}: {error}", self.address)))?;
        let (tls, certificate) = if self.has_tls {
            let (acceptor, certificate) = tls::acceptor(address.ip())?;
            (Some(acceptor), Some(certificate))
        } else {
            (None, None)
        };
        let socket = Socket { listener, tls, address };
        let service = Arc::new(Service::new(self.api, self.settings));
        let base_url = format!("{}{}", socket.base(), service.base_path());
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(wire::serve(socket, Arc::clone(&service), stopped));
        Ok(Running { address, base_url, certificate, service, stop, task })
    }
}

/// A mock that answers, until this is dropped.
#[must_use = "the mock ends when this is dropped"]
pub struct Running {
    address: SocketAddr,
    base_url: String,
    certificate: Option<String>,
    service: Arc<Service>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What stands in front of a version: `http://127.0.0.1:49152`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The certificate as PEM, if the mock speaks TLS: for the client to trust.
    pub fn certificate(&self) -> Option<&str> {
        self.certificate.as_deref()
    }

    /// What was received so far, in the order in which it was answered. A request in a batch comes
    /// before the batch.
    pub fn received(&self) -> Vec<Received> {
        self.service.received()
    }

    /// Forgets what was received so far.
    pub fn forget(&self) {
        self.service.forget();
    }

    /// The files of the upload sessions, in the order in which these were opened.
    pub fn uploads(&self) -> Vec<Uploaded> {
        self.service.uploads()
    }

    /// Takes no more requests, and waits a little for those that have begun.
    pub async fn shutdown(mut self) {
        let _ = self.stop.send(true);
        let _ = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Running").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}
