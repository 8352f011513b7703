//! The types of the model that the cache keeps, field by field.

use std::sync::Arc;

use super::codec::{Reader, Store, Writer, store};
use crate::diagnostic::Parsed;
use crate::model::{
    Api, Enum, Example, ExampleRequest, ExampleResponse, Member, Model, Operation, OperationKind,
    Parameter, ParameterLocation, Path, PermissionRows, Property, RequestBody, Response,
    SectionSources, Source, Type, TypeKind, TypeName, TypeRef, TypeSources,
};

store!(struct Api { profile, versions });
store!(struct Model { api_version, types, enums, operations });
store!(struct Type {
    name, kind, base, is_base_inferred, is_abstract, is_open, is_documented, is_reduced, key,
    alternate_keys, description, deprecated, properties, source, sources,
});
store!(struct TypeSources {
    annotation, name, base, is_abstract, is_open, key, alternate_keys, deprecated,
});
store!(enum TypeKind { 0 Entity, 1 Complex });
store!(struct Property {
    name, ty, is_navigation, is_read_only, is_nullable, is_required, requirement, description,
    deprecated, query_options, is_stated, unread_type, source,
});
store!(struct TypeRef { name, collection });
store!(enum TypeName { 0 Primitive(primitive), 1 Named(name) });
store!(struct Enum {
    name, is_flags, is_evolvable, is_documented, members, listed, description, source,
});
store!(struct Member { name, value, description, source });
store!(struct Operation {
    id, name, title, description, method, kind, paths, parameters, request, outweighed_request,
    bound_to, responses, permissions, permissions_by, query_options, deprecated, examples, source, sections,
});
store!(struct SectionSources { request, permissions, permission_rows, query, deprecated });
store!(struct PermissionRows { delegated_work, delegated_personal, application });
store!(struct Path { template, stated, source });
store!(enum OperationKind {
    0 List, 1 Get, 2 Create, 3 Update, 4 Replace, 5 Delete, 6 Action, 7 Function, 8 Reference,
    9 Value, 10 Count,
});
store!(struct Parameter { name, location, ty, is_required, description, source });
store!(enum ParameterLocation { 0 Path, 1 Query, 2 Header, 3 Function });
store!(enum RequestBody { 0 Type(ty), 1 Parameters(properties) });
store!(struct Response { status, body, is_stated, is_said, outweighed, source });
store!(struct Example { name, request, response, source });
store!(struct ExampleRequest { method, url, headers, body, source });
store!(struct ExampleResponse { status, headers, body, ty, source });

impl Store for Source {
    fn put(&self, to: &mut Writer<'_>) {
        self.file.put(to);
        self.line.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        // Facts that follow one another mostly stand on one page.
        let file = from.text()?;
        let file = match &from.last_file {
            Some(last) if **last == *file => Arc::clone(last),
            _ => Arc::clone(from.last_file.insert(file.into())),
        };
        Some(Self { file, line: Store::take(from)? })
    }
}

impl<T: Store> Store for Parsed<T> {
    fn put(&self, to: &mut Writer<'_>) {
        self.value.put(to);
        self.diagnostics.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some(Self::new(T::take(from)?, Store::take(from)?))
    }
}
