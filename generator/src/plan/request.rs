//! The structs for bodies that no resource page defines: the parameters of actions.

use std::collections::{BTreeMap, BTreeSet};

use super::doc::{Doc, code, ours};
use super::endpoint::{self, BodyPlan};
use super::finding::Findings;
use super::ident::Ident;
use super::rust_type::{FieldType, TypeIndex};
use super::structs::{FieldPlan, plan_fields};
use super::tree::{Step, Tree};
use crate::diagnostic::Code;
use crate::hash::HashMap;
use crate::model::{Operation, OperationKind, Property, RequestBody};

/// The parameters of an action.
#[derive(Clone, Debug, Hash)]
pub(crate) struct RequestPlan<'a> {
    /// Its name: `SendMailRequest`.
    pub(crate) ident: Ident,
    /// The name of the type that the action is bound to, and its own: `microsoft.graph.user.sendMail`.
    pub(crate) full_name: String,
    /// Its documentation.
    pub(crate) doc: Doc<'a>,
    /// The parameters.
    pub(crate) fields: Vec<FieldPlan<'a>>,
}

/// The requests of one version, before they have their names.
#[derive(Debug)]
pub(super) struct Requests<'a> {
    pub(super) drafts: Vec<Draft<'a>>,
    by_operation: HashMap<&'a str, usize>,
}

/// A request without a name.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// The full name of the type that the action is bound to, or what stands for it.
    pub(super) owner: String,
    /// The name of the action.
    pub(super) action: &'a str,
    /// The operations that document it.
    operations: Vec<&'a Operation>,
    /// The parameters, and whether all operations require them.
    properties: Vec<(&'a Property, bool)>,
}

impl<'a> Requests<'a> {
    /// Collects the parameters of all operations; what one action takes is stated by every page
    /// that documents it.
    pub(super) fn new(
        operations: &'a [Operation],
        tree: &Tree<'a>,
        held: &[Option<FieldType>],
        types: &TypeIndex<'a>,
        root_namespace: &str,
        findings: &mut Findings,
    ) -> Self {
        let mut first_nodes = HashMap::default();
        for (node, at) in tree.nodes.iter().enumerate() {
            for statement in &at.statements {
                let first =
                    first_nodes.entry(statement.operation).or_insert((statement.path, node));
                *first = (*first).min((statement.path, node));
            }
        }
        let mut groups: BTreeMap<(String, &'a str), Vec<&'a Operation>> = BTreeMap::new();
        for (at, operation) in operations.iter().enumerate() {
            let Some(&(_, node)) = first_nodes.get(&at) else { continue };
            if matches!(operation.request, Some(RequestBody::Parameters(_))) {
                let name = name(operation, node, tree, held, types, root_namespace);
                groups.entry(name).or_default().push(operation);
            }
        }
        let mut by_operation = HashMap::default();
        let mut drafts = Vec::with_capacity(groups.len());
        for ((owner, action), operations) in groups {
            by_operation.extend(operations.iter().map(|stated| (stated.id.as_str(), drafts.len())));
            let properties = union(&operations, types, findings);
            drafts.push(Draft { owner, action, operations, properties });
        }
        Self { drafts, by_operation }
    }

    /// The place of the request that an operation takes.
    pub(super) fn of(&self, operation: &str) -> Option<usize> {
        self.by_operation.get(operation).copied()
    }

    /// Whether these are requests with the same parameters.
    pub(super) fn are_alike(&self, a: BodyPlan, b: BodyPlan) -> bool {
        let names = |at: usize| {
            let properties = self.drafts[at].properties.iter();
            properties.map(|(property, _)| (&property.name, &property.ty)).collect::<BTreeSet<_>>()
        };
        match (a, b) {
            (BodyPlan::Request(a), BodyPlan::Request(b)) => names(a) == names(b),
            _ => false,
        }
    }

    /// The types of all parameters.
    pub(super) fn types(&self, types: &TypeIndex<'_>) -> Vec<FieldType> {
        let all = self.drafts.iter().flat_map(|draft| &draft.properties);
        all.map(|(property, _)| types.resolve(&property.ty)).collect()
    }
}

impl<'a> Draft<'a> {
    /// The name that it asks for.
    pub(super) fn wish(&self) -> Ident {
        Ident::joined(&[Ident::camel(self.action).as_str(), "Request"])
    }

    pub(super) fn plan(
        &self,
        ident: Ident,
        types: &TypeIndex<'a>,
        findings: &mut Findings,
    ) -> RequestPlan<'a> {
        let full_name = format!("{}.{}", self.owner, self.action);
        let properties: Vec<_> = self.properties.iter().map(|(property, _)| *property).collect();
        let mut fields = plan_fields(&full_name, None, &properties, |_| true, types, findings);
        for (field, (_, is_required)) in fields.iter_mut().zip(&self.properties) {
            field.is_required = *is_required;
        }
        let mut doc = Doc::ours(vec![ours("The parameters of "), code(self.action), ours(".")]);
        let pages: BTreeSet<_> =
            self.operations.iter().map(|operation| &*operation.source.file).collect();
        for page in pages {
            doc.item(vec![ours("Documented on "), code(page)]);
        }
        RequestPlan { ident, full_name, doc, fields }
    }
}

/// The type that an action is bound to, and its own name.
fn name<'a>(
    operation: &Operation,
    node: usize,
    tree: &Tree<'a>,
    held: &[Option<FieldType>],
    types: &TypeIndex<'a>,
    root_namespace: &str,
) -> (String, &'a str) {
    let word = tree.nodes[node].step.word();
    let is_action = matches!(operation.kind, OperationKind::Action | OperationKind::Function);
    let (bound, action) = match word {
        Some(word) if is_action => (tree.nodes[node].parent, word),
        _ => (node, endpoint::plain_verb(operation)),
    };
    // The model knows, whatever filters leave of it, unless it was made by hand.
    if let Some(owner) = &operation.bound_to {
        return (owner.to_string(), action);
    }
    let ty = held[bound].and_then(FieldType::as_struct).map(|at| types.types[at].name.clone());
    let owner = ty.unwrap_or_else(|| {
        // Where no type is known, the nearest word of the path stands for it.
        let words =
            std::iter::successors(Some(bound), |&at| (at != 0).then(|| tree.nodes[at].parent));
        let word = words.filter_map(|at| match &tree.nodes[at].step {
            step @ Step::Word { .. } => step.word(),
            _ => None,
        });
        format!("{root_namespace}.{}", word.into_iter().next().unwrap_or("root"))
    });
    (owner, action)
}

/// The parameters that any of the pages states; required are those that all require.
fn union<'a>(
    operations: &[&'a Operation],
    types: &TypeIndex<'a>,
    findings: &mut Findings,
) -> Vec<(&'a Property, bool)> {
    let mut all: Vec<(&'a Property, usize)> = Vec::new();
    let mut places: HashMap<&'a str, usize> = HashMap::default();
    for operation in operations {
        let Some(RequestBody::Parameters(properties)) = &operation.request else { continue };
        let mut seen = BTreeSet::new();
        for property in properties.iter().filter(|property| seen.insert(property.name.as_str())) {
            let place = *places.entry(&property.name).or_insert(all.len());
            if place == all.len() {
                all.push((property, 0));
            }
            let (first, required) = &mut all[place];
            *required += usize::from(property.is_required);
            if types.resolve(&first.ty) != types.resolve(&property.ty) {
                let message = format!(
                    "the parameter `{}` has another type on `{}:{}`, which counts",
                    property.name, first.source.file, first.source.line
                );
                findings.warn(Code::RequestDiffers, &property.source, message);
            }
        }
    }
    all.into_iter().map(|(property, required)| (property, required == operations.len())).collect()
}
