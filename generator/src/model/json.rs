//! The model as JSON, format 1: the contract with everything that measures or consumes models.
//!
//! The types here are the contract's own and exist only to be written, so that the model can
//! change without a reader noticing. A key that says nothing (false, empty, unknown) is left out
//! where the contract calls it optional.

use serde::{Serialize, Serializer};

use super::{
    Api, Enum, Example, ExampleBody, ExampleRequest, ExampleResponse, Member, Model, Operation,
    OperationKind, Parameter, ParameterLocation, Permissions, Property, RequestBody, Response,
    Source, Type, TypeKind, TypeName, TypeRef,
};

/// The number of the form that is written.
pub const FORMAT: u32 = 1;

impl Model {
    /// This version alone, in the plain form, with a line feed at the end.
    pub fn to_json(&self) -> String {
        text(&ModelJson { format: Some(FORMAT), model: self })
    }
}

impl Api {
    /// The plain form when there is one version, else `{"format": 1, "versions": [ … ]}`.
    pub fn to_json(&self) -> String {
        if let [model] = self.versions.as_slice() {
            return model.to_json();
        }
        let versions = self.versions.iter().map(|model| ModelJson { format: None, model });
        text(&VersionsJson { format: FORMAT, versions: versions.collect() })
    }
}

fn text(value: &impl Serialize) -> String {
    let mut text =
        serde_json::to_string_pretty(value).expect("strings, numbers and lists can be written");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct VersionsJson<'a> {
    format: u32,
    versions: Vec<ModelJson<'a>>,
}

struct ModelJson<'a> {
    format: Option<u32>,
    model: &'a Model,
}

impl Serialize for ModelJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Plain<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            format: Option<u32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            api_version: Option<&'a str>,
            types: Vec<TypeJson<'a>>,
            enums: Vec<EnumJson<'a>>,
            operations: Vec<OperationJson<'a>>,
        }
        Plain {
            format: self.format,
            api_version: self.model.api_version.as_deref(),
            types: self.model.types.iter().map(type_json).collect(),
            enums: self.model.enums.iter().map(enum_json).collect(),
            operations: self.model.operations.iter().map(operation_json).collect(),
        }
        .serialize(serializer)
    }
}

#[derive(Serialize)]
struct SourceJson<'a> {
    file: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct TypeJson<'a> {
    name: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<&'a str>,
    #[serde(rename = "abstract")]
    is_abstract: bool,
    open: bool,
    documented: bool,
    #[serde(skip_serializing_if = "is_false")]
    reduced: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    key: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    alternate_keys: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<&'a str>,
    properties: Vec<PropertyJson<'a>>,
    source: SourceJson<'a>,
}

#[derive(Serialize)]
struct PropertyJson<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    ty: &'a str,
    collection: bool,
    navigation: bool,
    #[serde(skip_serializing_if = "is_false")]
    read_only: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    nullable: Option<bool>,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    query_options: &'a [String],
    source: SourceJson<'a>,
}

#[derive(Serialize)]
struct EnumJson<'a> {
    name: &'a str,
    flags: bool,
    evolvable: bool,
    documented: bool,
    members: Vec<&'a str>,
    #[serde(skip_serializing_if = "MemberValues::is_empty")]
    member_values: MemberValues<'a>,
    /// Of each member, in the order of `members`.
    member_sources: Vec<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    source: SourceJson<'a>,
}

struct MemberValues<'a>(&'a [Member]);

impl MemberValues<'_> {
    fn is_empty(&self) -> bool {
        self.0.iter().all(|member| member.value.is_none())
    }
}

impl Serialize for MemberValues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let known = self.0.iter().filter_map(|member| Some((&member.name, member.value?)));
        serializer.collect_map(known)
    }
}

#[derive(Serialize)]
struct OperationJson<'a> {
    id: &'a str,
    name: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    method: &'static str,
    kind: &'static str,
    paths: Vec<&'a str>,
    /// Of each path, in the order of `paths`.
    path_sources: Vec<SourceJson<'a>>,
    parameters: Vec<ParameterJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<RequestJson<'a>>,
    responses: Vec<ResponseJson<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    headers: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    query_options: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    query_options_source: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<&'a str>,
    permissions: PermissionsJson<'a>,
    #[serde(skip_serializing_if = "PermissionsBy::is_empty")]
    permissions_by: PermissionsBy<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions_source: Option<SourceJson<'a>>,
    examples: Vec<ExampleJson<'a>>,
    source: SourceJson<'a>,
}

#[derive(Serialize)]
struct ParameterJson<'a> {
    name: &'a str,
    #[serde(rename = "in")]
    location: &'static str,
    #[serde(rename = "type")]
    ty: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    collection: bool,
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    source: SourceJson<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum RequestJson<'a> {
    Type {
        #[serde(rename = "type")]
        ty: &'a str,
        collection: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        source: Option<SourceJson<'a>>,
    },
    Parameters {
        properties: Vec<PropertyJson<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        source: Option<SourceJson<'a>>,
    },
}

#[derive(Serialize)]
struct ResponseJson<'a> {
    status: u16,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    ty: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection: Option<bool>,
    source: SourceJson<'a>,
}

#[derive(Serialize)]
struct PermissionsJson<'a> {
    delegated_work: &'a [String],
    delegated_personal: &'a [String],
    application: &'a [String],
}

struct PermissionsBy<'a>(&'a [(String, Permissions)]);

impl PermissionsBy<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for PermissionsBy<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(by, table)| (by, permissions_json(table))))
    }
}

#[derive(Serialize)]
struct ExampleJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<MessageJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<MessageJson<'a>>,
}

#[derive(Serialize)]
struct MessageJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    ty: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection: Option<bool>,
    #[serde(skip_serializing_if = "Headers::is_empty")]
    headers: Headers<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<BodyJson<'a>>,
}

struct Headers<'a>(&'a [(String, String)]);

impl Headers<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Headers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Names can repeat, so this is a list of pairs.
        serializer.collect_seq(self.0)
    }
}

struct BodyJson<'a>(&'a ExampleBody);

impl Serialize for BodyJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ExampleBody::Json { text, .. } => match serde_json::from_str::<serde_json::Value>(text)
            {
                Ok(value) => value.serialize(serializer),
                Err(_) => text.serialize(serializer),
            },
            ExampleBody::Text(text) => text.serialize(serializer),
        }
    }
}

fn type_json(ty: &Type) -> TypeJson<'_> {
    TypeJson {
        name: &ty.name,
        kind: match ty.kind {
            TypeKind::Entity => "entity",
            TypeKind::Complex => "complex",
        },
        base: ty.base.as_deref(),
        is_abstract: ty.is_abstract,
        open: ty.is_open,
        documented: ty.is_documented,
        reduced: ty.is_reduced,
        key: &ty.key,
        alternate_keys: &ty.alternate_keys,
        description: ty.description.as_deref(),
        deprecated: ty.deprecated.as_deref(),
        properties: ty.properties.iter().map(property_json).collect(),
        source: source_json(&ty.source),
    }
}

fn property_json(property: &Property) -> PropertyJson<'_> {
    PropertyJson {
        name: &property.name,
        ty: type_name(&property.ty),
        collection: property.ty.collection,
        navigation: property.is_navigation,
        read_only: property.is_read_only,
        nullable: property.is_nullable,
        required: property.is_required,
        description: property.description.as_deref(),
        deprecated: property.deprecated.as_deref(),
        query_options: &property.query_options,
        source: source_json(&property.source),
    }
}

fn enum_json(enum_: &Enum) -> EnumJson<'_> {
    EnumJson {
        name: &enum_.name,
        flags: enum_.is_flags,
        evolvable: enum_.is_evolvable,
        documented: enum_.is_documented,
        members: enum_.members.iter().map(|member| member.name.as_str()).collect(),
        member_values: MemberValues(&enum_.members),
        member_sources: enum_.members.iter().map(|member| source_json(&member.source)).collect(),
        description: enum_.description.as_deref(),
        source: source_json(&enum_.source),
    }
}

fn operation_json(operation: &Operation) -> OperationJson<'_> {
    let is_header =
        |parameter: &&Parameter| matches!(parameter.location, ParameterLocation::Header);
    let headers = operation.parameters.iter().filter(is_header);
    let paths = stated_paths(operation);
    OperationJson {
        id: &operation.id,
        name: &operation.name,
        title: &operation.title,
        description: operation.description.as_deref(),
        method: operation.method.as_str(),
        kind: kind_text(operation.kind),
        paths: paths.iter().map(|(text, _)| *text).collect(),
        path_sources: paths.iter().map(|(_, source)| source_json(source)).collect(),
        parameters: operation.parameters.iter().map(parameter_json).collect(),
        request: operation
            .request
            .as_ref()
            .map(|request| request_json(request, operation.sections.request.as_ref())),
        responses: operation.responses.iter().map(response_json).collect(),
        headers: headers.map(|header| header.name.as_str()).collect(),
        query_options: &operation.query_options,
        query_options_source: operation
            .sections
            .query
            .as_ref()
            .filter(|_| !operation.query_options.is_empty())
            .map(source_json),
        deprecated: operation.deprecated.as_deref(),
        permissions: permissions_json(&operation.permissions),
        permissions_by: PermissionsBy(&operation.permissions_by),
        permissions_source: operation.sections.permissions.as_ref().map(source_json),
        examples: operation.examples.iter().map(example_json).collect(),
        source: source_json(&operation.source),
    }
}

/// The paths as documented; where a page has one for two ways to call it, that one.
fn stated_paths(operation: &Operation) -> Vec<(&str, &Source)> {
    let mut seen = std::collections::HashSet::new();
    let mut stated = Vec::with_capacity(operation.paths.len());
    for path in &operation.paths {
        let text = path.stated.as_deref().unwrap_or(&path.template.text);
        if seen.insert(text) || path.stated.is_none() {
            stated.push((text, &path.source));
        }
    }
    stated
}

fn kind_text(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::List => "list",
        OperationKind::Get => "get",
        OperationKind::Create => "create",
        OperationKind::Update => "update",
        OperationKind::Replace => "replace",
        OperationKind::Delete => "delete",
        OperationKind::Action => "action",
        OperationKind::Function => "function",
        OperationKind::Reference => "reference",
        OperationKind::Value => "value",
        OperationKind::Count => "count",
    }
}

fn parameter_json(parameter: &Parameter) -> ParameterJson<'_> {
    ParameterJson {
        name: &parameter.name,
        location: match parameter.location {
            ParameterLocation::Path => "path",
            ParameterLocation::Query => "query",
            ParameterLocation::Header => "header",
            ParameterLocation::Function => "function",
        },
        ty: type_name(&parameter.ty),
        collection: parameter.ty.collection,
        required: parameter.is_required,
        description: parameter.description.as_deref(),
        source: source_json(&parameter.source),
    }
}

fn request_json<'a>(request: &'a RequestBody, source: Option<&'a Source>) -> RequestJson<'a> {
    let source = source.map(source_json);
    match request {
        RequestBody::Type(ty) => {
            RequestJson::Type { ty: type_name(ty), collection: ty.collection, source }
        }
        RequestBody::Parameters(parameters) => RequestJson::Parameters {
            properties: parameters.iter().map(property_json).collect(),
            source,
        },
    }
}

fn response_json(response: &Response) -> ResponseJson<'_> {
    let body = response.body.as_ref();
    ResponseJson {
        status: response.status,
        ty: body.map(type_name),
        collection: body.map(|ty| ty.collection),
        source: source_json(&response.source),
    }
}

fn permissions_json(permissions: &Permissions) -> PermissionsJson<'_> {
    PermissionsJson {
        delegated_work: &permissions.delegated_work,
        delegated_personal: &permissions.delegated_personal,
        application: &permissions.application,
    }
}

fn example_json(example: &Example) -> ExampleJson<'_> {
    ExampleJson {
        name: example.name.as_deref(),
        line: example.source.line,
        request: example.request.as_ref().map(request_message),
        response: example.response.as_ref().map(response_message),
    }
}

fn request_message(request: &ExampleRequest) -> MessageJson<'_> {
    MessageJson {
        method: Some(request.method.as_str()),
        url: Some(&request.url),
        status: None,
        ty: None,
        collection: None,
        headers: Headers(&request.headers),
        body: request.body.as_ref().map(BodyJson),
    }
}

fn response_message(response: &ExampleResponse) -> MessageJson<'_> {
    MessageJson {
        method: None,
        url: None,
        status: Some(response.status),
        ty: response.ty.as_ref().map(type_name),
        collection: response.ty.as_ref().map(|ty| ty.collection),
        headers: Headers(&response.headers),
        body: response.body.as_ref().map(BodyJson),
    }
}

fn source_json(source: &Source) -> SourceJson<'_> {
    SourceJson { file: &source.file, line: source.line }
}

fn type_name(ty: &TypeRef) -> &str {
    match &ty.name {
        TypeName::Primitive(primitive) => primitive.full_name(),
        TypeName::Named(name) => name,
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}
