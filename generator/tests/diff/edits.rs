//! Random edits of a model: the diff says what was edited, and read backwards the same backwards.

use std::collections::BTreeSet;

use docbind::diff::{Change, Level, diff};
use docbind::model::{
    Api, Enum, Member, Model, Operation, ParameterLocation, Primitive, Property, RequestBody, Type,
    TypeName, TypeRef,
};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::docs::{PAGES, api};

/// Kind, target and member of a change.
type Key = (String, String, Option<String>);

/// An edit of one thing, which is drawn from those that there are.
#[derive(Clone, Debug)]
struct Draw {
    kind: usize,
    thing: Index,
    part: Index,
    number: u32,
}

fn draws() -> impl Strategy<Value = Vec<Draw>> {
    let draw = (0..EDITS.len(), any::<Index>(), any::<Index>(), 0..u32::MAX);
    let draw = draw.prop_map(|(kind, thing, part, number)| Draw { kind, thing, part, number });
    prop::collection::vec(draw, 0..12)
}

/// Edits a thing that was not edited before. Returns what the diff has to say, or none where there
/// is nothing to edit.
type Edit = fn(&mut Model, &Draw, &mut BTreeSet<String>) -> Option<Key>;

const EDITS: [Edit; 23] = [
    add_type,
    remove_type,
    add_property,
    remove_property,
    rename_property,
    retype_property,
    require_property,
    protect_property,
    deprecate_property,
    add_member,
    list_member,
    remove_member,
    rename_member,
    add_enum,
    remove_enum,
    add_operation,
    remove_operation,
    add_path,
    add_parameter,
    remove_body_parameter,
    add_permission,
    answer_otherwise,
    open_type,
];

proptest! {
    #[test]
    fn the_diff_says_what_was_edited(draws in draws()) {
        let base = api(&PAGES);
        let mut head = base.clone();
        let (mut touched, mut expected) = (BTreeSet::new(), BTreeSet::new());
        for draw in &draws {
            expected.extend(EDITS[draw.kind](&mut head.versions[0], draw, &mut touched));
        }
        sort(&mut head);
        let forth = diff(&base, &head).changes;
        let found: BTreeSet<Key> = forth.iter().filter(|it| it.level > Level::Docs).map(key).collect();
        prop_assert_eq!(&found, &expected, "{}", crate::shown::facts(&forth));
        let back = diff(&head, &base).changes;
        let mut mirrored: Vec<_> = back.iter().map(mirrored).collect();
        let mut forth: Vec<_> = forth.iter().map(shown).collect();
        forth.sort();
        mirrored.sort();
        prop_assert_eq!(forth, mirrored);
        prop_assert!(diff(&head, &head).changes.is_empty());
    }
}

fn sort(api: &mut Api) {
    let model = &mut api.versions[0];
    model.types.sort_by(|left, right| left.name.cmp(&right.name));
    model.enums.sort_by(|left, right| left.name.cmp(&right.name));
    model.operations.sort_by(|left, right| left.name.cmp(&right.name));
}

fn key(change: &Change) -> Key {
    (change.rule.kind().to_owned(), change.target.clone(), change.member.clone())
}

/// A change as text, and the same read backwards.
fn shown(change: &Change) -> String {
    let Change { target, member, from, to, base, head, .. } = change;
    let is_rename = change.rule.kind().ends_with("_renamed");
    let member = if is_rename { None } else { member.as_ref() };
    format!("{} {target} {member:?} {from:?} {to:?} {base:?} {head:?}", change.rule.kind())
}

fn mirrored(change: &Change) -> String {
    let kind = change.rule.kind();
    let other = [("_added", "_removed"), ("_removed", "_added")];
    let other = other.iter().find_map(|(end, by)| Some(format!("{}{by}", kind.strip_suffix(end)?)));
    let other =
        other.map_or(kind.to_owned(), |other| other.replace("_deprecated", "_undeprecated"));
    let deprecations = [
        ("property_deprecated", "property_undeprecated"),
        ("property_undeprecated", "property_deprecated"),
    ];
    let other =
        deprecations.iter().find(|(is, _)| *is == kind).map_or(other, |(_, by)| (*by).to_owned());
    let Change { target, member, from, to, base, head, .. } = change;
    let is_rename = kind.ends_with("_renamed");
    let member = if is_rename { None } else { member.as_ref() };
    format!("{other} {target} {member:?} {to:?} {from:?} {head:?} {base:?}")
}

fn new_name(draw: &Draw, what: &str) -> String {
    // Unlike everything that there is, and each other.
    let letters: String = draw
        .number
        .to_string()
        .bytes()
        .map(|digit| char::from(b'q' + (digit - b'0') % 9))
        .collect();
    format!("{what}{letters}{}", draw.number)
}

#[expect(clippy::unnecessary_wraps, reason = "what each edit returns")]
fn key_of(kind: &str, target: &str, member: Option<&str>) -> Option<Key> {
    Some((kind.to_owned(), target.to_owned(), member.map(str::to_owned)))
}

/// A type that nothing refers to and that refers to nothing.
fn ty<'m>(
    model: &'m mut Model,
    draw: &Draw,
    touched: &mut BTreeSet<String>,
) -> Option<&'m mut Type> {
    let free: Vec<_> = (0..model.types.len())
        .filter(|&at| !touched.contains(&model.types[at].name) && model.types[at].is_documented)
        .collect();
    let at = *free.get(draw.thing.index(free.len().max(1)))?;
    touched.insert(model.types[at].name.clone());
    Some(&mut model.types[at])
}

fn property<'t>(ty: &'t mut Type, draw: &Draw) -> Option<&'t mut Property> {
    let key = ty.key.clone();
    let mut free: Vec<_> = ty
        .properties
        .iter_mut()
        .filter(|property| !key.contains(&property.name) && !property.is_navigation)
        .collect();
    let at = draw.part.index(free.len().max(1));
    (at < free.len()).then(|| free.swap_remove(at))
}

fn add_type(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let name = format!("example.{}", new_name(draw, "kind"));
    let mut added = model.types.iter().find(|ty| ty.name == "example.tag")?.clone();
    added.name.clone_from(&name);
    added.properties.clear();
    added.base = None;
    added.source.file = format!("resources/{name}.md").into();
    model.types.push(added);
    touched.insert(name.clone());
    key_of("type_added", &name, None)
}

fn remove_type(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    // What others extend or hold cannot go alone.
    let name = "example.sheet";
    let _ = draw;
    if !touched.insert(name.to_owned()) {
        return None;
    }
    model.types.retain(|ty| ty.name != name);
    key_of("type_removed", name, None)
}

fn add_property(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let ty = ty(model, draw, touched)?;
    let mut added = ty.properties.first()?.clone();
    added.name = new_name(draw, "part");
    added.ty = TypeRef { name: TypeName::Primitive(Primitive::Duration), collection: true };
    added.description = None;
    (added.is_required, added.is_nullable, added.is_read_only) = (false, None, false);
    let name = added.name.clone();
    ty.properties.insert(draw.part.index(ty.properties.len() + 1), added);
    key_of("property_added", &ty.name, Some(&name))
}

fn remove_property(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let ty = ty(model, draw, touched)?;
    let name = property(ty, draw)?.name.clone();
    ty.properties.retain(|property| property.name != name);
    key_of("property_removed", &ty.name, Some(&name))
}

fn rename_property(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let ty = ty(model, draw, touched)?;
    let target = ty.name.clone();
    let property = property(ty, draw)?;
    let name = property.name.clone();
    property.name.push_str("Is");
    key_of("property_renamed", &target, Some(&name))
}

fn retype_property(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let ty = ty(model, draw, touched)?;
    let target = ty.name.clone();
    let property = property(ty, draw)?;
    property.ty.collection = !property.ty.collection;
    key_of("property_type_changed", &target, Some(&property.name))
}

fn require_property(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let ty = ty(model, draw, touched)?;
    let target = ty.name.clone();
    let property = property(ty, draw)?;
    property.is_required = !property.is_required;
    key_of("property_required_changed", &target, Some(&property.name))
}

fn protect_property(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let ty = ty(model, draw, touched)?;
    let target = ty.name.clone();
    let property = property(ty, draw)?;
    property.is_read_only = !property.is_read_only;
    key_of("property_read_only_changed", &target, Some(&property.name))
}

fn deprecate_property(
    model: &mut Model,
    draw: &Draw,
    touched: &mut BTreeSet<String>,
) -> Option<Key> {
    let ty = ty(model, draw, touched)?;
    let target = ty.name.clone();
    let property = property(ty, draw)?;
    property.deprecated = Some(String::new());
    key_of("property_deprecated", &target, Some(&property.name))
}

fn open_type(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let ty = ty(model, draw, touched)?;
    ty.is_open = !ty.is_open;
    key_of("type_open_changed", &ty.name, None)
}

fn enum_<'m>(
    model: &'m mut Model,
    draw: &Draw,
    touched: &mut BTreeSet<String>,
) -> Option<&'m mut Enum> {
    let at = draw.thing.index(model.enums.len().max(1));
    let enum_ = model.enums.get_mut(at)?;
    touched.insert(enum_.name.clone()).then_some(enum_)
}

fn member(draw: &Draw, enum_: &Enum) -> Option<usize> {
    let at = draw.part.index(enum_.members.len().max(1));
    enum_.members.get(at).filter(|member| member.name != "unknownFutureValue").map(|_| at)
}

fn add_member(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let enum_ = enum_(model, draw, touched)?;
    let (name, source) = (new_name(draw, "member"), enum_.source.clone());
    let member = Member { name: name.clone(), value: None, description: None, source };
    enum_.members.insert(draw.part.index(enum_.members.len() + 1), member);
    key_of("enum_member_added", &enum_.name, Some(&name))
}

/// A value that only the description of a property names.
fn list_member(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let enum_ = enum_(model, draw, touched)?;
    let (name, source) = (new_name(draw, "value"), enum_.source.clone());
    enum_.listed.push(Member { name: name.clone(), value: None, description: None, source });
    key_of("enum_member_added", &enum_.name, Some(&name))
}

fn remove_member(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let enum_ = enum_(model, draw, touched)?;
    let at = member(draw, enum_)?;
    let name = enum_.members.remove(at).name;
    key_of("enum_member_removed", &enum_.name, Some(&name))
}

fn rename_member(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let enum_ = enum_(model, draw, touched)?;
    let at = member(draw, enum_)?;
    let name = enum_.members[at].name.clone();
    enum_.members[at].name.push('x');
    key_of("enum_member_renamed", &enum_.name, Some(&name))
}

fn add_enum(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let name = format!("example.{}", new_name(draw, "choice"));
    let mut added = model.enums.first()?.clone();
    added.name.clone_from(&name);
    added.members.truncate(1);
    model.enums.push(added);
    touched.insert(name.clone());
    key_of("enum_added", &name, None)
}

fn remove_enum(model: &mut Model, _: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    // The one that no property holds.
    let name = "example.shape";
    if !touched.insert(name.to_owned()) {
        return None;
    }
    model.enums.retain(|enum_| enum_.name != name);
    key_of("enum_removed", name, None)
}

fn operation<'m>(
    model: &'m mut Model,
    draw: &Draw,
    touched: &mut BTreeSet<String>,
) -> Option<&'m mut Operation> {
    let at = draw.thing.index(model.operations.len().max(1));
    let operation = model.operations.get_mut(at)?;
    touched.insert(operation.id.clone()).then_some(operation)
}

fn add_operation(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let mut added = model.operations.iter().find(|it| it.id == "note-get")?.clone();
    added.id = new_name(draw, "operation");
    for path in &mut added.paths {
        path.template = template(&format!("/{}/{{id}}", added.id));
    }
    let id = added.id.clone();
    model.operations.push(added);
    touched.insert(id.clone());
    key_of("operation_added", &id, None)
}

fn template(text: &str) -> docbind::model::PathTemplate {
    use docbind::model::{PathTemplate, Placeholder, Segment};
    let segments = text.split('/').skip(1).map(|segment| match segment.strip_prefix('{') {
        Some(name) => Segment::Key(Placeholder { name: name.trim_end_matches('}').to_owned() }),
        None => Segment::Literal(segment.to_owned()),
    });
    PathTemplate { text: text.to_owned(), segments: segments.collect() }
}

fn remove_operation(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let id = operation(model, draw, touched)?.id.clone();
    model.operations.retain(|operation| operation.id != id);
    key_of("operation_removed", &id, None)
}

fn add_path(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let operation = operation(model, draw, touched)?;
    let mut added = operation.paths.first()?.clone();
    added.template = template(&format!("/{}/{{id}}", new_name(draw, "way")));
    let text = added.template.text.clone();
    operation.paths.push(added);
    key_of("path_added", &operation.id, Some(&text))
}

fn add_parameter(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let mut added = model
        .operations
        .iter()
        .flat_map(|it| &it.parameters)
        .find(|it| it.location == ParameterLocation::Query)?
        .clone();
    added.name = new_name(draw, "parameter");
    added.description = None;
    let name = added.name.clone();
    let operation = operation(model, draw, touched)?;
    operation.parameters.push(added);
    key_of("parameter_added", &operation.id, Some(&name))
}

fn remove_body_parameter(
    model: &mut Model,
    draw: &Draw,
    touched: &mut BTreeSet<String>,
) -> Option<Key> {
    let operation = operation(model, draw, touched)?;
    let Some(RequestBody::Parameters(parameters)) = &mut operation.request else { return None };
    let at = draw.part.index(parameters.len().max(1));
    let name = (at < parameters.len()).then(|| parameters.remove(at).name)?;
    key_of("parameter_removed", &operation.id, Some(&name))
}

fn add_permission(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let operation = operation(model, draw, touched)?;
    operation.sections.permissions.as_ref()?;
    let name = new_name(draw, "Permission");
    operation.permissions.application.push(name.clone());
    key_of("permission_added", &operation.id, Some(&name))
}

fn answer_otherwise(model: &mut Model, draw: &Draw, touched: &mut BTreeSet<String>) -> Option<Key> {
    let operation = operation(model, draw, touched)?;
    let response = operation.responses.first_mut()?;
    response.status = 299;
    key_of("response_changed", &operation.id, None)
}
