//! When the author's files may have changed: the system's events only wake, and a look at the whole tree decides.
//!
//! Events are lost, doubled and late (a folder that is made and filled at once, a network mount, an overflow). So none of
//! them is believed: after a moment of quiet every file's stamp is compared with the last one, and a slow round does
//! the same where no event comes at all.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::preview::Whole;
use super::tree::Ground;

/// After an event, how long nothing more must come: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(40);

/// An end to waiting for quiet, where files change without pause.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the tree is looked at without an event, and how often where there are none.
const ROUND: Duration = Duration::from_millis(2500);
const POLL: Duration = Duration::from_millis(500);

/// Files of one event after which they are not told one by one.
const MOST: usize = 50;

/// Why a wait is over.
pub(super) enum Woken {
    /// Something may have changed, these files among it.
    Changed(Vec<PathBuf>),
    /// Nothing came within the time.
    Quiet,
    /// A whole site is made; or its making failed.
    Whole(Option<Box<Whole>>),
}

/// What comes in while nobody waits.
enum Message {
    Event(Vec<PathBuf>),
    Whole(Option<Box<Whole>>),
}

/// Wakes when something may have changed, or is done.
pub(super) struct Watch {
    ground: Ground,
    messages: Receiver<Message>,
    /// Kept so that the channel stays open where there is no watcher.
    sender: Sender<Message>,
    watcher: Option<RecommendedWatcher>,
    /// What came while the files were waited for.
    whole: Option<Option<Box<Whole>>>,
}

/// Tells a [`Watch`] that a whole site is made.
pub(super) struct Bell(Sender<Message>);

impl Bell {
    pub(super) fn ring(&self, whole: Option<Whole>) {
        // Nobody listens any more when the server ends.
        let _ = self.0.send(Message::Whole(whole.map(Box::new)));
    }
}

impl Watch {
    /// Begin to watch; `poll` says that no events are to be hoped for.
    pub(super) fn new(ground: Ground, poll: bool) -> Watch {
        let (sender, messages) = channel();
        let mut watch = Watch { ground, messages, sender, watcher: None, whole: None };
        if !poll {
            watch.begin();
        }
        watch
    }

    /// Whether the system tells of changes.
    pub(super) fn has_events(&self) -> bool {
        self.watcher.is_some()
    }

    /// What tells of a whole site.
    pub(super) fn bell(&self) -> Bell {
        Bell(self.sender.clone())
    }

    /// How long to wait when there is nothing to do.
    pub(super) fn round(&self) -> Duration {
        if self.has_events() { ROUND } else { POLL }
    }

    /// Watch the folders anew: one that was replaced by another of its name is not watched any more.
    pub(super) fn begin(&mut self) {
        let sender = self.sender.clone();
        let told = move |event: notify::Result<Event>| {
            // Reading raises events too, and must not wake the reader; an error may hide a change.
            let paths = match event {
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) => event.paths,
                Err(_) => Vec::new(),
            };
            let _ = sender.send(Message::Event(paths));
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

    /// Wait until something may have changed and the files are quiet, or a whole site is made, for at most `longest`.
    pub(super) fn wait(&mut self, longest: Duration) -> Woken {
        if let Some(whole) = self.whole.take() {
            return Woken::Whole(whole);
        }
        match self.messages.recv_timeout(longest) {
            Ok(Message::Whole(whole)) => Woken::Whole(whole),
            Ok(Message::Event(paths)) => Woken::Changed(self.until_quiet(paths)),
            Err(RecvTimeoutError::Timeout) => Woken::Quiet,
            // The sender is our own: this does not happen, and must not become a loop without rest.
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(longest);
                Woken::Quiet
            }
        }
    }

    fn until_quiet(&mut self, paths: Vec<PathBuf>) -> Vec<PathBuf> {
        let (since, mut last) = (Instant::now(), Instant::now());
        let mut paths: BTreeSet<PathBuf> = paths.into_iter().collect();
        while since.elapsed() < PATIENCE {
            match self.messages.recv_timeout(QUIET.saturating_sub(last.elapsed())) {
                Ok(Message::Event(more)) => {
                    paths.extend(more);
                    last = Instant::now();
                }
                Ok(Message::Whole(whole)) => self.whole = Some(whole),
                Err(_) => break,
            }
        }
        if paths.len() > MOST { Vec::new() } else { paths.into_iter().collect() }
    }
}

/// Whether a change may have replaced a folder that is watched.
pub(super) fn is_structural(changes: &[PathBuf], root: &Path) -> bool {
    changes.iter().any(|path| path.parent() == Some(root) || path.is_dir())
}
