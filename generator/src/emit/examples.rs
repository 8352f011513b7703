//! The tables that lead from a documented operation to its types, for replaying the docs' examples.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::input::{EntryInput, TableInput, TypePaths};
use super::nodes::{body_type, emit_response};
use super::tokens::Names;
use crate::plan::{ArgumentKind, BodyPlan, Ident, ReplayPlan, ResponsePlan};

/// The file that names the tables.
pub(super) fn emit_tables(modules: &[&Ident], client: (Option<&Ident>, &Ident)) -> TokenStream {
    let client = emit_client(client);
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
pub(super) fn emit_table(input: &TableInput<'_>) -> TokenStream {
    let client = emit_client(input.client);
    let types = input.client.0.map_or(quote! { crate }, |module| quote! { crate::#module });
    let entries = input.entries.iter().flat_map(|entry| {
        entry.replays.iter().map(|replay| emit_entry(entry, replay, &input.types))
    });
    quote! {
        use #types as types;
        use ::docbind_runtime::codegen::replay;

        pub(super) const TABLE: &[replay::Replay<#client>] = &[#(#entries),*];
    }
}

fn emit_client((module, client): (Option<&Ident>, &Ident)) -> TokenStream {
    let module = module.into_iter();
    quote! { crate::#(#module::)*#client }
}

fn emit_entry(
    entry: &EntryInput<'_>,
    replay: &ReplayPlan<'_>,
    types: &TypePaths<'_>,
) -> TokenStream {
    let call = &entry.call;
    let (operation, path) = (Literal::string(replay.operation), Literal::string(replay.path));
    let mut places = replay.arguments.iter();
    let mut next = 0;
    let accessors = entry.chain.iter().map(|step| {
        let name = step.ident;
        let arguments = step.arguments.iter().map(|argument| {
            let place = places.next().copied().flatten();
            next = next.max(place.map_or(0, |place| place + 1));
            emit_argument(argument.kind, place)
        });
        let arguments: Vec<_> = arguments.collect();
        quote! { .#name(#(#arguments),*) }
    });
    let accessors: Vec<_> = accessors.collect();
    let queries = call.query.iter().enumerate().map(|(at, _)| {
        let place = Literal::usize_unsuffixed(next + at);
        quote! { replay::text(a, #place)?, }
    });
    let body = match call.body {
        BodyPlan::Nothing => None,
        BodyPlan::Bytes => Some(quote! { b }),
        body => body_type(body, types).map(|ty| quote! { replay::body::<#ty>(b)? }),
    };
    let names = call.query.iter().map(|query| Literal::string(query.name));
    let name = call.ident;
    let response = emit_reader(call.response, types);
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
fn emit_reader(response: ResponsePlan, types: &TypePaths<'_>) -> TokenStream {
    let ty = emit_response(response, &Names::Qualified(types));
    match response {
        ResponsePlan::Nothing | ResponsePlan::Accepted => quote! { replay::nothing },
        ResponsePlan::Bytes => quote! { replay::content },
        ResponsePlan::Count => quote! { replay::count },
        ResponsePlan::Value(_) => quote! { replay::value::<#ty> },
        ResponsePlan::One(_) | ResponsePlan::Page(_) | ResponsePlan::Optional(_) => {
            quote! { replay::json::<#ty> }
        }
    }
}
