//! Operations: what pages state of them, with their paths read over the model.

use std::collections::BTreeMap;

use super::bodies::{self, Stated};
use super::names::Names;
use super::paths::{Paths, Statement, Step, Walk};
use super::types::Types;
use super::{Scope, examples, parameters, shells, spelling::Votes};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::{OperationDeclaration, PathForm};
use crate::model::{Method, Operation, OperationKind, Path, PathTemplate, Segment, TypeRef};

/// Makes the operations, and completes the types that only they tell of.
pub(super) fn resolve(pages: &[Scope<'_>], types: &mut Types, names: &Names, diagnostics: &mut Diagnostics) -> Vec<Operation> {
    let declared: Vec<(&OperationDeclaration, &Scope<'_>)> =
        pages.iter().flat_map(|scope| scope.page.operations.iter().map(move |operation| (operation, scope))).collect();
    let returns = bodies::returns_of_methods(pages, names);
    let stated: Vec<Stated> =
        declared.iter().map(|(operation, scope)| bodies::stated(operation, scope, names, &returns, diagnostics)).collect();
    let statements: Vec<Statement<'_>> = declared
        .iter()
        .zip(&stated)
        .flat_map(|((operation, _), stated)| {
            operation.paths.iter().filter_map(move |path| statement(operation, stated, &path.target.template.segments))
        })
        .collect();
    let paths = Paths::learn(types, names, &statements);
    let spellings = Spellings::collect(&declared);
    let operations: Vec<Operation> = declared
        .iter()
        .zip(&stated)
        .filter_map(|((operation, scope), stated)| {
            resolve_operation(operation, scope, stated, &paths, types, names, &spellings, diagnostics)
        })
        .collect();
    let alternate_keys = find_alternate_keys(&declared, &paths);
    for (ty, key) in alternate_keys {
        if let Some(ty) = types.get_mut(&ty) {
            if !ty.alternate_keys.contains(&key) {
                ty.alternate_keys.push(key);
            }
        }
    }
    shells::complete(&declared, &operations, types, names);
    operations
}

fn statement<'a>(operation: &OperationDeclaration, stated: &Stated, segments: &'a [Segment]) -> Option<Statement<'a>> {
    if operation.form != PathForm::Plain {
        return None;
    }
    let ty = match operation.method {
        Method::Get => stated.response.clone(),
        Method::Post | Method::Patch | Method::Put => stated.request.clone().or_else(|| stated.response.clone()),
        Method::Delete => None,
    };
    let creates = operation.method == Method::Post && bodies::says_create(operation);
    Some(Statement { method: operation.method, segments, ty, creates })
}

/// Where all paths of an operation lead.
pub(super) struct Walks {
    /// In the order of the paths.
    pub(super) walks: Vec<Walk>,
    /// What most of them lead to.
    pub(super) target: Option<TypeRef>,
    /// The walk that leads there.
    pub(super) main: usize,
}

impl Walks {
    fn new(walks: Vec<Walk>) -> Self {
        let mut counts: BTreeMap<&TypeRef, (usize, usize)> = BTreeMap::new();
        for (at, walk) in walks.iter().enumerate() {
            if let Some(ty) = walk.ty() {
                counts.entry(ty).or_insert((0, at)).0 += 1;
            }
        }
        let best = counts.into_iter().max_by(|left, right| left.1.0.cmp(&right.1.0).then_with(|| right.1.1.cmp(&left.1.1)));
        let (target, main) = best.map_or((None, 0), |(ty, (_, at))| (Some(ty.clone()), at));
        Self { walks, target, main }
    }

    /// The walk that leads to the target.
    pub(super) fn main(&self) -> Option<&Walk> {
        self.walks.get(self.main)
    }
}

#[expect(clippy::too_many_arguments, reason = "all of what is known meets here")]
fn resolve_operation(
    operation: &OperationDeclaration,
    scope: &Scope<'_>,
    stated: &Stated,
    paths: &Paths<'_>,
    types: &Types,
    names: &Names,
    spellings: &Spellings,
    diagnostics: &mut Diagnostics,
) -> Option<Operation> {
    let first = operation.paths.first()?;
    let templates: Vec<Path> = operation
        .paths
        .iter()
        .map(|path| Path {
            template: finish_template(&path.target.template, paths, spellings),
            source: scope.source(path.place),
        })
        .collect();
    let walks = Walks::new(templates.iter().map(|path| paths.walk(&path.template.segments)).collect());
    let kind = kind(operation, stated, &walks, paths);
    let request = bodies::request(operation, scope, stated, kind, &walks, types, names, diagnostics);
    let responses = bodies::responses(operation, stated, kind, &walks, types, diagnostics);
    let mut query_options = operation.query_options.clone();
    let parameters = parameters::resolve(operation, scope, &templates, names, &mut query_options, diagnostics);
    if templates.is_empty() {
        diagnostics.push(Diagnostic::error(Code::PageWithoutRequest, first.place.span, "no path of the operation can be called"));
        return None;
    }
    Some(Operation {
        id: operation.id.clone(),
        name: operation.name.clone(),
        title: operation.title.clone(),
        description: operation.description.clone(),
        method: operation.method,
        kind,
        paths: templates,
        parameters,
        request,
        responses,
        permissions: operation.permissions.clone(),
        permissions_by: operation.permissions_by.clone(),
        query_options,
        deprecated: operation.deprecated.clone(),
        examples: examples::resolve(operation, scope, names),
        source: scope.source(first.place),
    })
}

/// What an operation does, by its method and where its paths lead.
fn kind(operation: &OperationDeclaration, stated: &Stated, walks: &Walks, paths: &Paths<'_>) -> OperationKind {
    match operation.form {
        PathForm::Ref => return OperationKind::Reference,
        PathForm::Value => return OperationKind::Value,
        PathForm::Count => return OperationKind::Count,
        PathForm::Plain => {}
    }
    let last = operation.paths.first().and_then(|path| path.target.template.segments.last());
    let walk = walks.main();
    let is_content = walk.is_some_and(Paths::is_stream)
        || matches!(last, Some(Segment::Literal(word)) if word.eq_ignore_ascii_case("content") && walk.is_none_or(|walk| walk.step != Step::Navigation));
    if is_content && matches!(operation.method, Method::Get | Method::Put | Method::Patch) {
        return OperationKind::Value;
    }
    match operation.method {
        Method::Delete => OperationKind::Delete,
        Method::Put => OperationKind::Replace,
        Method::Patch => OperationKind::Update,
        Method::Post => {
            if is_collection_walk(walk, last, paths) || (is_new(walk) && bodies::says_create(operation)) {
                OperationKind::Create
            } else {
                OperationKind::Action
            }
        }
        Method::Get => {
            let is_function = match last {
                Some(Segment::Call { .. }) => true,
                Some(Segment::Literal(_) | Segment::Cast(_)) => {
                    walk.is_some_and(|walk| matches!(walk.step, Step::Learned | Step::Unknown)) && says_function(operation)
                }
                _ => false,
            };
            if is_function {
                return OperationKind::Function;
            }
            let collection = walks.target.as_ref().or(stated.response.as_ref()).is_some_and(|ty| ty.collection);
            if collection { OperationKind::List } else { OperationKind::Get }
        }
    }
}

fn is_collection_walk(walk: Option<&Walk>, last: Option<&Segment>, paths: &Paths<'_>) -> bool {
    let Some(walk) = walk else { return false };
    match walk.step {
        Step::Navigation | Step::Property | Step::Cast | Step::Key => walk.ty().is_some_and(|ty| ty.collection),
        Step::Learned => last.and_then(super::paths::word).is_some_and(|word| paths.is_keyed(&walk.parent, word)),
        Step::Unknown => false,
    }
}

fn is_new(walk: Option<&Walk>) -> bool {
    walk.is_none_or(|walk| matches!(walk.step, Step::Learned | Step::Unknown))
}

/// Whether the title is that of a function: `user: delta`, `getByPath function`, `delta`.
fn says_function(operation: &OperationDeclaration) -> bool {
    let title = operation.title.to_lowercase();
    title.contains(':') || title.ends_with(" function") || !title.contains(' ')
}

/// The template as all pages together spell it, with what only the model can tell apart.
fn finish_template(template: &PathTemplate, paths: &Paths<'_>, spellings: &Spellings) -> PathTemplate {
    let mut segments: Vec<Segment> = Vec::with_capacity(template.segments.len());
    for segment in &template.segments {
        match segment {
            Segment::Cast(name) => segments.push(match paths.cast(name) {
                Some(name) => Segment::Cast(name.to_string()),
                None => Segment::Literal(name.clone()),
            }),
            Segment::Call { name, arguments } if arguments.iter().all(|argument| argument.name.is_some()) || segments.is_empty() => {
                // Parentheses behind a collection hold a key, not arguments.
                let collection = paths.walk(&[segments.as_slice(), &[Segment::Literal(name.clone())]].concat());
                let is_key = matches!(collection.step, Step::Navigation) && collection.ty().is_some_and(|ty| ty.collection) && !arguments.is_empty();
                if is_key {
                    segments.push(Segment::Literal(name.clone()));
                    segments.push(Segment::AlternateKey(arguments.clone()));
                } else {
                    segments.push(segment.clone());
                }
            }
            other => segments.push(other.clone()),
        }
    }
    for (at, segment) in segments.iter_mut().enumerate() {
        if let Segment::Literal(word) = segment {
            if let Some(spelling) = spellings.best(at, word) {
                *word = spelling;
            }
        }
    }
    PathTemplate { text: template.text.clone(), segments }
}

/// How pages spell the words of paths, which differ in case now and then.
struct Spellings {
    by_word: BTreeMap<String, Votes>,
}

impl Spellings {
    fn collect(declared: &[(&OperationDeclaration, &Scope<'_>)]) -> Self {
        let mut by_word: BTreeMap<String, Votes> = BTreeMap::new();
        for path in declared.iter().flat_map(|(operation, _)| &operation.paths) {
            for segment in &path.target.template.segments {
                if let Segment::Literal(word) = segment {
                    by_word.entry(word.to_lowercase()).or_default().add(word, 1);
                }
            }
        }
        Self { by_word }
    }

    fn best(&self, _: usize, word: &str) -> Option<String> {
        let best = self.by_word.get(&word.to_lowercase())?.winner()?;
        (best != word).then(|| best.to_owned())
    }
}

/// The properties by which paths address items: `(appId='{appId}')`.
fn find_alternate_keys(declared: &[(&OperationDeclaration, &Scope<'_>)], paths: &Paths<'_>) -> Vec<(String, String)> {
    let mut keys = Vec::new();
    for path in declared.iter().flat_map(|(operation, _)| &operation.paths) {
        let segments = &path.target.template.segments;
        for (at, segment) in segments.iter().enumerate() {
            let (arguments, before) = match segment {
                Segment::AlternateKey(arguments) => (arguments, segments[..at].to_vec()),
                Segment::Call { name, arguments } => {
                    (arguments, [&segments[..at], &[Segment::Literal(name.clone())]].concat())
                }
                _ => continue,
            };
            let walk = paths.walk(&before);
            let is_collection = walk.step == Step::Navigation && walk.ty().is_some_and(|ty| ty.collection);
            let [argument] = arguments.as_slice() else { continue };
            if let (true, Some(name), Some(TypeRef { name: crate::model::TypeName::Named(ty), .. })) = (is_collection, &argument.name, walk.ty()) {
                keys.push((ty.to_string(), name.clone()));
            }
        }
    }
    keys
}
