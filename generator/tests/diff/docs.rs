//! Small docs in which every kind of fact is stated once, and edits of their text.

use docbind::docs::Docs;
use docbind::model::Api;

pub(crate) const NOTE: &str = "resources/note.md";
pub(crate) const SHEET: &str = "resources/sheet.md";
pub(crate) const TAG: &str = "resources/tag.md";
pub(crate) const ITEM: &str = "resources/item.md";
pub(crate) const COLOR: &str = "resources/color.md";
pub(crate) const SHAPE: &str = "resources/shape.md";
pub(crate) const CREATE: &str = "api/note-post.md";
pub(crate) const GET: &str = "api/note-get.md";
pub(crate) const SHARE: &str = "api/note-share.md";
pub(crate) const CHANGE: &str = "api/tag-change.md";
pub(crate) const CHANGED: &str = "api/note-changed.md";

/// The pages, by path.
pub(crate) const PAGES: [(&str, &str); 11] = [
    (
        ITEM,
        "\
# item resource type

Namespace: example

Something with an id.

## Properties

|Property|Type|Description|
|:---|:---|:---|
|id|String|Which one it is. Read-only.|
|createdDateTime|DateTimeOffset|When it came to be.|

## JSON representation

<!-- {\"blockType\": \"resource\", \"keyProperty\": \"id\", \"@odata.type\": \"example.item\", \"openType\": false} -->

```json
{\"id\": \"string\"}
```
",
    ),
    (
        NOTE,
        "\
# note resource type

Namespace: example

A note that somebody left.

Inherits from [item](item.md).

## Properties

|Property|Type|Description|
|:---|:---|:---|
|text|String|What it says.|
|shade|color|In which color it is shown.|
|size|Int32|How large the letters are. Not nullable.|
|owner|String|Who left it there. Read-only.|
|priority|Int32|How soon it has to be read. Supports `$filter`.|

## Relationships

|Relationship|Type|Description|
|:---|:---|:---|
|tags|[tag](tag.md) collection|By which it is found.|
",
    ),
    (
        SHEET,
        "\
# sheet resource type

Namespace: example

Many notes on one page.

Inherits from [note](note.md).

## Properties

|Property|Type|Description|
|:---|:---|:---|
|columns|Int32|How many stand side by side.|
",
    ),
    (
        TAG,
        "\
# tag resource type

Namespace: example

A word by which things are found.

## Properties

|Property|Type|Description|
|:---|:---|:---|
|word|String|The word itself.|
|weight|Double|How much it counts.|
|isShared|Boolean|Whether others see it.|
",
    ),
    (
        COLOR,
        "\
# color enum type

Namespace: example

A color.

## Members

|Member|Value|Description|
|:---|:---|:---|
|red|1|Like a rose.|
|green|2|Like the grass.|
|blue|3|Like the sky above.|
",
    ),
    (
        SHAPE,
        "\
# shape enum type

Namespace: example

A shape.

## Members

|Member|Description|
|:---|:---|
|round|Without a corner.|
|square|With four.|
|unknownFutureValue|One that is not known yet.|
",
    ),
    (
        CREATE,
        "\
# Create note

Namespace: example

Leave a note.

## Permissions

|Permission type|Permissions (from least to most privileged)|
|:---|:---|
|Delegated (work or school account)|Notes.Read, Notes.ReadWrite|
|Delegated (personal Microsoft account)|Not supported.|
|Application|Notes.Read|

## HTTP request

```http
POST /notes
```

## Request headers

|Name|Description|
|:---|:---|
|Authorization|Bearer {token}. Required.|
|Prefer|How it is done. Optional.|

## Request body

In the request body, supply a JSON representation of a [note](../resources/note.md) object.

## Response

If successful, this method returns a `201 Created` response code and a [note](../resources/note.md) object in the response body.

## Example

### Request

<!-- {\"blockType\": \"request\", \"name\": \"create_note\"} -->

```http
POST https://example.com/v1.0/notes
Content-Type: application/json

{\"text\": \"Hello\"}
```
",
    ),
    (
        GET,
        "\
# Get note

Namespace: example

Read a note.

## Permissions

|Permission type|Permissions (from least to most privileged)|
|:---|:---|
|Application|Notes.Read|

## HTTP request

```http
GET /notes/{id}
GET /users/{id}/notes/{id}
```

## Optional query parameters

This method supports the `$select` and `$expand` OData query parameters.

## Query parameters

|Parameter|Type|Description|
|:---|:---|:---|
|language|String|In which language to answer. Optional.|

## Request body

Do not supply a request body for this method.

## Response

If successful, this method returns a `200 OK` response code and a [note](../resources/note.md) object in the response body.
",
    ),
    (
        SHARE,
        "\
# note: share

Namespace: example

Let others read a note.

## HTTP request

```http
POST /notes/{id}/share
```

## Request body

In the request body, provide a JSON object with the following parameters.

|Parameter|Type|Description|
|:---|:---|:---|
|recipient|String|Who may read it from now on. Required.|
|comment|String|What to tell them.|
|marker|color|How it stands out.|

## Response

If successful, this method returns a `204 No Content` response code.
",
    ),
    (
        CHANGED,
        "\
# note: changed

Namespace: example

What changed since.

## HTTP request

```http
GET /notes/changed(since={since})
```

## Function parameters

|Parameter|Type|Description|
|:---|:---|:---|
|since|DateTimeOffset|From when on. Required.|

## Response

If successful, this method returns a `200 OK` response code and a collection of [note](../resources/note.md) objects in the response body.
",
    ),
    (
        CHANGE,
        "\
# Change tag

Namespace: example

## HTTP request

```http
POST /notes/{id}/replaceTag
```

## Request body

In the request body, supply a JSON representation of a [tag](../resources/tag.md) object.

## Response

If successful, this method returns a `200 OK` response code and a [tag](../resources/tag.md) object in the response body.
",
    ),
];

/// What an edit makes of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Edit<'e> {
    /// The first text becomes the second, wherever it stands on the page.
    Replace(&'e str, &'e str, &'e str),
    /// The page goes.
    Remove(&'e str),
    /// A page comes.
    Add(&'e str, &'e str),
    /// A page gets another name, and the text is replaced in it.
    Move(&'e str, &'e str, &'e str, &'e str),
}

/// The pages after these edits. An edit that finds nothing to do is a flaw of the case.
#[track_caller]
pub(crate) fn edited(pages: &[(&str, &str)], edits: &[Edit<'_>]) -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> =
        pages.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for edit in edits {
        match *edit {
            Edit::Replace(page, old, new) => {
                let (_, text) = pages.iter_mut().find(|(path, _)| path == page).expect("the page");
                assert!(text.contains(old), "`{page}` has no `{old}`");
                *text = text.replace(old, new);
            }
            Edit::Remove(page) => {
                let before = pages.len();
                pages.retain(|(path, _)| path != page);
                assert_eq!(pages.len(), before - 1, "{page}");
            }
            Edit::Add(page, text) => pages.push((page.to_owned(), text.to_owned())),
            Edit::Move(page, to, old, new) => {
                let (path, text) =
                    pages.iter_mut().find(|(path, _)| path == page).expect("the page");
                to.clone_into(path);
                assert!(text.contains(old), "`{page}` has no `{old}`");
                *text = text.replace(old, new);
            }
        }
    }
    pages
}

/// What pages say.
pub(crate) fn api<P: AsRef<str>, T: AsRef<str>>(pages: &[(P, T)]) -> Api {
    let pages = pages.iter().map(|(path, text)| (path.as_ref(), text.as_ref()));
    docbind::interpret(&Docs::from_texts(pages)).value
}
