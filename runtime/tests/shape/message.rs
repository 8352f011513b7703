//! An entity with a base, and its update.

use super::importance::{Importance, MessageFlag};
use super::recipient::Recipient;

/// A message in a mailbox.
#[non_exhaustive]
pub struct Message {
    /// The identifier.
    pub id: ::core::option::Option<::std::string::String>,
    /// The subject.
    pub subject: ::core::option::Option<::std::string::String>,
    /// Whether it has been read.
    pub is_read: ::core::option::Option<bool>,
    /// How much it matters.
    pub importance: ::core::option::Option<Importance>,
    /// Who sent it.
    pub from: ::core::option::Option<::docbind_runtime::Boxed<Recipient>>,
    /// Who it goes to.
    pub to_recipients: ::core::option::Option<::std::vec::Vec<Recipient>>,
    /// Its categories.
    pub categories: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
    /// When it came.
    pub received_date_time: ::core::option::Option<::docbind_runtime::DateTimeOffset>,
    /// What has become of it.
    pub flags: ::core::option::Option<::docbind_runtime::Flags<MessageFlag>>,
    /// Its size.
    pub size: ::core::option::Option<i32>,
    /// Anything: `Edm.Untyped` and `Edm.Stream`.
    pub internet_headers: ::core::option::Option<::docbind_runtime::Value>,
    /// What came with the object and has no field of its own.
    pub extra: ::docbind_runtime::Extra,
}

::docbind_runtime::object! {
    Message "microsoft.graph.message" {
        0 id "id"
        1 subject "subject"
        2 is_read "isRead"
        3 importance "importance"
        4 from "from"
        5 to_recipients "toRecipients"
        6 categories "categories"
        7 received_date_time "receivedDateTime"
        8 flags "flags"
        9 size "size"
        10 internet_headers "internetHeaders"
    } extra ::core::option::Option::None
}

// Numbers and booleans are taken as they are, so that literals infer.
::docbind_runtime::setters! {
    Message {
        id(into ::std::string::String)
        subject(into ::std::string::String)
        is_read(bool)
        importance(into Importance)
        from(boxed Recipient)
        to_recipients(list Recipient)
        categories(list ::std::string::String)
        received_date_time(into ::docbind_runtime::DateTimeOffset)
        flags(into ::docbind_runtime::Flags<MessageFlag>)
        size(i32)
        internet_headers(into ::docbind_runtime::Value)
    }
}

impl Message {
    /// An object without any property.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}

// The type of an object property is the object (no box), of a collection `Vec<…>`.
::docbind_runtime::properties! {
    Message {
        ID "id" (::std::string::String)
        SUBJECT "subject" (::std::string::String)
        IS_READ "isRead" (bool)
        IMPORTANCE "importance" (Importance)
        FROM "from" (Recipient)
        TO_RECIPIENTS "toRecipients" (::std::vec::Vec<Recipient>)
        CATEGORIES "categories" (::std::vec::Vec<::std::string::String>)
        RECEIVED_DATE_TIME "receivedDateTime" (::docbind_runtime::DateTimeOffset)
        FLAGS "flags" (::docbind_runtime::Flags<MessageFlag>)
        SIZE "size" (i32)
        INTERNET_HEADERS "internetHeaders" (::docbind_runtime::Value)
    }
}

/// What an update does with the properties of a [`Message`].
// Every field is a `Patch`, objects without a box. Same macros; the name is that of the type.
#[non_exhaustive]
pub struct MessageUpdate {
    /// The subject.
    pub subject: ::docbind_runtime::Patch<::std::string::String>,
    /// Who sent it.
    pub from: ::docbind_runtime::Patch<Recipient>,
    /// Its categories.
    pub categories: ::docbind_runtime::Patch<::std::vec::Vec<::std::string::String>>,
    /// Its size.
    pub size: ::docbind_runtime::Patch<i32>,
    /// Properties that have no field of their own.
    pub extra: ::docbind_runtime::Extra,
}

::docbind_runtime::object! {
    MessageUpdate "microsoft.graph.message" {
        0 subject "subject"
        1 from "from"
        2 categories "categories"
        3 size "size"
    } extra ::docbind_runtime::Patch::Absent
}

::docbind_runtime::setters! {
    MessageUpdate {
        subject(patch ::std::string::String)
        from(patch Recipient)
        categories(patch ::std::vec::Vec<::std::string::String>)
        size(patch i32)
    }
}

impl MessageUpdate {
    /// An update that leaves everything as it is.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }
}
