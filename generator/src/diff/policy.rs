//! What becomes of a diff by the wishes of those who read it: other levels for some rules, changes
//! that are ignored for a reason, and the level at which it fails.

mod date;
#[cfg(feature = "config")]
mod ignore;

use std::fmt;
use std::str::FromStr;

pub use date::Date;
#[cfg(feature = "config")]
pub use ignore::{IGNORE_FILE, IgnoreFile, Ignored};

use super::{Bump, Change, Diff, IgnoredChange, Level, Rule};
use crate::nearest;

/// From which level on a change fails a diff.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// Callers of the service break.
    #[default]
    Error,
    /// Also where Rust code breaks, or something is about to.
    Warning,
    /// Never.
    None,
}

impl FailOn {
    const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::None];

    /// The word for it: `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::None => "none",
        }
    }

    /// Whether a change fails the diff. One that touches nothing of what a crate calls does not,
    /// where that was asked.
    pub fn fails(self, change: &Change) -> bool {
        let reaches = match self {
            Self::Error => change.level == Level::Error,
            Self::Warning => change.level >= Level::Warning,
            Self::None => false,
        };
        reaches && change.used != Some(false)
    }
}

impl fmt::Display for FailOn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or_else(|| {
            let hint = nearest::hint(text, Self::ALL.map(Self::as_str));
            format!("a diff fails on `error`, `warning` or `none`, and not on `{text}`{hint}")
        })
    }
}

/// Another level for a rule: `property-removed=warning`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleLevel {
    /// The rule.
    pub rule: Rule,
    /// The level that its changes have.
    pub level: Level,
}

impl FromStr for RuleLevel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((rule, level)) = text.split_once('=') else {
            let message = "write a rule and its level, such as `property-removed=warning`";
            return Err(message.to_owned());
        };
        Ok(Self { rule: rule.trim().parse()?, level: level.trim().parse()? })
    }
}

/// Gives changes the levels that somebody wants for their rules. Of two for one rule, the later
/// counts.
pub fn set_levels(diff: &mut Diff, levels: &[RuleLevel]) {
    for change in &mut diff.changes {
        let wanted = levels.iter().rfind(|it| it.rule == change.rule);
        change.level = wanted.map_or(change.level, |it| it.level);
    }
}

/// Leaves out what changes no fact. What the generated crate has to follow nevertheless, and what has
/// this level because somebody wants it, is ignored: it still counts for the version of the crate.
pub fn leave_out_docs(diff: &mut Diff) {
    let reason = |change: &Change| {
        if change.rule.level() > Level::Docs {
            format!("`{}` has the level `{}`", change.rule, Level::Docs)
        } else {
            "no text says it: an example, a path or another page does".to_owned()
        }
    };
    let counts = |it: &Change| it.rule.level() > Level::Docs || it.rule.bump() > Bump::Patch;
    diff.ignored.retain(|it| counts(&it.change) || it.change.level > Level::Docs);
    let (listed, left_out): (Vec<_>, Vec<_>) =
        std::mem::take(&mut diff.changes).into_iter().partition(|it| it.level > Level::Docs);
    diff.changes = listed;
    let facts = left_out.into_iter().filter(counts);
    diff.ignored.extend(facts.map(|change| IgnoredChange { reason: reason(&change), change }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::Subject;

    fn diff(rules: &[Rule]) -> Diff {
        let change = |rule: &Rule| Change::new(*rule, Subject::Type, "contoso.note");
        Diff { changes: rules.iter().map(change).collect(), ignored: Vec::new() }
    }

    #[test]
    fn what_is_ignored_by_name_counts_for_the_crate() {
        let [change] = diff(&[Rule::ResponseEvidenceChanged]).changes.try_into().expect("one");
        let ignored = vec![IgnoredChange { change, reason: "The example is new.".to_owned() }];
        let mut diff = Diff { changes: Vec::new(), ignored };
        leave_out_docs(&mut diff);
        assert_eq!((diff.ignored.len(), diff.bump()), (1, Bump::Major));
    }

    #[test]
    fn levels_are_those_wanted_last() {
        let mut diff = diff(&[Rule::PropertyRemoved, Rule::TypeRemoved, Rule::TitleChanged]);
        let levels = ["property-removed=info", "title-changed = error", "property-removed=warning"];
        let levels: Vec<RuleLevel> = levels.iter().map(|it| it.parse().expect("a level")).collect();
        set_levels(&mut diff, &levels);
        let levels: Vec<_> = diff.changes.iter().map(|change| change.level).collect();
        assert_eq!(levels, [Level::Warning, Level::Error, Level::Error]);
    }

    #[track_caller]
    fn check_fault(text: &str, expected: &str) {
        assert_eq!(text.parse::<RuleLevel>().expect_err("a fault"), expected);
    }

    #[test]
    fn levels_that_are_none() {
        check_fault(
            "property-removed",
            "write a rule and its level, such as `property-removed=warning`",
        );
        check_fault(
            "property-remove=info",
            "there is no rule `property-remove`; is it `property-removed`?",
        );
        check_fault(
            "property-removed=fatal",
            "`fatal` is no level; write `error`, `warning`, `info` or `docs`",
        );
    }

    #[test]
    fn what_somebody_calls_words_is_ignored() {
        let mut diff = diff(&[Rule::PropertyRemoved, Rule::TitleChanged, Rule::TypeAdded]);
        let level = "property-removed=docs".parse().expect("a level");
        set_levels(&mut diff, &[level]);
        leave_out_docs(&mut diff);
        let rules = |changes: &[Change]| changes.iter().map(|it| it.rule).collect::<Vec<_>>();
        assert_eq!(rules(&diff.changes), [Rule::TypeAdded]);
        let ignored: Vec<_> = diff.ignored.iter().map(|it| (it.change.rule, &*it.reason)).collect();
        assert_eq!(ignored, [(Rule::PropertyRemoved, "`property-removed` has the level `docs`")]);
        assert_eq!(diff.bump(), crate::diff::Bump::Major);
    }

    #[test]
    fn what_fails() {
        let mut diff = diff(&[Rule::TypeRemoved, Rule::TypeDeprecated, Rule::TypeAdded]);
        let failing = |diff: &Diff, fail_on: FailOn| -> Vec<bool> {
            diff.changes.iter().map(|change| fail_on.fails(change)).collect()
        };
        assert_eq!(failing(&diff, FailOn::Error), [true, false, false]);
        assert_eq!(failing(&diff, FailOn::Warning), [true, true, false]);
        assert_eq!(failing(&diff, FailOn::None), [false, false, false]);
        diff.changes[0].used = Some(false);
        diff.changes[1].used = Some(true);
        assert_eq!(failing(&diff, FailOn::Warning), [false, true, false]);
        for fail_on in FailOn::ALL {
            assert_eq!(fail_on.to_string().parse(), Ok(fail_on));
        }
        let fault = "warn".parse::<FailOn>().expect_err("a fault");
        assert!(fault.ends_with("and not on `warn`; is it `warning`?"), "{fault}");
    }
}
