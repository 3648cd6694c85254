//! The files of an output, and what a host refuses, drops or mixes up among them.

use std::collections::HashMap;
use std::path::Path;

use super::{Ask, Fault};
use crate::discover::name_fault;
use crate::route::Route;
use crate::write::{Manifest, is_litter};

/// Longest name of a file, in bytes: what disks take.
const LONGEST_NAME: usize = 255;

/// What GitHub Pages takes of one site, in bytes.
const LARGEST_SITE: u64 = 1_000_000_000;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path below the output, with `/`.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Whether it is a copy of a file of the owner's, which need not have the form of a made page.
    pub copied: bool,
}

/// Every file, and how to find one.
pub(super) struct Listing {
    /// In order of path.
    pub(super) files: Vec<File>,
    /// Whether mendbook made the output.
    pub(super) ours: bool,
    exact: HashMap<String, u32>,
    /// By the address compared without case and in one Unicode form.
    folded: HashMap<String, u32>,
}

impl Listing {
    /// Read the output's folders, and find what is wrong with names and sizes.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub(super) fn read(folder: &Path, ask: &Ask<'_>) -> Result<(Self, Vec<Fault>), String> {
        let written = Manifest::read(folder);
        let mut listing =
            Self { files: Vec::new(), ours: written.is_some(), exact: HashMap::new(), folded: HashMap::new() };
        let mut faults = Vec::new();
        let walk = walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
        let entries = walk
            .filter_entry(|entry| !(is_litter(entry.file_name()) || entry.depth() == 1 && entry.file_name() == ".git"));
        for entry in entries {
            let entry = entry.map_err(|error| format!("`{}` cannot be read: {error}", folder.display()))?;
            let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let Some(path) = below.to_str().map(|path| path.replace('\\', "/")) else {
                faults.push(Fault::of("bad-name", format!("`{}` has a name that is not UTF-8", below.display())));
                continue;
            };
            faults.extend(name(&path));
            if entry.file_type().is_dir() {
                continue;
            }
            if !entry.file_type().is_file() {
                let what =
                    if entry.file_type().is_symlink() { "a symbolic link" } else { "neither a file nor a folder" };
                let fault = Fault::of("not-a-file", format!("`{path}` is {what}"));
                faults.push(fault.hint("hosts refuse these or lose them: put the file itself there"));
                continue;
            }
            let size = entry.metadata().map_or(0, |meta| meta.len());
            let copied = written.as_ref().is_some_and(|written| written.is_copied(&path));
            listing.add(File { path, size, copied }, &mut faults);
        }
        faults.extend(listing.heavy(ask));
        faults.extend(listing.missing());
        Ok((listing, faults))
    }

    fn add(&mut self, file: File, faults: &mut Vec<Fault>) {
        let index = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        let twin = self.folded.insert(Route::made(file.path.as_str()).key(), index);
        if let Some(twin) = twin.and_then(|twin| self.file(twin)) {
            let message = format!("`{}` and `{}` differ only in case or Unicode form", twin.path, file.path);
            faults.push(
                Fault::of("address-clash", message).hint("some disks and hosts keep only one of them: rename one"),
            );
        }
        self.exact.insert(file.path.clone(), index);
        self.files.push(file);
    }

    /// A file by its number.
    pub(super) fn file(&self, index: u32) -> Option<&File> {
        self.files.get(index as usize)
    }

    /// The file with exactly this path.
    pub(super) fn exact(&self, path: &str) -> Option<u32> {
        self.exact.get(path).copied()
    }

    /// The file whose path differs at most in case or Unicode form.
    pub(super) fn near(&self, path: &str) -> Option<&File> {
        self.folded.get(&Route::made(path).key()).and_then(|index| self.file(*index))
    }

    /// Files that weigh too much, and all of them together.
    fn heavy(&self, ask: &Ask<'_>) -> Vec<Fault> {
        let mut found = Vec::new();
        for file in self.files.iter().filter(|file| file.size > ask.file / 2) {
            let message = format!("`{}` has {}", file.path, super::size(file.size));
            let over = file.size > ask.file;
            let hint = if over {
                "GitHub takes no file of over 100 MB: link to it elsewhere"
            } else {
                "readers wait for such a file: make it smaller"
            };
            found.push(Fault::of(if over { "too-large" } else { "heavy" }, message).hint(hint));
        }
        let all: u64 = self.files.iter().map(|file| file.size).sum();
        if all > ask.site {
            let check = if all > ask.site.max(LARGEST_SITE) { "too-large" } else { "heavy" };
            let message = format!("the output has {}", super::size(all));
            found.push(Fault::of(check, message).hint("GitHub Pages takes 1 GB: keep large files elsewhere"));
        }
        found
    }

    /// Files that a host looks for.
    fn missing(&self) -> Vec<Fault> {
        let wanted = [
            ("index.html", true, "it is what the site's own address shows"),
            (".nojekyll", true, "without it GitHub Pages leaves out names that begin with `_`: add an empty file"),
            ("404.html", self.ours, "hosts show it for an address that leads nowhere"),
        ];
        let missing = wanted.into_iter().filter(|(path, asked, _)| *asked && self.exact(path).is_none());
        missing.map(|(path, _, hint)| Fault::of("missing-file", format!("there is no `{path}`")).hint(hint)).collect()
    }
}

/// What is wrong with the name of a file or folder.
fn name(path: &str) -> Option<Fault> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some((fault, hint)) = name_fault(name, LONGEST_NAME) {
        return Some(Fault::of("bad-name", format!("`{}` {fault}", path.escape_debug())).hint(hint));
    }
    let known = [".nojekyll", crate::discover::MANIFEST].contains(&path);
    (name.starts_with('.') && !known).then(|| {
        let hint = "the upload action of GitHub Pages leaves such files out; other ways of publishing do not";
        Fault::of("hidden-file", format!("`{path}` begins with a dot")).hint(hint)
    })
}
