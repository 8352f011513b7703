//! Path nodes: a struct for each place that a documented path leads to, with functions that lead
//! further and functions that call.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::doc::{Doc, code, ours};
use super::endpoint::{self, Context, EndpointPlan, Group};
use super::finding::Findings;
use super::ident::Ident;
use super::node_names::{accessor_ident, name_modules, name_nodes, word_ident};
use super::route::slash_behind;
use super::scope;
use super::tree::{Ending, Step, StepArgument, Tree};
use crate::diagnostic::Code;
use crate::hash::HashMap;
use crate::model::{Operation, Source};

/// A struct for a place that a path leads to.
#[derive(Clone, Debug)]
pub(crate) struct NodePlan<'a> {
    /// Its name; the root is the client.
    pub(crate) ident: Ident,
    /// The module that holds it.
    pub(crate) module: Ident,
    /// Its documentation.
    pub(crate) doc: Doc<'a>,
    /// What leads further.
    pub(crate) accessors: Vec<AccessorPlan<'a>>,
    /// What can be called.
    pub(crate) endpoints: Vec<EndpointPlan<'a>>,
}

/// A function that leads from a node to the next.
#[derive(Clone, Debug)]
pub(crate) struct AccessorPlan<'a> {
    /// The name of the function.
    pub(crate) ident: Ident,
    /// Where it leads.
    pub(crate) node: usize,
    /// What the caller gives: the next placeholders of the path.
    pub(crate) arguments: Vec<ArgumentPlan>,
    /// Its documentation.
    pub(crate) doc: Doc<'a>,
}

/// An argument of an accessor.
#[derive(Clone, Debug, Hash)]
pub(crate) struct ArgumentPlan {
    /// Its name in Rust.
    pub(crate) ident: Ident,
    /// What it is given as.
    pub(crate) kind: ArgumentKind,
}

/// What an argument is given as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ArgumentKind {
    /// Anything that can be written as text.
    Required,
    /// Text, which can be left out.
    OptionalText,
    /// A number, which can be left out.
    OptionalNumber,
    /// True or false, which can be left out.
    OptionalFlag,
}

/// The functions that make a client.
const CLIENT: [&str; 4] = ["builder", "new", "offline", "with"];

/// Makes the nodes of one version; the first is the root, the client.
pub(super) fn plan_nodes<'a>(
    operations: &'a [Operation],
    client: &Ident,
    context: &Context<'_, 'a>,
    findings: &mut Findings,
) -> Vec<NodePlan<'a>> {
    let tree = context.tree;
    let called: Vec<_> = tree
        .nodes
        .par_iter()
        .zip(context.held)
        .map(|(node, held)| Called {
            groups: endpoint::group(&node.statements, *held, operations, context.types),
            is_plain_word: is_plain_word(&node.step),
        })
        .collect();
    let live = live_nodes(tree, &called);
    let idents = name_nodes(tree, &live, context.templates, client);
    let modules = name_modules(tree, &live);
    // Nodes that lead to nothing have no struct, so places in the plan differ from those in the
    // tree.
    let places: HashMap<usize, usize> =
        live.iter().enumerate().map(|(place, &node)| (node, place)).collect();
    findings.plan_each(
        live.par_iter().zip(idents).zip(modules),
        |((&node, ident), module), findings| {
            let (accessors, endpoints) =
                functions(node, &called, operations, &places, context, findings);
            let doc = Doc::ours(vec![
                ours("The path "),
                code(context.templates[node].clone()),
                ours("."),
            ]);
            NodePlan { ident, module, doc, accessors, endpoints }
        },
    )
}

/// The nodes that have a struct: those that can be called themselves, or lead to such a one.
fn live_nodes(tree: &Tree<'_>, called: &[Called<'_>]) -> Vec<usize> {
    let mut is_live = vec![false; tree.nodes.len()];
    for (at, node) in tree.nodes.iter().enumerate().rev() {
        is_live[at] |= called[at].own().next().is_some() || at == 0;
        // An action is called at its parent.
        if at != 0 && (is_live[at] || !node.statements.is_empty()) {
            is_live[node.parent] = true;
        }
    }
    (0..tree.nodes.len()).filter(|&at| is_live[at]).collect()
}

/// What is called by the paths that lead to a node.
struct Called<'a> {
    groups: Vec<Group<'a>>,
    is_plain_word: bool,
}

impl<'a> Called<'a> {
    /// What is called at the node itself. An action without arguments is called at its parent.
    fn own(&self) -> impl Iterator<Item = &Group<'a>> {
        self.groups.iter().filter(|group| !(self.is_plain_word && group.is_action()))
    }

    /// The action that the last segment names, if there is one.
    fn action(&self) -> Option<&Group<'a>> {
        self.groups.iter().find(|group| self.is_plain_word && group.is_action())
    }
}

fn is_plain_word(step: &Step<'_>) -> bool {
    matches!(step, Step::Word { arguments, .. } if arguments.is_empty())
}

/// The functions of a node.
fn functions<'a>(
    at: usize,
    called: &[Called<'a>],
    operations: &'a [Operation],
    places: &HashMap<usize, usize>,
    context: &Context<'_, 'a>,
    findings: &mut Findings,
) -> (Vec<AccessorPlan<'a>>, Vec<EndpointPlan<'a>>) {
    let Context { tree, routes, .. } = context;
    let node = &tree.nodes[at];
    let route = if at == 0 { "" } else { &routes[at] };
    let slash = slash_behind(&node.step);
    let own: Vec<_> = called[at].own().collect();
    let actions: Vec<_> = node
        .children
        .values()
        .filter_map(|&child| Some((child, called[child].action()?)))
        .collect();
    let children: Vec<_> = node
        .children
        .iter()
        .filter_map(|(key, child)| Some((key, *child, *places.get(child)?)))
        .collect();

    let is_key = matches!(node.step, Step::Key { .. } | Step::AlternateKey { .. });
    let mut wishes = Vec::new();
    if at == 0 {
        wishes.extend(CLIENT.map(|word| (String::new(), Ident::snake(word))));
    }
    wishes.extend(own.iter().map(|group| (String::new(), Ident::snake(group.verb(is_key)))));
    for (child, _) in &actions {
        let word = tree.nodes[*child].step.word().unwrap_or_default();
        wishes.push((format!("0{word}"), word_ident(word)));
    }
    let verbs: BTreeSet<Ident> = wishes.iter().map(|(_, wish)| wish.clone()).collect();
    let mut words = BTreeSet::new();
    for (key, child, _) in &children {
        let mut wish = accessor_ident(key, &tree.nodes[*child].step, &mut words);
        if verbs.contains(&wish) {
            wish = wish.reserved();
        }
        wishes.push((format!("1{key:?}"), wish));
    }
    let wishes: Vec<_> = wishes.iter().map(|(name, wish)| (name.as_str(), wish.clone())).collect();
    let (idents, collisions) = scope::assign(&wishes);
    // The node that each function leads to or calls, in the order of the wishes.
    let fixed = wishes.len() - own.len() - actions.len() - children.len();
    let targets: Vec<usize> = std::iter::repeat_n(at, fixed + own.len())
        .chain(actions.iter().map(|(child, _)| *child))
        .chain(children.iter().map(|(_, child, _)| *child))
        .collect();
    for late in collisions {
        let pair = [late.item, late.holder].map(|item| targets[item]);
        report(&idents[late.item], pair, operations, context, findings);
    }

    let mut idents = idents.into_iter().skip(if at == 0 { CLIENT.len() } else { 0 });
    let mut endpoints = Vec::with_capacity(own.len() + actions.len());
    for (group, ident) in own.iter().zip(&mut idents) {
        let route = match group.ending {
            Ending::Plain => routes[at].clone(),
            Ending::Ref => format!("{route}{slash}$ref"),
            Ending::Value => format!("{route}{slash}$value"),
            Ending::Count => format!("{route}{slash}$count"),
            Ending::Content => format!("{route}{slash}content"),
        };
        endpoints.push(group.plan(ident, at, route, context, findings));
    }
    for ((child, group), ident) in actions.iter().zip(&mut idents) {
        endpoints.push(group.plan(ident, at, routes[*child].clone(), context, findings));
    }
    let accessors = children.iter().zip(idents);
    let accessors =
        accessors.map(|((_, child, place), ident)| accessor(context, *child, *place, ident));
    (accessors.collect(), endpoints)
}

/// Reports that the function that leads to the first node got another name, because that to the
/// second has its own.
fn report(
    ident: &Ident,
    [late, holder]: [usize; 2],
    operations: &[Operation],
    context: &Context<'_, '_>,
    findings: &mut Findings,
) {
    let (Some(source), Some(other)) =
        (source(context.tree, late, operations), source(context.tree, holder, operations))
    else {
        return;
    };
    let (late, holder) = (&context.templates[late], &context.templates[holder]);
    let message = format!(
        "the functions for `{late}` and `{holder}` have one name, so the first is `{ident}`"
    );
    let label = "this one keeps the name";
    findings.warn_beside(Code::NameCollision, source, message, (other, label));
}

/// Where a path to a node, or through it, is documented.
fn source<'a>(tree: &Tree<'_>, node: usize, operations: &'a [Operation]) -> Option<&'a Source> {
    let mut open = vec![node];
    while let Some(at) = open.pop() {
        if let Some(statement) = tree.nodes[at].statements.first() {
            return Some(&operations[statement.operation].paths[statement.path].source);
        }
        open.extend(tree.nodes[at].children.values().rev());
    }
    None
}

fn accessor(
    context: &Context<'_, '_>,
    child: usize,
    place: usize,
    ident: Ident,
) -> AccessorPlan<'static> {
    let step = &context.tree.nodes[child].step;
    let arguments = match step {
        Step::Root | Step::Cast { .. } => Vec::new(),
        Step::Word { arguments, .. } | Step::AlternateKey { arguments } => {
            plan_arguments(arguments)
        }
        Step::Key { .. } => vec![ArgumentPlan::required("id")],
        Step::ByPath { .. } => vec![ArgumentPlan::required("path")],
    };
    let mut line = vec![code(context.templates[child].clone())];
    if let Step::Key { names } | Step::ByPath { names } = step {
        if names.len() > 1 {
            line.push(ours(", also documented as "));
        }
        for (at, name) in names.iter().skip(1).enumerate() {
            line.extend((at > 0).then(|| ours(", ")));
            line.push(code((*name).to_owned()));
        }
    }
    AccessorPlan { ident, node: place, arguments, doc: Doc::ours(line) }
}

impl ArgumentPlan {
    fn required(name: &str) -> Self {
        Self { ident: Ident::snake(name), kind: ArgumentKind::Required }
    }
}

fn plan_arguments(arguments: &[StepArgument<'_>]) -> Vec<ArgumentPlan> {
    let wishes: Vec<_> = arguments
        .iter()
        .map(|argument| {
            let name = argument.name.or(argument.placeholder).unwrap_or("key");
            (name, Ident::snake(name))
        })
        .collect();
    let (idents, _) = scope::assign(&wishes);
    let plans = arguments.iter().zip(idents).map(|(argument, ident)| {
        let literal = argument.literal.unwrap_or_default();
        let kind = match argument {
            StepArgument { is_optional: false, .. } => ArgumentKind::Required,
            StepArgument { is_quoted: true, .. } => ArgumentKind::OptionalText,
            _ if literal.parse::<i64>().is_ok() => ArgumentKind::OptionalNumber,
            _ if matches!(literal, "true" | "false") => ArgumentKind::OptionalFlag,
            _ => ArgumentKind::OptionalText,
        };
        ArgumentPlan { ident, kind }
    });
    plans.collect()
}
