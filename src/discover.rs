//! A folder becomes sources, assets and theme layers: the only room that reads the author's files, from the disk or
//! from a revision that git keeps.
//!
//! It does not know what the files mean. It opens only regular files, follows no link out of
//! the site's root, and says of everything it passed over why.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::git::History;
use crate::source::Source;

/// Name of the list of what mendbook wrote, in every output folder: by it an output is known.
pub const MANIFEST: &str = ".mendbook-manifest.json";

/// Where a handbook lies.
#[derive(Debug, Clone)]
pub struct SiteRoot {
    /// The folder, canonical.
    pub folder: PathBuf,
    /// Whether it has no `content/`: then the folder itself is the content.
    pub bare: bool,
    ground: Ground,
}

/// Everything read from disk.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Files {
    /// One for each Markdown file, in order of its path.
    pub pages: Vec<PageFile>,
    /// Every other file of the content, in order of its path.
    pub assets: Vec<AssetFile>,
    /// The files of `static/`, in order of their path.
    pub statics: Vec<AssetFile>,
    /// `_queries.toml` of the content: what readers ask.
    pub queries: Option<Arc<Source>>,
    /// The theme layers named in `site.toml`, first wins; without the embedded one.
    pub layers: Vec<LayerFiles>,
    /// How many files were passed over because of their name (dot, `_`, backup files).
    pub skipped: usize,
    /// What was wrong.
    pub findings: Vec<Diagnostic>,
    /// Whether the folder itself is the content: then only assets that a page links or shows are copied.
    pub bare: bool,
    /// What lies in the repository; nothing where `repository` is not named.
    pub beside: Beside,
    /// What git knows of the pages. A scan leaves it empty: who wants it asks git meanwhile.
    pub history: Arc<History>,
}

/// A page's file.
#[derive(Debug, Clone, PartialEq)]
pub struct PageFile {
    /// Path below the content folder without `.md`, NFC, as written: the page's id (but for a README's).
    pub id: String,
    /// Its text; the path of the source counts from the site's root.
    pub source: Arc<Source>,
}

/// A file that is copied.
#[derive(Debug, Clone, PartialEq)]
pub struct AssetFile {
    /// Path below the content (or static) folder, with `/`, NFC.
    pub path: String,
    /// Path from the site's root, with `/`.
    pub site_path: Arc<str>,
    /// Where it lies on this disk.
    pub disk: PathBuf,
    /// Bytes.
    pub size: u64,
    /// Width and height in pixels, where it is an image that says so.
    pub dimensions: Option<(u32, u32)>,
    /// Whether it is a kind of file that could run as script (`.js`, `.html`, SVG with script …).
    pub active: bool,
}

/// The files of one theme layer.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerFiles {
    /// Name of the layer: its folder under `themes/`.
    pub name: String,
    /// Each file's path below the layer, and its bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What a scan needs to know.
#[derive(Debug, Clone)]
pub struct ScanOptions<'a> {
    /// The output folder, which is never content.
    pub output: &'a Path,
    /// `site.toml`, read.
    pub config: &'a Config,
}

mod assets;
mod beside;
mod ground;
mod locate;
mod names;
mod open;
mod scan;
pub use beside::{Beside, Held};
use ground::Ground;
pub use ground::locate_past;
pub use locate::{locate, read_config};
pub use names::{is_reserved, name_fault};
pub use open::bytes_of;
pub use scan::{reread, scan, scan_beside};
