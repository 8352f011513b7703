//! Where a link leads, as far as it leads to a page of the same docs.

use super::declaration::LinkTarget;

/// The page that `link` on the page `from` (`api/user-list.md`) leads to.
///
/// Links are written relative to the page, to the site, or in full; what matters is the folder
/// and the file at their end.
pub(super) fn resolve(from: &str, link: &str) -> Option<LinkTarget> {
    let (path, fragment) = match link.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_lowercase()).filter(|it| !it.is_empty())),
        None => (link, None),
    };
    let path = path.split('?').next().unwrap_or_default().trim();
    if path.is_empty() {
        return fragment.is_some().then(|| LinkTarget { page: from.to_lowercase(), fragment });
    }
    let lower = path.replace('\\', "/").to_lowercase();
    let is_absolute = lower.starts_with('/') || lower.contains("://");
    let mut parts = lower.rsplit('/').filter(|part| !matches!(*part, "" | "." | ".."));
    let file = parts.next()?;
    let folder = match parts.next() {
        Some(folder @ ("api" | "resources")) => folder,
        Some(_) => return None,
        None if is_absolute => return None,
        None => from.split('/').next().unwrap_or_default(),
    };
    // Links to the published site leave the extension out.
    let file = match file.strip_suffix(".md") {
        Some(stem) => stem,
        None if is_absolute => file,
        None => return None,
    };
    Some(LinkTarget { page: format!("{folder}/{file}.md"), fragment })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &str, link: &str, page: Option<&str>, fragment: Option<&str>) {
        let target = resolve(from, link);
        assert_eq!(target.as_ref().map(|target| target.page.as_str()), page);
        assert_eq!(target.as_ref().and_then(|target| target.fragment.as_deref()), fragment);
    }

    #[test]
    fn relative_and_absolute() {
        check(
            "api/a.md",
            "../resources/Note.md#properties",
            Some("resources/note.md"),
            Some("properties"),
        );
        check("resources/a.md", "note.md", Some("resources/note.md"), None);
        check("resources/a.md", "#color-values", Some("resources/a.md"), Some("color-values"));
        check("api/a.md", "/graph/api/resources/note?view=1", Some("resources/note.md"), None);
        check(
            "api/a.md",
            "https://docs.contoso.com/api/resources/note",
            Some("resources/note.md"),
            None,
        );
        check("api/a.md", "/concepts/overview.md", None, None);
        check("api/a.md", "", None, None);
    }
}
