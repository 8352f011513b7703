//! Which docs, and which crate is made from them: the flags that `generate` and `check` share.

use std::error::Error;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use docbind::absent;
use docbind::config::{self, Config};
use docbind::model::ProfileOverrides;
use docbind::select::{Filters, Pattern, Selection, TypePattern};
use docbind::{Job, Loaded, Options, Runtime, value};

/// The folder of the docs where nothing is said.
pub(crate) const DOCS: &str = "docs-input";

/// Which docs, and which of their versions.
#[derive(Debug, Args)]
#[command(next_help_heading = "The docs")]
pub(crate) struct DocsArguments {
    /// A folder with `api/` and `resources/`, one with such a folder for each version, or one
    /// that holds either in `api-reference/` [default: docs-input]
    #[arg(long, value_name = "DIR")]
    docs: Option<PathBuf>,
    /// Read only this version, such as `v1.0`; where pages lie in no version folder, the version
    /// that they are of
    #[arg(long, value_name = "VERSION")]
    api_version: Option<String>,
    #[command(flatten)]
    profile: ProfileArguments,
}

/// What is particular to the service.
#[derive(Debug, Args)]
#[command(next_help_heading = "The service, where the docs do not tell")]
pub(crate) struct ProfileArguments {
    /// The namespace of types whose page names none
    #[arg(long, value_name = "NAME", value_parser = value::namespace)]
    root_namespace: Option<String>,
    /// The URL in front of the version, to which the client sends its requests
    #[arg(long, value_name = "URL", value_parser = value::base_url)]
    base_url: Option<String>,
    /// Another host of the service, which the requests of examples may go to; may be repeated
    #[arg(long = "host", value_name = "HOST", value_parser = value::host)]
    hosts: Vec<String>,
    /// The full name of the type that all entities extend
    #[arg(long, value_name = "TYPE", value_parser = value::full_name)]
    base_entity: Option<String>,
}

impl ProfileArguments {
    pub(crate) fn or(&self, config: &ProfileOverrides) -> ProfileOverrides {
        let or = |flag: &Option<String>, key: &Option<String>| flag.clone().or(key.clone());
        let hosts = if self.hosts.is_empty() { &config.hosts } else { &self.hosts };
        ProfileOverrides {
            root_namespace: or(&self.root_namespace, &config.root_namespace),
            base_url: or(&self.base_url, &config.base_url),
            hosts: hosts.clone(),
            base_entity: or(&self.base_entity, &config.base_entity),
        }
    }
}

/// What is wanted of the API.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is wanted of them")]
pub(crate) struct FilterArguments {
    /// Only these operations: `GET /me/messages`, `/users/*/calendar/**`, an operation's name such
    /// as `user-list-*`, or a page such as `api/user-*.md`; may be repeated
    #[arg(long, value_name = "PATTERN")]
    include: Vec<Pattern>,
    /// Of these, not those; may be repeated
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<Pattern>,
    /// A type that is wanted for its own sake, such as `changeNotification*`; may be repeated
    #[arg(long = "include-type", value_name = "NAME")]
    include_types: Vec<TypePattern>,
}

impl FilterArguments {
    /// Each flag counts instead of the whole list of its key.
    fn or(&self, config: &Filters) -> Filters {
        fn or<T: Clone>(flag: &[T], key: &[T]) -> Vec<T> {
            if flag.is_empty() { key.to_vec() } else { flag.to_vec() }
        }
        Filters {
            include: or(&self.include, &config.include),
            exclude: or(&self.exclude, &config.exclude),
            include_types: or(&self.include_types, &config.include_types),
        }
    }
}

/// The crate.
#[derive(Debug, Args)]
#[command(next_help_heading = "The crate")]
pub(crate) struct CrateArguments {
    /// The folder of the crate [default: generated]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The name of the package [default: that of its folder]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The name of the client type [default: Client]
    #[arg(long, value_name = "NAME", value_parser = value::client)]
    client: Option<String>,
    /// The folder of docbind-runtime, or its version [default: the checkout that docbind was built
    /// from if it is still there, else the version of docbind]
    #[arg(long, value_name = "PATH|VERSION")]
    runtime: Option<String>,
    /// Do all of the work, whatever earlier runs found out. What they keep lies in `docbind` in
    /// Cargo's target folder
    #[arg(long)]
    no_cache: bool,
    /// Neither write docbind.lock, which says what the crate was made from, nor expect one; one that
    /// is there is stale
    #[arg(long)]
    no_lock: bool,
}

impl DocsArguments {
    /// Reads the docs.
    pub(crate) fn load(&self) -> Result<Loaded, Box<dyn Error>> {
        self.load_with(&config::read()?)
    }

    /// Reads the docs, and leaves what is wanted of them.
    pub(crate) fn load_selected(
        &self,
        filters: &FilterArguments,
    ) -> Result<(Loaded, Option<Selection>), Box<dyn Error>> {
        let config = config::read()?;
        Ok(self.load_with(&config)?.select(&filters.or(&config.filters))?)
    }

    fn load_with(&self, config: &Config) -> Result<Loaded, Box<dyn Error>> {
        let version = self.version(config);
        let folder = self.folder(config);
        check_folder(self.docs.is_some(), &folder, config)?;
        Ok(docbind::load_with(&folder, version.as_deref(), &self.profile(config))?)
    }

    fn folder(&self, config: &Config) -> PathBuf {
        let docs = self.docs.as_ref().or(config.docs.as_ref().map(|(docs, _)| docs));
        docs.cloned().unwrap_or_else(|| PathBuf::from(DOCS))
    }

    fn version(&self, config: &Config) -> Option<String> {
        self.api_version.clone().or_else(|| config.api_version.clone())
    }

    fn profile(&self, config: &Config) -> ProfileOverrides {
        self.profile.or(&config.profile)
    }
}

/// Fails when there is no such folder, with what may have been meant.
pub(crate) fn check_folder(
    is_flag: bool,
    folder: &Path,
    config: &Config,
) -> Result<(), Box<dyn Error>> {
    let Some(text) = absent::folder(folder) else { return Ok(()) };
    let place = match &config.docs {
        Some((_, origin)) if !is_flag => format!("{origin}: "),
        _ => String::new(),
    };
    let how = match (is_flag, &config.docs) {
        (true, _) => "see --docs".to_owned(),
        (false, Some(_)) => "mend `docs` there".to_owned(),
        (false, None) => format!("name it by --docs, or by `docs` in {}", config::FILE),
    };
    let folder = folder.display();
    Err(format!("{place}cannot open the docs folder `{folder}`: {text} ({how})").into())
}

/// What is to be made, from what, and where.
pub(crate) fn job(
    docs: &DocsArguments,
    filters: &FilterArguments,
    crate_: &CrateArguments,
) -> Result<Job, Box<dyn Error>> {
    let config = config::read()?;
    check_folder(docs.docs.is_some(), &docs.folder(&config), &config)?;
    job_of(docs, filters, crate_, &config)
}

/// What is to be made anew.
pub(crate) struct Renewed {
    pub(crate) job: Job,
    /// Why the folder of its docs cannot be opened, if it is not there.
    pub(crate) missing: Option<Box<dyn Error>>,
}

/// The same when there was a folder of docs, which may come back.
pub(crate) fn job_again(
    docs: &DocsArguments,
    filters: &FilterArguments,
    crate_: &CrateArguments,
) -> Result<Renewed, Box<dyn Error>> {
    let config = config::read()?;
    let missing = check_folder(docs.docs.is_some(), &docs.folder(&config), &config).err();
    Ok(Renewed { job: job_of(docs, filters, crate_, &config)?, missing })
}

fn job_of(
    docs: &DocsArguments,
    filters: &FilterArguments,
    crate_: &CrateArguments,
    config: &Config,
) -> Result<Job, Box<dyn Error>> {
    let out = crate_.out.clone().or_else(|| config.out.clone());
    let out = out.unwrap_or_else(|| PathBuf::from("generated"));
    if out.is_file() {
        let message = format!("the crate is a folder, and `{}` is a file", out.display());
        return Err(fault(config, "out", crate_.out.is_some(), &message).into());
    }
    let place = resolved(&out)?;
    let options = options(crate_, config, &place)?;
    // What leads through folders that are not there yet cannot be made as it is written.
    let leads_up = out.components().any(|part| part == Component::ParentDir);
    let cache = (!crate_.no_cache).then(|| cache(&place));
    let out = if leads_up && !out.is_dir() { place } else { out };
    Ok(Job {
        docs: docs.folder(config),
        more_docs: Vec::new(),
        api_version: docs.version(config),
        profile: docs.profile(config),
        filters: filters.or(&config.filters),
        options,
        out,
        cache,
        lock: !crate_.no_lock,
    })
}

/// That folder, where there is a crate already, or Cargo has a target folder of its own: what makes no
/// crate leaves nothing where none is.
pub(crate) fn shared_cache(config: &Config) -> Result<Option<PathBuf>, Box<dyn Error>> {
    let out = config.out.clone().unwrap_or_else(|| PathBuf::from("generated"));
    let out = resolved(&out)?;
    let has_target = std::env::var_os("CARGO_TARGET_DIR").is_some_and(|folder| !folder.is_empty());
    Ok((has_target || out.join("Cargo.toml").is_file()).then(|| cache(&out)))
}

/// The folder for what runs leave to each other: in the target folder that Cargo uses for the
/// crate, which no one takes for sources.
fn cache(out: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty());
    let target = target.map(PathBuf::from);
    let target = target.unwrap_or_else(|| workspace(out).unwrap_or(out).join("target"));
    target.join("docbind")
}

/// Where a path leads: absolute, without `..`, and without links as far as it exists.
fn resolved(path: &Path) -> std::io::Result<PathBuf> {
    let mut resolved = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        // What is above a link is above the folder that it leads to.
        if part == Component::ParentDir {
            resolved.pop();
        } else {
            resolved.push(part);
        }
        resolved = resolved.canonicalize().unwrap_or(resolved);
    }
    Ok(resolved)
}

fn options(
    crate_: &CrateArguments,
    config: &Config,
    out: &Path,
) -> Result<Options, Box<dyn Error>> {
    let folder = || out.file_name().and_then(|name| name.to_str()).unwrap_or("client").to_owned();
    let name = crate_.name.clone().or_else(|| config.name.clone());
    let client = crate_.client.clone().or_else(|| config.client.clone());
    let options = Options {
        name: name.unwrap_or_else(folder),
        client: client.unwrap_or_else(|| "Client".to_owned()),
        runtime: runtime(crate_, config, out)?,
        is_workspace: !is_member(out),
        types: config.types.clone(),
        ..Options::default()
    };
    if !options.has_valid_name() {
        let message = format!("`{}` is no name for a package", options.name);
        return Err(fault(config, "name", crate_.name.is_some(), &message).into());
    }
    Ok(options)
}

/// What is wrong with a setting: in front, where the file has it; behind, how to mend it.
fn fault(config: &Config, key: &str, is_flag: bool, message: &str) -> String {
    match config.place(key).filter(|_| !is_flag) {
        Some(place) => format!("{place}: {message}; mend `{key}` there"),
        None => format!("{message}; see --{key}"),
    }
}

/// An error about a value with the place where the file has it, if it comes from there.
pub(crate) fn placed(error: Box<dyn Error>) -> Box<dyn Error> {
    let place = || {
        let (key, value) = error.downcast_ref::<docbind::Error>()?.setting()?;
        let config = config::read().ok()?;
        let is_of_file = match key {
            "api-version" => config.api_version.as_deref() == Some(value),
            "base-entity" => config.profile.base_entity.as_deref() == Some(value),
            _ => false,
        };
        config.place(key).filter(|_| is_of_file).map(str::to_owned)
    };
    match place() {
        Some(place) => format!("{place}: {error}").into(),
        None => error,
    }
}

/// What is no version is a path. Without either, the checkout that docbind was built from, if it
/// is still there.
fn runtime(
    crate_: &CrateArguments,
    config: &Config,
    out: &Path,
) -> Result<Runtime, Box<dyn Error>> {
    let given = crate_.runtime.as_deref().or(config.runtime.as_deref());
    let is_version = |text: &&str| semver::VersionReq::parse(text).is_ok();
    if let Some(version) = given.filter(|text| !Path::new(text).exists()).filter(is_version) {
        return Ok(Runtime::Version(version.to_owned()));
    }
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("runtime");
    let path = match given {
        Some(path) => resolved(Path::new(path))?,
        None if checkout.join("Cargo.toml").is_file() => resolved(&checkout)?,
        None => return Ok(Runtime::Version(env!("CARGO_PKG_VERSION").to_owned())),
    };
    if !holds_runtime(&path) {
        let given = given.unwrap_or_default();
        let message =
            format!("`{given}` is neither a version nor a folder that holds docbind-runtime");
        return Err(fault(config, "runtime", crate_.runtime.is_some(), &message).into());
    }
    Ok(Runtime::Path(relative(&path, out)))
}

fn holds_runtime(folder: &Path) -> bool {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let manifest = manifest.parse::<toml::Table>().unwrap_or_default();
    let name = manifest.get("package").and_then(|package| package.get("name"));
    name.and_then(toml::Value::as_str) == Some("docbind-runtime")
}

/// The path from a crate to its neighbour in one checkout, so that the checkout can be moved;
/// else the path as it is.
fn relative(path: &Path, from: &Path) -> PathBuf {
    let Some(parent) = path.parent().filter(|parent| from.starts_with(parent)) else {
        return path.to_owned();
    };
    let depth = from.components().count() - parent.components().count();
    let up: PathBuf = std::iter::repeat_n("..", depth).collect();
    path.strip_prefix(parent).map_or_else(|_| path.to_owned(), |below| up.join(below))
}

/// Whether a workspace above has the crate as a member. Cargo refuses a crate below a workspace
/// that is no member of it, unless it is a workspace of its own.
fn is_member(out: &Path) -> bool {
    workspace(out).is_some()
}

/// The workspace above that has the crate as a member.
fn workspace(out: &Path) -> Option<&Path> {
    for folder in out.ancestors().skip(1) {
        let Ok(text) = std::fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        let Ok(manifest) = text.parse::<toml::Table>() else { continue };
        let Some(workspace) = manifest.get("workspace") else { continue };
        let members = workspace.get("members").and_then(toml::Value::as_array);
        let below = out.strip_prefix(folder).unwrap_or(out);
        let mut members = members.into_iter().flatten().filter_map(toml::Value::as_str);
        let is_member = members.any(|pattern| matches(Path::new(pattern), below));
        return is_member.then_some(folder);
    }
    None
}

/// Whether a path is one that a pattern such as `crates/*` stands for.
fn matches(pattern: &Path, path: &Path) -> bool {
    pattern.components().count() == path.components().count()
        && pattern.iter().zip(path).all(|(pattern, part)| {
            let (pattern, part) = (pattern.to_string_lossy(), part.to_string_lossy());
            match pattern.split_once('*') {
                Some((start, end)) => {
                    part.len() >= start.len() + end.len()
                        && part.starts_with(start)
                        && part.ends_with(end)
                }
                None => pattern == part,
            }
        })
}
