//! Values that are not of the documented kind: kept among the extra properties, found again here.

use serde_json::Value;

use crate::codec::{Fields, View, index_step};
use crate::error::{Error, Result};

/// A value that is not of the documented kind. The object keeps it among its extra properties.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Mismatch {
    /// Where it stands: `toRecipients[1].name`.
    pub path: String,
    /// What was expected there.
    pub expected: &'static str,
    /// The value as it came.
    pub value: Value,
}

/// All such values in an object and in those inside it.
pub(crate) fn find(object: &dyn Fields) -> Vec<Mismatch> {
    let mut found = Vec::new();
    find_in(View::Object(object), &mut String::new(), &mut found);
    found
}

fn find_in(view: View<'_>, path: &mut String, found: &mut Vec<Mismatch>) {
    let length = path.len();
    match view {
        View::Object(object) => {
            let fields = object.table().fields;
            let dot = if path.is_empty() { "" } else { "." };
            for (index, name) in fields.iter().enumerate() {
                let view = object.field(index).view();
                if matches!(view, View::Object(_) | View::List(_)) {
                    path.push_str(dot);
                    path.push_str(name);
                    find_in(view, path, found);
                    path.truncate(length);
                }
            }
            let View::Extra(extra) = object.field(usize::MAX).view() else { return };
            for (name, value) in extra {
                let index = fields.iter().position(|field| field == name);
                // A null is kept only in updates, where it is meant.
                if let Some(index) = index.filter(|_| !value.is_null()) {
                    let expected = object.field(index).expected();
                    let path = format!("{path}{dot}{name}");
                    found.push(Mismatch { path, expected, value: value.clone() });
                }
            }
        }
        View::List(list) => {
            for index in 0..list.len() {
                let view = list.view(index);
                if matches!(view, View::Object(_) | View::List(_)) {
                    path.push_str(&index_step(index));
                    find_in(view, path, found);
                    path.truncate(length);
                }
            }
        }
        _ => {}
    }
}

/// Fails when there is such a value.
pub(crate) fn refuse(object: &dyn Fields, body: &[u8]) -> Result<()> {
    let Some(first) = find(object).into_iter().next() else { return Ok(()) };
    let message = format!("expected {}, found `{}`", first.expected, first.value);
    Err(Error::mismatch(message, first.path, object.table().name, body))
}
