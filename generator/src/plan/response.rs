//! What a call gives back.

use super::finding::Findings;
use super::rust_type::{FieldType, Scalar, TypeIndex};
use crate::diagnostic::Code;
use crate::model::{Operation, Primitive, Response};

use super::tree::Ending;

/// The Rust type of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ResponsePlan {
    /// No body.
    Nothing,
    /// No body yet: where to look for it, and when.
    Accepted,
    /// Content as bytes.
    Bytes,
    /// A number as plain text.
    Count,
    /// A JSON object, or any JSON.
    One(Scalar),
    /// A page of a collection.
    Page(Scalar),
    /// A value in `{"value": …}`.
    Value(Scalar),
    /// A JSON object, where some success codes have no body.
    Optional(Scalar),
}

/// What one page says of the answer.
pub(super) fn plan_response(
    operation: &Operation,
    ending: Ending,
    types: &TypeIndex<'_>,
) -> ResponsePlan {
    let answers = &operation.responses;
    if ending == Ending::Count {
        return ResponsePlan::Count;
    }
    let body =
        answers.iter().find_map(|answer| answer.body.as_ref()).map(|body| types.resolve(body));
    let is_content = matches!(ending, Ending::Value | Ending::Content);
    let is_read = operation.method == crate::model::Method::Get;
    match body {
        _ if is_content && is_read => ResponsePlan::Bytes,
        Some(body) => with_body(body, answers),
        None if answers.iter().any(|answer| answer.status == 302) => ResponsePlan::Bytes,
        None if !answers.is_empty() && answers.iter().all(|answer| answer.status == 202) => {
            ResponsePlan::Accepted
        }
        // A page that says nothing of the answer to a GET still has one.
        None if is_read && answers.iter().all(|answer| answer.status != 204) => {
            ResponsePlan::One(Scalar::Primitive(Primitive::Untyped))
        }
        None => ResponsePlan::Nothing,
    }
}

fn with_body(body: FieldType, answers: &[Response]) -> ResponsePlan {
    let is_sometimes = answers.iter().any(|answer| answer.body.is_none() && answer.status != 302);
    match body.scalar {
        Scalar::Primitive(Primitive::Stream | Primitive::Binary) => ResponsePlan::Bytes,
        scalar if body.is_collection => ResponsePlan::Page(scalar),
        scalar @ (Scalar::Struct(_) | Scalar::Primitive(Primitive::Untyped)) => {
            if is_sometimes {
                ResponsePlan::Optional(scalar)
            } else {
                ResponsePlan::One(scalar)
            }
        }
        scalar => ResponsePlan::Value(scalar),
    }
}

/// The answer of an endpoint that several pages document, the owner's first.
pub(super) fn merge(
    stated: &[(&Operation, ResponsePlan)],
    types: &TypeIndex<'_>,
    findings: &mut Findings,
) -> ResponsePlan {
    let (owner, first) = stated[0];
    let mut merged = first;
    for &(operation, plan) in &stated[1..] {
        if let Some(common) = common(merged, plan, types) {
            merged = common;
        } else {
            let message = format!(
                "`{}` documents another answer to the same call than `{}` ({}:{}), which counts",
                operation.id, owner.id, owner.source.file, owner.source.line
            );
            findings.warn(Code::ResponseDiffers, &operation.source, message);
        }
    }
    merged
}

/// The answer that stands for both.
fn common(a: ResponsePlan, b: ResponsePlan, types: &TypeIndex<'_>) -> Option<ResponsePlan> {
    use ResponsePlan::{Nothing, One, Optional, Page};
    let scalar = |a, b| match (a, b) {
        (Scalar::Struct(a), Scalar::Struct(b)) => types.common_base(&[a, b]).map(Scalar::Struct),
        _ => (a == b).then_some(a),
    };
    match (a, b) {
        (One(a), One(b)) => scalar(a, b).map(One),
        (Page(a), Page(b)) => scalar(a, b).map(Page),
        (Optional(a), One(b) | Optional(b)) | (One(a), Optional(b)) => scalar(a, b).map(Optional),
        (One(one) | Optional(one), Nothing) | (Nothing, One(one) | Optional(one)) => {
            Some(Optional(one))
        }
        _ => (a == b).then_some(a),
    }
}
