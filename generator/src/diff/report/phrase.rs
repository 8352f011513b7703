//! A change as one sentence without a full stop, of our words and of names that the docs have.
//!
//! The two are kept apart to the end, for each form shows names in its own way, and none of them
//! trusts a name. They come without characters that do something to a terminal.

use std::borrow::Cow;

use crate::diagnostic::render::clean;
use crate::diff::{Change, Rule, Subject};

/// How many characters of a name are shown.
const LONGEST: usize = 160;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Our own words.
    Words(&'static str),
    /// What the docs say, which is never trusted.
    Name(Cow<'a, str>),
}

/// What happened: ``property `importance` has another type: `Edm.String` → `Edm.Int32` ``. The type
/// or operation that it happened to is left to the heading.
pub(super) fn phrase(change: &Change) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template(change);
    while let Some((words, (place, behind))) =
        rest.split_once('{').and_then(|(words, rest)| Some((words, rest.split_once('}')?)))
    {
        push_words(&mut pieces, words);
        match place {
            "in" => push_words(&mut pieces, part(change)),
            "member" => push_name(&mut pieces, change.member.as_deref()),
            "from" => push_name(&mut pieces, change.from.as_deref()),
            "to" => push_name(&mut pieces, change.to.as_deref()),
            _ => push_name(&mut pieces, Some(&change.target)),
        }
        rest = behind;
    }
    push_words(&mut pieces, rest);
    pieces
}

/// The same as plain text, with names in backticks.
pub(super) fn plain(change: &Change) -> String {
    let pieces = phrase(change).into_iter().map(|piece| match piece {
        Piece::Words(words) => words.to_owned(),
        Piece::Name(name) => format!("`{name}`"),
    });
    pieces.collect()
}

/// A text of the docs as it is shown: harmless, and not too long.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", clean(&text[..end]))),
        None => clean(text),
    }
}

fn push_words(pieces: &mut Vec<Piece<'_>>, words: &'static str) {
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
}

fn push_name<'a>(pieces: &mut Vec<Piece<'a>>, name: Option<&'a str>) {
    pieces.push(match name {
        Some(name) if !name.is_empty() => Piece::Name(shown(name)),
        _ => Piece::Words("nothing"),
    });
}

/// What kind of parameter or permission it is, with a space behind it.
fn part(change: &Change) -> &'static str {
    let Subject::Operation { part: Some(part), .. } = &change.subject else { return "" };
    match *part {
        "path" => "path ",
        "query" => "query ",
        "header" => "header ",
        "function" => "function ",
        "body" => "body ",
        "delegated_work" => "delegated (work or school) ",
        "delegated_personal" => "delegated (personal) ",
        "application" => "application ",
        _ => "",
    }
}

#[expect(clippy::too_many_lines, reason = "one line for each rule")]
fn template(change: &Change) -> &'static str {
    let is_of_part = change.member.is_some();
    match change.rule {
        Rule::VersionAdded => "version {target} is new",
        Rule::VersionRemoved => "version {target} is gone",

        Rule::TypeAdded => "the type is new",
        Rule::TypePromoted => "the type is promoted from beta",
        Rule::TypeRemoved => "the type is gone",
        Rule::TypeDemoted => "the type is gone, and only beta has it",
        Rule::TypeRenamed => "the type is renamed: {from} → {to}",
        Rule::TypeKindChanged => "the type is of another kind: {from} → {to}",
        Rule::BaseAdded => "the type extends {to}, and extended no other before",
        Rule::BaseRemoved => "the type extends {from} no more",
        Rule::BaseChanged => "the type extends another one: {from} → {to}",
        Rule::BaseDeepened => "the type extends {to}, which extends {from}",
        Rule::TypeBecameAbstract => "the type is abstract now",
        Rule::TypeBecameConcrete => "the type is no longer abstract",
        Rule::TypeOpened => "the type is open now",
        Rule::TypeClosed => "the type is no longer open",
        Rule::KeyChanged => "the key is another one: {from} → {to}",
        Rule::AlternateKeyAdded => "alternate key {member} is new",
        Rule::AlternateKeyRemoved => "alternate key {member} is gone",
        Rule::TypeDeprecated => "the type is deprecated",
        Rule::TypeUndeprecated => "the type is no longer deprecated",

        Rule::PropertyAdded => "property {member} of type {to} is new",
        Rule::RequiredPropertyAdded => "property {member} of type {to} is new, and required",
        Rule::NonNullablePropertyAdded => "property {member} of type {to} is new, and never null",
        Rule::PropertyRemoved => "property {member} of type {from} is gone",
        Rule::PropertyRenamed => "property {from} is renamed: {to}",
        Rule::PropertyTypeChanged => "property {member} has another type: {from} → {to}",
        Rule::PropertyTypeStated => {
            "what property {member} holds is stated otherwise: {from} → {to}"
        }
        Rule::PropertyMoved => "property {member} moved from {from} to {to}",
        Rule::PropertyBecameRequired => "property {member} is required now",
        Rule::PropertyBecameOptional => "property {member} is no longer required",
        Rule::PropertyBecameNullable => "property {member} can be null",
        Rule::PropertyBecameNonNullable => "property {member} is never null",
        Rule::PropertyNullabilityStated => {
            "whether property {member} can be null is stated otherwise"
        }
        Rule::PropertyBecameReadOnly => "property {member} is read-only now",
        Rule::PropertyBecameWritable => "property {member} is no longer read-only",
        Rule::PropertyBecameNavigation => "property {member} is a relationship now",
        Rule::PropertyBecameStructural => "relationship {member} is a property now",
        Rule::PropertyQueryOptionAdded => "property {member} supports {to}",
        Rule::PropertyQueryOptionRemoved => "property {member} supports {from} no more",
        Rule::PropertyDeprecated => "property {member} is deprecated",
        Rule::PropertyUndeprecated => "property {member} is no longer deprecated",

        Rule::EnumAdded => "the enumeration is new",
        Rule::EnumPromoted => "the enumeration is promoted from beta",
        Rule::EnumRemoved => "the enumeration is gone",
        Rule::EnumDemoted => "the enumeration is gone, and only beta has it",
        Rule::EnumRenamed => "the enumeration is renamed: {from} → {to}",
        Rule::EnumFlagsChanged => "whether members can be combined changed: {from} → {to}",
        Rule::EnumMemberAdded => "member {member} is new",
        Rule::ClosedEnumMemberAdded => {
            "member {member} is new in an enumeration that is not evolvable"
        }
        Rule::EnumBecameEvolvable => "the enumeration is evolvable now, by {member}",
        Rule::EnumBecameClosed => "the enumeration is not evolvable any more, without {member}",
        Rule::EnumMemberRemoved => "member {member} is gone",
        Rule::EnumMemberRenamed => "member {from} is renamed: {to}",
        Rule::EnumMemberValueChanged => "member {member} has another number: {from} → {to}",

        Rule::OperationAdded => "the operation is new",
        Rule::OperationPromoted => "the operation is promoted from beta",
        Rule::OperationSplit => "a further page describes {to}",
        Rule::OperationRemoved => "the operation is gone",
        Rule::OperationDemoted => "the operation is gone, and only beta has it",
        Rule::OperationMerged => "the page is gone, and another one describes {from}",
        Rule::OperationRenamed => "the page has another name: {from} → {to}",
        Rule::MethodChanged => "the method is another one: {from} → {to}",
        Rule::OperationKindChanged => "the operation is of another kind: {from} → {to}",
        Rule::OperationDeprecated => "the operation is deprecated",
        Rule::OperationUndeprecated => "the operation is no longer deprecated",

        Rule::PathAdded => "path {member} is new",
        Rule::PathTaken => "path {member} is new here, and another page had it before",
        Rule::PathRemoved => "path {member} is gone",
        Rule::PathGiven => "path {member} is gone from here, and another page has it",
        Rule::PathChanged => "the path is another one: {from} → {to}",
        Rule::PathSpelling => "the path is spelled otherwise: {from} → {to}",

        Rule::ParameterAdded => "{in}parameter {member} of type {to} is new",
        Rule::RequiredParameterAdded => "{in}parameter {member} of type {to} is new, and required",
        Rule::ParameterRemoved => "{in}parameter {member} of type {from} is gone",
        Rule::ParameterRenamed => "{in}parameter {from} is renamed: {to}",
        Rule::ParameterTypeChanged => "{in}parameter {member} has another type: {from} → {to}",
        Rule::ParameterTypeStated => {
            "what {in}parameter {member} holds is stated otherwise: {from} → {to}"
        }
        Rule::ParameterBecameRequired => "{in}parameter {member} is required now",
        Rule::ParameterBecameOptional => "{in}parameter {member} is no longer required",
        Rule::ParameterLocationChanged => "parameter {member} goes elsewhere: {from} → {to}",
        Rule::ParameterNullableChanged => {
            "whether {in}parameter {member} can be null changed: {from} → {to}"
        }

        Rule::RequestAdded => "the request has a body now: {to}",
        Rule::RequestRemoved => "the request has no body any more, and had {from}",
        Rule::RequestChanged => "the request has another body: {from} → {to}",
        Rule::RequestStatementChanged => {
            "the text names another body of the request: {from} → {to}"
        }
        Rule::ResponseStatementChanged => {
            "the text names another body of response {member}: {from} → {to}"
        }
        Rule::RequestEvidenceChanged => "the request is taken for another one: {from} → {to}",
        Rule::ResponseEvidenceChanged => {
            "response {member} is taken for another one: {from} → {to}"
        }
        Rule::ResponseChanged if is_of_part => "response {member} has another body: {from} → {to}",
        Rule::ResponseChanged => "the response is another one: {from} → {to}",
        Rule::ResponseStatusChanged => "the status of the response is another one: {from} → {to}",
        Rule::ResponseAdded => "response {to} is new",
        Rule::ResponseRemoved => "response {from} is gone",
        Rule::QueryOptionAdded => "query option {member} is new",
        Rule::QueryOptionRemoved => "query option {member} is gone",

        Rule::PermissionAdded => "{in}permission {member} is enough, too",
        Rule::PermissionLowered => "{in}permission {member} is enough, and less than before",
        Rule::PermissionRemoved => "{in}permission {member} is not enough any more",
        Rule::PermissionRespelled => "{in}permission {from} is spelled {to}",
        Rule::PermissionRaised => "{in}permission {member}, the least one, is not enough any more",
        Rule::PermissionsStated => "permissions are stated, and were not before",
        Rule::PermissionsUnstated => "permissions are stated no more",
        Rule::PermissionOrderChanged => "{in}permissions have another order: {from} → {to}",
        Rule::PermissionTableChanged => {
            "which permissions go with which resource is stated otherwise: {from} → {to}"
        }

        Rule::ExampleAdded => "example {member} is new",
        Rule::ExampleRemoved => "example {member} is gone",
        Rule::ExampleChanged => "example {member} shows something else",
        Rule::DescriptionChanged if is_of_part => "the description of {member} has another text",
        Rule::DescriptionChanged => "the description has another text",
        Rule::TitleChanged => "the title is another one: {from} → {to}",
        Rule::OrderChanged => "the parts stand in another order",
    }
}
