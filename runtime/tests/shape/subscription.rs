//! A type with required properties, and the create type that asks for them.

/// A subscription.
#[non_exhaustive]
pub struct Subscription {
    /// What changes are told.
    pub change_type: ::core::option::Option<::std::string::String>,
    /// Who is told.
    pub notification_url: ::core::option::Option<::std::string::String>,
    /// What is sent along.
    pub client_state: ::core::option::Option<::std::string::String>,
    /// What came with the object and has no field of its own.
    pub extra: ::docbind_runtime::Extra,
}

::docbind_runtime::object! {
    Subscription "microsoft.graph.subscription" {
        0 change_type "changeType"
        1 notification_url "notificationUrl"
        2 client_state "clientState"
    } extra ::core::option::Option::None
}

::docbind_runtime::setters! {
    Subscription {
        change_type(into ::std::string::String)
        notification_url(into ::std::string::String)
        client_state(into ::std::string::String)
    }
}

/// A [`Subscription`] that has everything a create call requires.
pub struct SubscriptionCreate(Subscription);

// Conversion into the type, `Clone`, `Debug`, `PartialEq` and `Serialize`.
::docbind_runtime::create! { SubscriptionCreate Subscription }

impl SubscriptionCreate {
    /// What is required.
    #[inline]
    pub fn new(
        change_type: impl ::core::convert::Into<::std::string::String>,
        notification_url: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        Self(Subscription::default().change_type(change_type).notification_url(notification_url))
    }

    /// Sets [`client_state`](Subscription::client_state).
    // The setters of the properties that are not required, by those of the type.
    #[inline]
    #[must_use]
    pub fn client_state(self, value: impl ::core::convert::Into<::std::string::String>) -> Self {
        Self(self.0.client_state(value))
    }
}
