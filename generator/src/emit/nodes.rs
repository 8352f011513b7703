//! Nodes, and the client, which is the first of them.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::doc::{emit_deprecated, emit_doc};
use super::input::{AccessorInput, CallInput, EndpointInput, NodeInput, NodesInput, TypePaths};
use super::tokens::{Names, emit_types};
use crate::plan::{ArgumentKind, BodyPlan, FieldType, ResponsePlan, Scalar, Used};

/// The file of one module of nodes.
pub(super) fn emit_node_module(input: &NodesInput<'_>) -> TokenStream {
    let root = input.root.map(|module| quote! { ::#module });
    let types = quote! { use crate #root as types; };
    let uses = input.imports.iter().map(|(ident, module)| quote! { use super::#module::#ident; });
    let items = input.nodes.iter().map(|node| emit_node(node, input));
    let mut endpoints = input.nodes.iter().flat_map(|node| &node.endpoints);
    let is_used = endpoints.any(|endpoint| names_types(&endpoint.call));
    let types = (is_used && !input.types.is_included).then_some(types);
    quote! { #types #(#uses)* #(#items)* }
}

/// Whether the signature of a function names a type of the version.
fn names_types(plan: &CallInput<'_>) -> bool {
    let is_named = |scalar: Scalar| !matches!(scalar, Scalar::Primitive(_));
    let in_body = match plan.body {
        BodyPlan::Nothing | BodyPlan::Bytes | BodyPlan::Reference => false,
        BodyPlan::Struct(_) | BodyPlan::Update(_) | BodyPlan::Request(_) => true,
        BodyPlan::Value(ty) => is_named(ty.scalar),
    };
    in_body
        || match plan.response {
            ResponsePlan::Nothing
            | ResponsePlan::Accepted
            | ResponsePlan::Bytes
            | ResponsePlan::Count => false,
            ResponsePlan::One(scalar)
            | ResponsePlan::Page(scalar)
            | ResponsePlan::Value(scalar)
            | ResponsePlan::Optional(scalar) => is_named(scalar),
        }
}

fn emit_node(plan: &NodeInput<'_>, input: &NodesInput<'_>) -> TokenStream {
    let doc = emit_doc(plan.doc);
    let name = plan.ident;
    let accessors = plan.accessors.iter().map(emit_accessor);
    let endpoints = plan.endpoints.iter().map(|endpoint| emit_endpoint(endpoint, &input.types));
    let client = plan.client_of.as_ref().map(|base_url| {
        let root = input.root.map(|module| quote! { ::#module });
        let root = if input.types.is_included {
            emit_types(&input.types)
        } else {
            quote! { crate #root }
        };
        quote! { ::docbind_runtime::client! { #name #base_url #root ::permissions::TABLE } }
    });
    quote! {
        #doc
        pub struct #name(pub(super) ::docbind_runtime::codegen::Node);

        #client

        impl #name {
            #(#accessors)*
            #(#endpoints)*
        }
    }
}

fn emit_accessor(plan: &AccessorInput<'_>) -> TokenStream {
    let doc = emit_doc(plan.doc);
    let (name, node) = (plan.step.ident, plan.node);
    let arguments = plan.step.arguments.iter().map(|argument| {
        let ident = &argument.ident;
        match argument.kind {
            ArgumentKind::Required => quote! { #ident: impl ::core::fmt::Display },
            ArgumentKind::OptionalText => quote! { #ident: ::core::option::Option<&str> },
            ArgumentKind::OptionalNumber => quote! { #ident: ::core::option::Option<i64> },
            ArgumentKind::OptionalFlag => quote! { #ident: ::core::option::Option<bool> },
        }
    });
    let steps = plan.step.arguments.iter().map(|argument| {
        let ident = &argument.ident;
        if argument.kind == ArgumentKind::Required {
            quote! { .with(#ident) }
        } else {
            quote! { .with_optional(#ident) }
        }
    });
    let path = if plan.step.arguments.is_empty() {
        quote! { self.0.clone() }
    } else {
        quote! { self.0 #(#steps)* }
    };
    quote! {
        #doc
        #[inline]
        pub fn #name(&self, #(#arguments),*) -> #node {
            #node(#path)
        }
    }
}

fn emit_endpoint(plan: &EndpointInput<'_>, types: &TypePaths<'_>) -> TokenStream {
    let (doc, deprecated) = (emit_doc(plan.doc), emit_deprecated(plan.deprecated));
    let call = &plan.call;
    let (name, route) = (call.ident, Literal::string(plan.route));
    let method = format_ident!("{}", plan.method.as_str().to_ascii_lowercase());
    let response = emit_response(call.response, &Names::Qualified(types));
    let body = emit_body(call.body, types);
    let argument = body.as_ref().map(|(argument, _)| argument);
    let sent = body.as_ref().map(|(_, sent)| sent);
    let query_arguments = call.query.iter().map(|query| {
        let ident = &query.ident;
        quote! { #ident: impl ::core::fmt::Display, }
    });
    let queries = call.query.iter().map(|query| {
        let (ident, name) = (&query.ident, Literal::string(query.name));
        quote! { .query(#name, #ident) }
    });
    quote! {
        #doc
        #deprecated
        #[inline]
        pub fn #name(&self, #(#query_arguments)* #argument) -> ::docbind_runtime::Request<#response> {
            self.0.#method(#route) #(#queries)* #sent
        }
    }
}

/// The argument for the body, and the call that takes it.
fn emit_body(body: BodyPlan, types: &TypePaths<'_>) -> Option<(TokenStream, TokenStream)> {
    if body == BodyPlan::Bytes {
        let argument = quote! { body: impl ::core::convert::Into<::std::vec::Vec<u8>> };
        return Some((argument, quote! { .bytes(body) }));
    }
    let ty = body_type(body, types)?;
    let argument = quote! { body: impl ::core::convert::Into<#ty> };
    Some((argument, quote! { .json::<#ty>(body) }))
}

/// The type of a JSON body.
pub(super) fn body_type(body: BodyPlan, types: &TypePaths<'_>) -> Option<TokenStream> {
    let names = Names::Qualified(types);
    Some(match body {
        BodyPlan::Nothing | BodyPlan::Bytes => return None,
        BodyPlan::Struct(at) => names.scalar(Scalar::Struct(at)),
        BodyPlan::Update(at) => names.item(Used::Update(at)),
        BodyPlan::Reference => quote! { ::docbind_runtime::Reference },
        BodyPlan::Value(ty) => names.value(ty),
        BodyPlan::Request(at) => {
            let (path, module, ident) = types.requests[&at];
            let types = emit_types(types);
            quote! { #types::#(#path::)*#module::#ident }
        }
    })
}

pub(super) fn emit_response(plan: ResponsePlan, names: &Names<'_>) -> TokenStream {
    match plan {
        ResponsePlan::Nothing => quote! { () },
        ResponsePlan::Accepted => quote! { ::docbind_runtime::Accepted },
        ResponsePlan::Bytes => quote! { ::docbind_runtime::Content },
        ResponsePlan::Count => quote! { i64 },
        ResponsePlan::One(scalar) | ResponsePlan::Value(scalar) => names.scalar(scalar),
        ResponsePlan::Page(scalar) => {
            let item = names.value(FieldType::one(scalar));
            quote! { ::docbind_runtime::Page<#item> }
        }
        ResponsePlan::Optional(scalar) => {
            let item = names.scalar(scalar);
            quote! { ::core::option::Option<#item> }
        }
    }
}
