//! What any generator that works from these pages must do: read them, parse their Markdown and
//! front matter, parse and format the code, write it. Nothing is understood on the way.

use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// The pages below a root, as any reader finds them.
pub(crate) fn paths(root: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("the folder can be read").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
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
