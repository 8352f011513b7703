//! Paths, queries and answers.

mod support;

use docbind_runtime::codegen::Node;
use docbind_runtime::{
    Accepted, Client, Content, Enumeration, Filter, Flags, FromResponse, Page, Property, Request,
    Response,
};
use serde_json::json;
use support::{Color, Thing, thing};

fn node() -> Node {
    Node::new(Client::offline("https://example.org/v1/"))
}

#[track_caller]
fn check_path(node: &Node, template: &'static str, expected: &str) {
    let request: Request<()> = node.get(template);
    assert_eq!(request.path, expected);
    assert!(request.check().is_ok());
}

#[test]
fn a_key_stays_in_its_segment() {
    let check = |key: &str, expected: &str| check_path(&node().with(key), "/a/{id}/b", expected);
    check("1", "/a/1/b");
    check("adele@contoso.com", "/a/adele@contoso.com/b");
    check("a/b?c#d%e f+g", "/a/a%2Fb%3Fc%23d%25e%20f%2Bg/b");
    check("19:x@thread.v2", "/a/19%3Ax@thread.v2/b");
    check("contoso.com,1,2", "/a/contoso.com,1,2/b");
    check("é", "/a/%C3%A9/b");
    check("AAMk-_=", "/a/AAMk-_=/b");
}

#[test]
fn a_string_literal_doubles_its_quotes() {
    let check = |key: &str, expected: &str| check_path(&node().with(key), "/a(k='{k}')", expected);
    check("o'neil", "/a(k='o%27%27neil')");
    check("x'),y(z='", "/a(k='x%27%27%29,y%28z=%27%27')");
    check("", "/a(k='')");
    check("..", "/a(k='..')");
    check("2026-01-01T00:00:00", "/a(k='2026-01-01T00:00:00')");
}

#[test]
fn a_path_keeps_its_slashes() {
    let check =
        |path: &str, expected: &str| check_path(&node().with(path), "/root:/{+path}:/b", expected);
    check("a/b c.txt", "/root:/a/b%20c.txt:/b");
    check("/a/b/", "/root:/a/b:/b");
    check("a:b/#1", "/root:/a%3Ab/%231:/b");
}

#[test]
fn arguments_are_taken_in_order() {
    let node = node().with(1).with(true).with("x");
    check_path(&node, "/a/{id}/f(b={b},c='{c}')", "/a/1/f(b=true,c='x')");
}

#[test]
fn optional_arguments_can_be_left_out() {
    let check = |width: Option<i32>, mode: Option<&str>, expected: &str| {
        let node = node().with_optional(width).with_optional(mode);
        check_path(&node, "/image({?width,mode'})", expected);
    };
    check(Some(1), Some("a'b"), "/image(width=1,mode='a%27%27b')");
    check(None, Some("Fit"), "/image(mode='Fit')");
    check(Some(1), None, "/image(width=1)");
    check(None, None, "/image()");
}

#[test]
fn a_key_that_would_be_another_path_is_an_error() {
    for (template, argument) in [
        ("/a/{id}/b", ""),
        ("/a/{id}/b", "."),
        ("/a/{id}", ".."),
        ("/a/{id}", "$count"),
        ("/root:/{+path}:", ""),
        ("/root:/{+path}:", "a/../b"),
        ("/root:/{+path}:", "a//b"),
    ] {
        let request: Request<()> = node().with(argument).get(template);
        let error = request.check().expect_err("the path means another one");
        assert!(error.is_request());
        assert_eq!(error.operation(), Some(format!("GET {template}").as_str()));
    }
    let request: Request<()> = node().with("..").get("/a/{user id}");
    assert_eq!(
        request.check().expect_err("is refused").to_string(),
        "GET /a/{user id}: `..` cannot stand in a path for `user id`"
    );
}

fn things() -> Request<Page<Thing>> {
    node().get("/things")
}

#[track_caller]
fn check_query(request: &Request<Page<Thing>>, expected: &str) {
    assert_eq!(request.path_and_query(), format!("/things{expected}"));
    assert_eq!(request.url(), format!("https://example.org/v1/things{expected}"));
}

#[test]
fn options_are_written_as_odata_has_them() {
    check_query(&things(), "");
    check_query(&things().select(thing::TEXT), "?$select=text");
    check_query(&things().select((thing::TEXT, thing::INT)), "?$select=text,int");
    check_query(&things().select([thing::TEXT]).select(thing::INT), "?$select=text,int");
    check_query(&things().order_by(thing::INT.desc()).top(5), "?$orderby=int%20desc&$top=5");
    check_query(&things().order_by((thing::INT, thing::TEXT.asc())), "?$orderby=int,text");
    check_query(&things().skip(5).count(), "?$skip=5&$count=true");
    check_query(&things().top(5).top(6), "?$top=6");
    check_query(&things().search("a \"b\""), "?$search=%22a%20%5C%22b%5C%22%22");
    check_query(&things().expand((thing::INNER, thing::THINGS)), "?$expand=inner,things");
    let expanded = thing::THINGS.expanded().select(thing::TEXT).filter(thing::INT.gt(1)).top(2);
    check_query(
        &things().expand(expanded),
        "?$expand=things($select=text;$filter=int%20gt%201;$top=2)",
    );
    check_query(&things().query("custom name", "a+b&c=d#é"), "?custom%20name=a%2Bb%26c=d%23%C3%A9");
}

#[test]
fn conditions_are_joined_once_more() {
    let request =
        things().filter(thing::INT.eq(1) | thing::INT.eq(2)).filter(thing::TRUTH.eq(true));
    assert_eq!(
        request.query,
        [("$filter".into(), "(int eq 1 or int eq 2) and truth eq true".into())]
    );
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "it reads better where it is called")]
fn check_filter(filter: Filter<Thing>, expected: &str) {
    assert_eq!(filter.as_str(), expected);
}

#[test]
fn values_are_compared_as_their_type() {
    use thing::{COLOR, COLORS, DATE, DATE_TIME, DOUBLE, GUID, INT, LONG, SPAN, TEXT};
    check_filter(TEXT.eq("it's"), "text eq 'it''s'");
    check_filter(TEXT.ne(String::from("a")), "text ne 'a'");
    check_filter(COLORS.has(Color::Red), "colors has 'red'");
    let both = docbind_runtime::Flags::from([Color::Red, Color::Green]);
    check_filter(COLORS.eq(both), "colors eq 'red,green'");
    check_filter(INT.lt(5), "int lt 5");
    check_filter(LONG.le(5_000_000_000), "long le 5000000000");
    check_filter(DOUBLE.gt(5), "double gt 5");
    check_filter(DOUBLE.ge(5.5), "double ge 5.5");
    check_filter(DOUBLE.eq(f64::INFINITY), "double eq INF");
    check_filter(COLOR.eq(Color::Red), "color eq 'red'");
    let date_time: docbind_runtime::DateTimeOffset = "2026-01-01T00:00:00Z".parse().expect("reads");
    check_filter(DATE_TIME.ge(&date_time), "dateTime ge 2026-01-01T00:00:00Z");
    check_filter(
        DATE_TIME.lt(time::OffsetDateTime::UNIX_EPOCH),
        "dateTime lt 1970-01-01T00:00:00Z",
    );
    let date = docbind_runtime::Date::from(time::Date::MIN.replace_year(2026).expect("a year"));
    check_filter(DATE.eq(date), "date eq 2026-01-01");
    let guid = docbind_runtime::Guid::from_u128(1);
    check_filter(GUID.eq(&guid), "guid eq 00000000-0000-0000-0000-000000000001");
    let span = docbind_runtime::Duration::from(time::Duration::minutes(5));
    check_filter(SPAN.gt(span), "span gt duration'PT5M'");
}

#[test]
fn conditions_read_as_they_were_put_together() {
    use thing::{COLOR, INNER, INT, TEXT, TEXTS, THINGS, TRUTH};
    check_filter(INT.is_in([1, 2]), "int in (1,2)");
    check_filter(TEXT.is_in(["a", "b'c"]), "text in ('a','b''c')");
    check_filter(TEXT.is_null(), "text eq null");
    check_filter(INNER.is_not_null(), "inner ne null");
    check_filter(INNER.then(TEXT).contains("a"), "contains(inner/text,'a')");
    check_filter(INNER.then(INNER).then(INT).eq(1), "inner/inner/int eq 1");
    check_filter(!TEXT.ends_with("a"), "not endswith(text,'a')");
    check_filter(!TRUTH.eq(true), "not (truth eq true)");
    let (a, b, c) = (INT.eq(1), INT.eq(2), INT.eq(3));
    check_filter(a.clone() & b.clone() | c.clone(), "int eq 1 and int eq 2 or int eq 3");
    check_filter(a.clone() & (b.clone() | c.clone()), "int eq 1 and (int eq 2 or int eq 3)");
    check_filter(!(a & b), "not (int eq 1 and int eq 2)");
    check_filter(c & Filter::raw("x or y"), "int eq 3 and (x or y)");
    check_filter(TEXTS.any(|text| text.eq("a")), "texts/any(x:x eq 'a')");
    check_filter(
        THINGS.all(|thing| thing.then(THINGS).any(|inner| inner.then(COLOR).eq(Color::Red))),
        "things/all(x:x/things/any(x2:x2/color eq 'red'))",
    );
    check_filter(
        THINGS.any(|thing| TEXTS.any(|text| thing.then(TEXT).eq("a") & text.eq("b"))),
        "things/any(x:texts/any(x2:x/text eq 'a' and x2 eq 'b'))",
    );
    check_filter(
        TEXTS.any(|text| text.eq("a")) & TEXTS.all(|text| text.eq("b")),
        "texts/any(x:x eq 'a') and texts/all(x:x eq 'b')",
    );
    check_filter(INT.is_in([] as [i32; 0]), "false");
    check_filter(!INT.is_in([] as [i32; 0]), "not false");
    check_filter(TEXTS.is_empty(), "not texts/any()");
    check_filter(TEXTS.count().gt(2), "texts/$count gt 2");
    let unheard_of: Property<Thing, i32> = Property::new("new");
    check_filter(unheard_of.eq(1), "new eq 1");
}

#[test]
fn answers_are_read_as_their_type() {
    fn read<T: FromResponse>(body: &str) -> docbind_runtime::Result<T> {
        T::from_response(&Response::new(200, body), false)
    }
    let page: Page<Thing> = read(
        &json!({
            "@odata.context": "c", "@odata.count": 2, "@odata.nextLink": "n",
            "value": [{"int": 1}, {"int": 2}]
        })
        .to_string(),
    )
    .expect("reads");
    assert_eq!(page.value.iter().map(|thing| thing.int).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert_eq!((page.count, page.next_link.as_deref()), (Some(2), Some("n")));
    assert_eq!(page.extra.odata_context(), Some("c"));
    assert_eq!(read::<Page<String>>(r#"{"value": ["a"]}"#).expect("reads").value, ["a"]);
    assert_eq!(read::<Page<Thing>>("{}").expect("reads").value, []);

    assert!(read::<bool>(r#"{"@odata.context": "c", "value": true}"#).expect("reads"));
    assert_eq!(read::<i64>("\u{feff}17").expect("reads"), 17);
    assert_eq!(read::<String>(r#""a""#).expect("reads"), "a");
    assert_eq!(read::<Color>(r#"{"value": "green"}"#).expect("reads"), Color::Green);
    assert_eq!(read::<Color>(r#""new""#).expect("reads").as_str(), "new");
    let colors: Flags<Color> = read(r#"{"value": "red,green"}"#).expect("reads");
    assert_eq!(colors.as_str(), "red,green");
    assert!(read::<Color>(r#"{"value": 1}"#).expect_err("is refused").is_mismatch());
    assert!(read::<bool>(r#"{"value": "a"}"#).expect_err("is refused").is_mismatch());
    assert!(read::<bool>("").expect_err("is refused").is_decode());
    assert_eq!(read::<Option<Thing>>("").expect("reads"), None);
    assert!(read::<Option<Thing>>("{}").expect("reads").is_some());
    read::<()>("anything").expect("reads");

    let mut response = Response::new(202, "bytes");
    response.headers = vec![
        ("location".into(), "https://x".into()),
        ("RETRY-AFTER".into(), "30".into()),
        ("content-type".into(), "text/plain".into()),
    ];
    let accepted = Accepted::from_response(&response, false).expect("reads");
    assert_eq!(accepted.location.as_deref(), Some("https://x"));
    assert_eq!(accepted.retry_after, Some(std::time::Duration::from_secs(30)));
    response.headers[1].1 = "Sun, 22 Nov 2026 10:00:30 GMT".into();
    let accepted = |response: &Response| Accepted::from_response(response, false).expect("reads");
    assert_eq!(accepted(&response).retry_after, None, "nobody knows what time it is");
    response.headers.push(("Date".into(), "Sun, 22 Nov 2026 10:00:00 GMT".into()));
    assert_eq!(accepted(&response).retry_after, Some(std::time::Duration::from_secs(30)));
    let content = Content::from_response(&response, false).expect("reads");
    assert_eq!(
        (&*content.bytes, content.content_type.as_deref()),
        (&b"bytes"[..], Some("text/plain"))
    );
}

#[test]
fn an_error_names_its_operation() {
    let request = things().strict();
    let error = request.read(&Response::new(200, r#"{"value": 1}"#)).expect_err("is refused");
    assert_eq!(
        error.to_string(),
        "GET /things: cannot read the body as `Page`, at `value`: expected an array, found `1`"
    );
}

#[test]
fn headers_are_replaced_by_name() {
    let request = things().header("Prefer", "a").header("prefer", "b");
    assert_eq!(request.headers, [("Prefer".into(), "b".into())]);
}

#[test]
fn a_path_has_no_fragment() {
    let client = Client::offline("https://example.org/v1");
    let request: Request<()> = client.request(docbind_runtime::Method::GET, "/me#x");
    assert!(request.query("$top", 5).check().expect_err("is refused").is_request());
}
