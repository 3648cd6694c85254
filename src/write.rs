//! A finished site goes to disk whole or not at all, and nothing is deleted that mendbook did not write.
//!
//! Files go into a folder beside the output; when all are there, the two folders change places in one step.
//! A kill at any moment leaves the old site or the new one, never a mixture.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

mod guard;
mod lock;
mod manifest;
mod swap;
#[cfg(test)]
mod tests;

use manifest::{Entry, Manifest};

/// Why nothing was written: one sentence that names the file or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

/// What may never be an output folder or hold one.
#[derive(Debug, Clone)]
pub struct Protected {
    /// The site's root.
    pub root: PathBuf,
    /// Folders with sources: content, static, themes (those that exist). Without any, the root itself is the
    /// content (a bare folder): an output inside it is then allowed.
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
    /// The old tree, where it could not be deleted: the new site is in place all the same.
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
    _lock: File,
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
        guard::ours(&output)?;
        let parent = output.parent().unwrap_or(Path::new("/"));
        std::fs::create_dir_all(parent).map_err(|error| refusal("make the folder", parent, &error))?;
        let lock = lock::take(&output)?;
        swap::recover(&output)?;
        let old = guard::ours(&output)?;
        let temp = swap::beside(&output, &format!("new-{}", std::process::id()));
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
        })
    }

    /// Add a file; may be called from many threads. `path` is relative, with `/`.
    ///
    /// # Errors
    /// When the path is not one below the output, is given twice, or the disk refuses.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let entry = Entry { size: bytes.len() as u64, hash: xxhash_rust::xxh3::xxh3_64(bytes) };
        let target = self.claim(path, entry)?;
        if self.same_as_old(path, entry, bytes) && self.keep(path, &target) {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        create(&target, bytes).map_err(|error| refusal("write", &self.output.join(path), &error))
    }

    /// Add a copy of a file on disk.
    ///
    /// # Errors
    /// As [`Staging::put`], and when the file cannot be read.
    pub fn copy(&self, path: &str, from: &Path) -> Result<(), Refusal> {
        let bytes = std::fs::read(from).map_err(|error| refusal("read", from, &error))?;
        self.put(path, &bytes)
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
            swap::carry(&old, &self.output)?;
            if std::fs::remove_dir_all(&old).is_err() {
                outcome.leftover = Some(old);
            }
        }
        Ok(outcome)
    }

    /// Where a new file goes, its folder made.
    fn claim(&self, path: &str, entry: Entry) -> Result<PathBuf, Refusal> {
        let bad = path.is_empty() || path.contains('\0') || path.split('/').any(|part| matches!(part, "" | "." | ".."));
        if bad || path == manifest::NAME {
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

    /// Whether the old site has this very file: by its manifest, and by its bytes.
    fn same_as_old(&self, path: &str, entry: Entry, bytes: &[u8]) -> bool {
        self.old.files.get(path) == Some(&entry) && std::fs::read(self.output.join(path)).is_ok_and(|old| old == bytes)
    }

    /// Take the old file over, so that it keeps its time of change; `false` where the file system cannot.
    fn keep(&self, path: &str, target: &Path) -> bool {
        std::fs::hard_link(self.output.join(path), target).is_ok()
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

/// Write a new file, readable by everyone whatever the umask.
fn create(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    mode(&file, 0o644)
}

fn make_folder(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir(path)?;
    mode(&File::open(path)?, 0o755)
}

#[cfg(unix)]
fn mode(file: &File, mode: u32) -> std::io::Result<()> {
    Ok(rustix::fs::fchmod(file, rustix::fs::Mode::from_raw_mode(mode))?)
}

#[cfg(not(unix))]
fn mode(_: &File, _: u32) -> std::io::Result<()> {
    Ok(())
}

/// The sentence for a disk that refuses.
fn refusal(what: &str, path: &Path, error: &std::io::Error) -> Refusal {
    let cause = match error.kind() {
        std::io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        std::io::ErrorKind::FileTooLarge => "the file is larger than is allowed here".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => error.to_string(),
    };
    Refusal(format!("cannot {what} `{}`: {cause}; nothing was changed", path.display()))
}

/// Clear the temporary folder of this process beside an output: for a process that ends with threads still running.
pub fn forget(output: &Path) {
    if let Ok(output) = guard::resolve(output) {
        // The next build clears what is left now.
        let _ = std::fs::remove_dir_all(swap::beside(&output, &format!("new-{}", std::process::id())));
    }
}
