//! One type out of all pages that state something of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::names::{self, Kind, Names, last_part};
use super::{Scope, names::type_name};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::{JsonField, JsonShape, Place, PropertyRow, TypeDeclaration};
use crate::hash::HashMap;
use crate::lower::Lower;
use crate::model::{Primitive, Property, Source, Type, TypeKind, TypeName, TypeRef, TypeSources};
use crate::span::Span;

/// A type while its facts come together.
#[derive(Clone, Debug)]
pub(super) struct TypeDraft {
    pub(super) name: Arc<str>,
    pub(super) is_documented: bool,
    pub(super) base: Option<Arc<str>>,
    /// Whether operations and examples give the base away, and no page states it.
    pub(super) is_base_inferred: bool,
    /// What pages say the base is, the surest first.
    pub(super) stated_bases: Vec<StatedBase>,
    /// The types that rows are inherited from.
    pub(super) inherited_from: Vec<Arc<str>>,
    /// The types that its page says extend it.
    pub(super) derived: Vec<(Arc<str>, Option<Source>)>,
    /// Whether its page calls it a base.
    pub(super) says_base: bool,
    pub(super) kind: TypeKind,
    pub(super) is_abstract: bool,
    pub(super) is_open: bool,
    pub(super) key: Vec<String>,
    /// The key that annotations name, whether or not the type turns out to have one.
    pub(super) stated_key: Vec<String>,
    pub(super) alternate_keys: Vec<String>,
    pub(super) description: Option<String>,
    pub(super) deprecated: Option<String>,
    pub(super) has_methods: bool,
    pub(super) has_relationships: bool,
    pub(super) properties: Vec<PropertyDraft>,
    pub(super) by_name: HashMap<String, usize>,
    pub(super) source: Source,
    pub(super) sources: TypeSources,
    pub(super) span: Option<Span>,
}

/// What a page says the base is.
#[derive(Clone, Debug)]
pub(super) struct StatedBase {
    pub(super) name: Arc<str>,
    pub(super) span: Span,
    pub(super) source: Option<Source>,
}

/// A property with what decides whether it stays.
#[derive(Clone, Debug)]
pub(super) struct PropertyDraft {
    pub(super) property: Property,
    pub(super) inherited_from: Option<Arc<str>>,
    /// The types that it may hold, where the page names several.
    pub(super) alternatives: Vec<Arc<str>>,
    pub(super) is_relationship: bool,
    pub(super) span: Span,
}

/// All types of one version, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Types {
    list: Vec<TypeDraft>,
    index: HashMap<Arc<str>, usize>,
}

impl Types {
    pub(super) fn get(&self, name: &str) -> Option<&TypeDraft> {
        self.index.get(name).map(|&at| &self.list[at])
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut TypeDraft> {
        self.index.get(name).map(|&at| &mut self.list[at])
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &TypeDraft> {
        self.list.iter()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut TypeDraft> {
        self.list.iter_mut()
    }

    fn push(&mut self, ty: TypeDraft) {
        self.index.insert(Arc::clone(&ty.name), self.list.len());
        self.list.push(ty);
    }

    /// The type and those it extends, the nearest first. Bases form no cycle once they are settled.
    pub(super) fn ancestry<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a TypeDraft> {
        std::iter::successors(self.get(name), |ty| self.get(ty.base.as_deref()?))
            .take(self.list.len())
    }

    /// Whether `name` is `base` or extends it.
    pub(super) fn is_a(&self, name: &str, base: &str) -> bool {
        name == base
            || self.ancestry(name).any(|ty| &*ty.name == base || ty.base.as_deref() == Some(base))
    }

    /// A property, own or inherited, whatever the case of its name.
    pub(super) fn property(&self, ty: &str, name: &str) -> Option<&PropertyDraft> {
        let lower = Lower::new(name);
        self.ancestry(ty).find_map(|ty| ty.by_name.get(&*lower).map(|&at| &ty.properties[at]))
    }

    /// The types of the model.
    pub(super) fn finish(self) -> Vec<Type> {
        self.list.into_iter().map(finish_type).collect()
    }
}

fn finish_type(mut draft: TypeDraft) -> Type {
    if draft.key.is_empty() || draft.key != draft.stated_key {
        draft.sources.key = None;
    }
    Type {
        name: draft.name.to_string(),
        kind: draft.kind,
        base: draft.base.map(|base| base.to_string()),
        is_base_inferred: draft.is_base_inferred,
        is_abstract: draft.is_abstract,
        is_open: draft.is_open,
        is_documented: draft.is_documented,
        is_reduced: false,
        key: draft.key,
        alternate_keys: draft.alternate_keys,
        description: draft.description,
        deprecated: draft.deprecated,
        properties: draft.properties.into_iter().map(|draft| draft.property).collect(),
        source: draft.source,
        sources: draft.sources,
    }
}

/// Brings the statements on each type together, and makes shells of those that are only mentioned.
pub(super) fn merge(pages: &[Scope<'_>], names: &Names, diagnostics: &mut Diagnostics) -> Types {
    let mut statements: BTreeMap<Arc<str>, Vec<(&TypeDeclaration, &Scope<'_>)>> = BTreeMap::new();
    for scope in pages {
        for ty in &scope.page.types {
            if let Some((name, Kind::Type)) = names.full(&type_name(ty, scope)) {
                statements.entry(name).or_default().push((ty, scope));
            }
        }
    }
    let mut types = Types::default();
    let merged: Vec<_> = statements
        .into_par_iter()
        .map(|(name, mut statements)| {
            // The page without an area in front of its name states the type itself.
            statements.sort_by_key(|(ty, scope)| (!is_own_page(ty, &name), scope.key.clone()));
            let mut diagnostics = Diagnostics::new();
            (merge_type(name, &statements, names, &mut diagnostics), diagnostics)
        })
        .collect();
    for (ty, found) in merged {
        types.push(ty);
        diagnostics.extend(found);
    }
    for (name, source) in names.shells() {
        types.push(TypeDraft { source, ..shell(name) });
    }
    types
}

fn is_own_page(ty: &TypeDeclaration, name: &str) -> bool {
    ty.stem.eq_ignore_ascii_case(last_part(name))
}

fn shell(name: Arc<str>) -> TypeDraft {
    TypeDraft {
        name,
        is_documented: false,
        base: None,
        is_base_inferred: false,
        stated_bases: Vec::new(),
        inherited_from: Vec::new(),
        derived: Vec::new(),
        says_base: false,
        kind: TypeKind::Complex,
        is_abstract: false,
        is_open: true,
        key: Vec::new(),
        stated_key: Vec::new(),
        alternate_keys: Vec::new(),
        description: None,
        deprecated: None,
        has_methods: false,
        has_relationships: false,
        properties: Vec::new(),
        by_name: HashMap::default(),
        source: Source { file: Arc::from(""), line: 0 },
        sources: TypeSources::default(),
        span: None,
    }
}

fn merge_type(
    name: Arc<str>,
    statements: &[(&TypeDeclaration, &Scope<'_>)],
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> TypeDraft {
    let mut draft = shell(name);
    draft.is_documented = true;
    draft.is_open = false;
    if let [(first, scope), ..] = statements {
        draft.source = scope.source(first.place);
        draft.span = Some(first.place.span);
    }
    for (ty, scope) in statements {
        merge_statement(&mut draft, ty, scope, names, diagnostics);
    }
    // What the JSON shows and no table lists is there, too: pages that have no page for their base
    // show what they inherit in no other way.
    let listed = draft.properties.len();
    for (ty, scope) in statements {
        for field in &ty.json {
            add_field(&mut draft, field, ty.place, scope, names);
        }
    }
    if listed > 0 && draft.stated_bases.is_empty() {
        for property in &draft.properties[listed..] {
            let message = format!(
                "the JSON representation shows `{}`, which no table lists",
                property.property.name
            );
            diagnostics.push(Diagnostic::warning(Code::PropertyWithoutRow, property.span, message));
        }
    }
    draft
}

fn merge_statement(
    draft: &mut TypeDraft,
    ty: &TypeDeclaration,
    scope: &Scope<'_>,
    names: &Names,
    diagnostics: &mut Diagnostics,
) {
    state_base(draft, ty, scope, names, diagnostics);
    merge_places(draft, ty, scope);
    for (at, derived) in ty.derived.iter().enumerate() {
        let source = ty.places.derived.get(at).map(|place| scope.source(*place));
        draft.derived.extend(names.reference(derived, scope).map(|name| (name, source)));
    }
    draft.says_base |= ty.says_base;
    draft.is_abstract |= ty.is_abstract;
    draft.is_open |= ty.is_open;
    draft.has_methods |= ty.has_methods;
    draft.has_relationships |= ty.has_relationships;
    if draft.stated_key.is_empty() {
        draft.stated_key.clone_from(&ty.key);
    }
    for key in &ty.alternate_keys {
        if !draft.alternate_keys.contains(key) {
            draft.alternate_keys.push(key.clone());
        }
    }
    draft.description = draft.description.take().or_else(|| ty.description.clone());
    draft.deprecated = draft.deprecated.take().or_else(|| ty.deprecated.clone());
    let spellings: HashMap<String, &str> =
        ty.json.iter().map(|field| (field.name.to_lowercase(), field.name.as_str())).collect();
    for row in &ty.rows {
        let mut added = property(row, scope, names, diagnostics);
        if let Some(spelling) = spellings.get(&row.name.to_lowercase()) {
            (*spelling).clone_into(&mut added.property.name);
        }
        add_property(draft, added, diagnostics);
    }
}

/// Where the facts stand that this statement adds: each where it is stated first.
fn merge_places(draft: &mut TypeDraft, ty: &TypeDeclaration, scope: &Scope<'_>) {
    let (places, sources) = (&ty.places, &mut draft.sources);
    for (known, place) in [
        (&mut sources.annotation, places.annotation),
        (&mut sources.name, places.name),
        (&mut sources.is_abstract, places.is_abstract),
        (&mut sources.is_open, places.is_open),
        (&mut sources.key, places.key),
        (&mut sources.deprecated, places.deprecated),
    ] {
        *known = known.take().or_else(|| place.map(|place| scope.source(place)));
    }
    for (key, place) in ty.alternate_keys.iter().zip(&places.alternate_keys) {
        sources.alternate_keys.entry(key.clone()).or_insert_with(|| scope.source(*place));
    }
}

fn state_base(
    draft: &mut TypeDraft,
    ty: &TypeDeclaration,
    scope: &Scope<'_>,
    names: &Names,
    diagnostics: &mut Diagnostics,
) {
    let state = |name, span, place: Option<Place>| StatedBase {
        name,
        span,
        source: place.map(|place| scope.source(place)),
    };
    let text = ty
        .base
        .as_ref()
        .and_then(|base| Some(state(names.reference(base, scope)?, base.span, ty.places.base)));
    let annotated = ty.annotated_base.as_ref().and_then(|base| {
        let reference =
            crate::extract::Reference { name: base.value.clone(), target: None, span: base.span };
        Some(state(names.reference(&reference, scope)?, base.span, ty.places.annotated_base))
    });
    if let (Some(text), Some(annotated)) = (&text, &annotated)
        && text.name != annotated.name
    {
        diagnostics.push(
            Diagnostic::warning(
                Code::ContradictoryBase,
                annotated.span,
                format!(
                    "the annotation says `{}` extends `{}`, the text says `{}`",
                    draft.name, annotated.name, text.name
                ),
            )
            .label(text.span, "the text, which counts"),
        );
    }
    for stated in text.into_iter().chain(annotated) {
        let StatedBase { name: base, span, .. } = &stated;
        let span = *span;
        if *base == draft.name {
            let message = format!("`{base}` is said to extend itself, which is left out");
            diagnostics.push(Diagnostic::warning(Code::CyclicInheritance, span, message));
            continue;
        }
        if names.kind(base) == Some(Kind::Shell) {
            diagnostics.push(unknown_type(base, span, names, NO_PAGE));
        }
        draft.stated_bases.push(stated);
    }
}

/// A row as a property.
pub(super) fn property(
    row: &PropertyRow,
    scope: &Scope<'_>,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> PropertyDraft {
    let (ty, unread_type) = row_type(row, scope, names, diagnostics);
    PropertyDraft {
        property: Property {
            name: row.name.clone(),
            ty,
            is_navigation: row.is_relationship,
            is_read_only: row.is_read_only,
            is_nullable: row.is_nullable,
            is_required: row.is_required,
            requirement: None,
            description: row.description.clone(),
            deprecated: row.deprecated.clone(),
            query_options: row.query_options.clone(),
            is_stated: true,
            unread_type,
            source: scope.source(row.place),
        },
        inherited_from: row.inherited_from.as_ref().and_then(|from| names.reference(from, scope)),
        alternatives: row
            .ty
            .alternatives
            .iter()
            .filter_map(|other| names.reference(other, scope))
            .collect(),
        is_relationship: row.is_relationship,
        span: row.place.span,
    }
}

/// The type of a row, and what it says where that means nothing, which is reported and holds any JSON
/// value.
pub(super) fn row_type(
    row: &PropertyRow,
    scope: &Scope<'_>,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> (TypeRef, Option<String>) {
    let stated = names.type_ref(&row.ty, scope);
    let span = row.ty.reference.span;
    if let Some(other) = names.other_target(&row.ty.reference).filter(|_| {
        // The text of a link is translated, its target is not.
        row.ty.primitive.is_none() && !scope.page.is_localized
    }) {
        let (text, other) = (&row.ty.reference.name, names::last_part(&other));
        let message = format!("the text says `{text}`, but the link leads to `{other}`");
        diagnostics.push(Diagnostic::warning(Code::LinkDisagrees, span, message));
    }
    match &stated {
        Some(TypeRef { name: TypeName::Named(name), .. })
            if names.kind(name) == Some(Kind::Shell) =>
        {
            diagnostics.push(unknown_type(name, span, names, NO_PAGE));
        }
        None if row.ty.reference.name.is_empty() => {
            let message = format!("the row of `{}` does not say what type it has", row.name);
            diagnostics.push(Diagnostic::warning(Code::UnreadableType, span, message));
        }
        None => diagnostics.push(unknown_type(
            &row.ty.reference.name,
            span,
            names,
            "add a page for it, link to its page, or write its full name",
        )),
        Some(TypeRef { name: TypeName::Primitive(primitive), .. })
            if row.ty.primitive.is_none() =>
        {
            let meant = names::last_part(primitive.full_name());
            let slip = undocumented(&row.ty.reference.name, span);
            diagnostics.push(slip.help(format!("it is read as `{meant}`: mend its spelling")));
        }
        Some(_) => {}
    }
    let name = || row.ty.reference.name.clone();
    if let Some(stated) = stated {
        let is_slip = row.ty.primitive.is_none() && matches!(stated.name, TypeName::Primitive(_));
        (stated, is_slip.then(name))
    } else {
        let any = TypeName::Primitive(Primitive::Untyped);
        (TypeRef { name: any, collection: row.ty.collection }, Some(name()))
    }
}

/// What to do about a full name, or a link.
pub(super) const NO_PAGE: &str = "add a page for it";

/// That a name stands for nothing, and what to do unless another is meant.
pub(super) fn unknown_type(name: &str, span: Span, names: &Names, remedy: &str) -> Diagnostic {
    let help = match names.nearest(name) {
        Some(near) => format!("is it `{near}`? if not, {remedy}"),
        None => remedy.to_owned(),
    };
    undocumented(name, span).help(help)
}

/// That a name stands for nothing.
pub(super) fn undocumented(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(Code::UnknownType, span, format!("type `{name}` is not documented"))
}

fn add_property(draft: &mut TypeDraft, added: PropertyDraft, diagnostics: &mut Diagnostics) {
    let lower = added.property.name.to_lowercase();
    let Some(&at) = draft.by_name.get(&lower) else {
        draft.by_name.insert(lower, draft.properties.len());
        draft.properties.push(added);
        return;
    };
    let known = &mut draft.properties[at];
    if known.property.ty != added.property.ty {
        diagnostics.push(
            Diagnostic::warning(
                Code::ContradictoryProperty,
                added.span,
                format!(
                    "`{}` is {} here and {} elsewhere",
                    added.property.name,
                    describe(&added.property.ty),
                    describe(&known.property.ty)
                ),
            )
            .label(known.span, "the statement that counts"),
        );
    }
    known.inherited_from = known.inherited_from.take().or(added.inherited_from);
    // A property that both tables list is a relationship, whichever comes first.
    known.is_relationship |= added.is_relationship;
    known.property.is_navigation |= added.property.is_navigation;
    known.property.description = known.property.description.take().or(added.property.description);
    known.property.is_nullable = known.property.is_nullable.or(added.property.is_nullable);
    known.property.deprecated = known.property.deprecated.take().or(added.property.deprecated);
}

/// A type in a message.
pub(super) fn describe(ty: &TypeRef) -> String {
    let name = match &ty.name {
        TypeName::Primitive(primitive) => primitive.full_name(),
        TypeName::Named(name) => name,
    };
    if ty.collection { format!("a collection of `{name}`") } else { format!("`{name}`") }
}

/// Adds a property that only JSON shows.
pub(super) fn add_field(
    draft: &mut TypeDraft,
    field: &JsonField,
    place: Place,
    scope: &Scope<'_>,
    names: &Names,
) {
    let lower = field.name.to_lowercase();
    if draft.by_name.contains_key(&lower) {
        return;
    }
    let name = match &field.shape {
        JsonShape::Primitive(primitive) => TypeName::Primitive(*primitive),
        JsonShape::Named(name) => match names
            .full(name)
            .map(|found| found.0)
            .or_else(|| names.word(names::last_part(name)))
        {
            Some(name) => TypeName::Named(name),
            None => TypeName::Primitive(Primitive::Untyped),
        },
        JsonShape::Object | JsonShape::Unknown => TypeName::Primitive(Primitive::Untyped),
    };
    draft.by_name.insert(lower, draft.properties.len());
    draft.properties.push(PropertyDraft {
        property: Property {
            name: field.name.clone(),
            ty: TypeRef { name, collection: field.collection },
            is_navigation: false,
            is_read_only: false,
            is_nullable: None,
            is_required: false,
            requirement: None,
            description: None,
            deprecated: None,
            query_options: Vec::new(),
            is_stated: false,
            unread_type: None,
            source: scope.source(place),
        },
        inherited_from: None,
        alternatives: Vec::new(),
        is_relationship: false,
        span: place.span,
    });
}
