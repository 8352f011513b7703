//! What a build script says when something is wrong with what it asks for. Each case is a process of
//! its own, with the variables that Cargo gives to build scripts.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use docbind::{Build, Error};
use expect_test::{Expect, expect};
use tempfile::TempDir;

type Script = fn() -> Result<(), Error>;

/// The scripts, by the name of their case.
const SCRIPTS: [(&str, Script); 14] = [
    ("no docs folder", || done(&Build::new().docs("dosc"))),
    ("no docs folder in the file", || done(&Build::new().config("docbind.toml"))),
    ("no file", || done(&Build::new().config("docbnd.toml"))),
    ("by the file", || done(&Build::new().docs("docs").config("docbind.toml"))),
    ("a bad glob", || done(&Build::new().docs("docs").include("/notes/**s"))),
    ("no variable", || done(&Build::new().docs("docs"))),
    ("nothing of this kind", || done(&Build::new().docs("docs").include("GET /note"))),
    ("removed", || done(&Build::new().docs("docs").include("/notes").exclude("GET /**"))),
    ("no such type", || done(&Build::new().docs("docs").rename_type("nots", "Memo"))),
    ("a name that is taken", || done(&Build::new().docs("docs").rename_type("note", "Client"))),
    ("twice", || {
        let build = Build::new().docs("docs").rename_type("note", "Memo");
        done(&build.replace_type("a.b.note", "crate::Memo"))
    }),
    ("two of one name", || {
        done(&Build::new().docs("docs"))?;
        done(&Build::new().docs("docs").client("Other"))
    }),
    ("the same again", || {
        done(&Build::new().docs("docs"))?;
        done(&Build::new().docs("docs"))?;
        done(&Build::new().docs("docs").client("Other").name("other"))
    }),
    ("a method counts before the file", || {
        done(&Build::new().docs("docs").config("docbind.toml").rename_type("a.b.note", "Jotting"))?;
        let out = std::env::var_os("OUT_DIR").expect("it is set");
        assert!(Path::new(&out).join("docbind/api/src/jotting.rs").is_file());
        Ok(())
    }),
];

fn done(build: &Build) -> Result<(), Error> {
    build.generate().map(|_| ())
}

#[test]
#[ignore = "it is a build script, which the others run"]
fn script() {
    let case = std::env::var("CASE").expect("the name of a case");
    let (_, script) = SCRIPTS.iter().find(|(name, _)| *name == case).expect("a case");
    if let Err(error) = script() {
        // As a `main` that returns it prints it.
        let _ = writeln!(std::io::stderr(), "Error: {error:?}");
    }
}

/// A crate with docs of one type and one operation.
fn crate_(config: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    };
    write(
        "docs/resources/note.md",
        "# note resource type\n\nNamespace: a.b\n\n## Properties\n\n|Property|Type|Description|\n\
         |:--|:--|:--|\n|id|String|Its key.|\n",
    );
    write(
        "docs/api/note-list.md",
        "# List notes\n\nNamespace: a.b\n\n## HTTP request\n\n```http\nGET /notes\n```\n\n\
         ## Response\n\nReturns a `200 OK` with a collection of [note](../resources/note.md) objects.\n",
    );
    write("docbind.toml", config);
    folder
}

#[track_caller]
fn check(case: &str, config: &str, expected: &Expect) {
    let folder = crate_(config);
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["script", "--exact", "--ignored", "--nocapture"])
        .current_dir(folder.path())
        .env("CASE", case)
        .env("CARGO_MANIFEST_DIR", folder.path())
        .env("OUT_DIR", folder.path().join("out"))
        .env("HOST", "any")
        .env("NUM_JOBS", "2");
    if case == "no variable" {
        command.env_remove("OUT_DIR");
    }
    let output = command.output().expect("the program starts");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(output.status.success(), "{said}");
    let root = folder.path().display().to_string();
    let error = said.split_once("Error: ").map_or("fine", |(_, error)| error.trim_end());
    expected.assert_eq(&error.replace(&root, "ROOT").replace('\\', "/"));
}

#[test]
fn what_is_not_there() {
    check(
        "no docs folder",
        "",
        &expect![[
            r#"`.docs("dosc")`: there is no folder `ROOT/dosc`; is it `ROOT/docs`? (a relative path begins where Cargo.toml is)"#
        ]],
    );
    check(
        "no docs folder in the file",
        "api-version = \"v1.0\"\ndocs = \"pages\"\n",
        &expect![
            "docbind.toml:2: `docs`: there is no folder `ROOT/pages`; is it `ROOT/docs`? (a relative path begins where this file is)"
        ],
    );
    check(
        "no file",
        "",
        &expect![[
            r#"`.config("docbnd.toml")`: there is no file `ROOT/docbnd.toml`; is it `ROOT/docbind.toml`? (a relative path begins where Cargo.toml is)"#
        ]],
    );
}

#[test]
fn filters() {
    check(
        "a bad glob",
        "",
        &expect![[
            r#"`.include("/notes/**s")`: `/notes/**s` is no filter: `**` is a segment of its own, and `**s` is more; write `*` for any part of a segment"#
        ]],
    );
    check(
        "nothing of this kind",
        "",
        &expect!["include `GET /note` matches nothing; is it `GET /notes`?"],
    );
    check(
        "removed",
        "",
        &expect![
            "include `/notes` leaves nothing, for exclude `GET /**` removes it; leave one of them out"
        ],
    );
    check(
        "by the file",
        "\ninclude = [\n  \"GET /notes\",\n  \"/nots\",\n]\n",
        &expect!["docbind.toml:4: include `/nots` matches nothing; is it `/notes`?"],
    );
    check(
        "by the file",
        "\ninclude = [\"GET /notes\"]\nexclude = [\"/notes\"]\n",
        &expect![
            "docbind.toml:2: include `GET /notes` leaves nothing, for exclude `/notes` of docbind.toml:3 removes it; leave one of them out"
        ],
    );
    check(
        "by the file",
        "include = [\"GET /notes\"]\nexclude = [\"get /Notes\"]\n",
        &expect![
            "docbind.toml:1: `GET /notes` is included and excluded by docbind.toml:2; leave one of them out"
        ],
    );
    check(
        "by the file",
        "include = [\"beta: GET /notes\"]\n",
        &expect![
            "docbind.toml:1: include `beta: GET /notes` matches nothing; the docs have no version folders, so leave the version out"
        ],
    );
}

#[test]
fn types() {
    check(
        "no such type",
        "",
        &expect![[r#"`.rename_type("nots", "Memo")`: there is no type `nots`; is it `note`?"#]],
    );
    check(
        "a name that is taken",
        "",
        &expect![[
            r#"`.rename_type("note", "Client")`: `a.b.note` cannot be `Client` at the root, for that is what the crate itself defines; choose another"#
        ]],
    );
    check(
        "twice",
        "",
        &expect![[
            r#"`.replace_type("a.b.note", "crate::Memo")`: `a.b.note` has another name or place already, by `.rename_type("note", "Memo")`"#
        ]],
    );
    check(
        "by the file",
        "[types.nots]\n\nrename = \"Memo\"\n",
        &expect!["docbind.toml:1: there is no type `nots`; is it `note`?"],
    );
    check(
        "by the file",
        "[types.note]\n\nrename = \"a memo\"\n",
        &expect!["docbind.toml:3: `a memo` is no name for a type, such as `AMemo`"],
    );
    check(
        "by the file",
        "[types.note]\nderive = [\n  \"Eq\",\n  \"Clone\",\n]\n",
        &expect!["docbind.toml:4: `#[derive(Clone)]`: every type has `Clone` already"],
    );
    check(
        "by the file",
        "[types.note]\nmodule = \"a.b\"\n",
        &expect![
            "docbind.toml:2: `a.b` is no path of modules, such as `mail` or `mail::rules`, from the root of the version on, which is `self`"
        ],
    );
    check(
        "by the file",
        "[types.note]\nreplace = \"Memo\"\n",
        &expect![
            "docbind.toml:2: `Memo` is no path of a type, such as `crate::Time`; one of this crate begins with `crate::`"
        ],
    );
    check(
        "by the file",
        "[types.note]\n",
        &expect![
            "docbind.toml:1: `[types.note]` decides nothing; take it out, or write what is decided, by `attributes`, `derive`, `rename`, `replace`, `module`"
        ],
    );
    check("a method counts before the file", "[types.note]\nrename = \"Memo\"\n", &expect!["fine"]);
}

#[test]
fn folders() {
    check(
        "no variable",
        "",
        &expect![
            "OUT_DIR is not set, as it is in a build.rs that Cargo runs: elsewhere, name a folder with `.out_dir(…)`, or make a crate with `docbind generate`"
        ],
    );
    check(
        "two of one name",
        "",
        &expect![[
            r#"this build script makes two APIs of the name "api", and the second would overwrite the first: give each another `.name(…)`, by which `include_api!(…)` includes it"#
        ]],
    );
    check("the same again", "", &expect!["fine"]);
}
