//! A diff as SARIF 2.1.0, for code scanning and editors.
//!
//! The places are those of the head, as relative references below the root of the repository; what
//! the base said is a related location. A fingerprint holds what changed and not where, so that a
//! change is the same one when lines move. What is ignored is a result that is suppressed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_128;

use super::compared::{Compared, Place};
use super::github::{heading_text, joined, verdict};
use super::group::{badness, heading_of};
use super::phrase::{plain, shown};
use crate::diff::{Change, Diff, Level, Rule, Subject};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What stands for the root of the repository, by the convention of those who read SARIF.
const ROOT: &str = "%SRCROOT%";

/// What stands for the same root in the base.
const BASE: &str = "BASE";

/// The diff as a SARIF log with one run, the worst first, with a line feed at the end.
///
/// `folder` is the root of the docs below that of the repository: `docs-input`.
pub fn to_sarif(diff: &Diff, compared: &Compared<'_>, folder: &str) -> String {
    let mut changes: Vec<_> = diff.changes.iter().map(|change| (change, None)).collect();
    changes.sort_by_key(|(change, _)| Reverse(badness(change)));
    changes.extend(diff.ignored.iter().map(|it| (&it.change, Some(it.reason.as_str()))));
    let rules: BTreeSet<_> = changes.iter().map(|(change, _)| change.rule).collect();
    let indices: BTreeMap<_, _> = rules.iter().copied().zip(0_u32..).collect();
    let mut seen = BTreeMap::new();
    let results: Vec<_> = changes
        .into_iter()
        .map(|(change, reason)| {
            let fingerprint = fingerprint(change);
            let number: &mut u32 = seen.entry(fingerprint).or_default();
            *number += 1;
            let fingerprint = format!("{fingerprint:032x}:{number}");
            let mut result = result(change, compared, folder, indices[&change.rule], &fingerprint);
            // All results of a run have suppressions, or none has.
            if !diff.ignored.is_empty() {
                result["suppressions"] = suppressions(reason);
            }
            result
        })
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "docbind",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_iter().map(rule).collect::<Vec<_>>(),
            }},
            "automationDetails": {"id": "docbind-diff/"},
            "originalUriBaseIds": {
                (ROOT): root(compared.head.name, "The root of the repository that holds"),
                (BASE): root(compared.base.name, "The same in what it is compared with:"),
            },
            "columnKind": "utf16CodeUnits",
            "properties": {"bump": diff.bump().as_str()},
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn root(name: &str, what: &str) -> Value {
    json!({"description": {"text": escaped(&format!("{what} {}", shown(name)))}})
}

fn rule(rule: Rule) -> Value {
    let lines = rule.explanation().lines();
    let help: Vec<_> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let help = help.join("\n");
    let help = help.trim();
    let short = help.split("\n\n").next().unwrap_or(help).replace('\n', " ");
    let name: String = rule.id().split('-').map(capital).collect();
    let mut tags = vec!["api"];
    if rule.breaks_wire() {
        tags.push("breaking");
    }
    json!({
        "id": rule.id(),
        "name": name,
        "shortDescription": {"text": escaped(&short)},
        "fullDescription": {"text": escaped(&short)},
        "help": {"text": escaped(help), "markdown": help},
        "defaultConfiguration": {"level": level(rule.level())},
        "properties": {"tags": tags},
    })
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info | Level::Docs => "note",
    }
}

fn result(
    change: &Change,
    compared: &Compared<'_>,
    folder: &str,
    index: u32,
    fingerprint: &str,
) -> Value {
    let heading = heading_text(&heading_of(change));
    let text = format!("{heading}: {}; {}.", plain(change), verdict(change));
    let (base, head) = (compared.base(change), compared.head(change));
    // Who reads the log wants a place, also where the page is gone.
    let place = head.or_else(|| compared.near(change)).or_else(|| compared.base(change));
    let mut result = json!({
        "ruleId": change.rule.id(),
        "ruleIndex": index,
        "level": level(change.level),
        "message": {"text": escaped(&text)},
        "locations": place.iter().map(|place| location(place, folder, ROOT)).collect::<Vec<_>>(),
        "partialFingerprints": {"docbindChange/v1": fingerprint},
        "properties": {
            "level": change.level.as_str(),
            "breaksWire": change.breaks_wire,
            "breaksRust": change.breaks_rust(),
            "bump": change.bump.as_str(),
        },
    });
    if let Some(used) = change.used {
        result["properties"]["used"] = used.into();
    }
    if let Some(base) = base {
        let mut related = location(&base, folder, BASE);
        related["id"] = 1.into();
        related["message"] = json!({"text": "What the base says."});
        result["relatedLocations"] = json!([related]);
    }
    result
}

/// That somebody ignores a change, and why.
fn suppressions(reason: Option<&str>) -> Value {
    let suppression = |reason| json!({"kind": "external", "justification": shown(reason)});
    reason.into_iter().map(suppression).collect()
}

fn location(place: &Place<'_>, folder: &str, root: &str) -> Value {
    let mut region = json!({"startLine": place.line});
    if let Some(row) = &place.row {
        region["snippet"] = json!({"text": shown(row)});
    }
    json!({"physicalLocation": {
        "artifactLocation": {"uri": reference(&joined(folder, &place.path)), "uriBaseId": root},
        "region": region,
    }})
}

/// What is left as it is in a relative reference.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A path as a relative reference, which cannot be taken for one with a scheme or a host.
fn reference(path: &str) -> String {
    utf8_percent_encode(path.trim_start_matches('/'), KEPT).to_string()
}

/// What changed, whatever its line.
fn fingerprint(change: &Change) -> u128 {
    let (kind, part) = match &change.subject {
        Subject::Version => ("version", None),
        Subject::Type => ("type", None),
        Subject::Enum => ("enum", None),
        Subject::Operation { part, .. } => ("operation", *part),
    };
    let facts = [
        Some(change.rule.id()),
        change.version.as_deref(),
        Some(kind),
        Some(&change.target),
        part,
        change.member.as_deref(),
        change.from.as_deref(),
        change.to.as_deref(),
    ];
    xxh3_128(json!(facts).to_string().as_bytes())
}

/// A plain text of SARIF, in which brackets make links unless they are escaped.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}
