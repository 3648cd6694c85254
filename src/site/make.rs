//! From what was read to a finished site, step by step.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::public::Guard;
use super::{Memory, Options, Site};
use crate::audience::{self, Withheld};
use crate::checks::{self, Book};
use crate::config::{Audience, Config};
use crate::diag::Diagnostic;
use crate::discover::{Files, LayerFiles};
use crate::graph::{Graph, followed};
use crate::kinds::Kinds;
use crate::layout::Atlas;
use crate::model::{Handbook, Parts};
use crate::related::Kin;
use crate::search::{Queries, Search};
use crate::source::Source;
use crate::theme::PLAIN;
use crate::view::Known;
use crate::words::Wording;

/// Pages of a ranking that are kept.
const RELATED: usize = 50;

impl Site {
    /// From what was read to a finished site. The findings are those of reading `site.toml`.
    #[must_use]
    pub fn new(files: Files, config: (Config, Vec<Diagnostic>), options: &Options) -> Site {
        Site::remembering(files, config, (options, &Memory::default()))
    }

    /// The site ahead of its rankings: what pages say and where their links lead is all there, the related pages are those of
    /// the site `before`, and nothing was checked across pages. It is made in a fraction of the time.
    #[must_use]
    pub fn ahead(
        files: Files,
        config: (Config, Vec<Diagnostic>),
        (options, memory): (&Options, &Memory),
        before: Option<&Site>,
    ) -> Site {
        Site::made(files, config, (options, memory), Depth::Ahead(before))
    }

    /// The same site, made sooner by what is remembered. Where the theme cannot be used, the last one that could is.
    #[must_use]
    pub fn remembering(
        files: Files,
        config: (Config, Vec<Diagnostic>),
        (options, memory): (&Options, &Memory),
    ) -> Site {
        Site::made(files, config, (options, memory), Depth::Whole)
    }

    fn made(
        files: Files,
        (mut config, mut findings): (Config, Vec<Diagnostic>),
        (options, memory): (&Options, &Memory),
        depth: Depth<'_>,
    ) -> Site {
        let (kinds, found) = Kinds::load(&config);
        findings.extend(found);
        let (queries, found) = Queries::read(files.queries.clone());
        findings.extend(found);
        let texts = texts(&files, &config);
        findings.extend(files.findings);
        let wording = wording(&files.layers, (&mut config, &mut findings));
        let theme = memory.theme_of(files.layers, (&config, &wording), &mut findings);
        let drafts = memory.drafts(&files.pages, (&config, &kinds, &wording));
        let parts = Parts {
            drafts,
            assets: files.assets,
            statics: files.statics,
            beside: files.beside,
            history: files.history,
            bare: files.bare,
            with_drafts: options.drafts,
            wording,
        };
        let (handbook, withheld) = book(parts, (&mut config, &kinds), &mut findings);
        let queries = queries.without(|id| withheld.hides(id));
        let (pairs, made, graph) = followed(&handbook, (&config, &kinds));
        let search = depth.search(&handbook);
        let (kin, found) = compared((&handbook, &graph), (&config, &kinds), (options, &queries, &search), depth);
        findings.extend(found);
        let known = Arc::new(Known::new(&handbook, &made, (&config, &kinds)));
        let mut site = Site {
            config,
            kinds,
            handbook,
            graph,
            kin,
            pairs: Arc::new(pairs),
            atlas: Atlas::default(),
            made,
            outputs: Arc::default(),
            findings,
            skipped: files.skipped,
            theme,
            search,
            queries,
            known,
            texts,
            today: options.today.clone(),
            guard: Arc::new(Guard::new(withheld)),
        };
        site.lay_out();
        site.settled()
    }

    /// With what is found on the site as a whole, and every finding as severe as `[checks]` says.
    fn settled(mut self) -> Site {
        self.findings.extend(self.unknown_templates());
        let found = std::mem::take(&mut self.findings);
        let left = found.into_iter().filter(|finding| !self.guard.withheld.explains(finding));
        self.findings = checks::settle(left.collect(), &self.config);
        self
    }
}

/// What the interface says, and the handbook's title where `site.toml` gives none.
fn wording(layers: &[LayerFiles], (config, findings): (&mut Config, &mut Vec<Diagnostic>)) -> Arc<Wording> {
    let (wording, found) = Wording::load(layers, &config.language);
    findings.extend(found);
    if config.title.is_empty() {
        config.title = wording.say("title.handbook", &[]);
    }
    Arc::new(wording)
}

/// The book of what this audience may see, and what it may not.
fn book(parts: Parts, (config, kinds): (&mut Config, &Kinds), findings: &mut Vec<Diagnostic>) -> (Handbook, Withheld) {
    let (parts, withheld) = match config.audience {
        Audience::Public => audience::public(parts, (config, kinds)),
        Audience::Internal => (parts, Withheld::default()),
    };
    findings.extend(parts.drafts.iter().flat_map(|draft| draft.findings.iter().cloned()));
    findings.extend(withheld.findings.iter().cloned());
    let (handbook, found) = Handbook::new(parts, config, kinds);
    findings.extend(found.into_iter().filter(|finding| !withheld.findings.contains(finding)));
    (handbook, withheld)
}

/// What comes of comparing all pages with each other: the rankings, and what is found across pages.
fn compared(
    (handbook, graph): (&Handbook, &Graph),
    (config, kinds): (&Config, &Kinds),
    (options, queries, search): (&Options, &Queries, &OnceLock<Arc<Search>>),
    depth: Depth<'_>,
) -> (Kin, Vec<Diagnostic>) {
    if let Depth::Ahead(before) = depth {
        return (before.map_or_else(Kin::default, |before| before.kin_for(handbook, graph)), Vec::new());
    }
    let kin = Kin::new(handbook, graph, (config, options.related.max(RELATED)));
    let asked = || &**search.get_or_init(|| Arc::new(Search::new(handbook, graph, config)));
    let found = checks::run(&Book {
        handbook,
        graph,
        config,
        kinds,
        kin: &kin,
        search: (!queries.list.is_empty()).then(asked),
        queries,
        today: &options.today,
    });
    (kin, found)
}

/// How much of a site is made.
#[derive(Clone, Copy)]
enum Depth<'a> {
    Whole,
    /// With the rankings of an earlier one.
    Ahead(Option<&'a Site>),
}

impl Depth<'_> {
    /// What can be found, where an earlier site knows it.
    fn search(self, handbook: &Handbook) -> OnceLock<Arc<Search>> {
        match self {
            Depth::Ahead(Some(before)) => before.search_for(handbook),
            _ => OnceLock::new(),
        }
    }
}

/// Every text that a finding may point into, by its path.
fn texts(files: &Files, config: &Config) -> HashMap<Arc<str>, Arc<Source>> {
    let pages = files.pages.iter().map(|page| Arc::clone(&page.source));
    let sources = pages.chain(config.source.clone()).chain(files.queries.clone());
    sources.chain(template_sources(&files.layers)).map(|source| (source.path().into(), source)).collect()
}

/// The texts of templates and words, so that findings can show the line.
fn template_sources(layers: &[LayerFiles]) -> Vec<Arc<Source>> {
    let own = layers.iter().flat_map(|layer| {
        layer.files.iter().map(|(path, bytes)| (layer.name.as_str(), path.as_str(), bytes.as_slice()))
    });
    let text = |(layer, path, bytes): (&str, &str, &[u8])| {
        let text = std::str::from_utf8(bytes).ok()?;
        (path.ends_with(".html") || path.ends_with(".xml") || path.starts_with("words/"))
            .then(|| Arc::new(Source::new(format!("themes/{layer}/{path}"), text)))
    };
    PLAIN.iter().map(|(path, bytes)| ("plain", *path, *bytes)).chain(own).filter_map(text).collect()
}
