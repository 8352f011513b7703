//! A complex type.

/// Someone a message goes to.
// Fields of the base come first, flattened, then its own, in the order of the docs. All are
// `Option`; objects are boxed (`Option<Box<T>>`), in lists they are not (`Option<Vec<T>>`).
#[non_exhaustive]
pub struct Recipient {
    /// The name.
    pub name: ::core::option::Option<::std::string::String>,
    /// The address.
    pub address: ::core::option::Option<::std::string::String>,
    /// What came with the object and has no field of its own.
    // Called `extra_` when the API has a property `extra`.
    pub extra: ::docbind_runtime::Extra,
}

// The type, its full name, then for each field: its number, counted from 0, the field, its name in
// JSON. At the end the name of the field for extra properties.
::docbind_runtime::object! {
    Recipient "microsoft.graph.recipient" {
        0 name "name"
        1 address "address"
    } extra ::core::option::Option::None
}

// Only for types that are used in request bodies.
::docbind_runtime::setters! {
    Recipient {
        name(into ::std::string::String)
        address(into ::std::string::String)
    }
}

impl Recipient {
    /// An object without any property.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

// For every type, also those never used in bodies: constants to select, filter and sort by.
::docbind_runtime::properties! {
    Recipient {
        NAME "name" (::std::string::String)
        ADDRESS "address" (::std::string::String)
    }
}
