//! What the end-to-end tests share: literate cases, an outline of a model as text, and the run of
//! documented examples through a generated crate.

pub mod cases;
pub mod equal;
pub mod examples;
pub mod outline;
pub mod over_http;
pub mod runner;

/// The snippets of the README, which are compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
