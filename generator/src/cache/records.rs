//! The types of other modules that the cache keeps, field by field.

use super::codec::{Reader, Store, Writer, store};
use super::fingerprint::Fingerprint;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::docs::{Content, Decoded, Flaw};
use crate::extract::{
    BodyDeclaration, Declarations, EnumDeclaration, ExampleDeclaration, JsonField, JsonShape,
    LinkTarget, MemberDeclaration, MethodRow, OperationDeclaration, ParameterDeclaration,
    PathDeclaration, PathForm, PermissionPlaces, Place, PropertyRow, Reference, RequestMessage,
    ResponseDeclaration, ResponseMessage, TypeDeclaration, TypeHint, TypePlaces, TypeText,
};
use crate::model::{
    Argument, ArgumentValue, ExampleBody, Method, PathTemplate, Permissions, Placeholder,
    Primitive, Profile, QueryItem, Quirk, Segment, Target,
};
use crate::select::Selection;
use crate::span::{Span, Spanned};
use crate::summary::{Endpoints, Summary, VersionSummary};

store!(struct Diagnostic { code, severity, message, span, labels, help });
store!(struct Span { file, start, end });
store!(struct Summary { profile, pages, versions, diagnostics });
store!(struct Profile { root_namespace, base_url, hosts, base_entity });
store!(struct VersionSummary {
    version, types, shells, enums, operations, examples, json_bodies, repaired_bodies,
});
store!(struct Selection { operations, paths, types, shells, enums });
store!(struct Endpoints { callable, impossible });

store!(struct Decoded { text, flaws, includes });
store!(enum Flaw { 0 InvalidUtf8, 1 NulBytes, 2 Utf16, 3 ByteOrderMark, 4 CarriageReturns });

store!(struct Declarations {
    page, included, is_localized, namespace, types, enums, operations, methods,
});
store!(struct Place { span, line });
store!(struct LinkTarget { page, fragment });
store!(struct Reference { name, target, span });
store!(struct TypeText { primitive, reference, alternatives, collection });
store!(struct TypeDeclaration {
    annotated_name, title_name, stem, base, derived, says_base, annotated_base, is_abstract,
    is_open, key, alternate_keys, description, deprecated, rows, json, has_methods,
    has_relationships, place, places,
});
store!(struct TypePlaces {
    annotation, name, base, annotated_base, derived, is_abstract, is_open, key, alternate_keys,
    deprecated,
});
store!(struct PropertyRow {
    name, ty, is_relationship, inherited_from, is_read_only, is_nullable, is_required, description,
    deprecated, query_options, values, place,
});
store!(struct JsonField { name, shape, collection });
store!(enum JsonShape { 0 Primitive(primitive), 1 Named(name), 2 Object, 3 Unknown });
store!(struct EnumDeclaration {
    name, members, says_flags, description, own_page, fragment, place,
});
store!(struct MemberDeclaration { name, value, description, place });
store!(struct MethodRow { page, returns });
store!(enum PathForm { 0 Plain, 1 Ref, 2 Value, 3 Count });
store!(struct OperationDeclaration {
    id, name, title, description, deprecated, deprecated_place, method, form, paths, headers, query, query_options,
    parameters, body, responses, permissions, permissions_by, permissions_place,
    permission_rows, query_place, examples,
});
store!(struct PermissionPlaces { delegated_work, delegated_personal, application });
store!(struct PathDeclaration { target, place });
store!(struct ParameterDeclaration { name, ty, is_required, description, place });
store!(struct BodyDeclaration {
    place, is_none, has_parameters, reference, collection, rows, shown,
});
store!(struct ResponseDeclaration { status, ty, is_empty, is_single, says_body, place });
store!(struct ExampleDeclaration { name, request, response });
store!(struct RequestMessage { method, url, headers, body, ty, hints, place });
store!(struct ResponseMessage { status, headers, body, ty, hints, place });
store!(struct TypeHint { path, name });
store!(struct Permissions { delegated_work, delegated_personal, application });
store!(enum ExampleBody { 0 Json { text, repaired }, 1 Text(text) });
store!(struct Target { host, version, template, query, quirks });
store!(struct QueryItem { name, value });
store!(enum Quirk {
    0 Sample(text), 1 OpenParenthesis(text), 2 StrayPlaceholder(text), 3 NamedKeySegment(text),
});
store!(struct PathTemplate { text, segments });
store!(enum Segment {
    0 Literal(text), 1 Key(placeholder), 2 AlternateKey(arguments), 3 Call { name, arguments },
    4 Cast(name), 5 ByPath(placeholder), 6 Ref, 7 Value, 8 Count,
});
store!(struct Placeholder { name });
store!(struct Argument { name, value });
store!(enum ArgumentValue { 0 Placeholder { placeholder, quoted }, 1 Literal { text, quoted } });
store!(enum Method { 0 Get, 1 Post, 2 Put, 3 Patch, 4 Delete });

impl<T: Store> Store for Spanned<T> {
    fn put(&self, to: &mut Writer<'_>) {
        self.value.put(to);
        self.span.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some(Self { value: T::take(from)?, span: Span::take(from)? })
    }
}

impl Store for Content {
    fn put(&self, to: &mut Writer<'_>) {
        self.0.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Decoded::take(from).map(Self)
    }
}

impl Store for Primitive {
    fn put(&self, to: &mut Writer<'_>) {
        Self::ALL.iter().position(|primitive| primitive == self).unwrap_or(usize::MAX).put(to);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Self::ALL.get(usize::take(from)?).copied()
    }
}

impl Store for Severity {
    fn put(&self, to: &mut Writer<'_>) {
        (*self == Self::Error).put(to);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Some(if bool::take(from)? { Self::Error } else { Self::Warning })
    }
}

impl Store for Code {
    fn put(&self, to: &mut Writer<'_>) {
        // The cache is that of one build, in which the list is the same.
        Self::ALL.iter().position(|code| code == self).unwrap_or(usize::MAX).put(to);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        Self::ALL.get(usize::take(from)?).copied()
    }
}

impl Store for Fingerprint {
    fn put(&self, to: &mut Writer<'_>) {
        self.0.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Option<Self> {
        u128::take(from).map(Self)
    }
}
