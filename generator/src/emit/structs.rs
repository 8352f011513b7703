//! Structs: those for types of the API, for updates, for create calls, and for the parameters of
//! actions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::doc::{emit_deprecated, emit_doc};
use super::tokens::{Names, emit_attributes, emit_replacement};
use crate::plan::{FieldPlan, Ident, RequestPlan, Scalar, StructPlan, Used};

/// A struct for a type, and those that are made from it.
pub(super) fn emit_struct(plan: &StructPlan<'_>, names: &Names<'_>) -> TokenStream {
    let extends = emit_extends(plan, names);
    let properties = emit_properties(plan, names);
    let update = plan.update.as_ref().map(|update| emit_update(plan, update, names));
    if let Some(replacement) = &plan.replacement {
        let type_ = emit_replacement(&plan.ident, replacement);
        return quote! { #type_ #extends #properties #update };
    }
    let doc = emit_doc(&plan.doc);
    let attributes = emit_attributes(&plan.attributes);
    let deprecated = emit_deprecated(plan.deprecated);
    let name = &plan.ident;
    let definition = emit_definition(name, plan.full_name, &plan.fields, names);
    let setters = plan.has_setters.then(|| emit_setters(name, &plan.fields, names));
    let new = plan.has_setters.then(|| {
        quote! {
            impl #name {
                /// An object without any property.
                #[inline]
                pub fn new() -> Self {
                    ::core::default::Default::default()
                }
            }
        }
    });
    let create = plan.create.as_ref().map(|create| emit_create(plan, create, names));
    quote! {
        #doc
        #attributes
        #deprecated
        #definition
        #extends
        #setters
        #new
        #properties
        #update
        #create
    }
}

/// The struct for the parameters of an action.
pub(super) fn emit_request(plan: &RequestPlan<'_>, names: &Names<'_>) -> TokenStream {
    let doc = emit_doc(&plan.doc);
    let name = &plan.ident;
    let definition = emit_definition(name, &plan.full_name, &plan.fields, names);
    let setters = emit_setters(name, &plan.fields, names);
    let (arguments, calls) = emit_required(&plan.fields, names);
    quote! {
        #doc
        #definition
        #setters
        impl #name {
            /// The parameters that are required.
            #[inline]
            pub fn new(#(#arguments),*) -> Self {
                <Self as ::core::default::Default>::default() #(#calls)*
            }
        }
    }
}

/// The fields, and their codec.
fn emit_definition(
    name: &Ident,
    full_name: &str,
    plans: &[FieldPlan<'_>],
    names: &Names<'_>,
) -> TokenStream {
    let fields = plans.iter().map(|field| {
        let (doc, deprecated) = (emit_doc(&field.doc), emit_deprecated(field.deprecated));
        let (ident, ty) = (&field.ident, names.field(field.ty));
        quote! { #doc #deprecated pub #ident: #ty }
    });
    let codec = emit_codec(name, full_name, plans, &quote! { ::core::option::Option::None });
    quote! {
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            /// What came with the object and has no field of its own.
            pub extra: ::docbind_runtime::Extra,
        }

        #codec
    }
}

fn emit_codec<'f>(
    name: &Ident,
    full_name: &str,
    fields: impl IntoIterator<Item = &'f FieldPlan<'f>>,
    empty: &TokenStream,
) -> TokenStream {
    let full_name = Literal::string(full_name);
    let entries = fields.into_iter().enumerate().map(|(at, field)| {
        let (at, ident, json) =
            (Literal::usize_unsuffixed(at), &field.ident, Literal::string(field.name));
        quote! { #at #ident #json }
    });
    quote! { ::docbind_runtime::object! { #name #full_name { #(#entries)* } extra #empty } }
}

fn emit_extends(plan: &StructPlan<'_>, names: &Names<'_>) -> Option<TokenStream> {
    let name = &plan.ident;
    let bases = plan.bases.iter().map(|&base| names.scalar(Scalar::Struct(base)));
    (!plan.bases.is_empty())
        .then(|| quote! { ::docbind_runtime::extends! { #name { #(#bases)* } } })
}

fn emit_setters(name: &Ident, fields: &[FieldPlan<'_>], names: &Names<'_>) -> Option<TokenStream> {
    let fields: Vec<_> = fields.iter().filter(|field| field.has_setter()).collect();
    let setters = fields.iter().map(|field| {
        let (ident, how) = (&field.ident, names.setter(field.ty));
        quote! { #ident(#how) }
    });
    (!fields.is_empty()).then(|| quote! { ::docbind_runtime::setters! { #name { #(#setters)* } } })
}

fn emit_properties(plan: &StructPlan<'_>, names: &Names<'_>) -> Option<TokenStream> {
    let name = &plan.ident;
    let constants = plan.fields.iter().map(|field| {
        let (constant, json) = (&field.constant, Literal::string(field.name));
        let ty = names.value(field.ty);
        quote! { #constant #json (#ty) }
    });
    (plan.is_queried && !plan.fields.is_empty())
        .then(|| quote! { ::docbind_runtime::properties! { #name { #(#constants)* } } })
}

fn emit_update(plan: &StructPlan<'_>, name: &Ident, names: &Names<'_>) -> TokenStream {
    let changeable: Vec<_> = plan.fields.iter().filter(|field| !field.is_read_only).collect();
    let fields = changeable.iter().map(|field| {
        let (doc, deprecated) = (emit_doc(&field.doc), emit_deprecated(field.deprecated));
        let (ident, ty) = (&field.ident, names.value(field.ty));
        quote! { #doc #deprecated pub #ident: ::docbind_runtime::Patch<#ty> }
    });
    let setters = changeable.iter().map(|field| {
        let (ident, ty) = (&field.ident, names.value(field.ty));
        quote! { #ident(patch #ty) }
    });
    let setters = (!changeable.is_empty())
        .then(|| quote! { ::docbind_runtime::setters! { #name { #(#setters)* } } });
    let empty = quote! { ::docbind_runtime::Patch::Absent };
    let codec = emit_codec(name, plan.full_name, changeable.iter().copied(), &empty);
    let bases = plan.update_bases.iter().map(|&base| names.item(Used::Update(base)));
    let extends = (!plan.update_bases.is_empty())
        .then(|| quote! { ::docbind_runtime::extends! { #name { #(#bases)* } } });
    let line = format!(" What an update does with the properties of a [`{}`].", plan.ident);
    quote! {
        #[doc = #line]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            /// Properties that have no field of their own.
            pub extra: ::docbind_runtime::Extra,
        }

        #codec
        #extends
        #setters

        impl #name {
            /// An update that changes nothing.
            #[inline]
            pub fn new() -> Self {
                ::core::default::Default::default()
            }
        }
    }
}

fn emit_create(plan: &StructPlan<'_>, name: &Ident, names: &Names<'_>) -> TokenStream {
    let target = &plan.ident;
    let (arguments, calls) = emit_required(&plan.fields, names);
    let optional = plan.fields.iter().filter(|field| !field.is_required && field.has_setter());
    let setters = optional.map(|field| {
        let (ident, argument) = (&field.ident, names.argument(field.ty));
        let doc = format!(" Sets [`{ident}`]({target}::{ident}).");
        quote! {
            #[doc = #doc]
            #[inline]
            #[must_use]
            pub fn #ident(self, value: #argument) -> Self {
                Self(self.0.#ident(value))
            }
        }
    });
    let conversions = plan.bases.iter().map(|&base| {
        let base = names.scalar(Scalar::Struct(base));
        quote! {
            impl ::core::convert::From<#name> for #base {
                #[inline]
                fn from(create: #name) -> Self {
                    Self::from(create.0)
                }
            }
        }
    });
    let line = format!(" A [`{target}`] that has everything a create call requires.");
    quote! {
        #[doc = #line]
        pub struct #name(#target);

        ::docbind_runtime::create! { #name #target }

        #(#conversions)*

        impl #name {
            /// What is required.
            #[inline]
            pub fn new(#(#arguments),*) -> Self {
                Self(<#target as ::core::default::Default>::default() #(#calls)*)
            }

            #(#setters)*
        }
    }
}

/// Arguments for the required fields, and the calls of the setters that take them.
fn emit_required(
    fields: &[FieldPlan<'_>],
    names: &Names<'_>,
) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let required = fields.iter().filter(|field| field.is_required);
    required
        .map(|field| {
            let (ident, argument) = (&field.ident, names.argument(field.ty));
            (quote! { #ident: #argument }, quote! { .#ident(#ident) })
        })
        .unzip()
}
