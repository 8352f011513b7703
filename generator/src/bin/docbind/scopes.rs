//! `docbind scopes`: what a program must be allowed that calls some operations.

use std::error::Error;
use std::fmt::Write;

use clap::{Args, ValueEnum};
use docbind::model::Model;
use docbind::scopes::{self, Pattern};
use serde_json::{Value, json};

use crate::report::{self, Output, Status};
use crate::target::{DocsArguments, FilterArguments};

/// Print the smallest set of scopes with which some operations can be called
#[derive(Debug, Args)]
pub(crate) struct Scopes {
    /// An operation, such as `GET /me/messages`; without a method, all of the path. `*` stands for
    /// any segment and `/**` for any rest. Of several versions the one counts that the path begins
    /// with, such as `/beta/me`, else the first that has the operation. Without operations, all that
    /// the filters choose
    #[arg(value_name = "OPERATION")]
    operations: Vec<String>,
    #[command(flatten)]
    docs: DocsArguments,
    #[command(flatten)]
    filters: FilterArguments,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

pub(crate) fn run(arguments: &Scopes, _: Output) -> Result<Status, Box<dyn Error>> {
    let asked = patterns(arguments)?;
    // Whoever names operations asks about these, whether or not the crate has them.
    let loaded = if asked.is_empty() {
        arguments.docs.load_selected(&arguments.filters)?.0
    } else {
        arguments.docs.load()?
    };
    // The stable one comes first.
    let versions = &loaded.api.versions;
    let Some(first) = versions.first() else {
        return Err("the docs have no operations".into());
    };
    let patterns = if asked.is_empty() { all(versions) } else { asked };
    let needs = scopes::needs(versions, &patterns);
    if let Some(unknown) = needs.unmatched.first() {
        return Err(format!("the docs have no operation `{unknown}`").into());
    }
    match arguments.format {
        Format::Text => report::print(&text(&needs)?)?,
        Format::Json => {
            let json = serde_json::to_string_pretty(&to_json(first, &needs))?;
            report::print(&format!("{json}\n"))?;
        }
    }
    Ok(Status::Fine)
}

/// What was asked for.
fn patterns(arguments: &Scopes) -> Result<Vec<Pattern>, Box<dyn Error>> {
    let parsed = arguments.operations.iter().map(|text| {
        Pattern::parse(text).ok_or_else(|| {
            format!("`{text}` is no operation; write it as `GET /users/{{id}}` or `/me/**`").into()
        })
    });
    parsed.collect()
}

/// All that the crate has.
fn all(versions: &[Model]) -> Vec<Pattern> {
    let all_of =
        |model: &Model| model.api_version.as_deref().map_or_else(Pattern::all, Pattern::all_of);
    versions.iter().filter(|model| !model.operations.is_empty()).map(all_of).collect()
}

fn text(needs: &scopes::Needs) -> Result<String, std::fmt::Error> {
    let count = needs.operations.len();
    let mut text = format!("{count} operation{}\n", if count == 1 { "" } else { "s" });
    for (kind, need) in needs.kinds() {
        let names = match (need.scopes.is_empty(), need.impossible.len() < count) {
            (false, _) => need.scopes.join(" "),
            (true, true) => "(none)".to_owned(),
            (true, false) => "(not possible)".to_owned(),
        };
        let doubt = if need.is_smallest { "" } else { "  (there may be a smaller set)" };
        writeln!(text, "\n{}:\n  {names}{doubt}", kind.label())?;
        if need.impossible.len() < count {
            for operation in &need.impossible {
                writeln!(text, "  not possible: {operation}")?;
            }
        }
    }
    if !needs.unstated.is_empty() {
        text += "\nThe docs state no permission at all:\n";
        for operation in &needs.unstated {
            writeln!(text, "  {operation}")?;
        }
    }
    Ok(text)
}

fn to_json(first: &Model, needs: &scopes::Needs) -> Value {
    let mut json = json!({
        "apiVersion": first.api_version,
        "operations": needs.operations,
        "unstated": needs.unstated,
    });
    for (kind, need) in needs.kinds() {
        json[kind.key()] = json!({
            "scopes": need.scopes,
            "isSmallest": need.is_smallest,
            "impossible": need.impossible,
        });
    }
    json
}
