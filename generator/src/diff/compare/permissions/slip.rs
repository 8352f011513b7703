//! Two names of permissions of which one is a slip of the other.

use strsim::damerau_levenshtein;

/// Letters that a name must have, for in a short one a slip and another word look alike.
const FEWEST: usize = 8;

/// A longer name is no name.
const MOST: usize = 128;

/// The permissions that an entry needs together: `A` and `B` of `A+B`.
pub(super) fn parts(entry: &str) -> impl Iterator<Item = &str> {
    entry.split('+')
}

/// How alike two entries are, when one is the other with a letter or two mistyped. Case does not
/// count. Which of them is the slip does not matter, so it is the same backwards.
pub(super) fn likeness(old: &str, new: &str) -> Option<f64> {
    let is_short = |entry: &str| entry.len() < FEWEST || entry.len() > MOST;
    if is_short(old) || is_short(new) || old.len().abs_diff(new.len()) > 4 {
        return None;
    }
    let (old, new) = (old.to_lowercase(), new.to_lowercase());
    if parts(&old).count() != parts(&new).count() {
        return None;
    }
    let mut slips = 0.0;
    for (old, new) in parts(&old).zip(parts(&new)) {
        slips += f64::from(slips_of(old, new)?);
    }
    Some(1.0 / (1.0 + slips))
}

/// How many letters of a name are mistyped, which is in lower case. None where it is another name.
fn slips_of(old: &str, new: &str) -> Option<u8> {
    if old == new {
        return Some(0);
    }
    if old.len().min(new.len()) < FEWEST || !digits(old).eq(digits(new)) {
        return None;
    }
    let words = |name: &str| name.split('.').map(str::to_owned).collect::<Vec<_>>();
    let (old_words, new_words) = (words(old), words(new));
    if old_words.len() != new_words.len() {
        // A full stop that is lost joins two words and changes none.
        return (old_words.concat() == new_words.concat()).then_some(1);
    }
    let mut slips = 0;
    for (old, new) in old_words.iter().zip(&new_words).filter(|(old, new)| old != new) {
        let longest = old.len().max(new.len());
        let most = match longest {
            0..3 => 0,
            3..8 => 1,
            _ => 2,
        };
        let found = damerau_levenshtein(old, new);
        if found > most {
            return None;
        }
        slips += found;
    }
    u8::try_from(slips).ok().filter(|slips| *slips <= 2)
}

/// A number is counted, and no slip of another.
fn digits(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: bool) {
        assert_eq!(likeness(old, new).is_some(), expected, "{old} {new}");
        assert_eq!(likeness(old, new), likeness(new, old), "{new} {old}");
    }

    #[test]
    fn slips() {
        check("Notes.ReadWite", "Notes.ReadWrite", true);
        check("Notes.PriviligedOperation.All", "Notes.PrivilegedOperations.All", true);
        check("Notes.Raed.All", "Notes.Read.All", true);
        check("Notes.ReadAll", "Notes.Read.All", true);
        check("notes.readwrite", "Notes.ReadWrite", true);
        check("Notes.Read.All+Shelf.Raed.All", "Notes.Read.All+Shelf.Read.All", true);
    }

    #[test]
    fn other_names() {
        check("Notes.Read", "Notes.ReadWrite", false);
        check("Notes.Read", "Notes.Read.All", false);
        check("Notes.Read", "Notes.Send", false);
        check("Notes.Lock", "Notes.Unlock", false);
        check("Notes.Level10", "Notes.Level11", false);
        check("N.Read", "M.Read", false);
        check("Notes.Read.All+Shelf.Read.All", "Notes.Read.All", false);
        check(&"x".repeat(200), &"x".repeat(201), false);
    }
}
