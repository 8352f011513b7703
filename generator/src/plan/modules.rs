//! Where the items of a version stand, and what they are called.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Findings;
use super::ident::Ident;
use super::overrides::Overrides;
use super::request::Requests;
use super::rust_type::TypeIndex;
use super::scope;
use super::usage::Usage;
use crate::diagnostic::Code;
use crate::model::{Source, last_part};

/// The most parts that a namespace may have below the root namespace.
const DEEPEST: usize = 8;

/// A namespace of the API, a module with the items of which it consists.
#[derive(Clone, Debug)]
pub(crate) struct NamespacePlan {
    /// The names of the modules from that of the version to this one.
    pub(crate) path: Vec<Ident>,
    /// One for each type or enumeration, by name.
    pub(crate) modules: Vec<ModulePlan>,
    /// The namespaces directly below.
    pub(crate) children: Vec<Ident>,
}

/// A module that holds what belongs to one name of the API.
#[derive(Clone, Debug)]
pub(crate) struct ModulePlan {
    /// Its name.
    pub(crate) ident: Ident,
    /// The struct of this name.
    pub(crate) struct_: Option<usize>,
    /// The enum of this name.
    pub(crate) enum_: Option<usize>,
    /// The parameters of the actions that are bound to it.
    pub(crate) requests: Vec<usize>,
}

/// The final names of the items of one version.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) namespaces: Vec<NamespacePlan>,
    /// The namespace of each struct, enum and request.
    pub(super) struct_namespaces: Vec<usize>,
    pub(super) enum_namespaces: Vec<usize>,
    pub(super) request_modules: Vec<(usize, usize)>,
    pub(super) structs: Vec<Ident>,
    pub(super) enums: Vec<Ident>,
    pub(super) requests: Vec<Ident>,
    pub(super) updates: BTreeMap<usize, Ident>,
    pub(super) creates: BTreeMap<usize, Ident>,
}

/// An item whose name others use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Fixed,
    Child,
    Module(usize),
    Struct(usize),
    Enum(usize),
    Update(usize),
    Create(usize),
}

/// The members of one namespace before they have names.
#[derive(Default)]
struct Members<'n> {
    children: BTreeSet<&'n str>,
    modules: BTreeMap<&'n str, ModuleDraft>,
}

#[derive(Clone, Default)]
struct ModuleDraft {
    struct_: Option<usize>,
    enum_: Option<usize>,
    requests: Vec<usize>,
}

/// Names all items. `fixed` are the names that the root of the version has taken.
pub(super) fn name(
    root: &str,
    fixed: &[Ident],
    types: &TypeIndex<'_>,
    requests: &Requests<'_>,
    usage: &Usage,
    overrides: &Overrides<'_>,
    findings: &mut Findings,
) -> Names {
    let members = collect(root, types, requests);
    let none = || Ident::camel("");
    let names = Names {
        namespaces: Vec::with_capacity(members.len()),
        struct_namespaces: vec![0; types.types.len()],
        enum_namespaces: vec![0; types.enums.len()],
        request_modules: vec![(0, 0); requests.drafts.len()],
        structs: vec![none(); types.types.len()],
        enums: vec![none(); types.enums.len()],
        requests: vec![none(); requests.drafts.len()],
        updates: BTreeMap::new(),
        creates: BTreeMap::new(),
    };
    let mut naming = Naming { types, requests, usage, overrides, findings, names };
    // Parents sort before their children, so that the path of a parent is known.
    let mut paths: BTreeMap<&str, Vec<Ident>> = BTreeMap::from([(root, Vec::new())]);
    for (namespace, members) in &members {
        let path = paths.get(namespace).cloned().unwrap_or_default();
        let fixed = if path.is_empty() { fixed } else { &[] };
        let children = naming.name_members(&path, fixed, members);
        for (child, ident) in members.children.iter().zip(children) {
            paths.insert(child, path.iter().cloned().chain([ident]).collect());
        }
    }
    naming.names
}

struct Naming<'n, 'a> {
    types: &'n TypeIndex<'a>,
    requests: &'n Requests<'a>,
    usage: &'n Usage,
    overrides: &'n Overrides<'n>,
    findings: &'n mut Findings,
    names: Names,
}

impl Naming<'_, '_> {
    /// Names what a namespace holds, and returns the names of its children.
    fn name_members(
        &mut self,
        path: &[Ident],
        fixed: &[Ident],
        members: &Members<'_>,
    ) -> Vec<Ident> {
        let items = self.items(fixed, members);
        let wishes: Vec<_> =
            items.iter().map(|(name, wish, _)| (name.as_str(), wish.clone())).collect();
        let (idents, collisions) = scope::assign(&wishes);
        for late in collisions {
            let ((name, _, item), (holder, ..)) = (&items[late.item], &items[late.holder]);
            if let Some(source) = source(*item, self.types) {
                let holder = match holder.as_str() {
                    "" => "what the crate itself defines",
                    holder => &format!("`{holder}`"),
                };
                let message = format!(
                    "`{name}` and {holder} have one name in Rust, so the former is `{}`",
                    idents[late.item]
                );
                self.findings.warn(Code::NameCollision, source, message);
            }
        }
        let namespace = self.names.namespaces.len();
        let mut children = Vec::new();
        let mut modules = Vec::new();
        for ((_, _, item), ident) in items.iter().zip(idents) {
            match *item {
                Item::Fixed => {}
                Item::Child => children.push(ident),
                Item::Module(_) => modules.push(ident),
                Item::Struct(at) => {
                    self.names.structs[at] = ident;
                    self.names.struct_namespaces[at] = namespace;
                }
                Item::Enum(at) => {
                    self.names.enums[at] = ident;
                    self.names.enum_namespaces[at] = namespace;
                }
                Item::Update(at) => drop(self.names.updates.insert(at, ident)),
                Item::Create(at) => drop(self.names.creates.insert(at, ident)),
            }
        }
        let drafts = members.modules.values().zip(modules).enumerate();
        let modules = drafts.map(|(at, (draft, ident))| {
            self.name_requests(draft, (namespace, at));
            let ModuleDraft { struct_, enum_, requests } = draft.clone();
            ModulePlan { ident, struct_, enum_, requests }
        });
        let modules = modules.collect();
        let path = path.to_vec();
        self.names.namespaces.push(NamespacePlan { path, modules, children: children.clone() });
        children
    }

    /// The items of a namespace: full name, wish, and what it is.
    fn items(&self, fixed: &[Ident], members: &Members<'_>) -> Vec<(String, Ident, Item)> {
        let mut items = Vec::new();
        for ident in fixed {
            // The empty name sorts first, so that these keep their names.
            items.push((String::new(), ident.clone(), Item::Fixed));
        }
        for child in &members.children {
            items.push(((*child).to_owned(), Ident::snake(last_part(child)), Item::Child));
        }
        for (at, (full_name, draft)) in members.modules.iter().enumerate() {
            let last = self.overrides.rename(full_name).unwrap_or(last_part(full_name));
            let (name, camel) = ((*full_name).to_owned(), Ident::camel(last));
            items.push((name.clone(), module_ident(last), Item::Module(at)));
            // What is made from a type comes after all types: `~` sorts last.
            let made =
                |what: &str| (format!("{name}~{what}"), Ident::joined(&[camel.as_str(), what]));
            if let Some(at) = draft.struct_ {
                items.push((name.clone(), camel.clone(), Item::Struct(at)));
                if self.usage.updated.contains(&at) {
                    let (name, wish) = made("Update");
                    items.push((name, wish, Item::Update(at)));
                }
                if self.usage.created.contains(&at) {
                    let (name, wish) = made("Create");
                    items.push((name, wish, Item::Create(at)));
                }
            }
            if let Some(at) = draft.enum_ {
                items.push((name, camel, Item::Enum(at)));
            }
        }
        items
    }

    /// Names the requests of a module, beside the other items that it holds.
    fn name_requests(&mut self, draft: &ModuleDraft, place: (usize, usize)) {
        let names = &self.names;
        let update = draft.struct_.and_then(|at| names.updates.get(&at));
        let create = draft.struct_.and_then(|at| names.creates.get(&at));
        let struct_ = draft.struct_.map(|at| &names.structs[at]);
        let enum_ = draft.enum_.map(|at| &names.enums[at]);
        let mut wishes: Vec<_> = [struct_, enum_, update, create]
            .into_iter()
            .flatten()
            .map(|ident| ("", ident.clone()))
            .collect();
        let before = wishes.len();
        let requests = draft.requests.iter().map(|&at| &self.requests.drafts[at]);
        wishes.extend(requests.map(|request| (request.action, request.wish())));
        let (idents, _) = scope::assign(&wishes);
        for (&at, ident) in draft.requests.iter().zip(idents.into_iter().skip(before)) {
            self.names.requests[at] = ident;
            self.names.request_modules[at] = place;
        }
    }
}

fn source<'a>(item: Item, types: &TypeIndex<'a>) -> Option<&'a Source> {
    match item {
        Item::Struct(at) | Item::Update(at) | Item::Create(at) => Some(&types.types[at].source),
        Item::Enum(at) => Some(&types.enums[at].source),
        Item::Fixed | Item::Child | Item::Module(_) => None,
    }
}

/// A module is a file, and these names stand for something else on some system or to Cargo.
pub(super) fn module_ident(name: &str) -> Ident {
    let ident = Ident::snake(name);
    let is_device = |stem: &str| {
        let name = ident.as_str();
        name.strip_prefix(stem)
            .is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    let is_taken = ["aux", "con", "nul", "prn", "lib", "main", "bin"].contains(&ident.as_str());
    if is_taken || is_device("com") || is_device("lpt") { ident.reserved() } else { ident }
}

/// Whether a namespace lies in the root namespace, and not too deep in it.
fn is_below(namespace: &str, root: &str) -> bool {
    let rest = namespace.strip_prefix(root).and_then(|rest| rest.strip_prefix('.'));
    rest.is_some_and(|rest| rest.split('.').count() <= DEEPEST)
}

/// The members of all namespaces, by namespace.
fn collect<'n>(
    root: &'n str,
    types: &'n TypeIndex<'_>,
    requests: &'n Requests<'_>,
) -> BTreeMap<&'n str, Members<'n>> {
    let mut all: BTreeMap<&str, Members<'_>> = BTreeMap::from([(root, Members::default())]);
    for (at, ty) in types.types.iter().enumerate() {
        draft(&mut all, root, &ty.name).struct_ = Some(at);
    }
    for (at, enum_) in types.enums.iter().enumerate() {
        draft(&mut all, root, &enum_.name).enum_ = Some(at);
    }
    for (at, request) in requests.drafts.iter().enumerate() {
        draft(&mut all, root, &request.owner).requests.push(at);
    }
    all
}

/// The module for a full name. Its namespace, and those above it up to the root, come to be.
fn draft<'d, 'n>(
    all: &'d mut BTreeMap<&'n str, Members<'n>>,
    root: &'n str,
    full_name: &'n str,
) -> &'d mut ModuleDraft {
    let namespace = match full_name.rsplit_once('.') {
        Some((namespace, _)) if is_below(namespace, root) => namespace,
        _ => root,
    };
    let mut child = namespace;
    while child != root && !all.contains_key(child) {
        all.entry(child).or_default();
        let parent = child.rsplit_once('.').map_or(root, |(parent, _)| parent);
        all.entry(parent).or_default().children.insert(child);
        child = parent;
    }
    all.entry(namespace).or_default().modules.entry(full_name).or_default()
}
