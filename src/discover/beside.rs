//! The files that lie beside the content, so that a link to one can lead to where the sources are kept.

use std::collections::BTreeSet;
use std::path::Path;

use super::SiteRoot;
use super::ground::Ground;
use crate::git;

/// Folders that hold no sources.
const NO_SOURCES: [&str; 3] = [".git", "node_modules", "target"];

/// What lies in the repository of a handbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The site's folder within the repository, `""` or one such as `docs/`.
    pub prefix: String,
    /// Files, as paths from the repository's top.
    pub files: BTreeSet<String>,
}

impl Beside {
    /// What git keeps; without git every file below the site's root.
    #[must_use]
    pub fn of(root: &SiteRoot) -> Beside {
        if let Ground::Past(tree) = &root.ground {
            let inside = root.folder.strip_prefix(&tree.top).unwrap_or(Path::new(""));
            let prefix = inside.to_str().filter(|inside| !inside.is_empty()).map(|inside| format!("{inside}/"));
            return Beside { prefix: prefix.unwrap_or_default(), files: tree.kept.keys().cloned().collect() };
        }
        match git::files(&root.folder) {
            Some(files) => Beside { prefix: git::prefix(&root.folder), files: files.into_iter().collect() },
            None => Beside::below(&root.folder),
        }
    }

    /// Every file below a folder that is the top itself.
    #[must_use]
    pub fn below(folder: &Path) -> Beside {
        let wanted = |entry: &walkdir::DirEntry| !NO_SOURCES.iter().any(|name| entry.file_name() == *name);
        let files = walkdir::WalkDir::new(folder).into_iter().filter_entry(wanted).flatten();
        let files = files.filter(|entry| entry.file_type().is_file()).filter_map(|entry| {
            let path = entry.path().strip_prefix(folder).ok()?;
            let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
            Some(parts?.join("/"))
        });
        Beside { prefix: String::new(), files: files.collect() }
    }

    /// Whether a path from the repository's top is a file, or a folder with files in it.
    #[must_use]
    pub fn holds(&self, path: &str) -> Option<Held> {
        if self.files.contains(path) {
            return Some(Held::File);
        }
        let inside = format!("{path}/");
        let next = self.files.range(inside.clone()..).next();
        next.filter(|next| next.starts_with(&inside)).map(|_| Held::Folder)
    }
}

/// What a path of the repository is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A file.
    File,
    /// A folder.
    Folder,
}
