//! Changing the old site for the new one in one step, and finishing what a killed run began.

use std::path::{Path, PathBuf};

use super::Refusal;

/// What the old output hands on to the new one.
const CARRIED: [&str; 2] = [".git", "CNAME"];

/// `.NAME.SUFFIX` beside the output.
pub(super) fn beside(output: &Path, suffix: &str) -> PathBuf {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    output.with_file_name(format!(".{name}.{suffix}"))
}

/// Clear what killed runs left beside the output. A tree that was swapped out still holds what it had to hand on.
pub(super) fn recover(output: &Path) -> Result<(), Refusal> {
    let aside = beside(output, "old");
    if aside.is_dir() {
        // Renamed aside, and the new site never renamed in: the old one comes back.
        if !output.exists() {
            std::fs::rename(&aside, output).map_err(|error| super::refusal("restore", output, &error))?;
        } else {
            retire(&aside, output)?;
        }
    }
    let parent = output.parent().unwrap_or(Path::new("/"));
    let prefix = format!(".{}.new-", output.file_name().unwrap_or_default().to_string_lossy());
    let Ok(entries) = std::fs::read_dir(parent) else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let killed = name
            .to_str()
            .and_then(|name| name.strip_prefix(&prefix))
            .is_some_and(|pid| !pid.is_empty() && pid.bytes().all(|b| b.is_ascii_digit()));
        if killed && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            retire(&entry.path(), output)?;
        }
    }
    Ok(())
}

/// Hand on what an old tree still holds, then delete it.
fn retire(old: &Path, output: &Path) -> Result<(), Refusal> {
    carry(old, output)?;
    if CARRIED.iter().any(|name| name == &".git" && old.join(name).exists()) {
        // It could not be handed on: it is never deleted.
        return Err(Refusal(format!(
            "`{}` holds a `.git` that `{}` has too; move one of them away; nothing was changed",
            old.display(),
            output.display()
        )));
    }
    std::fs::remove_dir_all(old).map_err(|error| super::refusal("delete", old, &error))
}

/// Everything that was written reaches the disk before the swap; one call, and where there is none, none.
pub(super) fn sync(folder: &Path) {
    #[cfg(target_os = "linux")]
    if let Ok(file) = std::fs::File::open(folder) {
        // A disk that cannot sync is no reason to keep the old site.
        let _ = rustix::fs::syncfs(file);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = folder;
}

/// Put `temp` in the place of `output`; where the old site went, if there was one.
pub(super) fn exchange(temp: &Path, output: &Path) -> Result<Option<PathBuf>, Refusal> {
    if !output.exists() {
        std::fs::rename(temp, output).map_err(|error| super::refusal("write", output, &error))?;
        return Ok(None);
    }
    if swap(temp, output) {
        return Ok(Some(temp.to_owned()));
    }
    // No exchange on this system: aside, in. A kill between the two is mended by `recover`.
    let aside = beside(output, "old");
    std::fs::rename(output, &aside).map_err(|error| super::refusal("replace", output, &error))?;
    if let Err(error) = std::fs::rename(temp, output) {
        let _ = std::fs::rename(&aside, output);
        return Err(super::refusal("replace", output, &error));
    }
    Ok(Some(aside))
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_: &Path, _: &Path) -> bool {
    false
}

/// Move `.git` and `CNAME` from the old tree to the new one, unless the new one has its own.
pub(super) fn carry(old: &Path, output: &Path) -> Result<(), Refusal> {
    for name in CARRIED {
        let (from, to) = (old.join(name), output.join(name));
        let there = std::fs::symlink_metadata(&from).is_ok();
        if there && std::fs::symlink_metadata(&to).is_err() {
            std::fs::rename(&from, &to).map_err(|error| super::refusal("carry over", &from, &error))?;
        }
    }
    Ok(())
}
