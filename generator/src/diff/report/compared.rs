//! What a report needs beside the diff: what the sides are called, and their pages where these are
//! at hand.

use std::borrow::Cow;

use super::phrase::shown;
use crate::diff::Change;
use crate::docs::Docs;
use crate::model::Source;

/// The two sides of a diff.
#[derive(Clone, Copy)]
pub struct Compared<'a> {
    /// What is compared with.
    pub base: Side<'a>,
    /// What is compared.
    pub head: Side<'a>,
}

/// One side of a diff.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// What a reader calls it: `main:docs-input`.
    pub name: &'a str,
    /// Its pages, which a model in JSON has not.
    pub pages: Option<&'a dyn Pages>,
}

/// Where the pages of a side are looked up.
pub trait Pages {
    /// The path of a page below the root of the docs, its version folder included.
    fn page_path(&self, version: Option<&str>, source: &Source) -> Option<Cow<'_, str>>;

    /// The text of a line, without its line feed.
    fn row(&self, version: Option<&str>, source: &Source) -> Option<Cow<'_, str>>;
}

impl Pages for Docs {
    fn page_path(&self, version: Option<&str>, source: &Source) -> Option<Cow<'_, str>> {
        let span = self.span(version, &source.file, source.line)?;
        Some(Cow::Borrowed(&self.file(span.file).path))
    }

    fn row(&self, version: Option<&str>, source: &Source) -> Option<Cow<'_, str>> {
        let span = self.span(version, &source.file, source.line)?;
        Some(Cow::Borrowed(self.text(span)))
    }
}

/// A place that a change names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// The path below the root of the docs, as the machine knows it.
    pub(super) path: Cow<'a, str>,
    /// The line, counted from 1.
    pub(super) line: u32,
    /// What stands there, where it is known.
    pub(super) row: Option<Cow<'a, str>>,
}

impl Place<'_> {
    /// The place as a person reads it: `resources/message.md:81`.
    pub(super) fn text(&self) -> String {
        format!("{}:{}", shown(&self.path), self.line)
    }
}

impl<'a> Side<'a> {
    fn place(&self, version: Option<&str>, source: &'a Source) -> Place<'a> {
        let known = self.pages.and_then(|pages| pages.page_path(version, source));
        let path = known.unwrap_or_else(|| match version {
            Some(version) if !version.is_empty() => format!("{version}/{}", source.file).into(),
            _ => Cow::Borrowed(&*source.file),
        });
        let row = self.pages.and_then(|pages| pages.row(version, source));
        let row = row.filter(|row| !row.trim().is_empty());
        Place { path, line: source.line.max(1), row }
    }
}

impl<'a> Compared<'a> {
    /// Where the base states it.
    pub(super) fn base(&self, change: &'a Change) -> Option<Place<'a>> {
        let version = change.version.as_deref();
        Some(self.base.place(version, change.base.as_ref()?))
    }

    /// Where the head states it.
    pub(super) fn head(&self, change: &'a Change) -> Option<Place<'a>> {
        let version = change.version.as_deref();
        Some(self.head.place(version, change.head.as_ref()?))
    }

    /// Where the head would state it. The row there is about something else, and left out.
    pub(super) fn near(&self, change: &'a Change) -> Option<Place<'a>> {
        let near = change.near.as_ref().filter(|_| change.head.is_none())?;
        Some(Place { row: None, ..self.head.place(change.version.as_deref(), near) })
    }
}
