//! The names of nodes, of the functions that lead to them, and of the modules that hold them.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::endpoint::VERBS;
use super::ident::Ident;
use super::modules;
use super::scope;
use super::tree::{Node, Step, StepKey, Tree};
use crate::hash::HashMap;

/// More nodes than these are spread over several files.
const MOST_IN_FILE: usize = 60;
/// Fewer nodes than these get no file of their own.
const LEAST_IN_FILE: usize = 10;
/// The most words in the name of a file.
const DEEPEST: usize = 6;

/// The name of an accessor. `words` holds the words that have been used: of several functions of
/// one name those with arguments are told apart by these.
pub(super) fn accessor_ident(
    key: &StepKey,
    step: &Step<'_>,
    words: &mut BTreeSet<String>,
) -> Ident {
    match key {
        StepKey::Word(word, _) => {
            let ident = word_ident(step.word().unwrap_or(word));
            if words.insert(word.clone()) {
                return ident;
            }
            let Step::Word { arguments, .. } = step else { return ident };
            let names: Vec<_> = arguments.iter().filter_map(|argument| argument.name).collect();
            Ident::snake(&format!("{ident}_by_{}", names.join("_and_")))
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
pub(super) fn word_ident(word: &str) -> Ident {
    let last = word.rsplit_once('.').map_or(word, |(_, last)| last);
    let ident = Ident::snake(last);
    if VERBS.contains(&ident.as_str()) { ident.reserved() } else { ident }
}

/// The names of the structs, made from the whole path.
pub(super) fn name_nodes(
    tree: &Tree<'_>,
    live: &[usize],
    templates: &[String],
    client: &Ident,
) -> Vec<Ident> {
    let mut steps = vec![String::new(); tree.nodes.len()];
    for node in &tree.nodes {
        let mut words = BTreeSet::new();
        for (key, &child) in &node.children {
            steps[child] = accessor_ident(key, &tree.nodes[child].step, &mut words).to_string();
        }
    }
    let mut wishes: Vec<_> = live
        .par_iter()
        .map(|&node| {
            let steps: Vec<_> = tree.line(node).into_iter().map(|at| steps[at].as_str()).collect();
            (templates[node].as_str(), Ident::camel(&steps.join("_")))
        })
        .collect();
    // The root is the client. Its path is empty and sorts first, so the name is kept for it.
    wishes[0].1 = client.clone();
    scope::assign(&wishes).0
}

/// The modules of the nodes: one for each first segment, and where that is large, one for each
/// large group that goes on with the same word.
pub(super) fn name_modules(tree: &Tree<'_>, live: &[usize]) -> Vec<Ident> {
    let word = |node: &Node<'_>| node.step.word().map(Ident::snake);
    let steps: Vec<Option<Ident>> = tree.nodes.iter().map(word).collect();
    let words = |node| tree.line(node).into_iter().filter_map(|at| steps[at].as_ref());
    let words: Vec<Vec<&str>> =
        live.iter().map(|&node| words(node).map(Ident::as_str).collect()).collect();
    let mut depths: Vec<usize> = words.iter().map(|words| words.len().min(1)).collect();
    for depth in 1..DEEPEST {
        let count = |depths: &[usize], more: usize| {
            let mut sizes: HashMap<&[&str], usize> = HashMap::default();
            for (words, &length) in words.iter().zip(depths) {
                if length == depth && words.len() >= depth + more {
                    *sizes.entry(&words[..depth + more]).or_default() += 1;
                }
            }
            sizes
        };
        let (sizes, parts) = (count(&depths, 0), count(&depths, 1));
        for (words, length) in words.iter().zip(&mut depths) {
            if *length == depth
                && words.len() > depth
                && sizes[&words[..depth]] > MOST_IN_FILE
                && parts[&words[..=depth]] >= LEAST_IN_FILE
            {
                *length += 1;
            }
        }
    }
    let modules = words.iter().zip(depths).map(|(words, depth)| {
        if depth == 0 {
            return Ident::snake("client");
        }
        let ident = modules::module_ident(&words[..depth].join("_"));
        if ident.as_str() == "client" { ident.reserved() } else { ident }
    });
    modules.collect()
}
