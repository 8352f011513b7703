//! What belongs together on two sides: by name, and where a name is gone and another one came, by
//! how alike the two things are.
//!
//! Likeness is the same seen from either side, and so are ties decided, so that a diff read
//! backwards finds the same pairs.

use std::collections::{BTreeSet, HashMap};

/// Words of which two texts are compared; later ones do not change what a text is about.
const MOST_WORDS: usize = 60;

/// Letters of names that are compared.
const MOST_LETTERS: usize = 80;

/// More candidates than this are not compared each with each other.
const MOST_PAIRS: usize = 250_000;

/// The items of two sides, in the order of their side.
#[derive(Debug)]
pub(super) struct Paired<'m, T> {
    /// Those that are on both sides under one name.
    pub(super) same: Vec<(&'m T, &'m T)>,
    /// Those that have another name.
    pub(super) renamed: Vec<(&'m T, &'m T)>,
    /// Those that only the base has.
    pub(super) removed: Vec<&'m T>,
    /// Those that only the head has.
    pub(super) added: Vec<&'m T>,
}

impl<'m, T> Paired<'m, T> {
    /// Pairs by name alone. Of several with one name, the first counts.
    pub(super) fn by_name<'k>(
        base: impl IntoIterator<Item = &'m T>,
        head: impl IntoIterator<Item = &'m T>,
        name: impl Fn(&'m T) -> &'k str,
    ) -> Self {
        let (base, head) = (unique(base, &name), unique(head, &name));
        let in_head: HashMap<_, _> = head.iter().map(|&item| (name(item), item)).collect();
        let in_base: BTreeSet<_> = base.iter().map(|&item| name(item)).collect();
        let mut paired =
            Self { same: Vec::new(), renamed: Vec::new(), removed: Vec::new(), added: Vec::new() };
        for item in base {
            match in_head.get(name(item)) {
                Some(other) => paired.same.push((item, other)),
                None => paired.removed.push(item),
            }
        }
        paired.added.extend(head.into_iter().filter(|&item| !in_base.contains(name(item))));
        paired
    }

    /// Takes what was removed and what was added for the same thing where they are alike enough:
    /// where `likeness` gives a number, the greater the more alike.
    pub(super) fn find_renamed<'k>(
        &mut self,
        name: impl Fn(&'m T) -> &'k str,
        likeness: impl Fn(&'m T, &'m T) -> Option<f64>,
    ) {
        if self.removed.len().saturating_mul(self.added.len()) > MOST_PAIRS {
            return;
        }
        let mut candidates = Vec::new();
        for (old, removed) in self.removed.iter().enumerate() {
            for (new, added) in self.added.iter().enumerate() {
                if let Some(likeness) = likeness(removed, added) {
                    candidates.push((likeness, old, new));
                }
            }
        }
        let names = |&(_, old, new): &(f64, usize, usize)| {
            let (old, new) = (name(self.removed[old]), name(self.added[new]));
            (old.min(new), old.max(new))
        };
        candidates.sort_by(|left, right| {
            right.0.total_cmp(&left.0).then_with(|| names(left).cmp(&names(right)))
        });
        let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
        for (_, old, new) in candidates {
            if !gone.contains(&old) && !come.contains(&new) {
                gone.insert(old);
                come.insert(new);
                self.renamed.push((self.removed[old], self.added[new]));
            }
        }
        let mut at = 0;
        self.removed.retain(|_| (!gone.contains(&at), at += 1).0);
        at = 0;
        self.added.retain(|_| (!come.contains(&at), at += 1).0);
    }

    /// All that are on both sides, whatever they are called.
    pub(super) fn both(&self) -> impl Iterator<Item = (&'m T, &'m T)> {
        self.same.iter().chain(&self.renamed).copied()
    }
}

fn unique<'m, 'k, T>(
    items: impl IntoIterator<Item = &'m T>,
    name: impl Fn(&'m T) -> &'k str,
) -> Vec<&'m T> {
    let mut known = BTreeSet::new();
    items.into_iter().filter(|&item| known.insert(name(item))).collect()
}

/// What a thing looks like that may be the same under two names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look<'m> {
    pub(super) name: &'m str,
    pub(super) description: Option<&'m str>,
    /// The names of those before and behind it which both sides have.
    pub(super) neighbours: (Option<&'m str>, Option<&'m str>),
}

impl Look<'_> {
    /// How alike two things are that have another name each, when that is enough to be the same.
    ///
    /// A name with a slip in it is enough, and so is a text of some length that stayed. Names that
    /// share less must stand in the same place, or say the same.
    pub(super) fn likeness(self, other: Self, is_of_same_type: bool) -> Option<f64> {
        let name = name_likeness(self.name, other.name);
        let text = text_likeness(self.description, other.description);
        let is_in_place = self.neighbours == other.neighbours
            || (self.neighbours.0.is_some() && self.neighbours.0 == other.neighbours.0)
            || (self.neighbours.1.is_some() && self.neighbours.1 == other.neighbours.1);
        let place = if is_in_place { 0.25 } else { 0.0 };
        let is_same = if is_of_same_type {
            name >= 0.75
                || (name >= 0.5 && (is_in_place || text >= 0.5))
                || (text >= 0.75 && (is_in_place || name >= 0.3))
        } else {
            name >= 0.75 && is_in_place && (text >= 0.5 || name >= 0.9)
        };
        let of_type = if is_of_same_type { 0.5 } else { 0.0 };
        is_same.then_some(name + text + place + of_type)
    }
}

/// How alike two names are, from 0 to 1. Case does not count.
pub(super) fn name_likeness(left: &str, right: &str) -> f64 {
    let plain = |name: &str| name.chars().take(MOST_LETTERS).collect::<String>().to_lowercase();
    strsim::normalized_damerau_levenshtein(&plain(left), &plain(right))
}

/// How many of their words two texts share, from 0 to 1. Texts of a word or two say nothing.
pub(super) fn text_likeness(left: Option<&str>, right: Option<&str>) -> f64 {
    let (left, right) = (words(left), words(right));
    if left.len().min(right.len()) < 3 {
        return 0.0;
    }
    jaccard(&left, &right)
}

fn words(text: Option<&str>) -> BTreeSet<String> {
    let words = text.unwrap_or_default().split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).take(MOST_WORDS).map(str::to_lowercase).collect()
}

/// What two sets share of all that they hold, from 0 to 1.
pub(super) fn jaccard<T: Ord>(left: &BTreeSet<T>, right: &BTreeSet<T>) -> f64 {
    let shared = left.intersection(right).count();
    let all = left.len() + right.len() - shared;
    if all == 0 { 0.0 } else { f64::from(to_u32(shared)) / f64::from(to_u32(all)) }
}

pub(super) fn to_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The neighbours of each item among those that both sides have, by name.
pub(super) fn neighbours<'m>(
    names: impl IntoIterator<Item = &'m str>,
    is_common: impl Fn(&str) -> bool,
) -> HashMap<&'m str, (Option<&'m str>, Option<&'m str>)> {
    let names: Vec<_> = names.into_iter().collect();
    let mut found = HashMap::with_capacity(names.len());
    let mut before = None;
    for name in &names {
        found.insert(*name, (before, None));
        if is_common(name) {
            before = Some(*name);
        }
    }
    let mut behind = None;
    for name in names.iter().rev() {
        if let Some(neighbours) = found.get_mut(name) {
            neighbours.1 = behind;
        }
        if is_common(name) {
            behind = Some(*name);
        }
    }
    found
}

/// Whether what both sides have stands in the same order on both.
pub(super) fn is_same_order<'m, T>(
    paired: &Paired<'m, T>,
    head: impl IntoIterator<Item = &'m T>,
) -> bool
where
    T: 'm,
{
    let place: HashMap<*const T, usize> =
        head.into_iter().enumerate().map(|(at, item)| (std::ptr::from_ref(item), at)).collect();
    let places = paired.same.iter().filter_map(|(_, item)| place.get(&std::ptr::from_ref(*item)));
    places.is_sorted()
}
