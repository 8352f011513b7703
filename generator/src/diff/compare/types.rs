//! Types: which belong together, and what of them differs apart from their properties.

use std::collections::BTreeSet;

use super::references::References;
use super::{Sides, by_preview, described};
use crate::diff::change::{Change, Subject};
use crate::diff::pair::{Paired, jaccard, name_likeness};
use crate::diff::rule::Rule;
use crate::model::{Model, Source, Type, TypeKind, last_part};

/// The types that pages define, on both sides.
pub(super) fn pair<'m>(base: &'m Model, head: &'m Model) -> Paired<'m, Type> {
    let documented = |model: &'m Model| model.types.iter().filter(|ty| ty.is_documented);
    let mut types = Paired::by_name(documented(base), documented(head), |ty| ty.name.as_str());
    if !types.removed.is_empty() && !types.added.is_empty() {
        let references = References::find(base, head);
        types.find_renamed(
            |ty| ty.name.as_str(),
            |old, new| likeness(old, new, references.lead(&old.name, &new.name)),
        );
    }
    types
}

/// Properties that two types must share to be the same on that ground.
const SHARED: usize = 3;

/// How alike two types of different names are, when that is enough to be the same: a slip in the
/// name, most of the properties, or the page on which it stands and half of either. What named the
/// one and names the other in the same place counts as much as that page.
fn likeness(old: &Type, new: &Type, is_referred_to: bool) -> Option<f64> {
    let names =
        |ty: &'_ Type| ty.properties.iter().map(|it| it.name.clone()).collect::<BTreeSet<_>>();
    let is_same_page = old.source.file == new.source.file || is_referred_to;
    let (few, many) = (old.properties.len(), new.properties.len());
    let can_share = few.min(many) >= SHARED;
    let name = name_likeness(last_part(&old.name), last_part(&new.name));
    if !is_same_page && !can_share && name < 0.8 && old.description != new.description {
        return None;
    }
    let (old_names, new_names) = (names(old), names(new));
    let properties = jaccard(&old_names, &new_names);
    let is_same_text = old.description.is_some() && old.description == new.description;
    let are_empty = old_names.is_empty() && new_names.is_empty();
    let is_same = (name >= 0.8 && (properties >= 0.3 || are_empty || is_same_page))
        || (can_share && properties >= 0.6 && (name >= 0.3 || is_same_page))
        || (can_share && properties >= 0.9)
        || (is_same_text && properties >= 0.9)
        || (is_same_page && (name >= 0.5 || properties >= 0.5));
    is_same.then_some(name + properties + if is_same_page { 0.5 } else { 0.0 })
}

impl<'m> Sides<'m> {
    pub(super) fn types(&mut self, types: &Paired<'m, Type>) {
        for ty in &types.removed {
            let rule = by_preview(
                self.previews.1.is_some_and(|preview| has(preview, ty)),
                Rule::TypeRemoved,
                Rule::TypeDemoted,
            );
            self.push(about(rule, ty).from(kind_text(ty.kind)).base(&ty.source));
        }
        for ty in &types.added {
            let rule = by_preview(
                self.previews.0.is_some_and(|preview| has(preview, ty)),
                Rule::TypeAdded,
                Rule::TypePromoted,
            );
            self.push(about(rule, ty).to(kind_text(ty.kind)).head(&ty.source));
        }
        for (old, new) in &types.renamed {
            let change = about(Rule::TypeRenamed, old).from(old.name.as_str());
            let change = change.to(new.name.as_str());
            self.push(stated(change, old, new, |ty| ty.sources.name.as_ref()));
        }
        for (old, new) in types.both() {
            self.ty(old, new);
        }
        let shells = |model: &'m Model| model.types.iter().filter(|ty| !ty.is_documented);
        let shells = Paired::by_name(shells(self.base), shells(self.head), |ty| ty.name.as_str());
        for (old, new) in shells.same {
            self.properties(old, new);
        }
    }

    fn ty(&mut self, old: &'m Type, new: &'m Type) {
        let at = |rule| about(rule, new).base(&old.source).head(&new.source);
        self.base_type(old, new);
        let flags: [(bool, bool, Rule, Rule, SourceOf); 3] = [
            (
                old.is_abstract,
                new.is_abstract,
                Rule::TypeBecameAbstract,
                Rule::TypeBecameConcrete,
                |ty| ty.sources.is_abstract.as_ref(),
            ),
            (old.is_open, new.is_open, Rule::TypeOpened, Rule::TypeClosed, |ty| {
                ty.sources.is_open.as_ref()
            }),
            (
                old.deprecated.is_some(),
                new.deprecated.is_some(),
                Rule::TypeDeprecated,
                Rule::TypeUndeprecated,
                |ty| ty.sources.deprecated.as_ref(),
            ),
        ];
        for (was, is, set, unset, source) in flags {
            if was != is {
                let change = about(if is { set } else { unset }, new).from(was.to_string());
                self.push(stated(change.to(is.to_string()), old, new, source));
            }
        }
        let keys = self.properties(old, new);
        if old.kind == new.kind {
            let (was, is) = (key(self.base, old), key(self.head, new));
            if old.key != new.key && was != is && !keys {
                let change = about(Rule::KeyChanged, new).from(was.join(", "));
                self.push(stated(change.to(is.join(", ")), old, new, key_source));
            }
        } else {
            let change = at(Rule::TypeKindChanged).from(kind_text(old.kind));
            self.push(change.to(kind_text(new.kind)));
        }
        let only = |these: &[String], those: &[String]| -> Vec<String> {
            these.iter().filter(|key| !those.contains(key)).cloned().collect()
        };
        for key in only(&old.alternate_keys, &new.alternate_keys) {
            let change = about(Rule::AlternateKeyRemoved, new).member(key.as_str());
            let source = old.sources.alternate_keys.get(&key).unwrap_or(&old.source);
            self.push(change.from(key).base(source).near(&new.source));
        }
        for key in only(&new.alternate_keys, &old.alternate_keys) {
            let change = about(Rule::AlternateKeyAdded, new).member(key.as_str());
            let source = new.sources.alternate_keys.get(&key).unwrap_or(&new.source);
            self.push(change.to(key).head(source));
        }
        self.describe(
            described(old.description.as_ref(), &old.source),
            described(new.description.as_ref(), &new.source),
            |rule| about(rule, new),
        );
    }

    fn base_type(&mut self, old: &Type, new: &Type) {
        let extends = |model: &Model, from: &str, to: &str| {
            model.ancestry(from).skip(1).any(|ty| ty.name == to)
        };
        let rule = match (&old.base, &new.base) {
            (None, None) => return,
            (Some(was), Some(is)) if self.is_same_name(was, is) => return,
            _ if is_guessed(old, new) => return,
            // The page of the base came or went, and that of the type says what it said.
            (Some(was), None) if !self.head.ty(was).is_some_and(|ty| ty.is_documented) => return,
            (None, Some(is)) if !self.base.ty(is).is_some_and(|ty| ty.is_documented) => return,
            (None, Some(_)) => Rule::BaseAdded,
            (Some(_), None) => Rule::BaseRemoved,
            (Some(was), Some(is)) => {
                let was = self.renamed.get(was.as_str()).copied().unwrap_or(was);
                let is_deeper = extends(self.head, is, was);
                if is_deeper { Rule::BaseDeepened } else { Rule::BaseChanged }
            }
        };
        let mut change = stated(about(rule, new), old, new, |ty| ty.sources.base.as_ref());
        (change.from, change.to) = (old.base.clone(), new.base.clone());
        self.push(change);
    }
}

/// The key of a type: its own, else that of what it extends, else the usual one.
fn key(model: &Model, ty: &Type) -> Vec<String> {
    if ty.kind == TypeKind::Complex {
        return ty.key.clone();
    }
    let keys = model.ancestry(&ty.name).map(|it| &it.key).find(|key| !key.is_empty());
    keys.cloned().unwrap_or_else(|| vec!["id".to_owned()])
}

/// Where a type states something.
type SourceOf = fn(&Type) -> Option<&Source>;

/// A change with the places where both sides state the fact. What one of them does not state, it
/// would state in its annotation, if that is where the other one does.
fn stated<'m>(
    change: Change,
    old: &'m Type,
    new: &'m Type,
    source: impl Fn(&'m Type) -> Option<&'m Source>,
) -> Change {
    let place = |ty: &'m Type, other: &'m Type| -> &'m Source {
        let would = || {
            let of_other = other.sources.annotation.as_ref()?;
            let is_annotated =
                source(other).is_some_and(|it| it.file == of_other.file && it >= of_other);
            ty.sources.annotation.as_ref().filter(|_| is_annotated)
        };
        source(ty).or_else(would).unwrap_or(&ty.source)
    };
    change.base(place(old, new)).head(place(new, old))
}

/// Where the key of a type is stated: by itself, or by the row of the property that it is.
fn key_source(ty: &Type) -> Option<&Source> {
    let key = ty.key.first();
    let row = || ty.properties.iter().find(|property| Some(&property.name) == key);
    ty.sources.key.as_ref().or_else(|| row().map(|property| &property.source))
}

/// Whether a base came or went that no page states: the evidence is another one, and the docs need
/// not have changed.
pub(super) fn is_guessed(old: &Type, new: &Type) -> bool {
    match (&old.base, &new.base) {
        (Some(_), None) => old.is_base_inferred,
        (None, Some(_)) => new.is_base_inferred,
        _ => false,
    }
}

fn has(model: &Model, ty: &Type) -> bool {
    model.ty(&ty.name).is_some_and(|ty| ty.is_documented)
}

fn about(rule: Rule, ty: &Type) -> Change {
    Change::new(rule, Subject::Type, ty.name.as_str())
}

fn kind_text(kind: TypeKind) -> &'static str {
    match kind {
        TypeKind::Entity => "entity",
        TypeKind::Complex => "complex",
    }
}
