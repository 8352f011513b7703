//! What holds in every model, and text can break: names are unique, references lead somewhere, and
//! a chain of bases ends.

use std::collections::HashSet;

use super::refused;
use crate::error::Error;
use crate::model::{Model, Property, RequestBody, TypeName, TypeRef};

/// Checks the models, each of which is sorted. The text is for finding places in.
pub(super) fn check(models: &[Model], text: &str) -> Result<(), Error> {
    let twice = models.windows(2).find(|pair| pair[0].api_version == pair[1].api_version);
    if let Some([model, _]) = twice {
        let what = match &model.api_version {
            Some(version) => format!("has the version `{version}` twice"),
            None => "has two versions without a name".to_owned(),
        };
        return Err(refused(&what, None, None));
    }
    models.iter().try_for_each(|model| check_model(model, text))
}

fn check_model(model: &Model, text: &str) -> Result<(), Error> {
    let names = || {
        let types = model.types.iter().map(|ty| ty.name.as_str());
        types.chain(model.enums.iter().map(|enum_| enum_.name.as_str()))
    };
    let fail = |what: String, name: &str| Err(refused(&what, None, place(text, name)));
    let mut known = HashSet::new();
    if let Some(name) = names().find(|name| !known.insert(*name)) {
        return fail(format!("defines `{name}` twice"), name);
    }
    let twice = model.operations.windows(2).find(|pair| pair[0].id == pair[1].id);
    if let Some([operation, _]) = twice {
        return fail(format!("has two operations of the id `{}`", operation.id), &operation.id);
    }
    for name in references(model) {
        if !known.contains(name) {
            return fail(format!("names the type `{name}`, which it does not define"), name);
        }
    }
    check_bases(model).or_else(|(what, name)| fail(what, name))
}

/// The names of all types that something is of.
fn references(model: &Model) -> impl Iterator<Item = &str> {
    let properties = model.types.iter().flat_map(|ty| &ty.properties).map(property);
    let operations = model.operations.iter().flat_map(|operation| {
        let (whole, parts): (_, &[Property]) = match &operation.request {
            Some(RequestBody::Type(ty)) => (Some(ty), &[]),
            Some(RequestBody::Parameters(parts)) => (None, parts),
            None => (None, &[]),
        };
        let responses = operation.responses.iter().filter_map(|response| response.body.as_ref());
        let examples = operation.examples.iter().filter_map(|it| it.response.as_ref()?.ty.as_ref());
        let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
        let parts = parts.iter().map(property);
        whole.into_iter().chain(parts).chain(parameters).chain(responses).chain(examples)
    });
    properties.chain(operations).filter_map(|ty| match &ty.name {
        TypeName::Named(name) => Some(&**name),
        TypeName::Primitive(_) => None,
    })
}

fn property(property: &Property) -> &TypeRef {
    &property.ty
}

/// That each base is a type, and no type extends itself. Else what is wrong, and with whom.
fn check_bases(model: &Model) -> Result<(), (String, &str)> {
    let mut ends: HashSet<&str> = HashSet::new();
    for ty in &model.types {
        let mut chain: HashSet<&str> = HashSet::new();
        let mut at = ty;
        while !ends.contains(at.name.as_str()) {
            if !chain.insert(&at.name) {
                return Err((
                    format!("has the type `{}`, which extends itself", at.name),
                    &at.name,
                ));
            }
            let Some(base) = &at.base else { break };
            at = model.ty(base).ok_or_else(|| {
                (format!("has no type `{base}`, which `{}` extends", at.name), base.as_str())
            })?;
        }
        ends.extend(chain);
    }
    Ok(())
}

/// Line and column, counted from 1, of the first string of the text that is this name.
fn place(text: &str, name: &str) -> Option<(usize, usize)> {
    let name = serde_json::to_string(name).ok()?;
    let at = memchr::memmem::find(text.as_bytes(), name.as_bytes())?;
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1;
    Some((line, before[start..].chars().count() + 1))
}
