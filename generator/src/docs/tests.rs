//! What is read from a folder, and what is said of what is not.

use std::fs;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use tempfile::TempDir;

use super::{Docs, IncludeTarget, Role, include, read};
use crate::diagnostic::{Parsed, render};

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a folder for the test");
    for (path, content) in files {
        write(folder.path(), path, content);
    }
    folder
}

fn write(root: &Path, path: &str, content: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("files lie in a folder")).expect("a new folder");
    fs::write(path, content).expect("a new file");
}

#[track_caller]
fn check(root: &Path, api_version: Option<&str>, expected: &Expect) {
    let shown = match read(root, api_version) {
        Ok(Parsed { value: docs, diagnostics }) => {
            let lines = diagnostics.iter().map(|flaw| format!("{}\n", render::line(&docs, flaw)));
            show(&docs) + &lines.collect::<String>()
        }
        Err(error) => {
            let given = root.display().to_string();
            format!("{error}\n").replace(&given, "ROOT")
        }
    };
    expected.assert_eq(&shown);
}

fn show(docs: &Docs) -> String {
    let files = docs.files.iter().map(|file| {
        let role = match &file.role {
            Role::Page { version, page } => format!("page {version:?} {page}"),
            Role::Include => "include".to_string(),
            Role::Unread => "unread".to_string(),
        };
        format!("{} {role} {:?}\n", file.path, file.text)
    });
    files.collect()
}

#[test]
fn a_folder_with_pages() {
    let folder = folder(&[
        ("resources/b.md", b"B"),
        ("api/a.md", b"A"),
        ("api/sub/c.md", b"C"),
        ("api/c.md.txt", b"no page"),
        ("api/.hidden.md", b"no page"),
        ("api/includes/d.md", b"no page"),
        ("api/toc.yml", b"no page"),
        ("README.md", b"no page"),
    ]);
    check(
        folder.path(),
        None,
        &expect![[r#"
        api/a.md page None api/a.md "A"
        api/sub/c.md page None api/sub/c.md "C"
        resources/b.md page None resources/b.md "B"
    "#]],
    );
    check(
        folder.path(),
        Some("v2.0"),
        &expect![[r#"
        api/a.md page Some("v2.0") api/a.md "A"
        api/sub/c.md page Some("v2.0") api/sub/c.md "C"
        resources/b.md page Some("v2.0") resources/b.md "B"
    "#]],
    );
}

#[test]
fn folders_of_versions() {
    let folder = folder(&[
        ("v1.0/api/a.md", b"A"),
        ("beta/resources/b.md", b"B"),
        ("v2/other/c.md", b"no page"),
        ("preview/api/d.md", b"no page"),
    ]);
    check(
        folder.path(),
        None,
        &expect![[r#"
        beta/resources/b.md page Some("beta") resources/b.md "B"
        v1.0/api/a.md page Some("v1.0") api/a.md "A"
    "#]],
    );
    check(
        folder.path(),
        Some("beta"),
        &expect![[r#"
        beta/resources/b.md page Some("beta") resources/b.md "B"
    "#]],
    );
    check(
        folder.path(),
        Some("v3.0"),
        &expect![[r#"
        the docs have no version `v3.0`: ask for one of `beta`, `v1.0`
    "#]],
    );
    check(
        &folder.path().join("v1.0"),
        None,
        &expect![[r#"
        api/a.md page Some("v1.0") api/a.md "A"
    "#]],
    );
    check(
        &folder.path().join("v1.0"),
        Some("beta"),
        &expect![[r#"
        the docs folder holds version `v1.0`, not `beta`: name the folder of that version, or leave the version out
    "#]],
    );
}

#[test]
fn a_checkout_with_an_api_reference() {
    let folder = folder(&[("api-reference/v1.0/api/a.md", b"A"), ("concepts/b.md", b"no page")]);
    check(
        folder.path(),
        None,
        &expect![[r#"
        v1.0/api/a.md page Some("v1.0") api/a.md "A"
    "#]],
    );
}

#[test]
fn folders_without_pages() {
    let empty = folder(&[("other/a.md", b"A")]);
    check(
        empty.path(),
        None,
        &expect![[r#"
        no pages under `ROOT`: name a folder that holds `api` and `resources`, or version folders such as `v1.0` and `beta` that hold these, or an `api-reference` with them
    "#]],
    );
    check(
        &empty.path().join("none"),
        None,
        &expect![[r#"
        cannot open the docs folder `ROOT`: No such file or directory (os error 2)
    "#]],
    );
    check(
        &empty.path().join("other/a.md"),
        None,
        &expect![[r#"
        no pages under `ROOT`: name a folder that holds `api` and `resources`, or version folders such as `v1.0` and `beta` that hold these, or an `api-reference` with them
    "#]],
    );
    let no_pages = folder(&[("api/a.txt", b"A")]);
    check(
        no_pages.path(),
        None,
        &expect![[r#"
        the folders `api` and `resources` under `ROOT` hold no `.md` files
    "#]],
    );
}

#[test]
fn includes_from_the_root_and_beside_it() {
    let folder = folder(&[
        (
            "docs/v1.0/api/a.md",
            b"[!INCLUDE [a](../includes/a.md)] [!INCLUDE [b](../../includes/b.md)]",
        ),
        (
            "docs/v1.0/api/c.md",
            b"[!INCLUDE [c](../../../includes/c.md)] [!INCLUDE [d](../../../d.md)]",
        ),
        (
            "docs/v1.0/api/e.md",
            b"[!INCLUDE [e](../includes/snippets/e.md)] [!INCLUDE [f](../includes/f.txt)]",
        ),
        ("docs/v1.0/includes/a.md", b"[!INCLUDE [g](deep/g.md)]"),
        ("docs/v1.0/includes/deep/g.md", b"[!INCLUDE [a](../a.md)]"),
        ("docs/v1.0/includes/snippets/e.md", b"sample"),
        ("docs/v1.0/includes/f.txt", b"no Markdown"),
        ("docs/includes/b.md", b"B"),
        ("includes/c.md", b"C"),
        ("d.md", b"D"),
    ]);
    check(
        &folder.path().join("docs"),
        None,
        &expect![[r#"
        ../includes/c.md include "C"
        includes/b.md include "B"
        v1.0/api/a.md page Some("v1.0") api/a.md "[!INCLUDE [a](../includes/a.md)] [!INCLUDE [b](../../includes/b.md)]"
        v1.0/api/c.md page Some("v1.0") api/c.md "[!INCLUDE [c](../../../includes/c.md)] [!INCLUDE [d](../../../d.md)]"
        v1.0/api/e.md page Some("v1.0") api/e.md "[!INCLUDE [e](../includes/snippets/e.md)] [!INCLUDE [f](../includes/f.txt)]"
        v1.0/includes/a.md include "[!INCLUDE [g](deep/g.md)]"
        v1.0/includes/deep/g.md include "[!INCLUDE [a](../a.md)]"
    "#]],
    );
}

#[test]
fn bytes_that_are_no_plain_text() {
    let folder = folder(&[
        ("api/bom.md", b"\xEF\xBB\xBF# A\n"),
        ("api/bom2.md", b"\xEF\xBB\xBF# B\n"),
        ("api/crlf.md", b"# A\r\n\r\nx\r\n"),
        ("api/latin.md", b"# A\n\ncaf\xE9\n"),
        ("api/nul.md", b"# A\n\0\n"),
        ("api/utf16.md", b"\xFF\xFE#\0 \0A\0"),
        ("api/empty.md", b""),
    ]);
    check(
        folder.path(),
        None,
        &expect![[r##"
        api/bom.md page None api/bom.md "# A\n"
        api/bom2.md page None api/bom2.md "# B\n"
        api/crlf.md page None api/crlf.md "# A\n\nx\n"
        api/empty.md page None api/empty.md ""
        api/latin.md page None api/latin.md "# A\n\ncaf�\n"
        api/nul.md page None api/nul.md "# A\n�\n"
        api/utf16.md page None api/utf16.md "# A"
        warning[invalid-utf8] api/latin.md:3: the file is not UTF-8; what is not is read as `�`
        warning[nul-bytes] api/nul.md:2: the file holds NUL bytes, read as `�`
        warning[utf-16] api/utf16.md:1: the file is UTF-16
        warning[byte-order-mark] api/bom.md:1: the file starts with a byte order mark, here and in another file
        warning[carriage-returns] api/crlf.md:1: lines end in CRLF
    "##]],
    );
}

#[test]
fn files_that_are_too_large() {
    let folder = folder(&[("api/a.md", b"A")]);
    let file = fs::File::create(folder.path().join("api/b.md")).expect("a new file");
    file.set_len(33 << 20).expect("a file of that size");
    check(
        folder.path(),
        None,
        &expect![[r#"
        api/a.md page None api/a.md "A"
        api/b.md unread ""
        error[oversized-file] api/b.md:1: the file has 34603008 bytes, more than the 33554432 that are read
    "#]],
    );
}

#[cfg(unix)]
mod symlinks {
    use super::*;
    use std::os::unix::fs::symlink;

    #[track_caller]
    fn link(folder: &Path, target: &str, name: &str) {
        symlink(target, folder.join(name)).expect("a new symlink");
    }

    #[test]
    fn inside_the_root_are_followed() {
        let folder = folder(&[("docs/v1.0/api/a.md", b"A"), ("docs/common/b.md", b"B")]);
        let root = folder.path().join("docs");
        link(&root, "../../common/b.md", "v1.0/api/b.md");
        link(&root, "../../common", "v1.0/api/common");
        check(
            &root,
            None,
            &expect![[r#"
            v1.0/api/a.md page Some("v1.0") api/a.md "A"
            v1.0/api/b.md page Some("v1.0") api/b.md "B"
            v1.0/api/common/b.md page Some("v1.0") api/common/b.md "B"
        "#]],
        );
    }

    #[test]
    fn out_of_the_root_are_not_followed() {
        let folder = folder(&[
            ("docs/v1.0/api/a.md", b"[!INCLUDE [x](../includes/x.md)]"),
            ("docs/v1.0/includes/y.md", b"Y"),
            ("secret.md", b"secret"),
            ("folder/secret.md", b"secret"),
            ("folder/api/secret.md", b"secret"),
        ]);
        let root = folder.path().join("docs");
        link(&root, "../../../secret.md", "v1.0/api/b.md");
        link(&root, "../../../folder", "v1.0/api/c");
        link(&root, "../../../secret.md", "v1.0/includes/x.md");
        link(&root, "../folder", "beta");
        link(&root, "nowhere.md", "v1.0/api/d.md");
        check(
            &root,
            None,
            &expect![[r#"
            beta/api unread ""
            v1.0/api/a.md page Some("v1.0") api/a.md "[!INCLUDE [x](../includes/x.md)]"
            v1.0/api/b.md unread ""
            v1.0/api/c unread ""
            v1.0/api/d.md unread ""
            v1.0/includes/x.md unread ""
            error[outside-docs] beta/api:1: `beta/api` is a symlink that leaves the docs
            error[outside-docs] v1.0/api/b.md:1: `v1.0/api/b.md` is a symlink that leaves the docs
            error[outside-docs] v1.0/api/c:1: `v1.0/api/c` is a symlink that leaves the docs
            error[unreadable-file] v1.0/api/d.md:1: `v1.0/api/d.md` cannot be read: entity not found
            error[outside-docs] v1.0/includes/x.md:1: `v1.0/includes/x.md` is a symlink that leaves the docs
        "#]],
        );
    }

    #[test]
    fn in_a_circle_end() {
        let folder = folder(&[("api/a.md", b"A")]);
        link(folder.path(), "../api", "api/again");
        link(folder.path(), "self.md", "api/self.md");
        check(
            folder.path(),
            None,
            &expect![[r#"
            api/a.md page None api/a.md "A"
            api/again unread ""
            api/self.md unread ""
            warning[symlink-loop] api/again:1: `api/again` is a symlink that leads back to a folder it lies in
            error[unreadable-file] api/self.md:1: `api/self.md` cannot be read: filesystem loop or indirection limit (e.g. symlink loop)
        "#]],
        );
    }

    #[test]
    fn to_the_reference_are_followed() {
        let folder = folder(&[
            ("elsewhere/v1.0/api/a.md", b"[!INCLUDE [x](../../../includes/x.md)]"),
            ("includes/x.md", b"X"),
            ("docs/concepts/b.md", b"no page"),
        ]);
        link(folder.path(), "../elsewhere", "docs/api-reference");
        check(
            &folder.path().join("docs"),
            None,
            &expect![[r#"
                ../includes/x.md include "X"
                v1.0/api/a.md page Some("v1.0") api/a.md "[!INCLUDE [x](../../../includes/x.md)]"
            "#]],
        );
    }

    #[test]
    fn that_fan_out_are_followed_once() {
        let folder = folder(&[("api/0/a.md", b"A")]);
        for level in 0..30 {
            fs::create_dir_all(folder.path().join(format!("api/{level}"))).expect("a new folder");
            for side in ["left", "right"] {
                link(folder.path(), &format!("../{}", level + 1), &format!("api/{level}/{side}"));
            }
        }
        let docs = read(folder.path(), None).expect("there are pages").value;
        assert!(docs.files.len() < 200, "{}", docs.files.len());
    }

    #[test]
    fn to_the_version_keep_its_name() {
        let folder = folder(&[("snapshot/api/a.md", b"A")]);
        link(folder.path(), "snapshot", "v1.0");
        check(
            &folder.path().join("v1.0"),
            None,
            &expect![[r#"
            api/a.md page Some("v1.0") api/a.md "A"
        "#]],
        );
    }

    #[test]
    fn pipes_are_not_opened() {
        let folder = folder(&[("api/a.md", b"A")]);
        let made =
            std::process::Command::new("mkfifo").arg(folder.path().join("api/b.md")).status();
        assert!(made.is_ok_and(|status| status.success()));
        check(
            folder.path(),
            None,
            &expect![[r#"
            api/a.md page None api/a.md "A"
        "#]],
        );
    }
}

#[test]
fn the_order_on_disk_does_not_matter() {
    let files: [(&str, &[u8]); 3] =
        [("api/b.md", b"B"), ("api/a.md", b"A"), ("resources/c.md", b"C")];
    let forward = folder(&files);
    let reversed: Vec<_> = files.iter().rev().copied().collect();
    let backward = folder(&reversed);
    let shown = |root: &Path| read(root, None).map(|docs| show(&docs.value)).ok();
    assert!(shown(forward.path()).is_some());
    assert_eq!(shown(forward.path()), shown(backward.path()));
}

#[test]
fn an_include_from_the_root_of_several_folders() {
    let given = folder(&[
        ("one/api/a.md", b"[!INCLUDE [q](~/includes/q.md)]"),
        ("one/includes/q.md", b"[!INCLUDE [deep](/includes/deep.md)]"),
        ("one/includes/deep.md", b"deep"),
        ("two/api/b.md", b"[!INCLUDE [q](~/includes/q.md)] [!INCLUDE [s](../../includes/s.md)]"),
        ("two/includes/q.md", b"of two"),
        ("includes/s.md", b"[!INCLUDE [t](~/includes/t.md)]"),
        ("two/includes/t.md", b"t"),
    ]);
    let roots = ["one", "two"].map(|name| given.path().join(name));
    let roots = roots.each_ref().map(PathBuf::as_path);
    let docs = super::read_all(&roots, None).expect("the docs can be read").value;
    let leads = docs.files.iter().flat_map(|file| {
        include::find_includes(&file.text).into_iter().map(|found| {
            let to = match docs.include(file, &file.text[found.target]) {
                IncludeTarget::File(other) => &*other.path,
                IncludeTarget::Missing | IncludeTarget::Outside => "nothing",
            };
            format!("{} -> {to}\n", file.path)
        })
    });
    expect![[r#"
        includes/s.md -> two/includes/t.md
        one/api/a.md -> one/includes/q.md
        one/includes/q.md -> one/includes/deep.md
        two/api/b.md -> two/includes/q.md
        two/api/b.md -> includes/s.md
    "#]]
    .assert_eq(&leads.collect::<String>());
}

#[test]
fn several_folders() {
    let given = folder(&[
        ("a/v1.0/api/one.md", b"[!INCLUDE [x](../../includes/x.md)]"),
        ("a/includes/x.md", b"x"),
        ("b/c/resources/two.md", b"[!INCLUDE [y](../../includes/y.md)]"),
        ("b/includes/y.md", b"y"),
    ]);
    let roots = ["a", "b/c", "a/v1.0"].map(|name| given.path().join(name));
    let roots = roots.each_ref().map(PathBuf::as_path);
    let docs = super::read_all(&roots, None).expect("the docs can be read").value;
    expect![[r#"
        a/includes/x.md include "x"
        a/v1.0/api/one.md page Some("v1.0") api/one.md "[!INCLUDE [x](../../includes/x.md)]"
        b/c/resources/two.md page None resources/two.md "[!INCLUDE [y](../../includes/y.md)]"
        b/includes/y.md include "y"
    "#]]
    .assert_eq(&show(&docs));
}

#[test]
fn what_is_not_there_is_known() {
    let given = folder(&[
        (
            "one/v1.0/api/a.md",
            b"[!INCLUDE [x](../../../includes/x.md)] [!INCLUDE [q](~/q.md)] [!INCLUDE [t](t.txt)]",
        ),
        (
            "one/v1.0/resources/b.md",
            b"[!INCLUDE [s](../includes/snippets/s.md)] [!INCLUDE [q](/q.md)]",
        ),
        ("two/resources/c.md", b"[!INCLUDE [x](../includes/x.md)]"),
        ("two/includes/x.md", b"x"),
    ]);
    let roots = ["one", "two"].map(|name| given.path().join(name));
    let roots = roots.each_ref().map(PathBuf::as_path);
    let docs = super::read_all(&roots, None).expect("the docs can be read").value;
    let awaited = docs.awaited().map(|path| {
        let below = path.strip_prefix(&docs.root).expect("it lies below").display();
        format!("{below}\n")
    });
    expect![[r#"
        includes/x.md
        one/q.md
        two/api
    "#]]
    .assert_eq(&awaited.collect::<String>());
}

/// Pages are written, moved and removed all the time while they are read: what is read is what was
/// there at some moment, or an error that says why not.
#[test]
fn docs_that_change_meanwhile() {
    let given = folder(&[("api/still.md", b"still"), ("api/z0.md", b"")]);
    let text = "a".repeat(1 << 16);
    let is_over = std::sync::atomic::AtomicBool::new(false);
    let over = std::sync::atomic::Ordering::Relaxed;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for count in 0.. {
                if is_over.load(over) {
                    break;
                }
                let [old, new] = [count, count + 1].map(|at| format!("api/z{at}.md"));
                write(given.path(), &old, text.as_bytes());
                // Whether the page is found under neither name is up to the moment of listing.
                let moved = fs::rename(given.path().join(old), given.path().join(new));
                moved.expect("it can be renamed");
            }
        });
        for _ in 0..8 {
            match read(given.path(), None) {
                Ok(Parsed { value: docs, diagnostics }) => {
                    assert!(diagnostics.is_empty(), "{}", render::line(&docs, &diagnostics[0]));
                    let texts = docs.files.iter().map(|file| &*file.text);
                    assert!(texts.clone().all(|read| read == "still" || read == text));
                    assert!(texts.clone().any(|read| read == "still"));
                }
                Err(error) => {
                    let error = error.to_string();
                    assert!(error.contains("try again"), "{error}");
                }
            }
        }
        is_over.store(true, over);
    });
}
