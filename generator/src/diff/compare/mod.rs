//! Comparing two models: which things belong together, and what of them differs.

mod enums;
mod examples;
mod follow;
mod operations;
mod parameters;
mod paths;
mod permissions;
mod properties;
mod references;
mod types;

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use permissions::PermissionNames;

use super::change::{Change, Subject};
use super::rule::Rule;
use super::{Diff, Level};
use crate::model::{Api, Model, Operation, Source, TypeName, TypeRef, last_part};

/// What a reader of the base has to know to read the head. Changes of level
/// [`Docs`](Level::Docs) are in it, too.
///
/// A version is compared with the one of its name. Where each side has one version alone, these
/// are compared whatever they are called, so that beta can be held against v1.0.
///
/// ```
/// use docbind::diff::{Bump, diff};
/// use docbind::docs::Docs;
///
/// let page = |text: &str| {
///     let text = format!("# note resource type\n\n## Properties\n\n|Property|Type|\n|:-|:-|\n{text}");
///     docbind::interpret(&Docs::from_texts([("resources/note.md", text.as_str())])).value
/// };
/// let diff = diff(&page("|text|String|\n"), &page("|text|Int32|\n"));
/// let [change] = diff.changes.as_slice() else { panic!("one change") };
/// assert_eq!(change.rule.id(), "property-type-changed");
/// assert_eq!((change.from.as_deref(), change.to.as_deref()), (Some("Edm.String"), Some("Edm.Int32")));
/// assert_eq!(diff.bump(), Bump::Major);
/// ```
pub fn diff(base: &Api, head: &Api) -> Diff {
    let mut changes = Vec::new();
    if let ([base], [head]) = (base.versions.as_slice(), head.versions.as_slice()) {
        changes.extend(Sides::new(base, head, (None, None)).compare());
    } else {
        versions(base, head, &mut changes);
    }
    changes.sort_by(|left, right| key(left).cmp(&key(right)));
    Diff { changes, ignored: Vec::new() }
}

type Key<'c> =
    (&'c Option<Arc<str>>, u8, &'c str, Option<&'c str>, Rule, Option<&'c str>, Option<&'c str>);

fn key(change: &Change) -> Key<'_> {
    let kind = match &change.subject {
        Subject::Version => 0,
        Subject::Type => 1,
        Subject::Enum => 2,
        Subject::Operation { .. } => 3,
    };
    let part = match &change.subject {
        Subject::Operation { part, .. } => *part,
        _ => None,
    };
    (
        &change.version,
        kind,
        &change.target,
        change.member.as_deref(),
        change.rule,
        part,
        change.from.as_deref(),
    )
}

fn versions(base: &Api, head: &Api, changes: &mut Vec<Change>) {
    let of = |api: &Api| -> Vec<Option<String>> {
        api.versions.iter().map(|model| model.api_version.clone()).collect()
    };
    let names: BTreeSet<_> = of(base).into_iter().chain(of(head)).collect();
    for name in names {
        let sides = (find(base, name.as_deref()), find(head, name.as_deref()));
        let version: Arc<str> = name.as_deref().unwrap_or_default().into();
        let change = |rule| Change::new(rule, Subject::Version, &*version);
        match sides {
            (Some(old), Some(new)) => {
                let is_preview = name.as_deref() == Some(PREVIEW);
                let preview = |api| find(api, Some(PREVIEW)).filter(|_| !is_preview);
                let found = Sides::new(old, new, (preview(base), preview(head))).compare();
                changes.extend(found.into_iter().map(|mut change| {
                    change.version = Some(Arc::clone(&version));
                    change
                }));
            }
            (Some(_), None) => changes.push(change(Rule::VersionRemoved).from(&*version)),
            (None, _) => changes.push(change(Rule::VersionAdded).to(&*version)),
        }
    }
}

/// The version from which operations and types are promoted.
const PREVIEW: &str = "beta";

fn find<'a>(api: &'a Api, version: Option<&str>) -> Option<&'a Model> {
    api.versions.iter().find(|model| model.api_version.as_deref() == version)
}

/// A change by which a property is a relationship, or is none any more.
struct Bound {
    /// Which of the changes it is.
    at: usize,
    /// The type that the property holds, which has another kind, too.
    ty: String,
    /// Whether the row stands elsewhere among the others, as one does that went to the other table.
    is_moved: bool,
}

/// One version of both sides.
struct Sides<'m> {
    base: &'m Model,
    head: &'m Model,
    /// Beta of each side, where another version is compared.
    previews: (Option<&'m Model>, Option<&'m Model>),
    /// The types and enumerations that were renamed, by the name in the base.
    renamed: HashMap<&'m str, &'m str>,
    /// Which changes make a relationship of a property, or the other way round, while the type that
    /// it holds has another kind, too.
    bound_to_kind: Vec<Bound>,
    /// All that can be called in the base, and in the head.
    calls: (paths::Calls<'m>, paths::Calls<'m>),
    /// The permissions that the base names, and the head, where that was asked.
    permission_names: OnceCell<(PermissionNames<'m>, PermissionNames<'m>)>,
    changes: Vec<Change>,
}

impl<'m> Sides<'m> {
    fn new(
        base: &'m Model,
        head: &'m Model,
        previews: (Option<&'m Model>, Option<&'m Model>),
    ) -> Self {
        let calls = rayon::join(|| paths::Calls::new(base), || paths::Calls::new(head));
        let (renamed, bound_to_kind, changes) = (HashMap::new(), Vec::new(), Vec::new());
        let permission_names = OnceCell::new();
        Self { base, head, previews, renamed, bound_to_kind, calls, permission_names, changes }
    }

    fn compare(mut self) -> Vec<Change> {
        let types = types::pair(self.base, self.head);
        let enums = enums::pair(self.base, self.head);
        let names = types.renamed.iter().map(|(old, new)| (old.name.as_str(), new.name.as_str()));
        self.renamed.extend(names);
        let names = enums.renamed.iter().map(|(old, new)| (old.name.as_str(), new.name.as_str()));
        self.renamed.extend(names);
        self.types(&types);
        self.enums(&enums);
        self.operations();
        self.settle_kinds();
        self.settle_requirements();
        self.changes
    }

    fn push(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// Whether the base means by one name what the head means by the other.
    fn is_same_name(&self, old: &str, new: &str) -> bool {
        let is_shell = || {
            let is_known = |model: &Model, name| {
                model.ty(name).is_some_and(|ty| ty.is_documented) || model.enum_(name).is_some()
            };
            // A reference leads nowhere on one side, so that its namespace and case are a guess.
            last_part(old).eq_ignore_ascii_case(last_part(new))
                && !(is_known(self.base, old) && is_known(self.head, new))
        };
        old == new || self.renamed.get(old) == Some(&new) || is_shell()
    }

    fn is_same_type(&self, old: &TypeRef, new: &TypeRef) -> bool {
        old.collection == new.collection
            && match (&old.name, &new.name) {
                (TypeName::Named(old), TypeName::Named(new)) => self.is_same_name(old, new),
                (old, new) => old == new,
            }
    }

    fn is_same_body(&self, old: Option<&TypeRef>, new: Option<&TypeRef>) -> bool {
        match (old, new) {
            (Some(old), Some(new)) => self.is_same_type(old, new) || self.is_fallback(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    /// Whether one side lacks the page of the type that both name, and takes what it extends for it.
    fn is_fallback(&self, old: &TypeRef, new: &TypeRef) -> bool {
        let (TypeName::Named(old), TypeName::Named(new)) = (&old.name, &new.name) else {
            return false;
        };
        let extends = |model: &Model, other: &Model, ty: &str, base: &str| {
            !other.ty(ty).is_some_and(|ty| ty.is_documented)
                && model.ancestry(ty).skip(1).any(|it| it.name == base)
        };
        extends(self.base, self.head, old, new) || extends(self.head, self.base, new, old)
    }

    /// What differs in words only.
    fn describe(
        &mut self,
        old: Described<'_>,
        new: Described<'_>,
        change: impl FnOnce(Rule) -> Change,
    ) {
        if old.text != new.text {
            let mut change = change(Rule::DescriptionChanged).base(old.source).head(new.source);
            change.from = old.text.map(str::to_owned);
            change.to = new.text.map(str::to_owned);
            self.push(change);
        }
    }
}

/// A text, and the place of what it describes.
#[derive(Clone, Copy)]
struct Described<'a> {
    text: Option<&'a str>,
    source: &'a Source,
}

fn described<'a>(text: Option<&'a String>, source: &'a Source) -> Described<'a> {
    Described { text: text.map(String::as_str), source }
}

fn call_text(operation: &Operation) -> String {
    let path = operation.paths.first().map_or("", |path| path.template.text.as_str());
    format!("{} {path}", operation.method.as_str())
}

/// The rules by which a thing comes and goes, by what it is on the other side: not there at all,
/// or in beta.
fn by_preview(is_in_preview: bool, plain: Rule, preview: Rule) -> Rule {
    if is_in_preview { preview } else { plain }
}

/// Whether a change is one of facts.
fn is_of_facts(change: &Change) -> bool {
    change.level > Level::Docs
}
