//! What `$expand` takes: properties, with options of their own.

use std::marker::PhantomData;

use super::filter::Filter;
use super::property::Property;
use super::select::{Selection, Sorting, several};

/// A property to expand, and what of it is wanted. `I` is the type of the objects in it.
///
/// ```
/// use docbind_runtime::{Expansion, Property, Reference};
///
/// const MEMBERS: Property<Reference, Vec<Reference>> = Property::new("members");
/// const ID: Property<Reference, String> = Property::new("id");
/// let members = MEMBERS.expanded().select(ID).top(5);
/// assert_eq!(members.expansions(), "members($select=id;$top=5)");
/// ```
pub struct Expand<T, I> {
    name: String,
    options: Vec<(&'static str, String)>,
    marker: PhantomData<fn(T) -> I>,
}

impl<T, I> Expand<T, I> {
    pub(super) fn new(name: String) -> Self {
        Self { name, options: Vec::new(), marker: PhantomData }
    }

    fn option(mut self, name: &'static str, value: String) -> Self {
        self.options.retain(|(other, _)| *other != name);
        self.options.push((name, value));
        self
    }

    /// Only these properties.
    #[must_use]
    pub fn select(self, properties: impl Selection<I>) -> Self {
        self.option("$select", properties.names())
    }

    /// Only objects that the condition holds for.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "as it is on a request")]
    pub fn filter(self, condition: Filter<I>) -> Self {
        self.option("$filter", condition.to_string())
    }

    /// In this order.
    #[must_use]
    pub fn order_by(self, order: impl Sorting<I>) -> Self {
        self.option("$orderby", order.orders())
    }

    /// At most so many.
    #[must_use]
    pub fn top(self, count: u32) -> Self {
        self.option("$top", count.to_string())
    }

    /// Without the first so many.
    #[must_use]
    pub fn skip(self, count: u32) -> Self {
        self.option("$skip", count.to_string())
    }

    /// Expanded in turn.
    #[must_use]
    pub fn expand(self, properties: impl Expansion<I>) -> Self {
        self.option("$expand", properties.expansions())
    }
}

/// Properties to expand: one, as it is or with `.expanded()`, or a tuple, an array or a vector.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no property of `{T}` to expand",
    label = "not a property of `{T}`, or several"
)]
pub trait Expansion<T> {
    /// The names with their options, with commas between them.
    fn expansions(self) -> String;
}

impl<T, V> Expansion<T> for Property<T, V> {
    fn expansions(self) -> String {
        self.name().to_owned()
    }
}

impl<T, I> Expansion<T> for Expand<T, I> {
    fn expansions(self) -> String {
        if self.options.is_empty() {
            return self.name;
        }
        let options: Vec<_> =
            self.options.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{}({})", self.name, options.join(";"))
    }
}

several! { Expansion expansions }
