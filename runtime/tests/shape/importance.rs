//! Enumerations.

/// How much a message matters.
#[non_exhaustive]
pub enum Importance {
    /// Little.
    Low,
    /// As usual.
    Normal,
    /// Much.
    High,
    /// A member that the docs did not know when this was generated.
    // Called `Unrecognized_` when a member is called that.
    Unrecognized(::std::string::String),
}

::docbind_runtime::enumeration! {
    Importance { Low "low" Normal "normal" High "high" } Unrecognized
}

/// What has become of a message.
// A flags enumeration is an enumeration like any other; the properties are `Flags<MessageFlag>`.
#[non_exhaustive]
pub enum MessageFlag {
    /// It has been seen.
    Seen,
    /// It has been answered.
    Answered,
    /// A member that the docs did not know when this was generated.
    Unrecognized(::std::string::String),
}

::docbind_runtime::enumeration! {
    MessageFlag { Seen "seen" Answered "answered" } Unrecognized
}
