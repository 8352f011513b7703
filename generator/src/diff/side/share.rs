//! What pages state, read once where a page is the same on both sides.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::cache::{Pages, moved};
use crate::diagnostic::Parsed;
use crate::docs::{Docs, SourceFile};
use crate::extract::Declarations;
use crate::span::FileId;

/// What a page states, if it could be read.
type Stated = Parsed<Option<Declarations>>;

/// What the pages of each side state, in their order.
pub(super) fn read(
    base: Option<&Docs>,
    head: Option<&Docs>,
    pages: Option<&Pages>,
) -> (Vec<Stated>, Vec<Stated>) {
    let of_base = base.map(|docs| crate::read_pages(docs, |file| page(docs, file, pages)));
    let of_base = of_base.unwrap_or_default();
    let Some(head) = head else { return (of_base, Vec::new()) };
    let known = base.map(|docs| Known::new(docs, &of_base));
    let of_head = crate::read_pages(head, |file| {
        let same = known.as_ref().and_then(|known| known.find(head, file));
        same.unwrap_or_else(|| page(head, file, pages))
    });
    (of_base, of_head)
}

fn page(docs: &Docs, file: &SourceFile, pages: Option<&Pages>) -> Stated {
    let read = || crate::read_page(docs, file);
    match pages {
        Some(pages) => pages.read(docs, file, read),
        None => read(),
    }
}

/// The pages of the other side.
struct Known<'a> {
    docs: &'a Docs,
    by_path: HashMap<&'a str, (&'a SourceFile, &'a Stated)>,
}

impl<'a> Known<'a> {
    fn new(docs: &'a Docs, stated: &'a [Stated]) -> Self {
        let pages: Vec<_> = docs.pages().zip(stated).collect();
        let by_path = pages.into_par_iter().map(|(file, stated)| (&*file.path, (file, stated)));
        Self { docs, by_path: by_path.collect() }
    }

    /// What a page states, if it and all that it includes are the same here.
    fn find(&self, docs: &Docs, file: &SourceFile) -> Option<Stated> {
        let (known, stated) = self.by_path.get(&*file.path)?;
        // A page that could not be read says where, which is a matter of its own docs.
        if known.role != file.role || !is_same(known, file) || stated.value.is_none() {
            return None;
        }
        let (from, to) = (self.docs.reach(known)?, docs.reach(file)?);
        let is_same = |(from, to): (&Option<FileId>, &Option<FileId>)| match (from, to) {
            (Some(from), Some(to)) => {
                let (from, to) = (self.docs.file(*from), docs.file(*to));
                from.path == to.path && from.role == to.role && is_same(from, to)
            }
            (None, None) => true,
            _ => false,
        };
        if from.len() != to.len() || !from.iter().zip(&to).all(is_same) {
            return None;
        }
        let files =
            |reached: Vec<Option<FileId>>| reached.into_iter().flatten().collect::<Vec<_>>();
        moved(stated, &files(from), &files(to))
    }
}

/// Whether two files hold the same. Those of one object of a repository share their text.
fn is_same(one: &SourceFile, other: &SourceFile) -> bool {
    Arc::ptr_eq(&one.text, &other.text) || one.text == other.text
}
