//! What the clients that docbind generates stand on.
#![warn(missing_docs)]

pub mod auth;
mod batch;
mod body;
mod boxed;
mod client;
mod clock;
mod codec;
#[doc(hidden)]
pub mod codegen;
mod delta;
mod enumeration;
mod error;
mod extra;
mod json;
mod macros;
mod mismatch;
mod node;
mod object;
mod origin;
mod page;
mod paging;
mod patch;
mod path;
mod permissions;
mod query;
#[doc(hidden)]
pub mod replay;
mod request;
mod response;
mod send;
pub mod transport;
mod types;
mod upload;

pub use batch::{Answers, Batch, Place, Ticket};
pub use body::{Body, StreamBody};
pub use boxed::Boxed;
pub use client::{Client, ClientBuilder};
#[cfg(feature = "reqwest")]
pub use clock::SystemClock;
pub use clock::{Clock, MemoryClock};
pub use delta::{Change, Changes, DeltaToken};
pub use enumeration::Enumeration;
pub use error::{Error, Result};
pub use extra::Extra;
pub use http::Method;
pub use json::{Json, Named};
pub use mismatch::Mismatch;
pub use object::{Bind, Extends, Object};
pub use page::{Page, Reference};
pub use paging::{Items, Pages};
pub use patch::Patch;
pub use permissions::Permissions;
pub use query::{Expand, Expansion, Filter, Literal, Order, Path, Property, Selection, Sorting};
pub use request::{Queryable, Request};
pub use response::{Accepted, Answer, Content, Download, FromResponse, Response};
pub use send::Retry;
pub use serde_json::Value;
pub use types::{Binary, Date, DateTimeOffset, Decimal, Duration, Flags, Guid, TimeOfDay};
pub use upload::Upload;
