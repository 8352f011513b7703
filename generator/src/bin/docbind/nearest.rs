//! What somebody who mistyped a word may have meant.

/// How like each other two words must be, from 0 to 1.
const ALIKE: f64 = 0.6;

/// The known word that is most like the one given, if any is.
pub(crate) fn nearest<'a>(
    given: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let given = given.to_lowercase().replace('_', "-");
    known
        .into_iter()
        .map(|word| (likeness(&given, word), word))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        // Of two that are as like as each other, the first.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, word)| word)
}

/// A hint behind an error: `; is it …?`, or nothing.
pub(crate) fn hint<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(given, known).map(|word| format!("; is it `{word}`?")).unwrap_or_default()
}

fn likeness(given: &str, word: &str) -> f64 {
    let as_text = strsim::normalized_damerau_levenshtein(given, word);
    let (short, long) = if given.len() < word.len() { (given, word) } else { (word, given) };
    let is_start = short.len() > 2 && long.starts_with(short);
    let parts = |text: &str| -> Vec<String> { text.split('-').map(str::to_owned).collect() };
    let (given, word) = (parts(given), parts(word));
    let shared = given.iter().filter(|part| part.len() > 2 && word.contains(part)).count();
    // `url` for `base-url` is far off by its letters.
    let as_parts = if shared == 0 && !is_start { 0.0 } else { ALIKE + as_text / 4.0 };
    as_text.max(as_parts)
}

#[cfg(test)]
mod tests {
    use super::nearest;

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
}
