//! The handbook with what many views need worked out once: orders, links between addresses, what is copied.

use std::collections::HashSet;

use crate::config::{Config, HtmlPolicy};
use crate::graph::{Graph, Target};
use crate::kinds::Kinds;
use crate::model::{Handbook, MadePage, Page, PageId};
use crate::route::Route;

use super::{CardView, LinkView};

/// Everything a view is made from.
#[derive(Debug, Clone, Copy)]
pub struct Shelf<'a> {
    /// The pages.
    pub handbook: &'a Handbook,
    /// Their links.
    pub graph: &'a Graph,
    /// What `site.toml` says.
    pub config: &'a Config,
    /// The kinds.
    pub kinds: &'a Kinds,
    /// The pages that are made.
    pub made: &'a [MadePage],
    /// What was worked out once.
    pub known: &'a Known,
}

/// Worked out once for all views.
#[derive(Debug, Default)]
pub struct Known {
    /// The pages of each area, in the order of the handbook.
    pub areas: Vec<Vec<PageId>>,
    /// Titles that more than one page has.
    pub shared_titles: HashSet<String>,
    /// The made pages' addresses.
    pub made: HashSet<Route>,
    /// Whether an Atom feed is made.
    pub feed: bool,
}

impl Known {
    /// Work it out.
    #[must_use]
    pub fn new(handbook: &Handbook, made: &[MadePage], config: &Config) -> Known {
        let mut areas = vec![Vec::new(); handbook.areas.len()];
        for (id, page) in handbook.all() {
            if let Some(area) = page.area.and_then(|area| areas.get_mut(area as usize)) {
                area.push(id);
            }
        }
        for area in &mut areas {
            sort(handbook, area);
        }
        Known {
            areas,
            shared_titles: handbook.shared_titles().into_iter().map(str::to_owned).collect(),
            made: made.iter().map(|made| made.route.clone()).collect(),
            feed: config.base_url.is_some() && handbook.pages.iter().any(|page| page.draft.front.updated.is_some()),
        }
    }
}

/// Order pages as a reader meets them: by `order`, then title, then id.
pub(super) fn sort(handbook: &Handbook, pages: &mut [PageId]) {
    let key = |id: &PageId| {
        handbook.page(*id).map(|page| (page.draft.front.order.unwrap_or(f64::MAX), page.title().to_lowercase()))
    };
    pages.sort_by(|a, b| {
        let (one, other) = (key(a), key(b));
        let order = one.as_ref().map_or(0.0, |key| key.0).total_cmp(&other.as_ref().map_or(0.0, |key| key.0));
        order.then_with(|| one.map(|key| key.1).cmp(&other.map(|key| key.1))).then(a.cmp(b))
    });
}

/// The place a page is shown at: links are written from there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Here<'a> {
    /// Its address.
    pub(super) route: &'a Route,
    /// For `404.html`, which is served at any depth: the path of the base URL.
    pub(super) prefix: Option<&'a str>,
}

impl Here<'_> {
    /// The link from here.
    pub(super) fn href(&self, to: &Route, fragment: Option<&str>) -> String {
        match self.prefix {
            Some(prefix) => to.from_root(prefix, fragment),
            None => self.route.href_to(to, fragment),
        }
    }

    /// The way to the root.
    pub(super) fn root(&self) -> String {
        self.prefix.map_or_else(|| self.route.root(), str::to_owned)
    }
}

impl<'a> Shelf<'a> {
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
        self.known.made.contains(route)
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

    /// The assets that some page links or shows.
    #[must_use]
    pub fn linked_assets(&self) -> HashSet<usize> {
        let targets = self.graph.targets.iter().flatten();
        targets.filter_map(|target| if let Target::Asset(asset) = target { Some(*asset) } else { None }).collect()
    }
}
