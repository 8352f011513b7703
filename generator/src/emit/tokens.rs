//! Names and types of the plan as tokens.

use std::collections::BTreeMap;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};

use super::input::TypePaths;
use crate::model::Primitive;
use crate::plan::{FieldType, Ident, Replacement, Scalar, Used};

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(proc_macro2::Ident::new(self.as_str(), Span::call_site()));
    }
}

/// How structs and enums are named at a place.
pub(super) enum Names<'n> {
    /// By these names, which are imported.
    Imported(&'n BTreeMap<Used, Ident>),
    /// By their path below the module of the version, see [`emit_types`].
    Qualified(&'n TypePaths<'n>),
}

impl Names<'_> {
    /// The type of one value.
    pub(super) fn scalar(&self, scalar: Scalar) -> TokenStream {
        match scalar {
            Scalar::Primitive(primitive) => emit_primitive(primitive),
            Scalar::Struct(_) | Scalar::Enum(_) => self.item(Used::Type(scalar)),
            Scalar::Flags(_) => {
                let enum_ = self.item(Used::Type(scalar.item()));
                quote! { ::docbind_runtime::Flags<#enum_> }
            }
        }
    }

    /// The type of a value or a list of values, without a box.
    pub(super) fn value(&self, ty: FieldType) -> TokenStream {
        let item = self.element(ty);
        if ty.is_collection {
            quote! { ::std::vec::Vec<#item> }
        } else {
            item
        }
    }

    /// The type of one value, or of an element of the list.
    fn element(&self, ty: FieldType) -> TokenStream {
        let scalar = self.scalar(ty.scalar);
        if ty.has_boxes {
            quote! { ::docbind_runtime::Boxed<#scalar> }
        } else {
            scalar
        }
    }

    /// The type of a field that may be absent.
    pub(super) fn field(&self, ty: FieldType) -> TokenStream {
        let value = self.value(ty);
        if is_boxed(ty) {
            quote! { ::core::option::Option<::docbind_runtime::Boxed<#value>> }
        } else {
            quote! { ::core::option::Option<#value> }
        }
    }

    /// How the macro `setters!` is told what a setter takes.
    pub(super) fn setter(&self, ty: FieldType) -> TokenStream {
        let scalar = self.element(ty);
        if ty.is_collection {
            quote! { list #scalar }
        } else if is_boxed(ty) {
            quote! { boxed #scalar }
        } else if is_plain(ty.scalar) {
            scalar
        } else {
            quote! { into #scalar }
        }
    }

    /// The type of the argument that such a setter takes.
    pub(super) fn argument(&self, ty: FieldType) -> TokenStream {
        let scalar = self.element(ty);
        if ty.is_collection {
            quote! { impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<#scalar>> }
        } else if is_plain(ty.scalar) {
            scalar
        } else {
            quote! { impl ::core::convert::Into<#scalar> }
        }
    }

    /// A struct or an enum.
    pub(super) fn item(&self, used: Used) -> TokenStream {
        match self {
            Self::Imported(names) => names[&used].to_token_stream(),
            Self::Qualified(types) => {
                let (path, ident) = &types.items[&used];
                let types = emit_types(types);
                quote! { #types::#(#path::)*#ident }
            }
        }
    }
}

/// What the caller wants in front of a type.
pub(super) fn emit_attributes(attributes: &[String]) -> TokenStream {
    attributes.iter().map(|attribute| stated(attribute)).collect()
}

/// A type of the caller's, by the name that all other files know.
pub(super) fn emit_replacement(name: &Ident, plan: &Replacement) -> TokenStream {
    let path = stated(&plan.path);
    let doc = " Stands in place of the type that the docs describe, as an override of types says.";
    quote! {
        #[doc = #doc]
        pub use #path as #name;
    }
}

/// The tokens of what the caller wrote, which the plan has read before.
fn stated(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|error| panic!("`{text}` was Rust before: {error}"))
}

/// How the files of nodes name the module of the version.
pub(super) fn emit_types(types: &TypePaths<'_>) -> TokenStream {
    // It has no path that could be imported where it is included in another crate.
    if types.is_included {
        quote! { super::super }
    } else {
        quote! { types }
    }
}

/// Objects are boxed, so that types can hold each other and stay small.
fn is_boxed(ty: FieldType) -> bool {
    matches!(ty.scalar, Scalar::Struct(_)) && !ty.is_collection
}

/// Numbers and booleans are taken as they are, so that the types of literals are inferred.
fn is_plain(scalar: Scalar) -> bool {
    use Primitive::{Boolean, Byte, Double, Int16, Int32, Int64, SByte, Single};
    matches!(
        scalar,
        Scalar::Primitive(Boolean | Byte | Double | Int16 | Int32 | Int64 | SByte | Single)
    )
}

fn emit_primitive(primitive: Primitive) -> TokenStream {
    match primitive {
        Primitive::String => quote! { ::std::string::String },
        Primitive::Boolean => quote! { bool },
        Primitive::Byte => quote! { u8 },
        Primitive::SByte => quote! { i8 },
        Primitive::Int16 => quote! { i16 },
        Primitive::Int32 => quote! { i32 },
        Primitive::Int64 => quote! { i64 },
        Primitive::Single | Primitive::Double => quote! { f64 },
        Primitive::Decimal => quote! { ::docbind_runtime::Decimal },
        Primitive::Guid => quote! { ::docbind_runtime::Guid },
        Primitive::Date => quote! { ::docbind_runtime::Date },
        Primitive::DateTimeOffset => quote! { ::docbind_runtime::DateTimeOffset },
        Primitive::Duration => quote! { ::docbind_runtime::Duration },
        Primitive::TimeOfDay => quote! { ::docbind_runtime::TimeOfDay },
        Primitive::Binary => quote! { ::docbind_runtime::Binary },
        Primitive::Stream | Primitive::Untyped => quote! { ::docbind_runtime::Value },
    }
}
