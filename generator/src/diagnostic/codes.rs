//! Every diagnostic code. The doc comment of a variant is its reference entry, which
//! `docbind explain CODE` prints: an example, why it matters, what to do. Behind its name stands
//! what the flaw costs.

/// What a flaw costs the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// Something that the docs say, or mean to say, is not in it.
    LeftOut,
    /// Nothing: what is meant was made out.
    Understood,
}

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $name:ident = $id:literal => $cost:ident, )+) => {
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

            /// What the flaw costs.
            pub fn cost(self) -> Cost {
                match self { $( Code::$name => Cost::$cost, )+ }
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
    /// title is kept. Put the value in quotes. The block must be closed by a line of three dashes, and
    /// must not have more than 16 KiB.
    InvalidFrontMatter = "invalid-front-matter" => Understood,

    /// A path cannot be called as it is documented.
    ///
    /// ```http
    /// GET /a/{id}/b/{id}/c/{id}/…
    /// ```
    ///
    /// It has more segments or query parameters, or a function in it more arguments, than any
    /// service has, so it is left out of the client. Write the path that is called.
    ImpossiblePath = "impossible-path" => LeftOut,

    /// A page lists more paths than any service has for one operation.
    ///
    /// The first 500 count, and the others are left out of the model, so that one page cannot make
    /// a client that nobody can compile. Split the page.
    PathLimit = "path-limit" => LeftOut,

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
    NameCollision = "name-collision" => Understood,

    /// Two pages document another body for the same call.
    ///
    /// ```http
    /// POST /groups/{id}/assign
    /// ```
    ///
    /// A call is one function of the client, and its body has one type. The page whose type owns
    /// the path counts. Check which of the pages is right.
    RequestDiffers = "request-differs" => LeftOut,

    /// Two pages document another answer to the same call.
    ///
    /// ```http
    /// GET /groups/{id}/owner
    /// ```
    ///
    /// A call is one function of the client, and its answer has one type. The page whose type
    /// owns the path counts. Check which of the pages is right.
    ResponseDiffers = "response-differs" => LeftOut,

    /// A page states no type, enumeration or operation.
    ///
    /// An overview, for example, or a page whose tables and headings are not those of the format.
    /// Nothing of it is in the model. If it documents a type, give it a Properties table; if it
    /// documents an operation, an HTTP request section.
    PageWithoutFacts = "page-without-facts" => LeftOut,

    /// The HTTP request section of a page holds no request line that can be read.
    ///
    /// ```text
    /// POST ** Collection URI for notes not found
    /// ```
    ///
    /// The operation is missing from the model. Write the method and the path.
    PageWithoutRequest = "page-without-request" => LeftOut,

    /// What stands behind `Namespace:` is no namespace.
    ///
    /// ```text
    /// Namespace: Contoso Notes
    /// ```
    ///
    /// The types of the page are put into the API's main namespace. Write the namespace as it
    /// stands in `@odata.type`, such as `contoso.notes`.
    UnreadableNamespace = "unreadable-namespace" => LeftOut,

    /// A property or parameter is listed twice on one page.
    ///
    /// ```text
    /// |subject|String|What it is about.|
    /// |subject|String|The title.|
    /// ```
    ///
    /// The first row counts. Delete one of them.
    DuplicateProperty = "duplicate-property" => LeftOut,

    /// The values of an enumeration are listed twice on one page.
    ///
    /// The first list counts, and the second one may have been meant for another enumeration.
    DuplicateEnumeration = "duplicate-enumeration" => LeftOut,

    /// A row names something that cannot be a property, parameter or member.
    ///
    /// ```text
    /// |start and end|DateTimeOffset|When it takes place.|
    /// ```
    ///
    /// The row is left out. A name is letters, digits and `_`, and begins with no digit.
    UnreadableName = "unreadable-name" => LeftOut,

    /// A JSON text is not JSON, nor can it be repaired.
    ///
    /// ```text
    /// { "size": {the size in bytes} }
    /// ```
    ///
    /// It is kept as text, so it says nothing of types, and no test can send it.
    InvalidJson = "invalid-json" => LeftOut,

    /// A JSON text is not strict JSON, but was understood.
    ///
    /// ```text
    /// { "subject": "Lunch", }
    /// ```
    ///
    /// Most readers refuse it, so a user who copies the text gets an error. The message says what
    /// strict readers mind.
    LenientJson = "lenient-json" => Understood,

    /// A path leaves segments out.
    ///
    /// ```text
    /// GET /me/folders/{id}/.../messages
    /// ```
    ///
    /// It cannot be called, so it is left out. Write the segments.
    PathWithEllipsis = "path-with-ellipsis" => LeftOut,

    /// What stands behind the method is no path of the API.
    ///
    /// ```text
    /// PUT {uploadUrl}
    /// ```
    ///
    /// It is left out.
    UnreadablePath = "unreadable-path" => LeftOut,

    /// A sample value stands in a path where a placeholder belongs.
    ///
    /// ```text
    /// DELETE /classes/acdefc6b-2dc6-4e71-b1e9-6d9810ab1793
    /// ```
    ///
    /// It is read as a placeholder; taken as it stands, the call would lead to one class only.
    SampleInPath = "sample-in-path" => Understood,

    /// A placeholder or parenthesis of a path is not written as it should be.
    ///
    /// ```text
    /// GET /teams/(team-id)/range(address='{address}'
    /// ```
    ///
    /// The path was understood. Put placeholders into braces, and close what is open.
    UnbalancedPath = "unbalanced-path" => Understood,

    /// A key with its name stands in a segment of its own.
    ///
    /// ```text
    /// GET /roles/templateId={templateId}
    /// ```
    ///
    /// It is read as `/roles(templateId='{templateId}')`.
    NamedKeySegment = "named-key-segment" => Understood,

    /// A page or a folder cannot be read.
    ///
    /// The file system refuses, or a symlink leads nowhere. What the page states is missing from the
    /// model. See that it is there and that you may read it.
    UnreadableFile = "unreadable-file" => LeftOut,

    /// docbind itself fails on a page.
    ///
    /// A bug of docbind, not of the page. What the page states is missing from the model, and all
    /// other pages count. Report it, with the page if you can.
    InternalFailure = "internal-failure" => LeftOut,

    /// A page, an include or a symlink leads out of the docs.
    ///
    /// ```text
    /// [!INCLUDE [secret](../../../../home/me/notes.md)]
    /// ```
    ///
    /// Pages are not trusted to say which files of the machine are read. Includes may lie in the docs
    /// root or in an `includes` folder beside it; symlinks must lead to a place in the root. The file is
    /// left out. Move it into the docs.
    OutsideDocs = "outside-docs" => LeftOut,

    /// A symlink leads back to a folder that it lies in.
    ///
    /// The folder is read once, and the symlink is passed over. Remove it.
    SymlinkLoop = "symlink-loop" => Understood,

    /// A file is larger than any page of documentation.
    ///
    /// Files of more than 32 MiB are not read, and what they state is missing from the model. Split the
    /// page, or take the file out of the docs.
    OversizedFile = "oversized-file" => LeftOut,

    /// A file holds bytes that are not UTF-8.
    ///
    /// Often it was saved in an older encoding, in which `é` is one byte. Such bytes are read as U+FFFD,
    /// and names that hold them are wrong. Save the file as UTF-8.
    InvalidUtf8 = "invalid-utf8" => LeftOut,

    /// A file is UTF-16.
    ///
    /// It was decoded, and nothing is lost, but few other tools do that. Save it as UTF-8.
    Utf16 = "utf-16" => Understood,

    /// A file holds NUL bytes.
    ///
    /// They are read as U+FFFD. Either the file is no text, or it is UTF-16 without a byte order mark.
    /// Save it as UTF-8.
    NulBytes = "nul-bytes" => LeftOut,

    /// A file starts with a byte order mark.
    ///
    /// The three bytes `EF BB BF` stand in front of the text. They are skipped, but other tools take
    /// them for part of the first line. Save the file as UTF-8 without a mark. One message stands for
    /// all files, since a whole checkout may have been converted.
    ByteOrderMark = "byte-order-mark" => Understood,

    /// Lines of a file end in CRLF or CR.
    ///
    /// They are read as if they ended in LF. One message stands for all files, since git may convert a
    /// whole checkout. Set `core.autocrlf` to `input`, or save the file with LF.
    CarriageReturns = "carriage-returns" => Understood,

    /// A page has neither a heading of the first level nor a title in its front matter.
    ///
    /// Operations take their name from the title, and types fall back on the name of the file. Begin
    /// the page with `# Title`.
    MissingTitle = "missing-title" => Understood,

    /// No fence closes a block of code.
    ///
    /// ````text
    /// ```http
    /// GET /me/messages
    ///
    /// ### Response
    ///
    /// ```http
    /// HTTP/1.1 200 OK
    /// ```
    /// ````
    ///
    /// The block would swallow the heading and the response. It is taken to end in front of a heading
    /// or of a fence that opens another block. Write three backticks on a line of their own behind
    /// it. Where a page needs this more than 16 times, the rest of each such block is left out.
    UnclosedFence = "unclosed-fence" => Understood,

    /// No `-->` closes a comment.
    ///
    /// ```text
    /// <!-- {
    ///   "type": "#page.annotation"
    /// }
    ///
    /// ## Response
    /// ```
    ///
    /// Everywhere the page is shown, all that follows is hidden. Here the comment is taken to end with
    /// its JSON, or else in front of the next blank line, heading or fence. Write `-->` behind it.
    UnclosedComment = "unclosed-comment" => Understood,

    /// No `---` line ends a group of language tabs.
    ///
    /// ```text
    /// # [HTTP](#tab/http)
    /// # [C#](#tab/csharp)
    ///
    /// ### Response
    /// ```
    ///
    /// Everywhere the page is shown, the text behind the tabs is part of the last one. Here tabs end in
    /// front of a heading, a table or an HTTP message. Write a line `---` behind the last tab.
    UnclosedTabs = "unclosed-tabs" => Understood,

    /// The JSON of an annotation is not valid.
    ///
    /// ```text
    /// <!-- {
    ///   "blockType": "request",
    ///   "name": "list_users",
    /// } -->
    /// ```
    ///
    /// Here the last comma must go. The members that can be made out are used all the same, but what
    /// stands behind the flaw may be lost. Write strict JSON; a remark may follow behind the object.
    InvalidAnnotation = "invalid-annotation" => Understood,

    /// Lists or quotes are nested deeper than anyone can follow.
    ///
    /// ```text
    /// > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > text
    /// ```
    ///
    /// Markers of lists and quotes that stand right of column 64 are read as blanks, so that the time
    /// that a page takes does not grow with the depth. Their text is kept. Write flatter lists.
    DeepNesting = "deep-nesting" => Understood,

    /// A row of a table has more cells than the header.
    ///
    /// ```text
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |mode|String|One of a | b | c.|
    /// ```
    ///
    /// Everywhere the page is shown, the text behind the third cell is lost. It is kept here as text of
    /// the last cell. Write a pipe that belongs to the text as `\|`.
    SurplusCells = "surplus-cells" => Understood,

    /// A row of a table has fewer cells than the header.
    ///
    /// ```text
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |id|String|
    /// ```
    ///
    /// The missing cells are taken to be empty. Write `||` for an empty cell, so that readers see that it
    /// is meant.
    MissingCells = "missing-cells" => Understood,

    /// A line break cuts a row of a table.
    ///
    /// ```text
    /// |Property|Type|Description|
    /// |:---|:---|:---|
    /// |state|String|The state.
    /// Read-only.|
    /// |size|Int32|The size.|
    /// ```
    ///
    /// A row ends with its line, so that the second line would be a row of its own, or the end of the
    /// table. It is read as the rest of the row before. Keep a row on one line, and write `<br>` for a
    /// line break in a cell. A blank line in a table is read as if it were not there.
    SplitRow = "split-row" => Understood,

    /// Lines that look like a table are none.
    ///
    /// ```text
    /// |Property|Type|
    /// |:---|:---|:---|
    /// |id|String|
    /// ```
    ///
    /// The row of dashes must have as many columns as the header, or the lines are a paragraph wherever
    /// the page is shown. When the header comes first and the row of dashes is long enough, the table is
    /// read as it was meant; else its lines are text, and their facts are lost. Give both rows the same
    /// number of columns.
    InvalidTable = "invalid-table" => LeftOut,

    /// A page includes a file that is not there, and that would state facts.
    ///
    /// ```text
    /// <!-- { "blockType": "permissions", "name": "user_get" } -->
    /// [!INCLUDE [permissions-table](../includes/permissions/user-get-permissions.md)]
    /// ```
    ///
    /// The permissions, properties or parameters of the table are missing from the model. An include is
    /// looked for relative to its page, in the docs root and in an `includes` folder beside the root. Add
    /// the file, or point `--docs` at a folder that holds it. Missing disclaimers and code samples are
    /// not reported: they state nothing.
    MissingInclude = "missing-include" => LeftOut,

    /// A file includes itself, or a file that includes it.
    ///
    /// ```text
    /// includes/a.md:  [!INCLUDE [b](b.md)]
    /// includes/b.md:  [!INCLUDE [a](a.md)]
    /// ```
    ///
    /// The include that closes the circle is left out. Remove it.
    IncludeCycle = "include-cycle" => LeftOut,

    /// A page includes too much.
    ///
    /// Includes may be nested 8 deep, and a page may include 4 MiB of text. What goes beyond is left out,
    /// and with it the facts that stand there. Include less, or write it into the page.
    IncludeLimit = "include-limit" => LeftOut,

    /// A cell of a table includes a file that holds more than text.
    ///
    /// ```text
    /// |color|String|[!INCLUDE [values](../includes/color-values.md)]|
    /// ```
    ///
    /// The text of the file becomes text of the cell, as everywhere the page is shown; its tables and
    /// its code are left out. Put the include behind the table.
    BlockInCell = "block-in-cell" => LeftOut,

    /// JSON or request lines stand in no fence.
    ///
    /// ```text
    /// ## HTTP request
    ///
    /// GET /me/messages
    /// ```
    ///
    /// The lines are read as code. Everywhere the page is shown they run together, so put three
    /// backticks in front of them and behind.
    UnfencedCode = "unfenced-code" => Understood,

    /// A type that is named is not documented.
    ///
    /// ```text
    /// |owner|[person](person.md)|Who wrote it.|
    /// ```
    ///
    /// There is no such page. A type that a link or a full name mentions stays in the model as an
    /// open shell, with what tables and examples show of it; a bare word becomes any JSON value.
    /// Add a page for the type, or correct its name.
    UnknownType = "unknown-type" => LeftOut,

    /// The type cell of a row says nothing that could be a type.
    ///
    /// ```text
    /// |owner|** Unknown **|Who wrote it.|
    /// ```
    ///
    /// The property stays in the model, and holds any JSON value.
    UnreadableType = "unreadable-type" => LeftOut,

    /// The text of a type cell names one type, and its link leads to another.
    ///
    /// ```text
    /// |owner|[person](group.md)|Who wrote it.|
    /// ```
    ///
    /// The text counts if such a type is documented, else the link does. Mend the one that is wrong.
    LinkDisagrees = "link-disagrees" => Understood,

    /// The type cell of a row names several types.
    ///
    /// ```text
    /// |owner|[person](person.md) or [group](group.md)|Who wrote it.|
    /// ```
    ///
    /// A property has one type in the model: the first that is named. Name their common base, if
    /// they have one.
    UnionType = "union-type" => LeftOut,

    /// A table of a translated page has a name in translation.
    ///
    /// ```text
    /// |assunto|String|Do que se trata.|
    /// ```
    ///
    /// The JSON representation still has the name that the API knows, `subject`, at the same place, and
    /// this name counts. Names of the API are not to be translated.
    TranslatedName = "translated-name" => Understood,

    /// A page says in two ways which type its type extends, and they differ.
    ///
    /// The text counts, not the annotation.
    ContradictoryBase = "contradictory-base" => LeftOut,

    /// Two pages about one type give a property different types.
    ///
    /// What the type's own page says counts.
    ContradictoryProperty = "contradictory-property" => LeftOut,

    /// Two lists of the members of one enumeration differ.
    ///
    /// The enumeration's own page counts, else the first.
    ContradictoryEnumeration = "contradictory-enumeration" => LeftOut,

    /// A page says that a body holds one type, and its path leads to another.
    ///
    /// ```text
    /// GET /me/messages
    /// ```
    ///
    /// `messages` is a relationship to messages, but the Response section speaks of events. The
    /// path counts, because the relationship is documented, too.
    ContradictoryBody = "contradictory-body" => LeftOut,

    /// A page calls its type by one name in the title and by another in the annotation.
    ///
    /// ```text
    /// # stickyNote resource type
    /// <!-- { "blockType": "resource", "@odata.type": "microsoft.graph.postcard" } -->
    /// ```
    ///
    /// The annotation counts, unless the file has the name of the title: then the annotation was
    /// copied from another page. Correct the one that is wrong.
    ContradictoryName = "contradictory-name" => Understood,

    /// An example succeeds with another status than the Response section states.
    ///
    /// ```http
    /// HTTP/1.1 200 OK
    /// ```
    ///
    /// The section says `201 Created`. The client takes both; whoever reads the page cannot know which
    /// is right.
    ContradictoryStatus = "contradictory-status" => Understood,

    /// The request of an example goes to another host than that of the API.
    ///
    /// ```http
    /// POST https://bot.contoso.com/api/calls
    /// ```
    ///
    /// It is what the service sends to others, or what another service takes, so it is left out of the
    /// examples of the operation.
    ForeignRequest = "foreign-request" => LeftOut,

    /// The JSON representation of a type shows a property that no table lists.
    ///
    /// ```json
    /// { "subject": "String", "sender": "String" }
    /// ```
    ///
    /// The property is in the model with the type that its value shows. List it in a table, with its
    /// type and what it means, or take it out of the JSON.
    PropertyWithoutRow = "property-without-row" => Understood,

    /// Types extend each other in a circle, or in a line of more than 1000.
    ///
    /// The base of one of them is left out.
    CyclicInheritance = "cyclic-inheritance" => LeftOut,

    /// A row is said to be inherited from a type that does not have it.
    ///
    /// ```text
    /// |color|String|Its colour. Inherited from [paper](paper.md).|
    /// ```
    ///
    /// No page of a base of the type lists the property, so it stays on the type itself. List it
    /// on the page of the base, or take the words away.
    MissingInherited = "missing-inherited" => Understood,

    /// A member of an enumeration is listed twice.
    ///
    /// ```text
    /// |red|
    /// |red|
    /// ```
    ///
    /// The first row counts. One of them may have been meant for another member.
    DuplicateMember = "duplicate-member" => LeftOut,

    /// Nothing tells the type of an answer.
    ///
    /// ```text
    /// If successful, this method returns a `200 OK` response code and the requested object in the
    /// response body.
    /// ```
    ///
    /// Neither the page nor its path names a type, so the answer is any JSON value. Link to the
    /// page of the type.
    UnknownAnswer = "unknown-answer" => LeftOut,

    /// Pages spell a word of a path in different cases.
    ///
    /// ```text
    /// GET /me/calendargroups
    /// GET /me/calendarGroups
    /// ```
    ///
    /// They are one path, spelled as most pages do.
    PathCase = "path-case" => Understood,

    /// The request of an example calls a path that no page documents.
    ///
    /// ```text
    /// GET https://api.contoso.com/v1.0/notes/42/pages
    /// ```
    ///
    /// Whoever copies the example cannot know whether it works. Correct the URL, or document the
    /// path.
    UndocumentedExample = "undocumented-example" => Understood,

    /// A request body lists a property that its type does not have.
    ///
    /// ```text
    /// |colour|String|Its colour.|
    /// ```
    ///
    /// The page of the type lists `color`, or nothing of the kind. What the type's page says
    /// counts; list the property there, or correct its name.
    UnknownProperty = "unknown-property" => LeftOut,

    /// The path of a function leaves its arguments out.
    ///
    /// ```http
    /// GET /reports/usage
    /// ```
    ///
    /// The table lists `period`, so the call is `/reports/usage(period='{period}')`, and that is what
    /// the client has. Where an example shows the call without them as well, they may be left out.
    /// Write them into the path.
    MissingArguments = "missing-arguments" => Understood,

    /// A table describes a parameter that no path has.
    ///
    /// ```text
    /// |size|String|How large it is.|
    /// ```
    ///
    /// Neither a path nor a query of the page shows where it goes, so no call of the client takes it.
    /// Write it into the path, or delete the row.
    UnusedParameter = "unused-parameter" => LeftOut,

    /// A request line has a method that operations do not have.
    ///
    /// ```http
    /// HEAD /users/{id}
    /// ```
    ///
    /// An operation is a GET, POST, PUT, PATCH or DELETE; the call is left out. Check whether the
    /// method is misspelt.
    UnknownMethod = "unknown-method" => LeftOut,

    /// A table that should list properties or parameters cannot be read.
    ///
    /// ```text
    /// ## Request body
    ///
    /// |Thing|Kind|Description|
    /// |:---|:---|:---|
    /// |color|String|Its color.|
    /// ```
    ///
    /// Its header does not say which columns are names and types, or its heading does not say where
    /// the parameters go. The rows are left out. Use the header `|Property|Type|Description|` under
    /// `Properties`, `Relationships`, `Request body`, `Function parameters`, `Path parameters` or
    /// `Query parameters`.
    UnreadableTable = "unreadable-table" => LeftOut,

    /// A row or a cell of a table of permissions names none.
    ///
    /// ```text
    /// |Permission type|Permissions (from least to most privileged)|
    /// |:---|:---|
    /// |Managed identity|Mail.Read|
    /// |Application|All of them|
    /// ```
    ///
    /// Permissions are of three types: delegated for a work or school account, delegated for a
    /// personal one, and application. A permission is words joined by dots. Write `Not supported.`
    /// where there is none.
    UnreadablePermission = "unreadable-permission" => LeftOut,

    /// A page does not say what a success answers.
    ///
    /// It has no Response section, or one that speaks of errors only. The answer is made out from
    /// the path and the examples, and may be missing. Write which status a success has, and what it
    /// returns.
    MissingResponse = "missing-response" => LeftOut,

    /// A call requires more parameters in its query than a function can have.
    ///
    /// Those beyond 32 are left out of the client. Take them into a request body.
    TooManyParameters = "too-many-parameters" => LeftOut,
}
