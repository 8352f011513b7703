//! The page, by its tags and by what of it a browser may run. `tests/browser/run.sh` opens it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::digest::{SHA256, digest};

use super::sample::{HARMFUL, HOSTILE, MODELS, every_rule, hostile, many, of_many, small};
use crate::diff::Diff;
use crate::diff::report::html::{SCRIPT_HASH, STYLE_HASH};
use crate::diff::report::to_html;

/// What stands between two tags, once.
fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    let (_, rest) = text.split_once(open).unwrap();
    let (inner, rest) = rest.split_once(close).unwrap();
    assert!(!rest.contains(open), "{open} stands there twice");
    inner
}

#[test]
fn the_policy_knows_the_script_and_the_style() {
    let page = to_html(&Diff::default(), &MODELS);
    for (tag, hash) in [("style", STYLE_HASH), ("script", SCRIPT_HASH)] {
        let inner = between(&page, &format!("<{tag}>"), &format!("</{tag}>"));
        assert_eq!(BASE64_STANDARD.encode(digest(&SHA256, inner.as_bytes())), hash, "{tag}");
        assert!(page.contains(&format!("{tag}-src 'sha256-{hash}';")));
    }
}

#[test]
fn both_sides_stand_beside_each_other() {
    let sample = small();
    let page = to_html(&sample.diff, &sample.compared());
    let (_, rest) = page.split_once(" aria-labelledby=\"group-1\"").unwrap();
    let (first, _) = rest.split_once("</article>").unwrap();
    expect_test::expect![[r##"
        >
        <h2 id="group-1">type <code>example.notes.note</code></h2>
        <article class="change error" data-level="error" data-verdicts="wire rust">
        <h3><span class="level">error</span> property <code>importance</code> has another type: <code>Edm.String</code> → <code>Edm.Int32</code></h3>
        <p class="facts">wire: <strong>breaks</strong> · Rust: <strong>breaks</strong> · bump: major · <a href="#rule-property-type-changed">property-type-changed</a></p>
        <table class="rows">
        <thead><tr><th scope="col">Base <code>resources/note.md:12</code></th><th scope="col">Head <code>resources/note.md:12</code></th></tr></thead>
        <tbody><tr><td><code>|importance|<del>String</del>|How much it matters.|</code></td><td><code>|importance|<ins>Int32</ins>|How much it matters.|</code></td></tr></tbody>
        </table>
    "##]].assert_eq(first);
    assert!(page.contains("<td><code>|text|String|What it says.|</code></td><td></td>"), "{page}");
    assert!(
        page.contains(
            "Head <span class=\"faint\">(not there, near <code>resources/note.md:1</code>)"
        )
    );
    // Without pages, what is known of both sides.
    let page = to_html(&sample.diff, &MODELS);
    assert!(
        page.contains("<td><code>Edm.String</code></td><td><code>Edm.Int32</code></td>"),
        "{page}"
    );
}

#[test]
fn a_page_is_sound() {
    let sample = small();
    check(&to_html(&sample.diff, &sample.compared()));
    check(&to_html(&Diff::default(), &MODELS));
    check(&to_html(&every_rule(), &MODELS));
    check(&to_html(&hostile(), &HARMFUL));
    assert!(
        to_html(&hostile(), &HARMFUL).contains("&lt;script&gt;alert(1)&lt;/script&gt; @everyone")
    );
}

/// Every tag is one of ours and closed, every id is there once, and what refers to one finds it.
fn check(page: &str) {
    const ALLOWED: &str = " html head meta title style body a header h1 h2 h3 p code table caption thead \
        tbody tr th td span strong form label input fieldset legend output button main section article del ins \
        dl dt dd script ";
    let outside = page.replace(between(page, "<style>", "</style>"), "");
    let outside = outside.replace(between(page, "<script>", "</script>"), "");
    let mut open = Vec::new();
    let (mut ids, mut references) = (Vec::new(), Vec::new());
    let mut rest = outside.strip_prefix("<!DOCTYPE html>").unwrap();
    while let Some((text, behind)) = rest.split_once('<') {
        assert!(!text.contains('>'), "{text}");
        assert!(text.split('&').skip(1).all(|it| it.contains(';')), "{text}");
        let (tag, behind) = behind.split_once('>').unwrap();
        rest = behind;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let name = tag.split(' ').next().unwrap();
        assert!(ALLOWED.contains(&format!(" {name} ")), "<{tag}>");
        for attribute in [" on", " style=", " src=", "javascript:", "http:"] {
            assert!(!tag.contains(attribute) || tag.starts_with("meta"), "<{tag}>");
        }
        let value = |name: &str| Some(tag.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0);
        ids.extend(value("id"));
        references.extend(value("href").map(|it| it.strip_prefix('#').unwrap()));
        references.extend(value("for").into_iter().chain(value("aria-labelledby")));
        if !["meta", "input"].contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for reference in references {
        assert!(ids.binary_search(&reference).is_ok(), "{reference}");
    }
}

/// Writes what `tests/browser/run.sh` opens.
#[test]
#[expect(clippy::print_stdout, reason = "a test that does nothing says so")]
fn pages_for_a_browser() {
    let Some(folder) = std::env::var_os("DOCBIND_PAGES") else {
        println!("DOCBIND_PAGES is not set: no page is written for tests/browser/run.sh to open");
        return;
    };
    let folder = std::path::PathBuf::from(folder);
    let sample = small();
    let many = many(2_000);
    for (name, page) in [
        ("small.html", to_html(&sample.diff, &sample.compared())),
        ("every-rule.html", to_html(&every_rule(), &MODELS)),
        ("hostile.html", to_html(&hostile(), &HARMFUL)),
        ("many.html", to_html(&many, &of_many())),
    ] {
        std::fs::write(folder.join(name), page).unwrap();
    }
    assert!(HOSTILE.contains("<script>"));
}
