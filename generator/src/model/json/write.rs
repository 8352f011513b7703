//! From a model to JSON.
//!
//! The types here are the contract's own and exist only to be written. A key that says nothing
//! (false, empty, unknown) is left out where the contract calls it optional.

mod example;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::FORMAT;
use super::call::{CallJson, calls};
use super::words::Word;
use crate::model::{
    Api, Enum, Member, Model, Operation, Parameter, ParameterLocation, PermissionRows, Permissions,
    Profile, Property, RequestBody, Response, Source, Type, TypeName, TypeRef, TypeSources,
};
use example::{ExampleJson, example_json};

impl Model {
    /// This version alone, in the plain form, with a line feed at the end.
    pub fn to_json(&self) -> String {
        text(&ModelJson { format: Some(FORMAT), profile: None, model: self })
    }
}

impl Api {
    /// The plain form when there is one version, else `{"format": 1, "versions": [ … ]}`.
    pub fn to_json(&self) -> String {
        if let [model] = self.versions.as_slice() {
            let profile = Some(profile_json(&self.profile));
            return text(&ModelJson { format: Some(FORMAT), profile, model });
        }
        let versions =
            self.versions.iter().map(|model| ModelJson { format: None, profile: None, model });
        text(&VersionsJson {
            format: FORMAT,
            profile: profile_json(&self.profile),
            versions: versions.collect(),
        })
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
    profile: ProfileJson<'a>,
    versions: Vec<ModelJson<'a>>,
}

struct ModelJson<'a> {
    format: Option<u32>,
    profile: Option<ProfileJson<'a>>,
    model: &'a Model,
}

#[derive(Clone, Copy, Serialize)]
struct ProfileJson<'a> {
    root_namespace: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_url: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    hosts: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    base_entity: Option<&'a str>,
}

impl Serialize for ModelJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Plain<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            format: Option<u32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            api_version: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            profile: Option<ProfileJson<'a>>,
            types: Vec<TypeJson<'a>>,
            enums: Vec<EnumJson<'a>>,
            operations: Vec<OperationJson<'a>>,
        }
        Plain {
            format: self.format,
            api_version: self.model.api_version.as_deref(),
            profile: self.profile,
            types: self.model.types.iter().map(type_json).collect(),
            enums: self.model.enums.iter().map(enum_json).collect(),
            operations: self.model.operations.iter().map(operation_json).collect(),
        }
        .serialize(serializer)
    }
}

#[derive(Serialize)]
pub(super) struct SourceJson<'a> {
    file: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct TypeJson<'a> {
    name: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    base_inferred: bool,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    fact_sources: Option<TypeSourcesJson<'a>>,
}

#[derive(Serialize)]
struct TypeSourcesJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    annotation: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<SourceJson<'a>>,
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    is_abstract: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    alternate_keys: BTreeMap<&'a str, SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<SourceJson<'a>>,
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
    required_source: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    query_options: &'a [String],
    #[serde(skip_serializing_if = "is_false")]
    unstated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unread_type: Option<&'a str>,
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
    /// Of each member, in the order of `members`; null for one without.
    #[serde(skip_serializing_if = "is_without")]
    member_descriptions: Vec<Option<&'a str>>,
    /// Of each member, in the order of `members`.
    member_sources: Vec<SourceJson<'a>>,
    /// Values that its table lacks, and that descriptions of properties or further tables name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    listed: Vec<&'a str>,
    /// Of each of these, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    listed_sources: Vec<SourceJson<'a>>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    bound_to: Option<&'a str>,
    paths: Vec<&'a str>,
    /// Of each path, in the order of `paths`.
    path_sources: Vec<SourceJson<'a>>,
    /// How the paths are called, where one is called otherwise than it reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    path_calls: Option<Vec<CallJson<'a>>>,
    parameters: Vec<ParameterJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<RequestJson<'a>>,
    /// The section of the request body, where it says that there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_source: Option<SourceJson<'a>>,
    responses: Vec<ResponseJson<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    headers: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    query_options: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    query_options_source: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated_source: Option<SourceJson<'a>>,
    permissions: PermissionsJson<'a>,
    #[serde(skip_serializing_if = "PermissionsBy::is_empty")]
    permissions_by: PermissionsBy<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions_source: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "PermissionRowsJson::is_empty")]
    permission_sources: PermissionRowsJson<'a>,
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
        outweighed: Option<ReferenceJson<'a>>,
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
struct ReferenceJson<'a> {
    #[serde(rename = "type")]
    ty: &'a str,
    collection: bool,
}

#[derive(Serialize)]
struct ResponseJson<'a> {
    status: u16,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    ty: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection: Option<bool>,
    #[serde(skip_serializing_if = "is_false")]
    unstated: bool,
    #[serde(skip_serializing_if = "is_false")]
    unsaid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    outweighed: Option<ReferenceJson<'a>>,
    source: SourceJson<'a>,
}

#[derive(Serialize)]
struct PermissionsJson<'a> {
    delegated_work: &'a [String],
    delegated_personal: &'a [String],
    application: &'a [String],
}

#[derive(Serialize)]
struct PermissionRowsJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    delegated_work: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delegated_personal: Option<SourceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<SourceJson<'a>>,
}

impl PermissionRowsJson<'_> {
    fn is_empty(&self) -> bool {
        let Self { delegated_work, delegated_personal, application } = self;
        delegated_work.is_none() && delegated_personal.is_none() && application.is_none()
    }
}

fn rows_json(rows: &PermissionRows) -> PermissionRowsJson<'_> {
    PermissionRowsJson {
        delegated_work: rows.delegated_work.as_ref().map(source_json),
        delegated_personal: rows.delegated_personal.as_ref().map(source_json),
        application: rows.application.as_ref().map(source_json),
    }
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

fn profile_json(profile: &Profile) -> ProfileJson<'_> {
    ProfileJson {
        root_namespace: &profile.root_namespace,
        base_url: profile.base_url.as_deref(),
        hosts: &profile.hosts,
        base_entity: profile.base_entity.as_deref(),
    }
}

fn type_json(ty: &Type) -> TypeJson<'_> {
    TypeJson {
        name: &ty.name,
        kind: ty.kind.word(),
        base: ty.base.as_deref(),
        base_inferred: ty.is_base_inferred,
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
        fact_sources: (ty.sources != TypeSources::default()).then(|| sources_json(&ty.sources)),
    }
}

fn sources_json(sources: &TypeSources) -> TypeSourcesJson<'_> {
    let alternate_keys = sources.alternate_keys.iter();
    TypeSourcesJson {
        annotation: sources.annotation.as_ref().map(source_json),
        name: sources.name.as_ref().map(source_json),
        base: sources.base.as_ref().map(source_json),
        is_abstract: sources.is_abstract.as_ref().map(source_json),
        open: sources.is_open.as_ref().map(source_json),
        key: sources.key.as_ref().map(source_json),
        alternate_keys: alternate_keys.map(|(key, at)| (key.as_str(), source_json(at))).collect(),
        deprecated: sources.deprecated.as_ref().map(source_json),
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
        required_source: property.requirement.as_ref().map(source_json),
        description: property.description.as_deref(),
        deprecated: property.deprecated.as_deref(),
        query_options: &property.query_options,
        unstated: !property.is_stated,
        unread_type: property.unread_type.as_deref(),
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
        member_descriptions: enum_
            .members
            .iter()
            .map(|member| member.description.as_deref())
            .collect(),
        member_sources: enum_.members.iter().map(|member| source_json(&member.source)).collect(),
        listed: enum_.listed.iter().map(|member| member.name.as_str()).collect(),
        listed_sources: enum_.listed.iter().map(|member| source_json(&member.source)).collect(),
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
        method: operation.method.word(),
        kind: operation.kind.word(),
        bound_to: operation.bound_to.as_deref(),
        paths: paths.iter().map(|(text, _)| *text).collect(),
        path_sources: paths.iter().map(|(_, source)| source_json(source)).collect(),
        path_calls: calls(operation),
        parameters: operation.parameters.iter().map(parameter_json).collect(),
        request: operation.request.as_ref().map(|request| request_json(request, operation)),
        request_source: operation
            .sections
            .request
            .as_ref()
            .filter(|_| operation.request.is_none())
            .map(source_json),
        responses: operation.responses.iter().map(response_json).collect(),
        headers: headers.map(|header| header.name.as_str()).collect(),
        query_options: &operation.query_options,
        query_options_source: operation.sections.query.as_ref().map(source_json),
        deprecated: operation.deprecated.as_deref(),
        deprecated_source: operation.sections.deprecated.as_ref().map(source_json),
        permissions: permissions_json(&operation.permissions),
        permissions_by: PermissionsBy(&operation.permissions_by),
        permissions_source: operation.sections.permissions.as_ref().map(source_json),
        permission_sources: rows_json(&operation.sections.permission_rows),
        examples: operation
            .examples
            .iter()
            .map(|example| example_json(example, &operation.source))
            .collect(),
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

fn parameter_json(parameter: &Parameter) -> ParameterJson<'_> {
    ParameterJson {
        name: &parameter.name,
        location: parameter.location.word(),
        ty: type_name(&parameter.ty),
        collection: parameter.ty.collection,
        required: parameter.is_required,
        description: parameter.description.as_deref(),
        source: source_json(&parameter.source),
    }
}

fn request_json<'a>(request: &'a RequestBody, operation: &'a Operation) -> RequestJson<'a> {
    let source = operation.sections.request.as_ref().map(source_json);
    match request {
        RequestBody::Type(ty) => RequestJson::Type {
            ty: type_name(ty),
            collection: ty.collection,
            outweighed: operation.outweighed_request.as_ref().map(reference_json),
            source,
        },
        RequestBody::Parameters(parameters) => RequestJson::Parameters {
            properties: parameters.iter().map(property_json).collect(),
            source,
        },
    }
}

fn reference_json(ty: &TypeRef) -> ReferenceJson<'_> {
    ReferenceJson { ty: type_name(ty), collection: ty.collection }
}

fn response_json(response: &Response) -> ResponseJson<'_> {
    let body = response.body.as_ref();
    ResponseJson {
        status: response.status,
        ty: body.map(type_name),
        collection: body.map(|ty| ty.collection),
        unstated: !response.is_stated,
        unsaid: response.body.is_some() && !response.is_said,
        outweighed: response.outweighed.as_ref().map(reference_json),
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

pub(super) fn source_json(source: &Source) -> SourceJson<'_> {
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

fn is_without(texts: &[Option<&str>]) -> bool {
    texts.iter().all(Option::is_none)
}
