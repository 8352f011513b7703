//! The table of permissions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::Permissions;
use crate::plan::PermissionTable;

/// The module that leads from a request to the permissions that it needs.
pub(super) fn emit_permissions(table: &PermissionTable<'_>) -> TokenStream {
    let sets = table.sets.iter().map(|permissions| emit_set(permissions));
    let endpoints = table.endpoints.iter().map(|(operation, place)| {
        let (operation, place) = (Literal::string(operation), Literal::usize_unsuffixed(*place));
        quote! { (#operation, #place) }
    });
    quote! {
        #![doc = " The permissions that calls need."]

        /// The permissions that allow a call, as the docs state them. None where they say nothing.
        pub fn of<T>(
            request: &::docbind_runtime::Request<T>,
        ) -> ::core::option::Option<&'static ::docbind_runtime::Permissions> {
            ::docbind_runtime::codegen::permissions(&request.operation(), ENDPOINTS, SETS)
        }

        static SETS: &[::docbind_runtime::Permissions] = &[#(#sets),*];

        static ENDPOINTS: &[(&str, usize)] = &[#(#endpoints),*];
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
