//! What a page can state, as plain data.

use std::sync::Arc;

use crate::model::{ExampleBody, Method, Permissions, Primitive, Target};
use crate::page::Page;
use crate::span::{FileId, Span, Spanned};

/// Everything that one page states.
#[derive(Clone, Debug)]
pub(crate) struct Declarations {
    /// The page's path below the version's folder: `api/user-list.md`.
    pub(crate) page: String,
    /// The files that the page includes and that state something, by path.
    pub(crate) included: Vec<(FileId, Arc<str>)>,
    /// Whether the page is in translation, so that names in its tables may be, too.
    pub(crate) is_localized: bool,
    /// The page's `Namespace:`.
    pub(crate) namespace: Option<String>,
    /// Entity and complex types.
    pub(crate) types: Vec<TypeDeclaration>,
    /// Enumerations.
    pub(crate) enums: Vec<EnumDeclaration>,
    /// Operations.
    pub(crate) operations: Vec<OperationDeclaration>,
    /// Rows of a Methods table.
    pub(crate) methods: Vec<MethodRow>,
}

impl Declarations {
    pub(crate) fn new(page: &Page) -> Self {
        Self {
            page: page.path.clone(),
            included: Vec::new(),
            is_localized: false,
            namespace: None,
            types: Vec::new(),
            enums: Vec::new(),
            operations: Vec::new(),
            methods: Vec::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.types.is_empty()
            && self.enums.is_empty()
            && self.operations.is_empty()
            && self.methods.is_empty()
    }
}

/// Where something stands: the bytes, and the line that the model names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) span: Span,
    pub(crate) line: u32,
}

/// A page that a link leads to, in lower case, since the case of links varies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkTarget {
    /// `resources/message.md`
    pub(crate) page: String,
    /// What stands behind `#`.
    pub(crate) fragment: Option<String>,
}

/// A mention of a type: by name, by link, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) name: String,
    pub(crate) target: Option<LinkTarget>,
    pub(crate) span: Span,
}

/// What a type cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypeText {
    /// The primitive that the words name.
    pub(crate) primitive: Option<Primitive>,
    /// What else they name; its name is empty when the cell is.
    pub(crate) reference: Reference,
    /// The others that the cell names: `[x](x.md) or [y](y.md)`.
    pub(crate) alternatives: Vec<Reference>,
    pub(crate) collection: bool,
}

/// What a resource page says of one type.
#[derive(Clone, Debug)]
pub(crate) struct TypeDeclaration {
    /// The full name that an annotation gives.
    pub(crate) annotated_name: Option<String>,
    /// The name in the title.
    pub(crate) title_name: Option<String>,
    /// The file's stem, the last resort.
    pub(crate) stem: String,
    /// `Inherits from [x]`
    pub(crate) base: Option<Reference>,
    /// The types that the page says extend this one.
    pub(crate) derived: Vec<Reference>,
    /// Whether the page calls it a base, of which other types are named.
    pub(crate) says_base: bool,
    /// `baseType` of the annotation.
    pub(crate) annotated_base: Option<Spanned<String>>,
    pub(crate) is_abstract: bool,
    pub(crate) is_open: bool,
    /// `keyProperty` of the annotation.
    pub(crate) key: Vec<String>,
    pub(crate) alternate_keys: Vec<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: Option<String>,
    pub(crate) rows: Vec<PropertyRow>,
    /// The members of the JSON representation.
    pub(crate) json: Vec<JsonField>,
    /// Whether the page has a Methods table or relationships, which only entities have.
    pub(crate) has_methods: bool,
    pub(crate) has_relationships: bool,
    pub(crate) place: Place,
    pub(crate) places: TypePlaces,
}

/// Where the facts of a type stand, other than in rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct TypePlaces {
    pub(crate) annotation: Option<Place>,
    pub(crate) name: Option<Place>,
    pub(crate) base: Option<Place>,
    pub(crate) annotated_base: Option<Place>,
    /// Of each of the types that extend this one, in their order.
    pub(crate) derived: Vec<Place>,
    pub(crate) is_abstract: Option<Place>,
    pub(crate) is_open: Option<Place>,
    pub(crate) key: Option<Place>,
    /// Of each of the alternate keys, in their order.
    pub(crate) alternate_keys: Vec<Place>,
    pub(crate) deprecated: Option<Place>,
}

/// A row of a table of properties, relationships or parameters.
#[derive(Clone, Debug)]
pub(crate) struct PropertyRow {
    pub(crate) name: String,
    pub(crate) ty: TypeText,
    /// Whether it stands under Relationships.
    pub(crate) is_relationship: bool,
    /// `Inherited from [x]`
    pub(crate) inherited_from: Option<Reference>,
    pub(crate) is_read_only: bool,
    pub(crate) is_nullable: Option<bool>,
    pub(crate) is_required: bool,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: Option<String>,
    pub(crate) query_options: Vec<String>,
    /// The values that a sentence of the row lists.
    pub(crate) values: Vec<String>,
    pub(crate) place: Place,
}

/// A member of a JSON representation.
#[derive(Clone, Debug)]
pub(crate) struct JsonField {
    pub(crate) name: String,
    pub(crate) shape: JsonShape,
    pub(crate) collection: bool,
}

/// What the value of such a member shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum JsonShape {
    /// A word for a primitive, or a sample of one.
    Primitive(Primitive),
    /// An object with an `@odata.type`.
    Named(String),
    /// An object without.
    Object,
    /// Null, or an empty array.
    Unknown,
}

/// An enumeration with the table that defines it.
#[derive(Clone, Debug)]
pub(crate) struct EnumDeclaration {
    /// As stated: a full or a bare name.
    pub(crate) name: String,
    pub(crate) members: Vec<MemberDeclaration>,
    /// Whether the text calls them flags.
    pub(crate) says_flags: bool,
    pub(crate) description: Option<String>,
    /// Whether the page has no other subject.
    pub(crate) own_page: bool,
    /// The heading's slug, which links may name.
    pub(crate) fragment: String,
    pub(crate) place: Place,
}

/// A row of such a table.
#[derive(Clone, Debug)]
pub(crate) struct MemberDeclaration {
    pub(crate) name: String,
    pub(crate) value: Option<i64>,
    pub(crate) description: Option<String>,
    pub(crate) place: Place,
}

/// A row of a Methods table: which page, and what it returns.
#[derive(Clone, Debug)]
pub(crate) struct MethodRow {
    /// `api/user-list.md`
    pub(crate) page: String,
    pub(crate) returns: Option<TypeText>,
}

/// What sets operations of one page apart, besides their method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PathForm {
    Plain,
    Ref,
    Value,
    Count,
}

/// One method of one page.
#[derive(Clone, Debug)]
pub(crate) struct OperationDeclaration {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: Option<String>,
    pub(crate) deprecated_place: Option<Place>,
    pub(crate) method: Method,
    pub(crate) form: PathForm,
    pub(crate) paths: Vec<PathDeclaration>,
    pub(crate) headers: Vec<ParameterDeclaration>,
    pub(crate) query: Vec<ParameterDeclaration>,
    pub(crate) query_options: Vec<String>,
    /// Rows of Function parameters and Path parameters.
    pub(crate) parameters: Vec<PropertyRow>,
    pub(crate) body: BodyDeclaration,
    pub(crate) responses: Vec<ResponseDeclaration>,
    pub(crate) permissions: Permissions,
    pub(crate) permissions_by: Vec<(String, Permissions)>,
    /// The first table of permissions.
    pub(crate) permissions_place: Option<Place>,
    /// Their rows.
    pub(crate) permission_rows: PermissionPlaces,
    /// The section of the query.
    pub(crate) query_place: Option<Place>,
    pub(crate) examples: Vec<ExampleDeclaration>,
}

/// A request line of the HTTP request section.
#[derive(Clone, Debug)]
pub(crate) struct PathDeclaration {
    pub(crate) target: Target,
    pub(crate) place: Place,
}

/// A header, or a parameter of the query.
#[derive(Clone, Debug)]
pub(crate) struct ParameterDeclaration {
    pub(crate) name: String,
    pub(crate) ty: Option<TypeText>,
    pub(crate) is_required: bool,
    pub(crate) description: Option<String>,
    pub(crate) place: Place,
}

/// What the Request body section says.
#[derive(Clone, Debug, Default)]
pub(crate) struct BodyDeclaration {
    /// The section, if there is one.
    pub(crate) place: Option<Place>,
    /// "Do not supply a request body".
    pub(crate) is_none: bool,
    /// Whether it speaks of parameters.
    pub(crate) has_parameters: bool,
    /// The type whose JSON representation is asked for.
    pub(crate) reference: Option<Reference>,
    pub(crate) collection: bool,
    pub(crate) rows: Vec<PropertyRow>,
    /// Bodies that the section itself shows.
    pub(crate) shown: Vec<(ExampleBody, Place)>,
}

/// A success that the Response section states.
#[derive(Clone, Debug)]
pub(crate) struct ResponseDeclaration {
    pub(crate) status: u16,
    pub(crate) ty: Option<TypeText>,
    /// Whether the text says that there is no body.
    pub(crate) is_empty: bool,
    /// Whether it says that there is one thing, and no list.
    pub(crate) is_single: bool,
    /// Whether the text speaks of a body.
    pub(crate) says_body: bool,
    /// The paragraph.
    pub(crate) place: Place,
}

/// A request with its answers, as shown.
#[derive(Clone, Debug)]
pub(crate) struct ExampleDeclaration {
    pub(crate) name: Option<String>,
    pub(crate) request: Option<RequestMessage>,
    pub(crate) response: Option<ResponseMessage>,
}

/// The request of an example.
#[derive(Clone, Debug)]
pub(crate) struct RequestMessage {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<ExampleBody>,
    /// The type that the annotation names.
    pub(crate) ty: Option<TypeText>,
    /// The objects in the body that name their type.
    pub(crate) hints: Vec<TypeHint>,
    pub(crate) place: Place,
}

/// The answer of an example.
#[derive(Clone, Debug)]
pub(crate) struct ResponseMessage {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<ExampleBody>,
    /// The type that the annotation names.
    pub(crate) ty: Option<TypeText>,
    /// The objects in the body that name their type.
    pub(crate) hints: Vec<TypeHint>,
    pub(crate) place: Place,
}

/// An object in JSON that has an `@odata.type`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypeHint {
    /// The members that lead to it from the root; lists are passed over.
    pub(crate) path: Vec<String>,
    /// The name, as written.
    pub(crate) name: String,
}

/// The first row of each kind of caller.
#[derive(Clone, Debug, Default)]
pub(crate) struct PermissionPlaces {
    pub(crate) delegated_work: Option<Place>,
    pub(crate) delegated_personal: Option<Place>,
    pub(crate) application: Option<Place>,
}
