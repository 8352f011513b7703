//! The shape of generated code, written by hand: what the emitter aims at, and what the compile
//! figures are measured on. A module here is what one generated file looks like.
//!
//! What holds for all of it:
//!
//! - Items of the runtime and of std stand with absolute paths. Model types are imported by name,
//!   one `use` for each; a model type called `Option` or `Request` hurts nobody then.
//! - Only macros of the runtime (`::docbind_runtime::object!` and so on) and what is public at its
//!   root are called, and `codegen::Node` in nodes. What macros expand to is the runtime's affair.
//! - Functions that are not generic are `#[inline]`, or the library compiles each of them whether
//!   it is used or not.

#![expect(unreachable_pub, reason = "a generated crate exports these")]

mod attachment;
mod directory_object;
mod graph;
mod importance;
mod message;
mod nodes;
mod recipient;
mod send_mail_request;
mod subscription;

use docbind_runtime::{Extends, Method, Object, Patch};
use serde_json::{Value, json};

use attachment::{Attachment, FileAttachment};
use directory_object::{DirectoryObject, User};
use graph::Graph;
use importance::Importance;
use message::{Message, MessageUpdate};
use recipient::Recipient;
use send_mail_request::SendMailRequest;
use subscription::{Subscription, SubscriptionCreate};

fn round_trip<T: serde::Serialize + serde::de::DeserializeOwned>(json: &Value) -> T {
    let object: T = serde_json::from_value(json.clone()).expect("decodes from a value");
    assert_eq!(serde_json::to_value(&object).expect("encodes"), *json);
    let object: T = serde_json::from_str(&json.to_string()).expect("decodes from text");
    assert_eq!(serde_json::to_value(&object).expect("encodes"), *json);
    object
}

#[test]
fn a_message_comes_back_as_it_came() {
    let message: Message = round_trip(&json!({
        "@odata.etag": "W/\"1\"",
        "id": "AAMk",
        "subject": "Hello",
        "isRead": false,
        "importance": "high",
        "from": {"name": "Adele", "address": "adele@contoso.com"},
        "toRecipients": [{"name": "Alex"}, {"name": 17}],
        "categories": ["red", "blue"],
        "receivedDateTime": "2026-03-14T15:09:26.5358979Z",
        "flags": "seen,answered",
        "size": "large",
        "unheardOf": [1, 2]
    }));
    assert_eq!(message.importance, Some(Importance::High));
    assert_eq!(message.from.as_ref().expect("is there").name.as_deref(), Some("Adele"));
    assert_eq!(message.size, None);
    assert_eq!(message.extra.get("size"), Some(&json!("large")));
    assert_eq!(message.extra.etag(), Some("W/\"1\""));
    assert_eq!(message, message.clone());
}

#[test]
fn an_update_is_absent_null_or_set() {
    let update = MessageUpdate::new().subject("Moved").categories(Patch::Null).size(5);
    assert_eq!(
        serde_json::to_value(&update).expect("encodes"),
        json!({"subject": "Moved", "categories": null, "size": 5})
    );
    let update: MessageUpdate = round_trip(&json!({"from": {"name": null}, "categories": ["a"]}));
    assert_eq!(update.categories, Patch::Set(vec!["a".to_owned()]));
}

#[test]
fn a_derived_type_becomes_its_base() {
    let attachment = Attachment::from(FileAttachment::new().name("a.txt").content_bytes(b"hi"));
    assert_eq!(
        serde_json::to_value(&attachment).expect("encodes"),
        json!({
            "@odata.type": "#microsoft.graph.fileAttachment",
            "name": "a.txt",
            "contentBytes": "aGk="
        })
    );
    let object: DirectoryObject = round_trip(&json!({
        "@odata.type": "#microsoft.graph.user",
        "id": "1",
        "displayName": "Adele"
    }));
    assert_eq!(object.to::<User>().display_name.as_deref(), Some("Adele"));
    assert!(object.downcast::<User>().is_ok());
}

#[test]
fn a_create_takes_what_is_required() {
    let subscription: Subscription =
        SubscriptionCreate::new("created", "https://contoso.com").client_state("secret").into();
    assert_eq!(subscription.change_type.as_deref(), Some("created"));
}

#[test]
fn paths_are_the_call_chain() {
    let graph = Graph::offline();
    let check = |path: &str, url: String| {
        assert_eq!(url, format!("https://graph.microsoft.com/v1.0{path}"));
    };
    check("/me/messages", graph.me().messages().list().url());
    check("/me/messages/A%2FB", graph.me().messages().by_id("A/B").get().url());
    check("/me/messages/1/$value", graph.me().messages().by_id(1).content().url());
    check("/me/messages/$count", graph.me().messages().count().url());
    check("/users/adele@contoso.com", graph.users().by_id("adele@contoso.com").get().url());
    check(
        "/users(userPrincipalName='o%27%27neil')",
        graph.users().by_user_principal_name("o'neil").get().url(),
    );
    check(
        "/me/drive/root:/a%20b/c.txt:/content",
        graph.me().drive().root().by_path("/a b/c.txt").set_content("x").url(),
    );
    check(
        "/me/reminderView(startDateTime='2026-01-01T00:00:00',endDateTime='2026-01-02T00:00:00')",
        graph.me().reminder_view("2026-01-01T00:00:00", "2026-01-02T00:00:00").get().url(),
    );
    check("/me/photo/image(width=64)", graph.me().photo().image(Some(64), None).get().url());
    check("/groups/7/members/$ref", graph.groups().by_id(7).members().add_ref("https://x").url());
    check(
        "/groups/7/members/8/$ref",
        graph.groups().by_id(7).members().by_id(8).remove_ref().url(),
    );
    check(
        "/groups/7/members/microsoft.graph.user",
        graph.groups().by_id(7).members().as_user().list().url(),
    );
    let request = graph.me().send_mail(SendMailRequest::new(Message::new().subject("Hi")));
    check("/me/sendMail", request.url());
    assert_eq!(request.body.to_json(), Some(json!({"message": {"subject": "Hi"}})));
    let created = graph.me().messages().create(Message::new().to_recipients([Recipient::new()]));
    assert_eq!(created.body.to_json(), Some(json!({"toRecipients": [{}]})));
    check("/me", graph.me().get().url());
    let message = graph.me().messages().by_id(1);
    check("/me/messages/1", message.delete().url());
    check("/me/messages/1/archive?reason=old%20age", message.archive("old age").url());
    check("/me/messages/1/reply", message.reply().url());
    let update = message.update(MessageUpdate::new().subject(Patch::Null));
    assert_eq!(
        (update.method, update.body.to_json()),
        (Method::PATCH, Some(json!({"subject": null})))
    );
    let members = graph.groups().by_id(7).members();
    check("/groups/7/members?$top=5", members.list().top(5).url());
    check("/groups/7/members/$ref", members.list_refs().url());
}

#[test]
fn a_type_knows_its_name_and_its_bases() {
    fn extends<D: Extends<B>, B>() {}
    extends::<FileAttachment, Attachment>();
    extends::<User, DirectoryObject>();
    assert_eq!(Message::type_name(), "microsoft.graph.message");
}

#[test]
fn a_client_is_kept_in_types_that_are_copied_and_shown() {
    #[derive(Clone, Debug)]
    struct App {
        graph: Graph,
    }
    let app = App { graph: Graph::offline() };
    let copy = app.clone();
    assert_eq!(copy.graph.me().get().url(), app.graph.me().get().url());
    let shown = format!("{app:?}");
    assert!(shown.contains("Graph(") && shown.contains("https://graph.microsoft.com"), "{shown}");
}
