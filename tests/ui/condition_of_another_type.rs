//! Each kind of condition takes values of the type of its property.

use msgraph::{Importance, Sensitivity, message};

fn main() {
    message::IMPORTANCE.is_in([Importance::High, Importance::Low]);
    message::IMPORTANCE.is_in([Sensitivity::Private]); //~ E0277 `Sensitivity` is no value of a property of type `Importance`
    message::IS_READ.is_in(["true"]); //~ E0277 `&str` is no value of a property of type `bool`
    message::CATEGORIES.any(|name| name.eq("red"));
    message::CATEGORIES.any(|name| name.eq(7)); //~ E0277 is no value of a property of type `
    message::CATEGORIES.all(|name| name.gt(true)); //~ E0277 `bool` is no value of a property of type `
    message::CATEGORIES.any(|_| true); //~ E0308 expected `Filter<Message>`, found `bool`
    message::CATEGORIES.eq("red"); //~ E0277 is no value of a property of type `Vec<
    message::IMPORTANCE.has(Importance::High); //~ E0599 no method named `has` found
    message::SUBJECT.has("x"); //~ E0599 no method named `has` found
}
