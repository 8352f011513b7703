//! Parameters of an operation, in the URL, in headers and in the body of an action.

use std::collections::{BTreeSet, HashMap};

use super::operations::about;
use super::{Sides, described, properties};
use crate::diff::change::Change;
use crate::diff::pair::{Look, Paired, is_same_order};
use crate::diff::rule::{Bump, Level, Rule};
use crate::model::{
    Operation, Parameter, ParameterLocation, Primitive, Property, TypeName, TypeRef,
};

/// A parameter under the key by which it is the same on both sides.
struct Keyed<'m> {
    key: String,
    parameter: &'m Parameter,
}

fn keyed(operation: &Operation) -> Vec<Keyed<'_>> {
    let mut known: HashMap<String, u32> = HashMap::new();
    let mut key = |parameter: &Parameter| match parameter.location {
        // The names of headers have no case, and one name may stand for several: `Prefer`.
        ParameterLocation::Header => {
            let name = parameter.name.to_lowercase();
            let number = known.entry(name.clone()).or_default();
            *number += 1;
            format!("header {name} {number}")
        }
        location => format!("{} {}", location_text(location), parameter.name),
    };
    let parameters = operation.parameters.iter();
    parameters.map(|parameter| Keyed { key: key(parameter), parameter }).collect()
}

impl<'m> Sides<'m> {
    /// Arguments that came or went with a path are a matter of that path.
    pub(super) fn parameters(
        &mut self,
        old: &'m Operation,
        new: &'m Operation,
        of_paths: &BTreeSet<&str>,
    ) {
        let (base, head) = (keyed(old), keyed(new));
        let mut parameters = Paired::by_name(&base, &head, |it| it.key.as_str());
        // A path says which placeholders it has, and what they are called is nobody's business.
        let is_free = |it: &&Keyed<'_>| match it.parameter.location {
            ParameterLocation::Path => false,
            ParameterLocation::Function => !of_paths.contains(it.parameter.name.as_str()),
            ParameterLocation::Query | ParameterLocation::Header => true,
        };
        parameters.removed.retain(is_free);
        parameters.added.retain(is_free);
        parameters.find_renamed(
            |it| it.key.as_str(),
            |old, new| {
                let (old, new) = (old.parameter, new.parameter);
                if old.name == new.name {
                    return Some(9.0);
                }
                let look = |it: &'m Parameter| Look {
                    name: &it.name,
                    description: it.description.as_deref(),
                    neighbours: (None, None),
                };
                (old.location == new.location)
                    .then(|| look(old).likeness(look(new), self.is_same_type(&old.ty, &new.ty)))?
            },
        );
        let at = |rule, it: &Parameter| {
            let change = about(rule, new).part(location_text(it.location));
            adapted(change.member(it.name.as_str()), it)
        };
        let mut changes = Vec::new();
        for &Keyed { parameter: it, .. } in &parameters.removed {
            let change = at(Rule::ParameterRemoved, it).from(it.ty.to_string());
            changes.push(change.base(&it.source).near(&new.source));
        }
        for &Keyed { parameter: it, .. } in &parameters.added {
            let rule =
                if it.is_required { Rule::RequiredParameterAdded } else { Rule::ParameterAdded };
            let mut change = at(rule, it).to(it.ty.to_string()).head(&it.source);
            if it.location == ParameterLocation::Function {
                // The arguments of a function of Rust are what the page has.
                change.bump = Bump::Major;
                change.level = change.level.max(Level::Warning);
            }
            changes.push(change);
        }
        for (was, is) in parameters.both() {
            let (was, is) = (was.parameter, is.parameter);
            let at = |rule| at(rule, is).base(&was.source).head(&is.source);
            if was.location != is.location {
                let change = at(Rule::ParameterLocationChanged).from(location_text(was.location));
                changes.push(change.to(location_text(is.location)));
            } else if !is_same_name(was, is) {
                let change = at(Rule::ParameterRenamed).from(was.name.as_str());
                changes.push(change.to(is.name.as_str()).member(was.name.as_str()));
            }
            if !self.is_same_type(&was.ty, &is.ty) {
                let is_unsaid = |ty: &TypeRef| ty.name == TypeName::Primitive(Primitive::Untyped);
                // A path tells no types: what it takes is stated in a row, or is not.
                let is_said_once = is_unsaid(&was.ty) ^ is_unsaid(&is.ty);
                let rule = if is_said_once {
                    Rule::ParameterTypeStated
                } else {
                    self.type_rule(&was.ty, &is.ty)
                };
                let change = at(rule).from(was.ty.to_string());
                changes.push(change.to(is.ty.to_string()));
            }
            if was.is_required != is.is_required && is.location != ParameterLocation::Path {
                let rule = required_rule(is.is_required);
                let mut change = at(rule).from(was.is_required.to_string());
                if is.location == ParameterLocation::Header {
                    change = change.at_most(Bump::Patch);
                } else {
                    change.bump = rule.bump();
                }
                changes.push(change.to(is.is_required.to_string()));
            }
        }
        self.changes.extend(changes);
        for (was, is) in parameters.both() {
            let (was, is) = (was.parameter, is.parameter);
            self.describe(
                described(was.description.as_ref(), &was.source),
                described(is.description.as_ref(), &is.source),
                |rule| about(rule, new).part(location_text(is.location)).member(is.name.as_str()),
            );
        }
    }

    fn type_rule(&self, old: &TypeRef, new: &TypeRef) -> Rule {
        let is_stated = self.is_stated(old, new);
        if is_stated { Rule::ParameterTypeStated } else { Rule::ParameterTypeChanged }
    }

    /// The parameters of an action, which stand in its body.
    pub(super) fn body_parameters(
        &mut self,
        operation: &'m Operation,
        base: &'m [Property],
        head: &'m [Property],
    ) {
        let parameters =
            properties::pair(base, head, |old, new| self.is_same_type(&old.ty, &new.ty));
        let at = |rule, name: &str| about(rule, operation).part("body").member(name);
        for it in &parameters.removed {
            let change = at(Rule::ParameterRemoved, &it.name).from(properties::type_text(it));
            self.push(change.base(&it.source).near(&operation.source));
        }
        for it in &parameters.added {
            let rule =
                if it.is_required { Rule::RequiredParameterAdded } else { Rule::ParameterAdded };
            self.push(at(rule, &it.name).to(properties::type_text(it)).head(&it.source));
        }
        for (old, new) in &parameters.renamed {
            let change = at(Rule::ParameterRenamed, &old.name).from(old.name.as_str());
            self.push(change.to(new.name.as_str()).base(&old.source).head(&new.source));
        }
        for (old, new) in parameters.both() {
            let about = |rule| at(rule, &new.name);
            let at = |rule| about(rule).base(&old.source).head(&new.source);
            if !self.is_same_type(&old.ty, &new.ty) {
                let rule = if properties::is_reading(old, new) {
                    Rule::ParameterTypeStated
                } else {
                    self.type_rule(&old.ty, &new.ty)
                };
                let change = at(rule).from(properties::type_text(old));
                self.push(change.to(properties::type_text(new)));
            }
            if old.is_required != new.is_required {
                let change = at(required_rule(new.is_required)).from(old.is_required.to_string());
                self.push(change.to(new.is_required.to_string()));
            }
            if (old.is_nullable == Some(false)) != (new.is_nullable == Some(false)) {
                let mut change = at(Rule::ParameterNullableChanged);
                change.from = old.is_nullable.map(|is| is.to_string());
                change.to = new.is_nullable.map(|is| is.to_string());
                self.push(change);
            }
            self.describe(
                described(old.description.as_ref(), &old.source),
                described(new.description.as_ref(), &new.source),
                about,
            );
        }
        if !is_same_order(&parameters, head) {
            let change = about(Rule::OrderChanged, operation);
            self.push(change.base(&operation.source).head(&operation.source));
        }
    }
}

/// Whether two parameters of one location are called alike. The names of headers have no case.
fn is_same_name(old: &Parameter, new: &Parameter) -> bool {
    match old.location {
        ParameterLocation::Header => old.name.eq_ignore_ascii_case(&new.name),
        _ => old.name == new.name,
    }
}

fn required_rule(is_required: bool) -> Rule {
    if is_required { Rule::ParameterBecameRequired } else { Rule::ParameterBecameOptional }
}

/// What Rust code knows of a parameter: headers and queries that may be left out have no function.
fn adapted(change: Change, parameter: &Parameter) -> Change {
    match parameter.location {
        ParameterLocation::Header => change.at_most(Bump::Patch),
        ParameterLocation::Query if !parameter.is_required => change.at_most(Bump::Patch),
        _ => change,
    }
}

fn location_text(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Function => "function",
    }
}
