//! What can be done with every object, whatever its type.

use serde_json::Value;

use crate::codec::{self, Fields, Type, View};
use crate::extra::Extra;
use crate::mismatch::{self, Mismatch};

/// What can be done with every object of an API, whatever its type.
pub trait Object: Type {
    /// The full name of the type in the API: `microsoft.graph.message`.
    fn type_name() -> &'static str {
        Self::default().table().name
    }

    /// The properties that have no field of their own.
    fn extra_properties(&self) -> &Extra {
        extra(self)
    }

    /// The full name of the type that the object says it has, without `#`.
    fn odata_type(&self) -> Option<&str> {
        extra(self).odata_type()
    }

    /// The object's version, for `If-Match`.
    fn etag(&self) -> Option<&str> {
        extra(self).etag()
    }

    /// The URL of the object.
    fn odata_id(&self) -> Option<&str> {
        extra(self).odata_id()
    }

    /// Why a delta query reports the object as gone. None when it is there.
    fn removed(&self) -> Option<&str> {
        extra(self).removed()
    }

    /// The values that are not of the documented kind, in this object and in those inside it. They
    /// are kept as they came, among the extra properties of the object they belong to.
    fn mismatches(&self) -> Vec<Mismatch> {
        mismatch::find(self)
    }

    /// The object as a type that extends this one, whatever it says of itself. Properties that the
    /// type does not have stay among the extra ones.
    fn to<D: Extends<Self>>(&self) -> D {
        let mut derived = D::default();
        codec::copy_properties(self, &mut derived);
        derived
    }

    /// The object as the type that it says it has; else the object itself.
    fn downcast<D: Extends<Self>>(self) -> Result<D, Self> {
        if self.odata_type() == Some(D::type_name()) { Ok(self.to()) } else { Err(self) }
    }
}

impl<T: Type> Object for T {}

/// A type that extends `B`, directly or not.
pub trait Extends<B>: Type {}

/// A request body in which objects can be named that exist already.
pub trait Bind: Sized {
    /// The properties of the body that have no field of their own.
    #[doc(hidden)]
    fn extra_properties_mut(&mut self) -> &mut Extra;

    /// Names the objects that a relationship leads to, by their URLs: one, or an array of them. It
    /// is sent as `members@odata.bind`.
    ///
    /// ```
    /// use docbind_runtime::{Bind, Reference};
    ///
    /// let url = "https://graph.microsoft.com/v1.0/users/1";
    /// let body = Reference::default().bind("members", [url]).bind("manager", url);
    /// assert_eq!(
    ///     serde_json::to_value(&body)?,
    ///     serde_json::json!({"members@odata.bind": [url], "manager@odata.bind": url})
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    fn bind(mut self, property: &str, urls: impl Into<Value>) -> Self {
        self.extra_properties_mut().insert(format!("{property}@odata.bind"), urls);
        self
    }
}

impl<T: Type> Bind for T {
    fn extra_properties_mut(&mut self) -> &mut Extra {
        codec::extra_mut(self)
    }
}

/// The object as its base, marked with the type that it has. What generated `From`s call.
pub fn into_base<D: Extends<B>, B: Type>(object: &D) -> B {
    let mut base = B::default();
    codec::copy_properties(object, &mut base);
    if base.odata_type().is_none() {
        let name = format!("#{}", object.table().name);
        codec::extra_mut(&mut base).insert("@odata.type", name);
    }
    base
}

/// The extra properties of an object.
fn extra(object: &impl Fields) -> &Extra {
    match object.field(usize::MAX).view() {
        View::Extra(extra) => extra,
        _ => unreachable!("every number past the last field is that of the extra properties"),
    }
}
