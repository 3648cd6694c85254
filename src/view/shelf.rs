//! The handbook with what many views need worked out once: orders, links between addresses, what is copied.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::{Config, HtmlPolicy, Named};
use crate::graph::Graph;
use crate::kinds::Kinds;
use crate::layout::{Atlas, Sky, Weave};
use crate::model::{Handbook, MadePage, Page, PageId, Pairs};
use crate::related::Kin;
use crate::route::Route;

use super::feeds::feeds;
use super::{CardView, Feed, LinkView, Terms};

/// Everything a view is made from.
#[derive(Debug, Clone, Copy)]
pub struct Shelf<'a> {
    /// The pages.
    pub handbook: &'a Handbook,
    /// Their links.
    pub graph: &'a Graph,
    /// The pages that help next.
    pub kin: &'a Kin,
    /// The pages that are set apart from each other.
    pub pairs: &'a Pairs,
    /// What drawings stand on.
    pub atlas: &'a Atlas,
    /// What `site.toml` says.
    pub config: &'a Config,
    /// The kinds.
    pub kinds: &'a Kinds,
    /// The pages that are made.
    pub made: &'a [MadePage],
    /// What was worked out once.
    pub known: &'a Known,
    /// The day, ISO: reviews are overdue by it.
    pub today: &'a str,
}

/// Worked out once for all views.
#[derive(Debug, Default)]
pub struct Known {
    /// Titles that more than one page has.
    pub shared_titles: HashSet<String>,
    /// The made pages' addresses, and which of them each is.
    pub made: HashMap<Route, usize>,
    /// The pages that an author wrote at the address of a made page.
    pub written: HashMap<Route, PageId>,
    /// The addresses of all pages that an author wrote.
    pub pages: HashSet<Route>,
    /// The top bar: what each link is called in the code, its words, its address.
    pub menu: Vec<(String, String, Route)>,
    /// The footer, as `menu`.
    pub footer: Vec<(String, String, Route)>,
    /// The pages for those who keep the handbook, as `menu`.
    pub keep: Vec<(String, String, Route)>,
    /// The files that `site.toml` names as logo and as favicon.
    pub logo: Option<usize>,
    /// See `logo`.
    pub favicon: Option<usize>,
    /// The Atom feeds that have something to list, and the pages of each.
    pub feeds: BTreeMap<Feed, Vec<PageId>>,
    /// The names of the glossary's terms.
    pub terms: Terms,
}

impl Known {
    /// Work it out.
    #[must_use]
    pub fn new(handbook: &Handbook, made: &[MadePage], (config, kinds): (&Config, &Kinds)) -> Known {
        let made: HashMap<Route, usize> =
            made.iter().enumerate().map(|(index, made)| (made.route.clone(), index)).collect();
        let written = handbook.all().filter(|(_, page)| made.contains_key(&page.route));
        let named = |path: &Option<Named>| handbook.asset(&path.as_ref()?.text);
        let mut known = Known {
            logo: named(&config.theme.logo),
            favicon: named(&config.theme.favicon),
            shared_titles: handbook.shared_titles().into_iter().map(str::to_owned).collect(),
            written: written.map(|(id, page)| (page.route.clone(), id)).collect(),
            pages: handbook.pages.iter().map(|page| page.route.clone()).collect(),
            made,
            terms: Terms::new(handbook, &config.language),
            feeds: feeds(handbook, config),
            ..Known::default()
        };
        [known.menu, known.footer, known.keep] = super::frame::menus(handbook, kinds, &known);
        known
    }
}

/// The place a page is shown at: links are written from there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Here<'a> {
    /// Its address.
    pub(super) route: &'a Route,
    /// For `404.html`, which is served at any depth: the path of the base URL.
    pub(super) prefix: Option<&'a str>,
    /// The addresses of the pages that stand here one after the other for print: links between them stay here.
    pub(super) bound: Option<&'a HashSet<&'a Route>>,
    /// Where pages are shown as Markdown: their addresses; links lead to their Markdown.
    pub(super) texts: Option<&'a HashSet<Route>>,
}

impl Here<'_> {
    /// The link from here.
    pub(super) fn href(&self, to: &Route, fragment: Option<&str>) -> String {
        if self.bound.is_some_and(|bound| bound.contains(to)) {
            let anchor = fragment.map_or_else(|| stem(to).to_owned(), |anchor| self.anchor(to, anchor));
            return self.route.href_to(self.route, Some(&anchor));
        }
        if self.texts.is_some_and(|pages| pages.contains(to)) {
            return self.route.href_to(&to.as_markdown(), fragment);
        }
        match self.prefix {
            Some(prefix) => to.from_root(prefix, fragment),
            None => self.route.href_to(to, fragment),
        }
    }

    /// An anchor of the page at `route` as it is called here: bound pages have theirs apart by their addresses.
    pub(super) fn anchor(&self, route: &Route, anchor: &str) -> String {
        let bound = self.bound.is_some_and(|bound| bound.contains(route));
        if bound { format!("{}:{anchor}", stem(route)) } else { anchor.to_owned() }
    }

    /// The way to the root.
    pub(super) fn root(&self) -> String {
        self.prefix.map_or_else(|| self.route.root(), str::to_owned)
    }
}

/// A page's address without its ending: its anchor where it is bound.
pub(super) fn stem(route: &Route) -> &str {
    route.path().trim_end_matches(".html")
}

impl<'a> Shelf<'a> {
    /// Which pages are tied to which.
    pub(crate) fn weave(&self) -> &'a Weave {
        self.atlas.weave((self.handbook, self.graph, self.kin))
    }

    /// The constellation.
    pub(crate) fn sky(&self) -> &'a Sky {
        self.atlas.sky((self.handbook, self.graph, self.kin))
    }

    /// A page's card as seen from `here`.
    pub(super) fn card(&self, page: &Page, here: Here<'_>) -> CardView {
        let shared = self.known.shared_titles.contains(page.title());
        CardView {
            title: page.title().to_owned(),
            href: here.href(&page.route, None),
            summary: page.draft.summary.clone(),
            kind: page.kind_name().to_owned(),
            area: self.handbook.area(page).filter(|_| shared).map(|area| area.title.clone()),
            status: page.draft.front.status.word().map(str::to_owned),
        }
    }

    /// Cards of some pages.
    pub(super) fn cards(&self, pages: impl IntoIterator<Item = PageId>, here: Here<'_>) -> Vec<CardView> {
        pages.into_iter().filter_map(|id| self.handbook.page(id)).map(|page| self.card(page, here)).collect()
    }

    /// A link to a page with its title.
    pub(super) fn link(&self, page: &Page, here: Here<'_>) -> LinkView {
        LinkView { title: page.title().to_owned(), href: here.href(&page.route, None) }
    }

    /// Whether a made page of this address exists.
    pub(super) fn makes(&self, route: &Route) -> bool {
        self.known.made.contains_key(route)
    }

    /// Whether an asset is part of the output.
    #[must_use]
    pub fn copies(&self, asset: usize) -> bool {
        let active = self.handbook.asset_file(asset).is_some_and(|asset| asset.active);
        !active || self.handbook.is_static(asset) || self.config.html == HtmlPolicy::Allow
    }

    /// The address of an asset.
    #[must_use]
    pub fn asset_route(&self, asset: usize) -> Option<Route> {
        let file = self.handbook.asset_file(asset)?;
        Some(if self.handbook.is_static(asset) { Route::made(file.path.as_str()) } else { Route::asset(&file.path) })
    }
}
