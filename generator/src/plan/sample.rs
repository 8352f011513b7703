//! Small models for tests, in which only what a test is about has to be said.

use std::sync::Arc;

use crate::model::{
    Api, Argument, ArgumentValue, Enum, Member, Method, Model, Operation, OperationKind, Path,
    PathTemplate, Permissions, Placeholder, Primitive, Profile, Property, RequestBody, Response,
    SectionSources, Segment, Source, Type, TypeKind, TypeName, TypeRef, TypeSources,
};

pub(crate) fn source(file: &str) -> Source {
    Source { file: Arc::from(file), line: 1 }
}

/// `String`, `Int32`, `ns.note`, or one of these with `[]` behind it.
pub(crate) fn type_ref(text: &str) -> TypeRef {
    let (name, collection) = match text.strip_suffix("[]") {
        Some(name) => (name, true),
        None => (text, false),
    };
    let full = format!("Edm.{name}");
    let primitive = Primitive::ALL.into_iter().find(|primitive| primitive.full_name() == full);
    let name = primitive.map_or_else(|| TypeName::Named(Arc::from(name)), TypeName::Primitive);
    TypeRef { name, collection }
}

/// `name: type`; `!` behind the name means required, `*` a relationship.
pub(crate) fn property(text: &str) -> Property {
    let (name, ty) = text.split_once(": ").expect("a property is `name: type`");
    Property {
        name: name.trim_end_matches(['!', '*']).to_owned(),
        ty: type_ref(ty),
        is_navigation: name.ends_with('*'),
        is_read_only: false,
        is_nullable: None,
        is_required: name.ends_with('!'),
        requirement: None,
        description: None,
        deprecated: None,
        query_options: Vec::new(),
        is_stated: true,
        unread_type: None,
        source: source("resources/x.md"),
    }
}

pub(crate) fn ty(name: &str, base: Option<&str>, properties: &[&str]) -> Type {
    Type {
        name: name.to_owned(),
        kind: TypeKind::Entity,
        base: base.map(str::to_owned),
        is_base_inferred: false,
        is_abstract: false,
        is_open: false,
        is_documented: true,
        is_reduced: false,
        key: Vec::new(),
        alternate_keys: Vec::new(),
        description: None,
        deprecated: None,
        properties: properties.iter().map(|text| property(text)).collect(),
        source: source(&format!("resources/{name}.md")),
        sources: TypeSources::default(),
    }
}

pub(crate) fn enum_(name: &str, members: &[&str]) -> Enum {
    let member = |name: &&str| Member {
        name: (*name).to_owned(),
        value: None,
        description: None,
        source: source("resources/x.md"),
    };
    Enum {
        name: name.to_owned(),
        is_flags: false,
        is_evolvable: false,
        is_documented: true,
        members: members.iter().map(member).collect(),
        listed: Vec::new(),
        description: None,
        source: source("resources/x.md"),
    }
}

/// `id: KIND METHOD /path (body) -> response`; body and response may be left out, and so may the
/// status in front of the response.
pub(crate) fn operation(text: &str) -> Operation {
    let (id, rest) = text.split_once(": ").expect("an operation starts with its id");
    let (call, answer) = rest.split_once(" -> ").map_or((rest, None), |(a, b)| (a, Some(b)));
    let (call, body) = call.split_once(" (").map_or((call, None), |(a, b)| (a, Some(b)));
    let mut words = call.split(' ');
    let kind = match words.next() {
        Some("list") => OperationKind::List,
        Some("create") => OperationKind::Create,
        Some("update") => OperationKind::Update,
        Some("action") => OperationKind::Action,
        Some("function") => OperationKind::Function,
        Some("reference") => OperationKind::Reference,
        Some("value") => OperationKind::Value,
        Some("count") => OperationKind::Count,
        _ => OperationKind::Get,
    };
    let methods = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];
    let word = words.next().unwrap_or_default();
    let method = methods.into_iter().find(|method| method.as_str() == word).expect("a method");
    let request = body.map(|body| {
        let body = body.trim_end_matches(')');
        if body.contains(": ") || body.is_empty() {
            let parameters = body.split(", ").filter(|text| !text.is_empty()).map(property);
            RequestBody::Parameters(parameters.collect())
        } else {
            RequestBody::Type(type_ref(body))
        }
    });
    let responses = answer.into_iter().flat_map(|answer| answer.split(" | ")).map(|answer| {
        let (status, body) = answer.split_once(' ').unwrap_or(match answer.parse::<u16>() {
            Ok(_) => (answer, ""),
            Err(_) => ("200", answer),
        });
        let body = (!body.is_empty()).then(|| type_ref(body));
        Response {
            status: status.parse().expect("a status"),
            body,
            is_stated: true,
            is_said: true,
            outweighed: None,
            source: source(&format!("api/{id}.md")),
        }
    });
    let file = format!("api/{id}.md");
    Operation {
        id: id.to_owned(),
        name: id.to_owned(),
        title: format!("Title of {id}"),
        description: None,
        method,
        kind,
        paths: words
            .map(|path| Path { template: template(path), stated: None, source: source(&file) })
            .collect(),
        parameters: Vec::new(),
        request,
        outweighed_request: None,
        bound_to: None,
        responses: responses.collect(),
        permissions: Permissions::default(),
        permissions_by: Vec::new(),
        query_options: Vec::new(),
        deprecated: None,
        examples: Vec::new(),
        source: source(&file),
        sections: SectionSources::default(),
    }
}

/// Segments as the docs write them, without any of their quirks.
pub(crate) fn template(text: &str) -> PathTemplate {
    let mut segments = Vec::new();
    for part in text.split('/').filter(|part| !part.is_empty()) {
        segment(part, &mut segments);
    }
    PathTemplate { text: text.to_owned(), segments }
}

fn segment(part: &str, segments: &mut Vec<Segment>) {
    let placeholder = |text: &str| Placeholder { name: text.trim_matches(['{', '}']).to_owned() };
    match part {
        "$ref" => segments.push(Segment::Ref),
        "$value" => segments.push(Segment::Value),
        "$count" => segments.push(Segment::Count),
        _ if part.starts_with('{') && part.ends_with("}:") => {
            segments.push(Segment::ByPath(placeholder(part.trim_end_matches(':'))));
        }
        _ if part.starts_with('{') => segments.push(Segment::Key(placeholder(part))),
        _ if part.starts_with("ns.") => segments.push(Segment::Cast(part.to_owned())),
        _ => match part.split_once('(') {
            None => segments.push(Segment::Literal(part.trim_end_matches(':').to_owned())),
            Some((name, arguments)) => {
                let arguments: Vec<_> =
                    arguments.trim_end_matches(')').split(',').map(argument).collect();
                if name.ends_with('s') {
                    segments.push(Segment::Literal(name.to_owned()));
                    segments.push(Segment::AlternateKey(arguments));
                } else {
                    segments.push(Segment::Call { name: name.to_owned(), arguments });
                }
            }
        },
    }
}

fn argument(text: &str) -> Argument {
    let (name, value) = text.split_once('=').map_or((None, text), |(a, b)| (Some(a), b));
    let quoted = value.starts_with('\'');
    let value = value.trim_matches('\'');
    let value = if value.starts_with('{') {
        let name = value.trim_matches(['{', '}']).to_owned();
        ArgumentValue::Placeholder { placeholder: Placeholder { name }, quoted }
    } else {
        ArgumentValue::Literal { text: value.to_owned(), quoted }
    };
    Argument { name: name.map(str::to_owned), value }
}

/// An API of one version without a name.
pub(crate) fn api(types: Vec<Type>, enums: Vec<Enum>, operations: &[&str]) -> Api {
    let mut model = Model {
        api_version: None,
        types,
        enums,
        operations: operations.iter().map(|text| operation(text)).collect(),
    };
    model.types.sort_by(|a, b| a.name.cmp(&b.name));
    model.enums.sort_by(|a, b| a.name.cmp(&b.name));
    Api {
        profile: Profile {
            root_namespace: "ns".to_owned(),
            base_url: Some("https://example.com".to_owned()),
            hosts: Vec::new(),
            base_entity: Some("ns.entity".to_owned()),
        },
        versions: vec![model],
    }
}
