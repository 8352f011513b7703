//! An object inside an object.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::panic::{RefUnwindSafe, UnwindSafe};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codec::{Fields, Type};

/// An object inside an object, on the heap like a [`Box`].
///
/// Types of an API hold each other in long chains and in circles. Behind a `Box` the compiler would
/// follow them whenever it asks what dropping an object does, or whether it can be sent to another
/// thread, and give up after some thirty types. Here it sees where an object ends.
pub struct Boxed<T> {
    object: Box<dyn Inside>,
    // What is inside is dropped by the box; only the type is remembered here.
    marker: PhantomData<fn() -> T>,
}

/// A type that can stand in a box without its name.
trait Inside: Any + Send + Sync {
    fn fields(&self) -> &dyn Fields;
    fn fields_mut(&mut self) -> &mut dyn Fields;
}

impl<T: Type> Inside for T {
    #[inline]
    fn fields(&self) -> &dyn Fields {
        self
    }
    #[inline]
    fn fields_mut(&mut self) -> &mut dyn Fields {
        self
    }
}

impl<T: Type> Boxed<T> {
    /// Puts an object in a box.
    #[inline]
    pub fn new(object: T) -> Self {
        Self { object: Box::new(object), marker: PhantomData }
    }

    /// Takes the object out.
    #[inline]
    #[expect(clippy::missing_panics_doc, reason = "a box holds an object of its type")]
    pub fn into_inner(self) -> T {
        let object: Box<dyn Any> = self.object;
        *object.downcast().expect("a box holds an object of its type")
    }
}

impl<T> Boxed<T> {
    #[inline]
    pub(crate) fn fields(&self) -> &dyn Fields {
        self.object.fields()
    }

    #[inline]
    pub(crate) fn fields_mut(&mut self) -> &mut dyn Fields {
        self.object.fields_mut()
    }
}

impl<T: Type> Deref for Boxed<T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        let object: &dyn Any = &*self.object;
        object.downcast_ref().expect("a box holds an object of its type")
    }
}

impl<T: Type> DerefMut for Boxed<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        let object: &mut dyn Any = &mut *self.object;
        object.downcast_mut().expect("a box holds an object of its type")
    }
}

impl<T> UnwindSafe for Boxed<T> {}
impl<T> RefUnwindSafe for Boxed<T> {}

impl<T: Type> Default for Boxed<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Type> From<T> for Boxed<T> {
    #[inline]
    fn from(object: T) -> Self {
        Self::new(object)
    }
}

impl<T: Type> Clone for Boxed<T> {
    fn clone(&self) -> Self {
        Self::new(crate::codec::copy(&**self))
    }
}

impl<T> PartialEq for Boxed<T> {
    fn eq(&self, other: &Self) -> bool {
        crate::codec::equal(self.fields(), other.fields())
    }
}

impl<T> fmt::Debug for Boxed<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::codec::debug(self.fields(), formatter)
    }
}

impl<T> Serialize for Boxed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::codec::serialize(self.fields(), serializer)
    }
}

impl<'de, T: Type> Deserialize<'de> for Boxed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::codec::deserialize(deserializer).map(Self::new)
    }
}
