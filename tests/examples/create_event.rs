//! Puts a meeting into the calendar, in a time zone of its own.

use std::error::Error;

use docbind_examples::connect;
use msgraph::{Attendee, AttendeeType, DateTimeTimeZone, EmailAddress, Event, Location};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let graph = connect()?;
    let tokyo = |time| DateTimeTimeZone::new().date_time(time).time_zone("Tokyo Standard Time");
    let guest = Attendee::new()
        .email_address(EmailAddress::new().address("lucja@contoso.com").name("Łucja"))
        .type_(AttendeeType::Optional);
    let event = Event::new()
        .subject("進水式 (launch)")
        .start(tokyo("2021-06-20T06:12:00"))
        .end(tokyo("2021-06-20T07:00:00"))
        .location(Location::new().display_name("Slipway"))
        .attendees(vec![guest]);
    let created = graph
        .me()
        .events()
        .create(event)
        // What the answer is like can often be said in a header.
        .header("Prefer", "outlook.timezone=\"Tokyo Standard Time\"")
        .await?;
    let id = created.id.ok_or("an event has an id")?;
    println!("{} is {id}", created.subject.unwrap_or_default());
    Ok(())
}
