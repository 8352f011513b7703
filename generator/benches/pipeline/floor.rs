//! What any generator that works from these pages must do: read them, parse their Markdown and
//! front matter, parse and format the code, write it. Nothing is understood on the way.

use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

/// All of it, as a process of its own: `code` holds the code that is to be written to `out`.
/// What stands in `out` already is read and compared, not written.
pub(crate) fn run(docs: &Path, code: &Path, out: &Path) {
    parse(&read(&paths(docs, "md")));
    let sources = paths(code, "rs");
    let formatted = format(&read(&sources));
    for path in &sources {
        let target = out.join(path.strip_prefix(code).expect("it lies below"));
        std::fs::create_dir_all(target.parent().expect("a folder")).expect("it can be made");
    }
    sources.par_iter().zip(&formatted).for_each(|(path, text)| {
        let target = out.join(path.strip_prefix(code).expect("it lies below"));
        if std::fs::read(&target).ok().as_deref() != Some(text.as_bytes()) {
            std::fs::write(&target, text).expect("the file can be written");
        }
    });
}

/// What no run can do without that says what there is to do: read the docs, the generated files and
/// what an earlier run found out, and tell their contents from others. Nothing of it is decoded.
pub(crate) fn run_again(docs: &Path, out: &Path, cache: &Path) {
    let files = [paths(docs, "md"), paths(&out.join("src"), "rs"), paths(cache, "cache")].concat();
    hash(&files);
}

/// What a first run for a few operations cannot do without: parse all pages, since any of them may
/// define what the operations need, and parse and format the code for these.
pub(crate) fn run_part(docs: &Path, out: &Path) {
    parse(&read(&paths(docs, "md")));
    let formatted = format(&read(&paths(&out.join("src"), "rs")));
    assert!(!formatted.is_empty(), "there is code");
}

/// What no diff of pages can do without that it has not seen: read and parse both sides.
pub(crate) fn run_diff(base: &Path, head: &Path) {
    parse(&read(&paths(base, "md")));
    parse(&read(&paths(head, "md")));
}

fn hash(files: &[PathBuf]) {
    let hashes: Vec<_> = files
        .par_iter()
        .map(|path| xxhash_rust::xxh3::xxh3_128(&std::fs::read(path).expect("a file")))
        .collect();
    assert!(hashes.iter().any(|hash| *hash != 0), "there are files");
}

/// The files below a root with this extension, as any reader finds them.
pub(crate) fn paths(root: &Path, extension: &str) -> Vec<PathBuf> {
    walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("the folder can be read").into_path())
        .filter(|path| path.extension().is_some_and(|other| other == extension))
        .collect()
}

/// The texts of all pages.
pub(crate) fn read(paths: &[PathBuf]) -> Vec<String> {
    paths.par_iter().map(|path| std::fs::read_to_string(path).expect("a page")).collect()
}

/// Markdown events and YAML values of all pages, counted.
pub(crate) fn parse(texts: &[String]) -> usize {
    texts.par_iter().map(|text| parse_page(text)).sum()
}

fn parse_page(text: &str) -> usize {
    let end = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---")).map_or(0, |at| at + 4);
    let (front, body) = text.split_at(end);
    let front: Result<serde_yaml::Value, _> = serde_yaml::from_str(front.trim_matches('-'));
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    Parser::new_ext(body, options).into_offset_iter().count() + usize::from(front.is_ok())
}

/// Code, parsed and formatted.
pub(crate) fn format(sources: &[String]) -> Vec<String> {
    sources
        .par_iter()
        .map(|text| prettyplease::unparse(&syn::parse_file(text).expect("generated code parses")))
        .collect()
}
