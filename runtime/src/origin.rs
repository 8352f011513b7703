//! Scheme, host and port of a URL: who gets the token, and who does not.

use std::fmt;

use http::Uri;

/// Where a URL leads, as far as trust goes (RFC 6454).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    scheme: String,
    host: String,
    port: u16,
}

impl Origin {
    /// The origin of an absolute `http` or `https` URL without user information.
    pub(crate) fn of(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let authority = uri.authority()?;
        let default_port = match uri.scheme_str()? {
            "https" => 443,
            "http" => 80,
            _ => return None,
        };
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return None;
        }
        // A port that is none must not pass for the default one.
        let port = match authority.as_str().strip_prefix(authority.host())?.strip_prefix(':') {
            None | Some("") => default_port,
            Some(port) if port.starts_with('+') => return None,
            Some(port) => port.parse().ok()?,
        };
        Some(Self {
            scheme: uri.scheme_str()?.to_owned(),
            host: authority.host().trim_end_matches('.').to_ascii_lowercase(),
            port,
        })
    }

    /// Whether what is sent there can be read on the way.
    pub(crate) fn is_plain(&self) -> bool {
        self.scheme == "http"
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.scheme, self.host)?;
        match (self.scheme.as_str(), self.port) {
            ("https", 443) | ("http", 80) => Ok(()),
            (_, port) => write!(formatter, ":{port}"),
        }
    }
}

/// Where a reference in an answer to `base` leads: an absolute URL, or a path on the same host.
pub(crate) fn join(base: &str, reference: &str) -> Option<String> {
    if Origin::of(reference).is_some() {
        return Some(reference.to_owned());
    }
    let is_path = reference.starts_with('/') && !reference.starts_with("//");
    let origin = Origin::of(base).filter(|_| is_path)?;
    Some(format!("{origin}{reference}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_port_and_case_of_the_host_do_not_count() {
        let origin = Origin::of("https://API.example.com:443/v1.0");
        assert_eq!(origin, Origin::of("https://api.example.com/other?x=1"));
        assert_ne!(origin, Origin::of("http://api.example.com/v1.0"));
        assert_ne!(origin, Origin::of("https://api.example.com:8443/v1.0"));
        assert_ne!(origin, Origin::of("https://api.example.com.evil.org/v1.0"));
    }

    #[test]
    fn a_host_hidden_behind_user_information_is_none() {
        assert_eq!(Origin::of("https://api.example.com@evil.org/"), None);
        assert_eq!(Origin::of("https://api.example.com:99999/"), None);
        assert_eq!(Origin::of("https://api.example.com:+443/"), None);
        assert_eq!(Origin::of("https://[::1]:8080/").map(|origin| origin.port), Some(8080));
        assert_eq!(Origin::of("ftp://api.example.com/"), None);
        assert_eq!(Origin::of("/me"), None);
    }

    #[test]
    fn a_location_is_absolute_or_a_path() {
        let base = "https://api.example.com/v1.0/me";
        assert_eq!(join(base, "/v1.0/you").as_deref(), Some("https://api.example.com/v1.0/you"));
        assert_eq!(join(base, "https://x.org/a").as_deref(), Some("https://x.org/a"));
        assert_eq!(join(base, "//x.org/a"), None);
    }
}
