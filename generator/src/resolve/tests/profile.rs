//! What is particular to a service: by majority, and where it is stated.

use expect_test::{Expect, expect};

use super::{declarations, resolve, type_pages};
use crate::model::ProfileOverrides;
use crate::resolve::{VersionPages, profile};

/// Pages by their namespaces, and by the URLs of their examples.
#[track_caller]
fn check(namespaces: &[&str], urls: &[&str], stated: &ProfileOverrides, expected: &Expect) {
    let types = namespaces.iter().enumerate().map(|(at, namespace)| {
        let text = format!("# t{at} resource type\n\nNamespace: {namespace}\n");
        (format!("resources/t{at}.md"), text)
    });
    let calls = urls.iter().enumerate().map(|(at, url)| {
        let text = format!(
            "# Get\n\n## HTTP request\n\n```http\nGET /a\n```\n\n## Example\n\n### Request\n\n\
             ```http\nGET {url}\n```\n"
        );
        (format!("api/get{at}.md"), text)
    });
    let pages = declarations(&types.chain(calls).collect::<Vec<_>>());
    let found = profile::find(&[VersionPages { version: None, pages }], stated);
    let base_url = found.base_url.as_deref().unwrap_or("nowhere");
    expected.assert_eq(&format!("{} at {base_url}", found.root_namespace));
}

fn nothing() -> ProfileOverrides {
    ProfileOverrides::default()
}

#[test]
fn the_most_frequent_namespace() {
    check(&[], &[], &nothing(), &expect![[r#"api at nowhere"#]]);
    check(&["a.b", "c.d", "c.d"], &[], &nothing(), &expect![[r#"c.d at nowhere"#]]);
    // Of equals the first.
    check(&["c.d", "a.b"], &[], &nothing(), &expect![[r#"a.b at nowhere"#]]);
}

#[test]
fn a_namespace_around_the_most_frequent_one() {
    check(&["a.b.c", "a.b.c", "a.b"], &[], &nothing(), &expect![[r#"a.b at nowhere"#]]);
    // Not because of its letters.
    check(&["a.bc", "a.bc", "a.b"], &[], &nothing(), &expect![[r#"a.bc at nowhere"#]]);
    // Not one that no page states.
    check(&["a.b.c", "a.b.c", "d"], &[], &nothing(), &expect![[r#"a.b.c at nowhere"#]]);
}

#[test]
fn the_most_frequent_url_in_front_of_a_version() {
    let urls = ["https://X.example/v1.0/a", "https://x.example/v1.0/b", "https://y.example/beta/c"];
    check(&[], &urls, &nothing(), &expect![[r#"api at https://x.example"#]]);
    let urls = ["https://x.example/api/v1.0/a?b=/v2.0/"];
    check(&[], &urls, &nothing(), &expect![[r#"api at https://x.example/api"#]]);
    // One with a version counts as much as two without.
    let urls = ["https://x.example/v1.0/a", "https://y.example/b", "https://y.example/c"];
    check(&[], &urls, &nothing(), &expect![[r#"api at https://x.example"#]]);
    check(&[], &["https://{host}/v1.0/a"], &nothing(), &expect![[r#"api at nowhere"#]]);
}

#[test]
fn what_is_stated_wins() {
    let stated = ProfileOverrides {
        root_namespace: Some("z".to_owned()),
        base_url: Some("https://z.example".to_owned()),
        ..nothing()
    };
    let urls = ["https://x.example/v1.0/a"];
    check(&["a.b"], &urls, &stated, &expect![[r#"z at https://z.example"#]]);
    let stated = ProfileOverrides { root_namespace: Some("z".to_owned()), ..nothing() };
    check(&["a.b"], &urls, &stated, &expect![[r#"z at https://x.example"#]]);
}

#[track_caller]
fn check_base_entity(types: &str, expected: Option<&str>) {
    let pages = declarations(&type_pages(types));
    assert_eq!(profile::base_entity(&resolve(&pages).types).as_deref(), expected);
}

#[test]
fn the_base_entity() {
    check_base_entity("root\n  id: String\na: root\nb: root\n", Some("desk.root"));
    // One type that extends it is no majority.
    check_base_entity("root\n  id: String\na: root\n", None);
    // What has more than a key says something of what extends it.
    check_base_entity("root\n  id: String\n  size: Int32\na: root\nb: root\n", None);
    // What extends another is no root.
    check_base_entity("top\nroot: top\n  id: String\na: root\nb: root\n", None);
}
