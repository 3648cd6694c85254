//! The whole pipeline on one screen: what was read becomes an immutable site that can be rendered, address by address.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::config::Config;
use crate::diag::{Diagnostic, Texts, nearest};
use crate::graph::Graph;
use crate::kinds::Kinds;
use crate::layout::Atlas;
use crate::markdown;
use crate::model::{Handbook, MadePage, PageId, Pairs};
use crate::related::Kin;
use crate::route::Route;
use crate::search::{Queries, Search};
use crate::source::{Source, at_work};
use crate::theme::Theme;
use crate::view::{Known, Made, Shelf, View};

mod cards_data;
mod compare_data;
mod edited;
pub mod export;
mod feed;
mod llms;
mod make;
mod map_data;
mod memory;
pub mod network;
mod programs;
mod public;
mod routes;
mod search_data;
mod shown;
mod weight;

pub use memory::Memory;
pub use programs::Program;
use public::Guard;

/// A handbook, understood and ready to be shown. It never changes.
#[derive(Debug)]
pub struct Site {
    /// What `site.toml` says.
    pub config: Config,
    /// The kinds of page.
    pub kinds: Kinds,
    /// The pages.
    pub handbook: Handbook,
    /// Their links.
    pub graph: Graph,
    /// The pages that help next.
    pub kin: Kin,
    /// The pages that are set apart from each other.
    pub pairs: Arc<Pairs>,
    /// What drawings stand on.
    pub atlas: Atlas,
    /// What readers ask.
    pub queries: Queries,
    /// The pages that are made.
    pub made: Vec<MadePage>,
    /// Every address and what lies there, in order.
    pub outputs: Arc<BTreeMap<Route, Output>>,
    /// Every finding but those that only rendering can make, in order.
    pub findings: Vec<Diagnostic>,
    /// Files that were passed over because of their name.
    pub skipped: usize,
    theme: Option<Arc<Theme>>,
    search: OnceLock<Arc<Search>>,
    known: Arc<Known>,
    texts: HashMap<Arc<str>, Arc<Source>>,
    /// The day, ISO: reviews are overdue by it.
    pub today: String,
    guard: Arc<Guard>,
}

/// What lies at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// A page.
    Page(PageId),
    /// A made page, by its index.
    Made(usize),
    /// A file of the content or of `static/`, by its number.
    Asset(usize),
    /// A file of the theme, by its path below `assets/`.
    Theme(String),
    /// A file for programs.
    Program(Program),
    /// A page as Markdown.
    Markdown(PageId),
}

/// What was rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rendered {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A copy of this file.
    Copy(PathBuf),
}

/// How a site is put together.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether drafts are part of it.
    pub drafts: bool,
    /// The day, ISO.
    pub today: String,
    /// How many pages of each ranking of related pages are wanted; fifty are kept in any case.
    pub related: usize,
}

impl Site {
    /// Pages that ask for a template which no layer has.
    fn unknown_templates(&self) -> Vec<Diagnostic> {
        let Some(theme) = &self.theme else { return Vec::new() };
        let asked = self.handbook.pages.iter().filter_map(|page| Some((page, page.draft.front.template.as_ref()?)));
        let unknown = asked.filter(|(_, template)| !theme.has_template(&template.text));
        let found = unknown.map(|(page, template)| {
            let message = format!("no layer has a template `{}`", template.text);
            let stem = |name: &'_ str| name.trim_end_matches(".html").to_owned();
            let stems: Vec<String> = theme.templates().map(stem).collect();
            let hint = match nearest(&stem(&template.text), stems.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}.html`?"),
                None => "leave `template` out, or add that file to a layer in `themes/`".to_owned(),
            };
            Diagnostic::new("template-error", message).at(&page.draft.path, template.span).hint(hint)
        });
        found.collect()
    }

    /// The page that an author wrote at an address.
    #[must_use]
    pub fn page_at(&self, route: &Route) -> Option<PageId> {
        match self.outputs.get(route)? {
            Output::Page(id) => Some(*id),
            Output::Made(_) => self.known.written.get(route).copied(),
            _ => None,
        }
    }

    /// Whether a finding keeps the last good output in place.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.findings.iter().any(|finding| finding.blocks)
    }

    /// What can be found, worked out when it is first asked for.
    #[must_use]
    pub fn search(&self) -> &Search {
        self.search.get_or_init(|| Arc::new(Search::new(&self.handbook, &self.graph, &self.config)))
    }

    /// Everything that a view is made from.
    #[must_use]
    pub fn shelf(&self) -> Shelf<'_> {
        Shelf {
            handbook: &self.handbook,
            graph: &self.graph,
            kin: &self.kin,
            pairs: &self.pairs,
            atlas: &self.atlas,
            config: &self.config,
            kinds: &self.kinds,
            made: &self.made,
            known: &self.known,
            today: &self.today,
        }
    }

    /// What the template at an address gets, and which template that is; nothing where no template is used.
    #[must_use]
    pub fn view(&self, route: &Route) -> Option<(String, View)> {
        match self.outputs.get(route)? {
            Output::Page(id) => {
                let own = self.handbook.page(*id).and_then(|page| page.draft.front.template.as_ref());
                Some((own.map_or_else(|| "page.html".to_owned(), |own| own.text.clone()), self.shelf().page_view(*id)?))
            }
            Output::Made(index) => {
                let view = self.shelf().made_view(self.made.get(*index)?);
                let own = view
                    .page
                    .as_ref()
                    .and_then(|page| self.handbook.by_id(&page.id))
                    .and_then(|id| self.handbook.page(id));
                let own = own.and_then(|page| page.draft.front.template.as_ref()).map(|own| own.text.clone());
                Some((own.unwrap_or_else(|| template(view.made.as_ref()).to_owned()), view))
            }
            _ => None,
        }
    }

    /// A finding about the template at an address as a whole.
    #[must_use]
    pub fn fault(&self, route: &Route, message: &str) -> Diagnostic {
        match (self.view(route), &self.theme) {
            (Some((template, _)), Some(theme)) => theme.fault(&template, message),
            _ => Diagnostic::new("template-error", message),
        }
    }

    /// Render an address; `None` if nothing lies there.
    ///
    /// # Errors
    /// A finding in the template; [`crate::render::at`] adds the address.
    pub fn render(&self, route: &Route) -> Option<Result<Rendered, Diagnostic>> {
        at_work(route.path(), || self.rendered(route))
    }

    fn rendered(&self, route: &Route) -> Option<Result<Rendered, Diagnostic>> {
        let bytes = |bytes: Vec<u8>| Some(Ok(Rendered::Bytes(bytes)));
        match self.outputs.get(route)? {
            Output::Asset(index) => Some(Ok(Rendered::Copy(self.handbook.asset_file(*index)?.disk.clone()))),
            Output::Theme(path) => {
                let assets = self.theme.as_ref()?.assets();
                let at = assets.binary_search_by(|(known, _)| (*known).cmp(path.as_str())).ok()?;
                bytes(assets.get(at)?.1.to_vec())
            }
            Output::Program(program) => bytes(self.program(program)),
            Output::Markdown(id) => bytes(markdown::from_html(&self.shelf().article(*id, route)?).into_bytes()),
            Output::Page(_) | Output::Made(_) => {
                let (theme, view) = (self.theme.as_ref()?, self.view(route)?);
                Some(self.draw(&view, theme).map(Rendered::Bytes))
            }
        }
    }
}

/// The template of a made part.
fn template(made: Option<&Made>) -> &'static str {
    match made {
        Some(Made::Home { .. }) => "home.html",
        Some(Made::Folder { .. }) => "folder.html",
        Some(Made::Tags { .. }) => "tags.html",
        Some(Made::Tag { .. }) => "tag.html",
        Some(Made::Signals { .. }) => "signals.html",
        Some(Made::Drivers { .. }) => "drivers.html",
        Some(Made::Help { .. }) => "help.html",
        Some(Made::Glossary { .. }) => "glossary.html",
        Some(Made::Map(_)) => "map.html",
        Some(Made::Compare { .. }) => "compare.html",
        Some(Made::Pair(_)) => "pair.html",
        Some(Made::Print { .. }) => "print.html",
        Some(Made::Links { .. }) => "links.html",
        Some(Made::Review(_)) => "review.html",
        Some(Made::Coverage(_)) => "coverage.html",
        Some(Made::Wanted { .. }) => "wanted.html",
        Some(Made::Search { .. }) => "search.html",
        Some(Made::NotFound { .. }) => "404.html",
        Some(Made::Redirect { .. }) => "redirect.html",
        None => "page.html",
    }
}

impl Texts for Site {
    fn source(&self, path: &str) -> Option<&Source> {
        self.texts.get(path).map(|source| &**source)
    }
}
