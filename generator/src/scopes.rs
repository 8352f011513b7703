//! What a program must be allowed that calls some operations: a model and patterns in, for each
//! kind of token the smallest set of permissions out.
//!
//! Each operation can be called with one of several alternatives, each of which is one permission
//! or several together. A set that has an alternative of every operation is what is looked for:
//! the smallest, of several the one with the least privileges, of several of these the first by
//! name.

mod cover;
mod pattern;

use std::collections::BTreeMap;

pub use pattern::Pattern;

use crate::model::{Model, Permissions};

/// What the operations need that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needs {
    /// The operations, as method and path, sorted.
    pub operations: Vec<String>,
    /// Those of them whose pages state no permission for any kind of token.
    pub unstated: Vec<String>,
    /// The patterns that no operation fits.
    pub unmatched: Vec<String>,
    /// For each kind of token, in the order of [`Kind::ALL`].
    by_kind: [Need; 3],
}

/// What one kind of token needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// The permissions, sorted.
    pub scopes: Vec<String>,
    /// Whether there is certainly no smaller set. Of very many operations, not all sets are tried.
    pub is_smallest: bool,
    /// The operations that cannot be called with such a token.
    pub impossible: Vec<String>,
}

/// A kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of someone with a work or school account.
    DelegatedWork,
    /// Of someone with a personal account.
    DelegatedPersonal,
    /// Of an application.
    Application,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::DelegatedWork, Self::DelegatedPersonal, Self::Application];

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::DelegatedWork => "Delegated, work or school account",
            Self::DelegatedPersonal => "Delegated, personal account",
            Self::Application => "Application",
        }
    }

    /// The name in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::DelegatedWork => "delegatedWork",
            Self::DelegatedPersonal => "delegatedPersonal",
            Self::Application => "application",
        }
    }

    fn of(self, permissions: &Permissions) -> &Vec<String> {
        match self {
            Self::DelegatedWork => &permissions.delegated_work,
            Self::DelegatedPersonal => &permissions.delegated_personal,
            Self::Application => &permissions.application,
        }
    }
}

impl Needs {
    /// What each kind of token needs.
    pub fn kinds(&self) -> impl Iterator<Item = (Kind, &Need)> {
        Kind::ALL.into_iter().zip(&self.by_kind)
    }
}

/// What the operations need that fit one of the patterns. Each pattern is looked up in the version
/// that its path begins with; else in the first that has such an operation. Operations of another
/// version than the first have it in front of their path.
pub fn needs(versions: &[Model], patterns: &[Pattern]) -> Needs {
    let stated: Vec<_> = versions.iter().map(stated).collect();
    let mut wanted: BTreeMap<String, &Permissions> = BTreeMap::new();
    let mut unmatched = Vec::new();
    for pattern in patterns {
        let fitting = versions.iter().zip(&stated).enumerate().find_map(|(at, (model, stated))| {
            let version = model.api_version.as_deref();
            let names = || stated.keys().map(String::as_str);
            let mut fitting = pattern.pick(names());
            // A path that begins with a version may still be one of the API's own.
            if let (true, Some(inner)) = (fitting.is_empty(), pattern.inside(version)) {
                fitting = inner.pick(names());
            }
            let version = version.filter(|_| at > 0);
            (!fitting.is_empty()).then_some((version, stated, fitting))
        });
        let Some((version, stated, fitting)) = fitting else {
            unmatched.push(pattern.to_string());
            continue;
        };
        for name in fitting {
            wanted.insert(in_version(name, version), &stated[name]);
        }
    }
    let is_unstated = |permissions: &Permissions| *permissions == Permissions::default();
    let names = |is_wanted: &dyn Fn(&Permissions) -> bool| -> Vec<String> {
        let names = wanted.iter().filter(|(_, permissions)| is_wanted(permissions));
        names.map(|(operation, _)| operation.clone()).collect()
    };
    let by_kind = Kind::ALL.map(|kind| {
        let alternatives: Vec<&[String]> =
            wanted.values().map(|permissions| kind.of(permissions).as_slice()).collect();
        let cover = cover::cover(&alternatives);
        Need {
            scopes: cover.scopes,
            is_smallest: cover.is_smallest,
            impossible: names(&|permissions| {
                kind.of(permissions).is_empty() && !is_unstated(permissions)
            }),
        }
    });
    Needs { operations: names(&|_| true), unstated: names(&is_unstated), unmatched, by_kind }
}

fn in_version(operation: &str, version: Option<&str>) -> String {
    match (operation.split_once(' '), version) {
        (Some((method, path)), Some(version)) => format!("{method} /{version}{path}"),
        _ => operation.to_owned(),
    }
}

/// The permissions of each method and path; of several pages, all alternatives.
fn stated(model: &Model) -> BTreeMap<String, Permissions> {
    let mut stated: BTreeMap<String, Permissions> = BTreeMap::new();
    // Pages write one path in several spellings.
    let mut spellings: BTreeMap<String, String> = BTreeMap::new();
    for operation in &model.operations {
        for path in &operation.paths {
            let name = format!("{} {}", operation.method.as_str(), path.template.text);
            let name = spellings.entry(pattern::plain(&name)).or_insert(name).clone();
            let known = stated.entry(name).or_default();
            let Permissions { delegated_work, delegated_personal, application } =
                &operation.permissions;
            add(&mut known.delegated_work, delegated_work);
            add(&mut known.delegated_personal, delegated_personal);
            add(&mut known.application, application);
        }
    }
    stated
}

fn add(known: &mut Vec<String>, more: &[String]) {
    for permission in more {
        if !known.contains(permission) {
            known.push(permission.clone());
        }
    }
}
