//! What is particular to one service: stated by the caller, else found by majority over its pages.

use std::collections::BTreeMap;

use super::VersionPages;
use super::types::Types;
use crate::extract::Declarations;
use crate::model::{Profile, ProfileOverrides};
use crate::version::is_version;

/// The profile. The base entity is there only if it was stated: the pages tell it when their types
/// are merged.
pub(super) fn find(versions: &[VersionPages], stated: &ProfileOverrides) -> Profile {
    let found = by_majority(versions);
    Profile {
        root_namespace: stated.root_namespace.clone().unwrap_or(found.root_namespace),
        base_url: stated.base_url.clone().or(found.base_url),
        hosts: stated.hosts.clone(),
        base_entity: stated.base_entity.clone(),
    }
}

fn by_majority(versions: &[VersionPages]) -> Profile {
    let mut namespaces: BTreeMap<String, usize> = BTreeMap::new();
    let mut annotated: BTreeMap<String, usize> = BTreeMap::new();
    let mut hosts: BTreeMap<&str, usize> = BTreeMap::new();
    for page in versions.iter().flat_map(|version| &version.pages) {
        if let Some(namespace) = &page.namespace {
            count(&mut namespaces, namespace.clone());
        }
        for name in full_names(page) {
            if let Some((namespace, _)) = name.rsplit_once('.') {
                count(&mut annotated, namespace.to_owned());
            }
        }
        for url in urls(page) {
            if let Some((base, has_version)) = base_url(url) {
                // Who is called without a version may be somebody else.
                *hosts.entry(base).or_default() += if has_version { 2 } else { 1 };
            }
        }
    }
    let mut root_namespace =
        winner(&namespaces).or_else(|| winner(&annotated)).unwrap_or_else(|| "api".to_owned());
    // A namespace that is stated and lies around the most frequent one is the main one.
    let around = namespaces.keys().filter(|name| {
        root_namespace.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.'))
    });
    if let Some(around) = around.min_by_key(|name| name.len()).cloned() {
        root_namespace = around;
    }
    let base_url =
        hosts.iter().max_by(|left, right| left.1.cmp(right.1).then_with(|| right.0.cmp(left.0)));
    Profile {
        root_namespace,
        base_url: base_url.map(|(base, _)| base.to_lowercase()),
        hosts: Vec::new(),
        base_entity: None,
    }
}

/// The type without a base that most types extend.
pub(super) fn base_entity(types: &Types) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for ty in types.iter() {
        for base in ty.base.iter().chain(&ty.inherited_from) {
            count(&mut counts, base.to_string());
        }
    }
    let (name, votes) = counts
        .into_iter()
        .max_by(|left, right| left.1.cmp(&right.1).then_with(|| right.0.cmp(&left.0)))?;
    // It has nothing but the key; a base with more than that says something of what extends it.
    let is_root = types.get(&name).is_none_or(|ty| ty.base.is_none() && ty.properties.len() <= 1);
    (votes >= 2 && is_root).then_some(name)
}

fn count(counts: &mut BTreeMap<String, usize>, key: String) {
    *counts.entry(key).or_default() += 1;
}

fn winner(counts: &BTreeMap<String, usize>) -> Option<String> {
    counts
        .iter()
        .max_by(|left, right| left.1.cmp(right.1).then_with(|| right.0.cmp(left.0)))
        .map(|(name, _)| name.clone())
}

fn full_names(page: &Declarations) -> impl Iterator<Item = &str> {
    let types = page.types.iter().filter_map(|ty| ty.annotated_name.as_deref());
    let responses = page
        .operations
        .iter()
        .flat_map(|operation| &operation.examples)
        .filter_map(|example| example.response.as_ref()?.ty.as_ref())
        .map(|ty| ty.reference.name.as_str());
    types.chain(responses)
}

fn urls(page: &Declarations) -> impl Iterator<Item = &str> {
    page.operations
        .iter()
        .flat_map(|operation| &operation.examples)
        .filter_map(|example| Some(example.request.as_ref()?.url.as_str()))
}

/// Scheme and host with what stands in front of the version, and whether there is a version.
fn base_url(url: &str) -> Option<(&str, bool)> {
    let host = url.find("://")? + 3;
    let end = url[host..].find(['/', '?']).map_or(url.len(), |at| host + at);
    let is_host = end > host
        && url[host..end]
            .chars()
            .all(|char| char.is_alphanumeric() || matches!(char, '.' | '-' | ':'));
    if !is_host {
        return None;
    }
    let mut at = end;
    for segment in url[end..].split(['/', '?']).take(5).skip(1) {
        if is_version(segment) {
            return Some((&url[..at], true));
        }
        at += segment.len() + 1;
    }
    Some((&url[..end], false))
}
