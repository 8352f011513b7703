use super::check;
use expect_test::expect;

#[test]
fn sections_follow_headings_of_any_level() {
    check(
        "Above.\n\n# List things\n\nNamespace: a.b\n\n## HTTP request\n\n### Request:\n\ntext\n",
        &expect![[r#"
            # List things (list-things)
            text Above.
            text Namespace: a.b
            ## HTTP request (http-request)
            ### Request: (request)
            text text
        "#]],
    );
}

#[test]
fn a_second_title_is_a_section() {
    check(
        "# One\n\na\n\n# Two\n\nb\n",
        &expect![[r#"
        # One (one)
        text a
        # Two (two)
        text b
    "#]],
    );
}

#[test]
fn headings_lose_their_markup() {
    check(
        "# The **bold** `code` [link](x.md) title\n",
        &expect![[r#"
        # The bold code link title (the-bold-code-link-title)
    "#]],
    );
}

#[test]
fn anchors_in_front_name_the_key() {
    check(
        "# <a name=\"list-things\"></a>Listar coisas\n\n\
         ## <a name=\"http-request-1\"></a>Solicitação HTTP\n\n\
         ## Permissões <a name=\"own\"></a>\n",
        &expect![[r#"
            # Listar coisas (list-things)
            ## Solicitação HTTP (http-request)
            ## Permissões (permissions)
        "#]],
    );
}

#[test]
fn texts_fold_white_space_and_keep_marks() {
    check(
        "# A\n\nSee  **bold\n`code`** and\t[the *link*](../x.md#y).  \nEnd &lt;&amp;&nbsp; \\_x\\| ~~old~~.\n",
        &expect![[r#"
            # A (a)
            text See {strong|bold {code|code}} and {link ../x.md#y|the {emphasis|link}}.\nEnd <& _x| old.
        "#]],
    );
}

#[test]
fn html_breaks_lines_and_other_tags_go() {
    check(
        "# A\n\nOne<br>two<br/><br />three <b>four</b><ul><li>five</li></ul> Collection<Edm.String> {<id>}\n",
        &expect![[r#"
            # A (a)
            text One\ntwo\nthree four\nfive\nCollection<Edm.String> {<id>}
        "#]],
    );
}

#[test]
fn reference_links_are_resolved_from_the_end_of_the_page() {
    check(
        "# A\n\n[user][], [the user][user], [nobody][], [nobody]\n\n[user]: user.md\n",
        &expect![[r#"
            # A (a)
            text {link user.md|user}, {link user.md|the user}, [nobody][], [nobody]
        "#]],
    );
}

#[test]
fn lists_and_quotes_say_what_holds_a_text() {
    check(
        "# A\n\n- one\n- two\n  more\n\n  second\n  > quoted\n\n> [!NOTE]\n> Careful.\n\n1. first\n   - inner\n",
        &expect![[r#"
            # A (a)
            item one
            item two more
            item second
            quote quoted
            quote Careful.
            item first
            item inner
        "#]],
    );
}

#[test]
fn images_stand_for_their_description() {
    check(
        "# A\n\n![A drawing](x.png) text\n",
        &expect![[r#"
        # A (a)
        text A drawing text
    "#]],
    );
}

#[test]
fn only_the_http_tab_is_kept() {
    check(
        "# A\n\n### Request\n\n# [HTTP](#tab/http)\n<!-- {\"blockType\": \"request\"} -->\n```http\nGET /a\n```\n\n\
         # [C#](#tab/csharp)\n[!INCLUDE [sample-code](../includes/snippets/csharp/a.md)]\nText.\n```csharp\nvar x;\n```\n\n---\n\nBehind.\n\n### Response\n",
        &expect![[r##"
            # A (a)
            ### Request (request)
            code {"blockType":"request"} http "GET /a\n"
            text Behind.
            ### Response (response)
        "##]],
    );
}

#[test]
fn a_group_without_an_http_tab_ends_as_well() {
    check(
        "# A\n\n```http\nGET /a\n```\n\n# [Java](#tab/java)\n[!INCLUDE [s](../includes/snippets/x.md)]\n---\n\nBehind.\n",
        &expect![[r##"
            # A (a)
            code http "GET /a\n"
            text Behind.
        "##]],
    );
}

#[test]
fn tabs_that_nothing_ends_end_with_the_next_heading() {
    check(
        "# A\n\n### Request\n# [HTTP](#tab/http)\n```http\nGET /a\n```\n# [C#](#tab/csharp)\nSample.\n\n### Response\n\nText.\n",
        &expect![[r##"
            # A (a)
            ### Request (request)
            code http "GET /a\n"
            ### Response (response)
            text Text.
            warning[unclosed-tabs] api/a.md:11: no `---` line ends the language tabs in front of this
        "##]],
    );
}

#[test]
fn a_message_in_another_tab_ends_the_tabs() {
    check(
        "# A\n\n# [C#](#tab/csharp)\nSample.\n\n<!-- {\"blockType\": \"response\"} -->\n```http\nHTTP/1.1 200 OK\n```\n",
        &expect![[r##"
            # A (a)
            code {"blockType":"response"} http "HTTP/1.1 200 OK\n"
            warning[unclosed-tabs] api/a.md:7: no `---` line ends the language tabs in front of this
        "##]],
    );
}

#[test]
fn underlined_headings_are_headings() {
    check(
        "# A\n\nTitle\n=====\n\nSub\n---\n\ntext\n",
        &expect![[r#"
        # A (a)
        # Title (title)
        ## Sub (sub)
        text text
    "#]],
    );
}

#[test]
fn a_page_without_title_is_reported() {
    check(
        "Only text.\n",
        &expect![[r#"
        #  ()
        text Only text.
        warning[missing-title] api/a.md:1: the page has neither a heading nor a title
    "#]],
    );
    check(
        "",
        &expect![[r#"
        #  ()
        warning[missing-title] api/a.md:1: the page has neither a heading nor a title
    "#]],
    );
}
