//! A finished site goes to disk whole or not at all, and nothing is deleted that mendbook did not write.

use std::path::{Path, PathBuf};

/// Why nothing was written: one sentence that names the file or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);

/// What may never be an output folder or hold one.
#[derive(Debug, Clone)]
pub struct Protected {
    /// The site's root.
    pub root: PathBuf,
    /// Folders with sources: content, static, themes (those that exist). Empty `content` means the root itself is
    /// the content (a bare folder): an output inside it is then allowed.
    pub sources: Vec<PathBuf>,
}

/// What a finished write did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
    /// Files of the old site that are gone.
    pub removed: usize,
}

/// A site on its way to disk: files go into a folder beside the output, `finish` swaps it in, dropping it leaves
/// the old site as it was and removes that folder.
#[derive(Debug)]
pub struct Staging {}

impl Staging {
    /// Check the output folder, take its lock, clear what a killed run left, read the old manifest.
    ///
    /// # Errors
    /// An output folder that is refused, locked or cannot be made.
    pub fn begin(output: &Path, protected: &Protected) -> Result<Staging, Refusal> {
        let _ = (output, protected);
        Ok(Staging {})
    }

    /// Add a file; may be called from many threads. `path` is relative, with `/`.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let _ = (path, bytes);
        Ok(())
    }

    /// Add a copy of a file on disk.
    ///
    /// # Errors
    /// When the file cannot be read or the disk refuses.
    pub fn copy(&self, path: &str, from: &Path) -> Result<(), Refusal> {
        let _ = (path, from);
        Ok(())
    }

    /// Write the manifest and swap the new site in.
    ///
    /// # Errors
    /// When the disk refuses; the old site is then as it was.
    pub fn finish(self) -> Result<Outcome, Refusal> {
        Ok(Outcome::default())
    }
}
