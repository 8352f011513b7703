//! From what the methods of a [`Build`] say, and a file where they do not, to a [`Job`].
//!
//! Every value is checked here, and an error names the method, or the file and the line.

use std::env;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::{Build, CACHE, FOLDER};
use crate::model::ProfileOverrides;
use crate::plan::is_module_name;
use crate::select::Filters;
use crate::{Error, Form, Job, Options, TypeOverride, absent, value};

/// What a file says, checked as it was read.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    docs: Option<(PathBuf, String)>,
    api_version: Option<String>,
    filters: Filters,
    profile: ProfileOverrides,
    types: Vec<TypeOverride>,
    client: Option<String>,
}

impl Defaults {
    /// What the file says, in which paths begin where the file is.
    #[cfg(feature = "config")]
    pub(super) fn read(root: &Path, file: &Path) -> Result<Self, Error> {
        let path = root.join(file);
        if let Some(text) = absent::file(&path) {
            let how = "a relative path begins where Cargo.toml is";
            return Err(Error::new(format!("`.config(\"{}\")`: {text} ({how})", file.display())));
        }
        let config = crate::config::read_file(&path, &file.to_string_lossy())?;
        let folder = file.parent().unwrap_or(Path::new(""));
        Ok(Self {
            docs: config.docs.map(|(docs, origin)| (folder.join(docs), origin)),
            api_version: config.api_version,
            filters: config.filters,
            profile: config.profile,
            types: config.types,
            client: config.client,
        })
    }
}

impl Build {
    /// The folders of the docs, as they were named.
    pub(super) fn named_docs(&self, defaults: &Defaults) -> Vec<PathBuf> {
        if !self.docs.is_empty() {
            return self.docs.clone();
        }
        defaults.docs.iter().map(|(docs, _)| docs.clone()).collect()
    }

    /// What is to be done.
    pub(super) fn job(&self, root: &Path, defaults: Defaults) -> Result<Job, Error> {
        let named = self.named_docs(&defaults);
        let Some((docs, more_docs)) = named.split_first() else {
            return Err(Error::new(
                "no docs are named: write `.docs(\"docs\")`, with their folder relative to Cargo.toml",
            ));
        };
        let client = self.client.as_deref().map(|name| checked("client", name, value::client));
        let client = client.transpose()?.or(defaults.client);
        let mut types = defaults.types;
        types.extend_from_slice(&self.types);
        let options = Options {
            client: client.unwrap_or_else(|| "Client".to_owned()),
            form: Form::Included(format!("{FOLDER}_{}", self.api_name()?)),
            types,
            ..Options::default()
        };
        let (filters, profile) = (self.filters(defaults.filters)?, self.profile(defaults.profile)?);
        let folder = self.folder(root)?;
        let origin = defaults.docs.as_ref().map(|(_, origin)| origin.as_str());
        for docs in &named {
            let origin = origin.filter(|_| self.docs.is_empty());
            check_docs(root, docs, origin)?;
        }
        Ok(Job {
            docs: root.join(docs),
            more_docs: more_docs.iter().map(|docs| root.join(docs)).collect(),
            api_version: self.api_version.clone().or(defaults.api_version),
            profile,
            filters,
            options,
            out: folder.join(FOLDER).join(&self.name),
            lock: false,
            cache: Some(folder.join(FOLDER).join(CACHE)),
        })
    }

    fn api_name(&self) -> Result<&str, Error> {
        if is_module_name(&self.name) {
            return Ok(&self.name);
        }
        let name = &self.name;
        Err(Error::new(format!("`.name({name:?})` is no name for a module, such as `mail`")))
    }

    /// A list from a method stands instead of that of the file.
    fn filters(&self, defaults: Filters) -> Result<Filters, Error> {
        Ok(Filters {
            include: patterns("include", &self.include, defaults.include)?,
            exclude: patterns("exclude", &self.exclude, defaults.exclude)?,
            include_types: patterns("include_type", &self.include_types, defaults.include_types)?,
        })
    }

    fn profile(&self, defaults: ProfileOverrides) -> Result<ProfileOverrides, Error> {
        let stated = &self.profile;
        let check = |what, text: &Option<String>, read: Read, default: Option<String>| {
            let stated = text.as_deref().map(|text| checked(what, text, read)).transpose()?;
            Ok::<_, Error>(stated.or(default))
        };
        let ProfileOverrides { root_namespace, base_url, hosts, base_entity } = defaults;
        let own = stated.hosts.iter().map(|host| checked("host", host, value::host));
        let own = own.collect::<Result<Vec<_>, _>>()?;
        Ok(ProfileOverrides {
            root_namespace: check(
                "root_namespace",
                &stated.root_namespace,
                value::namespace,
                root_namespace,
            )?,
            base_url: check("base_url", &stated.base_url, value::base_url, base_url)?,
            hosts: if own.is_empty() { hosts } else { own },
            base_entity: check("base_entity", &stated.base_entity, value::full_name, base_entity)?,
        })
    }

    /// The folder that stands for `OUT_DIR`.
    fn folder(&self, root: &Path) -> Result<PathBuf, Error> {
        let out_dir = self
            .out_dir
            .clone()
            .or_else(|| env::var_os("OUT_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from));
        let out_dir = out_dir.map(|folder| root.join(folder));
        out_dir.ok_or_else(|| {
            Error::new(
                "OUT_DIR is not set, as it is in a build.rs that Cargo runs: elsewhere, name a folder \
                 with `.out_dir(…)`, or make a crate with `docbind generate`",
            )
        })
    }
}

/// Fails when there is no such folder, with what may have been meant.
fn check_docs(root: &Path, docs: &Path, origin: Option<&str>) -> Result<(), Error> {
    let Some(text) = absent::folder(&root.join(docs)) else { return Ok(()) };
    let (place, base) = match origin {
        Some(origin) => (format!("{origin}: `docs`"), "this file"),
        None => (format!("`.docs(\"{}\")`", docs.display()), "Cargo.toml"),
    };
    Err(Error::new(format!("{place}: {text} (a relative path begins where {base} is)")))
}

type Read = fn(&str) -> Result<String, String>;

/// A value that a method was given, or an error that names the method.
fn checked(method: &str, text: &str, read: Read) -> Result<String, Error> {
    read(text).map_err(|message| Error::new(format!("`.{method}(…)`: {message}")))
}

fn patterns<P: FromStr<Err = Error>>(
    method: &str,
    texts: &[String],
    defaults: Vec<P>,
) -> Result<Vec<P>, Error> {
    if texts.is_empty() {
        return Ok(defaults);
    }
    let read = |text: &String| {
        text.parse::<P>().map_err(|error| Error::new(format!("`.{method}({text:?})`: {error}")))
    };
    texts.iter().map(read).collect()
}
