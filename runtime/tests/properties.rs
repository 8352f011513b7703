//! What holds whatever comes in.

mod support;

use docbind_runtime::codegen::Node;
use docbind_runtime::{
    Binary, Client, Date, DateTimeOffset, Duration, Guid, Object, Page, Request, TimeOfDay, Value,
};
use percent_encoding::percent_decode_str;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{from_value, json, to_value};
use support::{Thing, ThingUpdate, thing};

/// The names of a thing's properties, and some others.
fn names() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "text",
        "truth",
        "byte",
        "signedByte",
        "short",
        "int",
        "long",
        "double",
        "decimal",
        "guid",
        "date",
        "dateTime",
        "time",
        "span",
        "bytes",
        "any",
        "color",
        "colors",
        "inner",
        "things",
        "texts",
        "numbers",
        "matrix",
        "palette",
        "anything",
        "extra",
        "new",
        "@odata.type",
        "",
    ];
    prop_oneof![9 => prop::sample::select(KNOWN).prop_map(str::to_owned), 1 => ".{0,5}"]
}

/// JSON that has often, but not always, the kind that the property asks for.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-300..300).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        prop::sample::select(
            &[
                "red",
                "green,red",
                "2026-03-14",
                "2026-03-14T15:09:26.1Z",
                "17:30:00",
                "PT5M",
                "aGk=",
                "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
                "INF"
            ][..]
        )
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((names(), inner), 0..6).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

/// The value as a decoder may change it: no nulls, which stand for absence, and numbers by value.
fn normal(value: Value) -> Value {
    match value {
        Value::Object(map) => map
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, normal(value)))
            .collect(),
        Value::Array(array) => array.into_iter().map(normal).collect(),
        Value::Number(number) => match number.as_f64() {
            Some(double) if number.as_i64().is_none() && number.as_u64().is_none() => {
                whole(double).map_or(Value::Number(number), Value::from)
            }
            _ => Value::Number(number),
        },
        value => value,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "it is a whole number within 2^53")]
fn whole(double: f64) -> Option<i64> {
    (double.fract() == 0.0 && double.abs() <= 9_007_199_254_740_992.0).then_some(double as i64)
}

/// A number in a property of doubles loses what a double cannot hold.
fn as_double(value: Value) -> Value {
    value.as_f64().map_or(value, Value::from)
}

proptest! {
    #[test]
    fn an_object_comes_back(members in vec((names(), json()), 0..8)) {
        let mut json: Value = members.into_iter().collect();
        if let Some(double) = json.get_mut("double") {
            *double = as_double(double.take());
        }
        strip_doubles(&mut json);
        let from_json: Thing = from_value(json.clone()).expect("decodes from a value");
        let from_text: Thing = serde_json::from_str(&json.to_string()).expect("decodes from text");
        let encoded = to_value(&from_json).expect("encodes");
        prop_assert_eq!(normal(encoded.clone()), normal(json));
        let text = serde_json::to_string(&from_text).expect("encodes");
        prop_assert_eq!(serde_json::from_str::<Value>(&text).expect("is JSON"), encoded);
        prop_assert_eq!(&from_json.clone(), &from_json);
        let page: Page<Thing> =
            from_value(json!({"value": [to_value(&from_json).expect("encodes")]})).expect("decodes");
        prop_assert_eq!(&page.value[0], &from_json);
        from_json.mismatches();
    }

    #[test]
    fn an_update_comes_back(members in vec((names(), json()), 0..8)) {
        let mut json: Value = members.into_iter().collect();
        strip_doubles(&mut json);
        let update: ThingUpdate = from_value(json.clone()).expect("decodes");
        let encoded = to_value(&update).expect("encodes");
        prop_assert_eq!(normal(encoded), normal(json));
    }

    #[test]
    fn decoding_never_panics(text in ".*") {
        let _ = serde_json::from_str::<Thing>(&text);
        let _ = text.parse::<Date>();
        let _ = text.parse::<DateTimeOffset>();
        let _ = text.parse::<TimeOfDay>();
        let _ = text.parse::<Duration>();
        let _ = text.parse::<Guid>();
        let _ = text.parse::<Binary>();
    }

    #[test]
    fn texts_of_the_right_form_are_read_or_refused(
        text in "-?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,12})?)?(Z|[+-][0-9]{2}:[0-9]{2})",
        span in "-?P([0-9]{1,20}[YMWD]){0,3}(T([0-9]{1,20}(\\.[0-9]{1,12})?[HMS]){0,3})?",
        dot_net in "-?([0-9]{1,20}\\.)?[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,12})?)?",
    ) {
        if let Ok(date) = text.parse::<DateTimeOffset>() {
            prop_assert_eq!(date.as_str(), &text);
            let again = DateTimeOffset::from(date.date_time());
            prop_assert_eq!(again.date_time(), date.date_time());
        }
        for span in [span, dot_net] {
            if let Ok(span) = span.parse::<Duration>()
                && let Some(duration) = span.duration()
            {
                prop_assert_eq!(Duration::from(duration).duration(), Some(duration));
            }
        }
    }

    #[test]
    fn a_point_in_time_comes_back(
        seconds in -62_135_596_800_i64..253_402_300_000,
        nanosecond in 0..1_000_000_000_u32,
        minutes in -14 * 60..14 * 60,
    ) {
        let offset = time::UtcOffset::from_whole_seconds(minutes * 60).expect("an offset");
        let point = time::OffsetDateTime::from_unix_timestamp(seconds).expect("in range")
            .replace_nanosecond(nanosecond).expect("in range")
            .checked_to_offset(offset);
        prop_assume!(point.is_some());
        let point = point.expect("is assumed");
        let text = DateTimeOffset::from(point);
        prop_assert_eq!(text.as_str().parse::<DateTimeOffset>().expect("reads").date_time(), point);
        prop_assert_eq!(text.date_time().offset(), offset);
        prop_assert_eq!(Date::from(point.date()).date(), point.date());
        prop_assert_eq!(TimeOfDay::from(point.time()).time(), point.time());
    }

    #[test]
    fn a_span_comes_back(seconds in any::<i64>(), nanosecond in 0..1_000_000_000_i32) {
        let nanosecond = if seconds < 0 { -nanosecond } else { nanosecond };
        prop_assume!(seconds != i64::MIN);
        let span = time::Duration::new(seconds, nanosecond);
        prop_assert_eq!(Duration::from(span).duration(), Some(span));
    }

    #[test]
    fn bytes_come_back(bytes in vec(any::<u8>(), 0..50)) {
        let binary = Binary::new(&bytes);
        prop_assert_eq!(binary.as_str().parse::<Binary>().expect("reads").to_bytes(), bytes.clone());
        let unpadded = binary.as_str().trim_end_matches('=').replace('+', "-").replace('/', "_");
        prop_assert_eq!(unpadded.parse::<Binary>().expect("reads").to_bytes(), bytes);
    }

    #[test]
    fn a_key_can_be_told_from_the_path(key in ".{1,12}") {
        prop_assume!(key != "." && key != ".." && !key.starts_with('$'));
        let request: Request<()> = Node::new(Client::offline("")).with(&key).get("/a/{id}/b");
        prop_assert!(request.check().is_ok());
        let segments: Vec<_> = request.path.split('/').collect();
        prop_assert_eq!(&segments[..2], &["", "a"]);
        prop_assert_eq!(&segments[3..], &["b"]);
        prop_assert!(segments[2].bytes().all(|byte| byte.is_ascii_graphic() && !b"?#\\".contains(&byte)));
        prop_assert_eq!(percent_decode_str(segments[2]).decode_utf8().expect("UTF-8"), key);
    }

    #[test]
    fn a_string_literal_ends_where_it_should(key in ".{0,12}") {
        let request: Request<()> = Node::new(Client::offline("")).with(&key).get("/a(k='{k}')");
        let literal = request.path.strip_prefix("/a(k='").expect("begins so");
        let literal = literal.strip_suffix("')").expect("ends so");
        prop_assert!(!literal.contains(['\'', '/', '(', ')', '?', '#', '&']));
        let decoded = percent_decode_str(literal).decode_utf8().expect("UTF-8");
        prop_assert_eq!(decoded.replace("''", "\0"), key.replace('\'', "\0"));
    }

    #[test]
    fn a_nested_path_keeps_its_segments(segments in vec("[^/]{1,8}", 1..5)) {
        prop_assume!(segments.iter().all(|segment| segment != "." && segment != ".."));
        let request: Request<()> =
            Node::new(Client::offline("")).with(segments.join("/")).get("/root:/{+path}:/b");
        prop_assert!(request.check().is_ok());
        let path = request.path.strip_prefix("/root:/").expect("begins so");
        let path = path.strip_suffix(":/b").expect("ends so");
        let decoded: Vec<_> = path
            .split('/')
            .map(|segment| percent_decode_str(segment).decode_utf8().expect("UTF-8").into_owned())
            .collect();
        prop_assert_eq!(decoded, segments);
    }

    #[test]
    fn a_query_can_be_taken_apart(pairs in vec((".{1,8}", ".{0,12}"), 0..4), text in ".{0,12}") {
        let mut request: Request<Page<Thing>> = Node::new(Client::offline("")).get("/a");
        for (name, value) in &pairs {
            request = request.query(name, value);
        }
        request = request.query("$filter", thing::TEXT.eq(&*text).as_str());
        let url = request.path_and_query();
        let query = url.strip_prefix("/a?").expect("begins so");
        prop_assert!(query.bytes().all(|byte| byte.is_ascii_graphic() && !b"#+\"<>\\".contains(&byte)));
        let decode = |text: &str| percent_decode_str(text).decode_utf8().expect("UTF-8").into_owned();
        let decoded: Vec<_> = query
            .split('&')
            .map(|pair| pair.split_once('=').expect("has a name"))
            .map(|(name, value)| (decode(name), decode(value)))
            .collect();
        prop_assert_eq!(decoded, request.query);
    }
}

/// Replaces numbers of properties that are doubles, at any depth, by what a double can hold.
fn strip_doubles(json: &mut Value) {
    match json {
        Value::Object(map) => {
            for (name, value) in map {
                if name == "double" {
                    *value = as_double(value.take());
                } else if name == "matrix" {
                    for_numbers(value, &mut |number| *number = as_double(number.take()));
                }
                strip_doubles(value);
            }
        }
        Value::Array(array) => array.iter_mut().for_each(strip_doubles),
        _ => {}
    }
}

fn for_numbers(json: &mut Value, change: &mut impl FnMut(&mut Value)) {
    match json {
        Value::Number(_) => change(json),
        Value::Array(array) => array.iter_mut().for_each(|value| for_numbers(value, change)),
        _ => {}
    }
}
