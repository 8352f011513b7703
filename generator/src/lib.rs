//! docbind turns the markdown reference docs of a REST API into a typed Rust client.
#![warn(missing_docs)]

pub mod diagnostic;
pub mod docs;
mod emit;
mod error;
mod extract;
pub mod model;
pub mod page;
mod plan;
mod resolve;
pub mod span;

pub use error::Error;
