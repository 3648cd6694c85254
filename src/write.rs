//! A finished site goes to disk whole or not at all, and nothing is deleted that mendbook did not write.
//!
//! Files go into a folder beside the output; when all are there, the two folders change places in one step.
//! A kill at any moment leaves the old site or the new one, never a mixture.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

mod disk;
mod guard;
mod lock;
mod manifest;
mod swap;
#[cfg(test)]
mod tests;

use disk::{create, make_folder};
pub use guard::{is_litter, resolve};
use manifest::Entry;
pub use manifest::Manifest;

/// Why nothing was written: one sentence that names the file or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

/// What may never be an output folder or hold one.
#[derive(Debug, Clone)]
pub struct Protected {
    /// The site's root.
    pub root: PathBuf,
    /// Folders that hold sources, or would if they existed.
    pub sources: Vec<PathBuf>,
}

/// What a finished write did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
    /// Files of the old site that are gone.
    pub removed: usize,
    /// The old tree, where it could not be emptied and deleted: the new site is in place all the same.
    pub leftover: Option<PathBuf>,
}

/// A site on its way to disk; dropping it leaves the old site as it was.
#[derive(Debug)]
pub struct Staging {
    output: PathBuf,
    temp: PathBuf,
    old: Manifest,
    files: Mutex<BTreeMap<String, Entry>>,
    folders: Mutex<HashSet<PathBuf>>,
    unchanged: AtomicUsize,
    finished: bool,
    // In the order in which they go: the lock's file lies in one of the folders.
    _lock: lock::Lock,
    _parents: disk::Parents,
}

impl Staging {
    /// Check the output folder, take its lock, clear what a killed run left, read the old manifest.
    ///
    /// # Errors
    /// An output folder that is refused, locked or cannot be made.
    pub fn begin(output: &Path, protected: &Protected) -> Result<Staging, Refusal> {
        let output = guard::resolve(output)?;
        guard::check(&output, protected)?;
        // Before the lock file appears: a refusal leaves no trace.
        if guard::ours(&output).is_err() {
            // Another build may be changing one site for another just now.
            lock::is_free(&output)?;
            guard::ours(&output)?;
        }
        let parent = output.parent().unwrap_or(Path::new("/"));
        let parents = disk::Parents::make(parent).map_err(|error| refusal("make the folder", parent, &error))?;
        let lock = lock::take(&output)?;
        swap::recover(&output)?;
        let old = guard::ours(&output)?;
        let temp = swap::temporary(&output);
        make_folder(&temp).map_err(|error| refusal("make the folder", &temp, &error))?;
        Ok(Staging {
            output,
            temp,
            old,
            files: Mutex::default(),
            folders: Mutex::default(),
            unchanged: AtomicUsize::new(0),
            finished: false,
            _lock: lock,
            _parents: parents,
        })
    }

    /// Add a file; may be called from many threads. `path` is relative, with `/`.
    ///
    /// # Errors
    /// When the path is not one below the output, is given twice, or the disk refuses.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Refusal> {
        self.add(path, bytes, false)
    }

    fn add(&self, path: &str, bytes: &[u8], copied: bool) -> Result<(), Refusal> {
        let entry = Entry { size: bytes.len() as u64, hash: xxhash_rust::xxh3::xxh3_64(bytes), copied };
        let target = self.claim(path, entry)?;
        let cannot = |error: std::io::Error| refusal("write", &self.output.join(path), &error);
        let old = self.output.join(path);
        if self.old.files.get(path) == Some(&entry) && disk::is_whole(&old, bytes) {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
            return disk::keep(&old, &target, bytes).map_err(cannot);
        }
        create(&target, bytes).map_err(cannot)
    }

    /// Add a copy of a file on disk.
    ///
    /// # Errors
    /// As [`Staging::put`], and when the file cannot be read.
    pub fn copy(&self, path: &str, from: &Path) -> Result<(), Refusal> {
        let bytes = std::fs::read(from).map_err(|error| refusal("read", from, &error))?;
        self.add(path, &bytes, true)
    }

    /// Write the manifest and swap the new site in; where nothing changed, nothing is touched.
    ///
    /// # Errors
    /// When the disk refuses; the old site is then as it was.
    pub fn finish(mut self) -> Result<Outcome, Refusal> {
        let files = std::mem::take(self.files.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner));
        let unchanged = self.unchanged.load(Ordering::Relaxed);
        let removed = self.old.files.keys().filter(|path| !files.contains_key(*path)).count();
        let written = files.len() - unchanged;
        let mut outcome = Outcome { written, unchanged, removed, leftover: None };
        let manifest = Manifest { files };
        if written == 0 && removed == 0 && self.output.is_dir() && self.old.files == manifest.files {
            return Ok(outcome);
        }
        let path = self.temp.join(manifest::NAME);
        create(&path, manifest.text().as_bytes()).map_err(|error| refusal("write", &path, &error))?;
        swap::sync(&self.temp);
        let old = swap::exchange(&self.temp, &self.output)?;
        self.finished = true;
        if let Some(old) = old {
            // The new site is in place whatever becomes of the old one: the next build tries again.
            if swap::carry(&old, &self.output).and_then(|()| std::fs::remove_dir_all(&old)).is_err() {
                outcome.leftover = Some(old);
            }
        }
        Ok(outcome)
    }

    /// Where a new file goes, its folder made.
    fn claim(&self, path: &str, entry: Entry) -> Result<PathBuf, Refusal> {
        let bad = path.contains('\0') || path.split('/').any(|part| matches!(part, "" | "." | ".."));
        // These two are not the site's: the one is the owner's, the other mendbook's own.
        let taken =
            path.split('/').next().is_some_and(|top| top.eq_ignore_ascii_case(".git")) || path == manifest::NAME;
        if bad || taken {
            return Err(Refusal(format!(
                "`{}` is no path below the output; nothing was changed",
                path.escape_default()
            )));
        }
        let twice = self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(path.to_owned(), entry);
        if twice.is_some() {
            return Err(Refusal(format!("two files want the place `{path}`; nothing was changed")));
        }
        let target = self.temp.join(path);
        let folder = target.parent().unwrap_or(&self.temp).to_owned();
        let mut folders = self.folders.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !folders.contains(&folder) {
            self.make_folders(&folder).map_err(|error| refusal("make the folder", &self.output.join(path), &error))?;
            folders.insert(folder);
        }
        Ok(target)
    }

    fn make_folders(&self, folder: &Path) -> std::io::Result<()> {
        let inside = folder.strip_prefix(&self.temp).unwrap_or(Path::new(""));
        let mut at = self.temp.clone();
        for part in inside.components() {
            at.push(part);
            match make_folder(&at) {
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && at.is_dir() => {}
                other => other?,
            }
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing better can be done about a folder that will not go: the next run clears it.
            let _ = std::fs::remove_dir_all(&self.temp);
        }
    }
}

/// An output folder that nobody else writes while this is held.
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "held for what its end does")] lock::Lock);

impl Held {
    /// Take an output folder for reading it as it is.
    ///
    /// # Errors
    /// A build is writing it.
    pub fn take(output: &Path) -> Result<Held, Refusal> {
        lock::take(output).map(Held)
    }
}

/// The sentence for a disk that refuses.
fn refusal(what: &str, path: &Path, error: &std::io::Error) -> Refusal {
    let cause = match error.kind() {
        std::io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        std::io::ErrorKind::FileTooLarge => "the file is larger than is allowed here".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        std::io::ErrorKind::ResourceBusy => "it is a mount point, or in use".to_owned(),
        std::io::ErrorKind::CrossesDevices => {
            "it belongs to a lower layer of this disk, as in a container's image: delete it, and build again".to_owned()
        }
        _ => error.to_string(),
    };
    Refusal(format!("cannot {what} `{}`: {cause}; nothing was changed", path.display()))
}

/// Clear what this process has put beside an output: for a process that ends with threads still running.
pub fn forget(output: &Path) {
    if let Ok(output) = guard::resolve(output) {
        // The next build clears what is left now.
        let _ = std::fs::remove_dir_all(swap::temporary(&output));
        lock::forget(&output);
    }
}
