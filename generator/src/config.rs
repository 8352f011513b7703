//! `docbind.toml`: what the commands do in a folder when their flags say nothing else, and a `build.rs`
//! that reads it where its methods do not.
//!
//! In goes the text of the file, out come its values, or an error with the line that is wrong.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diff::Rule;
use crate::diff::policy::{FailOn, RuleLevel};
use crate::model::ProfileOverrides;
use crate::select::{Filters, Pattern, TypePattern};
use crate::{Error, Rank, TypeChange, TypeOverride, nearest, value};

/// The name of the file, in the folder that the command runs in.
pub const FILE: &str = "docbind.toml";

/// The keys in front of all sections, and the section.
const KEYS: [&str; 11] = [
    "docs",
    "api-version",
    "include",
    "exclude",
    "include-types",
    "out",
    "name",
    "runtime",
    API,
    TYPES,
    DIFF,
];

/// The section on the service.
const API: &str = "api";
const API_KEYS: [&str; 5] = ["root-namespace", "base-url", "hosts", "base-entity", "client"];

/// The section with one for each type, and what may be decided about a type.
const TYPES: &str = "types";
const TYPE_KEYS: [&str; 5] = ["attributes", "derive", "rename", "replace", "module"];

/// The section on what diffs are judged by, with one of its own for the levels of rules.
const DIFF: &str = "diff";
const LEVELS: &str = "levels";
const DIFF_KEYS: [&str; 3] = ["fail-on", "ignore", LEVELS];

/// What the file holds; each key is the default of the flag of the same name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// `docs`: the folder of the docs, and where that stands.
    pub docs: Option<(PathBuf, String)>,
    /// `api-version`: the version that is read.
    pub api_version: Option<String>,
    /// `include`, `exclude` and `include-types`: what is wanted of the API.
    pub filters: Filters,
    /// `out`: the folder of the crate.
    pub out: Option<PathBuf>,
    /// `name`: that of the package.
    pub name: Option<String>,
    /// `runtime`: where the crate finds it.
    pub runtime: Option<String>,
    /// `client`: the name of the client type.
    pub client: Option<String>,
    /// What is stated of the service.
    pub profile: ProfileOverrides,
    /// What is decided about single types.
    pub types: Vec<TypeOverride>,
    /// What diffs are judged by.
    pub diff: DiffConfig,
    /// Where the strings stand, by their keys.
    places: BTreeMap<&'static str, String>,
}

impl Config {
    /// Where the value of a key stands, for messages: `docbind.toml:7`. None for a key that the file
    /// has not, and for lists.
    pub fn place(&self, key: &str) -> Option<&str> {
        self.places.get(key).map(String::as_str)
    }
}

/// What diffs are judged by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiffConfig {
    /// `fail-on`: the level from which on a change fails a diff.
    pub fail_on: Option<FailOn>,
    /// `ignore`: the file of changes that are ignored.
    pub ignore: Option<PathBuf>,
    /// The section `levels`: other levels for rules, in the order of the rules.
    pub levels: Vec<RuleLevel>,
}

/// Reads the file of the current folder, if there is one.
pub fn read() -> Result<Config, Error> {
    match std::fs::read_to_string(FILE) {
        Ok(text) => parse_file(FILE, &text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Config::default()),
        Err(error) => Err(Error::io("cannot read", Path::new(FILE), error)),
    }
}

/// Reads this file, which must be there; errors call it by its name.
pub fn read_file(path: &Path, name: &str) -> Result<Config, Error> {
    let text = std::fs::read_to_string(path);
    parse_file(name, &text.map_err(|error| Error::io("cannot read", path, error))?)
}

/// Reads the text of a file of this name. Unknown keys are errors: one that was mistyped says nothing.
fn parse_file(name: &str, text: &str) -> Result<Config, Error> {
    let file = File { name, text };
    parse(file).map_err(Error::new)
}

fn parse(file: File<'_>) -> Result<Config, String> {
    let table = DeTable::parse(file.text).map_err(|error| {
        file.failure(error.span().map_or(0, |span| span.start), error.message())
    })?;
    let mut top =
        Section { file, name: None, entries: table.into_inner(), places: BTreeMap::new() };
    let api = top.take(API).map(|entry| section(file, API, entry)).transpose()?;
    let types = top.take(TYPES).map(|entry| section(file, TYPES, entry)).transpose()?;
    let diff = top.take(DIFF).map(|entry| section(file, DIFF, entry)).transpose()?;
    let mut config = Config {
        docs: top.placed("docs")?.map(|(docs, origin)| (PathBuf::from(docs), origin)),
        api_version: top.string("api-version", any)?,
        filters: Filters {
            include: top.parsed("include", Pattern::at)?,
            exclude: top.parsed("exclude", Pattern::at)?,
            include_types: top.parsed("include-types", TypePattern::at)?,
        },
        out: top.string("out", any)?.map(PathBuf::from),
        name: top.string("name", any)?,
        runtime: top.string("runtime", any)?,
        ..Config::default()
    };
    top.end(&KEYS, API, &API_KEYS)?;
    config.places = top.places;
    if let Some(mut api) = api {
        config.client = api.string("client", value::client)?;
        config.profile = ProfileOverrides {
            root_namespace: api.string("root-namespace", value::namespace)?,
            base_url: api.string("base-url", value::base_url)?,
            hosts: api.strings("hosts", value::host)?,
            base_entity: api.string("base-entity", value::full_name)?,
        };
        api.end(&API_KEYS, "", &KEYS)?;
        config.places.append(&mut api.places);
    }
    if let Some(types) = types {
        config.types = decisions(types)?;
    }
    if let Some(mut diff) = diff {
        let levels = diff.take(LEVELS).map(|entry| section(file, LEVELS, entry)).transpose()?;
        config.diff = DiffConfig {
            fail_on: diff.word("fail-on")?,
            ignore: diff.string("ignore", any)?.map(PathBuf::from),
            levels: levels.map(rule_levels).transpose()?.unwrap_or_default(),
        };
        diff.end(&DIFF_KEYS, "", &KEYS)?;
        config.places.append(&mut diff.places);
    }
    Ok(config)
}

/// The levels of the rules that have one of their own.
fn rule_levels(mut levels: Section<'_>) -> Result<Vec<RuleLevel>, String> {
    let mut found = Vec::new();
    for &rule in Rule::ALL {
        found.extend(levels.word(rule.id())?.map(|level| RuleLevel { rule, level }));
    }
    let rules: Vec<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    match levels.entries.iter().min_by_key(|(key, _)| key.span().start) {
        None => Ok(found),
        Some((key, _)) => {
            let (at, key) = (key.span().start, key.get_ref().as_ref());
            let hint = nearest::hint(key, rules);
            Err(levels.failure(at, &format!("there is no rule `{key}`{hint}")))
        }
    }
}

/// What the sections of types decide, in the order of the file.
fn decisions(types: Section<'_>) -> Result<Vec<TypeOverride>, String> {
    let file = types.file;
    let mut entries: Vec<_> = types.entries.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let mut decisions = Vec::new();
    for (key, entry) in entries {
        let head = key.span().start;
        let types = key.into_inner().into_owned();
        if entry.get_ref().as_table().is_none() {
            let kind = kind(entry.get_ref());
            return Err(file.failure(head, &format!("`[types.{types}]` is a section, not {kind}")));
        }
        let mut type_ = section(file, TYPES, entry)?;
        let mut changes =
            type_.list("attributes", |text| Ok(TypeChange::Attribute(text.into())))?;
        let derived = |path: &str| Ok(TypeChange::Attribute(format!("#[derive({path})]")));
        changes.extend(type_.list("derive", derived)?);
        for (key, change) in [
            ("rename", TypeChange::Rename as fn(String) -> TypeChange),
            ("replace", TypeChange::Replace),
            ("module", TypeChange::Module),
        ] {
            let Some(entry) = type_.take(key) else { continue };
            let at = entry.span().start;
            changes.push((at, type_.read(key, &entry, any).map(change)?));
        }
        type_.end(&TYPE_KEYS, "", &KEYS)?;
        if changes.is_empty() {
            let keys = TYPE_KEYS.join("`, `");
            let message = format!(
                "`[types.{types}]` decides nothing; take it out, or write what is decided, by `{keys}`"
            );
            return Err(file.failure(head, &message));
        }
        decisions.extend(changes.into_iter().map(|(at, change)| TypeOverride {
            types: types.clone(),
            change,
            origin: file.place(at),
            head: Some(file.place(head)),
            rank: Rank::File,
        }));
    }
    Ok(decisions)
}

/// The file, for messages.
#[derive(Clone, Copy)]
struct File<'t> {
    name: &'t str,
    text: &'t str,
}

impl File<'_> {
    /// `docbind.toml:7`.
    fn place(self, at: usize) -> String {
        let line = 1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count();
        format!("{}:{line}", self.name)
    }

    fn failure(self, at: usize, message: &str) -> String {
        format!("{}: {message}", self.place(at))
    }
}

/// The entries of a section that have not been read yet.
struct Section<'t> {
    file: File<'t>,
    name: Option<&'static str>,
    entries: DeTable<'t>,
    /// Where the strings that have been read stand.
    places: BTreeMap<&'static str, String>,
}

type Entry<'t> = Spanned<DeValue<'t>>;

/// What turns the text of a value into the value, or says what it should be.
type Read = fn(&str) -> Result<String, String>;

#[expect(clippy::unnecessary_wraps, reason = "others of its kind fail")]
fn any(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

fn section<'t>(
    file: File<'t>,
    name: &'static str,
    entry: Entry<'t>,
) -> Result<Section<'t>, String> {
    let at = entry.span().start;
    match entry.into_inner() {
        DeValue::Table(entries) => {
            Ok(Section { file, name: Some(name), entries, places: BTreeMap::new() })
        }
        other => Err(file.failure(at, &format!("`{name}` is a section, not {}", kind(&other)))),
    }
}

impl<'t> Section<'t> {
    fn take(&mut self, key: &str) -> Option<Entry<'t>> {
        self.entries.remove(key)
    }

    fn string(&mut self, key: &'static str, read: Read) -> Result<Option<String>, String> {
        let Some(entry) = self.take(key) else { return Ok(None) };
        self.places.insert(key, self.file.place(entry.span().start));
        self.read(key, &entry, read).map(Some)
    }

    /// A text, and its place in the file.
    fn placed(&mut self, key: &str) -> Result<Option<(String, String)>, String> {
        let Some(entry) = self.take(key) else { return Ok(None) };
        let origin = self.file.place(entry.span().start);
        Ok(Some((self.read(key, &entry, any)?, origin)))
    }

    /// A word that stands for something.
    fn word<T: FromStr<Err = String>>(&mut self, key: &str) -> Result<Option<T>, String> {
        self.take(key).map(|entry| self.read(key, &entry, str::parse)).transpose()
    }

    fn strings(&mut self, key: &str, read: Read) -> Result<Vec<String>, String> {
        Ok(self.list(key, read)?.into_iter().map(|(_, value)| value).collect())
    }

    /// A list of what the library reads, each with its place in the file.
    fn parsed<T: FromStr<Err = Error>>(
        &mut self,
        key: &str,
        at: fn(T, String) -> T,
    ) -> Result<Vec<T>, String> {
        let read = |text: &str| text.parse::<T>().map_err(|error| error.to_string());
        let list = self.list(key, read)?.into_iter();
        Ok(list.map(|(start, value)| at(value, self.file.place(start))).collect())
    }

    /// The values of a list, and where in the text each starts.
    fn list<T>(
        &mut self,
        key: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Vec<(usize, T)>, String> {
        let Some(entry) = self.take(key) else { return Ok(Vec::new()) };
        let Some(list) = entry.get_ref().as_array() else {
            let message = format!("`{key}` takes a list of strings, not {}", kind(entry.get_ref()));
            return Err(self.failure(entry.span().start, &message));
        };
        let read = |entry| Ok((Entry::span(entry).start, self.read(key, entry, &read)?));
        list.iter().map(read).collect()
    }

    fn read<T>(
        &self,
        key: &str,
        entry: &Entry<'_>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, String> {
        let fail = |message: String| self.failure(entry.span().start, &message);
        let Some(text) = entry.get_ref().as_str() else {
            return Err(fail(format!("`{key}` takes a string, not {}", kind(entry.get_ref()))));
        };
        if text.is_empty() {
            return Err(fail(format!("`{key}` is empty; leave it out to have the default")));
        }
        read(text).map_err(|message| fail(format!("`{key}`: {message}")))
    }

    /// Fails if an entry is left, with the key that it may stand for.
    fn end(
        &self,
        keys: &[&'static str],
        other_section: &str,
        other_keys: &[&'static str],
    ) -> Result<(), String> {
        let first = self.entries.iter().map(|(key, _)| key).min_by_key(|key| key.span().start);
        let Some(unknown) = first else { return Ok(()) };
        let key = unknown.get_ref().as_ref();
        let place = self.name.map(|name| format!(" in `[{name}]`")).unwrap_or_default();
        let near = if other_keys.contains(&key) && other_section.is_empty() {
            "; it belongs in front of all sections".to_owned()
        } else if other_keys.contains(&key) {
            format!("; it belongs into the section `[{other_section}]`")
        } else {
            match nearest::nearest(key, keys.iter().copied()) {
                Some(near) => format!("; is it `{near}`?"),
                None => format!("; the keys are `{}`", keys.join("`, `")),
            }
        };
        Err(self.failure(unknown.span().start, &format!("unknown key `{key}`{place}{near}")))
    }

    fn failure(&self, at: usize, message: &str) -> String {
        self.file.failure(at, message)
    }
}

/// What a value is, with its article.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Config, FILE, parse_file};

    fn parse(text: &str) -> Result<Config, String> {
        parse_file(FILE, text).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        let result = parse(text).map(|config| format!("{config:#?}"));
        expected.assert_eq(&result.unwrap_or_else(|error| error));
    }

    #[test]
    fn every_key() {
        check(
            r#"
docs = "pages"
api-version = "v1.0"
include = ["GET /orders", "/orders/*/lines/**"]
exclude = ["DELETE /**"]
include-types = ["change*"]
out = "made"
name = "shop"
runtime = "0.1"

[api]
root-namespace = "contoso.shop"
base-url = "https://Shop.Contoso.example/API/"
hosts = ["shop.contoso.test", "localhost:8080"]
base-entity = "contoso.shop.thing"
client = "Shop"

[diff]
fail-on = "warning"
ignore = "ignored.toml"

[diff.levels]
title-changed = "info"
property-removed = "warning"
"#,
            &expect![[r#"
                Config {
                    docs: Some(
                        (
                            "pages",
                            "docbind.toml:2",
                        ),
                    ),
                    api_version: Some(
                        "v1.0",
                    ),
                    filters: Filters {
                        include: [
                            Pattern {
                                text: "GET /orders",
                                version: None,
                                target: Path {
                                    method: Some(
                                        Get,
                                    ),
                                    path: Glob {
                                        parts: [
                                            One(
                                                "orders",
                                            ),
                                        ],
                                    },
                                },
                                origin: Some(
                                    "docbind.toml:4",
                                ),
                            },
                            Pattern {
                                text: "/orders/*/lines/**",
                                version: None,
                                target: Path {
                                    method: None,
                                    path: Glob {
                                        parts: [
                                            One(
                                                "orders",
                                            ),
                                            One(
                                                "*",
                                            ),
                                            One(
                                                "lines",
                                            ),
                                            Rest,
                                        ],
                                    },
                                },
                                origin: Some(
                                    "docbind.toml:4",
                                ),
                            },
                        ],
                        exclude: [
                            Pattern {
                                text: "DELETE /**",
                                version: None,
                                target: Path {
                                    method: Some(
                                        Delete,
                                    ),
                                    path: Glob {
                                        parts: [
                                            Rest,
                                        ],
                                    },
                                },
                                origin: Some(
                                    "docbind.toml:5",
                                ),
                            },
                        ],
                        include_types: [
                            TypePattern {
                                text: "change*",
                                version: None,
                                name: "change*",
                                origin: Some(
                                    "docbind.toml:6",
                                ),
                            },
                        ],
                    },
                    out: Some(
                        "made",
                    ),
                    name: Some(
                        "shop",
                    ),
                    runtime: Some(
                        "0.1",
                    ),
                    client: Some(
                        "Shop",
                    ),
                    profile: ProfileOverrides {
                        root_namespace: Some(
                            "contoso.shop",
                        ),
                        base_url: Some(
                            "https://shop.contoso.example/API",
                        ),
                        hosts: [
                            "shop.contoso.test",
                            "localhost:8080",
                        ],
                        base_entity: Some(
                            "contoso.shop.thing",
                        ),
                    },
                    types: [],
                    diff: DiffConfig {
                        fail_on: Some(
                            Warning,
                        ),
                        ignore: Some(
                            "ignored.toml",
                        ),
                        levels: [
                            RuleLevel {
                                rule: PropertyRemoved,
                                level: Warning,
                            },
                            RuleLevel {
                                rule: TitleChanged,
                                level: Info,
                            },
                        ],
                    },
                    places: {
                        "api-version": "docbind.toml:3",
                        "base-entity": "docbind.toml:15",
                        "base-url": "docbind.toml:13",
                        "client": "docbind.toml:16",
                        "ignore": "docbind.toml:20",
                        "name": "docbind.toml:8",
                        "out": "docbind.toml:7",
                        "root-namespace": "docbind.toml:12",
                        "runtime": "docbind.toml:9",
                    },
                }"#]],
        );
    }

    #[test]
    fn an_empty_file() {
        assert_eq!(parse("# nothing\n"), Ok(Config::default()));
        assert_eq!(parse("[api]\n"), Ok(Config::default()));
    }

    /// The errors of several files, one in each line.
    #[track_caller]
    fn check_errors(texts: &[&str], expected: &Expect) {
        let errors = texts.iter().map(|text| parse(text).expect_err("a flaw") + "\n");
        expected.assert_eq(&errors.collect::<String>());
    }

    #[test]
    fn unknown_keys() {
        check_errors(
            &[
                "docs = \"a\"\noutput = \"b\"\n",
                "colour = true\n",
                "[api]\n\nbase_uri = \"https://a.example\"\n",
                "[api]\nx = 1\n",
                "[apis]\n",
                // The first of several is named.
                "zdocs = 1\naout = 2\n",
            ],
            &expect![[r#"
                docbind.toml:2: unknown key `output`; is it `out`?
                docbind.toml:1: unknown key `colour`; the keys are `docs`, `api-version`, `include`, `exclude`, `include-types`, `out`, `name`, `runtime`, `api`, `types`, `diff`
                docbind.toml:3: unknown key `base_uri` in `[api]`; is it `base-url`?
                docbind.toml:2: unknown key `x` in `[api]`; the keys are `root-namespace`, `base-url`, `hosts`, `base-entity`, `client`
                docbind.toml:1: unknown key `apis`; is it `api`?
                docbind.toml:1: unknown key `zdocs`; is it `docs`?
            "#]],
        );
    }

    #[test]
    fn keys_of_another_section() {
        check_errors(
            &["name = \"a\"\nclient = \"Shop\"\n", "[api]\ndocs = \"a\"\n"],
            &expect![[r#"
                docbind.toml:2: unknown key `client`; it belongs into the section `[api]`
                docbind.toml:2: unknown key `docs` in `[api]`; it belongs in front of all sections
            "#]],
        );
    }

    #[test]
    fn values_of_another_kind() {
        check_errors(
            &[
                "docs = 1\n",
                "out = \"\"\n",
                "api = \"https://a.example\"\n",
                "[api]\nhosts = \"a.example\"\n",
                "[api]\nhosts = [\n  \"a.example\",\n  true,\n]\n",
            ],
            &expect![[r#"
                docbind.toml:1: `docs` takes a string, not a number
                docbind.toml:1: `out` is empty; leave it out to have the default
                docbind.toml:1: `api` is a section, not a string
                docbind.toml:2: `hosts` takes a list of strings, not a string
                docbind.toml:4: `hosts` takes a string, not a boolean
            "#]],
        );
    }

    #[test]
    fn values_that_cannot_be() {
        check_errors(
            &[
                "[api]\nbase-url = \"a.example\"\n",
                "[api]\nbase-url = \"ftp://a.example\"\n",
                "[api]\nbase-url = \"https://a.example?x=1\"\n",
                "[api]\nbase-url = \"https://a.example/v1.0\"\n",
                "[api]\nroot-namespace = \"a..b\"\n",
                "[api]\nbase-entity = \"entity\"\n",
                "[api]\nhosts = [\"https://a.example\"]\n",
                "[api]\nclient = \"1st\"\n",
                "include = [\n  \"GET /me\",\n  \"FETCH /me\",\n]\n",
                "include-types = [\"a b\"]\n",
            ],
            &expect![[r#"
                docbind.toml:2: `base-url`: `a.example` is no URL, such as `https://shop.contoso.example`
                docbind.toml:2: `base-url`: `ftp://a.example` is no URL that starts with `https://` or `http://`
                docbind.toml:2: `base-url`: `https://a.example?x=1` is no URL of a service
                docbind.toml:2: `base-url`: `https://a.example/v1.0` ends in a version, which is added for each version of the docs
                docbind.toml:2: `root-namespace`: `a..b` is no namespace, such as `contoso.shop`
                docbind.toml:2: `base-entity`: `entity` is no full name of a type, such as `contoso.shop.entity`
                docbind.toml:2: `hosts`: `https://a.example` is no host, such as `shop.contoso.example`
                docbind.toml:2: `client`: `1st` is no name for a type, such as `Client`
                docbind.toml:3: `include`: `FETCH /me` is no filter: `FETCH` is no method, which are GET, POST, PUT, PATCH, DELETE, and `*` for any
                docbind.toml:1: `include-types`: `a b` is no type; write its name, such as `message`, `contoso.shop.order` or `change*`
            "#]],
        );
    }

    #[test]
    fn decisions_about_types() {
        let decided = parse(
            "[types.note]\nrename = \"Memo\"\nderive = [\n  \"Eq\",\n]\n\n[types.\"a.*\"]\nmodule = \"a\"\n",
        );
        let decided = decided.expect("decisions").types.into_iter();
        let lines = decided
            .map(|it| format!("{}, {}: {it}\n", it.head.clone().unwrap_or_default(), it.origin));
        expect![[r#"
            docbind.toml:1, docbind.toml:4: note #[derive(Eq)]
            docbind.toml:1, docbind.toml:2: note as Memo
            docbind.toml:7, docbind.toml:8: a.* in a
        "#]]
        .assert_eq(&lines.collect::<String>());
    }

    #[test]
    fn decisions_that_cannot_be() {
        check_errors(
            &[
                "[types.nope]\n",
                "[types.a]\nrename = \"B\"\n[types.nope]\n\n",
                "[types.nope]\nderive = []\n",
                "[types.nope]\n\nrenam = \"A\"\n",
                "[types]\nnope = \"A\"\n",
                "[types.nope]\nrename = [\"A\"]\n",
            ],
            &expect![[r#"
                docbind.toml:1: `[types.nope]` decides nothing; take it out, or write what is decided, by `attributes`, `derive`, `rename`, `replace`, `module`
                docbind.toml:3: `[types.nope]` decides nothing; take it out, or write what is decided, by `attributes`, `derive`, `rename`, `replace`, `module`
                docbind.toml:1: `[types.nope]` decides nothing; take it out, or write what is decided, by `attributes`, `derive`, `rename`, `replace`, `module`
                docbind.toml:3: unknown key `renam` in `[types]`; is it `rename`?
                docbind.toml:2: `[types.nope]` is a section, not a string
                docbind.toml:2: `rename` takes a string, not a list
            "#]],
        );
    }

    #[test]
    fn what_diffs_are_judged_by() {
        check_errors(
            &[
                "[diff]\nfail-on = \"warn\"\n",
                "[diff]\nlevels = \"error\"\n",
                "[diff]\nlevel = {}\n",
                "[diff.levels]\nproperty-removed = \"fatal\"\n",
                "[diff.levels]\n\nproperty-remove = \"info\"\n",
                "[diff.levels]\nzzz = \"info\"\n",
                "[diff.levels]\nproperty-removed = 1\n",
            ],
            &expect![[r#"
                docbind.toml:2: `fail-on`: a diff fails on `error`, `warning` or `none`, and not on `warn`; is it `warning`?
                docbind.toml:2: `levels` is a section, not a string
                docbind.toml:2: unknown key `level` in `[diff]`; is it `levels`?
                docbind.toml:2: `property-removed`: `fatal` is no level; write `error`, `warning`, `info` or `docs`
                docbind.toml:3: there is no rule `property-remove`; is it `property-removed`?
                docbind.toml:2: there is no rule `zzz`
                docbind.toml:2: `property-removed` takes a string, not a number
            "#]],
        );
    }

    #[test]
    fn no_toml() {
        check_errors(
            &["docs = \"a\"\nout = \n", "docs = \"a\"\ndocs = \"b\"\n"],
            &expect![[r#"
            docbind.toml:2: string values must be quoted, expected literal string
            docbind.toml:2: duplicate key
        "#]],
        );
    }
}
