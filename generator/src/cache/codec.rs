//! Values as bytes and back.
//!
//! A format of its own, for the cache alone and for one build of docbind alone: no names, no
//! versions, fields in order. Reading never panics, and never takes more memory than a small
//! multiple of what there is to read.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::span::FileId;

/// A value that can be kept.
pub(crate) trait Store: Sized {
    /// Writes it behind what is there.
    fn put(&self, to: &mut Writer<'_>);

    /// Reads it back. None when the bytes are none of it.
    fn take(from: &mut Reader<'_>) -> Option<Self>;
}

/// Where values are written to.
#[derive(Debug, Default)]
pub(crate) struct Writer<'f> {
    bytes: Vec<u8>,
    /// The files that spans point into are written by their places in this list, so that they are
    /// found again when others have come or gone. Without it by their places in the docs.
    files: Option<&'f [FileId]>,
    /// Whether a span points into none of them.
    is_lost: bool,
}

impl<'f> Writer<'f> {
    /// Writes what knows these files only.
    pub(crate) fn about(files: &'f [FileId]) -> Self {
        Self { files: Some(files), ..Self::default() }
    }

    /// What was written. None when it cannot be read again.
    pub(crate) fn into_bytes(self) -> Option<Vec<u8>> {
        (!self.is_lost).then_some(self.bytes)
    }
}

/// Where values are read from.
#[derive(Debug)]
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
    files: Files<'b>,
    /// The file that was named last.
    pub(super) last_file: Option<Arc<str>>,
}

/// The files that spans point into.
#[derive(Clone, Copy, Debug)]
enum Files<'b> {
    /// All of the docs, of which there are so many.
    All(usize),
    /// These.
    These(&'b [FileId]),
}

impl<'b> Reader<'b> {
    /// Reads values about docs of this many files.
    pub(crate) fn new(bytes: &'b [u8], files: usize) -> Self {
        Self { bytes, files: Files::All(files), last_file: None }
    }

    /// Reads what knows these files only.
    pub(crate) fn about(bytes: &'b [u8], files: &'b [FileId]) -> Self {
        Self { bytes, files: Files::These(files), last_file: None }
    }

    /// Whether all has been read.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    fn split(&mut self, length: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(head)
    }

    /// A text, without taking it out.
    pub(super) fn text(&mut self) -> Option<&'b str> {
        let length = self.length()?;
        std::str::from_utf8(self.split(length)?).ok()
    }

    /// How many elements a list has. Each of them takes a byte at least.
    fn length(&mut self) -> Option<usize> {
        usize::take(self).filter(|length| *length <= self.bytes.len())
    }
}

/// The most elements that memory is reserved for before the first of them has been read.
const MOST_RESERVED: usize = 1_024;

impl Store for u64 {
    fn put(&self, to: &mut Writer<'_>) {
        // Seven bits in a byte, the lowest first; the eighth says that others follow.
        let mut rest = *self;
        while rest >= 0x80 {
            to.bytes.push((rest & 0x7F) as u8 | 0x80);
            rest >>= 7;
        }
        to.bytes.push((rest & 0x7F) as u8);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = *from.split(1)?.first()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

macro_rules! integers {
    ($($ty:ident),+) => {
        $(impl Store for $ty {
            fn put(&self, to: &mut Writer<'_>) {
                // No integer of these is longer.
                u64::try_from(*self).unwrap_or_default().put(to);
            }

            fn take(from: &mut Reader<'_>) -> Option<Self> {
                u64::take(from)?.try_into().ok()
            }
        })+
    };
}

integers!(u8, u16, u32, usize);

impl Store for i64 {
    fn put(&self, to: &mut Writer<'_>) {
        to.bytes.extend_from_slice(&self.to_le_bytes());
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some(Self::from_le_bytes(from.split(8)?.try_into().ok()?))
    }
}

impl Store for u128 {
    fn put(&self, to: &mut Writer<'_>) {
        to.bytes.extend_from_slice(&self.to_le_bytes());
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some(Self::from_le_bytes(from.split(16)?.try_into().ok()?))
    }
}

impl Store for bool {
    fn put(&self, to: &mut Writer<'_>) {
        to.bytes.push(u8::from(*self));
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        match u8::take(from)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Store for String {
    fn put(&self, to: &mut Writer<'_>) {
        self.len().put(to);
        to.bytes.extend_from_slice(self.as_bytes());
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        from.text().map(str::to_owned)
    }
}

impl Store for Arc<str> {
    fn put(&self, to: &mut Writer<'_>) {
        self.len().put(to);
        to.bytes.extend_from_slice(self.as_bytes());
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        from.text().map(Self::from)
    }
}

impl<T: Store> Store for Option<T> {
    fn put(&self, to: &mut Writer<'_>) {
        self.is_some().put(to);
        if let Some(value) = self {
            value.put(to);
        }
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        if bool::take(from)? { T::take(from).map(Some) } else { Some(None) }
    }
}

impl<T: Store> Store for Vec<T> {
    fn put(&self, to: &mut Writer<'_>) {
        self.len().put(to);
        for value in self {
            value.put(to);
        }
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let length = from.length()?;
        let mut values = Self::with_capacity(length.min(MOST_RESERVED));
        for _ in 0..length {
            values.push(T::take(from)?);
        }
        Some(values)
    }
}

impl<K: Store + Ord, V: Store> Store for BTreeMap<K, V> {
    fn put(&self, to: &mut Writer<'_>) {
        self.len().put(to);
        for (key, value) in self {
            key.put(to);
            value.put(to);
        }
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let length = from.length()?;
        (0..length).map(|_| Store::take(from)).collect()
    }
}

impl<A: Store, B: Store> Store for (A, B) {
    fn put(&self, to: &mut Writer<'_>) {
        self.0.put(to);
        self.1.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some((A::take(from)?, B::take(from)?))
    }
}

impl<T: Store> Store for Range<T> {
    fn put(&self, to: &mut Writer<'_>) {
        self.start.put(to);
        self.end.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some(T::take(from)?..T::take(from)?)
    }
}

impl Store for FileId {
    fn put(&self, to: &mut Writer<'_>) {
        let place = match to.files {
            None => Some(self.index()),
            Some(files) => files.iter().position(|file| file == self),
        };
        to.is_lost |= place.is_none();
        place.unwrap_or_default().put(to);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        let place = usize::take(from)?;
        match from.files {
            Files::All(count) if place < count => u32::try_from(place).ok().map(Self),
            Files::All(_) => None,
            Files::These(files) => files.get(place).copied(),
        }
    }
}

/// Implements [`Store`] field by field. A field that is not listed does not compile.
macro_rules! store {
    (struct $name:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::cache::codec::Store for $name {
            fn put(&self, to: &mut $crate::cache::codec::Writer<'_>) {
                let Self { $($field),+ } = self;
                $($crate::cache::codec::Store::put($field, to);)+
            }

            fn take(from: &mut $crate::cache::codec::Reader<'_>) -> Option<Self> {
                Some(Self { $($field: $crate::cache::codec::Store::take(from)?),+ })
            }
        }
    };
    (enum $name:ident {
        $($tag:literal $variant:ident $(($inner:ident))? $({ $($field:ident),+ })?),+ $(,)?
    }) => {
        impl $crate::cache::codec::Store for $name {
            fn put(&self, to: &mut $crate::cache::codec::Writer<'_>) {
                match self {
                    $(Self::$variant $(($inner))? $({ $($field),+ })? => {
                        let tag: u8 = $tag;
                        $crate::cache::codec::Store::put(&tag, to);
                        $($crate::cache::codec::Store::put($inner, to);)?
                        $($($crate::cache::codec::Store::put($field, to);)+)?
                    })+
                }
            }

            fn take(from: &mut $crate::cache::codec::Reader<'_>) -> Option<Self> {
                let tag: u8 = $crate::cache::codec::Store::take(from)?;
                Some(match tag {
                    $($tag => {
                        $(let $inner = $crate::cache::codec::Store::take(from)?;)?
                        $($(let $field = $crate::cache::codec::Store::take(from)?;)+)?
                        Self::$variant $(($inner))? $({ $($field),+ })?
                    })+
                    _ => return None,
                })
            }
        }
    };
}

pub(crate) use store;
