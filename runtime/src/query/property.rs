//! Properties by name and type of value: what to select, filter, sort and expand by.

use std::marker::PhantomData;

use super::expand::Expand;
use super::filter::Filter;
use super::literal::Literal;
use super::select::Order;
use crate::enumeration::Enumeration;
use crate::request::Queryable;
use crate::types::Flags;

/// A property of `T` whose values are `V`.
///
/// Generated modules hold one for each property of their type: `message::SUBJECT`.
///
/// ```
/// # struct Message;
/// use docbind_runtime::{Filter, Property};
///
/// const SUBJECT: Property<Message, String> = Property::new("subject");
/// const SIZE: Property<Message, i32> = Property::new("size");
///
/// let filter: Filter<Message> = SUBJECT.starts_with("Re: it's") & SIZE.gt(1024);
/// assert_eq!(filter.as_str(), "startswith(subject,'Re: it''s') and size gt 1024");
/// ```
pub struct Property<T, V> {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub marker: PhantomData<fn(T) -> V>,
}

/// The way to a property of a property: `from/emailAddress/address`.
pub struct Path<T, V> {
    text: String,
    marker: PhantomData<fn(T) -> V>,
}

impl<T, V> Property<T, V> {
    /// The property of this name. For one that the docs do not know.
    pub const fn new(name: &'static str) -> Self {
        Self { name, marker: PhantomData }
    }

    /// The name as it stands in JSON.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    fn into_text(self) -> String {
        self.name.to_owned()
    }
}

impl<T, V> Path<T, V> {
    pub(crate) fn from_text(text: String) -> Self {
        Self { text, marker: PhantomData }
    }

    /// The names on the way, with slashes between them.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn into_text(self) -> String {
        self.text
    }
}

impl<T, V> Clone for Property<T, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V> Copy for Property<T, V> {}

impl<T, V> Clone for Path<T, V> {
    fn clone(&self) -> Self {
        Self::from_text(self.text.clone())
    }
}

impl<T, V> std::fmt::Debug for Property<T, V> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

impl<T, V> std::fmt::Debug for Path<T, V> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// What can be asked of a property, in the words of both types.
macro_rules! comparisons {
    ($ty:ident) => {
        impl<T, V> $ty<T, V> {
            /// A property of this property: `FROM.then(recipient::NAME)` is `from/name`.
            pub fn then<W>(self, inner: Property<V, W>) -> Path<T, W> {
                Path::from_text(format!("{}/{}", self.into_text(), inner.name))
            }

            /// Whether it equals the value.
            pub fn eq(self, value: impl Literal<V>) -> Filter<T> {
                Filter::compare(&self.into_text(), "eq", &value)
            }

            /// Whether it differs from the value.
            pub fn ne(self, value: impl Literal<V>) -> Filter<T> {
                Filter::compare(&self.into_text(), "ne", &value)
            }

            /// Whether it is less than the value.
            pub fn lt(self, value: impl Literal<V>) -> Filter<T> {
                Filter::compare(&self.into_text(), "lt", &value)
            }

            /// Whether it is less than the value, or equals it.
            pub fn le(self, value: impl Literal<V>) -> Filter<T> {
                Filter::compare(&self.into_text(), "le", &value)
            }

            /// Whether it is greater than the value.
            pub fn gt(self, value: impl Literal<V>) -> Filter<T> {
                Filter::compare(&self.into_text(), "gt", &value)
            }

            /// Whether it is greater than the value, or equals it.
            pub fn ge(self, value: impl Literal<V>) -> Filter<T> {
                Filter::compare(&self.into_text(), "ge", &value)
            }

            /// Whether it equals one of the values. Of none, that is never so.
            pub fn is_in(self, values: impl IntoIterator<Item = impl Literal<V>>) -> Filter<T> {
                let values: Vec<_> = values.into_iter().map(|value| value.literal()).collect();
                if values.is_empty() {
                    return Filter::whole("false".to_owned());
                }
                Filter::atom(format!("{} in ({})", self.into_text(), values.join(",")))
            }

            /// Whether it has no value.
            pub fn is_null(self) -> Filter<T> {
                Filter::atom(format!("{} eq null", self.into_text()))
            }

            /// Whether it has a value.
            pub fn is_not_null(self) -> Filter<T> {
                Filter::atom(format!("{} ne null", self.into_text()))
            }

            /// By this property, the smallest first.
            pub fn asc(self) -> Order<T> {
                Order::new(self.into_text())
            }

            /// By this property, the greatest first.
            pub fn desc(self) -> Order<T> {
                Order::new(self.into_text() + " desc")
            }
        }

        impl<T> $ty<T, String> {
            /// Whether it begins with the text.
            pub fn starts_with(self, text: impl Literal<String>) -> Filter<T> {
                Filter::call("startswith", &self.into_text(), &text)
            }

            /// Whether it ends with the text.
            pub fn ends_with(self, text: impl Literal<String>) -> Filter<T> {
                Filter::call("endswith", &self.into_text(), &text)
            }

            /// Whether the text stands in it.
            pub fn contains(self, text: impl Literal<String>) -> Filter<T> {
                Filter::call("contains", &self.into_text(), &text)
            }
        }

        impl<T, E: Enumeration> $ty<T, Flags<E>> {
            /// Whether all of these members are among those that it has.
            pub fn has(self, members: impl Literal<Flags<E>>) -> Filter<T> {
                Filter::compare(&self.into_text(), "has", &members)
            }
        }

        impl<T, V> $ty<T, Vec<V>> {
            /// Whether the condition holds for an element: `CATEGORIES.any(|name| name.eq("red"))`.
            pub fn any(self, condition: impl FnOnce(Path<T, V>) -> Filter<T>) -> Filter<T> {
                Filter::lambda(&self.into_text(), "any", condition)
            }

            /// Whether the condition holds for all elements.
            pub fn all(self, condition: impl FnOnce(Path<T, V>) -> Filter<T>) -> Filter<T> {
                Filter::lambda(&self.into_text(), "all", condition)
            }

            /// Whether there is no element.
            pub fn is_empty(self) -> Filter<T> {
                !Filter::whole(format!("{}/any()", self.into_text()))
            }

            /// How many elements there are, to compare with a number.
            pub fn count(self) -> Path<T, i64> {
                Path::from_text(self.into_text() + "/$count")
            }
        }

        impl<T, V: Queryable> $ty<T, V> {
            /// The property as it is expanded, to say what of it is wanted:
            /// `ATTACHMENTS.expanded().select(attachment::NAME).top(5)`.
            pub fn expanded(self) -> Expand<T, V::Item> {
                Expand::new(self.into_text())
            }
        }
    };
}
comparisons! { Property }
comparisons! { Path }
