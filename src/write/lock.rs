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
    file: File,
}

/// Take the lock of an output folder.
pub(super) fn take(output: &Path) -> Result<Lock, Refusal> {
    let path = beside(output, "lock");
    let cannot = |error: std::io::Error| super::refusal("write", &path, &error);
    loop {
        let mut file = open(&path, true).map_err(cannot)?;
        if !try_lock(&file) {
            return Err(held(file, output));
        }
        // The build before may have taken the file away after it was opened here: then this lock holds nothing.
        if !is_at(&file, &path) {
            continue;
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(cannot)?;
        if !text.trim().bytes().all(|byte| byte.is_ascii_digit()) {
            let why = "is not the lock of a build: move it away; nothing was changed";
            return Err(Refusal(format!("`{}` {why}", path.display())));
        }
        let mut lock = Lock { path: path.clone(), file };
        lock.sign().map_err(cannot)?;
        return Ok(lock);
    }
}

impl Lock {
    /// Put this process's number into the file, for others to name.
    fn sign(&mut self) -> std::io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        writeln!(self.file, "{}", std::process::id())
    }
}

/// Whether nobody holds the lock of an output folder; nothing is written to find out.
///
/// # Errors
/// Another build holds it.
pub(super) fn is_free(output: &Path) -> Result<(), Refusal> {
    match open(&beside(output, "lock"), false) {
        Ok(file) if !try_lock(&file) => Err(held(file, output)),
        _ => Ok(()),
    }
}

fn held(mut file: File, output: &Path) -> Refusal {
    let named = holder(&mut file).map_or_else(String::new, |pid| format!(" (process {pid})"));
    Refusal(format!("another build{named} is writing `{}`; nothing was changed", output.display()))
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
fn open(path: &Path, create: bool) -> std::io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    // A link at this place must not lead to a file of somebody's.
    let flags = OFlags::RDWR | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let flags = if create { flags | OFlags::CREATE } else { flags };
    Ok(File::from(rustix::fs::open(path, flags, Mode::from_raw_mode(0o644))?))
}

#[cfg(not(unix))]
fn open(path: &Path, create: bool) -> std::io::Result<File> {
    File::options().read(true).write(true).create(create).truncate(false).open(path)
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
