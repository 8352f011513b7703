//! Many small things in one file of the cache, one behind the other, each under a hash.

use std::ops::Range;

use super::fingerprint::{Fingerprint, Key};
use super::store::{Cache, Payload};
use crate::hash::HashMap;

/// How many things are kept for each that is not, but could be.
const ONE_IN: usize = 100;

/// What an earlier run left.
#[derive(Debug, Default)]
pub(super) struct Kept {
    payload: Payload,
    /// The hash of each of them, and where it lies.
    places: Vec<(Fingerprint, Range<usize>)>,
    by_key: HashMap<Fingerprint, usize>,
}

impl Kept {
    /// The things of this kind.
    pub(super) fn load(cache: &Cache, kind: &str) -> Self {
        let payload = key(kind).and_then(|key| cache.load_bytes(kind, key)).unwrap_or_default();
        let (places, by_key) = places(payload.bytes()).unwrap_or_default();
        Self { payload, places, by_key }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Which of them has this hash.
    pub(super) fn find(&self, key: Fingerprint) -> Option<usize> {
        self.by_key.get(&key).copied()
    }

    /// The hash of one of them.
    pub(super) fn key(&self, at: usize) -> Option<Fingerprint> {
        self.places.get(at).map(|(key, _)| *key)
    }

    /// The bytes of one of them.
    pub(super) fn bytes(&self, at: usize) -> &[u8] {
        self.places.get(at).map_or(&[], |(_, place)| &self.payload.bytes()[place.clone()])
    }

    /// The bytes under this hash.
    pub(super) fn get(&self, key: Fingerprint) -> Option<&[u8]> {
        self.find(key).map(|at| self.bytes(at))
    }

    /// Whether to write anew what is kept, of which so many were used in this run and that many are
    /// new: to write all of it takes as long as to do without a few of them in the next run.
    pub(super) fn is_outdated(&self, used: usize, new: usize) -> bool {
        let few = self.len() / ONE_IN;
        new > few || self.len() > used + few
    }
}

/// The content of a file with such things.
#[derive(Debug, Default)]
pub(super) struct Collection(Vec<u8>);

impl Collection {
    /// One that will take about as many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// Puts a thing behind the others.
    pub(super) fn push(&mut self, key: Fingerprint, bytes: &[u8]) {
        self.0.extend_from_slice(&key.0.to_le_bytes());
        self.0.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.0.extend_from_slice(bytes);
    }

    /// Keeps them, and no others.
    pub(super) fn save(&self, cache: &Cache, kind: &str) {
        if let Some(key) = key(kind) {
            cache.save_bytes(kind, key, &self.0);
        }
    }
}

/// What a thing depends on is in its own hash, so that only the program is left to count.
fn key(kind: &str) -> Option<Key> {
    Key::of(&kind)
}

type Places = (Vec<(Fingerprint, Range<usize>)>, HashMap<Fingerprint, usize>);

/// Where each of them lies.
fn places(kept: &[u8]) -> Option<Places> {
    let (mut places, mut by_key) = (Vec::new(), HashMap::default());
    let mut at = 0;
    while at < kept.len() {
        let start = at + 24;
        let key = u128::from_le_bytes(kept.get(at..at + 16)?.try_into().ok()?);
        let length = u64::from_le_bytes(kept.get(at + 16..start)?.try_into().ok()?);
        let end = usize::try_from(length).ok().and_then(|length| start.checked_add(length))?;
        if end > kept.len() {
            return None;
        }
        by_key.insert(Fingerprint(key), places.len());
        places.push((Fingerprint(key), start..end));
        at = end;
    }
    Some((places, by_key))
}
