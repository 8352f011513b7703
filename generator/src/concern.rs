//! Which diagnostics concern a part of an API.
//!
//! In go the docs, a reduced model and the filters that reduced it; out comes which files matter:
//! the pages that what is left is stated on, those that a filter asks for by name, and what these
//! include. A file that could not be read always does, since nobody knows what it says.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::docs::{Docs, IncludeTarget, Role, SourceFile, find_includes};
use crate::model::{Api, Model, Operation, RequestBody, Source, Type};
use crate::select::Filters;
use crate::span::FileId;

/// The files that matter.
#[derive(Debug)]
pub(crate) struct Concern {
    files: BTreeSet<FileId>,
}

impl Concern {
    pub(crate) fn includes(&self, diagnostic: &Diagnostic) -> bool {
        const UNREAD: [Code; 3] =
            [Code::UnreadableFile, Code::OversizedFile, Code::InternalFailure];
        UNREAD.contains(&diagnostic.code) || self.files.contains(&diagnostic.span.file)
    }
}

pub(crate) fn concern(docs: &Docs, api: &Api, filters: &Filters) -> Concern {
    let stated: BTreeMap<Option<&str>, BTreeSet<&str>> =
        api.versions.iter().map(|model| (model.api_version.as_deref(), pages(model))).collect();
    let matters = |file: &&SourceFile| match &file.role {
        Role::Page { version, page } => {
            let version = version.as_deref();
            filters.speak_of_page(version, page)
                || stated.get(&version).is_some_and(|pages| pages.contains(&**page))
        }
        Role::Include => false,
        Role::Unread => true,
    };
    let mut open: Vec<&SourceFile> = docs.files.iter().filter(matters).collect();
    let mut files = BTreeSet::new();
    while let Some(file) = open.pop() {
        if files.insert(file.id) {
            for include in find_includes(&file.text) {
                let target = &file.text[include.target];
                if let IncludeTarget::File(included) = docs.include(file, target) {
                    open.push(included);
                }
            }
        }
    }
    Concern { files }
}

/// The pages that state what is left. Of a shell no more is left than its name.
fn pages(model: &Model) -> BTreeSet<&str> {
    let mut pages = BTreeSet::new();
    for operation in &model.operations {
        pages.extend(sources(operation).map(|source| &*source.file));
    }
    for ty in model.types.iter().filter(|ty| !ty.is_reduced) {
        let Type { source, properties, .. } = ty;
        pages.insert(&*source.file);
        pages.extend(properties.iter().map(|property| &*property.source.file));
    }
    for enum_ in &model.enums {
        pages.insert(&*enum_.source.file);
        let members = enum_.members.iter().chain(&enum_.listed);
        pages.extend(members.map(|member| &*member.source.file));
    }
    pages
}

fn sources(operation: &Operation) -> impl Iterator<Item = &Source> {
    let rows = match &operation.request {
        Some(RequestBody::Parameters(rows)) => rows.as_slice(),
        _ => &[],
    };
    std::iter::once(&operation.source)
        .chain(operation.paths.iter().map(|path| &path.source))
        .chain(operation.parameters.iter().map(|parameter| &parameter.source))
        .chain(rows.iter().map(|row| &row.source))
        .chain(operation.responses.iter().map(|response| &response.source))
}

#[cfg(test)]
mod tests {
    use crate::docs::Docs;
    use crate::model::ProfileOverrides;
    use crate::select::Filters;
    use crate::{Loaded, interpret_with};

    const GOOD: &str = "# A\n\n## HTTP request\n\n```http\nGET /a\nGET /a/.../b\n```\n\n\
        ## Response\n\nReturns a `200 OK` with an [a](../resources/a.md) object.\n";
    const OTHER: &str = "# Z\n\n## HTTP request\n\n```http\nGET /z\nGET /z/.../b\n```\n";
    const BROKEN: &str = "# Broken\n\n## HTTP request\n\n```http\nGET /c/.../b\n```\n";
    const TYPE: &str = "# a resource type\n\n## Properties\n\n|Property|Type|Description|\n\
        |:---|:---|:---|\n|x|notAType|Odd.|\n\n## Relationships\n\n\
        |Relationship|Type|Description|\n|:---|:---|:---|\n|r|[related](related.md)|Odd.|\n";
    const RELATED: &str = "# related resource type\n\n## Properties\n\n\
        |Property|Type|Description|\n|:---|:---|:---|\n|x|notAType|Odd.|\n";

    /// The files that diagnostics are left of.
    #[track_caller]
    fn check(include: &[&str], expected: &[&str]) {
        let docs = Docs::from_texts([
            ("api/a-get.md", GOOD),
            ("api/a-broken.md", BROKEN),
            ("api/z-get.md", OTHER),
            ("resources/a.md", TYPE),
            ("resources/related.md", RELATED),
        ]);
        let read = interpret_with(&docs, &ProfileOverrides::default());
        let loaded = Loaded { docs, api: read.value, diagnostics: read.diagnostics };
        let filters = Filters::parse(include, &[], &[]).expect("filters");
        let (loaded, _) = loaded.select(&filters).expect("a selection");
        let files = loaded.diagnostics.iter().map(|it| &*loaded.docs.file(it.span.file).path);
        let mut files: Vec<_> = files.collect();
        files.sort_unstable();
        files.dedup();
        assert_eq!(files, expected);
    }

    #[test]
    fn pages_of_what_is_left() {
        check(&["GET /a"], &["api/a-get.md", "resources/a.md"]);
        check(&["GET /z"], &["api/z-get.md"]);
    }

    #[test]
    fn pages_that_a_filter_names_though_they_say_nothing() {
        let expected = ["api/a-broken.md", "api/a-get.md", "resources/a.md"];
        check(&["api/a-*.md"], &expected);
        check(&["a-*"], &expected);
    }

    #[test]
    fn everything_without_filters() {
        let all = ["api/a-broken.md", "api/a-get.md", "api/z-get.md", "resources/a.md"];
        check(&[], &[&all[..], &["resources/related.md"]].concat());
    }
}
