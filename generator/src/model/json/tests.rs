use std::env;
use std::io::Write as _;
use std::path::Path;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::model::{Api, ExampleBody, Method, OperationKind, TypeSources};

/// A small model with a bit of everything.
const WHOLE: &str = r#"{
  "format": 1,
  "api_version": "v1.0",
  "types": [
    {"name": "contoso.note", "kind": "entity", "base": "contoso.item", "abstract": false, "open": true,
     "key": ["id"], "alternate_keys": ["code"], "description": "A note.", "deprecated": "",
     "properties": [
       {"name": "text", "type": "Edm.String", "collection": false, "navigation": false,
        "nullable": true, "required": true, "read_only": true, "query_options": ["filter"]},
       {"name": "colour", "type": "contoso.colour"},
       {"name": "parts", "type": "contoso.note", "collection": true, "navigation": true,
        "source": {"file": "resources/note.md", "line": 9}}],
     "source": {"file": "resources/note.md", "line": 3},
     "fact_sources": {
       "annotation": {"file": "resources/note.md", "line": 12}, "name": {"file": "resources/note.md", "line": 13},
       "base": {"file": "resources/note.md", "line": 5}, "abstract": {"file": "resources/note.md", "line": 6},
       "open": {"file": "resources/note.md", "line": 14}, "key": {"file": "resources/note.md", "line": 15},
       "alternate_keys": {"code": {"file": "api/note-get.md", "line": 10}},
       "deprecated": {"file": "resources/note.md", "line": 7}}},
    {"name": "contoso.item", "kind": "complex", "documented": false, "properties": [],
     "source": {"file": "resources/item.md", "line": 1}}
  ],
  "enums": [
    {"name": "contoso.colour", "flags": true, "members": ["red", "blue"],
     "member_values": {"blue": 2}, "member_descriptions": [null, "Like the sea."],
     "listed": ["green", "grey"], "listed_sources": [{"file": "api/note-get.md", "line": 4}],
     "source": {"file": "resources/note.md", "line": 20}}
  ],
  "operations": [
    {"id": "note-get", "method": "GET", "paths": ["/notes/{id}", "/notes(code='{code}')"],
     "parameters": [{"name": "id", "in": "path", "type": "Edm.String", "required": true}],
     "responses": [{"status": 200, "type": "contoso.note", "collection": false}],
     "permissions": {"delegated_work": ["Notes.Read"]},
     "permissions_by": {"mine": {"application": ["A+B"]}},
     "examples": [
       {"name": "get", "line": 30,
        "request": {"method": "GET", "url": "https://contoso.com/notes/1", "headers": [["A", "b"]]},
        "response": {"status": 200, "line": 35, "type": "contoso.note", "collection": false,
                     "repaired": true, "body": {"text": "x", "numbers": [1, 2.5]}}}],
     "source": {"file": "api/note-get.md", "line": 10}},
    {"id": "note-archive", "method": "POST", "kind": "action", "paths": ["/notes/{id}/archive"],
     "request": {"properties": [{"name": "reason", "type": "Edm.String", "required": true}]},
     "responses": [{"status": 204}],
     "source": {"file": "api/note-archive.md", "line": 11}}
  ]
}"#;

fn read(text: &str) -> Api {
    Api::from_json(text).expect("a model that can be read")
}

/// That a model survives being written and read, and how long the text is.
#[track_caller]
fn round_trip(api: &Api) {
    let text = api.to_json();
    let mut again = read(&text);
    assert!(again.to_json() == text, "what was read is written otherwise");
    let operations = again.versions.iter_mut().flat_map(|model| &mut model.operations);
    let known = api.versions.iter().flat_map(|model| &model.operations);
    // JSON bodies are the same but for their layout; all else is equal.
    for (again, known) in operations.zip(known) {
        for (again, known) in again.examples.iter_mut().zip(&known.examples) {
            if let (Some(again), Some(known)) = (&mut again.request, &known.request) {
                settle(&mut again.body, known.body.as_ref());
            }
            if let (Some(again), Some(known)) = (&mut again.response, &known.response) {
                settle(&mut again.body, known.body.as_ref());
            }
        }
    }
    assert_eq!(again.profile, api.profile);
    for (again, known) in again.versions.iter().zip(&api.versions) {
        assert_eq!(again.types, known.types);
        assert_eq!(again.enums, known.enums);
        for (again, known) in again.operations.iter().zip(&known.operations) {
            assert_eq!(again, known);
        }
    }
    assert!(again == *api);
}

#[track_caller]
fn settle(again: &mut Option<ExampleBody>, known: Option<&ExampleBody>) {
    if let (Some(body), Some(known)) = (again.as_ref(), known)
        && body.is_same(known)
    {
        *again = Some(known.clone());
    }
}

#[track_caller]
fn refused(text: &str, expected: &Expect) {
    let error = Api::from_json(text).expect_err("a model that cannot be read");
    expected.assert_eq(&format!("{error}\n"));
}

#[track_caller]
fn replaced(from: &str, to: &str) -> String {
    assert!(WHOLE.contains(from), "{from}");
    WHOLE.replacen(from, to, 1)
}

#[test]
fn every_key_is_read() {
    let api = read(WHOLE);
    let model = &api.versions[0];
    assert_eq!(model.api_version.as_deref(), Some("v1.0"));
    let names: Vec<_> = model.types.iter().map(|ty| ty.name.as_str()).collect();
    assert_eq!(names, ["contoso.item", "contoso.note"], "sorted");
    let note = model.ty("contoso.note").expect("a type that can be looked up");
    assert_eq!(note.deprecated.as_deref(), Some(""));
    let [text, colour, parts] = note.properties.as_slice() else { panic!("three properties") };
    assert_eq!((text.is_nullable, text.is_required, text.is_read_only), (Some(true), true, true));
    assert_eq!((colour.source.line, parts.source.line), (3, 9));
    let colour = model.enum_("contoso.colour").expect("an enumeration");
    assert_eq!(colour.members[1].value, Some(2));
    assert_eq!(colour.members[1].description.as_deref(), Some("Like the sea."));
    let [green, grey] = colour.listed.as_slice() else { panic!("two values") };
    assert_eq!(
        (green.name.as_str(), &*green.source.file, green.source.line),
        ("green", "api/note-get.md", 4)
    );
    assert_eq!((grey.name.as_str(), grey.source.line), ("grey", 20));
    let [archive, get] = model.operations.as_slice() else { panic!("two operations") };
    assert_eq!((archive.kind, get.kind), (OperationKind::Action, OperationKind::Get));
    assert_eq!((get.method, get.name.as_str()), (Method::Get, "note-get"));
    assert_eq!(get.permissions_by[0].1.application, ["A+B"]);
    let response = get.examples[0].response.as_ref().expect("an answer");
    assert_eq!((response.source.line, &*response.source.file), (35, "api/note-get.md"));
    assert!(matches!(&response.body, Some(ExampleBody::Json { repaired: true, .. })));
    round_trip(&api);
}

#[test]
fn a_profile_that_is_not_written_is_what_names_have_in_common() {
    let profile = read(WHOLE).profile;
    assert_eq!((profile.root_namespace.as_str(), profile.base_entity), ("contoso", None));
}

#[test]
fn several_versions() {
    let plain = |version: &str| {
        replaced("\"v1.0\"", &format!("\"{version}\"")).replace("\"format\": 1,", "")
    };
    let text = format!(r#"{{"versions": [{}, {}], "format": 1}}"#, plain("beta"), plain("v1.0"));
    let api = read(&text);
    let versions: Vec<_> = api.versions.iter().flat_map(|model| &model.api_version).collect();
    assert_eq!(versions, ["v1.0", "beta"]);
    round_trip(&api);
    round_trip(&read(r#"{"format": 1, "versions": []}"#));
    let twice = format!(r#"{{"format": 1, "versions": [{}, {}]}}"#, plain("beta"), plain("beta"));
    refused(
        &twice,
        &expect![[r#"
        the model JSON has the version `beta` twice: write it anew with `docbind model --format json`
    "#]],
    );
}

#[test]
fn unknown_keys_are_passed_over_however_deep() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let text = replaced("\"kind\": \"entity\"", &format!("\"new\": {deep}, \"kind\": \"entity\""));
    assert!(read(&text) == read(WHOLE));
    // The body of an example is kept as it is, and written as text if it is too deep for JSON.
    let text = replaced("{\"text\": \"x\", \"numbers\": [1, 2.5]}", &deep);
    let written = read(&text).to_json();
    assert!(read(&written).to_json() == written);
    let deep = format!("{}{}", "[".repeat(126), "]".repeat(126));
    let text = replaced("{\"text\": \"x\", \"numbers\": [1, 2.5]}", &deep);
    let written = read(&text).to_json();
    assert!(!written.contains("[[["));
    assert!(read(&written).to_json() == written);
}

#[test]
fn bodies_of_any_kind() {
    for body in ["null", "\"text\"", "1.0000000000000002e-7", "12345678901234567890123", "[]"] {
        let text = replaced("{\"text\": \"x\", \"numbers\": [1, 2.5]}", body);
        let written = read(&text).to_json();
        assert!(written.contains("\"body\""), "{written}");
        assert!(read(&written).to_json() == written, "{body}");
    }
}

#[test]
fn facts_keep_their_places() {
    let text = WHOLE.replace(
        "\"responses\": [{\"status\": 204}],",
        "\"responses\": [{\"status\": 204}], \"deprecated\": \"\",
         \"deprecated_source\": {\"file\": \"api/note-archive.md\", \"line\": 5},",
    );
    for api in [read(&text), read(&read(&text).to_json())] {
        let model = &api.versions[0];
        let sources = &model.ty("contoso.note").expect("the type").sources;
        let lines = [
            &sources.annotation,
            &sources.name,
            &sources.base,
            &sources.is_abstract,
            &sources.is_open,
            &sources.key,
            &sources.deprecated,
            &model.operations[0].sections.deprecated,
        ];
        let lines = lines.map(|source| source.as_ref().map(|source| source.line));
        assert_eq!(lines, [12, 13, 5, 6, 14, 15, 7, 5].map(Some));
        assert_eq!(&*sources.alternate_keys["code"].file, "api/note-get.md");
        assert_eq!(model.ty("contoso.item").expect("the type").sources, TypeSources::default());
    }
}

#[test]
fn other_formats() {
    refused(
        &replaced("\"format\": 1", "\"format\": 2"),
        &expect![[r#"
        the model JSON is of format 2, and this docbind reads format 1: write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        &replaced("\"format\": 1", "\"format\": \"two\", \"types\": 3"),
        &expect![[r#"
        the model JSON is not as it should be (invalid type: string "two", expected u32; line 2, column 17): write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        &replaced("\"format\": 1,", ""),
        &expect![[r#"
            the model JSON is not as it should be (missing field `format`; line 46, column 1): write it anew with `docbind model --format json`
        "#]],
    );
    refused(
        "{}",
        &expect![[r#"
        the model JSON has neither `format` nor `types`, so that it is no model: write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        "[]",
        &expect![[r#"
        the model JSON is no object: write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        "\u{FEFF}  \n",
        &expect![[r#"
        the model JSON is empty: write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        "# A page\n",
        &expect![[r#"
        the model JSON is no JSON (expected value; line 1, column 1): write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        &format!("{WHOLE} {{}}"),
        &expect![[r#"
            the model JSON is no JSON (trailing characters; line 46, column 3): write it anew with `docbind model --format json`
        "#]],
    );
    refused(
        "{\"format\": 1, \"types\": [], \"enums\": []}",
        &expect![[r#"
        the model JSON is not as it should be (missing field `operations`): write it anew with `docbind model --format json`
    "#]],
    );
}

#[test]
fn text_that_is_cut_off() {
    refused(
        &WHOLE[..WHOLE.len() / 2],
        &expect![[r#"
            the model JSON is cut off (line 24, column 10): write it anew with `docbind model --format json`
        "#]],
    );
    for end in 0..WHOLE.len() {
        assert!(Api::from_json(&WHOLE[..end]).is_err(), "{end}");
    }
}

#[test]
fn wrong_kinds() {
    refused(
        &replaced("\"line\": 3}", "\"line\": -3}"),
        &expect![[r#"
        the model JSON is not as it should be (invalid value: integer `-3`, expected u32; line 13, column 55): write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        &replaced("\"entity\"", "\"thing\""),
        &expect![[r#"
        the model JSON is not as it should be (unknown kind of type `thing`, not `entity`, `complex`; line 5, column 44): write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        &replaced("\"Edm.String\"", "\"Edm.Text\""),
        &expect![[r#"
        the model JSON is not as it should be (unknown type `Edm.Text`; line 8, column 42): write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        &replaced("\"Edm.String\"", "7"),
        &expect![[r#"
        the model JSON is not as it should be (invalid type: integer `7`, expected a string; line 8, column 33): write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        &replaced("\"GET\"", "\"get\""),
        &expect![[r#"
            the model JSON is not as it should be (unknown method `get`, not `GET`, `POST`, `PUT`, `PATCH`, `DELETE`; line 30, column 38): write it anew with `docbind model --format json`
        "#]],
    );
    refused(
        &replaced("[\"red\", \"blue\"]", "{}"),
        &expect![[r#"
            the model JSON is not as it should be (invalid type: map, expected a sequence; line 24, column 57): write it anew with `docbind model --format json`
        "#]],
    );
    refused(
        &replaced("\"/notes/{id}\"", "\"notes and more\""),
        &expect![[r#"
            the model JSON is not as it should be (`notes and more` is no path that can be called; line 30, column 68): write it anew with `docbind model --format json`
        "#]],
    );
    refused(
        &replaced("{\"properties\": [", "{\"type\": \"x\", \"properties\": ["),
        &expect![[r#"
            the model JSON is not as it should be (a request has either `type` or `properties`; line 42, column 105): write it anew with `docbind model --format json`
        "#]],
    );
    refused(
        &replaced("\"status\": 200", "\"status\": 70000"),
        &expect![[r#"
            the model JSON is not as it should be (invalid value: integer `70000`, expected u16; line 32, column 35): write it anew with `docbind model --format json`
        "#]],
    );
    refused(
        &replaced("\"id\": \"note-get\", ", ""),
        &expect![[r#"
            the model JSON is not as it should be (missing field `id`; line 40, column 55): write it anew with `docbind model --format json`
        "#]],
    );
}

#[test]
fn references_that_lead_nowhere() {
    refused(
        &replaced("\"type\": \"contoso.colour\"", "\"type\": \"contoso.shape\""),
        &expect![[r#"
            the model JSON names the type `contoso.shape`, which it does not define (line 10, column 35): write it anew with `docbind model --format json`
        "#]],
    );
    refused(
        &replaced("\"base\": \"contoso.item\"", "\"base\": \"contoso.thing\""),
        &expect![[r#"
        the model JSON has no type `contoso.thing`, which `contoso.note` extends (line 5, column 56): write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        &replaced("\"base\": \"contoso.item\"", "\"base\": \"contoso.note\""),
        &expect![[r#"
        the model JSON has the type `contoso.note`, which extends itself (line 5, column 14): write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        &replaced("\"base\": \"contoso.item\"", "\"base\": \"contoso.colour\""),
        &expect![[r#"
            the model JSON has no type `contoso.colour`, which `contoso.note` extends (line 5, column 56): write it anew with `docbind model --format json`
        "#]],
    );
    refused(
        &replaced("\"name\": \"contoso.item\"", "\"name\": \"contoso.note\""),
        &expect![[r#"
        the model JSON defines `contoso.note` twice (line 5, column 14): write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        &replaced("\"note-archive\"", "\"note-get\""),
        &expect![[r#"
            the model JSON has two operations of the id `note-get` (line 30, column 12): write it anew with `docbind model --format json`
        "#]],
    );
}

#[test]
fn committed_docs_survive() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    round_trip(&crate::load(&docs, None).expect("the docs can be read").api);
}

#[test]
fn real_docs_survive() {
    let Some(root) = env::var_os("DOCBIND_GRAPH_DOCS") else {
        let line = "DOCBIND_GRAPH_DOCS is not set: no model of real pages is read\n";
        std::io::stderr().write_all(line.as_bytes()).expect("the terminal takes it");
        return;
    };
    round_trip(&crate::load(Path::new(&root), None).expect("the docs can be read").api);
}

/// Bytes and words that mean something in the text.
const TOKENS: [&str; 16] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    "null",
    "1e999",
    "\\u0000",
    "-1",
    "true",
    "\"Edm.X\"",
    "\"contoso.item\"",
    "\"/{\"",
    "\u{FFFD}",
];

proptest! {
    #[test]
    fn hostile_text_never_panics(
        edits in proptest::collection::vec((0..WHOLE.len(), 0..40_usize, 0..TOKENS.len()), 1..6)
    ) {
        let mut text = WHOLE.to_owned();
        for (at, length, token) in edits {
            let start = crate::span::floor_boundary(&text, at);
            let end = crate::span::floor_boundary(&text, at + length).max(start);
            text.replace_range(start..end, TOKENS[token]);
        }
        if let Ok(api) = Api::from_json(&text) {
            for model in &api.versions {
                for ty in &model.types {
                    prop_assert!(model.ancestry(&ty.name).count() >= 1);
                }
            }
            let written = api.to_json();
            prop_assert!(read(&written).to_json() == written);
        }
    }
}
