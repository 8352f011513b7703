//! Decisions about Rust.
