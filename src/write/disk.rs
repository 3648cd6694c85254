//! Files and folders with the permissions of a published site, and old files taken over as they are.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Write a new file, readable by everyone whatever the umask.
pub(super) fn create(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if bytes.len() as u64 > largest() {
        // The system would end the process at the first byte too many.
        return Err(std::io::ErrorKind::FileTooLarge.into());
    }
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    mode(&file, 0o644);
    Ok(())
}

/// Take an unchanged file over, so that it keeps its time of change; where the file system has no hard links, a copy
/// with that time.
pub(super) fn keep(old: &Path, new: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if std::fs::hard_link(old, new).is_ok() {
        return Ok(());
    }
    copy(old, new, bytes)
}

/// Write a file anew with the time of the old one.
pub(super) fn copy(old: &Path, new: &Path, bytes: &[u8]) -> std::io::Result<()> {
    create(new, bytes)?;
    let changed = std::fs::metadata(old)?.modified()?;
    File::options().write(true).open(new)?.set_modified(changed)
}

/// Whether a file holds these bytes and nothing else is odd about it: it is no link, has no further name, and everyone
/// may read it.
pub(super) fn is_whole(path: &Path, bytes: &[u8]) -> bool {
    let Ok(meta) = std::fs::symlink_metadata(path) else { return false };
    meta.is_file() && is_plain(&meta) && std::fs::read(path).is_ok_and(|old| old == bytes)
}

/// Make a folder that everyone may read.
pub(super) fn make_folder(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir(path)?;
    mode(&File::open(path)?, 0o755);
    Ok(())
}

/// Folders that had to be made above an output. They go again if they stay empty.
#[derive(Debug)]
pub(super) struct Parents(Vec<PathBuf>);

impl Parents {
    /// Make a folder and those above it.
    pub(super) fn make(folder: &Path) -> std::io::Result<Parents> {
        let missing = folder.ancestors().take_while(|folder| std::fs::symlink_metadata(folder).is_err());
        let parents = Parents(missing.map(Path::to_owned).collect());
        std::fs::create_dir_all(folder)?;
        Ok(parents)
    }
}

impl Drop for Parents {
    fn drop(&mut self) {
        for folder in &self.0 {
            // One that holds something stays: the system does not remove it.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

#[cfg(unix)]
fn mode(file: &File, mode: u32) {
    // A disk that keeps no permissions, as a memory stick's, refuses; there everyone may read.
    let _ = rustix::fs::fchmod(file, rustix::fs::Mode::from_raw_mode(mode));
}

#[cfg(unix)]
fn is_plain(meta: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    meta.mode() & 0o444 == 0o444 && meta.nlink() == 1
}

/// The largest file that this process may write (`ulimit -f`).
#[cfg(unix)]
fn largest() -> u64 {
    use rustix::process::{Resource, getrlimit};
    static LARGEST: std::sync::OnceLock<u64> = std::sync::OnceLock::new();
    *LARGEST.get_or_init(|| getrlimit(Resource::Fsize).current.unwrap_or(u64::MAX))
}

#[cfg(not(unix))]
fn mode(_: &File, _: u32) {}

#[cfg(not(unix))]
fn is_plain(_: &std::fs::Metadata) -> bool {
    true
}

#[cfg(not(unix))]
fn largest() -> u64 {
    u64::MAX
}
