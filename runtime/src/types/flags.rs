//! Several members of an enumeration at once.

use std::fmt;
use std::marker::PhantomData;

use crate::codec::Text;
use crate::enumeration::Enumeration;

/// Any number of members of `E`, separated by commas in JSON. Keeps their order.
pub struct Flags<E> {
    text: Box<str>,
    members: PhantomData<fn() -> E>,
}

impl<E: Enumeration> Flags<E> {
    /// No members.
    pub fn new() -> Self {
        Self::default()
    }

    /// The members, in the order in which they are written.
    pub fn iter(&self) -> impl Iterator<Item = E> {
        self.names().filter_map(E::from_text)
    }

    /// Whether the member is one of them.
    pub fn contains(&self, member: &E) -> bool {
        self.names().any(|name| name == member.as_text())
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.names().next().is_none()
    }

    /// The text as it stands in JSON: `read,write`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.text.split(',').map(str::trim).filter(|name| !name.is_empty())
    }
}

impl<E: Enumeration> FromIterator<E> for Flags<E> {
    fn from_iter<I: IntoIterator<Item = E>>(members: I) -> Self {
        let mut text = String::new();
        for member in members {
            if !text.is_empty() {
                text.push(',');
            }
            text.push_str(member.as_text());
        }
        Self { text: text.into(), members: PhantomData }
    }
}

impl<E: Enumeration> Extend<E> for Flags<E> {
    fn extend<I: IntoIterator<Item = E>>(&mut self, members: I) {
        *self = self.iter().chain(members).collect();
    }
}

impl<E: Enumeration> From<E> for Flags<E> {
    fn from(member: E) -> Self {
        [member].into_iter().collect()
    }
}

impl<E: Enumeration, const N: usize> From<[E; N]> for Flags<E> {
    fn from(members: [E; N]) -> Self {
        members.into_iter().collect()
    }
}

impl<E: Enumeration> From<Vec<E>> for Flags<E> {
    fn from(members: Vec<E>) -> Self {
        members.into_iter().collect()
    }
}

impl<E: Enumeration> Text for Flags<E> {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self { text: text.into(), members: PhantomData })
    }
    fn as_text(&self) -> &str {
        &self.text
    }
}

impl<E> Default for Flags<E> {
    fn default() -> Self {
        Self { text: Box::default(), members: PhantomData }
    }
}

impl<E> Clone for Flags<E> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), members: PhantomData }
    }
}

impl<E> PartialEq for Flags<E> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<E> Eq for Flags<E> {}

impl<E> std::hash::Hash for Flags<E> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<E> fmt::Debug for Flags<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(formatter)
    }
}

impl<E> fmt::Display for Flags<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(formatter)
    }
}

super::text_kind! { Flags<E>, "text", [E: Enumeration] }
