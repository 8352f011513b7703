//! Operations: which belong together, and what of them differs.

use std::collections::HashMap;

use super::paths::path_likeness;
use super::{Sides, by_preview, call_text, described};
use crate::diff::change::{Change, Subject};
use crate::diff::pair::{Paired, name_likeness};
use crate::diff::rule::{Bump, Rule};
use crate::model::{Model, Operation, OperationKind, RequestBody, Response, TypeRef};

impl<'m> Sides<'m> {
    pub(super) fn operations(&mut self) {
        let operations = self.pair_operations();
        // Operations of one page and method differ by their paths alone, which lead to other types.
        let known = operations.both().flat_map(|(old, new)| [(old, new), (new, new)]);
        let known: HashMap<_, _> = known.map(|(it, new)| ((page(it), it.method), new)).collect();
        let sibling = |it: &Operation| known.get(&(page(it), it.method)).copied();
        for operation in &operations.removed {
            if let Some(of) = sibling(operation) {
                self.part_paths(of, operation, Rule::PathRemoved, Rule::PathGiven);
                continue;
            }
            let rule = if self.calls.1.has_all(operation, self.calls.0.of(operation)) {
                Rule::OperationMerged
            } else {
                let is_in_preview = self.previews.1.is_some_and(|it| has_call(it, operation));
                by_preview(is_in_preview, Rule::OperationRemoved, Rule::OperationDemoted)
            };
            self.push(about(rule, operation).from(call_text(operation)).base(&operation.source));
        }
        for operation in &operations.added {
            if let Some(of) = sibling(operation) {
                self.part_paths(of, operation, Rule::PathAdded, Rule::PathTaken);
                continue;
            }
            let rule = if self.calls.0.has_all(operation, self.calls.1.of(operation)) {
                Rule::OperationSplit
            } else {
                let is_in_preview = self.previews.0.is_some_and(|it| has_call(it, operation));
                by_preview(is_in_preview, Rule::OperationAdded, Rule::OperationPromoted)
            };
            self.push(about(rule, operation).to(call_text(operation)).head(&operation.source));
        }
        for (old, new) in operations.both() {
            self.operation(old, new);
        }
    }

    fn pair_operations(&self) -> Paired<'m, Operation> {
        let (base, head) = (&self.base.operations, &self.head.operations);
        let mut operations = Paired::by_name(base, head, |it| it.id.as_str());
        operations.find_renamed(|it| it.id.as_str(), |old, new| self.likeness(old, new));
        operations
    }

    /// How alike two operations of different ids are, when that is enough to be the same: they share
    /// a call, or the page and a path, or all but a little of both id and path.
    fn likeness(&self, old: &Operation, new: &Operation) -> Option<f64> {
        let (old_paths, new_paths) = (self.calls.0.of(old), self.calls.1.of(new));
        let is_shared = old_paths.iter().any(|it| new_paths.iter().any(|on| on.shape == it.shape));
        let by_name = name_likeness(&old.id, &new.id);
        if is_shared && old.method == new.method {
            return Some(4.0 + by_name);
        }
        if is_shared && page(old) == page(new) {
            return Some(2.0 + by_name);
        }
        if old.method != new.method || by_name < 0.6 {
            return None;
        }
        let pairs = old_paths.iter().flat_map(|old| new_paths.iter().map(move |new| (old, new)));
        let by_path = pairs.map(|(old, new)| path_likeness(&old.shape, &new.shape));
        let by_path = by_path.fold(0.0, f64::max);
        (by_path >= 0.75).then_some(by_name + by_path)
    }

    fn operation(&mut self, old: &'m Operation, new: &'m Operation) {
        let at = |rule| about(rule, new).base(&old.source).head(&new.source);
        let before = self.changes.len();
        if page(old) != page(new) {
            let change = about(Rule::OperationRenamed, old).from(old.id.as_str());
            self.push(change.to(new.id.as_str()).base(&old.source).head(&new.source));
        }
        if old.method != new.method {
            let change = at(Rule::MethodChanged).from(old.method.as_str());
            self.push(change.to(new.method.as_str()));
        }
        let arguments = self.paths(old, new);
        self.request(old, new);
        self.responses(old, new);
        let facts = self.changes[before..].iter().any(super::is_of_facts);
        // A title says "list" or "function" where nothing else does.
        if old.kind != new.kind && old.title == new.title && !facts {
            let change = at(Rule::OperationKindChanged).from(kind_text(old.kind));
            self.push(change.to(kind_text(new.kind)));
        }
        self.parameters(old, new, &arguments);
        self.query_options(old, new);
        self.permissions(old, new);
        let (was, is) = (old.deprecated.is_some(), new.deprecated.is_some());
        if was != is {
            let rule = if is { Rule::OperationDeprecated } else { Rule::OperationUndeprecated };
            let place = |it: &'m Operation| it.sections.deprecated.as_ref().unwrap_or(&it.source);
            let change = about(rule, new).from(was.to_string()).to(is.to_string());
            self.push(change.base(place(old)).head(place(new)));
        }
        if old.title != new.title {
            let change = at(Rule::TitleChanged).from(old.title.as_str());
            self.push(change.to(new.title.as_str()));
        }
        self.describe(
            described(old.description.as_ref(), &old.source),
            described(new.description.as_ref(), &new.source),
            |rule| about(rule, new),
        );
        self.examples(old, new);
    }

    fn request(&mut self, old: &'m Operation, new: &'m Operation) {
        let is_unstated = |it: &Operation| it.request.is_none() || has_lent_request(it);
        if is_unstated(old) && is_unstated(new) {
            return;
        }
        let rule = match (&old.request, &new.request) {
            (None, None) => return,
            (Some(RequestBody::Type(was)), Some(RequestBody::Type(is)))
                if self.is_same_body(Some(was), Some(is)) =>
            {
                let place = |it: &'m Operation| it.sections.request.as_ref().unwrap_or(&it.source);
                let at = |rule| about(rule, new).base(place(old)).head(place(new));
                let old = (was, old.outweighed_request.as_ref());
                let new = (is, new.outweighed_request.as_ref());
                let rules = (Rule::RequestChanged, Rule::RequestStatementChanged);
                let change = self.said(old, new, rules, at);
                self.changes.extend(change);
                return;
            }
            (Some(RequestBody::Parameters(was)), Some(RequestBody::Parameters(is))) => {
                return self.body_parameters(new, was, is);
            }
            _ if is_read_otherwise(old, new) => return,
            (None, Some(_)) => Rule::RequestAdded,
            (Some(_), None) => Rule::RequestRemoved,
            (Some(RequestBody::Type(was)), Some(RequestBody::Type(is)))
                if self.is_said_alike(
                    (was, old.outweighed_request.as_ref()),
                    (is, new.outweighed_request.as_ref()),
                ) =>
            {
                Rule::RequestEvidenceChanged
            }
            (Some(_), Some(_)) => Rule::RequestChanged,
        };
        let place = |operation: &'m Operation| {
            operation.sections.request.as_ref().unwrap_or(&operation.source)
        };
        let mut change = about(rule, new).base(place(old)).head(place(new));
        change.from = old.request.as_ref().map(request_text);
        change.to = new.request.as_ref().map(request_text);
        self.push(change);
    }

    fn responses(&mut self, old: &'m Operation, new: &'m Operation) {
        // What an example shows beside the text is no statement.
        let stated = |side: &'m Operation| -> Vec<&'m Response> {
            side.responses.iter().filter(|it| it.is_stated).collect()
        };
        let (base, head) = (stated(old), stated(new));
        // What no text says is told by the path.
        let own = self.changes.iter().rev().take_while(|change| change.target == new.id);
        let has_moved = own.into_iter().any(|change| change.rule == Rule::PathChanged);
        let mut removed = Vec::new();
        for &was in &base {
            match head.iter().find(|it| it.status == was.status) {
                Some(is) if self.is_same_body(was.body.as_ref(), is.body.as_ref()) => {
                    let at = |rule| {
                        let change = about(rule, new).member(was.status.to_string());
                        change.base(&was.source).head(&is.source)
                    };
                    let bodies = was.body.as_ref().zip(is.body.as_ref());
                    let are_said = was.is_said && is.is_said;
                    if let Some((from, to)) = bodies.filter(|_| are_said) {
                        let old = (from, was.outweighed.as_ref());
                        let new = (to, is.outweighed.as_ref());
                        let rules = (Rule::ResponseChanged, Rule::ResponseStatementChanged);
                        let change = self.said(old, new, rules, at);
                        self.changes.extend(change);
                    }
                }
                Some(is) => {
                    let is_said_alike =
                        was.body.as_ref().zip(is.body.as_ref()).is_some_and(|(on, by)| {
                            let old = (on, was.outweighed.as_ref());
                            self.is_said_alike(old, (by, is.outweighed.as_ref()))
                        });
                    let is_of_path = has_moved && !was.is_said && !is.is_said;
                    let rule = if is_said_alike || is_of_path {
                        Rule::ResponseEvidenceChanged
                    } else {
                        Rule::ResponseChanged
                    };
                    let mut change = about(rule, new);
                    change.from = was.body.as_ref().map(ToString::to_string);
                    change.to = is.body.as_ref().map(ToString::to_string);
                    let change = change.member(was.status.to_string());
                    self.push(change.base(&was.source).head(&is.source));
                }
                None => removed.push(was),
            }
        }
        let is_new = |it: &&Response| base.iter().all(|was| was.status != it.status);
        let added: Vec<_> = head.iter().copied().filter(is_new).collect();
        if let ([was], [is]) = (removed.as_slice(), added.as_slice()) {
            let is_same = self.is_same_body(was.body.as_ref(), is.body.as_ref());
            let rule = if is_same { Rule::ResponseStatusChanged } else { Rule::ResponseChanged };
            // The status is what differs: read backwards, it would be another member.
            let change = about(rule, new).from(response_text(was)).to(response_text(is));
            self.push(change.base(&was.source).head(&is.source));
            return;
        }
        for was in removed {
            let change = about(Rule::ResponseRemoved, new).member(was.status.to_string());
            let change = change.from(response_text(was)).base(&was.source);
            self.push(change.near(&new.source));
        }
        for is in added {
            let change = about(Rule::ResponseAdded, new).member(is.status.to_string());
            self.push(change.to(response_text(is)).head(&is.source));
        }
    }

    /// That the text says otherwise of a body for which the same is taken, since an example or a path
    /// counts: by the first rule where it leaves what counts, by the second where it comes to it.
    fn said(
        &self,
        (was, was_said): (&TypeRef, Option<&TypeRef>),
        (is, is_said): (&TypeRef, Option<&TypeRef>),
        (leaves, comes): (Rule, Rule),
        at: impl FnOnce(Rule) -> Change,
    ) -> Option<Change> {
        let (from, to) = (was_said.unwrap_or(was), is_said.unwrap_or(is));
        if (was_said.is_none() && is_said.is_none()) || self.is_same_type(from, to) {
            return None;
        }
        let rule = if is_said.is_some() { leaves } else { comes };
        // The crate has what it had.
        Some(at(rule).from(from.to_string()).to(to.to_string()).at_most(Bump::Patch))
    }

    /// Whether the text says what it said of a body, though another one is taken for true: an example,
    /// a path, or another page speaks against it on one side alone.
    fn is_said_alike(
        &self,
        (was, was_said): (&TypeRef, Option<&TypeRef>),
        (is, is_said): (&TypeRef, Option<&TypeRef>),
    ) -> bool {
        was_said.is_some() != is_said.is_some()
            && self.is_same_type(was_said.unwrap_or(was), is_said.unwrap_or(is))
    }

    fn query_options(&mut self, old: &Operation, new: &Operation) {
        let place = |operation: &'_ Operation| {
            operation.sections.query.clone().unwrap_or_else(|| operation.source.clone())
        };
        for option in &old.query_options {
            if !new.query_options.contains(option) {
                let change = about(Rule::QueryOptionRemoved, new).member(format!("${option}"));
                let change = change.from(format!("${option}")).base(&place(old));
                self.push(change.near(&place(new)));
            }
        }
        for option in &new.query_options {
            if !old.query_options.contains(option) {
                let change = about(Rule::QueryOptionAdded, new).member(format!("${option}"));
                self.push(change.to(format!("${option}")).head(&place(new)));
            }
        }
    }
}

/// Whether the same body is read otherwise: by its method, by whether the path leads to a reference,
/// or since a table lists parameters where the path leads to an action.
fn is_read_otherwise(old: &Operation, new: &Operation) -> bool {
    let kinds = [old.kind, new.kind];
    let of_type = |it: &Operation| matches!(it.request, Some(RequestBody::Type(_)));
    let is_of_kind = kinds.contains(&OperationKind::Reference)
        || (old.request.is_some() && new.request.is_some() && of_type(old) != of_type(new));
    old.method != new.method || (old.kind != new.kind && is_of_kind)
}

/// Whether the parameters of an action stand on the page of another operation, whose matter they are:
/// its own says nothing of them.
fn has_lent_request(operation: &Operation) -> bool {
    let Some(RequestBody::Parameters(parameters)) = &operation.request else { return false };
    parameters.first().is_some_and(|it| {
        it.source.file != operation.source.file && it.source.file.starts_with("api/")
    })
}

/// The page that an operation is from.
pub(super) fn page(operation: &Operation) -> &str {
    operation.id.split(':').next().unwrap_or_default()
}

fn has_call(model: &Model, operation: &Operation) -> bool {
    let calls = |other: &Operation| {
        other.method == operation.method
            && other.paths.iter().any(|path| {
                let shape = super::paths::shape(&path.template);
                operation.paths.iter().any(|own| super::paths::shape(&own.template) == shape)
            })
    };
    // The page has the same name in both versions, with very few exceptions.
    let same = model.operations.iter().filter(|other| page(other) == page(operation));
    same.into_iter().any(calls)
}

pub(super) fn about(rule: Rule, operation: &Operation) -> Change {
    Change::new(rule, Subject::operation(operation), operation.id.as_str())
}

fn request_text(request: &RequestBody) -> String {
    match request {
        RequestBody::Type(ty) => ty.to_string(),
        RequestBody::Parameters(parameters) => {
            let names: Vec<_> = parameters.iter().map(|it| it.name.as_str()).collect();
            format!("parameters {}", names.join(", "))
        }
    }
}

fn response_text(response: &Response) -> String {
    let body = response.body.as_ref().map(|body: &TypeRef| format!(" {body}"));
    format!("{}{}", response.status, body.unwrap_or_default())
}

fn kind_text(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::List => "list",
        OperationKind::Get => "get",
        OperationKind::Create => "create",
        OperationKind::Update => "update",
        OperationKind::Replace => "replace",
        OperationKind::Delete => "delete",
        OperationKind::Action => "action",
        OperationKind::Function => "function",
        OperationKind::Reference => "reference",
        OperationKind::Value => "value",
        OperationKind::Count => "count",
    }
}
