//! What a git repository holds, read without a checkout.
//!
//! In goes a folder of a repository, out come its commits, trees and files. Only git itself copes
//! with every kind of clone, so it is asked as a program: without a prompt and without the network,
//! for a limited time, about objects alone, so that no hook, filter or attribute has a say. Nothing
//! here knows docs, but for how a [tree](Tree) is read as one.

mod command;
mod objects;
mod repository;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
mod tree;

pub(crate) use command::run;
pub(crate) use repository::Repository;
pub(crate) use tree::Tree;
