//! What names a version of an API, as a folder of docs or as a segment of a path.

/// Whether a folder or segment names a version: `beta`, or `v` and digits.
pub fn is_version(text: &str) -> bool {
    text.eq_ignore_ascii_case("beta")
        || text.strip_prefix(['v', 'V']).is_some_and(|number| {
            number.starts_with(|char: char| char.is_ascii_digit())
                && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
}

/// What versions are sorted by. Stable ones come before the others: `v1.0`, `v2.0`, `beta`.
pub(crate) fn order(name: Option<&str>) -> (bool, Option<&str>) {
    (name.is_some_and(|name| !name.starts_with('v')), name)
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
