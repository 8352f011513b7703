//! Examples as the model has them.

use super::Scope;
use super::names::Names;
use crate::extract::ExampleDeclaration;
use crate::model::{Example, ExampleRequest, ExampleResponse};

/// One example.
pub(super) fn resolve(
    example: &ExampleDeclaration,
    scope: &Scope<'_>,
    names: &Names,
) -> Option<Example> {
    let request = example.request.as_ref().map(|request| ExampleRequest {
        method: request.method,
        url: request.url.clone(),
        headers: request.headers.clone(),
        body: request.body.clone(),
        source: scope.source(request.place),
    });
    let response = example.response.as_ref().map(|response| ExampleResponse {
        status: response.status,
        headers: response.headers.clone(),
        body: response.body.clone(),
        ty: response.ty.as_ref().and_then(|ty| names.type_ref(ty, scope)),
        source: scope.source(response.place),
    });
    let source = request
        .as_ref()
        .map(|request| &request.source)
        .or(response.as_ref().map(|response| &response.source))?
        .clone();
    Some(Example { name: example.name.clone(), request, response, source })
}
