//! Distinct names for the items of one scope.

use super::ident::Ident;
use crate::hash::{HashMap, HashSet};

/// An item that had to take another name than its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Collision {
    /// The place of the item in the list.
    pub(crate) item: usize,
    /// The place of the item that has the name.
    pub(crate) holder: usize,
}

/// Names the items of one scope, each given by its full name and the identifier it asks for.
///
/// Each gets what it asks for. Of several that ask for the same, the one whose full name sorts
/// first has it, and the others get a number behind it, in the order of their full names.
pub(crate) fn assign(items: &[(&str, Ident)]) -> (Vec<Ident>, Vec<Collision>) {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|&a, &b| items[a].0.cmp(items[b].0).then(a.cmp(&b)));
    let mut holders: HashMap<&Ident, usize> = HashMap::default();
    holders.reserve(items.len());
    let mut late = Vec::new();
    for &at in &order {
        let holder = *holders.entry(&items[at].1).or_insert(at);
        if holder != at {
            late.push(Collision { item: at, holder });
        }
    }
    let mut names: Vec<Ident> = items.iter().map(|item| item.1.clone()).collect();
    if late.is_empty() {
        return (names, late);
    }
    let mut taken: HashSet<Ident> = names.iter().cloned().collect();
    let mut numbers: HashMap<&Ident, usize> = HashMap::default();
    for collision in &late {
        let wish = &items[collision.item].1;
        let number = numbers.entry(wish).or_insert(1);
        names[collision.item] = loop {
            *number += 1;
            let name = wish.numbered(*number);
            if taken.insert(name.clone()) {
                break name;
            }
        };
    }
    (names, late)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    #[track_caller]
    fn check(names: &[&str], expected: &Expect) {
        let items: Vec<_> = names.iter().map(|name| (*name, Ident::camel(name))).collect();
        let (idents, collisions) = assign(&items);
        let lines = names.iter().zip(idents).map(|(name, ident)| format!("{name}: {ident}\n"));
        let late = collisions
            .iter()
            .map(|late| format!("{} behind {}\n", names[late.item], names[late.holder]));
        expected.assert_eq(&lines.chain(late).collect::<String>());
    }

    #[test]
    fn the_first_by_full_name_keeps_its_name() {
        check(
            &["low", "Low", "high", "LOW"],
            &expect![[r#"
                low: Low3
                Low: Low2
                high: High
                LOW: Low
                Low behind LOW
                low behind LOW
            "#]],
        );
    }

    #[test]
    fn a_number_never_takes_the_name_of_another() {
        check(
            &["low", "Low", "low2", "v1", "V1"],
            &expect![[r#"
                low: Low3
                Low: Low
                low2: Low2
                v1: V1_2
                V1: V1
                low behind Low
                v1 behind V1
            "#]],
        );
    }

    proptest! {
        #[test]
        fn distinct_items_have_distinct_names(names in prop::collection::btree_set("[aA_1]{0,3}|.*", 0..40)) {
            let items: Vec<_> = names.iter().map(|name| (name.as_str(), Ident::snake(name))).collect();
            let (idents, _) = assign(&items);
            let distinct: HashSet<_> = idents.iter().collect();
            prop_assert_eq!(distinct.len(), names.len());
        }

        #[test]
        fn names_do_not_depend_on_the_order(names in prop::collection::btree_set("[aAbB_1]{0,3}", 0..40)) {
            let forward: Vec<_> = names.iter().map(|name| (name.as_str(), Ident::camel(name))).collect();
            let backward: Vec<_> = forward.iter().rev().cloned().collect();
            let mut reversed = assign(&backward).0;
            reversed.reverse();
            prop_assert_eq!(assign(&forward).0, reversed);
        }
    }
}
