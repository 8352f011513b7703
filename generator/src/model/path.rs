//! A documented path as a list of segments.

/// A path with placeholders: host, version and query taken off, no slash at the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathTemplate {
    /// As documented: `/users/{id | userPrincipalName}/messages`.
    pub text: String,
    /// Its parts.
    pub segments: Vec<Segment>,
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// A fixed word: `users`, `sendMail`, `root`.
    Literal(String),
    /// A key in a segment of its own: `{id}`.
    Key(Placeholder),
    /// A key in parentheses behind the collection before it: `(appId='{appId}')`.
    AlternateKey(Vec<Argument>),
    /// A function with its arguments: `reminderView(startDateTime='{start}',endDateTime='{end}')`.
    Call {
        /// `reminderView`
        name: String,
        /// What stands in the parentheses.
        arguments: Vec<Argument>,
    },
    /// A type name, which narrows what stands before it: `microsoft.graph.user`.
    Cast(String),
    /// A path within the item before it: `:/{item-path}:`.
    ByPath(Placeholder),
    /// `$ref`
    Ref,
    /// `$value`
    Value,
    /// `$count`
    Count,
}

/// A part of the path that the caller fills in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Placeholder {
    /// What stands between the braces: `id | userPrincipalName`.
    pub name: String,
}

/// An argument of a function, or a part of an alternate key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Argument {
    /// The name in front of `=`; none in `range('{address}')`.
    pub name: Option<String>,
    /// What stands behind it.
    pub value: ArgumentValue,
}

/// The value of an argument.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArgumentValue {
    /// Filled in by the caller; in quotes when it is a string.
    Placeholder {
        /// What stands between the braces.
        placeholder: Placeholder,
        /// Whether quotes stand around it.
        quoted: bool,
    },
    /// A literal of the page, as in `image(width=640)`, without quotes.
    Literal {
        /// The text.
        text: String,
        /// Whether quotes stand around it.
        quoted: bool,
    },
}
