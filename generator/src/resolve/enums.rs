//! One enumeration out of all tables and sentences that list its members.

mod sentences;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::sentences::{Listed, Sentences, Value, is_slip};
use super::Scope;
use super::names::{Kind, Names, enum_name, last_part};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::EnumDeclaration;
use crate::hash::HashSet;
use crate::model::{Enum, Member, SENTINEL};

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
        let listed = sentences.by_name.get(&name);
        if let Some(listed) = listed {
            if scope.page.is_localized {
                untranslate(&mut enum_, first, listed, diagnostics);
            }
            complete(&mut enum_, first, listed, diagnostics);
        }
        enum_.listed = beside(&enum_, listed, &statements);
        enums.push(enum_);
    }
    let defined: HashSet<String> = enums.iter().map(|enum_| enum_.name.clone()).collect();
    for (name, listed) in &sentences.by_name {
        let Some(enum_) = listed.to_enum(name).filter(|_| !defined.contains(&**name)) else {
            continue;
        };
        if let Some(span) = listed.span() {
            let message = format!("no page lists the members of `{name}`, only this sentence does");
            diagnostics.push(Diagnostic::warning(Code::UnknownType, span, message));
        }
        enums.push(enum_);
    }
    enums
}

/// Whether a table below a page of another subject lists the values of a property that is a plain
/// string: nothing has the enumeration for its type.
fn is_list_of_values(
    name: &str,
    statements: &[(&EnumDeclaration, &Scope<'_>)],
    sentences: &Sentences<'_>,
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
    listed: &Listed<'_>,
    diagnostics: &mut Diagnostics,
) {
    let is_listed = |member: &Member| listed.get(&member.name).is_some();
    if listed.values.len() < 2 || enum_.members.iter().all(is_listed) {
        return;
    }
    let is_same_length = listed.values.len() == enum_.members.len();
    let known = std::mem::take(&mut enum_.members);
    enum_.members = listed
        .values
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let same = known.iter().find(|member| member.name == value.name);
            let same = same.or_else(|| known.get(at).filter(|_| is_same_length));
            match same {
                Some(member) => Member { name: value.name.to_owned(), ..member.clone() },
                None => value.member(),
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
    listed: &Listed<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(span) = listed.span() else { return };
    let folded: HashSet<String> =
        enum_.members.iter().map(|member| member.name.to_lowercase()).collect();
    let shares = listed.values.iter().any(|value| folded.contains(&value.name.to_lowercase()));
    let sentinel = listed
        .get(SENTINEL)
        .filter(|_| !enum_.members.iter().any(|member| member.name == SENTINEL));
    if !shares && listed.values.len() >= 2 {
        diagnostics.push(
            Diagnostic::warning(
                Code::ContradictoryEnumeration,
                table.place.span,
                format!("the table for `{}` lists none of the members that properties of this type have", enum_.name),
            )
            .label(span, "the sentence that counts"),
        );
        enum_.members = listed.values.iter().map(Value::member).collect();
        enum_.is_flags = false;
    } else if let Some(sentinel) = sentinel {
        enum_.members.push(sentinel.member());
    }
    respell(enum_, listed);
    enum_.is_evolvable = enum_.members.iter().any(|member| member.name == SENTINEL);
}

/// How many sentences outweigh the table in the spelling of a member.
const MANY_SENTENCES: u32 = 3;

/// A table is typed once; where sentences on several pages agree on another case, they are right.
fn respell(enum_: &mut Enum, listed: &Listed<'_>) {
    for value in listed.values.iter().filter(|value| value.count >= MANY_SENTENCES) {
        let is_same = |member: &&mut Member| member.name.eq_ignore_ascii_case(value.name);
        if let Some(member) = enum_
            .members
            .iter_mut()
            .find(is_same)
            .filter(|member| listed.get(&member.name).is_none())
        {
            value.name.clone_into(&mut member.name);
        }
    }
}

/// How many names that a table lacks are compared with its members, and with how many of them.
const MOST_COMPARED: usize = 200;

/// What sentences and further tables name and the table that counts lacks. Case does not count,
/// nor does a slip in the name of a member, as far as names are few; that there need be no value is
/// no value.
fn beside(
    enum_: &Enum,
    listed: Option<&Listed<'_>>,
    statements: &[(&EnumDeclaration, &Scope<'_>)],
) -> Vec<Member> {
    let mut known: HashSet<String> =
        enum_.members.iter().map(|member| member.name.to_lowercase()).collect();
    known.extend([SENTINEL.to_lowercase(), "null".to_owned()]);
    let members = known.clone();
    let (mut found, mut compared) = (Vec::new(), 0);
    for value in listed.iter().flat_map(|listed| &listed.values) {
        if known.contains(&value.name.to_lowercase()) {
            continue;
        }
        compared += 1;
        let mut members = enum_.members.iter().take(MOST_COMPARED);
        if compared > MOST_COMPARED || !members.any(|member| value.is_slip_of(&member.name)) {
            known.insert(value.name.to_lowercase());
            found.push(value.member());
        }
    }
    for (table, scope) in statements.iter().skip(1) {
        // A table that shares nothing was meant for another enumeration.
        if !table.members.iter().any(|member| members.contains(&member.name.to_lowercase())) {
            continue;
        }
        let has = |name: &str| table.members.iter().any(|it| it.name.eq_ignore_ascii_case(name));
        for member in &table.members {
            let mut candidates = enum_.members.iter().take(MOST_COMPARED);
            compared += usize::from(!known.contains(&member.name.to_lowercase()));
            let is_slip = |it: &Member| is_slip(&member.name, &it.name) && !has(&it.name);
            if compared <= MOST_COMPARED && candidates.any(is_slip) {
                continue;
            }
            if known.insert(member.name.to_lowercase()) {
                let (name, source) = (member.name.clone(), scope.source(member.place));
                found.push(Member { name, value: None, description: None, source });
            }
        }
    }
    found
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
        listed: Vec::new(),
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
