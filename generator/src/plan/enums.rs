//! Rust enums for the enumerations of the API.

use super::doc::{Doc, code, ours};
use super::finding::Findings;
use super::ident::Ident;
use super::overrides::{Overrides, Replacement};
use super::scope;
use crate::diagnostic::Code;
use crate::model::Enum;

/// A Rust enum.
#[derive(Clone, Debug, Hash)]
pub(crate) struct EnumPlan<'a> {
    /// Its name.
    pub(crate) ident: Ident,
    /// The name in the API.
    pub(crate) full_name: &'a str,
    /// Its documentation.
    pub(crate) doc: Doc<'a>,
    /// What the caller wants in front of it.
    pub(crate) attributes: Vec<String>,
    /// What the caller has in its place.
    pub(crate) replacement: Option<Replacement>,
    /// The members that the docs list.
    pub(crate) variants: Vec<VariantPlan<'a>>,
}

/// A variant.
#[derive(Clone, Debug, Hash)]
pub(crate) struct VariantPlan<'a> {
    /// Its name.
    pub(crate) ident: Ident,
    /// The text that stands for it in JSON.
    pub(crate) text: &'a str,
    /// Its documentation.
    pub(crate) doc: Doc<'a>,
}

pub(super) fn plan_enum<'a>(
    enum_: &'a Enum,
    ident: Ident,
    overrides: &Overrides<'_>,
    findings: &mut Findings,
) -> EnumPlan<'a> {
    let mut seen = std::collections::HashSet::new();
    let members: Vec<_> =
        enum_.members.iter().filter(|member| seen.insert(member.name.as_str())).collect();
    let wishes: Vec<_> =
        members.iter().map(|member| (member.name.as_str(), variant_ident(&member.name))).collect();
    let (idents, collisions) = scope::assign(&wishes);
    for late in collisions {
        let (member, holder) = (members[late.item], members[late.holder]);
        let message = format!(
            "the members `{}` and `{}` of `{}` have one name in Rust, so the former is `{}`",
            member.name, holder.name, enum_.name, idents[late.item]
        );
        findings.warn(Code::NameCollision, &member.source, message);
    }
    let variants = members
        .iter()
        .zip(idents)
        .map(|(member, ident)| VariantPlan {
            ident,
            text: &member.name,
            doc: Doc::prose(member.description.as_deref(), vec![code(member.name.as_str())]),
        })
        .collect();
    let mut doc = Doc::prose(
        enum_.description.as_deref(),
        vec![ours("The enumeration "), code(enum_.name.as_str()), ours(".")],
    );
    if !enum_.is_documented {
        doc.paragraph(vec![ours(
            "No page defines it; its members are those that descriptions name.",
        )]);
    }
    doc.paragraph(vec![ours("Defined in "), code(&*enum_.source.file), ours(".")]);
    EnumPlan {
        ident,
        full_name: &enum_.name,
        doc,
        attributes: overrides.attributes(&enum_.name),
        replacement: overrides.replacement(&enum_.name),
        variants,
    }
}

/// `Unrecognized` is the variant for text that is no member.
fn variant_ident(name: &str) -> Ident {
    let ident = Ident::camel(name);
    if ident.as_str() == "Unrecognized" { ident.reserved() } else { ident }
}
