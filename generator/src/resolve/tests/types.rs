//! One type out of the statements of several pages.

use expect_test::{Expect, expect};

use super::{declarations, outline, resolve, type_pages};

#[track_caller]
fn check(types: &str, expected: &Expect) {
    let pages = declarations(&type_pages(types));
    expected.assert_eq(&outline(resolve(&pages)));
}

#[test]
fn properties_and_relationships() {
    check(
        "note\n  id: String\n  text: String\n  marks: Int32 collection\n  owner -> user\n  \
         readers -> user collection\nuser\n  id: String\n",
        &expect![[r#"
            entity desk.note
              id: Edm.String
              text: Edm.String
              marks: Edm.Int32[]
              owner -> desk.user
              readers -> desk.user[]
            entity desk.user
              id: Edm.String
        "#]],
    );
}

/// What was dropped has been reported when the page was read.
#[test]
fn a_row_that_stands_twice() {
    check(
        "note\n  text: String\n  Text: String\n  text: Int32\n",
        &expect![[r#"
        complex desk.note
          text: Edm.String
    "#]],
    );
}

#[test]
fn a_word_that_is_no_type() {
    check(
        "note\n  text: persn\n  folder: [folder](folder.md)\n",
        &expect![[r#"
        complex desk.note
          text: Edm.Untyped
          folder: desk.folder
        complex desk.folder (shell)
        unknown-type: type `persn` is not documented
        unknown-type: type `desk.folder` is not documented
    "#]],
    );
}

#[test]
fn two_pages_about_one_type() {
    let mut pages = type_pages("note\n  text: String\n  size: Int32\n");
    let more = type_pages("note\n  text: String\n  size: Int64\n  color: String\n");
    pages.extend(more.into_iter().map(|(_, text)| ("resources/note-more.md".to_owned(), text)));
    expect![[r#"
        complex desk.note
          text: Edm.String
          size: Edm.Int32
          color: Edm.String
        contradictory-property: `size` is `Edm.Int64` here and `Edm.Int32` elsewhere
    "#]]
    .assert_eq(&outline(resolve(&declarations(&pages))));
}

#[test]
fn names_that_differ_only_by_their_namespace() {
    check(
        "note\n  a: room.note\nroom.note\n  b: note\n",
        &expect![[r#"
        complex desk.note
          a: desk.room.note
        complex desk.room.note
          b: desk.room.note
    "#]],
    );
}
