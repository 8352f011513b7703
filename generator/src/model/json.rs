//! The model as JSON, format 1: the contract with everything that measures or consumes models.
//!
//! In goes a model and out comes text, or the other way round. The types here are the contract's
//! own, so that the model can change without a reader noticing. What is read is checked: a model
//! that is here holds no reference that leads nowhere, no chain of bases that has no end, and
//! lists in the order that look-ups rely on.
//!
//! Text holds all that a model does, but for how the JSON bodies of examples are laid out. In
//! text of another writer, which may lack the keys that only docbind writes, the
//! [profile](super::Profile) is what most type names have in common, paths are called as they
//! read, and a fact without a place of its own has that of what it belongs to.

mod call;
mod read;
#[cfg(test)]
mod tests;
mod words;
mod write;

/// The number of the form that is written, and the only one that is read.
pub const FORMAT: u32 = 1;
