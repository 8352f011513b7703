//! Updates: absent, null or set; and bodies in general.

mod support;

use docbind_runtime::{Bind, Boxed, Decimal, Extra, Object, Patch, Request};
use serde_json::{from_value, json, to_value};
use support::{Color, Thing, ThingUpdate};

#[test]
fn an_update_sends_what_was_set() {
    let update = ThingUpdate::default();
    assert_eq!(to_value(&update).expect("encodes"), json!({}));
    let update = update.text("a").int(5).texts(["a", "b"]).color(Patch::Null);
    assert_eq!(
        to_value(&update).expect("encodes"),
        json!({"text": "a", "int": 5, "texts": ["a", "b"], "color": null})
    );
    assert_eq!(update.color, Patch::Null);
    assert_eq!(update.int.as_set(), Some(&5));
    assert!(update.inner.is_absent());
    let update = update.color(Color::Red).text(String::from("b")).texts(Patch::Absent);
    assert_eq!(to_value(&update).expect("encodes"), json!({"text": "b", "int": 5, "color": "red"}));
}

#[test]
fn an_update_comes_back_with_its_nulls() {
    let json = json!({
        "text": null, "int": 1, "inner": {"text": null, "things": [{"int": null}], "int": 2},
        "color": "red", "new": null
    });
    let update: ThingUpdate = from_value(json.clone()).expect("decodes");
    assert_eq!(to_value(&update).expect("encodes"), json);
    assert_eq!(update.mismatches(), []);
    assert_eq!(to_value(update.clone()).expect("encodes"), json);
    let inner = update.inner.as_set().expect("is there");
    assert_eq!((inner.int, &inner.text), (Some(2), &None));
}

#[test]
fn an_update_keeps_values_of_the_wrong_kind() {
    let json = json!({"int": "a", "inner": {"int": "b"}, "texts": [1]});
    let update: ThingUpdate = from_value(json.clone()).expect("decodes");
    assert_eq!(to_value(&update).expect("encodes"), json);
    assert_eq!(update.mismatches().len(), 3);
}

#[test]
fn a_decimal_keeps_its_digits_wherever_it_goes() {
    let json = r#"{"decimal":12345678901234567890.10,"inner":{"decimal":1.10}}"#;
    let update: ThingUpdate = serde_json::from_str(json).expect("decodes");
    assert_eq!(update.decimal.as_set().map(Decimal::as_str), Some("12345678901234567890.10"));
    assert_eq!(update, update.clone());
    let inner = r#"{"inner":{"decimal":1.10},"decimal":12345678901234567890.10}"#;
    assert_eq!(serde_json::to_string(&update.clone()).expect("encodes"), inner);
    let thing: Thing = serde_json::from_str(json).expect("decodes");
    let other: Other = thing.to();
    assert_eq!(other.decimal.as_ref().map(Decimal::as_str), Some("12345678901234567890.10"));
    let inner = other.inner.and_then(|inner| inner.into_inner().decimal);
    assert_eq!(inner.as_ref().map(Decimal::as_str), Some("1.10"));
}

/// Extends [`Thing`]; one property is of another kind there.
#[non_exhaustive]
pub struct Other {
    pub decimal: Option<Decimal>,
    pub inner: Option<Boxed<Thing>>,
    pub int: Option<String>,
    pub extra: Extra,
}

docbind_runtime::object! {
    Other "test.other" { 0 decimal "decimal" 1 inner "inner" 2 int "int" } extra None
}
docbind_runtime::extends! { Other { Thing } }

#[test]
fn what_does_not_fit_another_type_goes_along_as_it_is() {
    let thing: Thing = from_value(json!({"int": 5, "texts": ["a"], "new": 1})).expect("decodes");
    let other: Other = thing.to();
    assert_eq!(other.int, None);
    assert_eq!(to_value(&other).expect("encodes"), json!({"int": 5, "texts": ["a"], "new": 1}));
    let back = Thing::from(other);
    assert_eq!(back.int, Some(5));
    assert_eq!(back.texts.as_deref(), Some(&["a".to_owned()][..]));
    assert_eq!(back.odata_type(), Some("test.other"));
}

#[test]
fn objects_are_named_by_url() {
    let mut thing = Thing::default().bind("things", ["https://x/1", "https://x/2"]);
    thing.int = Some(1);
    assert_eq!(
        to_value(thing.bind("inner", "https://x/3")).expect("encodes"),
        json!({
            "int": 1,
            "things@odata.bind": ["https://x/1", "https://x/2"],
            "inner@odata.bind": "https://x/3"
        })
    );
}

#[test]
fn a_request_can_go_to_another_thread() {
    fn check<T: Send + Sync + Clone + 'static>() {}
    check::<Request<Thing>>();
    check::<Thing>();
    check::<ThingUpdate>();
}
