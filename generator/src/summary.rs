//! A run in numbers: what was read, what the model holds, what is callable, what was left out.

use std::collections::BTreeMap;
use std::fmt;

use crate::diagnostic::{Code, Cost, Diagnostic, Severity};
use crate::docs::Docs;
use crate::model::{Api, Example, ExampleBody, Model, Profile, Type};

/// What a run did, counted. [`Display`](fmt::Display) gives a few aligned lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What the service is taken to be.
    pub profile: Profile,
    /// How many pages were read.
    pub pages: usize,
    /// The versions, each with what its model holds.
    pub versions: Vec<VersionSummary>,
    /// How many diagnostics there are of each kind.
    pub diagnostics: BTreeMap<(Severity, Code), usize>,
}

/// What the model of one version holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionSummary {
    /// The version, or nothing.
    pub version: Option<String>,
    /// Entity and complex types that a page documents.
    pub types: usize,
    /// Open shells: types that are only referred to, or of which filters left no more.
    pub shells: usize,
    /// Enumerations.
    pub enums: usize,
    /// Operations.
    pub operations: usize,
    /// Examples of operations.
    pub examples: usize,
    /// Bodies of examples that are JSON, those included that had to be repaired.
    pub json_bodies: usize,
    /// Bodies of examples that had to be repaired.
    pub repaired_bodies: usize,
}

/// Which of the documented pairs of method and path can be called in the generated crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// How many can be called, over all versions.
    pub callable: usize,
    /// Why others cannot, each with its place: `path:line: message`.
    pub impossible: Vec<String>,
}

impl Endpoints {
    pub(crate) fn new(callable: usize, docs: &Docs, diagnostics: &[Diagnostic]) -> Self {
        let is_path = |diagnostic: &&Diagnostic| NO_ENDPOINT.contains(&diagnostic.code);
        let impossible = diagnostics.iter().filter(is_path).map(|diagnostic| {
            let file = &docs.file(diagnostic.span.file).path;
            format!("{file}:{}: {}", docs.line(diagnostic.span), diagnostic.message)
        });
        Self { callable, impossible: impossible.collect() }
    }
}

/// A number with what it counts, in the singular or the plural: `1 file`, `2 files`, `no files`.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// What makes of a documented request line no endpoint.
const NO_ENDPOINT: [Code; 4] =
    [Code::ImpossiblePath, Code::PathLimit, Code::PathWithEllipsis, Code::UnreadablePath];

impl Summary {
    /// Counts what was read.
    pub fn new(docs: &Docs, api: &Api, diagnostics: &[Diagnostic]) -> Self {
        let mut by_code = BTreeMap::new();
        for diagnostic in diagnostics {
            *by_code.entry((diagnostic.severity, diagnostic.code)).or_default() += 1;
        }
        Self {
            profile: api.profile.clone(),
            pages: docs.pages().count(),
            versions: api.versions.iter().map(VersionSummary::new).collect(),
            diagnostics: by_code,
        }
    }
}

impl VersionSummary {
    fn new(model: &Model) -> Self {
        let examples: Vec<_> =
            model.operations.iter().flat_map(|operation| &operation.examples).collect();
        let bodies = || examples.iter().flat_map(|example| bodies(example));
        let is_repaired =
            |body: &&ExampleBody| matches!(body, ExampleBody::Json { repaired: true, .. });
        let is_whole = |ty: &&Type| ty.is_documented && !ty.is_reduced;
        let types = model.types.iter().filter(is_whole).count();
        Self {
            version: model.api_version.clone(),
            types,
            shells: model.types.len() - types,
            enums: model.enums.len(),
            operations: model.operations.len(),
            examples: examples.len(),
            json_bodies: bodies().filter(|body| matches!(body, ExampleBody::Json { .. })).count(),
            repaired_bodies: bodies().filter(is_repaired).count(),
        }
    }
}

fn bodies(example: &Example) -> impl Iterator<Item = &ExampleBody> {
    let request = example.request.as_ref().and_then(|request| request.body.as_ref());
    let response = example.response.as_ref().and_then(|response| response.body.as_ref());
    request.into_iter().chain(response)
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Profile { root_namespace, base_url, .. } = &self.profile;
        let place = match base_url {
            Some(base_url) => format!(" at {base_url}"),
            None => ", at no URL that a page shows (state `base-url`)".to_owned(),
        };
        writeln!(formatter, "{:14}{root_namespace}{place}", "service")?;
        writeln!(formatter, "{:14}{}", "pages", self.pages)?;
        for version in &self.versions {
            if let Some(name) = &version.version {
                writeln!(formatter, "{name}")?;
            }
            write!(formatter, "{version}")?;
        }
        let costs = [
            (Severity::Error, None, "missing"),
            (Severity::Warning, Some(Cost::LeftOut), "left out"),
            (Severity::Warning, Some(Cost::Understood), "understood"),
        ];
        for (severity, cost, heading) in costs {
            let counts = self.diagnostics.iter().filter(|((other, code), _)| {
                *other == severity && cost.is_none_or(|cost| cost == code.cost())
            });
            let mut codes: Vec<_> = counts.map(|((_, code), count)| (code.id(), count)).collect();
            codes.sort_by(|left, right| right.1.cmp(left.1).then(left.0.cmp(right.0)));
            if !codes.is_empty() {
                writeln!(formatter, "{heading} (`docbind explain CODE` says why)")?;
            }
            for (id, count) in codes {
                writeln!(formatter, "  {count:>10}  {id}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Endpoints {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let documented = self.callable + self.impossible.len();
        writeln!(formatter, "{:14}{} of {documented} documented", "endpoints", self.callable)?;
        self.impossible.iter().try_for_each(|why| writeln!(formatter, "  not callable: {why}"))
    }
}

impl fmt::Display for VersionSummary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:14}{}", "types", self.types)?;
        if self.shells > 0 {
            write!(formatter, ", and {} known only from references", self.shells)?;
        }
        writeln!(formatter)?;
        writeln!(formatter, "{:14}{}", "enumerations", self.enums)?;
        writeln!(formatter, "{:14}{}", "operations", self.operations)?;
        write!(formatter, "{:14}{}", "examples", self.examples)?;
        if self.json_bodies > 0 {
            let bodies = counted(self.json_bodies, "JSON body", "JSON bodies");
            write!(formatter, ", with {bodies}")?;
        }
        if self.repaired_bodies > 0 {
            write!(formatter, " ({} repaired)", self.repaired_bodies)?;
        }
        writeln!(formatter)
    }
}
