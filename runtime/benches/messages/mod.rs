//! A page of messages, as types by slots and as types by derive, and its text.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::struct_field_names,
    reason = "each benchmark needs some of it, and the names are those of the service"
)]

use docbind_runtime::{Boxed, DateTimeOffset, Extra};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A type by slots, and its twin by derive, which passes over what it does not know.
macro_rules! twins {
    ($slots:ident $derived:ident $name:literal {
        $($index:literal $field:ident $json:literal ($slot_type:ty) ($derive_type:ty))*
    }) => {
        #[non_exhaustive]
        pub struct $slots {
            $(pub $field: Option<$slot_type>,)*
            pub extra: Extra,
        }
        docbind_runtime::object! { $slots $name { $($index $field $json)* } extra None }

        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct $derived {
            $(
                #[serde(rename = $json, skip_serializing_if = "Option::is_none")]
                pub $field: Option<$derive_type>,
            )*
        }
    };
}

twins! { Address DerivedAddress "test.address" {
    0 name "name" (String) (String)
    1 address "address" (String) (String)
} }

twins! { Recipient DerivedRecipient "test.recipient" {
    0 email_address "emailAddress" (Boxed<Address>) (Box<DerivedAddress>)
} }

twins! { Body DerivedBody "test.body" {
    0 content_type "contentType" (String) (String)
    1 content "content" (String) (String)
} }

twins! { Message DerivedMessage "test.message" {
    0 id "id" (String) (String)
    1 etag "@odata.etag" (String) (String)
    2 bcc_recipients "bccRecipients" (Vec<Recipient>) (Vec<DerivedRecipient>)
    3 body "body" (Boxed<Body>) (Box<DerivedBody>)
    4 body_preview "bodyPreview" (String) (String)
    5 categories "categories" (Vec<String>) (Vec<String>)
    6 cc_recipients "ccRecipients" (Vec<Recipient>) (Vec<DerivedRecipient>)
    7 change_key "changeKey" (String) (String)
    8 conversation_id "conversationId" (String) (String)
    9 created "createdDateTime" (DateTimeOffset) (String)
    10 from "from" (Boxed<Recipient>) (Box<DerivedRecipient>)
    11 has_attachments "hasAttachments" (bool) (bool)
    12 importance "importance" (String) (String)
    13 message_id "internetMessageId" (String) (String)
    14 is_draft "isDraft" (bool) (bool)
    15 is_read "isRead" (bool) (bool)
    16 size "size" (i32) (i32)
    17 score "score" (f64) (f64)
    18 received "receivedDateTime" (DateTimeOffset) (String)
    19 sender "sender" (Boxed<Recipient>) (Box<DerivedRecipient>)
    20 subject "subject" (String) (String)
    21 to_recipients "toRecipients" (Vec<Recipient>) (Vec<DerivedRecipient>)
    22 web_link "webLink" (String) (String)
} }

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DerivedPage {
    #[serde(rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
    pub next_link: Option<String>,
    pub value: Vec<DerivedMessage>,
}

/// The text of a page of so many messages.
pub fn text(count: usize) -> Vec<u8> {
    let recipient = |name: &str| json!({"emailAddress": {"name": name, "address": format!("{name}@example.org")}});
    let message = |at: usize| {
        json!({
            "@odata.etag": format!("W/\"CQAAABYAAAB{at}\""),
            "id": format!("AAMkAGUAAAwTW09AAA{at:060}"),
            "bccRecipients": [], "ccRecipients": [recipient("alex"), recipient("megan")],
            "body": {"contentType": "html", "content": "<p>All that was to be said.</p>".repeat(9)},
            "bodyPreview": "All that was to be said.", "categories": ["red", "blue"],
            "changeKey": "CQAAABYAAABmWdbhEgBXTophjCWt81m9AAAoZYj4",
            "conversationId": "AAQkAGUAAAwTW09AAA", "createdDateTime": "2026-03-14T15:09:26Z",
            "from": recipient("adele"), "sender": recipient("adele"), "hasAttachments": false,
            "importance": "normal", "internetMessageId": "<x@example.org>", "isDraft": false,
            "isRead": true, "size": 4711, "score": 0.25, "subject": "What is new",
            "receivedDateTime": "2026-03-14T15:09:26.5358979Z",
            "toRecipients": [recipient("alex")], "webLink": "https://example.org/owa/?ItemID=AAM"
        })
    };
    let messages: Vec<_> = (0..count).map(message).collect();
    let page = json!({"@odata.nextLink": "https://example.org/next", "value": messages});
    page.to_string().into_bytes()
}
