//! The tables that lead from a documented operation to its types, for replaying the docs' examples.

use std::collections::HashMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::nodes::{body_type, emit_response};
use super::tokens::Names;
use crate::plan::{
    ArgumentKind, BodyPlan, EndpointPlan, Ident, ReplayPlan, ResponsePlan, VersionPlan,
};

/// The file that names the tables.
pub(super) fn emit_tables(modules: &[&Ident], version: &VersionPlan<'_>) -> TokenStream {
    let client = emit_client(version);
    quote! {
        #![doc = " What leads from each documented operation and path to its types."]
        #![doc = ""]
        #![doc = " For tests that replay the docs' examples. It changes with the generator."]
        #![allow(
            unused_imports,
            unused_variables,
            reason = "not every entry has arguments or a body, nor every table a type"
        )]
        #(mod #modules;)*

        /// The tables.
        pub static TABLES: &[&[::docbind_runtime::codegen::replay::Replay<#client>]] =
            &[#(#modules::TABLE),*];
    }
}

/// The table for the nodes of one module.
pub(super) fn emit_table(
    nodes: &[usize],
    parents: &Parents,
    version: &VersionPlan<'_>,
) -> TokenStream {
    let client = emit_client(version);
    let types =
        version.module.as_ref().map_or(quote! { crate }, |module| quote! { crate::#module });
    let entries = nodes.iter().flat_map(|&node| {
        let chain = chain(node, parents);
        version.nodes[node].endpoints.iter().flat_map(move |endpoint| {
            let chain = chain.clone();
            endpoint.replays.iter().map(move |replay| (endpoint, replay, chain.clone()))
        })
    });
    let entries =
        entries.map(|(endpoint, replay, chain)| emit_entry(endpoint, replay, &chain, version));
    quote! {
        use #types as types;
        use ::docbind_runtime::codegen::replay;

        pub(super) const TABLE: &[replay::Replay<#client>] = &[#(#entries),*];
    }
}

fn emit_client(version: &VersionPlan<'_>) -> TokenStream {
    let client = &version.nodes[0].ident;
    let module = version.module.iter();
    quote! { crate::#(#module::)*#client }
}

/// For each node the node before it and the place of the accessor that leads on.
pub(super) type Parents = HashMap<usize, (usize, usize)>;

pub(super) fn parents(version: &VersionPlan<'_>) -> Parents {
    let nodes = version.nodes.iter().enumerate();
    nodes
        .flat_map(|(parent, node)| {
            let accessors = node.accessors.iter().enumerate();
            accessors.map(move |(at, accessor)| (accessor.node, (parent, at)))
        })
        .collect()
}

/// The accessors that lead to a node, from the client on.
fn chain(node: usize, parents: &Parents) -> Vec<(usize, usize)> {
    let steps = std::iter::successors(parents.get(&node), |(parent, _)| parents.get(parent));
    let mut chain: Vec<_> = steps.copied().collect();
    chain.reverse();
    chain
}

fn emit_entry(
    endpoint: &EndpointPlan<'_>,
    replay: &ReplayPlan<'_>,
    chain: &[(usize, usize)],
    version: &VersionPlan<'_>,
) -> TokenStream {
    let (operation, path) = (Literal::string(replay.operation), Literal::string(replay.path));
    let mut places = replay.arguments.iter();
    let mut next = 0;
    let accessors = chain.iter().map(|&(node, at)| {
        let accessor = &version.nodes[node].accessors[at];
        let name = &accessor.ident;
        let arguments = accessor.arguments.iter().map(|argument| {
            let place = places.next().copied().flatten();
            next = next.max(place.map_or(0, |place| place + 1));
            emit_argument(argument.kind, place)
        });
        let arguments: Vec<_> = arguments.collect();
        quote! { .#name(#(#arguments),*) }
    });
    let accessors: Vec<_> = accessors.collect();
    let queries = endpoint.query.iter().enumerate().map(|(at, _)| {
        let place = Literal::usize_unsuffixed(next + at);
        quote! { replay::text(a, #place)?, }
    });
    let body = match endpoint.body {
        BodyPlan::Nothing => None,
        BodyPlan::Bytes => Some(quote! { b }),
        body => body_type(body, version).map(|ty| quote! { replay::body::<#ty>(b)? }),
    };
    let names = endpoint.query.iter().map(|query| Literal::string(query.name));
    let name = &endpoint.ident;
    let response = emit_reader(endpoint, version);
    quote! {
        replay::entry(
            #operation,
            #path,
            &[#(#names),*],
            |c, a, b| replay::call(c #(#accessors)* .#name(#(#queries)* #body)),
            #response,
        )
    }
}

fn emit_argument(kind: ArgumentKind, place: Option<usize>) -> TokenStream {
    let Some(place) = place else { return quote! { ::core::option::Option::None } };
    let place = Literal::usize_unsuffixed(place);
    match kind {
        ArgumentKind::Required => quote! { replay::text(a, #place)? },
        ArgumentKind::OptionalText => {
            quote! { ::core::option::Option::Some(replay::text(a, #place)?) }
        }
        ArgumentKind::OptionalNumber | ArgumentKind::OptionalFlag => {
            quote! { ::core::option::Option::Some(replay::parse(a, #place)?) }
        }
    }
}

/// The function that reads the answer and writes it again.
fn emit_reader(endpoint: &EndpointPlan<'_>, version: &VersionPlan<'_>) -> TokenStream {
    let ty = emit_response(endpoint.response, &Names::Qualified(version));
    match endpoint.response {
        ResponsePlan::Nothing | ResponsePlan::Accepted => quote! { replay::nothing },
        ResponsePlan::Bytes => quote! { replay::content },
        ResponsePlan::Count => quote! { replay::count },
        ResponsePlan::Value(_) => quote! { replay::value::<#ty> },
        ResponsePlan::One(_) | ResponsePlan::Page(_) | ResponsePlan::Optional(_) => {
            quote! { replay::json::<#ty> }
        }
    }
}
