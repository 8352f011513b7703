//! Lines of pages: where two of them differ, and what of a long one is shown.

use std::ops::Range;

use crate::diagnostic::render::clean;
use crate::span::floor_boundary;

/// More characters than this are not looked at for what differs.
const LONGEST: usize = 4_000;

/// More pairs of words than this are not compared each with each other.
const MOST_PAIRS: usize = 40_000;

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
    let before = old[..start].chars().rev().take_while(|&letter| is_word(letter));
    let start = start - before.map(char::len_utf8).sum::<usize>();
    let behind = old[old.len() - end..].chars().take_while(|&letter| is_word(letter));
    let end = end - behind.map(char::len_utf8).sum::<usize>();
    (start..(old.len() - end).max(start), start..(new.len() - end).max(start))
}

/// A word of a line, or what stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// Whether the other line lacks it.
    pub(super) differs: bool,
}

/// The words of two lines, with those marked that are not in the longest common series of words.
/// Where that would take long, all between the common start and end is marked.
pub(super) fn words<'a>(old: &'a str, new: &'a str) -> (Vec<Word<'a>>, Vec<Word<'a>>) {
    let (mut old, mut new) = (split(old), split(new));
    let start = old.iter().zip(&new).take_while(|(left, right)| left.text == right.text).count();
    let (left, right) = (&mut old[start..], &mut new[start..]);
    let ends = left.iter().rev().zip(right.iter().rev());
    let end = ends.take_while(|(left, right)| left.text == right.text).count();
    let (left_end, right_end) = (left.len() - end, right.len() - end);
    mark(&mut left[..left_end], &mut right[..right_end]);
    (old, new)
}

/// Marks what two lists of words do not share.
fn mark(old: &mut [Word<'_>], new: &mut [Word<'_>]) {
    for word in &mut *old {
        word.differs = true;
    }
    for word in &mut *new {
        word.differs = true;
    }
    if old.len() * new.len() > MOST_PAIRS {
        return;
    }
    // How many words are shared from here to the ends, for each pair of places.
    let width = new.len() + 1;
    let mut shared = vec![0_u16; (old.len() + 1) * width];
    for left in (0..old.len()).rev() {
        for right in (0..new.len()).rev() {
            shared[left * width + right] = if old[left].text == new[right].text {
                shared[(left + 1) * width + right + 1] + 1
            } else {
                shared[(left + 1) * width + right].max(shared[left * width + right + 1])
            };
        }
    }
    let (mut left, mut right) = (0, 0);
    while left < old.len() && right < new.len() {
        if old[left].text == new[right].text {
            (old[left].differs, new[right].differs) = (false, false);
            (left, right) = (left + 1, right + 1);
        } else if shared[(left + 1) * width + right] >= shared[left * width + right + 1] {
            left += 1;
        } else {
            right += 1;
        }
    }
}

/// Words, and every other letter for itself.
fn split(row: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut letters = row.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        let goes_on = letters.peek().is_some_and(|&(_, next)| is_word(letter) && is_word(next));
        if !goes_on {
            words.push(Word { text: &row[start..end], differs: false });
            start = end;
        }
    }
    words
}

/// Whether a letter is part of a word, such as the full name of a type.
fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '_' | '$')
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
    fn words_that_differ_are_marked() {
        let mark = |words: &[Word<'_>]| -> String {
            let show = |it: &Word<'_>| {
                if it.differs { format!("<{}>", it.text) } else { it.text.to_owned() }
            };
            words.iter().map(show).collect()
        };
        let (old, new) = words("|a|Edm.Int32|The old text.|", "|a|Edm.Int64|The new, good text.|");
        assert_eq!(mark(&old), "|a|<Edm.Int32>|The <old> text.|");
        assert_eq!(mark(&new), "|a|<Edm.Int64>|The <new><,>< ><good> text.|");
        let (old, new) = words("", "x");
        assert_eq!((mark(&old), mark(&new)), (String::new(), "<x>".into()));
        let long = |word: &str| format!("start {} end", format!("{word} ").repeat(500));
        let (old, new) = (long("a"), long("b"));
        let (old, new) = words(&old, &new);
        assert!(mark(&old).starts_with("start <a>< >") && mark(&new).ends_with(" end"));
    }

    #[test]
    fn a_long_line_is_cut_around_what_differs() {
        let row = format!("{}needle{}", "x".repeat(50), "y".repeat(50));
        assert_eq!(excerpt(&row, &(50..56), 30), "…xxxxxxxxxxneedleyyyyyyyyyyyy…");
        assert_eq!(excerpt("|short\t\u{1b}|", &(0..0), 30), "|short ␛|");
        assert_eq!(excerpt(&"z".repeat(31), &(0..0), 30), format!("{}…", "z".repeat(29)));
    }
}
