//! Which of several spellings that differ only in their case is meant.

use std::collections::BTreeMap;

/// Spellings with how much speaks for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Votes {
    by_spelling: BTreeMap<String, u32>,
}

impl Votes {
    /// Adds a vote.
    pub(super) fn add(&mut self, spelling: &str, weight: u32) {
        match self.by_spelling.get_mut(spelling) {
            Some(votes) => *votes += weight,
            None => {
                self.by_spelling.insert(spelling.to_owned(), weight);
            }
        }
    }

    /// The spelling that has more votes than this one, if there is one.
    pub(super) fn better_than(&self, spelling: &str) -> Option<&str> {
        let votes = self.by_spelling.get(spelling).copied().unwrap_or(0);
        self.winner().filter(|winner| *winner != spelling && self.by_spelling[*winner] > votes)
    }

    /// The spelling with the most votes; of equals, the one with more capitals, since case is
    /// lost more often than it is made up.
    pub(super) fn winner(&self) -> Option<&str> {
        let capitals = |text: &str| text.chars().filter(|char| char.is_uppercase()).count();
        self.by_spelling
            .iter()
            .max_by(|left, right| {
                (left.1, capitals(left.0), right.0).cmp(&(right.1, capitals(right.0), left.0))
            })
            .map(|(spelling, _)| spelling.as_str())
    }
}
