//! Which lists of objects need boxes, so that the compiler sees an end to every chain of types.
//!
//! A single object stands in a box that hides its type. A list shows the type of its elements, and
//! the compiler follows it when it asks whether an object can be sent to another thread; it gives
//! up after some thirty types.

use std::collections::BTreeSet;

use super::rust_type::{FieldType, TypeIndex};

/// The most types in a row that hold each other in lists without boxes.
const LONGEST: usize = 8;

/// The lists that need boxes: who holds, and who is held.
pub(super) fn boxed_lists(types: &TypeIndex<'_>) -> BTreeSet<(usize, usize)> {
    let edges: Vec<Vec<usize>> = (0..types.types.len())
        .map(|at| {
            let properties = types.properties(at).iter();
            let lists = properties.map(|property| types.resolve(&property.ty));
            let held: BTreeSet<_> =
                lists.filter(|ty| ty.is_collection).filter_map(FieldType::as_struct).collect();
            held.into_iter().collect()
        })
        .collect();
    let groups = groups(&edges);
    let mut group_of = vec![0; edges.len()];
    for (number, group) in groups.iter().enumerate() {
        for &at in group {
            group_of[at] = number;
        }
    }
    let mut boxed = BTreeSet::new();
    // The longest chain that starts in each group. A group comes after those that it leads to.
    let mut lengths = vec![0; groups.len()];
    for (number, group) in groups.iter().enumerate() {
        let is_large = group.len() > LONGEST;
        let own = if is_large { 1 } else { group.len() };
        let mut length = own;
        for (&from, &to) in
            group.iter().flat_map(|from| edges[*from].iter().map(move |to| (from, to)))
        {
            let is_inside = group_of[to] == number;
            let behind = own + lengths[group_of[to]];
            if (is_inside && is_large) || (!is_inside && behind > LONGEST) {
                boxed.insert((from, to));
            } else if !is_inside {
                length = length.max(behind);
            }
        }
        lengths[number] = length;
    }
    boxed
}

/// The strongly connected groups of a graph, each after all that it leads to (Tarjan's algorithm,
/// without recursion, since the docs say how deep it would be).
fn groups(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let mut order = vec![UNSEEN; edges.len()];
    let mut low = vec![0; edges.len()];
    let mut is_open = vec![false; edges.len()];
    let (mut open, mut groups) = (Vec::new(), Vec::new());
    let mut count = 0;
    for root in 0..edges.len() {
        if order[root] != UNSEEN {
            continue;
        }
        let mut path = vec![(root, 0)];
        while let Some((at, next)) = path.last_mut() {
            let at = *at;
            if *next == 0 {
                order[at] = count;
                low[at] = count;
                count += 1;
                open.push(at);
                is_open[at] = true;
            }
            if let Some(&to) = edges[at].get(*next) {
                *next += 1;
                if order[to] == UNSEEN {
                    path.push((to, 0));
                } else if is_open[to] {
                    low[at] = low[at].min(order[to]);
                }
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                low[parent] = low[parent].min(low[at]);
            }
            if low[at] == order[at] {
                let start = open.iter().rposition(|&member| member == at).unwrap_or_default();
                let group = open.split_off(start);
                for &member in &group {
                    is_open[member] = false;
                }
                groups.push(group);
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sample::{api, ty};
    use expect_test::{Expect, expect};

    /// `a: b c` means that `a` holds lists of `b` and of `c`.
    #[track_caller]
    fn check(lists: &[&str], expected: &Expect) {
        let types = lists.iter().map(|line| {
            let (name, held) = line.split_once(':').expect("a name and what it holds");
            let held: Vec<_> =
                held.split_whitespace().map(|to| format!("{to}: ns.{to}[]")).collect();
            ty(&format!("ns.{name}"), None, &held.iter().map(String::as_str).collect::<Vec<_>>())
        });
        let api = api(types.collect(), Vec::new(), &[]);
        let types = TypeIndex::new(&api.versions[0], None);
        let name = |at: usize| types.types[at].name.trim_start_matches("ns.").to_owned();
        let boxed = boxed_lists(&types);
        let lines = boxed.into_iter().map(|(from, to)| format!("{} {}\n", name(from), name(to)));
        expected.assert_eq(&lines.collect::<String>());
    }

    #[test]
    fn short_chains_and_circles_need_none() {
        check(&["a: b", "b: c a", "c: c"], &expect![""]);
    }

    #[test]
    fn a_long_chain_is_cut() {
        let names: Vec<_> = ('a'..='t').collect();
        let chain = names.windows(2).map(|pair| format!("{}: {}", pair[0], pair[1]));
        let lines: Vec<_> = chain.chain(["t:".to_owned()]).collect();
        check(
            &lines.iter().map(String::as_str).collect::<Vec<_>>(),
            &expect![[r#"
            d e
            l m
        "#]],
        );
    }

    #[test]
    fn a_large_circle_is_cut_everywhere() {
        let names: Vec<_> = ('a'..='j').collect();
        let circle =
            names.iter().zip(names.iter().cycle().skip(1)).map(|(a, b)| format!("{a}: {b}"));
        let lines: Vec<_> = circle.collect();
        check(
            &lines.iter().map(String::as_str).collect::<Vec<_>>(),
            &expect![[r#"
            a b
            b c
            c d
            d e
            e f
            f g
            g h
            h i
            i j
            j a
        "#]],
        );
    }
}
