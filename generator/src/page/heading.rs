//! What a heading says: its key, and whether it is a language tab.

/// The tab that a heading opens, `# [HTTP](#tab/http)`, if it is no real heading.
pub(super) fn tab(raw: &str) -> Option<&str> {
    // Most headings end without a link, and need no search.
    if !raw.trim_ascii_end().ends_with(')') {
        return None;
    }
    let at = raw.find("](#tab/")?;
    let name = &raw[at + "](#tab/".len()..];
    Some(name.split([')', '/']).next().unwrap_or_default())
}

/// The slug of an anchor, `<a name="http-request-1">`, without the number of its repetition.
pub(super) fn anchor_key(tag: &str) -> Option<String> {
    let rest = tag.strip_prefix("<a")?.trim_ascii_start();
    let rest = rest.strip_prefix("name").or_else(|| rest.strip_prefix("id"))?;
    let rest = rest.trim_ascii_start().strip_prefix('=')?.trim_ascii();
    let quoted = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    let quoted = quoted.or_else(|| rest.strip_prefix('\'').and_then(|rest| rest.split_once('\'')));
    let slug = quoted.map_or(rest.trim_end_matches(['>', '/']), |(slug, _)| slug);
    let key = match slug.rsplit_once('-') {
        Some((word, number)) if !word.is_empty() && is_number(number) => word,
        _ => slug,
    };
    Some(key.to_lowercase()).filter(|key| !key.is_empty())
}

/// The key that is made from a heading's text: its words in lower case, joined by `-`.
pub(super) fn text_key(title: &str) -> String {
    let mut key = String::with_capacity(title.len());
    for letter in title.chars() {
        if letter.is_ascii_alphanumeric() {
            key.push(letter.to_ascii_lowercase());
            continue;
        }
        if letter.is_alphanumeric() || letter == '_' {
            key.extend(letter.to_lowercase());
        } else if (letter.is_whitespace() || letter == '-')
            && !key.is_empty()
            && !key.ends_with('-')
        {
            key.push('-');
        }
    }
    key.truncate(key.trim_end_matches('-').len());
    key
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check_key(title: &str, expected: &Expect) {
        expected.assert_eq(&text_key(title));
    }

    #[test]
    fn keys_are_made_of_words() {
        check_key("HTTP Request", &expect!["http-request"]);
        check_key(
            "HTTP request (to upload  a new file)",
            &expect!["http-request-to-upload-a-new-file"],
        );
        check_key("Example 1: Create a user", &expect!["example-1-create-a-user"]);
        check_key("Response:", &expect!["response"]);
        check_key(" - Réponse -", &expect!["réponse"]);
    }

    #[track_caller]
    fn check_anchor(tag: &str, expected: &Expect) {
        expected.assert_eq(&format!("{:?}", anchor_key(tag)));
    }

    #[test]
    fn anchors_name_the_key() {
        check_anchor(r#"<a name="http-request">"#, &expect![[r#"Some("http-request")"#]]);
        check_anchor(r#"<a name="response-1">"#, &expect![[r#"Some("response")"#]]);
        check_anchor("<a id='Members'>", &expect![[r#"Some("members")"#]]);
        check_anchor("<a name=members>", &expect![[r#"Some("members")"#]]);
        check_anchor(r#"<a href="x">"#, &expect!["None"]);
        check_anchor("</a>", &expect!["None"]);
    }

    #[test]
    fn tabs_are_no_headings() {
        assert_eq!(tab("# [HTTP](#tab/http)\n"), Some("http"));
        assert_eq!(tab("### [C#](#tab/csharp/x)"), Some("csharp"));
        assert_eq!(tab("# [HTTP](#http)"), None);
    }
}
