//! Waiting until something changes and is quiet again, or until the user has enough.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Places;
use super::snapshot::{Snapshot, ground};

/// How long nothing may happen before it counts as quiet, and how often that is waited for: two
/// seconds in all.
const QUIET: Duration = Duration::from_millis(100);
const MOST_WAITS: u32 = 20;

/// How often to look where nothing says that something changed.
const EVERY: Duration = Duration::from_secs(1);

/// Who is told that something may have changed.
pub(super) struct Events {
    watcher: Option<RecommendedWatcher>,
    /// The folders that it was told to listen to.
    folders: BTreeMap<PathBuf, RecursiveMode>,
    polls: bool,
    /// Holds one hint at most: that there were many says no more.
    hints: Receiver<()>,
    hint: SyncSender<()>,
    is_over: Arc<AtomicBool>,
}

impl Events {
    /// Starts to listen to the user. With `polls` the file system is never asked to tell.
    pub(super) fn new(polls: bool) -> Result<Self, ctrlc::Error> {
        let (hint, hints) = sync_channel(1);
        let is_over = Arc::new(AtomicBool::new(false));
        let (over, wake) = (Arc::clone(&is_over), hint.clone());
        ctrlc::set_handler(move || {
            if over.swap(true, Ordering::SeqCst) {
                // Who asks twice does not want to wait for the end of a run.
                std::process::exit(130);
            }
            // A hint that is there already wakes as well.
            let _ = wake.try_send(());
        })?;
        Ok(Self { watcher: None, folders: BTreeMap::new(), polls, hints, hint, is_over })
    }

    /// Listens to these places from now on. Everything is asked for anew each time, since a folder
    /// that was replaced by another one of its name does not tell any more.
    ///
    /// Where the file system cannot tell, says why, once, and looks every now and then instead.
    pub(super) fn listen(&mut self, places: &Places) {
        self.watcher = None;
        if self.polls {
            return;
        }
        self.folders = folders(places);
        match self.watcher() {
            Ok(watcher) => self.watcher = Some(watcher),
            Err(error) => {
                self.polls = true;
                let why = why(&error);
                anstream::eprintln!(
                    "note: cannot be told of changes, so looks every second: {why}"
                );
            }
        }
    }

    fn watcher(&self) -> notify::Result<RecommendedWatcher> {
        let hint = self.hint.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // An error is a reason to look, too.
            if event.is_ok_and(|event| is_reading(event.kind)) {
                return;
            }
            let _ = hint.try_send(());
        })?;
        for (folder, mode) in &self.folders {
            match watcher.watch(folder, *mode) {
                // It went just now. The folder above tells.
                Err(error) if is_missing(&error) => {}
                result => result?,
            }
        }
        Ok(watcher)
    }

    /// Waits until the places look different from `seen`, and then until nothing happens any more,
    /// but not for ever. None when the user has enough.
    ///
    /// It looks before it listens, so that nothing is lost that happened while nobody did.
    pub(super) fn wait(&mut self, places: &Places, seen: &Snapshot) -> Option<Snapshot> {
        while !self.is_over() {
            let now = Snapshot::take(places);
            if now != *seen {
                let settled = self.settle(places, now);
                if settled != *seen && !self.is_over() {
                    return Some(settled);
                }
            } else if self.polls || !seen.is_there {
                let _ = self.hints.recv_timeout(EVERY);
            } else {
                let _ = self.hints.recv();
                // There may be a folder by now in which a file is awaited.
                if self.folders != folders(places) {
                    self.listen(places);
                }
            }
        }
        None
    }

    fn settle(&self, places: &Places, mut now: Snapshot) -> Snapshot {
        for _ in 0..MOST_WAITS {
            thread::sleep(QUIET);
            let was_told = self.hints.try_recv().is_ok();
            let next = Snapshot::take(places);
            if self.is_over() || (!was_told && next == now) {
                break;
            }
            now = next;
        }
        now
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }
}

/// Whether an event says no more than that someone looks at a file, as we do ourselves.
fn is_reading(kind: EventKind) -> bool {
    kind.is_access() && kind != EventKind::Access(AccessKind::Close(AccessMode::Write))
}

/// What to listen to: the docs with all that is below; the folder that they lie in, which tells
/// that they go and come; and the folders of the configuration and of what is included from elsewhere.
/// Editors put new files in the place of old ones, so that only folders tell reliably.
fn folders(places: &Places) -> BTreeMap<PathBuf, RecursiveMode> {
    let mut folders = BTreeSet::new();
    let docs = std::path::absolute(&places.docs).unwrap_or_else(|_| places.docs.clone());
    let above = |path: &Path| path.parent().map(ground);
    folders.extend(above(&docs));
    // A name alone lies in the folder of the process.
    let config = places.config.parent().filter(|folder| !folder.as_os_str().is_empty());
    folders.insert(ground(config.unwrap_or(Path::new("."))));
    folders.extend(places.included.values().filter_map(|path| above(path)));
    let single = folders.into_iter().filter_map(|folder| folder.canonicalize().ok());
    // A reference may be a link that leads elsewhere.
    let whole = [docs.join("api-reference"), docs].map(|folder| folder.canonicalize());
    let whole: Vec<_> = whole.into_iter().flatten().collect();
    let single = single.filter(|folder| !whole.iter().any(|docs| folder.starts_with(docs)));
    let single: Vec<_> = single.map(|folder| (folder, RecursiveMode::NonRecursive)).collect();
    let is_within =
        |folder: &PathBuf| whole.iter().any(|other| other != folder && folder.starts_with(other));
    let whole = whole.iter().filter(|folder| !is_within(folder));
    whole.map(|folder| (folder.clone(), RecursiveMode::Recursive)).chain(single).collect()
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

fn why(error: &notify::Error) -> String {
    let (what, limit) = match &error.kind {
        ErrorKind::MaxFilesWatch => ("the system watches no more folders".to_owned(), "watches"),
        // Each program that watches takes one, and each user may have so many.
        ErrorKind::Io(error) if error.raw_os_error() == Some(24) => {
            (error.to_string(), "instances")
        }
        ErrorKind::Io(error) => return error.to_string(),
        _ => return error.to_string(),
    };
    if cfg!(target_os = "linux") {
        format!("{what}; see fs.inotify.max_user_{limit}")
    } else {
        what
    }
}
