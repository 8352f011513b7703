//! A property of a type, by name and type of value.

use std::borrow::Cow;
use std::marker::PhantomData;

/// A property of `T` whose values are `V`, to select, filter, sort or expand by.
pub struct Property<T, V> {
    path: Cow<'static, str>,
    marker: PhantomData<fn(T) -> V>,
}

impl<T, V> Property<T, V> {
    /// The property of this name.
    pub const fn new(name: &'static str) -> Self {
        Self { path: Cow::Borrowed(name), marker: PhantomData }
    }

    /// The name, or the path for a property of a property: `from/emailAddress`.
    pub fn path(&self) -> &str {
        &self.path
    }
}
