//! Diffs to show.

use std::borrow::Cow;

use crate::diff::report::{Compared, Pages, Side};
use crate::diff::{Change, Diff, IgnoredChange, Rule, Subject, diff};
use crate::docs::Docs;
use crate::model::{Method, Source};

/// Two sides with their pages, and what differs.
pub(super) struct Sample {
    base: Docs,
    head: Docs,
    pub(super) diff: Diff,
}

const NOTE: &str = "\
# note resource type

Namespace: example.notes

A piece of text that somebody keeps.

## Properties

|Property|Type|Description|
|:---|:---|:---|
|id|String|The identifier of the note. Read-only.|
|importance|String|How much it matters.|
|size|Int32|How many characters the text has, counted without those at its end, which the service removes before it keeps the note.|
|text|String|What it says.|
";

const GET: &str = "\
# Get note

Namespace: example.notes

Get a note.

## Permissions

|Permission type|Permissions (from least to most privileged)|
|:---|:---|
|Delegated (work or school account)|Notes.Read, Notes.ReadWrite|
|Application|Notes.Read.All|

## HTTP request

```http
GET /notes/{note-id}
```

## Response

If successful, this method returns a `200 OK` response code and a [note](../resources/note.md) object in the response body.
";

const DELETE: &str = "\
# Delete note

Namespace: example.notes

Delete a note.

## HTTP request

```http
DELETE /notes/{note-id}
```

## Response

If successful, this method returns a `204 No Content` response code.
";

/// A change of each level.
pub(super) fn small() -> Sample {
    let note = NOTE
        .replace("|importance|String|", "|importance|Int32|")
        .replace("|size|Int32|", "|size|Int64|")
        .replace(
            "|text|String|What it says.|\n",
            "|tags|String collection|Words for finding it.|\n",
        );
    let get = GET
        .replace("Notes.Read, Notes.ReadWrite", "Notes.ReadWrite")
        .replace("Notes.Read.All", "Notes.Read.All, Notes.ReadWrite.All");
    let base =
        [("api/note-delete.md", DELETE), ("api/note-get.md", GET), ("resources/note.md", NOTE)];
    let head = [("api/note-get.md", &*get), ("resources/note.md", &*note)];
    of_docs(Docs::from_texts(base), Docs::from_texts(head))
}

fn of_docs(base: Docs, head: Docs) -> Sample {
    let [old, new] = [&base, &head].map(|docs| crate::interpret(docs).value);
    let diff = diff(&old, &new);
    Sample { base, head, diff }
}

/// The same where every other change is ignored.
pub(super) fn ignored(diff: Diff) -> Diff {
    let mut all = Diff::default();
    for (at, change) in diff.changes.into_iter().enumerate() {
        if at % 2 == 0 {
            all.changes.push(change);
        } else {
            all.ignored.push(IgnoredChange { change, reason: format!("As {HOSTILE} says.") });
        }
    }
    all
}

impl Sample {
    pub(super) fn compared(&self) -> Compared<'_> {
        Compared {
            base: Side { name: "main:docs", pages: Some(&self.base) },
            head: Side { name: "docs", pages: Some(&self.head) },
        }
    }
}

/// Sides of which only the models are there.
pub(super) const MODELS: Compared<'static> = Compared {
    base: Side { name: "base.json", pages: None },
    head: Side { name: "head.json", pages: None },
};

/// Each rule on each kind of thing, with and without all that a change may lack.
pub(super) fn every_rule() -> Diff {
    let mut changes = Vec::new();
    for &rule in Rule::ALL {
        for subject in subjects("/notes/{note-id}") {
            let bare = Change::new(rule, subject.clone(), "example.notes.note");
            let place = |line| Source { file: "resources/note.md".into(), line };
            let mut full = bare.clone();
            full.version = Some("v1.0".into());
            full = full.member("text").from("Edm.String").to("Edm.Int32").part("query");
            full = full.base(&place(3)).head(&place(4)).near(&place(5));
            full.used = Some(true);
            changes.extend([bare, full]);
        }
    }
    Diff { changes, ..Diff::default() }
}

fn subjects(path: &str) -> [Subject; 4] {
    let operation = Subject::Operation { method: Method::Get, path: path.to_owned(), part: None };
    [Subject::Version, Subject::Type, Subject::Enum, operation]
}

/// What somebody may write into pages who means harm.
pub(super) const HOSTILE: &str = "<script>alert(1)</script> @everyone #1 | `` ` ``` \n\r\n::set-output name=a::b\n\
    ##[add-mask]c \u{1b}[31mred\u{202e}txet\u{2066} ![x](https://example.com/a.png) [y](javascript:z) </details> \
    --> </style> &lt; % %0A , : ' \" \u{0} $`x`$";

/// Pages of which each line and each path means harm.
pub(super) struct Harm;

impl Pages for Harm {
    fn page_path(&self, _version: Option<&str>, _source: &Source) -> Option<Cow<'_, str>> {
        Some(HOSTILE.into())
    }

    fn row(&self, _version: Option<&str>, _source: &Source) -> Option<Cow<'_, str>> {
        Some(HOSTILE.into())
    }
}

/// Sides whose names and pages mean harm.
pub(super) const HARMFUL: Compared<'static> = Compared {
    base: Side { name: HOSTILE, pages: Some(&Harm) },
    head: Side { name: HOSTILE, pages: Some(&Harm) },
};

/// Each rule, with harm wherever a page has a say.
pub(super) fn hostile() -> Diff {
    let mut changes = Vec::new();
    for &rule in Rule::ALL {
        for subject in subjects(HOSTILE) {
            let place = Source { file: HOSTILE.into(), line: 0 };
            let mut change = Change::new(rule, subject, HOSTILE).member(HOSTILE).from(HOSTILE);
            change = change.to(HOSTILE).base(&place).head(&place);
            change.version = Some(HOSTILE.into());
            changes.push(change);
        }
    }
    Diff { changes, ..Diff::default() }
}

/// A great many changes, each of another property, ten of them in a type.
pub(super) fn many(count: u32) -> Diff {
    let rules = [
        Rule::PropertyAdded,
        Rule::PropertyRemoved,
        Rule::PropertyBecameNullable,
        Rule::PropertyTypeChanged,
        Rule::DescriptionChanged,
    ];
    let changes = (0..count).zip(rules.iter().cycle()).map(|(number, &rule)| {
        let place = Source { file: format!("resources/t{}.md", number / 10).into(), line: number };
        let name = format!("example.notes.t{:04}", number / 10);
        let change = Change::new(rule, Subject::Type, name).member(format!("member{number}"));
        change.from("Edm.String").to("Edm.Int32").base(&place).head(&place)
    });
    Diff { changes: changes.collect(), ..Diff::default() }
}

/// The pages of a great many changes: each line is a row of its own.
struct Rows(&'static str);

impl Pages for Rows {
    fn page_path(&self, _version: Option<&str>, source: &Source) -> Option<Cow<'_, str>> {
        Some(source.file.to_string().into())
    }

    fn row(&self, _version: Option<&str>, source: &Source) -> Option<Cow<'_, str>> {
        let Source { line, .. } = source;
        Some(
            format!("|member{line}|{}|What member {line} says of its type. Optional.|", self.0)
                .into(),
        )
    }
}

/// The sides of a great many changes.
pub(super) fn of_many() -> Compared<'static> {
    Compared {
        base: Side { name: "main:docs", pages: Some(&Rows("String")) },
        head: Side { name: "docs", pages: Some(&Rows("Int32")) },
    }
}
