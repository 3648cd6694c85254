//! When the author's files have changed: the system's events only wake, and a look at the whole tree decides.
//!
//! Events are lost, doubled and late (a folder that is made and filled at once, a network mount, an overflow). So none of
//! them is believed: after a moment of quiet every file's stamp is compared with the last one, and a slow round does
//! the same where no event comes at all.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use walkdir::WalkDir;

/// After an event, how long nothing more must come: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(40);

/// Younger files may be written again within the same tick of the system's clock: such a look is not the last.
const YOUNG: Duration = Duration::from_millis(30);

/// An end to waiting for quiet, where files change without pause.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the tree is looked at without an event, and how often where there are none.
const ROUND: Duration = Duration::from_secs(3);
const POLL: Duration = Duration::from_millis(500);

/// Folders that hold nothing of a handbook, and may hold very much.
const PASSED_OVER: [&str; 3] = [".git", "node_modules", "target"];

/// What a file looked like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    /// The file itself and when anything about it changed, where the system tells: no program can set these back.
    own: (u64, i64, i64),
}

/// Every file that a handbook is made of, as it looked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Look(BTreeMap<PathBuf, Stamp>);

/// What is watched.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    /// The handbook's root.
    pub(super) root: PathBuf,
    /// Whether the root itself is the content.
    pub(super) bare: bool,
    /// The output, which is none of it.
    pub(super) output: PathBuf,
}

impl Ground {
    /// The folders and the file that matter.
    fn parts(&self) -> Vec<PathBuf> {
        if self.bare {
            return vec![self.root.clone()];
        }
        ["content", "static", "themes", "site.toml"].map(|name| self.root.join(name)).into()
    }

    /// Look at every file.
    pub(super) fn look(&self) -> Look {
        let mut seen = BTreeMap::new();
        for part in self.parts() {
            let wanted = |entry: &walkdir::DirEntry| {
                let passed = entry.file_name().to_str().is_some_and(|name| PASSED_OVER.contains(&name));
                !passed && entry.path() != self.output
            };
            // What cannot be looked at is told of when it is read.
            for entry in WalkDir::new(part).follow_links(true).into_iter().filter_entry(wanted).flatten() {
                if let Ok(meta) = entry.metadata() {
                    seen.insert(entry.into_path(), settled(stamp(&meta)));
                }
            }
        }
        Look(seen)
    }
}

impl Look {
    /// The files that are new, other or gone, in order.
    pub(super) fn changes(&self, now: &Look) -> Vec<PathBuf> {
        let other = now.0.iter().filter(|(path, stamp)| self.0.get(*path) != Some(stamp)).map(|(path, _)| path);
        let gone = self.0.keys().filter(|path| !now.0.contains_key(*path));
        let mut changes: Vec<PathBuf> = other.chain(gone).cloned().collect();
        changes.sort();
        changes
    }
}

/// A stamp by which a later look can be compared; that of a young file equals no other.
fn settled(stamp: Stamp) -> Stamp {
    let now = SystemTime::now();
    let age = stamp.modified.and_then(|modified| now.duration_since(modified).ok());
    Stamp { modified: if age.is_some_and(|age| age < YOUNG) { Some(now) } else { stamp.modified }, ..stamp }
}

#[cfg(unix)]
fn stamp(meta: &Metadata) -> Stamp {
    use std::os::unix::fs::MetadataExt as _;
    // A folder's own stamp changes with every file in it, which is looked at anyway.
    let own = if meta.is_dir() { (meta.ino(), 0, 0) } else { (meta.ino(), meta.ctime(), meta.ctime_nsec()) };
    let modified = meta.modified().ok().filter(|_| !meta.is_dir());
    Stamp { modified, length: if meta.is_dir() { 0 } else { meta.len() }, own }
}

#[cfg(not(unix))]
fn stamp(meta: &Metadata) -> Stamp {
    let modified = meta.modified().ok().filter(|_| !meta.is_dir());
    Stamp { modified, length: if meta.is_dir() { 0 } else { meta.len() }, own: (0, 0, 0) }
}

/// Wakes when something may have changed.
pub(super) struct Watch {
    ground: Ground,
    events: Receiver<()>,
    /// Kept so that the channel stays open where there is no watcher.
    sender: Sender<()>,
    watcher: Option<RecommendedWatcher>,
}

impl Watch {
    /// Begin to watch; `poll` says that no events are to be hoped for.
    pub(super) fn new(ground: Ground, poll: bool) -> Watch {
        let (sender, events) = channel();
        let mut watch = Watch { ground, events, sender, watcher: None };
        if !poll {
            watch.begin();
        }
        watch
    }

    /// Whether the system tells of changes.
    pub(super) fn has_events(&self) -> bool {
        self.watcher.is_some()
    }

    /// Watch the folders anew: one that was replaced by another of its name is not watched any more.
    pub(super) fn begin(&mut self) {
        let sender = self.sender.clone();
        let told = move |event: notify::Result<notify::Event>| {
            // Reading raises events too, and must not wake the reader; an error may hide a change.
            if event.map_or(true, |event| !matches!(event.kind, EventKind::Access(_))) {
                // Nobody listens any more when the server ends.
                let _ = sender.send(());
            }
        };
        self.watcher = notify::recommended_watcher(told).ok();
        let Some(watcher) = &mut self.watcher else { return };
        // The root tells of its folders coming and going, and of site.toml.
        let mut watched = watcher.watch(&self.ground.root, RecursiveMode::NonRecursive).is_ok();
        let folders = self.ground.parts().into_iter().filter(|part| part.is_dir());
        for folder in folders {
            watched &= watcher.watch(&folder, RecursiveMode::Recursive).is_ok();
        }
        if !watched {
            self.watcher = None;
        }
    }

    /// Wait until something may have changed and the files are quiet, or a round is over. An error: nobody watches.
    pub(super) fn wait(&self) {
        let round = if self.has_events() { ROUND } else { POLL };
        if self.events.recv_timeout(round) == Err(RecvTimeoutError::Timeout) {
            return;
        }
        let since = std::time::Instant::now();
        while since.elapsed() < PATIENCE && self.events.recv_timeout(QUIET).is_ok() {}
    }

    /// Look at every file.
    pub(super) fn look(&self) -> Look {
        self.ground.look()
    }
}

/// Whether a change may have replaced a folder that is watched.
pub(super) fn is_structural(changes: &[PathBuf], root: &Path) -> bool {
    changes.iter().any(|path| path.parent() == Some(root) || path.is_dir())
}
