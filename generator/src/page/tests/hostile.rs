use super::{check_spans, parse};
use crate::diagnostic::{Code, Diagnostics};
use crate::docs::Docs;
use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};

/// Parses a page; what counts is that it ends, and that what it says has a place.
#[track_caller]
fn survives(text: &str) -> Diagnostics {
    let include = "x [!INCLUDE [x](x.md)]\n\n|a|b|\n|--|--|\n|1|2|\n";
    let docs = Docs::from_texts([("api/a.md", text), ("api/x.md", include)]);
    let parsed = parse(&docs, &docs.files[0]);
    check_spans(&docs, &parsed.value);
    for diagnostic in &parsed.diagnostics {
        assert!(docs.file(diagnostic.span.file).text.get(diagnostic.span.range()).is_some());
    }
    parsed.diagnostics
}

#[test]
fn ten_megabytes_in_one_line() {
    survives(&"words and words ".repeat(640 * 1_024));
    survives(&format!("# A\n\n|a|b|\n|--|--|\n|x|{}|\n", "long ".repeat(2_000_000)));
}

#[test]
fn nesting_without_end() {
    for marker in [">", "> ", "- ", "1. ", "- > "] {
        let diagnostics = survives(&format!("# A\n\n{}text\n", marker.repeat(100_000)));
        assert_eq!(diagnostics.len(), 1, "{marker}");
        assert_eq!(diagnostics[0].code, Code::DeepNesting);
    }
}

#[test]
fn patterns_without_end() {
    let patterns = [
        "`",
        "` ",
        "```\n",
        "```http\n",
        "```http\nx\n",
        "~~~a\n",
        "*",
        "*a ",
        "_a_ ",
        "~a ",
        "[",
        "[]",
        "[a](",
        "![",
        "[!INCLUDE [",
        "[!INCLUDE [x](x.md)] ",
        "[!INCLUDE [x](x.md)]\n\n",
        "<",
        "<a ",
        "<!-- ",
        "<!-- a\n\n",
        "<!-- {\"a\": 1} -->\n",
        "<!-- {} -->\n\n",
        "<div>\n",
        "<br/>\n# a\n",
        "<![CDATA[",
        "# a\n",
        "#",
        "a\n-\n",
        "# [a](#tab/b)\n",
        "# [HTTP](#tab/http)\n```http\na\n```\n",
        "---\n",
        "|",
        "|\n",
        "|--|\n",
        "|a\n|--|-|\n",
        "|a|\n|--|\n|x\n\ny|\n",
        "> |a|\n> |-|\n",
        "&amp;",
        "\\",
        "\t|",
        "\n",
        " ",
        "    ```\n",
        "- a\n",
        "é",
        "\u{a0}",
    ];
    for pattern in patterns {
        let page = pattern.repeat(30_000 / pattern.len());
        survives(&page);
        survives(&format!("# A\n\n|a|b|\n|--|--|\n{page}"));
        survives(&format!("---\ntitle: a\n{page}"));
        survives(&format!("<!-- {{ {page}"));
        survives(&format!("```http\n{page}"));
    }
}

#[test]
fn a_table_without_end() {
    survives(&format!("|a|b|\n|--|--|\n{}", "|x|y|\n".repeat(20_000)));
    // Each of many short rows would be filled up to many columns.
    let columns = 5_000;
    let header = format!("|{}\n|{}\n", "a|".repeat(columns), "-|".repeat(columns));
    survives(&format!("{header}{}", "|x|\n".repeat(1_000)));
}

#[test]
fn many_flaws_are_summed_up() {
    let diagnostics = survives(&format!("# A\n\n|a|b|\n|--|--|\n{}", "|x|\n".repeat(150)));
    assert_eq!(diagnostics.len(), 100);
    assert!(diagnostics[99].message.ends_with(", and 50 more of these"), "{diagnostics:?}");
}

/// Pieces that pages consist of, whole and broken.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "---\n",
        "title: \"a\"\n",
        "# A\n",
        "## HTTP request\n",
        "```http\n",
        "```\n",
        "```",
        "GET /a\n",
        "|a|b|\n",
        "|--|--|\n",
        "|--|\n",
        "|x",
        "|y|\n",
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "- ",
        "> ",
        "1. ",
        "<!-- ",
        "-->",
        "{ \"blockType\": \"request\" }",
        "{ \"a\": ",
        ",}",
        "[!INCLUDE [x](x.md)]",
        "[a](b.md)",
        "[a][]",
        "[a]: b\n",
        "# [HTTP](#tab/http)\n",
        "# [C#](#tab/csharp)\n",
        "**",
        "*",
        "`",
        "``",
        "<br>",
        "<br/>\n",
        "<a name=\"x\"></a>",
        "\\",
        "\\|",
        "&amp;",
        "é",
        "\u{fffd}",
        "===\n",
        "~~~\n",
        "[!NOTE]",
        "text ",
    ]);
    prop_oneof![
        8 => known.prop_map(str::to_string),
        1 => any::<String>(),
    ]
}

proptest! {
    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        survives(&text);
    }

    #[test]
    fn any_pieces_are_survived(pieces in prop::collection::vec(piece(), 0..60)) {
        survives(&pieces.concat());
    }
}
