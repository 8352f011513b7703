//! A base that answers hold, and the type that they mean.

/// Anything in a directory.
#[non_exhaustive]
pub struct DirectoryObject {
    /// The identifier.
    pub id: ::core::option::Option<::std::string::String>,
    /// What came with the object and has no field of its own.
    pub extra: ::docbind_runtime::Extra,
}

::docbind_runtime::object! {
    DirectoryObject "microsoft.graph.directoryObject" { 0 id "id" } extra ::core::option::Option::None
}

/// Someone in a directory.
#[non_exhaustive]
pub struct User {
    /// The identifier.
    pub id: ::core::option::Option<::std::string::String>,
    /// The name.
    pub display_name: ::core::option::Option<::std::string::String>,
    /// What came with the object and has no field of its own.
    pub extra: ::docbind_runtime::Extra,
}

::docbind_runtime::object! {
    User "microsoft.graph.user" { 0 id "id" 1 display_name "displayName" } extra ::core::option::Option::None
}

::docbind_runtime::extends! { User { DirectoryObject } }

::docbind_runtime::properties! {
    User {
        ID "id" (::std::string::String)
        DISPLAY_NAME "displayName" (::std::string::String)
    }
}
