//! Documentation attributes.
//!
//! The docs' text is not trusted: it must not end the comment, become Markdown or HTML, make a
//! link to an item, or be run as a test. It is escaped character by character and folded into
//! lines that never start with anything but a word.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::plan::{Block, Doc, Inline, clip};

/// The column at which lines are folded.
const WIDTH: usize = 96;

/// The most bytes of a reason for deprecation.
const LONGEST_NOTE: usize = 300;

/// The documentation of an item as outer attributes.
pub(super) fn emit_doc(doc: &Doc<'_>) -> TokenStream {
    let lines = render(doc).into_iter().map(|line| {
        let line = Literal::string(&line);
        quote! { #[doc = #line] }
    });
    lines.collect()
}

/// The documentation of a module or crate as inner attributes.
pub(super) fn emit_inner_doc(doc: &Doc<'_>) -> TokenStream {
    let lines = render(doc).into_iter().map(|line| {
        let line = Literal::string(&line);
        quote! { #![doc = #line] }
    });
    lines.collect()
}

/// The attribute for what should not be used any more.
pub(super) fn emit_deprecated(reason: Option<&str>) -> Option<TokenStream> {
    let reason = reason?;
    // rustdoc reads the note as Markdown too.
    let note: Vec<_> = plain(clip(reason, LONGEST_NOTE)).map(|word| escape(&word)).collect();
    let note = note.join(" ");
    Some(if note.is_empty() {
        quote! { #[deprecated] }
    } else {
        quote! { #[deprecated = #note] }
    })
}

/// The lines, each with the blank behind `///`.
fn render(doc: &Doc<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut was_item = false;
    for block in &doc.blocks {
        let (inlines, is_item) = match block {
            Block::Paragraph(inlines) => (inlines, false),
            Block::Item(inlines) => (inlines, true),
            Block::Code(code) => {
                lines.extend(["", " ```"].map(str::to_owned));
                lines.extend(code.iter().map(|line| format!(" {line}")));
                lines.push(" ```".to_owned());
                was_item = false;
                continue;
            }
        };
        let words = words(inlines);
        if words.is_empty() {
            continue;
        }
        if !lines.is_empty() && (!was_item || !is_item) {
            lines.push(String::new());
        }
        let (first, next) = if is_item { (" - ", "   ") } else { (" ", " ") };
        fold(&words, first, next, &mut lines);
        was_item = is_item;
    }
    lines
}

fn fold(words: &[String], first: &str, next: &str, lines: &mut Vec<String>) {
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in words {
        if !is_empty && line.len() + word.len() > WIDTH {
            lines.push(std::mem::replace(&mut line, next.to_owned()));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        match block_marker(word) {
            Some(at) if is_empty => {
                line.push_str(&word[..at]);
                line.push('\\');
                line.push_str(&word[at..]);
            }
            _ => line.push_str(word),
        }
        is_empty = false;
    }
    lines.push(line);
}

/// Where a line that starts with this word would say that it is no running text, but an item of
/// a list, a heading, a rule.
fn block_marker(word: &str) -> Option<usize> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    match word.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => Some(digits),
        Some(b'-' | b'+' | b'=' | b'#' | b':') if digits == 0 => Some(0),
        _ => None,
    }
}

/// The words of a paragraph, escaped. What stands between blanks of a code span stays together.
fn words(inlines: &[Inline<'_>]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_glued = false;
    for inline in inlines {
        match inline {
            Inline::Prose(text) => {
                let glue = is_glued && !text.starts_with(char::is_whitespace);
                for (at, word) in plain(text).enumerate() {
                    push(&mut words, escape(&word), glue && at == 0);
                }
                is_glued = !text.ends_with(char::is_whitespace);
            }
            Inline::Ours(text) => {
                let glue = is_glued && !text.starts_with(' ');
                for (at, word) in text.split(' ').filter(|word| !word.is_empty()).enumerate() {
                    push(&mut words, word.to_owned(), glue && at == 0);
                }
                is_glued = !text.ends_with(' ');
            }
            Inline::Code(text) => {
                push(&mut words, code_span(text), is_glued);
                is_glued = true;
            }
        }
    }
    words
}

fn push(words: &mut Vec<String>, word: String, is_glued: bool) {
    match words.last_mut() {
        Some(last) if is_glued => last.push_str(&word),
        _ => words.push(word),
    }
}

/// The words of a text of the docs, without characters that do not show or that turn text round.
fn plain(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().filter_map(|word| {
        let word: String = word.chars().filter(|char| is_shown(*char)).collect();
        (!word.is_empty()).then_some(word)
    })
}

fn is_shown(char: char) -> bool {
    !char.is_control()
        && !matches!(char,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// A word as Markdown that shows the word.
fn escape(word: &str) -> String {
    if let Some(at) = word.find("http://").or_else(|| word.find("https://")) {
        return url(word, at);
    }
    let mut escaped = String::with_capacity(word.len() + 4);
    let mut chars = word.chars().peekable();
    let mut before = ' ';
    while let Some(char) = chars.next() {
        let is_inside = |other: char| other.is_alphanumeric();
        let is_markup = match char {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' | '|' | '&' => true,
            '_' => !(is_inside(before) && chars.peek().copied().is_some_and(is_inside)),
            _ => false,
        };
        if is_markup {
            escaped.push('\\');
        }
        escaped.push(char);
        before = char;
    }
    escaped
}

/// A word that holds a URL: a link if the URL is clean, else a code span.
fn url(word: &str, at: usize) -> String {
    let (before, rest) = word.split_at(at);
    let end = rest
        .find(|char: char| !(char.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(char)))
        .unwrap_or(rest.len());
    let link = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
    let after = &rest[link.len()..];
    let is_clean = link.len() > "https://".len() && !after.contains('{') && !after.contains("http");
    if is_clean && !before.contains("http") {
        format!("{}<{link}>{}", escape(before), escape(after))
    } else {
        code_span(word)
    }
}

/// A code span of any text: the fence is longer than each row of backticks in the text.
fn code_span(text: &str) -> String {
    let text = plain(text).collect::<Vec<_>>().join(" ");
    let mut longest = 0;
    let mut row = 0;
    for char in text.chars() {
        row = if char == '`' { row + 1 } else { 0 };
        longest = longest.max(row);
    }
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    if text.is_empty() { String::new() } else { format!("{fence}{pad}{text}{pad}{fence}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};
    use std::fmt::Write;

    /// What rustdoc enables, but for typographic quotes.
    const RUSTDOC: Options = Options::ENABLE_TABLES
        .union(Options::ENABLE_FOOTNOTES)
        .union(Options::ENABLE_STRIKETHROUGH)
        .union(Options::ENABLE_TASKLISTS);

    fn prose(text: &str) -> Vec<String> {
        render(&Doc::prose(Some(text), Vec::new()))
    }

    #[track_caller]
    fn check(text: &str, expected: &Expect) {
        let lines = prose(text);
        let lines = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line));
        expected.assert_eq(&lines.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn markup_is_shown_as_it_is() {
        check(
            "The `id` of a [thing] or <b>*bold*</b> | snake_case _it_ a&lt;b.",
            &expect![[
                r"The \`id\` of a \[thing\] or \<b\>\*bold\*\</b\> \| snake_case \_it\_ a\&lt;b."
            ]],
        );
    }

    #[test]
    fn the_first_sentence_stands_alone() {
        check(
            "One. Two, and\nthree.",
            &expect![[r#"
             One.

             Two, and three."#]],
        );
    }

    #[test]
    fn nothing_starts_a_block() {
        check("- no item", &expect![r"\- no item"]);
        check("# no heading", &expect![r"\# no heading"]);
        check("1. no number", &expect![[r#"1\. no number"#]]);
        check(
            "```rust\npanic!()\n```",
            &expect![[r"
             \`\`\`rust

             panic!() \`\`\`"]],
        );
        check("    indented", &expect!["indented"]);
    }

    #[test]
    fn urls_are_links_or_code() {
        check("See (https://example.com/a_b).", &expect!["See (<https://example.com/a_b>)."]);
        check("https://example.com/{id}/x", &expect!["`https://example.com/{id}/x`"]);
    }

    #[test]
    fn hidden_characters_are_left_out() {
        check("a\u{202e}b\u{200b}\0c\rd", &expect!["abc d"]);
    }

    #[test]
    fn code_spans_hold_backticks() {
        let doc = Doc::ours(vec![Inline::Code("a``b`".into()), Inline::Ours(" and".into())]);
        expect![" ``` a``b` ``` and"].assert_eq(&render(&doc).join("\n"));
    }

    /// The text that Markdown shows, and whether anything but text came out of it.
    fn shown(lines: &[String]) -> (String, bool) {
        let text = lines.join("\n");
        let mut shown = String::new();
        let mut is_text = true;
        for event in Parser::new_ext(&text, RUSTDOC) {
            match event {
                Event::Text(part) | Event::Code(part) => shown.push_str(&part),
                Event::SoftBreak => shown.push(' '),
                Event::Start(Tag::Paragraph | Tag::Link { .. }) | Event::End(_) => {}
                other => {
                    is_text = false;
                    write!(shown, "{other:?}").expect("a string takes everything");
                }
            }
        }
        (shown, is_text)
    }

    fn solid(text: &str) -> String {
        text.chars().filter(|char| !char.is_whitespace() && is_shown(*char)).collect()
    }

    proptest! {
        #[test]
        fn any_text_shows_as_itself(text in "[-a-c`*_\\[\\]<>&#+=|~!\\\\(){}:./1\n \t\"']{0,60}|\\PC{0,200}|.*") {
            let lines = prose(&text);
            let (seen, is_text) = shown(&lines);
            prop_assert!(is_text, "{seen:?} from {lines:?}");
            if !text.contains("http") && text.len() < 2000 {
                prop_assert_eq!(solid(&seen), solid(&text));
            }
        }

        #[test]
        fn any_text_is_one_attribute_for_each_line(text in ".*|[/*`\"\\\\#\r\n ]{0,40}") {
            let doc = Doc::prose(Some(&text), vec![Inline::Code("x".into())]);
            let tokens = emit_doc(&doc);
            let file: syn::File = syn::parse2(quote! { #tokens pub struct S; }).unwrap();
            let formatted = prettyplease::unparse(&file);
            let again: syn::File = syn::parse_str(&formatted).unwrap();
            prop_assert_eq!(again.items.len(), 1);
            prop_assert!(formatted.lines().filter(|line| !line.starts_with("///")).eq(["pub struct S;"]), "{formatted}");
        }

        #[test]
        fn any_reason_is_one_attribute(text in ".*") {
            let tokens = emit_deprecated(Some(&text));
            let file: syn::File = syn::parse2(quote! { #tokens pub struct S; }).unwrap();
            prop_assert_eq!(file.items.len(), 1);
        }
    }
}
