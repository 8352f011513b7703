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
}
