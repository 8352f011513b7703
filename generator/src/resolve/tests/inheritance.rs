//! Bases, and rows that belong to them.

use std::fmt::Write;

use expect_test::{Expect, expect};

use super::{declarations, outline, resolve, type_pages};
use crate::resolve::inheritance::{Addressed, add_bases, settle};

#[track_caller]
fn check(types: &str, expected: &Expect) {
    let pages = declarations(&type_pages(types));
    expected.assert_eq(&outline(resolve(&pages)));
}

#[test]
fn rows_of_the_base_are_left_out() {
    check(
        "item\n  id: String\n  name: String\nnote: item\n  id: String\n  Name: String\n  text: String\n\
         memo: note\n  name: String\n  until: Date\n",
        &expect![[r#"
            complex desk.item
              id: Edm.String
              name: Edm.String
            complex desk.memo: desk.note
              until: Edm.Date
            complex desk.note: desk.item
              text: Edm.String
        "#]],
    );
}

#[test]
fn what_has_a_path_of_its_own_is_an_entity_with_all_that_extends_it() {
    let pages = declarations(&type_pages("item\n  id: String\nnote: item\nsize\n  width: Int32\n"));
    let mut resolved = resolve(&pages);
    let mut addressed = Addressed::default();
    addressed.add(&"desk.item".into(), true);
    settle(&mut resolved.types, &resolved.names, &addressed, &mut resolved.diagnostics);
    expect![[r#"
        entity desk.item
          id: Edm.String
        entity desk.note: desk.item
        complex desk.size
          width: Edm.Int32
    "#]]
    .assert_eq(&outline(resolved));
}

#[test]
fn circles_are_cut_once() {
    check(
        "a: b\nb: c\nc: a\nd: a\n",
        &expect![[r#"
        complex desk.a
        complex desk.b: desk.c
        complex desk.c: desk.a
        complex desk.d: desk.a
        cyclic-inheritance: `desk.a` extends `desk.b`, which extends `desk.a`, so its base is left out
    "#]],
    );
    check(
        "a: a\n",
        &expect![[r#"
        complex desk.a
        cyclic-inheritance: `desk.a` is said to extend itself, which is left out
    "#]],
    );
    check(
        "a: b\nb: a\nc: d\nd: c\n",
        &expect![[r#"
        complex desk.a
        complex desk.b: desk.a
        complex desk.c
        complex desk.d: desk.c
        cyclic-inheritance: `desk.a` extends `desk.b`, which extends `desk.a`, so its base is left out
        cyclic-inheritance: `desk.c` extends `desk.d`, which extends `desk.c`, so its base is left out
    "#]],
    );
}

#[test]
fn a_base_without_a_page() {
    check(
        "note: ghost\n  text: String\n",
        &expect![[r#"
        complex desk.note: desk.ghost
          text: Edm.String
        complex desk.ghost (shell)
        unknown-type: type `desk.ghost` is not documented
    "#]],
    );
}

#[test]
fn a_base_in_another_namespace() {
    check(
        "item\n  id: String\nroom.item: item\n  size: Int32\n",
        &expect![[r#"
        complex desk.item
          id: Edm.String
        complex desk.room.item: desk.item
          size: Edm.Int32
    "#]],
    );
}

#[test]
fn a_long_line_of_types() {
    let types = (0..500).fold(String::new(), |mut types, at| {
        writeln!(types, "t{at}: t{}", at + 1).expect("a string");
        types
    });
    let pages = declarations(&type_pages(&types));
    let resolved = resolve(&pages);
    assert!(resolved.types.is_a("desk.t0", "desk.t500"));
    assert!(!resolved.types.is_a("desk.t500", "desk.t0"));
    assert_eq!(resolved.types.ancestry("desk.t0").count(), 501);
}

#[test]
fn bases_that_are_found_later_make_no_circle() {
    let pages = declarations(&type_pages("a: b\nb\nc\n"));
    let mut types = resolve(&pages).types;
    let mut add =
        |name: &str, base: &str| add_bases(&mut types, vec![(name.into(), base.into())]).len();
    assert_eq!(add("desk.b", "desk.a"), 0, "it would be a circle");
    assert_eq!(add("desk.a", "desk.c"), 0, "it has a base");
    assert_eq!(add("desk.c", "desk.nothing"), 0, "there is no such type");
    assert_eq!(add("desk.c", "desk.c"), 0, "no type extends itself");
    assert_eq!(add("desk.b", "desk.c"), 1);
    assert!(types.is_a("desk.a", "desk.c"));
}
