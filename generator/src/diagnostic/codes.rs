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
}
