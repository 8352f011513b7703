//! When two JSON values say the same.
//!
//! The order of members does not count, numbers count by their value, and a member that is null
//! is no member, except in updates, where null means "remove".

use serde_json::Value;

/// What a null member means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    /// The same as no member.
    Absent,
    /// A value like others.
    Kept,
}

/// The first place where two values differ, as a JSON path with both sides.
pub fn difference(expected: &Value, actual: &Value, nulls: Nulls) -> Option<String> {
    compare("$", expected, actual, nulls)
}

fn compare(path: &str, expected: &Value, actual: &Value, nulls: Nulls) -> Option<String> {
    match (expected, actual) {
        (Value::Object(left), Value::Object(right)) => {
            let counts = |value: &Value| nulls == Nulls::Kept || !value.is_null();
            let missing = Value::Null;
            let ours = left.iter().filter(|(_, value)| counts(value)).find_map(|(name, value)| {
                let other = right.get(name).filter(|other| counts(other));
                match other {
                    Some(other) => compare(&format!("{path}.{name}"), value, other, nulls),
                    None => Some(format!("{path}.{name}: {value} is missing")),
                }
            });
            ours.or_else(|| {
                let more = right
                    .iter()
                    .find(|(name, value)| counts(value) && !left.get(*name).is_some_and(&counts));
                let (name, value) = more?;
                let expected = left.get(name).unwrap_or(&missing);
                Some(format!("{path}.{name}: {value} where the page has {expected}"))
            })
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            left.iter().zip(right).enumerate().find_map(|(at, (left, right))| {
                compare(&format!("{path}[{at}]"), left, right, nulls)
            })
        }
        (Value::Number(left), Value::Number(right)) if same_number(left, right) => None,
        _ if expected == actual => None,
        _ => Some(format!("{path}: {actual} where the page has {expected}")),
    }
}

fn same_number(left: &serde_json::Number, right: &serde_json::Number) -> bool {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => left == right,
        // A number with a fraction compares as the nearest double on both sides.
        _ => left.as_f64().is_some_and(|left| Some(left) == right.as_f64()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Nulls, difference};

    #[test]
    fn order_and_the_form_of_numbers_do_not_count() {
        let expected = json!({"a": 1, "b": [2.0, {"c": "x"}]});
        let actual = json!({"b": [2, {"c": "x"}], "a": 1.0});
        assert_eq!(difference(&expected, &actual, Nulls::Kept), None);
    }

    #[test]
    fn null_is_absent_unless_it_is_kept() {
        let expected = json!({"a": null, "b": {"c": null}});
        let actual = json!({"b": {}});
        assert_eq!(difference(&expected, &actual, Nulls::Absent), None);
        let kept = difference(&expected, &actual, Nulls::Kept);
        assert_eq!(kept.as_deref(), Some("$.a: null is missing"));
    }

    #[test]
    fn a_difference_names_its_place() {
        let cases = [
            (json!({"a": [1, 2]}), json!({"a": [1, 3]}), "$.a[1]: 3 where the page has 2"),
            (json!({"a": [1]}), json!({"a": [1, 2]}), "$.a: [1,2] where the page has [1]"),
            (json!({}), json!({"a": "x"}), "$.a: \"x\" where the page has null"),
            (json!({"a": "x"}), json!({}), "$.a: \"x\" is missing"),
            (json!({"a": "1"}), json!({"a": 1}), "$.a: 1 where the page has \"1\""),
            (
                json!(9_007_199_254_740_993_i64),
                json!(9_007_199_254_740_992_i64),
                "$: 9007199254740992 where the page has 9007199254740993",
            ),
        ];
        for (expected, actual, difference_) in cases {
            assert_eq!(difference(&expected, &actual, Nulls::Absent).as_deref(), Some(difference_));
        }
    }
}
