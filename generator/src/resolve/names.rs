//! The names of types and enumerations: which there are, how they are spelled, what a mention means.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::Scope;
use super::spelling::Votes;
use super::typo::{self, Typos};
use crate::extract::{
    EnumDeclaration, LinkTarget, OperationDeclaration, Place, PropertyRow, Reference,
    TypeDeclaration, TypeText,
};
use crate::hash::{HashMap, HashSet};
use crate::lower::Lower;
pub(super) use crate::model::last_part;
use crate::model::{Primitive, Source, TypeName, TypeRef, is_dotted};
use crate::span::Span;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Kind {
    /// A page defines the type.
    Type,
    /// A table, or a sentence, lists the members.
    Enum,
    /// A link or a full name mentions it, and no page defines it.
    #[default]
    Shell,
}

/// What a mention may refer to.
#[derive(Clone, Debug)]
struct Entry {
    kind: Kind,
    name: Arc<str>,
}

/// A name that no page defines, by its full name.
struct Mention {
    name: String,
    place: Place,
    /// Whether an object in an example mentions it, and no text.
    is_hint: bool,
}

/// All names of one version.
pub(super) struct Names {
    /// The main namespace, in lower case, and as it is spelled.
    root: String,
    root_name: String,
    /// The namespaces that pages state, by their last part in lower case.
    areas: HashMap<String, String>,
    /// By full name, in lower case.
    by_name: HashMap<String, Entry>,
    /// By namespace, then by what stands behind its dot, in lower case.
    by_namespace: HashMap<String, HashMap<String, Entry>>,
    /// Types by the page that defines them, the page's own first.
    by_page: HashMap<String, Vec<Arc<str>>>,
    by_fragment: HashMap<(String, String), Arc<str>>,
    /// Full names by what stands behind their last dot.
    by_last: HashMap<String, Vec<Arc<str>>>,
    /// Where a name that no page defines is mentioned first.
    mentions: HashMap<String, Source>,
    /// Names that nothing but objects in examples mention, with the first place, in lower case.
    hinted: BTreeMap<String, Span>,
    /// Made when a name is first found wanting.
    typos: OnceLock<Typos>,
}

impl Names {
    /// Finds the names that pages define, and those that they only mention.
    pub(super) fn collect(pages: &[Scope<'_>], root: &str) -> Self {
        let mut names = Self {
            root: root.to_lowercase(),
            root_name: root.to_owned(),
            areas: pages
                .iter()
                .map(|scope| {
                    (last_part(&scope.folded_namespace).to_owned(), scope.namespace.clone())
                })
                .collect(),
            by_name: HashMap::default(),
            by_namespace: HashMap::default(),
            by_page: HashMap::default(),
            by_fragment: HashMap::default(),
            by_last: HashMap::default(),
            mentions: HashMap::default(),
            hinted: BTreeMap::new(),
            typos: OnceLock::new(),
        };
        let mut spellings = Spellings::default();
        for scope in pages {
            for ty in &scope.page.types {
                spellings.define(&type_name(ty, scope), Kind::Type, DEFINITION);
                if let (Some(title), Some(annotated)) = (&ty.title_name, &ty.annotated_name) {
                    spellings.vote_like(annotated, title);
                }
            }
        }
        for scope in pages {
            for enum_ in &scope.page.enums {
                spellings.define(&enum_name(enum_, scope), Kind::Enum, DEFINITION);
            }
        }
        spellings.settle(&mut names);
        for scope in pages {
            names.add_pages(scope);
        }
        names.add_listed_enums(pages);
        names.add_shells(pages);
        names
    }

    fn add_pages(&mut self, scope: &Scope<'_>) {
        for ty in &scope.page.types {
            let name = type_name(ty, scope).to_lowercase();
            if let Some(entry) = self.by_name.get(&name) {
                let name = Arc::clone(&entry.name);
                self.by_page.entry(scope.key.clone()).or_default().push(name);
            }
        }
        for enum_ in &scope.page.enums {
            let name = enum_name(enum_, scope).to_lowercase();
            let Some(entry) = self.by_name.get(&name) else { continue };
            let name = Arc::clone(&entry.name);
            if enum_.own_page {
                self.by_page.entry(scope.key.clone()).or_default().push(Arc::clone(&name));
            }
            self.by_fragment.entry((scope.key.clone(), enum_.fragment.clone())).or_insert(name);
        }
    }

    /// Enumerations whose members stand in no table, only in the sentences of rows.
    fn add_listed_enums(&mut self, pages: &[Scope<'_>]) {
        let listed: Vec<String> = pages
            .par_iter()
            .flat_map_iter(|scope| rows(scope).map(move |row| (row, scope)))
            .filter(|(row, scope)| {
                row.values.len() >= 2
                    && row.ty.primitive.is_none()
                    && is_dotted(&row.ty.reference.name)
                    && self.reference(&row.ty.reference, scope).is_none()
                    && typo::primitive(&row.ty.reference).is_none()
            })
            .map(|(row, scope)| qualify(&row.ty.reference.name, scope))
            .collect();
        let mut spellings = Spellings::default();
        for name in &listed {
            spellings.define(name, Kind::Enum, 1);
        }
        spellings.settle(self);
    }

    fn add_shells(&mut self, pages: &[Scope<'_>]) {
        let mut spellings = Spellings::default();
        let mut mentions = HashMap::default();
        let mut hinted = BTreeMap::new();
        let mut named = HashSet::default();
        let unknown: Vec<Vec<Mention>> =
            pages.par_iter().map(|scope| self.unknown(scope)).collect();
        for (scope, unknown) in pages.iter().zip(unknown) {
            for Mention { name, place, is_hint } in unknown {
                let lower = name.to_lowercase();
                mentions.entry(lower.clone()).or_insert_with(|| scope.source(place));
                spellings.define(&name, Kind::Shell, 1);
                if is_hint {
                    hinted.entry(lower).or_insert(place.span);
                } else {
                    named.insert(lower);
                }
            }
        }
        spellings.settle(self);
        self.mentions = mentions;
        hinted.retain(|name, _| !named.contains(name));
        self.hinted = hinted;
    }

    /// What a page mentions that no page defines.
    fn unknown(&self, scope: &Scope<'_>) -> Vec<Mention> {
        let mut unknown = Vec::new();
        each_reference(scope, |reference, place| {
            let is_named = reference.name.contains('.') || reference.target.is_some();
            if is_named
                && self.reference(reference, scope).is_none()
                && typo::primitive(reference).is_none()
                && let Some(name) = self.shell_name(reference, scope)
            {
                unknown.push(Mention { name, place, is_hint: false });
            }
        });
        each_hint(scope, |name, place| {
            // What has another root is no type of this API.
            let is_own = name
                .get(..self.root.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(&self.root))
                && name[self.root.len()..].starts_with('.');
            if is_own && is_dotted(name) && self.full(name).is_none() {
                unknown.push(Mention { name: name.to_owned(), place, is_hint: true });
            }
        });
        unknown
    }

    /// The names that nothing but objects in examples mention, in lower case, with a place.
    pub(super) fn hinted(&self) -> &BTreeMap<String, Span> {
        &self.hinted
    }

    /// The full name that a mention on a page means.
    pub(super) fn reference(&self, reference: &Reference, scope: &Scope<'_>) -> Option<Arc<str>> {
        let by_name = self.entry(&reference.name, &scope.folded_namespace);
        let Some(target) = &reference.target else {
            return by_name.map(|entry| Arc::clone(&entry.name));
        };
        // A link and its text agree nearly always. Where they do not, a text that names something
        // known is what the author meant; else the link is.
        let linked = self.linked(target, &reference.name);
        match (by_name, linked) {
            (_, Some((name, true))) => Some(name),
            (Some(entry), _) if entry.kind != Kind::Shell => Some(Arc::clone(&entry.name)),
            (_, Some((name, false))) => Some(name),
            (Some(entry), None) => Some(Arc::clone(&entry.name)),
            (None, None) => {
                let stem = self.shell_name(reference, scope)?;
                self.by_name.get(&*Lower::new(&stem)).map(|entry| Arc::clone(&entry.name))
            }
        }
    }

    /// What a link leads to, and whether that has the name `text`.
    fn linked(&self, target: &LinkTarget, text: &str) -> Option<(Arc<str>, bool)> {
        if let Some(fragment) = &target.fragment
            && let Some(name) = self.by_fragment.get(&(target.page.clone(), fragment.clone()))
        {
            return Some((Arc::clone(name), true));
        }
        let defined = self.by_page.get(&target.page)?;
        let last = Lower::new(last_part(text));
        let same = defined.iter().find(|name| *Lower::new(last_part(name)) == *last);
        match same {
            Some(name) => Some((Arc::clone(name), true)),
            None => defined.first().map(|name| (Arc::clone(name), false)),
        }
    }

    /// The full name of a type that is only mentioned. A link tells its namespace: pages of a
    /// namespace of its own have its last part in front of their names.
    fn shell_name(&self, reference: &Reference, scope: &Scope<'_>) -> Option<String> {
        let name = reference.name.trim();
        let Some(target) = &reference.target else {
            return is_dotted(name).then(|| qualify(name, scope));
        };
        let file = target.page.strip_prefix("resources/")?.strip_suffix(".md")?;
        let (area, stem) = file.rsplit_once('-').unwrap_or(("", file));
        let name = if is_dotted(name) { name } else { stem };
        if !is_dotted(name) || name.contains('.') {
            return is_dotted(name).then(|| name.to_owned());
        }
        let namespace =
            area.split('-').find_map(|area| self.areas.get(area)).unwrap_or(&self.root_name);
        Some(format!("{namespace}.{name}"))
    }

    /// What the link of a mention leads to, if that is another type than the text names.
    pub(super) fn other_target(&self, reference: &Reference) -> Option<Arc<str>> {
        let target = reference.target.as_ref().filter(|_| is_dotted(&reference.name))?;
        let (linked, is_same) = self.linked(target, &reference.name)?;
        let file = target.page.rsplit('/').next()?.strip_suffix(".md")?;
        // A page may be called after what its type is called in prose.
        let text = last_part(&reference.name).to_lowercase();
        let is_file = file == text || file.rsplit('-').next() == Some(&text);
        (!is_same && !is_file).then_some(linked)
    }

    /// What a name means in a namespace, which is in lower case; the case of the name does not matter.
    fn entry(&self, name: &str, namespace: &str) -> Option<&Entry> {
        if name.is_empty() {
            return None;
        }
        let lower = Lower::new(name);
        if lower.contains('.') {
            if let Some(entry) = self.by_name.get(&*lower) {
                return Some(entry);
            }
            // A name may leave the beginning of its namespace out.
            let around = |prefix: &str| self.by_name.get(&format!("{prefix}.{}", &*lower));
            if let Some(entry) = around(namespace).or_else(|| around(&self.root)) {
                return Some(entry);
            }
        } else {
            // The page's namespace first, then those around it, then the main one.
            let mut around = Some(namespace);
            while let Some(prefix) = around {
                if let Some(entry) =
                    self.by_namespace.get(prefix).and_then(|names| names.get(&*lower))
                {
                    return Some(entry);
                }
                around = prefix.rsplit_once('.').map(|(outer, _)| outer);
            }
            if let Some(entry) =
                self.by_namespace.get(&self.root).and_then(|names| names.get(&*lower))
            {
                return Some(entry);
            }
        }
        match self.by_last.get(last_part(&lower)).map(Vec::as_slice) {
            Some([only]) => self.by_name.get(&*Lower::new(only)),
            _ => None,
        }
    }

    /// The full name that a word means in the main namespace.
    pub(super) fn word(&self, word: &str) -> Option<Arc<str>> {
        self.entry(word, &self.root).map(|entry| Arc::clone(&entry.name))
    }

    /// What a full name, whatever its case, stands for.
    pub(super) fn full(&self, name: &str) -> Option<(Arc<str>, Kind)> {
        self.by_name.get(&*Lower::new(name)).map(|entry| (Arc::clone(&entry.name), entry.kind))
    }

    /// The name that somebody may have meant who wrote one that nothing defines.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        let typos = self.typos.get_or_init(|| {
            let defined = self.by_name.values().filter(|entry| entry.kind != Kind::Shell);
            Typos::new(defined.map(|entry| &entry.name))
        });
        typos.nearest(name)
    }

    /// What a full name stands for.
    pub(super) fn kind(&self, name: &str) -> Option<Kind> {
        self.by_name.get(&*Lower::new(name)).map(|entry| entry.kind)
    }

    /// The type that a cell or sentence means.
    pub(super) fn type_ref(&self, ty: &TypeText, scope: &Scope<'_>) -> Option<TypeRef> {
        let name = match ty.primitive {
            Some(primitive) => match self.type_for_primitive(primitive, ty, scope) {
                Some(name) => TypeName::Named(name),
                None => TypeName::Primitive(primitive),
            },
            None => match self.reference(&ty.reference, scope) {
                Some(name) => TypeName::Named(name),
                None => TypeName::Primitive(typo::primitive(&ty.reference)?),
            },
        };
        Some(TypeRef { name, collection: ty.collection })
    }

    /// The type whose name is a word for a primitive: by its link, or, where the word says
    /// nothing more than that any JSON may stand there, by a page of that name.
    fn type_for_primitive(
        &self,
        primitive: Primitive,
        ty: &TypeText,
        scope: &Scope<'_>,
    ) -> Option<Arc<str>> {
        if let Some(target) = &ty.reference.target {
            return self
                .linked(target, &ty.reference.name)
                .filter(|linked| linked.1)
                .map(|linked| linked.0);
        }
        let entry = self.entry(&ty.reference.name, &scope.folded_namespace)?;
        let is_type = entry.kind == Kind::Type && last_part(&entry.name) == ty.reference.name;
        (primitive == Primitive::Untyped && is_type).then(|| Arc::clone(&entry.name))
    }

    /// All shells, by their full names, with the first place that mentions each.
    pub(super) fn shells(&self) -> Vec<(Arc<str>, Source)> {
        let shells = self.by_name.iter().filter(|(_, entry)| entry.kind == Kind::Shell);
        let mut shells: Vec<(Arc<str>, Source)> = shells
            .filter_map(|(lower, entry)| {
                Some((Arc::clone(&entry.name), self.mentions.get(lower)?.clone()))
            })
            .collect();
        shells.sort();
        shells
    }
}

/// Spellings of full names, by their lower case.
#[derive(Default)]
struct Spellings {
    by_name: BTreeMap<String, (Kind, Votes)>,
}

impl Spellings {
    fn define(&mut self, name: &str, kind: Kind, weight: u32) {
        let entry =
            self.by_name.entry(name.to_lowercase()).or_insert_with(|| (kind, Votes::default()));
        entry.1.add(name, weight);
    }

    /// A vote by the title of the page that defines a full name. Titles begin with a capital more
    /// often than types do, so only capitals further on count, where the annotation has none.
    fn vote_like(&mut self, full: &str, title: &str) {
        let (last, title) = (last_part(full), last_part(title));
        let inner = |text: &str| text.chars().skip(1).any(char::is_uppercase);
        let is_lost = inner(title) && !inner(last) && last.eq_ignore_ascii_case(title);
        if let (true, Some((_, votes))) = (is_lost, self.by_name.get_mut(&full.to_lowercase())) {
            let prefix = &full[..full.len() - last.len()];
            votes.add(&format!("{prefix}{title}"), 2 * DEFINITION);
        }
    }

    fn settle(self, names: &mut Names) {
        for (lower, (kind, votes)) in self.by_name {
            let Some(name) = votes.winner() else { continue };
            if names.by_name.contains_key(&lower) {
                continue;
            }
            let name: Arc<str> = Arc::from(name);
            names.by_last.entry(last_part(&lower).to_owned()).or_default().push(Arc::clone(&name));
            let entry = Entry { kind, name };
            if let Some((namespace, last)) = lower.rsplit_once('.') {
                names
                    .by_namespace
                    .entry(namespace.to_owned())
                    .or_default()
                    .insert(last.to_owned(), entry.clone());
            }
            names.by_name.insert(lower, entry);
        }
    }
}

/// How much the spelling of a definition counts, in mentions.
const DEFINITION: u32 = 100;

/// The full name that a page gives its type.
pub(super) fn type_name(ty: &TypeDeclaration, scope: &Scope<'_>) -> String {
    let stem = || ty.stem.rsplit('-').next().unwrap_or(&ty.stem);
    let name = ty.annotated_name.as_deref().or(ty.title_name.as_deref()).unwrap_or_else(stem);
    qualify(name, scope)
}

/// The full name that a page gives an enumeration.
pub(super) fn enum_name(enum_: &EnumDeclaration, scope: &Scope<'_>) -> String {
    qualify(&enum_.name, scope)
}

fn qualify(name: &str, scope: &Scope<'_>) -> String {
    if name.contains('.') { name.to_owned() } else { format!("{}.{name}", scope.namespace) }
}

/// All rows of tables on a page.
fn rows<'a>(scope: &Scope<'a>) -> impl Iterator<Item = &'a PropertyRow> + use<'a> {
    let types = scope.page.types.iter().flat_map(|ty| &ty.rows);
    let operations = scope
        .page
        .operations
        .iter()
        .flat_map(|operation| operation.body.rows.iter().chain(&operation.parameters));
    types.chain(operations)
}

/// Hands out every mention of a type on a page that states something, with a place near it.
fn each_reference(scope: &Scope<'_>, mut see: impl FnMut(&Reference, Place)) {
    for row in rows(scope) {
        if row.ty.primitive.is_none() {
            see(&row.ty.reference, row.place);
        }
    }
    for ty in &scope.page.types {
        ty.base.iter().for_each(|base| see(base, ty.place));
    }
    for operation in &scope.page.operations {
        operation_references(operation, &mut see);
    }
}

/// Hands out the full names that objects in examples give themselves.
fn each_hint(scope: &Scope<'_>, mut see: impl FnMut(&str, Place)) {
    for example in scope.page.operations.iter().flat_map(|operation| &operation.examples) {
        if let Some(request) = &example.request {
            request.hints.iter().for_each(|hint| see(&hint.name, request.place));
        }
        if let Some(response) = &example.response {
            response.hints.iter().for_each(|hint| see(&hint.name, response.place));
        }
    }
}

fn operation_references(operation: &OperationDeclaration, see: &mut impl FnMut(&Reference, Place)) {
    let Some(place) = operation.paths.first().map(|path| path.place) else { return };
    operation.body.reference.iter().for_each(|reference| see(reference, place));
    for response in &operation.responses {
        for ty in response.ty.iter().filter(|ty| ty.primitive.is_none()) {
            see(&ty.reference, place);
        }
    }
    // An annotation is typed with less care than the sentence that links to a page.
    if operation.responses.iter().any(|response| response.ty.is_some()) {
        return;
    }
    for example in &operation.examples {
        let request = example
            .request
            .iter()
            .filter_map(|request| Some((request.ty.as_ref()?, request.place)));
        let response = example
            .response
            .iter()
            .filter_map(|response| Some((response.ty.as_ref()?, response.place)));
        for (ty, place) in request.chain(response).filter(|(ty, _)| ty.primitive.is_none()) {
            see(&ty.reference, place);
        }
    }
}
