//! `docbind mock`: the docs as a server.

use std::error::Error;
use std::fmt::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use docbind::mock::{Fault, Mock, Running};
use docbind::model::Model;
use docbind::summary::counted;

use crate::report::{self, Output, Status};
use crate::target::DocsArguments;

/// Serve the documented examples over HTTP
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    docs: DocsArguments,
    /// Where to listen; port 0 is any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", help_heading = "Server")]
    listen: SocketAddr,
    /// Listen also where other machines can reach it
    #[arg(long, help_heading = "Server")]
    public: bool,
    /// Speak HTTPS, with a certificate made for the occasion, which is printed
    #[arg(long, help_heading = "Server")]
    tls: bool,
    /// Write the certificate to this file instead
    #[arg(long, value_name = "FILE", requires = "tls", help_heading = "Server")]
    tls_cert: Option<PathBuf>,
    /// A fault, and how often: `429:1/3`, `503;retry-after=10:1/4`, `drop:1/10`,
    /// `drop-answer:1/10`, `latency=250ms`; may be repeated. A request asks for one of its own
    /// with the header `X-Mock-Fault`
    #[arg(long = "fault", value_name = "FAULT", help_heading = "Server")]
    faults: Vec<Fault>,
    /// Make so many items out of an operation's example, and so many on a page:
    /// `user-list=5000/100`; may be repeated
    #[arg(long, value_name = "PAGES", value_parser = pages, help_heading = "Server")]
    pages: Vec<(String, usize, usize)>,
    /// Print the bodies of requests, too
    #[arg(long, help_heading = "Output")]
    bodies: bool,
}

fn pages(text: &str) -> Result<(String, usize, usize), String> {
    let read = || {
        let (operation, numbers) = text.split_once('=')?;
        let (items, size) = numbers.split_once('/')?;
        let size = size.parse().ok().filter(|size| *size > 0)?;
        Some((operation.to_owned(), items.parse().ok()?, size))
    };
    read().ok_or_else(|| "it is an operation, items and page size: `user-list=5000/100`".to_owned())
}

pub(crate) fn run(arguments: &Serve, output: Output) -> Result<Status, Box<dyn Error>> {
    let address = arguments.listen;
    if !address.ip().is_loopback() {
        if !arguments.public {
            let message = format!("other machines can reach {address}; add --public to allow that");
            return Err(message.into());
        }
        anstream::eprintln!("warning: other machines can reach the mock on {address}");
    }
    let loaded = arguments.docs.load()?;
    let models = &loaded.api.versions;
    for (operation, ..) in &arguments.pages {
        if !models.iter().any(|model| model.operations.iter().any(|it| it.id == *operation)) {
            return Err(format!("the docs have no operation `{operation}`; see --pages").into());
        }
    }
    let versions: Vec<_> = models.iter().map(described).collect();
    let mut mock = Mock::new(loaded.api).listen(address).log(0);
    if arguments.tls {
        mock = mock.tls();
    }
    for fault in &arguments.faults {
        mock = mock.fault(fault.clone());
    }
    for (operation, items, size) in &arguments.pages {
        mock = mock.pages(operation, *items, *size);
    }
    if !output.quiet {
        let with_body = arguments.bodies;
        mock = mock.watch(move |received| {
            anstream::eprintln!("{received}");
            if with_body && received.body_length > 0 {
                anstream::eprintln!("{}", received.printable_body().trim_end());
            }
        });
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let running = mock.start().await?;
        announce(arguments, &running, &versions)?;
        tokio::signal::ctrl_c().await?;
        running.shutdown().await;
        Ok(Status::Fine)
    })
}

/// A version's segment of the path, and what it has.
fn described(model: &Model) -> (String, String) {
    let examples = model.operations.iter().map(|operation| operation.examples.len()).sum();
    let operations = counted(model.operations.len(), "operation", "operations");
    let examples = counted(examples, "example", "examples");
    let path = model.api_version.as_ref().map(|version| format!("/{version}"));
    (path.unwrap_or_default(), format!("{operations}, {examples}"))
}

fn announce(
    arguments: &Serve,
    running: &Running,
    versions: &[(String, String)],
) -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    if let Some(certificate) = running.certificate() {
        match &arguments.tls_cert {
            None => text.push_str(certificate),
            Some(file) => std::fs::write(file, certificate)
                .map_err(|error| format!("cannot write `{}`: {error}", file.display()))?,
        }
    }
    for (path, what) in versions {
        writeln!(text, "listening on {}{path}: {what}", running.base_url())?;
    }
    report::print(&text)
}
