//! Nodes: a struct for each path prefix. A node holds the arguments so far, and each endpoint gives
//! the whole path template.
//!
//! In a template, arguments are taken in order; what stands around a placeholder says how it is
//! encoded. The name in braces is for messages and may be anything without `}`, a `+` or `?` in
//! front excepted:
//!
//! - `{id}`: a segment, or an argument that is no string.
//! - `'{id}'`: a string literal of OData; quotes in it are doubled.
//! - `{+path}`: a path of its own: slashes stay.
//! - `{?width,height,mode'}`: those of the optional arguments of a function that are given, written
//!   `width=1,mode='x'`. One argument each, by `with_optional`.

use super::directory_object::{DirectoryObject, User};
use super::message::{Message, MessageUpdate};
use super::send_mail_request::SendMailRequest;

/// `/me`
pub struct Me(pub(crate) ::docbind_runtime::codegen::Node);

impl Me {
    /// `/me/messages`
    // A segment.
    #[inline]
    pub fn messages(&self) -> MeMessages {
        MeMessages(self.0.clone())
    }

    /// `/me/drive`
    #[inline]
    pub fn drive(&self) -> MeDrive {
        MeDrive(self.0.clone())
    }

    /// `/me/photo`
    #[inline]
    pub fn photo(&self) -> MePhoto {
        MePhoto(self.0.clone())
    }

    /// Reminders.
    // A function with arguments: a node. String arguments take `impl Display`; others their type
    // (`i32`, `bool`, `&::docbind_runtime::DateTimeOffset` …), which all are `Display`.
    #[inline]
    pub fn reminder_view(
        &self,
        start_date_time: impl ::core::fmt::Display,
        end_date_time: impl ::core::fmt::Display,
    ) -> MeReminderView {
        MeReminderView(self.0.with(start_date_time).with(end_date_time))
    }

    /// Gets the caller.
    #[inline]
    pub fn get(&self) -> ::docbind_runtime::Request<User> {
        self.0.get("/me")
    }

    /// Sends a message.
    // An action: the method returns the request. `json::<B>` takes what converts into `B`.
    #[inline]
    pub fn send_mail(
        &self,
        body: impl ::core::convert::Into<SendMailRequest>,
    ) -> ::docbind_runtime::Request<()> {
        self.0.post("/me/sendMail").json::<SendMailRequest>(body)
    }
}

/// `/me/messages`
pub struct MeMessages(pub(crate) ::docbind_runtime::codegen::Node);

impl MeMessages {
    /// `/me/messages/{id}`
    // A key.
    #[inline]
    pub fn by_id(&self, id: impl ::core::fmt::Display) -> MeMessagesById {
        MeMessagesById(self.0.with(id))
    }

    /// Lists messages.
    #[inline]
    pub fn list(&self) -> ::docbind_runtime::Request<::docbind_runtime::Page<Message>> {
        self.0.get("/me/messages")
    }

    /// Creates a message.
    #[inline]
    pub fn create(
        &self,
        body: impl ::core::convert::Into<Message>,
    ) -> ::docbind_runtime::Request<Message> {
        self.0.post("/me/messages").json::<Message>(body)
    }

    /// Counts messages.
    #[inline]
    pub fn count(&self) -> ::docbind_runtime::Request<i64> {
        self.0.get("/me/messages/$count")
    }
}

/// `/me/messages/{id}`
pub struct MeMessagesById(pub(crate) ::docbind_runtime::codegen::Node);

impl MeMessagesById {
    /// Gets a message.
    #[inline]
    pub fn get(&self) -> ::docbind_runtime::Request<Message> {
        self.0.get("/me/messages/{id}")
    }

    /// Updates a message.
    #[inline]
    pub fn update(
        &self,
        body: impl ::core::convert::Into<MessageUpdate>,
    ) -> ::docbind_runtime::Request<Message> {
        self.0.patch("/me/messages/{id}").json::<MessageUpdate>(body)
    }

    /// Deletes a message.
    #[inline]
    pub fn delete(&self) -> ::docbind_runtime::Request<()> {
        self.0.delete("/me/messages/{id}")
    }

    /// Gets the message as MIME.
    // `/$value`, `/content`, a stream property.
    #[inline]
    pub fn content(&self) -> ::docbind_runtime::Request<::docbind_runtime::Content> {
        self.0.get("/me/messages/{id}/$value")
    }

    /// Archives a message.
    // 202: `Accepted`. A query parameter that the docs require is an argument; others are left to
    // `Request::query`.
    #[inline]
    pub fn archive(
        &self,
        reason: impl ::core::fmt::Display,
    ) -> ::docbind_runtime::Request<::docbind_runtime::Accepted> {
        self.0.post("/me/messages/{id}/archive").query("reason", reason)
    }

    /// Gets the reply, where there is one.
    // Where only some success codes have a body.
    #[inline]
    pub fn reply(&self) -> ::docbind_runtime::Request<::core::option::Option<Message>> {
        self.0.get("/me/messages/{id}/reply")
    }
}

/// `/me/drive`
pub struct MeDrive(pub(crate) ::docbind_runtime::codegen::Node);

impl MeDrive {
    /// `/me/drive/root`
    #[inline]
    pub fn root(&self) -> MeDriveRoot {
        MeDriveRoot(self.0.clone())
    }
}

/// `/me/drive/root`
pub struct MeDriveRoot(pub(crate) ::docbind_runtime::codegen::Node);

impl MeDriveRoot {
    /// `/me/drive/root:/{path}:`
    #[inline]
    pub fn by_path(&self, path: impl ::core::fmt::Display) -> MeDriveRootByPath {
        MeDriveRootByPath(self.0.with(path))
    }
}

/// `/me/drive/root:/{path}:`
pub struct MeDriveRootByPath(pub(crate) ::docbind_runtime::codegen::Node);

impl MeDriveRootByPath {
    /// Uploads a file.
    #[inline]
    pub fn set_content(
        &self,
        content: impl ::core::convert::Into<::std::vec::Vec<u8>>,
    ) -> ::docbind_runtime::Request<::docbind_runtime::Value> {
        self.0.put("/me/drive/root:/{+path}:/content").bytes(content)
    }
}

/// `/me/photo`
pub struct MePhoto(pub(crate) ::docbind_runtime::codegen::Node);

impl MePhoto {
    /// `/me/photo/image(…)`
    // Arguments that stand as literals on the page are optional.
    #[inline]
    pub fn image(
        &self,
        width: ::core::option::Option<i32>,
        fitting_mode: ::core::option::Option<&str>,
    ) -> MePhotoImage {
        MePhotoImage(self.0.with_optional(width).with_optional(fitting_mode))
    }
}

/// `/me/photo/image(…)`
pub struct MePhotoImage(pub(crate) ::docbind_runtime::codegen::Node);

impl MePhotoImage {
    /// Gets the image.
    #[inline]
    pub fn get(&self) -> ::docbind_runtime::Request<::docbind_runtime::Content> {
        self.0.get("/me/photo/image({?width,fittingMode'})")
    }
}

/// `/me/reminderView(startDateTime='{start}',endDateTime='{end}')`
pub struct MeReminderView(pub(crate) ::docbind_runtime::codegen::Node);

impl MeReminderView {
    /// Gets the reminders.
    #[inline]
    pub fn get(
        &self,
    ) -> ::docbind_runtime::Request<::docbind_runtime::Page<::docbind_runtime::Value>> {
        self.0.get("/me/reminderView(startDateTime='{startDateTime}',endDateTime='{endDateTime}')")
    }
}

/// `/users`
pub struct Users(pub(crate) ::docbind_runtime::codegen::Node);

impl Users {
    /// `/users/{id | userPrincipalName}`
    #[inline]
    pub fn by_id(&self, id: impl ::core::fmt::Display) -> UsersById {
        UsersById(self.0.with(id))
    }

    /// `/users(userPrincipalName='{userPrincipalName}')`
    // An alternate key.
    #[inline]
    pub fn by_user_principal_name(
        &self,
        user_principal_name: impl ::core::fmt::Display,
    ) -> UsersByUserPrincipalName {
        UsersByUserPrincipalName(self.0.with(user_principal_name))
    }
}

/// `/users/{id | userPrincipalName}`
pub struct UsersById(pub(crate) ::docbind_runtime::codegen::Node);

impl UsersById {
    /// Gets a user.
    #[inline]
    pub fn get(&self) -> ::docbind_runtime::Request<User> {
        self.0.get("/users/{id | userPrincipalName}")
    }
}

/// `/users(userPrincipalName='{userPrincipalName}')`
pub struct UsersByUserPrincipalName(pub(crate) ::docbind_runtime::codegen::Node);

impl UsersByUserPrincipalName {
    /// Gets a user.
    #[inline]
    pub fn get(&self) -> ::docbind_runtime::Request<User> {
        self.0.get("/users(userPrincipalName='{userPrincipalName}')")
    }
}

/// `/groups`
pub struct Groups(pub(crate) ::docbind_runtime::codegen::Node);

impl Groups {
    /// `/groups/{id}`
    #[inline]
    pub fn by_id(&self, id: impl ::core::fmt::Display) -> GroupsById {
        GroupsById(self.0.with(id))
    }
}

/// `/groups/{id}`
pub struct GroupsById(pub(crate) ::docbind_runtime::codegen::Node);

impl GroupsById {
    /// `/groups/{id}/members`
    #[inline]
    pub fn members(&self) -> GroupsByIdMembers {
        GroupsByIdMembers(self.0.clone())
    }
}

/// `/groups/{id}/members`
pub struct GroupsByIdMembers(pub(crate) ::docbind_runtime::codegen::Node);

impl GroupsByIdMembers {
    /// `/groups/{id}/members/{id}`
    #[inline]
    pub fn by_id(&self, id: impl ::core::fmt::Display) -> GroupsByIdMembersById {
        GroupsByIdMembersById(self.0.with(id))
    }

    /// `/groups/{id}/members/microsoft.graph.user`
    // A cast is a segment.
    #[inline]
    pub fn as_user(&self) -> GroupsByIdMembersAsUser {
        GroupsByIdMembersAsUser(self.0.clone())
    }

    /// Lists members.
    #[inline]
    pub fn list(&self) -> ::docbind_runtime::Request<::docbind_runtime::Page<DirectoryObject>> {
        self.0.get("/groups/{id}/members")
    }

    /// Lists references to members.
    #[inline]
    pub fn list_refs(
        &self,
    ) -> ::docbind_runtime::Request<::docbind_runtime::Page<::docbind_runtime::Reference>> {
        self.0.get("/groups/{id}/members/$ref")
    }

    /// Adds a member.
    #[inline]
    pub fn add_ref(
        &self,
        body: impl ::core::convert::Into<::docbind_runtime::Reference>,
    ) -> ::docbind_runtime::Request<()> {
        self.0.post("/groups/{id}/members/$ref").json::<::docbind_runtime::Reference>(body)
    }
}

/// `/groups/{id}/members/{id}`
pub struct GroupsByIdMembersById(pub(crate) ::docbind_runtime::codegen::Node);

impl GroupsByIdMembersById {
    /// Removes a member.
    #[inline]
    pub fn remove_ref(&self) -> ::docbind_runtime::Request<()> {
        self.0.delete("/groups/{id}/members/{id}/$ref")
    }
}

/// `/groups/{id}/members/microsoft.graph.user`
pub struct GroupsByIdMembersAsUser(pub(crate) ::docbind_runtime::codegen::Node);

impl GroupsByIdMembersAsUser {
    /// Lists the members that are users.
    #[inline]
    pub fn list(&self) -> ::docbind_runtime::Request<::docbind_runtime::Page<User>> {
        self.0.get("/groups/{id}/members/microsoft.graph.user")
    }
}
