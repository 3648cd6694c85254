//! Reading the whole tree: the walk is sequential, the files are read in parallel, the order is that of paths.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::assets::asset;
use super::ground::{Entry, Ground, Sort};
use super::names::{is_backup, is_private, name_fault};
use super::open::{Trouble, read_text};
use super::{Beside, Files, LayerFiles, MANIFEST, PageFile, ScanOptions, SiteRoot};
use crate::config::{Config, Named};
use crate::diag::{Diagnostic, nearest};
use crate::git::{self, History};
use crate::source::{Source, Span};

/// Folders inside each other that are walked.
const DEEPEST: usize = 100;

const NO_FILE: &str = "move it out of the handbook";
const OUTSIDE: &str = "put a copy of `TARGET` in its place, if readers may have it";
const HIDDEN: &str = "delete it: what has a name with a dot in front is never published";
const IN_A_CIRCLE: &str = "is a symbolic link that runs in a circle";
const ROUND: &str = "delete it: it leads to `TARGET`, and so back to itself";
const DANGLING: &str = "delete it, or put `TARGET` back";

/// What readers ask; its name keeps it out of what is published.
const QUERIES: &str = "_queries.toml";

/// Bytes of one theme file.
const LARGEST: u64 = 16 << 20;

/// [`scan`], while git is asked what it knows of the pages: in a large repository that takes as long.
pub fn scan_beside(
    history: impl FnOnce() -> Arc<History> + Send,
    (root, options): (&SiteRoot, &ScanOptions<'_>),
) -> Files {
    std::thread::scope(|scope| {
        let asked = scope.spawn(history);
        let files = scan(root, options);
        Files { history: asked.join().unwrap_or_default(), ..files }
    })
}

/// Read everything below the root that a handbook is made of.
#[must_use]
pub fn scan(root: &SiteRoot, options: &ScanOptions<'_>) -> Files {
    let beside = options.config.repository.as_ref().map_or_else(Beside::default, |_| Beside::of(root));
    let mut files = Files { bare: root.bare, beside, ..Files::default() };
    let content = if root.bare { root.folder.clone() } else { root.folder.join("content") };
    let ignored =
        if root.bare && matches!(root.ground, Ground::Disk) { git::ignored(&root.folder) } else { HashSet::new() };
    let mut walk = Walk { ignored, bare: root.bare, ..Walk::of(root, options) };
    walk.folder(&content, "", (0, &mut Vec::new()));
    (files.skipped, files.findings) = (walk.skipped, walk.findings);
    let (pages, assets): (Vec<_>, Vec<_>) = walk.found.into_iter().partition(|file| has_ending(&file.path, "md"));
    read_pages(&mut files, pages, (&root.ground, options.config.limits.page as u64));
    let read: Vec<_> = assets.into_par_iter().map(|file| asset(&root.ground, &file)).collect();
    gather(read, &mut files.assets, &mut files.findings);
    match queries(root, &content) {
        Ok(queries) => files.queries = queries,
        Err(finding) => files.findings.push(finding),
    }
    let statics = root.folder.join("static");
    if root.ground.is_folder(&statics) {
        let mut walk = Walk { dots: true, ..Walk::of(root, options) };
        walk.folder(&statics, "", (0, &mut Vec::new()));
        let read: Vec<_> = walk.found.par_iter().map(|file| asset(&root.ground, file)).collect();
        files.findings.append(&mut walk.findings);
        files.skipped += walk.skipped;
        gather(read, &mut files.statics, &mut files.findings);
    }
    for layer in &options.config.theme.layers {
        match read_layer(root, (layer, options)) {
            Ok(layer) => files.layers.extend(layer),
            Err(finding) => files.findings.push(finding),
        }
    }
    files
}

/// The handbook's own test of its search. One that lies elsewhere is not followed.
fn queries(root: &SiteRoot, content: &Path) -> Result<Option<Arc<Source>>, Diagnostic> {
    let path = content.join(QUERIES);
    let real = root.ground.real(&path);
    if !root.ground.is_file(&path) || real.is_ok_and(|real| !real.starts_with(&root.folder)) {
        return Ok(None);
    }
    let site_path = if root.bare { QUERIES.to_owned() } else { format!("content/{QUERIES}") };
    let found = Found { path: QUERIES.to_owned(), site_path: site_path.into(), disk: path };
    let text = read_text(&root.ground, (&found.disk, LARGEST)).map_err(|trouble| found.finding(trouble))?;
    Ok(Some(Arc::new(Source::new(&*found.site_path, text))))
}

/// A page's file as it is now; nothing where it is no such file any more, or cannot be read.
#[must_use]
pub fn reread(root: &SiteRoot, page: &PageFile, config: &Config) -> Option<PageFile> {
    let disk = root.folder.join(page.source.path());
    // Behind a link lies something else, which a scan would judge.
    if disk.canonicalize().ok()? != disk {
        return None;
    }
    let text = read_text(&root.ground, (&disk, config.limits.page as u64)).ok()?;
    Some(PageFile { id: page.id.clone(), source: Arc::new(Source::new(page.source.path(), text)) })
}

fn gather<T>(read: Vec<Result<T, Diagnostic>>, into: &mut Vec<T>, findings: &mut Vec<Diagnostic>) {
    for result in read {
        match result {
            Ok(value) => into.push(value),
            Err(finding) => findings.push(finding),
        }
    }
}

fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, own)| own.eq_ignore_ascii_case(ending))
}

fn read_pages(files: &mut Files, pages: Vec<Found>, (ground, most): (&Ground, u64)) {
    let read: Vec<Result<PageFile, Diagnostic>> = pages
        .into_par_iter()
        .map(|file| match read_text(ground, (&file.disk, most)) {
            Ok(text) => {
                let id = file.path.get(..file.path.len() - 3).unwrap_or(&file.path).to_owned();
                Ok(PageFile { id, source: Arc::new(Source::new(&*file.site_path, text)) })
            }
            Err(trouble) => Err(file.finding(trouble)),
        })
        .collect();
    let mut ids: HashMap<String, Arc<Source>> = HashMap::new();
    for result in read {
        let page = match result {
            Ok(page) => page,
            Err(finding) => {
                files.findings.push(finding);
                continue;
            }
        };
        if let Some(other) = ids.get(&page.id) {
            let path: Arc<str> = page.source.path().into();
            let message = format!("`{path}` and `{}` have one name in different spellings", other.path());
            let finding = Diagnostic::new("address-clash", message).at(&path, Span::default());
            files
                .findings
                .push(finding.see(&other.path().into(), Span::default(), "the other one").hint("rename one of them"));
            continue;
        }
        ids.insert(page.id.clone(), Arc::clone(&page.source));
        files.pages.push(page);
    }
}

/// A file that was met.
#[derive(Debug)]
pub(super) struct Found {
    /// Path below the folder that was walked, NFC.
    pub(super) path: String,
    /// Path from the site's root.
    pub(super) site_path: Arc<str>,
    /// Where it lies, every link resolved.
    pub(super) disk: PathBuf,
}

impl Found {
    /// A finding about the file as a whole.
    pub(super) fn finding(&self, trouble: Trouble) -> Diagnostic {
        let message = format!("`{}` {}", self.site_path, trouble.message);
        Diagnostic::new(trouble.check, message).at(&self.site_path, Span::default()).hint(trouble.hint)
    }
}

struct Walk<'a> {
    root: &'a Path,
    ground: &'a Ground,
    output: &'a Path,
    /// Longest name, in bytes.
    name: usize,
    ignored: HashSet<PathBuf>,
    found: Vec<Found>,
    skipped: usize,
    findings: Vec<Diagnostic>,
    bare: bool,
    /// Whether names that begin with a dot or `_` are kept.
    dots: bool,
}

/// What an entry is, links followed.
enum What {
    File(PathBuf),
    Folder(PathBuf),
    Nothing,
}

impl<'a> Walk<'a> {
    /// A walk in a folder whose hidden names are passed over and which is not the site's own.
    fn of(root: &'a SiteRoot, options: &'a ScanOptions<'_>) -> Self {
        Self {
            root: &root.folder,
            ground: &root.ground,
            output: options.output,
            name: options.config.limits.name,
            ignored: HashSet::new(),
            found: Vec::new(),
            skipped: 0,
            findings: Vec::new(),
            bare: false,
            dots: false,
        }
    }
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, path: &str, (depth, above): (usize, &mut Vec<PathBuf>)) {
        let site_path = self.site_path(folder);
        if depth > DEEPEST {
            let message = format!("`{site_path}` lies over {DEEPEST} folders deep and is passed over");
            self.say("bad-name", &site_path, (message, "move it nearer to the top"));
            return;
        }
        let real = self.ground.real(folder).unwrap_or_else(|_| folder.to_owned());
        if depth == 0 && !real.starts_with(self.root) {
            let message = format!("`{site_path}` is a symbolic link out of the handbook");
            self.say("outside-content", &site_path, (message, "copy the folder into the handbook"));
            return;
        }
        let mut entries = Vec::new();
        for entry in self.ground.entries(folder) {
            match entry {
                Ok(entry) => entries.push(entry),
                Err(reason) => {
                    let message = format!("`{site_path}` cannot be read: {reason}");
                    self.say("unreadable", &site_path, (message, "give yourself the right to read this folder"));
                }
            }
        }
        above.push(real);
        for entry in entries {
            self.entry(&entry, path, (depth, above));
        }
        above.pop();
    }

    fn entry(&mut self, entry: &Entry, path: &str, (depth, above): (usize, &mut Vec<PathBuf>)) {
        let disk = entry.path.as_path();
        let Some(name) = entry.name.as_deref() else {
            let shown = self.site_path(disk);
            let message = format!("the name of `{shown}` is not UTF-8");
            self.say("bad-name", &shown, (message, "rename it, with letters that your keyboard has"));
            return;
        };
        if !self.dots && name.starts_with(['.', '_']) || is_backup(name) || is_private(name) {
            self.skipped += 1;
            return;
        }
        if disk == self.output || self.bare && depth == 0 && self.not_content(name) || self.ignored.contains(disk) {
            return;
        }
        let site_path = self.site_path(disk);
        let what = self.what(entry, &site_path, above);
        if matches!(what, What::Nothing) {
            return;
        }
        if let Some(fault) = name_fault(name, self.name) {
            // In a bare folder most files are none of the handbook's.
            if self.bare && matches!(what, What::File(_)) && !has_ending(name, "md") {
                self.skipped += 1;
                return;
            }
            let (fault, hint) = fault;
            self.say("bad-name", &site_path, (format!("`{site_path}` {fault}"), &hint));
            return;
        }
        let name: String = name.nfc().collect();
        let inner = if path.is_empty() { name } else { format!("{path}/{name}") };
        match what {
            What::File(disk) => self.found.push(Found { path: inner, site_path: site_path.into(), disk }),
            // An earlier output of a folder that is itself the content.
            What::Folder(disk) if self.bare && self.ground.is_file(&disk.join(MANIFEST)) => self.skipped += 1,
            What::Folder(disk) => self.folder(&disk, &inner, (depth + 1, above)),
            What::Nothing => {}
        }
    }

    fn not_content(&self, name: &str) -> bool {
        ["public", "static", "themes", "node_modules", "site.toml"].contains(&name)
    }

    fn what(&mut self, entry: &Entry, site_path: &str, above: &[PathBuf]) -> What {
        let disk = entry.path.as_path();
        match entry.sort {
            Sort::File => What::File(disk.to_owned()),
            Sort::Folder => What::Folder(disk.to_owned()),
            Sort::Link => self.followed(disk, site_path, above),
            Sort::Other => {
                let message = format!("`{site_path}` is neither a file nor a folder, and is passed over");
                self.say("not-a-file", site_path, (message, NO_FILE));
                What::Nothing
            }
        }
    }

    /// What a symbolic link leads to, if it stays inside the handbook.
    fn followed(&mut self, disk: &Path, site_path: &str, above: &[PathBuf]) -> What {
        let (check, what, hint) = match self.ground.real(disk) {
            Ok(target) if !target.starts_with(self.root) => {
                ("outside-content", "is a symbolic link out of the handbook", OUTSIDE)
            }
            Ok(target) if self.hidden(&target) => ("outside-content", "is a symbolic link to something hidden", HIDDEN),
            Ok(target) if self.ground.is_folder(&target) && above.contains(&target) => {
                ("outside-content", IN_A_CIRCLE, ROUND)
            }
            Ok(target) if self.ground.is_folder(&target) => return What::Folder(target),
            Ok(target) if self.ground.is_file(&target) => return What::File(target),
            Ok(_) => ("not-a-file", "leads to something that is no file, and is passed over", NO_FILE),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                ("dangling-symlink", "is a symbolic link to nothing, and is passed over", DANGLING)
            }
            Err(_) => ("outside-content", IN_A_CIRCLE, ROUND),
        };
        let target = self.ground.written_target(disk);
        let hint = hint.replace("TARGET", &target.to_string_lossy());
        self.say(check, site_path, (format!("`{site_path}` {what}"), &hint));
        What::Nothing
    }

    /// A link must not bring in what its name hides: `.env`, `.git/config`.
    fn hidden(&self, target: &Path) -> bool {
        let inside = target.strip_prefix(self.root).unwrap_or(target);
        inside.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'))
    }

    fn site_path(&self, disk: &Path) -> String {
        let path = disk.strip_prefix(self.root).unwrap_or(disk);
        let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    fn say(&mut self, check: &'static str, path: &str, (message, hint): (String, &str)) {
        self.findings.push(Diagnostic::new(check, message).at(&path.into(), Span::default()).hint(hint));
    }
}

/// A theme layer's files; none for `plain`, which is always below the others.
fn read_layer(root: &SiteRoot, (layer, options): (&Named, &ScanOptions<'_>)) -> Result<Option<LayerFiles>, Diagnostic> {
    let themes = root.folder.join("themes");
    let folder = themes.join(&layer.text);
    let path: Arc<str> = "site.toml".into();
    let plain = layer.text.contains(['/', '\\']) || layer.text.starts_with('.') || layer.text.is_empty();
    if plain || !root.ground.is_folder(&folder) {
        if layer.text == "plain" {
            return Ok(None);
        }
        let known = root.ground.entries(&themes).into_iter().flatten();
        let known: Vec<String> = known.filter_map(|entry| entry.name).collect();
        let hint = nearest(&layer.text, known.iter().map(String::as_str)).map_or_else(
            || format!("make the folder `themes/{}`", layer.text),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("there is no theme layer `themes/{}`", layer.text);
        return Err(Diagnostic::new("missing-theme", message).at(&path, layer.span).hint(hint));
    }
    let mut walk = Walk { output: Path::new(""), name: 255, ..Walk::of(root, options) };
    walk.folder(&folder, "", (0, &mut Vec::new()));
    if let Some(finding) = walk.findings.pop() {
        return Err(finding);
    }
    let mut files = Vec::new();
    for file in walk.found {
        let bytes = root.ground.bytes(&file.disk, LARGEST).map_err(|trouble| file.finding(trouble))?;
        files.push((file.path, bytes));
    }
    Ok(Some(LayerFiles { name: layer.text.clone(), files }))
}
