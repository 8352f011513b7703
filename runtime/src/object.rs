//! What can be done with every object, whatever its type.

use serde_json::Value;

use crate::codec::{self, Fields, Type, View};
use crate::extra::Extra;

/// What can be done with every object of an API, whatever its type.
pub trait Object: Type {
    /// The full name of the type in the API: `microsoft.graph.message`.
    fn type_name() -> &'static str {
        Self::default().fields().table().name
    }

    /// The object as a type that extends this one, whatever it says of itself. Properties that the
    /// type does not have stay among the extra ones.
    fn to<D: Extends<Self>>(&self) -> D {
        let mut derived = D::default();
        codec::fill_object(derived.fields_mut(), codec::to_map(self.fields()));
        derived
    }

    /// The object as the type that it says it has; else the object itself.
    fn downcast<D: Extends<Self>>(self) -> Result<D, Self> {
        let is_derived = extra(self.fields()).and_then(Extra::odata_type) == Some(D::type_name());
        if is_derived { Ok(self.to()) } else { Err(self) }
    }
}

impl<T: Type> Object for T {}

/// A type that extends `B`, directly or not.
pub trait Extends<B>: Type {}

/// The object as its base, marked with the type that it has. What generated `From`s call.
pub fn into_base<D: Extends<B>, B: Type>(object: &D) -> B {
    let mut base = B::default();
    let mut map = codec::to_map(object.fields());
    let name = format!("#{}", object.fields().table().name);
    map.entry("@odata.type").or_insert(Value::String(name));
    codec::fill_object(base.fields_mut(), map);
    base
}

/// The extra properties of an object.
pub(crate) fn extra(object: &dyn Fields) -> Option<&Extra> {
    match object.field(usize::MAX).view() {
        View::Extra(extra) => Some(extra),
        _ => None,
    }
}
