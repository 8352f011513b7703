//! Query options take properties of what the call answers with, and of nothing else.

use msgraph::{Graph, message, user};

fn main() {
    let messages = || Graph::offline().me().messages().list();
    messages().select((message::SUBJECT, message::FROM));
    messages().select(user::DISPLAY_NAME); //~ E0277 is no property of `Message` to select
    messages().select((message::SUBJECT, user::DISPLAY_NAME)); //~ E0277 is no property of `Message` to select
    messages().filter(user::ACCOUNT_ENABLED.eq(true)); //~ E0308 expected `Filter<Message>`, found `Filter<User>`
    messages().order_by(user::DISPLAY_NAME.desc()); //~ E0277 Order<User>` is no property of `Message` to sort by
    messages().expand(message::ATTACHMENTS);
    messages().expand(user::CALENDAR); //~ E0277 Property<User, Calendar>` is no property of `Message` to expand
    let is_mine = message::IS_READ.eq(true) & user::ACCOUNT_ENABLED.eq(true); //~ E0308 expected `Filter<Message>`, found `Filter<User>`
}
