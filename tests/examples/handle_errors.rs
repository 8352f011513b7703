//! Looks for a user, and tells what can go wrong apart: `handle_errors ID`.

use std::env;
use std::error::Error;
use std::time::Duration;

use docbind_examples::connect;
use msgraph::runtime::Retry;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let id = env::args().nth(1).ok_or("which user?")?;
    let graph = connect()?;
    let request = graph
        .users()
        .by_id(&id)
        .get()
        // A service that is busy is asked again by itself; this call has less patience.
        .retry(Retry::default().attempts(2).longest_wait(Duration::from_secs(5)))
        .timeout(Duration::from_secs(20));
    match request.await {
        Ok(user) => println!("{}", user.and_then(|user| user.display_name).unwrap_or_default()),
        Err(error) if error.is_not_found() => println!("there is no user {id}"),
        Err(error) if error.is_throttled() => {
            println!("try again in {:?}", error.retry_after().unwrap_or_default());
        }
        Err(error) if error.is_connection() => println!("the service is out of reach"),
        Err(error) => {
            // One line with the call, the status, the service's code and message, and the id
            // that its operators ask for.
            println!("{error}");
            println!("code {:?} of {:?}", error.code(), error.operation());
        }
    }
    Ok(())
}
