//! A property of an update: absent, null or set.

use crate::codec::{Field, Kind, PatchSlot, Slot, View};

/// What an update does with a property.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Leaves it as it is.
    #[default]
    Absent,
    /// Takes its value away.
    Null,
    /// Gives it a value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the update says nothing of the property.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The new value, if there is one.
    pub fn as_set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    #[inline]
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl From<&str> for Patch<String> {
    #[inline]
    fn from(value: &str) -> Self {
        Self::Set(value.to_owned())
    }
}

impl<T, U: Into<T>, const N: usize> From<[U; N]> for Patch<Vec<T>> {
    #[inline]
    fn from(values: [U; N]) -> Self {
        Self::Set(values.into_iter().map(Into::into).collect())
    }
}

impl<T: Kind> Field for Patch<T> {
    #[inline]
    fn view(&self) -> View<'_> {
        match self {
            Self::Absent => View::Absent,
            Self::Null => View::Null,
            Self::Set(value) => value.view(),
        }
    }
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Patch(self)
    }
    #[inline]
    fn expected(&self) -> &'static str {
        T::NAME
    }
}

impl<T: Kind> PatchSlot for Patch<T> {
    fn put_null(&mut self) {
        *self = Self::Null;
    }
    fn fill(&mut self, fill: &mut dyn FnMut(Slot<'_>)) {
        let mut place = None;
        fill(T::slot(&mut place));
        *self = place.map_or(Self::Absent, Self::Set);
    }
    fn clear(&mut self) {
        *self = Self::Absent;
    }
}
