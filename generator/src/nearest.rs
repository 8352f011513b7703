//! What somebody who mistyped a word may have meant: a key, a flag's value, a path or a property.
//!
//! In go a word and the words that there are, out comes the one that is most like it. Case does
//! not count, nor whether parts are joined by `-` or `_`, nor the `$` of query options.

/// How like each other two words must be, from 0 to 1, for the one to be suggested for the other.
const ALIKE: f64 = 0.6;

/// Longer words are compared by their beginnings, since the comparison takes the product of both.
const MOST_LETTERS: usize = 64;

/// The known word that is most like the one given, if any is.
///
/// ```
/// assert_eq!(docbind::nearest::nearest("subjet", ["body", "subject"]), Some("subject"));
/// assert_eq!(docbind::nearest::nearest("colour", ["body", "subject"]), None);
/// ```
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    likest(given, known).filter(|(likeness, _)| *likeness >= ALIKE).map(|(_, word)| word)
}

/// A hint behind an error: `; is it …?`, or nothing.
pub fn hint<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(given, known).map(|word| format!("; is it `{word}`?")).unwrap_or_default()
}

/// The known word that is most like the one given, and how like it is, from 0 to 1. None only
/// where no word is known.
pub fn likest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<(f64, &'a str)> {
    let given = plain(given);
    known
        .into_iter()
        .map(|word| (likeness(&given, &plain(word)), word))
        // Of two that are as like as each other, the first.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
}

fn plain(word: &str) -> String {
    let letters = word.trim_start_matches('$').chars().take(MOST_LETTERS);
    letters.collect::<String>().to_lowercase().replace('_', "-")
}

fn likeness(given: &str, word: &str) -> f64 {
    let as_text = strsim::normalized_damerau_levenshtein(given, word);
    let (short, long) = if given.len() < word.len() { (given, word) } else { (word, given) };
    let is_start = short.len() > 2 && long.starts_with(short);
    let mut parts = given.split('-').filter(|part| part.len() > 2);
    let shares_part = parts.any(|part| word.split('-').any(|other| other == part));
    // `url` for `base-url` is far off by its letters.
    let as_parts = if shares_part || is_start { ALIKE + as_text / 4.0 } else { 0.0 };
    as_text.max(as_parts)
}

#[cfg(test)]
mod tests {
    use super::{likest, nearest};

    const KEYS: [&str; 5] = ["docs", "api-version", "base-url", "root-namespace", "base-entity"];

    #[track_caller]
    fn check(given: &str, expected: Option<&str>) {
        assert_eq!(nearest(given, KEYS), expected);
    }

    #[test]
    fn a_letter_or_two() {
        check("doc", Some("docs"));
        check("dosc", Some("docs"));
        check("apiversion", Some("api-version"));
        check("root_namespace", Some("root-namespace"));
        check("Base-Url", Some("base-url"));
    }

    #[test]
    fn one_part_of_several() {
        check("url", Some("base-url"));
        check("namespace", Some("root-namespace"));
        check("base-url-x", Some("base-url"));
        check("entities", None);
        check("docs-folder", Some("docs"));
    }

    #[test]
    fn nothing_like_it() {
        check("colour", None);
        check("", None);
    }

    #[test]
    fn case_and_dollar_do_not_count() {
        let (likeness, word) = likest("$Filter", ["expand", "filter"]).expect("the likest");
        assert_eq!((word, likeness > 0.99), ("filter", true));
        assert_eq!(likest("x", []), None);
    }

    #[test]
    fn long_words_are_compared_by_their_beginnings() {
        let long = "x".repeat(1 << 20);
        assert_eq!(nearest(&long, [long.as_str()]), Some(long.as_str()));
    }
}
