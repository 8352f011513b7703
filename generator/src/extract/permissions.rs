//! Permission tables in all their forms.

use super::declaration::PermissionPlaces;
use super::{Context, Place, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Permissions;
use crate::page::{Block, Section, Table, Text};

/// What the page states.
#[derive(Clone, Debug, Default)]
pub(super) struct Stated {
    /// The union of all tables.
    pub(super) all: Permissions,
    /// By resource, by whose data it is, or by service.
    pub(super) by: Vec<(String, Permissions)>,
    /// The first of the tables.
    pub(super) place: Option<Place>,
    /// Their rows.
    pub(super) rows: PermissionPlaces,
}

impl Stated {
    fn note(&mut self, caller: Caller, row: Place) {
        let known = match caller {
            Caller::Work => &mut self.rows.delegated_work,
            Caller::Personal => &mut self.rows.delegated_personal,
            Caller::Application => &mut self.rows.application,
        };
        known.get_or_insert(row);
    }
}

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Work,
    Personal,
    Application,
}

/// No page has more; the bound keeps look-ups in the lists cheap.
const MAX_LABELS: usize = 200;
const MAX_SCOPES: usize = 500;

/// Reads all permission tables of the page.
pub(super) fn read(context: &mut Context<'_>) -> Stated {
    let page = context.page;
    let mut stated = Stated::default();
    for sections in page.sections_under(is_permission_section) {
        let tables = || {
            sections
                .iter()
                .flat_map(|section| section.blocks.iter().map(move |block| (section, block)))
        };
        let several = tables().filter(|(_, block)| matches!(block, Block::Table(_))).count() > 1;
        for (section, block) in tables() {
            if let Block::Table(table) = block {
                let is_inner = several && section.span != sections[0].span;
                stated.place.get_or_insert_with(|| context.place(table.span));
                let label = is_inner.then_some(section.title.as_str());
                read_table(context, table, label, &mut stated);
            }
        }
    }
    if stated.by.len() == 1 {
        stated.by.clear();
    }
    stated
}

fn is_permission_section(section: &Section) -> bool {
    section.level > 1
        && (section.key.starts_with("permission") || section.key.starts_with("prereq"))
}

fn read_table(context: &mut Context<'_>, table: &Table, label: Option<&str>, stated: &mut Stated) {
    let callers: Vec<Option<Caller>> =
        table.header.iter().map(|cell| caller(&cell.plain)).collect();
    if callers.iter().skip(1).flatten().count() >= 2 {
        read_by_resource(context, table, &callers, stated);
    } else {
        read_by_caller(context, table, label, stated);
    }
}

/// A row for each resource, a column for each kind of caller.
fn read_by_resource(
    context: &mut Context<'_>,
    table: &Table,
    callers: &[Option<Caller>],
    stated: &mut Stated,
) {
    for row in &table.rows {
        let label = row.cells.first().map_or("", |cell| cell.plain.trim());
        for (cell, caller) in row.cells.iter().zip(callers) {
            if let Some(caller) = *caller {
                add(stated, Some(label), caller, &read_scopes(context, cell));
                stated.note(caller, context.place(row.span));
            }
        }
    }
}

/// A row for each kind of caller; the columns are alternatives, or tell whose data it is.
fn read_by_caller(
    context: &mut Context<'_>,
    table: &Table,
    label: Option<&str>,
    stated: &mut Stated,
) {
    let headers: Vec<String> = table.header.iter().map(|cell| cell.plain.to_lowercase()).collect();
    let is_ranked = headers.iter().skip(1).any(|header| header.contains("privileged"));
    let several = headers.len() > 2
        && !headers.iter().any(|header| {
            header.contains("higher") || header.contains("least privileged permission")
        });
    let mut current: Option<Caller> = None;
    for (number, row) in table.rows.iter().enumerate() {
        let first = row.cells.first().map_or("", |cell| cell.plain.as_str());
        let stated_caller = caller(first);
        // Rows below a row without scopes belong to it; translated tables keep their order.
        let row_caller = stated_caller.or(current).or_else(|| {
            order(table.rows.len(), number).filter(|_| context.is_localized || first.is_empty())
        });
        let is_label = row.cells.iter().skip(1).all(Text::is_empty);
        if stated_caller.is_some() || context.is_localized {
            current = row_caller.filter(|_| is_label);
        }
        let Some(caller) = row_caller else {
            if !is_label && let Some(cell) = row.cells.first() {
                let name = super::row::shorten(first);
                let message = format!("`{name}` is no type of permission, so the row is left out");
                context.report(Diagnostic::warning(Code::UnreadablePermission, cell.span, message));
            }
            continue;
        };
        for (at, cell) in row.cells.iter().enumerate().skip(1) {
            let header = headers.get(at).map_or("", String::as_str);
            let mut found = read_scopes(context, cell);
            if is_ranked && most_first(header) {
                found.reverse();
            }
            let column =
                if several { table.header.get(at).map(|cell| cell.plain.trim()) } else { None };
            let row_label =
                (stated_caller.is_none() && !first.trim().is_empty()).then_some(first.trim());
            add(stated, column.or(row_label).or(label), caller, &found);
            stated.note(caller, context.place(row.span));
        }
    }
}

fn order(rows: usize, number: usize) -> Option<Caller> {
    (rows == 3).then(|| [Caller::Work, Caller::Personal, Caller::Application][number])
}

fn caller(text: &str) -> Option<Caller> {
    let has = |words: &[&str]| words.iter().any(|word| words::has(text, word));
    if has(&[
        "personal",
        "pessoal",
        "personnel",
        "personales",
        "persönlich",
        "個人",
        "个人",
        "личн",
    ]) && !has(&["work or school and personal"])
    {
        Some(Caller::Personal)
    } else if has(&[
        "delegat",
        "delegad",
        "work or school",
        "corporativa",
        "délégu",
        "delegiert",
        "委任",
        "委派",
        "委托",
        "елегиров",
    ]) {
        Some(Caller::Work)
    } else if has(&[
        "application",
        "aplicativo",
        "aplicaci",
        "app-only",
        "anwendung",
        "アプリ",
        "应用",
        "риложени",
    ]) {
        Some(Caller::Application)
    } else {
        None
    }
}

/// Whether a header says that the most privileged come first: "from most to least privileged".
fn most_first(header: &str) -> bool {
    let position = |words: [&str; 2]| words.iter().filter_map(|word| header.find(word)).min();
    match (position(["most", "mais"]), position(["least", "menos"])) {
        (Some(most), Some(least)) => most < least,
        _ => false,
    }
}

/// The alternatives of a cell, which says so when it has none.
fn read_scopes(context: &mut Context<'_>, cell: &Text) -> Vec<String> {
    const NONE: [&str; 7] = ["not ", "none", "n/a", "no ", "todo", "unavailable", "unsupported"];
    let found = scopes(&cell.plain);
    let says_none = !cell.plain.chars().any(char::is_alphanumeric)
        || NONE.iter().any(|words| words::has(&cell.plain, words));
    if found.is_empty() && !says_none && !context.is_localized {
        let text = super::row::shorten(&cell.plain);
        let message = format!("`{text}` names no permission");
        context.report(Diagnostic::warning(Code::UnreadablePermission, cell.span, message));
    }
    found
}

/// The alternatives of a cell: `Mail.Read, Mail.ReadWrite`; `A and B` needs both.
fn scopes(text: &str) -> Vec<String> {
    let mut alternatives = Vec::new();
    for piece in text.split([',', ';', '\n', '|']) {
        for piece in split_word(piece, " or ") {
            let found: Vec<&str> = piece
                .split(|char: char| {
                    char.is_whitespace() || matches!(char, '+' | '(' | ')' | ':' | '"' | '\'' | '*')
                })
                .map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()))
                .filter(|word| is_scope(word))
                .collect();
            let together =
                [" and ", "+", " e ", " plus ", " with "].iter().any(|word| piece.contains(word));
            if together && found.len() > 1 {
                alternatives.push(found.join("+"));
            } else {
                alternatives.extend(found.into_iter().map(str::to_owned));
            }
        }
    }
    alternatives
}

fn split_word<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(word)
}

/// Whether a word is a scope: parts joined by dots, each beginning with a letter.
fn is_scope(word: &str) -> bool {
    let mut parts = 0;
    word.split('.').all(|part| {
        parts += 1;
        part.starts_with(|char: char| char.is_ascii_alphanumeric())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    }) && parts > 1
        && !word.contains("e.g")
        && word.rsplit('.').next() != Some("com")
        && !word.starts_with(|char: char| char.is_ascii_digit())
}

fn add(stated: &mut Stated, label: Option<&str>, caller: Caller, scopes: &[String]) {
    if let Some(label) = label.map(clean_label).filter(|label| !label.is_empty()) {
        let at = stated.by.iter().position(|(known, _)| *known == label);
        let at = match at {
            Some(at) => Some(at),
            None if stated.by.len() < MAX_LABELS => {
                stated.by.push((label, Permissions::default()));
                Some(stated.by.len() - 1)
            }
            None => None,
        };
        if let Some(at) = at {
            extend(list(&mut stated.by[at].1, caller), scopes);
        }
    }
    extend(list(&mut stated.all, caller), scopes);
}

/// A label on one line, without the remark on the order of the permissions.
fn clean_label(label: &str) -> String {
    let name = match label.find('(') {
        Some(open) if words::has(&label[open..], "privileged") => &label[..open],
        _ => label,
    };
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn list(permissions: &mut Permissions, caller: Caller) -> &mut Vec<String> {
    match caller {
        Caller::Work => &mut permissions.delegated_work,
        Caller::Personal => &mut permissions.delegated_personal,
        Caller::Application => &mut permissions.application,
    }
}

fn extend(list: &mut Vec<String>, scopes: &[String]) {
    for scope in scopes {
        if list.len() < MAX_SCOPES && !list.contains(scope) {
            list.push(scope.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, expected: &[&str]) {
        assert_eq!(scopes(cell), expected);
    }

    #[test]
    fn cells() {
        check("Mail.Read, Mail.ReadWrite", &["Mail.Read", "Mail.ReadWrite"]);
        check(
            "Group.Read.All and User.Read.All, Directory.Read.All",
            &["Group.Read.All+User.Read.All", "Directory.Read.All"],
        );
        check(
            "For **user** resource:\nUser.Read, User.ReadWrite.",
            &["User.Read", "User.ReadWrite"],
        );
        check("Not supported.", &[]);
        check("**TODO: Determine scopes **", &[]);
    }

    #[test]
    fn order_of_headers() {
        assert!(most_first("permissions (from most to least privileged)"));
        assert!(!most_first("permissions (from least to most privileged)"));
        assert!(most_first("permissões (da com mais para a com menos privilégios)"));
    }
}
