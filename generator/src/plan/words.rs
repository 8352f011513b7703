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

/// The case of the last letter of a word that has one.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    None,
    Small,
    Capital,
}

/// Hands out the words in their order.
fn each<'t>(text: &'t str, mut see: impl FnMut(&'t str)) {
    for part in text.split(|char: char| !char.is_alphanumeric()) {
        let (mut start, mut last) = (0, Last::None);
        let mut chars = part.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            let Some(&(end, next)) = chars.peek() else { break };
            let now = if char.is_lowercase() {
                Last::Small
            } else if char.is_uppercase() {
                Last::Capital
            } else {
                last
            };
            if now == Last::Small && next.is_uppercase() {
                see(&part[start..end]);
                (start, last) = (end, Last::None);
            } else if last == Last::Capital && char.is_uppercase() && next.is_lowercase() {
                see(&part[start..at]);
                (start, last) = (at, Last::None);
            } else {
                last = now;
            }
        }
        if start < part.len() {
            see(&part[start..]);
        }
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
