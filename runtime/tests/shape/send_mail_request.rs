//! The parameters of an action: a type like any other, with a `new` that takes what is required.

use super::message::Message;

/// The parameters of `sendMail`.
#[non_exhaustive]
pub struct SendMailRequest {
    /// What to send.
    pub message: ::core::option::Option<::docbind_runtime::Boxed<Message>>,
    /// Whether to keep it.
    pub save_to_sent_items: ::core::option::Option<bool>,
    /// Parameters that have no field of their own.
    pub extra: ::docbind_runtime::Extra,
}

// It has no name in the API; that of the action stands in messages.
::docbind_runtime::object! {
    SendMailRequest "sendMail" {
        0 message "message"
        1 save_to_sent_items "saveToSentItems"
    } extra ::core::option::Option::None
}

::docbind_runtime::setters! {
    SendMailRequest {
        message(boxed Message)
        save_to_sent_items(bool)
    }
}

impl SendMailRequest {
    /// The parameters that are required.
    // Arguments have the types of the setters, which do the work.
    #[inline]
    pub fn new(message: impl ::core::convert::Into<Message>) -> Self {
        Self::default().message(message)
    }
}
