//! A preview of a folder of its own, driven by hand: nothing waits, so nothing depends on time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mendbook::config::{self, Config};
use mendbook::diag::Diagnostic;
use mendbook::discover::{self, ScanOptions, SiteRoot};
use mendbook::git::History;
use mendbook::route::Route;
use mendbook::serve::{Hands, Place, Preview, Told};
use mendbook::site::{Options, Site};
use mendbook::view::View;

use crate::support::{self, TODAY};

/// What a page is made of: the template's name, what it gets, and a number for the templates as they are.
type Shown = ((String, View), u64);

/// Reads `site.toml` as it is, and does nothing else.
struct Plain(SiteRoot);

impl Hands for Plain {
    fn configure(&self) -> (Config, Vec<Diagnostic>) {
        let (source, mut findings) = discover::read_config(&self.0);
        let (config, found) = config::read(source);
        findings.extend(found);
        (config, findings)
    }

    fn history(&self) -> Arc<History> {
        Arc::default()
    }

    fn open(&self, _: &Path, _: u32) -> Result<(), String> {
        Err("there is no editor".to_owned())
    }

    fn tell(&self, _: &Told<'_>) {}
}

/// A handbook that is shown while it is edited.
pub(crate) struct Live {
    _keep: tempfile::TempDir,
    place: Place,
    preview: Preview,
}

impl Live {
    /// These files, read and settled.
    pub(crate) fn new(files: &[(&str, &str)]) -> Live {
        let keep = tempfile::tempdir().unwrap();
        let folder = keep.path().canonicalize().unwrap();
        for (path, text) in files {
            put(&folder.join(path), text);
        }
        fs::create_dir_all(folder.join("content")).unwrap();
        let root = discover::locate(&folder).unwrap();
        let options = Options { drafts: true, today: TODAY.to_owned(), related: 0 };
        let place = Place { output: folder.join("public"), root: root.clone(), options };
        let preview = Preview::open(place.clone(), Arc::new(Plain(root)));
        let mut live = Live { _keep: keep, place, preview };
        live.settle();
        live
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.place.root.folder
    }

    pub(crate) fn site(&self) -> &Site {
        self.preview.site()
    }

    pub(crate) fn fault(&self) -> Option<&str> {
        self.preview.fault()
    }

    pub(crate) fn is_settled(&self) -> bool {
        self.preview.is_settled()
    }

    /// How many pages were parsed so far.
    pub(crate) fn parsed(&self) -> usize {
        self.preview.memory().parsed()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        put(&self.folder().join(path), text);
    }

    /// Look at all files; what changed is then shown.
    pub(crate) fn look(&mut self) -> bool {
        self.preview.look().is_some()
    }

    /// Be told that a file changed.
    pub(crate) fn touch(&mut self, path: &str) -> bool {
        let path: PathBuf = self.folder().join(path);
        self.preview.touched(&[path]).is_some()
    }

    /// Look until nothing changes, and make what is left.
    pub(crate) fn settle(&mut self) {
        while self.look() {}
        if !self.is_settled() {
            let whole = self.preview.rest().make();
            assert!(self.preview.settle(whole), "nothing was read meanwhile");
        }
    }

    /// What is shown at an address.
    #[track_caller]
    pub(crate) fn page(&self, address: &str) -> String {
        support::text(self.site(), address)
    }

    /// What every page is made of: its view, and the templates.
    pub(crate) fn views(&self) -> BTreeMap<String, Shown> {
        let templates = self.site().theme().unwrap().prints().templates;
        let view = |route: &Route| Some((route.path().to_owned(), (self.site().view(route)?, templates)));
        self.site().outputs.keys().filter_map(view).collect()
    }

    /// The pages that are others than they were.
    pub(crate) fn changed_since(&self, before: &BTreeMap<String, Shown>) -> Vec<String> {
        let now = self.views().into_iter();
        now.filter(|(route, shown)| before.get(route) != Some(shown)).map(|(route, _)| route).collect()
    }

    /// What a build would make of the folder as it is.
    pub(crate) fn built(&self) -> Site {
        let Place { root, output, options } = &self.place;
        let config = Plain(root.clone()).configure();
        let files = discover::scan(root, &ScanOptions { output, config: &config.0 });
        Site::new(files, config, options)
    }

    /// Every address holds to the byte what a build would write, no address is left over, and the same was found.
    #[track_caller]
    pub(crate) fn is_as_built(&self) {
        let (shown, built) = (self.site(), self.built());
        let routes = |site: &Site| site.outputs.keys().cloned().collect::<Vec<Route>>();
        assert_eq!(routes(shown), routes(&built), "the addresses");
        for route in built.outputs.keys() {
            let same = support::bytes(shown, route) == support::bytes(&built, route);
            assert!(same, "`{}` is not as a build would write it", route.path());
        }
        assert_eq!(shown.findings, built.findings);
    }
}

fn put(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// A pattern with some of its sections.
pub(crate) fn pattern(title: &str, lead: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\ntags = [\"trust\"]\n+++\n\n{lead}\n\n## Signals\n\n- Dates slip and nobody says so\n- People ask twice\n\n\
         ## Why it tends to develop\n\n- **Fear:** It costs to speak\n\n## What helps\n\n1. **Ask.** Ask what is known so far.\n"
    )
}

impl Live {
    /// Take away what keeps a site back: a `site.toml` or a template that is broken.
    pub(crate) fn mend(&self) {
        let _ = fs::create_dir_all(self.folder().join("content"));
        let _ = fs::remove_dir_all(self.folder().join("themes"));
        self.write("site.toml", "title = \"Mended\"\n");
    }
}
