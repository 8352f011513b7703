//! Enumerations and their members.

use std::collections::{BTreeSet, HashSet};

use super::references::References;
use super::{Sides, by_preview, described};
use crate::diff::change::{Change, Subject};
use crate::diff::pair::{Look, Paired, is_same_order, jaccard, name_likeness, neighbours};
use crate::diff::rule::{Bump, Level, Rule};
use crate::model::{Enum, Member, Model, SENTINEL, last_part};

/// The enumerations that pages define, and those that both sides know from descriptions.
///
/// One whose table has another heading lives on under its old name where rows still say it, but its
/// definition is the other one.
pub(super) fn pair<'m>(base: &'m Model, head: &'m Model) -> Paired<'m, Enum> {
    let mut enums = Paired::by_name(&base.enums, &head.enums, |enum_| enum_.name.as_str());
    let is_defined_alike = |(old, new): &(&Enum, &Enum)| old.is_documented == new.is_documented;
    let (same, half): (Vec<_>, Vec<_>) = enums.same.into_iter().partition(is_defined_alike);
    enums.same = same;
    enums.removed.extend(half.iter().map(|(old, _)| *old));
    enums.added.extend(half.iter().map(|(_, new)| *new));
    enums.removed.retain(|enum_| enum_.is_documented);
    enums.added.retain(|enum_| enum_.is_documented);
    if !enums.removed.is_empty() && !enums.added.is_empty() {
        let references = References::find(base, head);
        let half: BTreeSet<&str> = half.iter().map(|(old, _)| old.name.as_str()).collect();
        enums.find_renamed(
            |enum_| enum_.name.as_str(),
            |old, new| {
                let is_half = half.contains(old.name.as_str()) || half.contains(new.name.as_str());
                likeness(old, new, references.lead(&old.name, &new.name), is_half)
            },
        );
    }
    let renamed = |(old, new): (&Enum, &Enum)| [std::ptr::from_ref(old), std::ptr::from_ref(new)];
    let renamed: BTreeSet<_> = enums.renamed.iter().copied().flat_map(renamed).collect();
    let is_renamed = |enum_: &Enum| renamed.contains(&std::ptr::from_ref(enum_));
    let half: Vec<_> =
        half.into_iter().filter(|(old, new)| !is_renamed(old) && !is_renamed(new)).collect();
    let kept: BTreeSet<&str> = half.iter().map(|(old, _)| old.name.as_str()).collect();
    enums.removed.retain(|enum_| !kept.contains(enum_.name.as_str()));
    enums.added.retain(|enum_| !kept.contains(enum_.name.as_str()));
    enums.same.extend(half);
    enums
}

/// How alike two enumerations of different names are, when that is enough to be the same. Of one
/// that only rows know on the other side, the table has to be somewhere: a table with its members
/// is enough.
fn likeness(old: &Enum, new: &Enum, is_referred_to: bool, has_lost_table: bool) -> Option<f64> {
    let names = |enum_: &Enum| {
        let members = enum_.members.iter().filter(|member| member.name != SENTINEL);
        members.map(|member| member.name.clone()).collect::<BTreeSet<_>>()
    };
    let name = name_likeness(last_part(&old.name), last_part(&new.name));
    let members = jaccard(&names(old), &names(new));
    let is_same = (name >= 0.8 && members >= 0.3)
        || (name >= 0.5 && members >= 0.75)
        || (is_referred_to && (members >= 0.5 || name >= 0.5))
        || (has_lost_table && members >= 0.75);
    is_same.then_some(name + members)
}

impl<'m> Sides<'m> {
    pub(super) fn enums(&mut self, enums: &Paired<'m, Enum>) {
        for enum_ in &enums.removed {
            let rule = by_preview(
                self.previews.1.is_some_and(|preview| preview.enum_(&enum_.name).is_some()),
                Rule::EnumRemoved,
                Rule::EnumDemoted,
            );
            self.push(about(rule, enum_).base(&enum_.source));
        }
        for enum_ in &enums.added {
            let rule = by_preview(
                self.previews.0.is_some_and(|preview| preview.enum_(&enum_.name).is_some()),
                Rule::EnumAdded,
                Rule::EnumPromoted,
            );
            self.push(about(rule, enum_).head(&enum_.source));
        }
        for (old, new) in &enums.renamed {
            let change = about(Rule::EnumRenamed, old).from(old.name.as_str());
            self.push(change.to(new.name.as_str()).base(&old.source).head(&new.source));
        }
        for (old, new) in enums.both() {
            self.enum_(old, new);
        }
    }

    fn enum_(&mut self, old: &'m Enum, new: &'m Enum) {
        if old.is_flags != new.is_flags {
            let change = about(Rule::EnumFlagsChanged, new).from(old.is_flags.to_string());
            let change = change.to(new.is_flags.to_string());
            self.push(change.base(&old.source).head(&new.source));
        }
        let has_sentinel = |enum_: &Enum| enum_.members.iter().any(|it| it.name == SENTINEL);
        if old.is_evolvable != new.is_evolvable && has_sentinel(old) == has_sentinel(new) {
            let rule =
                if new.is_evolvable { Rule::EnumBecameEvolvable } else { Rule::EnumBecameClosed };
            let change = about(rule, new).from(old.is_evolvable.to_string());
            let change = change.to(new.is_evolvable.to_string()).at_most(Bump::Patch);
            self.push(change.base(&old.source).head(&new.source));
        }
        let members = pair_members(old, new);
        self.members((old, new), &members, None);
        // The crate has members of tables alone.
        self.members((old, new), &pair_listed(old, new), Some(Bump::Patch));
        for (was, is) in members.both() {
            let at = |rule| about(rule, new).member(is.name.as_str());
            if let (Some(old), Some(value)) = (was.value, is.value)
                && old != value
            {
                let change = at(Rule::EnumMemberValueChanged).from(old.to_string());
                self.push(change.to(value.to_string()).base(&was.source).head(&is.source));
            }
            self.describe(
                described(was.description.as_ref(), &was.source),
                described(is.description.as_ref(), &is.source),
                at,
            );
        }
        if !is_same_order(&members, &new.members) {
            self.push(about(Rule::OrderChanged, new).base(&old.source).head(&new.source));
        }
        self.describe(
            described(old.description.as_ref(), &old.source),
            described(new.description.as_ref(), &new.source),
            |rule| about(rule, new),
        );
    }

    /// Members that came, went and were renamed.
    fn members(
        &mut self,
        (old, new): (&'m Enum, &'m Enum),
        members: &Paired<'m, Member>,
        at_most: Option<Bump>,
    ) {
        let about = |rule| match at_most {
            Some(bump) => about(rule, new).at_most(bump),
            None => about(rule, new),
        };
        let named = (listed(old), listed(new));
        let on_request = on_request(new);
        let name = |member: &Member| member.name.to_lowercase();
        for member in &members.removed {
            let is_sentinel = member.name == SENTINEL;
            let rule = if is_sentinel { Rule::EnumBecameClosed } else { Rule::EnumMemberRemoved };
            let mut change = about(rule).member(member.name.as_str());
            // It is a value still, of which the crate does not know.
            if named.1.contains(&name(member)) {
                change.breaks_wire = false;
                change.level = change.level.min(Level::Warning);
            }
            let change = change.from(member.name.as_str()).base(&member.source);
            self.push(change.near(&new.source));
        }
        for member in &members.added {
            let rule = if member.name == SENTINEL {
                Rule::EnumBecameEvolvable
            } else if old.is_evolvable
                || named.0.contains(&name(member))
                || on_request.contains(member.name.as_str())
            {
                Rule::EnumMemberAdded
            } else {
                Rule::ClosedEnumMemberAdded
            };
            let change = about(rule).member(member.name.as_str()).to(member.name.as_str());
            self.push(change.head(&member.source));
        }
        for (was, is) in &members.renamed {
            let change = about(Rule::EnumMemberRenamed).member(was.name.as_str());
            let change = change.from(was.name.as_str()).to(is.name.as_str());
            self.push(change.base(&was.source).head(&is.source));
        }
    }
}

/// What descriptions name beside the table, in lower case.
fn listed(enum_: &Enum) -> HashSet<String> {
    enum_.listed.iter().map(|it| it.name.to_lowercase()).collect()
}

/// What nobody gets who does not ask for it: it stands behind the sentinel.
fn on_request(enum_: &Enum) -> HashSet<&str> {
    let names = enum_.members.iter().map(|it| it.name.as_str());
    names.skip_while(|name| *name != SENTINEL).skip(1).collect()
}

/// Values that descriptions name on one side, and that the other side does not know at all.
fn pair_listed<'m>(old: &'m Enum, new: &'m Enum) -> Paired<'m, Member> {
    let known = |enum_: &'m Enum| -> BTreeSet<String> {
        enum_.members.iter().chain(&enum_.listed).map(|it| it.name.to_lowercase()).collect()
    };
    let beyond = |enum_: &'m Enum, other: &'m Enum| -> Vec<&'m Member> {
        if enum_.listed.is_empty() {
            return Vec::new();
        }
        let known = known(other);
        let is_beyond = |it: &&Member| !known.contains(&it.name.to_lowercase());
        enum_.listed.iter().filter(is_beyond).collect()
    };
    let mut listed = Paired::by_name(beyond(old, new), beyond(new, old), |it| it.name.as_str());
    listed.find_renamed(
        |it| it.name.as_str(),
        |old, new| Some(name_likeness(&old.name, &new.name)).filter(|likeness| *likeness >= 0.75),
    );
    listed
}

fn pair_members<'m>(old: &'m Enum, new: &'m Enum) -> Paired<'m, Member> {
    let mut members = Paired::by_name(&old.members, &new.members, |it| it.name.as_str());
    if members.removed.is_empty() || members.added.is_empty() {
        return members;
    }
    let common: BTreeSet<_> = members.same.iter().map(|(old, _)| old.name.as_str()).collect();
    let names = |side: &'m [Member]| side.iter().map(|it| it.name.as_str());
    let is_common = |name: &str| common.contains(name);
    let places =
        (neighbours(names(&old.members), is_common), neighbours(names(&new.members), is_common));
    members.find_renamed(
        |it| it.name.as_str(),
        |old, new| {
            if [old, new].iter().any(|member| member.name == SENTINEL) {
                return None;
            }
            let look = |it: &'m Member, neighbours| Look {
                name: &it.name,
                description: it.description.as_deref(),
                neighbours,
            };
            let old_look = look(old, *places.0.get(old.name.as_str())?);
            let new_look = look(new, *places.1.get(new.name.as_str())?);
            old_look.likeness(new_look, true)
        },
    );
    members
}

fn about(rule: Rule, enum_: &Enum) -> Change {
    Change::new(rule, Subject::Enum, enum_.name.as_str())
}
