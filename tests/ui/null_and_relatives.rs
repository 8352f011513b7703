//! Only an update can say null, and only relatives turn into each other.

use msgraph::runtime::{Object, Patch};
use msgraph::{
    Attachment, DirectoryObject, FileAttachment, Group, MailFolderCreate, Message, MessageUpdate,
    User,
};

fn main() {
    MessageUpdate::new().subject(Patch::Null);
    Message::new().subject(Patch::Null); //~ E0277 String: From<Patch<_>>` is not satisfied
    MailFolderCreate::new("Inbox");
    MailFolderCreate::new(Patch::Null); //~ E0277 String: From<Patch<_>>` is not satisfied
    let object = DirectoryObject::default();
    object.to::<User>();
    object.to::<Message>(); //~ E0277 `Message: Extends<DirectoryObject>` is not satisfied
    let _ = object.downcast::<FileAttachment>(); //~ E0277 `FileAttachment: Extends<DirectoryObject>` is not satisfied
    let _ = Attachment::from(FileAttachment::new());
    let _ = Attachment::from(Group::new()); //~ E0277 `Attachment: From<Group>` is not satisfied
}
