//! What `$select` and `$orderby` take: properties, alone or several.

use std::marker::PhantomData;

use super::property::{Path, Property};

/// A property to sort by, and in which direction.
pub struct Order<T> {
    text: String,
    marker: PhantomData<fn(T)>,
}

impl<T> Order<T> {
    pub(super) fn new(text: String) -> Self {
        Self { text, marker: PhantomData }
    }
}

/// Properties to select: one, or a tuple, an array or a vector of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no property of `{T}` to select",
    label = "not a property of `{T}`, or several"
)]
pub trait Selection<T> {
    /// The names, with commas between them.
    fn names(self) -> String;
}

/// Properties to sort by: one, as it is or with `.desc()`, or a tuple, an array or a vector.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no property of `{T}` to sort by",
    label = "not a property of `{T}`, or several"
)]
pub trait Sorting<T> {
    /// The names, with commas between them.
    fn orders(self) -> String;
}

impl<T, V> Selection<T> for Property<T, V> {
    fn names(self) -> String {
        self.name().to_owned()
    }
}

impl<T, V> Selection<T> for Path<T, V> {
    fn names(self) -> String {
        self.as_str().to_owned()
    }
}

impl<T, V> Sorting<T> for Property<T, V> {
    fn orders(self) -> String {
        self.name().to_owned()
    }
}

impl<T, V> Sorting<T> for Path<T, V> {
    fn orders(self) -> String {
        self.as_str().to_owned()
    }
}

impl<T> Sorting<T> for Order<T> {
    fn orders(self) -> String {
        self.text
    }
}

pub(super) fn join(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(",")
}

/// Several of one trait make one of it: arrays, vectors, and tuples of different types.
macro_rules! several {
    ($trait:ident $method:ident: $(($($name:ident)+))+) => {
        impl<T, S: $trait<T>, const N: usize> $trait<T> for [S; N] {
            fn $method(self) -> String {
                $crate::query::select::join(self.into_iter().map(S::$method))
            }
        }
        impl<T, S: $trait<T>> $trait<T> for Vec<S> {
            fn $method(self) -> String {
                $crate::query::select::join(self.into_iter().map(S::$method))
            }
        }
        $(
            #[allow(non_snake_case, reason = "the types' names serve for the values")]
            impl<T, $($name: $trait<T>),+> $trait<T> for ($($name,)+) {
                fn $method(self) -> String {
                    let ($($name,)+) = self;
                    $crate::query::select::join([$($name.$method()),+])
                }
            }
        )+
    };
    ($trait:ident $method:ident) => {
        $crate::query::select::several! { $trait $method:
            (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G)
            (A B C D E F G H) (A B C D E F G H I) (A B C D E F G H I J)
            (A B C D E F G H I J K) (A B C D E F G H I J K L)
            (A B C D E F G H I J K L M) (A B C D E F G H I J K L M N)
            (A B C D E F G H I J K L M N O) (A B C D E F G H I J K L M N O P)
        }
    };
}
pub(super) use several;

several! { Selection names }
several! { Sorting orders }
