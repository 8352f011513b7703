//! Whether the options of a query are documented, and have values of the right kind.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::model::{Model, Operation, ParameterLocation, TypeName, TypeRef};
use crate::nearest::hint;

use super::super::choose::{Candidate, json};
use super::super::message::{Call, query_of, split_target};
use super::super::problem::Problem;
use super::{derived, filter, is_known, is_open, is_stated};

/// The query options of OData, without their `$`. The last two are in links only.
const OPTIONS: [&str; 14] = [
    "select",
    "expand",
    "filter",
    "orderby",
    "search",
    "top",
    "skip",
    "count",
    "format",
    "apply",
    "compute",
    "levels",
    "skiptoken",
    "deltatoken",
];

pub(super) fn check(
    model: &Model,
    operations: &[&Operation],
    candidates: &[Candidate<'_>],
    call: &Call,
) -> Result<(), Problem> {
    let query = call.query();
    let shown = if query.is_empty() { Vec::new() } else { shown_queries(candidates) };
    check_once(&query, candidates)?;
    let scope = Scope::of(model, operations);
    for (name, value) in query.iter().filter(|pair| !shown.contains(pair)) {
        let plain = name.trim_start_matches('$').to_ascii_lowercase();
        if shown.iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
            scope.check(&plain, value)?;
            continue;
        }
        let is_parameter =
            operations.iter().flat_map(|operation| &operation.parameters).any(|it| {
                it.location == ParameterLocation::Query && it.name.eq_ignore_ascii_case(name)
            });
        if is_parameter {
            continue;
        }
        if name.starts_with('@') {
            // The value of a parameter alias.
            continue;
        }
        if !OPTIONS.contains(&plain.as_str()) {
            let documented = documented_query(operations);
            return Err(Problem::bad_request(format!(
                "the query option `{name}` is not documented{}{documented}",
                hint(name, known_query(operations)),
            )));
        }
        scope.check(&plain, value)?;
    }
    Ok(())
}

/// An option of OData stands once in a query, unless an example has it twice.
fn check_once(query: &[(String, String)], candidates: &[Candidate<'_>]) -> Result<(), Problem> {
    let plain = |name: &str| name.trim_start_matches('$').to_ascii_lowercase();
    let is_doubled = |query: &[(String, String)], option: &str| {
        query.iter().filter(|(name, _)| plain(name) == option).nth(1).is_some()
    };
    let doubled = OPTIONS.iter().find(|option| is_doubled(query, option));
    let Some(option) = doubled else { return Ok(()) };
    let is_shown = candidates.iter().any(|candidate| {
        let request = candidate.example.request.as_ref();
        request.is_some_and(|it| is_doubled(&query_of(split_target(&it.url).1), option))
    });
    if is_shown {
        return Ok(());
    }
    Err(Problem::bad_request(format!("the query option `${option}` stands there twice")))
}

/// All that the examples have in their queries and links.
fn shown_queries(candidates: &[Candidate<'_>]) -> Vec<(String, String)> {
    let mut shown = Vec::new();
    for candidate in candidates {
        if let Some(request) = &candidate.example.request {
            shown.extend(query_of(split_target(&request.url).1));
        }
        let response = candidate.example.response.as_ref();
        let body = response.and_then(|it| it.body.as_ref()).and_then(json);
        let Some(Value::Object(body)) = body else { continue };
        for (_, link) in body.iter().filter(|(name, _)| name.ends_with("Link")) {
            shown.extend(query_of(split_target(link.as_str().unwrap_or_default()).1));
        }
    }
    shown
}

fn known_query<'a>(operations: &'a [&Operation]) -> impl Iterator<Item = &'a str> {
    let parameters = operations.iter().flat_map(|operation| &operation.parameters);
    let parameters = parameters.filter(|it| it.location == ParameterLocation::Query);
    parameters.map(|it| it.name.as_str()).chain(OPTIONS)
}

fn documented_query(operations: &[&Operation]) -> String {
    let mut names: Vec<String> = Vec::new();
    for operation in operations {
        let options = operation.query_options.iter().map(|name| format!("${name}"));
        let parameters = operation.parameters.iter();
        let parameters = parameters.filter(|it| it.location == ParameterLocation::Query);
        names.extend(options.chain(parameters.map(|it| it.name.clone())));
    }
    names.dedup();
    if names.is_empty() {
        String::new()
    } else {
        format!("; documented are `{}`", names.join("`, `"))
    }
}

/// What the names in an option are properties of.
#[derive(Clone, Debug)]
struct Scope<'a> {
    model: &'a Model,
    /// One of these; empty where the docs do not say which.
    types: Vec<&'a str>,
    depth: usize,
}

/// Options within options, after which the rest is refused.
const DEEPEST: usize = 16;

impl<'a> Scope<'a> {
    /// What the operations answer with.
    fn of(model: &'a Model, operations: &[&'a Operation]) -> Self {
        let bodies = operations.iter().flat_map(|operation| &operation.responses);
        let types = bodies.filter_map(|response| named(response.body.as_ref()?));
        Self { model, types: types.collect(), depth: 0 }
    }

    /// What a property holds.
    fn within(&self, name: &str) -> Self {
        let properties = self.types.iter().flat_map(|ty| {
            let own = self.model.ancestry(ty).flat_map(|ty| &ty.properties);
            own.chain(derived(self.model, ty).flat_map(|ty| &ty.properties))
        });
        let found = properties.filter(|property| property.name.eq_ignore_ascii_case(name));
        let types: BTreeSet<&str> = found.filter_map(|property| named(&property.ty)).collect();
        Self { model: self.model, types: types.into_iter().collect(), depth: self.depth + 1 }
    }

    /// What a cast leads to. Its letters may be of another case.
    fn cast(&self, name: &str) -> Self {
        let found = self.model.types.iter().find(|ty| ty.name.eq_ignore_ascii_case(name));
        let types = found.map(|ty| ty.name.as_str()).into_iter().collect();
        Self { model: self.model, types, depth: self.depth }
    }

    fn check(&self, option: &str, value: &str) -> Result<(), Problem> {
        let wrong = |expected: &str| {
            Err(Problem::bad_request(format!("`${option}` takes {expected}, and not `{value}`")))
        };
        match option {
            "top" | "skip" if value.parse::<u32>().is_err() => {
                wrong("a number that is not negative")
            }
            "count" if !["true", "false"].contains(&value) => wrong("`true` or `false`"),
            "select" => pieces(value, ',').into_iter().try_for_each(|path| {
                let path = path.split(['(', '/']).next().unwrap_or_default();
                self.check_property(option, path)
            }),
            "orderby" => pieces(value, ',').into_iter().try_for_each(|item| self.order(item)),
            "expand" => pieces(value, ',').into_iter().try_for_each(|item| self.expand(item)),
            "filter" => match filter::flaw(value, |name| self.flaw_of_property(name)) {
                Some(flaw) => {
                    let message = format!("`$filter` is no filter of OData: {flaw}");
                    Err(Problem::bad_request(message))
                }
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn order(&self, item: &str) -> Result<(), Problem> {
        let (path, direction) = match item.rsplit_once(char::is_whitespace) {
            // What stands behind a function's arguments is one of them.
            Some((path, direction)) if !direction.ends_with(')') => (path.trim(), direction),
            _ => (item, "asc"),
        };
        if !["asc", "desc"].iter().any(|known| known.eq_ignore_ascii_case(direction)) {
            return Err(Problem::bad_request(format!(
                "`$orderby` takes `asc` or `desc` behind a property, and not `{direction}`"
            )));
        }
        if path.is_empty() || path.contains(char::is_whitespace) && !path.contains('(') {
            let message = format!("`$orderby` takes properties, and not `{path}`");
            return Err(Problem::bad_request(message));
        }
        if path.contains('(') {
            return Ok(());
        }
        self.check_property("orderby", path.split('/').next().unwrap_or_default())
    }

    /// `name`, `ns.type/name`, `name/$ref`, or one of these with options in parentheses.
    fn expand(&self, item: &str) -> Result<(), Problem> {
        let wrong = |what: &str| Err(Problem::bad_request(format!("`$expand` {what}")));
        let (path, options) = match item.split_once('(') {
            None => (item, None),
            Some((path, behind)) => match behind.trim_end().strip_suffix(')') {
                Some(options) => (path.trim(), Some(options)),
                None => return wrong(&format!("has parentheses that are not closed: `{item}`")),
            },
        };
        if path.is_empty() {
            return wrong("has no property in front of a comma, of parentheses, or of its end");
        }
        let mut segments = path.split('/').peekable();
        let cast = segments.next_if(|segment| segment.contains('.'));
        let scope = cast.map_or_else(|| self.clone(), |cast| self.cast(cast));
        let Some(name) = segments.next() else { return Ok(()) };
        scope.check_relationship(name)?;
        let Some(options) = options else { return Ok(()) };
        if self.depth == DEEPEST {
            return wrong(&format!("has options within options, more than {DEEPEST} deep"));
        }
        let inner = scope.within(name);
        for option in pieces(options, ';') {
            let Some((name, value)) = option.split_once('=') else {
                return wrong(&format!(
                    "has something that is no option in parentheses: `{option}`"
                ));
            };
            let plain = name.trim().trim_start_matches('$').to_ascii_lowercase();
            if !OPTIONS.contains(&plain.as_str()) {
                let hint = hint(name, OPTIONS);
                return wrong(&format!("has an option `{name}` in parentheses{hint}"));
            }
            inner.check(&plain, value.trim())?;
        }
        Ok(())
    }

    fn check_property(&self, option: &str, name: &str) -> Result<(), Problem> {
        match self.flaw_of_property(name) {
            Some(flaw) => Err(Problem::bad_request(format!("`${option}` names {flaw}"))),
            None => Ok(()),
        }
    }

    /// An open type may have any property, and yet no relationship that the docs do not name.
    fn check_relationship(&self, name: &str) -> Result<(), Problem> {
        let flaw = self.flaw_of(name, |ty| {
            if is_open(self.model, ty) {
                is_stated(self.model, ty, name)
            } else {
                is_known(self.model, ty, name)
            }
        });
        flaw.map_or(Ok(()), |flaw| Err(Problem::bad_request(format!("`$expand` names {flaw}"))))
    }

    /// Whether the documented answer has no such property.
    fn flaw_of_property(&self, name: &str) -> Option<String> {
        self.flaw_of(name, |ty| is_known(self.model, ty, name))
    }

    /// What is wrong with a name that none of the types has. A cast, a function and an annotation
    /// are not looked up.
    fn flaw_of(&self, name: &str, has: impl Fn(&str) -> bool) -> Option<String> {
        let first = *self.types.first()?;
        if !filter::is_plain(name) || self.types.iter().any(|ty| has(ty)) {
            return None;
        }
        let properties = self.model.ancestry(first).flat_map(|ty| &ty.properties);
        let hint = hint(name, properties.map(|property| property.name.as_str()));
        Some(format!("a property `{name}`, which `{first}` does not have{hint}"))
    }
}

fn named(ty: &TypeRef) -> Option<&str> {
    match &ty.name {
        TypeName::Named(name) => Some(name),
        TypeName::Primitive(_) => None,
    }
}

/// The parts between separators that stand in no quotes and no parentheses.
fn pieces(text: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut is_quoted, mut start) = (0_usize, false, 0);
    let mut pieces = Vec::new();
    for (at, character) in text.char_indices() {
        match character {
            '\'' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if character == separator && depth == 0 => {
                pieces.push(text[start..at].trim());
                start = at + character.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(text[start..].trim());
    pieces
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::model::{Api, Method};
    use crate::plan::sample;

    use super::{OPTIONS, Scope, pieces, query_of, split_target};

    /// What a query option that no example shows is refused for.
    #[track_caller]
    fn check(option: &str, value: &str, expected: Option<&str>) {
        check_in(option, value, false, expected);
    }

    #[track_caller]
    fn check_in(option: &str, value: &str, is_open: bool, expected: Option<&str>) {
        let mut types = vec![
            sample::ty("ns.note", None, &["id: String", "name: String", "owner*: ns.user"]),
            sample::ty("ns.user", None, &["id: String", "mail: String", "notes*: ns.note[]"]),
        ];
        types[0].is_open = is_open;
        let api = sample::api(types, Vec::new(), &[]);
        let scope = Scope { model: &api.versions[0], types: vec!["ns.note"], depth: 0 };
        let problem = scope.check(option, value).err();
        let body = problem.map(|problem| problem.answer("1", None).body);
        let body: Option<serde_json::Value> =
            body.map(|body| serde_json::from_slice(&body).expect("JSON"));
        let message = body.as_ref().and_then(|body| body["error"]["message"].as_str());
        assert_eq!(message, expected, "{option}={value}");
    }

    #[test]
    fn orders() {
        check("orderby", "name", None);
        check("orderby", "name desc,owner/mail ASC, length(name) desc", None);
        let direction = "`$orderby` takes `asc` or `desc` behind a property, and not `sideways`";
        check("orderby", "name sideways", Some(direction));
        let property =
            "`$orderby` names a property `nmae`, which `ns.note` does not have; is it `name`?";
        check("orderby", "id,nmae desc", Some(property));
        check("orderby", "", Some("`$orderby` takes properties, and not ``"));
    }

    #[test]
    fn expansions() {
        check("expand", "owner", None);
        check("expand", "*", None);
        check("expand", "owner($select=id,mail;$expand=notes($filter=name eq 'a;)';$top=1))", None);
        check("expand", "ns.special/owner,owner/$ref,NS.user/notes", None);
        let cast = "`$expand` names a property `owner`, which `ns.user` does not have";
        check("expand", "ns.user/owner", Some(cast));
        let unknown = "`$expand` names a property `nonsense`, which `ns.note` does not have";
        check("expand", "nonsense", Some(unknown));
        check_in("expand", "nonsense", true, Some(unknown));
        check_in("filter", "nonsense eq 1", true, None);
        let inner = "`$select` names a property `name`, which `ns.user` does not have";
        check("expand", "owner($select=name)", Some(inner));
        let option = "`$expand` has an option `$selct` in parentheses; is it `select`?";
        check("expand", "owner($selct=id)", Some(option));
        let open = "`$expand` has parentheses that are not closed: `owner($select=id`";
        check("expand", "owner($select=id", Some(open));
        let deep = format!("{}owner{}", "owner($expand=".repeat(5_000), ")".repeat(5_000));
        let unknown = "`$expand` names a property `owner`, which `ns.user` does not have";
        check("expand", &deep, Some(unknown));
        let deep =
            format!("{}id{}", "owner($expand=notes($expand=".repeat(5_000), "))".repeat(5_000));
        check("expand", &deep, Some("`$expand` has options within options, more than 16 deep"));
    }

    #[test]
    fn filters() {
        check("filter", "name eq 'x' and owner/mail ne null", None);
        let property = "`$filter` is no filter of OData: a property `nmae`, which `ns.note` does \
                        not have; is it `name`?";
        check("filter", "nmae eq 'x'", Some(property));
    }

    #[test]
    fn parts_outside_of_quotes_and_parentheses() {
        assert_eq!(pieces("a, b(c,d),'e,''f',g", ','), ["a", "b(c,d)", "'e,''f'", "g"]);
    }

    /// The rules are no stricter than the docs, even where an example would do without them.
    #[test]
    fn what_examples_show_is_by_the_rules() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs-input");
        let (count, unfit) = by_the_rules(&root, None);
        assert!(count > 20, "the examples have query options");
        assert_eq!(unfit, [""; 0]);
        if let Some(root) = std::env::var_os("DOCBIND_GRAPH_DOCS") {
            let (count, unfit) = by_the_rules(Path::new(&root), Some("v1.0"));
            let text = unfit.join("\n");
            assert!(unfit.len() * 20 < count, "{} of {count} are not:\n{text}", unfit.len());
        }
    }

    /// How many query options the examples have, and which are refused.
    fn by_the_rules(root: &Path, version: Option<&str>) -> (usize, Vec<String>) {
        let Api { versions, .. } = crate::load(root, version).expect("the docs can be read").api;
        let (mut count, mut unfit) = (0, Vec::new());
        for model in &versions {
            for operation in model.operations.iter().filter(|it| it.method == Method::Get) {
                let requests = operation.examples.iter().filter_map(|it| it.request.as_ref());
                for (name, value) in requests.flat_map(|it| query_of(split_target(&it.url).1)) {
                    let plain = name.trim_start_matches('$').to_ascii_lowercase();
                    if !OPTIONS.contains(&plain.as_str()) {
                        continue;
                    }
                    count += 1;
                    if let Err(problem) = Scope::of(model, &[operation]).check(&plain, &value) {
                        unfit.push(format!("{} {name}={value}: {problem:?}", operation.id));
                    }
                }
            }
        }
        (count, unfit)
    }
}
