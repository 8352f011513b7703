//! What to say of a folder or file that somebody names and that is not there.
//!
//! In goes the path, out comes where it was looked for and what there is instead. How to name it
//! otherwise, the caller adds.

use std::path::{Path, PathBuf};

use crate::nearest;

/// The most entries of a folder that are looked at.
const MOST: usize = 1000;

/// That there is no such folder, and which one comes nearest; none where something is there.
pub fn folder(path: &Path) -> Option<String> {
    say(path, "folder", Path::is_dir, |folder| {
        ["api", "resources", "api-reference"].iter().any(|name| folder.join(name).is_dir())
    })
}

/// The same of a file.
#[cfg(feature = "config")]
pub(crate) fn file(path: &Path) -> Option<String> {
    let has_ending = |file: &Path| file.extension() == path.extension();
    say(path, "file", |file| file.is_file() && has_ending(file), |_| false)
}

/// `is_like` tells what may have been meant when its name is like the one given, and `is_it` what may
/// have been meant whatever its name.
fn say(
    path: &Path,
    what: &str,
    is_like: impl Fn(&Path) -> bool,
    is_it: impl Fn(&Path) -> bool,
) -> Option<String> {
    if path.try_exists().unwrap_or(true) {
        return None;
    }
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let text = format!("there is no {what} `{}`", path.display());
    let Some(nearest) = path.ancestors().skip(1).find(|folder| folder.is_dir()) else {
        return Some(text);
    };
    Some(match neighbour(&path, nearest, is_like, is_it) {
        Some(near) => format!("{text}; is it `{}`?", near.display()),
        None => format!("{text}; what is there is `{}`", nearest.display()),
    })
}

/// What may have been meant by a path that ends to exist behind a folder.
fn neighbour(
    path: &Path,
    folder: &Path,
    is_like: impl Fn(&Path) -> bool,
    is_it: impl Fn(&Path) -> bool,
) -> Option<PathBuf> {
    let wanted = path.strip_prefix(folder).ok()?.components().next()?;
    let wanted = wanted.as_os_str().to_string_lossy().into_owned();
    let entries = folder.read_dir().ok()?.take(MOST).filter_map(Result::ok);
    let mut entries: Vec<_> = entries.map(|entry| entry.path()).collect();
    entries.sort();
    let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let names = entries.iter().filter(|path| is_like(path)).filter_map(name).collect::<Vec<_>>();
    if let Some(near) = nearest::nearest(&wanted, names.iter().map(String::as_str)) {
        return Some(folder.join(near));
    }
    let mut others = entries.into_iter().filter(|path| is_it(path));
    others.next().filter(|_| others.next().is_none())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(folders: &[&str], wanted: &str, expected: &Expect) {
        let root = tempfile::tempdir().expect("a folder");
        for folder in folders {
            fs::create_dir_all(root.path().join(folder)).expect("the folder can be made");
        }
        let said = folder(&root.path().join(wanted));
        let said = said.unwrap_or_else(|| "it is there".to_owned());
        expected.assert_eq(&said.replace(&root.path().display().to_string(), "ROOT"));
    }

    #[test]
    fn a_letter_or_two() {
        check(&["docs", "src"], "docs", &expect!["it is there"]);
        check(
            &["docs", "src"],
            "dosc",
            &expect!["there is no folder `ROOT/dosc`; is it `ROOT/docs`?"],
        );
        check(
            &["data/docs"],
            "dta/docs/v1.0",
            &expect!["there is no folder `ROOT/dta/docs/v1.0`; is it `ROOT/data`?"],
        );
    }

    #[test]
    fn what_holds_pages() {
        let expected = expect!["there is no folder `ROOT/docs-input`; is it `ROOT/pages`?"];
        check(&["pages/api", "src"], "docs-input", &expected);
        let expected = expect!["there is no folder `ROOT/docs-input`; what is there is `ROOT`"];
        check(&["pages/api", "more/resources"], "docs-input", &expected);
    }
}
