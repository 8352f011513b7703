//! What generated setters call.
//!
//! Not inlined: thousands of setters would be optimized in the generated library, whether anyone
//! calls them or not.

use crate::boxed::Boxed;
use crate::codec::Type;
use crate::patch::Patch;

/// Sets what converts into the value.
#[inline(never)]
pub fn set_into<T>(place: &mut Option<T>, value: impl Into<T>) {
    *place = Some(value.into());
}

/// Sets what converts into the object.
#[inline(never)]
pub fn set_boxed<T: Type>(place: &mut Option<Boxed<T>>, value: impl Into<T>) {
    *place = Some(Boxed::new(value.into()));
}

/// Sets what converts into the elements.
#[inline(never)]
pub fn set_list<T>(place: &mut Option<Vec<T>>, values: impl IntoIterator<Item = impl Into<T>>) {
    *place = Some(values.into_iter().map(Into::into).collect());
}

/// Sets what converts into a patch.
#[inline(never)]
pub fn set_patch<T>(place: &mut Patch<T>, value: impl Into<Patch<T>>) {
    *place = value.into();
}
