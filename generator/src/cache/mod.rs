//! What an earlier run found out, kept in a folder, so that it need not be found out again.
//!
//! A cache is never believed beyond what can be checked. Everything that a result depends on is
//! in its [key](Key): the content of the docs, what the caller states, and the program itself. What
//! is on disk is a checksum and a payload; a file that is torn, foreign or of another program is as
//! good as none. No function here fails: without a cache a run takes longer, and that is all.

mod blobs;
mod codec;
mod fingerprint;
mod kept;
mod models;
mod pages;
mod records;
mod stamp;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use blobs::Blobs;
pub(crate) use fingerprint::{Fingerprint, Key};
pub(crate) use pages::{Pages, moved};
pub(crate) use stamp::{FileRecord, Stamp};
pub(crate) use store::Cache;
