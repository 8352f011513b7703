//! What the clients that docbind generates stand on.
#![warn(missing_docs)]

mod client;
mod codec;
#[doc(hidden)]
pub mod codegen;
mod enumeration;
mod error;
mod extra;
mod macros;
mod node;
mod object;
mod page;
mod patch;
mod path;
mod query;
mod request;
mod response;
mod types;

pub use client::Client;
pub use enumeration::Enumeration;
pub use error::{Error, Result};
pub use extra::Extra;
pub use object::{Extends, Object};
pub use page::{Page, Reference};
pub use patch::Patch;
pub use query::Property;
pub use request::{Body, Method, Request};
pub use response::{Accepted, Content};
pub use serde_json::Value;
pub use types::{Binary, Date, DateTimeOffset, Decimal, Duration, Flags, Guid, TimeOfDay};
