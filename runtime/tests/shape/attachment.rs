//! A base and a type that extends it.

/// Something attached.
#[non_exhaustive]
pub struct Attachment {
    /// Its name.
    pub name: ::core::option::Option<::std::string::String>,
    /// What came with the object and has no field of its own.
    pub extra: ::docbind_runtime::Extra,
}

::docbind_runtime::object! {
    Attachment "microsoft.graph.attachment" { 0 name "name" } extra ::core::option::Option::None
}

/// A file attached.
#[non_exhaustive]
pub struct FileAttachment {
    /// Its name.
    pub name: ::core::option::Option<::std::string::String>,
    /// Its content.
    pub content_bytes: ::core::option::Option<::docbind_runtime::Binary>,
    /// What came with the object and has no field of its own.
    pub extra: ::docbind_runtime::Extra,
}

::docbind_runtime::object! {
    FileAttachment "microsoft.graph.fileAttachment" {
        0 name "name"
        1 content_bytes "contentBytes"
    } extra ::core::option::Option::None
}

// All types that it extends, the nearest first: `From<FileAttachment> for Attachment`, which writes
// `@odata.type`, and the bound that `to` and `downcast` ask for.
::docbind_runtime::extends! { FileAttachment { Attachment } }

::docbind_runtime::setters! {
    FileAttachment {
        name(into ::std::string::String)
        content_bytes(into ::docbind_runtime::Binary)
    }
}

impl FileAttachment {
    /// An object without any property.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}
