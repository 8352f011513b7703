//! Where the items of a version stand, and what they are called.

mod layout;

use std::collections::BTreeMap;

use super::finding::Findings;
use super::ident::Ident;
use super::overrides::{Overrides, TypeOverride};
use super::request::Requests;
use super::rust_type::TypeIndex;
use super::scope;
use super::usage::Usage;
use crate::diagnostic::Code;
use crate::model::{Source, last_part};
use layout::{Members, ModuleDraft};

/// The most parts that a namespace may have below the root namespace.
pub(super) const DEEPEST: usize = 8;

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
    /// Which names that the caller chose are those of others: both, and a sentence.
    pub(super) conflicts: BTreeMap<(String, String), String>,
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

/// An item before it has its name.
struct Candidate<'o> {
    /// The full name in the API; empty for what the crate itself defines.
    name: String,
    wish: Ident,
    item: Item,
    /// The decision of the caller's that says what it is called or where it stands.
    stated: Option<&'o TypeOverride>,
}

impl Candidate<'_> {
    /// What has its name from the caller comes right behind what the crate itself defines, so that it
    /// is never another that it gets.
    fn rank(&self) -> String {
        if self.stated.is_some() { format!("!{}", self.name) } else { self.name.clone() }
    }

    /// What it is, for messages.
    fn shown(&self) -> String {
        match (self.name.split_once('~'), self.item) {
            (_, Item::Fixed) => "what the crate itself defines".to_owned(),
            (_, Item::Child) if self.stated.is_some() => "the module".to_owned(),
            (_, Item::Child) => format!("the module of `{}`", self.name),
            (Some((name, made)), _) => {
                format!("what is made for each {} of `{name}`", made.to_lowercase())
            }
            (None, _) => format!("`{}`", self.name),
        }
    }
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
    let members = layout::collect(root, types, requests, overrides);
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
        conflicts: BTreeMap::new(),
    };
    let mut naming = Naming { types, requests, usage, overrides, findings, names };
    // Parents sort before their children, so that the path of a parent is known.
    let mut paths: BTreeMap<&str, Vec<Ident>> = BTreeMap::from([(root, Vec::new())]);
    for (namespace, members) in &members {
        let path = paths.get(&**namespace).cloned().unwrap_or_default();
        let fixed = if path.is_empty() { fixed } else { &[] };
        let children = naming.name_members(&path, fixed, members);
        for (child, ident) in members.children.keys().zip(children) {
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

impl<'n> Naming<'n, '_> {
    /// Names what a namespace holds, and returns the names of its children.
    fn name_members(
        &mut self,
        path: &[Ident],
        fixed: &[Ident],
        members: &Members<'n>,
    ) -> Vec<Ident> {
        let items = self.items(fixed, members);
        let ranks: Vec<_> = items.iter().map(Candidate::rank).collect();
        let wishes: Vec<_> =
            ranks.iter().zip(&items).map(|(rank, it)| (rank.as_str(), it.wish.clone())).collect();
        let (idents, collisions) = scope::assign(&wishes);
        for late in collisions {
            let (item, holder) = (&items[late.item], &items[late.holder]);
            self.report(path, item, holder, &idents[late.item]);
        }
        let namespace = self.names.namespaces.len();
        let mut children = Vec::new();
        let mut modules = Vec::new();
        for (it, ident) in items.iter().zip(idents) {
            match it.item {
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
            let ModuleDraft { struct_, enum_, requests, stated: _ } = draft.clone();
            ModulePlan { ident, struct_, enum_, requests }
        });
        let modules = modules.collect();
        let path = path.to_vec();
        self.names.namespaces.push(NamespacePlan { path, modules, children: children.clone() });
        children
    }

    /// Says that an item cannot have the name that another has: an error where the caller chose it.
    fn report(
        &mut self,
        path: &[Ident],
        late: &Candidate<'_>,
        holder: &Candidate<'_>,
        new: &Ident,
    ) {
        if let Some(stated) = late.stated.or(holder.stated) {
            let (ours, theirs) =
                if late.stated.is_some() { (late, holder) } else { (holder, late) };
            let path: Vec<_> = path.iter().map(Ident::as_str).collect();
            let place = match path.as_slice() {
                [] => "at the root".to_owned(),
                path => format!("in the module `{}`", path.join("::")),
            };
            let (ours, theirs) = (ours.shown(), theirs.shown());
            let sentence = format!(
                "{}: {ours} cannot be `{}` {place}, for that is {theirs}; choose another",
                stated.origin, late.wish
            );
            // That of a type comes behind that of its module, and says more.
            self.names.conflicts.insert((ours, theirs), sentence);
        } else if let Some(source) = source(late.item, self.types) {
            let holder = match holder.name.as_str() {
                "" => "what the crate itself defines",
                holder => &format!("`{holder}`"),
            };
            let message = format!(
                "`{}` and {holder} have one name in Rust, so the former is `{new}`",
                late.name
            );
            self.findings.warn(Code::NameCollision, source, message);
        }
    }

    /// The items of a namespace.
    fn items(&self, fixed: &[Ident], members: &Members<'n>) -> Vec<Candidate<'n>> {
        let mut items = Vec::new();
        for ident in fixed {
            // The empty name sorts first, so that these keep their names.
            let (name, wish) = (String::new(), ident.clone());
            items.push(Candidate { name, wish, item: Item::Fixed, stated: None });
        }
        for (child, stated) in &members.children {
            let (name, wish) = (child.clone().into_owned(), Ident::snake(last_part(child)));
            items.push(Candidate { name, wish, item: Item::Child, stated: *stated });
        }
        for (at, (full_name, draft)) in members.modules.iter().enumerate() {
            let rename = self.overrides.rename(full_name);
            let last = rename.map_or(last_part(full_name), |(name, _)| name);
            let stated = rename.map(|(_, stated)| stated).or(draft.stated);
            let (name, camel) = ((*full_name).to_owned(), Ident::camel(last));
            let mut add = |wish: Ident, item: Item| {
                items.push(Candidate { name: name.clone(), wish, item, stated });
            };
            add(module_ident(last), Item::Module(at));
            if let Some(at) = draft.struct_ {
                add(camel.clone(), Item::Struct(at));
            }
            if let Some(at) = draft.enum_ {
                add(camel.clone(), Item::Enum(at));
            }
            // What is made from a type comes after all types: `~` sorts last.
            let mut made = |what: &str, item: Item| {
                let wish = Ident::joined(&[camel.as_str(), what]);
                items.push(Candidate { name: format!("{name}~{what}"), wish, item, stated: None });
            };
            if let Some(at) = draft.struct_ {
                if self.usage.updated.contains(&at) {
                    made("Update", Item::Update(at));
                }
                if self.usage.created.contains(&at) {
                    made("Create", Item::Create(at));
                }
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
