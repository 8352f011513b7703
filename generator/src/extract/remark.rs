//! What the text of a row remarks of its property: that it is read-only, required, deprecated.

use super::words::{equal, find, has, sentences};

const READ_ONLY: [&str; 6] = [
    "read-only",
    "read only",
    "readonly",
    "somente leitura",
    "solo lectura",
    "cannot be set by the client",
];

/// Whether the text of a row says that clients cannot set it.
pub(super) fn is_read_only(text: &str) -> bool {
    sentences(text).any(|sentence| {
        READ_ONLY
            .iter()
            .any(|words| find(sentence, words).is_some_and(|at| says_so(sentence, at, words)))
    })
}

/// Whether the words at `at` are said of the property, always, and not of what it tells: "Whether
/// the text is read-only", "Grants read-only access", "Read-only for guests".
fn says_so(sentence: &str, at: usize, words: &str) -> bool {
    const TOLD: [&str; 5] = ["whether", "if ", "indicates", "specifies", " a "];
    const NOUNS: [&str; 9] =
        ["access", "mode", "state", "permission", "permissions", "copy", "version", "view", "role"];
    const CONDITIONS: [&str; 6] = ["for", "if", "when", "after", "once", "unless"];
    let before = sentence[..at].trim_end();
    let next = sentence[at + words.len()..].split_whitespace().next().unwrap_or_default();
    let next = next.trim_matches(|char: char| !char.is_alphanumeric());
    let first = sentence.split_whitespace().next().unwrap_or_default();
    let is_denied = ["not", "n't"].iter().any(|word| before.to_lowercase().ends_with(word));
    if is_denied || NOUNS.iter().chain(&CONDITIONS).any(|word| equal(word, next)) {
        return false;
    }
    // A remark of its own, with or without a full stop before it.
    let is_apart = before.is_empty()
        || before.ends_with(|char: char| !char.is_alphanumeric())
        || sentence[at..].starts_with(char::is_uppercase);
    let is_of_property =
        ["this ", "the property", "the value"].iter().any(|words| has(before, words));
    let is_told = TOLD.iter().any(|words| has(before, words));
    let is_conditional = CONDITIONS.iter().any(|word| equal(word, first));
    is_apart || (!is_conditional && (is_of_property || !is_told))
}

/// Whether the text of a row says that it can, or cannot, be null.
pub(super) fn nullable(text: &str) -> Option<bool> {
    const NOT: [&str; 14] = [
        "not nullable",
        "n't nullable",
        "n’t nullable",
        "never nullable",
        "never null",
        "can’t be null",
        "non-nullable",
        "nonnullable",
        "cannot be null",
        "can't be null",
        "can not be null",
        "must not be null",
        "não anulável",
        "não é anulável",
    ];
    if NOT.iter().any(|words| has(text, words)) {
        return Some(false);
    }
    let can = has(text, "nullable")
        || has(text, "can be null")
        || has(text, "may be null")
        || has(text, "anulável");
    can.then_some(true)
}

/// Whether the text of a row says that it is required. "Required." and "Required if x" differ: what
/// depends on something else can be left out.
pub(super) fn is_required(text: &str) -> bool {
    const WORDS: [&str; 5] = ["required", "obrigatório", "obrigatória", "requerido", "mandatory"];
    sentences(text).any(|sentence| {
        let sentence = sentence.trim_matches(|char: char| !char.is_alphanumeric() && char != ')');
        let end = sentence.find(|char: char| !char.is_alphanumeric()).unwrap_or(sentence.len());
        let rest = if WORDS.iter().any(|word| equal(&sentence[..end], word)) {
            Some(&sentence[end..])
        } else {
            ["(required)", "property is required", "parameter is required", "field is required"]
                .iter()
                .find_map(|words| find(sentence, words).map(|at| &sentence[at + words.len()..]))
        };
        rest.is_some_and(|rest| !is_conditional(rest) && !is_attribute(rest))
    })
}

/// Whether the words behind "required" make it depend on something, other than on creating it.
fn is_conditional(rest: &str) -> bool {
    let rest = rest.trim_start();
    let first = rest.split(|char: char| !char.is_alphabetic()).next().unwrap_or_default();
    let is_of_create =
        matches!(first, "when" | "for" | "to") && (has(rest, "creat") || has(rest, "post "));
    let opens = ["if", "only", "unless", "for", "by", "in", "when", "to", "where"];
    (opens.contains(&first) && !is_of_create) || has(rest, " if ")
}

/// Whether "required" belongs to a noun behind it: "Required information for joining".
fn is_attribute(rest: &str) -> bool {
    const OTHERS: [&str; 18] = [
        "on",
        "at",
        "and",
        "when",
        "for",
        "if",
        "only",
        "in",
        "by",
        "during",
        "to",
        "as",
        "but",
        "or",
        "unless",
        "with",
        "property",
        "parameter",
    ];
    let Some(rest) = rest.strip_prefix(' ') else { return false };
    let word = rest.split(|char: char| !char.is_alphabetic()).next().unwrap_or_default();
    word.starts_with(char::is_lowercase) && !OTHERS.contains(&word)
}

/// Whether a cell of a `Required` column says yes.
pub(super) fn is_yes(text: &str) -> bool {
    ["yes", "y", "true", "required", "sim"]
        .iter()
        .any(|word| equal(text.trim().trim_end_matches('.'), word))
}

/// Why a row should not be used any more, if it says so: the sentence, or nothing more.
pub(super) fn row_deprecation(text: &str) -> Option<String> {
    if !has(text, "deprecated") && !has(text, "obsolete") && !has(text, "preterid") {
        return None;
    }
    let sentence = sentences(text).find(|sentence| {
        let head = sentence.trim_start_matches(|char: char| !char.is_alphanumeric());
        has(head.get(..12).unwrap_or(head), "deprecated")
            || [
                "this property is deprecated",
                "is deprecated",
                "has been deprecated",
                "will be deprecated",
                "to be deprecated",
                "being deprecated",
                "is obsolete",
                "now deprecated",
            ]
            .iter()
            .any(|words| has(sentence, words))
    })?;
    let is_bare =
        sentence.chars().filter(|char| char.is_alphabetic()).count() <= "deprecated".len();
    Some(if is_bare { String::new() } else { sentence.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn required() {
        for text in [
            "Required.",
            "What it says. Required",
            "The text (required).",
            "Required. What it says.",
            "Required on create.",
            "Required when creating a note.",
            "This property is required when a note is created and cannot be cleared.",
            "**Required**. What it says.",
        ] {
            assert!(is_required(text), "{text}");
        }
        for text in [
            "Required if the color is red.",
            "Required only for guests.",
            "Required information for joining.",
            "Required and positive if the color is red.",
            "Only the text is required. This property is required only for notes of one color.",
            "This property is required when it is shared.",
            "Whether a password is required.",
            "Not required.",
            "Optional.",
        ] {
            assert!(!is_required(text), "{text}");
        }
    }

    #[test]
    fn null() {
        for text in [
            "Not nullable.",
            "Isn't nullable.",
            "It isn’t nullable.",
            "Is never null.",
            "Can't be null.",
        ] {
            assert_eq!(nullable(text), Some(false), "{text}");
        }
        for text in ["Nullable.", "It can be null.", "Whoever reads it. Nullable."] {
            assert_eq!(nullable(text), Some(true), "{text}");
        }
        assert_eq!(nullable("What it says."), None);
    }

    #[test]
    fn read_only() {
        for text in [
            "Read-only.",
            "What it says. Read-only",
            "Key, not nullable, read-only.",
            "For example, it is 12 Read-only.",
            "This property is read-only and made by the service.",
        ] {
            assert!(is_read_only(text), "{text}");
        }
        for text in [
            "Whether the note is read-only.",
            "Grants read-only access.",
            "Read-only for guests.",
            "After the note was sent, the property is read-only.",
            "Not read-only.",
        ] {
            assert!(!is_read_only(text), "{text}");
        }
    }

    #[test]
    fn deprecated() {
        assert_eq!(row_deprecation("Deprecated."), Some(String::new()));
        assert_eq!(
            row_deprecation("Old text - to be deprecated").as_deref(),
            Some("Old text - to be deprecated")
        );
        assert_eq!(row_deprecation("Whether it names a deprecated note."), None);
    }
}
