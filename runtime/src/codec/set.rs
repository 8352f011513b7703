//! What generated setters call.

use crate::boxed::Boxed;
use crate::codec::Type;
use crate::patch::Patch;

/// Sets what converts into the value.
#[inline]
pub fn set_into<T>(place: &mut Option<T>, value: impl Into<T>) {
    *place = Some(value.into());
}

/// Sets what converts into the object.
#[inline]
pub fn set_boxed<T: Type>(place: &mut Option<Boxed<T>>, value: impl Into<T>) {
    *place = Some(Boxed::new(value.into()));
}

/// Sets what converts into the elements.
#[inline]
pub fn set_list<T>(place: &mut Option<Vec<T>>, values: impl IntoIterator<Item = impl Into<T>>) {
    *place = Some(values.into_iter().map(Into::into).collect());
}

/// Sets what converts into a patch.
#[inline]
pub fn set_patch<T>(place: &mut Patch<T>, value: impl Into<Patch<T>>) {
    *place = value.into();
}
