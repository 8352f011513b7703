//! What a mention of a name means on a page.

use expect_test::{Expect, expect};

use super::{declarations, resolve, type_pages};
use crate::extract::{LinkTarget, Reference};
use crate::span::{FileId, Span};

/// `page: name` is a mention on the page of a type, `page: name > target` one with a link to
/// `resources/target.md`.
#[track_caller]
fn check(types: &str, mentions: &[&str], expected: &Expect) {
    let pages = declarations(&type_pages(types));
    let resolved = resolve(&pages);
    let lines = mentions.iter().map(|mention| {
        let (page, name) = mention.split_once(": ").expect("a page and a name");
        let (name, target) = name.split_once(" > ").unwrap_or((name, ""));
        let target = (!target.is_empty())
            .then(|| LinkTarget { page: format!("resources/{target}.md"), fragment: None });
        let reference =
            Reference { name: name.to_owned(), target, span: Span::new(FileId(0), 0, 0) };
        let key = format!("resources/{page}.md");
        let scope = resolved.scopes.iter().find(|scope| scope.key == key).expect("a page");
        let meant = resolved.names.reference(&reference, scope);
        format!("{mention} = {}\n", meant.as_deref().unwrap_or("nothing"))
    });
    expected.assert_eq(&lines.collect::<String>());
}

#[test]
fn a_word_in_a_namespace() {
    check(
        "note\nfolder\nroom.note\nroom.shelf\nroom.east.lamp\n",
        &[
            "folder: note",
            "room-shelf: note",
            // The namespaces around it, then the main one.
            "room.east-lamp: shelf",
            "room-shelf: folder",
            // Only one type has this name, wherever it stands.
            "folder: lamp",
            "folder: nothing",
        ],
        &expect![[r#"
            folder: note = desk.note
            room-shelf: note = desk.room.note
            room.east-lamp: shelf = desk.room.shelf
            room-shelf: folder = desk.folder
            folder: lamp = desk.room.east.lamp
            folder: nothing = nothing
        "#]],
    );
}

#[test]
fn a_word_that_two_distant_namespaces_have() {
    check(
        "note\nroom.lamp\nhall.lamp\n",
        &["note: lamp", "room-lamp: lamp"],
        &expect![[r#"
        note: lamp = nothing
        room-lamp: lamp = desk.room.lamp
    "#]],
    );
}

#[test]
fn full_names_in_any_case() {
    check(
        "note\nroom.note\n",
        &[
            "note: desk.room.note",
            "note: Desk.Room.NOTE",
            "room-note: desk.note",
            // The beginning is left out.
            "note: room.note",
            "note: elsewhere.note",
        ],
        &expect![[r#"
            note: desk.room.note = desk.room.note
            note: Desk.Room.NOTE = desk.room.note
            room-note: desk.note = desk.note
            note: room.note = desk.room.note
            note: elsewhere.note = nothing
        "#]],
    );
}

#[test]
fn a_link_and_its_text() {
    check(
        "note\nfolder\nroom.note\n",
        &[
            "folder: note > note",
            // The link tells which of two it is.
            "folder: note > room-note",
            // A text that names something known is what the author meant.
            "folder: folder > note",
            // One that names nothing is but a word for what the link leads to.
            "folder: memo > note",
            "folder: memo > nowhere",
        ],
        &expect![[r#"
            folder: note > note = desk.note
            folder: note > room-note = desk.room.note
            folder: folder > note = desk.folder
            folder: memo > note = desk.note
            folder: memo > nowhere = nothing
        "#]],
    );
}

#[test]
fn names_that_no_page_defines() {
    let pages = declarations(&type_pages(
        "note\n  a: [ghost](ghost.md)\n  b: desk.room.ghoul\n  c: spook\nroom.shelf\n  \
         d: [lamp](room-lamp.md)\n",
    ));
    let resolved = resolve(&pages);
    let shells = resolved.names.shells().into_iter();
    let shells = shells.map(|(name, source)| format!("{name} {}:{}\n", source.file, source.line));
    expect![[r#"
        desk.ghost resources/note.md:9
        desk.room.ghoul resources/note.md:10
        desk.room.lamp resources/room-shelf.md:9
    "#]]
    .assert_eq(&shells.collect::<String>());
}

#[test]
fn the_spelling_of_a_definition_counts_most() {
    check(
        "mailFolder\nnote\n  a: mailfolder\n  b: mailfolder\n  c: MailFolder\n",
        &["note: MAILFOLDER", "note: mailfolder"],
        &expect![[r#"
            note: MAILFOLDER = desk.mailFolder
            note: mailfolder = desk.mailFolder
        "#]],
    );
}
