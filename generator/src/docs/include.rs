//! The look of an include, `[!INCLUDE [name](path)]`, and the file that its path means.

use std::ops::Range;

/// An include in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IncludeLine {
    /// All of it, brackets included.
    pub(crate) range: Range<usize>,
    /// The path in it.
    pub(crate) target: Range<usize>,
}

/// The longest include that is looked for, so that a page of opening brackets takes no time.
const LONGEST: usize = 1_024;

/// The includes of a text, in order.
pub(crate) fn find_includes(text: &str) -> Vec<IncludeLine> {
    let mut found: Vec<IncludeLine> = Vec::new();
    for start in memchr::memmem::find_iter(text.as_bytes(), "[!") {
        if found.last().is_none_or(|last| last.range.end <= start) {
            found.extend(include_at(text, start));
        }
    }
    found
}

fn include_at(text: &str, start: usize) -> Option<IncludeLine> {
    let bytes = &text.as_bytes()[start..];
    let bytes = &bytes[..bytes.len().min(LONGEST)];
    let word = bytes.get(2..9)?;
    if !word.eq_ignore_ascii_case(b"INCLUDE") {
        return None;
    }
    let line = &bytes[..memchr::memchr(b'\n', bytes).unwrap_or(bytes.len())];
    let open = memchr::memmem::find(line, b"](")? + 2;
    let close = open + memchr::memchr(b')', &line[open..])?;
    let end = close + memchr::memchr(b']', &line[close..])? + 1;
    // A title may stand behind the path.
    let path = line[open..close].trim_ascii_start();
    let open = close - path.len();
    let length = path.iter().position(u8::is_ascii_whitespace).unwrap_or(path.len());
    Some(IncludeLine { range: start..start + end, target: start + open..start + open + length })
}

/// Whether an include holds sample code for other languages, which states nothing.
pub(crate) fn is_snippet(target: &str) -> bool {
    target.contains("/snippets/")
        || target.contains("/snippets_")
        || target.contains("\\snippets\\")
}

/// The path that `target` means in the file at `from`, both relative to the docs root. None when
/// it leaves both the root and the `includes` folder beside it.
pub(super) fn resolve(from: &str, target: &str) -> Option<String> {
    let target = target.replace('\\', "/");
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let absolute = target.strip_prefix("~/").or_else(|| target.strip_prefix('/'));
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    let base = if absolute.is_some() { "" } else { folder };
    for part in base.split('/').chain(absolute.unwrap_or(target).split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|&last| last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let is_inside = match parts.as_slice() {
        ["..", "includes", rest @ ..] => !rest.contains(&".."),
        parts => !parts.contains(&".."),
    };
    is_inside.then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        let found: Vec<_> = find_includes(text)
            .into_iter()
            .map(|include| format!("{} -> {}\n", &text[include.range], &text[include.target]))
            .collect();
        expected.assert_eq(&found.concat());
    }

    #[test]
    fn includes_are_found_anywhere_in_a_line() {
        check(
            "a [!INCLUDE [one](../x.md)] b [!include[two]( y.md \"title\")]\n[!NOTE] [!INCLUDE [",
            &expect![[r#"
                [!INCLUDE [one](../x.md)] -> ../x.md
                [!include[two]( y.md "title")] -> y.md
            "#]],
        );
    }

    #[test]
    fn an_include_ends_on_its_line() {
        check("[!INCLUDE [one](x\n.md)]", &expect![""]);
    }

    #[track_caller]
    fn check_path(from: &str, target: &str, expected: &Expect) {
        expected.assert_eq(&format!("{:?}", resolve(from, target)));
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        check_path(
            "v1.0/api/a.md",
            "../includes/b.md",
            &expect![[r#"Some("v1.0/includes/b.md")"#]],
        );
        check_path("v1.0/api/a.md", "../../includes/b.md", &expect![[r#"Some("includes/b.md")"#]]);
        check_path("api/a.md", "~/includes/b.md#x", &expect![[r#"Some("includes/b.md")"#]]);
        check_path("api/a.md", ".\\b.md", &expect![[r#"Some("api/b.md")"#]]);
    }

    #[test]
    fn only_the_includes_of_the_parent_lie_outside_the_root() {
        check_path("api/a.md", "../../includes/b.md", &expect![[r#"Some("../includes/b.md")"#]]);
        check_path("../includes/b.md", "c.md", &expect![[r#"Some("../includes/c.md")"#]]);
        check_path("api/a.md", "../../b.md", &expect!["None"]);
        check_path("api/a.md", "../../../includes/b.md", &expect!["None"]);
        check_path("api/a.md", "../../includes/../../b.md", &expect!["None"]);
    }
}
