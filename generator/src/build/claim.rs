//! Which folders a build script has written: two APIs of one name would take turns in one.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::{Error, Job};

/// What this process was asked to make, by the folder.
static CLAIMS: Mutex<BTreeMap<PathBuf, String>> = Mutex::new(BTreeMap::new());

/// Fails when this build script has made something else in this folder before. Other programs run on,
/// and may well make another thing in its place.
pub(super) fn claim(job: &Job, name: &str) -> Result<(), Error> {
    // Cargo sets them for build scripts, and when these run only.
    if ["OUT_DIR", "HOST", "NUM_JOBS"].iter().any(|name| env::var_os(name).is_none()) {
        return Ok(());
    }
    let mut claims = CLAIMS.lock().unwrap_or_else(PoisonError::into_inner);
    take(&mut claims, &job.out, format!("{job:?}"), name)
}

fn take(
    claims: &mut BTreeMap<PathBuf, String>,
    folder: &Path,
    asked: String,
    name: &str,
) -> Result<(), Error> {
    match claims.get(folder) {
        Some(other) if *other != asked => Err(Error::new(format!(
            "this build script makes two APIs of the name {name:?}, and the second would overwrite the \
             first: give each another `.name(…)`, by which `include_api!(…)` includes it"
        ))),
        Some(_) => Ok(()),
        None => {
            claims.insert(folder.to_owned(), asked);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_for_one_api() {
        let mut claims = BTreeMap::new();
        let mut take = |folder: &str, asked: &str| {
            take(&mut claims, Path::new(folder), asked.to_owned(), "mail")
                .map_err(|it| it.to_string())
        };
        assert_eq!(take("out/mail", "one"), Ok(()));
        assert_eq!(take("out/mail", "one"), Ok(()), "the same again");
        assert_eq!(take("out/files", "two"), Ok(()));
        let error = take("out/mail", "two").expect_err("another API");
        assert!(error.contains("two APIs of the name \"mail\""), "{error}");
    }
}
