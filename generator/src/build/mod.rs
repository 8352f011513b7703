//! The same run for a `build.rs`: in go settings, out come modules in `OUT_DIR`, and for Cargo
//! what it has to know.
//!
//! Nothing here knows what is generated: [`Job`] does the work, and `cargo` speaks to Cargo.

mod cargo;
mod claim;
mod settings;
#[cfg(test)]
mod tests;

use std::env;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostics, Severity};
use crate::docs::Docs;
use crate::model::ProfileOverrides;
use crate::output::{Changes, Mode};
use crate::select::Selection;
use crate::summary::{Endpoints, Summary};
use crate::{Error, Rank, TypeChange, TypeOverride};
use cargo::Script;
use settings::Defaults;

/// The folder in `OUT_DIR` that holds one folder for each API.
const FOLDER: &str = "docbind";

/// The folder beside them for what saves work to the next run. No name of an API has a hyphen.
const CACHE: &str = "run-cache";

/// The name of an API that has not been given one.
const NAME: &str = "api";

/// Generates an API in a `build.rs`, for the crate that the script belongs to.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), docbind::Error> {
///     docbind::Build::new()
///         .docs("docs") // a folder, relative to Cargo.toml
///         .client("Shop")
///         .generate()?;
///     Ok(())
/// }
/// ```
///
/// The crate includes it where it likes, at its root or in a module, with
/// `docbind_runtime::include_api!();`. What is included is the same as a generated crate holds, but
/// for its features: all versions that were read are there, each in its module, and
/// [`api_version`](Self::api_version) chooses one. What a program does not use costs compile time and
/// no warnings.
///
/// Cargo runs the script again when any file changes, comes or goes in the folders `api` and
/// `resources`, or a file that is included from elsewhere does. It looks for what is not there, one of
/// the two folders or an included file, in the nearest folder that is, and all of it, unless that
/// holds what is written. A folder that does is told to Cargo file by file.
#[derive(Clone, Debug)]
#[must_use = "nothing happens before `generate`"]
pub struct Build {
    docs: Vec<PathBuf>,
    #[cfg(feature = "config")]
    config: Option<PathBuf>,
    api_version: Option<String>,
    include: Vec<String>,
    exclude: Vec<String>,
    include_types: Vec<String>,
    profile: ProfileOverrides,
    types: Vec<TypeOverride>,
    client: Option<String>,
    name: String,
    out_dir: Option<PathBuf>,
    fail_on: Level,
    is_silent: bool,
}

/// From which kind of flaw of the docs on a build fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Something of the API is missing because of a flaw.
    #[default]
    Error,
    /// Any flaw, also those that were understood.
    Warning,
    /// None.
    Never,
}

/// What [`Build::generate`] found and did.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The file that the crate includes.
    pub file: PathBuf,
    /// The docs, in which the diagnostics have their places.
    pub docs: Docs,
    /// What is wrong with the docs, sorted by file and place.
    pub diagnostics: Diagnostics,
    /// What was read and found, in numbers.
    pub summary: Summary,
    /// What the filters chose, if there are any.
    pub selection: Option<Selection>,
    /// Which of the documented paths can be called.
    pub endpoints: Endpoints,
    /// How many files there are.
    pub files: usize,
    /// Which of them were written or removed.
    pub changes: Changes,
}

impl Default for Build {
    fn default() -> Self {
        Self::new()
    }
}

impl Build {
    /// Begins with all of an API, of which the docs say the rest.
    pub fn new() -> Self {
        Self {
            docs: Vec::new(),
            #[cfg(feature = "config")]
            config: None,
            api_version: None,
            include: Vec::new(),
            exclude: Vec::new(),
            include_types: Vec::new(),
            profile: ProfileOverrides::default(),
            types: Vec::new(),
            client: None,
            name: NAME.to_owned(),
            out_dir: None,
            fail_on: Level::default(),
            is_silent: false,
        }
    }

    /// The folder of the docs: one with `api/` and `resources/`, or with such a folder for each
    /// version, or one that holds either in `api-reference/`. A relative path begins where
    /// `Cargo.toml` is. Where it is called several times, all folders together document one API.
    pub fn docs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.docs.push(folder.into());
        self
    }

    /// Takes what no method says from this file, a `docbind.toml` as the command reads it: `docs`,
    /// `api-version`, `include`, `exclude`, `include-types` and all of `[api]` and `[types]`; what is
    /// there on the crate as a whole (`out`, `name`, `runtime`) has no meaning here. A list from a
    /// method stands instead of the file's, and not beside it. What is decided about types adds up,
    /// and where both decide the same about a type, whatever either calls it, the method counts.
    /// Paths in the file begin where the file is. Without this call no file is read.
    ///
    /// The file may speak of types that the filters of methods leave out.
    #[cfg(feature = "config")]
    pub fn config(mut self, file: impl Into<PathBuf>) -> Self {
        self.config = Some(file.into());
        self
    }

    /// Reads only this version, such as `v1.0`; where pages lie in no version folder, the version
    /// that they are of.
    pub fn api_version(mut self, version: impl Into<String>) -> Self {
        self.api_version = Some(version.into());
        self
    }

    /// Generates the operations that fit this pattern, and what they need, instead of all: a path such
    /// as `/users/*/messages/**`, behind a method where only that is meant, the name of an operation,
    /// or a page. See [`Pattern`](crate::select::Pattern).
    pub fn include(mut self, pattern: impl Into<String>) -> Self {
        self.include.push(pattern.into());
        self
    }

    /// Leaves out the operations that fit this pattern, which is one as for
    /// [`include`](Self::include).
    pub fn exclude(mut self, pattern: impl Into<String>) -> Self {
        self.exclude.push(pattern.into());
        self
    }

    /// Generates the types of these names for their own sake, with `*` for any characters. See
    /// [`TypePattern`](crate::select::TypePattern).
    pub fn include_type(mut self, pattern: impl Into<String>) -> Self {
        self.include_types.push(pattern.into());
        self
    }

    /// The name of the client type; `Client` where nothing is said.
    pub fn client(mut self, name: impl Into<String>) -> Self {
        self.client = Some(name.into());
        self
    }

    /// The URL in front of the version, where the docs do not tell.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.profile.base_url = Some(url.into());
        self
    }

    /// The namespace of types whose page names none, where the docs do not tell.
    pub fn root_namespace(mut self, namespace: impl Into<String>) -> Self {
        self.profile.root_namespace = Some(namespace.into());
        self
    }

    /// The full name of the type that all entities extend, where the docs do not tell.
    pub fn base_entity(mut self, name: impl Into<String>) -> Self {
        self.profile.base_entity = Some(name.into());
        self
    }

    /// Another host of the service, which the requests of examples may go to.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.profile.hosts.push(host.into());
        self
    }

    /// Puts an attribute in front of types: `#[must_use]`, or one of a derive. `types` is a full name
    /// such as `microsoft.graph.message`, the last part of it, or either with `*` for any characters.
    ///
    /// A macro that looks at fields sees `Option`s of the types of `docbind_runtime`, and a field
    /// `extra`; how JSON is read and written is no matter of attributes.
    pub fn type_attribute(self, types: impl Into<String>, attribute: impl Into<String>) -> Self {
        let (types, attribute) = (types.into(), attribute.into());
        let origin = format!("`.type_attribute({types:?}, {attribute:?})`");
        self.decide(types, TypeChange::Attribute(attribute), origin)
    }

    /// Derives a trait for types, which are named as for [`type_attribute`](Self::type_attribute).
    ///
    /// All types have `Clone`, `Debug`, `PartialEq`, and serde's traits, structs also `Default`, and
    /// enums `Eq`, `Hash` and `Display`. Macros of yours can be derived where the fields allow it, and
    /// for enums `PartialOrd` and `Ord`.
    pub fn derive(self, types: impl Into<String>, path: impl Into<String>) -> Self {
        let (types, path) = (types.into(), path.into());
        let origin = format!("`.derive({types:?}, {path:?})`");
        self.decide(types, TypeChange::Attribute(format!("#[derive({path})]")), origin)
    }

    /// Gives a type another name in Rust, from which those of its module and of what is made of it
    /// follow: `message` that is renamed to `Mail` stands in the module `mail`, beside `MailUpdate`.
    pub fn rename_type(self, name: impl Into<String>, rust: impl Into<String>) -> Self {
        let (name, rust) = (name.into(), rust.into());
        let origin = format!("`.rename_type({name:?}, {rust:?})`");
        self.decide(name, TypeChange::Rename(rust), origin)
    }

    /// Puts types, which are named as for [`type_attribute`](Self::type_attribute), into a module of
    /// this path from the root of the version on: `mail::rules`, or `self` for the root. Without a
    /// word of it they stand in the module of their namespace.
    ///
    /// ```no_run
    /// docbind::Build::new()
    ///     .docs("docs")
    ///     .type_module("*Event", "events") // whatever their namespace
    ///     .type_module("contoso.shop.invoice", "paper::out")
    ///     .type_module("contoso.shop.order", "self"); // at the root
    /// ```
    ///
    /// Of several that mean a type, one that names it counts before one with `*`, and of these the one
    /// with the most letters.
    pub fn type_module(self, types: impl Into<String>, path: impl Into<String>) -> Self {
        let (types, path) = (types.into(), path.into());
        let origin = format!("`.type_module({types:?}, {path:?})`");
        self.decide(types, TypeChange::Module(path), origin)
    }

    /// Puts a type of yours in place of a generated one, by a path such as `crate::Time`.
    ///
    /// What may stand there:
    ///
    /// - for any type one that docbind generated elsewhere, such as in a crate that several share;
    /// - for an object a type with the codec of generated ones, which this macro gives it:
    ///
    ///   ```ignore
    ///   #[non_exhaustive]
    ///   pub struct Time {
    ///       pub text: Option<String>,
    ///       pub extra: docbind_runtime::Extra,
    ///   }
    ///
    ///   docbind_runtime::object! {
    ///       Time "contoso.shop.time" { 0 text "dateTime" } extra ::core::option::Option::None
    ///   }
    ///   ```
    ///
    /// - or `docbind_runtime::Json<T>`, by the name of a type alias, of a `T` that serde reads and writes;
    /// - for an enumeration one that has its codec by `docbind_runtime::enumeration!`:
    ///
    ///   ```ignore
    ///   #[non_exhaustive]
    ///   pub enum Colour {
    ///       Red,
    ///       Other(String),
    ///   }
    ///
    ///   docbind_runtime::enumeration! { Colour { Red "red" } Other }
    ///   ```
    ///
    /// - or `::std::string::String`, where its members are not combined.
    ///
    /// It stands there under the name of the other, with the struct for its updates and the constants of
    /// its properties as the docs have them; what asks for all that a create call requires is not made.
    pub fn replace_type(self, name: impl Into<String>, path: impl Into<String>) -> Self {
        let (name, path) = (name.into(), path.into());
        let origin = format!("`.replace_type({name:?}, {path:?})`");
        self.decide(name, TypeChange::Replace(path), origin)
    }

    fn decide(mut self, types: String, change: TypeChange, origin: String) -> Self {
        let rank = Rank::Call;
        self.types.push(TypeOverride { types, change, origin, head: None, rank });
        self
    }

    /// The name of this API among several of one crate: `include_api!("graph")` includes the one that
    /// is named `graph`.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Another folder than `OUT_DIR`. The files stand in it below `docbind`, by the name of the API,
    /// where `include_api!` does not look: [`Report::file`] is what to include.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// From which kind of flaw of the docs on the build fails: [`Level::Error`] where nothing is said.
    /// Flaws below that are warnings of the build.
    pub fn fail_on(mut self, level: Level) -> Self {
        self.fail_on = level;
        self
    }

    /// Whether Cargo is told which folders and files were read. Where it is told nothing, neither
    /// here nor by the rest of the script, it runs the script again for every file of the crate.
    pub fn rerun_if_changed(mut self, is_told: bool) -> Self {
        self.is_silent = !is_told;
        self
    }

    /// Reads the docs, writes the modules, and tells Cargo what was read.
    ///
    /// Fails when a setting is wrong, when the docs cannot be read, when their flaws reach
    /// [`fail_on`](Self::fail_on), and when `OUT_DIR` is not set or cannot be written.
    pub fn generate(&self) -> Result<Report, Error> {
        let root = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
        let defaults = self.defaults(&root)?;
        let named = self.named_docs(&defaults);
        let job = self.job(&root, defaults)?;
        claim::claim(&job, &self.name)?;
        let outcome = threads(|| job.run(Mode::Write))?;
        let script = Script::new(&root, &named, &outcome.docs);
        if !self.is_silent {
            script.tell_reads(&job.out)?;
        }
        let least = match self.fail_on {
            Level::Error => Some(Severity::Error),
            Level::Warning => Some(Severity::Warning),
            Level::Never => None,
        };
        script.tell_flaws(&outcome.diagnostics, least)?;
        Ok(Report {
            file: job.out.join("src").join("mod.rs"),
            docs: outcome.docs,
            diagnostics: outcome.diagnostics,
            summary: outcome.summary,
            selection: outcome.selection,
            endpoints: outcome.endpoints,
            files: outcome.files,
            changes: outcome.changes,
        })
    }

    /// What the file says, if one was named.
    #[cfg(feature = "config")]
    fn defaults(&self, root: &Path) -> Result<Defaults, Error> {
        let Some(file) = &self.config else { return Ok(Defaults::default()) };
        // A flaw in the file fails the build, which must run again when it is mended.
        if !self.is_silent {
            cargo::tell_read(file)?;
        }
        Defaults::read(root, file)
    }

    #[cfg(not(feature = "config"))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "there is no file to read")]
    fn defaults(&self, _root: &Path) -> Result<Defaults, Error> {
        Ok(Defaults::default())
    }
}

/// Does the work on as many threads as Cargo was told to use.
fn threads<T: Send>(run: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    let jobs = env::var("NUM_JOBS").ok().and_then(|text| text.parse::<usize>().ok());
    let available = std::thread::available_parallelism().map_or(1, usize::from);
    match jobs {
        Some(jobs) if jobs < available => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1)).build();
            let pool =
                pool.map_err(|error| Error::new(format!("cannot start threads: {error}")))?;
            pool.install(run)
        }
        _ => run(),
    }
}
