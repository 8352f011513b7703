//! What paths hold, by the types and by what operations state.

use expect_test::{Expect, expect};

use super::{declarations, resolve, show, type_pages};
use crate::model::{Method, Segment, Target, TypeName, TypeRef};
use crate::resolve::names::Names;
use crate::resolve::paths::{Paths, Spot, Statement};

const TYPES: &str = "\
item
  id: String
note: item
  text: String
  size: size
  folder -> folder
  parts -> item collection
memo: note
  owner -> user
folder: item
  notes -> note collection
user: item
  name: String
size
  width: Int32
";

/// `METHOD path = type`, with the words `creates`, `acts` and `lists` behind it; then the paths that
/// are asked for.
#[track_caller]
fn check(statements: &[&str], paths: &[&str], expected: &Expect) {
    let pages = declarations(&type_pages(TYPES));
    let resolved = resolve(&pages);
    let parsed: Vec<_> =
        statements.iter().map(|text| Stated::parse(text, &resolved.names)).collect();
    let statements: Vec<_> = parsed.iter().map(Stated::statement).collect();
    let known = Paths::learn(&resolved.types, &resolved.names, Some("desk.item"), &statements);
    let lines = paths.iter().map(|path| {
        let walk = known.walk(&segments(path));
        let place = match &walk.spot {
            Spot::Root => "the root".to_owned(),
            Spot::Holds(ty) => show(ty),
            Spot::Lost(_) => "lost".to_owned(),
        };
        format!("{path} = {place} by {:?}\n", walk.step)
    });
    expected.assert_eq(&lines.collect::<String>());
}

struct Stated<'a> {
    method: Method,
    segments: Vec<Segment>,
    ty: Option<TypeRef>,
    words: Vec<&'a str>,
}

impl<'a> Stated<'a> {
    fn parse(text: &'a str, names: &Names) -> Self {
        let (method, rest) = text.split_once(' ').expect("a method");
        let method = match method {
            "GET" => Method::Get,
            "POST" => Method::Post,
            "PATCH" => Method::Patch,
            other => panic!("no method: {other}"),
        };
        let (path, rest) = rest.split_once(" = ").expect("a type");
        let mut words = rest.split(' ');
        let ty = words.next().filter(|ty| *ty != "?").map(|ty| {
            let name = names.word(ty.trim_end_matches("[]")).expect("a type of the docs");
            TypeRef { name: TypeName::Named(name), collection: ty.ends_with("[]") }
        });
        Self { method, segments: segments(path), ty, words: words.collect() }
    }

    fn statement(&self) -> Statement<'_> {
        let says = |word| self.words.contains(&word);
        Statement {
            method: self.method,
            segments: &self.segments,
            ty: self.ty.clone(),
            creates: says("creates"),
            acts: says("acts"),
            lists: says("lists"),
            shows_list: says("shows"),
            selects: says("selects"),
        }
    }
}

fn segments(path: &str) -> Vec<Segment> {
    Target::parse(path).expect("a path").template.segments
}

#[test]
fn entity_sets_are_learned() {
    check(
        &["GET /notes = note[] lists", "POST /folders = folder creates", "GET /me = user"],
        &["/notes", "/notes/{id}", "/folders/{id}", "/me", "/me/{id}", "/nothing"],
        &expect![[r#"
            /notes = desk.note[] by Navigation
            /notes/{id} = desk.note by Key
            /folders/{id} = desk.folder by Key
            /me = desk.user by Navigation
            /me/{id} = lost by Unknown
            /nothing = lost by Unknown
        "#]],
    );
}

#[test]
fn relationships_and_properties_come_from_the_types() {
    check(
        &["GET /notes = note[] lists"],
        &[
            "/notes/{id}/folder",
            "/notes/{id}/FOLDER/notes/{id}",
            "/notes/{id}/size",
            "/notes/{id}/size/width",
            "/notes/{id}/parts/{id}",
            // A collection has none of its elements' properties.
            "/notes/folder",
            "/notes/{id}/$value",
            "/notes/{id}/parts/$count",
        ],
        &expect![[r#"
            /notes/{id}/folder = desk.folder by Navigation
            /notes/{id}/FOLDER/notes/{id} = desk.note by Key
            /notes/{id}/size = desk.size by Property
            /notes/{id}/size/width = Edm.Int32 by Property
            /notes/{id}/parts/{id} = desk.item by Key
            /notes/folder = lost by Unknown
            /notes/{id}/$value = desk.note by Property
            /notes/{id}/parts/$count = desk.item[] by Property
        "#]],
    );
}

#[test]
fn what_the_only_derived_type_has() {
    check(
        &["GET /notes = note[] lists"],
        &["/notes/{id}/owner", "/notes/{id}/desk.memo/owner", "/notes/{id}/desk.user"],
        &expect![[r#"
            /notes/{id}/owner = desk.user by Navigation
            /notes/{id}/desk.memo/owner = desk.user by Navigation
            /notes/{id}/desk.user = desk.user by Cast
        "#]],
    );
}

#[test]
fn a_key_makes_a_collection_of_what_single_pages_say() {
    check(
        &["GET /box = note", "GET /box/{id} = note", "GET /lamp = note"],
        &["/box", "/box/{id}", "/lamp", "/lamp/{id}"],
        &expect![[r#"
            /box = desk.note[] by Navigation
            /box/{id} = desk.note by Key
            /lamp = desk.note by Navigation
            /lamp/{id} = lost by Unknown
        "#]],
    );
}

#[test]
fn pages_of_derived_types_share_the_path_of_their_base() {
    check(
        &["GET /all = memo[] lists", "GET /all = note[] lists"],
        &["/all", "/all/{id}"],
        &expect![[r#"
            /all = desk.note[] by Navigation
            /all/{id} = desk.note by Key
        "#]],
    );
    // What all entities extend is nothing that they have in common: most pages are right.
    check(
        &["GET /all = user[] lists", "GET /all = note[] lists", "POST /all = note creates"],
        &["/all"],
        &expect![[r#"
            /all = desk.note[] by Navigation
        "#]],
    );
}

#[test]
fn functions_and_actions() {
    check(
        &[
            "GET /notes = note[] lists",
            "GET /notes/{id}/near(width={width}) = note[]",
            "POST /notes/{id}/move = note acts",
        ],
        &[
            "/notes/{id}/near(width={width})",
            "/notes/{id}/near(width=5)",
            "/notes/{id}/move",
            "/notes/{id}/other()",
        ],
        &expect![[r#"
            /notes/{id}/near(width={width}) = desk.note[] by Learned
            /notes/{id}/near(width=5) = desk.note[] by Learned
            /notes/{id}/move = lost by Unknown
            /notes/{id}/other() = lost by Unknown
        "#]],
    );
}

#[test]
fn what_is_learned_of_a_type_holds_for_those_that_extend_it() {
    check(
        &[
            "GET /folders = folder[] lists",
            "GET /notes = note[] lists",
            "GET /notes/{id}/author = user",
        ],
        &["/notes/{id}/author", "/notes/{id}/desk.memo/author", "/folders/{id}/author"],
        &expect![[r#"
            /notes/{id}/author = desk.user by Learned
            /notes/{id}/desk.memo/author = desk.user by Learned
            /folders/{id}/author = lost by Unknown
        "#]],
    );
}

#[test]
fn a_word_that_no_page_states_is_guessed_by_its_type() {
    check(
        &[
            "GET /users/{id}/notes = note[] lists",
            "GET /odds/{id}/owner = user",
            "GET /ends/x = user",
        ],
        &["/users", "/users/{id}/notes/{id}/folder", "/odds/{id}", "/ends"],
        &expect![[r#"
            /users = desk.user[] by Navigation
            /users/{id}/notes/{id}/folder = desk.folder by Navigation
            /odds/{id} = desk.memo by Key
            /ends = lost by Unknown
        "#]],
    );
}
