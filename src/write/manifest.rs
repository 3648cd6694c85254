//! The list of what mendbook wrote into an output folder: without it nothing there is ever deleted.

use std::collections::BTreeMap;
use std::path::Path;

/// Name of the manifest in the output folder.
pub(super) use crate::discover::MANIFEST as NAME;

/// Version of the manifest's form.
const FORMAT: u64 = 1;

/// Marks a copy of a file of the owner's.
const COPIED: &str = "copied";

/// One file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// Bytes.
    pub(super) size: u64,
    /// xxh3-64 of its bytes.
    pub(super) hash: u64,
    /// Whether it is a copy of a file of the owner's.
    pub(super) copied: bool,
}

/// Every file that was written, by its path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manifest {
    /// In order of path.
    pub(super) files: BTreeMap<String, Entry>,
}

impl Manifest {
    /// As text: the same files give the same bytes.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{{\n\"format\": {FORMAT},\n\"files\": [\n");
        for (index, (path, entry)) in self.files.iter().enumerate() {
            let comma = if index + 1 < self.files.len() { "," } else { "" };
            let hash = format!("{:016x}", entry.hash);
            let line = if entry.copied {
                serde_json::json!([path, entry.size, hash, COPIED])
            } else {
                serde_json::json!([path, entry.size, hash])
            };
            text.push_str(&format!("{line}{comma}\n"));
        }
        text.push_str("]\n}\n");
        text
    }

    /// The manifest of a folder; `None` where there is none that can be read.
    #[must_use]
    pub fn read(folder: &Path) -> Option<Manifest> {
        Self::parse(&std::fs::read_to_string(folder.join(NAME)).ok()?)
    }

    /// The manifest with this text; `None` where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Manifest> {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        if value.get("format")?.as_u64()? != FORMAT {
            return None;
        }
        let mut files = BTreeMap::new();
        for line in value.get("files")?.as_array()? {
            let path = line.get(0)?.as_str()?.to_owned();
            let hash = u64::from_str_radix(line.get(2)?.as_str()?, 16).ok()?;
            let copied = line.get(3).and_then(serde_json::Value::as_str) == Some(COPIED);
            files.insert(path, Entry { size: line.get(1)?.as_u64()?, hash, copied });
        }
        Some(Manifest { files })
    }

    /// Whether mendbook wrote a file at this path.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether the file at this path is a copy of one of the owner's, from `content/` or `static/`.
    #[must_use]
    pub fn is_copied(&self, path: &str) -> bool {
        self.files.get(path).is_some_and(|entry| entry.copied)
    }
}
