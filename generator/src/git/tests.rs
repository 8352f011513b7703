//! Docs of a revision are those of its checkout, and what cannot be read is an error.

use std::path::Path;

use expect_test::{Expect, expect};

use super::sample::{Sample, git, write};
use super::{Repository, Tree};
use crate::diagnostic::{Diagnostics, Parsed, render};
use crate::docs::{self, Docs, Role};
use crate::error::Error;

fn of_revision(folder: &Path, name: &str, path: &str) -> Result<Parsed<Docs>, Error> {
    let repository = Repository::of(folder)?;
    let tree = Tree::new(&repository, repository.revision(name)?);
    tree.expect_folder(Path::new(path))?;
    let docs = docs::read_from(&tree, Path::new(path), None);
    tree.check()?;
    docs
}

fn show(docs: &Docs, diagnostics: &Diagnostics) -> String {
    let files = docs.files.iter().map(|file| {
        let role = match &file.role {
            Role::Page { version, page } => format!("page {version:?} {page}"),
            Role::Include => "include".to_owned(),
            Role::Unread => "unread".to_owned(),
        };
        format!("{} {role} {:?}\n", file.path, file.text)
    });
    let lines = diagnostics.iter().map(|it| format!("{}\n", render::line(docs, it)));
    files.chain(lines).collect()
}

/// That a folder of the last commit is read as it lies on disk.
#[track_caller]
fn check_same(sample: &Sample, path: &str) -> String {
    let there = of_revision(&sample.root, "HEAD", path).expect("the revision can be read");
    let disk = docs::read(&sample.root.join(path), None).expect("the folder can be read");
    let shown = show(&there.value, &there.diagnostics);
    assert_eq!(shown, show(&disk.value, &disk.diagnostics));
    let awaited = |docs: &Docs| {
        let awaited = docs.awaited().map(|path| path.strip_prefix(&docs.root).map(Path::to_owned));
        awaited.collect::<Result<Vec<_>, _>>().expect("below the root")
    };
    assert_eq!(awaited(&there.value), awaited(&disk.value));
    shown
}

#[track_caller]
fn refused(folder: &Path, name: &str, path: &str, expected: &Expect) {
    let error = of_revision(folder, name, path).map(|_| ()).expect_err("it cannot be read");
    let home = folder.display().to_string();
    expected.assert_eq(&format!("{error}\n").replace(&home, "REPOSITORY"));
}

/// The commands that an error says to fetch with, without the name of the program.
fn fetches_of(error: &Error) -> Vec<Vec<String>> {
    let text = error.to_string();
    let commands = text.split('`').filter(|part| part.starts_with("git fetch"));
    commands.map(|it| it.split(' ').skip(1).map(str::to_owned).collect()).collect()
}

/// The first of them.
fn fetch_of(error: &Error) -> Vec<String> {
    fetches_of(error).swap_remove(0)
}

#[test]
fn what_is_said_to_be_fetched_can_be() {
    let Some(sample) = Sample::of(&[("api/a.md", PAGE)]) else { return };
    sample.git(&["checkout", "--quiet", "-b", "fix/names"]);
    sample.write("api/b.md", PAGE);
    sample.commit();
    sample.git(&["checkout", "--quiet", "main"]);
    sample.write("api/c.md", PAGE);
    sample.commit();
    let shallow = sample.clone_as("shallow", &["--depth=1", "--branch=main"]);
    let whole =
        sample.clone_as("whole", &["--single-branch", "--branch=main", "--origin=up/stream"]);
    for (clone, name) in [
        (&shallow, "origin/fix/names"),
        (&shallow, "HEAD~1"),
        (&whole, "up/stream/fix/names"),
        (&whole, "refs/remotes/up/stream/fix/names"),
    ] {
        let arguments = of_revision(clone, name, "").expect_err("it is not there");
        let arguments = fetch_of(&arguments);
        git(clone, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        let files = of_revision(clone, name, "").expect("it is there").value.files.len();
        assert_eq!(files, if name == "HEAD~1" { 1 } else { 2 }, "{name}");
        git(clone, &["update-ref", "-d", "refs/remotes/up/stream/fix/names"]);
    }
    // A branch of the remote that was named without it.
    let fetch = fetch_of(
        &of_revision(&sample.clone_as("again", &["--depth=1"]), "fix/names", "")
            .expect_err("no branch"),
    );
    let again = sample.beside("again");
    git(&again, &fetch.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(of_revision(&again, "FETCH_HEAD", "").is_ok());
    // A commit by its hash, which is asked for whole.
    let hash = sample.git(&["rev-parse", "main~1"]);
    let error = of_revision(&again, &hash[..8], "").expect_err("it is not there").to_string();
    assert!(
        error.contains("it may be one that it lacks: fetch all commits with `git fetch"),
        "{error}"
    );
    let fetch = fetch_of(&of_revision(&again, &hash, "").expect_err("it is not there"));
    git(&again, &fetch.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(of_revision(&again, &hash, "").is_ok());
}

#[test]
fn names_that_nothing_has() {
    let Some(sample) = Sample::of(&[("api/a.md", PAGE)]) else { return };
    for (name, expected) in [
        (
            "HEAD@{u}",
            expect![[r#"
            the repository of `REPOSITORY` has no revision `HEAD@{u}` (git says: no upstream configured for branch 'main'): `git branch --all` and `git tag` list what it has
        "#]],
        ),
        (
            "HEAD@{7}",
            expect![[r#"
            the repository of `REPOSITORY` has no revision `HEAD@{7}` (git says: log for 'HEAD' only has 1 entries): `git branch --all` and `git tag` list what it has
        "#]],
        ),
        (
            "...",
            expect![[r#"
            the repository of `REPOSITORY` has no revision `...`: `git branch --all` and `git tag` list what it has
        "#]],
        ),
        (
            "-x",
            expect![[r#"
            the repository of `REPOSITORY` has no revision `-x`: `git branch --all` and `git tag` list what it has
        "#]],
        ),
        (
            "deadbeef",
            expect![[r#"
                the repository of `REPOSITORY` has no revision `deadbeef`: `git branch --all` and `git tag` list what it has
            "#]],
        ),
        (
            "main^{/nothing}",
            expect![[r#"
            the repository of `REPOSITORY` has no revision `main^{/nothing}`, though there is `main`: `git log main` lists its commits
        "#]],
        ),
    ] {
        refused(&sample.root, name, "", &expected);
    }
    let empty = Sample::new().expect("git is there");
    refused(
        &empty.root,
        "HEAD",
        "",
        &expect![[r#"
        the repository of `REPOSITORY` has no revision `HEAD`, for nothing is committed there yet: name two folders of docs
    "#]],
    );
    refused(
        &empty.root,
        "@~1",
        "",
        &expect![[r#"
        the repository of `REPOSITORY` has no revision `@~1`, for nothing is committed there yet: name two folders of docs
    "#]],
    );
}

const PAGE: &[u8] = b"# A page\n";

#[test]
fn versions_includes_and_names() {
    let Some(sample) = Sample::of(&[
        (
            "docs/v1.0/api/a b.md",
            b"[!INCLUDE [x](../includes/x.md)] [!INCLUDE [y](../../../includes/y.md)]",
        ),
        ("docs/v1.0/api/-leading.md", PAGE),
        ("docs/v1.0/api/sub/deep/c.md", b"[!INCLUDE [no](none.md)]"),
        ("docs/v1.0/api/sub.md", PAGE),
        ("docs/v1.0/api/includes/no.md", PAGE),
        ("docs/v1.0/api/.hidden.md", PAGE),
        ("docs/v1.0/api/toc.yml", b"no page"),
        ("docs/v1.0/includes/x.md", b"[!INCLUDE [z](deep/z.md)]"),
        ("docs/v1.0/includes/deep/z.md", b"z"),
        ("docs/beta/resources/é.md", PAGE),
        ("includes/y.md", b"y"),
        ("README.md", PAGE),
    ]) else {
        return;
    };
    let shown = check_same(&sample, "docs");
    assert!(shown.contains("../includes/y.md include \"y\""), "{shown}");
    check_same(&sample, "docs/v1.0");
    check_same(&sample, "docs/beta");
    let all = Sample::of(&[("api-reference/v1.0/api/a.md", PAGE)]).expect("git is there");
    check_same(&all, "");
    check_same(&all, "api-reference");
}

#[test]
fn bytes_that_are_no_plain_text() {
    let Some(sample) = Sample::of(&[
        ("api/bom.md", b"\xEF\xBB\xBF# A\n"),
        ("api/crlf.md", b"# A\r\n\r\nx\r\n"),
        ("api/latin.md", b"# A\n\ncaf\xE9\n"),
        ("api/nul.md", b"# A\n\0\n"),
        ("api/utf16.md", b"\xFF\xFE#\0 \0A\0"),
        ("api/empty.md", b""),
    ]) else {
        return;
    };
    sample.write("api/large.md", &vec![b'x'; 33 << 20]);
    sample.commit();
    let shown = check_same(&sample, "");
    assert!(shown.contains("oversized-file"), "no large file");
}

#[test]
fn ends_of_lines_are_those_of_the_objects() {
    let Some(sample) =
        Sample::of(&[(".gitattributes", b"*.md text eol=crlf\n"), ("api/a.md", b"# A\n\ntext\n")])
    else {
        return;
    };
    sample.remove("api/a.md");
    sample.git(&["checkout", "--quiet", "--", "api/a.md"]);
    let disk = docs::read(&sample.root, None).expect("the folder can be read").value;
    let there = of_revision(&sample.root, "HEAD", "").expect("it can be read").value;
    assert_eq!(disk.files[0].text, there.files[0].text);
    let raw = std::fs::read(sample.root.join("api/a.md")).expect("it is there");
    assert!(raw.contains(&b'\r'), "the checkout has other ends of lines");
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[track_caller]
    fn link(sample: &Sample, target: &str, name: &str) {
        symlink(target, sample.root.join(name)).expect("a new link");
    }

    #[test]
    fn are_followed_as_on_disk() {
        let Some(sample) = Sample::of(&[
            (
                "docs/v1.0/api/a.md",
                b"[!INCLUDE [x](../includes/x.md)] [!INCLUDE [l](../includes/l.md)]",
            ),
            ("docs/v1.0/includes/y.md", b"Y"),
            ("docs/common/b.md", b"B"),
            ("secret.md", b"secret"),
            ("folder/secret.md", b"secret"),
            ("folder/api/secret.md", b"secret"),
        ]) else {
            return;
        };
        link(&sample, "../../common/b.md", "docs/v1.0/api/b.md");
        link(&sample, "../../common", "docs/v1.0/api/common");
        link(&sample, "../api", "docs/v1.0/api/again");
        link(&sample, "self.md", "docs/v1.0/api/self.md");
        link(&sample, "../../../secret.md", "docs/v1.0/api/c.md");
        link(&sample, "../../../folder", "docs/v1.0/api/c");
        link(&sample, "../../../secret.md", "docs/v1.0/includes/x.md");
        link(&sample, "y.md", "docs/v1.0/includes/l.md");
        link(&sample, "../folder", "docs/beta");
        link(&sample, "nowhere.md", "docs/v1.0/api/d.md");
        link(&sample, "nowhere.txt", "docs/v1.0/api/d.txt");
        link(&sample, "docs", "way");
        link(&sample, "v1.0", "docs/v2.0");
        sample.commit();
        let shown = check_same(&sample, "docs");
        assert!(shown.contains("v1.0/api/common/b.md page"), "{shown}");
        assert!(shown.contains("symlink-loop"), "{shown}");
        assert_eq!(check_same(&sample, "way"), shown);
        check_same(&sample, "docs/v2.0");
    }

    #[test]
    fn out_of_the_repository_are_not_followed() {
        let Some(sample) = Sample::of(&[("api/a.md", PAGE)]) else { return };
        link(&sample, "../../outside.md", "api/b.md");
        link(&sample, "/etc/hostname", "api/c.md");
        link(&sample, "/etc", "api/d");
        sample.commit();
        let read = of_revision(&sample.root, "HEAD", "").expect("it can be read");
        expect![[r##"
            api/a.md page None api/a.md "# A page\n"
            api/b.md unread ""
            api/c.md unread ""
            api/d unread ""
            error[outside-docs] api/b.md:1: `api/b.md` is a symlink that leaves the docs
            error[outside-docs] api/c.md:1: `api/c.md` is a symlink that leaves the docs
            error[outside-docs] api/d:1: `api/d` is a symlink that leaves the docs
        "##]]
        .assert_eq(&show(&read.value, &read.diagnostics));
    }

    #[test]
    fn names_that_are_no_text() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let Some(sample) = Sample::of(&[("api/a.md", PAGE)]) else { return };
        write(&sample.root.join("api").join(OsStr::from_bytes(b"caf\xE9.md")), PAGE);
        write(&sample.root.join("api/a\nb.md"), PAGE);
        sample.commit();
        check_same(&sample, "");
    }
}

#[test]
fn objects_are_shared_by_revisions() {
    let Some(sample) = Sample::of(&[("api/a.md", b"A"), ("api/b.md", b"B")]) else { return };
    sample.write("api/b.md", b"C");
    sample.commit();
    let repository = Repository::of(&sample.root).expect("a repository");
    let [old, new] = ["HEAD~1", "HEAD"].map(|name| {
        let tree = Tree::new(&repository, repository.revision(name).expect("a revision"));
        docs::read_from(&tree, Path::new(""), None).expect("it can be read").value
    });
    assert!(std::sync::Arc::ptr_eq(&old.files[0].text, &new.files[0].text));
    assert_eq!((&*old.files[1].text, &*new.files[1].text), ("B", "C"));
}

#[test]
fn revisions_of_all_kinds() {
    let Some(sample) = Sample::of(&[("api/a.md", b"A")]) else { return };
    sample.git(&["tag", "--annotate", "v1", "--message", "one"]);
    sample.git(&["branch", "feature/x"]);
    sample.git(&["update-ref", "refs/heads/-odd", "HEAD"]);
    let hash = sample.git(&["rev-parse", "HEAD"]);
    for name in ["HEAD", "main", "v1", "feature/x", "-odd", "@", "HEAD^{/mo}", &hash, &hash[..8]] {
        let docs = of_revision(&sample.root, name, "").expect(name).value;
        assert_eq!(docs.root, Path::new(&format!("{name}:")));
    }
}

#[test]
fn what_is_not_there() {
    let Some(sample) =
        Sample::of(&[("docs/api/a.md", PAGE), ("empty/api/a.txt", PAGE), ("none/a.txt", PAGE)])
    else {
        return;
    };
    let root = &sample.root;
    refused(
        root,
        "mian",
        "docs",
        &expect![[r#"
            the repository of `REPOSITORY` has no revision `mian`: `git branch --all` and `git tag` list what it has
        "#]],
    );
    refused(
        root,
        "HEAD~3",
        "docs",
        &expect![[r#"
            the repository of `REPOSITORY` has no revision `HEAD~3`, though there is `HEAD`: `git log HEAD` lists its commits
        "#]],
    );
    refused(
        root,
        "HEAD\nHEAD",
        "docs",
        &expect![[r#"
            the repository of `REPOSITORY` has no revision `HEAD
            HEAD`: `git branch --all` and `git tag` list what it has
        "#]],
    );
    refused(
        root,
        &"a".repeat(40),
        "docs",
        &expect![[r#"
            the repository of `REPOSITORY` has no revision `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`: `git branch --all` and `git tag` list what it has
        "#]],
    );
    refused(
        root,
        "HEAD",
        "doc",
        &expect![[r#"
            `HEAD` has no folder `doc`: name another one behind the revision, such as `HEAD:docs`, or by --docs; paths are relative to the root of the repository, and `git ls-tree HEAD` lists what is there
        "#]],
    );
    refused(
        root,
        "HEAD",
        "docs/api/a.md",
        &expect![[r#"
        the docs are a folder of pages, and `HEAD:docs/api/a.md` is a file
    "#]],
    );
    refused(
        root,
        "HEAD",
        "docs/api/a.md/b",
        &expect![[r#"
            `HEAD` has no folder `docs/api/a.md/b`: name another one behind the revision, such as `HEAD:docs`, or by --docs; paths are relative to the root of the repository, and `git ls-tree HEAD` lists what is there
        "#]],
    );
    refused(
        root,
        "HEAD",
        "empty",
        &expect![[r#"
        the folders `api` and `resources` under `HEAD:empty` hold no `.md` files
    "#]],
    );
    refused(
        root,
        "HEAD",
        "none",
        &expect![[r#"
        no pages under `HEAD:none`: name a folder that holds `api` and `resources`, or version folders such as `v1.0` and `beta` that hold these, or an `api-reference` with them
    "#]],
    );
    refused(
        root,
        "HEAD",
        "../other",
        &expect![[r#"
        `HEAD:../other` lies outside of the repository
    "#]],
    );
    let outside = sample.beside("outside");
    std::fs::create_dir(&outside).expect("a folder");
    refused(
        &outside,
        "HEAD",
        "docs",
        &expect![[r#"
        `REPOSITORY` is in no git repository that can be read, so that it has no revisions: name a folder of docs, or mend what git says: fatal: not a git repository (or any of the parent directories): .git
    "#]],
    );
}

#[test]
fn parts_of_other_repositories() {
    let Some(sample) = Sample::of(&[("docs/api/a.md", PAGE)]) else { return };
    let hash = sample.git(&["rev-parse", "HEAD"]);
    sample.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{hash},module")]);
    sample.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{hash},docs/api/sub")]);
    sample
        .write("docs/api/large.md", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
    sample.git(&["add", "docs/api/large.md"]);
    sample.git(&["commit", "--quiet", "--message", "modules"]);
    refused(
        &sample.root,
        "HEAD",
        "module",
        &expect![[r#"
            `HEAD:module` cannot be read: a submodule keeps its files in another repository, whose revisions are meant when --docs names a folder in it
        "#]],
    );
    refused(
        &sample.root,
        "HEAD",
        "module/docs",
        &expect![[r#"
            `HEAD:module/docs` cannot be read: a submodule keeps its files in another repository, whose revisions are meant when --docs names a folder in it
        "#]],
    );
    let read = of_revision(&sample.root, "HEAD", "docs").expect("it can be read");
    expect![[r##"
        api/a.md page None api/a.md "# A page\n"
        api/large.md unread ""
        api/sub unread ""
        error[unreadable-file] api/large.md:1: `api/large.md` cannot be read: Git LFS keeps it, and the revision holds a pointer only
        error[unreadable-file] api/sub:1: `api/sub` cannot be read: a submodule keeps its files in another repository, whose revisions are meant when --docs names a folder in it
    "##]].assert_eq(&show(&read.value, &read.diagnostics));
}

#[test]
fn clones_that_lack_something() {
    let Some(sample) = Sample::of(&[("api/a.md", PAGE), ("api/b.md", b"B")]) else { return };
    sample.git(&["branch", "other"]);
    sample.write("api/b.md", b"C");
    sample.commit();
    let shallow = sample.clone_as("shallow", &["--depth=1"]);
    refused(
        &shallow,
        "HEAD~1",
        "",
        &expect![[r#"
            the repository of `REPOSITORY` has no revision `HEAD~1`, since it is a shallow clone, which lacks older commits: fetch all commits with `git fetch --unshallow`, or some of them with `git fetch --deepen=100`
        "#]],
    );
    refused(
        &shallow,
        "other",
        "",
        &expect![[r#"
            the repository of `REPOSITORY` has no revision `other`: `git branch --all` and `git tag` list what it has; what it lacks is fetched with `git fetch --depth=1 origin other`, and is `FETCH_HEAD` then
        "#]],
    );
    let full = sample.clone_as("full", &[]);
    refused(
        &full,
        "other",
        "",
        &expect![[r#"
        the repository of `REPOSITORY` has no revision `other`: name it `origin/other`
    "#]],
    );
    refused(
        &full,
        "other~1",
        "",
        &expect![[r#"
        the repository of `REPOSITORY` has no revision `other~1`: name it `origin/other~1`
    "#]],
    );
    let bare = sample.clone_as("bare", &["--bare"]);
    assert!(of_revision(&bare, "HEAD", "").is_ok());
    let partial = sample.clone_as("partial", &["--filter=blob:none", "--no-checkout"]);
    refused(
        &partial,
        "HEAD",
        "",
        &expect![[r#"
            the clone of `REPOSITORY` lacks 2 files or folders of `HEAD`: it is a partial clone, or damaged; fetch all objects with `git fetch` and then `git fetch --refetch --no-filter`, or clone without `--filter`
        "#]],
    );
    let treeless = sample.clone_as("treeless", &["--filter=tree:0", "--no-checkout"]);
    refused(
        &treeless,
        "HEAD",
        "",
        &expect![[r#"
            the clone of `REPOSITORY` lacks the folders of `HEAD`: it is a partial clone, or damaged; fetch all objects with `git fetch` and then `git fetch --refetch --no-filter`, or clone without `--filter`
        "#]],
    );
    // What the message says helps, also where there is news to fetch.
    for clone in [partial, treeless] {
        sample.commit();
        let error = of_revision(&clone, "HEAD", "").expect_err("it lacks files");
        for command in fetches_of(&error) {
            git(&clone, &command.iter().map(String::as_str).collect::<Vec<_>>());
        }
        assert!(of_revision(&clone, "HEAD", "").is_ok());
    }
}

#[test]
fn where_two_branches_parted() {
    let Some(sample) = Sample::of(&[("api/a.md", PAGE)]) else { return };
    let start = sample.git(&["rev-parse", "HEAD"]);
    sample.git(&["checkout", "--quiet", "-b", "topic"]);
    sample.write("api/topic.md", PAGE);
    sample.commit();
    sample.git(&["checkout", "--quiet", "--orphan", "lone"]);
    sample.commit();
    let base = |folder: &Path, one: &str, other: &str| {
        let base = Repository::of(folder).and_then(|it| it.merge_base(one, other));
        base.map_err(|error| format!("{error}\n"))
    };
    let failed = |folder: &Path, one: &str, other: &str| {
        base(folder, one, other).expect_err("there is none")
    };
    assert_eq!(base(&sample.root, "main", "topic").as_ref(), Ok(&start));
    expect![[r#"
        `main` and `lone` have no commit in common: compare them directly with `main..lone`
    "#]]
    .assert_eq(&failed(&sample.root, "main", "lone"));
    sample.git(&["checkout", "--quiet", "main"]);
    sample.write("api/main.md", PAGE);
    sample.commit();
    let shallow = sample.clone_as("shallow", &["--depth=1", "--no-single-branch"]);
    expect![[r#"
        `main` and `origin/topic` have no commit in common in this clone, which is shallow: fetch all commits with `git fetch --unshallow`, or some of them with `git fetch --deepen=100`
    "#]].assert_eq(&failed(&shallow, "main", "origin/topic"));
}

#[test]
fn a_folder_that_is_named_again_and_again() {
    let Some(sample) = Sample::of(&[("api/a.md", PAGE)]) else { return };
    let around = |id: &str, names: &[&str]| {
        let digits = |at| u8::from_str_radix(&id[at * 2..][..2], 16).expect("two digits");
        let id: Vec<u8> = (0..id.len() / 2).map(digits).collect();
        let entry = |name: &&str| [format!("40000 {name}\0").as_bytes(), &id].concat();
        let file = sample.beside("tree");
        write(&file, &names.iter().flat_map(entry).collect::<Vec<u8>>());
        sample.git(&["hash-object", "-t", "tree", "-w", &file.display().to_string()])
    };
    let mut id = sample.git(&["rev-parse", "HEAD:api"]);
    for _ in 0..6 {
        id = around(&id, &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    }
    id = around(&id, &["api"]);
    let commit = sample.git(&["commit-tree", "-m", "bomb", &id]);
    let read = of_revision(&sample.root, &commit, "").expect("it can be read");
    let shown = show(&read.value, &read.diagnostics);
    assert!(shown.contains("the docs have more than"), "{}", shown.len());
}

#[test]
fn a_damaged_folder_has_what_can_be_read() {
    let id = [7; 20];
    let whole = [&b"100644 b.md\0"[..], &id, b"40000 ..\0", &id, b"40000 a\0", &id].concat();
    let names = |bytes: &[u8]| {
        let items = super::tree::items(bytes, 20).into_iter();
        items.map(|item| item.name.into_string().expect("text")).collect::<Vec<_>>()
    };
    assert_eq!(names(&whole), ["a", "b.md"]);
    for end in 0..whole.len() {
        assert!(names(&whole[..end]).len() < 2);
    }
}
