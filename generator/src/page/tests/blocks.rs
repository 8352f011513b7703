use super::check;
use expect_test::expect;

#[test]
fn languages_are_compared_in_lower_case() {
    check(
        "# A\n\n```HTTP\na\n```\n``` json\nb\n```\n```\nc\n```\n~~~ msgraph-interactive x\nd\n~~~\n",
        &expect![[r##"
            # A (a)
            code http "a\n"
            code json "b\n"
            code  "c\n"
            code msgraph-interactive "d\n"
        "##]],
    );
}

#[test]
fn code_keeps_tabs_pipes_and_comments() {
    check(
        "# A\n\n```json\n{\n\t\"a\": 1, <!-- no -->\n|--\t|\n}\n```\n",
        &expect![[r##"
        # A (a)
        code json "{\n\t\"a\": 1, <!-- no -->\n|--\t|\n}\n"
    "##]],
    );
}

#[test]
fn fences_in_lists() {
    check(
        "# A\n\n- Text:\n  <!-- { \"blockType\": \"ignored\" } -->\n  ```http\n  GET /a\n    indented\n  ```\n\n1. x\n\n        ```http\n        GET /b\n        ```\n",
        &expect![[r##"
            # A (a)
            item Text:
            code {"blockType":"ignored"} http "GET /a\n  indented\n"
            item x
            code http " GET /b\n"
        "##]],
    );
}

#[test]
fn indented_code() {
    check(
        "# A\n\n    GET /a\n    GET /b\n",
        &expect![[r##"
        # A (a)
        code  "GET /a\nGET /b\n"
    "##]],
    );
}

#[test]
fn annotations_belong_to_the_next_fence() {
    check(
        "# A\n\n<!-- {\"blockType\": \"request\"} -->\n```http\nGET /a\n```\n\n\
         <!-- {\n  \"blockType\": \"response\"\n}\n-->\n\n\nA text.\n\n```http\nHTTP/1.1 200 OK\n```\n\n\
         <!-- {\"blockType\": \"example\"} -->\n\nOne.\n\nTwo.\n\n```json\n{}\n```\n",
        &expect![[r##"
            # A (a)
            code {"blockType":"request"} http "GET /a\n"
            text A text.
            code {"blockType":"response"} http "HTTP/1.1 200 OK\n"
            annotation {"blockType":"example"}
            text One.
            text Two.
            code json "{}\n"
        "##]],
    );
}

#[test]
fn annotations_without_a_fence_stay() {
    check(
        "# A\n\n<!-- {\"blockType\": \"ignored\"} -->\n|a|\n|--|\n|b|\n\n```http\nGET /a\n```\n\n<!-- {\"type\": \"#page.annotation\"} -->\n",
        &expect![[r##"
            # A (a)
            annotation {"blockType":"ignored"}
            table a
              row b
            code http "GET /a\n"
            annotation {"type":"#page.annotation"}
        "##]],
    );
}

#[test]
fn a_heading_or_tab_may_stand_behind_an_annotation() {
    check(
        "# A\n\n<!-- {\"blockType\": \"request\"} -->\n## B\n```http\nGET /a\n```\n<!-- {\"blockType\": \"response\"} -->\n# [HTTP](#tab/http)\n```http\nHTTP/1.1 200 OK\n```\n",
        &expect![[r##"
            # A (a)
            ## B (b)
            code {"blockType":"request"} http "GET /a\n"
            code {"blockType":"response"} http "HTTP/1.1 200 OK\n"
        "##]],
    );
}

#[test]
fn annotations_that_are_not_strict() {
    check(
        "# A\n\n<!-- {\n  \"blockType\": \"request\",\n  \"name\": \"x\",\n} // a remark -->\n```http\nGET /a\n```\n<!-- { \"blockType\": \"response\", isCollection: true, -->\n```http\nHTTP/1.1 200 OK\n```\n",
        &expect![[r##"
            # A (a)
            code {"blockType":"request","name":"x"} http "GET /a\n"
            code {"blockType":"response","isCollection":true} http "HTTP/1.1 200 OK\n"
            warning[invalid-annotation] api/a.md:6: the annotation is not strict JSON: trailing comma
            warning[invalid-annotation] api/a.md:10: the annotation is not strict JSON: key must be a string
        "##]],
    );
}

#[test]
fn remarks_behind_the_object_and_other_comments() {
    check(
        "# A\n\n<!-- { \"blockType\": \"ignored\" } // why -->\n```http\nGET /a\n```\n<!-- uuid: 1 -->\n<!-- markdownlint-disable MD041 -->\n<!-- a --> text <!-- b -->\n",
        &expect![[r##"
            # A (a)
            code {"blockType":"ignored"} http "GET /a\n"
            text text
        "##]],
    );
}

#[test]
fn annotations_in_running_text() {
    check(
        "# A\n\nText <!-- {\"blockType\": \"request\"} -->\n\n```http\nGET /a\n```\n",
        &expect![[r##"
            # A (a)
            text Text
            code {"blockType":"request"} http "GET /a\n"
        "##]],
    );
}

#[test]
fn comments_may_hold_headings_and_fences() {
    check(
        "# A\n\n<!--\n## B\n\n```http\nGET /a\n```\n-->\n\ntext\n",
        &expect![[r#"
        # A (a)
        text text
    "#]],
    );
}

#[test]
fn an_unclosed_comment_ends_with_its_json() {
    check(
        "# A\n\n<!-- {\n  \"blockType\": \"request\"\n}\n```http\nGET /a\n```\n\n## B\n",
        &expect![[r##"
            # A (a)
            code {"blockType":"request"} http "GET /a\n"
            ## B (b)
            warning[unclosed-comment] api/a.md:3: no `-->` closes this comment
        "##]],
    );
}

#[test]
fn an_unclosed_comment_ends_with_its_paragraph() {
    check(
        "# A\n\n<!-- a remark\nof two lines\n\n## B\n\n<!-- {\"a\": \n## C\n",
        &expect![[r#"
            # A (a)
            ## B (b)
            annotation {}
            ## C (c)
            warning[unclosed-comment] api/a.md:3: no `-->` closes this comment
            warning[unclosed-comment] api/a.md:8: no `-->` closes this comment
            warning[invalid-annotation] api/a.md:8: the annotation is not strict JSON: EOF while parsing a value
        "#]],
    );
    check(
        "# A\n\ntext\n\n<!--",
        &expect![[r#"
        # A (a)
        text text
        warning[unclosed-comment] api/a.md:5: no `-->` closes this comment
    "#]],
    );
}

#[test]
fn a_missing_fence_is_put_in_front_of_the_next_block() {
    check(
        "# A\n\n<!-- {\"blockType\": \"request\"} -->\n```http\nGET /a\n\n### Response\n\n<!-- {\"blockType\": \"response\"} -->\n```http\nHTTP/1.1 200 OK\n```\n\n[x][]\n\n[x]: y.md\n",
        &expect![[r##"
            # A (a)
            code {"blockType":"request"} http "GET /a\n\n"
            ### Response (response)
            code {"blockType":"response"} http "HTTP/1.1 200 OK\n"
            text {link y.md|x}
            warning[unclosed-fence] api/a.md:4: no fence closes this block
        "##]],
    );
    check(
        "# A\n\n```json\n{}\n```http\nGET /a\n```\n",
        &expect![[r##"
        # A (a)
        code json "{}\n"
        code http "GET /a\n"
        warning[unclosed-fence] api/a.md:3: no fence closes this block
    "##]],
    );
}

#[test]
fn a_fence_that_is_indented_too_far_still_closes() {
    check(
        "# A\n\n```http\nGET /a\n     ```\n\ntext\n\n```http\nGET /b\n```\n",
        &expect![[r##"
        # A (a)
        code http "GET /a\n"
        text text
        code http "GET /b\n"
        warning[unclosed-fence] api/a.md:3: no fence closes this block
    "##]],
    );
}

#[test]
fn an_unclosed_fence_at_the_end() {
    check(
        "# A\n\n```http\nGET /a\n",
        &expect![[r##"
        # A (a)
        code http "GET /a\n"
        warning[unclosed-fence] api/a.md:3: no fence closes this block
    "##]],
    );
    check(
        "# A\n\n```bash\n# a comment\nls\n\n## B\n\ntext\n",
        &expect![[r##"
        # A (a)
        code bash "# a comment\nls\n\n"
        ## B (b)
        text text
        warning[unclosed-fence] api/a.md:3: no fence closes this block
    "##]],
    );
    check(
        "# A\n\n```http",
        &expect![[r##"
        # A (a)
        code http ""
        warning[unclosed-fence] api/a.md:3: no fence closes this block
    "##]],
    );
}

#[test]
fn longer_fences_hold_shorter_ones() {
    check(
        "# A\n\n````json\n```http\n````\n",
        &expect![[r##"
        # A (a)
        code json "```http\n"
    "##]],
    );
}

#[test]
fn blocks_of_html_do_not_swallow_what_follows() {
    check(
        "# A\n\n<br/>\n## B\n\n<div>\nSome <b>text</b>\n```http\nGET /a\n```\n</div>\n\n<p>last</p>\n",
        &expect![[r##"
            # A (a)
            ## B (b)
            text Some text
            code http "GET /a\n"
            text last
        "##]],
    );
}
