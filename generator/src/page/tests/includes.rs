use super::check_docs;
use expect_test::expect;

const TABLE: &str = "---\nms.topic: include\n---\n\n|Permission type|Least privileged permissions|\n|:--|:--|\n|Application|A.Read|\n";

#[test]
fn tables_of_permissions_are_spliced_in() {
    check_docs(
        &[
            (
                "v1.0/api/a.md",
                "# A\n\n## Permissions\n\n<!-- { \"blockType\": \"permissions\", \"name\": \"a\" } -->\n[!INCLUDE [permissions-table](../includes/permissions/a.md)]\n\n## B\n",
            ),
            ("v1.0/includes/permissions/a.md", TABLE),
        ],
        &expect![[r##"
            # A (a)
            ## Permissions (permissions)
            annotation {"blockType":"permissions","name":"a"}
            table Permission type | Least privileged permissions
              row Application | A.Read
            ## B (b)
        "##]],
    );
}

#[test]
fn spans_lie_in_the_include() {
    let docs = crate::docs::Docs::from_texts([
        ("api/a.md", "# A\n\n[!INCLUDE [t](../includes/t.md)]\n"),
        ("includes/t.md", TABLE),
    ]);
    let page = super::parse(&docs, &docs.files[0]).value;
    let super::Block::Table(table) = &page.sections[0].blocks[0] else {
        panic!("{page:?}");
    };
    assert_eq!(docs.text(table.rows[0].span), "|Application|A.Read|");
    assert_eq!(docs.source(table.rows[0].span), ("includes/t.md".into(), 7));
}

#[test]
fn text_around_an_include_stays_in_order() {
    check_docs(
        &[
            (
                "api/a.md",
                "# A\n\nBefore [!INCLUDE [x](../includes/x.md)] between\n[!INCLUDE [x](../includes/x.md)]\nafter.\n",
            ),
            ("includes/x.md", "Included.\n"),
        ],
        &expect![[r#"
            # A (a)
            text Before
            text Included.
            text between
            text Included.
            text after.
        "#]],
    );
}

#[test]
fn samples_and_disclaimers_are_not_missed() {
    check_docs(
        &[(
            "api/a.md",
            "# A\n\n[!INCLUDE [beta](../../includes/beta-disclaimer.md)]\n\n[!INCLUDE [sample-code](../includes/snippets/go/properties.md)]\n",
        )],
        &expect![[r#"
            # A (a)
        "#]],
    );
}

#[test]
fn missing_facts_are_reported() {
    check_docs(
        &[(
            "api/a.md",
            "# A\n\n<!-- {\"blockType\": \"permissions\"} -->\n[!INCLUDE [x](../includes/x.md)]\n\n[!INCLUDE [y](../includes/rbac.md)]\n\n[!INCLUDE [z](../includes/property-table.md)]\n",
        )],
        &expect![[r##"
            # A (a)
            annotation {"blockType":"permissions"}
            warning[missing-include] api/a.md:4: the include `../includes/x.md` is missing
            warning[missing-include] api/a.md:8: the include `../includes/property-table.md` is missing
        "##]],
    );
}

#[test]
fn includes_outside_the_docs_are_refused() {
    check_docs(
        &[("api/a.md", "# A\n\n[!INCLUDE [x](../../../etc/passwd)]\n")],
        &expect![[r#"
        # A (a)
        warning[outside-docs] api/a.md:3: the include `../../../etc/passwd` lies outside the docs
    "#]],
    );
}

#[test]
fn an_include_that_includes_itself_is_read_once() {
    check_docs(
        &[
            ("api/a.md", "# A\n\n[!INCLUDE [x](../includes/x.md)]\n"),
            ("includes/x.md", "X\n\n[!INCLUDE [y](y.md)]\n"),
            ("includes/y.md", "Y\n\n[!INCLUDE [x](x.md)]\n\n[!INCLUDE [a](../api/a.md)]\n"),
        ],
        &expect![[r#"
            # A (a)
            text X
            text Y
            warning[include-cycle] includes/y.md:3: `includes/x.md` includes itself
            warning[include-cycle] includes/y.md:5: `api/a.md` includes itself
        "#]],
    );
}

#[test]
fn includes_in_cells_are_text_of_the_cell() {
    check_docs(
        &[
            (
                "api/a.md",
                "# A\n\n|a|b|\n|--|--|\n|id|Text. [!INCLUDE [x](../includes/x.md)] More.|\n",
            ),
            ("includes/x.md", "X\n"),
        ],
        &expect![[r#"
            # A (a)
            table a | b
              row id | Text. X More.
        "#]],
    );
}

#[test]
fn an_include_may_hold_sections_and_end_tabs_of_its_own() {
    check_docs(
        &[
            ("api/a.md", "# A\n\n[!INCLUDE [x](../includes/x.md)]\n\nBehind.\n"),
            ("includes/x.md", "## B\n\n# [C#](#tab/csharp)\nSample.\n"),
        ],
        &expect![[r#"
            # A (a)
            ## B (b)
            text Behind.
        "#]],
    );
}

#[test]
fn includes_in_code_are_code() {
    check_docs(
        &[("api/a.md", "# A\n\n```http\n[!INCLUDE [x](../includes/permissions.md)]\n```\n")],
        &expect![[r##"
            # A (a)
            code http "[!INCLUDE [x](../includes/permissions.md)]\n"
        "##]],
    );
}
