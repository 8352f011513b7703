//! A property of an update: absent, null or set.

use serde_json::Value;

use crate::codec::{Context, Empty, Field, Kind, Slot, ValueSlot, View, fill_slot};

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

impl<T> Empty for Patch<T> {
    const EMPTY: Self = Self::Absent;
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
        Slot::Value(self)
    }
    #[inline]
    fn expected(&self) -> &'static str {
        T::NAME
    }
}

impl<T: Kind> ValueSlot for Patch<T> {
    fn put(&mut self, value: Value) -> Result<(), Value> {
        *self = Self::Absent;
        if value.is_null() {
            *self = Self::Null;
            return Ok(());
        }
        let mut place = None;
        // A null further in is part of what the update says.
        fill_slot(T::slot(&mut place), value, Context::of_update())?;
        *self = place.map_or(Self::Absent, Self::Set);
        Ok(())
    }
    fn clear(&mut self) {
        *self = Self::Absent;
    }
}
