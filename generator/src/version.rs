//! What names a version of an API, as a folder of docs or as a segment of a path.

/// Whether a folder or segment names a version: `beta`, or `v` and digits.
pub fn is_version(text: &str) -> bool {
    text.eq_ignore_ascii_case("beta")
        || text.strip_prefix(['v', 'V']).is_some_and(|number| {
            number.starts_with(|char: char| char.is_ascii_digit())
                && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn beta_and_numbers() {
        for name in ["beta", "v1.0", "V2", "Beta"] {
            assert!(is_version(name), "{name}");
        }
        for name in ["", "v", "1.0", "v1x", "betas", "views", "v.1"] {
            assert!(!is_version(name), "{name}");
        }
    }
}
