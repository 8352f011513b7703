//! Enumerations whose members stand in several places: a table, the sentences of rows, or both.

use expect_test::{Expect, expect};

use crate::docs::{Edit, api, edited};
use crate::rules::check as check_both;

const NOTE: &str = "resources/note.md";
const BOOK: &str = "resources/book.md";
const ENUMS: &str = "resources/enums.md";

/// `level` has a table, `paper` only sentences.
const PAGES: [(&str, &str); 3] = [
    (
        NOTE,
        "\
# note resource type

Namespace: example

## Properties

|Property|Type|Description|
|:---|:---|:---|
|level|level|How soon it has to be read. The possible values are: `low`, `normal`, `high`.|
|paper|example.paper|What it is written on. The possible values are: `thin`, `glossy`.|
",
    ),
    (
        BOOK,
        "\
# book resource type

Namespace: example

## Properties

|Property|Type|Description|
|:---|:---|:---|
|level|level|How soon it sells. Possible values are: `low`, `normal`.|
|paper|example.paper|What it is printed on. The possible values are: `thin`, `glossy`.|
",
    ),
    (
        ENUMS,
        "\
# Enumerations

Namespace: example

### level values

|Member|
|:---|
|low|
|normal|
|high|
",
    ),
];

const HIGH: &str = "`low`, `normal`, `high`.";

/// What the diff says, forth and back, when the second edits follow the first.
#[track_caller]
fn check(base: &[Edit<'_>], head: &[Edit<'_>], expected: &Expect) {
    let base = edited(&PAGES, base);
    let texts: Vec<_> = base.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    check_both(&api(&texts), &api(&edited(&texts, head)), expected);
}

#[test]
fn a_value_is_added_to_a_sentence_beside_a_table() {
    check(
        &[],
        &[Edit::Replace(BOOK, "`low`, `normal`.", "`low`, `normal`, `urgent`.")],
        &expect![[r#"
            docs description-changed example.book [level]: How soon it sells. Possible values are: low, normal. → How soon it sells. Possible values are: low, normal, urgent.
                resources/book.md:9 → resources/book.md:9
            error closed-enum-member-added example.level [urgent]: · → urgent (wire)
                · → resources/book.md:9
            back:
            docs description-changed example.book [level]: How soon it sells. Possible values are: low, normal, urgent. → How soon it sells. Possible values are: low, normal.
                resources/book.md:9 → resources/book.md:9
            error enum-member-removed example.level [urgent]: urgent → · (wire)
                resources/book.md:9 → ·
        "#]],
    );
}

#[test]
fn an_enumeration_with_a_table_may_grow() {
    check(
        &[Edit::Replace(ENUMS, "|high|", "|high|\n|unknownFutureValue|")],
        &[Edit::Replace(NOTE, HIGH, "`low`, `normal`, `high`, `unknownFutureValue`, `urgent`.")],
        &expect![[r#"
            docs description-changed example.note [level]: How soon it has to be read. The possible values are: low, normal, high. → How soon it has to be read. The possible values are: low, normal, high, unknownFutureValue, urgent.
                resources/note.md:9 → resources/note.md:9
            info enum-member-added example.level [urgent]: · → urgent
                · → resources/note.md:9
            back:
            docs description-changed example.note [level]: How soon it has to be read. The possible values are: low, normal, high, unknownFutureValue, urgent. → How soon it has to be read. The possible values are: low, normal, high.
                resources/note.md:9 → resources/note.md:9
            error enum-member-removed example.level [urgent]: urgent → · (wire)
                resources/note.md:9 → ·
        "#]],
    );
}

#[test]
fn a_sentence_says_that_it_may_grow() {
    check(
        &[],
        &[Edit::Replace(
            NOTE,
            HIGH,
            "`low`, `normal`, `high`, `unknownFutureValue`. Note that you must use the `Prefer: \
             include-unknown-enum-members` request header to get the following value in this \
             [evolvable enum](/concepts): `archived`.",
        )],
        &expect![[r#"
            docs description-changed example.note [level]: How soon it has to be read. The possible values are: low, normal, high. → How soon it has to be read. The possible values are: low, normal, high, unknownFutureValue. Note that you must use the Prefer: include-unknown-enum-members request header to get the following value in this evolvable enum: archived.
                resources/note.md:9 → resources/note.md:9
            error closed-enum-member-added example.level [archived]: · → archived (wire)
                · → resources/note.md:9
            info enum-became-evolvable example.level [unknownFutureValue]: · → unknownFutureValue
                · → resources/note.md:9
            back:
            docs description-changed example.note [level]: How soon it has to be read. The possible values are: low, normal, high, unknownFutureValue. Note that you must use the Prefer: include-unknown-enum-members request header to get the following value in this evolvable enum: archived. → How soon it has to be read. The possible values are: low, normal, high.
                resources/note.md:9 → resources/note.md:9
            error enum-member-removed example.level [archived]: archived → · (wire)
                resources/note.md:9 → ·
            warning enum-became-closed example.level [unknownFutureValue]: unknownFutureValue → · (rust)
                resources/note.md:9 → ·
        "#]],
    );
}

#[test]
fn members_on_request_in_the_next_line_and_by_themselves() {
    check(
        &[],
        &[
            Edit::Replace(
                NOTE,
                "The possible values are: `thin`, `glossy`.",
                "The possible values are: `thin`, `glossy`. Use the `Prefer: \
                 include-unknown-enum-members` header for more of this evolvable enum,<br>for \
                 authors these are: `golden`, `silver`.",
            ),
            Edit::Replace(
                BOOK,
                "Possible values are: `low`, `normal`.",
                "Use the header `Prefer: include-unknown-enum-members` to get `urgent`. See `id`.",
            ),
        ],
        &expect![[r#"
            docs description-changed example.book [level]: How soon it sells. Possible values are: low, normal. → How soon it sells. Use the header Prefer: include-unknown-enum-members to get urgent. See id.
                resources/book.md:9 → resources/book.md:9
            docs description-changed example.note [paper]: What it is written on. The possible values are: thin, glossy. → What it is written on. The possible values are: thin, glossy. Use the Prefer: include-unknown-enum-members header for more of this evolvable enum,
            for authors these are: golden, silver.
                resources/note.md:10 → resources/note.md:10
            error closed-enum-member-added example.level [urgent]: · → urgent (wire)
                · → resources/book.md:9
            error closed-enum-member-added example.paper [golden]: · → golden (wire)
                · → resources/note.md:10
            error closed-enum-member-added example.paper [silver]: · → silver (wire)
                · → resources/note.md:10
            back:
            docs description-changed example.book [level]: How soon it sells. Use the header Prefer: include-unknown-enum-members to get urgent. See id. → How soon it sells. Possible values are: low, normal.
                resources/book.md:9 → resources/book.md:9
            docs description-changed example.note [paper]: What it is written on. The possible values are: thin, glossy. Use the Prefer: include-unknown-enum-members header for more of this evolvable enum,
            for authors these are: golden, silver. → What it is written on. The possible values are: thin, glossy.
                resources/note.md:10 → resources/note.md:10
            error enum-member-removed example.level [urgent]: urgent → · (wire)
                resources/book.md:9 → ·
            error enum-member-removed example.paper [golden]: golden → · (wire, rust)
                resources/note.md:10 → ·
            error enum-member-removed example.paper [silver]: silver → · (wire, rust)
                resources/note.md:10 → ·
        "#]],
    );
}

#[test]
fn a_slip_in_a_sentence_is_mended() {
    check(
        &[Edit::Replace(NOTE, HIGH, "`low`, `normall`, `high`.")],
        &[Edit::Replace(NOTE, "`normall`", "`normal`")],
        &expect![[r#"
            docs description-changed example.note [level]: How soon it has to be read. The possible values are: low, normall, high. → How soon it has to be read. The possible values are: low, normal, high.
                resources/note.md:9 → resources/note.md:9
            back:
            docs description-changed example.note [level]: How soon it has to be read. The possible values are: low, normal, high. → How soon it has to be read. The possible values are: low, normall, high.
                resources/note.md:9 → resources/note.md:9
        "#]],
    );
}

#[test]
fn a_value_of_sentences_is_spelled_otherwise() {
    check(
        &[Edit::Replace(NOTE, HIGH, "`low`, `normal`, `high`, `emergancy`.")],
        &[Edit::Replace(NOTE, "`emergancy`", "`emergency`")],
        &expect![[r#"
            docs description-changed example.note [level]: How soon it has to be read. The possible values are: low, normal, high, emergancy. → How soon it has to be read. The possible values are: low, normal, high, emergency.
                resources/note.md:9 → resources/note.md:9
            error enum-member-renamed example.level [emergancy]: emergancy → emergency (wire)
                resources/note.md:9 → resources/note.md:9
            back:
            docs description-changed example.note [level]: How soon it has to be read. The possible values are: low, normal, high, emergency. → How soon it has to be read. The possible values are: low, normal, high, emergancy.
                resources/note.md:9 → resources/note.md:9
            error enum-member-renamed example.level [emergency]: emergency → emergancy (wire)
                resources/note.md:9 → resources/note.md:9
        "#]],
    );
}

#[test]
fn case_alone_is_no_change() {
    check(
        &[Edit::Replace(NOTE, HIGH, "`low`, `normal`, `high`, `Urgent`.")],
        &[Edit::Replace(NOTE, "`low`, `normal`, `high`, `Urgent`", "`Low`, `Normal`, `urgent`")],
        &expect![[r#"
            docs description-changed example.note [level]: How soon it has to be read. The possible values are: low, normal, high, Urgent. → How soon it has to be read. The possible values are: Low, Normal, urgent.
                resources/note.md:9 → resources/note.md:9
            back:
            docs description-changed example.note [level]: How soon it has to be read. The possible values are: Low, Normal, urgent. → How soon it has to be read. The possible values are: low, normal, high, Urgent.
                resources/note.md:9 → resources/note.md:9
        "#]],
    );
}

#[test]
fn a_value_gets_a_row() {
    check(
        &[Edit::Replace(NOTE, HIGH, "`low`, `normal`, `high`, `urgent`.")],
        &[Edit::Replace(ENUMS, "|high|", "|high|\n|urgent|")],
        &expect![[r#"
            info enum-member-added example.level [urgent]: · → urgent
                · → resources/enums.md:12
            back:
            warning enum-member-removed example.level [urgent]: urgent → · (rust)
                resources/enums.md:12 → ·
        "#]],
    );
}

#[test]
fn the_row_of_a_member_goes_while_sentences_name_it() {
    check(
        &[],
        &[Edit::Replace(ENUMS, "|high|\n", "")],
        &expect![[r#"
            warning enum-member-removed example.level [high]: high → · (rust)
                resources/enums.md:11 → ·
            back:
            info enum-member-added example.level [high]: · → high
                · → resources/enums.md:11
        "#]],
    );
}

#[test]
fn one_of_several_sentences_names_a_value_more() {
    check(
        &[],
        &[Edit::Replace(NOTE, "`thin`, `glossy`.", "`thin`, `glossy`, `lined`.")],
        &expect![[r#"
            docs description-changed example.note [paper]: What it is written on. The possible values are: thin, glossy. → What it is written on. The possible values are: thin, glossy, lined.
                resources/note.md:10 → resources/note.md:10
            error closed-enum-member-added example.paper [lined]: · → lined (wire)
                · → resources/note.md:10
            back:
            docs description-changed example.note [paper]: What it is written on. The possible values are: thin, glossy, lined. → What it is written on. The possible values are: thin, glossy.
                resources/note.md:10 → resources/note.md:10
            error enum-member-removed example.paper [lined]: lined → · (wire, rust)
                resources/note.md:10 → ·
        "#]],
    );
}

#[test]
fn a_table_gets_another_heading() {
    check(
        &[],
        &[Edit::Replace(ENUMS, "### level values", "### urgency values")],
        &expect![[r#"
        error enum-renamed example.level: example.level → example.urgency (wire, rust)
            resources/enums.md:5 → resources/enums.md:5
        back:
        error enum-renamed example.urgency: example.urgency → example.level (wire, rust)
            resources/enums.md:5 → resources/enums.md:5
    "#]],
    );
}

#[test]
fn a_table_gets_another_heading_and_others_members() {
    check(
        &[],
        &[
            Edit::Replace(ENUMS, "### level values", "### grade values"),
            Edit::Replace(ENUMS, "|low|\n|normal|\n|high|\n", "|first|\n|second|\n"),
        ],
        &expect![[r#"
            info enum-added example.grade
                · → resources/enums.md:5
            back:
            error enum-removed example.grade (wire, rust)
                resources/enums.md:5 → ·
        "#]],
    );
}

#[test]
fn a_further_table_names_a_value_more() {
    check(
        &[Edit::Add(
            "resources/level.md",
            "# level enum type\n\nNamespace: example\n\n## Members\n\n|Member|\n|:-|\n|low|\n\
             |normal|\n|high|\n",
        )],
        &[Edit::Replace(ENUMS, "|high|", "|high|\n|urgent|")],
        &expect![[r#"
            error closed-enum-member-added example.level [urgent]: · → urgent (wire)
                · → resources/enums.md:12
            back:
            error enum-member-removed example.level [urgent]: urgent → · (wire)
                resources/enums.md:12 → ·
        "#]],
    );
}

#[test]
fn a_sentence_is_the_place_of_what_it_says() {
    // The first page that names the enumeration says nothing of it.
    check(
        &[Edit::Replace(BOOK, " Possible values are: `low`, `normal`.", "")],
        &[Edit::Replace(NOTE, HIGH, "`low`, `normal`, `high`, `unknownFutureValue`.")],
        &expect![[r#"
            docs description-changed example.note [level]: How soon it has to be read. The possible values are: low, normal, high. → How soon it has to be read. The possible values are: low, normal, high, unknownFutureValue.
                resources/note.md:9 → resources/note.md:9
            info enum-became-evolvable example.level [unknownFutureValue]: · → unknownFutureValue
                · → resources/note.md:9
            back:
            docs description-changed example.note [level]: How soon it has to be read. The possible values are: low, normal, high, unknownFutureValue. → How soon it has to be read. The possible values are: low, normal, high.
                resources/note.md:9 → resources/note.md:9
            warning enum-became-closed example.level [unknownFutureValue]: unknownFutureValue → · (rust)
                resources/note.md:9 → ·
        "#]],
    );
}
