//! Conditions, as `$filter` takes them.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};

use super::literal::Literal;
use super::property::Path;

/// A condition on objects of type `T`. Conditions are joined by `&` and `|`, and turned by `!`.
///
/// ```
/// # struct User;
/// use docbind_runtime::{Filter, Property};
///
/// const AGE: Property<User, i32> = Property::new("age");
/// const MAIL: Property<User, String> = Property::new("mail");
///
/// let filter = AGE.ge(18) & !(MAIL.is_null() | MAIL.ends_with("@contoso.com"));
/// assert_eq!(
///     filter.as_str(),
///     "age ge 18 and not (mail eq null or endswith(mail,'@contoso.com'))"
/// );
/// // What has no words here can be written as text.
/// let filter = filter & Filter::raw("createdDateTime lt now()");
/// ```
pub struct Filter<T> {
    text: String,
    /// How tightly the text holds together: what is looser needs parentheses.
    tie: Tie,
    marker: PhantomData<fn(T)>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Raw,
    Or,
    And,
    Comparison,
    Whole,
}

impl<T> Filter<T> {
    fn new(text: String, tie: Tie) -> Self {
        Self { text, tie, marker: PhantomData }
    }

    pub(super) fn atom(text: String) -> Self {
        Self::new(text, Tie::Comparison)
    }

    pub(super) fn whole(text: String) -> Self {
        Self::new(text, Tie::Whole)
    }

    pub(super) fn compare<V>(path: &str, operator: &str, value: &impl Literal<V>) -> Self {
        Self::atom(format!("{path} {operator} {}", value.literal()))
    }

    pub(super) fn call<V>(function: &str, path: &str, value: &impl Literal<V>) -> Self {
        Self::whole(format!("{function}({path},{})", value.literal()))
    }

    pub(super) fn lambda<V>(
        path: &str,
        operator: &str,
        condition: impl FnOnce(Path<T, V>) -> Self,
    ) -> Self {
        let depth = Depth::enter();
        let name = match depth.0 {
            0 => "x".to_owned(),
            outer => format!("x{}", outer + 1),
        };
        let condition = condition(Path::from_text(name.clone()));
        drop(depth);
        Self::whole(format!("{path}/{operator}({name}:{})", condition.text))
    }

    /// A condition as OData writes it, for what has no words here. It is encoded like any other,
    /// but quotes in its literals have to be doubled already.
    pub fn raw(text: impl Into<String>) -> Self {
        Self::new(text.into(), Tie::Raw)
    }

    /// The condition as OData writes it, not encoded.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn at_least(self, tie: Tie) -> String {
        if self.tie < tie { format!("({})", self.text) } else { self.text }
    }
}

thread_local! {
    /// How many conditions are being made, one within the other, on this thread.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// How many conditions this one is within: each needs a name of its own for the element, whichever
/// collection it is about.
struct Depth(u32);

impl Depth {
    fn enter() -> Self {
        let outer = DEPTH.get();
        DEPTH.set(outer.saturating_add(1));
        Self(outer)
    }
}

impl Drop for Depth {
    fn drop(&mut self) {
        DEPTH.set(self.0);
    }
}

impl<T> BitAnd for Filter<T> {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        let text = format!("{} and {}", self.at_least(Tie::And), other.at_least(Tie::And));
        Self::new(text, Tie::And)
    }
}

impl<T> BitOr for Filter<T> {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        let text = format!("{} or {}", self.at_least(Tie::Or), other.at_least(Tie::Or));
        Self::new(text, Tie::Or)
    }
}

impl<T> Not for Filter<T> {
    type Output = Self;
    fn not(self) -> Self {
        Self::new(format!("not {}", self.at_least(Tie::Whole)), Tie::Comparison)
    }
}

impl<T> Clone for Filter<T> {
    fn clone(&self) -> Self {
        Self::new(self.text.clone(), self.tie)
    }
}

impl<T> fmt::Debug for Filter<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl<T> fmt::Display for Filter<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}
