//! Small docs, and what the steps of resolving make of them.

use std::fmt::Write;

use super::Scope;
use super::inheritance::{Addressed, choose_bases, settle};
use super::names::Names;
use super::types::{Types, merge};
use crate::diagnostic::Diagnostics;
use crate::docs::Docs;
use crate::extract::{self, Declarations};
use crate::model::{Profile, TypeKind, TypeName, TypeRef};
use crate::page;

mod inheritance;
mod names;
mod paths;
mod profile;
mod spelling;
mod types;

/// The namespace of pages that state no other.
const ROOT: &str = "desk";

/// What the pages state.
fn declarations(pages: &[(String, String)]) -> Vec<Declarations> {
    let docs = Docs::from_texts(pages.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let files = docs.pages();
    files.map(|file| extract::extract(&page::parse(&docs, file).value, &docs).value).collect()
}

/// Pages of types. A line `name: base` begins a page, `area.name` one in a namespace of its own, and
/// the lines below are rows, `name: type`, or `name -> type` for relationships. A line that begins
/// with `>` is a sentence.
fn type_pages(text: &str) -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = Vec::new();
    for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        let Some(row) = line.strip_prefix(' ').map(str::trim_start) else {
            pages.push(type_page(line));
            continue;
        };
        let (_, page) = pages.last_mut().expect("a page begins before its rows");
        if let Some(sentence) = row.strip_prefix("> ") {
            write!(page, "{sentence}\n\n")
        } else if let Some((name, ty)) = row.split_once(" -> ") {
            let heading = "## Relationships\n\n|Relationship|Type|\n|:---|:---|\n";
            let heading = if page.contains(heading) { "" } else { heading };
            writeln!(page, "{heading}|{name}|{ty}|")
        } else {
            let (name, ty) = row.split_once(": ").expect("a name and a type");
            let heading = "## Properties\n\n|Property|Type|\n|:---|:---|\n";
            let heading = if page.contains(heading) { "" } else { heading };
            writeln!(page, "{heading}|{name}|{ty}|")
        }
        .expect("writing to a string cannot fail");
    }
    pages
}

fn type_page(line: &str) -> (String, String) {
    let (name, base) = line.split_once(": ").unwrap_or((line, ""));
    let (area, last) = name.rsplit_once('.').unwrap_or(("", name));
    let (path, namespace) = match area {
        "" => (format!("resources/{last}.md"), ROOT.to_owned()),
        area => (format!("resources/{area}-{last}.md"), format!("{ROOT}.{area}")),
    };
    let base = match base {
        "" => String::new(),
        base => format!("Inherits from [{base}]({base}.md).\n\n"),
    };
    (path, format!("# {last} resource type\n\nNamespace: {namespace}\n\n{base}"))
}

/// The names and types of pages, with their bases chosen.
struct Resolved<'a> {
    scopes: Vec<Scope<'a>>,
    names: Names,
    types: Types,
    diagnostics: Diagnostics,
}

fn profile() -> Profile {
    Profile {
        root_namespace: ROOT.to_owned(),
        base_url: None,
        hosts: Vec::new(),
        base_entity: None,
    }
}

fn resolve(pages: &[Declarations]) -> Resolved<'_> {
    let scopes: Vec<Scope<'_>> = pages.iter().map(|page| Scope::new(page, &profile())).collect();
    let names = Names::collect(&scopes, ROOT);
    let mut diagnostics = Diagnostics::new();
    let mut types = merge(&scopes, &names, &mut diagnostics);
    choose_bases(&mut types, &mut diagnostics);
    settle(&mut types, &names, &Addressed::default(), &mut diagnostics);
    Resolved { scopes, names, types, diagnostics }
}

/// The types with their own properties, then what there was to say.
fn outline(resolved: Resolved<'_>) -> String {
    let mut text = String::new();
    for ty in resolved.types.finish() {
        let kind = if ty.kind == TypeKind::Entity { "entity" } else { "complex" };
        let base = ty.base.map(|base| format!(": {base}")).unwrap_or_default();
        let shell = if ty.is_documented { "" } else { " (shell)" };
        writeln!(text, "{kind} {}{base}{shell}", ty.name).expect("a string");
        for property in ty.properties {
            let arrow = if property.is_navigation { " ->" } else { ":" };
            writeln!(text, "  {}{arrow} {}", property.name, show(&property.ty)).expect("a string");
        }
    }
    for diagnostic in resolved.diagnostics {
        writeln!(text, "{}: {}", diagnostic.code.id(), diagnostic.message).expect("a string");
    }
    text
}

fn show(ty: &TypeRef) -> String {
    let name = match &ty.name {
        TypeName::Named(name) => name,
        TypeName::Primitive(primitive) => primitive.full_name(),
    };
    format!("{name}{}", if ty.collection { "[]" } else { "" })
}
