use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use expect_test::{Expect, expect};

use super::{Input, Inputs, Settings, Side, load};
use crate::git::sample::{Sample, write};
use crate::model::ProfileOverrides;

const USER: &str = "---\ntitle: user\n---\n\n# user resource type\n\nNamespace: microsoft.graph\n\nA user.\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|name|String|The name.|\n";
const GROUP: &str = "---\ntitle: group\n---\n\n# group resource type\n\nNamespace: microsoft.graph\n\nA group.\n\n## Properties\n\n|Property|Type|Description|\n|:---|:---|:---|\n|id|String|The id.|\n\n[!INCLUDE [more](../includes/more.md)]\n";

fn parse(base: &str, head: Option<&str>, docs: &Path) -> Result<Inputs, String> {
    Inputs::parse(OsStr::new(base), head.map(OsStr::new), docs).map_err(|it| it.to_string())
}

/// What words mean in the repository, or why they mean nothing.
#[track_caller]
fn check(sample: &Sample, base: &str, head: Option<&str>, expected: &Expect) {
    let shown = match parse(base, head, &sample.root.join("docs")) {
        Ok(inputs) => format!("{:?}\n{:?}\n", inputs.base, inputs.head),
        Err(error) => format!("{error}\n"),
    };
    expected.assert_eq(&shown.replace(&sample.root.display().to_string(), "ROOT"));
}

/// A repository whose working tree has changes on top of two commits.
fn sample() -> Option<Sample> {
    let sample = Sample::of(&[
        ("docs/resources/user.md", USER.as_bytes()),
        ("docs/resources/group.md", GROUP.as_bytes()),
        ("docs/includes/more.md", b"More.\n"),
    ])?;
    sample.write("docs/resources/user.md", USER.replace("String", "Int32").as_bytes());
    sample.commit();
    sample.write("docs/resources/user.md", USER.replace("String", "Int64").as_bytes());
    Some(sample)
}

fn read(sample: &Sample, base: &str, head: Option<&str>) -> Result<(Side, Side), String> {
    let inputs = parse(base, head, &sample.root.join("docs"))?;
    load(&inputs, Settings::default()).map_err(|error| error.to_string())
}

/// The type of the property that differs.
fn ty(side: &Side) -> String {
    let ty = side.api.versions[0].ty("microsoft.graph.user").expect("the type");
    format!("{:?}", ty.properties[0].ty.name)
}

#[test]
fn words_for_one_side() {
    let Some(sample) = sample() else { return };
    fs::create_dir(sample.root.join("other")).expect("a folder");
    write(&sample.root.join("model.json"), b"{}");
    let other = sample.root.join("other").display().to_string();
    let model = sample.root.join("model.json").display().to_string();
    check(
        &sample,
        "HEAD",
        None,
        &expect![[r#"
        Revision { point: Named("HEAD"), path: "docs" }
        Docs("ROOT/docs")
    "#]],
    );
    check(
        &sample,
        "HEAD~1:other/v1.0/",
        None,
        &expect![[r#"
        Revision { point: Named("HEAD~1"), path: "other/v1.0" }
        Docs("ROOT/other/v1.0")
    "#]],
    );
    check(
        &sample,
        "HEAD:",
        Some("HEAD^{/a:b..c}:x"),
        &expect![[r#"
        Revision { point: Named("HEAD"), path: "" }
        Revision { point: Named("HEAD^{/a:b..c}"), path: "x" }
    "#]],
    );
    check(
        &sample,
        &other,
        Some(&model),
        &expect![[r#"
        Docs("ROOT/other")
        Model("ROOT/model.json")
    "#]],
    );
    check(
        &sample,
        &model,
        None,
        &expect![[r#"
        Model("ROOT/model.json")
        Docs("ROOT/docs")
    "#]],
    );
    check(
        &sample,
        "none/model.json",
        None,
        &expect![[r#"
        there is no `none/model.json`: name a folder of docs, the JSON of a model, or a revision with a folder of docs, such as `main:docs`
    "#]],
    );
    check(
        &sample,
        "./none",
        None,
        &expect![[r#"
        there is no `./none`: name a folder of docs, the JSON of a model, or a revision with a folder of docs, such as `main:docs`
    "#]],
    );
    check(
        &sample,
        ":docs",
        None,
        &expect![[r#"
        there is no `:docs`: name a folder of docs, the JSON of a model, or a revision with a folder of docs, such as `main:docs`
    "#]],
    );
}

#[test]
fn words_for_both_sides() {
    let Some(sample) = sample() else { return };
    check(
        &sample,
        "main..topic",
        None,
        &expect![[r#"
        Revision { point: Named("main"), path: "docs" }
        Revision { point: Named("topic"), path: "docs" }
    "#]],
    );
    check(
        &sample,
        "main...topic",
        None,
        &expect![[r#"
        Revision { point: MergeBase("main", "topic"), path: "docs" }
        Revision { point: Named("topic"), path: "docs" }
    "#]],
    );
    check(
        &sample,
        "HEAD~3..",
        None,
        &expect![[r#"
        Revision { point: Named("HEAD~3"), path: "docs" }
        Revision { point: Named("HEAD"), path: "docs" }
    "#]],
    );
    check(
        &sample,
        "..HEAD@{1}",
        None,
        &expect![[r#"
        Revision { point: Named("HEAD"), path: "docs" }
        Revision { point: Named("HEAD@{1}"), path: "docs" }
    "#]],
    );
    check(
        &sample,
        "a:x..b:y",
        None,
        &expect![[r#"
        Revision { point: Named("a"), path: "x" }
        Revision { point: Named("b"), path: "y" }
    "#]],
    );
    check(
        &sample,
        "a..b:y",
        None,
        &expect![[r#"
        Revision { point: Named("a"), path: "y" }
        Revision { point: Named("b"), path: "y" }
    "#]],
    );
    check(
        &sample,
        "a:x/../y",
        None,
        &expect![[r#"
        Revision { point: Named("a"), path: "x/../y" }
        Docs("ROOT/x/../y")
    "#]],
    );
    check(
        &sample,
        "a..:y",
        None,
        &expect![[r#"
        `:y` names no revision in front of the `:`
    "#]],
    );
}

#[test]
fn words_for_both_sides_and_one_more() {
    let Some(sample) = sample() else { return };
    check(
        &sample,
        "main..topic",
        Some("HEAD"),
        &expect![[r#"
        `main..topic` names both sides: leave `HEAD` out, or name one revision instead of `main..topic`
    "#]],
    );
    check(
        &sample,
        "main",
        Some("HEAD...topic:docs"),
        &expect![[r#"
        `HEAD...topic:docs` names both sides: leave `main` out, or name one revision instead of `HEAD...topic:docs`
    "#]],
    );
    // What stands behind a colon may be called like that.
    check(
        &sample,
        "HEAD:a..b",
        Some("HEAD:a"),
        &expect![[r#"
        Revision { point: Named("HEAD"), path: "a..b" }
        Revision { point: Named("HEAD"), path: "a" }
    "#]],
    );
}

#[test]
fn a_path_wins_over_a_revision() {
    let Some(sample) = sample() else { return };
    let folder = sample.root.join("docs");
    let inputs = Inputs::parse(folder.as_os_str(), None, &folder).expect("two folders");
    assert_eq!((&inputs.base, &inputs.head), (&Input::Docs(folder.clone()), &Input::Docs(folder)));
}

#[test]
fn folders_that_the_working_tree_lacks() {
    let Some(sample) = sample() else { return };
    fs::remove_dir_all(sample.root.join("docs")).expect("it is there");
    let (base, head) = read(&sample, "HEAD~1..HEAD", None).expect("both are in commits");
    assert_ne!(ty(&base), ty(&head));
}

#[test]
fn sides_of_all_kinds() {
    let Some(sample) = sample() else { return };
    let (base, head) = read(&sample, "HEAD~1", None).expect("both can be read");
    assert_eq!([ty(&base), ty(&head)], ["Primitive(String)", "Primitive(Int64)"]);
    assert_eq!(base.name, "HEAD~1:docs");
    let (base, head) = read(&sample, "HEAD~1", Some("HEAD")).expect("both can be read");
    assert_eq!([ty(&base), ty(&head)], ["Primitive(String)", "Primitive(Int32)"]);
    let model = sample.beside("model.json");
    write(&model, format!("\u{FEFF}{}", base.api.to_json()).as_bytes());
    let model = model.display().to_string();
    let (again, head) = read(&sample, &model, Some("HEAD~1")).expect("both can be read");
    assert!(again.api == base.api && head.api == base.api);
    let utf16: Vec<u8> = base.api.to_json().encode_utf16().flat_map(u16::to_le_bytes).collect();
    write(Path::new(&model), &[&[0xFF, 0xFE], &utf16[..]].concat());
    assert!(read(&sample, &model, None).expect("both can be read").0.api == base.api);
}

#[test]
fn a_topic_is_compared_with_where_it_began() {
    let Some(sample) = sample() else { return };
    sample.git(&["stash", "--quiet"]);
    sample.git(&["checkout", "--quiet", "-b", "topic", "HEAD~1"]);
    sample.write("docs/resources/item.md", USER.replace("user", "item").as_bytes());
    sample.commit();
    let (base, head) = read(&sample, "main...topic", None).expect("both can be read");
    assert_eq!(ty(&base), ty(&head));
    assert!(head.api.versions[0].ty("microsoft.graph.item").is_some());
    assert!(base.api.versions[0].ty("microsoft.graph.item").is_none());
}

#[test]
fn what_is_shared_is_what_each_side_says_alone() {
    let Some(sample) = sample() else { return };
    // Files in front of others move them, and what a page includes may be all that changes.
    sample.write("docs/resources/aaa.md", USER.replace("user", "aaa").as_bytes());
    sample.write("docs/includes/more.md", b"|Property|Type|\n|:---|:---|\n|x|String|\n");
    sample.write(
        "docs/resources/broken.md",
        b"# broken\n\n## Properties\n\n|Property|Type|\n|a|b|c|\n",
    );
    sample.commit();
    sample.write("docs/resources/aab.md", USER.replace("user", "aab").as_bytes());
    sample.commit();
    for pair in [["HEAD~3", "HEAD"], ["HEAD", "HEAD~2"], ["HEAD~1", "HEAD"], ["HEAD", "HEAD"]] {
        let (base, head) = read(&sample, pair[0], Some(pair[1])).expect("both can be read");
        for (side, revision) in [(base, pair[0]), (head, pair[1])] {
            sample.git(&["worktree", "add", "--quiet", "--force", "../alone", revision]);
            let alone = crate::load(&sample.beside("alone").join("docs"), None).expect("docs");
            sample.git(&["worktree", "remove", "--force", "../alone"]);
            assert!(side.api == alone.api, "{pair:?} {revision}");
            assert_eq!(side.diagnostics, alone.diagnostics);
        }
    }
}

#[test]
fn a_cache_changes_nothing() {
    let Some(sample) = sample() else { return };
    let cache = sample.beside("cache");
    let settings = Settings { cache: Some(&cache), ..Settings::default() };
    let inputs = || parse("HEAD~1", Some("HEAD"), &sample.root.join("docs")).expect("revisions");
    let plain = load(&inputs(), Settings::default()).expect("both can be read");
    for _ in 0..2 {
        let (base, head) = load(&inputs(), settings).expect("both can be read");
        assert!(base.api == plain.0.api && head.api == plain.1.api);
    }
    assert!(fs::read_dir(&cache).expect("it is there").count() > 0);
}

/// What is known of a side.
fn whole(side: &Side) -> String {
    let texts = side.docs.iter().flat_map(|docs| &docs.files).map(|file| (&file.path, &file.text));
    format!("{:?}\n{:?}\n{:?}", side.api, side.diagnostics, texts.collect::<Vec<_>>())
}

/// Reads two sides with what the cache keeps and without it.
#[track_caller]
fn check_kept(sample: &Sample, base: &str, head: &str) {
    let cache = sample.beside("cache");
    let settings = Settings { cache: Some(&cache), ..Settings::default() };
    let inputs = || parse(base, Some(head), &sample.root.join("docs")).expect("two sides");
    let plain = load(&inputs(), Settings::default()).expect("both can be read");
    let kept = load(&inputs(), settings).expect("both can be read");
    assert_eq!(whole(&kept.0), whole(&plain.0), "{base}");
    assert_eq!(whole(&kept.1), whole(&plain.1), "{head}");
}

#[test]
fn what_is_kept_is_that_of_the_same_content() {
    let Some(sample) = sample() else { return };
    let flawed = USER.replace("String", "unknown thing");
    for (name, text) in
        [("flawed", &*flawed), ("plain", USER), ("marked", &format!("\u{FEFF}{USER}"))]
    {
        sample.write("docs/resources/user.md", text.as_bytes());
        // Another file in front of it, so that its place is another one.
        sample.write(&format!("docs/resources/a-{name}.md"), GROUP.as_bytes());
        sample.commit();
        sample.git(&["tag", name]);
    }
    for (base, head) in [
        ("flawed", "plain"),
        ("flawed", "marked"),
        ("plain", "flawed"),
        ("marked", "flawed"),
        ("marked", "HEAD~4"),
        ("flawed", "plain"),
    ] {
        check_kept(&sample, base, head);
        check_kept(&sample, base, &sample.root.join("docs").display().to_string());
    }
}

#[test]
fn an_object_that_stands_for_another_is_read() {
    let Some(sample) = sample() else { return };
    check_kept(&sample, "HEAD~1", "HEAD");
    let [old, new] = ["HEAD~1", "HEAD"]
        .map(|name| sample.git(&["rev-parse", &format!("{name}:docs/resources/user.md")]));
    sample.git(&["replace", old.trim(), new.trim()]);
    check_kept(&sample, "HEAD~1", "HEAD");
    sample.git(&["pack-refs", "--all"]);
    check_kept(&sample, "HEAD~1", "HEAD");
    sample.git(&["replace", "--delete", old.trim()]);
    check_kept(&sample, "HEAD~1", "HEAD");
}

#[test]
fn what_a_caller_states() {
    let Some(sample) = sample() else { return };
    let profile = ProfileOverrides {
        base_url: Some("https://example.org".to_owned()),
        ..ProfileOverrides::default()
    };
    let settings =
        Settings { profile: Some(&profile), api_version: Some("v2.0"), ..Settings::default() };
    let inputs = parse("HEAD", None, &sample.root.join("docs")).expect("two sides");
    let (base, head) = load(&inputs, settings).expect("both can be read");
    for side in [base, head] {
        assert_eq!(side.api.profile.base_url.as_deref(), Some("https://example.org"));
        assert_eq!(side.api.versions[0].api_version.as_deref(), Some("v2.0"));
    }
}

#[track_caller]
fn refused(sample: &Sample, base: &str, expected: &Expect) {
    let error = read(sample, base, None).map(|_| ()).expect_err("a side cannot be read");
    expected.assert_eq(&format!("{error}\n").replace(&sample.root.display().to_string(), "ROOT"));
}

#[test]
fn sides_that_cannot_be_read() {
    let Some(sample) = sample() else { return };
    let path = |name: &str| sample.root.join(name).display().to_string();
    refused(
        &sample,
        "HEAD~7",
        &expect![[r#"
            `HEAD~7:docs`: the repository of `ROOT/docs` has no revision `HEAD~7`, though there is `HEAD`: `git log HEAD` lists its commits
        "#]],
    );
    refused(
        &sample,
        "HEAD:none",
        &expect![[r#"
            `HEAD:none`: `HEAD` has no folder `none`: name another one behind the revision, such as `HEAD:docs`, or by --docs; paths are relative to the root of the repository, and `git ls-tree HEAD` lists what is there
        "#]],
    );
    refused(
        &sample,
        "HEAD:docs/includes",
        &expect![[r#"
        no pages under `HEAD:docs/includes`: name a folder that holds `api` and `resources`, or version folders such as `v1.0` and `beta` that hold these, or an `api-reference` with them
    "#]],
    );
    refused(
        &sample,
        &path("docs/resources/user.md"),
        &expect![[r#"
        `ROOT/docs/resources/user.md`: the model JSON is no JSON (invalid number; line 1, column 2): write it anew with `docbind model --format json`
    "#]],
    );
    refused(
        &sample,
        &path("docs/includes"),
        &expect![[r#"
        no pages under `ROOT/docs/includes`: name a folder that holds `api` and `resources`, or version folders such as `v1.0` and `beta` that hold these, or an `api-reference` with them
    "#]],
    );
    sample.write("docs/resources/user.md", b"\x89PNG\r\n\x1A\n\0\0\0");
    refused(
        &sample,
        "HEAD",
        &expect![[r#"
            `ROOT/docs` cannot be read as a whole, and a diff would say that what is missing was removed: mend the files, name another side, or compare what can be read with --partial
              warning[nul-bytes] resources/user.md:1: the file holds NUL bytes, read as `�`
        "#]],
    );
    sample.commit();
    sample.write("docs/resources/user.md", &vec![b'x'; 33 << 20]);
    sample.commit();
    refused(
        &sample,
        "HEAD~1..HEAD~2",
        &expect![[r#"
            `HEAD~1:docs` cannot be read as a whole, and a diff would say that what is missing was removed: mend the files, name another side, or compare what can be read with --partial
              warning[nul-bytes] resources/user.md:1: the file holds NUL bytes, read as `�`
        "#]],
    );
    refused(
        &sample,
        "HEAD~2..HEAD",
        &expect![[r#"
            `HEAD:docs` cannot be read as a whole, and a diff would say that what is missing was removed: mend the files, name another side, or compare what can be read with --partial
              error[oversized-file] resources/user.md:1: the file has 34603008 bytes, more than the 33554432 that are read
        "#]],
    );
}

#[test]
fn a_model_is_what_its_docs_are() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
    let real = std::env::var_os("DOCBIND_GRAPH_DOCS");
    if real.is_none() {
        let line = "DOCBIND_GRAPH_DOCS is not set: no model of real pages is compared\n";
        std::io::stderr().write_all(line.as_bytes()).expect("the terminal takes it");
    }
    for docs in std::iter::once(docs).chain(real.map(Into::into)) {
        let api = crate::load(&docs, None).expect("the docs can be read").api;
        let again = crate::model::Api::from_json(&api.to_json()).expect("a model");
        assert_eq!(crate::diff::diff(&api, &again).changes, []);
    }
}
