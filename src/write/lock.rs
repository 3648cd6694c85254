//! One build at a time for an output folder.

use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use super::Refusal;
use super::swap::beside;

/// Take the lock of an output folder; it is held as long as the file is open, and ends with the process.
pub(super) fn take(output: &Path) -> Result<File, Refusal> {
    let path = beside(output, "lock");
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(|error| super::refusal("write", &path, &error))?;
    if !try_lock(&file) {
        let mut pid = String::new();
        // Whoever holds the lock wrote its number first.
        let _ = file.read_to_string(&mut pid);
        let other = pid.trim();
        let named = if other.is_empty() { String::new() } else { format!(" (process {other})") };
        return Err(Refusal(format!("another build{named} is writing `{}`; nothing was changed", output.display())));
    }
    let write = |file: &mut File| {
        file.set_len(0)?;
        file.rewind()?;
        writeln!(file, "{}", std::process::id())
    };
    write(&mut file).map_err(|error| super::refusal("write", &path, &error))?;
    Ok(file)
}

#[cfg(unix)]
fn try_lock(file: &File) -> bool {
    rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_ok()
}

#[cfg(not(unix))]
fn try_lock(file: &File) -> bool {
    file.try_lock().is_ok()
}
