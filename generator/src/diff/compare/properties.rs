//! Properties of a type that both sides have.

use std::collections::HashSet;

use super::{Bound, Sides, described};
use crate::diff::change::{Change, Subject};
use crate::diff::pair::{Look, Paired, is_same_order, name_likeness, neighbours};
use crate::diff::rule::Rule;
use crate::model::{Model, Primitive, Property, Source, Type, TypeName, TypeRef, last_part};

/// Properties of both sides, with those found that have another name.
pub(super) fn pair<'m>(
    base: &'m [Property],
    head: &'m [Property],
    is_same_type: impl Fn(&Property, &Property) -> bool,
) -> Paired<'m, Property> {
    // What JSON shows beside tables is no statement.
    let is_any = base.iter().chain(head).any(|property| property.is_stated);
    let stated = |side: &'m [Property]| side.iter().filter(move |it| it.is_stated || !is_any);
    let mut properties = Paired::by_name(stated(base), stated(head), |it| it.name.as_str());
    if properties.removed.is_empty() || properties.added.is_empty() {
        return properties;
    }
    let common: HashSet<_> = properties.same.iter().map(|(old, _)| old.name.as_str()).collect();
    let is_common = |name: &str| common.contains(name);
    let names = |side: &'m [Property]| stated(side).map(|it| it.name.as_str());
    let places = (neighbours(names(base), is_common), neighbours(names(head), is_common));
    properties.find_renamed(
        |it| it.name.as_str(),
        |old, new| {
            let look = |it: &'m Property, neighbours| Look {
                name: &it.name,
                description: it.description.as_deref(),
                neighbours,
            };
            let old_look = look(old, *places.0.get(old.name.as_str())?);
            let new_look = look(new, *places.1.get(new.name.as_str())?);
            old_look.likeness(new_look, is_same_type(old, new))
        },
    );
    properties
}

impl<'m> Sides<'m> {
    /// Whether properties came or went that are keys, from which the kind of the type follows.
    pub(super) fn properties(&mut self, old: &'m Type, new: &'m Type) -> bool {
        let properties =
            pair(&old.properties, &new.properties, |old, new| self.is_same_type(&old.ty, &new.ty));
        let about =
            |rule, name: &str| Change::new(rule, Subject::Type, new.name.as_str()).member(name);
        let is_key = |name: &String| old.key.contains(name) || new.key.contains(name);
        let mut has_other_keys = false;
        let is_guessed = super::types::is_guessed(old, new);
        for property in &properties.removed {
            has_other_keys |= is_key(&property.name);
            let change = match inherited(self.head, new, property) {
                // The page says what it said, and it was taken for a repetition.
                Some(_) if is_guessed => continue,
                Some((ty, inherited)) => {
                    about(Rule::PropertyMoved, &property.name).to(ty).head(inherited)
                }
                None => about(Rule::PropertyRemoved, &property.name).near(&new.source),
            };
            let is_moved = change.rule == Rule::PropertyMoved;
            let from = if is_moved { old.name.clone() } else { type_text(property) };
            self.push(change.from(from).base(&property.source));
        }
        for property in &properties.added {
            has_other_keys |= is_key(&property.name);
            let change = match inherited(self.base, old, property) {
                Some(_) if is_guessed => continue,
                Some((ty, inherited)) => {
                    about(Rule::PropertyMoved, &property.name).from(ty).base(inherited)
                }
                None if property.is_required => about(Rule::RequiredPropertyAdded, &property.name),
                None if property.is_nullable == Some(false) && !property.is_read_only => {
                    about(Rule::NonNullablePropertyAdded, &property.name)
                }
                None => about(Rule::PropertyAdded, &property.name),
            };
            let is_moved = change.rule == Rule::PropertyMoved;
            let to = if is_moved { new.name.clone() } else { type_text(property) };
            self.push(change.to(to).head(&property.source));
        }
        for (old, new) in &properties.renamed {
            has_other_keys |= is_key(&old.name) || is_key(&new.name);
            let change = about(Rule::PropertyRenamed, &old.name).from(old.name.as_str());
            self.push(change.to(new.name.as_str()).base(&old.source).head(&new.source));
        }
        let is_moved = !is_same_order(&properties, &new.properties);
        let moved = if is_moved { moved(&properties, old, new) } else { HashSet::new() };
        for (old, new) in properties.both() {
            let is_moved = moved.contains(new.name.as_str());
            self.property(old, new, is_moved, |rule| about(rule, &new.name));
        }
        if is_moved {
            let change = Change::new(Rule::OrderChanged, Subject::Type, new.name.as_str());
            self.push(change.base(&old.source).head(&new.source));
        }
        has_other_keys
    }

    fn property(
        &mut self,
        old: &Property,
        new: &Property,
        is_moved: bool,
        about: impl Fn(Rule) -> Change,
    ) {
        let at = |rule| about(rule).base(&old.source).head(&new.source);
        if !self.is_same_type(&old.ty, &new.ty) {
            let is_stated = self.is_stated(&old.ty, &new.ty) || is_reading(old, new);
            let rule = if is_stated { Rule::PropertyTypeStated } else { Rule::PropertyTypeChanged };
            self.push(at(rule).from(type_text(old)).to(type_text(new)));
        }
        let flags = [
            (
                (old.is_required, new.is_required),
                (Rule::PropertyBecameRequired, Rule::PropertyBecameOptional),
            ),
            (
                (old.is_read_only, new.is_read_only),
                (Rule::PropertyBecameReadOnly, Rule::PropertyBecameWritable),
            ),
            (
                (old.is_navigation, new.is_navigation),
                (Rule::PropertyBecameNavigation, Rule::PropertyBecameStructural),
            ),
            (
                (old.deprecated.is_some(), new.deprecated.is_some()),
                (Rule::PropertyDeprecated, Rule::PropertyUndeprecated),
            ),
        ];
        for ((was, is), (set, unset)) in flags {
            // Other pages require a property by its old name still.
            let is_by_name = set == Rule::PropertyBecameRequired && old.name != new.name;
            if was != is && !is_by_name {
                // What holds entities is a relationship, and what is related is an entity.
                if set == Rule::PropertyBecameNavigation
                    && let Some(ty) = self.has_other_kind(&old.ty, &new.ty)
                {
                    self.bound_to_kind.push(Bound { at: self.changes.len(), ty, is_moved });
                }
                let mut change = at(if is { set } else { unset });
                if set == Rule::PropertyBecameRequired {
                    let place =
                        |it: &Property| it.requirement.as_ref().unwrap_or(&it.source).clone();
                    (change.base, change.head) = (Some(place(old)), Some(place(new)));
                }
                self.push(change.from(was.to_string()).to(is.to_string()));
            }
        }
        if old.is_nullable != new.is_nullable {
            let rule = match (old.is_nullable, new.is_nullable) {
                (Some(false), _) => Rule::PropertyBecameNullable,
                (_, Some(false)) => Rule::PropertyBecameNonNullable,
                _ => Rule::PropertyNullabilityStated,
            };
            let mut change = at(rule);
            change.from = old.is_nullable.map(|is| is.to_string());
            change.to = new.is_nullable.map(|is| is.to_string());
            self.push(change);
        }
        for option in &old.query_options {
            if !new.query_options.contains(option) {
                self.push(at(Rule::PropertyQueryOptionRemoved).from(format!("${option}")));
            }
        }
        for option in &new.query_options {
            if !old.query_options.contains(option) {
                self.push(at(Rule::PropertyQueryOptionAdded).to(format!("${option}")));
            }
        }
        self.describe(
            described(old.description.as_ref(), &old.source),
            described(new.description.as_ref(), &new.source),
            about,
        );
    }
}

impl Sides<'_> {
    /// Whether the docs say of the same name what it stands for on one side alone: what holds a type
    /// that no page defines is untyped.
    pub(super) fn is_stated(&self, old: &TypeRef, new: &TypeRef) -> bool {
        let is_only_in = |model: &Model, other: &Model, name: &str| {
            let has = |model: &Model| model.ty(name).is_some() || model.enum_(name).is_some();
            has(model) && !has(other)
        };
        old.collection == new.collection
            && match (&old.name, &new.name) {
                (TypeName::Primitive(Primitive::Untyped), TypeName::Named(name)) => {
                    is_only_in(self.head, self.base, name)
                }
                (TypeName::Named(name), TypeName::Primitive(Primitive::Untyped)) => {
                    is_only_in(self.base, self.head, name)
                }
                _ => false,
            }
    }

    /// The type that a property holds on both sides, if it is of another kind there.
    fn has_other_kind(&self, old: &TypeRef, new: &TypeRef) -> Option<String> {
        let (TypeName::Named(was), TypeName::Named(is)) = (&old.name, &new.name) else {
            return None;
        };
        let (was, is_kind) = (self.base.ty(was)?.kind, self.head.ty(is)?.kind);
        (self.is_same_type(old, new) && was != is_kind).then(|| is.to_string())
    }
}

/// Whether the row of one side says nothing of the type, or what is like that of the other: a slip.
pub(super) fn is_reading(old: &Property, new: &Property) -> bool {
    let is_like = |text: &str, ty: &TypeRef| {
        let ty = ty.to_string();
        let name = ty.trim_end_matches(')').rsplit(['(', '.']).next().unwrap_or_default();
        text.is_empty() || name_likeness(last_part(text), name) >= 0.6
    };
    if old.ty.collection != new.ty.collection {
        return false;
    }
    match (&old.unread_type, &new.unread_type) {
        (Some(text), None) => is_like(text, &new.ty),
        (None, Some(text)) => is_like(text, &old.ty),
        _ => false,
    }
}

/// The type of a property, as its row says it where that names nothing.
pub(super) fn type_text(property: &Property) -> String {
    let is_unknown = property.ty.name == TypeName::Primitive(Primitive::Untyped);
    match &property.unread_type {
        Some(text) if is_unknown && property.ty.collection && !text.is_empty() => {
            format!("Collection({text})")
        }
        Some(text) if is_unknown && !text.is_empty() => text.clone(),
        _ => property.ty.to_string(),
    }
}

/// The properties that have other neighbours on both hands than they had.
fn moved<'m>(properties: &Paired<'m, Property>, old: &'m Type, new: &'m Type) -> HashSet<&'m str> {
    let common: HashSet<_> = properties.same.iter().map(|(old, _)| old.name.as_str()).collect();
    let places = |ty: &'m Type| {
        neighbours(ty.properties.iter().map(|it| it.name.as_str()), |name| common.contains(name))
    };
    let (base, head) = (places(old), places(new));
    let is_moved = |name: &&str| match (base.get(name), head.get(name)) {
        (Some(was), Some(is)) => was.0 != is.0 && was.1 != is.1,
        _ => false,
    };
    common.iter().copied().filter(is_moved).collect()
}

/// Which base of a type declares the same property, and where.
fn inherited<'m>(
    model: &'m Model,
    ty: &Type,
    property: &Property,
) -> Option<(&'m str, &'m Source)> {
    model.ancestry(&ty.name).skip(1).find_map(|base| {
        let same = base.properties.iter().find(|it| it.name == property.name)?;
        (same.ty == property.ty).then_some((base.name.as_str(), &same.source))
    })
}
