//! Enumerations: pages of their own with a Members table, and headings "X values" on any page.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::declaration::{Declarations, EnumDeclaration, MemberDeclaration};
use super::{Context, resource_page, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::is_identifier;
use crate::page::{Block, Page, Section, Table};
use crate::span::Span;

const MEMBER_HEADERS: [&str; 13] = [
    "member",
    "members",
    "member name",
    "value",
    "values",
    "name",
    "membro",
    "membros",
    "valor",
    "valores",
    "nome",
    "enum member",
    "possible values",
];

/// Reads all enumerations of the page.
pub(super) fn extract(context: &mut Context<'_>, declarations: &mut Declarations) {
    let page = context.page;
    let mut seen = HashMap::new();
    let own = own_section(page);
    if let Some((at, name)) = &own
        && let Some(mut enum_) = read_section(context, &page.sections[*at], name.clone(), true)
    {
        enum_.description = context.description();
        enum_.place = context.place_of_page();
        add(context, declarations, &mut seen, enum_);
    }
    let own = own.map(|(at, _)| at);
    for (_, section) in page.sections.iter().enumerate().filter(|(at, _)| own != Some(*at)) {
        let Some(name) = heading_name(section).map(str::to_owned) else { continue };
        if let Some(enum_) = read_section(context, section, name, false) {
            add(context, declarations, &mut seen, enum_);
        }
    }
}

fn add(
    context: &mut Context<'_>,
    declarations: &mut Declarations,
    seen: &mut HashMap<String, Span>,
    enum_: EnumDeclaration,
) {
    match seen.entry(enum_.name.to_lowercase()) {
        Entry::Vacant(entry) => {
            entry.insert(enum_.place.span);
            declarations.enums.push(enum_);
        }
        Entry::Occupied(entry) => context.report(
            Diagnostic::warning(
                Code::DuplicateEnumeration,
                enum_.place.span,
                format!("the values of `{}` are listed twice on this page", enum_.name),
            )
            .label(*entry.get(), "the first list, which counts"),
        ),
    }
}

/// Words in front of "values" that name no enumeration.
const NO_NAMES: [&str; 10] = [
    "possible",
    "property",
    "valid",
    "enum",
    "enumeration",
    "return",
    "default",
    "example",
    "header",
    "supported",
];

/// The enumeration that a heading such as `importance values` names.
fn heading_name(section: &Section) -> Option<&str> {
    let stem = [
        "-values",
        "-value",
        "-enumeration",
        "-enum",
        "-members",
        "-enum-values",
        "-enumeration-values",
    ]
    .iter()
    .filter_map(|suffix| section.key.strip_suffix(suffix))
    .min_by_key(|stem| stem.len())?;
    let stem = stem.strip_prefix("values-").unwrap_or(stem);
    if section.level < 2 || stem.contains('-') || NO_NAMES.contains(&stem) {
        return None;
    }
    resource_page::word_of_title(&section.title, stem).or(Some(stem))
}

/// The section that lists the members of the enumeration that is the page's only subject, and its
/// name: on a page whose title says so, or that has a Members section and no properties.
fn own_section(page: &Page) -> Option<(usize, String)> {
    let says_enum = page.title_key.contains("-enum");
    let has_table = |section: &Section, any_header: bool| {
        section
            .blocks
            .iter()
            .any(|block| matches!(block, Block::Table(table) if is_member_table(table, any_header)))
    };
    let has_properties = page.sections.iter().any(|section| {
        section.key == "properties"
            && section.blocks.iter().any(|block| matches!(block, Block::Table(_)))
    });
    let members = page
        .sections
        .iter()
        .position(|section| section.key == "members" && has_table(section, true));
    let at = match members {
        Some(at) if says_enum || !has_properties => at,
        _ if says_enum => page.sections.iter().position(|section| has_table(section, true))?,
        _ => return None,
    };
    // A page of many enumerations has a title that names none.
    let name = resource_page::annotated_type(page)
        .map(|annotation| annotation.0)
        .or_else(|| resource_page::title_name(page))
        .or_else(|| {
            page.title_key.ends_with("-enum-type").then(|| resource_page::stem(page).to_owned())
        })?;
    Some((at, name))
}

fn read_section(
    context: &mut Context<'_>,
    section: &Section,
    name: String,
    own_page: bool,
) -> Option<EnumDeclaration> {
    let table = section.blocks.iter().find_map(|block| match block {
        Block::Table(table) if is_member_table(table, context.is_localized || own_page) => {
            Some(table)
        }
        _ => None,
    })?;
    let texts = || {
        section.blocks.iter().filter_map(|block| match block {
            Block::Text(text) => Some(text.plain.as_str()),
            _ => None,
        })
    };
    let says_flags = texts().any(says_flags)
        || (own_page && context.introduction().any(|text| says_flags(&text.plain)));
    let members = read_members(context, table);
    (!members.is_empty()).then(|| EnumDeclaration {
        name,
        members,
        says_flags,
        description: texts().next().map(str::to_owned),
        own_page,
        fragment: section.key.clone(),
        place: context.place(section.span),
    })
}

/// Whether a text says that several members can be given together. That something is flagged says
/// nothing of the kind.
fn says_flags(text: &str) -> bool {
    const FLAGS: [&str; 9] = [
        "flags enum",
        "flag enum",
        "flagged enum",
        "bitmask",
        "bit mask",
        "bit flag",
        "bitwise",
        "multi-valued",
        "multivalued",
    ];
    let is_denied = |sentence: &str| ["not ", "n't "].iter().any(|no| words::has(sentence, no));
    words::sentences(text).any(|sentence| {
        !is_denied(sentence) && FLAGS.iter().any(|flags| words::has(sentence, flags))
    })
}

fn is_member_table(table: &Table, any_header: bool) -> bool {
    let first =
        table.header.first().map(|cell| cell.plain.trim().trim_end_matches(':').to_lowercase());
    let has_type = table.column(&["type", "tipo"]).is_some();
    first.is_some_and(|first| !has_type && (any_header || MEMBER_HEADERS.contains(&first.as_str())))
}

fn read_members(context: &mut Context<'_>, table: &Table) -> Vec<MemberDeclaration> {
    let value = table
        .column(&["value", "int value", "integer value", "number", "valor", "numeric value"])
        .filter(|&at| at > 0);
    let description =
        table.column(&["description", "descrição", "descripción", "meaning"]).filter(|&at| at > 0);
    let mut members: Vec<MemberDeclaration> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for row in &table.rows {
        let Some(cell) = row.cells.first() else { continue };
        let name =
            cell.plain.trim().trim_matches(['*', '`', '"', '\'']).trim_end_matches(['.', ':']);
        let name = name.split(" (").next().unwrap_or(name).trim();
        if name.is_empty() {
            continue;
        }
        if !is_member(name) || (context.is_localized && !name.is_ascii()) {
            context.report(Diagnostic::warning(
                Code::UnreadableName,
                cell.span,
                format!(
                    "`{}` is no name of a member, so the row is left out",
                    super::row::shorten(name)
                ),
            ));
            continue;
        }
        if !seen.insert(name) {
            context.report(Diagnostic::warning(
                Code::DuplicateMember,
                cell.span,
                format!("the member `{name}` is listed twice"),
            ));
            continue;
        }
        let text =
            |at: Option<usize>| at.and_then(|at| row.cells.get(at)).map(|cell| cell.plain.trim());
        members.push(MemberDeclaration {
            name: name.to_owned(),
            value: text(value).and_then(parse_number),
            description: text(description).and_then(words::description),
            place: context.place(row.span),
        });
    }
    members
}

/// Whether a text can be a member. Nearly all are identifiers, but some go over the wire with
/// blanks: `North America Letter`.
fn is_member(name: &str) -> bool {
    is_identifier(name)
        || (name.len() <= 60
            && name.starts_with(char::is_alphanumeric)
            && name.split(' ').all(|word| {
                !word.is_empty()
                    && word
                        .chars()
                        .all(|char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.' | '+'))
            })
            && name.split(' ').count() <= 4)
}

fn parse_number(text: &str) -> Option<i64> {
    let text = text.trim_matches(['`', '*']);
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => i64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}
