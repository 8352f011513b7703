//! What is used of small APIs, by the filters of a crate.

use expect_test::{Expect, expect};

use super::*;
use crate::diff::diff;
use crate::docs::Docs;

/// The pages of a version, each a path and a text, with a line between them.
fn api(pages: &[(&str, String)]) -> Api {
    let pages = pages.iter().map(|(path, text)| (*path, text.as_str()));
    crate::interpret(&Docs::from_texts(pages)).value
}

fn ty(name: &str, base: Option<&str>, rows: &[&str]) -> String {
    let rows = format!("|{}|\n", rows.join("|\n|"));
    let base = base.map(|base| format!("\nInherits from [{base}]({base}.md).\n"));
    format!(
        "# {name} resource type\n\nNamespace: contoso\n\nA thing.\n{}\n## Properties\n\n\
         |Property|Type|\n|:-|:-|\n{rows}",
        base.unwrap_or_default()
    )
}

/// A page with relationships.
fn with_relationship(mut page: String, row: &str) -> String {
    page.push_str("\n## Relationships\n\n|Relationship|Type|\n|:-|:-|\n|");
    page + row + "|\n"
}

fn call(lines: &str, body: &str, answer: &str) -> String {
    format!(
        "# A call\n\nNamespace: contoso\n\nIt calls.\n\n## HTTP request\n\n```http\n{lines}\n```\n\n\
         ## Request body\n\n{body}\n\n## Response\n\nReturns a `200 OK` response code and a \
         [{answer}](../resources/{answer}.md) object in the response body.\n"
    )
}

const NO_BODY: &str = "Do not supply a request body for this method.";

/// Marks what the filters use, and lists the changes with a `+` in front of used ones.
#[track_caller]
fn check(base: &[(&str, String)], head: &[(&str, String)], usage: &Usage, expected: &Expect) {
    let (base, head) = (api(base), api(head));
    let mut diff = diff(&base, &head);
    mark(&mut diff, &base, &head, usage).expect("filters that choose something");
    let lines = diff.changes.iter().filter(|it| it.level > crate::diff::Level::Docs).map(|it| {
        let mark = if it.used == Some(true) { '+' } else { '-' };
        let version = it.version.as_deref().map(|it| format!("{it} ")).unwrap_or_default();
        let member = it.member.as_deref().unwrap_or_default();
        format!("{mark} {version}{} {} {member}\n", it.rule, it.target)
    });
    expected.assert_eq(&lines.collect::<String>());
}

fn include(patterns: &[&str]) -> Usage {
    let filters = Filters::parse(patterns, &[], &[]).expect("filters");
    Usage { filters, ..Usage::default() }
}

#[test]
fn operations_and_what_they_lead_to() {
    let pages = |of: &str, other: &str| {
        let size = format!("size|{of}");
        vec![
            ("resources/note.md", ty("note", Some("item"), &[&size, "kind|kind", "part|part"])),
            ("resources/item.md", ty("item", None, &[&size])),
            ("resources/part.md", with_relationship(ty("part", None, &[&size]), "owner|person")),
            ("resources/person.md", ty("person", None, &[&size])),
            ("resources/stranger.md", ty("stranger", None, &[&size])),
            (
                "resources/kind.md",
                format!(
                    "# kind enum type\n\nNamespace: contoso\n\n## Members\n\n|Member|\n|:-|\n|a|\n\
                     |{other}|\n"
                ),
            ),
            ("api/note-get.md", call("GET /notes/{id}", NO_BODY, "note")),
            ("api/stranger-get.md", call("GET /strangers/{id}", NO_BODY, "stranger")),
        ]
    };
    check(
        &pages("String", "b"),
        &pages("Int32", "zzz"),
        &include(&["GET /notes/*"]),
        &expect![[r#"
        + property-type-changed contoso.item size
        + property-type-changed contoso.part size
        - property-type-changed contoso.person size
        - property-type-changed contoso.stranger size
        + enum-member-removed contoso.kind b
        + closed-enum-member-added contoso.kind zzz
    "#]],
    );
}

#[test]
fn a_type_that_the_crate_has_its_own_for() {
    let pages = |of: &str, member: &str| {
        let size = format!("size|{of}");
        vec![
            ("resources/note.md", ty("note", None, &[&size, "part|part", "kind|kind"])),
            ("resources/part.md", ty("part", None, &[&size])),
            (
                "resources/kind.md",
                format!(
                    "# kind enum type\n\nNamespace: contoso\n\n## Members\n\n|Member|\n|:-|\n|{member}|\n"
                ),
            ),
            ("api/note-get.md", call("GET /notes/{id}", NO_BODY, "note")),
        ]
    };
    let of = |types: &[(&str, TypeChange)]| {
        let types = types.iter().map(|(types, change)| TypeOverride {
            types: (*types).to_owned(),
            change: change.clone(),
            origin: "docbind.toml:2".to_owned(),
            head: None,
            rank: crate::Rank::File,
        });
        let types: Vec<_> = types.collect();
        let filters = Filters::parse(&["/notes/*"], &[], &[]).expect("filters");
        Usage::of_crate(filters, None, &types)
    };
    let own = TypeChange::Replace("crate::Own".to_owned());
    let usage = of(&[
        ("note", own.clone()),
        ("Contoso.Kind", own.clone()),
        ("part", TypeChange::Rename("Piece".to_owned())),
    ]);
    let (base, head) = (pages("String", "a"), pages("Int32", "zzz"));
    let usage = usage.expect("types");
    check(
        &base,
        &head,
        &usage,
        &expect![[r#"
        - property-type-changed contoso.note size
        + property-type-changed contoso.part size
        - enum-member-removed contoso.kind a
        - closed-enum-member-added contoso.kind zzz
    "#]],
    );
    // That it is gone counts, for something named it.
    check(
        &base,
        &[base[1].clone(), base[2].clone(), base[3].clone()],
        &usage,
        &expect![[r#"
        + type-removed contoso.note 
    "#]],
    );
    let error = of(&[("a b", own)]).expect_err("a fault");
    assert!(error.to_string().starts_with("docbind.toml:2: `a b` is no type"), "{error}");
}

#[test]
fn what_is_gone_is_no_fault_of_the_filters() {
    let get = ("api/note-get.md", call("GET /notes/{id}", NO_BODY, "note"));
    let other = ("api/note-create.md", call("POST /notes", NO_BODY, "note"));
    let note = ("resources/note.md", ty("note", None, &["size|String"]));
    let (all, few) = (vec![get, other.clone(), note.clone()], vec![other, note]);
    let usage = include(&["GET /notes/*"]);
    check(
        &all,
        &few,
        &usage,
        &expect![[r#"
        - request-removed note-create 
        + operation-removed note-get 
    "#]],
    );
    check(
        &few,
        &all,
        &usage,
        &expect![[r#"
        - request-added note-create 
        + operation-added note-get 
    "#]],
    );
    let (base, head) = (api(&few), api(&few));
    let error = mark(&mut diff(&base, &head), &base, &head, &usage).expect_err("a fault");
    assert!(error.to_string().contains("include `GET /notes/*` matches nothing"), "{error}");
}

#[test]
fn paths_are_used_one_by_one() {
    let page = |lines: &str| {
        vec![
            ("resources/note.md", ty("note", None, &["size|String"])),
            ("api/note-get.md", call(lines, NO_BODY, "note")),
        ]
    };
    check(
        &page("GET /me/notes/{id}\nGET /users/{id}/notes/{id}\nGET /groups/{id}/notes/{id}"),
        &page("GET /me/notes/{id}\nGET /people/{id}/notes/{id}"),
        &include(&["/me/notes/*"]),
        &expect![[r#"
            - path-changed note-get /groups/{id}/notes/{id}
            - path-removed note-get /users/{id}/notes/{id}
        "#]],
    );
    check(
        &page("GET /me/notes/{id}\nGET /users/{id}/notes/{id}\nGET /groups/{id}/notes/{id}"),
        &page("GET /me/notes/{id}\nGET /people/{id}/notes/{id}"),
        &include(&["/users/**"]),
        &expect![[r#"
            - path-changed note-get /groups/{id}/notes/{id}
            + path-removed note-get /users/{id}/notes/{id}
        "#]],
    );
}

#[test]
fn a_type_that_is_renamed() {
    let pages = |name: &'static str| {
        let file = if name == "note" { "resources/note.md" } else { "resources/notes.md" };
        let rows = ["size|String", "text|String", "color|String"];
        let answer =
            call("GET /notes/{id}", NO_BODY, name).replace(&format!("resources/{name}.md"), file);
        vec![(file, ty(name, None, &rows)), ("api/note-get.md", answer)]
    };
    check(
        &pages("note"),
        &pages("notes"),
        &include(&["/notes/*"]),
        &expect![[r#"
        + type-renamed contoso.note 
    "#]],
    );
}

#[test]
fn an_operation_that_is_renamed() {
    let pages = |file: &'static str, text: &str| {
        let page = call("GET /notes/{id}\nGET /me/notes/{id}", NO_BODY, "note");
        let page = page.replace("It calls.", text);
        vec![("resources/note.md", ty("note", None, &["size|String"])), (file, page)]
    };
    let base = pages("api/note-get.md", "It calls.");
    let head = pages("api/note-show.md", "This API is deprecated.");
    check(
        &base,
        &head,
        &include(&["note-get"]),
        &expect![[r#"
            + operation-renamed note-get 
            + operation-deprecated note-show 
        "#]],
    );
    check(
        &base,
        &head,
        &include(&["note-show"]),
        &expect![[r#"
            + operation-renamed note-get 
            + operation-deprecated note-show 
        "#]],
    );
}

#[test]
fn a_version_that_neither_side_has() {
    let api = api(&[("v1.0/resources/note.md", ty("note", None, &["size|String"]))]);
    let usage = Usage { api_version: Some("beta".to_owned()), ..Usage::default() };
    let error = mark(&mut Diff::default(), &api, &api, &usage).expect_err("a fault");
    assert_eq!(error.to_string(), "neither side has the version `beta`, but `v1.0`");
}

#[test]
fn versions() {
    let pages = |of: &str| {
        let size = format!("size|{of}");
        let mut pages = Vec::new();
        for (resource, page) in [
            ("v1.0/resources/note.md", "v1.0/api/note-get.md"),
            ("beta/resources/note.md", "beta/api/note-get.md"),
        ] {
            pages.push((resource, ty("note", None, &[&size])));
            pages.push((page, call("GET /notes/{id}", NO_BODY, "note")));
        }
        pages
    };
    let (base, head) = (pages("String"), pages("Int32"));
    check(
        &base,
        &head,
        &include(&["beta: /notes/*"]),
        &expect![[r#"
        + beta property-type-changed contoso.note size
        - v1.0 property-type-changed contoso.note size
    "#]],
    );
    let usage = Usage { api_version: Some("v1.0".to_owned()), ..Usage::default() };
    check(
        &base,
        &head,
        &usage,
        &expect![[r#"
        - beta property-type-changed contoso.note size
        + v1.0 property-type-changed contoso.note size
    "#]],
    );
    // A version that is gone is used where something of it is.
    check(
        &base,
        &head[..2],
        &include(&["beta: /notes/*"]),
        &expect![[r#"
        + version-removed beta 
        - v1.0 property-type-changed contoso.note size
    "#]],
    );
    check(
        &base,
        &head[..2],
        &include(&["v1.0: /notes/*"]),
        &expect![[r#"
        - version-removed beta 
        + v1.0 property-type-changed contoso.note size
    "#]],
    );
}
