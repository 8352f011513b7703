//! What paths hold: entity sets, relationships, casts, functions and colon paths.
//!
//! Relationships and other properties come from the model. The entity sets at the root, and what
//! functions answer, no page defines; they are learned from what operations state of their own
//! paths, the shorter paths first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::names::{Kind, Names, last_part};
use super::types::Types;
use crate::hash::HashMap;
use crate::lower::Lower;
use crate::model::{Method, Primitive, Segment, TypeName, TypeRef};

/// What stands at a place of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Spot {
    /// The service itself.
    Root,
    /// A value of a type, or a collection of them.
    Holds(TypeRef),
    /// Something that no page tells; the path as far as here.
    Lost(String),
}

/// How the last segment of a path leads where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A relationship or an entity set.
    Navigation,
    /// A property that holds a value.
    Property,
    /// A key, or a path to an item.
    Key,
    /// A type name.
    Cast,
    /// Something that only operations tell of: an undocumented relationship, or a function.
    Learned,
    /// Something that nothing tells of: an action, most likely.
    Unknown,
}

/// Where a path leads.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    pub(super) spot: Spot,
    pub(super) step: Step,
    /// What stands before the last segment.
    pub(super) parent: Spot,
}

impl Walk {
    /// The type at the end.
    pub(super) fn ty(&self) -> Option<&TypeRef> {
        match &self.spot {
            Spot::Holds(ty) => Some(ty),
            Spot::Root | Spot::Lost(_) => None,
        }
    }
}

/// What an operation states of a path.
#[derive(Clone, Debug)]
pub(super) struct Statement<'a> {
    pub(super) method: Method,
    pub(super) segments: &'a [Segment],
    /// What GET answers, or what the others send.
    pub(super) ty: Option<TypeRef>,
    /// Whether POST is said to create something.
    pub(super) creates: bool,
    /// Whether POST is said to be an action.
    pub(super) acts: bool,
    /// Whether GET is said to list a collection, and to be no function.
    pub(super) lists: bool,
    /// Whether the example shows a list.
    pub(super) shows_list: bool,
    /// Whether the query has options that only collections take.
    pub(super) selects: bool,
}

/// What operations tell of a word that no page defines.
#[derive(Debug, Default)]
struct Learned {
    ty: Option<TypeRef>,
    /// Whether a key follows it somewhere, so that it is a collection.
    is_keyed: bool,
    /// Whether some page calls it an action.
    is_action: bool,
    /// Whether GET answers with a list.
    is_listed: bool,
}

/// The paths of one version.
pub(super) struct Paths<'a> {
    types: &'a Types,
    names: &'a Names,
    /// What operations tell of words, by where they stand, and in lower case.
    learned: HashMap<Spot, HashMap<String, Learned>>,
    /// Properties that are collections by the paths, and not by their own row.
    many: BTreeSet<(Arc<str>, String)>,
    /// The types that extend a type directly.
    derived: HashMap<Arc<str>, Vec<Arc<str>>>,
    /// The types that have a relationship of their own, by its name in lower case.
    related: HashMap<String, Vec<Arc<str>>>,
    /// The type that all entities extend, which says nothing about them.
    base_entity: Option<&'a str>,
}

impl<'a> Paths<'a> {
    /// Learns what the operations state of their paths.
    pub(super) fn learn(
        types: &'a Types,
        names: &'a Names,
        base_entity: Option<&'a str>,
        statements: &[Statement<'_>],
    ) -> Self {
        let mut derived: HashMap<Arc<str>, Vec<Arc<str>>> = HashMap::default();
        let mut related: HashMap<String, Vec<Arc<str>>> = HashMap::default();
        for ty in types.iter() {
            if let Some(base) = &ty.base {
                derived.entry(Arc::clone(base)).or_default().push(Arc::clone(&ty.name));
            }
            for property in ty.properties.iter().filter(|property| property.is_relationship) {
                let name = property.property.name.to_lowercase();
                related.entry(name).or_default().push(Arc::clone(&ty.name));
            }
        }
        let mut paths = Self {
            types,
            names,
            learned: HashMap::default(),
            many: BTreeSet::new(),
            derived,
            related,
            base_entity,
        };
        // The spot in front of the segment whose turn it is, for each statement.
        let mut spots: Vec<Spot> = vec![Spot::Root; statements.len()];
        let longest =
            statements.iter().map(|statement| statement.segments.len()).max().unwrap_or(0);
        for at in 0..longest {
            paths.learn_place(statements, &spots, at);
            statements.par_iter().zip(&mut spots).for_each(|(statement, spot)| {
                if let Some(segment) = statement.segments.get(at) {
                    *spot = paths.step(spot, segment).0;
                }
            });
        }
        paths
    }

    /// Learns the words that stand at one depth, from the statements of the paths that end there.
    fn learn_place(&mut self, statements: &[Statement<'_>], spots: &[Spot], at: usize) {
        let mut votes: BTreeMap<(&Spot, String), BTreeMap<TypeRef, u32>> = BTreeMap::new();
        let mut open: BTreeMap<(&Spot, String), BTreeSet<String>> = BTreeMap::new();
        for (statement, parent) in statements.iter().zip(spots) {
            let Some(word) = statement.segments.get(at).and_then(word) else { continue };
            let behind = &statement.segments[at + 1..];
            if let Some((ty, is_navigation)) = self.declared(parent, word) {
                if is_navigation && !ty.collection && shows_many(statement, &ty, behind) {
                    self.note_many(parent, word);
                }
                continue;
            }
            let lower = word.to_lowercase();
            let is_key = matches!(behind.first(), Some(Segment::Key(_) | Segment::AlternateKey(_)));
            if behind.is_empty() || is_key {
                let learned = self.learned_mut(parent, &lower);
                learned.is_keyed |= is_key || statement.selects;
                learned.is_action |= statement.acts && !is_key;
                learned.is_listed |= statement.lists && !is_key;
            }
            let next = if is_key { behind.get(1) } else { behind.first() };
            if let Some(Segment::Literal(next)) = next {
                let key = (parent, lower.clone());
                open.entry(key).or_default().insert(next.to_lowercase());
            }
            if let Some((ty, weight)) = vote(statement, behind) {
                *votes.entry((parent, lower)).or_default().entry(ty).or_default() += weight;
            }
        }
        let mut found = Vec::new();
        for ((parent, word), mut counts) in votes {
            // A word that a key follows is a collection, whatever single pages say.
            if self.is_keyed(parent, &word) {
                let mut many = BTreeMap::new();
                for (mut ty, count) in counts {
                    ty.collection = true;
                    *many.entry(ty).or_default() += count;
                }
                counts = many;
            }
            let best = counts
                .iter()
                .max_by(|left, right| left.1.cmp(right.1).then_with(|| right.0.cmp(left.0)));
            let Some((best, _)) = best else { continue };
            let best = self.common_base(best, counts.keys());
            found.push((parent, word, best));
        }
        for (parent, word, ty) in found {
            self.learned_mut(parent, &word).ty = Some(ty);
        }
        for ((parent, word), next) in open {
            if self.learned(parent, &word).is_none_or(|learned| learned.ty.is_none())
                && let Some(ty) = self.guess(parent, &word, &next)
            {
                self.learned_mut(parent, &word).ty = Some(ty);
            }
        }
    }

    /// What is learned of a word, whatever its case.
    fn learned(&self, parent: &Spot, word: &str) -> Option<&Learned> {
        self.learned.get(parent)?.get(&*Lower::new(word))
    }

    fn learned_mut(&mut self, parent: &Spot, lower: &str) -> &mut Learned {
        self.learned.entry(parent.clone()).or_default().entry(lower.to_owned()).or_default()
    }

    /// What all that pages say of a place have in common: pages of derived types share the path of
    /// their base. Where they have nothing in common, most of them are right.
    fn common_base<'b>(
        &self,
        best: &TypeRef,
        stated: impl Iterator<Item = &'b TypeRef>,
    ) -> TypeRef {
        let TypeName::Named(first) = &best.name else { return best.clone() };
        let others: Vec<&Arc<str>> = stated
            .filter_map(|ty| match &ty.name {
                TypeName::Named(name) => Some(name),
                TypeName::Primitive(_) => None,
            })
            .collect();
        let common = self
            .types
            .ancestry(first)
            .take_while(|ty| self.base_entity != Some(&*ty.name))
            .find(|base| others.iter().all(|other| self.types.is_a(other, &base.name)));
        let name = common.map_or_else(|| Arc::clone(first), |base| Arc::clone(&base.name));
        TypeRef { name: TypeName::Named(name), collection: best.collection }
    }

    fn note_many(&mut self, parent: &Spot, word: &str) {
        let Spot::Holds(TypeRef { name: TypeName::Named(name), .. }) = parent else { return };
        let lower = word.to_lowercase();
        let owner = self.types.ancestry(name).find(|ty| ty.by_name.contains_key(&lower));
        if let Some(owner) = owner {
            self.many.insert((Arc::clone(&owner.name), lower));
        }
    }

    /// Properties that are collections by the paths, and not by their own row: the type, and the
    /// name in lower case.
    pub(super) fn many(&self) -> &BTreeSet<(Arc<str>, String)> {
        &self.many
    }

    /// What a word is when no page states it: the type of that name, or the one type that has all
    /// the relationships that paths go on with.
    fn guess(&self, parent: &Spot, word: &str, next: &BTreeSet<String>) -> Option<TypeRef> {
        let collection = self.is_keyed(parent, word);
        let named = singulars(word).filter(|_| collection).chain([word.to_owned()]);
        for name in named {
            if let Some(name) =
                self.names.word(&name).filter(|name| self.names.kind(name) == Some(Kind::Type))
            {
                return Some(TypeRef { name: TypeName::Named(name), collection });
            }
        }
        // A word that many types have tells nothing.
        let candidates = next
            .iter()
            .map(|word| self.related.get(word))
            .min_by_key(|types| types.map_or(0, Vec::len))??;
        if candidates.len() > 20 {
            return None;
        }
        let mut fitting = candidates.iter().filter(|name| {
            next.iter().all(|word| {
                self.types.property(name, word).is_some_and(|property| property.is_relationship)
            })
        });
        let only = fitting.next()?;
        fitting
            .next()
            .is_none()
            .then(|| TypeRef { name: TypeName::Named(Arc::clone(only)), collection })
    }

    /// Where a path leads.
    pub(super) fn walk(&self, segments: &[Segment]) -> Walk {
        let mut walk = Walk { spot: Spot::Root, step: Step::Unknown, parent: Spot::Root };
        for segment in segments {
            let (spot, step) = self.step(&walk.spot, segment);
            walk = Walk { parent: walk.spot, spot, step };
        }
        walk
    }

    /// Where each beginning of a path leads.
    pub(super) fn walks<'b>(&'b self, segments: &'b [Segment]) -> impl Iterator<Item = Walk> + 'b {
        let mut spot = Spot::Root;
        segments.iter().map(move |segment| {
            let (next, step) = self.step(&spot, segment);
            let parent = std::mem::replace(&mut spot, next);
            Walk { spot: spot.clone(), step, parent }
        })
    }

    /// Where the URL of an example leads, in which keys are written out.
    pub(super) fn walk_literal(&self, segments: &[Segment]) -> Spot {
        let mut spot = Spot::Root;
        for segment in segments {
            let (next, _) = self.step(&spot, segment);
            spot = match (next, &spot) {
                (Spot::Lost(_), Spot::Holds(ty)) if ty.collection => {
                    Spot::Holds(TypeRef { name: ty.name.clone(), collection: false })
                }
                (next, _) => next,
            };
        }
        spot
    }

    fn step(&self, spot: &Spot, segment: &Segment) -> (Spot, Step) {
        let lost = || (Spot::Lost(extend(spot, segment)), Step::Unknown);
        match segment {
            Segment::Key(_) | Segment::AlternateKey(_) => match spot {
                Spot::Holds(ty) if ty.collection => {
                    (Spot::Holds(TypeRef { name: ty.name.clone(), collection: false }), Step::Key)
                }
                _ => lost(),
            },
            Segment::ByPath(_) => match spot {
                Spot::Holds(ty) => {
                    (Spot::Holds(TypeRef { name: ty.name.clone(), collection: false }), Step::Key)
                }
                _ => lost(),
            },
            Segment::Cast(name) => match (self.cast(name), spot) {
                (Some(ty), Spot::Holds(TypeRef { collection, .. })) => (
                    Spot::Holds(TypeRef { name: TypeName::Named(ty), collection: *collection }),
                    Step::Cast,
                ),
                // Whether there is one or many, only the page can tell.
                (Some(ty), Spot::Lost(_)) => (
                    Spot::Holds(TypeRef { name: TypeName::Named(ty), collection: false }),
                    Step::Learned,
                ),
                _ => self.word_step(spot, last_part(name)).unwrap_or_else(lost),
            },
            Segment::Literal(word) => self.word_step(spot, last_part(word)).unwrap_or_else(lost),
            Segment::Call { name, .. } => {
                self.word_step(spot, last_part(name)).unwrap_or_else(lost)
            }
            Segment::Ref | Segment::Value | Segment::Count => (spot.clone(), Step::Property),
        }
    }

    /// The type that a dotted segment names, if it names one.
    pub(super) fn cast(&self, name: &str) -> Option<Arc<str>> {
        let (name, kind) = self.names.full(name).or_else(|| {
            let word = self.names.word(name)?;
            Some((Arc::clone(&word), self.names.kind(&word)?))
        })?;
        (kind == Kind::Type).then_some(name)
    }

    fn word_step(&self, spot: &Spot, word: &str) -> Option<(Spot, Step)> {
        if let Some((ty, is_navigation)) = self.declared(spot, word) {
            return Some((
                Spot::Holds(ty),
                if is_navigation { Step::Navigation } else { Step::Property },
            ));
        }
        let learned = self.learned(spot, word);
        let is_set = *spot == Spot::Root
            || learned.is_some_and(|learned| learned.is_keyed || learned.is_listed);
        let step = if is_set { Step::Navigation } else { Step::Learned };
        let own = learned.and_then(|learned| learned.ty.as_ref());
        let ty = own.or_else(|| self.inherited(spot, word))?;
        Some((Spot::Holds(ty.clone()), step))
    }

    /// What is learned of a type holds for those that extend it.
    fn inherited(&self, spot: &Spot, word: &str) -> Option<&TypeRef> {
        let Spot::Holds(TypeRef { name: TypeName::Named(name), collection }) = spot else {
            return None;
        };
        self.types.ancestry(name).skip(1).find_map(|base| {
            let name = TypeName::Named(Arc::clone(&base.name));
            let spot = Spot::Holds(TypeRef { name, collection: *collection });
            self.learned(&spot, word)?.ty.as_ref()
        })
    }

    /// The property that a word means: of the type, of those it extends, or of the only type
    /// below it that has one.
    pub(super) fn declared(&self, spot: &Spot, word: &str) -> Option<(TypeRef, bool)> {
        let Spot::Holds(TypeRef { name: TypeName::Named(name), collection: false }) = spot else {
            return None;
        };
        if let Some(property) = self.types.property(name, word) {
            return Some((property.property.ty.clone(), property.property.is_navigation));
        }
        let lower = Lower::new(word);
        let mut found: Option<(TypeRef, bool)> = None;
        let mut open = vec![name];
        let mut steps = 0;
        while let Some(name) = open.pop() {
            steps += 1;
            if steps > 1000 {
                return None;
            }
            for derived in self.derived.get(name).into_iter().flatten() {
                open.push(derived);
                let Some(ty) = self.types.get(derived) else { continue };
                let Some(&at) = ty.by_name.get(&*lower) else { continue };
                let property = &ty.properties[at].property;
                match &found {
                    Some((known, _)) if *known != property.ty => return None,
                    Some(_) => {}
                    None => found = Some((property.ty.clone(), property.is_navigation)),
                }
            }
        }
        found
    }

    /// Whether a key follows the last word of this path somewhere.
    pub(super) fn is_keyed(&self, parent: &Spot, word: &str) -> bool {
        self.learned(parent, word).is_some_and(|learned| learned.is_keyed)
    }

    /// Whether some page calls the last word of this path an action.
    pub(super) fn is_action(&self, parent: &Spot, word: &str) -> bool {
        self.learned(parent, word).is_some_and(|learned| learned.is_action)
    }

    /// Whether a path leads to bytes.
    pub(super) fn is_stream(walk: &Walk) -> bool {
        matches!(walk.ty(), Some(TypeRef { name: TypeName::Primitive(Primitive::Stream), .. }))
    }
}

/// The word of a segment that names something: `users`, `range(…)`.
pub(super) fn word(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Literal(word) | Segment::Call { name: word, .. } | Segment::Cast(word) => {
            Some(last_part(word))
        }
        _ => None,
    }
}

/// Whether a path, or what GET answers on it, shows that a relationship leads to many.
fn shows_many(statement: &Statement<'_>, declared: &TypeRef, behind: &[Segment]) -> bool {
    match behind {
        [] => {
            statement.method == Method::Get
                && statement.shows_list
                && statement.ty.as_ref().is_some_and(|ty| ty.collection && ty.name == declared.name)
        }
        [first, ..] => matches!(first, Segment::Key(_)),
    }
}

/// What a statement says of the word in front of `behind`, and how much it counts.
fn vote(statement: &Statement<'_>, behind: &[Segment]) -> Option<(TypeRef, u32)> {
    let mut ty = statement.ty.clone()?;
    match (behind, statement.method) {
        ([], Method::Get) => Some((ty, 2)),
        ([], Method::Post) if statement.creates => {
            ty.collection = true;
            Some((ty, 2))
        }
        ([], Method::Patch | Method::Put) => {
            ty.collection = false;
            Some((ty, 1))
        }
        (
            [Segment::Key(_) | Segment::AlternateKey(_)],
            Method::Get | Method::Patch | Method::Put,
        ) => {
            ty.collection = true;
            Some((ty, 2))
        }
        _ => None,
    }
}

fn extend(spot: &Spot, segment: &Segment) -> String {
    let mut text = match spot {
        Spot::Root => String::new(),
        Spot::Holds(ty) => match &ty.name {
            TypeName::Named(name) => format!("{name}{}", if ty.collection { "*" } else { "" }),
            TypeName::Primitive(primitive) => primitive.full_name().to_owned(),
        },
        Spot::Lost(text) => text.clone(),
    };
    text.push('/');
    match word(segment) {
        Some(word) => text.push_str(&word.to_lowercase()),
        None => text.push_str("{}"),
    }
    text
}

/// What a plural may be the plural of: `policies`, `classes`, `users`. The likeliest comes first.
pub(super) fn singulars(word: &str) -> impl Iterator<Item = String> {
    let y = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let es = ["ses", "xes", "ches", "shes"].iter().any(|ending| word.ends_with(ending));
    let es = word.strip_suffix("es").filter(|_| es).map(str::to_owned);
    let s = word.strip_suffix('s').map(str::to_owned);
    [y, es, s].into_iter().flatten()
}
