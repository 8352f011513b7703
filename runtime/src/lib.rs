//! What the clients that docbind generates stand on.
#![warn(missing_docs)]

mod boxed;
mod client;
mod codec;
#[doc(hidden)]
pub mod codegen;
mod enumeration;
mod error;
mod extra;
mod macros;
mod mismatch;
mod node;
mod object;
mod page;
mod patch;
mod path;
mod permissions;
mod query;
#[doc(hidden)]
pub mod replay;
mod request;
mod response;
mod types;

pub use boxed::Boxed;
pub use client::Client;
pub use enumeration::Enumeration;
pub use error::{Error, Result};
pub use extra::Extra;
pub use mismatch::Mismatch;
pub use object::{Bind, Extends, Object};
pub use page::{Page, Reference};
pub use patch::Patch;
pub use permissions::Permissions;
pub use query::{Expand, Expansion, Filter, Literal, Order, Path, Property, Selection, Sorting};
pub use request::{Body, Method, Queryable, Request};
pub use response::{Accepted, Content, FromResponse, Response};
pub use serde_json::Value;
pub use types::{Binary, Date, DateTimeOffset, Decimal, Duration, Flags, Guid, TimeOfDay};
