//! Which module each type is in: that of its namespace, or the one that the caller chose.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::ident::Ident;
use super::super::overrides::{Overrides, TypeOverride};
use super::super::request::Requests;
use super::super::rust_type::TypeIndex;
use super::DEEPEST;
use crate::model::last_part;

/// The members of one namespace before they have names.
#[derive(Default)]
pub(super) struct Members<'n> {
    /// The namespaces below, each with what the caller stated where it has only come to be by that.
    pub(super) children: BTreeMap<Cow<'n, str>, Option<&'n TypeOverride>>,
    /// What belongs to one name of the API.
    pub(super) modules: BTreeMap<&'n str, ModuleDraft<'n>>,
}

#[derive(Clone, Default)]
pub(super) struct ModuleDraft<'n> {
    pub(super) struct_: Option<usize>,
    pub(super) enum_: Option<usize>,
    pub(super) requests: Vec<usize>,
    /// What the caller stated of the place.
    pub(super) stated: Option<&'n TypeOverride>,
}

/// All namespaces, by name.
type Namespaces<'n> = BTreeMap<Cow<'n, str>, Members<'n>>;

/// The members of all namespaces. A module that the caller chose is the namespace of that name, if
/// there is one.
pub(super) fn collect<'n>(
    root: &'n str,
    types: &'n TypeIndex<'_>,
    requests: &'n Requests<'_>,
    overrides: &'n Overrides<'n>,
) -> Namespaces<'n> {
    let structs = types.types.iter().enumerate();
    let structs = structs.map(|(at, ty)| (ty.name.as_str(), Part::Struct(at)));
    let enums = types.enums.iter().enumerate();
    let enums = enums.map(|(at, enum_)| (enum_.name.as_str(), Part::Enum(at)));
    let drafts = requests.drafts.iter().enumerate();
    let drafts = drafts.map(|(at, request)| (request.owner.as_str(), Part::Request(at)));
    let mut all = Namespaces::from([(Cow::Borrowed(root), Members::default())]);
    let mut moved = Vec::new();
    for (name, part) in structs.chain(enums).chain(drafts) {
        match overrides.module(name) {
            None => {
                let namespace = namespace(&mut all, root, name);
                part.put(all.entry(namespace).or_default().modules.entry(name).or_default());
            }
            Some(place) => moved.push((name, part, place)),
        }
    }
    // The namespaces that are left are known by now.
    for (name, part, place) in moved {
        let namespace = module(&mut all, root, &place.path, place.stated);
        let draft = all.entry(namespace).or_default().modules.entry(name).or_default();
        draft.stated = Some(place.stated);
        part.put(draft);
    }
    all
}

/// What a module is for.
enum Part {
    Struct(usize),
    Enum(usize),
    Request(usize),
}

impl Part {
    fn put(self, draft: &mut ModuleDraft<'_>) {
        match self {
            Self::Struct(at) => draft.struct_ = Some(at),
            Self::Enum(at) => draft.enum_ = Some(at),
            Self::Request(at) => draft.requests.push(at),
        }
    }
}

/// Whether a namespace lies in the root namespace, and not too deep in it.
fn is_below(namespace: &str, root: &str) -> bool {
    let rest = namespace.strip_prefix(root).and_then(|rest| rest.strip_prefix('.'));
    rest.is_some_and(|rest| rest.split('.').count() <= DEEPEST)
}

/// The namespace of a full name. It, and those above it up to the root, come to be.
fn namespace<'n>(all: &mut Namespaces<'n>, root: &'n str, full_name: &'n str) -> Cow<'n, str> {
    let namespace = match full_name.rsplit_once('.') {
        Some((namespace, _)) if is_below(namespace, root) => namespace,
        _ => root,
    };
    let mut child = namespace;
    while child != root && !all.contains_key(child) {
        all.entry(Cow::Borrowed(child)).or_default();
        let parent = child.rsplit_once('.').map_or(root, |(parent, _)| parent);
        let children = &mut all.entry(Cow::Borrowed(parent)).or_default().children;
        children.insert(Cow::Borrowed(child), None);
        child = parent;
    }
    Cow::Borrowed(namespace)
}

/// The namespace of a module that the caller chose, which comes to be if there is none.
fn module<'n>(
    all: &mut Namespaces<'n>,
    root: &'n str,
    path: &[Ident],
    stated: &'n TypeOverride,
) -> Cow<'n, str> {
    let mut namespace = Cow::Borrowed(root);
    for ident in path {
        let children = &mut all.entry(namespace.clone()).or_default().children;
        let known = children.keys().find(|child| Ident::snake(last_part(child)) == *ident);
        let child = known.cloned().unwrap_or_else(|| {
            let child: Cow<'_, str> = format!("{namespace}.{ident}").into();
            children.insert(child.clone(), Some(stated));
            child
        });
        namespace = child;
    }
    namespace
}
