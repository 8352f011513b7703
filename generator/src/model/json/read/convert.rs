//! From the contract's types to those of the model.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::form::{
    BodyForm, CallForm, EnumForm, ExampleForm, ModelForm, OperationForm, ParameterForm,
    PermissionsForm, ProfileForm, PropertyForm, RequestMessage, ResponseForm, ResponseMessage,
    SourceForm, TypeForm, TypeSourcesForm,
};
use super::text::{Known, Text, TypeText};
use crate::model::{
    Enum, Example, ExampleBody, ExampleRequest, ExampleResponse, Member, Method, Model, Operation,
    OperationKind, Parameter, Path, PermissionRows, Permissions, Profile, Property, RequestBody,
    Response, SENTINEL, SectionSources, Segment, Source, Type, TypeName, TypeRef, TypeSources,
};

/// Names that occur again and again, each kept once.
#[derive(Default)]
struct Names(HashMap<Box<str>, Arc<str>>);

impl Names {
    fn take(&mut self, text: &Text<'_>) -> Arc<str> {
        if let Some(known) = self.0.get(&*text.0) {
            return Arc::clone(known);
        }
        let name: Arc<str> = Arc::from(&*text.0);
        self.0.insert(text.0.as_ref().into(), Arc::clone(&name));
        name
    }

    fn source(&mut self, source: &SourceForm<'_>) -> Source {
        Source { file: self.take(&source.file), line: source.line }
    }

    /// The source of a part, which is that of the whole where it has none of its own.
    fn source_in(&mut self, source: Option<&SourceForm<'_>>, whole: &Source) -> Source {
        source.map_or_else(|| whole.clone(), |source| self.source(source))
    }

    fn ty(&mut self, name: &TypeText<'_>, collection: bool) -> TypeRef {
        let name = match name {
            TypeText::Primitive(primitive) => TypeName::Primitive(*primitive),
            TypeText::Named(name) => TypeName::Named(self.take(name)),
        };
        TypeRef { name, collection }
    }
}

/// A model with its lists in order.
pub(super) fn model(form: ModelForm<'_>) -> Model {
    let mut names = Names::default();
    let names = &mut names;
    let mut types: Vec<_> = form.types.into_iter().map(|form| ty(form, names)).collect();
    let mut enums: Vec<_> = form.enums.into_iter().map(|form| enum_(form, names)).collect();
    let mut operations: Vec<_> =
        form.operations.into_iter().map(|form| operation(form, names)).collect();
    types.sort_by(|left, right| left.name.cmp(&right.name));
    enums.sort_by(|left, right| left.name.cmp(&right.name));
    operations.sort_by(|left, right| (&left.id, &left.source).cmp(&(&right.id, &right.source)));
    Model { api_version: form.api_version, types, enums, operations }
}

/// The profile as it is written, else what the names of the models have in common.
pub(super) fn profile(form: Option<ProfileForm>, models: &[Model]) -> Profile {
    if let Some(form) = form {
        let ProfileForm { root_namespace, base_url, hosts, base_entity } = form;
        return Profile { root_namespace, base_url, hosts, base_entity };
    }
    let types = || models.iter().flat_map(|model| &model.types);
    let mut namespaces: BTreeMap<&str, usize> = BTreeMap::new();
    let mut bases: BTreeMap<&str, usize> = BTreeMap::new();
    for ty in types() {
        if let Some((namespace, _)) = ty.name.rsplit_once('.') {
            *namespaces.entry(namespace).or_default() += 1;
        }
        if let Some(base) = &ty.base {
            *bases.entry(base).or_default() += 1;
        }
    }
    let most = |counts: &BTreeMap<&str, usize>| {
        let most =
            counts.iter().max_by(|left, right| left.1.cmp(right.1).then(right.0.cmp(left.0)));
        most.map(|(name, count)| ((*name).to_owned(), *count))
    };
    let is_root = |name: &str| {
        types().filter(|ty| ty.name == name).all(|ty| ty.base.is_none() && ty.properties.len() <= 1)
    };
    let base_entity = most(&bases).filter(|(name, count)| *count >= 2 && is_root(name));
    Profile {
        root_namespace: most(&namespaces).map_or_else(|| "api".to_owned(), |(name, _)| name),
        base_url: None,
        hosts: Vec::new(),
        base_entity: base_entity.map(|(name, _)| name),
    }
}

fn ty(form: TypeForm<'_>, names: &mut Names) -> Type {
    let source = names.source(&form.source);
    Type {
        name: form.name,
        kind: form.kind.0,
        base: form.base,
        is_abstract: form.is_abstract,
        is_open: form.open,
        is_documented: form.documented,
        is_reduced: form.reduced,
        is_base_inferred: form.base_inferred,
        key: form.key,
        alternate_keys: form.alternate_keys,
        description: form.description,
        deprecated: form.deprecated,
        properties: properties(form.properties, &source, names),
        source,
        sources: sources(form.fact_sources, names),
    }
}

fn sources(form: TypeSourcesForm<'_>, names: &mut Names) -> TypeSources {
    let mut source = |form: Option<SourceForm<'_>>| form.map(|form| names.source(&form));
    TypeSources {
        annotation: source(form.annotation),
        name: source(form.name),
        base: source(form.base),
        is_abstract: source(form.is_abstract),
        is_open: source(form.open),
        key: source(form.key),
        deprecated: source(form.deprecated),
        alternate_keys: form
            .alternate_keys
            .into_iter()
            .map(|(key, form)| (key, names.source(&form)))
            .collect(),
    }
}

fn properties(forms: Vec<PropertyForm<'_>>, whole: &Source, names: &mut Names) -> Vec<Property> {
    let property = |form: PropertyForm<'_>| Property {
        ty: names.ty(&form.ty, form.collection),
        source: names.source_in(form.source.as_ref(), whole),
        name: form.name,
        is_navigation: form.navigation,
        is_read_only: form.read_only,
        is_nullable: form.nullable,
        is_required: form.required,
        requirement: form.required_source.as_ref().map(|source| names.source(source)),
        description: form.description,
        deprecated: form.deprecated,
        query_options: form.query_options,
        is_stated: !form.unstated,
        unread_type: form.unread_type,
    };
    forms.into_iter().map(property).collect()
}

fn enum_(form: EnumForm<'_>, names: &mut Names) -> Enum {
    let source = names.source(&form.source);
    let mut descriptions = form.member_descriptions.into_iter();
    let mut sources = form.member_sources.into_iter();
    let mut members: Vec<Member> = form
        .members
        .into_iter()
        .map(|name| Member {
            name,
            value: None,
            description: descriptions.next().flatten(),
            source: names.source_in(sources.next().as_ref(), &source),
        })
        .collect();
    set_values(&mut members, form.member_values.0);
    let mut sources = form.listed_sources.into_iter();
    let listed = form.listed.into_iter().map(|name| Member {
        name,
        value: None,
        description: None,
        source: names.source_in(sources.next().as_ref(), &source),
    });
    let listed = listed.collect();
    let is_evolvable = || members.iter().any(|member| member.name == SENTINEL);
    Enum {
        name: form.name,
        is_flags: form.flags,
        is_evolvable: form.evolvable.unwrap_or_else(is_evolvable),
        is_documented: form.documented,
        members,
        listed,
        description: form.description,
        source,
    }
}

/// Gives the members their numbers; of two members of one name the first gets the first.
fn set_values(members: &mut [Member], values: Vec<(String, i64)>) {
    let mut by_name: HashMap<String, Vec<i64>> = HashMap::new();
    for (name, value) in values.into_iter().rev() {
        by_name.entry(name).or_default().push(value);
    }
    for member in members {
        member.value = by_name.get_mut(&member.name).and_then(Vec::pop);
    }
}

fn operation(form: OperationForm<'_>, names: &mut Names) -> Operation {
    let source = names.source(&form.source);
    let mut section = |form: Option<&SourceForm<'_>>| form.map(|form| names.source(form));
    let stated_request = form.request.as_ref().and_then(|request| request.source.as_ref());
    let sections = SectionSources {
        request: section(stated_request.or(form.request_source.as_ref())),
        permissions: section(form.permissions_source.as_ref()),
        permission_rows: PermissionRows {
            delegated_work: section(form.permission_sources.delegated_work.as_ref()),
            delegated_personal: section(form.permission_sources.delegated_personal.as_ref()),
            application: section(form.permission_sources.application.as_ref()),
        },
        query: section(form.query_options_source.as_ref()),
        deprecated: section(form.deprecated_source.as_ref()),
    };
    let paths: Vec<Path> = if let Some(calls) = form.path_calls {
        calls.into_iter().map(|form| call(form, names)).collect()
    } else {
        let mut sources = form.path_sources.into_iter();
        let mut path = |template| Path {
            template,
            stated: None,
            source: names.source_in(sources.next().as_ref(), &source),
        };
        form.paths.into_iter().map(|text| path(text.0)).collect()
    };
    let outweighed = form.request.as_ref().and_then(|request| request.outweighed.as_ref());
    let outweighed_request = outweighed.map(|form| names.ty(&form.ty, form.collection));
    let request = form.request.map(|request| match request.body {
        BodyForm::Type(ty, collection) => RequestBody::Type(names.ty(&ty, collection)),
        BodyForm::Parameters(forms) => {
            let whole = sections.request.as_ref().unwrap_or(&source);
            RequestBody::Parameters(properties(forms, whole, names))
        }
    });
    let responses: Vec<_> =
        form.responses.into_iter().map(|form| response(&form, &source, names)).collect();
    let Known(method) = form.method;
    let kind = form.kind.map(|kind| kind.0);
    Operation {
        name: form.name.unwrap_or_else(|| form.id.clone()),
        id: form.id,
        title: form.title,
        description: form.description,
        method,
        kind: kind.unwrap_or_else(|| guess(method, &paths, request.as_ref(), &responses)),
        parameters: form
            .parameters
            .into_iter()
            .map(|form| parameter(form, &source, names))
            .collect(),
        paths,
        request,
        outweighed_request,
        bound_to: form.bound_to.as_ref().map(|name| names.take(name)),
        responses,
        permissions: permissions(form.permissions),
        permissions_by: form
            .permissions_by
            .0
            .into_iter()
            .map(|(by, form)| (by, permissions(form)))
            .collect(),
        query_options: form.query_options,
        deprecated: form.deprecated,
        examples: form.examples.into_iter().map(|form| example(form, &source, names)).collect(),
        source,
        sections,
    }
}

/// What an operation does, where the text does not say it.
fn guess(
    method: Method,
    paths: &[Path],
    request: Option<&RequestBody>,
    responses: &[Response],
) -> OperationKind {
    let last = paths.first().and_then(|path| path.template.segments.last());
    let is_list =
        || responses.iter().any(|response| response.body.as_ref().is_some_and(|ty| ty.collection));
    match (method, last) {
        (_, Some(Segment::Ref)) => OperationKind::Reference,
        (_, Some(Segment::Value)) => OperationKind::Value,
        (_, Some(Segment::Count)) => OperationKind::Count,
        (Method::Get, Some(Segment::Call { .. })) => OperationKind::Function,
        (Method::Get, _) if is_list() => OperationKind::List,
        (Method::Get, _) => OperationKind::Get,
        (Method::Post, _) if matches!(request, Some(RequestBody::Type(_))) => OperationKind::Create,
        (Method::Post, _) => OperationKind::Action,
        (Method::Patch, _) => OperationKind::Update,
        (Method::Put, _) => OperationKind::Replace,
        (Method::Delete, _) => OperationKind::Delete,
    }
}

fn call(form: CallForm<'_>, names: &mut Names) -> Path {
    let template = crate::model::PathTemplate { text: form.text, segments: form.segments.0 };
    Path { template, stated: form.stated, source: names.source(&form.source) }
}

fn parameter(form: ParameterForm<'_>, whole: &Source, names: &mut Names) -> Parameter {
    Parameter {
        ty: names.ty(&form.ty, form.collection),
        source: names.source_in(form.source.as_ref(), whole),
        name: form.name,
        location: form.location.0,
        is_required: form.required,
        description: form.description,
    }
}

fn response(form: &ResponseForm<'_>, whole: &Source, names: &mut Names) -> Response {
    let collection = form.collection.unwrap_or_default();
    Response {
        status: form.status,
        body: form.ty.as_ref().map(|ty| names.ty(ty, collection)),
        is_stated: !form.unstated,
        is_said: form.ty.is_some() && !form.unsaid,
        outweighed: form.outweighed.as_ref().map(|form| names.ty(&form.ty, form.collection)),
        source: names.source_in(form.source.as_ref(), whole),
    }
}

fn permissions(form: PermissionsForm) -> Permissions {
    let PermissionsForm { delegated_work, delegated_personal, application } = form;
    Permissions { delegated_work, delegated_personal, application }
}

fn example(form: ExampleForm<'_>, operation: &Source, names: &mut Names) -> Example {
    let source = place(form.file.as_ref(), Some(form.line), operation, names);
    let request = form.request.map(|form| request_message(form, &source, names));
    let response = form.response.map(|form| response_message(form, &source, names));
    Example { name: form.name, request, response, source }
}

fn request_message(
    form: RequestMessage<'_>,
    example: &Source,
    names: &mut Names,
) -> ExampleRequest {
    ExampleRequest {
        source: place(form.file.as_ref(), form.line, example, names),
        method: form.method.0,
        url: form.url,
        headers: form.headers,
        body: form.body.map(|body| example_body(body.get(), form.repaired)),
    }
}

fn response_message(
    form: ResponseMessage<'_>,
    example: &Source,
    names: &mut Names,
) -> ExampleResponse {
    let collection = form.collection.unwrap_or_default();
    ExampleResponse {
        source: place(form.file.as_ref(), form.line, example, names),
        status: form.status,
        headers: form.headers,
        body: form.body.map(|body| example_body(body.get(), form.repaired)),
        ty: form.ty.as_ref().map(|ty| names.ty(ty, collection)),
    }
}

/// Where an example or a part of it stands, of which only that is written which is not plain.
fn place(file: Option<&Text<'_>>, line: Option<u32>, around: &Source, names: &mut Names) -> Source {
    let file = file.map_or_else(|| Arc::clone(&around.file), |file| names.take(file));
    Source { file, line: line.unwrap_or(around.line) }
}

/// A body by its JSON. A string is how text is written; text is never repaired.
fn example_body(json: &str, repaired: bool) -> ExampleBody {
    let text = Some(json).filter(|_| !repaired);
    match text.and_then(|json| serde_json::from_str(json).ok()) {
        Some(text) => ExampleBody::Text(text),
        None => ExampleBody::Json { text: json.to_owned(), repaired },
    }
}
