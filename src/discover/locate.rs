//! Finding the handbook that a folder belongs to, and reading its `site.toml`.

use std::path::Path;
use std::sync::Arc;

use super::SiteRoot;
use super::ground::Ground;
use super::open::{Trouble, read_text};
use crate::diag::Diagnostic;
use crate::source::{Source, Span};

/// Bytes of `site.toml` that are read.
const LARGEST: u64 = 1 << 20;

/// The handbook's root: the nearest folder, at or above `start` and up to the git root, with a `site.toml` or
/// with `content/`; else `start` itself.
///
/// # Errors
/// Where `start` is no folder, or cannot be read.
pub fn locate(start: &Path) -> std::io::Result<SiteRoot> {
    let start = start.canonicalize()?;
    if !start.is_dir() {
        return Err(std::io::ErrorKind::NotADirectory.into());
    }
    let mut folder = start.as_path();
    let ground = Ground::Disk;
    loop {
        if folder.join("site.toml").is_file() || folder.join("content").is_dir() {
            return Ok(SiteRoot { bare: !folder.join("content").is_dir(), folder: folder.to_owned(), ground });
        }
        let top = folder.join(".git").exists();
        match folder.parent().filter(|_| !top) {
            Some(parent) => folder = parent,
            None => return Ok(SiteRoot { folder: start, bare: true, ground }),
        }
    }
}

/// `site.toml`, if there is one; a finding (`bad-config`) if it cannot be read.
pub fn read_config(root: &SiteRoot) -> (Option<Arc<Source>>, Vec<Diagnostic>) {
    let path = root.folder.join("site.toml");
    if !root.ground.is_there(&path) {
        return (None, Vec::new());
    }
    let name: Arc<str> = "site.toml".into();
    match read_text(&root.ground, (&path, LARGEST)) {
        Ok(text) => (Some(Arc::new(Source::new("site.toml", text))), Vec::new()),
        Err(Trouble { message, hint, .. }) => {
            let finding = Diagnostic::new("bad-config", format!("`site.toml` {message}")).at(&name, Span::default());
            (None, vec![finding.hint(hint)])
        }
    }
}
