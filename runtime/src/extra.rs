//! The properties of an object that have no field of their own.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::codec::{Field, Slot, View};

/// The properties of an object that have no field of their own: what the docs do not mention,
/// annotations such as `@odata.type`, and values that were not of the documented kind.
///
/// Eight bytes while it is empty.
#[derive(Clone, Default, PartialEq)]
pub struct Extra(Option<Box<Map<String, Value>>>);

impl Extra {
    /// No properties.
    pub const fn new() -> Self {
        Self(None)
    }

    /// The property of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Sets a property, and returns what was there before.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.0.get_or_insert_default().insert(name.into(), value.into())
    }

    /// Takes a property out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let map = self.0.as_mut()?;
        let value = map.remove(name);
        if map.is_empty() {
            self.0 = None;
        }
        value
    }

    /// Takes all properties out.
    pub fn clear(&mut self) {
        self.0 = None;
    }

    /// How many properties there are.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |map| map.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The properties, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0.iter().flat_map(|map| map.iter())
    }

    /// The full name of the object's type, if it came along: `microsoft.graph.user`, without `#`.
    pub fn odata_type(&self) -> Option<&str> {
        self.text("@odata.type").map(|name| name.strip_prefix('#').unwrap_or(name))
    }

    /// The object's version, for `If-Match`.
    pub fn etag(&self) -> Option<&str> {
        self.text("@odata.etag")
    }

    /// The URL of the object.
    pub fn odata_id(&self) -> Option<&str> {
        self.text("@odata.id")
    }

    /// The URL that describes the answer.
    pub fn odata_context(&self) -> Option<&str> {
        self.text("@odata.context")
    }

    /// The URL of the rest of an expanded collection: `next_link("members")`.
    pub fn next_link(&self, property: &str) -> Option<&str> {
        self.text(&format!("{property}@odata.nextLink"))
    }

    /// Why a delta query reports the object as gone: `changed` or `deleted`. None when it is there.
    pub fn removed(&self) -> Option<&str> {
        let removed = self.get("@removed").or_else(|| self.get("@odata.removed"))?;
        Some(removed.get("reason").and_then(Value::as_str).unwrap_or_default())
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }
}

impl<'a> IntoIterator for &'a Extra {
    type Item = (&'a String, &'a Value);
    type IntoIter = std::iter::Flatten<std::option::IntoIter<&'a Map<String, Value>>>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.as_deref().into_iter().flatten()
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self).finish()
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl Field for Extra {
    #[inline]
    fn view(&self) -> View<'_> {
        View::Extra(self)
    }
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Extra(self)
    }
}
