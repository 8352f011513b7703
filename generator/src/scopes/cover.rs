//! The smallest set of permissions that has an alternative of every operation.

use std::collections::BTreeSet;

/// How many partial sets are tried before what has been found by then counts.
const STEPS: usize = 20_000;

/// A set, and whether there is certainly no smaller one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cover {
    pub(super) scopes: Vec<String>,
    pub(super) is_smallest: bool,
}

/// The set for operations, each given by its alternatives, the least privileged first; `A+B` is
/// one that needs both. An operation without alternatives needs nothing, for nothing helps it.
pub(super) fn cover(operations: &[&[String]]) -> Cover {
    // What many operations have in common is looked at once.
    let distinct: BTreeSet<&[String]> =
        operations.iter().copied().filter(|alternatives| !alternatives.is_empty()).collect();
    let needs: Vec<Vec<Alternative<'_>>> = distinct
        .into_iter()
        .map(|alternatives| alternatives.iter().map(|text| split(text)).collect())
        .collect();
    let mut search = Search { best: cost(&needs, greedy(&needs)), needs: &needs, steps: 0 };
    search.descend(&mut BTreeSet::new(), &needs.iter().collect::<Vec<_>>());
    Cover {
        scopes: search.best.set.into_iter().map(str::to_owned).collect(),
        is_smallest: search.steps <= STEPS,
    }
}

/// Permissions that are needed together.
type Alternative<'a> = Vec<&'a str>;

fn split(alternative: &str) -> Alternative<'_> {
    alternative.split('+').map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// A set and what it costs: permissions, then privileges, as the sum of the places of the
/// alternatives that it holds; then its names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate<'a> {
    size: usize,
    privileges: usize,
    set: BTreeSet<&'a str>,
}

fn cost<'a>(needs: &[Vec<Alternative<'a>>], set: BTreeSet<&'a str>) -> Candidate<'a> {
    let places = needs.iter().filter_map(|need| place(need, &set));
    Candidate { size: set.len(), privileges: places.sum(), set }
}

/// The place of the first alternative that the set holds.
fn place(need: &[Alternative<'_>], set: &BTreeSet<&str>) -> Option<usize> {
    need.iter().position(|alternative| alternative.iter().all(|name| set.contains(name)))
}

/// A set that is found fast: always the alternative that most operations wait for, for each
/// permission that it adds.
fn greedy<'a>(needs: &[Vec<Alternative<'a>>]) -> BTreeSet<&'a str> {
    let mut set = BTreeSet::new();
    loop {
        let open: Vec<_> = needs.iter().filter(|need| place(need, &set).is_none()).collect();
        let candidates: BTreeSet<&Alternative<'a>> =
            open.iter().flat_map(|need| need.iter()).collect();
        let gain = |alternative: &Alternative<'a>| {
            let mut with = set.clone();
            with.extend(alternative);
            let places: Vec<_> = open.iter().filter_map(|need| place(need, &with)).collect();
            let added = with.len() - set.len();
            // Scaled, so that it can be compared as a whole number.
            (places.len() * 1000 / added.max(1), usize::MAX - places.iter().sum::<usize>())
        };
        // Of equals the first by name.
        let best = candidates.into_iter().rev().max_by_key(|alternative| gain(alternative));
        let Some(best) = best else { return set };
        set.extend(best);
    }
}

struct Search<'a, 'n> {
    needs: &'n [Vec<Alternative<'a>>],
    best: Candidate<'a>,
    steps: usize,
}

impl<'a> Search<'a, '_> {
    /// Tries each alternative of the open operation that has the fewest, and goes on behind it.
    fn descend(&mut self, set: &mut BTreeSet<&'a str>, open: &[&Vec<Alternative<'a>>]) {
        self.steps += 1;
        if self.steps > STEPS {
            return;
        }
        let open: Vec<_> = open.iter().copied().filter(|need| place(need, set).is_none()).collect();
        let Some(need) = open.iter().min_by_key(|need| need.len()) else {
            let found = cost(self.needs, set.clone());
            if found < self.best {
                self.best = found;
            }
            return;
        };
        if set.len() + independent(&open) > self.best.size {
            return;
        }
        for alternative in *need {
            let added: Vec<&'a str> =
                alternative.iter().copied().filter(|name| set.insert(name)).collect();
            self.descend(set, &open);
            for name in added {
                set.remove(name);
            }
        }
    }
}

/// How many operations there are at least of which no two have a permission in common: each of them
/// needs one of its own.
fn independent(open: &[&Vec<Alternative<'_>>]) -> usize {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut count = 0;
    for need in open {
        if need.iter().flatten().all(|name| !seen.contains(*name)) {
            seen.extend(need.iter().flatten().copied());
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(operations: &[&[&str]], expected: &[&str]) {
        let owned: Vec<Vec<String>> = operations
            .iter()
            .map(|alternatives| alternatives.iter().map(|&name| name.to_owned()).collect())
            .collect();
        let operations: Vec<&[String]> = owned.iter().map(Vec::as_slice).collect();
        assert_eq!(cover(&operations).scopes, expected);
    }

    #[test]
    fn one_permission_for_several_operations() {
        check(&[&["Mail.Read", "Mail.ReadWrite"], &["Mail.ReadWrite"]], &["Mail.ReadWrite"]);
        check(
            &[&["Mail.ReadBasic", "Mail.Read"], &["Mail.ReadBasic", "Mail.Read"]],
            &["Mail.ReadBasic"],
        );
        check(&[&["Mail.Read"], &["User.Read"]], &["Mail.Read", "User.Read"]);
    }

    #[test]
    fn several_permissions_at_once() {
        check(&[&["Group.Read.All+User.Read.All", "Directory.Read.All"]], &["Directory.Read.All"]);
        check(&[&["A+B", "C"], &["A"], &["B"]], &["A", "B"]);
    }

    #[test]
    fn what_nothing_allows_needs_nothing() {
        check(&[&[], &["A"]], &["A"]);
        check(&[], &[]);
    }

    #[test]
    fn the_greedy_choice_is_not_always_the_smallest() {
        // B is in most, and leads to three.
        check(&[&["A", "B"], &["A"], &["B", "C"], &["B", "C"], &["C"]], &["A", "C"]);
    }

    #[test]
    fn very_many_operations_end() {
        let owned: Vec<Vec<String>> = (0..60_u32)
            .map(|at| (0..12_u32).map(|n| format!("P{}", (at * 7 + n * n * 5) % 97)).collect())
            .collect();
        let operations: Vec<&[String]> = owned.iter().map(Vec::as_slice).collect();
        let found = cover(&operations);
        let set: BTreeSet<&str> = found.scopes.iter().map(String::as_str).collect();
        assert!(owned.iter().all(|need| need.iter().any(|name| set.contains(name.as_str()))));
    }

    proptest! {
        #[test]
        fn no_set_is_smaller(needs in prop::collection::vec(prop::collection::vec(0..6_u8, 1..4), 0..6)) {
            let owned: Vec<Vec<String>> =
                needs.iter().map(|need| need.iter().map(|n| format!("P{n}")).collect()).collect();
            let operations: Vec<&[String]> = owned.iter().map(Vec::as_slice).collect();
            let found = cover(&operations);
            prop_assert!(found.is_smallest);
            let covers = |bits: u8| needs.iter().all(|need| need.iter().any(|n| bits & (1 << n) != 0));
            let least = (0..64_u8).filter(|bits| covers(*bits)).map(u8::count_ones).min();
            prop_assert_eq!(least, u32::try_from(found.scopes.len()).ok());
        }
    }
}
