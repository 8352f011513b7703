//! What decoding keeps, what it refuses, and what comes back.

mod support;

use docbind_runtime::{Enumeration, FromResponse, Object, Page, Response, Value};
use serde_json::{from_str, from_value, json, to_value};
use support::{Color, Thing};

/// Decodes from text and from a value, and expects the same JSON back.
#[track_caller]
fn check_round_trip(json: &Value) -> Thing {
    let from_text: Thing = from_str(&json.to_string()).expect("decodes from text");
    let from_json: Thing = from_value(json.clone()).expect("decodes from a value");
    assert_eq!(to_value(&from_text).expect("encodes"), *json);
    assert_eq!(from_text, from_json);
    assert_eq!(from_text, from_text.clone());
    from_text
}

/// Decodes, expects the same JSON back, and these mismatches.
#[track_caller]
fn check_mismatches(json: &Value, expected: &[(&str, &str)]) -> Thing {
    let thing = check_round_trip(json);
    let found = thing.mismatches();
    let mut found: Vec<_> =
        found.iter().map(|found| (found.path.as_str(), found.expected)).collect();
    // Their order is that of `serde_json`'s maps, which depends on a feature.
    found.sort_unstable();
    assert_eq!(found, expected);
    thing
}

fn everything() -> Value {
    json!({
        "text": "ä\"\n", "truth": true, "byte": 255, "signedByte": -128, "short": -32768,
        "int": -5, "long": 9_007_199_254_740_993_i64, "double": 0.1, "decimal": 12.50,
        "guid": "0A1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", "date": "2026-03-14",
        "dateTime": "9999-12-31T23:59:59.9999999Z", "time": "17:30:00.0000000",
        "span": "-P10675199DT2H48M5.4775808S", "bytes": "aGk=", "any": {"a": [1, null]},
        "color": "green", "colors": "red,blue", "inner": {"int": 1}, "things": [{}, {"int": 2}],
        "texts": ["a", "b"], "numbers": [1, 2], "matrix": [[1.5], []], "palette": ["red"],
        "anything": [1, "a", null], "extra": "property", "@odata.type": "#test.thing", "new": [1]
    })
}

#[test]
fn every_kind_of_value_comes_back() {
    let thing = check_mismatches(&everything(), &[]);
    assert_eq!(thing.long, Some(9_007_199_254_740_993));
    assert_eq!(thing.extra.as_deref(), Some("property"));
    assert_eq!(thing.extra_.len(), 2);
    assert_eq!(thing.odata_type(), Some("test.thing"));
}

#[test]
fn members_may_come_in_any_order() {
    let Value::Object(map) = everything() else { unreachable!("it is an object") };
    let mut members: Vec<_> = map.iter().map(|(name, value)| format!("{name:?}:{value}")).collect();
    members.reverse();
    let thing: Thing = from_str(&format!("{{{}}}", members.join(","))).expect("decodes");
    assert_eq!(to_value(&thing).expect("encodes"), everything());
}

#[test]
fn nothing_is_eight_bytes() {
    assert_eq!(size_of::<docbind_runtime::Extra>(), 8);
    assert!(Thing::default().extra_.is_empty());
}

#[test]
fn null_is_absence_and_is_not_kept() {
    let thing: Thing = from_str(
        r#"{"text": null, "inner": null, "things": null, "decimal": null,
        "byte": null, "guid": null, "any": null}"#,
    )
    .expect("decodes");
    assert_eq!(to_value(&thing).expect("encodes"), json!({}));
}

#[test]
fn a_value_of_the_wrong_kind_is_kept() {
    let thing = check_mismatches(
        &json!({
            "text": 5, "truth": "yes", "byte": 256, "int": 3_000_000_000_i64, "long": "12",
            "double": "1.5", "decimal": "1.5", "guid": "none", "date": "2026-02-30",
            "dateTime": "tomorrow", "time": "25:00", "span": "1h", "bytes": "§", "color": 3,
            "inner": [1], "things": {"a": 1}, "texts": "a"
        }),
        &[
            ("byte", "a small integer"),
            ("bytes", "base64 text"),
            ("color", "text"),
            ("date", "a date"),
            ("dateTime", "a date with time and offset"),
            ("decimal", "a decimal number"),
            ("double", "a number"),
            ("guid", "a GUID"),
            ("inner", "an object"),
            ("int", "a 32-bit integer"),
            ("long", "a 64-bit integer"),
            ("span", "a duration"),
            ("text", "a string"),
            ("texts", "an array"),
            ("things", "an array"),
            ("time", "a time of day"),
            ("truth", "a boolean"),
        ],
    );
    assert_eq!(thing.text, None);
    assert_eq!(thing.extra_.get("long"), Some(&json!("12")));
}

#[test]
fn mismatches_are_found_inside() {
    check_mismatches(
        &json!({"inner": {"inner": {"int": "a"}}, "things": [{"int": 1}, {"text": []}]}),
        &[("inner.inner.int", "a 32-bit integer"), ("things[1].text", "a string")],
    );
}

#[test]
fn an_array_with_one_wrong_element_is_kept_whole() {
    let thing = check_mismatches(
        &json!({"numbers": [1, 2, "three", 4], "texts": ["a", null], "matrix": [[1.5], ["x"]],
            "things": [{"int": 1}, 2]}),
        &[
            ("matrix", "an array"),
            ("numbers", "an array"),
            ("texts", "an array"),
            ("things", "an array"),
        ],
    );
    assert_eq!(thing.numbers, None);
}

#[test]
fn numbers_of_either_form_are_read() {
    let thing: Thing = from_str(r#"{"double": 5, "int": 7.0, "long": -0.0}"#).expect("decodes");
    assert_eq!((thing.double, thing.int, thing.long), (Some(5.0), Some(7), Some(0)));
    let thing: Thing =
        from_str(r#"{"double": "-INF", "int": 7.5, "long": 1e300}"#).expect("decodes");
    assert_eq!(thing.double, Some(f64::NEG_INFINITY));
    assert_eq!(
        to_value(&thing).expect("encodes"),
        json!({"double": "-INF", "int": 7.5, "long": 1e300})
    );
    let thing: Thing = from_str(r#"{"double": "NaN"}"#).expect("decodes");
    assert!(thing.double.is_some_and(f64::is_nan));
    assert_eq!(to_value(&thing).expect("encodes"), json!({"double": "NaN"}));
}

#[test]
fn a_decimal_keeps_its_digits() {
    let text = r#"{"decimal":12345678901234567890.1234567890}"#;
    let thing: Thing = from_str(text).expect("decodes");
    assert_eq!(thing.mismatches(), []);
    assert_eq!(serde_json::to_string(&thing).expect("encodes"), text);
    assert_eq!(serde_json::to_string(&thing.clone()).expect("encodes"), text);
}

#[test]
fn the_last_of_two_members_counts() {
    let check = |text: &str, expected: Value| {
        let thing: Thing = from_str(text).expect("decodes");
        assert_eq!(to_value(&thing).expect("encodes"), expected);
    };
    check(r#"{"int": 1, "int": 2}"#, json!({"int": 2}));
    check(r#"{"int": 1, "int": "a"}"#, json!({"int": "a"}));
    check(r#"{"int": "a", "int": 1}"#, json!({"int": 1}));
    check(r#"{"things": [{}], "things": [1]}"#, json!({"things": [1]}));
}

#[test]
fn a_field_wins_over_what_came_for_it() {
    let mut thing: Thing = from_str(r#"{"int": "a"}"#).expect("decodes");
    thing.int = Some(1);
    assert_eq!(serde_json::to_string(&thing).expect("encodes"), r#"{"int":1}"#);
    assert_eq!(to_value(&thing).expect("encodes"), json!({"int": 1}));
}

#[test]
fn an_enumeration_takes_any_text() {
    let thing = check_round_trip(&json!({"color": "mauve", "colors": "red, mauve"}));
    let color = thing.color.expect("is there");
    assert!(color.is_unrecognized());
    assert_eq!(color, Color::Unrecognized("mauve".into()));
    let colors: Vec<_> = thing.colors.expect("is there").iter().collect();
    assert_eq!(colors, [Color::Red, color]);
    // Known text never ends up there, and is the same if someone puts it there.
    assert!(matches!(Color::from("unknown"), Color::Unknown));
    assert_eq!(Color::Unrecognized("red".into()), Color::Red);
    assert_eq!(Color::MEMBERS, ["red", "green", "unknown"]);
}

#[test]
fn flags_keep_their_order() {
    let flags: docbind_runtime::Flags<Color> = [Color::Green, Color::Red].into();
    assert_eq!(flags.as_str(), "green,red");
    assert!(flags.contains(&Color::Red) && !flags.contains(&Color::Unknown));
    assert!(docbind_runtime::Flags::<Color>::new().is_empty());
}

#[test]
fn deep_nesting_is_an_error_and_not_the_end() {
    let depth = 100_000;
    let text = r#"{"inner":"#.repeat(depth) + "1" + &"}".repeat(depth);
    assert!(from_str::<Thing>(&text).is_err());
    let text = r#"{"a":"#.repeat(depth) + "1" + &"}".repeat(depth);
    assert!(from_str::<Thing>(&text).is_err());
    let text = format!(r#"{{"things":{}"#, "[".repeat(depth));
    assert!(from_str::<Thing>(&text).is_err());
    let mut value = json!({});
    for _ in 0..200 {
        value = json!({ "inner": value });
    }
    assert!(from_value::<Thing>(value).is_err());
}

#[test]
fn a_root_of_another_kind_is_an_error() {
    for text in ["[]", "1", "\"a\"", "null", "", "{", "{\"a\":}", "{}x"] {
        assert!(from_str::<Thing>(text).is_err(), "{text}");
    }
}

#[test]
fn an_error_says_where_and_keeps_the_body() {
    let body = r#"{"value": [{}, {"inner": {"texts": ["a", tru]}}]}"#;
    let error =
        Page::<Thing>::from_response(&Response::new(200, body), false).expect_err("it is not JSON");
    assert!(error.is_decode() && !error.is_mismatch());
    assert_eq!(error.json_path(), Some("value[1].inner.texts[1]"));
    assert_eq!(error.body(), body.as_bytes());
    assert_eq!(
        error.to_string(),
        "cannot read the body as `Page`, at `value[1].inner.texts[1]`: expected ident at line 1 column 45"
    );
}

#[test]
fn a_strict_reading_refuses_mismatches() {
    let response = Response::new(200, r#"{"things": [{"int": "a"}]}"#);
    let thing = Thing::from_response(&response, false).expect("decodes");
    assert_eq!(thing.mismatches().len(), 1);
    let error = Thing::from_response(&response, true).expect_err("is refused");
    assert!(error.is_mismatch() && error.is_decode());
    assert_eq!(error.expected(), Some("test.thing"));
    assert_eq!(
        error.to_string(),
        "cannot read the body as `test.thing`, at `things[0].int`: expected a 32-bit integer, found `\"a\"`"
    );
}

#[test]
fn debug_output_shows_what_is_there() {
    let thing = check_round_trip(&json!({"int": 1, "texts": ["a"], "inner": {}, "new": null}));
    let shown = format!("{thing:?}");
    assert_eq!(shown, r#"thing { int: 1, inner: thing, texts: ["a"], new: null }"#);
}

#[test]
fn a_page_comes_back_as_it_came() {
    let check = |json: Value, mismatches: &[&str]| {
        let page: Page<Thing> = from_value(json.clone()).expect("decodes");
        assert_eq!(to_value(&page).expect("encodes"), json);
        assert_eq!(page, page.clone());
        let found = page.mismatches();
        assert_eq!(found.iter().map(|found| &*found.path).collect::<Vec<_>>(), mismatches);
    };
    check(json!({"value": []}), &[]);
    check(json!({}), &[]);
    check(json!({"value": [{"int": 1}], "@odata.nextLink": "https://x", "new": 1}), &[]);
    // An object where a page was documented.
    check(json!({"id": "1", "text": "a"}), &[]);
    check(json!({"value": {"int": 1}}), &["value"]);
    check(json!({"value": [{"int": 1}, 2]}), &["value"]);
    check(json!({"value": [{"int": "a"}]}), &["value[0].int"]);
    let page: Page<Thing> = from_value(json!({"value": null})).expect("decodes");
    assert_eq!(to_value(&page).expect("encodes"), json!({}));
}
