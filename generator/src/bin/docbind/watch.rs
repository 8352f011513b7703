//! `docbind watch`: makes the crate again whenever the docs change, and says what is different.
//!
//! The first run must succeed; afterwards nothing but the user ends it.

mod events;
mod news;
mod snapshot;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::Args;
use docbind::docs::Docs;
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
    api_version: Option<String>,
    config: PathBuf,
    /// What pages include, there or not, wherever it lies: what to call it, and where it is.
    included: BTreeMap<PathBuf, PathBuf>,
}

impl Places {
    /// What this job reads, where `included` is known of the run before.
    fn of(job: &Job, included: BTreeMap<PathBuf, PathBuf>) -> Self {
        let config = PathBuf::from(config::FILE);
        Self { docs: job.docs.clone(), api_version: job.api_version.clone(), config, included }
    }

    /// Takes what these docs include.
    fn include(&mut self, docs: &Docs) {
        let root = self.docs.canonicalize().unwrap_or_default();
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
        let files = docs.besides().chain(docs.awaited());
        let name = |path: &Path| match path.strip_prefix(&root) {
            Ok(below) => self.docs.join(below),
            Err(_) => path.strip_prefix(&here).unwrap_or(path).to_owned(),
        };
        self.included = files.map(|path| (name(&path), path)).collect();
    }
}

pub(crate) fn run(arguments: &Watch, output: Output) -> Result<Status, Box<dyn Error>> {
    let mut events = Events::new(arguments.poll)?;
    let mut job = target::job(&arguments.docs, &arguments.filters, &arguments.crate_)?;
    let mut places = Places::of(&job, BTreeMap::new());
    let mut seen = Snapshot::take(&places);
    let start = now();
    let outcome = job.run(Mode::Write)?;
    let before = places.clone();
    places.include(&outcome.docs);
    seen = seen.with_included_of(&before, &places, start);
    events.listen(&places);
    report::diagnostics(&outcome.docs, &outcome.diagnostics, arguments.fail_on.shown())?;
    let docs = places.docs.display();
    let summary = generate::summary(&job, &outcome);
    print(&format!("{summary}{:14}{docs}, until Ctrl-C\n", "watching"), output)?;
    let mut memory = Memory::new(&job, outcome)?;
    let mut complaint = Complaint::default();
    while let Some(found) = events.wait(&places, &seen) {
        print(&headline(&places, &seen, &found), output)?;
        seen = found;
        let renewed = target::job_again(&arguments.docs, &arguments.filters, &arguments.crate_);
        let missing = match renewed {
            Ok(renewed) => {
                job = renewed.job;
                renewed.missing
            }
            Err(error) => {
                events.listen(&places);
                complaint.about(error.as_ref());
                continue;
            }
        };
        // First this, so that what changes while the docs are read is a reason to read them again.
        let changed = Places::of(&job, places.included.clone());
        let is_elsewhere = places != changed;
        if is_elsewhere {
            places = changed;
            // The configuration may have changed again since it was read.
            seen = Snapshot::take(&places).with_config_of(&seen, &places.config);
        }
        events.listen(&places);
        // That the folder is gone has been said, unless it is another one.
        if !seen.is_there && !is_elsewhere {
            continue;
        }
        // A folder that went just now is missed by the run.
        if let (false, Some(error)) = (seen.is_there, missing) {
            complaint.about(error.as_ref());
            continue;
        }
        let start = now();
        let before = places.clone();
        let result = job.run(Mode::Write).and_then(|outcome| {
            places.include(&outcome.docs);
            let files = generate::files(&job, &outcome);
            Ok((files, Memory::new(&job, outcome)?))
        });
        if places != before {
            seen = seen.with_included_of(&before, &places, start);
            events.listen(&places);
        }
        match result {
            Ok((files, now)) => {
                print(&(now.since(&memory) + &files), output)?;
                memory = now;
                complaint = Complaint::default();
            }
            Err(error) => complaint.about(&error),
        }
    }
    Ok(Status::Fine)
}

#[expect(clippy::disallowed_methods, reason = "files are older or younger than a run")]
fn now() -> SystemTime {
    SystemTime::now()
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

fn print(text: &str, output: Output) -> Result<(), Box<dyn Error>> {
    if output.quiet { Ok(()) } else { report::print(text) }
}

/// What went wrong last, which is not said in full with each run.
#[derive(Default)]
struct Complaint(String);

impl Complaint {
    fn about(&mut self, error: &dyn Error) {
        let text = error.to_string();
        if text == self.0 {
            anstream::eprintln!("still: {}", text.lines().next().unwrap_or_default());
        } else {
            report::error(error);
            self.0 = text;
        }
    }
}
