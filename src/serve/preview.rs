//! The handbook in memory, as its files are: what was read, the site made of it, and whether that is settled.
//!
//! An edit of a page's text is shown at once (`Site::edited`), other changes as soon as all links are followed
//! (`Site::ahead`); the rankings and checks of the whole are those of before. Behind it the whole site is made, and takes
//! their place if nothing changed meanwhile: then what is shown is what a build would write.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Hands;
use super::fault::Fault;
use super::tree::{Ground, Look};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::discover::{self, Files, PageFile, ScanOptions, SiteRoot};
use crate::git;
use crate::site::{Memory, Options, Site};
use crate::theme::Theme;
use crate::words::Wording;

/// Where the handbook lies, and how it is made.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its root.
    pub root: SiteRoot,
    /// The output folder, which is not watched.
    pub output: PathBuf,
    /// How the site is put together.
    pub options: Options,
}

/// The handbook as it is shown.
pub struct Preview {
    place: Place,
    hands: Arc<dyn Hands>,
    memory: Arc<Memory>,
    ground: Ground,
    look: Look,
    files: Files,
    config: (Config, Vec<Diagnostic>),
    site: Arc<Site>,
    /// Counts what was read: a site made of an older reading is not shown.
    reading: u64,
    settled: bool,
    fault: Option<Arc<Fault>>,
}

/// What a look at the files came to.
pub struct Step {
    /// Files that are new, other or gone.
    pub changes: Vec<PathBuf>,
    /// The site as it was before.
    pub before: Arc<Site>,
}

impl Preview {
    /// Read the handbook for the first time. What is shown is not settled.
    #[must_use]
    pub fn open(place: Place, hands: Arc<dyn Hands>) -> Preview {
        let ground = Ground {
            root: place.root.folder.clone(),
            bare: place.root.bare,
            output: place.output.clone(),
            log: git::log(&place.root.folder),
        };
        let memory = Arc::new(Memory::default());
        // Where the handbook's own theme is broken from the start, the embedded one shows the pages.
        let wording = Arc::new(Wording::load(&[], "en").0);
        if let Ok(plain) = Theme::load(Vec::new(), &Config::default(), &wording) {
            memory.keep_theme(Arc::new(plain));
        }
        // Looked at before it is read: what changes while it is read is then seen as a change.
        let look = ground.look();
        let (files, config) = read(&place, &*hands);
        let site = Arc::new(Site::ahead(files.clone(), config.clone(), (&place.options, &memory), None));
        let fault = fault_of(&site);
        Preview { place, hands, memory, ground, look, files, config, site, reading: 0, settled: false, fault }
    }

    /// The site that is shown.
    #[must_use]
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// What keeps a newer site back, or its theme: text with code frames.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref().map(|fault| &*fault.words)
    }

    /// The same, as browsers read it too.
    pub(super) fn held(&self) -> Option<&Arc<Fault>> {
        self.fault.as_ref()
    }

    /// Whether what is shown is what a build would write.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.settled
    }

    /// What is remembered.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// What is looked at.
    pub(super) fn ground(&self) -> &Ground {
        &self.ground
    }

    /// Show the pages among these files as they are now. A look at all files has to follow.
    pub fn touched(&mut self, paths: &[PathBuf]) -> Option<Step> {
        if self.fault.is_some() {
            return None;
        }
        let (mut pages, mut stamps) = (Vec::new(), Vec::new());
        for path in paths {
            let Some(at) = self.page_at(path).filter(|_| stamps.iter().all(|(known, _)| known != path)) else {
                continue;
            };
            // Before it is read: what is written while it is read is then seen as a change.
            stamps.push((path.clone(), Ground::stamp(path)));
            let known = self.files.pages.get(at)?;
            let page = discover::reread(&self.place.root, known, &self.config.0)?;
            pages.extend((page.source.text() != known.source.text()).then_some((at, page)));
        }
        let changes = stamps.iter().map(|(path, _)| path.clone()).collect();
        stamps.into_iter().for_each(|(path, stamp)| self.look.set(path, stamp));
        if pages.is_empty() {
            return None;
        }
        let texts: Vec<PageFile> = pages.iter().map(|(_, page)| page.clone()).collect();
        for (at, page) in pages {
            if let Some(known) = self.files.pages.get_mut(at) {
                *known = page;
            }
        }
        let site = self.site.edited(&texts, &self.memory).unwrap_or_else(|| self.ahead());
        Some(self.show(site, changes))
    }

    /// The site of what was read, with the rankings of the one that is shown.
    fn ahead(&self) -> Site {
        let made_with = (&self.place.options, &*self.memory);
        Site::ahead(self.files.clone(), self.config.clone(), made_with, Some(&self.site))
    }

    fn page_at(&self, path: &Path) -> Option<usize> {
        let inside = path.strip_prefix(&self.place.root.folder).ok()?;
        let parts: Option<Vec<&str>> = inside.components().map(|part| part.as_os_str().to_str()).collect();
        let inside = parts?.join("/");
        self.files.pages.iter().position(|page| page.source.path() == inside)
    }

    /// Look at every file, and show what changed; nothing where none did.
    pub fn look(&mut self) -> Option<Step> {
        let now = self.ground.look();
        let changes = self.look.changes(&now);
        self.look = now;
        if changes.is_empty() {
            return None;
        }
        let (files, config) = read(&self.place, &*self.hands);
        // Stamps may differ where bytes do not.
        let same_config = config.0.source.as_deref() == self.config.0.source.as_deref();
        if files == self.files && same_config && config.1 == self.config.1 {
            return None;
        }
        (self.files, self.config) = (files, config);
        let site = self.ahead();
        let held = site.findings.iter().any(keeps_back);
        self.fault = fault_of(&site);
        if held {
            // The last good site stays, and is as settled as it will be.
            self.reading += 1;
            self.settled = true;
            return Some(Step { changes, before: Arc::clone(&self.site) });
        }
        Some(self.show(site, changes))
    }

    fn show(&mut self, site: Site, changes: Vec<PathBuf>) -> Step {
        self.reading += 1;
        self.settled = false;
        let before = std::mem::replace(&mut self.site, Arc::new(site));
        Step { changes, before }
    }

    /// The work that is left until the site is settled; its end is for [`Preview::settle`].
    #[must_use]
    pub fn rest(&self) -> Rest {
        Rest {
            files: self.files.clone(),
            config: self.config.clone(),
            options: self.place.options.clone(),
            memory: Arc::clone(&self.memory),
            reading: self.reading,
        }
    }

    /// Show a whole site, if nothing was read since its making began.
    pub fn settle(&mut self, whole: Whole) -> bool {
        let newest = whole.reading == self.reading && !self.settled;
        if newest {
            self.site = Arc::new(whole.site);
            self.settled = true;
        }
        newest
    }
}

/// What a whole site is made from.
pub struct Rest {
    files: Files,
    config: (Config, Vec<Diagnostic>),
    options: Options,
    memory: Arc<Memory>,
    reading: u64,
}

/// A whole site, and the reading that it was made from.
pub struct Whole {
    reading: u64,
    site: Site,
}

impl Rest {
    /// Make it.
    #[must_use]
    pub fn make(self) -> Whole {
        let site = Site::remembering(self.files, self.config, (&self.options, &self.memory));
        Whole { reading: self.reading, site }
    }
}

fn read(place: &Place, hands: &dyn Hands) -> (Files, (Config, Vec<Diagnostic>)) {
    let config = hands.configure();
    let options = ScanOptions { output: &place.output, config: &config.0 };
    let files = discover::scan_beside(|| hands.history(), (&place.root, &options));
    (files, config)
}

/// Whether a finding keeps a site from being shown: nobody knows what was meant.
fn keeps_back(finding: &Diagnostic) -> bool {
    finding.blocks && matches!(finding.check, "bad-config" | "missing-theme")
}

/// What is wrong with `site.toml` or the theme. What is wrong in pages keeps nothing back.
fn fault_of(site: &Site) -> Option<Arc<Fault>> {
    let faulty = |finding: &&Diagnostic| {
        let theme = || finding.place.as_ref().is_some_and(|place| place.path.starts_with("themes/"));
        keeps_back(finding) || finding.blocks && finding.check == "template-error" && theme()
    };
    let faults: Vec<&Diagnostic> = site.findings.iter().filter(faulty).collect();
    (!faults.is_empty()).then(|| Arc::new(Fault::of(&faults, site)))
}
