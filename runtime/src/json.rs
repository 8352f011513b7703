//! Objects that are read and written by serde, as types of the program's own.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::codec::{self, Field, Fields, Table, Type};
use crate::{Error, Extra, Result};

/// What a type of the program's own is called in the API.
pub trait Named {
    /// The full name: `microsoft.graph.location`.
    const NAME: &'static str;
}

/// An object that stands in place of a generated one, for a type that serde reads and writes. It
/// keeps all that came, so that nothing of it is lost on the way back.
///
/// ```
/// use docbind_runtime::{Json, Named};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Deserialize, Serialize)]
/// struct Location {
///     latitude: f64,
///     longitude: f64,
/// }
///
/// impl Named for Location {
///     const NAME: &'static str = "contoso.shop.location";
/// }
///
/// // What `docbind.toml` names: `replace = "crate::AnyLocation"`.
/// type AnyLocation = Json<Location>;
///
/// let came: AnyLocation = serde_json::from_str(r#"{"latitude": 51.5, "longitude": -0.1}"#)?;
/// assert_eq!(came.read()?.latitude, 51.5);
/// let sent = AnyLocation::write(&Location { latitude: 48.9, longitude: 2.4 })?;
/// assert_eq!(serde_json::to_string(&sent)?, r#"{"latitude":48.9,"longitude":2.4}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[non_exhaustive]
pub struct Json<T> {
    /// What came, or is to be sent.
    pub extra: Extra,
    marker: PhantomData<fn() -> T>,
}

impl<T> Json<T> {
    /// The object as the type. Fails where the type does not take what came.
    pub fn read(&self) -> Result<T>
    where
        T: Named + DeserializeOwned + 'static,
    {
        let text = serde_json::to_vec(self);
        let text = text.map_err(|error| Error::request(error.to_string()))?;
        serde_json::from_slice(&text)
            .map_err(|error| Error::decode(error, String::new(), T::NAME, &text))
    }

    /// The type as an object. Fails where it is not written as one.
    pub fn write(value: &T) -> Result<Self>
    where
        T: Named + Serialize,
    {
        let fail = |why: String| Error::request(format!("`{}` {why}", T::NAME));
        let value = serde_json::to_value(value).map_err(|error| fail(error.to_string()))?;
        let Value::Object(members) = value else {
            return Err(fail("is not written as an object".to_owned()));
        };
        let mut object = Self::default();
        for (name, value) in members {
            object.extra.insert(name, value);
        }
        Ok(object)
    }
}

impl<T: Named + 'static> Fields for Json<T> {
    fn table(&self) -> &'static Table {
        const { &Table { name: T::NAME, fields: &[] } }
    }
    fn field(&self, _index: usize) -> &dyn Field {
        &self.extra
    }
    fn field_mut(&mut self, _index: usize) -> &mut dyn Field {
        &mut self.extra
    }
}

impl<T: Named + 'static> Type for Json<T> {}

impl<T> Default for Json<T> {
    fn default() -> Self {
        Self { extra: Extra::new(), marker: PhantomData }
    }
}

impl<T> Clone for Json<T> {
    fn clone(&self) -> Self {
        Self { extra: self.extra.clone(), marker: PhantomData }
    }
}

impl<T> PartialEq for Json<T> {
    fn eq(&self, other: &Self) -> bool {
        self.extra == other.extra
    }
}

impl<T> fmt::Debug for Json<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.extra.fmt(formatter)
    }
}

impl<T: Named + 'static> Serialize for Json<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        codec::serialize(self, serializer)
    }
}

impl<'de, T: Named + 'static> Deserialize<'de> for Json<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        codec::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Object;

    /// Any members, but of numbers.
    type Numbers = BTreeMap<String, i32>;

    impl Named for Numbers {
        const NAME: &'static str = "ns.numbers";
    }

    impl Named for String {
        const NAME: &'static str = "ns.text";
    }

    #[test]
    fn an_object_comes_and_goes() {
        let object: Json<Numbers> = serde_json::from_str(r#"{"b":2,"a":1}"#).expect("an object");
        assert_eq!(object.read().expect("numbers").into_values().collect::<Vec<_>>(), [1, 2]);
        let again = Json::write(&object.read().expect("numbers")).expect("an object");
        assert_eq!(again, object);
        assert_eq!(Json::<Numbers>::type_name(), "ns.numbers");
    }

    #[test]
    fn what_the_type_does_not_take() {
        let object: Json<Numbers> = serde_json::from_str(r#"{"a":"x"}"#).expect("an object");
        let error = object.read().expect_err("no number");
        assert!(error.is_decode() && error.expected() == Some("ns.numbers"), "{error}");
        let error = Json::write(&"x".to_owned()).expect_err("no object");
        assert!(error.to_string().contains("`ns.text` is not written as an object"), "{error}");
    }
}
