//! One change, and the list of all of them.

use std::sync::Arc;

use super::rule::{Bump, Level, Rule};
use crate::model::{Method, Operation, Source};

/// Something of the API that differs between the two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub rule: Rule,
    /// How much it matters: the level of the rule, unless a policy says otherwise.
    pub level: Level,
    /// Whether callers of the service break.
    pub breaks_wire: bool,
    /// What the generated crate needs.
    pub bump: Bump,
    /// The version of the API, where one of the sides has several.
    pub version: Option<Arc<str>>,
    /// What kind of thing it happened to.
    pub subject: Subject,
    /// The full name of the type or enumeration, the id of the operation, the name of the version.
    /// What was renamed has the name of the base.
    pub target: String,
    /// The part of it: a property, a member, a parameter, a path, a permission, a status.
    pub member: Option<String>,
    /// What the base says.
    pub from: Option<String>,
    /// What the head says.
    pub to: Option<String>,
    /// Where the base says it.
    pub base: Option<Source>,
    /// Where the head says it.
    pub head: Option<Source>,
    /// Where the head would say it: the place of what it is a part of. None where that is gone.
    pub near: Option<Source>,
    /// Whether it touches what a crate calls, where that was asked.
    pub used: Option<bool>,
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A version of the API.
    Version,
    /// An entity or complex type.
    Type,
    /// An enumeration.
    Enum,
    /// An operation, with its method and first path on the side that has it; the head's if both do.
    Operation {
        /// The method.
        method: Method,
        /// The first path.
        path: String,
        /// What kind of part the change is about, where a name alone does not say it: the location
        /// of a parameter (`query`), whose token a permission is of (`delegated_work`).
        part: Option<&'static str>,
    },
}

impl Subject {
    pub(super) fn operation(operation: &Operation) -> Self {
        let path = operation.paths.first().map(|path| path.template.text.clone());
        Self::Operation { method: operation.method, path: path.unwrap_or_default(), part: None }
    }
}

impl Change {
    pub(super) fn new(rule: Rule, subject: Subject, target: impl Into<String>) -> Self {
        Self {
            rule,
            level: rule.level(),
            breaks_wire: rule.breaks_wire(),
            bump: rule.bump(),
            version: None,
            subject,
            target: target.into(),
            member: None,
            from: None,
            to: None,
            base: None,
            head: None,
            near: None,
            used: None,
        }
    }

    pub(super) fn member(mut self, member: impl Into<String>) -> Self {
        self.member = Some(member.into());
        self
    }

    pub(super) fn from(mut self, from: impl Into<String>) -> Self {
        self.from = Some(from.into());
        self
    }

    pub(super) fn to(mut self, to: impl Into<String>) -> Self {
        self.to = Some(to.into());
        self
    }

    pub(super) fn base(mut self, source: &Source) -> Self {
        self.base = Some(source.clone());
        self
    }

    pub(super) fn head(mut self, source: &Source) -> Self {
        self.head = Some(source.clone());
        self
    }

    pub(super) fn near(mut self, source: &Source) -> Self {
        self.near = Some(source.clone());
        self
    }

    pub(super) fn part(mut self, is: &'static str) -> Self {
        if let Subject::Operation { part, .. } = &mut self.subject {
            *part = Some(is);
        }
        self
    }

    /// The crate does not need as much as the rule says.
    pub(super) fn at_most(mut self, bump: Bump) -> Self {
        self.bump = self.bump.min(bump);
        self
    }

    /// Whether code that uses the generated crate breaks.
    pub fn breaks_rust(&self) -> bool {
        self.bump == Bump::Major
    }

    /// The line of the head at which a reviewer looks for it.
    pub fn place(&self) -> Option<&Source> {
        self.head.as_ref().or(self.near.as_ref())
    }
}
