//! Diagnostics as people and programs read them: with the source line as rustc prints it, on one
//! line, or as JSON.
//!
//! Pages are not trusted. Control characters in them, and those that turn the direction of text,
//! are shown as pictures and never reach a terminal.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::docs::Docs;
use crate::span::{FileId, Span, floor_boundary};

/// How many characters of a source line are shown on each side of what it is about.
const CONTEXT: usize = 60;

/// How many characters of the place itself are shown.
const LONGEST_MARK: usize = 100;

/// What stands for the rest of a line that is not shown.
const ELLIPSIS: &str = "...";

/// Whether text is coloured for a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// No colours.
    Plain,
    /// Colours as escape sequences.
    Coloured,
}

/// Sorts diagnostics by file and place. Those of one place stay in order.
pub fn sort(docs: &Docs, diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|left, right| {
        let place = |span: Span| (&docs.file(span.file).path, span.start);
        place(left.span).cmp(&place(right.span))
    });
}

/// A diagnostic with its source line, labels and help, as rustc prints its own.
pub fn text(docs: &Docs, diagnostic: &Diagnostic, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level.primary_title(clean(&diagnostic.message)).id(diagnostic.code.id());
    let mut group = Group::with_title(title);
    for shown in shown_lines(docs, diagnostic) {
        let path = clean(&docs.file(shown.file).path).into_owned();
        let origin = Origin::path(path.clone()).line(shown.line as usize);
        if shown.source.is_empty() {
            group = group.element(origin.char_column(shown.column as usize));
            continue;
        }
        let snippet = Snippet::source(shown.source).line_start(shown.line as usize);
        let snippet = snippet.annotations(shown.annotations);
        group = if shown.is_cut {
            // The renderer would count columns from where the line was cut.
            group.element(origin.char_column(shown.column as usize)).element(snippet)
        } else {
            group.element(snippet.path(path))
        };
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    renderer.term_width(2 * CONTEXT + LONGEST_MARK + 20).render(&[group])
}

/// A diagnostic on one line: `warning[code] path:line: message`.
pub fn line(docs: &Docs, diagnostic: &Diagnostic) -> String {
    let path = &docs.file(diagnostic.span.file).path;
    format!(
        "{}[{}] {}:{}: {}",
        diagnostic.severity.as_str(),
        diagnostic.code.id(),
        clean(path),
        docs.line(diagnostic.span),
        clean(&diagnostic.message)
    )
}

/// A source line with what is marked in it.
struct ShownLine<'a> {
    file: FileId,
    line: u32,
    column: u32,
    source: String,
    /// Whether the source does not start where the line does.
    is_cut: bool,
    annotations: Vec<Annotation<'a>>,
}

/// The lines that a diagnostic points at, each with all that is marked in it.
fn shown_lines<'a>(docs: &Docs, diagnostic: &'a Diagnostic) -> Vec<ShownLine<'a>> {
    let primary = (diagnostic.span, AnnotationKind::Primary, None);
    let labels = diagnostic.labels.iter();
    let labels = labels.map(|(span, label)| (*span, AnnotationKind::Context, Some(label)));
    let mut shown: Vec<ShownLine<'a>> = Vec::new();
    let mut windows: Vec<Range<usize>> = Vec::new();
    for (span, kind, label) in std::iter::once(primary).chain(labels) {
        let text = &docs.file(span.file).text;
        let (line, column) = (docs.line(span), docs.column(span));
        let known = shown.iter().zip(&windows).position(|(shown, window)| {
            let start = span.start as usize;
            shown.file == span.file && window.contains(&start)
        });
        let at = known.unwrap_or_else(|| {
            let line_start = docs.line_index(span.file).start(line);
            let window = window(text, line_start, span);
            let is_cut = window.start > line_start;
            let source = shown_source(text, &window, is_cut);
            shown.push(ShownLine {
                file: span.file,
                line,
                column,
                source,
                is_cut,
                annotations: Vec::new(),
            });
            windows.push(window);
            shown.len() - 1
        });
        let marked = clip(span, &windows[at]);
        let shift = if shown[at].is_cut { ELLIPSIS.len() } else { 0 };
        let offset = |to: usize| shift + clean(&text[windows[at].start..to]).len();
        let mut annotation = kind.span(offset(marked.start)..offset(marked.end));
        if let Some(label) = label {
            annotation = annotation.label(clean(label));
        }
        shown[at].annotations.push(annotation);
    }
    shown
}

/// The part of the line at `line_start` that is shown because of `span`.
fn window(text: &str, line_start: usize, span: Span) -> Range<usize> {
    let start = floor_boundary(text, span.start as usize);
    let behind = &text[start..];
    // Looking for the end of a line stops where nothing more would be shown.
    let shown = behind.char_indices().take(LONGEST_MARK + CONTEXT);
    let end = shown.take_while(|&(_, letter)| letter != '\n').last();
    let end = end.map_or(start, |(at, letter)| start + at + letter.len_utf8());
    let before = text[line_start..start].char_indices().rev().take(CONTEXT).last();
    let first = before.map_or(start, |(at, _)| line_start + at);
    // A line that just fits is shown from its start.
    if start - line_start <= 2 * CONTEXT { line_start..end } else { first..end }
}

/// The text of a window, with an ellipsis where the line goes on.
fn shown_source(text: &str, window: &Range<usize>, is_cut: bool) -> String {
    let goes_on = !text[window.end..].is_empty() && !text[window.end..].starts_with('\n');
    let ellipsis = |is_there| if is_there { ELLIPSIS } else { "" };
    format!("{}{}{}", ellipsis(is_cut), clean(&text[window.clone()]), ellipsis(goes_on))
}

/// The part of a span that is shown.
fn clip(span: Span, window: &Range<usize>) -> Range<usize> {
    let start = (span.start as usize).clamp(window.start, window.end);
    start..(span.end as usize).clamp(start, window.end)
}

/// A text without characters that do something to a terminal.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let picture = |letter: char| match letter {
        '\u{0}'..='\u{1F}' => char::from_u32(0x2400 + letter as u32).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        letter if is_hostile(letter) => '\u{FFFD}',
        letter => letter,
    };
    Cow::Owned(text.chars().map(picture).collect())
}

fn is_hostile(letter: char) -> bool {
    letter.is_control() && letter != '\t'
        || matches!(letter,
            '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use expect_test::{Expect, expect};

    fn warning(docs: &Docs, what: &str) -> Diagnostic {
        let file = &docs.files[0];
        let at = file.text.find(what).unwrap_or_default();
        let span = Span::new(file.id, at, at + what.len());
        Diagnostic::warning(Code::SplitRow, span, format!("here is `{what}`"))
    }

    #[track_caller]
    fn check(source: &str, what: &str, expected: &Expect) {
        let docs = Docs::from_texts([("api/a.md", source)]);
        let diagnostic = warning(&docs, what);
        let text = text(&docs, &diagnostic, Style::Plain);
        expected.assert_eq(&format!("{text}\n{}\n", line(&docs, &diagnostic)));
    }

    #[test]
    fn a_place_is_shown_with_its_line() {
        check(
            "# A\n\nGrüße an alle.\n",
            "an alle",
            &expect![[r#"
                warning[split-row]: here is `an alle`
                 --> api/a.md:3:7
                  |
                3 | Grüße an alle.
                  |       ^^^^^^^
                warning[split-row] api/a.md:3: here is `an alle`
            "#]],
        );
    }

    #[test]
    fn only_the_first_line_of_a_place_is_shown() {
        check(
            "one two\nthree\n",
            "two\nthree",
            &expect![[r#"
                warning[split-row]: here is `two␊three`
                 --> api/a.md:1:5
                  |
                1 | one two
                  |     ^^^
                warning[split-row] api/a.md:1: here is `two␊three`
            "#]],
        );
    }

    #[test]
    fn a_place_at_the_end_of_the_file_is_shown() {
        check(
            "",
            "",
            &expect![[r#"
            warning[split-row]: here is ``
            --> api/a.md:1:1
            warning[split-row] api/a.md:1: here is ``
        "#]],
        );
        check(
            "one",
            "",
            &expect![[r#"
                warning[split-row]: here is ``
                 --> api/a.md:1:1
                  |
                1 | one
                  | ^
                warning[split-row] api/a.md:1: here is ``
            "#]],
        );
    }

    #[test]
    fn long_lines_are_cut_on_both_sides() {
        let source = format!("a\n{}needle{}\n", "x".repeat(100_000), "y".repeat(100_000));
        check(
            &source,
            "needle",
            &expect![[r#"
                warning[split-row]: here is `needle`
                 --> api/a.md:2:100001
                  |
                 ::: 
                2 | ...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxneedleyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy...
                  |                                                                ^^^^^^
                warning[split-row] api/a.md:2: here is `needle`
            "#]],
        );
    }

    #[test]
    fn control_characters_are_shown_as_pictures() {
        check(
            "a \u{1b}[31mred\u{202e} b\u{7}\n",
            "red\u{202e}",
            &expect![[r#"
                warning[split-row]: here is `red�`
                 --> api/a.md:1:8
                  |
                1 | a ␛[31mred� b␇
                  |        ^^^^
                warning[split-row] api/a.md:1: here is `red�`
            "#]],
        );
    }

    #[test]
    fn labels_and_help_are_shown() {
        let docs = Docs::from_texts([("api/a.md", "one two\n\nthree\n"), ("api/b.md", "four\n")]);
        let place = |file: usize, start, end| Span::new(docs.files[file].id, start, end);
        let diagnostic = warning(&docs, "two")
            .label(place(0, 0, 3), "the first")
            .label(place(0, 9, 14), "another\u{1b}")
            .label(place(1, 0, 4), "elsewhere")
            .help("do something");
        expect![[r#"
            warning[split-row]: here is `two`
             --> api/a.md:1:5
              |
            1 | one two
              | --- ^^^
              | |
              | the first
              |
             ::: api/a.md:3:1
              |
            3 | three
              | ----- another␛
              |
             ::: api/b.md:1:1
              |
            1 | four
              | ---- elsewhere
              |
              = help: do something"#]]
        .assert_eq(&text(&docs, &diagnostic, Style::Plain));
        expect![[r#"\u{1b}[1m\u{1b}[33mwarning[split-row]\u{1b}[0m\u{1b}[1m: here is `two`\u{1b}[0m\n \u{1b}[1m\u{1b}[94m--> \u{1b}[0mapi/a.md:1:5\n  \u{1b}[1m\u{1b}[94m|\u{1b}[0m\n\u{1b}[1m\u{1b}[94m1\u{1b}[0m \u{1b}[1m\u{1b}[94m|\u{1b}[0m one two\n  \u{1b}[1m\u{1b}[94m|\u{1b}[0m \u{1b}[1m\u{1b}[94m---\u{1b}[0m \u{1b}[1m\u{1b}[33m^^^\u{1b}[0m\n  \u{1b}[1m\u{1b}[94m|\u{1b}[0m \u{1b}[1m\u{1b}[94m|\u{1b}[0m\n  \u{1b}[1m\u{1b}[94m|\u{1b}[0m \u{1b}[1m\u{1b}[94mthe first\u{1b}[0m\n  \u{1b}[1m\u{1b}[94m|\u{1b}[0m\n \u{1b}[1m\u{1b}[94m::: \u{1b}[0mapi/a.md:3:1\n  \u{1b}[1m\u{1b}[94m|\u{1b}[0m\n\u{1b}[1m\u{1b}[94m3\u{1b}[0m \u{1b}[1m\u{1b}[94m|\u{1b}[0m three\n  \u{1b}[1m\u{1b}[94m|\u{1b}[0m \u{1b}[1m\u{1b}[94m-----\u{1b}[0m \u{1b}[1m\u{1b}[94manother␛\u{1b}[0m\n  \u{1b}[1m\u{1b}[94m|\u{1b}[0m\n \u{1b}[1m\u{1b}[94m::: \u{1b}[0mapi/b.md:1:1\n  \u{1b}[1m\u{1b}[94m|\u{1b}[0m\n\u{1b}[1m\u{1b}[94m1\u{1b}[0m \u{1b}[1m\u{1b}[94m|\u{1b}[0m four\n  \u{1b}[1m\u{1b}[94m|\u{1b}[0m \u{1b}[1m\u{1b}[94m----\u{1b}[0m \u{1b}[1m\u{1b}[94melsewhere\u{1b}[0m\n  \u{1b}[1m\u{1b}[94m|\u{1b}[0m\n  \u{1b}[1m\u{1b}[94m= \u{1b}[0m\u{1b}[1mhelp\u{1b}[0m: do something"#]]
            .assert_eq(&text(&docs, &diagnostic, Style::Coloured).escape_debug().to_string());
    }

    #[test]
    fn diagnostics_are_sorted_by_file_and_place() {
        let docs = Docs::from_texts([("api/a.md", "one two\n"), ("api/b.md", "four\n")]);
        let at = |file: usize, start, message: &str| {
            Diagnostic::warning(
                Code::SplitRow,
                Span::new(docs.files[file].id, start, start),
                message,
            )
        };
        let mut diagnostics = vec![at(1, 0, "3"), at(0, 4, "2"), at(0, 0, "1"), at(0, 0, "0")];
        sort(&docs, &mut diagnostics);
        let order: Vec<_> = diagnostics.iter().map(|diagnostic| &*diagnostic.message).collect();
        assert_eq!(order, ["1", "0", "2", "3"]);
    }
}
