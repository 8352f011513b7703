//! Operations: what pages state of them, with their paths read over the model.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::bodies::{self, Stated};
use super::calls::{self, PlainCalls};
use super::examples::{self, Placed, Placement};
use super::groups::{self, Group};
use super::inheritance::Addressed;
use super::names::Names;
use super::paths::{Paths, Spot, Statement, Step, Walk};
use super::types::Types;
use super::{
    Scope, actions, arguments, derivation, inheritance, parameters, shells, spelling::Votes,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::{OperationDeclaration, PathDeclaration, PathForm};
use crate::hash::HashMap;
use crate::lower::Lower;
use crate::model::{
    Argument, Method, Operation, OperationKind, Path, PathTemplate, PermissionRows, Profile,
    RequestBody, SectionSources, Segment, Source, TypeName, TypeRef,
};

/// Makes the operations, short of their examples, and completes the types that only they tell of.
pub(super) fn resolve(
    pages: &[Scope<'_>],
    types: &mut Types,
    names: &Names,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> (Vec<Operation>, Vec<Placed>) {
    let base_entity = profile.base_entity.as_deref();
    let declared: Vec<(&OperationDeclaration, &Scope<'_>)> = pages
        .iter()
        .flat_map(|scope| scope.page.operations.iter().map(move |operation| (operation, scope)))
        .collect();
    let returns = bodies::returns_of_methods(pages, names);
    let types_then: &Types = types;
    let mut stated: Vec<Stated> = declared
        .par_iter()
        .map(|(operation, scope)| bodies::stated(operation, scope, types_then, names, &returns))
        .collect();
    for stated in &mut stated {
        diagnostics.append(&mut stated.diagnostics);
    }
    let statements: Vec<Statement<'_>> = declared
        .iter()
        .zip(&stated)
        .flat_map(|((operation, _), stated)| {
            operation.paths.iter().filter_map(move |path| statement(operation, stated, path))
        })
        .collect();
    complete_types(&declared, &stated, &statements, types, names, base_entity, diagnostics);
    let types_now: &Types = types;
    let stated_paths = declared
        .iter()
        .flat_map(|(operation, _)| &operation.paths)
        .map(|path| path.target.template.segments.as_slice());
    let (paths, (spellings, plain_calls)) = rayon::join(
        || Paths::learn(types_now, names, base_entity, &statements),
        || (Spellings::collect(&declared), PlainCalls::collect(stated_paths)),
    );
    let resolved: Vec<PageOperations> = declared
        .par_iter()
        .zip(&stated)
        .map(|((operation, scope), stated)| {
            let context = Context {
                scope,
                stated,
                paths: &paths,
                types: types_now,
                names,
                profile,
                spellings: &spellings,
                plain_calls: &plain_calls,
            };
            resolve_page_operation(operation, &context)
        })
        .collect();
    let mut operations: Vec<Operation> = Vec::with_capacity(resolved.len());
    let mut placed = Vec::with_capacity(resolved.len());
    for page in resolved {
        placed.push(Placed { first: operations.len(), placements: page.placements });
        operations.extend(page.operations);
        diagnostics.extend(page.diagnostics);
    }
    actions::share(&mut operations);
    let alternate_keys = find_alternate_keys(&declared, &paths);
    for (ty, key, source) in alternate_keys {
        if let Some(ty) = types.get_mut(&ty)
            && !ty.alternate_keys.contains(&key)
        {
            ty.sources.alternate_keys.entry(key.clone()).or_insert(source);
            ty.alternate_keys.push(key);
        }
    }
    let mut unknown = Diagnostics::new();
    let (undocumented, ()) = rayon::join(
        || examples::undocumented(&declared, &operations, profile),
        || {
            report_unknown_properties(&declared, &operations, types, &mut unknown);
            mark_required(&declared, &operations, types);
            shells::complete(&declared, &operations, types, names);
        },
    );
    diagnostics.extend(undocumented.into_iter().chain(unknown));
    (operations, placed)
}

/// Reports the rows of bodies that name no property of the type that the operation takes.
fn report_unknown_properties(
    declared: &[(&OperationDeclaration, &Scope<'_>)],
    operations: &[Operation],
    types: &Types,
    diagnostics: &mut Diagnostics,
) {
    let taken: BTreeMap<&str, &str> = operations
        .iter()
        .filter_map(|operation| match &operation.request {
            Some(RequestBody::Type(TypeRef { name: TypeName::Named(name), .. })) => {
                Some((operation.id.as_str(), &**name))
            }
            _ => None,
        })
        .collect();
    for (operation, _) in declared {
        let ty = taken.get(operation.id.as_str()).and_then(|name| types.get(name));
        let Some(ty) = ty.filter(|ty| ty.is_documented && !ty.properties.is_empty()) else {
            continue;
        };
        if types.ancestry(&ty.name).any(|ty| !ty.is_documented) {
            continue;
        }
        for row in &operation.body.rows {
            if types.property(&ty.name, &row.name).is_none() {
                let message = format!("`{}` has no property `{}`", ty.name, row.name);
                diagnostics.push(Diagnostic::warning(
                    Code::UnknownProperty,
                    row.place.span,
                    message,
                ));
            }
        }
    }
}

/// Marks the properties that every create page which lists them requires.
fn mark_required(
    declared: &[(&OperationDeclaration, &Scope<'_>)],
    operations: &[Operation],
    types: &mut Types,
) {
    let created: BTreeMap<&str, &str> = operations
        .iter()
        .filter(|operation| operation.kind == OperationKind::Create)
        .filter_map(|operation| match &operation.request {
            Some(RequestBody::Type(TypeRef { name: TypeName::Named(name), .. })) => {
                Some((operation.id.as_str(), &**name))
            }
            _ => None,
        })
        .collect();
    // Of rows that say the same, the first speaks for them.
    let mut listed: BTreeMap<(&str, String), (bool, Source)> = BTreeMap::new();
    for (operation, scope) in declared {
        let Some(ty) = created.get(operation.id.as_str()) else { continue };
        for row in &operation.body.rows {
            let says = || (row.is_required, scope.source(row.place));
            let said = listed.entry((ty, row.name.to_lowercase())).or_insert_with(says);
            if said.0 && !row.is_required {
                *said = says();
            }
        }
    }
    for ((ty, name), (is_required, source)) in listed {
        let Some(ty) = types.get_mut(ty) else { continue };
        if let Some(property) = ty.by_name.get(&name).and_then(|&at| ty.properties.get_mut(at)) {
            let property = &mut property.property;
            if is_required || !property.is_required {
                property.is_required = is_required;
                property.requirement = Some(source);
            }
        }
    }
}

/// Completes what types say of themselves with what operations show of them: bases, keys, and
/// which relationships lead to many.
fn complete_types(
    declared: &[(&OperationDeclaration, &Scope<'_>)],
    stated: &[Stated],
    statements: &[Statement<'_>],
    types: &mut Types,
    names: &Names,
    base_entity: Option<&str>,
    diagnostics: &mut Diagnostics,
) {
    let paths = Paths::learn(types, names, base_entity, statements);
    let known: &Types = types;
    let (bases, addressed) = rayon::join(
        || derivation::find(declared, stated, &paths, known, names),
        || addressed(statements, &paths),
    );
    let many = paths.many().clone();
    drop(paths);
    inheritance::infer_bases(types, bases);
    for (name, property) in many {
        let Some(ty) = types.get_mut(&name) else { continue };
        let Some(property) = ty.by_name.get(&property).and_then(|&at| ty.properties.get_mut(at))
        else {
            continue;
        };
        property.property.ty.collection = true;
        diagnostics.push(Diagnostic::warning(
            Code::ContradictoryProperty,
            property.span,
            format!(
                "`{}` is said to lead to one, but paths and answers show many",
                property.property.name
            ),
        ));
    }
    inheritance::settle(types, names, &addressed, diagnostics);
}

/// The types whose instances have paths of their own.
fn addressed(statements: &[Statement<'_>], paths: &Paths<'_>) -> Addressed {
    let mut addressed = Addressed::default();
    for statement in statements {
        for (at, walk) in paths.walks(statement.segments).enumerate() {
            let is_end = at + 1 == statement.segments.len();
            let is_own = match walk.step {
                Step::Key | Step::Cast => true,
                Step::Navigation => is_end || walk.parent == Spot::Root,
                Step::Learned => is_end && matches!(statement.method, Method::Patch | Method::Put),
                Step::Property | Step::Unknown => false,
            };
            let Some(TypeRef { name: TypeName::Named(name), .. }) = walk.ty().filter(|_| is_own)
            else {
                continue;
            };
            addressed.add(name, walk.step == Step::Key);
        }
    }
    addressed
}

fn statement<'a>(
    operation: &OperationDeclaration,
    stated: &Stated,
    path: &'a PathDeclaration,
) -> Option<Statement<'a>> {
    if operation.form != PathForm::Plain {
        return None;
    }
    let ty = match operation.method {
        Method::Get => stated.response.clone(),
        Method::Post | Method::Patch | Method::Put => {
            stated.request.clone().or_else(|| stated.response.clone())
        }
        Method::Delete => None,
    };
    let creates = operation.method == Method::Post && bodies::says_create(operation);
    let acts = operation.method == Method::Post
        && (says_function(operation) || operation.title.ends_with(" action"));
    let lists = operation.method == Method::Get
        && ty.as_ref().is_some_and(|ty| ty.collection)
        && !says_function(operation);
    let selects = path.target.query.iter().any(|item| {
        matches!(item.name.as_str(), "$filter" | "$top" | "$skip" | "$orderby" | "$search")
    });
    Some(Statement {
        method: operation.method,
        segments: &path.target.template.segments,
        ty,
        creates,
        acts,
        lists,
        shows_list: stated.shows_list,
        selects,
    })
}

/// What is known when an operation is resolved.
pub(super) struct Context<'a> {
    pub(super) scope: &'a Scope<'a>,
    pub(super) stated: &'a Stated,
    pub(super) paths: &'a Paths<'a>,
    pub(super) types: &'a Types,
    pub(super) names: &'a Names,
    pub(super) profile: &'a Profile,
    spellings: &'a Spellings,
    plain_calls: &'a PlainCalls,
}

/// The operations that a page and a method stand for: one, unless the paths lead to different types.
fn resolve_page_operation(
    operation: &OperationDeclaration,
    context: &Context<'_>,
) -> PageOperations {
    let mut diagnostics = Diagnostics::new();
    let templates: Vec<Path> = operation
        .paths
        .iter()
        .map(|path| Path {
            template: finish_template(path, context, &mut diagnostics),
            stated: None,
            source: context.scope.source(path.place),
        })
        .collect();
    let walks: Vec<Walk> =
        templates.iter().map(|path| context.paths.walk(&path.template.segments)).collect();
    let groups = groups::split(operation, &walks);
    let placements = examples::place(operation, &groups, context);
    if let [group] = groups.as_slice() {
        let operations = vec![resolve_group(
            operation,
            group,
            1,
            templates,
            &Walks::new(walks),
            context,
            &mut diagnostics,
        )];
        return PageOperations { operations, placements, diagnostics };
    }
    let mut operations: Vec<Operation> = Vec::with_capacity(groups.len());
    for group in &groups {
        let paths = group.members.iter().map(|&at| templates[at].clone()).collect();
        let walks = Walks::new(group.members.iter().map(|&at| walks[at].clone()).collect());
        operations.push(resolve_group(
            operation,
            group,
            groups.len(),
            paths,
            &walks,
            context,
            &mut diagnostics,
        ));
    }
    PageOperations { operations, placements, diagnostics }
}

/// What a page and a method stand for.
struct PageOperations {
    operations: Vec<Operation>,
    placements: Vec<Placement>,
    diagnostics: Diagnostics,
}

/// Where the paths of one operation lead.
pub(super) struct Walks {
    list: Vec<Walk>,
    /// What most of them lead to.
    pub(super) target: Option<TypeRef>,
    main: usize,
}

impl Walks {
    fn new(walks: Vec<Walk>) -> Self {
        let mut counts: BTreeMap<&TypeRef, (usize, usize)> = BTreeMap::new();
        for (at, walk) in walks.iter().enumerate() {
            if let Some(ty) = walk.ty() {
                counts.entry(ty).or_insert((0, at)).0 += 1;
            }
        }
        let best = counts
            .into_iter()
            .max_by(|left, right| left.1.0.cmp(&right.1.0).then_with(|| right.1.1.cmp(&left.1.1)));
        let (target, main) = best.map_or((None, 0), |(ty, (_, at))| (Some(ty.clone()), at));
        Self { list: walks, target, main }
    }

    /// The walk that leads to the target.
    pub(super) fn main(&self) -> Option<&Walk> {
        self.list.get(self.main)
    }
}

fn resolve_group(
    operation: &OperationDeclaration,
    group: &Group,
    groups: usize,
    paths: Vec<Path>,
    walks: &Walks,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Operation {
    let last =
        group.members.first().and_then(|&at| operation.paths[at].target.template.segments.last());
    let mut paths = without_repetitions(operation, group, paths);
    let kind = kind(operation, last, walks, context);
    arguments::settle(operation, kind, &mut paths, context, diagnostics);
    // Where a page speaks of several types, its sentences are about one of them.
    let is_alone = groups == 1;
    let last_word = last.and_then(super::paths::word).filter(|_| !is_alone);
    let request = match kind {
        OperationKind::Action => actions::body(operation, walks, last_word, context, diagnostics),
        _ => bodies::request(operation, kind, walks, is_alone, context, diagnostics),
    };
    let outweighed_request = bodies::outweighed_request(request.as_ref(), context);
    let bound_to = paths.first().map(|path| actions::bound_to(kind, path, context));
    let responses = bodies::responses(operation, kind, walks, is_alone, context, diagnostics);
    let mut query_options = operation.query_options.clone();
    let parameters = parameters::resolve(
        operation,
        &group.members,
        &paths,
        kind,
        context,
        &mut query_options,
        diagnostics,
    );
    let source = paths
        .first()
        .map_or_else(|| context.scope.source(operation.paths[0].place), |path| path.source.clone());
    let rows = &operation.permission_rows;
    Operation {
        id: format!("{}{}", operation.id, group.suffix),
        name: operation.name.clone(),
        title: operation.title.clone(),
        description: operation.description.clone(),
        method: operation.method,
        kind,
        paths,
        parameters,
        request,
        outweighed_request,
        bound_to,
        responses,
        permissions: operation.permissions.clone(),
        permissions_by: operation.permissions_by.clone(),
        query_options,
        deprecated: operation.deprecated.clone(),
        examples: Vec::new(),
        source,
        sections: SectionSources {
            request: operation.body.place.map(|place| context.scope.source(place)),
            permissions: operation.permissions_place.map(|place| context.scope.source(place)),
            permission_rows: PermissionRows {
                delegated_work: rows.delegated_work.map(|place| context.scope.source(place)),
                delegated_personal: rows
                    .delegated_personal
                    .map(|place| context.scope.source(place)),
                application: rows.application.map(|place| context.scope.source(place)),
            },
            query: operation.query_place.map(|place| context.scope.source(place)),
            deprecated: operation.deprecated_place.map(|place| context.scope.source(place)),
        },
    }
}

/// The paths, but for those that only another spelling sets apart.
fn without_repetitions(
    operation: &OperationDeclaration,
    group: &Group,
    paths: Vec<Path>,
) -> Vec<Path> {
    let stated: Vec<&str> =
        group.members.iter().map(|&at| operation.paths[at].target.template.text.as_str()).collect();
    if paths.iter().zip(&stated).all(|(path, stated)| path.template.text == *stated) {
        return paths;
    }
    let mut seen: BTreeSet<String> = stated.iter().map(|&text| text.to_owned()).collect();
    let is_kept: Vec<bool> = paths
        .iter()
        .zip(&stated)
        .map(|(path, stated)| {
            path.template.text == *stated || seen.insert(path.template.text.clone())
        })
        .collect();
    let mut kept = is_kept.into_iter();
    paths.into_iter().filter(|_| kept.next().unwrap_or(true)).collect()
}

/// What an operation does, by its method and where its paths lead.
fn kind(
    operation: &OperationDeclaration,
    last: Option<&Segment>,
    walks: &Walks,
    context: &Context<'_>,
) -> OperationKind {
    let paths = context.paths;
    match operation.form {
        PathForm::Ref => return OperationKind::Reference,
        PathForm::Value => return OperationKind::Value,
        PathForm::Count => return OperationKind::Count,
        PathForm::Plain => {}
    }
    let walk = walks.main();
    let is_content = walk.is_some_and(Paths::is_stream)
        || matches!(last, Some(Segment::Literal(word)) if word.eq_ignore_ascii_case("content") && walk.is_none_or(|walk| walk.step != Step::Navigation));
    let is_call = matches!(last, Some(Segment::Call { .. }));
    if is_content
        && !is_call
        && matches!(operation.method, Method::Get | Method::Put | Method::Patch)
    {
        return OperationKind::Value;
    }
    match operation.method {
        Method::Delete => OperationKind::Delete,
        Method::Put => OperationKind::Replace,
        Method::Patch => OperationKind::Update,
        Method::Post => {
            if is_collection_walk(walk, last, paths)
                || (is_new(walk)
                    && bodies::says_create(operation)
                    && !is_verb(last, walk, operation, paths))
            {
                OperationKind::Create
            } else {
                OperationKind::Action
            }
        }
        Method::Get => {
            let is_function = match last {
                Some(Segment::Call { .. }) => true,
                Some(Segment::Literal(_) | Segment::Cast(_)) => {
                    walk.is_some_and(|walk| matches!(walk.step, Step::Learned | Step::Unknown))
                        && says_function(operation)
                }
                _ => false,
            };
            if is_function {
                return OperationKind::Function;
            }
            // Where the path is only learned, what its own page says counts.
            let is_sure =
                walk.is_some_and(|walk| !matches!(walk.step, Step::Learned | Step::Unknown));
            let (target, stated) = (walks.target.as_ref(), context.stated.response.as_ref());
            let sure = if is_sure { target.or(stated) } else { stated.or(target) };
            let collection = sure.is_some_and(|ty| ty.collection);
            if collection { OperationKind::List } else { OperationKind::Get }
        }
    }
}

fn is_collection_walk(walk: Option<&Walk>, last: Option<&Segment>, paths: &Paths<'_>) -> bool {
    let Some(walk) = walk else { return false };
    match walk.step {
        Step::Navigation | Step::Property | Step::Cast | Step::Key => {
            walk.ty().is_some_and(|ty| ty.collection)
        }
        Step::Learned => {
            last.and_then(super::paths::word).is_some_and(|word| paths.is_keyed(&walk.parent, word))
        }
        Step::Unknown => false,
    }
}

fn is_new(walk: Option<&Walk>) -> bool {
    walk.is_none_or(|walk| matches!(walk.step, Step::Learned | Step::Unknown))
}

/// Whether the last word of a path is an action: what the title says is done, as in `createLink`,
/// what another page calls one, or what has parameters.
fn is_verb(
    last: Option<&Segment>,
    walk: Option<&Walk>,
    operation: &OperationDeclaration,
    paths: &Paths<'_>,
) -> bool {
    let word = last.and_then(super::paths::word).unwrap_or_default();
    let lower = word.to_lowercase();
    let title = operation.title.split(' ').next().unwrap_or_default().to_lowercase();
    lower.starts_with("add")
        || lower.starts_with("create")
        || (!title.is_empty() && lower.starts_with(&title))
        || operation.body.has_parameters
        || walk.is_some_and(|walk| paths.is_action(&walk.parent, word))
}

/// Whether the title is that of a function: `user: delta`, `getByPath function`, `delta`.
fn says_function(operation: &OperationDeclaration) -> bool {
    let title = operation.title.to_lowercase();
    title.contains(':') || title.ends_with(" function") || !title.contains(' ')
}

/// The template as all pages together spell it, with what only the model can tell apart.
fn finish_template(
    path: &PathDeclaration,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> PathTemplate {
    let (paths, spellings) = (context.paths, context.spellings);
    let template = &path.target.template;
    let mut segments: Vec<Segment> = Vec::with_capacity(template.segments.len());
    let mut text = template.text.clone();
    for segment in &template.segments {
        let is_type = matches!(segment, Segment::Cast(name) if paths.cast(name).is_some());
        if let Some(plain) = context.plain_calls.of(&segments, segment).filter(|_| !is_type) {
            text = calls::respell(&PathTemplate { text, segments: Vec::new() }, segment);
            segments.push(plain);
            continue;
        }
        match segment {
            Segment::Cast(name) => segments.push(match paths.cast(name) {
                Some(name) => Segment::Cast(name.to_string()),
                None => Segment::Literal(name.clone()),
            }),
            Segment::Call { name, arguments }
                if arguments.iter().all(|argument| argument.name.is_some())
                    || segments.is_empty() =>
            {
                // Parentheses behind a collection hold a key, not arguments.
                let before = [segments.as_slice(), &[Segment::Literal(name.clone())]].concat();
                let walk = paths.walk(&before);
                let is_collection = matches!(walk.step, Step::Navigation)
                    && walk.ty().is_some_and(|ty| ty.collection);
                let is_key =
                    (is_collection || paths.is_keyed(&walk.parent, name)) && !arguments.is_empty();
                if is_key {
                    let mut arguments = arguments.clone();
                    // A key has to be given, also where the page shows a sample.
                    arguments.iter_mut().for_each(Argument::require);
                    segments.push(Segment::Literal(name.clone()));
                    segments.push(Segment::AlternateKey(arguments));
                } else {
                    segments.push(segment.clone());
                }
            }
            other => segments.push(other.clone()),
        }
    }
    let mut respelled = None;
    for segment in &mut segments {
        let Segment::Literal(word) = segment else { continue };
        let Some(spelling) = spellings.better_than(word) else { continue };
        text = respell(&text, word, spelling);
        let said = std::mem::replace(word, spelling.to_owned());
        respelled.get_or_insert((said, spelling.to_owned()));
    }
    if let Some((said, spelling)) = respelled {
        let message = format!("`{said}` is spelled `{spelling}` by most pages");
        diagnostics.push(Diagnostic::warning(Code::PathCase, path.place.span, message));
    }
    PathTemplate { text, segments }
}

/// The path with one of its words in another case.
fn respell(path: &str, word: &str, spelling: &str) -> String {
    let parts: Vec<&str> = path
        .split('/')
        .map(|part| if part.trim_end_matches(':') == word { part } else { "" })
        .collect();
    path.split('/')
        .zip(parts)
        .map(
            |(part, found)| {
                if found.is_empty() { part.to_owned() } else { part.replace(word, spelling) }
            },
        )
        .collect::<Vec<_>>()
        .join("/")
}

/// How pages spell the words of paths, which differ in case now and then.
struct Spellings {
    by_word: HashMap<String, Votes>,
}

impl Spellings {
    fn collect(declared: &[(&OperationDeclaration, &Scope<'_>)]) -> Self {
        let mut by_word: HashMap<String, Votes> = HashMap::default();
        for path in declared.iter().flat_map(|(operation, _)| &operation.paths) {
            for segment in &path.target.template.segments {
                if let Segment::Literal(word) = segment {
                    let lower = Lower::new(word);
                    if let Some(votes) = by_word.get_mut(&*lower) {
                        votes.add(word, 1);
                    } else {
                        by_word.entry(lower.to_owned()).or_default().add(word, 1);
                    }
                }
            }
        }
        Self { by_word }
    }

    fn better_than(&self, word: &str) -> Option<&str> {
        self.by_word.get(&*Lower::new(word))?.better_than(word)
    }
}

/// The properties by which paths address items, `(appId='{appId}')`, and where they do.
fn find_alternate_keys(
    declared: &[(&OperationDeclaration, &Scope<'_>)],
    paths: &Paths<'_>,
) -> Vec<(String, String, Source)> {
    let mut keys = Vec::new();
    let stated = declared
        .iter()
        .flat_map(|(operation, scope)| operation.paths.iter().map(move |path| (path, scope)));
    for (path, scope) in stated {
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
            let is_collection =
                walk.step == Step::Navigation && walk.ty().is_some_and(|ty| ty.collection);
            let [argument] = arguments.as_slice() else { continue };
            if let (
                true,
                Some(name),
                Some(TypeRef { name: crate::model::TypeName::Named(ty), .. }),
            ) = (is_collection, &argument.name, walk.ty())
            {
                keys.push((ty.to_string(), name.clone(), scope.source(path.place)));
            }
        }
    }
    keys
}
