//! `docbind diff`: what differs between two states of the docs, and whom it breaks.

mod rules;
mod sides;

use std::error::Error;
use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use docbind::config::{self, Config};
use docbind::diagnostic::render::Style;
use docbind::diff::policy::{self, Date, FailOn, IGNORE_FILE, IgnoreFile, RuleLevel};
use docbind::diff::usage::{self, Usage};
use docbind::diff::{self, Change, Diff, report as reports};
use docbind::model::Api;
use docbind::summary::counted;

use crate::report::{self, Output, Status};
use crate::target::ProfileArguments;
use sides::Sides;

const HELP: &str = "\
Exit status: 0 nothing fails; 1 a change reaches --fail-on; 2 wrong usage, or a side that could not be \
read.

What no flag says, docbind.toml in the current folder does: the keys `docs` and `api-version`, the \
section `[api]`, and in the section `[diff]` the keys `fail-on` and `ignore`. The section \
`[diff.levels]` has levels of rules, such as `property-became-optional = \"info\"`.

With --quiet the text is not printed, and the status says it all; what --output or another --format \
asks for is written all the same.

A folder that is called `rules` is given as `./rules`.";

/// Say what a change to the docs does to the API, and whom it breaks
#[derive(Debug, Args)]
#[command(after_help = HELP, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct DiffArguments {
    /// What is compared with: a folder of docs, the JSON of a model, or a revision of git with or
    /// without a folder, such as `main`, `HEAD~3:docs-input`. `A..B` names both sides, `A...B` what B
    /// changed since it left A
    #[arg(required = true)]
    base: Option<OsString>,
    /// What is compared, in the same words [default: the docs of the working tree]
    head: Option<OsString>,
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    docs: SidesArguments,
    #[command(flatten)]
    policy: PolicyArguments,
    #[command(flatten)]
    form: FormArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    Rules(rules::Rules),
}

/// How both sides are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "The docs")]
struct SidesArguments {
    /// The folder of the docs, where a side does not name it [default: docs-input]
    #[arg(long, value_name = "DIR")]
    docs: Option<PathBuf>,
    /// Compare only this version, such as `v1.0`; where pages lie in no version folder, the version
    /// that they are of
    #[arg(long, value_name = "VERSION")]
    api_version: Option<String>,
    /// Compare what could be read, even if files of a side could not. What only these state looks
    /// as if it were removed, or added
    #[arg(long)]
    partial: bool,
    /// Read every page anew, whatever earlier runs found out. What they keep lies in `docbind` in
    /// Cargo's target folder
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    profile: ProfileArguments,
}

/// What the diff is judged by.
#[derive(Debug, Args)]
#[command(next_help_heading = "What it is judged by")]
struct PolicyArguments {
    /// End with status 1 when a change has this level or a worse one: `error`, `warning` or `none`
    /// [default: error]
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// Another level for a rule: `error`, `warning`, `info` or `docs`; may be repeated
    #[arg(long = "level", value_name = "RULE=LEVEL")]
    levels: Vec<RuleLevel>,
    /// The file of changes that are ignored [default: docbind-diff.toml, if it is there]
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,
    /// Add to that file what would fail, for you to write the reasons
    #[arg(long)]
    write_ignore: bool,
    /// The docbind.toml of a crate: only what touches the part of the API that its filters choose
    /// counts
    #[arg(long, value_name = "FILE")]
    used: Option<PathBuf>,
}

/// How it is printed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
struct FormArguments {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Write it to a file instead
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// List as well what changes no fact: descriptions, examples, titles, order
    #[arg(long)]
    docs_changes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs, in a versioned form
    Json,
    /// For a comment on a pull request
    Markdown,
    /// Workflow commands, which annotate the lines of the head
    Github,
    /// A page of its own, to search and filter
    Html,
    /// For what collects the findings of tools, in the form of SARIF 2.1.0
    Sarif,
}

pub(crate) fn run(arguments: &DiffArguments, output: Output) -> Result<Status, Box<dyn Error>> {
    if let Some(Command::Rules(rules)) = &arguments.command {
        return rules::run(rules);
    }
    let config = config::read()?;
    // The process ends when it is done with them, and the system is faster at taking their memory back.
    let sides = ManuallyDrop::new(Sides::load(arguments, &config)?);
    let (base, head) = (&sides.base.api, &sides.head.api);
    // A fault in what was asked for shows before anything is printed.
    let policy = Policy::new(&arguments.policy, &config)?;
    let mut diff = diff::diff(base, head);
    if let Some(file) = &arguments.policy.used {
        mark(&mut diff, base, head, file)?;
    }
    let warnings = policy.judge(&mut diff, base, head);
    if !arguments.form.docs_changes {
        policy::leave_out_docs(&mut diff);
    }
    if !output.quiet {
        sides.report_flaws()?;
        for warning in &warnings {
            report::warning(warning);
        }
    }
    let failing: Vec<&Change> =
        diff.changes.iter().filter(|change| policy.fail_on.fails(change)).collect();
    let (status, note) = if arguments.policy.write_ignore {
        let written = counted(policy.ignored.write(failing)?, "entry", "entries");
        (Status::Fine, format!("{written} added to {}", policy.path.display()))
    } else if failing.is_empty() {
        (Status::Fine, String::new())
    } else {
        let count = counted(failing.len(), "change fails", "changes fail");
        (Status::Failed, format!("{count} the diff, by --fail-on {}", policy.fail_on))
    };
    print(diff, &sides, &arguments.form, output)?;
    if !output.quiet && !note.is_empty() {
        report::note(&note);
    }
    Ok(status)
}

/// Marks what touches the part of the API that a crate has chosen in its file.
fn mark(diff: &mut Diff, base: &Api, head: &Api, file: &Path) -> Result<(), Box<dyn Error>> {
    let config = config::read_file(file, &file.display().to_string())?;
    let (filters, version) = (config.filters.clone(), config.api_version.clone());
    let usage = Usage::of_crate(filters, version, &config.types)?;
    usage::mark(diff, base, head, &usage).map_err(|error| {
        match error.setting().and_then(|(key, _)| config.place(key)) {
            Some(place) => format!("{place}: {error}").into(),
            None => error.into(),
        }
    })
}

/// A file that cannot be read with the place that names it.
fn placed(error: docbind::Error, arguments: &PolicyArguments, config: &Config) -> Box<dyn Error> {
    match config.place("ignore").filter(|_| arguments.ignore.is_none() && error.source().is_some())
    {
        Some(place) => format!("{place}: {error}").into(),
        None => error.into(),
    }
}

/// What a diff is judged by, from flags and files.
struct Policy {
    fail_on: FailOn,
    levels: Vec<RuleLevel>,
    path: PathBuf,
    ignored: IgnoreFile,
}

impl Policy {
    fn new(arguments: &PolicyArguments, config: &Config) -> Result<Self, Box<dyn Error>> {
        let named = arguments.ignore.as_ref().or(config.diff.ignore.as_ref());
        let path = named.cloned().unwrap_or_else(|| PathBuf::from(IGNORE_FILE));
        // A file that somebody names is there, unless it is to be made.
        let is_there = path.exists() || (named.is_some() && !arguments.write_ignore);
        let ignored = if is_there {
            IgnoreFile::read(&path).map_err(|error| placed(error, arguments, config))?
        } else {
            IgnoreFile::empty(&path)
        };
        Ok(Self {
            fail_on: arguments.fail_on.or(config.diff.fail_on).unwrap_or_default(),
            levels: [&config.diff.levels[..], &arguments.levels].concat(),
            path,
            ignored,
        })
    }

    /// Sets levels, and takes out what is ignored. What comes back is to be mended.
    fn judge(&self, diff: &mut Diff, base: &Api, head: &Api) -> Vec<String> {
        policy::set_levels(diff, &self.levels);
        self.ignored.apply(diff, base, head, Date::today()).warnings
    }
}

/// Prints what of the diff counts. Programs get the rest as well, and tell it by `used`.
fn print(
    mut diff: Diff,
    sides: &Sides,
    form: &FormArguments,
    output: Output,
) -> Result<(), Box<dyn Error>> {
    if form.format != Format::Json {
        let all = diff.changes.len();
        diff.changes.retain(|change| change.used != Some(false));
        diff.ignored.retain(|ignored| ignored.change.used != Some(false));
        let unused = all - diff.changes.len();
        if unused > 0 && !output.quiet {
            let count = counted(unused, "change touches", "changes touch");
            report::note(&format!("{count} nothing that the crate calls: left out"));
        }
    }
    if output.quiet && form.format == Format::Text && form.output.is_none() {
        return Ok(());
    }
    let compared = sides.compared();
    let text = match form.format {
        // The stream takes the colours out again where they are not wanted.
        Format::Text if form.output.is_none() => {
            reports::to_text(&diff, &compared, Style::Coloured)
        }
        Format::Text => reports::to_text(&diff, &compared, Style::Plain),
        Format::Json => reports::to_json(&diff),
        Format::Markdown => reports::to_markdown(&diff, &compared),
        Format::Github => reports::to_github(&diff, &compared, &sides.folder()),
        Format::Html => reports::to_html(&diff, &compared),
        Format::Sarif => reports::to_sarif(&diff, &compared, &sides.folder()),
    };
    match &form.output {
        None => report::print_before_status(&text),
        Some(file) => std::fs::write(file, text).map_err(|error| {
            let file = file.display();
            format!("cannot write the diff to `{file}`: {error}").into()
        }),
    }
}
