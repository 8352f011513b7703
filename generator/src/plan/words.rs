//! The words that a name consists of, put together in another case.
//!
//! A word begins with a capital that follows a small letter, and with the last of several capitals
//! where a small letter follows: `HTMLPage2Go` has the words `HTML`, `Page2`, `Go`. What is no
//! letter and no digit parts words.

/// `receivedDateTime` as `received_date_time`.
pub(super) fn snake(text: &str) -> String {
    let mut name = String::with_capacity(text.len() + 8);
    each(text, |word| {
        if !name.is_empty() {
            name.push('_');
        }
        lower(word, &mut name);
    });
    name
}

/// `receivedDateTime` as `RECEIVED_DATE_TIME`.
pub(super) fn shouty(text: &str) -> String {
    let mut name = String::with_capacity(text.len() + 8);
    each(text, |word| {
        if !name.is_empty() {
            name.push('_');
        }
        upper(word, &mut name);
    });
    name
}

/// `receivedDateTime` as `ReceivedDateTime`.
pub(super) fn camel(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    each(text, |word| {
        let first = word.chars().next().map_or(0, char::len_utf8);
        upper(&word[..first], &mut name);
        lower(&word[first..], &mut name);
    });
    name
}

fn lower(word: &str, name: &mut String) {
    if word.is_ascii() {
        let start = name.len();
        name.push_str(word);
        name[start..].make_ascii_lowercase();
        return;
    }
    let (word, sigma) = word.strip_suffix('Σ').map_or((word, None), |word| (word, Some('ς')));
    name.extend(word.chars().flat_map(char::to_lowercase).chain(sigma));
}

fn upper(word: &str, name: &mut String) {
    if word.is_ascii() {
        let start = name.len();
        name.push_str(word);
        name[start..].make_ascii_uppercase();
        return;
    }
    name.extend(word.chars().flat_map(char::to_uppercase));
}

/// What a character is to a word.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Small,
    Capital,
    /// A digit, or a letter of a script without case.
    Plain,
    /// No part of any word.
    Gap,
}

fn kind(char: char) -> Kind {
    match char {
        'a'..='z' => Kind::Small,
        'A'..='Z' => Kind::Capital,
        _ if char.is_lowercase() => Kind::Small,
        _ if char.is_uppercase() => Kind::Capital,
        _ if char.is_alphanumeric() => Kind::Plain,
        _ => Kind::Gap,
    }
}

/// Hands out the words in their order.
fn each<'t>(text: &'t str, mut see: impl FnMut(&'t str)) {
    let mut start = None;
    // The character before, and the case of the last letter of the word before that.
    let (mut before, mut last) = ((0, Kind::Gap), Kind::Plain);
    for (at, char) in text.char_indices() {
        let kind = kind(char);
        let now = if before.1 == Kind::Plain { last } else { before.1 };
        match start {
            Some(from) if kind == Kind::Gap => {
                see(&text[from..at]);
                start = None;
            }
            Some(from) if now == Kind::Small && kind == Kind::Capital => {
                see(&text[from..at]);
                (start, last) = (Some(at), Kind::Plain);
            }
            Some(from) if (last, before.1, kind) == (Kind::Capital, Kind::Capital, Kind::Small) => {
                see(&text[from..before.0]);
                (start, last) = (Some(before.0), Kind::Plain);
            }
            Some(_) => last = now,
            None if kind != Kind::Gap => (start, last) = (Some(at), Kind::Plain),
            None => {}
        }
        before = (at, kind);
    }
    if let Some(from) = start {
        see(&text[from..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str) {
        assert_eq!(snake(text), text.to_snake_case(), "{text:?}");
        assert_eq!(shouty(text), text.to_shouty_snake_case(), "{text:?}");
        assert_eq!(camel(text), text.to_upper_camel_case(), "{text:?}");
    }

    #[test]
    fn words_begin_with_capitals() {
        assert_eq!(snake("HTMLPage2Go"), "html_page2_go");
        assert_eq!(shouty("iOSUpdate"), "I_OS_UPDATE");
        assert_eq!(camel("_b2x-identityUser__flow"), "B2xIdentityUserFlow");
    }

    // What a word is in Rust is agreed on, and written down nowhere but in the crate for it, which
    // takes ten times as long.
    proptest! {
        #[test]
        fn ascii_as_agreed(text in "[a-cA-C0-9_ .]{0,12}") {
            check(&text);
        }

        #[test]
        fn any_text_as_agreed(text in "[aBßΣσİǅ1_]{0,8}|.*") {
            check(&text);
        }
    }
}
