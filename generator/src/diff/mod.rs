//! What differs between two states of an API, and whom it breaks.
//!
//! In go two models, out comes a sorted list of changes, each by a [`Rule`]. Facts count: where a
//! thing stands, in which order, and with which words is listed as [`Level::Docs`]. Open shells,
//! which no page defines, come and go with those who name them, and are no changes.

mod change;
mod compare;
mod names;
mod pair;
pub mod policy;
pub mod report;
mod rule;
pub mod side;
#[cfg(test)]
mod tests;
pub mod usage;

pub use change::{Change, Subject};
pub use compare::diff;
pub use rule::{Bump, Level, Rule};

/// What differs, sorted by version, kind of thing, name and part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The changes.
    pub changes: Vec<Change>,
    /// Those that a policy takes out.
    pub ignored: Vec<IgnoredChange>,
}

/// A change that a policy takes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoredChange {
    /// What happened.
    pub change: Change,
    /// Why it is right, as the policy says.
    pub reason: String,
}

impl Diff {
    /// By how much the version of the generated crate has to rise. What is ignored counts as well:
    /// that somebody wants a change does not keep code compiling.
    pub fn bump(&self) -> Bump {
        let ignored = self.ignored.iter().map(|it| &it.change);
        let changes = self.changes.iter().chain(ignored);
        let relevant = changes.filter(|change| change.used != Some(false));
        relevant.map(|change| change.bump).max().unwrap_or_default()
    }

    /// How many changes have a level.
    pub fn count(&self, level: Level) -> usize {
        self.relevant().filter(|change| change.level == level).count()
    }

    /// The changes, less those that touch nothing of what a crate calls, where that was asked.
    pub fn relevant(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.used != Some(false))
    }
}
