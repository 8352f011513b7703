//! What a name that nothing defines may have been meant to be: one that differs by a letter or two.

use std::sync::Arc;

use crate::extract::Reference;
use crate::model::{Primitive, last_part};

/// The names that there are, each with the letters that are in it.
#[derive(Debug)]
pub(super) struct Typos {
    known: Vec<(u32, String, Arc<str>)>,
}

impl Typos {
    /// Of the primitive types, and of types by their full names.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n Arc<str>>) -> Self {
        let primitives = Primitive::ALL.iter().map(|it| Arc::from(last_part(it.full_name())));
        let mut known: Vec<_> = primitives
            .chain(names.cloned())
            .map(|name| {
                let folded = last_part(&name).to_lowercase();
                (letters(&folded), folded, name)
            })
            .collect();
        known.sort_by(|left, right| left.2.cmp(&right.2));
        Self { known }
    }

    /// The name that is most like this one, as fully as this one is written.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        let folded = last_part(name).to_lowercase();
        let most = slips(&folded)?;
        let wanted = letters(&folded);
        // A letter that was mistyped is one that is gone and another that came.
        let is_near = |letters: u32| (letters ^ wanted).count_ones() as usize <= 2 * most;
        let near = self.known.iter().filter(|(letters, other, _)| {
            is_near(*letters) && other.len().abs_diff(folded.len()) <= 2 && *other != folded
        });
        let near = near.map(|(_, other, name)| (strsim::damerau_levenshtein(other, &folded), name));
        let (_, near) = near.filter(|(far, _)| *far <= most).min_by_key(|(far, _)| *far)?;
        Some(if name.contains('.') { near } else { last_part(near) })
    }
}

/// The primitive type that a word without a link is a slip of: `Boolaen`, `Edm.Sting`. None where two
/// are as near.
pub(super) fn primitive(reference: &Reference) -> Option<Primitive> {
    let name = &*reference.name;
    let is_edm = name.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("edm."));
    let name = if is_edm { &name[4..] } else { name };
    if reference.target.is_some() || name.contains('.') {
        return None;
    }
    let folded = name.to_lowercase();
    let most = slips(&folded)?;
    let near = Primitive::ALL.iter().filter_map(|primitive| {
        let other = last_part(primitive.full_name()).to_lowercase();
        let far = strsim::damerau_levenshtein(&other, &folded);
        // A letter more makes a word of a short name: `guide`, `dates`.
        (far <= most && other.len() >= 5).then_some((far, *primitive))
    });
    let near: Vec<_> = near.collect();
    let least = near.iter().map(|(far, _)| *far).min()?;
    let mut nearest = near.iter().filter(|(far, _)| *far == least);
    nearest.next().filter(|_| nearest.next().is_none()).map(|(_, primitive)| *primitive)
}

/// How many letters of a name may be wrong. None where it is too short to tell, or no name.
fn slips(name: &str) -> Option<usize> {
    match name.len() {
        4..8 => Some(1),
        8..64 => Some(2),
        _ => None,
    }
}

/// Which letters and digits are in a name, one bit for each.
fn letters(name: &str) -> u32 {
    name.bytes().fold(0, |letters, byte| letters | 1 << (byte % 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<&str>) {
        let names = ["ns.person", "ns.personalPlan", "ns.note", "ns.sub.node"].map(Arc::from);
        assert_eq!(Typos::new(names.iter()).nearest(name), expected, "{name}");
    }

    #[test]
    fn primitives() {
        check("Boolaen", Some("Boolean"));
        check("strnig", Some("String"));
        check("Int23", Some("Int32"));
        check("DateTimeOfset", Some("DateTimeOffset"));
    }

    #[test]
    fn slips_of_primitives() {
        let read = |name: &str| {
            let span = crate::span::Span::new(crate::span::FileId(0), 0, 0);
            let reference = Reference { name: name.to_owned(), target: None, span };
            primitive(&reference).map(Primitive::full_name)
        };
        assert_eq!(read("Sting"), Some("Edm.String"));
        assert_eq!(read("Edm.Strings"), Some("Edm.String"));
        assert_eq!(read("DateTimeOfset"), Some("Edm.DateTimeOffset"));
        assert_eq!(read("Int36"), None);
        assert_eq!(read("guide"), None);
        assert_eq!(read("ns.Sting"), None);
        assert_eq!(read("note"), None);
    }

    #[test]
    fn types() {
        check("persn", Some("person"));
        check("ns.pesron", Some("ns.person"));
        check("personelPlans", Some("personalPlan"));
        check("other.person", None);
    }

    #[test]
    fn what_is_like_nothing() {
        check("colour", None);
        check("nte", None);
        check(&"x".repeat(1 << 20), None);
    }
}
