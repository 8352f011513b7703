//! Values that flags, `docbind.toml` and the methods of `Build` have in common: what each may be, and
//! how it is written.
//!
//! An error says what the value should be; where it stands, the caller adds.

use crate::version::is_version;

/// The name of the client type.
pub fn client(text: &str) -> Result<String, String> {
    if is_identifier(text) {
        return Ok(text.to_owned());
    }
    Err(format!("`{text}` is no name for a type, such as `Client`"))
}

/// The root namespace.
pub fn namespace(text: &str) -> Result<String, String> {
    if text.split('.').all(is_identifier) {
        return Ok(text.to_owned());
    }
    Err(format!("`{text}` is no namespace, such as `contoso.shop`"))
}

/// The full name of a type.
pub fn full_name(text: &str) -> Result<String, String> {
    if text.contains('.') && text.split('.').all(is_identifier) {
        return Ok(text.to_owned());
    }
    Err(format!("`{text}` is no full name of a type, such as `contoso.shop.entity`"))
}

/// A host, in lower case.
pub fn host(text: &str) -> Result<String, String> {
    if is_host(text) {
        return Ok(text.to_lowercase());
    }
    Err(format!("`{text}` is no host, such as `shop.contoso.example`"))
}

/// The URL in front of the version: scheme and host in lower case, and no slash at the end.
pub fn base_url(text: &str) -> Result<String, String> {
    let wrong = |why: &str| Err(format!("`{text}` {why}"));
    let Some((scheme, rest)) = text.split_once("://") else {
        return wrong("is no URL, such as `https://shop.contoso.example`");
    };
    let scheme = scheme.to_lowercase();
    if scheme != "https" && scheme != "http" {
        return wrong("is no URL that starts with `https://` or `http://`");
    }
    let rest = rest.trim_end_matches('/');
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let is_path_char =
        |char: char| char.is_ascii_alphanumeric() || "/-._~%!$&'()*+,;=:@".contains(char);
    if !is_host(host) || !path.chars().all(is_path_char) {
        return wrong("is no URL of a service");
    }
    if path.rsplit('/').next().is_some_and(is_version) {
        return wrong("ends in a version, which is added for each version of the docs");
    }
    Ok(format!("{scheme}://{}{path}", host.to_lowercase()))
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
        && text.chars().any(|char| char != '_')
}

fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').unwrap_or((text, "80"));
    let is_part = |part: &str| {
        !part.is_empty() && part.chars().all(|char| char.is_ascii_alphanumeric() || char == '-')
    };
    name.split('.').all(is_part) && port.parse::<u16>().is_ok()
}
