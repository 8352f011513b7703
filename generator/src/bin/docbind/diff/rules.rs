//! `docbind diff rules`: every rule that a diff has.

use std::error::Error;
use std::fmt::Write;

use clap::{Args, ValueEnum};
use docbind::diff::Rule;
use serde_json::{Value, json};

use crate::explain::first_line;
use crate::report::{self, Status};

/// List the rules: what they find, their levels, and whom it breaks
#[derive(Debug, Args)]
#[command(after_help = "`docbind explain RULE` says more of each.")]
pub(super) struct Rules {
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// The number of the form that is written.
const FORMAT: u32 = 1;

pub(super) fn run(arguments: &Rules) -> Result<Status, Box<dyn Error>> {
    match arguments.format {
        Format::Text => report::print(&text())?,
        Format::Json => {
            let rules: Vec<Value> = Rule::ALL.iter().map(|rule| to_json(*rule)).collect();
            let json = json!({ "format": FORMAT, "rules": rules });
            report::print(&format!("{}\n", serde_json::to_string_pretty(&json)?))?;
        }
    }
    Ok(Status::Fine)
}

fn text() -> String {
    let width = |of: fn(Rule) -> &'static str| {
        Rule::ALL.iter().map(|rule| of(*rule).len()).max().unwrap_or(0)
    };
    let (ids, kinds) = (width(Rule::id), width(Rule::kind));
    let mut text = format!(
        "{:ids$}  {:kinds$}  {:7}  {:9}  {:5}  what happened\n",
        "rule", "kind", "level", "breaks", "bump"
    );
    for rule in Rule::ALL {
        let (id, kind, level, bump) =
            (rule.id(), rule.kind(), rule.level().as_str(), rule.bump().as_str());
        let breaks = breaks(*rule).join(" ");
        let breaks = if breaks.is_empty() { "-" } else { &breaks };
        let summary = first_line(rule.explanation());
        let _ =
            writeln!(text, "{id:ids$}  {kind:kinds$}  {level:7}  {breaks:9}  {bump:5}  {summary}");
    }
    text
}

fn to_json(rule: Rule) -> Value {
    json!({
        "rule": rule.id(),
        "kind": rule.kind(),
        "level": rule.level().as_str(),
        "breaks": breaks(rule),
        "bump": rule.bump().as_str(),
        "summary": first_line(rule.explanation()),
    })
}

/// Whom it breaks, in the words of the diff.
fn breaks(rule: Rule) -> Vec<&'static str> {
    let breaks = [(rule.breaks_wire(), "wire"), (rule.breaks_rust(), "rust")];
    breaks.into_iter().filter(|(does, _)| *does).map(|(_, what)| what).collect()
}
