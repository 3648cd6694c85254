//! The files of a handbook as they look: by their stamps it is known which of them changed.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

/// Younger files may be written again within the same tick of the system's clock: such a look is not the last.
const YOUNG: Duration = Duration::from_millis(30);

/// Folders that hold nothing of a handbook, and may hold very much.
const PASSED_OVER: [&str; 3] = [".git", "node_modules", "target"];

/// What a file looked like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
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
    /// What git writes to when another commit is checked out: pages say when they were changed, and by whom.
    pub(super) log: Option<PathBuf>,
}

impl Ground {
    /// The folders and the file that matter.
    pub(super) fn parts(&self) -> Vec<PathBuf> {
        if self.bare {
            return vec![self.root.clone()];
        }
        ["content", "static", "themes", "site.toml"].map(|name| self.root.join(name)).into()
    }

    /// What one file looks like now.
    pub(super) fn stamp(path: &Path) -> Option<Stamp> {
        path.metadata().ok().map(|meta| settled(stamp(&meta)))
    }

    /// Look at every file.
    pub(super) fn look(&self) -> Look {
        let log = self.log.iter().filter_map(|log| Some((log.clone(), Ground::stamp(log)?)));
        let mut seen: BTreeMap<PathBuf, Stamp> = log.collect();
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
    /// A file was looked at by itself.
    pub(super) fn set(&mut self, path: PathBuf, stamp: Option<Stamp>) {
        match stamp {
            Some(stamp) => self.0.insert(path, stamp),
            None => self.0.remove(&path),
        };
    }

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
