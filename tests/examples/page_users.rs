//! Prints all users whose accounts are open and whose names begin so: `page_users BEGINNING`.

use std::env;
use std::error::Error;

use docbind_examples::connect;
use msgraph::user;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let beginning = env::args().nth(1).unwrap_or_default();
    let graph = connect()?;
    let mut users = graph
        .users()
        .list()
        .select((user::ID, user::DISPLAY_NAME))
        // Quotes in the text, spaces and `&` are escaped.
        .filter(user::DISPLAY_NAME.starts_with(beginning) & user::ACCOUNT_ENABLED.eq(true))
        .top(2)
        .items();
    // Each page is asked for when the one before it is used up.
    let mut count = 0;
    while let Some(user) = users.next().await {
        println!("{}", user?.display_name.unwrap_or_default());
        count += 1;
    }
    println!("{count} users");
    Ok(())
}
