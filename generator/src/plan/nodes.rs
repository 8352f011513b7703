//! Path nodes: a struct for each place that a documented path leads to, with functions that lead
//! further and functions that call.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::doc::{Doc, Inline, code, ours};
use super::endpoint::{self, Context, EndpointPlan, Group, VERBS};
use super::ident::Ident;
use super::rust_type::{FieldType, Scalar};
use super::scope;
use super::tree::{Ending, Node, Step, StepArgument, StepKey, Tree};
use crate::diagnostic::Code;
use crate::model::{Operation, ParameterLocation, Primitive};

/// The most nodes that stand in one file.
const MOST_IN_FILE: usize = 60;

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
    /// What it adds to the path.
    pub(crate) piece: Piece,
    /// What the caller gives.
    pub(crate) arguments: Vec<ArgumentPlan<'a>>,
    /// Its documentation.
    pub(crate) doc: Doc<'a>,
}

/// What a function adds to the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text that stands as it is: `/messages`.
    Text(String),
    /// This text, and behind it the argument, encoded as a segment.
    Key(String),
    /// This text, and behind it the arguments in parentheses.
    Call(String),
    /// This text, and behind it the argument, encoded as a path.
    ItemPath(String),
}

/// An argument of an accessor.
#[derive(Clone, Debug)]
pub(crate) struct ArgumentPlan<'a> {
    /// Its name in Rust.
    pub(crate) ident: Ident,
    /// Its name in the path, where it has one.
    pub(crate) name: Option<&'a str>,
    /// Its type.
    pub(crate) ty: Scalar,
    /// Whether its value stands in quotes.
    pub(crate) is_quoted: bool,
    /// Whether the caller may leave it out.
    pub(crate) is_optional: bool,
}

/// Makes the nodes of one version; the first is the root, the client.
pub(super) fn plan_nodes<'a>(
    tree: &Tree<'a>,
    operations: &'a [Operation],
    client: &Ident,
    context: &mut Context<'_, 'a>,
) -> Vec<NodePlan<'a>> {
    let live = live_nodes(tree, operations, context);
    let idents = name_nodes(tree, &live, client);
    let modules = name_modules(tree, &live);
    // Nodes that lead to nothing have no struct, so places in the plan differ from those in the
    // tree.
    let places: HashMap<usize, usize> =
        live.iter().enumerate().map(|(place, &node)| (node, place)).collect();
    let mut plans = Vec::with_capacity(live.len());
    for (place, &node) in live.iter().enumerate() {
        let (accessors, endpoints) = functions(tree, node, operations, &places, context);
        plans.push(NodePlan {
            ident: idents[place].clone(),
            module: modules[place].clone(),
            doc: Doc::ours(vec![ours("The path "), code(template(tree, node)), ours(".")]),
            accessors,
            endpoints,
        });
    }
    plans
}

/// The nodes that have a struct: those that can be called themselves, or lead to such a one.
fn live_nodes<'a>(
    tree: &Tree<'a>,
    operations: &'a [Operation],
    context: &Context<'_, 'a>,
) -> Vec<usize> {
    let mut is_live = vec![false; tree.nodes.len()];
    for (at, node) in tree.nodes.iter().enumerate().rev() {
        let is_called = own_groups(node, operations, context).next().is_some();
        is_live[at] |= is_called || at == 0;
        // An action is called at its parent.
        if at != 0 && (is_live[at] || !node.statements.is_empty()) {
            is_live[node.parent] = true;
        }
    }
    (0..tree.nodes.len()).filter(|&at| is_live[at]).collect()
}

/// What is called at the node itself. An action without arguments is called at its parent.
fn own_groups<'a>(
    node: &Node<'a>,
    operations: &'a [Operation],
    context: &Context<'_, 'a>,
) -> impl Iterator<Item = Group<'a>> {
    let is_plain_word = is_plain_word(&node.step);
    endpoint::group(&node.statements, operations, context.types)
        .into_iter()
        .filter(move |group| !(is_plain_word && group.is_action()))
}

/// The action that the last segment names, if there is one.
fn action<'a>(
    node: &Node<'a>,
    operations: &'a [Operation],
    context: &Context<'_, 'a>,
) -> Option<Group<'a>> {
    if !is_plain_word(&node.step) {
        return None;
    }
    endpoint::group(&node.statements, operations, context.types).into_iter().find(Group::is_action)
}

fn is_plain_word(step: &Step<'_>) -> bool {
    matches!(step, Step::Word { arguments, .. } if arguments.is_empty())
}

/// The functions of a node.
fn functions<'a>(
    tree: &Tree<'a>,
    at: usize,
    operations: &'a [Operation],
    places: &HashMap<usize, usize>,
    context: &mut Context<'_, 'a>,
) -> (Vec<AccessorPlan<'a>>, Vec<EndpointPlan<'a>>) {
    let node = &tree.nodes[at];
    let slash = slash_behind(&node.step);
    let own: Vec<_> = own_groups(node, operations, context).collect();
    let actions: Vec<_> = node
        .children
        .values()
        .filter_map(|&child| Some((child, action(&tree.nodes[child], operations, context)?)))
        .collect();
    let children: Vec<_> = node
        .children
        .iter()
        .filter_map(|(key, child)| Some((key, *child, *places.get(child)?)))
        .collect();

    let is_key = matches!(node.step, Step::Key { .. } | Step::AlternateKey { .. });
    let mut wishes = Vec::new();
    wishes.extend(own.iter().map(|group| (String::new(), Ident::snake(group.verb(is_key)))));
    for (child, _) in &actions {
        let word = tree.nodes[*child].step.word().unwrap_or_default();
        wishes.push((format!("0{word}"), word_ident(word)));
    }
    let called: BTreeSet<Ident> = wishes.iter().map(|(_, wish)| wish.clone()).collect();
    let mut words = BTreeSet::new();
    for (key, child, _) in &children {
        let mut wish = accessor_ident(key, &tree.nodes[*child].step, &mut words);
        if called.contains(&wish) {
            wish = wish.reserved();
        }
        wishes.push((format!("1{key:?}"), wish));
    }
    let wishes: Vec<_> = wishes.iter().map(|(name, wish)| (name.as_str(), wish.clone())).collect();
    let (idents, collisions) = scope::assign(&wishes);
    for late in collisions {
        report(&idents[late.item], tree, at, operations, context);
    }

    let mut idents = idents.into_iter();
    let mut endpoints = Vec::with_capacity(own.len() + actions.len());
    for (group, ident) in own.iter().zip(&mut idents) {
        let suffix = match group.ending {
            Ending::Plain => String::new(),
            Ending::Ref => format!("{slash}$ref"),
            Ending::Value => format!("{slash}$value"),
            Ending::Count => format!("{slash}$count"),
            Ending::Content => format!("{slash}content"),
        };
        endpoints.push(group.plan(ident, suffix, context));
    }
    for ((child, group), ident) in actions.iter().zip(&mut idents) {
        let word = tree.nodes[*child].step.word().unwrap_or_default();
        endpoints.push(group.plan(ident, format!("{slash}{word}"), context));
    }
    let accessors = children.iter().zip(idents).map(|((_, child, place), ident)| {
        accessor(tree, *child, *place, ident, slash, operations, context)
    });
    (accessors.collect(), endpoints)
}

fn report(
    ident: &Ident,
    tree: &Tree<'_>,
    at: usize,
    operations: &[Operation],
    context: &mut Context<'_, '_>,
) {
    let path = template(tree, at);
    let below = std::iter::once(&at).chain(tree.nodes[at].children.values());
    let statement = below.flat_map(|&node| &tree.nodes[node].statements).next();
    if let Some(statement) = statement {
        let source = &operations[statement.operation].paths[statement.path].source;
        let message = format!("two functions below `{path}` have one name, so one is `{ident}`");
        context.findings.warn(Code::NameCollision, source, message);
    }
}

fn accessor<'a>(
    tree: &Tree<'a>,
    child: usize,
    place: usize,
    ident: Ident,
    slash: &str,
    operations: &'a [Operation],
    context: &Context<'_, 'a>,
) -> AccessorPlan<'a> {
    let step = &tree.nodes[child].step;
    let key = |names: &[&'a str], wish: &str| ArgumentPlan {
        ident: Ident::snake(wish),
        name: names.first().copied(),
        ty: Scalar::Primitive(Primitive::String),
        is_quoted: false,
        is_optional: false,
    };
    let (piece, arguments) = match step {
        Step::Root => (Piece::Text(String::new()), Vec::new()),
        Step::Word { arguments, .. } => {
            let text = format!("{slash}{}", step.word().unwrap_or_default());
            if arguments.is_empty() {
                (Piece::Text(text), Vec::new())
            } else {
                (Piece::Call(text), plan_arguments(tree, child, arguments, operations, context))
            }
        }
        Step::Key { names } => (Piece::Key(slash.to_owned()), vec![key(names, "id")]),
        Step::AlternateKey { arguments } => {
            let arguments = plan_arguments(tree, child, arguments, operations, context);
            (Piece::Call(String::new()), arguments)
        }
        Step::Cast { name, .. } => (Piece::Text(format!("{slash}{name}")), Vec::new()),
        Step::ByPath { names } => (Piece::ItemPath(":/".to_owned()), vec![key(names, "path")]),
    };
    let mut line = vec![code(template(tree, child))];
    if let Step::Key { names } | Step::ByPath { names } = step {
        line.push(ours("; the docs name the placeholder "));
        for (at, name) in names.iter().enumerate() {
            line.extend((at > 0).then(|| ours(", ")));
            line.push(Inline::Code((*name).into()));
        }
    }
    line.push(ours("."));
    AccessorPlan { ident, node: place, piece, arguments, doc: Doc::ours(line) }
}

/// The arguments that have to be given first, then the others.
fn plan_arguments<'a>(
    tree: &Tree<'a>,
    node: usize,
    arguments: &[StepArgument<'a>],
    operations: &'a [Operation],
    context: &Context<'_, 'a>,
) -> Vec<ArgumentPlan<'a>> {
    let mut ordered: Vec<_> = arguments.iter().collect();
    ordered.sort_by_key(|argument| argument.is_optional);
    let wishes: Vec<_> = ordered
        .iter()
        .map(|argument| {
            let name = argument.name.or(argument.placeholder).unwrap_or("key");
            (name, Ident::snake(name))
        })
        .collect();
    let (idents, _) = scope::assign(&wishes);
    let statement = tree.nodes[node].statements.first();
    let parameters = statement.map_or(&[][..], |at| &operations[at.operation].parameters);
    let typed = ordered.iter().zip(idents).map(|(argument, ident)| {
        let parameter = parameters.iter().find(|parameter| {
            parameter.location == ParameterLocation::Function
                && [argument.name, argument.placeholder]
                    .iter()
                    .flatten()
                    .any(|name| name.eq_ignore_ascii_case(&parameter.name))
        });
        let ty = parameter.map(|parameter| context.types.resolve(&parameter.ty));
        ArgumentPlan {
            ident,
            name: argument.name,
            ty: ty
                .filter(|ty| !ty.is_collection)
                .map_or(Scalar::Primitive(Primitive::String), |ty: FieldType| ty.scalar),
            is_quoted: argument.is_quoted,
            is_optional: argument.is_optional,
        }
    });
    typed.collect()
}

/// A colon path ends in a colon when something follows it.
fn slash_behind(step: &Step<'_>) -> &'static str {
    if matches!(step, Step::ByPath { .. }) { ":/" } else { "/" }
}

/// The name of an accessor. `words` holds the words that have been used: of several functions of
/// one name those with arguments are told apart by these.
fn accessor_ident(key: &StepKey, step: &Step<'_>, words: &mut BTreeSet<String>) -> Ident {
    match key {
        StepKey::Word(word, required) => {
            let ident = word_ident(step.word().unwrap_or(word));
            if words.insert(word.clone()) {
                return ident;
            }
            Ident::snake(&format!("{ident}_by_{}", required.join("_and_")))
        }
        StepKey::Key => Ident::snake("by_id"),
        StepKey::AlternateKey(_) => {
            let Step::AlternateKey { arguments } = step else { return Ident::snake("by_key") };
            let names: Vec<_> =
                arguments.iter().map(|argument| argument.name.unwrap_or("key")).collect();
            Ident::joined(&["by_", Ident::snake(&names.join("_and_")).as_str()])
        }
        StepKey::Cast(name) => {
            let name = match step {
                Step::Cast { name, .. } => name,
                _ => name.as_str(),
            };
            let last = name.rsplit_once('.').map_or(name, |(_, last)| last);
            Ident::joined(&["as_", Ident::snake(last).as_str()])
        }
        StepKey::ByPath => Ident::snake("by_path"),
    }
}

/// The name for a segment of a path. A name with its namespace is as good as without it.
fn word_ident(word: &str) -> Ident {
    let last = word.rsplit_once('.').map_or(word, |(_, last)| last);
    let ident = Ident::snake(last);
    if VERBS.contains(&ident.as_str()) { ident.reserved() } else { ident }
}

/// The names of the structs, made from the whole path.
fn name_nodes(tree: &Tree<'_>, live: &[usize], client: &Ident) -> Vec<Ident> {
    let names: Vec<_> = live
        .iter()
        .map(|&node| {
            let steps = tree.line(node).into_iter().map(|at| {
                let Node { key, step, .. } = &tree.nodes[at];
                accessor_ident(key, step, &mut BTreeSet::new()).to_string()
            });
            (template(tree, node), steps.collect::<Vec<_>>().join("_"))
        })
        .collect();
    let wishes: Vec<_> =
        names.iter().map(|(path, name)| (path.as_str(), Ident::camel(name))).collect();
    let (mut idents, _) = scope::assign(&wishes);
    idents[0] = client.clone();
    idents
}

/// The modules of the nodes: one for each first segment, and below those that are large one for
/// each word that follows.
fn name_modules(tree: &Tree<'_>, live: &[usize]) -> Vec<Ident> {
    let words: Vec<Vec<String>> = live
        .iter()
        .map(|&node| {
            let words = tree.line(node).into_iter().filter_map(|at| tree.nodes[at].step.word());
            words.map(|word| Ident::snake(word).to_string()).collect()
        })
        .collect();
    let mut depths: Vec<usize> = words.iter().map(|words| words.len().min(1)).collect();
    for depth in 1..4 {
        let mut sizes: BTreeMap<&[String], usize> = BTreeMap::new();
        for (words, &length) in words.iter().zip(&depths) {
            *sizes.entry(&words[..length]).or_default() += 1;
        }
        let large: Vec<bool> = words
            .iter()
            .zip(&depths)
            .map(|(words, &length)| length == depth && sizes[&words[..length]] > MOST_IN_FILE)
            .collect();
        for (at, is_large) in large.into_iter().enumerate() {
            if is_large && words[at].len() > depth {
                depths[at] = depth + 1;
            }
        }
    }
    let modules = words.iter().zip(depths).map(|(words, depth)| match depth {
        0 => Ident::snake("root"),
        _ => super::modules::module_ident(&words[..depth].join("_")),
    });
    modules.collect()
}

/// The path of a node as the docs mostly write it.
fn template(tree: &Tree<'_>, node: usize) -> String {
    let mut text = String::new();
    let mut slash = "/";
    for at in tree.line(node) {
        let step = &tree.nodes[at].step;
        let first = |names: &[&str]| names.first().copied().unwrap_or("id").to_owned();
        match step {
            Step::Root => {}
            Step::Word { arguments, .. } => {
                text += slash;
                text += step.word().unwrap_or_default();
                if !arguments.is_empty() {
                    text += &parenthesised(arguments);
                }
            }
            Step::Key { names } => text += &format!("{slash}{{{}}}", first(names)),
            Step::AlternateKey { arguments } => text += &parenthesised(arguments),
            Step::Cast { name, .. } => text += &format!("{slash}{name}"),
            Step::ByPath { names } => text += &format!(":/{{{}}}", first(names)),
        }
        slash = slash_behind(step);
    }
    if text.is_empty() { "/".to_owned() } else { text }
}

fn parenthesised(arguments: &[StepArgument<'_>]) -> String {
    let arguments = arguments.iter().map(|argument| {
        let placeholder = argument.placeholder.or(argument.name).unwrap_or("key");
        let quote = if argument.is_quoted { "'" } else { "" };
        let name = argument.name.map(|name| format!("{name}=")).unwrap_or_default();
        format!("{name}{quote}{{{placeholder}}}{quote}")
    });
    format!("({})", arguments.collect::<Vec<_>>().join(","))
}
