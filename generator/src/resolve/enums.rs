//! One enumeration out of all tables and sentences that list its members.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Scope;
use super::names::{Kind, Names, enum_name};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::{EnumDeclaration, PropertyRow};
use crate::model::{Enum, Member, Source};

/// The member that says that others may follow.
const SENTINEL: &str = "unknownFutureValue";

/// Brings the definitions of each enumeration together.
pub(super) fn merge(pages: &[Scope<'_>], names: &Names, diagnostics: &mut Diagnostics) -> Vec<Enum> {
    let mut tables: BTreeMap<Arc<str>, Vec<(&EnumDeclaration, &Scope<'_>)>> = BTreeMap::new();
    for scope in pages {
        for enum_ in &scope.page.enums {
            if let Some((name, Kind::Enum)) = names.full(&enum_name(enum_, scope)) {
                tables.entry(name).or_default().push((enum_, scope));
            }
        }
    }
    let mut enums: Vec<Enum> = Vec::new();
    let mut defined: HashMap<Arc<str>, ()> = HashMap::new();
    for (name, mut statements) in tables {
        // A page of its own is kept with more care than a list on a page of many.
        statements.sort_by_key(|(enum_, scope)| (!enum_.own_page, scope.key.clone()));
        report_contradictions(&name, &statements, diagnostics);
        defined.insert(Arc::clone(&name), ());
        enums.extend(statements.first().map(|(enum_, scope)| from_table(&name, enum_, scope)));
    }
    let mut listed: BTreeMap<Arc<str>, Enum> = BTreeMap::new();
    for scope in pages {
        for row in scope.page.types.iter().flat_map(|ty| &ty.rows).chain(scope.page.operations.iter().flat_map(|operation| operation.body.rows.iter().chain(&operation.parameters))) {
            add_listed(row, scope, names, &defined, &mut listed);
        }
    }
    enums.extend(listed.into_values());
    enums
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
    let values: Vec<i64> = members.iter().filter_map(|member| member.value).filter(|&value| value != 0).collect();
    values.len() >= 3 && values.iter().all(|&value| value > 0 && value.count_ones() == 1) && values.contains(&4)
}

fn report_contradictions(name: &str, statements: &[(&EnumDeclaration, &Scope<'_>)], diagnostics: &mut Diagnostics) {
    let [(first, _), others @ ..] = statements else { return };
    let members = |enum_: &EnumDeclaration| {
        let mut names: Vec<String> = enum_.members.iter().map(|member| member.name.clone()).collect();
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

fn add_listed(
    row: &PropertyRow,
    scope: &Scope<'_>,
    names: &Names,
    defined: &HashMap<Arc<str>, ()>,
    listed: &mut BTreeMap<Arc<str>, Enum>,
) {
    if row.values.len() < 2 || row.ty.primitive.is_some() {
        return;
    }
    let Some(name) = names.reference(&row.ty.reference, scope) else { return };
    if names.kind(&name) != Some(Kind::Enum) || defined.contains_key(&name) {
        return;
    }
    let source: Source = scope.source(row.place);
    let enum_ = listed.entry(Arc::clone(&name)).or_insert_with(|| Enum {
        name: name.to_string(),
        is_flags: false,
        is_evolvable: false,
        is_documented: false,
        members: Vec::new(),
        description: None,
        source: source.clone(),
    });
    for value in &row.values {
        if enum_.members.len() < 1000 && !enum_.members.iter().any(|member| member.name == *value) {
            enum_.members.push(Member { name: value.clone(), value: None, description: None, source: source.clone() });
        }
    }
    enum_.is_evolvable |= row.values.iter().any(|value| value == SENTINEL);
}
