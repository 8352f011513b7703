//! A model as a few lines of text, for expectations that people read.
//!
//! One line for a type and one for each of its own properties, one for an enumeration, one for
//! each path of an operation. What is not said is the default: complex, nullable, documented.

use std::fmt::{self, Write as _};

use docbind::model::{
    Enum, Model, Operation, Permissions, Property, RequestBody, Type, TypeKind, TypeName, TypeRef,
};

/// The outline of one version.
pub fn outline(model: &Model) -> String {
    let mut out = String::new();
    write_model(&mut out, model).expect("writing to a string cannot fail");
    out
}

fn write_model(out: &mut String, model: &Model) -> fmt::Result {
    for ty in &model.types {
        write_type(out, ty)?;
    }
    for enum_ in &model.enums {
        write_enum(out, enum_)?;
    }
    for operation in &model.operations {
        write_operation(out, operation)?;
    }
    Ok(())
}

fn write_type(out: &mut String, ty: &Type) -> fmt::Result {
    let kind = match ty.kind {
        TypeKind::Entity => "entity",
        TypeKind::Complex => "complex",
    };
    write!(out, "{kind} {}", ty.name)?;
    if let Some(base) = &ty.base {
        write!(out, ": {base}")?;
    }
    write_flags(
        out,
        &[
            (ty.is_abstract, "abstract"),
            (ty.is_open, "open"),
            (!ty.is_documented, "undocumented"),
            (ty.deprecated.is_some(), "deprecated"),
        ],
    )?;
    writeln!(out)?;
    ty.properties.iter().try_for_each(|property| write_property(out, property))
}

fn write_property(out: &mut String, property: &Property) -> fmt::Result {
    write!(out, "  {}: {}", property.name, type_text(&property.ty))?;
    write_flags(
        out,
        &[
            (property.is_navigation, "navigation"),
            (property.is_read_only, "read-only"),
            (property.is_nullable == Some(true), "nullable"),
            (property.is_nullable == Some(false), "not nullable"),
            (property.is_required, "required"),
            (property.deprecated.is_some(), "deprecated"),
        ],
    )?;
    if !property.query_options.is_empty() {
        write!(out, " ${}", property.query_options.join(" $"))?;
    }
    writeln!(out)
}

fn write_enum(out: &mut String, enum_: &Enum) -> fmt::Result {
    write!(out, "enum {}", enum_.name)?;
    write_flags(
        out,
        &[
            (enum_.is_flags, "flags"),
            (enum_.is_evolvable, "evolvable"),
            (!enum_.is_documented, "undocumented"),
        ],
    )?;
    write!(out, " =")?;
    for member in &enum_.members {
        write!(out, " {}", member.name)?;
        if let Some(value) = member.value {
            write!(out, "({value})")?;
        }
    }
    writeln!(out)
}

fn write_operation(out: &mut String, operation: &Operation) -> fmt::Result {
    writeln!(out, "operation {} ({:?})", operation.id, operation.kind)?;
    for path in &operation.paths {
        writeln!(out, "  {} {}", operation.method.as_str(), path.template.text)?;
    }
    for parameter in &operation.parameters {
        write!(out, "  {:?} {}: {}", parameter.location, parameter.name, type_text(&parameter.ty))?;
        write_flags(out, &[(parameter.is_required, "required")])?;
        writeln!(out)?;
    }
    match &operation.request {
        Some(RequestBody::Type(ty)) => writeln!(out, "  request {}", type_text(ty))?,
        Some(RequestBody::Parameters(parameters)) => {
            writeln!(out, "  request")?;
            for parameter in parameters {
                write!(out, "  ")?;
                write_property(out, parameter)?;
            }
        }
        None => {}
    }
    for response in &operation.responses {
        let body = response.body.as_ref().map(type_text).unwrap_or_default();
        writeln!(out, "  {} {body}", response.status)?;
    }
    write_permissions(out, &operation.permissions)?;
    if !operation.query_options.is_empty() {
        writeln!(out, "  ${}", operation.query_options.join(" $"))?;
    }
    for example in &operation.examples {
        let request = example.request.as_ref().map(|request| request.url.as_str());
        let response = example.response.as_ref().map(|response| response.status);
        writeln!(out, "  example {} -> {}", request.unwrap_or("?"), option_text(response))?;
    }
    Ok(())
}

fn write_permissions(out: &mut String, permissions: &Permissions) -> fmt::Result {
    for (label, scopes) in [
        ("work", &permissions.delegated_work),
        ("personal", &permissions.delegated_personal),
        ("application", &permissions.application),
    ] {
        if !scopes.is_empty() {
            writeln!(out, "  {label} {}", scopes.join(", "))?;
        }
    }
    Ok(())
}

fn write_flags(out: &mut String, flags: &[(bool, &str)]) -> fmt::Result {
    flags.iter().filter(|(set, _)| *set).try_for_each(|(_, name)| write!(out, ", {name}"))
}

fn option_text(status: Option<u16>) -> String {
    status.map_or_else(|| "?".to_owned(), |status| status.to_string())
}

fn type_text(ty: &TypeRef) -> String {
    let name = match &ty.name {
        TypeName::Primitive(primitive) => primitive.full_name(),
        TypeName::Named(name) => name,
    };
    if ty.collection { format!("Collection({name})") } else { name.to_owned() }
}
