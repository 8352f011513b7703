//! `docbind watch`: makes the crate again whenever the docs change, and says what is different.
//!
//! The first run must succeed; afterwards nothing but the user ends it.

mod events;
mod news;
mod snapshot;

use std::error::Error;
use std::path::PathBuf;

use clap::Args;
use docbind::output::Mode;
use docbind::{Job, config};

use crate::generate;
use crate::report::{self, FailOn, Output, Status};
use crate::target::{self, CrateArguments, DocsArguments, FilterArguments};
use events::Events;
use news::Memory;
use snapshot::Snapshot;

/// Write the crate that the docs describe, and again whenever they change
#[derive(Debug, Args)]
pub(crate) struct Watch {
    #[command(flatten)]
    docs: DocsArguments,
    #[command(flatten)]
    filters: FilterArguments,
    #[command(flatten)]
    crate_: CrateArguments,
    /// Which flaws of the docs to print at the start; later on, each that comes or goes is printed
    #[arg(long, value_name = "LEVEL", default_value = "error", help_heading = "Output")]
    fail_on: FailOn,
    /// Look for changes every second, where the system does not tell of them: in some containers
    /// and on network drives
    #[arg(long)]
    poll: bool,
}

/// What is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Places {
    docs: PathBuf,
    /// The crate, which may lie in the docs and is none.
    out: PathBuf,
    config: PathBuf,
}

impl Places {
    fn of(job: &Job) -> Self {
        let config = PathBuf::from(config::FILE);
        Self { docs: job.docs.clone(), out: job.out.clone(), config }
    }
}

pub(crate) fn run(arguments: &Watch, output: Output) -> Result<Status, Box<dyn Error>> {
    let mut events = Events::new(arguments.poll)?;
    let mut job = target::job(&arguments.docs, &arguments.filters, &arguments.crate_)?;
    let mut places = Places::of(&job);
    listen(&mut events, &places);
    let mut seen = Snapshot::take(&places);
    let outcome = job.run(Mode::Write)?;
    report::diagnostics(&outcome.docs, &outcome.diagnostics, arguments.fail_on.shown())?;
    let docs = places.docs.display();
    let start = generate::summary(&job, &outcome);
    print(&format!("{start}{:14}{docs}, until Ctrl-C\n", "watching"), output)?;
    let mut memory = Memory::new(&job, outcome)?;
    let mut complaint = Complaint::default();
    while let Some(now) = events.wait(&places, &seen) {
        print(&headline(&places, &seen, &now), output)?;
        seen = now;
        match target::job(&arguments.docs, &arguments.filters, &arguments.crate_) {
            Ok(changed) => job = changed,
            Err(error) => {
                listen(&mut events, &places);
                complaint.about(error.as_ref());
                continue;
            }
        }
        // First this, so that what changes while the docs are read is a reason to read them again.
        let is_elsewhere = places != Places::of(&job);
        if is_elsewhere {
            places = Places::of(&job);
            // The configuration may have changed again since it was read.
            seen = Snapshot::take(&places).with_config_of(&seen, &places.config);
        }
        listen(&mut events, &places);
        // That the folder is gone has been said, unless it is another one.
        if !seen.is_there && !is_elsewhere {
            continue;
        }
        match again(&job, &memory) {
            Ok((news, now)) => {
                print(&news, output)?;
                memory = now;
                complaint = Complaint::default();
            }
            Err(error) => complaint.about(error.as_ref()),
        }
    }
    Ok(Status::Fine)
}

fn listen(events: &mut Events, places: &Places) {
    if let Some(why) = events.listen(places) {
        anstream::eprintln!("note: {why}");
    }
}

/// What has changed on disk.
fn headline(places: &Places, seen: &Snapshot, now: &Snapshot) -> String {
    let docs = places.docs.display();
    match (seen.is_there, now.is_there) {
        (true, false) => format!("{docs} is gone; when it is back, it goes on\n"),
        (false, true) => format!("{docs} is back\n"),
        (false, false) => String::new(),
        (true, true) => now.since(seen) + "\n",
    }
}

/// Makes the crate again, and says what is different.
fn again(job: &Job, memory: &Memory) -> Result<(String, Memory), Box<dyn Error>> {
    let outcome = job.run(Mode::Write)?;
    let files = generate::files(job, &outcome);
    let now = Memory::new(job, outcome)?;
    Ok((now.since(memory) + &files, now))
}

fn print(text: &str, output: Output) -> Result<(), Box<dyn Error>> {
    if output.quiet { Ok(()) } else { report::print(text) }
}

/// What went wrong last, which is not said again with each run.
#[derive(Default)]
struct Complaint(String);

impl Complaint {
    fn about(&mut self, error: &dyn Error) {
        let text = error.to_string();
        if text != self.0 {
            report::error(error);
            self.0 = text;
        }
    }
}
