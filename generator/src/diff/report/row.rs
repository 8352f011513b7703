//! Lines of pages: where two of them differ, and what of a long one is shown.

use std::ops::Range;

use crate::diagnostic::render::clean;
use crate::span::floor_boundary;

/// More characters than this are not looked at for what differs.
const LONGEST: usize = 4_000;

/// The bytes of two lines between what they begin and end with in common, grown to whole words.
pub(super) fn difference(old: &str, new: &str) -> (Range<usize>, Range<usize>) {
    let (old, new) = (head(old), head(new));
    if old == new {
        return (0..0, 0..0);
    }
    let pairs = old.char_indices().zip(new.chars());
    let start = pairs.take_while(|((_, left), right)| left == right);
    let start = start.last().map_or(0, |((at, letter), _)| at + letter.len_utf8());
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let ends = old_rest.chars().rev().zip(new_rest.chars().rev());
    let end: usize =
        ends.take_while(|(left, right)| left == right).map(|(left, _)| left.len_utf8()).sum();
    // A letter that both have is marked with the word that it is a part of.
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '$');
    let before = old[..start].chars().rev().take_while(|&letter| is_word(letter));
    let start = start - before.map(char::len_utf8).sum::<usize>();
    let behind = old[old.len() - end..].chars().take_while(|&letter| is_word(letter));
    let end = end - behind.map(char::len_utf8).sum::<usize>();
    (start..(old.len() - end).max(start), start..(new.len() - end).max(start))
}

/// What is shown of a line in so many characters, with what is marked in sight.
pub(super) fn excerpt(row: &str, mark: &Range<usize>, width: usize) -> String {
    let row = row.trim_end();
    let length = head(row).chars().count();
    if length <= width && head(row).len() == row.len() {
        return clean(&row.replace('\t', " ")).into_owned();
    }
    let marked = floor_boundary(row, mark.start);
    let before = row[..marked].chars().count();
    // A third of the line leads up to what is marked, if that is not in sight anyway.
    let is_seen =
        before + row[marked..floor_boundary(row, mark.end.max(marked))].chars().count() < width;
    let skipped = if is_seen { 0 } else { before.saturating_sub(width / 3) };
    let kept = width - 1 - usize::from(skipped > 0);
    let mut rest = row.chars().skip(skipped);
    let mut text: String = rest.by_ref().take(kept).collect();
    if rest.next().is_some() {
        text.push('…');
    }
    let ellipsis = if skipped > 0 { "…" } else { "" };
    format!("{ellipsis}{}", clean(&text.replace('\t', " ")))
}

/// The start of a line that is looked at.
pub(super) fn head(row: &str) -> &str {
    row.char_indices().nth(LONGEST).map_or(row, |(end, _)| &row[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: (&str, &str)) {
        let (left, right) = difference(old, new);
        assert_eq!((&old[left], &new[right]), expected);
    }

    #[test]
    fn what_differs_is_whole_words() {
        check("|a|Int32|x|", "|a|Int64|x|", ("Int32", "Int64"));
        check("|a|Edm.Int32|x|", "|a|Edm.String|x|", ("Edm.Int32", "Edm.String"));
        check("|a|x|", "|a|x|y|", ("", "y|"));
        check("same", "same", ("", ""));
        check("aa", "aaa", ("aa", "aaa"));
        check("|é|ö|", "|é|ü|", ("ö", "ü"));
        check("", "new", ("", "new"));
    }

    #[test]
    fn a_long_line_is_cut_around_what_differs() {
        let row = format!("{}needle{}", "x".repeat(50), "y".repeat(50));
        assert_eq!(excerpt(&row, &(50..56), 30), "…xxxxxxxxxxneedleyyyyyyyyyyyy…");
        assert_eq!(excerpt("|short\t\u{1b}|", &(0..0), 30), "|short ␛|");
        assert_eq!(excerpt(&"z".repeat(31), &(0..0), 30), format!("{}…", "z".repeat(29)));
    }
}
