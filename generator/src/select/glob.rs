//! Wildcards: `*` for any text within a segment, `**` for any number of segments.
//!
//! In go a pattern and texts, both in the one spelling in which they are compared; out comes
//! whether the pattern means the text.

/// A path with wildcards.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Glob {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Part {
    /// One segment, with or without wildcards.
    One(String),
    /// Any number of segments.
    Rest,
}

impl Glob {
    /// A pattern of segments, in the spelling of the paths that it is held against.
    pub(super) fn new(segments: Vec<String>) -> Self {
        let part = |segment: String| if segment == "**" { Part::Rest } else { Part::One(segment) };
        Self { parts: segments.into_iter().map(part).collect() }
    }

    /// Whether the pattern means such a path.
    pub(super) fn fits(&self, path: &[String]) -> bool {
        let is_rest = |part: &Part| *part == Part::Rest;
        walk(&self.parts, path, is_rest, |part, segment| match part {
            Part::One(pattern) => fits(pattern, segment),
            Part::Rest => false,
        })
    }
}

/// Whether a pattern means a text; `*` stands for any part of it.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    walk(pattern.as_bytes(), text.as_bytes(), |byte| *byte == b'*', |a, b| a == b)
}

/// Holds patterns against items. As with wildcards of shells, only the last one needs to be tried
/// again when something behind it does not fit, so that the effort is at most the product of both
/// lengths.
fn walk<P, T>(
    patterns: &[P],
    items: &[T],
    is_wildcard: impl Fn(&P) -> bool,
    fits: impl Fn(&P, &T) -> bool,
) -> bool {
    let (mut pattern, mut item) = (0, 0);
    let mut again: Option<(usize, usize)> = None;
    loop {
        match (patterns.get(pattern), items.get(item)) {
            (None, None) => return true,
            (Some(wanted), _) if is_wildcard(wanted) => {
                again = Some((pattern, item));
                pattern += 1;
                continue;
            }
            (Some(wanted), Some(given)) if fits(wanted, given) => {
                pattern += 1;
                item += 1;
                continue;
            }
            _ => {}
        }
        let Some((wildcard, start)) = again.filter(|(_, start)| *start < items.len()) else {
            return false;
        };
        again = Some((wildcard, start + 1));
        (pattern, item) = (wildcard + 1, start + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, fitting: &[&str], others: &[&str]) {
        let segments = |path: &str| -> Vec<String> {
            path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let glob = Glob::new(segments(pattern));
        for path in fitting {
            assert!(glob.fits(&segments(path)), "{pattern} means {path}");
        }
        for path in others {
            assert!(!glob.fits(&segments(path)), "{pattern} does not mean {path}");
        }
    }

    #[test]
    fn one_segment() {
        check("/a/*", &["/a/b", "/a/{}"], &["/a", "/a/b/c", "/b/a"]);
        check("/a/get*s", &["/a/gets", "/a/getThings"], &["/a/get", "/a/get/s"]);
        check("/a/*(x=*)", &["/a/f(x={})"], &["/a/f", "/a/f(y={})"]);
    }

    #[test]
    fn any_number_of_segments() {
        check("/a/**", &["/a", "/a/b", "/a/b/c"], &["/b", "/"]);
        check("/**", &["/", "/a/b"], &[]);
        check("/a/**/z", &["/a/z", "/a/b/z", "/a/z/z"], &["/a/b", "/a/z/b"]);
        check("/**/b/**/d", &["/b/d", "/a/b/c/b/d"], &["/d", "/a/b/c"]);
    }

    #[test]
    fn many_wildcards_end_soon() {
        let long = "a".repeat(5000);
        assert!(!fits(&"*a".repeat(2000), &format!("{long}b")));
        let path = "/a".repeat(1990);
        check(&"/**/a".repeat(2000), &[], &[&path]);
    }
}
