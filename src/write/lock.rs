//! One build at a time for an output folder.

use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Refusal;
use super::swap::beside;

/// The lock of an output folder. It ends with the process, however that ends; a build that ends by itself takes the
/// lock's file away too.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

/// Take the lock of an output folder.
pub(super) fn take(output: &Path) -> Result<Lock, Refusal> {
    let path = beside(output, "lock");
    let cannot = |error: &std::io::Error| super::refusal("write", &path, error);
    loop {
        let mut file = open(&path).map_err(|error| cannot(&error))?;
        if !try_lock(&file) {
            let named = holder(&mut file).map_or_else(String::new, |pid| format!(" (process {pid})"));
            return Err(Refusal(format!(
                "another build{named} is writing `{}`; nothing was changed",
                output.display()
            )));
        }
        // The build before may have taken the file away after it was opened here: then this lock holds nothing.
        if !is_at(&file, &path) {
            continue;
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(|error| cannot(&error))?;
        if !text.trim().bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Refusal(format!(
                "`{}` is not the lock of a build: move it away; nothing was changed",
                path.display()
            )));
        }
        write(&mut file).map_err(|error| cannot(&error))?;
        return Ok(Lock { path, _file: file });
    }
}

/// Take the file of a lock away that this process holds.
pub(super) fn forget(output: &Path) {
    clear(&beside(output, "lock"));
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Still locked: whoever opened the file meanwhile finds that it lies there no more.
        clear(&self.path);
    }
}

#[cfg(unix)]
fn clear(path: &Path) {
    // A file that stays is the next build's.
    let _ = std::fs::remove_file(path);
}

/// Where a file cannot be told from another at the same place, it stays.
#[cfg(not(unix))]
fn clear(_: &Path) {}

#[cfg(unix)]
fn open(path: &Path) -> std::io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    // A link at this place must not lead to a file of somebody's.
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::from_raw_mode(0o644))?))
}

#[cfg(not(unix))]
fn open(path: &Path) -> std::io::Result<File> {
    File::options().read(true).write(true).create(true).truncate(false).open(path)
}

fn write(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

/// The number of the process that holds the lock. It writes it just after it has taken the lock.
fn holder(file: &mut File) -> Option<u32> {
    for _ in 0..50 {
        let mut text = String::new();
        file.rewind().and_then(|()| file.read_to_string(&mut text)).ok()?;
        if text.ends_with('\n') {
            return text.trim().parse().ok();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    None
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let place = |meta: std::fs::Metadata| (meta.dev(), meta.ino());
    let there = std::fs::symlink_metadata(path).map(place).ok();
    there.is_some() && there == file.metadata().map(place).ok()
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(unix)]
fn try_lock(file: &File) -> bool {
    rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_ok()
}

#[cfg(not(unix))]
fn try_lock(file: &File) -> bool {
    file.try_lock().is_ok()
}
