//! Votes for spellings, and names without case.

use crate::lower::Lower;
use crate::resolve::spelling::Votes;

#[track_caller]
fn check(votes: &[(&str, u32)], winner: Option<&str>) {
    let orders = [votes.to_vec(), votes.iter().rev().copied().collect()];
    for order in orders {
        let mut votes = Votes::default();
        for (spelling, weight) in &order {
            votes.add(spelling, *weight);
        }
        assert_eq!(votes.winner(), winner, "{order:?}");
    }
}

#[test]
fn the_most_votes_win_in_any_order() {
    check(&[], None);
    check(&[("mailfolder", 1), ("mailFolder", 2)], Some("mailFolder"));
    check(&[("mailFolder", 2), ("mailfolder", 3)], Some("mailfolder"));
    check(&[("a", 1), ("b", 1), ("a", 1)], Some("a"));
}

#[test]
fn of_equals_the_one_with_more_capitals() {
    check(&[("mailfolder", 1), ("mailFolder", 1)], Some("mailFolder"));
    check(&[("MailFolder", 1), ("mailFolder", 1)], Some("MailFolder"));
    // And else the first in the alphabet.
    check(&[("mailFolder", 1), ("Mailfolder", 1)], Some("Mailfolder"));
}

#[test]
fn better_is_only_what_has_more_votes() {
    let mut votes = Votes::default();
    votes.add("mailFolder", 2);
    votes.add("mailfolder", 2);
    assert_eq!(votes.better_than("mailfolder"), None);
    votes.add("mailFolder", 1);
    assert_eq!(votes.better_than("mailfolder"), Some("mailFolder"));
    assert_eq!(votes.better_than("mailFolder"), None);
    assert_eq!(votes.better_than("MAILFOLDER"), Some("mailFolder"));
}

#[test]
fn lower_case_of_any_length_and_script() {
    let long = "Folder".repeat(40);
    for name in ["", "mailFolder", "ÄRGER", "İ", &"A".repeat(96), &"A".repeat(97), &long] {
        assert_eq!(&*Lower::new(name), name.to_lowercase());
    }
}
