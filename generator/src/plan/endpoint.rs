//! Endpoints: what can be called at a node, made from all pages that document it.

use std::collections::{BTreeMap, BTreeSet};

use super::call_doc;
use super::doc::Doc;
use super::finding::Findings;
use super::ident::Ident;
use super::replay::{self, ReplayPlan};
use super::request::Requests;
use super::response::{self, ResponsePlan};
use super::rust_type::{FieldType, Scalar, TypeIndex};
use super::tree::{Ending, Statement, Tree};
use crate::diagnostic::Code;
use crate::model::{
    Method, Operation, OperationKind, ParameterLocation, Permissions, Primitive, RequestBody,
};

/// The most query parameters that a function asks for.
const MOST_QUERY: usize = 32;

/// One (method, path) of the API, a function on a node.
#[derive(Clone, Debug)]
pub(crate) struct EndpointPlan<'a> {
    /// The name of the function.
    pub(crate) ident: Ident,
    /// The method.
    pub(crate) method: Method,
    /// The whole path, as the runtime fills it.
    pub(crate) route: String,
    /// The query parameters that have to be given.
    pub(crate) query: Vec<QueryPlan<'a>>,
    /// What the caller sends.
    pub(crate) body: BodyPlan,
    /// What the caller gets.
    pub(crate) response: ResponsePlan,
    /// The operations that document it, the owner first.
    pub(crate) operations: Vec<&'a Operation>,
    /// The permissions of all of them.
    pub(crate) permissions: Permissions,
    /// Why it should not be used any more.
    pub(crate) deprecated: Option<&'a str>,
    /// Its documentation.
    pub(crate) doc: Doc<'a>,
    /// The operations and the paths of theirs that lead here.
    pub(crate) replays: Vec<ReplayPlan<'a>>,
}

/// A query parameter that has to be given.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct QueryPlan<'a> {
    /// Its name in Rust.
    pub(crate) ident: Ident,
    /// Its name in the query.
    pub(crate) name: &'a str,
}

/// What a request holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum BodyPlan {
    /// Nothing.
    Nothing,
    /// A struct, or what converts into it.
    Struct(usize),
    /// The changes to a struct.
    Update(usize),
    /// The parameters of an action: a place in the list of requests.
    Request(usize),
    /// A reference to an entity.
    Reference,
    /// Bytes of any content type.
    Bytes,
    /// Any other JSON value.
    Value(FieldType),
}

/// The words that endpoints are called by, and that no segment of a path may be.
pub(super) const VERBS: [&str; 19] = [
    "add_ref",
    "content",
    "count",
    "create",
    "delete",
    "delete_content",
    "get",
    "get_ref",
    "list",
    "list_refs",
    "post",
    "post_content",
    "remove_ref",
    "replace",
    "set_content",
    "set_ref",
    "update",
    "update_content",
    "update_ref",
];

/// The endpoints of one place in the tree, before they have their names.
pub(super) struct Group<'a> {
    pub(super) method: Method,
    pub(super) ending: Ending,
    /// Each with the operation, the owner first.
    pub(super) stated: Vec<(Statement, &'a Operation)>,
}

/// Groups the statements of a node by what they call.
pub(super) fn group<'a>(
    statements: &[Statement],
    held: Option<FieldType>,
    operations: &'a [Operation],
    types: &TypeIndex<'a>,
) -> Vec<Group<'a>> {
    let mut groups: BTreeMap<(Method, Ending), Vec<_>> = BTreeMap::new();
    for &statement in statements {
        let operation = &operations[statement.operation];
        let group = groups.entry((operation.method, statement.ending)).or_default();
        group.push((statement, operation));
    }
    let groups = groups.into_iter().map(|((method, ending), mut stated)| {
        put_owner_first(&mut stated, held, types);
        Group { method, ending, stated }
    });
    groups.collect()
}

/// The owner is the page of the type that stands at this place, else of the type that most of the
/// others extend. Of several such pages it is the one with the fewest paths, then the one with the
/// shortest name, since others document an aspect of many types.
fn put_owner_first(
    stated: &mut [(Statement, &Operation)],
    held: Option<FieldType>,
    types: &TypeIndex<'_>,
) {
    let held = held.and_then(FieldType::as_struct);
    let main = |operation: &Operation| {
        let answer = operation.responses.iter().find_map(|answer| answer.body.as_ref());
        match &operation.request {
            Some(RequestBody::Type(body)) => types.resolve(body).as_struct(),
            _ => answer.and_then(|answer| types.resolve(answer).as_struct()),
        }
    };
    let structs = stated.iter().filter_map(|(_, operation)| main(operation));
    let base = types.widest(structs);
    stated.sort_by_key(|(statement, operation)| {
        let ty = main(operation);
        let is_held = ty.is_some() && ty == held;
        let is_base = ty.is_some() && ty == base;
        let paths = operation.paths.len();
        (!is_held, !is_base, paths, operation.id.len(), &operation.id, statement.path)
    });
}

impl<'a> Group<'a> {
    /// The operations, each once.
    fn operations(&self) -> Vec<&'a Operation> {
        let mut seen = BTreeSet::new();
        let all = self.stated.iter().map(|&(_, operation)| operation);
        all.filter(|operation| seen.insert(operation.id.as_str())).collect()
    }

    /// Whether it is an action, which is a function on the node before its own.
    pub(super) fn is_action(&self) -> bool {
        let (_, owner) = self.stated[0];
        self.method == Method::Post
            && self.ending == Ending::Plain
            && matches!(owner.kind, OperationKind::Action | OperationKind::Function)
    }

    /// The verb that calls it, unless it is an action.
    pub(super) fn verb(&self, is_key: bool) -> &'static str {
        let (_, owner) = self.stated[0];
        match (self.ending, self.method) {
            (Ending::Plain, _) => plain_verb(owner),
            (Ending::Count, _) => "count",
            (Ending::Ref, Method::Get) if is_key || !lists(owner) => "get_ref",
            (Ending::Ref, Method::Get) => "list_refs",
            (Ending::Ref, Method::Post) => "add_ref",
            (Ending::Ref, Method::Put) => "set_ref",
            (Ending::Ref, Method::Patch) => "update_ref",
            (Ending::Ref, Method::Delete) => "remove_ref",
            (Ending::Value | Ending::Content, Method::Get) => "content",
            (Ending::Value | Ending::Content, Method::Put) => "set_content",
            (Ending::Value | Ending::Content, Method::Patch) => "update_content",
            (Ending::Value | Ending::Content, Method::Post) => "post_content",
            (Ending::Value | Ending::Content, Method::Delete) => "delete_content",
        }
    }

    /// Makes the endpoint, given its name, the node that has it, and its whole path.
    pub(super) fn plan(
        &self,
        ident: Ident,
        node: usize,
        route: String,
        context: &Context<'_, 'a>,
        findings: &mut Findings,
    ) -> EndpointPlan<'a> {
        let operations = self.operations();
        let answers: Vec<_> = operations
            .iter()
            .map(|operation| {
                (*operation, response::plan_response(operation, self.ending, context.types))
            })
            .collect();
        let response = response::merge(&answers, context.types, findings);
        let body = self.body(&operations, context, findings);
        let mut permissions = Permissions::default();
        let mut query_options = Vec::new();
        for operation in &operations {
            add(&mut permissions.delegated_work, &operation.permissions.delegated_work);
            add(&mut permissions.delegated_personal, &operation.permissions.delegated_personal);
            add(&mut permissions.application, &operation.permissions.application);
            for option in &operation.query_options {
                if !query_options.contains(&option.as_str()) {
                    query_options.push(option);
                }
            }
        }
        let template = self.template();
        let doc =
            call_doc::document(self.method, &template, &operations, &permissions, &query_options);
        let is_deprecated = operations.iter().all(|operation| operation.deprecated.is_some());
        let deprecated = operations[0].deprecated.as_deref().filter(|_| is_deprecated);
        let replays = self.stated.iter().map(|(statement, operation)| {
            let template = &operation.paths[statement.path].template;
            let arguments = replay::places(context.tree, node, &template.segments);
            ReplayPlan { operation: &operation.id, path: &template.text, arguments }
        });
        EndpointPlan {
            ident,
            method: self.method,
            route,
            query: required_query(&operations, findings),
            body,
            response,
            operations,
            permissions,
            deprecated,
            doc,
            replays: replays.collect(),
        }
    }

    /// The spelling that most pages have; of several the one that sorts first.
    fn template(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (statement, operation) in &self.stated {
            *counts.entry(operation.paths[statement.path].template.text.as_str()).or_default() += 1;
        }
        let most = counts.values().copied().max();
        let template = counts.iter().find(|(_, count)| Some(**count) == most);
        template.map(|(text, _)| (*text).to_owned()).unwrap_or_default()
    }

    fn body(
        &self,
        operations: &[&'a Operation],
        context: &Context<'_, 'a>,
        findings: &mut Findings,
    ) -> BodyPlan {
        if matches!(self.method, Method::Get | Method::Delete) {
            return BodyPlan::Nothing;
        }
        let bodies: Vec<_> = operations
            .iter()
            .filter_map(|operation| Some((*operation, self.stated_body(operation, context)?)))
            .collect();
        let Some(&(owner, first)) = bodies.first() else {
            return match self.ending {
                Ending::Ref => BodyPlan::Reference,
                Ending::Value | Ending::Content => BodyPlan::Bytes,
                Ending::Plain | Ending::Count => BodyPlan::Nothing,
            };
        };
        let structs: Option<Vec<_>> = bodies
            .iter()
            .map(|(_, body)| match (body, first) {
                (&BodyPlan::Struct(at), BodyPlan::Struct(_))
                | (&BodyPlan::Update(at), BodyPlan::Update(_)) => Some(at),
                _ => None,
            })
            .collect();
        let common = structs.and_then(|structs| context.types.common_base(&structs));
        match (common, first) {
            (Some(common), BodyPlan::Struct(_)) => BodyPlan::Struct(common),
            (Some(common), BodyPlan::Update(_)) => BodyPlan::Update(common),
            _ => {
                let is_other =
                    |body: BodyPlan| body != first && !context.requests.are_alike(body, first);
                for (operation, _) in bodies.iter().filter(|(_, body)| is_other(*body)) {
                    let message = format!(
                        "`{}` documents another body for the same call than `{}` ({}:{}), which counts",
                        operation.id, owner.id, owner.source.file, owner.source.line
                    );
                    findings.warn(Code::RequestDiffers, &operation.source, message);
                }
                first
            }
        }
    }

    /// What one page says of the body.
    fn stated_body(&self, operation: &Operation, context: &Context<'_, 'a>) -> Option<BodyPlan> {
        let body = match operation.request.as_ref()? {
            RequestBody::Parameters(_) => {
                return context.requests.of(&operation.id).map(BodyPlan::Request);
            }
            RequestBody::Type(body) => context.types.resolve(body),
        };
        Some(match body.scalar {
            _ if self.ending == Ending::Value => BodyPlan::Bytes,
            Scalar::Struct(at) if !body.is_collection => match self.method {
                Method::Patch => BodyPlan::Update(at),
                _ => BodyPlan::Struct(at),
            },
            Scalar::Primitive(Primitive::Stream | Primitive::Binary) => BodyPlan::Bytes,
            _ => BodyPlan::Value(body),
        })
    }
}

/// What the endpoints of one version are made with.
pub(super) struct Context<'c, 'a> {
    pub(super) tree: &'c Tree<'a>,
    pub(super) types: &'c TypeIndex<'a>,
    pub(super) requests: &'c Requests<'a>,
    /// What each node of the tree holds.
    pub(super) held: &'c [Option<FieldType>],
    /// The path of each node, as the docs write it and as the runtime fills it.
    pub(super) templates: &'c [String],
    pub(super) routes: &'c [String],
}

/// The verb for an operation on the node itself.
pub(super) fn plain_verb(operation: &Operation) -> &'static str {
    match operation.method {
        Method::Get if operation.kind == OperationKind::List => "list",
        Method::Get => "get",
        Method::Post if operation.kind == OperationKind::Create => "create",
        Method::Post => "post",
        Method::Patch => "update",
        Method::Put => "replace",
        Method::Delete => "delete",
    }
}

fn lists(operation: &Operation) -> bool {
    let bodies = operation.responses.iter().filter_map(|answer| answer.body.as_ref());
    bodies.into_iter().next().is_none_or(|body| body.collection)
}

/// The query parameters that all pages require, without the options of OData.
fn required_query<'a>(operations: &[&'a Operation], findings: &mut Findings) -> Vec<QueryPlan<'a>> {
    let required = |operation: &'a Operation| {
        operation.parameters.iter().filter(|parameter| {
            parameter.location == ParameterLocation::Query
                && parameter.is_required
                && !parameter.name.starts_with('$')
        })
    };
    let mut names: Vec<&'a str> = Vec::new();
    for parameter in required(operations[0]) {
        let is_by_all = operations[1..]
            .iter()
            .all(|other| required(other).any(|theirs| theirs.name == parameter.name));
        if is_by_all && !names.contains(&parameter.name.as_str()) {
            if names.len() == MOST_QUERY {
                let message = format!(
                    "`{}` requires more than {MOST_QUERY} parameters in its query",
                    operations[0].id
                );
                findings.warn(Code::TooManyParameters, &operations[0].source, message);
                break;
            }
            names.push(&parameter.name);
        }
    }
    let wishes: Vec<_> = std::iter::once(("", Ident::snake("body")))
        .chain(names.iter().map(|name| (*name, Ident::snake(name))))
        .collect();
    let (idents, _) = super::scope::assign(&wishes);
    names
        .into_iter()
        .zip(idents.into_iter().skip(1))
        .map(|(name, ident)| QueryPlan { ident, name })
        .collect()
}

fn add(all: &mut Vec<String>, more: &[String]) {
    let known: BTreeSet<_> = all.iter().cloned().collect();
    all.extend(more.iter().filter(|permission| !known.contains(*permission)).cloned());
}
