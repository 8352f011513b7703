//! The table of permissions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::Permissions;
use crate::plan::PermissionTable;

/// The module with the table that a client looks permissions up in.
pub(super) fn emit_permissions(table: &PermissionTable<'_>) -> TokenStream {
    let sets = table.sets.iter().map(|permissions| emit_set(permissions));
    let endpoints = table.endpoints.iter().map(|(operation, place)| {
        let (operation, place) =
            (Literal::u64_unsuffixed(*operation), Literal::usize_unsuffixed(*place));
        quote! { (#operation, #place) }
    });
    quote! {
        #![doc = " The permissions that calls need, by the hashes of their operations."]

        pub(crate) static TABLE: ::docbind_runtime::codegen::PermissionTable =
            ::docbind_runtime::codegen::PermissionTable::new(
                &[#(#endpoints),*],
                &[#(#sets),*],
            );
    }
}

fn emit_set(permissions: &Permissions) -> TokenStream {
    let list = |names: &[String]| {
        let names = names.iter().map(|name| Literal::string(name));
        quote! { &[#(#names),*] }
    };
    let work = list(&permissions.delegated_work);
    let personal = list(&permissions.delegated_personal);
    let application = list(&permissions.application);
    quote! { ::docbind_runtime::Permissions::new(#work, #personal, #application) }
}
