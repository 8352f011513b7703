//! Maps and sets for look-ups by name, of which a run makes millions.
//!
//! The standard hash takes several times as long, and its protection is kept: this one is seeded at
//! random, too, so that docs cannot be written to make it slow.

use foldhash::fast::RandomState;

/// A map whose order means nothing.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// A set whose order means nothing.
pub(crate) type HashSet<T> = std::collections::HashSet<T, RandomState>;
