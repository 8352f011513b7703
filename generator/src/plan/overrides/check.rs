//! Whether what the caller decides about types can be understood, and be followed.
//!
//! In go the decisions and the types that there are; out comes an error that says where the flaw
//! stands and what to write instead.

use std::collections::{BTreeMap, BTreeSet};

use syn::Attribute;
use syn::parse::Parser;

use super::{Aspect, ROOT, TypeChange, TypeOverride, Weight, weight};
use crate::Error;
use crate::model::Api;
use crate::plan::ident::{Ident, is_module_name};
use crate::plan::modules::{DEEPEST, module_ident};
use crate::plan::overrides::Rank;
use crate::plan::package::{Form, Options};
use crate::select::{Filters, TypePattern, hint_of_type};

/// What every type implements, and what no derive can give it again.
const IMPLEMENTED: [&str; 6] =
    ["Clone", "Debug", "Default", "Deserialize", "PartialEq", "Serialize"];

/// A type or an enumeration of a version, by its full name.
type Named<'a> = (Option<&'a str>, &'a str);

/// A decision with what it stands for.
struct Decision<'a> {
    it: &'a TypeOverride,
    pattern: TypePattern,
    meant: Vec<Named<'a>>,
}

/// Fails when a decision cannot be understood, means no type, contradicts another, or cannot be
/// followed in what is made.
pub(crate) fn check_overrides(api: &Api, options: &Options) -> Result<(), Error> {
    let decisions = options.types.iter().map(|it| decision(api, it, &options.form));
    let decisions = decisions.collect::<Result<Vec<_>, _>>()?;
    // For each type, those that decide the same about it.
    let mut rivals: BTreeMap<(Named<'_>, bool), Vec<&Decision<'_>>> = BTreeMap::new();
    for decision in &decisions {
        let Some(aspect) = decision.it.change.aspect() else { continue };
        for named in &decision.meant {
            rivals.entry((*named, aspect == Aspect::Name)).or_default().push(decision);
        }
    }
    for ((named, is_name), rivals) in &rivals {
        check_rivals(named.1, rivals, *is_name)?;
    }
    for decision in decisions.iter().filter(|decision| decision.it.change.aspect().is_none()) {
        // What many types have does not speak of the one that is replaced.
        let [named] = decision.meant.as_slice() else { continue };
        let names = rivals.get(&(*named, true));
        let counts = names.and_then(|rivals| rivals.iter().max_by_key(|it| it.weight()));
        if let Some(other) = counts
            && matches!(other.it.change, TypeChange::Replace(_))
            && decision.it.rank >= other.it.rank
        {
            let (origin, by) = (&decision.it.origin, &other.it.origin);
            return Err(Error::new(format!(
                "{origin}: `{}` is a type of yours, by {by}; its attributes stand where it is defined",
                named.1
            )));
        }
    }
    Ok(())
}

/// Fails when a decision is about types that the filters leave out. One of a file may well be, where
/// a call asks for less than the file speaks of.
pub(crate) fn check_left(left: &Api, options: &Options, filters: &Filters) -> Result<(), Error> {
    let is_shared = !filters.is_of_a_file();
    for it in &options.types {
        let Ok(pattern) = it.types.parse::<TypePattern>() else { continue };
        if it.rank == Rank::File && is_shared || !meant(left, &pattern).is_empty() {
            continue;
        }
        let types = &it.types;
        let choose = match it.rank {
            Rank::File => format!("`include-types = [{types:?}]`"),
            Rank::Call => format!("`.include_type({types:?})`"),
        };
        return Err(Error::new(format!(
            "{}: the filters leave no type `{types}`; take this out, or choose the type by {choose}",
            head(it)
        )));
    }
    Ok(())
}

fn head(it: &TypeOverride) -> &str {
    it.head.as_deref().unwrap_or(&it.origin)
}

fn decision<'a>(api: &'a Api, it: &'a TypeOverride, form: &Form) -> Result<Decision<'a>, Error> {
    let fail = |at: &str, message: &str| Err(Error::new(format!("{at}: {message}")));
    let pattern = match it.types.parse::<TypePattern>() {
        Ok(pattern) => pattern,
        Err(error) => return fail(head(it), &error.to_string()),
    };
    if let Err(message) = is_rust(&it.change) {
        return fail(&it.origin, &message);
    }
    let meant = meant(api, &pattern);
    let types = &it.types;
    let names: BTreeSet<_> = meant.iter().map(|(_, name)| *name).collect();
    let mut names = names.into_iter();
    match (names.next(), names.next()) {
        (None, _) => {
            let hint = hint_of_type(api, &pattern);
            return fail(head(it), &format!("there is no type `{types}`{hint}"));
        }
        (Some(first), Some(second)) if it.change.aspect() == Some(Aspect::Name) => {
            let text = "and only one can have the name or the place; write its full name";
            return fail(head(it), &format!("`{types}` means `{first}` and `{second}`, {text}"));
        }
        _ => {}
    }
    if let TypeChange::Replace(path) = &it.change
        && *form == Form::Crate
        && !is_within_reach(path)
    {
        let text = "which a crate of its own cannot name: only a build.rs can put it there";
        return fail(&it.origin, &format!("`{path}` is a type of another crate, {text}"));
    }
    Ok(Decision { it, pattern, meant })
}

impl Decision<'_> {
    fn weight(&self) -> Weight {
        weight(&self.pattern, self.it)
    }
}

/// Fails when two that count alike decide otherwise about a type.
fn check_rivals(name: &str, rivals: &[&Decision<'_>], is_name: bool) -> Result<(), Error> {
    // Only where types stand may be said of many first and then of fewer.
    let counts = |decision: &&&Decision<'_>| {
        let weight = decision.weight();
        (weight.rank, if is_name { 0 } else { weight.letters })
    };
    let Some(most) = rivals.iter().map(|it| counts(&it)).max() else { return Ok(()) };
    let mut heaviest = rivals.iter().filter(|it| counts(it) == most);
    let Some(first) = heaviest.next() else { return Ok(()) };
    let Some(second) = heaviest.find(|it| is_name || it.it.change != first.it.change) else {
        return Ok(());
    };
    let (origin, by) = (&second.it.origin, &first.it.origin);
    Err(Error::new(match &first.it.change {
        TypeChange::Module(module) => format!(
            "{origin}: `{name}` stands in the module `{module}` already, by {by}; take one of them \
             out, or say of this type alone where it stands"
        ),
        _ => format!("{origin}: `{name}` has another name or place already, by {by}"),
    }))
}

/// Whether a generated crate can name what the path leads to, which depends on its runtime alone.
fn is_within_reach(path: &str) -> bool {
    let first = path.trim_start_matches("::").split("::").next().unwrap_or_default();
    matches!(first.trim(), "alloc" | "core" | "docbind_runtime" | "std")
}

/// What a pattern stands for.
fn meant<'a>(api: &'a Api, pattern: &TypePattern) -> Vec<Named<'a>> {
    let names = api.versions.iter().flat_map(|model| {
        let types = model.types.iter().map(|ty| ty.name.as_str());
        let names = types.chain(model.enums.iter().map(|enum_| enum_.name.as_str()));
        names.map(|name| (model.api_version.as_deref(), name))
    });
    names.filter(|(version, name)| pattern.means(*version, name)).collect()
}

/// Fails when what is decided is not Rust, or no type can have it.
pub(super) fn is_rust(change: &TypeChange) -> Result<(), String> {
    match change {
        TypeChange::Attribute(text) => check_attribute(text),
        TypeChange::Rename(name) => {
            let wanted = Ident::camel(name);
            if wanted.as_str() == name {
                return Ok(());
            }
            Err(format!("`{name}` is no name for a type, such as `{wanted}`"))
        }
        TypeChange::Replace(path) => check_path(path),
        TypeChange::Module(path) => check_module(path),
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

/// Each part is a name as Rust writes modules, and a file that every system can have.
fn check_module(text: &str) -> Result<(), String> {
    let parts: Vec<_> = text.strip_prefix("self::").unwrap_or(text).split("::").collect();
    let is_name = |part: &&str| is_module_name(part) && module_ident(part).as_str() == *part;
    if text == ROOT || parts.iter().all(is_name) && parts.len() <= DEEPEST {
        return Ok(());
    }
    Err(format!(
        "`{text}` is no path of modules, such as `mail` or `mail::rules`, from the root of the \
         version on, which is `self`"
    ))
}
