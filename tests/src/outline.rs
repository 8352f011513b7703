//! A model as a few lines of text, for expectations that people read.
//!
//! One line for a type and one for each of its own properties, one for an enumeration, one for
//! each path of an operation. What is not said is the default: complex, nullable, documented,
//! with `id` as its key if it is an entity.

use std::fmt::{self, Write as _};

use docbind::model::{
    Api, Enum, Example, ExampleBody, Model, Operation, Permissions, Property, RequestBody, Type,
    TypeKind, TypeName, TypeRef,
};

/// What an outline says beside names, types and paths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// Descriptions, behind `--`.
    pub descriptions: bool,
    /// Headers and bodies of examples: `>` for the request, `<` for the answer.
    pub messages: bool,
    /// The file and line of each property, behind `@`.
    pub sources: bool,
}

impl Detail {
    /// What the words of an info string ask for.
    pub fn from_words(words: &str) -> Self {
        let asked = |name| words.split_whitespace().any(|word| word == name);
        Self {
            descriptions: asked("descriptions"),
            messages: asked("messages"),
            sources: asked("sources"),
        }
    }
}

/// The outline of all versions; a line names each where there are several.
pub fn outline_api(api: &Api, detail: Detail) -> String {
    let several = api.versions.len() > 1;
    api.versions.iter().fold(String::new(), |mut out, model| {
        if several {
            let version = model.api_version.as_deref().unwrap_or("without a name");
            out.push_str("version ");
            out.push_str(version);
            out.push('\n');
        }
        out + &outline(model, detail)
    })
}

/// The outline of one version.
pub fn outline(model: &Model, detail: Detail) -> String {
    let mut out = Outline { text: String::new(), detail };
    let written = out.write_model(model);
    debug_assert!(written.is_ok(), "writing to a string cannot fail");
    out.text
}

struct Outline {
    text: String,
    detail: Detail,
}

impl Outline {
    fn write_model(&mut self, model: &Model) -> fmt::Result {
        model.types.iter().try_for_each(|ty| self.write_type(ty))?;
        model.enums.iter().try_for_each(|enum_| self.write_enum(enum_))?;
        model.operations.iter().try_for_each(|operation| self.write_operation(operation))
    }

    fn write_type(&mut self, ty: &Type) -> fmt::Result {
        let kind = match ty.kind {
            TypeKind::Entity => "entity",
            TypeKind::Complex => "complex",
        };
        write!(self.text, "{kind} {}", ty.name)?;
        if let Some(base) = &ty.base {
            write!(self.text, ": {base}")?;
        }
        self.write_flags(&[
            (ty.is_abstract, "abstract"),
            (ty.is_open, "open"),
            (!ty.is_documented, "undocumented"),
            (ty.deprecated.is_some(), "deprecated"),
        ])?;
        if !(ty.key.is_empty() || ty.key == ["id"]) {
            write!(self.text, ", key {}", ty.key.join(" "))?;
        }
        for key in &ty.alternate_keys {
            write!(self.text, ", or by {key}")?;
        }
        self.end_line(ty.description.as_deref())?;
        ty.properties.iter().try_for_each(|property| self.write_property("  ", property))
    }

    fn write_property(&mut self, indent: &str, property: &Property) -> fmt::Result {
        write!(self.text, "{indent}{}: {}", property.name, type_text(&property.ty))?;
        self.write_flags(&[
            (property.is_navigation, "navigation"),
            (property.is_read_only, "read-only"),
            (property.is_nullable == Some(true), "nullable"),
            (property.is_nullable == Some(false), "not nullable"),
            (property.is_required, "required"),
            (property.deprecated.is_some(), "deprecated"),
        ])?;
        if !property.query_options.is_empty() {
            write!(self.text, " ${}", property.query_options.join(" $"))?;
        }
        if self.detail.sources {
            write!(self.text, " @ {}:{}", property.source.file, property.source.line)?;
        }
        self.end_line(property.description.as_deref())
    }

    fn write_enum(&mut self, enum_: &Enum) -> fmt::Result {
        write!(self.text, "enum {}", enum_.name)?;
        self.write_flags(&[
            (enum_.is_flags, "flags"),
            (enum_.is_evolvable, "evolvable"),
            (!enum_.is_documented, "undocumented"),
        ])?;
        write!(self.text, " =")?;
        for member in &enum_.members {
            write!(self.text, " {}", member.name)?;
            if let Some(value) = member.value {
                write!(self.text, "({value})")?;
            }
        }
        self.end_line(enum_.description.as_deref())?;
        if self.detail.descriptions {
            for member in &enum_.members {
                write!(self.text, "  {}", member.name)?;
                self.end_line(member.description.as_deref())?;
            }
        }
        Ok(())
    }

    fn write_operation(&mut self, operation: &Operation) -> fmt::Result {
        write!(self.text, "operation {} ({:?})", operation.id, operation.kind)?;
        self.write_flags(&[(operation.deprecated.is_some(), "deprecated")])?;
        self.end_line(operation.description.as_deref())?;
        for path in &operation.paths {
            writeln!(self.text, "  {} {}", operation.method.as_str(), path.template.text)?;
        }
        for parameter in &operation.parameters {
            let ty = type_text(&parameter.ty);
            write!(self.text, "  {:?} {}: {ty}", parameter.location, parameter.name)?;
            self.write_flags(&[(parameter.is_required, "required")])?;
            self.end_line(parameter.description.as_deref())?;
        }
        match &operation.request {
            Some(RequestBody::Type(ty)) => writeln!(self.text, "  request {}", type_text(ty))?,
            Some(RequestBody::Parameters(parameters)) => {
                writeln!(self.text, "  request")?;
                let mut parameters = parameters.iter();
                parameters.try_for_each(|parameter| self.write_property("    ", parameter))?;
            }
            None => {}
        }
        for response in &operation.responses {
            match &response.body {
                Some(body) => writeln!(self.text, "  {} {}", response.status, type_text(body))?,
                None => writeln!(self.text, "  {}", response.status)?,
            }
        }
        self.write_permissions("  ", &operation.permissions)?;
        for (subject, permissions) in &operation.permissions_by {
            writeln!(self.text, "  for {subject}")?;
            self.write_permissions("    ", permissions)?;
        }
        if !operation.query_options.is_empty() {
            writeln!(self.text, "  ${}", operation.query_options.join(" $"))?;
        }
        operation.examples.iter().try_for_each(|example| self.write_example(example))
    }

    fn write_permissions(&mut self, indent: &str, permissions: &Permissions) -> fmt::Result {
        for (label, scopes) in [
            ("work", &permissions.delegated_work),
            ("personal", &permissions.delegated_personal),
            ("application", &permissions.application),
        ] {
            if !scopes.is_empty() {
                writeln!(self.text, "{indent}{label} {}", scopes.join(", "))?;
            }
        }
        Ok(())
    }

    fn write_example(&mut self, example: &Example) -> fmt::Result {
        let url = example.request.as_ref().map_or("?", |request| request.url.as_str());
        let status = example.response.as_ref().map(|response| response.status.to_string());
        write!(self.text, "  example {url} -> {}", status.as_deref().unwrap_or("?"))?;
        if !self.detail.messages {
            return writeln!(self.text);
        }
        if let Some(name) = &example.name {
            write!(self.text, ", {name}")?;
        }
        writeln!(self.text)?;
        if let Some(request) = &example.request {
            writeln!(self.text, "    > {} {}", request.method.as_str(), request.url)?;
            self.write_message('>', &request.headers, request.body.as_ref())?;
        }
        if let Some(response) = &example.response {
            writeln!(self.text, "    < {}", response.status)?;
            self.write_message('<', &response.headers, response.body.as_ref())?;
        }
        Ok(())
    }

    fn write_message(
        &mut self,
        direction: char,
        headers: &[(String, String)],
        body: Option<&ExampleBody>,
    ) -> fmt::Result {
        for (name, value) in headers {
            writeln!(self.text, "    {direction} {name}: {value}")?;
        }
        let Some(body) = body else { return Ok(()) };
        let (kind, text) = match body {
            ExampleBody::Json { text, repaired: false } => ("json", text),
            ExampleBody::Json { text, repaired: true } => ("repaired", text),
            ExampleBody::Text(text) => ("text", text),
        };
        writeln!(self.text, "    {direction} {kind} {}", on_one_line(text))
    }

    fn write_flags(&mut self, flags: &[(bool, &str)]) -> fmt::Result {
        let mut set = flags.iter().filter(|(set, _)| *set);
        set.try_for_each(|(_, name)| write!(self.text, ", {name}"))
    }

    fn end_line(&mut self, description: Option<&str>) -> fmt::Result {
        if let Some(description) = description.filter(|_| self.detail.descriptions) {
            write!(self.text, " -- {}", on_one_line(description))?;
        }
        writeln!(self.text)
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn type_text(ty: &TypeRef) -> String {
    let name = match &ty.name {
        TypeName::Primitive(primitive) => primitive.full_name(),
        TypeName::Named(name) => name,
    };
    if ty.collection { format!("Collection({name})") } else { name.to_owned() }
}
