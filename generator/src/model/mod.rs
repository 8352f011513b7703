//! The API as the docs describe it: types, enumerations and operations, with names resolved.
//!
//! The waist of the pipeline: everything that consumes docs consumes a [`Model`]. It knows OData
//! and HTTP; it knows neither Markdown nor Rust. Names are full (`microsoft.graph.message`),
//! and every named reference leads to a type or an enumeration of the same model.

pub mod json;
mod path;
mod primitive;
mod router;

pub use path::{Argument, ArgumentValue, PathTemplate, Placeholder, Segment};
pub(crate) use path::{
    PathFlaw, QueryItem, Quirk, Target, is_dotted, is_identifier, last_part, split_target,
};
pub use primitive::Primitive;
pub use router::{Match, Router, is_same_path};

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What the docs as a whole say: a profile, and a model for each version.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// What is particular to the service.
    pub profile: Profile,
    /// One model for each version, by name; `v1.0` sorts before `beta`.
    pub versions: Vec<Model>,
}

/// What is particular to one service, found by majority over its pages unless it was
/// [stated](ProfileOverrides).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The namespace of types whose page names none: `microsoft.graph`.
    pub root_namespace: String,
    /// The URL in front of the version: `https://graph.microsoft.com`. None when no page has one.
    pub base_url: Option<String>,
    /// Other hosts of the service: requests to them are examples of its operations, too. Pages
    /// show requests to strangers as well, so that these are only ever stated.
    pub hosts: Vec<String>,
    /// The type that all entities extend: `microsoft.graph.entity`, when the docs have one.
    pub base_entity: Option<String>,
}

/// What the caller states of a [`Profile`], which then counts instead of what the pages say. What
/// is left out is found in the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProfileOverrides {
    /// The namespace of types whose page names none.
    pub root_namespace: Option<String>,
    /// The URL in front of the version, without a slash at the end.
    pub base_url: Option<String>,
    /// Other hosts of the service.
    pub hosts: Vec<String>,
    /// The full name of the type that all entities extend.
    pub base_entity: Option<String>,
}

/// One version of the API. All lists are sorted by name, then by source.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// `v1.0`, `beta`, or nothing where the docs have no version folder.
    pub api_version: Option<String>,
    /// Entity and complex types.
    pub types: Vec<Type>,
    /// Enumerations.
    pub enums: Vec<Enum>,
    /// Operations: one for each page and method.
    pub operations: Vec<Operation>,
}

/// Where a fact is stated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The page, relative to the folder that holds `api/` and `resources/`.
    pub file: Arc<str>,
    /// The line, counted from 1.
    pub line: u32,
}

/// An entity or complex type.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    /// The full name.
    pub name: String,
    /// Entity or complex.
    pub kind: TypeKind,
    /// The full name of the type that this one extends.
    pub base: Option<String>,
    /// Whether no page says so, and operations and examples alone give the base away.
    pub is_base_inferred: bool,
    /// Whether instances always have a derived type.
    pub is_abstract: bool,
    /// Whether instances may hold properties that are not declared.
    pub is_open: bool,
    /// False for an open shell, which is known only from references, tables and examples.
    pub is_documented: bool,
    /// Whether it is only a shell here: filters left out its properties.
    pub is_reduced: bool,
    /// The names of the key properties.
    pub key: Vec<String>,
    /// Other properties that identify an instance: `(appId='…')`.
    pub alternate_keys: Vec<String>,
    /// The first paragraph of the page.
    pub description: Option<String>,
    /// Why it should not be used any more; empty when the docs say no more than that.
    pub deprecated: Option<String>,
    /// Its own properties, not those it inherits, in the order of the page.
    pub properties: Vec<Property>,
    /// Where it is defined.
    pub source: Source,
    /// Where that is stated of it which stands elsewhere.
    pub sources: TypeSources,
}

/// Where the facts of a type stand that have no place of their own. None where that is not known,
/// or where the type itself is defined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeSources {
    /// The annotation that states some of them, or would.
    pub annotation: Option<Source>,
    /// The name.
    pub name: Option<Source>,
    /// The base.
    pub base: Option<Source>,
    /// That it is abstract.
    pub is_abstract: Option<Source>,
    /// That it is open.
    pub is_open: Option<Source>,
    /// The key, where no row of a property gives it away.
    pub key: Option<Source>,
    /// The alternate keys, by name.
    pub alternate_keys: BTreeMap<String, Source>,
    /// That it is deprecated.
    pub deprecated: Option<Source>,
}

/// Whether a type has a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeKind {
    /// It has.
    Entity,
    /// It has not.
    Complex,
}

/// A property of a type, or a parameter of an action.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// The name in JSON.
    pub name: String,
    /// Its type.
    pub ty: TypeRef,
    /// Whether it is a relationship.
    pub is_navigation: bool,
    /// Whether a client cannot set it.
    pub is_read_only: bool,
    /// Whether it can be null, where the docs say so.
    pub is_nullable: Option<bool>,
    /// Whether a create call, or the action, requires it.
    pub is_required: bool,
    /// The row of a create page that says whether it is required. None where its own row says it.
    pub requirement: Option<Source>,
    /// The text of its row.
    pub description: Option<String>,
    /// Why it should not be used any more; empty when the docs say no more than that.
    pub deprecated: Option<String>,
    /// The query options that the text says it supports, without `$`: `filter`.
    pub query_options: Vec<String>,
    /// False where no table lists it, and only JSON shows it.
    pub is_stated: bool,
    /// What its row says of its type, where that names nothing that there is, so that it is taken for
    /// any JSON, or for the primitive type that it is a slip of.
    pub unread_type: Option<String>,
    /// Where it is stated.
    pub source: Source,
}

/// A reference to a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeRef {
    /// Which type.
    pub name: TypeName,
    /// Whether it is a collection of these.
    pub collection: bool,
}

/// As it stands in texts: `Collection(Edm.String)`.
impl fmt::Display for TypeRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.name {
            TypeName::Primitive(primitive) => primitive.full_name(),
            TypeName::Named(name) => name,
        };
        if self.collection {
            write!(formatter, "Collection({name})")
        } else {
            formatter.write_str(name)
        }
    }
}

/// The name of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeName {
    /// A type of the `Edm` namespace.
    Primitive(Primitive),
    /// The full name of a type or enumeration of the model.
    Named(Arc<str>),
}

/// An enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// The full name.
    pub name: String,
    /// Whether several members can be given at once, separated by commas.
    pub is_flags: bool,
    /// Whether members may be added later: it has `unknownFutureValue`.
    pub is_evolvable: bool,
    /// False when it is known only from descriptions of properties.
    pub is_documented: bool,
    /// The members, in the order of the page.
    pub members: Vec<Member>,
    /// Values that descriptions of properties or further tables name and its table lacks. The table
    /// counts, so they are no members; but the docs state them.
    pub listed: Vec<Member>,
    /// What it stands for.
    pub description: Option<String>,
    /// Where it is defined.
    pub source: Source,
}

/// The member of an enumeration that says that others may follow.
pub(crate) const SENTINEL: &str = "unknownFutureValue";

/// A member of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name in JSON.
    pub name: String,
    /// Its number, where the docs give one.
    pub value: Option<i64>,
    /// What it means.
    pub description: Option<String>,
    /// Where it is stated.
    pub source: Source,
}

/// What one page says of one method.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The page's file stem, with `:METHOD`, `:ref`, `:value` or `:count` behind it where one
    /// page yields several. Unique within a version.
    pub id: String,
    /// For display; need not be unique.
    pub name: String,
    /// The title of the page.
    pub title: String,
    /// The first paragraph of the page.
    pub description: Option<String>,
    /// The method.
    pub method: Method,
    /// What it does.
    pub kind: OperationKind,
    /// The paths, as the page has them.
    pub paths: Vec<Path>,
    /// Parameters of the path, the query, the header and the function.
    pub parameters: Vec<Parameter>,
    /// What the request holds.
    pub request: Option<RequestBody>,
    /// What the text says that the request holds, where the path says otherwise and counts.
    pub outweighed_request: Option<TypeRef>,
    /// The full name of the type that it is called on, of which an action is one; where no page
    /// tells it, the word of the path that is nearest, as if it were one. Its parameters are named
    /// after this, whatever else is left of the API.
    pub bound_to: Option<Arc<str>>,
    /// One for each documented success status.
    pub responses: Vec<Response>,
    /// The permissions that allow the call.
    pub permissions: Permissions,
    /// Tables by resource, or by whose data it is, where the page has several.
    pub permissions_by: Vec<(String, Permissions)>,
    /// Query options that the page says are supported, without `$`.
    pub query_options: Vec<String>,
    /// Why it should not be used any more; empty when the docs say no more than that.
    pub deprecated: Option<String>,
    /// The examples, in the order of the page.
    pub examples: Vec<Example>,
    /// Where the first of its paths is stated.
    pub source: Source,
    /// Where the sections stand that state the rest.
    pub sections: SectionSources,
}

/// Where the facts of an operation stand that have no place of their own, by section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionSources {
    /// The request body.
    pub request: Option<Source>,
    /// The permissions.
    pub permissions: Option<Source>,
    /// Their rows.
    pub permission_rows: PermissionRows,
    /// The query options.
    pub query: Option<Source>,
    /// That it is deprecated.
    pub deprecated: Option<Source>,
}

/// Where the permissions stand that each kind of token needs: the first of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PermissionRows {
    /// Delegated, work or school account.
    pub delegated_work: Option<Source>,
    /// Delegated, personal account.
    pub delegated_personal: Option<Source>,
    /// Application.
    pub application: Option<Source>,
}

/// A path of an operation with the place that states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The path, as it is called.
    pub template: PathTemplate,
    /// The text of the page, where the path is called otherwise: without the arguments that it
    /// leaves out.
    pub stated: Option<String>,
    /// Where it is stated.
    pub source: Source,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// The name in a request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What an operation does, by its method and path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OperationKind {
    /// GET of a collection.
    List,
    /// GET of one.
    Get,
    /// POST to a collection.
    Create,
    /// PATCH.
    Update,
    /// PUT.
    Replace,
    /// DELETE.
    Delete,
    /// POST to an action.
    Action,
    /// GET of a function.
    Function,
    /// Anything below `/$ref`.
    Reference,
    /// The raw value of something: `/$value`, `/content`, a stream property.
    Value,
    /// `/$count`.
    Count,
}

/// A parameter that does not stand in the body.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name, as documented.
    pub name: String,
    /// Where it goes.
    pub location: ParameterLocation,
    /// Its type.
    pub ty: TypeRef,
    /// Whether it must be given.
    pub is_required: bool,
    /// What it means.
    pub description: Option<String>,
    /// Where it is stated: in a table, else in a path.
    pub source: Source,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterLocation {
    /// A placeholder of the path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// An argument of the function that the path ends in.
    Function,
}

/// What a request body holds.
#[derive(Clone, Debug, PartialEq)]
pub enum RequestBody {
    /// A value of one type.
    Type(TypeRef),
    /// The parameters of an action, which no resource page defines.
    Parameters(Vec<Property>),
}

/// What a success answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// What the body holds; none when there is no body.
    pub body: Option<TypeRef>,
    /// False where the text states others, and only an example shows this one.
    pub is_stated: bool,
    /// Whether the text says what the body holds, and it is not an example or a path alone.
    pub is_said: bool,
    /// What the text says that the body holds, where an example or a path says otherwise and counts.
    pub outweighed: Option<TypeRef>,
    /// Where it is stated, else where it is shown.
    pub source: Source,
}

/// Permissions as alternatives, the least privileged first. `A+B` needs both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Permissions {
    /// Delegated, work or school account.
    pub delegated_work: Vec<String>,
    /// Delegated, personal account.
    pub delegated_personal: Vec<String>,
    /// Application.
    pub application: Vec<String>,
}

/// A request, a response, or both, as the page shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The name that an annotation gives, or nothing.
    pub name: Option<String>,
    /// The request.
    pub request: Option<ExampleRequest>,
    /// The answer.
    pub response: Option<ExampleResponse>,
    /// Where the first of them stands.
    pub source: Source,
}

/// The request of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleRequest {
    /// The method.
    pub method: Method,
    /// The whole URL as written.
    pub url: String,
    /// The headers as written.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<ExampleBody>,
    /// Where it stands.
    pub source: Source,
}

/// The answer of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleResponse {
    /// The status code.
    pub status: u16,
    /// The headers as written.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<ExampleBody>,
    /// The type that the annotation names.
    pub ty: Option<TypeRef>,
    /// Where it stands.
    pub source: Source,
}

/// The body of an example. JSON is kept as text, and read only by those who need its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExampleBody {
    /// JSON as strict readers take it: as written, or as repaired.
    Json {
        /// The JSON text.
        text: String,
        /// Whether the page's own text was not strict.
        repaired: bool,
    },
    /// Anything else: text, CSV, base64, a placeholder.
    Text(String),
}

impl ExampleBody {
    /// Whether two hold the same, however they are laid out. One that was written as JSON and read
    /// again is laid out anew.
    pub fn is_same(&self, other: &Self) -> bool {
        let (Self::Json { text, .. } | Self::Text(text)) = self;
        let (Self::Json { text: others, .. } | Self::Text(others)) = other;
        text == others || self.value() == other.value()
    }

    /// What it holds: the JSON value, else the text.
    pub fn value(&self) -> serde_json::Value {
        match self {
            Self::Json { text, .. } => {
                serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into())
            }
            Self::Text(text) => text.as_str().into(),
        }
    }
}

impl Model {
    /// The type of this full name.
    pub fn ty(&self, name: &str) -> Option<&Type> {
        let at = self.types.binary_search_by(|ty| ty.name.as_str().cmp(name)).ok()?;
        Some(&self.types[at])
    }

    /// The enumeration of this full name.
    pub fn enum_(&self, name: &str) -> Option<&Enum> {
        let at = self.enums.binary_search_by(|enum_| enum_.name.as_str().cmp(name)).ok()?;
        Some(&self.enums[at])
    }

    /// The type and those it extends, the nearest first.
    pub fn ancestry<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Type> {
        std::iter::successors(self.ty(name), |ty| self.ty(ty.base.as_deref()?))
    }
}
