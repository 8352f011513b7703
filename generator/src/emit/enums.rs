//! Enumerations.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::doc::emit_doc;
use super::tokens::{emit_attributes, emit_replacement};
use crate::plan::{EnumPlan, VariantPlan};

pub(super) fn emit_enum(plan: &EnumPlan<'_>) -> TokenStream {
    let name = &plan.ident;
    if let Some(replacement) = &plan.replacement {
        return emit_replacement(name, replacement);
    }
    let doc = emit_doc(&plan.doc);
    let attributes = emit_attributes(&plan.attributes);
    let variants = plan.variants.iter().map(emit_variant);
    let members = plan.variants.iter().map(|variant| {
        let (ident, text) = (&variant.ident, Literal::string(variant.text));
        quote! { #ident #text }
    });
    quote! {
        #doc
        #attributes
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A member that the docs did not know when this was generated."]
            Unrecognized(::std::string::String),
        }

        ::docbind_runtime::enumeration! { #name { #(#members)* } Unrecognized }
    }
}

fn emit_variant(plan: &VariantPlan<'_>) -> TokenStream {
    let doc = emit_doc(&plan.doc);
    let name = &plan.ident;
    quote! { #doc #name }
}
