//! What the caller decides about single types: attributes, other names, types in their place.
//!
//! In go names of types as somebody wrote them; out comes what holds for a type by its full name,
//! or an error that says where the flaw stands.

use std::fmt;

use syn::Attribute;
use syn::parse::Parser;

use super::ident::Ident;
use super::package::{Form, Options};
use crate::Error;
use crate::model::{Api, last_part};
use crate::nearest;
use crate::select::TypePattern;

/// What every type implements, and what no derive can give it again.
const IMPLEMENTED: [&str; 6] =
    ["Clone", "Debug", "Default", "Deserialize", "PartialEq", "Serialize"];

/// A decision about the types that a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TypeOverride {
    /// Which types: `microsoft.graph.message`, `message`, or `*Message`.
    pub types: String,
    /// What is decided.
    pub change: TypeChange,
    /// Where the decision stands, for messages: `docbind.toml:7`.
    pub origin: String,
}

/// What is decided about which types, without where that stands.
impl fmt::Display for TypeOverride {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let types = &self.types;
        match &self.change {
            TypeChange::Attribute(attribute) => write!(formatter, "{types} {attribute}"),
            TypeChange::Rename(name) => write!(formatter, "{types} as {name}"),
            TypeChange::Replace(path) => write!(formatter, "{types} by {path}"),
        }
    }
}

/// What is decided about a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeChange {
    /// It has this attribute: `#[derive(Eq)]`.
    Attribute(String),
    /// It has this name in Rust.
    Rename(String),
    /// This type of the caller's stands in its place, by its path.
    Replace(String),
}

/// The decisions about the types of one version.
pub(super) struct Overrides<'o> {
    list: Vec<(TypePattern, &'o TypeOverride)>,
    version: Option<&'o str>,
}

/// A type of the caller's in place of a generated one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Replacement {
    /// Its path, which is valid Rust.
    pub(crate) path: String,
}

impl<'o> Overrides<'o> {
    /// Of decisions that have not been checked, those that cannot be understood do not count.
    pub(super) fn new(options: &'o Options, version: Option<&'o str>) -> Self {
        let list = options.types.iter().filter(|it| check_change(it).is_ok());
        let list = list.filter_map(|it| Some((it.types.parse().ok()?, it)));
        Self { list: list.collect(), version }
    }

    fn of<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'o TypeOverride> + 'n {
        let is_meant = |pattern: &TypePattern| pattern.means(self.version, name);
        self.list.iter().filter(move |(pattern, _)| is_meant(pattern)).map(|(_, it)| *it)
    }

    /// The name that a type has instead of its own.
    pub(super) fn rename(&self, name: &str) -> Option<&'o str> {
        self.of(name).find_map(|it| match &it.change {
            TypeChange::Rename(other) => Some(other.as_str()),
            _ => None,
        })
    }

    /// What stands in front of a type.
    pub(super) fn attributes(&self, name: &str) -> Vec<String> {
        let attributes = self.of(name).filter_map(|it| match &it.change {
            TypeChange::Attribute(attribute) => Some(attribute.clone()),
            _ => None,
        });
        attributes.collect()
    }

    /// What stands in place of a type.
    pub(super) fn replacement(&self, name: &str) -> Option<Replacement> {
        self.of(name).find_map(|it| match &it.change {
            TypeChange::Replace(path) => Some(Replacement { path: path.clone() }),
            _ => None,
        })
    }
}

/// Fails when a decision cannot be understood, means no type, contradicts another, or cannot be
/// followed in what is made.
pub(crate) fn check_overrides(api: &Api, options: &Options) -> Result<(), Error> {
    let mut decided: Vec<(Vec<&str>, &TypeOverride)> = Vec::new();
    let mut decorated: Vec<(Vec<&str>, &TypeOverride)> = Vec::new();
    for it in &options.types {
        let fail = |message: String| Err(Error::new(format!("{}: {message}", it.origin)));
        let pattern = match it.types.parse::<TypePattern>() {
            Ok(pattern) => pattern,
            Err(error) => return fail(error.to_string()),
        };
        if let Err(message) = check_change(it) {
            return fail(message);
        }
        let meant = meant(api, &pattern);
        let wanted = it.types.as_str();
        match (&it.change, meant.as_slice()) {
            (_, []) => return fail(format!("there is no type `{wanted}`{}", hint(api, wanted))),
            (TypeChange::Attribute(_), _) => {
                decorated.push((meant, it));
                continue;
            }
            (_, [_]) => {}
            (_, [first, second, ..]) => {
                let text = "and only one can have the name or the place; write its full name";
                return fail(format!("`{wanted}` means `{first}` and `{second}`, {text}"));
            }
        }
        if let TypeChange::Replace(path) = &it.change
            && options.form == Form::Crate
            && !is_within_reach(path)
        {
            let text = "which a crate of its own cannot name: only a build.rs can put it there";
            return fail(format!("`{path}` is a type of another crate, {text}"));
        }
        if let Some((_, other)) = decided.iter().find(|(other, _)| *other == meant) {
            let (name, origin) = (meant[0], &other.origin);
            return fail(format!("`{name}` has another name or place already, by {origin}"));
        }
        decided.push((meant, it));
    }
    // What many types have does not speak of the one that is replaced.
    for (meant, it) in decorated.iter().filter(|(meant, _)| meant.len() == 1) {
        let is_replaced = |other: &&(Vec<&str>, &TypeOverride)| {
            other.0 == *meant && matches!(other.1.change, TypeChange::Replace(_))
        };
        if let Some((_, other)) = decided.iter().find(is_replaced) {
            let (origin, name) = (&it.origin, meant[0]);
            let text = format!("{origin}: `{name}` is a type of yours, by {}", other.origin);
            return Err(Error::new(format!("{text}; its attributes stand where it is defined")));
        }
    }
    Ok(())
}

/// Whether a generated crate can name what the path leads to, which depends on its runtime alone.
fn is_within_reach(path: &str) -> bool {
    let first = path.trim_start_matches("::").split("::").next().unwrap_or_default();
    matches!(first.trim(), "alloc" | "core" | "docbind_runtime" | "std")
}

fn names(api: &Api) -> impl Iterator<Item = (Option<&str>, &str)> {
    api.versions.iter().flat_map(|model| {
        let types = model.types.iter().map(|ty| ty.name.as_str());
        let names = types.chain(model.enums.iter().map(|enum_| enum_.name.as_str()));
        names.map(|name| (model.api_version.as_deref(), name))
    })
}

/// The full names that a pattern stands for.
fn meant<'a>(api: &'a Api, pattern: &TypePattern) -> Vec<&'a str> {
    let names = names(api).filter(|(version, name)| pattern.means(*version, name));
    let mut names: Vec<_> = names.map(|(_, name)| name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn hint(api: &Api, wanted: &str) -> String {
    let is_full = wanted.contains('.');
    let names = names(api).map(|(_, name)| if is_full { name } else { last_part(name) });
    nearest::hint(wanted, names)
}

/// Fails when what is decided is not Rust, or no type can have it.
fn check_change(it: &TypeOverride) -> Result<(), String> {
    match &it.change {
        TypeChange::Attribute(text) => check_attribute(text),
        TypeChange::Rename(name) => {
            let wanted = Ident::camel(name);
            if wanted.as_str() == name {
                return Ok(());
            }
            Err(format!("`{name}` is no name for a type, such as `{wanted}`"))
        }
        TypeChange::Replace(path) => check_path(path),
    }
}

fn check_attribute(text: &str) -> Result<(), String> {
    let wrong = |_| format!("`{text}` is no attribute, such as `#[derive(Eq)]`");
    let attributes = Attribute::parse_outer.parse_str(text).map_err(wrong)?;
    if attributes.is_empty() {
        return Err(format!("`{text}` is no attribute, such as `#[derive(Eq)]`"));
    }
    for attribute in attributes {
        if !attribute.path().is_ident("derive") {
            continue;
        }
        attribute
            .parse_nested_meta(|meta| {
                let last = meta.path.segments.last().map(|last| last.ident.to_string());
                match last.filter(|last| IMPLEMENTED.contains(&last.as_str())) {
                    Some(last) => Err(meta.error(format!("every type has `{last}` already"))),
                    None => Ok(()),
                }
            })
            .map_err(|error| format!("`{text}`: {error}"))?;
    }
    Ok(())
}

fn check_path(text: &str) -> Result<(), String> {
    let path = syn::Path::parse_mod_style.parse_str(text);
    let wrong = || format!("`{text}` is no path of a type, such as `crate::Time`");
    let path = path.map_err(|_| wrong())?;
    let first = path.segments.first().map(|first| first.ident.to_string()).unwrap_or_default();
    if first == "self" || first == "super" {
        return Err(format!("`{text}` begins where nobody knows: write it from `crate::` on"));
    }
    if path.segments.len() < 2 {
        return Err(format!("{}; one of this crate begins with `crate::`", wrong()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::docs::Docs;

    #[track_caller]
    fn check(overrides: &[(&str, TypeChange)], expected: &Expect) {
        check_in(Form::Included("docbind_api".to_owned()), overrides, expected);
    }

    #[track_caller]
    fn check_in(form: Form, overrides: &[(&str, TypeChange)], expected: &Expect) {
        let page = |name: &str| {
            format!(
                "# {name} resource type\n\nNamespace: a.b\n\n## Properties\n\n\
                 |Property|Type|Description|\n|:--|:--|:--|\n|id|String|Its key.|\n"
            )
        };
        let pages = ["note", "notebook"].map(|name| (format!("resources/{name}.md"), page(name)));
        let pages = pages.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let api = crate::interpret(&Docs::from_texts(pages)).value;
        let overrides: Vec<_> = (1..)
            .zip(overrides)
            .map(|(line, (types, change))| TypeOverride {
                types: (*types).to_owned(),
                change: change.clone(),
                origin: format!("line {line}"),
            })
            .collect();
        let options = Options { form, types: overrides, ..Options::default() };
        let result = check_overrides(&api, &options);
        expected.assert_eq(&result.map_or_else(|error| error.to_string(), |()| "fine".to_owned()));
    }

    fn attribute(text: &str) -> TypeChange {
        TypeChange::Attribute(text.to_owned())
    }

    fn rename(text: &str) -> TypeChange {
        TypeChange::Rename(text.to_owned())
    }

    fn replace(text: &str) -> TypeChange {
        TypeChange::Replace(text.to_owned())
    }

    #[test]
    fn what_is_fine() {
        let eq = attribute("#[derive(Eq)] #[must_use]");
        let list = [("*", eq), ("note", rename("Memo")), ("a.b.notebook", replace("crate::Pad"))];
        check(&list, &expect!["fine"]);
    }

    #[test]
    fn what_means_nothing_or_too_much() {
        check(
            &[("noet", attribute("#[must_use]"))],
            &expect!["line 1: there is no type `noet`; is it `note`?"],
        );
        check(
            &[("a.b.notbook", rename("Pad"))],
            &expect!["line 1: there is no type `a.b.notbook`; is it `a.b.notebook`?"],
        );
        check(
            &[("note*", rename("Memo"))],
            &expect![
                "line 1: `note*` means `a.b.note` and `a.b.notebook`, and only one can have the name or the place; write its full name"
            ],
        );
    }

    #[test]
    fn what_contradicts() {
        check(
            &[("note", rename("Memo")), ("a.b.note", replace("crate::Memo"))],
            &expect!["line 2: `a.b.note` has another name or place already, by line 1"],
        );
        check(
            &[("note", attribute("#[must_use]")), ("a.b.note", replace("crate::Memo"))],
            &expect![
                "line 1: `a.b.note` is a type of yours, by line 2; its attributes stand where it is defined"
            ],
        );
    }

    #[test]
    fn what_a_crate_of_its_own_cannot_name() {
        check_in(
            Form::Crate,
            &[("note", replace("crate::Memo"))],
            &expect![
                "line 1: `crate::Memo` is a type of another crate, which a crate of its own cannot name: only a build.rs can put it there"
            ],
        );
        let shared = replace("::docbind_runtime::Reference");
        check_in(Form::Crate, &[("note", shared)], &expect!["fine"]);
    }

    #[test]
    fn what_is_no_rust() {
        check(
            &[("note", attribute("derive(Eq)"))],
            &expect!["line 1: `derive(Eq)` is no attribute, such as `#[derive(Eq)]`"],
        );
        check(
            &[("note", attribute("#[derive(Eq"))],
            &expect!["line 1: `#[derive(Eq` is no attribute, such as `#[derive(Eq)]`"],
        );
        check(
            &[("note", attribute("#[derive(Eq, Clone)]"))],
            &expect!["line 1: `#[derive(Eq, Clone)]`: every type has `Clone` already"],
        );
        check(
            &[("note", rename("my memo"))],
            &expect!["line 1: `my memo` is no name for a type, such as `MyMemo`"],
        );
        check(
            &[("note", replace("crate::Memo<"))],
            &expect!["line 1: `crate::Memo<` is no path of a type, such as `crate::Time`"],
        );
        check(
            &[("note", replace("super::Memo"))],
            &expect!["line 1: `super::Memo` begins where nobody knows: write it from `crate::` on"],
        );
        check(
            &[("note", replace("Memo"))],
            &expect![
                "line 1: `Memo` is no path of a type, such as `crate::Time`; one of this crate begins with `crate::`"
            ],
        );
    }
}
