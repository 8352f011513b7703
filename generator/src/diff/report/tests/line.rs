//! The form that `docbind watch` prints.

use expect_test::{Expect, expect};

use super::sample::{HARMFUL, MODELS, every_rule, hostile, small};
use crate::diff::report::{Compared, Side, to_lines};
use crate::diff::{Diff, diff};
use crate::docs::Docs;

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

/// The lines for the replacements in both pages.
#[track_caller]
fn check(replacements: &[(&str, &str)], expected: &Expect) {
    let docs = |replacements: &[(&str, &str)]| {
        let [note, create] = [NOTE, CREATE].map(|page| {
            replacements.iter().fold(page.to_owned(), |page, (old, new)| page.replace(old, new))
        });
        Docs::from_texts([("resources/note.md", &*note), ("api/note-post.md", &*create)])
    };
    let (base, head) = (docs(&[]), docs(replacements));
    let [old, new] = [&base, &head].map(|docs| crate::interpret(docs).value);
    let compared = Compared {
        base: Side { name: "before", pages: Some(&base) },
        head: Side { name: "now", pages: Some(&head) },
    };
    expected.assert_eq(&to_lines(&diff(&old, &new), &compared, 20));
}

#[test]
fn the_worst_is_first() {
    let sample = small();
    expect![[r#"
        - operation DELETE /notes/{note-id} is gone (was api/note-delete.md:10; error, breaks wire and Rust)
        ~ type example.notes.note: property `importance` has another type: `Edm.String` → `Edm.Int32` (resources/note.md:12; error, breaks wire and Rust)
        ~ type example.notes.note: property `size` has another type: `Edm.Int32` → `Edm.Int64` (resources/note.md:13; error, breaks wire and Rust)
        - type example.notes.note: property `text` of type `Edm.String` is gone (near resources/note.md:1; error, breaks wire and Rust)
        - operation GET /notes/{note-id}: delegated (work or school) permission `Notes.Read`, the least one, is not enough any more (near api/note-get.md:11; error, breaks wire)
        + type example.notes.note: property `tags` of type `Collection(Edm.String)` is new (resources/note.md:14)
        + operation GET /notes/{note-id}: application permission `Notes.ReadWrite.All` is enough, too (api/note-get.md:12)
    "#]].assert_eq(&to_lines(&sample.diff, &sample.compared(), 20));
    expect![[r#"
        - operation DELETE /notes/{note-id} is gone (was api/note-delete.md:10; error, breaks wire and Rust)
        ~ type example.notes.note: property `importance` has another type: `Edm.String` → `Edm.Int32` (resources/note.md:12; error, breaks wire and Rust)
        ~ type example.notes.note: property `size` has another type: `Edm.Int32` → `Edm.Int64` (resources/note.md:13; error, breaks wire and Rust)
        and 4 more: 2 errors and 2 info
    "#]].assert_eq(&to_lines(&sample.diff, &MODELS, 3));
    assert_eq!(to_lines(&Diff::default(), &MODELS, 0), "");
}

#[test]
fn text_alone_is_of_the_level_docs() {
    check(
        &[("What it says", "Its text"), ("A note.", "\nOne note.\n")],
        &expect![[r#"
        ~ type example.note: the description has another text (resources/note.md:1; docs)
        ~ type example.note: the description of `text` has another text (resources/note.md:13; docs)
    "#]],
    );
}

#[test]
fn types_and_their_parts() {
    check(
        &[
            ("|text|String|", "|text|Int32|"),
            ("|colour|colour|Which.|\n", "|colour|colour|Which.|\n|more|String collection|x|\n"),
            ("|blue|\n", "|green|\n"),
        ],
        &expect![[r#"
            ~ type example.note: property `text` has another type: `Edm.String` → `Edm.Int32` (resources/note.md:11; error, breaks wire and Rust)
            - enumeration example.colour: member `blue` is gone (near resources/note.md:15; error, breaks wire and Rust)
            + enumeration example.colour: member `green` is new in an enumeration that is not evolvable (resources/note.md:20; error, breaks wire)
            + type example.note: property `more` of type `Collection(Edm.String)` is new (resources/note.md:13)
        "#]],
    );
}

#[test]
fn what_belongs_to_a_renamed_type_goes_with_it() {
    check(
        &[("note resource type", "memo resource type")],
        &expect![[r#"
        ~ type example.note is renamed: `example.note` → `example.memo` (resources/note.md:1; error, breaks wire and Rust)
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
            ~ operation POST /me/notes: the path is another one: `POST /notes` → `POST /me/notes` (api/note-post.md:14; error, breaks wire and Rust)
            - operation POST /me/notes: application permission `Notes.Read` is not enough any more (near api/note-post.md:9; error, breaks wire)
            ~ operation POST /me/notes: the status of the response is another one: `201 example.note` → `202 example.note` (api/note-post.md:24; warning)
            + operation POST /users/{id}/notes: path `/users/{id}/notes` is new (api/note-post.md:15)
            + operation POST /me/notes: application permission `Notes.ReadWrite` is enough, too (api/note-post.md:9)
        "#]],
    );
    check(
        &[("POST /notes", "PUT /notes")],
        &expect![[r#"
        ~ operation PUT /notes: the method is another one: `POST` → `PUT` (api/note-post.md:14; error, breaks wire and Rust)
    "#]],
    );
}

#[test]
fn every_change_is_one_harmless_line() {
    for (diff, compared) in [(every_rule(), &MODELS), (hostile(), &HARMFUL)] {
        let text = to_lines(&diff, compared, usize::MAX);
        assert_eq!(text.lines().count(), diff.changes.len());
        assert!(text.lines().all(|line| line.starts_with(['+', '-', '~'])));
        for harm in ["\u{1b}", "\u{202e}", "\u{2066}", "\r", "\0", "##["] {
            assert!(!text.contains(harm), "{harm:?}");
        }
    }
}
