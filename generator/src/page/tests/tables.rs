use super::check;
use expect_test::expect;

#[test]
fn cells_keep_their_marks() {
    check(
        "# A\n\n|Property|Type|Description|\n|:---|:---:|---|\n|**id**|`String`|A [link](x.md), a \\| pipe.<br>Next. |\n",
        &expect![[r#"
            # A (a)
            table Property | Type | Description
              row {strong|id} | {code|String} | A {link x.md|link}, a | pipe.\nNext.
        "#]],
    );
}

#[test]
fn tables_without_outer_pipes() {
    check(
        "# A\n\n| Member\n|:----\n| low\n| high\n\nName | Type\n--- | ---\na | b\n",
        &expect![[r#"
            # A (a)
            table Member
              row low
              row high
            table Name | Type
              row a | b
        "#]],
    );
}

#[test]
fn tabs_in_a_delimiter_row() {
    check(
        "# A\n\n|a\t|b|\n|--\t|---\t\t|\n|x\t|y|\n",
        &expect![[r#"
        # A (a)
        table a | b
          row x | y
    "#]],
    );
}

#[test]
fn a_delimiter_row_with_too_many_columns() {
    check(
        "# A\n\n|a|b|\n|:--|:--|:--|\n|[x](x.md)|y|\n",
        &expect![[r#"
        # A (a)
        table a | b
          row {link x.md|x} | y
        warning[invalid-table] api/a.md:3: the row of dashes has not as many columns as the header
    "#]],
    );
}

#[test]
fn a_delimiter_row_with_too_few_columns() {
    check(
        "# A\n\n|a|b|\n|:--------|\n|x|y|\n",
        &expect![[r#"
        # A (a)
        table a | b
          row x | y
        warning[invalid-table] api/a.md:3: the row of dashes has not as many columns as the header
    "#]],
    );
    check(
        "# A\n\n|a|b|c|\n|--|\n|x|y|z|\n",
        &expect![[r#"
        # A (a)
        text |a|b|c| |--| |x|y|z|
        warning[invalid-table] api/a.md:3: these lines look like a table, but are none
    "#]],
    );
}

#[test]
fn rows_cut_by_a_line_break() {
    check(
        "# A\n\n|Property|Type|Description|\n|--|--|--|\n|a|String|One\ntwo [x](y.md).|\n|b|Str\ning|Three|\n|c|Int32|Four|\n",
        &expect![[r#"
            # A (a)
            table Property | Type | Description
              row a | String | One two {link y.md|x}.
              row b | Str ing | Three
              row c | Int32 | Four
            warning[split-row] api/a.md:6: a line break cuts a row of a table
            warning[split-row] api/a.md:8: a line break cuts a row of a table
        "#]],
    );
}

#[test]
fn rows_cut_by_a_blank_line() {
    check(
        "# A\n\n|Property|Type|Description|\n|--|--|--|\n|a|String|One.\n\nTwo.|\n|b|String|Three.|\n\n|c|String|Four.|\n",
        &expect![[r#"
            # A (a)
            table Property | Type | Description
              row a | String | One. Two.
              row b | String | Three.
              row c | String | Four.
            warning[split-row] api/a.md:5: a blank line cuts a table
            warning[split-row] api/a.md:10: a blank line cuts a table
        "#]],
    );
}

#[test]
fn two_tables_stay_apart() {
    check(
        "# A\n\n|a|b|\n|--|--|\n|1|2|\n\n|c|d|\n|--|--|\n|3|4|\n",
        &expect![[r#"
        # A (a)
        table a | b
          row 1 | 2
        table c | d
          row 3 | 4
    "#]],
    );
}

#[test]
fn a_cut_in_front_of_the_first_row() {
    check(
        "# A\n\n|a|b|\n|--|--|\nstray\n|1|2|\n",
        &expect![[r#"
        # A (a)
        table a | b
          row 1 | 2
        warning[split-row] api/a.md:5: text between the header of a table and its rows is left out
    "#]],
    );
}

#[test]
fn rows_that_label_a_group_are_dropped() {
    check(
        "# A\n\n|Property|Type|Description|\n|--|--|--|\n|**Group**|||\n|**Short**|\n|**id**|String||\n||||\n",
        &expect![[r#"
            # A (a)
            table Property | Type | Description
              row {strong|id} | String | 
        "#]],
    );
}

#[test]
fn surplus_and_missing_cells() {
    check(
        "# A\n\n|Property|Type|Description|\n|--|--|--|\n|a|String|One of x | y \\| z|\n|b|String|\n|c|String|d||\n",
        &expect![[r#"
            # A (a)
            table Property | Type | Description
              row a | String | One of x | y | z
              row b | String | 
              row c | String | d
            warning[surplus-cells] api/a.md:5: the row has more cells than the 3 of the header
            warning[missing-cells] api/a.md:6: the row has 2 cells, the header has 3
        "#]],
    );
}

#[test]
fn missing_cells_of_a_nameless_column_are_no_flaw() {
    check(
        "# A\n\n|a|b| |\n|--|--|--|\n|1|2|\n",
        &expect![[r#"
        # A (a)
        table a | b | 
          row 1 | 2 | 
    "#]],
    );
}

#[test]
fn tables_in_lists_and_quotes() {
    check(
        "# A\n\n- item\n\n  |a|b|\n  |--|--|\n  |1|2|\n\n> |c|d|\n> |--|--|\n> |3|4|\n",
        &expect![[r#"
            # A (a)
            item item
            table a | b
              row 1 | 2
            table c | d
              row 3 | 4
        "#]],
    );
}

#[test]
fn a_heading_or_fence_ends_a_table() {
    check(
        "# A\n\n|a|b|\n|--|--|\n|1|2|\n```http\nGET /x\n```\n|a|b|\n|--|--|\n|1|2|\n## B\n",
        &expect![[r##"
            # A (a)
            table a | b
              row 1 | 2
            code http "GET /x\n"
            table a | b
              row 1 | 2
            ## B (b)
        "##]],
    );
}
