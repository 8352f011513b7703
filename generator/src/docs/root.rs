//! Which folders of a docs root hold pages, and of which version.

use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::store::{Entry, Store, is_folder};
use crate::error::Error;
use crate::version::is_version;

/// The folders that hold pages.
pub(super) const PAGE_FOLDERS: [&str; 2] = ["api", "resources"];

/// The folder of a checkout that holds all others.
pub(crate) const REFERENCE: &str = "api-reference";

/// A folder that holds `api/` and `resources/`, or one of these.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct VersionFolder {
    /// The folder.
    pub(super) path: PathBuf,
    /// Its version.
    pub(super) version: Option<Arc<str>>,
}

/// The docs root that `given` leads to, and its version folders by name.
///
/// `given` holds pages itself, or version folders, or an `api-reference/` that does, or leads to one. A version
/// that is asked for must be among them.
pub(super) fn find(
    store: &dyn Store,
    given: &Path,
    api_version: Option<&str>,
) -> Result<(PathBuf, Vec<VersionFolder>), Error> {
    let root = store
        .canonical(given)
        .map_err(|error| Error::io("cannot open the docs folder", &store.outer(given), error))?;
    // The folder is the caller's word, and so is where one of this name leads.
    let reference = store.canonical(&given.join(REFERENCE)).ok();
    for candidate in iter::once(root).chain(reference) {
        if holds_pages(store, &candidate) {
            let folder = single(given, &candidate, api_version)?;
            return Ok((candidate, vec![folder]));
        }
        let folders = versions(store, &candidate)?;
        if !folders.is_empty() {
            return Ok((candidate, select(folders, api_version)?));
        }
    }
    Err(Error::new(format!(
        "no pages under `{}`: name a folder that holds `api` and `resources`, or version folders \
         such as `v1.0` and `beta` that hold these, or an `api-reference` with them",
        store.outer(given).display()
    )))
}

fn holds_pages(store: &dyn Store, folder: &Path) -> bool {
    PAGE_FOLDERS.iter().any(|name| is_folder(store, &folder.join(name)))
}

fn single(given: &Path, folder: &Path, api_version: Option<&str>) -> Result<VersionFolder, Error> {
    let path = folder.to_path_buf();
    // The name as it was given counts before the one that a symlink leads to.
    let names = [given.file_name(), folder.file_name()].into_iter().flatten();
    let own = names.map(|name| name.to_string_lossy()).find(|name| is_version(name));
    let Some(own) = own else {
        return Ok(VersionFolder { path, version: api_version.map(Arc::from) });
    };
    match api_version {
        Some(asked) if asked != own => Err(Error::new(format!(
            "the docs folder holds version `{own}`, not `{asked}`: name the folder of that version, \
             or leave the version out"
        ))),
        _ => Ok(VersionFolder { path, version: Some(own.into()) }),
    }
}

fn versions(store: &dyn Store, folder: &Path) -> Result<Vec<VersionFolder>, Error> {
    if !is_folder(store, folder) {
        return Ok(Vec::new());
    }
    let entries = store
        .list(folder)
        .map_err(|error| Error::io("cannot list the docs folder", &store.outer(folder), error))?;
    let mut found = Vec::new();
    for Entry { name, .. } in entries {
        let path = folder.join(&name);
        let name = name.to_string_lossy();
        if is_version(&name) && holds_pages(store, &path) {
            found.push(VersionFolder { path, version: Some(name.into()) });
        }
    }
    found.sort_by(|left, right| left.version.cmp(&right.version));
    Ok(found)
}

fn select(
    mut folders: Vec<VersionFolder>,
    api_version: Option<&str>,
) -> Result<Vec<VersionFolder>, Error> {
    let Some(asked) = api_version else { return Ok(folders) };
    let names: Vec<String> =
        folders.iter().flat_map(|folder| &folder.version).map(|name| format!("`{name}`")).collect();
    folders.retain(|folder| folder.version.as_deref() == Some(asked));
    if folders.is_empty() {
        let names = names.join(", ");
        let message = format!("the docs have no version `{asked}`: ask for one of {names}");
        return Err(Error::new(message).about("api-version", asked));
    }
    Ok(folders)
}
