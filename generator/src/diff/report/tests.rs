//! Each form over one small diff, over everything that can happen, and over pages that mean harm.

mod html;
mod line;
mod sample;
mod sarif;

use expect_test::expect;

use super::{Compared, Pages, Side, markdown, to_github, to_json, to_markdown, to_text};
use crate::diagnostic::render::Style;
use crate::diff::{Diff, Level};
use sample::{HARMFUL, MODELS, every_rule, hostile, ignored, many, small};

fn without_docs(mut diff: Diff) -> Diff {
    diff.changes.retain(|change| change.level > Level::Docs);
    diff
}

/// The escapes and line feeds of a coloured text, for people to read.
fn escaped(text: &str) -> String {
    text.replace('\u{1b}', "ESC")
}

#[test]
fn text_is_for_people() {
    let sample = small();
    let diff = without_docs(sample.diff.clone());
    let text = to_text(&diff, &sample.compared(), Style::Plain);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    expect![[r#"
        operation DELETE /notes/{note-id} (note-delete)
          error[operation-removed]: the operation is gone
            wire: breaks, rust: breaks (major)
            base api/note-delete.md:10
            - DELETE /notes/{note-id}

        type example.notes.note
          error[property-type-changed]: property `importance` has another type:
            `Edm.String` → `Edm.Int32`
            wire: breaks, rust: breaks (major)
            base resources/note.md:12
            - |importance|String|How much it matters.|
            head resources/note.md:12
            + |importance|Int32|How much it matters.|
          error[property-type-changed]: property `size` has another type: `Edm.Int32` →
            `Edm.Int64`
            wire: breaks, rust: breaks (major)
            base resources/note.md:13
            - |size|Int32|How many characters the text has, counted without those at it…
            head resources/note.md:13
            + |size|Int64|How many characters the text has, counted without those at it…
          error[property-removed]: property `text` of type `Edm.String` is gone
            wire: breaks, rust: breaks (major)
            base resources/note.md:14
            - |text|String|What it says.|
            near resources/note.md:1
          info[property-added]: property `tags` of type `Collection(Edm.String)` is new
            wire: fine, rust: fine (minor)
            head resources/note.md:14
            + |tags|String collection|Words for finding it.|

        operation GET /notes/{note-id} (note-get)
          error[permission-raised]: delegated (work or school) permission `Notes.Read`,
            the least one, is not enough any more
            wire: breaks, rust: fine (patch)
            base api/note-get.md:11
            - |Delegated (work or school account)|Notes.Read, Notes.ReadWrite|
            near api/note-get.md:11
          info[permission-added]: application permission `Notes.ReadWrite.All` is
            enough, too
            wire: fine, rust: fine (patch)
            head api/note-get.md:12
            + |Application|Notes.Read.All, Notes.ReadWrite.All|

        main:docs → docs
        5 errors, 2 info; breaking on the wire: 5, in Rust: 4
        the generated crate needs a major version
    "#]]
    .assert_eq(&text);
}

#[test]
fn text_does_without_pages() {
    let mut diff = without_docs(small().diff);
    diff.changes.truncate(1);
    expect![[r#"
        ESC[1mtype example.notes.noteESC[0m
          ESC[1mESC[91merror[property-type-changed]ESC[0m: property ESC[1m`importance`ESC[0m has another type:
            ESC[1m`Edm.String`ESC[0m → ESC[1m`Edm.Int32`ESC[0m
        ESC[2m    wire: breaks, rust: breaks (major)ESC[0m
        ESC[2m    base resources/note.md:12ESC[0m
        ESC[2m    head resources/note.md:12ESC[0m

        base.json → head.json
        ESC[1mESC[91m1 errorESC[0m; breaking on the wire: 1, in Rust: 1
        the generated crate needs a major version
    "#]].assert_eq(&escaped(&to_text(&diff, &MODELS, Style::Coloured)));
    expect![[r#"
        base.json → head.json
        no change of the API
    "#]]
    .assert_eq(&to_text(&Diff::default(), &MODELS, Style::Plain));
}

#[test]
fn colour_takes_nothing_away() {
    let sample = small();
    let text = |style| to_text(&sample.diff, &sample.compared(), style);
    let coloured = text(Style::Coloured);
    let parts = coloured.split('\u{1b}').enumerate();
    let parts =
        parts.map(|(at, part)| if at == 0 { part } else { part.split_once('m').unwrap().1 });
    assert_eq!(parts.collect::<String>(), text(Style::Plain));
}

#[test]
fn text_of_harm_is_harmless() {
    let diff = hostile();
    let text = to_text(&diff, &HARMFUL, Style::Plain);
    for letter in ['\u{1b}', '\u{202e}', '\u{2066}', '\r', '\0'] {
        assert!(!text.contains(letter), "{letter:?}");
    }
    assert!(!text.contains("##["));
    for line in text.lines() {
        assert!(!line.trim_start().starts_with("::"), "{line}");
    }
}

#[test]
fn every_rule_has_a_sentence() {
    let diff = every_rule();
    for change in &diff.changes {
        let text = super::phrase::plain(change);
        assert!(!text.contains(['{', '}']), "{}: {text}", change.rule);
        assert!(text.starts_with(char::is_lowercase), "{}: {text}", change.rule);
    }
    let texts = [to_text(&diff, &MODELS, Style::Plain), to_markdown(&diff, &MODELS)];
    assert!(texts.iter().all(|text| !text.is_empty()));
}

#[test]
fn markdown_is_for_a_comment() {
    let sample = small();
    expect![[r#"
        ## Changes of the API

        From `main:docs` to `docs`, the generated crate needs a **major** version.

        |Level|Changes|Break callers (wire)|Break Rust code|
        |:--|--:|--:|--:|
        |error|5|5|4|
        |info|2|0|0|

        ### Breaking changes

        **operation** `DELETE /notes/{note-id}` (`note-delete`)

        - **error** the operation is gone — breaks wire and Rust, needs a major version, `operation-removed` — base `api/note-delete.md:10`

        <details>
        <summary>Rows</summary>

        ```diff
        @@ api/note-delete.md:10 @@
        - DELETE /notes/{note-id}
        ```

        </details>

        **type** `example.notes.note`

        - **error** property `importance` has another type: `Edm.String` → `Edm.Int32` — breaks wire and Rust, needs a major version, `property-type-changed` — base `resources/note.md:12`, head `resources/note.md:12`
        - **error** property `size` has another type: `Edm.Int32` → `Edm.Int64` — breaks wire and Rust, needs a major version, `property-type-changed` — base `resources/note.md:13`, head `resources/note.md:13`
        - **error** property `text` of type `Edm.String` is gone — breaks wire and Rust, needs a major version, `property-removed` — base `resources/note.md:14`, near `resources/note.md:1`

        <details>
        <summary>Rows</summary>

        ```diff
        @@ resources/note.md:12 → resources/note.md:12 @@
        - |importance|String|How much it matters.|
        + |importance|Int32|How much it matters.|
        @@ resources/note.md:13 → resources/note.md:13 @@
        - |size|Int32|How many characters the text has, counted without those at its end, which the service removes before it keeps the note.|
        + |size|Int64|How many characters the text has, counted without those at its end, which the service removes before it keeps the note.|
        @@ resources/note.md:14 @@
        - |text|String|What it says.|
        ```

        </details>

        **operation** `GET /notes/{note-id}` (`note-get`)

        - **error** delegated (work or school) permission `Notes.Read`, the least one, is not enough any more — breaks wire, needs a patch version, `permission-raised` — base `api/note-get.md:11`, near `api/note-get.md:11`

        <details>
        <summary>Rows</summary>

        ```diff
        @@ api/note-get.md:11 @@
        - |Delegated (work or school account)|Notes.Read, Notes.ReadWrite|
        ```

        </details>

        <details>
        <summary>2 changes that break nothing (info)</summary>

        **type** `example.notes.note`

        - **info** property `tags` of type `Collection(Edm.String)` is new — breaks nothing, needs a minor version, `property-added` — head `resources/note.md:14`

        <details>
        <summary>Rows</summary>

        ```diff
        @@ resources/note.md:14 @@
        + |tags|String collection|Words for finding it.|
        ```

        </details>

        **operation** `GET /notes/{note-id}` (`note-get`)

        - **info** application permission `Notes.ReadWrite.All` is enough, too — breaks nothing, needs a patch version, `permission-added` — head `api/note-get.md:12`

        <details>
        <summary>Rows</summary>

        ```diff
        @@ api/note-get.md:12 @@
        + |Application|Notes.Read.All, Notes.ReadWrite.All|
        ```

        </details>

        </details>
    "#]].assert_eq(&to_markdown(&sample.diff, &sample.compared()));
    expect![[r#"
        ## Changes of the API

        None from `base.json` to `head.json`.
    "#]]
    .assert_eq(&to_markdown(&Diff::default(), &MODELS));
}

#[test]
fn a_comment_that_is_too_long_loses_the_least_bad() {
    let diff = many(5_000);
    let text = to_markdown(&diff, &MODELS);
    assert!(text.len() <= 65_536 && text.len() > 60_000, "{}", text.len());
    assert!(text.contains("|error|2000|2000|2000|"), "{}", &text[..400]);
    let lines = |level: &str| text.lines().filter(|line| line.starts_with(level)).count();
    let errors = lines("- **error**");
    assert!(errors > 100 && lines("- **warning**") + lines("- **info**") == 0, "{errors}");
    let rest = format!("left out: {} errors, 1000 warnings, 1000 info, 1000 docs.", 2_000 - errors);
    assert!(text.ends_with(&format!("{rest}\n")), "{}", &text[text.len() - 200..]);

    let few = many(400);
    let text = to_markdown(&few, &MODELS);
    assert!(text.len() <= 65_536, "{}", text.len());
    assert_eq!(text.lines().filter(|line| line.starts_with("- **error**")).count(), 160);

    let sample = small();
    for most in (0..6_000).step_by(250) {
        let text = markdown::within(&sample.diff, &sample.compared(), most);
        // The summary is there whatever happens.
        assert!(text.len() <= most.max(600), "{most}: {}", text.len());
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }
}

#[test]
fn markdown_of_harm_is_harmless() {
    let mut diff = hostile();
    let changes = std::mem::take(&mut diff.changes);
    for change in changes {
        let rule = change.rule;
        diff.changes = vec![change];
        let text = to_markdown(&diff, &HARMFUL);
        check_markdown(&text).unwrap_or_else(|what| panic!("{rule}: {what} in\n{text}"));
    }
}

/// Whether what stands outside of code is ours alone.
fn check_markdown(text: &str) -> Result<(), String> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut in_fence = false;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_fence = true,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => in_fence = false,
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => return Err("a link".to_owned()),
            Event::Html(html) | Event::InlineHtml(html) => {
                let ours = ["<details>", "</details>", "<summary>", "</summary>"];
                let rest = ours.iter().fold(html.to_string(), |rest, tag| rest.replace(tag, ""));
                if rest.contains(['<', '>', '@', '&']) {
                    return Err(format!("{html:?}"));
                }
            }
            Event::Text(text) if !in_fence && text.contains(['@', '<', '!', '#']) => {
                return Err(format!("{text:?}"));
            }
            _ => {}
        }
    }
    Ok(())
}

#[test]
fn annotations_stand_on_lines_of_the_head() {
    let sample = small();
    let diff = without_docs(sample.diff.clone());
    expect![[r#"
        ::error title=operation-removed::operation DELETE /notes/{note-id} (note-delete): the operation is gone; breaks wire and Rust, needs a major version; before: api/note-delete.md:10
        ::error file=docs/resources/note.md,line=12,title=property-type-changed::type example.notes.note: property `importance` has another type: `Edm.String` → `Edm.Int32`; breaks wire and Rust, needs a major version; before: resources/note.md:12
        ::error file=docs/resources/note.md,line=13,title=property-type-changed::type example.notes.note: property `size` has another type: `Edm.Int32` → `Edm.Int64`; breaks wire and Rust, needs a major version; before: resources/note.md:13
        ::error file=docs/resources/note.md,line=1,title=property-removed::type example.notes.note: property `text` of type `Edm.String` is gone; breaks wire and Rust, needs a major version; before: resources/note.md:14
        ::error file=docs/api/note-get.md,line=11,title=permission-raised::operation GET /notes/{note-id} (note-get): delegated (work or school) permission `Notes.Read`, the least one, is not enough any more; breaks wire, needs a patch version; before: api/note-get.md:11
        ::notice file=docs/resources/note.md,line=14,title=property-added::type example.notes.note: property `tags` of type `Collection(Edm.String)` is new; breaks nothing, needs a minor version
        ::notice file=docs/api/note-get.md,line=12,title=permission-added::operation GET /notes/{note-id} (note-get): application permission `Notes.ReadWrite.All` is enough, too; breaks nothing, needs a patch version
    "#]].assert_eq(&to_github(&diff, &sample.compared(), "./docs/"));
}

#[test]
fn annotations_are_as_many_as_github_shows() {
    let text = to_github(&many(100), &MODELS, "");
    let lines = |start| text.lines().filter(|line| line.starts_with(start)).collect::<Vec<_>>();
    for (command, rest) in [
        ("::error ", "31 errors"),
        ("::warning ", "11 warnings"),
        ("::notice ", "11 info and 20 docs"),
    ] {
        let lines = lines(command);
        assert_eq!(lines.len(), 10);
        let last = format!("{command}title=docbind diff::{rest} left out");
        assert_eq!(lines[9], last);
    }
    let ten = Diff {
        changes: many(50).changes.into_iter().filter(|it| it.level == Level::Warning).collect(),
        ..Diff::default()
    };
    assert_eq!(to_github(&ten, &MODELS, "").lines().count(), 10);
}

#[test]
fn annotations_of_harm_are_harmless() {
    let mut diff = hostile();
    for change in std::mem::take(&mut diff.changes) {
        diff.changes = vec![change];
        let text = to_github(&diff, &HARMFUL, "a,b:c%");
        assert_eq!(text.lines().count(), 1, "{text}");
        let parts: Vec<_> = text.splitn(3, "::").collect();
        let [start, command, _] = parts.as_slice() else { panic!("a command: {text}") };
        assert_eq!(*start, "");
        let (_, properties) = command.split_once(' ').unwrap();
        let names: Vec<_> = properties.split(',').map(|it| it.split_once('=').unwrap().0).collect();
        assert_eq!(names, ["file", "line", "title"], "{text}");
        assert!(command.contains("file=a%2Cb%3Ac%25/<script>"), "{text}");
    }
}

#[test]
fn a_place_has_the_folder_of_its_version() {
    let page = |name: &str| {
        format!(
            "# note resource type\n\nNamespace: example.{name}\n\n## Properties\n\n|Property|Type|\n|:-|:-|\n|id|String|\n"
        )
    };
    let [one, two] = ["one", "two"].map(page);
    let docs = crate::docs::Docs::from_texts([
        ("v1.0/resources/note.md", &*one),
        ("beta/resources/note.md", &*two),
    ]);
    let source = crate::model::Source { file: "resources/note.md".into(), line: 3 };
    let line = |version| docs.row(Some(version), &source).unwrap().into_owned();
    assert_eq!(
        (line("v1.0"), line("beta")),
        ("Namespace: example.one".into(), "Namespace: example.two".into())
    );
    let mut diff = many(2);
    diff.changes.truncate(1);
    diff.changes[0].head = Some(source);
    diff.changes[0].version = Some("beta".into());
    let side = Side { name: "head", pages: Some(&docs) };
    for head in [side, Side { pages: None, ..side }] {
        let text = to_github(&diff, &Compared { base: MODELS.base, head }, "docs");
        assert!(text.starts_with("::notice file=docs/beta/resources/note.md,line=3,"), "{text}");
    }
}

#[test]
fn json_keeps_to_its_schema() {
    let schema = serde_json::from_str(include_str!("diff.schema.json")).unwrap();
    let validator = jsonschema::draft202012::options().build(&schema).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    let sample = small();
    for diff in [&sample.diff, &every_rule(), &hostile(), &Diff::default(), &ignored(hostile())] {
        let json: serde_json::Value = serde_json::from_str(&to_json(diff)).unwrap();
        let errors = validator.iter_errors(&json);
        let errors: Vec<_> =
            errors.map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        assert_eq!(json["changes"].as_array().unwrap().len(), diff.changes.len());
        assert_eq!(json["ignored"].as_array().unwrap().len(), diff.ignored.len());
    }
    // It says something: a key that is missing, a verdict that contradicts itself.
    let json: serde_json::Value = serde_json::from_str(&to_json(&sample.diff)).unwrap();
    for (pointer, value) in [
        ("/format", serde_json::json!(2)),
        ("/bump", serde_json::json!("huge")),
        ("/changes/0/rule", serde_json::json!("Property_removed")),
        ("/changes/0/breaking", serde_json::json!(false)),
        ("/changes/0/breaks", serde_json::json!(["wire"])),
        ("/changes/0/head", serde_json::json!("resources/note.md")),
        ("/changes/0", serde_json::json!({})),
        ("/ignored", json["changes"].clone()),
    ] {
        let mut wrong = json.clone();
        *wrong.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&wrong), "{pointer}");
    }
}
