//! The words that stand for the variants of the model, in both directions.

use crate::model::{Method, OperationKind, ParameterLocation, Primitive, TypeKind};

/// Something that is one of a few words in JSON.
pub(super) trait Word: Copy + PartialEq + 'static {
    /// What it is, for messages: `a method`.
    const WHAT: &'static str;
    /// Each of them with its word.
    const ALL: &'static [(Self, &'static str)];

    /// Its word.
    fn word(self) -> &'static str {
        let known = Self::ALL.iter().find(|(value, _)| *value == self);
        known.map_or("", |(_, word)| word)
    }

    /// What a word stands for.
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(value, _)| *value)
    }
}

impl Word for TypeKind {
    const WHAT: &'static str = "kind of type";
    const ALL: &'static [(Self, &'static str)] =
        &[(Self::Entity, "entity"), (Self::Complex, "complex")];
}

impl Word for Method {
    const WHAT: &'static str = "method";
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Get, "GET"),
        (Self::Post, "POST"),
        (Self::Put, "PUT"),
        (Self::Patch, "PATCH"),
        (Self::Delete, "DELETE"),
    ];
}

impl Word for ParameterLocation {
    const WHAT: &'static str = "place of a parameter";
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Path, "path"),
        (Self::Query, "query"),
        (Self::Header, "header"),
        (Self::Function, "function"),
    ];
}

impl Word for OperationKind {
    const WHAT: &'static str = "kind of operation";
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::List, "list"),
        (Self::Get, "get"),
        (Self::Create, "create"),
        (Self::Update, "update"),
        (Self::Replace, "replace"),
        (Self::Delete, "delete"),
        (Self::Action, "action"),
        (Self::Function, "function"),
        (Self::Reference, "reference"),
        (Self::Value, "value"),
        (Self::Count, "count"),
    ];
}

/// The type of the `Edm` namespace that has this full name.
pub(super) fn primitive(name: &str) -> Option<Primitive> {
    Primitive::ALL.into_iter().find(|primitive| primitive.full_name() == name)
}
