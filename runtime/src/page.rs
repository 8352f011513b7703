//! A page of a collection.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codec::{self, Field, Fields, Kind, List, ListSlot, Slot, Table, View};
use crate::extra::Extra;
use crate::mismatch::{self, Mismatch};

/// A page of a collection: some of its elements, and where to go on.
#[non_exhaustive]
pub struct Page<T> {
    /// The elements.
    pub value: Vec<T>,
    /// The URL of the next page, unless this is the last.
    pub next_link: Option<String>,
    /// The URL that will tell what has changed since, on the last page of a delta query.
    pub delta_link: Option<String>,
    /// How many elements there are on all pages, where `count` was asked for.
    pub count: Option<i64>,
    /// Everything else that came with the page.
    pub extra: Extra,
    /// Whether there was a list, so that an empty one and none both come back as they came.
    is_listed: bool,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self {
            value: Vec::new(),
            next_link: None,
            delta_link: None,
            count: None,
            extra: Extra::new(),
            is_listed: false,
        }
    }
}

impl<T: Kind> Fields for Page<T> {
    fn table(&self) -> &'static Table {
        &Table {
            name: "Page",
            fields: &["value", "@odata.nextLink", "@odata.deltaLink", "@odata.count"],
        }
    }
    fn field(&self, index: usize) -> &dyn Field {
        match index {
            0 => self,
            1 => &self.next_link,
            2 => &self.delta_link,
            3 => &self.count,
            _ => &self.extra,
        }
    }
    fn field_mut(&mut self, index: usize) -> &mut dyn Field {
        match index {
            0 => self,
            1 => &mut self.next_link,
            2 => &mut self.delta_link,
            3 => &mut self.count,
            _ => &mut self.extra,
        }
    }
}

/// As a field, a page is its list of elements.
impl<T: Kind> Field for Page<T> {
    fn view(&self) -> View<'_> {
        if self.is_listed || !self.value.is_empty() {
            View::List(&self.value)
        } else {
            View::Absent
        }
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
    fn expected(&self) -> &'static str {
        <Vec<T> as Kind>::NAME
    }
}

impl<T: Kind> ListSlot for Page<T> {
    fn put(&mut self) {
        self.value.clear();
        self.is_listed = true;
    }
    fn push(&mut self, fill: &mut dyn FnMut(Slot<'_>)) {
        let mut place = None;
        fill(T::slot(&mut place));
        self.value.extend(place);
    }
    fn list(&self) -> &dyn List {
        &self.value
    }
    fn clear(&mut self) {
        self.value.clear();
        self.is_listed = false;
    }
}

impl<T: Kind> Clone for Page<T> {
    fn clone(&self) -> Self {
        let mut copy = Self::default();
        codec::copy_fields(self, &mut copy);
        copy
    }
}

impl<T: Kind> PartialEq for Page<T> {
    fn eq(&self, other: &Self) -> bool {
        codec::equal(self, other)
    }
}

impl<T: Kind> fmt::Debug for Page<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        codec::debug(self, formatter)
    }
}

impl<T: Kind> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        codec::serialize(self, serializer)
    }
}

impl<'de, T: Kind> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        codec::deserialize_fields(deserializer)
    }
}

impl<T> Page<T> {
    /// The elements of this page.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.value.iter()
    }
}

impl<T: Kind> Page<T> {
    /// The values that are not of the documented kind, in the page and in the objects on it. They
    /// are kept as they came, among the extra properties of the object they belong to.
    pub fn mismatches(&self) -> Vec<Mismatch> {
        mismatch::find(self)
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.value.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A reference to an object elsewhere, as `$ref` takes and gives it.
#[non_exhaustive]
pub struct Reference {
    /// The URL of the object.
    pub odata_id: Option<String>,
    /// Everything else that came with the reference.
    pub extra: Extra,
}

impl Reference {
    /// A reference to the object at this URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self { odata_id: Some(url.into()), extra: Extra::new() }
    }
}

impl From<&str> for Reference {
    fn from(url: &str) -> Self {
        Self::new(url)
    }
}

impl From<String> for Reference {
    fn from(url: String) -> Self {
        Self::new(url)
    }
}

crate::object! { Reference "Reference" { 0 odata_id "@odata.id" } extra None }
