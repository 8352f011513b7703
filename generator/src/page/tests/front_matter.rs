use crate::diagnostic::{Parsed, render};
use crate::docs::Docs;
use crate::page::parse;
use expect_test::{Expect, expect};

#[track_caller]
fn check(text: &str, expected: &Expect) {
    let docs = Docs::from_texts([("api/a.md", text)]);
    let Parsed { value: page, diagnostics } = parse(&docs, &docs.files[0]);
    let show = |value: Option<&crate::span::Spanned<String>>| match value {
        Some(value) => format!("{:?} at `{}`", value.value, docs.text(value.span)),
        None => "none".to_string(),
    };
    let mut shown = format!(
        "title {}\ndescription {}\n",
        show(page.front_matter.title.as_ref()),
        show(page.front_matter.description.as_ref())
    );
    for text in page.sections.iter().flat_map(|section| &section.blocks) {
        shown += &super::show_block(text);
    }
    for diagnostic in &diagnostics {
        shown += &render::line(&docs, diagnostic);
        shown.push('\n');
    }
    expected.assert_eq(&shown);
}

#[test]
fn quoted_and_plain_values() {
    check(
        "---\ntitle: \"List: things\"\ndescription: All of them.\nms.prod:\n---\n# A\n",
        &expect![[r#"
            title "List: things" at `"List: things"`
            description "All of them." at `All of them.`
        "#]],
    );
    check(
        "---\ntitle: 'It''s'\ndescription: \"a \\\"b\\\"\"\n---\n# A\n",
        &expect![[r#"
        title "It's" at `'It''s'`
        description "a \"b\"" at `"a \"b\""`
    "#]],
    );
}

#[test]
fn folded_and_odd_values() {
    check(
        "---\ntitle: >\n  One\n  two\ndescription: 5\nlist: [a, b]\n---\n# A\n",
        &expect![[r#"
            title "One two" at `>`
            description "5" at `5`
        "#]],
    );
    check(
        "---\ntitle: [a]\ndescription: \"\"\n---\n# A\n",
        &expect![[r#"
        title none
        description "" at `""`
    "#]],
    );
}

#[test]
fn invalid_yaml_is_read_line_by_line() {
    check(
        "---\ntitle: Upload: large files\ndescription: \"x\n---\n# A\n",
        &expect![[r#"
            title "Upload: large files" at `Upload: large files`
            description "x" at `"x`
            warning[invalid-front-matter] api/a.md:2: the front matter is not YAML: mapping values are not allowed in this context
        "#]],
    );
    check(
        "---\ntitle: \"A\" description: \"B\" author: \"C\"\n---\n# A\n",
        &expect![[r#"
            title "A" at `"A" description: "B" author: "C"`
            description none
            warning[invalid-front-matter] api/a.md:2: the front matter is not YAML: did not find expected key
        "#]],
    );
    check(
        "---\ntitle: a\ntitle: b\n---\n# A\n",
        &expect![[r#"
            title "a" at `a`
            description none
            warning[invalid-front-matter] api/a.md:2: the front matter is not YAML: duplicate field `title`
        "#]],
    );
    check(
        "---\n\ttitle: a\n---\n# A\n",
        &expect![[r#"
            title none
            description none
            warning[invalid-front-matter] api/a.md:2: the front matter is not YAML: found character that cannot start any token
        "#]],
    );
}

#[test]
fn a_block_that_is_not_closed_ends_with_its_entries() {
    check(
        "---\ntitle: a\nms.date: 1\n\n# A\n\ntext\n",
        &expect![[r#"
        title "a" at `a`
        description none
        text text
        warning[invalid-front-matter] api/a.md:1: the front matter is not closed by `---`
    "#]],
    );
    check(
        "---\n",
        &expect![[r#"
        title none
        description none
        warning[invalid-front-matter] api/a.md:1: the front matter is not closed by `---`
        warning[missing-title] api/a.md:2: the page has neither a heading nor a title
    "#]],
    );
}

#[test]
fn pages_may_have_none() {
    check(
        "# A\n\n---\ntitle: no\n---\n",
        &expect![[r#"
        title none
        description none
    "#]],
    );
    check(
        "---\n---\n# A\n",
        &expect![[r#"
        title none
        description none
    "#]],
    );
}

#[test]
fn hostile_blocks_take_no_time() {
    let deep = format!("---\ntitle: \"a\"\nx: {}\n---\n# A\n", "[".repeat(10_000));
    check(
        &deep,
        &expect![[r#"
            title "a" at `"a"`
            description none
            warning[invalid-front-matter] api/a.md:4: the front matter is not YAML: did not find expected node content
        "#]],
    );
    let long = format!("---\ntitle: \"a\"\nx: {}\n---\n# A\n", "[".repeat(1_000_000));
    check(
        &long,
        &expect![[r#"
        title "a" at `"a"`
        description none
        warning[invalid-front-matter] api/a.md:1: the front matter has more than 16384 bytes
    "#]],
    );
}
