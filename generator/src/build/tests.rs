use std::fs;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use tempfile::TempDir;

use super::cargo::Script;
use super::{Build, Level};
use crate::docs;

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn resource(name: &str) -> String {
    format!(
        "# {name} resource type\n\nNamespace: a.b\n\n## Properties\n\n\
         |Property|Type|Description|\n|:--|:--|:--|\n|id|String|Its key.|\n"
    )
}

/// Docs of some files in a folder named `docs`.
fn docs(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        write(&folder.path().join("docs"), path, text);
    }
    folder
}

#[track_caller]
fn check_error(build: &Build, expected: &Expect) {
    let error = build.generate().expect_err("a flaw");
    expected.assert_eq(&error.to_string());
}

#[test]
fn settings_that_cannot_be() {
    let build = || Build::new().docs("docs").out_dir("nowhere");
    check_error(
        &Build::new(),
        &expect![[
            r#"no docs are named: write `.docs("docs")`, with their folder relative to Cargo.toml"#
        ]],
    );
    check_error(
        &Build::new().docs("docs"),
        &expect![
            "OUT_DIR is not set, as it is in a build.rs that Cargo runs: elsewhere, name a folder with `.out_dir(…)`, or make a crate with `docbind generate`"
        ],
    );
    check_error(
        &build().name("my api"),
        &expect![[r#"`.name("my api")` is no name for a module, such as `mail`"#]],
    );
    check_error(
        &build().client("1st"),
        &expect!["`.client(…)`: `1st` is no name for a type, such as `Client`"],
    );
    check_error(
        &build().base_url("a.example"),
        &expect!["`.base_url(…)`: `a.example` is no URL, such as `https://shop.contoso.example`"],
    );
    check_error(
        &build().host("https://a.example"),
        &expect!["`.host(…)`: `https://a.example` is no host, such as `shop.contoso.example`"],
    );
    check_error(
        &build().include("GET me"),
        &expect![[
            r#"`.include("GET me")`: `GET me` is no filter: a path starts with a slash: `GET /me`"#
        ]],
    );
    check_error(
        &build().include_type("a b"),
        &expect![[
            r#"`.include_type("a b")`: `a b` is no type; write its name, such as `message`, `contoso.shop.order` or `change*`"#
        ]],
    );
}

#[test]
fn docs_that_are_not_there() {
    let folder = docs(&[("api/x.txt", "")]);
    let error = Build::new().docs(folder.path().join("doc")).out_dir(folder.path()).generate();
    let error = error.expect_err("no docs").to_string();
    expect!["`.docs(\"ROOT/doc\")`: there is no folder `ROOT/doc`; is it `ROOT/docs`? (a relative path begins where Cargo.toml is)"]
        .assert_eq(&error.replace(&folder.path().display().to_string(), "ROOT"));
    let error = Build::new().docs(folder.path().join("docs")).out_dir(folder.path()).generate();
    let error = error.expect_err("no pages").to_string();
    assert!(error.contains("hold no `.md` files"), "{error}");
}

/// What Cargo is told of docs in the folder `docs`, where `out` is written to.
#[track_caller]
fn check_reads(folder: &TempDir, named: &[&str], out: &str, expected: &Expect) {
    let named: Vec<_> = named.iter().map(Into::into).collect();
    let roots: Vec<_> = named.iter().map(|name| folder.path().join(name)).collect();
    let roots: Vec<_> = roots.iter().map(PathBuf::as_path).collect();
    let docs = docs::read_all(&roots, None).expect("the docs can be read").value;
    let script = Script::new(folder.path(), &named, &docs);
    let reads = script.reads(&folder.path().join(out));
    let lines = reads.iter().map(|path| format!("{}\n", path.display()));
    expected.assert_eq(&lines.collect::<String>());
}

#[test]
fn folders_and_the_files_beside_them() {
    let including = resource("note") + "\n[!INCLUDE [x](../../includes/x.md)]\n";
    let folder = docs(&[
        ("v1.0/resources/note.md", including.as_str()),
        ("v1.0/api/readme.txt", ""),
        ("beta/resources/note.md", &resource("note")),
        ("includes/x.md", "More."),
        ("includes/y.md", "Nobody includes this."),
    ]);
    check_reads(
        &folder,
        &["docs"],
        "target",
        &expect![[r#"
            docs/beta
            docs/includes/x.md
            docs/v1.0/api
            docs/v1.0/resources
        "#]],
    );
    check_reads(
        &folder,
        &["docs"],
        "docs/v1.0/api/target",
        &expect![[r#"
            docs/beta
            docs/includes/x.md
            docs/v1.0/resources
        "#]],
    );
    check_reads(
        &folder,
        &["docs/v1.0", "docs/beta"],
        "target",
        &expect![[r#"
            docs/beta
            docs/includes/x.md
            docs/v1.0/api
            docs/v1.0/resources
        "#]],
    );
}

#[test]
fn what_may_come_is_awaited_in_the_nearest_folder() {
    let page = |includes: &[&str]| {
        let line = |path: &&str| format!("\n[!INCLUDE [x]({path})]\n");
        resource("note") + &includes.iter().map(line).collect::<String>()
    };
    let two = page(&["../includes/later.md", "../../includes/later.md"]);
    let folder = docs(&[
        ("v1.0/resources/note.md", &page(&["../includes/deep/x.md", "~/media/x.md"])),
        ("v1.0/api/readme.txt", ""),
        ("v1.0/includes/there.md", ""),
    ]);
    write(folder.path(), "more/resources/book.md", &two);
    write(folder.path(), "more/includes/there.md", "");
    check_reads(
        &folder,
        &["docs/v1.0", "more"],
        "target",
        &expect![[r#"
            docs/v1.0
            more
        "#]],
    );
    // Neither the folder of the crate nor one of the docs that holds what is written.
    check_reads(
        &folder,
        &["docs/v1.0", "more"],
        "docs/v1.0/target",
        &expect![[r#"
            docs/v1.0/api
            docs/v1.0/includes
            docs/v1.0/resources
            more
        "#]],
    );
    let elsewhere = tempfile::tempdir().expect("a folder");
    let out = elsewhere.path().to_str().expect("a path");
    check_reads(
        &folder,
        &["more"],
        out,
        &expect![[r#"
            .
        "#]],
    );
    write(folder.path(), "includes/there.md", "");
    write(folder.path(), "more/api/x.md", "");
    check_reads(
        &folder,
        &["more"],
        "target",
        &expect![[r#"
            includes
            more/api
            more/includes
            more/resources
        "#]],
    );
}

#[cfg(unix)]
#[test]
fn what_a_link_leads_to_need_not_be_there() {
    let folder = docs(&[("resources/note.md", &resource("note"))]);
    let link = folder.path().join("docs/resources/gone.md");
    std::os::unix::fs::symlink("nowhere.md", link).expect("a link");
    // Its files are named one by one, and a name without a file would run the script each time.
    check_reads(
        &folder,
        &["docs"],
        "docs/resources/target",
        &expect![[r#"
            docs/resources/note.md
        "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_reference_elsewhere_is_named_as_the_link_to_it() {
    let folder = docs(&[("readme.md", "")]);
    write(folder.path(), "elsewhere/v1.0/resources/note.md", &resource("note"));
    write(folder.path(), "elsewhere/v1.0/api/readme.txt", "");
    let link = folder.path().join("docs/api-reference");
    std::os::unix::fs::symlink("../elsewhere", link).expect("a link");
    check_reads(
        &folder,
        &["docs"],
        "target",
        &expect![[r#"
            docs/api-reference/v1.0/api
            docs/api-reference/v1.0/resources
        "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_named_as_it_was_written() {
    let folder = docs(&[("resources/note.md", &resource("note"))]);
    std::os::unix::fs::symlink("docs", folder.path().join("link")).expect("a link");
    check_reads(
        &folder,
        &["link"],
        "target",
        &expect![[r#"
            link
        "#]],
    );
}

#[test]
fn several_folders_are_one_api() {
    let folder = docs(&[
        ("one/resources/note.md", &resource("note")),
        ("two/resources/book.md", &resource("book")),
    ]);
    let (one, two) = (folder.path().join("docs/one"), folder.path().join("docs/two"));
    let build = Build::new().docs(one).docs(two).out_dir(folder.path()).rerun_if_changed(false);
    let report = build.generate().expect("it can be generated");
    let files = ["note.rs", "book.rs"].map(|name| report.file.with_file_name(name));
    assert!(files.iter().all(|file| file.is_file()), "{files:?}");
    assert!(!report.changes.is_empty());
    let again = build.generate().expect("it can be generated");
    assert_eq!((again.changes.list.len(), again.files), (0, report.files));
}

#[test]
fn many_flaws_are_told_in_a_few_lines() {
    let pages: Vec<_> = (0..30).map(|at| format!("resources/page{at}.md")).collect();
    let mut files: Vec<_> = pages.iter().map(|page| (page.as_str(), "# Nothing\n")).collect();
    let note = resource("note");
    files.push(("resources/note.md", &note));
    let folder = docs(&files);
    let docs = folder.path().join("docs");
    let build = Build::new().docs(&docs).out_dir(folder.path()).fail_on(Level::Warning);
    let error = build.generate().expect_err("warnings").to_string();
    let text = error.replace(&docs.display().to_string(), "docs").replace('\\', "/");
    let lines: Vec<_> = text.lines().filter(|line| !line.contains("help:")).collect();
    expect![[r#"
        the docs have 30 warnings
          docs/resources/page0.md:1: warning[page-without-facts]: the page states no type, enumeration or operation
          and 10 more; `docbind check` shows all
        mend the docs, or let the build pass with `.fail_on(docbind::Level::Never)`"#]].assert_eq(&[&lines[..2], &lines[lines.len() - 2..]].concat().join("\n"));
    assert!(build.fail_on(Level::Error).generate().is_ok());
}
