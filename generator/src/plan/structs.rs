//! Rust structs for the types of the API.

use super::doc::{Doc, code, ours};
use super::finding::Findings;
use super::ident::Ident;
use super::modules::Names;
use super::overrides::{Overrides, Replacement};
use super::rust_type::{FieldType, TypeIndex};
use super::scope;
use super::usage::Usage;
use crate::diagnostic::Code;
use crate::model::Property;

/// A Rust struct, and the structs that are made for requests with it.
#[derive(Clone, Debug, Hash)]
pub(crate) struct StructPlan<'a> {
    /// Its name.
    pub(crate) ident: Ident,
    /// The name in the API.
    pub(crate) full_name: &'a str,
    /// Its documentation.
    pub(crate) doc: Doc<'a>,
    /// Why it should not be used any more.
    pub(crate) deprecated: Option<&'a str>,
    /// Inherited properties first.
    pub(crate) fields: Vec<FieldPlan<'a>>,
    /// Whether it is sent, and so has `new` and setters.
    pub(crate) has_setters: bool,
    /// Whether queries can name its properties, which then have constants.
    pub(crate) is_queried: bool,
    /// What the caller wants in front of it.
    pub(crate) attributes: Vec<String>,
    /// What the caller has in its place.
    pub(crate) replacement: Option<Replacement>,
    /// The structs that it converts into, the nearest base first.
    pub(crate) bases: Vec<usize>,
    /// The struct for its updates.
    pub(crate) update: Option<Ident>,
    /// Those of its bases whose updates take its own.
    pub(crate) update_bases: Vec<usize>,
    /// The struct that asks for what creating one requires.
    pub(crate) create: Option<Ident>,
}

/// A field.
#[derive(Clone, Debug, Hash)]
pub(crate) struct FieldPlan<'a> {
    /// The name in JSON.
    pub(crate) name: &'a str,
    /// The name of the field, and of the function that sets it.
    pub(crate) ident: Ident,
    /// The name of the constant that stands for the property in queries.
    pub(crate) constant: Ident,
    /// Its type.
    pub(crate) ty: FieldType,
    /// Whether a create call, or the action, requires it.
    pub(crate) is_required: bool,
    /// Whether it can be changed.
    pub(crate) is_read_only: bool,
    /// Why it should not be used any more.
    pub(crate) deprecated: Option<&'a str>,
    /// Its documentation.
    pub(crate) doc: Doc<'a>,
}

impl FieldPlan<'_> {
    /// Whether callers set it; what only the service sets is still a public field.
    pub(crate) fn has_setter(&self) -> bool {
        self.is_required || !self.is_read_only
    }
}

pub(super) fn plan_struct<'a>(
    at: usize,
    types: &TypeIndex<'a>,
    names: &Names,
    usage: &Usage,
    overrides: &Overrides<'_>,
    findings: &mut Findings,
) -> StructPlan<'a> {
    let ty = &types.types[at];
    let is_own = |property: &Property| ty.properties.iter().any(|own| std::ptr::eq(own, property));
    let fields = plan_fields(&ty.name, Some(at), types.properties(at), is_own, types, findings);
    let mut doc = Doc::prose(
        ty.description.as_deref(),
        vec![ours("The type "), code(ty.name.as_str()), ours(".")],
    );
    if let Some(base) = &ty.base {
        doc.paragraph(vec![ours("Extends "), code(base.as_str()), ours(".")]);
    }
    if ty.is_reduced {
        doc.paragraph(vec![
            ours("Only its name was chosen, for other types refer to it; what the service sends of it is in "),
            code("extra"),
            ours("."),
        ]);
    } else if !ty.is_documented {
        doc.paragraph(vec![ours(
            "No page defines this type; its properties are those that tables and examples show.",
        )]);
    }
    doc.paragraph(vec![ours("Defined in "), code(&*ty.source.file), ours(".")]);
    let replacement = overrides.replacement(&ty.name);
    // Between types of other crates nothing can be implemented.
    let is_foreign = |replacement: &Option<Replacement>| {
        replacement.as_ref().is_some_and(|replacement| !replacement.is_own())
    };
    let is_out_of_reach = |base: &usize| {
        is_foreign(&replacement) && is_foreign(&overrides.replacement(&types.types[*base].name))
    };
    let bases = types.bases(at).filter(|base| !is_out_of_reach(base)).collect();
    StructPlan {
        ident: names.structs[at].clone(),
        full_name: &ty.name,
        doc,
        deprecated: ty.deprecated.as_deref(),
        fields,
        attributes: overrides.attributes(&ty.name),
        has_setters: usage.is_sent(at),
        is_queried: usage.is_queried(at),
        bases,
        update: names.updates.get(&at).cloned(),
        update_bases: types
            .bases(at)
            .filter(|base| names.updates.contains_key(&at) && names.updates.contains_key(base))
            .collect(),
        // It would call setters, which a type of the caller's need not have.
        create: names.creates.get(&at).filter(|_| replacement.is_none()).cloned(),
        replacement,
    }
}

/// The fields for these properties; `owner` is named in findings, `ty` the type that has them.
pub(super) fn plan_fields<'a>(
    owner: &str,
    ty: Option<usize>,
    properties: &[&'a Property],
    is_own: impl Fn(&Property) -> bool,
    types: &TypeIndex<'a>,
    findings: &mut Findings,
) -> Vec<FieldPlan<'a>> {
    let wishes: Vec<_> = properties
        .iter()
        .map(|property| (property.name.as_str(), field_ident(&property.name)))
        .collect();
    let (idents, collisions) = scope::assign(&wishes);
    for late in collisions {
        let (property, holder) = (properties[late.item], properties[late.holder]);
        // What a base says is reported for the base.
        if ![property, holder].into_iter().any(&is_own) {
            continue;
        }
        let message = format!(
            "the properties `{}` and `{}` of `{owner}` have one name in Rust, so the former is `{}`",
            property.name, holder.name, idents[late.item]
        );
        findings.warn(Code::NameCollision, &property.source, message);
    }
    let wishes: Vec<_> = wishes.into_iter().map(|(name, _)| (name, Ident::shouty(name))).collect();
    let (constants, _) = scope::assign(&wishes);
    let fields =
        properties.iter().zip(idents).zip(constants).map(|((property, ident), constant)| {
            FieldPlan {
                name: &property.name,
                constant,
                ident,
                ty: types.resolve_in(ty, &property.ty),
                is_required: property.is_required,
                is_read_only: property.is_read_only,
                deprecated: property.deprecated.as_deref(),
                doc: document(property),
            }
        });
    fields.collect()
}

/// What every struct has; fields and the functions that set them have one name.
const RESERVED: [&str; 2] = ["extra", "new"];

fn field_ident(name: &str) -> Ident {
    let ident = Ident::snake(name);
    if RESERVED.contains(&ident.as_str()) { ident.reserved() } else { ident }
}

fn document(property: &Property) -> Doc<'_> {
    let mut doc = Doc::prose(
        property.description.as_deref(),
        vec![ours("The property "), code(property.name.as_str()), ours(".")],
    );
    let options = &property.query_options;
    if !options.is_empty() {
        let mut inlines = vec![ours("Supports ")];
        for (at, option) in options.iter().enumerate() {
            if at > 0 {
                inlines.push(ours(", "));
            }
            inlines.push(code(format!("${option}")));
        }
        inlines.push(ours("."));
        doc.paragraph(inlines);
    }
    doc
}
