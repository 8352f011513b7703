//! A diff as text: for people, for programs, and for the places in which reviews happen.
//!
//! In goes a diff, with the pages of both sides where these are at hand; out comes a string. Each
//! form shows every change that it is given: which levels are wanted, and what a policy says of
//! them, is decided before. What pages say is never trusted, and harmless in each form.

mod compared;
mod github;
mod group;
mod html;
mod json;
mod line;
mod markdown;
mod phrase;
mod row;
mod sarif;
#[cfg(test)]
mod tests;
mod text;

pub use compared::{Compared, Pages, Side};
pub use github::to_github;
pub use html::to_html;
pub use json::to_json;
pub use line::to_lines;
pub use markdown::to_markdown;
pub use sarif::to_sarif;
pub use text::to_text;
