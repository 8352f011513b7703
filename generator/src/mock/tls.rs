//! TLS with a certificate that the mock signs for itself; without the feature `mock-tls`, an error
//! that names it.

#[cfg(feature = "mock-tls")]
pub(super) use with_feature::{Acceptor, acceptor};
#[cfg(not(feature = "mock-tls"))]
pub(super) use without_feature::{Acceptor, acceptor};

#[cfg(feature = "mock-tls")]
mod with_feature {
    use std::net::IpAddr;
    use std::sync::Arc;

    use tokio::net::TcpStream;
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::ServerConfig;
    use tokio_rustls::rustls::crypto::ring;
    use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
    use tokio_rustls::server::TlsStream;

    use crate::Error;

    #[derive(Clone)]
    pub(in super::super) struct Acceptor(TlsAcceptor);

    impl Acceptor {
        /// None where the caller does not trust the certificate.
        pub(in super::super) async fn accept(
            &self,
            stream: TcpStream,
        ) -> Option<TlsStream<TcpStream>> {
            self.0.accept(stream).await.ok()
        }
    }

    /// The acceptor, and the certificate as PEM, for callers to trust.
    pub(in super::super) fn acceptor(address: IpAddr) -> Result<(Acceptor, String), Error> {
        let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
        let own = address.to_string();
        if !address.is_unspecified() && !names.contains(&own) {
            names.push(own);
        }
        let made = rcgen::generate_simple_self_signed(names)
            .map_err(|error| Error::new(format!("cannot make a certificate: {error}")))?;
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        // By name, since a program may have several.
        let provider = Arc::new(ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| {
                builder.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key)
            })
            .map_err(|error| Error::new(format!("cannot set up TLS: {error}")))?;
        Ok((Acceptor(TlsAcceptor::from(Arc::new(config))), made.cert.pem()))
    }
}

#[cfg(not(feature = "mock-tls"))]
mod without_feature {
    use std::net::IpAddr;

    use tokio::net::TcpStream;

    use crate::Error;

    /// There is none.
    #[derive(Clone)]
    pub(in super::super) enum Acceptor {}

    impl Acceptor {
        #[expect(clippy::unused_async, reason = "with the feature it is one")]
        pub(in super::super) async fn accept(&self, _: TcpStream) -> Option<TcpStream> {
            match *self {}
        }
    }

    pub(in super::super) fn acceptor(_: IpAddr) -> Result<(Acceptor, String), Error> {
        Err(Error::new(
            "this build of docbind speaks no TLS; the feature `mock-tls` adds it: \
             `cargo install docbind --features mock-tls`",
        ))
    }
}
