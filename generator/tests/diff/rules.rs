//! A pair of docs for each rule, read in both directions.

use std::collections::BTreeSet;

use docbind::diff::{Change, Rule, diff};
use docbind::model::{
    Api, Model, Operation, OperationKind, RequestBody, Type, TypeKind, TypeName, TypeRef,
};
use expect_test::{Expect, expect};

use crate::docs::Edit::{self, Add, Move, Remove, Replace};
use crate::docs::{
    CHANGE, CHANGED, COLOR, CREATE, GET, ITEM, NOTE, PAGES, SHAPE, SHARE, SHEET, TAG, api, edited,
};
use crate::shown::line;

const MEMO: &str = "\
# memo resource type

Namespace: example

## Properties

|Property|Type|Description|
|:---|:---|:---|
|body|String|The whole of it.|
";

const SPEED: &str = "\
# speed enum type

Namespace: example

## Members

|Member|Description|
|:---|:---|
|slow|Like a snail.|
|fast|Like a hare.|
";

const DELETE: &str = "\
# Delete note

Namespace: example

## HTTP request

```http
DELETE /notes/{id}
```

## Response

If successful, this method returns a `204 No Content` response code.
";

const USER_GET: &str = "\
# Get note of a user

Namespace: example

## HTTP request

```http
GET /users/{id}/notes/{id}
```

## Response

If successful, this method returns a `200 OK` response code and a [note](../resources/note.md) object in the response body.
";

/// The rule that a case is for, what is edited, and what the diff says of it, forth and back.
type Case = (Rule, Vec<Edit<'static>>, Expect);

#[expect(clippy::too_many_lines, reason = "one case after the other")]
fn cases() -> Vec<Case> {
    vec![
        (
            Rule::TypeAdded,
            vec![Add("resources/memo.md", MEMO)],
            expect![[r#"
            info type-added example.memo: · → complex
                · → resources/memo.md:1
            back:
            error type-removed example.memo: complex → · (wire, rust)
                resources/memo.md:1 → ·
        "#]],
        ),
        (
            Rule::TypeRenamed,
            vec![
                Move(TAG, "resources/label.md", "tag resource type", "label resource type"),
                Replace(NOTE, "[tag](tag.md)", "[label](label.md)"),
            ],
            expect![[r#"
                error type-renamed example.tag: example.tag → example.label (wire, rust)
                    resources/tag.md:1 → resources/label.md:1
                back:
                error type-renamed example.label: example.label → example.tag (wire, rust)
                    resources/label.md:1 → resources/tag.md:1
            "#]],
        ),
        // Other words, a row less, another page: what named the one names the other.
        (
            Rule::TypeRenamed,
            vec![
                Move(TAG, "resources/label.md", "tag resource type", "label resource type"),
                Replace(
                    "resources/label.md",
                    "A word by which things are found.",
                    "What it is filed under.",
                ),
                Replace("resources/label.md", "|isShared|Boolean|Whether others see it.|\n", ""),
                Replace(NOTE, "[tag](tag.md)", "[label](label.md)"),
            ],
            expect![[r#"
                docs description-changed example.label: A word by which things are found. → What it is filed under.
                    resources/tag.md:1 → resources/label.md:1
                error property-removed example.label [isShared]: Edm.Boolean → · (wire, rust)
                    resources/tag.md:13 → ·
                error type-renamed example.tag: example.tag → example.label (wire, rust)
                    resources/tag.md:1 → resources/label.md:1
                back:
                error type-renamed example.label: example.label → example.tag (wire, rust)
                    resources/label.md:1 → resources/tag.md:1
                docs description-changed example.tag: What it is filed under. → A word by which things are found.
                    resources/label.md:1 → resources/tag.md:1
                info property-added example.tag [isShared]: · → Edm.Boolean
                    · → resources/tag.md:13
            "#]],
        ),
        (
            Rule::BaseAdded,
            vec![Replace(
                TAG,
                "A word by which things are found.",
                "A word by which things are found.\n\nInherits from [item](item.md).",
            )],
            expect![[r#"
                info base-added example.tag: · → example.item
                    resources/tag.md:1 → resources/tag.md:7
                back:
                error base-removed example.tag: example.item → · (wire, rust)
                    resources/tag.md:7 → resources/tag.md:1
            "#]],
        ),
        (
            Rule::BaseChanged,
            vec![Replace(SHEET, "[note](note.md)", "[tag](tag.md)")],
            expect![[r#"
                error base-changed example.sheet: example.note → example.tag (wire, rust)
                    resources/sheet.md:7 → resources/sheet.md:7
                back:
                error base-changed example.sheet: example.tag → example.note (wire, rust)
                    resources/sheet.md:7 → resources/sheet.md:7
            "#]],
        ),
        (
            Rule::BaseDeepened,
            vec![Replace(SHEET, "[note](note.md)", "[item](item.md)")],
            expect![[r#"
                error base-changed example.sheet: example.note → example.item (wire, rust)
                    resources/sheet.md:7 → resources/sheet.md:7
                back:
                info base-deepened example.sheet: example.item → example.note
                    resources/sheet.md:7 → resources/sheet.md:7
            "#]],
        ),
        (
            Rule::TypeBecameAbstract,
            vec![Replace(
                ITEM,
                "Something with an id.",
                "Something with an id. This is an abstract type.",
            )],
            expect![[r#"
                error type-became-abstract example.item: false → true (wire)
                    resources/item.md:1 → resources/item.md:5
                docs description-changed example.item: Something with an id. → Something with an id. This is an abstract type.
                    resources/item.md:1 → resources/item.md:1
                back:
                info type-became-concrete example.item: true → false
                    resources/item.md:5 → resources/item.md:1
                docs description-changed example.item: Something with an id. This is an abstract type. → Something with an id.
                    resources/item.md:1 → resources/item.md:1
            "#]],
        ),
        (
            Rule::TypeOpened,
            vec![Replace(ITEM, "\"openType\": false", "\"openType\": true")],
            expect![[r#"
                info type-opened example.item: false → true
                    resources/item.md:16 → resources/item.md:16
                back:
                info type-closed example.item: true → false
                    resources/item.md:16 → resources/item.md:16
            "#]],
        ),
        (
            Rule::AlternateKeyAdded,
            vec![Replace(
                GET,
                "GET /users/{id}/notes/{id}\n",
                "GET /users/{id}/notes/{id}\nGET /notes(text='{text}')\n",
            )],
            expect![[r#"
                info alternate-key-added example.note [text]: · → text
                    · → api/note-get.md:18
                info path-added note-get [/notes(text='{text}')]: · → GET /notes(text='{text}')
                    · → api/note-get.md:18
                back:
                error alternate-key-removed example.note [text]: text → · (wire)
                    api/note-get.md:18 → ·
                error path-removed note-get [/notes(text='{text}')]: GET /notes(text='{text}') → · (wire, rust)
                    api/note-get.md:18 → ·
            "#]],
        ),
        (
            Rule::TypeDeprecated,
            vec![Replace(NOTE, "# note resource type", "# note resource type (deprecated)")],
            expect![[r#"
                warning type-deprecated example.note: false → true
                    resources/note.md:1 → resources/note.md:1
                back:
                info type-undeprecated example.note: true → false
                    resources/note.md:1 → resources/note.md:1
            "#]],
        ),
        (
            Rule::PropertyAdded,
            vec![Replace(TAG, "|weight|", "|origin|String|Who thought of it first.|\n|weight|")],
            expect![[r#"
                info property-added example.tag [origin]: · → Edm.String
                    · → resources/tag.md:12
                back:
                error property-removed example.tag [origin]: Edm.String → · (wire, rust)
                    resources/tag.md:12 → ·
            "#]],
        ),
        (
            Rule::RequiredPropertyAdded,
            vec![Replace(
                TAG,
                "|weight|",
                "|origin|String|Who thought of it first. Required.|\n|weight|",
            )],
            expect![[r#"
                error required-property-added example.tag [origin]: · → Edm.String (wire, rust)
                    · → resources/tag.md:12
                back:
                error property-removed example.tag [origin]: Edm.String → · (wire, rust)
                    resources/tag.md:12 → ·
            "#]],
        ),
        (
            Rule::NonNullablePropertyAdded,
            vec![Replace(
                TAG,
                "|weight|",
                "|origin|String|Who thought of it first. Not nullable.|\n|weight|",
            )],
            expect![[r#"
                error non-nullable-property-added example.tag [origin]: · → Edm.String (wire)
                    · → resources/tag.md:12
                back:
                error property-removed example.tag [origin]: Edm.String → · (wire, rust)
                    resources/tag.md:12 → ·
            "#]],
        ),
        (
            Rule::PropertyRenamed,
            vec![Replace(TAG, "|weight|", "|wieght|")],
            expect![[r#"
            error property-renamed example.tag [weight]: weight → wieght (wire, rust)
                resources/tag.md:12 → resources/tag.md:12
            back:
            error property-renamed example.tag [wieght]: wieght → weight (wire, rust)
                resources/tag.md:12 → resources/tag.md:12
        "#]],
        ),
        (
            Rule::PropertyTypeChanged,
            vec![Replace(NOTE, "|text|String|", "|text|Int64|")],
            expect![[r#"
                error property-type-changed example.note [text]: Edm.String → Edm.Int64 (wire, rust)
                    resources/note.md:13 → resources/note.md:13
                back:
                error property-type-changed example.note [text]: Edm.Int64 → Edm.String (wire, rust)
                    resources/note.md:13 → resources/note.md:13
            "#]],
        ),
        (
            Rule::PropertyTypeStated,
            vec![Remove(COLOR)],
            expect![[r#"
                warning property-type-stated example.note [shade]: example.color → color (rust)
                    resources/note.md:14 → resources/note.md:14
                error enum-removed example.color (wire, rust)
                    resources/color.md:1 → ·
                warning parameter-type-stated note-share body [marker]: example.color → color (rust)
                    api/note-share.md:21 → api/note-share.md:21
                back:
                warning property-type-stated example.note [shade]: color → example.color (rust)
                    resources/note.md:14 → resources/note.md:14
                info enum-added example.color
                    · → resources/color.md:1
                warning parameter-type-stated note-share body [marker]: color → example.color (rust)
                    api/note-share.md:21 → api/note-share.md:21
            "#]],
        ),
        (
            Rule::PropertyMoved,
            vec![
                Replace(NOTE, "|text|String|What it says.|\n", ""),
                Replace(
                    ITEM,
                    "|createdDateTime|",
                    "|text|String|What it says.|\n|createdDateTime|",
                ),
            ],
            expect![[r#"
                info property-added example.item [text]: · → Edm.String
                    · → resources/item.md:12
                docs property-moved example.note [text]: example.note → example.item
                    resources/note.md:13 → resources/item.md:12
                back:
                error property-removed example.item [text]: Edm.String → · (wire, rust)
                    resources/item.md:12 → ·
                docs property-moved example.note [text]: example.item → example.note
                    resources/item.md:12 → resources/note.md:13
            "#]],
        ),
        (
            Rule::PropertyBecameRequired,
            vec![Replace(NOTE, "What it says.", "What it says. Required.")],
            expect![[r#"
                error property-became-required example.note [text]: false → true (wire, rust)
                    resources/note.md:13 → resources/note.md:13
                docs description-changed example.note [text]: What it says. → What it says. Required.
                    resources/note.md:13 → resources/note.md:13
                back:
                warning property-became-optional example.note [text]: true → false (rust)
                    resources/note.md:13 → resources/note.md:13
                docs description-changed example.note [text]: What it says. Required. → What it says.
                    resources/note.md:13 → resources/note.md:13
            "#]],
        ),
        (
            Rule::PropertyBecameNonNullable,
            vec![Replace(NOTE, "What it says.", "What it says. Not nullable.")],
            expect![[r#"
                warning property-became-non-nullable example.note [text]: · → false
                    resources/note.md:13 → resources/note.md:13
                docs description-changed example.note [text]: What it says. → What it says. Not nullable.
                    resources/note.md:13 → resources/note.md:13
                back:
                warning property-became-nullable example.note [text]: false → ·
                    resources/note.md:13 → resources/note.md:13
                docs description-changed example.note [text]: What it says. Not nullable. → What it says.
                    resources/note.md:13 → resources/note.md:13
            "#]],
        ),
        (
            Rule::PropertyNullabilityStated,
            vec![Replace(NOTE, "What it says.", "What it says. Nullable.")],
            expect![[r#"
                docs property-nullability-stated example.note [text]: · → true
                    resources/note.md:13 → resources/note.md:13
                docs description-changed example.note [text]: What it says. → What it says. Nullable.
                    resources/note.md:13 → resources/note.md:13
                back:
                docs property-nullability-stated example.note [text]: true → ·
                    resources/note.md:13 → resources/note.md:13
                docs description-changed example.note [text]: What it says. Nullable. → What it says.
                    resources/note.md:13 → resources/note.md:13
            "#]],
        ),
        (
            Rule::PropertyBecameReadOnly,
            vec![Replace(NOTE, "What it says.", "What it says. Read-only.")],
            expect![[r#"
                error property-became-read-only example.note [text]: false → true (wire, rust)
                    resources/note.md:13 → resources/note.md:13
                docs description-changed example.note [text]: What it says. → What it says. Read-only.
                    resources/note.md:13 → resources/note.md:13
                back:
                info property-became-writable example.note [text]: true → false
                    resources/note.md:13 → resources/note.md:13
                docs description-changed example.note [text]: What it says. Read-only. → What it says.
                    resources/note.md:13 → resources/note.md:13
            "#]],
        ),
        (
            Rule::PropertyBecameStructural,
            vec![
                Replace(
                    NOTE,
                    "|tags|[tag](tag.md) collection|By which it is found.|\n",
                    "|next|[note](note.md)|Which follows.|\n",
                ),
                Replace(
                    NOTE,
                    "|text|String|",
                    "|tags|[tag](tag.md) collection|By which it is found.|\n|text|String|",
                ),
            ],
            expect![[r#"
                docs order-changed example.note
                    resources/note.md:1 → resources/note.md:1
                info property-added example.note [next]: · → example.note
                    · → resources/note.md:24
                error property-became-structural example.note [tags]: true → false (wire, rust)
                    resources/note.md:23 → resources/note.md:13
                back:
                docs order-changed example.note
                    resources/note.md:1 → resources/note.md:1
                error property-removed example.note [next]: example.note → · (wire, rust)
                    resources/note.md:24 → ·
                error property-became-navigation example.note [tags]: false → true (wire, rust)
                    resources/note.md:13 → resources/note.md:23
            "#]],
        ),
        (
            Rule::PropertyQueryOptionAdded,
            vec![Replace(NOTE, "What it says.", "What it says. Supports `$filter`.")],
            expect![[r#"
                info property-query-option-added example.note [text]: · → $filter
                    resources/note.md:13 → resources/note.md:13
                docs description-changed example.note [text]: What it says. → What it says. Supports $filter.
                    resources/note.md:13 → resources/note.md:13
                back:
                warning property-query-option-removed example.note [text]: $filter → ·
                    resources/note.md:13 → resources/note.md:13
                docs description-changed example.note [text]: What it says. Supports $filter. → What it says.
                    resources/note.md:13 → resources/note.md:13
            "#]],
        ),
        (
            Rule::PropertyDeprecated,
            vec![Replace(
                NOTE,
                "What it says.",
                "What it says. This property is deprecated and will be removed.",
            )],
            expect![[r#"
                warning property-deprecated example.note [text]: false → true
                    resources/note.md:13 → resources/note.md:13
                docs description-changed example.note [text]: What it says. → What it says. This property is deprecated and will be removed.
                    resources/note.md:13 → resources/note.md:13
                back:
                info property-undeprecated example.note [text]: true → false
                    resources/note.md:13 → resources/note.md:13
                docs description-changed example.note [text]: What it says. This property is deprecated and will be removed. → What it says.
                    resources/note.md:13 → resources/note.md:13
            "#]],
        ),
        (
            Rule::EnumAdded,
            vec![Add("resources/speed.md", SPEED)],
            expect![[r#"
            info enum-added example.speed
                · → resources/speed.md:1
            back:
            error enum-removed example.speed (wire, rust)
                resources/speed.md:1 → ·
        "#]],
        ),
        (
            Rule::EnumRenamed,
            vec![
                Move(COLOR, "resources/colour.md", "color enum type", "colour enum type"),
                Replace(NOTE, "|shade|color|", "|shade|colour|"),
            ],
            expect![[r#"
                error enum-renamed example.color: example.color → example.colour (wire, rust)
                    resources/color.md:1 → resources/colour.md:1
                warning parameter-type-stated note-share body [marker]: example.color → color (rust)
                    api/note-share.md:21 → api/note-share.md:21
                back:
                error enum-renamed example.colour: example.colour → example.color (wire, rust)
                    resources/colour.md:1 → resources/color.md:1
                warning parameter-type-stated note-share body [marker]: color → example.color (rust)
                    api/note-share.md:21 → api/note-share.md:21
            "#]],
        ),
        (
            Rule::EnumFlagsChanged,
            vec![Replace(COLOR, "|blue|3|", "|blue|4|")],
            expect![[r#"
            error enum-flags-changed example.color: false → true (wire, rust)
                resources/color.md:1 → resources/color.md:1
            warning enum-member-value-changed example.color [blue]: 3 → 4
                resources/color.md:13 → resources/color.md:13
            back:
            error enum-flags-changed example.color: true → false (wire, rust)
                resources/color.md:1 → resources/color.md:1
            warning enum-member-value-changed example.color [blue]: 4 → 3
                resources/color.md:13 → resources/color.md:13
        "#]],
        ),
        (
            Rule::EnumMemberAdded,
            vec![Replace(SHAPE, "|square|", "|flat|Like a sheet.|\n|square|")],
            expect![[r#"
                info enum-member-added example.shape [flat]: · → flat
                    · → resources/shape.md:12
                back:
                error enum-member-removed example.shape [flat]: flat → · (wire, rust)
                    resources/shape.md:12 → ·
            "#]],
        ),
        (
            Rule::ClosedEnumMemberAdded,
            vec![Replace(COLOR, "|blue|", "|black|4|As the night.|\n|blue|")],
            expect![[r#"
                error closed-enum-member-added example.color [black]: · → black (wire)
                    · → resources/color.md:13
                back:
                error enum-member-removed example.color [black]: black → · (wire, rust)
                    resources/color.md:13 → ·
            "#]],
        ),
        (
            Rule::EnumBecameEvolvable,
            vec![Replace(
                COLOR,
                "|blue|",
                "|unknownFutureValue|5|One that is not known yet.|\n|blue|",
            )],
            expect![[r#"
                info enum-became-evolvable example.color [unknownFutureValue]: · → unknownFutureValue
                    · → resources/color.md:13
                back:
                warning enum-became-closed example.color [unknownFutureValue]: unknownFutureValue → · (rust)
                    resources/color.md:13 → ·
            "#]],
        ),
        (
            Rule::EnumMemberRenamed,
            vec![Replace(COLOR, "|blue|", "|azure|")],
            expect![[r#"
            error enum-member-renamed example.color [blue]: blue → azure (wire, rust)
                resources/color.md:13 → resources/color.md:13
            back:
            error enum-member-renamed example.color [azure]: azure → blue (wire, rust)
                resources/color.md:13 → resources/color.md:13
        "#]],
        ),
        (
            Rule::EnumMemberValueChanged,
            vec![Replace(COLOR, "|blue|3|", "|blue|7|")],
            expect![[r#"
            warning enum-member-value-changed example.color [blue]: 3 → 7
                resources/color.md:13 → resources/color.md:13
            back:
            warning enum-member-value-changed example.color [blue]: 7 → 3
                resources/color.md:13 → resources/color.md:13
        "#]],
        ),
        (
            Rule::OperationAdded,
            vec![Add("api/note-delete.md", DELETE)],
            expect![[r#"
            info operation-added note-delete: · → DELETE /notes/{id}
                · → api/note-delete.md:8
            back:
            error operation-removed note-delete: DELETE /notes/{id} → · (wire, rust)
                api/note-delete.md:8 → ·
        "#]],
        ),
        (
            Rule::OperationSplit,
            vec![
                Replace(GET, "GET /users/{id}/notes/{id}\n", ""),
                Add("api/user-get-note.md", USER_GET),
            ],
            expect![[r#"
                info path-given note-get [/users/{id}/notes/{id}]: GET /users/{id}/notes/{id} → ·
                    api/note-get.md:17 → ·
                info operation-split user-get-note: · → GET /users/{id}/notes/{id}
                    · → api/user-get-note.md:8
                back:
                info path-taken note-get [/users/{id}/notes/{id}]: · → GET /users/{id}/notes/{id}
                    · → api/note-get.md:17
                info operation-merged user-get-note: GET /users/{id}/notes/{id} → ·
                    api/user-get-note.md:8 → ·
            "#]],
        ),
        (
            Rule::OperationRenamed,
            vec![Move(GET, "api/note-read.md", "Read a note.", "Read a note.")],
            expect![[r#"
                info operation-renamed note-get: note-get → note-read
                    api/note-get.md:16 → api/note-read.md:16
                back:
                info operation-renamed note-read: note-read → note-get
                    api/note-read.md:16 → api/note-get.md:16
            "#]],
        ),
        (
            Rule::MethodChanged,
            vec![Replace(SHARE, "POST /notes/{id}/share", "PUT /notes/{id}/share")],
            expect![[r#"
                error method-changed note-share: POST → PUT (wire, rust)
                    api/note-share.md:10 → api/note-share.md:10
                back:
                error method-changed note-share: PUT → POST (wire, rust)
                    api/note-share.md:10 → api/note-share.md:10
            "#]],
        ),
        (
            Rule::OperationDeprecated,
            vec![Replace(
                SHARE,
                "Let others read a note.",
                "> [!CAUTION]\n> This API is deprecated and will stop working.\n\nLet others read a note.",
            )],
            expect![[r#"
                warning operation-deprecated note-share: false → true
                    api/note-share.md:10 → api/note-share.md:6
                back:
                info operation-undeprecated note-share: true → false
                    api/note-share.md:6 → api/note-share.md:10
            "#]],
        ),
        (
            Rule::PathAdded,
            vec![Replace(
                GET,
                "GET /users/{id}/notes/{id}\n",
                "GET /users/{id}/notes/{id}\nGET /me/notes/{id}\n",
            )],
            expect![[r#"
                info path-added note-get [/me/notes/{id}]: · → GET /me/notes/{id}
                    · → api/note-get.md:18
                back:
                error path-removed note-get [/me/notes/{id}]: GET /me/notes/{id} → · (wire, rust)
                    api/note-get.md:18 → ·
            "#]],
        ),
        (
            Rule::PathTaken,
            vec![
                Replace(GET, "GET /users/{id}/notes/{id}\n", ""),
                Replace(
                    CHANGED,
                    "GET /notes/changed(since={since})\n",
                    "GET /notes/changed(since={since})\nGET /users/{id}/notes/{id}\n",
                ),
            ],
            expect![[r#"
                info path-taken note-changed [/users/{id}/notes/{id}]: · → GET /users/{id}/notes/{id}
                    · → api/note-changed.md:11
                info path-given note-get [/users/{id}/notes/{id}]: GET /users/{id}/notes/{id} → ·
                    api/note-get.md:17 → ·
                back:
                info path-given note-changed [/users/{id}/notes/{id}]: GET /users/{id}/notes/{id} → ·
                    api/note-changed.md:11 → ·
                info path-taken note-get [/users/{id}/notes/{id}]: · → GET /users/{id}/notes/{id}
                    · → api/note-get.md:17
            "#]],
        ),
        (
            Rule::PathChanged,
            vec![Replace(GET, "GET /users/{id}/notes/{id}\n", "GET /people/{id}/notes/{id}\n")],
            expect![[r#"
                error path-changed note-get [/users/{id}/notes/{id}]: GET /users/{id}/notes/{id} → GET /people/{id}/notes/{id} (wire, rust)
                    api/note-get.md:17 → api/note-get.md:17
                back:
                error path-changed note-get [/people/{id}/notes/{id}]: GET /people/{id}/notes/{id} → GET /users/{id}/notes/{id} (wire, rust)
                    api/note-get.md:17 → api/note-get.md:17
            "#]],
        ),
        (
            Rule::PathSpelling,
            vec![Replace(
                GET,
                "GET /users/{id}/notes/{id}\n",
                "GET /users/{user-id}/notes/{note-id}\n",
            )],
            expect![[r#"
                docs path-spelling note-get [/users/{id}/notes/{id}]: GET /users/{id}/notes/{id} → GET /users/{user-id}/notes/{note-id}
                    api/note-get.md:17 → api/note-get.md:17
                back:
                docs path-spelling note-get [/users/{user-id}/notes/{note-id}]: GET /users/{user-id}/notes/{note-id} → GET /users/{id}/notes/{id}
                    api/note-get.md:17 → api/note-get.md:17
            "#]],
        ),
        (
            Rule::ParameterAdded,
            vec![Replace(
                SHARE,
                "|comment|",
                "|language|String|In which language to tell them.|\n|comment|",
            )],
            expect![[r#"
                info parameter-added note-share body [language]: · → Edm.String
                    · → api/note-share.md:20
                back:
                error parameter-removed note-share body [language]: Edm.String → · (wire, rust)
                    api/note-share.md:20 → ·
            "#]],
        ),
        (
            Rule::RequiredParameterAdded,
            vec![Replace(
                SHARE,
                "|comment|",
                "|language|String|In which language to tell them. Required.|\n|comment|",
            )],
            expect![[r#"
                error required-parameter-added note-share body [language]: · → Edm.String (wire, rust)
                    · → api/note-share.md:20
                back:
                error parameter-removed note-share body [language]: Edm.String → · (wire, rust)
                    api/note-share.md:20 → ·
            "#]],
        ),
        (
            Rule::ParameterRenamed,
            vec![Replace(SHARE, "|recipient|", "|recepient|")],
            expect![[r#"
            error parameter-renamed note-share body [recipient]: recipient → recepient (wire, rust)
                api/note-share.md:19 → api/note-share.md:19
            back:
            error parameter-renamed note-share body [recepient]: recepient → recipient (wire, rust)
                api/note-share.md:19 → api/note-share.md:19
        "#]],
        ),
        (
            Rule::ParameterTypeChanged,
            vec![Replace(SHARE, "|comment|String|", "|comment|String collection|")],
            expect![[r#"
                error parameter-type-changed note-share body [comment]: Edm.String → Collection(Edm.String) (wire, rust)
                    api/note-share.md:20 → api/note-share.md:20
                back:
                error parameter-type-changed note-share body [comment]: Collection(Edm.String) → Edm.String (wire, rust)
                    api/note-share.md:20 → api/note-share.md:20
            "#]],
        ),
        (
            Rule::ParameterTypeStated,
            vec![Replace(NOTE, "|shade|color|", "|shade|String|"), Remove(COLOR)],
            expect![[r#"
                error property-type-changed example.note [shade]: example.color → Edm.String (wire, rust)
                    resources/note.md:14 → resources/note.md:14
                error enum-removed example.color (wire, rust)
                    resources/color.md:1 → ·
                warning parameter-type-stated note-share body [marker]: example.color → color (rust)
                    api/note-share.md:21 → api/note-share.md:21
                back:
                error property-type-changed example.note [shade]: Edm.String → example.color (wire, rust)
                    resources/note.md:14 → resources/note.md:14
                info enum-added example.color
                    · → resources/color.md:1
                warning parameter-type-stated note-share body [marker]: color → example.color (rust)
                    api/note-share.md:21 → api/note-share.md:21
            "#]],
        ),
        (
            Rule::ParameterBecameRequired,
            vec![Replace(SHARE, "What to tell them.", "What to tell them. Required.")],
            expect![[r#"
                error parameter-became-required note-share body [comment]: false → true (wire, rust)
                    api/note-share.md:20 → api/note-share.md:20
                docs description-changed note-share body [comment]: What to tell them. → What to tell them. Required.
                    api/note-share.md:20 → api/note-share.md:20
                back:
                warning parameter-became-optional note-share body [comment]: true → false (rust)
                    api/note-share.md:20 → api/note-share.md:20
                docs description-changed note-share body [comment]: What to tell them. Required. → What to tell them.
                    api/note-share.md:20 → api/note-share.md:20
            "#]],
        ),
        (
            Rule::ParameterLocationChanged,
            vec![Replace(
                GET,
                "## Query parameters\n\n|Parameter|Type|Description|\n|:---|:---|:---|\n|language|String|In which language to answer. Optional.|",
                "## Request headers\n\n|Name|Description|\n|:---|:---|\n|language|In which language to answer. Optional.|",
            )],
            expect![[r#"
                error parameter-location-changed note-get header [language]: query → header (wire)
                    api/note-get.md:28 → api/note-get.md:28
                back:
                error parameter-location-changed note-get query [language]: header → query (wire)
                    api/note-get.md:28 → api/note-get.md:28
            "#]],
        ),
        (
            Rule::ParameterNullableChanged,
            vec![Replace(SHARE, "What to tell them.", "What to tell them. Not nullable.")],
            expect![[r#"
                warning parameter-nullable-changed note-share body [comment]: · → false
                    api/note-share.md:20 → api/note-share.md:20
                docs description-changed note-share body [comment]: What to tell them. → What to tell them. Not nullable.
                    api/note-share.md:20 → api/note-share.md:20
                back:
                warning parameter-nullable-changed note-share body [comment]: false → ·
                    api/note-share.md:20 → api/note-share.md:20
                docs description-changed note-share body [comment]: What to tell them. Not nullable. → What to tell them.
                    api/note-share.md:20 → api/note-share.md:20
            "#]],
        ),
        (
            Rule::RequestAdded,
            vec![Replace(
                CHANGE,
                "In the request body, supply a JSON representation of a [tag](../resources/tag.md) object.",
                "Do not supply a request body for this method.",
            )],
            expect![[r#"
                warning request-removed tag-change: example.tag → · (rust)
                    api/tag-change.md:11 → api/tag-change.md:11
                back:
                error request-added tag-change: · → example.tag (wire, rust)
                    api/tag-change.md:11 → api/tag-change.md:11
            "#]],
        ),
        (
            Rule::RequestChanged,
            vec![Replace(
                CHANGE,
                "a [tag](../resources/tag.md) object.",
                "a [note](../resources/note.md) object.",
            )],
            expect![[r#"
                error request-changed tag-change: example.tag → example.note (wire, rust)
                    api/tag-change.md:11 → api/tag-change.md:11
                back:
                error request-changed tag-change: example.note → example.tag (wire, rust)
                    api/tag-change.md:11 → api/tag-change.md:11
            "#]],
        ),
        (
            Rule::ResponseChanged,
            vec![Replace(
                CHANGE,
                "a [tag](../resources/tag.md) object in",
                "a [note](../resources/note.md) object in",
            )],
            expect![[r#"
                error response-changed tag-change [200]: example.tag → example.note (wire, rust)
                    api/tag-change.md:17 → api/tag-change.md:17
                back:
                error response-changed tag-change [200]: example.note → example.tag (wire, rust)
                    api/tag-change.md:17 → api/tag-change.md:17
            "#]],
        ),
        (
            Rule::ResponseStatusChanged,
            vec![Replace(CREATE, "201 Created", "200 OK")],
            expect![[r#"
                warning response-status-changed note-post: 201 example.note → 200 example.note
                    api/note-post.md:34 → api/note-post.md:34
                back:
                warning response-status-changed note-post: 200 example.note → 201 example.note
                    api/note-post.md:34 → api/note-post.md:34
            "#]],
        ),
        (
            Rule::ResponseAdded,
            vec![Replace(
                CREATE,
                "in the response body.\n",
                "in the response body. If the note is there already, it returns `204 No Content`.\n",
            )],
            expect![[r#"
                warning response-added note-post [204]: · → 204
                    · → api/note-post.md:34
                back:
                warning response-removed note-post [204]: 204 → ·
                    api/note-post.md:34 → ·
            "#]],
        ),
        (
            Rule::QueryOptionAdded,
            vec![Replace(GET, "`$select` and `$expand`", "`$select`, `$filter` and `$expand`")],
            expect![[r#"
                info query-option-added note-get [$filter]: · → $filter
                    · → api/note-get.md:22
                back:
                error query-option-removed note-get [$filter]: $filter → · (wire)
                    api/note-get.md:22 → ·
            "#]],
        ),
        (
            Rule::PermissionAdded,
            vec![Replace(
                CREATE,
                "|Application|Notes.Read|",
                "|Application|Notes.Read, Notes.Manage|",
            )],
            expect![[r#"
                info permission-added note-post application [Notes.Manage]: · → Notes.Manage
                    · → api/note-post.md:13
                back:
                error permission-removed note-post application [Notes.Manage]: Notes.Manage → · (wire)
                    api/note-post.md:13 → ·
            "#]],
        ),
        (
            Rule::PermissionLowered,
            vec![Replace(
                CREATE,
                "|Application|Notes.Read|",
                "|Application|Notes.Write, Notes.Read|",
            )],
            expect![[r#"
                info permission-lowered note-post application [Notes.Write]: · → Notes.Write
                    · → api/note-post.md:13
                back:
                error permission-raised note-post application [Notes.Write]: Notes.Write → · (wire)
                    api/note-post.md:13 → ·
            "#]],
        ),
        (
            Rule::PermissionRespelled,
            vec![Replace(CREATE, "Notes.Read, Notes.ReadWrite", "Notes.Read, Notes.ReadWite")],
            expect![[r#"
                docs permission-respelled note-post delegated_work [Notes.ReadWrite]: Notes.ReadWrite → Notes.ReadWite
                    api/note-post.md:11 → api/note-post.md:11
                back:
                docs permission-respelled note-post delegated_work [Notes.ReadWite]: Notes.ReadWite → Notes.ReadWrite
                    api/note-post.md:11 → api/note-post.md:11
            "#]],
        ),
        // The row of the annotation that states it, and the annotation where it is not stated.
        (
            Rule::TypeOpened,
            vec![Replace(ITEM, ", \"openType\": false}", ",\n  \"openType\": true\n}")],
            expect![[r#"
                info type-opened example.item: false → true
                    resources/item.md:16 → resources/item.md:17
                back:
                info type-closed example.item: true → false
                    resources/item.md:17 → resources/item.md:16
            "#]],
        ),
        // Of a type that no annotation speaks of.
        (
            Rule::BaseAdded,
            vec![Replace(
                TAG,
                "|isShared|Boolean|Whether others see it.|\n",
                "|isShared|Boolean|Whether others see it.|\n\n<!-- {\n  \"blockType\": \"resource\",\n  \"baseType\": \"example.item\",\n  \"@odata.type\": \"example.tag\"\n} -->\n\n```json\n{\"word\": \"string\"}\n```\n",
            )],
            expect![[r#"
                info base-added example.tag: · → example.item
                    resources/tag.md:1 → resources/tag.md:17
                back:
                error base-removed example.tag: example.item → · (wire, rust)
                    resources/tag.md:17 → resources/tag.md:1
            "#]],
        ),
        (
            Rule::PermissionsUnstated,
            vec![Replace(
                GET,
                "|Permission type|Permissions (from least to most privileged)|\n|:---|:---|\n|Application|Notes.Read|\n",
                "",
            )],
            expect![[r#"
                warning permissions-unstated note-get
                    api/note-get.md:9 → api/note-get.md:13
                back:
                info permissions-stated note-get
                    api/note-get.md:13 → api/note-get.md:9
            "#]],
        ),
        (
            Rule::PermissionOrderChanged,
            vec![Replace(CREATE, "Notes.Read, Notes.ReadWrite", "Notes.ReadWrite, Notes.Read")],
            expect![[r#"
                info permission-order-changed note-post delegated_work: Notes.Read, Notes.ReadWrite → Notes.ReadWrite, Notes.Read
                    api/note-post.md:11 → api/note-post.md:11
                back:
                info permission-order-changed note-post delegated_work: Notes.ReadWrite, Notes.Read → Notes.Read, Notes.ReadWrite
                    api/note-post.md:11 → api/note-post.md:11
            "#]],
        ),
        (
            Rule::ExampleAdded,
            vec![Replace(
                GET,
                "object in the response body.\n",
                "object in the response body.\n\n## Example\n\n### Request\n\n<!-- {\"blockType\": \"request\", \"name\": \"get_note\"} -->\n\n```http\nGET https://example.com/v1.0/notes/1\n```\n",
            )],
            expect![[r#"
                docs example-added note-get [get_note]
                    · → api/note-get.md:45
                back:
                docs example-removed note-get [get_note]
                    api/note-get.md:45 → ·
            "#]],
        ),
        // The example says so, and the text what it said.
        (
            Rule::ResponseEvidenceChanged,
            vec![Replace(
                CHANGED,
                "objects in the response body.\n",
                "objects in the response body.\n\n## Example\n\n### Response\n\n<!-- {\"blockType\": \"response\", \"@odata.type\": \"example.sheet\", \"isCollection\": true} -->\n\n```http\nHTTP/1.1 200 OK\nContent-type: application/json\n\n{\"value\": []}\n```\n",
            )],
            expect![[r#"
                docs response-evidence-changed note-changed [200]: Collection(example.note) → Collection(example.sheet) (rust)
                    api/note-changed.md:21 → api/note-changed.md:21
                docs example-added note-changed [example 1]
                    · → api/note-changed.md:30
                back:
                docs response-evidence-changed note-changed [200]: Collection(example.sheet) → Collection(example.note) (rust)
                    api/note-changed.md:21 → api/note-changed.md:21
                docs example-removed note-changed [example 1]
                    api/note-changed.md:30 → ·
            "#]],
        ),
        // Both are needed now; read backwards, each is enough.
        (
            Rule::PermissionRemoved,
            vec![Replace(
                CREATE,
                "|Notes.Read, Notes.ReadWrite|",
                "|Notes.Read and Notes.ReadWrite|",
            )],
            expect![[r#"
                error permission-removed note-post delegated_work [Notes.Read]: Notes.Read → · (wire)
                    api/note-post.md:11 → ·
                info permission-added note-post delegated_work [Notes.Read+Notes.ReadWrite]: · → Notes.Read+Notes.ReadWrite
                    · → api/note-post.md:11
                error permission-removed note-post delegated_work [Notes.ReadWrite]: Notes.ReadWrite → · (wire)
                    api/note-post.md:11 → ·
                back:
                info permission-added note-post delegated_work [Notes.Read]: · → Notes.Read
                    · → api/note-post.md:11
                info permission-removed note-post delegated_work [Notes.Read+Notes.ReadWrite]: Notes.Read+Notes.ReadWrite → ·
                    api/note-post.md:11 → ·
                info permission-added note-post delegated_work [Notes.ReadWrite]: · → Notes.ReadWrite
                    · → api/note-post.md:11
            "#]],
        ),
        // The path leads to notes, whatever the text says.
        (
            Rule::ResponseStatementChanged,
            vec![Replace(
                GET,
                "and a [note](../resources/note.md) object",
                "and a [tag](../resources/tag.md) object",
            )],
            expect![[r#"
                error response-changed note-get [200]: example.note → example.tag (wire)
                    api/note-get.md:36 → api/note-get.md:36
                back:
                info response-statement-changed note-get [200]: example.tag → example.note
                    api/note-get.md:36 → api/note-get.md:36
            "#]],
        ),
        (
            Rule::RequestStatementChanged,
            vec![Replace(
                CREATE,
                "representation of a [note](../resources/note.md)",
                "representation of a [tag](../resources/tag.md)",
            )],
            expect![[r#"
                error request-changed note-post: example.note → example.tag (wire)
                    api/note-post.md:28 → api/note-post.md:28
                back:
                info request-statement-changed note-post: example.tag → example.note
                    api/note-post.md:28 → api/note-post.md:28
            "#]],
        ),
        // A slip in the name of a type, and another type, of which there is no page.
        (
            Rule::PropertyTypeStated,
            vec![Replace(NOTE, "|shade|color|", "|shade|colr|")],
            expect![[r#"
                warning property-type-stated example.note [shade]: example.color → colr (rust)
                    resources/note.md:14 → resources/note.md:14
                back:
                warning property-type-stated example.note [shade]: colr → example.color (rust)
                    resources/note.md:14 → resources/note.md:14
            "#]],
        ),
        (
            Rule::PropertyTypeChanged,
            vec![Replace(NOTE, "|shade|color|", "|shade|hue|")],
            expect![[r#"
                error property-type-changed example.note [shade]: example.color → hue (wire, rust)
                    resources/note.md:14 → resources/note.md:14
                back:
                error property-type-changed example.note [shade]: hue → example.color (wire, rust)
                    resources/note.md:14 → resources/note.md:14
            "#]],
        ),
        // A slip in a primitive type is read as what was meant.
        (
            Rule::PropertyAdded,
            vec![
                Replace(NOTE, "|text|String|", "|text|Sting|"),
                Replace(NOTE, "|shade|color|", "|height|Int23|How high.|\n|shade|color|"),
            ],
            expect![[r#"
                info property-added example.note [height]: · → Edm.Int32
                    · → resources/note.md:14
                back:
                error property-removed example.note [height]: Edm.Int32 → · (wire, rust)
                    resources/note.md:14 → ·
            "#]],
        ),
        (
            Rule::ExampleChanged,
            vec![Replace(CREATE, "\"Hello\"", "\"Good morning\"")],
            expect![[r#"
                docs example-changed note-post [create_note]
                    api/note-post.md:43 → api/note-post.md:43
                back:
                docs example-changed note-post [create_note]
                    api/note-post.md:43 → api/note-post.md:43
            "#]],
        ),
        (
            Rule::DescriptionChanged,
            vec![Replace(NOTE, "What it says.", "The words on it.")],
            expect![[r#"
                docs description-changed example.note [text]: What it says. → The words on it.
                    resources/note.md:13 → resources/note.md:13
                back:
                docs description-changed example.note [text]: The words on it. → What it says.
                    resources/note.md:13 → resources/note.md:13
            "#]],
        ),
        (
            Rule::TitleChanged,
            vec![Replace(GET, "# Get note", "# Read note")],
            expect![[r#"
            docs title-changed note-get: Get note → Read note
                api/note-get.md:16 → api/note-get.md:16
            back:
            docs title-changed note-get: Read note → Get note
                api/note-get.md:16 → api/note-get.md:16
        "#]],
        ),
        (
            Rule::OrderChanged,
            vec![
                Replace(TAG, "|word|String|The word itself.|\n", ""),
                Replace(TAG, "|isShared|", "|word|String|The word itself.|\n|isShared|"),
            ],
            expect![[r#"
                docs order-changed example.tag
                    resources/tag.md:1 → resources/tag.md:1
                back:
                docs order-changed example.tag
                    resources/tag.md:1 → resources/tag.md:1
            "#]],
        ),
    ]
}

/// What a rule is for that pages state in ways too long for a case, or not at all.
type ModelCase = (Rule, fn(&mut Model), Expect);

fn model_cases() -> Vec<ModelCase> {
    vec![
        (
            Rule::TypeKindChanged,
            |model| tag(model).kind = TypeKind::Complex,
            expect![[r#"
            info type-kind-changed example.tag: entity → complex
                resources/tag.md:1 → resources/tag.md:1
            back:
            info type-kind-changed example.tag: complex → entity
                resources/tag.md:1 → resources/tag.md:1
        "#]],
        ),
        (
            Rule::KeyChanged,
            |model| item(model).key = vec!["createdDateTime".to_owned()],
            expect![[r#"
                error key-changed example.item: id → createdDateTime (wire)
                    resources/item.md:16 → resources/item.md:16
                back:
                error key-changed example.item: createdDateTime → id (wire)
                    resources/item.md:16 → resources/item.md:16
            "#]],
        ),
        (
            Rule::RequestEvidenceChanged,
            |model| {
                let operation = operation(model, "note-post");
                let was = operation.request.take();
                let Some(RequestBody::Type(was)) = was else { panic!("a type") };
                let sheet = TypeName::Named("example.sheet".into());
                operation.request =
                    Some(RequestBody::Type(TypeRef { name: sheet, collection: false }));
                operation.outweighed_request = Some(was);
            },
            expect![[r#"
                docs request-evidence-changed note-post: example.note → example.sheet (rust)
                    api/note-post.md:28 → api/note-post.md:28
                back:
                docs request-evidence-changed note-post: example.sheet → example.note (rust)
                    api/note-post.md:28 → api/note-post.md:28
            "#]],
        ),
        (
            Rule::OperationKindChanged,
            |model| operation(model, "note-get").kind = OperationKind::List,
            expect![[r#"
                warning operation-kind-changed note-get: get → list (rust)
                    api/note-get.md:16 → api/note-get.md:16
                back:
                warning operation-kind-changed note-get: list → get (rust)
                    api/note-get.md:16 → api/note-get.md:16
            "#]],
        ),
        (
            Rule::PermissionTableChanged,
            |model| {
                let operation = operation(model, "note-get");
                let permissions = operation.permissions.clone();
                operation.permissions_by = vec![("notes".to_owned(), permissions)];
            },
            expect![[r#"
                info permission-table-changed note-get: · → notes (application Notes.Read)
                    api/note-get.md:9 → api/note-get.md:9
                back:
                info permission-table-changed note-get: notes (application Notes.Read) → ·
                    api/note-get.md:9 → api/note-get.md:9
            "#]],
        ),
    ]
}

fn tag(model: &mut Model) -> &mut Type {
    model.types.iter_mut().find(|ty| ty.name == "example.tag").expect("the type")
}

fn item(model: &mut Model) -> &mut Type {
    model.types.iter_mut().find(|ty| ty.name == "example.item").expect("the type")
}

fn operation<'m>(model: &'m mut Model, id: &str) -> &'m mut Operation {
    model.operations.iter_mut().find(|operation| operation.id == id).expect("the operation")
}

/// Pages that are only in beta, and those that both versions have.
fn versions(stable: &[&str]) -> Api {
    let pages = PAGES.iter().flat_map(|(path, text)| {
        let of = |version: &str| (format!("{version}/{path}"), (*text).to_owned());
        let stable = stable.contains(path).then(|| of("v1.0"));
        stable.into_iter().chain([of("beta")])
    });
    api(&pages.collect::<Vec<_>>())
}

fn version_cases() -> Vec<(Api, Api, Expect)> {
    let stable = [ITEM, NOTE, TAG];
    let more = [ITEM, NOTE, TAG, SHEET, COLOR, GET];
    vec![
        (
            versions(&stable),
            versions(&more),
            expect![[r#"
                warning property-type-stated v1.0 example.note [shade]: color → example.color (rust)
                    resources/note.md:14 → resources/note.md:14
                info type-promoted v1.0 example.sheet: · → entity
                    · → resources/sheet.md:1
                info enum-promoted v1.0 example.color
                    · → resources/color.md:1
                info operation-promoted v1.0 note-get: · → GET /notes/{id}
                    · → api/note-get.md:16
                back:
                warning property-type-stated v1.0 example.note [shade]: example.color → color (rust)
                    resources/note.md:14 → resources/note.md:14
                error type-demoted v1.0 example.sheet: entity → · (wire, rust)
                    resources/sheet.md:1 → ·
                error enum-demoted v1.0 example.color (wire, rust)
                    resources/color.md:1 → ·
                error operation-demoted v1.0 note-get: GET /notes/{id} → · (wire, rust)
                    api/note-get.md:16 → ·
            "#]],
        ),
        (
            versions(&[]),
            versions(&[TAG]),
            expect![[r#"
            info version-added v1.0: · → v1.0
                · → ·
            back:
            error version-removed v1.0: v1.0 → · (wire, rust)
                · → ·
        "#]],
        ),
    ]
}

#[test]
fn each_rule_has_a_case() {
    let base = api(&PAGES);
    let mut seen = BTreeSet::new();
    for (rule, edits, expected) in cases() {
        let rules = check(&base, &api(&edited(&PAGES, &edits)), &expected);
        assert!(rules.contains(&rule), "the case of `{rule}` gives {rules:?}");
        seen.extend(rules);
    }
    for (rule, edit, expected) in model_cases() {
        let mut head = base.clone();
        edit(&mut head.versions[0]);
        let rules = check(&base, &head, &expected);
        assert!(rules.contains(&rule), "the case of `{rule}` gives {rules:?}");
        seen.extend(rules);
    }
    for (base, head, expected) in version_cases() {
        seen.extend(check(&base, &head, &expected));
    }
    let missing: Vec<_> = Rule::ALL.iter().filter(|rule| !seen.contains(rule)).collect();
    assert!(missing.is_empty(), "rules without a case: {missing:?}");
}

/// Other pages of both sides name both, so that neither is a slip of the other.
#[test]
fn permissions_that_both_exist_are_not_respelled() {
    const ROW: &str = "|Application|Notes.Read|";
    const BOTH: &str = "|Application|Note.Read.All, Notes.Read.All|";
    let of = |row| api(&edited(&PAGES, &[Replace(GET, ROW, BOTH), Replace(CREATE, ROW, row)]));
    let expected = expect![[r#"
        info permission-added note-post application [Note.Read.All]: · → Note.Read.All
            · → api/note-post.md:13
        error permission-removed note-post application [Notes.Read.All]: Notes.Read.All → · (wire)
            api/note-post.md:13 → ·
        back:
        error permission-removed note-post application [Note.Read.All]: Note.Read.All → · (wire)
            api/note-post.md:13 → ·
        info permission-added note-post application [Notes.Read.All]: · → Notes.Read.All
            · → api/note-post.md:13
    "#]];
    let rules =
        check(&of("|Application|Notes.Read.All|"), &of("|Application|Note.Read.All|"), &expected);
    assert!(!rules.contains(&Rule::PermissionRespelled));
}

/// What the diff says of two states, and of the same the other way round. Returns the rules of both.
#[track_caller]
pub(crate) fn check(base: &Api, head: &Api, expected: &Expect) -> BTreeSet<Rule> {
    let (forth, back) = (diff(base, head), diff(head, base));
    let lines = |changes: &[Change]| changes.iter().map(line).collect::<String>();
    let text = format!("{}back:\n{}", lines(&forth.changes), lines(&back.changes));
    expected.assert_eq(&text);
    forth.changes.iter().chain(&back.changes).map(|change| change.rule).collect()
}
