//! Changing the old site for the new one in one step, and finishing what a killed run began.

use std::path::{Path, PathBuf};

use super::Refusal;
use super::manifest::{self, Manifest};

/// `.NAME.SUFFIX` beside the output.
pub(super) fn beside(output: &Path, suffix: &str) -> PathBuf {
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    output.with_file_name(format!(".{name}.{suffix}"))
}

/// The folder in which this process makes a new site.
pub(super) fn temporary(output: &Path) -> PathBuf {
    beside(output, &format!("new-{}", std::process::id()))
}

/// Finish what killed runs left beside the output. A tree that was swapped out may still hold what it had to hand on.
pub(super) fn recover(output: &Path) -> Result<(), Refusal> {
    let parent = output.parent().unwrap_or(Path::new("/"));
    let entries = std::fs::read_dir(parent).map_err(|error| super::refusal("read", parent, &error))?;
    let name = output.file_name().unwrap_or_default().to_string_lossy();
    let left = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut left: Vec<PathBuf> =
        left.filter(|entry| is_temporary(&entry.file_name(), &name)).map(|entry| entry.path()).collect();
    left.sort();
    for tree in left {
        // Renamed aside, and the new site never renamed in: the old one comes back.
        if !exists(output) && (exists(&tree.join(manifest::NAME)) || exists(&tree.join(".git"))) {
            std::fs::rename(&tree, output).map_err(|error| super::refusal("restore", output, &error))?;
        } else {
            retire(&tree, output)?;
        }
    }
    Ok(())
}

/// Whether a name is that of a temporary tree: `.NAME.new-PID` or `.NAME.swapped-PID`.
fn is_temporary(entry: &std::ffi::OsStr, output: &str) -> bool {
    let rest = entry.to_str().and_then(|entry| entry.strip_prefix('.')?.strip_prefix(output));
    let pid = rest.and_then(|rest| rest.strip_prefix(".new-").or(rest.strip_prefix(".swapped-")));
    pid.is_some_and(|pid| !pid.is_empty() && pid.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Hand on what an old tree still holds, then delete it.
fn retire(old: &Path, output: &Path) -> Result<(), Refusal> {
    if exists(output) {
        carry(old, output).map_err(|error| super::refusal("carry `.git` over from", old, &error))?;
    }
    if exists(&old.join(".git")) {
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
    if !exists(output) {
        std::fs::rename(temp, output).map_err(|error| super::refusal("write", output, &error))?;
        return Ok(None);
    }
    if swap(temp, output) { Ok(Some(temp.to_owned())) } else { aside(temp, output).map(Some) }
}

/// Where there is no exchange: aside, then in. A kill between the two is mended by [`recover`].
pub(super) fn aside(temp: &Path, output: &Path) -> Result<PathBuf, Refusal> {
    let aside = beside(output, &format!("swapped-{}", std::process::id()));
    std::fs::rename(output, &aside).map_err(|error| super::refusal("replace", output, &error))?;
    if let Err(error) = std::fs::rename(temp, output) {
        // Back again; if even that fails, the next build restores it.
        let _ = std::fs::rename(&aside, output);
        return Err(super::refusal("replace", output, &error));
    }
    Ok(aside)
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

/// Move what the owner put into the old tree to the new one, unless the new one has its own: `.git`, and a `CNAME`
/// that mendbook did not write.
pub(super) fn carry(old: &Path, output: &Path) -> std::io::Result<()> {
    let ours = Manifest::read(old).is_some_and(|manifest| manifest.files.contains_key("CNAME"));
    for name in [".git", "CNAME"].into_iter().filter(|name| *name != "CNAME" || !ours) {
        let (from, to) = (old.join(name), output.join(name));
        if exists(&from) && !exists(&to) {
            std::fs::rename(&from, &to)?;
        }
    }
    Ok(())
}

/// Whether anything lies at a path, be it a link that leads nowhere.
fn exists(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}
