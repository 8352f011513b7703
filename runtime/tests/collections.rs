//! Collections page by page, and delta queries.

mod service;

use docbind_runtime::codegen::Node;
use docbind_runtime::{Change, DeltaToken, Page, Reference, Request};

use self::service::{client, reply, run, token};

const BASE: &str = "https://api.example.com/v1.0/things";

fn list(node: &Node) -> Request<Page<Reference>> {
    node.get("/things")
}

/// A page with these ids, and a link to where it goes on.
fn page(ids: &[&str], next: Option<&str>) -> service::Reply {
    let ids: Vec<_> = ids.iter().map(|id| serde_json::json!({ "@odata.id": id })).collect();
    let mut page = serde_json::json!({ "value": ids });
    if let Some(next) = next {
        page["@odata.nextLink"] = next.into();
    }
    reply(200, &[], &page.to_string())
}

fn ids(objects: &[Reference]) -> Vec<&str> {
    objects.iter().filter_map(|object| object.odata_id.as_deref()).collect()
}

#[test]
fn items_come_from_all_pages_and_headers_go_along() {
    let (node, transport, _) = client(|number, _| match number {
        0 => page(&["a", "b"], Some(&format!("{BASE}?$skiptoken=1"))),
        1 => page(&[], Some(&format!("{BASE}?$skiptoken=2"))),
        _ => page(&["c"], None),
    });
    let request = list(&node).top(2).header("ConsistencyLevel", "eventual");
    let items = run(request.items().collect_up_to(100)).expect("items");
    assert_eq!(ids(&items), ["a", "b", "c"]);
    let sent = transport.sent();
    assert_eq!(sent[0].uri().query(), Some("$top=2"));
    assert_eq!(sent[2].uri().query(), Some("$skiptoken=2"));
    assert!(sent.iter().all(|sent| sent.headers().contains_key("consistencylevel")));
}

#[test]
fn no_page_is_asked_for_that_is_not_wanted() {
    let (node, transport, _) = client(|_, _| page(&["a", "b"], Some(&format!("{BASE}?x=1"))));
    let items = run(list(&node).items().collect_up_to(2)).expect("items");
    assert_eq!((items.len(), transport.sent().len()), (2, 1));
}

#[test]
fn a_saved_link_goes_on_where_it_was() {
    let (node, transport, _) = client(|_, _| page(&["z"], None));
    let link = format!("{BASE}?$skiptoken=9%2B");
    let items = run(list(&node).top(5).resume(link).items().collect_up_to(9)).expect("items");
    assert_eq!(ids(&items), ["z"]);
    assert_eq!(transport.sent()[0].uri().query(), Some("$skiptoken=9%2B"));
}

#[test]
fn links_in_circles_end() {
    let (node, ..) = client(|_, _| page(&["a"], Some(&format!("{BASE}?x=1"))));
    let mut items = list(&node).items();
    let mut seen = 0;
    let error = loop {
        match run(items.next()) {
            Some(Ok(_)) => seen += 1,
            Some(Err(error)) => break error,
            None => panic!("no error"),
        }
    };
    assert!(error.is_link(), "{error}");
    assert_eq!(seen, 2, "what was read before is not lost");
    assert!(run(items.next()).is_none());
}

#[test]
fn a_link_of_an_answer_to_a_post_is_asked_for() {
    let (node, transport, _) = client(|number, _| match number {
        0 => page(&["a"], Some(&format!("{BASE}?$skiptoken=1"))),
        _ => page(&["b"], None),
    });
    let request: Request<Page<Reference>> = node.post("/things/find");
    let request = request.json::<docbind_runtime::Value>(serde_json::json!({}));
    run(request.items().collect_up_to(100)).expect("items");
    let sent = transport.sent();
    assert_eq!((sent[0].method().as_str(), sent[1].method().as_str()), ("POST", "GET"));
    assert!(sent[1].body().is_empty());
}

#[test]
fn a_link_to_another_host_gets_no_token() {
    let (node, transport, _) = client(|number, _| match number {
        0 => page(&["a"], Some("https://evil.example.org/next")),
        _ => page(&["b"], None),
    });
    let request = list(&node).header("X-Secret", "s3cret");
    run(request.items().collect_up_to(100)).expect("items");
    let sent = transport.sent();
    assert!(token(&sent[0]).is_some());
    assert_eq!(token(&sent[1]), None);
    assert!(!sent[1].headers().contains_key("x-secret"));
}

#[test]
fn changes_end_with_a_token_for_the_next_time() {
    let (node, transport, _) = client(|number, _| match number {
        0 => page(&["a"], Some(&format!("{BASE}?$skiptoken=1"))),
        1 => reply(
            200,
            &[],
            &serde_json::json!({
                "value": [{"@odata.id": "b", "@removed": {"reason": "deleted"}}],
                "@odata.deltaLink": format!("{BASE}?$deltatoken=d"),
            })
            .to_string(),
        ),
        _ => page(&[], None),
    });
    let mut changes = list(&node).changes();
    let mut seen = Vec::new();
    while let Some(change) = run(changes.next()) {
        seen.push(match change.expect("a change") {
            Change::Changed(object) => format!("changed {}", object.odata_id.unwrap_or_default()),
            Change::Removed { object, reason, .. } => {
                format!("{reason} {}", object.odata_id.unwrap_or_default())
            }
            _ => String::new(),
        });
    }
    assert_eq!(seen, ["changed a", "deleted b"]);
    let token = changes.token().expect("a token");
    let saved = serde_json::to_string(token).expect("JSON");
    let token: DeltaToken = serde_json::from_str(&saved).expect("a token");
    assert!(run(list(&node).since(&token).changes().next()).is_none());
    assert_eq!(transport.sent()[2].uri().query(), Some("$deltatoken=d"));
}

#[test]
fn a_link_may_be_a_path() {
    let (node, transport, _) = client(|number, _| match number {
        0 => page(&["a"], Some("/v1.0/things?$skiptoken=1")),
        _ => page(&["b"], None),
    });
    let items = run(list(&node).items().collect_up_to(100)).expect("items");
    assert_eq!(ids(&items), ["a", "b"]);
    assert_eq!(transport.sent()[1].uri().to_string(), format!("{BASE}?$skiptoken=1"));
    assert!(token(&transport.sent()[1]).is_some());
}

#[test]
fn a_link_that_leads_nowhere_is_an_error_and_nothing_is_sent() {
    for link in ["", "things", "//evil.example.org/", "ftp://example.org/", "https:///"] {
        let (node, transport, _) = client(move |_, _| page(&["a"], Some(link)));
        let error = run(list(&node).items().collect_up_to(100)).expect_err("no link");
        assert!(error.is_link() && !error.is_retryable(), "{link}: {error}");
        assert_eq!(error.operation(), Some("GET /things"));
        assert_eq!(transport.sent().len(), 1, "{link}");
    }
}

#[test]
fn after_a_failure_the_link_leads_on() {
    let next = format!("{BASE}?$skiptoken=1");
    let (node, ..) = client(move |number, _| match number {
        0 => page(&["a", "b"], Some(&next)),
        2 => page(&["c"], None),
        _ => reply(400, &[], ""),
    });
    let mut items = list(&node).items();
    assert_eq!(items.next_link(), None);
    run(items.next()).expect("an item").expect("an item");
    // The first page has no link, and there is more on it.
    assert_eq!(items.next_link(), None);
    run(items.next()).expect("an item").expect("an item");
    run(items.next()).expect("an end").expect_err("a failure");
    assert!(run(items.next()).is_none());
    let link = items.next_link().expect("a link").to_owned();
    let mut pages = list(&node).resume(link.clone()).pages();
    assert_eq!(pages.next_link(), Some(&*link));
    assert_eq!(ids(&run(pages.next()).expect("a page").expect("a page").value), ["c"]);
    assert_eq!(pages.next_link(), None);
    assert!(run(pages.next()).is_none());
    let mut changes = list(&node).resume(link.clone()).changes();
    run(changes.next()).expect("an end").expect_err("a failure");
    assert_eq!(changes.next_link(), Some(&*link));
}

#[test]
fn in_the_middle_of_a_page_the_link_leads_to_that_page() {
    let next = format!("{BASE}?$skiptoken=1");
    let link = next.clone();
    let (node, ..) = client(move |number, _| match number {
        0 => page(&["a"], Some(&next)),
        _ => page(&["b", "c"], Some(&format!("{BASE}?$skiptoken=2"))),
    });
    let mut items = list(&node).items();
    for _ in 0..2 {
        run(items.next()).expect("an item").expect("an item");
    }
    assert_eq!(items.next_link(), Some(&*link));
    run(items.next()).expect("an item").expect("an item");
    assert_eq!(items.next_link(), Some(&*format!("{BASE}?$skiptoken=2")));
}
