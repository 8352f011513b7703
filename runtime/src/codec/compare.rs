//! Copies, comparisons and debug output of objects, by their fields.

use std::fmt;

use super::decode::{field_of, put_property};
use super::encode::to_value;
use super::field::{Fields, Slot, Type, View};

/// A copy. What generated types call from `Clone`.
#[inline(never)]
pub fn copy<T: Type>(object: &T) -> T {
    let mut copy = T::default();
    copy_fields(object, &mut copy);
    copy
}

/// Copies all fields into an object of the same type that holds nothing.
pub(crate) fn copy_fields(from: &dyn Fields, to: &mut dyn Fields) {
    for index in 0..from.table().fields.len() {
        let is_copied = copy_value(from.field(index).view(), to.field_mut(index).slot());
        debug_assert!(is_copied, "a slot takes what its own field holds");
    }
    copy_value(from.field(usize::MAX).view(), to.field_mut(usize::MAX).slot());
}

/// Copies the properties into an object of another type, which holds nothing. What has no field
/// there, or one of another kind, goes among the extra properties.
pub(crate) fn copy_properties(from: &dyn Fields, to: &mut dyn Fields) {
    if let View::Extra(extra) = from.field(usize::MAX).view() {
        for (name, value) in extra {
            put_property(to, name, value.clone());
        }
    }
    for (index, name) in from.table().fields.iter().enumerate() {
        let view = from.field(index).view();
        if matches!(view, View::Absent) {
            continue;
        }
        let is_copied =
            field_of(to, name).is_some_and(|index| copy_value(view, to.field_mut(index).slot()));
        if !is_copied {
            put_property(to, name, to_value(view));
        }
    }
}

/// Copies a value into an empty slot. False when it is of another kind.
fn copy_value(from: View<'_>, to: Slot<'_>) -> bool {
    match (from, to) {
        (View::Absent, _) => {}
        (View::Bool(value), Slot::Bool(place)) => *place = Some(value),
        (View::Int(value), Slot::Int32(place)) => {
            *place = value.try_into().ok();
            return place.is_some();
        }
        (View::Int(value), Slot::Int64(place)) => *place = Some(value),
        (View::Double(value), Slot::Double(place)) => *place = Some(value),
        (View::Text(text), Slot::String(place)) => *place = Some(text.to_owned()),
        (View::Text(text), Slot::Text(place)) | (View::Digits(text), Slot::Digits(place)) => {
            return place.put(text);
        }
        (View::Json(value), Slot::Json(place)) => *place = Some(value.clone()),
        (View::Extra(from), Slot::Extra(place)) => place.clone_from(from),
        (View::Object(from), Slot::Object(place)) => {
            let to = place.put();
            if from.table().fields == to.table().fields {
                copy_fields(from, to);
            } else {
                copy_properties(from, to);
            }
        }
        (View::List(list), Slot::List(place)) => {
            place.put();
            let mut is_copied = true;
            for index in 0..list.len() {
                place.push(&mut |slot| is_copied &= copy_value(list.view(index), slot));
            }
            if !is_copied {
                place.clear();
            }
            return is_copied;
        }
        (View::Null, Slot::Patch(place)) => place.put_null(),
        (view, Slot::Patch(place)) => {
            let mut is_copied = false;
            place.fill(&mut |slot| is_copied = copy_value(view, slot));
            return is_copied;
        }
        (view, Slot::Value(place)) => return place.put(to_value(view)).is_ok(),
        _ => return false,
    }
    true
}

/// Whether two objects of one type are equal. What generated types call from `PartialEq`.
pub fn equal(left: &dyn Fields, right: &dyn Fields) -> bool {
    let fields = left.table().fields.len();
    (0..fields)
        .chain([usize::MAX])
        .all(|index| equal_values(left.field(index).view(), right.field(index).view()))
}

fn equal_values(left: View<'_>, right: View<'_>) -> bool {
    match (left, right) {
        (View::Absent, View::Absent) | (View::Null, View::Null) => true,
        (View::Bool(left), View::Bool(right)) => left == right,
        (View::Int(left), View::Int(right)) => left == right,
        #[expect(clippy::float_cmp, reason = "equality of two stored values, as f64 has it")]
        (View::Double(left), View::Double(right)) => left == right,
        (View::Text(left), View::Text(right)) | (View::Digits(left), View::Digits(right)) => {
            left == right
        }
        (View::Json(left), View::Json(right)) => left == right,
        (View::Extra(left), View::Extra(right)) => left == right,
        (View::Object(left), View::Object(right)) => equal(left, right),
        (View::List(left), View::List(right)) => {
            left.len() == right.len()
                && (0..left.len()).all(|index| equal_values(left.view(index), right.view(index)))
        }
        _ => false,
    }
}

/// Shows the properties that are there. What generated types call from `Debug`.
pub fn debug(object: &dyn Fields, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let table = object.table();
    let mut map = formatter.debug_struct(table.name.rsplit('.').next().unwrap_or(table.name));
    for (index, name) in table.fields.iter().enumerate() {
        match object.field(index).view() {
            View::Absent => {}
            view => {
                map.field(name, &view);
            }
        }
    }
    if let View::Extra(extra) = object.field(usize::MAX).view() {
        for (name, value) in extra {
            map.field(name, &View::Json(value));
        }
    }
    map.finish()
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Absent => formatter.write_str("absent"),
            Self::Null => formatter.write_str("null"),
            Self::Bool(value) => value.fmt(formatter),
            Self::Int(value) => value.fmt(formatter),
            Self::Double(value) => value.fmt(formatter),
            Self::Digits(digits) => formatter.write_str(digits),
            Self::Text(text) => text.fmt(formatter),
            Self::Object(object) => debug(object, formatter),
            Self::List(list) => {
                formatter.debug_list().entries((0..list.len()).map(|at| list.view(at))).finish()
            }
            Self::Json(value) => fmt::Display::fmt(value, formatter),
            Self::Extra(extra) => extra.fmt(formatter),
        }
    }
}
