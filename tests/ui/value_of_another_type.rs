//! A property is compared with values of its own type, and set to them.

use msgraph::{Importance, Message, MessageUpdate, Sensitivity, message};

fn main() {
    message::IS_READ.eq(false);
    message::IS_READ.eq("false"); //~ E0277 `&str` is no value of a property of type `bool`
    message::SUBJECT.ne(7); //~ E0277 is no value of a property of type `
    message::IMPORTANCE.eq(Importance::High);
    message::IMPORTANCE.eq(Sensitivity::Private); //~ E0277 `Sensitivity` is no value of a property of type `Importance`
    message::IS_READ.starts_with("f"); //~ E0599 no method named `starts_with` found
    message::SUBJECT.any(|word| word.eq("x")); //~ E0599 no method named `any` found
    Message::new().is_read("false"); //~ E0308 expected `bool`, found `&str`
    Message::new().importance(Sensitivity::Private); //~ E0277 `Importance: From<Sensitivity>` is not satisfied
    MessageUpdate::new().subject(7); //~ E0277 String>: From<
}
