//! What requests and answers hold: what the page states, held against where its path leads.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::names::{Kind, Names};
use super::operations::{Context, Walks};
use super::paths::Step;
use super::types::{self, Types, describe};
use super::{Scope, shells};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::{OperationDeclaration, Place, ResponseDeclaration, TypeText};
use crate::model::{
    ExampleBody, Method, OperationKind, Primitive, RequestBody, Response, TypeName, TypeRef,
};
use crate::span::Span;

/// What a page states of the bodies of an operation.
#[derive(Clone, Debug, Default)]
pub(super) struct Stated {
    /// The type that the Request body section names.
    pub(super) request: Option<TypeRef>,
    /// The type that an answer has, by annotation, sentence or Methods table.
    pub(super) response: Option<TypeRef>,
    /// The type that the sentences about the answer name, if they name one.
    pub(super) sentence: Option<TypeRef>,
    /// All that is said of the answer's type, the surest first.
    pub(super) responses: Vec<TypeRef>,
    /// Whether the first answer that is shown holds `value`, a list.
    pub(super) shows_list: bool,
    /// The type that the title or the name of the page speaks of.
    pub(super) subject: Option<TypeRef>,
    /// Where the type of the request, and that of the answer, is stated.
    request_span: Option<Span>,
    response_span: Option<Span>,
    /// What is wrong with these statements.
    pub(super) diagnostics: Diagnostics,
}

/// What Methods tables say that pages return: one entry for each page.
pub(super) fn returns_of_methods(pages: &[Scope<'_>], names: &Names) -> BTreeMap<String, TypeRef> {
    let mut returns = BTreeMap::new();
    for scope in pages {
        for row in &scope.page.methods {
            if let Some(ty) = row.returns.as_ref().and_then(|ty| names.type_ref(ty, scope)) {
                returns.entry(row.page.clone()).or_insert(ty);
            }
        }
    }
    returns
}

/// Collects what the page states.
pub(super) fn stated(
    operation: &OperationDeclaration,
    scope: &Scope<'_>,
    types: &Types,
    names: &Names,
    returns: &BTreeMap<String, TypeRef>,
) -> Stated {
    let mut stated = Stated { subject: subject(operation, names), ..Stated::default() };
    if let Some(reference) = &operation.body.reference {
        stated.request = names.reference(reference, scope).map(|name| {
            report_shell(&name, reference.span, names, &mut stated.diagnostics);
            TypeRef { name: TypeName::Named(name), collection: operation.body.collection }
        });
        stated.request_span = Some(reference.span);
    }
    let answer = operation
        .examples
        .iter()
        .filter_map(|example| example.response.as_ref())
        .find(|answer| (200..300).contains(&answer.status));
    let annotation = answer.and_then(|answer| answer.ty.as_ref());
    let sentence = operation.responses.iter().find_map(|response| response.ty.as_ref());
    let resolve = |ty: &TypeText| Some((names.type_ref(ty, scope)?, Some(ty.reference.span)));
    let candidates: Vec<(TypeRef, Option<Span>)> = [
        annotation.and_then(resolve),
        sentence.and_then(resolve),
        returns.get(&scope.key).map(|ty| (ty.clone(), None)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let said = operation.responses.iter().filter_map(|response| response.ty.as_ref());
    let mut said = said.map(|ty| names.type_ref(ty, scope));
    stated.sentence =
        said.next().filter(|first| said.all(|other| other == *first)).unwrap_or_default();
    report_statements(annotation, sentence, scope, types, names, &mut stated.diagnostics);
    let body = answer.and_then(|answer| answer.body.as_ref());
    // What is said to be one thing is one, whatever the example shows.
    let is_single = operation.responses.iter().any(|response| response.is_single);
    stated.shows_list = !is_single && body.is_some_and(shows_list);
    let shown = body.filter(|_| candidates.is_empty()).and_then(shown_primitive);
    let shown = shown.map(|ty| (ty, None));
    let is_known = |ty: &TypeRef| match &ty.name {
        TypeName::Named(name) => names.kind(name) != Some(Kind::Shell),
        TypeName::Primitive(_) => true,
    };
    let best = candidates
        .iter()
        .find(|(ty, _)| is_known(ty))
        .or_else(|| candidates.first())
        .or(shown.as_ref());
    if let Some((ty, span)) = best {
        let is_many = candidates.iter().any(|(ty, _)| ty.collection) || stated.shows_list;
        let collection = !is_single && is_many;
        stated.response = Some(TypeRef { name: ty.name.clone(), collection });
        stated.response_span = *span;
    }
    stated.responses = candidates.into_iter().map(|(ty, _)| ty).collect();
    stated
}

/// Reports types without a page, and an annotation that contradicts its sentence.
fn report_statements(
    annotation: Option<&TypeText>,
    sentence: Option<&TypeText>,
    scope: &Scope<'_>,
    types: &Types,
    names: &Names,
    diagnostics: &mut Diagnostics,
) {
    let named = |ty: &TypeText| match names.type_ref(ty, scope)?.name {
        TypeName::Named(name) => Some(name),
        TypeName::Primitive(_) => None,
    };
    for ty in [annotation, sentence].into_iter().flatten() {
        match named(ty) {
            Some(name) => report_shell(&name, ty.reference.span, names, diagnostics),
            None if ty.primitive.is_none() && ty.reference.name.contains('.') => {
                let (name, span) = (&ty.reference.name, ty.reference.span);
                diagnostics.push(types::unknown_type(name, span, names, types::NO_PAGE));
            }
            None => {}
        }
    }
    let (Some(annotation), Some(sentence)) = (annotation, sentence) else { return };
    let (Some(left), Some(right)) = (named(annotation), named(sentence)) else { return };
    let is_type = |name: &str| names.kind(name) == Some(Kind::Type);
    let is_related = types.is_a(&left, &right) || types.is_a(&right, &left);
    if is_type(&left) && is_type(&right) && !is_related {
        let message = format!("the example answers `{left}`, the sentence says `{right}`");
        diagnostics.push(
            Diagnostic::warning(Code::ContradictoryBody, sentence.reference.span, message)
                .label(annotation.reference.span, "the annotation of the example, which counts"),
        );
    }
}

fn report_shell(name: &str, span: Span, names: &Names, diagnostics: &mut Diagnostics) {
    if names.kind(name) == Some(Kind::Shell) {
        diagnostics.push(types::unknown_type(name, span, names, types::NO_PAGE));
    }
}

/// The type that the title speaks of, as in `Update note` and `note: send`, else the one that the
/// file is named after.
fn subject(operation: &OperationDeclaration, names: &Names) -> Option<TypeRef> {
    let words = operation.title.split([' ', ':', '(', ')']).skip(1);
    let stem = operation.id.split([':', '-']).next();
    let first = operation.title.split(':').next().filter(|_| operation.title.contains(':'));
    let name = first.into_iter().chain(words).chain(stem).take(8).find_map(|word| {
        let word = word.trim_matches(|char: char| !char.is_alphanumeric());
        names.word(word).filter(|name| names.kind(name) == Some(Kind::Type))
    })?;
    Some(TypeRef { name: TypeName::Named(name), collection: false })
}

/// Whether a JSON body is an object with a list called `value`.
fn shows_list(body: &ExampleBody) -> bool {
    let ExampleBody::Json { text, .. } = body else { return false };
    // The cheap look first: most bodies have no such member.
    if !text.contains("\"value\"") {
        return false;
    }
    let members = serde_json::from_str::<BTreeMap<String, Shape>>(text);
    members.is_ok_and(|members| matches!(members.get("value"), Some(Shape::List)))
}

/// What a JSON value is, as far as that matters here. Its text is passed over.
enum Shape {
    List,
    Other,
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Shape, A::Error> {
        IgnoredAny.visit_seq(items).map(|_| Shape::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Shape, A::Error> {
        IgnoredAny.visit_map(members).map(|_| Shape::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Shape, E> {
        Ok(Shape::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Shape, E> {
        Ok(Shape::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Shape, E> {
        Ok(Shape::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Shape, E> {
        Ok(Shape::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Shape, E> {
        Ok(Shape::Other)
    }

    fn visit_unit<E>(self) -> Result<Shape, E> {
        Ok(Shape::Other)
    }
}

/// The primitive that a body such as `{"value": true}` holds.
fn shown_primitive(body: &ExampleBody) -> Option<TypeRef> {
    let ExampleBody::Json { text, .. } = body else { return None };
    if text.len() > 1000 || !text.contains("\"value\"") {
        return None;
    }
    let serde_json::Value::Object(members) = serde_json::from_str(text).ok()? else { return None };
    if members.keys().filter(|name| !name.contains('@')).count() != 1 {
        return None;
    }
    let (value, collection) = match members.get("value")? {
        serde_json::Value::Array(items) => (items.first()?, true),
        value => (value, false),
    };
    let primitive =
        Some(shells::primitive(value)).filter(|primitive| *primitive != Primitive::Untyped)?;
    Some(TypeRef { name: TypeName::Primitive(primitive), collection })
}

/// Whether the title says that something new is made.
pub(super) fn says_create(operation: &OperationDeclaration) -> bool {
    let first = operation.title.split([' ', ':']).next().unwrap_or_default().to_lowercase();
    matches!(
        first.as_str(),
        "create" | "add" | "post" | "criar" | "adicionar" | "crear" | "upload" | "new"
    ) && !operation.title.contains(':')
}

/// What the request holds.
pub(super) fn request(
    operation: &OperationDeclaration,
    kind: OperationKind,
    walks: &Walks,
    is_alone: bool,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<RequestBody> {
    let stated = context.stated;
    match kind {
        OperationKind::Reference => {
            let sends = !matches!(operation.method, Method::Get | Method::Delete)
                && !shows_reference(operation);
            stated.request.clone().filter(|_| sends).map(RequestBody::Type)
        }
        OperationKind::Value if matches!(operation.method, Method::Put | Method::Patch) => {
            Some(RequestBody::Type(TypeRef {
                name: TypeName::Primitive(Primitive::Stream),
                collection: false,
            }))
        }
        OperationKind::Create | OperationKind::Update | OperationKind::Replace => {
            let target = walks.main().and_then(|walk| Some((walk.ty()?, walk.step)));
            // What replaces a whole collection may be one.
            let sent =
                |ty: &TypeRef| if kind == OperationKind::Replace { ty.clone() } else { one(ty) };
            let ty = match (target, &stated.request) {
                (Some((target, step)), Some(request)) => {
                    if fits(request, target, context.types)
                        || matches!(step, Step::Learned | Step::Unknown)
                    {
                        sent(request)
                    } else {
                        if is_alone {
                            let span = stated.request_span;
                            report(operation, span, "request", request, target, diagnostics);
                        }
                        one(target)
                    }
                }
                (Some((target, _)), None) => one(target),
                (None, Some(request)) => sent(request),
                (None, None) => {
                    let subject = stated.subject.as_ref().filter(|_| kind != OperationKind::Create);
                    stated.response.as_ref().map(one).or_else(|| subject.cloned())?
                }
            };
            Some(RequestBody::Type(ty))
        }
        _ => None,
    }
}

/// What the page says that the request holds, where something else counts.
pub(super) fn outweighed_request(
    request: Option<&RequestBody>,
    context: &Context<'_>,
) -> Option<TypeRef> {
    let Some(RequestBody::Type(sent)) = request else { return None };
    let said = context.stated.request.as_ref()?;
    (said.name != sent.name).then(|| one(said))
}

fn one(ty: &TypeRef) -> TypeRef {
    TypeRef { name: ty.name.clone(), collection: false }
}

/// Whether the examples send nothing but the id of something.
fn shows_reference(operation: &OperationDeclaration) -> bool {
    operation.examples.iter().filter_map(|example| example.request.as_ref()?.body.as_ref()).any(
        |body| matches!(body, ExampleBody::Json { text, .. } if text.contains("\"@odata.id\"")),
    )
}

/// Whether a stated type is that of the path, or extends it.
fn fits(stated: &TypeRef, target: &TypeRef, types: &Types) -> bool {
    match (&stated.name, &target.name) {
        (TypeName::Named(stated), TypeName::Named(target)) => types.is_a(stated, target),
        (stated, target) => stated == target,
    }
}

fn report(
    operation: &OperationDeclaration,
    span: Option<Span>,
    what: &str,
    ty: &TypeRef,
    target: &TypeRef,
    diagnostics: &mut Diagnostics,
) {
    let path = operation.paths.first().map(|path| path.place.span);
    let Some(span) = span.or(path) else { return };
    diagnostics.push(Diagnostic::warning(
        Code::ContradictoryBody,
        span,
        format!(
            "the {what} is said to be {}, but the path of this {} leads to {}",
            describe(ty),
            operation.method.as_str(),
            describe(target)
        ),
    ));
}

/// What each success answers.
pub(super) fn responses(
    operation: &OperationDeclaration,
    kind: OperationKind,
    walks: &Walks,
    is_alone: bool,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Response> {
    let mut body = body(operation, kind, walks, is_alone, context, diagnostics);
    if body.is_none() && is_alone {
        body = untyped(operation, kind, diagnostics);
    }
    if is_alone {
        report_statuses(operation, diagnostics);
    }
    let is_stated = |status: u16| operation.responses.iter().any(|it| it.status == status);
    let statuses = statuses(operation, kind, body.is_some());
    let are_stated = statuses.iter().any(|(status, _)| is_stated(*status));
    statuses
        .into_iter()
        .map(|(status, has_body)| Response {
            status,
            body: body.clone().filter(|_| has_body),
            is_stated: is_stated(status) || !are_stated,
            is_said: has_body && body.is_some() && context.stated.sentence.is_some(),
            outweighed: body
                .as_ref()
                .filter(|_| has_body)
                .and_then(|body| context.stated.sentence.clone().filter(|said| said != body)),
            source: context.scope.source(place_of(operation, status)),
        })
        .collect()
}

/// Where an answer is stated, else where it is shown, else where the path stands.
fn place_of(operation: &OperationDeclaration, status: u16) -> Place {
    let stated = operation.responses.iter().find(|response| response.status == status);
    let mut answers = operation.examples.iter().filter_map(|example| example.response.as_ref());
    stated
        .map(|response| response.place)
        .or_else(|| Some(answers.find(|answer| answer.status == status)?.place))
        .unwrap_or(operation.paths[0].place)
}

/// Reports the first example that succeeds with another status than the Response section states.
fn report_statuses(operation: &OperationDeclaration, diagnostics: &mut Diagnostics) {
    let stated: Vec<u16> = operation.responses.iter().map(|response| response.status).collect();
    // Behind a redirection the example shows what stands there.
    if stated.iter().any(|status| *status >= 300) {
        return;
    }
    let other = operation.examples.iter().find_map(|example| {
        let is_own =
            example.request.as_ref().is_none_or(|request| request.method == operation.method);
        let answer = example.response.as_ref().filter(|_| is_own)?;
        let is_other = (200..300).contains(&answer.status) && !stated.contains(&answer.status);
        is_other.then_some(answer)
    });
    let (Some(answer), Some(response)) = (other, operation.responses.first()) else { return };
    let message = format!(
        "the example answers {}, the Response section says {}",
        answer.status, response.status
    );
    diagnostics.push(
        Diagnostic::warning(Code::ContradictoryStatus, answer.place.span, message)
            .label(response.place.span, "what the section says"),
    );
}

/// An answer of which nothing tells the type, though the page speaks of a body or shows one.
fn untyped(
    operation: &OperationDeclaration,
    kind: OperationKind,
    diagnostics: &mut Diagnostics,
) -> Option<TypeRef> {
    if matches!(kind, OperationKind::Delete | OperationKind::Reference | OperationKind::Value) {
        return None;
    }
    let said = operation.responses.iter().find(|response| response.says_body);
    let is_shown =
        operation.examples.iter().filter_map(|example| example.response.as_ref()).any(|answer| {
            (200..300).contains(&answer.status)
                && matches!(answer.body, Some(ExampleBody::Json { .. }))
        });
    if said.is_none() && !is_shown {
        return None;
    }
    let path = operation.paths.first().map(|path| path.place.span);
    let span = said.map(|response| response.place.span).or(path)?;
    diagnostics.push(
        Diagnostic::warning(Code::UnknownAnswer, span, "nothing tells the type of the answer")
            .help("link to the page of the type in the Response section"),
    );
    Some(TypeRef { name: TypeName::Primitive(Primitive::Untyped), collection: false })
}

/// The successes that are stated, shown, or usual; and whether they have a body.
fn statuses(
    operation: &OperationDeclaration,
    kind: OperationKind,
    has_body: bool,
) -> Vec<(u16, bool)> {
    let usually = |status: u16| status < 300 && !matches!(status, 202 | 204 | 205);
    let stated = operation.responses.iter().map(|response: &ResponseDeclaration| {
        // Only what is said to answer with a type does so where that is not usual.
        let has_body = !response.is_empty
            && (usually(response.status) || (response.status == 202 && response.ty.is_some()));
        (response.status, has_body)
    });
    let mut statuses: Vec<(u16, bool)> = stated.collect();
    // An example that answers otherwise is as true: clients must take both.
    for answer in operation.examples.iter().filter_map(|example| example.response.as_ref()) {
        let is_new = !statuses.iter().any(|(status, _)| *status == answer.status);
        let is_shown = statuses.is_empty() || answer.ty.is_some();
        if is_new && is_shown && (200..400).contains(&answer.status) && statuses.len() < 8 {
            statuses.push((answer.status, usually(answer.status)));
        }
    }
    if statuses.is_empty() {
        let status = match kind {
            OperationKind::Create => 201,
            OperationKind::Delete => 204,
            OperationKind::Update
            | OperationKind::Replace
            | OperationKind::Action
            | OperationKind::Reference
                if !has_body =>
            {
                204
            }
            _ => 200,
        };
        statuses.push((status, usually(status)));
    }
    statuses.sort_unstable();
    statuses
}

fn body(
    operation: &OperationDeclaration,
    kind: OperationKind,
    walks: &Walks,
    is_alone: bool,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<TypeRef> {
    let target = walks.main().and_then(|walk| Some((walk.ty()?, walk.step)));
    let response = context.stated.response.as_ref();
    match kind {
        OperationKind::Delete => None,
        OperationKind::Count => {
            Some(TypeRef { name: TypeName::Primitive(Primitive::Int32), collection: false })
        }
        OperationKind::Value => (operation.method == Method::Get)
            .then_some(TypeRef { name: TypeName::Primitive(Primitive::Stream), collection: false })
            .or_else(|| response.cloned()),
        OperationKind::Reference => response
            .filter(|_| operation.method == Method::Get || !shows_reference(operation))
            .cloned(),
        OperationKind::Action | OperationKind::Function => response.filter(|_| is_alone).cloned(),
        OperationKind::List | OperationKind::Get => {
            let Some((target, step)) = target else { return response.cloned() };
            Some(reconcile(operation, target, step, is_alone, context, diagnostics))
        }
        OperationKind::Create | OperationKind::Update | OperationKind::Replace => {
            let Some((target, step)) = target else { return response.map(one) };
            Some(one(&reconcile(operation, target, step, is_alone, context, diagnostics)))
        }
    }
}

/// The stated type where it is that of the path or extends it, else that of the path.
fn reconcile(
    operation: &OperationDeclaration,
    target: &TypeRef,
    step: Step,
    is_alone: bool,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) -> TypeRef {
    let Some(response) = &context.stated.response else { return target.clone() };
    if step == Step::Learned || step == Step::Unknown {
        return response.clone();
    }
    if fits(response, target, context.types) {
        return TypeRef { name: response.name.clone(), collection: target.collection };
    }
    if is_alone {
        let span = context.stated.response_span;
        report(operation, span, "response", response, target, diagnostics);
    }
    target.clone()
}
