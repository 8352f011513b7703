//! The primitive types of OData that the docs use.

/// A type of the `Edm` namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of OData")]
pub enum Primitive {
    String,
    Boolean,
    Int16,
    Int32,
    Int64,
    Single,
    Double,
    Decimal,
    Byte,
    SByte,
    Guid,
    Date,
    DateTimeOffset,
    Duration,
    TimeOfDay,
    Binary,
    Stream,
    /// Any JSON value.
    Untyped,
}

impl Primitive {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::String,
        Self::Boolean,
        Self::Int16,
        Self::Int32,
        Self::Int64,
        Self::Single,
        Self::Double,
        Self::Decimal,
        Self::Byte,
        Self::SByte,
        Self::Guid,
        Self::Date,
        Self::DateTimeOffset,
        Self::Duration,
        Self::TimeOfDay,
        Self::Binary,
        Self::Stream,
        Self::Untyped,
    ];

    /// The full name: `Edm.String`.
    pub fn full_name(self) -> &'static str {
        match self {
            Self::String => "Edm.String",
            Self::Boolean => "Edm.Boolean",
            Self::Int16 => "Edm.Int16",
            Self::Int32 => "Edm.Int32",
            Self::Int64 => "Edm.Int64",
            Self::Single => "Edm.Single",
            Self::Double => "Edm.Double",
            Self::Decimal => "Edm.Decimal",
            Self::Byte => "Edm.Byte",
            Self::SByte => "Edm.SByte",
            Self::Guid => "Edm.Guid",
            Self::Date => "Edm.Date",
            Self::DateTimeOffset => "Edm.DateTimeOffset",
            Self::Duration => "Edm.Duration",
            Self::TimeOfDay => "Edm.TimeOfDay",
            Self::Binary => "Edm.Binary",
            Self::Stream => "Edm.Stream",
            Self::Untyped => "Edm.Untyped",
        }
    }
}
