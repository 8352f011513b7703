//! What two models of the same docs differ in, one line for each difference.
//!
//! In go the model of an earlier run and that of a later one; out come sorted changes for a person
//! to read. Each model is laid open as facts, a name and a value each, so that to compare is to
//! merge two sorted lists. Whether a change breaks a caller is not asked here.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::diagnostic::render::clean;
use crate::model::{
    Api, Enum, Model, Operation, ParameterLocation, Property, RequestBody, Type, TypeKind,
};

/// A fact that came, went, or is another one. [`Display`](fmt::Display) gives one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about: `property example.notes.note.text`.
    pub subject: String,
    /// What was stated of it before, if it was there.
    pub old: Option<String>,
    /// What is stated of it now, if it is there.
    pub new: Option<String>,
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = clean(&self.subject);
        let stated = |value: &str| match value {
            "" => String::new(),
            value => format!(": {}", clean(value)),
        };
        match (self.old.as_deref(), self.new.as_deref()) {
            (Some(old), Some(new)) => {
                write!(formatter, "~ {subject}: {} → {}", word(old), word(new))
            }
            (Some(old), None) => write!(formatter, "- {subject}{}", stated(old)),
            (None, new) => write!(formatter, "+ {subject}{}", stated(new.unwrap_or_default())),
        }
    }
}

fn word(value: &str) -> Cow<'_, str> {
    if value.is_empty() { Cow::Borrowed("nothing") } else { clean(value) }
}

/// The differences, sorted by version, kind and name. Text, examples and the places of facts do
/// not count. What belongs to a thing that came or went has no line of its own.
pub fn between(old: &Api, new: &Api) -> Vec<Change> {
    let (old, new) = (facts(old), facts(new));
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let mut changes = Vec::new();
    for key in keys {
        let (before, after) = (old.get(key), new.get(key));
        let whole = Key { part: None, ..key.clone() };
        let is_of_a_change =
            key.part.is_some() && old.contains_key(&whole) != new.contains_key(&whole);
        // A path that came or went has its own line.
        let stays = key.kind == Kind::Operation
            && key.part.is_none()
            && before.is_some() == after.is_some();
        if before != after && !is_of_a_change && !stays {
            let (old, new) = (before.cloned(), after.cloned());
            changes.push(Change { subject: key.to_string(), old, new });
        }
    }
    changes
}

/// What a fact is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    version: Option<String>,
    kind: Kind,
    /// The full name of a type, the id of an operation.
    name: String,
    part: Option<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Service,
    Version,
    Type,
    Enum,
    Operation,
}

/// What kind of part, and which.
type Part = (&'static str, String);

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(version) = self.version.as_ref().filter(|_| self.kind != Kind::Version) {
            write!(formatter, "{version} ")?;
        }
        match (self.kind, &self.part) {
            (Kind::Type | Kind::Enum, Some((what, part))) => {
                write!(formatter, "{what} {}.{part}", self.name)
            }
            (_, Some((what, part))) if part.is_empty() => {
                write!(formatter, "{what} of {}", self.name)
            }
            (_, Some((what, part))) => write!(formatter, "{what} {part} of {}", self.name),
            (kind, None) => {
                let what = match kind {
                    Kind::Service => "service",
                    Kind::Version => "version",
                    Kind::Type => "type",
                    Kind::Enum => "enumeration",
                    Kind::Operation => "operation",
                };
                write!(formatter, "{what} {}", self.name)
            }
        }
    }
}

type Facts = BTreeMap<Key, String>;

fn facts(api: &Api) -> Facts {
    let mut facts = Facts::new();
    let profile = &api.profile;
    let service = [
        ("base entity", profile.base_entity.clone()),
        ("base URL", profile.base_url.clone()),
        ("root namespace", Some(profile.root_namespace.clone())),
    ];
    for (name, value) in service {
        let key = Key { version: None, kind: Kind::Service, name: name.to_owned(), part: None };
        facts.insert(key, value.unwrap_or_default());
    }
    for model in &api.versions {
        // Of a single version it need not be said which.
        let version = model.api_version.clone().filter(|_| api.versions.len() > 1);
        let name = model.api_version.clone().unwrap_or_default();
        let key = Key { version: version.clone(), kind: Kind::Version, name, part: None };
        facts.insert(key, String::new());
        Laid { version, facts: &mut facts }.model(model);
    }
    facts
}

/// The facts of one version.
struct Laid<'f> {
    version: Option<String>,
    facts: &'f mut Facts,
}

impl Laid<'_> {
    fn add(&mut self, kind: Kind, name: &str, part: Option<Part>, value: String) {
        let key = Key { version: self.version.clone(), kind, name: name.to_owned(), part };
        self.facts.insert(key, value);
    }

    fn model(&mut self, model: &Model) {
        model.types.iter().for_each(|ty| self.ty(ty));
        model.enums.iter().for_each(|enum_| self.enum_(enum_));
        model.operations.iter().for_each(|operation| self.operation(operation));
    }

    fn ty(&mut self, ty: &Type) {
        let kind = match ty.kind {
            TypeKind::Entity => "entity",
            TypeKind::Complex => "complex",
        };
        let base = ty.base.as_ref().map(|base| format!("extends {base}"));
        let key = (!ty.key.is_empty()).then(|| format!("key {}", ty.key.join(", ")));
        let flags = [
            (ty.is_abstract, "abstract"),
            (ty.is_open, "open"),
            (!ty.is_documented, "undocumented"),
            (ty.deprecated.is_some(), "deprecated"),
        ];
        let stated = [Some(kind.to_owned()), base, key];
        self.add(Kind::Type, &ty.name, None, listed(stated.into_iter().flatten(), flags));
        for property in &ty.properties {
            let part = ("property", property.name.clone());
            self.add(Kind::Type, &ty.name, Some(part), stated_of(property));
        }
    }

    fn enum_(&mut self, enum_: &Enum) {
        let flags = [(enum_.is_flags, "flags"), (!enum_.is_documented, "undocumented")];
        self.add(Kind::Enum, &enum_.name, None, listed([], flags));
        for member in &enum_.members {
            let value = member.value.map(|value| value.to_string());
            let part = ("member", member.name.clone());
            self.add(Kind::Enum, &enum_.name, Some(part), value.unwrap_or_default());
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let method = operation.method.as_str();
        let requests: Vec<_> =
            operation.paths.iter().map(|path| format!("{method} {}", path.template.text)).collect();
        let name = operation.id.as_str();
        let mut add = |part, value| self.add(Kind::Operation, name, Some(part), value);
        for request in &requests {
            add(("path", request.clone()), String::new());
        }
        for parameter in &operation.parameters {
            let what = match parameter.location {
                ParameterLocation::Path => "path parameter",
                ParameterLocation::Query => "query parameter",
                ParameterLocation::Header => "header",
                ParameterLocation::Function => "argument",
            };
            let flags = [(parameter.is_required, "required")];
            add((what, parameter.name.clone()), listed([parameter.ty.to_string()], flags));
        }
        match &operation.request {
            Some(RequestBody::Type(ty)) => add(("request", String::new()), ty.to_string()),
            Some(RequestBody::Parameters(parameters)) => {
                for parameter in parameters {
                    add(("body parameter", parameter.name.clone()), stated_of(parameter));
                }
            }
            None => {}
        }
        for response in &operation.responses {
            let body = response.body.as_ref().map(ToString::to_string).unwrap_or_default();
            add(("response", response.status.to_string()), body);
        }
        let permissions = &operation.permissions;
        for (token, alternatives) in [
            ("delegated (work)", &permissions.delegated_work),
            ("delegated (personal)", &permissions.delegated_personal),
            ("application", &permissions.application),
        ] {
            if !alternatives.is_empty() {
                add(("permissions", token.to_owned()), alternatives.join(", "));
            }
        }
        for option in &operation.query_options {
            add(("query option", format!("${option}")), String::new());
        }
        if operation.deprecated.is_some() {
            add(("deprecation", String::new()), String::new());
        }
        self.add(Kind::Operation, name, None, requests.join(", "));
    }
}

fn stated_of(property: &Property) -> String {
    let nullable = match property.is_nullable {
        Some(true) => Some("nullable"),
        Some(false) => Some("never null"),
        None => None,
    };
    let flags = [
        (property.is_navigation, "navigation"),
        (property.is_read_only, "read-only"),
        (property.is_required, "required"),
        (property.deprecated.is_some(), "deprecated"),
    ];
    let stated = [Some(property.ty.to_string()), nullable.map(str::to_owned)];
    listed(stated.into_iter().flatten(), flags)
}

fn listed<const N: usize>(
    stated: impl IntoIterator<Item = String>,
    flags: [(bool, &str); N],
) -> String {
    let flags = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| flag.to_owned());
    stated.into_iter().chain(flags).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::between;
    use crate::docs::Docs;
    use crate::interpret;

    const NOTE: &str = "\
# note resource type

Namespace: example

A note.

## Properties

|Property|Type|Description|
|:---|:---|:---|
|text|String|What it says.|
|colour|colour|Which.|

### colour values

|Member|
|:---|
|red|
|blue|
";

    const CREATE: &str = "\
# Create note

Namespace: example

## Permissions

|Permission type|Permissions|
|:---|:---|
|Application|Notes.Read|

## HTTP request

```http
POST /notes
```

## Request body

Supply a [note](../resources/note.md).

## Response

Returns `201 Created` and a [note](../resources/note.md) in the response body.
";

    /// The changes that the replacements make in both pages.
    #[track_caller]
    fn check(replacements: &[(&str, &str)], expected: &Expect) {
        let api = |replacements: &[(&str, &str)]| {
            let pages = [NOTE, CREATE].map(|page| {
                replacements.iter().fold(page.to_owned(), |page, (old, new)| page.replace(old, new))
            });
            let [note, create] = &pages;
            let docs = [("resources/note.md", &**note), ("api/note-post.md", create)];
            interpret(&Docs::from_texts(docs)).value
        };
        let changes = between(&api(&[]), &api(replacements));
        let lines: Vec<_> = changes.iter().map(|change| format!("{change}\n")).collect();
        expected.assert_eq(&lines.concat());
        let back = between(&api(replacements), &api(&[]));
        assert_eq!(back.len(), lines.len(), "{back:#?}");
    }

    #[test]
    fn text_alone_is_no_change() {
        check(&[("What it says", "Its text"), ("A note.", "\nOne note.\n")], &expect![""]);
    }

    #[test]
    fn types_and_their_parts() {
        check(
            &[
                ("|text|String|", "|text|Int32|"),
                (
                    "|colour|colour|Which.|\n",
                    "|colour|colour|Which.|\n|more|String collection|x|\n",
                ),
                ("|blue|\n", "|green|\n"),
            ],
            &expect![[r#"
                + property example.note.more: Collection(Edm.String)
                ~ property example.note.text: Edm.String → Edm.Int32
                - member example.colour.blue
                + member example.colour.green
            "#]],
        );
    }

    #[test]
    fn what_belongs_to_a_new_type_goes_with_it() {
        check(
            &[("note resource type", "memo resource type")],
            &expect![[r#"
            + type example.memo: complex
            - type example.note: complex
            ~ request of note-post: example.note → example.memo
            ~ response 201 of note-post: example.note → example.memo
        "#]],
        );
    }

    #[test]
    fn operations_and_their_parts() {
        check(
            &[
                ("POST /notes", "POST /me/notes\nPOST /users/{id}/notes"),
                ("Notes.Read|", "Notes.ReadWrite|"),
                ("201 Created", "202 Accepted"),
            ],
            &expect![[r#"
                + path POST /me/notes of note-post
                - path POST /notes of note-post
                + path POST /users/{id}/notes of note-post
                + path parameter id of note-post: Edm.String, required
                ~ permissions application of note-post: Notes.Read → Notes.ReadWrite
                - response 201 of note-post: example.note
                + response 202 of note-post: example.note
            "#]],
        );
        check(
            &[("POST /notes", "PUT /notes")],
            &expect![[r#"
            - path POST /notes of note-post
            + path PUT /notes of note-post
        "#]],
        );
    }
}
