//! A diff as text: for people, for programs, and for the places in which reviews happen.

mod json;

pub use json::to_json;
