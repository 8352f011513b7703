//! Modules: what they declare, export and import.

use proc_macro2::TokenStream;
use quote::quote;

use super::enums::emit_enum;
use super::input::{ModuleInput, NamespaceInput, TypesInput};
use super::structs::{emit_request, emit_struct};
use super::tokens::Names;
use crate::plan::ImportPlan;

/// The file of one module of types.
pub(super) fn emit_type_module(input: &TypesInput<'_>) -> TokenStream {
    let names = Names::Imported(&input.names);
    let uses = input.uses.iter().map(emit_use);
    let struct_ = input.struct_.map(|struct_| emit_struct(struct_, &names));
    let enum_ = input.enum_.map(emit_enum);
    let requests = input.requests.iter().map(|request| emit_request(request, &names));
    quote! { #(#uses)* #struct_ #enum_ #(#requests)* }
}

fn emit_use(plan: &ImportPlan) -> TokenStream {
    let (path, ident) = (&plan.path, &plan.ident);
    let alias = plan.alias.as_ref().map(|alias| quote! { as #alias });
    if plan.up == 0 {
        return quote! { use crate::#(#path::)*#ident #alias; };
    }
    let up = std::iter::repeat_n(quote! { super:: }, plan.up);
    quote! { use #(#up)* #(#path::)*#ident #alias; }
}

/// What the module of a namespace declares and exports.
pub(super) fn emit_namespace(input: &NamespaceInput<'_>) -> TokenStream {
    let children = input.children.iter().map(|child| quote! { pub mod #child; });
    let modules = input.modules.iter().map(emit_module);
    quote! { #(#children)* #(#modules)* }
}

fn emit_module(input: &ModuleInput<'_>) -> TokenStream {
    let ModuleInput { ident, exports, is_public } = input;
    let visibility = is_public.then(|| quote! { pub });
    let export = (!exports.is_empty()).then(|| {
        let inline = is_public.then(|| quote! { #[doc(inline)] });
        quote! { #inline pub use self::#ident::{#(#exports),*}; }
    });
    quote! { #visibility mod #ident; #export }
}
