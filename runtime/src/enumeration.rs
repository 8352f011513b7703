//! Enumerations: what generated ones share.

use crate::codec::Text;

/// An enumeration of the API: known members, and any other text.
pub trait Enumeration: Text {
    /// The text of every known member, in the order of the docs.
    const MEMBERS: &'static [&'static str];

    /// The text as it stands in JSON.
    fn as_str(&self) -> &str {
        self.as_text()
    }

    /// Whether it is none of the known members.
    fn is_unrecognized(&self) -> bool {
        !Self::MEMBERS.contains(&self.as_text())
    }
}
