//! What files say, and what becomes of a diff by them.

use expect_test::{Expect, expect};

use super::*;
use crate::diff::{Subject, diff};
use crate::docs::Docs;

const PATH: &str = "docbind-diff.toml";

fn parse(text: &str) -> Result<IgnoreFile, String> {
    IgnoreFile::parse(Path::new(PATH), text).map_err(|error| error.to_string())
}

/// The sides of a page of a type with these rows.
fn sides(base: &str, head: &str) -> (Api, Api) {
    let api = |rows: &str| {
        let head = "# note resource type\n\nNamespace: contoso\n\n## Properties\n\n|Property|Type|\n|:-|:-|\n";
        crate::interpret(&Docs::from_texts([(
            "resources/note.md",
            format!("{head}{rows}").as_str(),
        )]))
        .value
    };
    (api(base), api(head))
}

/// What is left, what is ignored, and the warnings.
#[track_caller]
fn check(text: &str, expected: &Expect) {
    let (base, head) = sides(
        "|color|String|\n|size|Int32|\n|weight|Int32|\n",
        "|color|Int32|\n|size|String|\n|anything|Int32|\n|else|Int32|\n|weight|Int32|\n",
    );
    let mut diff = diff(&base, &head);
    let today = "2026-11-22".parse().expect("a day");
    let ignored = parse(text).expect("a file").apply(&mut diff, &base, &head, today);
    let mut lines = String::new();
    let mut list = |what: &str, change: &Change| {
        let Change { rule, target, member, .. } = change;
        let member = member.as_deref().unwrap_or_default();
        let _ = writeln!(lines, "{what} {rule} {target} {member}");
    };
    diff.changes.iter().for_each(|change| list("left", change));
    diff.ignored.iter().for_each(|it| list(&format!("ignored ({})", it.reason), &it.change));
    assert_eq!(ignored.count, diff.ignored.len());
    expected.assert_eq(&(lines + &ignored.warnings.join("\n")));
}

#[test]
fn entries_take_changes_out() {
    check(
        r#"
[[ignore]]
rule = "property-type-changed"
target = "contoso.note"
member = "color"
reason = "Colours have always been numbers."
expires = 2026-11-22

[[ignore]]
rule = "property-added"
target = "contoso.*"
member = "any*"
reason = "Wildcards."
"#,
        &expect![[r#"
            left property-added contoso.note else
            left property-type-changed contoso.note size
            ignored (Wildcards.) property-added contoso.note anything
            ignored (Colours have always been numbers.) property-type-changed contoso.note color
        "#]],
    );
}

#[test]
fn without_a_member_all_are_meant() {
    check(
        "ignore = [{ rule = 'property-type-changed', target = 'contoso.note', reason = 'Both.' }]",
        &expect![[r#"
            left property-added contoso.note anything
            left property-added contoso.note else
            ignored (Both.) property-type-changed contoso.note color
            ignored (Both.) property-type-changed contoso.note size
        "#]],
    );
}

#[test]
fn what_is_to_be_mended_is_a_warning() {
    check(
        r#"[[ignore]]
rule = "property-type-changed"
target = "contoso.note"
reason = "not explained yet"
expires = "2026-11-21"

[[ignore]]
rule = "property-removed"
target = "contoso.note"
member = "size"
reason = "It never was there."
"#,
        &expect![[r#"
            left property-added contoso.note anything
            left property-added contoso.note else
            ignored (not explained yet) property-type-changed contoso.note color
            ignored (not explained yet) property-type-changed contoso.note size
            docbind-diff.toml:1: `property-type-changed` of `contoso.note` was to be ignored until 2026-11-21, and still is; decide about it anew
            docbind-diff.toml:7: `property-removed` of `contoso.note`, `size` meets no change; delete the entry
            docbind-diff.toml:1: 1 entry is not explained yet; write into `reason` why the change is right"#]],
    );
}

#[test]
fn a_target_that_is_nearly_one() {
    check(
        "[[ignore]]\nrule = 'property-added'\ntarget = 'Contoso.Notes'\nreason = 'So.'\n\n\
         [[ignore]]\nrule = 'property-removed'\ntarget = 'contoso.notes'\nreason = 'So.'\n\n\
         [[ignore]]\nrule = 'property-added'\ntarget = 'contoso.note'\nmember = 'x'\nreason = 'So.'\n",
        &expect![[r#"
            left property-added contoso.note anything
            left property-type-changed contoso.note color
            left property-added contoso.note else
            left property-type-changed contoso.note size
            docbind-diff.toml:1: `property-added` of `Contoso.Notes` meets no change; is it `contoso.note`? Else delete the entry
            docbind-diff.toml:6: `property-removed` of `contoso.notes` meets no change; delete the entry
            docbind-diff.toml:11: `property-added` of `contoso.note`, `x` meets no change; delete the entry"#]],
    );
}

#[test]
fn an_operation_by_its_request() {
    let page = |status: &str| {
        let text = format!(
            "# List notes\n\nNamespace: contoso\n\n## HTTP request\n\n```http\nGET /notes\n```\n\n\
             ## Response\n\nReturns a `{status}` response code.\n"
        );
        crate::interpret(&Docs::from_texts([("api/note-list.md", text.as_str())])).value
    };
    let (base, head) = (page("200 OK"), page("202 Accepted"));
    let warnings = |target: &str| {
        let text = format!(
            "[[ignore]]\nrule = 'response-status-changed'\ntarget = '{target}'\nreason = 'So.'\n"
        );
        let mut diff = diff(&base, &head);
        parse(&text).expect("a file").apply(&mut diff, &base, &head, Date::today()).warnings
    };
    assert_eq!(warnings("note-list"), [""; 0]);
    let said = warnings("GET /notes");
    assert!(
        said[0].ends_with("meets no change; is it `note-list`? Else delete the entry"),
        "{said:?}"
    );
}

#[test]
fn versions() {
    let docs = |version: &str, rows: &str| {
        let text = format!(
            "# note resource type\n\nNamespace: contoso\n\n## Properties\n\n|Property|Type|\n|:-|:-|\n{rows}"
        );
        (format!("{version}/resources/note.md"), text)
    };
    let api = |pages: &[(String, String)]| {
        let pages = pages.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        crate::interpret(&Docs::from_texts(pages)).value
    };
    let (string, number) = ("|size|String|\n", "|size|Int32|\n");
    let file = parse(
        "[[ignore]]\nrule = 'property-type-changed'\ntarget = 'contoso.note'\nversion = 'beta'\n\
         reason = 'Beta may.'\n",
    );
    let file = file.expect("a file");
    let today = Date::today();
    // Both versions: the entry is for one of them.
    let base = api(&[docs("v1.0", string), docs("beta", string)]);
    let head = api(&[docs("v1.0", number), docs("beta", number)]);
    let mut both = diff(&base, &head);
    assert_eq!(file.apply(&mut both, &base, &head, today), Ignored { count: 1, warnings: vec![] });
    assert_eq!(both.changes[0].version.as_deref(), Some("v1.0"));
    // The other one alone: the entry has nothing to do, and nobody has to hear of it.
    let (base, head) = (api(&[docs("v1.0", string)]), api(&[docs("v1.0", number)]));
    let mut stable = diff(&base, &head);
    assert_eq!(file.apply(&mut stable, &base, &head, today), Ignored::default());
    assert_eq!(stable.changes.len(), 1);
    // Its own alone.
    let (base, head) = (api(&[docs("beta", string)]), api(&[docs("beta", number)]));
    let mut beta = diff(&base, &head);
    assert_eq!(file.apply(&mut beta, &base, &head, today).count, 1);
}

#[track_caller]
fn check_fault(text: &str, expected: &str) {
    assert_eq!(parse(text).expect_err("a fault"), format!("{PATH}:{expected}"));
}

/// An entry with another line.
fn with(line: &str) -> String {
    format!("\n[[ignore]]\nrule = \"type-removed\"\ntarget = \"a.b\"\nreason = \"So.\"\n{line}\n")
}

#[test]
fn files_with_faults() {
    check_fault("[[ignore]\n", "1: unclosed array table, expected `]`");
    check_fault("x = 1", "1: unknown key `x`; entries are sections `[[ignore]]`");
    check_fault("\n[ignore]\nrule = 'x'", "2: entries are sections `[[ignore]]`");
    check_fault("ignore = ['x']", "1: entries are sections `[[ignore]]`");
    check_fault(
        "[[ignore]]\nrule = 'type-remove'\ntarget = 'x'\nreason = 'So.'",
        "2: there is no rule `type-remove`; is it `type-removed`?",
    );
    check_fault(
        "\n[[ignore]]\ntarget = 'x'\nreason = 'So.'",
        "2: an entry needs `rule`: name the rule, as `docbind diff` prints it",
    );
    check_fault(
        "[[ignore]]\nrule = 'type-removed'\nreason = 'So.'",
        "1: an entry needs `target`: name the type or enumeration in full, or the operation by its id",
    );
    check_fault(
        "[[ignore]]\nrule = 'type-removed'\ntarget = 'x'",
        "1: an entry needs `reason`: say why the change is right",
    );
    check_fault(
        "[[ignore]]\nrule = 'type-removed'\ntarget = 'x'\nreason = ' '",
        "4: `reason` is empty",
    );
    check_fault(&with("member = 7"), "6: `member` takes a string");
    check_fault(&with("expire = '2027-01-01'"), "6: unknown key `expire`; is it `expires`?");
    check_fault(
        &with("until = '2027-01-01'"),
        "6: unknown key `until`; the keys are `rule`, `target`, `member`, `version`, `reason`, `expires`",
    );
    check_fault(
        &with("expires = '31.1.2027'"),
        "6: `expires`: `31.1.2027` is no day; write it as `2027-01-31`",
    );
    check_fault(
        &with("expires = 2027-01-31T10:00:00Z"),
        "6: `expires`: `2027-01-31T10:00:00Z` is no day; write it as `2027-01-31`",
    );
    check_fault(&with("expires = 2027"), "6: `expires` takes a day, such as 2027-01-31");
}

#[test]
fn what_is_written_is_ignored_from_then_on() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(PATH);
    let changes = || {
        let odd = "contoso.\"odd\\\u{7f}\u{1}";
        let mut change = Change::new(Rule::TypeRemoved, Subject::Type, odd);
        change.version = Some("v1.0".into());
        let other = Change::new(Rule::PropertyRemoved, Subject::Type, "contoso.note").member("x");
        // Two changes that one entry means.
        vec![change, other.clone(), other]
    };
    let written = IgnoreFile::empty(&path).write(&changes()).expect("it can be written");
    assert_eq!(written, 2);
    let text = std::fs::read_to_string(&path).expect("the file");
    expect![[r##"
        # Changes that `docbind diff` ignores. Each entry names the rule, what changed, and why that is right;
        # `member` narrows it, `*` stands for any text, and `expires` is the last day on which it is not
        # asked about.

        [[ignore]]
        rule = "type-removed"
        version = "v1.0"
        target = "contoso.\"odd\\\u007F\u0001"
        reason = "not explained yet"

        [[ignore]]
        rule = "property-removed"
        target = "contoso.note"
        member = "x"
        reason = "not explained yet"
    "##]]
    .assert_eq(&text);

    // A second run adds to what somebody has edited, and keeps it.
    let edited = format!("{}# The end.", text.replace("not explained yet", "Explained."));
    std::fs::write(&path, &edited).expect("it can be written");
    let more = [Change::new(Rule::EnumRemoved, Subject::Enum, "contoso.color")];
    let file = IgnoreFile::read(&path).expect("a file");
    assert_eq!(file.write(&more).expect("it can be written"), 1);
    let text = std::fs::read_to_string(&path).expect("the file");
    assert!(
        text.starts_with(&format!("{edited}\n\n[[ignore]]\nrule = \"enum-removed\"")),
        "{text}"
    );

    let mut diff = Diff { changes: changes(), ignored: Vec::new() };
    diff.changes.extend(more);
    let (base, head) = sides("", "");
    let file = IgnoreFile::read(&path).expect("a file");
    let ignored = file.apply(&mut diff, &base, &head, Date::today());
    assert_eq!((ignored.count, diff.changes.len()), (4, 0));
    assert_eq!(ignored.warnings.len(), 1, "{ignored:?}");
}

#[test]
fn a_list_that_is_closed_cannot_be_added_to() {
    let file = parse("ignore = []").expect("a file");
    let change = Change::new(Rule::TypeRemoved, Subject::Type, "contoso.note");
    let error = file.write([&change]).expect_err("a fault").to_string();
    assert!(error.contains("as sections `[[ignore]]` first"), "{error}");
    assert_eq!(file.write([]).expect("nothing to do"), 0);
}
