//! The small parts of the text that are more than text: words, names of types, paths, maps.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::super::call::{SegmentJson, as_read};
use super::super::words::{Word, primitive};
use crate::model::{PathTemplate, Primitive, Segment};

/// No real path is half as long; whoever walks paths may do so by recursion.
const MOST_SEGMENTS: usize = 64;

/// Text, which is not copied where it has no escapes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

/// A variant of the model that is one of a few words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<T>(pub(super) T);

/// The name of a type: one of the `Edm` namespace that the model knows, or any other.
#[derive(Clone, Debug)]
pub(super) enum TypeText<'a> {
    Primitive(Primitive),
    Named(Text<'a>),
}

/// A path that can be called.
#[derive(Clone, Debug)]
pub(super) struct PathText(pub(super) PathTemplate);

/// The parts of a path.
#[derive(Clone, Debug)]
pub(super) struct Segments(pub(super) Vec<Segment>);

/// A map in its own order, in which a key may occur twice.
#[derive(Clone, Debug)]
pub(super) struct Pairs<T>(pub(super) Vec<(String, T)>);

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

struct TextVisitor<'a>(PhantomData<&'a ()>);

impl<'de: 'a, 'a> Visitor<'de> for TextVisitor<'a> {
    type Value = Text<'a>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'a>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text<'a>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor(PhantomData))
    }
}

impl<'a, T: Word> Deserialize<'a> for Known<T> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        let Text(word) = Text::deserialize(deserializer)?;
        T::from_word(&word).map(Self).ok_or_else(|| {
            let known: Vec<_> = T::ALL.iter().map(|(_, word)| format!("`{word}`")).collect();
            D::Error::custom(format!("unknown {} `{word}`, not {}", T::WHAT, known.join(", ")))
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for TypeText<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Text::deserialize(deserializer)?;
        if !name.0.starts_with("Edm.") {
            return Ok(Self::Named(name));
        }
        primitive(&name.0)
            .map(Self::Primitive)
            .ok_or_else(|| D::Error::custom(format!("unknown type `{}`", name.0)))
    }
}

impl<'a> Deserialize<'a> for PathText {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        let Text(text) = Text::deserialize(deserializer)?;
        as_read(&text)
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("`{text}` is no path that can be called")))
    }
}

impl<'a> Deserialize<'a> for Segments {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        let segments = Vec::<SegmentJson>::deserialize(deserializer)?;
        if !(1..=MOST_SEGMENTS).contains(&segments.len()) {
            let message = format!("a path has 1 to {MOST_SEGMENTS} parts, not {}", segments.len());
            return Err(D::Error::custom(message));
        }
        Ok(Self(segments.into_iter().map(SegmentJson::into_segment).collect()))
    }
}

struct PairsVisitor<T>(PhantomData<T>);

impl<'a, T: Deserialize<'a>> Visitor<'a> for PairsVisitor<T> {
    type Value = Pairs<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<Pairs<T>, M::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

impl<'a, T: Deserialize<'a>> Deserialize<'a> for Pairs<T> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor(PhantomData))
    }
}
