//! Every diagnostic code. The doc comment of a variant is its reference entry, which
//! `docbind explain CODE` prints: an example, why it matters, what to do.

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $name:ident = $id:literal, )+) => {
        /// What kind of flaw was found, in kebab case after the pattern in the docs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $( $(#[doc = $doc])+ $name, )+ }

        impl Code {
            /// All codes, in the order of their names.
            pub const ALL: &'static [Code] = &[$( Code::$name, )+];

            /// The code as it is printed: `unknown-type`.
            pub fn id(self) -> &'static str {
                match self { $( Code::$name => $id, )+ }
            }

            /// The reference entry, as Markdown.
            pub fn explanation(self) -> &'static str {
                match self { $( Code::$name => concat!($( $doc, "\n" ),+), )+ }
            }
        }
    };
}

codes! {
    /// The front matter of a page is not YAML.
    ///
    /// ```text
    /// ---
    /// title: Upload: large files
    /// ---
    /// ```
    ///
    /// A plain scalar must not hold `: `. The block is read line by line instead, so that the
    /// title is kept. Put the value in quotes.
    InvalidFrontMatter = "invalid-front-matter",

    /// A path cannot be called as it is documented.
    ///
    /// ```http
    /// GET /a/{id}/b/{id}/c/{id}/…
    /// ```
    ///
    /// It has more segments, or a function in it more arguments, than any service has, so it is
    /// left out of the client. Write the path that is called.
    ImpossiblePath = "impossible-path",

    /// Two names of the API become one name in Rust.
    ///
    /// ```text
    /// |Member|
    /// |:---|
    /// |low|
    /// |Low|
    /// ```
    ///
    /// Rust writes both `Low`. The one that sorts first keeps the name, the other gets a number
    /// behind it. Check whether one of them is misspelt.
    NameCollision = "name-collision",

    /// Two pages document another body for the same call.
    ///
    /// ```http
    /// POST /groups/{id}/assign
    /// ```
    ///
    /// A call is one function of the client, and its body has one type. The page whose type owns
    /// the path counts. Check which of the pages is right.
    RequestDiffers = "request-differs",

    /// Two pages document another answer to the same call.
    ///
    /// ```http
    /// GET /groups/{id}/owner
    /// ```
    ///
    /// A call is one function of the client, and its answer has one type. The page whose type
    /// owns the path counts. Check which of the pages is right.
    ResponseDiffers = "response-differs",

    /// A page states no type, enumeration or operation.
    ///
    /// An overview, for example, or a page whose tables and headings are not those of the format.
    /// Nothing of it is in the model. If it documents a type, give it a Properties table; if it
    /// documents an operation, an HTTP request section.
    PageWithoutFacts = "page-without-facts",

    /// The HTTP request section of a page holds no request line that can be read.
    ///
    /// ```text
    /// POST ** Collection URI for notes not found
    /// ```
    ///
    /// The operation is missing from the model. Write the method and the path.
    PageWithoutRequest = "page-without-request",

    /// What stands behind `Namespace:` is no namespace.
    ///
    /// ```text
    /// Namespace: Contoso Notes
    /// ```
    ///
    /// The types of the page are put into the API's main namespace. Write the namespace as it
    /// stands in `@odata.type`, such as `contoso.notes`.
    UnreadableNamespace = "unreadable-namespace",

    /// A property or parameter is listed twice on one page.
    ///
    /// ```text
    /// |subject|String|What it is about.|
    /// |subject|String|The title.|
    /// ```
    ///
    /// The first row counts. Delete one of them.
    DuplicateProperty = "duplicate-property",

    /// The values of an enumeration are listed twice on one page.
    ///
    /// The first list counts, and the second one may have been meant for another enumeration.
    DuplicateEnumeration = "duplicate-enumeration",

    /// A row names something that cannot be a property, parameter or member.
    ///
    /// ```text
    /// |start and end|DateTimeOffset|When it takes place.|
    /// ```
    ///
    /// The row is left out. A name is letters, digits and `_`, and begins with no digit.
    UnreadableName = "unreadable-name",

    /// A JSON text is not JSON, nor can it be repaired.
    ///
    /// ```text
    /// { "size": {the size in bytes} }
    /// ```
    ///
    /// It is kept as text, so it says nothing of types, and no test can send it.
    InvalidJson = "invalid-json",

    /// A JSON text is not strict JSON, but was understood.
    ///
    /// ```text
    /// { "subject": "Lunch", }
    /// ```
    ///
    /// Most readers refuse it, so a user who copies the text gets an error. The message says what
    /// strict readers mind.
    LenientJson = "lenient-json",

    /// A path leaves segments out.
    ///
    /// ```text
    /// GET /me/folders/{id}/.../messages
    /// ```
    ///
    /// It cannot be called, so it is left out. Write the segments.
    PathWithEllipsis = "path-with-ellipsis",

    /// What stands behind the method is no path of the API.
    ///
    /// ```text
    /// PUT {uploadUrl}
    /// ```
    ///
    /// It is left out.
    UnreadablePath = "unreadable-path",

    /// A sample value stands in a path where a placeholder belongs.
    ///
    /// ```text
    /// DELETE /classes/acdefc6b-2dc6-4e71-b1e9-6d9810ab1793
    /// ```
    ///
    /// It is read as a placeholder; taken as it stands, the call would lead to one class only.
    SampleInPath = "sample-in-path",

    /// A placeholder or parenthesis of a path is not written as it should be.
    ///
    /// ```text
    /// GET /teams/(team-id)/range(address='{address}'
    /// ```
    ///
    /// The path was understood. Put placeholders into braces, and close what is open.
    UnbalancedPath = "unbalanced-path",

    /// A key with its name stands in a segment of its own.
    ///
    /// ```text
    /// GET /roles/templateId={templateId}
    /// ```
    ///
    /// It is read as `/roles(templateId='{templateId}')`.
    NamedKeySegment = "named-key-segment",

    /// TODO
    UnreadableFile = "unreadable-file",
    /// TODO
    OutsideDocs = "outside-docs",
    /// TODO
    SymlinkLoop = "symlink-loop",
    /// TODO
    OversizedFile = "oversized-file",
    /// TODO
    InvalidUtf8 = "invalid-utf8",
    /// TODO
    Utf16 = "utf-16",
    /// TODO
    NulBytes = "nul-bytes",
    /// TODO
    ByteOrderMark = "byte-order-mark",
    /// TODO
    CarriageReturns = "carriage-returns",
    /// TODO
    MissingTitle = "missing-title",
    /// TODO
    UnclosedFence = "unclosed-fence",
    /// TODO
    UnclosedComment = "unclosed-comment",
    /// TODO
    UnclosedTabs = "unclosed-tabs",
    /// TODO
    InvalidAnnotation = "invalid-annotation",
    /// TODO
    DeepNesting = "deep-nesting",
    /// TODO
    SurplusCells = "surplus-cells",
    /// TODO
    MissingCells = "missing-cells",
    /// TODO
    SplitRow = "split-row",
    /// TODO
    InvalidTable = "invalid-table",
    /// TODO
    MissingInclude = "missing-include",
    /// TODO
    IncludeCycle = "include-cycle",
    /// TODO
    IncludeLimit = "include-limit",

    /// A type that is named is not documented.
    ///
    /// ```text
    /// |owner|[person](person.md)|Who wrote it.|
    /// ```
    ///
    /// There is no such page. A type that a link or a full name mentions stays in the model as an
    /// open shell, with what tables and examples show of it; a bare word becomes any JSON value.
    /// Add a page for the type, or correct its name.
    UnknownType = "unknown-type",

    /// The type cell of a row says nothing that could be a type.
    ///
    /// ```text
    /// |owner|** Unknown **|Who wrote it.|
    /// ```
    ///
    /// The property stays in the model, and holds any JSON value.
    UnreadableType = "unreadable-type",

    /// A page says in two ways which type its type extends, and they differ.
    ///
    /// The text counts, not the annotation.
    ContradictoryBase = "contradictory-base",

    /// Two pages about one type give a property different types.
    ///
    /// What the type's own page says counts.
    ContradictoryProperty = "contradictory-property",

    /// Two lists of the members of one enumeration differ.
    ///
    /// The enumeration's own page counts, else the first.
    ContradictoryEnumeration = "contradictory-enumeration",

    /// A page says that a body holds one type, and its path leads to another.
    ///
    /// ```text
    /// GET /me/messages
    /// ```
    ///
    /// `messages` is a relationship to messages, but the Response section speaks of events. The
    /// path counts, because the relationship is documented, too.
    ContradictoryBody = "contradictory-body",

    /// Types extend each other in a circle.
    ///
    /// The base of one of them is left out.
    CyclicInheritance = "cyclic-inheritance",
}
