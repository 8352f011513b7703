//! The macros that generated code calls, one for each kind of item.

/// The codec of an object type: its name, then number, field and JSON name of each property, then
/// the field of the extra properties, then what a field holds that holds nothing: `None`, or
/// `Absent` in an update. Naming that once is cheaper to compile than a trait that knows it.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    (
        $ty:ident $name:literal { $($index:literal $field:ident $json:literal)* }
        $extra:ident $empty:path
    ) => {
        impl $crate::codegen::Fields for $ty {
            #[inline]
            fn table(&self) -> &'static $crate::codegen::Table {
                &$crate::codegen::Table { name: $name, fields: &[$($json),*] }
            }
            #[inline]
            fn field(&self, index: usize) -> &dyn $crate::codegen::Field {
                match index {
                    $($index => &self.$field,)*
                    _ => &self.$extra,
                }
            }
            #[inline]
            fn field_mut(&mut self, index: usize) -> &mut dyn $crate::codegen::Field {
                match index {
                    $($index => &mut self.$field,)*
                    _ => &mut self.$extra,
                }
            }
        }
        impl $crate::codegen::Type for $ty {}
        impl ::core::default::Default for $ty {
            #[inline]
            fn default() -> Self {
                Self {
                    $($field: $empty,)*
                    $extra: $crate::Extra::new(),
                }
            }
        }
        impl ::core::clone::Clone for $ty {
            #[inline]
            fn clone(&self) -> Self {
                $crate::codegen::copy(self)
            }
        }
        impl ::core::cmp::PartialEq for $ty {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::equal(self, other)
            }
        }
        impl ::core::fmt::Debug for $ty {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen::debug(self, formatter)
            }
        }
        impl $crate::codegen::Serialize for $ty {
            fn serialize<S: $crate::codegen::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::codegen::serialize(self, serializer)
            }
        }
        impl<'de> $crate::codegen::Deserialize<'de> for $ty {
            fn deserialize<D: $crate::codegen::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codegen::deserialize(deserializer)
            }
        }
    };
}

/// The text of each member of an enumeration.
#[doc(hidden)]
#[macro_export]
macro_rules! enumeration {
    ($ty:ident { $($member:ident $text:literal)* } $fallback:ident) => {
        impl $crate::codegen::Text for $ty {
            #[inline]
            fn from_text(text: &str) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(match text {
                    $($text => Self::$member,)*
                    _ => Self::$fallback(::std::borrow::ToOwned::to_owned(text)),
                })
            }
            #[inline]
            fn as_text(&self) -> &str {
                match self {
                    $(Self::$member => $text,)*
                    Self::$fallback(text) => text,
                }
            }
        }
        impl $crate::codegen::Kind for $ty {
            #[inline]
            fn view(&self) -> $crate::codegen::View<'_> {
                $crate::codegen::View::Text($crate::codegen::Text::as_text(self))
            }
            #[inline]
            fn slot(place: &mut ::core::option::Option<Self>) -> $crate::codegen::Slot<'_> {
                $crate::codegen::Slot::Text(place)
            }
        }
        impl $crate::Enumeration for $ty {
            const MEMBERS: &'static [&'static str] = &[$($text),*];
        }
        impl $crate::FromResponse for $ty {
            #[inline]
            fn from_response(response: &$crate::Response, _: bool) -> $crate::Result<Self> {
                $crate::codegen::read_value(response)
            }
        }
        impl ::core::clone::Clone for $ty {
            #[inline]
            fn clone(&self) -> Self {
                $crate::codegen::copy_text(self)
            }
        }
        impl ::core::cmp::PartialEq for $ty {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::Text::as_text(self) == $crate::codegen::Text::as_text(other)
            }
        }
        impl ::core::cmp::Eq for $ty {}
        impl ::core::hash::Hash for $ty {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash($crate::codegen::Text::as_text(self), state)
            }
        }
        impl ::core::fmt::Debug for $ty {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt($crate::codegen::Text::as_text(self), formatter)
            }
        }
        impl ::core::fmt::Display for $ty {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.pad($crate::codegen::Text::as_text(self))
            }
        }
        impl ::core::convert::From<&str> for $ty {
            #[inline]
            fn from(text: &str) -> Self {
                $crate::codegen::read_text(text)
            }
        }
        impl $crate::codegen::Serialize for $ty {
            fn serialize<S: $crate::codegen::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::codegen::serialize_text(self, serializer)
            }
        }
        impl<'de> $crate::codegen::Deserialize<'de> for $ty {
            fn deserialize<D: $crate::codegen::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codegen::deserialize_text(deserializer)
            }
        }
    };
}

/// The types that a type extends, the nearest first: conversion to each of them.
#[doc(hidden)]
#[macro_export]
macro_rules! extends {
    ($ty:ident { $($base:path)* }) => {$(
        impl $crate::Extends<$base> for $ty {}
        impl ::core::convert::From<$ty> for $base {
            #[inline]
            fn from(object: $ty) -> Self {
                $crate::codegen::into_base(&object)
            }
        }
    )*};
}

/// Setters: `field(Type)` takes the value itself, `field(into Type)` what converts into it,
/// `field(boxed Type)` the same for an object in a box, `field(list Type)` any number of these,
/// `field(patch Type)` what makes a `Patch` of it.
#[doc(hidden)]
#[macro_export]
macro_rules! setters {
    ($ty:ident { $($field:ident ($($how:tt)+))* }) => {
        impl $ty {
            $($crate::setter! { $field $($how)+ })*
        }
    };
}

/// One setter.
#[doc(hidden)]
#[macro_export]
macro_rules! setter {
    ($field:ident into $ty:ty) => {
        #[doc = "Sets the property of this name."]
        pub fn $field(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            $crate::codegen::set_into(&mut self.$field, value);
            self
        }
    };
    ($field:ident boxed $ty:ty) => {
        #[doc = "Sets the property of this name."]
        pub fn $field(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            $crate::codegen::set_boxed(&mut self.$field, value);
            self
        }
    };
    ($field:ident list $ty:ty) => {
        #[doc = "Sets the property of this name."]
        pub fn $field(
            mut self,
            values: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$ty>>,
        ) -> Self {
            $crate::codegen::set_list(&mut self.$field, values);
            self
        }
    };
    ($field:ident patch $ty:ty) => {
        #[doc = "Sets the property of this name, or takes its value away."]
        pub fn $field(mut self, value: impl ::core::convert::Into<$crate::Patch<$ty>>) -> Self {
            $crate::codegen::set_patch(&mut self.$field, value);
            self
        }
    };
    ($field:ident $ty:ty) => {
        #[doc = "Sets the property of this name."]
        #[inline]
        pub fn $field(mut self, value: $ty) -> Self {
            self.$field = ::core::option::Option::Some(value);
            self
        }
    };
}

/// The constants of a type's properties: name of the constant, name in JSON, type of the values.
#[doc(hidden)]
#[macro_export]
macro_rules! properties {
    ($ty:ident { $($constant:ident $json:literal ($value:ty))* }) => {$(
        #[doc = $json]
        pub const $constant: $crate::Property<$ty, $value> =
            $crate::Property { name: $json, marker: ::core::marker::PhantomData };
    )*};
}

/// How a client is made, for the root of the nodes, which programs keep in types of their own.
#[doc(hidden)]
#[macro_export]
macro_rules! client {
    ($ty:ident $base_url:literal $permissions:path) => {
        impl $ty {
            /// A client that calls the service with tokens of this credential.
            ///
            /// Fails where TLS cannot be set up, and without the feature `reqwest`: then
            /// [`builder`](Self::builder) takes a transport and a clock.
            pub fn new(credential: impl $crate::auth::Credential) -> $crate::Result<Self> {
                Self::builder().credential(credential).build().map(Self::with)
            }

            /// Begins a client that is set up otherwise: `build` makes it, [`with`](Self::with) uses
            /// it.
            pub fn builder() -> $crate::ClientBuilder {
                $crate::Client::builder($base_url)
            }

            /// A client that builds requests, which can be inspected, and sends none.
            pub fn offline() -> Self {
                Self::with($crate::Client::offline($base_url))
            }

            /// Uses a client that has been set up.
            pub fn with(client: $crate::Client) -> Self {
                Self($crate::codegen::Node::root(client, &$permissions))
            }
        }
        impl ::core::convert::AsRef<$crate::Client> for $ty {
            #[inline]
            fn as_ref(&self) -> &$crate::Client {
                self.0.client()
            }
        }
        impl ::core::clone::Clone for $ty {
            #[inline]
            fn clone(&self) -> Self {
                Self(::core::clone::Clone::clone(&self.0))
            }
        }
        impl ::core::fmt::Debug for $ty {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.debug_tuple(::core::stringify!($ty)).field(&self.0).finish()
            }
        }
    };
}

/// A type that wraps another, for a create call.
#[doc(hidden)]
#[macro_export]
macro_rules! create {
    ($ty:ident $target:ident) => {
        impl ::core::convert::From<$ty> for $target {
            #[inline]
            fn from(create: $ty) -> Self {
                create.0
            }
        }
        impl $crate::Bind for $ty {
            #[inline]
            fn extra_properties_mut(&mut self) -> &mut $crate::Extra {
                $crate::Bind::extra_properties_mut(&mut self.0)
            }
        }
        impl ::core::clone::Clone for $ty {
            #[inline]
            fn clone(&self) -> Self {
                Self($crate::codegen::copy(&self.0))
            }
        }
        impl ::core::cmp::PartialEq for $ty {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::codegen::equal(&self.0, &other.0)
            }
        }
        impl ::core::fmt::Debug for $ty {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen::debug(&self.0, formatter)
            }
        }
    };
}

/// Includes what `docbind::Build` generated in the crate's `build.rs`, at the place where it stands:
/// at the root of the crate, or in a module.
///
/// ```ignore
/// docbind_runtime::include_api!();
///
/// pub mod graph {
///     // Of several APIs, the one that `Build::name` calls so.
///     docbind_runtime::include_api!("graph");
/// }
/// ```
#[macro_export]
macro_rules! include_api {
    () => {
        $crate::include_api!("api");
    };
    ($name:literal) => {
        ::core::include!(::core::concat!(
            ::core::env!("OUT_DIR"),
            "/docbind/",
            $name,
            "/src/mod.rs"
        ));
    };
}
