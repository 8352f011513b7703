//! Real pages, where they are at hand.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use docbind::Loaded;

/// The pages of one version. None where `DOCBIND_GRAPH_DOCS` is not set, which is said in a line.
pub(crate) fn pages() -> Option<Loaded> {
    let Some(root) = std::env::var_os("DOCBIND_GRAPH_DOCS") else {
        say("DOCBIND_GRAPH_DOCS is not set: the diff of real pages is not checked");
        return None;
    };
    let versioned = PathBuf::from(&root).join("v1.0");
    let root = if versioned.is_dir() { versioned } else { Path::new(&root).to_owned() };
    Some(docbind::load(&root, None).expect("DOCBIND_GRAPH_DOCS holds pages"))
}

/// Says a line that is seen of tests that pass, too.
pub(crate) fn say(line: &str) {
    let line = format!("{line}\n");
    std::io::stderr().write_all(line.as_bytes()).expect("the terminal takes it");
}
