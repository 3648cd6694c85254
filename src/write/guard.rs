//! Which folders are never an output, and what an output may hold before it is replaced.

use std::path::{Component, Path, PathBuf};

use super::manifest::{self, Manifest};
use super::{Protected, Refusal};

/// Names in an output that are carried over or do not count.
const CARRIED: [&str; 2] = [".git", "CNAME"];
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Whether a name is that of a file which systems leave in every folder.
#[must_use]
pub fn is_litter(name: &std::ffi::OsStr) -> bool {
    LITTER.iter().any(|known| name == *known)
}

fn refuse<T>(output: &Path, why: &str) -> Result<T, Refusal> {
    Err(Refusal(format!("`{}` cannot be the output folder: {why}; nothing was changed", output.display())))
}

/// The output's full path: `.` and `..` worked out, links in the folders above it resolved, its own name kept.
///
/// # Errors
/// Where it is no path at all.
pub fn resolve(output: &Path) -> Result<PathBuf, Refusal> {
    let full = std::path::absolute(output)
        .map_err(|error| Refusal(format!("`{}` is no path: {error}; nothing was changed", output.display())))?;
    let mut plain = PathBuf::new();
    for part in full.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                // `..` behind a link means the folder that holds the link's target.
                plain = plain.canonicalize().unwrap_or(plain);
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    // The name itself is not followed: a link there is refused.
    let mut above = plain.parent().unwrap_or(&plain);
    let mut below: Vec<_> = plain.file_name().into_iter().collect();
    loop {
        if let Ok(real) = above.canonicalize() {
            return Ok(below.iter().rev().fold(real, |path, part| path.join(part)));
        }
        match (above.parent(), above.file_name()) {
            (Some(parent), Some(name)) => {
                below.push(name);
                above = parent;
            }
            _ => return Ok(plain),
        }
    }
}

/// Refuse folders whose loss would hurt.
pub(super) fn check(output: &Path, protected: &Protected) -> Result<(), Refusal> {
    if output.parent().is_none() {
        return refuse(output, "it is the root of the disk");
    }
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let home = std::env::var_os("HOME").map(PathBuf::from).map(|home| real(&home));
    if home.is_some_and(|home| home.starts_with(output)) {
        return refuse(output, "your home folder is it, or lies in it");
    }
    let root = real(&protected.root);
    if root.starts_with(output) {
        return refuse(output, &format!("the handbook `{}` is it, or lies in it", root.display()));
    }
    for source in protected.sources.iter().map(|source| real(source)) {
        if output == source {
            return refuse(output, "it is a folder for sources");
        }
        if output.starts_with(&source) {
            return refuse(output, &format!("it lies in `{}`, a folder for sources", source.display()));
        }
        if source.starts_with(output) {
            return refuse(output, &format!("`{}`, a folder for sources, lies in it", source.display()));
        }
    }
    if output.components().any(|part| part.as_os_str() == ".git") {
        return refuse(output, "it lies in a repository's `.git`");
    }
    if output.file_name().is_none_or(|name| name.to_str().is_none()) {
        return refuse(output, "its name is not UTF-8");
    }
    let above = output.ancestors().skip(1).find(|folder| std::fs::symlink_metadata(folder).is_ok());
    if let Some(file) = above.filter(|above| !above.is_dir()) {
        return refuse(output, &format!("`{}` is no folder", file.display()));
    }
    match std::fs::symlink_metadata(output) {
        Ok(meta) if meta.is_symlink() => refuse(output, "it is a symbolic link"),
        Ok(meta) if !meta.is_dir() => refuse(output, "it is a file"),
        Ok(_) if is_mount(output) => refuse(output, "it is a mount point, and cannot be replaced as a whole"),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn is_mount(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |path: &Path| std::fs::metadata(path).map(|meta| meta.dev()).ok();
    path.parent().is_some_and(|parent| device(parent) != device(path))
}

#[cfg(not(unix))]
fn is_mount(_: &Path) -> bool {
    false
}

/// The manifest of an output that may be replaced: an empty folder, or one that holds only what mendbook wrote.
pub(super) fn ours(output: &Path) -> Result<Manifest, Refusal> {
    if std::fs::symlink_metadata(output).is_err() {
        return Ok(Manifest::default());
    }
    let known = Manifest::read(output);
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let path = output.join(&folder);
        let entries = std::fs::read_dir(&path).map_err(|error| super::refusal("read", &path, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| super::refusal("read", &path, &error))?;
            let inside = folder.join(entry.file_name());
            let name = entry.file_name();
            let name = name.to_str().unwrap_or("");
            let top = folder.as_os_str().is_empty();
            if is_litter(&entry.file_name())
                || top && (CARRIED.contains(&name) || name == manifest::NAME && known.is_some())
            {
                continue;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(inside);
                continue;
            }
            let listed = inside.to_str().map(|path| path.replace('\\', "/"));
            let Some(known) = &known else {
                return refuse(output, &format!("it holds `{}` and has no manifest of mendbook's", inside.display()));
            };
            if !listed.is_some_and(|path| known.files.contains_key(&path)) {
                return refuse(output, &format!("it holds `{}`, which mendbook did not write", inside.display()));
            }
        }
    }
    Ok(known.unwrap_or_default())
}
