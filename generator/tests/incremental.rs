//! A run with a cache says and makes what a run without one does, whatever happened in between:
//! to the docs, to the options, to the output folder, and to the cache.

use std::fs;
use std::path::{Path, PathBuf};

use docbind::diagnostic::render;
use docbind::model::ProfileOverrides;
use docbind::output::{Changes, Mode};
use docbind::select::Filters;
use docbind::{Form, Job, Options, Outcome, Rank, Runtime, TypeChange, TypeOverride};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// The pages of the docs that this test starts from: those whose name holds one of these words.
const PAGES: [&str; 3] = ["attachment", "mailfolder", "recipient"];

/// Something that happens between two runs. Numbers choose among what is there.
#[derive(Clone, Debug)]
enum Edit {
    ReplaceLine(Index, Index, &'static str),
    RemoveLine(Index, Index),
    RemovePage(Index),
    CopyPage(Index),
    RenamePage(Index),
    ChangeInclude(Index, &'static str),
    RemoveInclude(Index),
    ChangeOutput(Index),
    RemoveOutput(Index),
    AddOutput,
    RenameClient(bool),
    StateNamespace(bool),
    Choose(Choice),
    /// Another folder of docs comes or goes.
    AddDocs(bool),
    ChangeMore(&'static str),
    AskVersion(Option<&'static str>),
    Decide(Option<(&'static str, TypeChange)>),
    TakeForm(bool),
    Encode(Index, Encoding),
    LinkPage(Index),
    LinkFolder,
    FlipCache(Index, Index),
    CutCache(Index, Index),
    RemoveCache,
    Nothing,
}

/// What is wanted: included, excluded, and types.
type Choice = [&'static [&'static str]; 3];

/// How a page is written to disk.
#[derive(Clone, Copy, Debug)]
enum Encoding {
    Marked,
    Windows,
    Latin,
    Utf16,
}

fn edits() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    let line = || {
        prop::sample::select(vec![
            "",
            "|owner|[persn](persn.md)|Who owns it.|",
            "|size|Int32|How large it is.|",
            "GET /me/things/{id}",
            "Namespace: microsoft.graph",
            "## Properties",
            "[!INCLUDE [later](../../includes/later.md)]",
        ])
    };
    prop_oneof![
        4 => (index(), index(), line()).prop_map(|(page, at, text)| Edit::ReplaceLine(page, at, text)),
        2 => (index(), index()).prop_map(|(page, at)| Edit::RemoveLine(page, at)),
        2 => index().prop_map(Edit::RemovePage),
        1 => index().prop_map(Edit::CopyPage),
        1 => index().prop_map(Edit::RenamePage),
        2 => (index(), line()).prop_map(|(file, text)| Edit::ChangeInclude(file, text)),
        1 => index().prop_map(Edit::RemoveInclude),
        2 => index().prop_map(Edit::ChangeOutput),
        1 => index().prop_map(Edit::RemoveOutput),
        1 => Just(Edit::AddOutput),
        1 => any::<bool>().prop_map(Edit::RenameClient),
        1 => any::<bool>().prop_map(Edit::StateNamespace),
        2 => choices().prop_map(Edit::Choose),
        2 => any::<bool>().prop_map(Edit::AddDocs),
        1 => line().prop_map(Edit::ChangeMore),
        1 => prop::sample::select(vec![None, Some("v1.0"), Some("beta")]).prop_map(Edit::AskVersion),
        2 => decisions().prop_map(Edit::Decide),
        1 => any::<bool>().prop_map(Edit::TakeForm),
        2 => (index(), encodings()).prop_map(|(page, encoding)| Edit::Encode(page, encoding)),
        1 => index().prop_map(Edit::LinkPage),
        1 => Just(Edit::LinkFolder),
        2 => (index(), index()).prop_map(|(file, at)| Edit::FlipCache(file, at)),
        1 => (index(), index()).prop_map(|(file, at)| Edit::CutCache(file, at)),
        1 => Just(Edit::RemoveCache),
        1 => Just(Edit::Nothing),
    ]
}

fn choices() -> impl Strategy<Value = Choice> {
    const CHOICES: [Choice; 5] = [
        [&[], &[], &[]],
        [&["GET /me/**"], &[], &[]],
        [&["/users/**", "/me/**"], &["POST /**"], &[]],
        [&[], &[], &["recipient"]],
        [&["GET /nowhere"], &[], &[]],
    ];
    prop::sample::select(CHOICES.to_vec())
}

fn decisions() -> impl Strategy<Value = Option<(&'static str, TypeChange)>> {
    prop::sample::select(vec![
        None,
        Some(("*attachment", TypeChange::Attribute("#[must_use]".to_owned()))),
        Some(("recipient", TypeChange::Rename("Person".to_owned()))),
        Some(("recipient", TypeChange::Replace("other_crate::Person".to_owned()))),
        Some(("persn", TypeChange::Rename("Person".to_owned()))),
    ])
}

fn encodings() -> impl Strategy<Value = Encoding> {
    use Encoding::{Latin, Marked, Utf16, Windows};
    prop::sample::select(vec![Marked, Windows, Latin, Utf16])
}

impl Encoding {
    fn bytes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Marked => format!("\u{feff}{text}").into_bytes(),
            Self::Windows => text.replace('\n', "\r\n").into_bytes(),
            Self::Latin => [text.as_bytes(), b"\ncaf\xE9\n"].concat(),
            Self::Utf16 => {
                let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
                units.flat_map(u16::to_le_bytes).collect()
            }
        }
    }
}

/// Another folder of docs.
const MORE: &str = "more/v1.0/resources/tag.md";

/// Docs, output and cache in a folder of their own.
struct Place {
    folder: tempfile::TempDir,
    job: Job,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
        for path in files(&source) {
            let below = path.strip_prefix(&source).expect("it lies below");
            let name = below.to_string_lossy();
            let is_page = name.starts_with("v1.0/api") || name.starts_with("v1.0/resources");
            if name.contains("include") || is_page && PAGES.iter().any(|word| name.contains(word)) {
                write(&folder.path().join("docs").join(below), &read(&path));
            }
        }
        let tag = "# tag resource type\n\nNamespace: microsoft.graph\n\n## Properties\n\n\
            |Property|Type|Description|\n|:--|:--|:--|\n|of|[recipient](recipient.md)|Whose.|\n";
        write(&folder.path().join(MORE), tag);
        let job = Job {
            docs: folder.path().join("docs"),
            api_version: None,
            profile: ProfileOverrides::default(),
            filters: Filters::default(),
            options: Options {
                name: "made".to_owned(),
                client: "Client".to_owned(),
                runtime: Runtime::Version("0.1".to_owned()),
                is_workspace: true,
                ..Options::default()
            },
            out: folder.path().join("out"),
            more_docs: Vec::new(),
            cache: Some(folder.path().join("cache")),
            lock: true,
        };
        Self { folder, job }
    }

    fn clean(&self) -> Job {
        Job { cache: None, ..self.job.clone() }
    }

    /// One of the files in a folder.
    fn pick(&self, folder: &str, at: Index) -> Option<PathBuf> {
        let files = files(&self.folder.path().join(folder));
        (!files.is_empty()).then(|| files[at.index(files.len())].clone())
    }

    fn apply(&mut self, edit: &Edit) -> Option<()> {
        match edit {
            Edit::ReplaceLine(page, at, text) => {
                self.edit(*page, |lines| {
                    let at = at.index(lines.len());
                    (*text).clone_into(&mut lines[at]);
                })?;
            }
            Edit::RemoveLine(page, at) => {
                self.edit(*page, |lines| drop(lines.remove(at.index(lines.len()))))?;
            }
            Edit::RemovePage(page) => remove(&self.pick("docs/v1.0", *page)?),
            Edit::CopyPage(page) => {
                let path = self.pick("docs/v1.0", *page)?;
                write(&path.with_extension("copy.md"), &read(&path));
            }
            Edit::RenamePage(page) => {
                let path = self.pick("docs/v1.0", *page)?;
                fs::rename(&path, path.with_extension("new.md")).expect("it can be renamed");
            }
            Edit::ChangeInclude(file, text) => {
                let later = self.folder.path().join("docs/includes/later.md");
                let path = self.pick("docs/includes", *file).unwrap_or(later);
                write(
                    &path,
                    &format!("{}\n{text}\n", fs::read_to_string(&path).unwrap_or_default()),
                );
            }
            Edit::RemoveInclude(file) => remove(&self.pick("docs/includes", *file)?),
            Edit::ChangeOutput(file) => {
                let path = self.pick("out", *file)?;
                write(&path, &format!("{}// by hand\n", read(&path)));
            }
            Edit::RemoveOutput(file) => remove(&self.pick("out", *file)?),
            Edit::AddOutput => {
                let lib = fs::read_to_string(self.job.out.join("src/lib.rs")).ok()?;
                write(&self.job.out.join("src/more.rs"), &lib);
            }
            Edit::RenameClient(is_new) => {
                if *is_new { "Desk" } else { "Client" }.clone_into(&mut self.job.options.client);
            }
            Edit::StateNamespace(is_new) => {
                self.job.profile.root_namespace = is_new.then(|| "microsoft.other".to_owned());
            }
            Edit::Choose([include, exclude, types]) => {
                self.job.filters = Filters::parse(include, exclude, types).expect("patterns");
            }
            Edit::AddDocs(is_there) => {
                let more = self.folder.path().join("more");
                self.job.more_docs = is_there.then_some(more).into_iter().collect();
            }
            Edit::ChangeMore(text) => {
                let path = self.folder.path().join(MORE);
                write(&path, &format!("{}{text}\n", read(&path)));
            }
            Edit::AskVersion(version) => self.job.api_version = version.map(str::to_owned),
            Edit::Decide(decision) => {
                let decided = decision.clone().map(|(types, change)| TypeOverride {
                    types: types.to_owned(),
                    change,
                    origin: "the test".to_owned(),
                    head: None,
                    rank: Rank::Call,
                });
                self.job.options.types = decided.into_iter().collect();
            }
            Edit::TakeForm(is_included) => {
                let included = Form::Included("made_api".to_owned());
                self.job.options.form = if *is_included { included } else { Form::Crate };
            }
            Edit::Encode(page, encoding) => {
                let path = self.pick("docs/v1.0", *page)?;
                let bytes = encoding.bytes(&read(&path));
                fs::write(&path, bytes).expect("it can be written");
            }
            Edit::LinkPage(page) => {
                let path = self.pick("docs/v1.0", *page)?;
                link(&path, &path.with_extension("link.md"))?;
            }
            Edit::LinkFolder => {
                let folder = self.folder.path().join("docs/v1.0");
                link(&folder.join("resources"), &folder.join("api/linked"))?;
            }
            Edit::FlipCache(file, at) => {
                let path = self.pick("cache", *file)?;
                let mut bytes = fs::read(&path).expect("it can be read");
                // It may have been cut to nothing before.
                let places = bytes.len();
                *bytes.get_mut(at.index(places.max(1)))? ^= 0x10;
                fs::write(&path, bytes).expect("it can be written");
            }
            Edit::CutCache(file, at) => {
                let path = self.pick("cache", *file)?;
                let bytes = fs::read(&path).expect("it can be read");
                fs::write(&path, &bytes[..at.index(bytes.len() + 1)]).expect("it can be written");
            }
            Edit::RemoveCache => fs::remove_dir_all(self.folder.path().join("cache")).ok()?,
            Edit::Nothing => {}
        }
        Some(())
    }

    fn edit(&self, page: Index, change: impl FnOnce(&mut Vec<String>)) -> Option<()> {
        let path = self.pick("docs/v1.0", page)?;
        let mut lines: Vec<_> = read(&path).lines().map(str::to_owned).collect();
        if lines.is_empty() {
            return None;
        }
        change(&mut lines);
        write(&path, &format!("{}\n", lines.join("\n")));
        Some(())
    }
}

/// The files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let entries = walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    entries.map(walkdir::DirEntry::into_path).collect()
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).expect("it can be read")).into_owned()
}

/// Makes a link if there is not one already, and the system has any.
fn link(target: &Path, path: &Path) -> Option<()> {
    #[cfg(unix)]
    return std::os::unix::fs::symlink(target, path).ok();
    #[cfg(not(unix))]
    return None.filter(|()| target != path);
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

fn remove(path: &Path) {
    fs::remove_file(path).expect("it can be removed");
}

/// All that a run says, but for what it changed.
fn said(outcome: &Outcome) -> String {
    let lines = outcome.diagnostics.iter().map(|found| render::line(&outcome.docs, found));
    format!(
        "{}\n{:?}\n{:?}\n{:?}\n{:?}\n{}",
        lines.collect::<Vec<_>>().join("\n"),
        outcome.diagnostics,
        outcome.summary,
        outcome.selection,
        outcome.endpoints,
        outcome.files,
    )
}

/// A run with the cache and one without it, which changes nothing, both as text.
fn compare(place: &Place, mode: Mode) -> Result<(), TestCaseError> {
    let clean = place.clean().run(Mode::Check);
    let cached = place.job.run(mode);
    match (clean, cached) {
        (Ok(clean), Ok(cached)) => {
            prop_assert_eq!(said(&cached), said(&clean));
            prop_assert_eq!(cached.changes, clean.changes);
        }
        (clean, cached) => {
            let text = |result: Result<Outcome, _>| result.map(|outcome| said(&outcome));
            let (clean, cached) = (text(clean), text(cached));
            let text =
                |result: Result<String, docbind::Error>| result.map_err(|error| error.to_string());
            prop_assert_eq!(text(cached), text(clean));
        }
    }
    Ok(())
}

fn is_up_to_date(place: &Place) -> bool {
    place.clean().run(Mode::Check).is_ok_and(|outcome| outcome.changes.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_edits_lead_where_a_clean_run_leads(rounds in vec(vec(edits(), 1..3), 1..5)) {
        let mut place = Place::new();
        compare(&place, Mode::Write)?;
        for edits in rounds {
            for edit in &edits {
                // What there is none of cannot be edited.
                let _ = place.apply(edit);
            }
            compare(&place, Mode::Check)?;
            compare(&place, Mode::Write)?;
            if place.clean().run(Mode::Check).is_ok() {
                prop_assert!(is_up_to_date(&place));
            }
            compare(&place, Mode::Write)?;
        }
    }
}

#[test]
fn a_run_that_only_looks_leaves_no_cache() {
    let place = Place::new();
    place.job.run(Mode::Check).expect("it can be read");
    assert!(!place.folder.path().join("cache").exists());
}

#[test]
fn an_unchanged_run_says_the_same_again() {
    let place = Place::new();
    let first = place.job.run(Mode::Write).expect("it can be written");
    let second = place.job.run(Mode::Write).expect("it can be written");
    assert_eq!(said(&first), said(&second));
    assert!(!first.diagnostics.is_empty());
    assert_eq!(second.changes, Changes { list: Vec::new(), unchanged: first.files });
}

#[test]
fn an_edited_output_is_noticed() {
    let place = Place::new();
    place.job.run(Mode::Write).expect("it can be written");
    let lib = place.job.out.join("src/lib.rs");
    let text = read(&lib);
    write(&lib, &format!("{text}// by hand\n"));
    let check = place.job.run(Mode::Check).expect("it can be read");
    assert_eq!(check.changes.counts(), (0, 1, 0));
    place.job.run(Mode::Write).expect("it can be written");
    assert_eq!(read(&lib), text);
}

#[test]
fn many_runs_at_once_share_a_cache() {
    let place = Place::new();
    let outs: Vec<_> = (0..4).map(|at| place.folder.path().join(format!("out{at}"))).collect();
    std::thread::scope(|scope| {
        for out in &outs {
            let job = Job { out: out.clone(), ..place.job.clone() };
            scope.spawn(move || {
                for _ in 0..3 {
                    job.run(Mode::Write).expect("it can be written");
                }
            });
        }
    });
    for out in outs {
        let job = Job { out, ..place.clean() };
        assert!(job.run(Mode::Check).expect("it can be read").changes.is_empty());
    }
}

#[test]
fn many_runs_at_once_share_an_output() {
    let place = Place::new();
    let jobs = ["Desk", "Office", "Post"].map(|client| {
        let mut job = place.job.clone();
        client.clone_into(&mut job.options.client);
        // With filters, other files are stale for each of them.
        let wanted = if client == "Desk" { "GET /me/**" } else { "GET /me/mailFolders" };
        job.filters = Filters::parse(&[wanted], &[], &[]).expect("a pattern");
        job
    });
    std::thread::scope(|scope| {
        for job in &jobs {
            scope.spawn(move || {
                for _ in 0..4 {
                    job.run(Mode::Write).expect("it can be written");
                }
            });
        }
    });
    let is_whole = |job: &&Job| {
        let job = Job { cache: None, ..(*job).clone() };
        job.run(Mode::Check).is_ok_and(|outcome| outcome.changes.is_empty())
    };
    assert_eq!(jobs.iter().filter(is_whole).count(), 1);
}
