//! Pages about types: title, annotation, tables, JSON representation and base.

use std::collections::HashSet;

use super::declaration::{
    Declarations, JsonField, JsonShape, MethodRow, Place, Reference, TypeDeclaration, TypePlaces,
};
use super::row::{Rows, Subject};
use super::{Context, enum_table, lenient_json, link, row, translation, type_cell, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Primitive, is_dotted, is_identifier};
use crate::page::{Annotation, Block, CodeBlock, Container, MarkKind, Page, Section, Table, Text};
use crate::span::Spanned;

/// Reads the types, enumerations and Methods rows of the page.
pub(super) fn extract(context: &mut Context<'_>, declarations: &mut Declarations) {
    read_methods(context, declarations);
    enum_table::extract(context, declarations);
    // An operation page may show a resource in an example; its tables are parameters.
    if declarations.operations.is_empty() && !declarations.enums.iter().any(|enum_| enum_.own_page)
    {
        read_types(context, declarations);
    }
}

/// The part of the file name before `.md`.
pub(super) fn stem(page: &Page) -> &str {
    let file = page.path.rsplit('/').next().unwrap_or_default();
    file.strip_suffix(".md").unwrap_or(file)
}

/// The name that the title gives: the word that equals its slug without `-resource-type`.
pub(super) fn title_name(page: &Page) -> Option<String> {
    const SUFFIXES: [&str; 5] = ["type", "types", "object", "enumeration", "enum"];
    let key = page.title_key.as_str();
    let mut stem = key.strip_suffix("-deprecated").unwrap_or(key);
    for word in ["type", "types", "resource", "object", "enumeration", "enum", "entity", "complex"]
    {
        stem = stem.strip_suffix(word).and_then(|stem| stem.strip_suffix('-')).unwrap_or(stem);
    }
    for word in SUFFIXES.iter().chain(&["resource", "complex", "entity"]) {
        stem = stem.strip_suffix(word).and_then(|stem| stem.strip_suffix('-')).unwrap_or(stem);
    }
    let stem = stem.strip_prefix("enum-").unwrap_or(stem);
    if stem == key && stem.contains('-') {
        return None;
    }
    let title = page.title.as_ref()?;
    word_of_title(&title.value, stem).map(str::to_owned)
}

/// The word of a heading whose letters and digits are those of the slug `stem`.
pub(super) fn word_of_title<'a>(title: &'a str, stem: &str) -> Option<&'a str> {
    // `note-Ressourcentyp` is how German puts it.
    title
        .split(|char: char| char.is_whitespace() || char == '-')
        .map(|word| word.trim_matches(['*', '`', '"', ':', '(', ')']))
        .find(|word| {
            is_dotted(word) && {
                let folded = word.chars().filter(|&char| char != '.').flat_map(char::to_lowercase);
                folded.eq(stem.chars().filter(|&char| char != '.'))
            }
        })
}

/// The first type that a `resource` annotation names, with the annotation.
pub(super) fn annotated_type(page: &Page) -> Option<(String, &Annotation)> {
    annotations(page).find_map(|(annotation, _)| Some((annotated_name(annotation)?, annotation)))
}

fn annotated_name(annotation: &Annotation) -> Option<String> {
    let name = annotation.text("@odata.type").or_else(|| annotation.text("@type"))?;
    let name = name.trim().trim_start_matches('#').trim_end_matches('.');
    is_dotted(name).then(|| name.to_owned())
}

/// Reports the names of annotations that can be no names of types.
fn report_annotated_names(context: &mut Context<'_>) {
    for (annotation, _) in annotations(context.page) {
        let name = annotation.text("@odata.type").or_else(|| annotation.text("@type"));
        if let Some(name) =
            name.filter(|name| !name.is_empty() && annotated_name(annotation).is_none())
        {
            context.report(Diagnostic::warning(
                Code::UnreadableName,
                annotation.span,
                format!("`{}` is no name of a type", row::shorten(name)),
            ));
        }
    }
}

fn annotations(page: &Page) -> impl Iterator<Item = (&Annotation, Option<&CodeBlock>)> {
    page.sections
        .iter()
        .flat_map(|section| &section.blocks)
        .filter_map(|block| match block {
            Block::Code(code) => Some((code.annotation.as_ref()?, Some(code))),
            Block::Annotation(annotation) => Some((annotation, None)),
            _ => None,
        })
        .filter(|(annotation, _)| annotation.block_type() == "resource")
}

fn read_types(context: &mut Context<'_>, declarations: &mut Declarations) {
    let page = context.page;
    report_annotated_names(context);
    let mut annotated: Vec<_> =
        annotations(page).filter_map(|it| Some((annotated_name(it.0)?, it.0, it.1))).collect();
    let title_name = title_name(page);
    let mut fields: Vec<Vec<JsonField>> = annotated
        .iter()
        .map(|(_, _, code)| code.map(|code| read_json(context, code)).unwrap_or_default())
        .collect();
    let unannotated =
        if fields.iter().all(Vec::is_empty) { unannotated_json(context) } else { Vec::new() };
    let shown: HashSet<&str> =
        fields.iter().flatten().chain(&unannotated).map(|field| field.name.as_str()).collect();
    let tables = read_tables(context, &shown);
    // An overview may have a section about properties, too; a type has a name, or rows in a table.
    let key = page.title_key.strip_suffix("-deprecated").unwrap_or(&page.title_key);
    let says_type =
        !key.contains("-enum") && (key.ends_with("-type") || key.ends_with("-resource"));
    let is_type = !annotated.is_empty()
        || says_type
        || (tables.has_section && (title_name.is_some() || !tables.rows.is_empty()));
    if !is_type {
        return;
    }
    // The block that the title or the file names is the page's own; without one, the first is.
    let is_own = |name: &str| {
        let last = name.rsplit('.').next().unwrap_or(name).to_lowercase();
        title_name
            .as_ref()
            .is_some_and(|title| title.rsplit('.').next().unwrap_or(title).to_lowercase() == last)
            || stem(page).to_lowercase().rsplit('-').next() == Some(last.as_str())
    };
    let own = annotated.iter().position(|(name, ..)| is_own(name)).unwrap_or(0);
    if says_type
        && let Some((name, annotation, _)) = annotated.get_mut(own)
        && let Some(title) = report_title(context, name, annotation)
    {
        *name = title;
    }
    let has_methods = page.sections.iter().any(|section| section.key == "methods");
    let (base, base_place) = read_base(context).unzip();
    let abstract_place = find_abstract(context);
    let derived = read_derived(context);
    let (deprecated, deprecated_place) = context.deprecation();
    let places = TypePlaces {
        base: base_place,
        derived: derived.iter().map(|it| context.place(it.span)).collect(),
        is_abstract: abstract_place,
        deprecated: deprecated_place,
        ..TypePlaces::default()
    };
    let mut primary = TypeDeclaration {
        annotated_name: None,
        title_name,
        stem: stem(page).to_owned(),
        base,
        derived,
        says_base: says_base(context),
        annotated_base: None,
        is_abstract: abstract_place.is_some(),
        is_open: false,
        key: Vec::new(),
        alternate_keys: Vec::new(),
        description: context.description(),
        deprecated,
        rows: tables.rows,
        json: Vec::new(),
        has_methods,
        has_relationships: tables.has_relationships,
        place: context.place_of_page(),
        places,
    };
    let primary_name = annotated.get(own).map(|(name, ..)| name.to_lowercase());
    let mut others: Vec<TypeDeclaration> = Vec::new();
    for ((name, annotation, _), fields) in annotated.into_iter().zip(&mut fields) {
        let fields = std::mem::take(fields);
        if Some(name.to_lowercase()) == primary_name {
            primary.annotated_name.get_or_insert(name);
            apply_annotation(context, &mut primary, annotation, fields);
        } else {
            let mut other = bare_type(context, name, annotation);
            apply_annotation(context, &mut other, annotation, fields);
            others.push(other);
        }
    }
    if primary.json.is_empty() {
        primary.json = unannotated;
    }
    if context.is_localized {
        let shown: Vec<&str> = primary.json.iter().map(|field| field.name.as_str()).collect();
        translation::align(context, &mut primary.rows, &shown);
    }
    declarations.types.push(primary);
    declarations.types.extend(others);
}

/// Reports a title that names another type than the annotation. A page may leave the beginning of a
/// name out, as a title does that says `page` of the type `notebookPage`. Where the file has the name of
/// the title, the annotation was copied from another page: gives the name that counts instead.
fn report_title(
    context: &mut Context<'_>,
    annotated: &str,
    annotation: &Annotation,
) -> Option<String> {
    let title = title_name(context.page)?;
    let plain = |name: &str| {
        let name = name.rsplit('.').next().unwrap_or(name).to_lowercase();
        name.strip_suffix('s').map(str::to_owned).unwrap_or(name)
    };
    let (left, right) = (plain(annotated), plain(&title));
    if left.ends_with(&right) || right.ends_with(&left) {
        return None;
    }
    let last = title.rsplit('.').next().unwrap_or(&title);
    let is_of_file =
        stem(context.page).rsplit('-').next().is_some_and(|stem| words::equal(stem, last));
    let message = if is_of_file {
        format!("the title and the file say `{title}`, which counts, the annotation `{annotated}`")
    } else {
        format!("the title says `{title}`, the annotation `{annotated}`, which counts")
    };
    let span = context.place_of_page().span;
    context.report(
        Diagnostic::warning(Code::ContradictoryName, span, message)
            .label(annotation.span, "the annotation"),
    );
    let namespace = annotated.rsplit_once('.').map(|(namespace, _)| namespace);
    is_of_file.then(|| match namespace {
        Some(namespace) => format!("{namespace}.{last}"),
        None => last.to_owned(),
    })
}

/// A type that only a block on another type's page states.
fn bare_type(context: &Context<'_>, name: String, annotation: &Annotation) -> TypeDeclaration {
    TypeDeclaration {
        stem: name.rsplit('.').next().unwrap_or(&name).to_owned(),
        annotated_name: Some(name),
        title_name: None,
        base: None,
        derived: Vec::new(),
        says_base: false,
        annotated_base: None,
        is_abstract: false,
        is_open: false,
        key: Vec::new(),
        alternate_keys: Vec::new(),
        description: None,
        deprecated: None,
        rows: Vec::new(),
        json: Vec::new(),
        has_methods: false,
        has_relationships: false,
        place: context.place(annotation.span),
        places: TypePlaces::default(),
    }
}

fn apply_annotation(
    context: &Context<'_>,
    ty: &mut TypeDeclaration,
    annotation: &Annotation,
    fields: Vec<JsonField>,
) {
    let at = |member: &str| context.place_of_word(annotation.span, &member.to_ascii_lowercase());
    ty.places.annotation.get_or_insert_with(|| context.place(annotation.span));
    let name = ["@odata.type", "@type"].into_iter().find(|name| annotation.text(name).is_some());
    ty.places.name = ty.places.name.or_else(|| name.map(at));
    if let Some(base) = annotation
        .text("baseType")
        .map(|base| base.trim().trim_start_matches('#'))
        .filter(|base| is_dotted(base))
    {
        ty.annotated_base.get_or_insert(Spanned::new(base.to_owned(), annotation.span));
        ty.places.annotated_base.get_or_insert_with(|| at("baseType"));
    }
    if annotation.flag("openType") == Some(true) {
        ty.is_open = true;
        ty.places.is_open.get_or_insert_with(|| at("openType"));
    }
    for member in ["abstract", "isAbstract"] {
        if annotation.flag(member) == Some(true) {
            ty.is_abstract = true;
            ty.places.is_abstract.get_or_insert_with(|| at(member));
        }
    }
    if add_names(&mut ty.key, annotation, "keyProperty") > 0 {
        ty.places.key.get_or_insert_with(|| at("keyProperty"));
    }
    for member in ["alternateKey", "alternateKeys"] {
        let added = add_names(&mut ty.alternate_keys, annotation, member);
        ty.places.alternate_keys.extend((0..added).map(|_| at(member)));
    }
    merge_fields(&mut ty.json, fields);
}

/// Adds the names that a member of the annotation lists, and says how many were new.
fn add_names(list: &mut Vec<String>, annotation: &Annotation, member: &str) -> usize {
    let names: Vec<&str> = match annotation.members.get(member) {
        Some(serde_json::Value::String(names)) => names.split(',').collect(),
        Some(serde_json::Value::Array(names)) => {
            names.iter().filter_map(serde_json::Value::as_str).collect()
        }
        _ => Vec::new(),
    };
    let known = list.len();
    for name in names.into_iter().map(str::trim).filter(|name| is_identifier(name)).take(16) {
        if !list.iter().any(|known| known == name) {
            list.push(name.to_owned());
        }
    }
    list.len() - known
}

fn merge_fields(fields: &mut Vec<JsonField>, more: Vec<JsonField>) {
    if fields.is_empty() {
        *fields = more;
        return;
    }
    let known: HashSet<String> = fields.iter().map(|field| field.name.clone()).collect();
    fields.extend(more.into_iter().filter(|field| !known.contains(&field.name)));
}

/// What the Properties and Relationships sections hold.
struct Tables {
    rows: Vec<super::PropertyRow>,
    has_section: bool,
    has_relationships: bool,
}

/// `shown` holds the names that JSON shows: a table further down that shares none of them with it
/// describes something else, such as the JSON inside of a string.
fn read_tables(context: &mut Context<'_>, shown: &HashSet<&str>) -> Tables {
    let page = context.page;
    let mut rows = Rows::default();
    let (mut has_section, mut has_relationships) = (false, false);
    let mut unread = None;
    for sections in page.sections_under(|section| subject(section).is_some()) {
        has_section = true;
        for section in sections {
            // "X values" below Properties is an enumeration.
            if section.key.ends_with("-values") || section.key.ends_with("-value") {
                continue;
            }
            let subject =
                subject(section).or_else(|| subject(&sections[0])).unwrap_or(Subject::Properties);
            for block in &section.blocks {
                if let Block::Table(table) = block {
                    let is_own = section.level == 2
                        || section.key == "properties"
                        || subject == Subject::Relationships;
                    if !is_own && !shown.is_empty() && !shows_any(table, shown) {
                        continue;
                    }
                    has_relationships |=
                        subject == Subject::Relationships && !table.rows.is_empty();
                    if !rows.add_table(context, table, subject) {
                        unread.get_or_insert(table);
                    }
                }
            }
        }
    }
    // Beside a table of properties, another one is a remark.
    if let Some(table) = unread.filter(|_| rows.is_empty()) {
        row::report_table(context, table);
    }
    has_section |=
        page.sections.iter().any(|section| section.key.starts_with("json-representation"));
    Tables { rows: rows.into_list(), has_section, has_relationships }
}

fn shows_any(table: &Table, shown: &HashSet<&str>) -> bool {
    table
        .rows
        .iter()
        .filter_map(|row| row.cells.first())
        .any(|cell| shown.contains(cell.plain.trim()))
}

/// Whether a section states what a type is made of.
pub(super) fn is_own_section(section: &Section) -> bool {
    subject(section).is_some()
}

fn subject(section: &Section) -> Option<Subject> {
    if section.level < 2 {
        return None;
    }
    match section.key.as_str() {
        key if key.starts_with("relationship") || key.starts_with("navigation-propert") => {
            Some(Subject::Relationships)
        }
        key if key.starts_with("propert")
            || key.ends_with("-properties")
            || key == "instance-attributes" =>
        {
            Some(Subject::Properties)
        }
        _ => None,
    }
}

/// The type that the page's own extends: "Inherits from [x]" in the introduction, or above a table.
fn read_base(context: &Context<'_>) -> Option<(Reference, Place)> {
    let tables = context
        .page
        .sections
        .iter()
        .filter(|section| section.level == 2 && subject(section).is_some());
    let texts = tables.flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Text(text) => Some(text),
        _ => None,
    });
    context.introduction().chain(texts).find_map(|text| {
        let (start, end) = words::find_inheritance(&text.plain)?;
        if !speaks_of_the_type(&text.plain[..start]) {
            return None;
        }
        let base = row::reference_behind(text, end, &context.page.path)?;
        let words = text.plain[start..end].to_ascii_lowercase();
        Some((base, context.place_of_word(text.span, &words)))
    })
}

/// Whether what stands before "inherits from" in its sentence can be the type: nothing, or a few
/// words. "Whether the license is inherited from a group" speaks of something else.
fn speaks_of_the_type(before: &str) -> bool {
    let sentence = before.rsplit(['.', '\n', ';']).next().unwrap_or(before).trim().to_lowercase();
    let is_other =
        ["whether ", "all ", " or ", "if ", "which ", "that is ", "can be ", "not ", "properties "]
            .iter()
            .any(|word| format!("{sentence} ").contains(word));
    !is_other && sentence.split_whitespace().count() <= 12
}

/// The types that the page says extend its own: under "Derived types", or in a sentence such as
/// "the base type for [x] and [y]", or in the list that such a sentence introduces.
fn read_derived(context: &Context<'_>) -> Vec<Reference> {
    let page = context.page;
    let mut derived = Vec::new();
    for section in page
        .sections
        .iter()
        .filter(|section| section.level > 1 && section.key.starts_with("derived-type"))
    {
        for block in &section.blocks {
            match block {
                Block::Text(text) => {
                    derived.extend(resources_between(text, 0, text.plain.len(), &page.path));
                }
                Block::Table(table) => {
                    let cells = table.rows.iter().filter_map(|row| row.cells.first());
                    derived.extend(
                        cells.flat_map(|cell| {
                            resources_between(cell, 0, cell.plain.len(), &page.path)
                        }),
                    );
                }
                Block::Code(_) | Block::Annotation(_) => {}
            }
        }
    }
    let mut in_list = false;
    for text in context.introduction() {
        if in_list && text.container == Container::List {
            derived.extend(resources_between(text, 0, 8, &page.path));
            continue;
        }
        in_list = false;
        let Some(at) = words::find_derivation(&text.plain) else { continue };
        let end = words::sentence_end(&text.plain, at);
        let sentence = &text.plain[at..end];
        let of_this =
            words::has(sentence, "subclasses of") || words::has(sentence, "derived types of");
        // "The base class for actions in [x]" does not say that x is derived.
        let first_link = text
            .marks
            .iter()
            .find(|mark| mark.range.start >= at && matches!(mark.kind, MarkKind::Link(_)));
        let before =
            first_link.map_or("", |mark| text.plain.get(at..mark.range.start).unwrap_or_default());
        if of_this
            || ![" in ", " used ", " by ", " of the "].iter().any(|word| words::has(before, word))
        {
            derived.extend(resources_between(text, if of_this { 0 } else { at }, end, &page.path));
        }
        in_list = text.plain.trim_end().ends_with(':');
    }
    derived
}

/// The resource pages that links in a part of the text lead to.
fn resources_between<'a>(
    text: &'a Text,
    start: usize,
    end: usize,
    page: &'a str,
) -> impl Iterator<Item = Reference> + use<'a> {
    text.marks
        .iter()
        .filter(move |mark| mark.range.start >= start && mark.range.start < end)
        .take(200)
        .filter_map(move |mark| {
            let MarkKind::Link(target) = &mark.kind else { return None };
            let target = link::resolve(page, target)
                .filter(|target| target.page.starts_with("resources/"))?;
            let name = text.plain[mark.range.clone()].trim().trim_matches(['*', '`']).to_owned();
            Some(Reference { name, target: Some(target), span: text.span })
        })
}

/// Whether the page calls its type a base without saying of what.
fn says_base(context: &Context<'_>) -> bool {
    const WORDS: [&str; 7] = [
        "superclass",
        "base class",
        "base type",
        "abstract class",
        "abstract type",
        "abstract base",
        "are subclasses",
    ];
    let may_say =
        |text: &Text| words::has_head(&text.plain, &[b"supe", b"base", b"abst", b"subc", b"are "]);
    context
        .introduction()
        .any(|text| may_say(text) && WORDS.iter().any(|words| words::has(&text.plain, words)))
}

/// Where the page says that its type is abstract.
fn find_abstract(context: &Context<'_>) -> Option<Place> {
    let said = context.introduction().find(|text| {
        let text = text.plain.as_str();
        words::has(text, "abstract type")
            || words::has(text, "an abstract ")
            || words::has(text, "is abstract")
    });
    said.map(|text| context.place_of_word(text.span, "abstract"))
}

/// The JSON representation of a page whose block has no annotation.
fn unannotated_json(context: &mut Context<'_>) -> Vec<JsonField> {
    let page = context.page;
    let code = page
        .sections
        .iter()
        .filter(|section| section.key.starts_with("json-representation"))
        .flat_map(|section| &section.blocks)
        .find_map(|block| match block {
            Block::Code(code) => Some(code),
            _ => None,
        });
    code.map(|code| read_json(context, code)).unwrap_or_default()
}

fn read_json(context: &mut Context<'_>, code: &CodeBlock) -> Vec<JsonField> {
    let (value, flaw) = match lenient_json::value(&code.text) {
        Ok(read) => read,
        Err(flaw) => {
            let message = format!("the JSON representation cannot be read: {}", flaw.text);
            context.report(Diagnostic::warning(
                Code::InvalidJson,
                context.span_in_code(code, flaw.offset),
                message,
            ));
            return Vec::new();
        }
    };
    if let Some(flaw) = flaw {
        let message = format!("the JSON representation has {}", flaw.text);
        context.report(Diagnostic::warning(
            Code::LenientJson,
            context.span_in_code(code, flaw.offset),
            message,
        ));
    }
    let serde_json::Value::Object(members) = value else { return Vec::new() };
    members
        .iter()
        .filter(|(name, _)| is_identifier(name))
        .map(|(name, value)| {
            let (shape, collection) = match value {
                serde_json::Value::Array(items) => {
                    (items.first().map_or(JsonShape::Unknown, shape), true)
                }
                value => (shape(value), false),
            };
            JsonField { name: name.clone(), shape, collection }
        })
        .collect()
}

fn shape(value: &serde_json::Value) -> JsonShape {
    match value {
        serde_json::Value::Bool(_) => JsonShape::Primitive(Primitive::Boolean),
        serde_json::Value::Number(number) if number.is_f64() => {
            JsonShape::Primitive(Primitive::Double)
        }
        serde_json::Value::Number(_) => JsonShape::Primitive(Primitive::Int32),
        serde_json::Value::String(text) => JsonShape::Primitive(word_shape(text)),
        serde_json::Value::Object(members) => match members
            .get("@odata.type")
            .or_else(|| members.get("@type"))
        {
            Some(serde_json::Value::String(name)) if is_dotted(name.trim_start_matches('#')) => {
                JsonShape::Named(name.trim_start_matches('#').to_owned())
            }
            _ => JsonShape::Object,
        },
        serde_json::Value::Null | serde_json::Value::Array(_) => JsonShape::Unknown,
    }
}

/// The type that a word such as `String (timestamp)` stands for; samples are strings.
fn word_shape(text: &str) -> Primitive {
    let (word, remark) = text.split_once('(').unwrap_or((text, ""));
    match (
        Primitive::from_word(word.trim()),
        remark.trim_end_matches(')').trim().to_lowercase().as_str(),
    ) {
        (Some(Primitive::String), "timestamp") => Primitive::DateTimeOffset,
        (Some(Primitive::String), "duration" | "iso 8601 duration") => Primitive::Duration,
        (Some(Primitive::String), "time of day" | "timeofday") => Primitive::TimeOfDay,
        (Some(Primitive::String), "binary") => Primitive::Binary,
        (Some(primitive), _) => primitive,
        (None, _) => Primitive::String,
    }
}

fn read_methods(context: &mut Context<'_>, declarations: &mut Declarations) {
    let page = context.page;
    for sections in page.sections_under(|section| section.key == "methods") {
        for block in sections.iter().flat_map(|section| &section.blocks) {
            if let Block::Table(table) = block {
                read_method_table(page, table, declarations);
            }
        }
    }
}

fn read_method_table(page: &Page, table: &Table, declarations: &mut Declarations) {
    for row in &table.rows {
        let target = row.cells.first().and_then(|cell| {
            cell.links().find_map(|(_, target)| {
                link::resolve(&page.path, target).filter(|target| target.page.starts_with("api/"))
            })
        });
        let Some(target) = target else { continue };
        let returns = row
            .cells
            .get(1)
            .filter(|cell| !cell.is_empty())
            .map(|cell| type_cell::parse(cell, &page.path));
        let returns = returns.filter(|ty| !words::equal(&ty.reference.name, "none"));
        declarations.methods.push(MethodRow { page: target.page, returns });
    }
}
