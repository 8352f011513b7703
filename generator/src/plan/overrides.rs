//! What the caller decides about single types: attributes, other names and modules, types in their
//! place.
//!
//! In go names of types as somebody wrote them; out comes what holds for a type by its full name.

mod check;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::fmt;

pub(crate) use check::{check_left, check_overrides};

use super::ident::Ident;
use super::package::Options;
use crate::select::TypePattern;

/// A decision about the types that a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TypeOverride {
    /// Which types: `microsoft.graph.message`, `message`, or `*Message`.
    pub types: String,
    /// What is decided.
    pub change: TypeChange,
    /// Where the decision stands, for messages: `docbind.toml:7`.
    pub origin: String,
    /// Where the types are named, if that is another place: the head of a section.
    pub head: Option<String>,
    /// What it counts before.
    pub rank: Rank,
}

/// Where a decision stands, those first that give way: of two that decide the same about a type,
/// whatever either calls it, the one of the higher rank counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// In a file, which others may read as well.
    File,
    /// In a call that makes just this.
    Call,
}

/// What is decided about which types, without where that stands.
impl fmt::Display for TypeOverride {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let types = &self.types;
        match &self.change {
            TypeChange::Attribute(attribute) => write!(formatter, "{types} {attribute}"),
            TypeChange::Rename(name) => write!(formatter, "{types} as {name}"),
            TypeChange::Replace(path) => write!(formatter, "{types} by {path}"),
            TypeChange::Module(path) => write!(formatter, "{types} in {path}"),
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
    /// It stands in this module, by its path from the root of its version: `mail::rules`, or `self`
    /// for the root.
    Module(String),
}

/// What a type can have but one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aspect {
    /// What stands for it: its own name, another, or a type of the caller's.
    Name,
    /// Where it stands.
    Module,
}

impl TypeChange {
    fn aspect(&self) -> Option<Aspect> {
        match self {
            Self::Attribute(_) => None,
            Self::Rename(_) | Self::Replace(_) => Some(Aspect::Name),
            Self::Module(_) => Some(Aspect::Module),
        }
    }
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

impl Replacement {
    /// Whether the crate that is made defines it.
    pub(crate) fn is_own(&self) -> bool {
        self.path.starts_with("crate::")
    }
}

/// A module that the caller chose for a type.
pub(super) struct Place<'o> {
    /// The modules that lead there from the root of the version; none for the root.
    pub(super) path: Vec<Ident>,
    /// What says so.
    pub(super) stated: &'o TypeOverride,
}

impl<'o> Overrides<'o> {
    /// Of decisions that have not been checked, those that cannot be understood do not count.
    pub(super) fn new(options: &'o Options, version: Option<&'o str>) -> Self {
        let list = options.types.iter().filter(|it| check::is_rust(&it.change).is_ok());
        let list = list.filter_map(|it| Some((it.types.parse().ok()?, it)));
        Self { list: list.collect(), version }
    }

    fn of<'n>(
        &'n self,
        name: &'n str,
    ) -> impl Iterator<Item = (&'n TypePattern, &'o TypeOverride)> + 'n {
        let is_meant = |pattern: &TypePattern| pattern.means(self.version, name);
        self.list.iter().filter(move |(pattern, _)| is_meant(pattern)).map(|(at, it)| (at, *it))
    }

    /// What counts of those that decide the same about a type: the first of the greatest weight.
    fn decided(&self, name: &str, aspect: Aspect) -> Option<&'o TypeOverride> {
        let decisions = self.of(name).filter(|(_, it)| it.change.aspect() == Some(aspect));
        decisions.min_by_key(|(pattern, it)| Reverse(weight(pattern, it))).map(|(_, it)| it)
    }

    /// The name that a type has instead of its own, and what says so.
    pub(super) fn rename(&self, name: &str) -> Option<(&'o str, &'o TypeOverride)> {
        let decided = self.decided(name, Aspect::Name)?;
        match &decided.change {
            TypeChange::Rename(other) => Some((other.as_str(), decided)),
            _ => None,
        }
    }

    /// The module that a type stands in instead of that of its namespace.
    pub(super) fn module(&self, name: &str) -> Option<Place<'o>> {
        let stated = self.decided(name, Aspect::Module)?;
        match &stated.change {
            TypeChange::Module(path) => Some(Place { path: modules(path), stated }),
            _ => None,
        }
    }

    /// What stands in front of a type.
    pub(super) fn attributes(&self, name: &str) -> Vec<String> {
        let attributes = self.of(name).filter_map(|(_, it)| match &it.change {
            TypeChange::Attribute(attribute) => Some(attribute.clone()),
            _ => None,
        });
        attributes.collect()
    }

    /// What stands in place of a type.
    pub(super) fn replacement(&self, name: &str) -> Option<Replacement> {
        match &self.decided(name, Aspect::Name)?.change {
            TypeChange::Replace(path) => Some(Replacement { path: path.clone() }),
            _ => None,
        }
    }
}

/// How much a decision counts: a call before a file, a name before a pattern, and a pattern before
/// one of fewer letters.
fn weight(pattern: &TypePattern, it: &TypeOverride) -> Weight {
    Weight { rank: it.rank, letters: pattern.letters().unwrap_or(usize::MAX) }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Weight {
    rank: Rank,
    letters: usize,
}

/// The path of the module for the root of a version.
const ROOT: &str = "self";

/// The modules of a path, which has been checked.
fn modules(path: &str) -> Vec<Ident> {
    let path = path.strip_prefix("self::").unwrap_or(path);
    if path == ROOT { Vec::new() } else { path.split("::").map(Ident::snake).collect() }
}
