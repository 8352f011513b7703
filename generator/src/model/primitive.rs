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

    /// The type that the docs mean by `word`, whatever its case, with or without `Edm.`.
    ///
    /// The list holds the spellings that occur in the English pages, and the words that the
    /// translated ones put in their place.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        let word = word
            .get(..4)
            .filter(|head| head.eq_ignore_ascii_case("edm."))
            .map_or(word, |_| &word[4..]);
        let lower = word.to_lowercase();
        Some(match lower.as_str() {
            "string"
            | "url"
            | "uri"
            | "text"
            | "cadeia de caracteres"
            | "cadeias de caracteres"
            | "cadena"
            | "cadena de caracteres"
            | "chaîne"
            | "zeichenfolge"
            | "zeichenkette"
            | "chaîne de caractères"
            | "文字列"
            | "字符串"
            | "строка"
            | "stringa" => Self::String,
            "boolean"
            | "bool"
            | "booliano"
            | "booleano"
            | "boleano"
            | "booléen"
            | "boolesch"
            | "boolescher wert"
            | "ブール値"
            | "ブール型"
            | "ブール"
            | "布尔"
            | "布尔值"
            | "логический" => Self::Boolean,
            "int16" => Self::Int16,
            "int32" | "int" | "integer" | "inteiro" | "entero" | "entier" | "ganzzahl" | "整数" => {
                Self::Int32
            }
            "int64" | "long" => Self::Int64,
            "single" | "float" | "único" => Self::Single,
            "double" | "number" | "numeric" | "duplo" | "doble" | "倍精度" | "双精度" => {
                Self::Double
            }
            "decimal" => Self::Decimal,
            "byte" => Self::Byte,
            "sbyte" => Self::SByte,
            "guid" | "uuid" => Self::Guid,
            "date" | "data" | "fecha" | "datum" | "日付" | "日期" => Self::Date,
            "datetimeoffset" | "datetime" | "timestamp" => Self::DateTimeOffset,
            "duration" | "duração" | "duración" | "durée" | "dauer" | "期間" | "持续时间" => {
                Self::Duration
            }
            "timeofday" | "time" | "hora" => Self::TimeOfDay,
            "binary" | "binária" | "binário" | "binario" | "binaire" | "binär" | "バイナリ"
            | "二进制" | "bytes" => Self::Binary,
            "stream" | "fluxo" | "secuencia" | "flux" | "datenstrom" | "ストリーム" | "流" => {
                Self::Stream
            }
            "untyped" | "untyped json" | "json" | "object" | "any" | "objeto" => Self::Untyped,
            _ => return None,
        })
    }

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
