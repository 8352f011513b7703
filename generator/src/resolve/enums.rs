//! One enumeration out of all tables and sentences that list its members.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Scope;
use super::names::{Kind, Names, enum_name, last_part};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::{EnumDeclaration, PropertyRow};
use crate::hash::{HashMap, HashSet};
use crate::model::{Enum, Member, Source};
use crate::span::Span;

/// The member that says that others may follow.
const SENTINEL: &str = "unknownFutureValue";

/// Brings the definitions of each enumeration together.
pub(super) fn merge(
    pages: &[Scope<'_>],
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Vec<Enum> {
    let mut tables: BTreeMap<Arc<str>, Vec<(&EnumDeclaration, &Scope<'_>)>> = BTreeMap::new();
    for scope in pages {
        for enum_ in &scope.page.enums {
            if let Some((name, Kind::Enum)) = names.full(&enum_name(enum_, scope)) {
                tables.entry(name).or_default().push((enum_, scope));
            }
        }
    }
    let sentences = Sentences::collect(pages, names);
    let mut enums: Vec<Enum> = Vec::new();
    for (name, mut statements) in tables {
        // A page of its own is kept with more care than a list on a page of many.
        statements.sort_by_key(|(enum_, scope)| (!enum_.own_page, scope.key.clone()));
        report_contradictions(&name, &statements, diagnostics);
        let Some((first, scope)) = statements.first() else { continue };
        if is_list_of_values(&name, &statements, &sentences) {
            continue;
        }
        let mut enum_ = from_table(&name, first, scope);
        if let Some(listed) = sentences.by_name.get(&name) {
            if scope.page.is_localized {
                untranslate(&mut enum_, first, listed, diagnostics);
            }
            complete(&mut enum_, first, listed, diagnostics);
        }
        enums.push(enum_);
    }
    let defined: HashSet<String> = enums.iter().map(|enum_| enum_.name.clone()).collect();
    for (name, listed) in sentences.by_name {
        let span = listed.place.as_ref().map(|(_, span)| *span);
        let Some(enum_) = listed.into_enum(&name).filter(|_| !defined.contains(&*name)) else {
            continue;
        };
        if let Some(span) = span {
            let message = format!("no page lists the members of `{name}`, only this sentence does");
            diagnostics.push(Diagnostic::warning(Code::UnknownType, span, message));
        }
        enums.push(enum_);
    }
    enums
}

/// What the sentences of rows say of enumerations.
struct Sentences {
    by_name: BTreeMap<Arc<str>, Listed>,
    /// Properties that hold a primitive, by page and name in lower case.
    primitives: HashSet<(String, String)>,
}

/// The members that sentences list, and where the first one stands.
#[derive(Default)]
struct Listed {
    members: Vec<String>,
    /// How many sentences list each.
    counts: HashMap<String, u32>,
    place: Option<(Source, Span)>,
}

impl Sentences {
    fn collect(pages: &[Scope<'_>], names: &Names) -> Self {
        let mut sentences = Self { by_name: BTreeMap::new(), primitives: HashSet::default() };
        for scope in pages {
            let types = scope.page.types.iter().flat_map(|ty| &ty.rows);
            let operations = scope
                .page
                .operations
                .iter()
                .flat_map(|operation| operation.body.rows.iter().chain(&operation.parameters));
            // Only pages that list values below another subject can mean a plain property by that.
            let lists_values = scope.page.enums.iter().any(|enum_| !enum_.own_page);
            for row in types.chain(operations) {
                if row.ty.primitive.is_none() {
                    sentences.add(row, scope, names);
                } else if lists_values {
                    sentences.primitives.insert((scope.key.clone(), row.name.to_lowercase()));
                }
            }
        }
        sentences
    }

    fn add(&mut self, row: &PropertyRow, scope: &Scope<'_>, names: &Names) {
        let name = names
            .reference(&row.ty.reference, scope)
            .filter(|name| names.kind(name) == Some(Kind::Enum));
        let Some(name) = name else { return };
        let listed = self.by_name.entry(name).or_default();
        for value in &row.values {
            if let Some(count) = listed.counts.get_mut(value) {
                *count += 1;
            } else {
                listed.counts.insert(value.clone(), 1);
                listed.members.push(value.clone());
            }
        }
        listed.place.get_or_insert_with(|| (scope.source(row.place), row.place.span));
    }
}

impl Listed {
    /// An enumeration that only sentences tell of.
    fn into_enum(self, name: &str) -> Option<Enum> {
        let (source, _) = self.place.filter(|_| !self.members.is_empty())?;
        let member =
            |name: String| Member { name, value: None, description: None, source: source.clone() };
        Some(Enum {
            name: name.to_owned(),
            is_flags: false,
            is_evolvable: self.members.iter().any(|member| member == SENTINEL),
            is_documented: false,
            members: self.members.into_iter().map(member).collect(),
            description: None,
            source: source.clone(),
        })
    }
}

/// Whether a table below a page of another subject lists the values of a property that is a plain
/// string: nothing has the enumeration for its type.
fn is_list_of_values(
    name: &str,
    statements: &[(&EnumDeclaration, &Scope<'_>)],
    sentences: &Sentences,
) -> bool {
    let last = last_part(name).to_lowercase();
    !sentences.by_name.contains_key(name)
        && statements.iter().all(|(enum_, scope)| {
            !enum_.own_page && sentences.primitives.contains(&(scope.key.clone(), last.clone()))
        })
}

/// Gives the members of a translated table the names that code spans of sentences have, which
/// translators leave alone.
fn untranslate(
    enum_: &mut Enum,
    table: &EnumDeclaration,
    listed: &Listed,
    diagnostics: &mut Diagnostics,
) {
    let is_listed = |member: &Member| listed.counts.contains_key(&member.name);
    if listed.members.len() < 2 || enum_.members.iter().all(is_listed) {
        return;
    }
    let is_same_length = listed.members.len() == enum_.members.len();
    let Some(source) = listed.place.as_ref().map(|(source, _)| source) else { return };
    let known = std::mem::take(&mut enum_.members);
    enum_.members = listed
        .members
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let same = known.iter().find(|member| member.name == *name);
            let same = same.or_else(|| known.get(at).filter(|_| is_same_length));
            match same {
                Some(member) => Member { name: name.clone(), ..member.clone() },
                None => Member {
                    name: name.clone(),
                    value: None,
                    description: None,
                    source: source.clone(),
                },
            }
        })
        .collect();
    let message =
        format!("the members of `{}` are translated; sentences still have their names", enum_.name);
    diagnostics.push(
        Diagnostic::warning(Code::TranslatedName, table.place.span, message)
            .help("names of the API are not to be translated"),
    );
}

/// Adds what sentences know and the table leaves out. A table that shares no member with them was
/// meant for another enumeration.
fn complete(
    enum_: &mut Enum,
    table: &EnumDeclaration,
    listed: &Listed,
    diagnostics: &mut Diagnostics,
) {
    let Some((source, span)) = &listed.place else { return };
    let known: HashSet<String> = enum_.members.iter().map(|member| member.name.clone()).collect();
    let folded: HashSet<String> = known.iter().map(|name| name.to_lowercase()).collect();
    let shared = listed.members.iter().filter(|name| folded.contains(&name.to_lowercase())).count();
    let member = |name: &str| Member {
        name: name.to_owned(),
        value: None,
        description: None,
        source: source.clone(),
    };
    if shared == 0 && listed.members.len() >= 2 {
        diagnostics.push(
            Diagnostic::warning(
                Code::ContradictoryEnumeration,
                table.place.span,
                format!("the table for `{}` lists none of the members that properties of this type have", enum_.name),
            )
            .label(*span, "the sentence that counts"),
        );
        enum_.members = listed.members.iter().map(|name| member(name)).collect();
        enum_.is_flags = false;
    } else if !known.contains(SENTINEL) && listed.members.iter().any(|name| name == SENTINEL) {
        enum_.members.push(member(SENTINEL));
    }
    respell(enum_, listed);
    enum_.is_evolvable = enum_.members.iter().any(|member| member.name == SENTINEL);
}

/// How many sentences outweigh the table in the spelling of a member.
const MANY_SENTENCES: u32 = 3;

/// A table is typed once; where sentences on several pages agree on another case, they are right.
fn respell(enum_: &mut Enum, listed: &Listed) {
    for name in &listed.members {
        if listed.counts.get(name).is_none_or(|count| *count < MANY_SENTENCES) {
            continue;
        }
        let is_same = |member: &&mut Member| member.name.eq_ignore_ascii_case(name);
        if let Some(member) = enum_
            .members
            .iter_mut()
            .find(is_same)
            .filter(|member| !listed.counts.contains_key(&member.name))
        {
            member.name.clone_from(name);
        }
    }
}

fn from_table(name: &str, enum_: &EnumDeclaration, scope: &Scope<'_>) -> Enum {
    let members: Vec<Member> = enum_
        .members
        .iter()
        .map(|member| Member {
            name: member.name.clone(),
            value: member.value,
            description: member.description.clone(),
            source: scope.source(member.place),
        })
        .collect();
    Enum {
        name: name.to_owned(),
        is_flags: is_flags(&members) || enum_.says_flags,
        is_evolvable: members.iter().any(|member| member.name == SENTINEL),
        is_documented: true,
        members,
        description: enum_.description.clone(),
        source: scope.source(enum_.place),
    }
}

/// Flags are three or more powers of two, zero aside.
fn is_flags(members: &[Member]) -> bool {
    let values: Vec<i64> =
        members.iter().filter_map(|member| member.value).filter(|&value| value != 0).collect();
    values.len() >= 3
        && values.iter().all(|&value| value > 0 && value.count_ones() == 1)
        && values.contains(&4)
}

fn report_contradictions(
    name: &str,
    statements: &[(&EnumDeclaration, &Scope<'_>)],
    diagnostics: &mut Diagnostics,
) {
    let [(first, _), others @ ..] = statements else { return };
    let members = |enum_: &EnumDeclaration| {
        let mut names: Vec<String> =
            enum_.members.iter().map(|member| member.name.clone()).collect();
        names.sort();
        names
    };
    let expected = members(first);
    for (other, _) in others {
        if members(other) != expected {
            diagnostics.push(
                Diagnostic::warning(
                    Code::ContradictoryEnumeration,
                    other.place.span,
                    format!("the members of `{name}` are not those that another page lists"),
                )
                .label(first.place.span, "the list that counts"),
            );
        }
    }
}
