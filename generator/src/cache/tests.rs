//! What is kept comes back as it was, or not at all.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::collection::vec;
use proptest::prelude::*;

use super::codec::{Reader, Store, Writer};
use super::store::{seal, unseal};
use super::{Cache, FileRecord, Fingerprint, Key, Pages, Stamp};
use crate::diagnostic::{Code, Diagnostic, Parsed};
use crate::docs::Docs;
use crate::model::Profile;
use crate::select::Selection;
use crate::span::{FileId, Span};
use crate::summary::{Endpoints, Summary, VersionSummary};

fn stamp() -> Stamp {
    let span = Span::new(FileId(1), 3, 300);
    let warning = Diagnostic::warning(Code::UnknownType, span, "type `x` is not documented");
    let error = Diagnostic::error(Code::PageWithoutRequest, span, "é").help("h").label(span, "l");
    Stamp {
        summary: Summary {
            profile: Profile {
                root_namespace: "a.b".to_owned(),
                base_url: None,
                hosts: vec!["host".to_owned()],
                base_entity: Some("a.b.entity".to_owned()),
            },
            pages: 70_000,
            versions: vec![VersionSummary { types: 3, ..VersionSummary::default() }],
            diagnostics: [((warning.severity, warning.code), 1), ((error.severity, error.code), 1)]
                .into(),
        },
        diagnostics: vec![warning, error],
        selection: Some(Selection { operations: 2, ..Selection::default() }),
        endpoints: Endpoints { callable: 7, impossible: vec!["why".to_owned()] },
        files: vec![FileRecord {
            path: "src/lib.rs".to_owned(),
            content: Fingerprint::of(b"x"),
            made_from: Some(Fingerprint::of(b"y")),
        }],
    }
}

fn bytes(stamp: &Stamp) -> Vec<u8> {
    let mut writer = Writer::default();
    stamp.put(&mut writer);
    writer.into_bytes().expect("all files are known")
}

fn key(settings: &str) -> Key {
    let docs = Parsed::new(Docs::from_texts([("api/a.md", "text")]), Vec::new());
    Key::new(&settings, &docs).expect("a test is a program in a file")
}

#[test]
fn a_stamp_comes_back_as_it_was() {
    let bytes = bytes(&stamp());
    assert_eq!(Stamp::take(&mut Reader::new(&bytes, 2)), Some(stamp()));
}

#[test]
fn a_place_in_a_file_that_the_docs_do_not_have_is_none() {
    let bytes = bytes(&stamp());
    assert_eq!(Stamp::take(&mut Reader::new(&bytes, 1)), None);
}

#[test]
fn one_changed_bit_is_noticed() {
    let content = seal(&bytes(&stamp()), key("one"));
    assert_eq!(unseal(&content, key("one")), Some(&*bytes(&stamp())));
    assert_eq!(unseal(&content, key("two")), None);
    for at in 0..content.len() {
        assert_eq!(unseal(&content[..at], key("one")), None, "cut at {at}");
        for bit in 0..8 {
            let mut content = content.clone();
            content[at] ^= 1 << bit;
            assert_eq!(unseal(&content, key("one")), None, "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn all_that_a_run_depends_on_is_in_its_key() {
    let with = |settings: &str, files: [(&str, &str); 2], is_flawed: bool| {
        let mut docs = Parsed::new(Docs::from_texts(files), Vec::new());
        if is_flawed {
            let start = Span::new(FileId(0), 0, 0);
            docs.diagnostics.push(Diagnostic::error(Code::UnreadableFile, start, "why"));
        }
        Key::new(&settings, &docs).expect("a test is a program in a file")
    };
    let keys = [
        with("s", [("api/a.md", "a"), ("api/b.md", "b")], false),
        with("t", [("api/a.md", "a"), ("api/b.md", "b")], false),
        with("s", [("api/a.md", "b"), ("api/b.md", "a")], false),
        with("s", [("api/a.md", "a"), ("api/c.md", "b")], false),
        with("s", [("api/a.md", "a"), ("x/b.md", "b")], false),
        with("s", [("api/a.md", "a"), ("api/b.md", "b")], true),
    ];
    for (at, key) in keys.iter().enumerate() {
        assert!(!keys[..at].contains(key), "{at}");
    }
    assert_eq!(keys[0], with("s", [("api/b.md", "b"), ("api/a.md", "a")], false));
}

fn cache(folder: &Path, job: &str) -> Cache {
    Cache::new(folder, Fingerprint::of(job.as_bytes()))
}

#[test]
fn jobs_do_not_get_into_each_others_way() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let load = |job, settings| cache(folder.path(), job).load::<String>("t", key(settings), 0);
    cache(folder.path(), "one").save("t", key("a"), &"1".to_owned());
    cache(folder.path(), "two").save("t", key("a"), &"2".to_owned());
    cache(folder.path(), "two").save("t", key("b"), &"3".to_owned());
    assert_eq!(load("one", "a").as_deref(), Some("1"));
    assert_eq!(load("two", "a"), None);
    assert_eq!(load("two", "b").as_deref(), Some("3"));
}

#[test]
fn the_oldest_files_go_and_others_stay() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("notes.txt"), "mine").expect("it can be written");
    for job in 0..40 {
        cache(folder.path(), &job.to_string()).save("t", key("a"), &job.to_string());
    }
    let files = fs::read_dir(folder.path()).expect("it is there").count();
    assert_eq!(files, 32 + 2, "with the notes and `.gitignore`");
    assert_eq!(fs::read_to_string(folder.path().join("notes.txt")).ok().as_deref(), Some("mine"));
    assert!(cache(folder.path(), "39").load::<String>("t", key("a"), 0).is_some());
}

#[test]
fn readers_see_a_whole_file_while_others_write() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let cache = cache(folder.path(), "one");
    let texts = ["a".repeat(100_000), "b".repeat(50_000)];
    cache.save("t", key("k"), &texts[0]);
    std::thread::scope(|scope| {
        for text in &texts {
            scope.spawn(|| (0..50).for_each(|_| cache.save("t", key("k"), text)));
        }
        for _ in 0..100 {
            let found = cache.load::<String>("t", key("k"), 0);
            assert!(found.is_some_and(|found| texts.contains(&found)));
        }
    });
}

#[test]
fn a_folder_that_cannot_be_written_is_no_cache() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("file");
    fs::write(&file, "").expect("it can be written");
    let cache = cache(&file, "one");
    cache.save("t", key("k"), &"x".to_owned());
    assert_eq!(cache.load::<String>("t", key("k"), 0), None);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_harm(bytes in vec(any::<u8>(), 0..400)) {
        let _ = Stamp::take(&mut Reader::new(&bytes, 3));
        let _ = Vec::<Vec<(u64, String)>>::take(&mut Reader::new(&bytes, 3));
        let _ = Vec::<Option<bool>>::take(&mut Reader::new(&bytes, 3));
    }

    #[test]
    fn changed_bytes_are_read_without_harm(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = bytes(&stamp());
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = Stamp::take(&mut Reader::new(&bytes, 3));
        prop_assert_eq!(Stamp::take(&mut Reader::new(&bytes[..at], 3)), None);
    }

    #[test]
    fn integers_and_texts_come_back(numbers in vec((any::<u64>(), ".{0,8}"), 0..20)) {
        let mut writer = Writer::default();
        numbers.put(&mut writer);
        let bytes = writer.into_bytes().expect("there are no spans");
        let mut reader = Reader::new(&bytes, 0);
        prop_assert_eq!(Vec::take(&mut reader), Some(numbers));
        prop_assert!(reader.is_empty());
    }
}

const PAGE: &str =
    "# note\n\n[!INCLUDE [rows](../includes/rows.md)]\n\n[!INCLUDE [more](more.md)]\n";
const ROWS: &str = "## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n|id|persn|It.|\n";

/// How many pages are read anew when these docs are read with what the folder keeps. What they
/// state is compared with what they state without it.
#[track_caller]
fn read_anew(folder: &Path, files: &[(&str, &str)]) -> usize {
    let docs = Docs::from_texts(files.iter().copied());
    let cache = cache(folder, "one");
    let pages = Pages::load(&cache);
    let count = AtomicUsize::new(0);
    for file in docs.pages() {
        let kept = pages.read(&docs, file, || {
            count.fetch_add(1, Ordering::Relaxed);
            crate::read_page(&docs, file)
        });
        let read = crate::read_page(&docs, file);
        assert_eq!(format!("{kept:?}"), format!("{read:?}"), "{}", file.path);
    }
    pages.save(&cache);
    count.into_inner()
}

#[test]
fn a_page_is_read_anew_when_something_it_is_read_from_changes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let read = |files: &[(&str, &str)]| read_anew(folder.path(), files);
    let (page, rows, other) =
        (("resources/note.md", PAGE), ("includes/rows.md", ROWS), ("resources/z.md", "# z\n"));
    assert_eq!(read(&[page, rows, other]), 2, "nothing is kept yet");
    assert_eq!(read(&[page, rows, other]), 0, "nothing changed");
    assert_eq!(read(&[page, rows, ("resources/z.md", "# y\n")]), 1, "another page changed");
    assert_eq!(read(&[page, rows]), 0, "another page went");
    assert_eq!(read(&[page, rows, ("api/a.md", "# a\n")]), 1, "a page in front of it came");
    assert_eq!(read(&[page, ("includes/rows.md", PAGE)]), 1, "an include changed");
    assert_eq!(read(&[page]), 1, "an include went");
    assert_eq!(read(&[page, ("resources/more.md", ROWS)]), 2, "a missing include came");
    assert_eq!(read(&[("beta/resources/note.md", PAGE)]), 1, "it is of another version");
}

#[test]
fn an_include_that_includes_itself_is_followed_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = [("resources/note.md", PAGE), ("includes/rows.md", "[!INCLUDE [x](rows.md)]\n")];
    assert_eq!(read_anew(folder.path(), &files), 1);
    assert_eq!(read_anew(folder.path(), &files), 0);
}
