//! From the plan to files: tokens, and how they are laid out.
//!
//! Each kind of item has a file here that turns its plan into tokens. Nothing here knows
//! Markdown pages or makes a decision: every name and every type comes from the plan.

mod doc;
mod tokens;
