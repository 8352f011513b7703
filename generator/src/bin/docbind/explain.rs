//! `docbind explain CODE`: the reference entry of a diagnostic.

use std::error::Error;

use clap::Args;
use docbind::diagnostic::Code;
use docbind::nearest;

use crate::report::{self, Status};

/// Explain a diagnostic: what was found, why it matters, what to do
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code in brackets, such as `unknown-type`; without it, all codes are listed
    code: Option<String>,
}

pub(crate) fn run(arguments: &Explain) -> Result<Status, Box<dyn Error>> {
    let Some(wanted) = &arguments.code else {
        let width = Code::ALL.iter().map(|code| code.id().len()).max().unwrap_or(0);
        for code in Code::ALL {
            let first = code.explanation().lines().next().unwrap_or_default().trim();
            report::print(&format!("{:width$}  {first}\n", code.id()))?;
        }
        return Ok(Status::Fine);
    };
    let code = Code::ALL.iter().find(|code| code.id().eq_ignore_ascii_case(wanted));
    let Some(code) = code else {
        return Err(unknown(wanted).into());
    };
    report::print(&format!("{}\n\n", code.id()))?;
    for line in code.explanation().lines() {
        // A doc comment has a blank in front of each line.
        report::print(&format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))?;
    }
    Ok(Status::Fine)
}

fn unknown(wanted: &str) -> String {
    let near = nearest::hint(wanted, Code::ALL.iter().map(|code| code.id()));
    let near = if near.is_empty() { ";".to_owned() } else { near };
    format!("no diagnostic has the code `{wanted}`{near} `docbind explain` lists them all")
}
