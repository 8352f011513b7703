//! Which documented path is most like one that is not.
//!
//! In go the segments that somebody wrote and the paths that there are. Segments are compared one by
//! one, so that a long placeholder or a long way there does not hide the word that was mistyped.

use std::collections::HashMap;

use super::spelling;
use crate::nearest;

/// How much of a path may differ for it to be meant.
const MOST: f64 = 0.4;

/// What a segment more or less costs; one in place of an entirely different one costs as much.
const WHOLE: f64 = 1.0;

/// What a key costs that is not written.
const KEY: f64 = 0.5;

/// What each segment costs that `**` stands for: of two paths, the shorter is meant.
const REST: f64 = 0.01;

/// Paths are compared as far as this many segments.
const LONGEST: usize = 40;

/// Compares paths with one that was asked for.
pub(super) struct Likeness<'w> {
    wanted: &'w [String],
    known: HashMap<(usize, String), f64>,
}

impl<'w> Likeness<'w> {
    pub(super) fn new(wanted: &'w [String]) -> Self {
        Self { wanted: &wanted[..wanted.len().min(LONGEST)], known: HashMap::new() }
    }

    /// How far off a path is, from 0 on; none where it cannot be meant.
    pub(super) fn distance(&mut self, path: &[String]) -> Option<f64> {
        let path = &path[..path.len().min(LONGEST)];
        let wanted = self.wanted;
        let is_rest = |at: usize| wanted[at] == "**";
        // The costs of the beginnings of the path, for one segment more of what is wanted each time.
        let mut costs = vec![0.0];
        for text in path {
            costs.push(costs[costs.len() - 1] + more(text));
        }
        for at in 0..wanted.len() {
            let gone = if is_rest(at) { 0.0 } else { WHOLE };
            let mut next = vec![costs[0] + gone];
            for (segment, text) in path.iter().enumerate() {
                let (same, longer) = if is_rest(at) {
                    (costs[segment] + REST, next[segment] + REST)
                } else {
                    (costs[segment] + self.cost(at, text), next[segment] + more(text))
                };
                next.push(same.min(longer).min(costs[segment + 1] + gone));
            }
            costs = next;
        }
        let cost = costs[costs.len() - 1];
        #[expect(clippy::cast_precision_loss, reason = "there are few segments")]
        let length = wanted.len().max(path.len()) as f64;
        (cost <= MOST * length).then_some(cost)
    }

    fn cost(&mut self, at: usize, text: &str) -> f64 {
        let wanted = &self.wanted[at];
        if super::glob::fits(wanted, text) {
            return 0.0;
        }
        if let Some(known) = self.known.get(&(at, text.to_owned())) {
            return *known;
        }
        let likeness = nearest::likest(wanted, [text]).map_or(0.0, |(likeness, _)| likeness);
        // What is not alike is another word, and no better for the letters that it shares.
        let cost = if likeness < 0.5 { WHOLE } else { WHOLE - likeness };
        self.known.insert((at, text.to_owned()), cost);
        cost
    }
}

/// What a segment costs that is there, and was not written.
fn more(text: &str) -> f64 {
    if text == spelling::PLACEHOLDER { KEY } else { WHOLE }
}
