//! The views of the pages that mendbook makes.

use std::collections::BTreeMap;

use super::shelf::{Here, Shelf};
use super::{AreaView, CardView, Feed, LinkView, Made, PartView, ReviewedView, TagView, View};
use crate::model::{MadeKind, MadePage, Page, PageId, Part, Place};
use crate::route::Route;

/// Signals that the home page shows, at least one and at most four of each place.
const SIGNALS_AT_HOME: usize = 16;

/// Pages that the home page lists; of more it names the areas alone.
const PAGES_AT_HOME: usize = 500;

/// Pages reviewed lately that the home page shows.
const REVIEWED: usize = 5;

impl<'s> Shelf<'s> {
    /// The view of a made page, with the page an author wrote at the same address.
    #[must_use]
    pub fn made_view(&self, made: &'s MadePage) -> View {
        let prefix = self.config.base_path();
        let bound = match made.kind {
            MadeKind::Print(part) => Some(self.bound(part, &made.route)),
            _ => None,
        };
        let prefix = (made.kind == MadeKind::NotFound).then_some(prefix);
        let here = Here { route: &made.route, prefix, bound: bound.as_ref(), texts: None };
        let written = self.known.written.get(&made.route);
        let written = written.and_then(|id| Some((*id, self.handbook.page(*id)?)));
        let title =
            written.filter(|(_, page)| !page.is_unnamed()).map_or(made.title.as_str(), |(_, page)| page.title());
        let description = written.and_then(|(_, page)| page.draft.summary.clone());
        let described =
            description.or_else(|| (made.kind == MadeKind::Home).then(|| self.config.description.clone()).flatten());
        let mut frame = self.frame(here, title, described);
        // A page that a script fills has nothing to be found by.
        frame.noindex |= made.kind == MadeKind::Search && written.is_none();
        // An address that only leads on says which one is meant.
        let target = match &made.kind {
            MadeKind::Moved(page) => self.handbook.page(*page).map(|page| &page.route),
            MadeKind::Instead(route) => Some(route),
            _ => None,
        };
        // Its pages are to be found where each of them stands.
        frame.noindex |= bound.is_some();
        if let Some(target) = target {
            frame.canonical = self.config.base_url.as_ref().map(|base| target.absolute(base));
        }
        View {
            frame,
            page: written.map(|(id, page)| self.written(id, page, here)),
            made: Some(self.made_part(&made.kind, here)),
            parts: self.parts_of(&made.kind, here),
        }
    }

    fn parts_of(&self, kind: &MadeKind, here: Here<'_>) -> Vec<PartView> {
        let lists = &self.handbook.lists;
        match kind {
            MadeKind::Signals(_) => self.parts("signals", &lists.signals, here),
            MadeKind::Drivers(Part::Whole) => self.parts("drivers", &lists.drivers, here),
            MadeKind::Help(Part::Whole) => self.parts("help", &lists.help, here),
            MadeKind::Glossary(Part::Whole) => self.parts("glossary", &lists.glossary, here),
            MadeKind::Map(Part::Whole) => self.parts("map", &lists.map, here),
            MadeKind::Print(Part::Whole) => self.parts("print", &lists.print, here),
            MadeKind::Review(Part::Whole) => self.parts("review", &lists.review, here),
            MadeKind::Coverage(Part::Whole) => self.parts("coverage", &lists.coverage, here),
            MadeKind::Wanted(Part::Whole) => self.parts("wanted", &self.graph.wanted_list(), here),
            _ => Vec::new(),
        }
    }

    fn made_part(&self, kind: &MadeKind, here: Here<'s>) -> Made {
        let lists = &self.handbook.lists;
        match kind {
            MadeKind::Home => self.home(here),
            MadeKind::Folder(folder) => self.folder(folder, here),
            MadeKind::Tags => {
                let tag = |(key, (title, pages)): (&String, &(String, Vec<PageId>))| TagView {
                    title: title.clone(),
                    href: here.href(&Route::made(format!("tags/{key}.html")), None),
                    count: pages.len(),
                };
                Made::Tags { tags: self.handbook.order.tags.iter().map(tag).collect() }
            }
            MadeKind::Tag(key) => {
                let (tag, pages) = self.handbook.order.tags.get(key).cloned().unwrap_or_default();
                let feed = self.feed(&Feed::Tag(key.clone()), here);
                Made::Tag { tag, pages: self.cards(pages, here), feed }
            }
            MadeKind::Signals(part) => self.finder(*part, here),
            MadeKind::Drivers(part) => Made::Drivers { letters: self.letters(lists.drivers.on(*part), here) },
            MadeKind::Help(part) => {
                let (contacts, others) = self.help(*part, here);
                Made::Help { contacts, others }
            }
            MadeKind::Glossary(part) => Made::Glossary { entries: self.names(lists.glossary.on(*part), here) },
            MadeKind::Map(part) => Made::Map(self.map(*part, here)),
            MadeKind::Compare => self.compare(here),
            // A pair has a page where both have one.
            MadeKind::Pair(one, other) => {
                self.pair((*one, *other), here).map_or_else(|| self.compare(here), Made::Pair)
            }
            MadeKind::Print(part) => Made::Print { chapters: self.chapters(*part, here) },
            MadeKind::Links(page) => self.links_to(*page, here),
            MadeKind::Review(part) => Made::Review(self.review(*part, here)),
            MadeKind::Coverage(part) => Made::Coverage(self.coverage(*part, here)),
            MadeKind::Wanted(part) => self.wanted(*part, here),
            MadeKind::Search => Made::Search { ways: self.ways(here) },
            MadeKind::NotFound => {
                let compare = Route::made("compare.html");
                let compare = self.makes(&compare).then(|| here.href(&compare, None));
                Made::NotFound { ways: self.ways(here), compare }
            }
            MadeKind::Moved(page) => {
                let target = self.handbook.page(*page).map(|page| self.link(page, here));
                Made::Redirect { target: target.unwrap_or(LinkView { title: String::new(), href: here.root() }) }
            }
            MadeKind::Instead(route) => {
                let made = self.known.made.get(route).and_then(|made| self.made.get(*made));
                let title = made.map_or("", |made| made.title.as_str());
                Made::Redirect { target: LinkView { title: title.to_owned(), href: here.href(route, None) } }
            }
        }
    }

    fn home(&self, here: Here<'s>) -> Made {
        let signals = Route::made("signals.html");
        // A long list of pages stands on the areas' own pages.
        let crowded = self.handbook.pages.len() > PAGES_AT_HOME;
        let mut areas: Vec<(usize, Place, AreaView)> = Vec::new();
        for (area, pages) in self.handbook.areas.iter().zip(&self.handbook.order.areas) {
            let kind = pages.first().and_then(|id| self.handbook.page(*id)).map_or("page", Page::kind_name);
            let rank = ["pattern", "guide", "essay"].iter().position(|known| *known == kind).unwrap_or(4);
            // Terms have the glossary.
            if kind == "term" {
                continue;
            }
            let front = Route::page(&if area.folder.is_empty() {
                "index".to_owned()
            } else {
                format!("{}/index", area.folder)
            });
            let view = AreaView {
                title: area.title.clone(),
                href: Some(here.href(&front, None)),
                count: pages.len(),
                pages: self.cards(pages.iter().copied().filter(|_| !crowded), here),
            };
            areas.push((rank, self.handbook.folder_place(&area.folder), view));
        }
        areas.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| one.1.before(&other.1)));
        let contacts = self.config.contacts.as_deref().unwrap_or(&[]);
        Made::Home {
            places: self.some_places(SIGNALS_AT_HOME, here),
            areas: areas.into_iter().map(|(.., area)| area).chain(self.fronts_alone(here)).collect(),
            contacts: contacts.iter().map(|contact| self.contact(contact, here)).collect(),
            reviewed: self.reviewed(here),
            signals: self.makes(&signals).then(|| here.href(&signals, None)),
        }
    }

    /// Top folders that hold nothing but front pages (a README in each folder): no area leads to them.
    fn fronts_alone(&self, here: Here<'s>) -> impl Iterator<Item = AreaView> {
        let top = |folder: &str| folder.split('/').next().unwrap_or("").to_owned();
        let led: Vec<String> = self.handbook.areas.iter().map(|area| top(&area.folder)).collect();
        let mut alone: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
        for (folder, front) in self.handbook.folders.iter().filter(|(folder, _)| !folder.is_empty()) {
            alone.entry(top(folder)).or_default().extend(front);
        }
        alone.retain(|folder, _| !led.contains(folder));
        alone.into_iter().map(move |(folder, pages)| AreaView {
            title: self.handbook.folder_title(&folder),
            href: Some(here.href(&Route::page(&format!("{folder}/index")), None)),
            count: pages.len(),
            pages: self.cards(pages, here),
        })
    }

    fn reviewed(&self, here: Here<'_>) -> Vec<ReviewedView> {
        let dated = self.handbook.all().filter_map(|(id, page)| Some((page.draft.front.reviewed.as_ref()?, id, page)));
        let mut dated: Vec<_> = dated.collect();
        dated.sort_by(|a, b| b.0.cmp(a.0).then(a.1.cmp(&b.1)));
        let view = |(reviewed, _, page): (&String, _, &Page)| ReviewedView {
            card: self.card(page, here),
            reviewed: reviewed.clone(),
        };
        dated.into_iter().take(REVIEWED).map(view).collect()
    }

    fn folder(&self, folder: &str, here: Here<'_>) -> Made {
        let folders = self.handbook.order.inside.get(folder).into_iter().flatten().map(|other| {
            let front = self.handbook.folders.get(other).copied().flatten().and_then(|id| self.handbook.page(id));
            let href = here.href(&Route::page(&format!("{other}/index")), None);
            let title = self.handbook.folder_title(other);
            let summary = front.and_then(|page| page.draft.summary.clone());
            CardView { title, href, summary, kind: "folder".to_owned(), area: None, status: None }
        });
        let pages = self.handbook.order.folders.get(folder).into_iter().flatten().copied();
        Made::Folder { folders: folders.collect(), pages: self.cards(pages, here) }
    }

    fn links_to(&self, id: PageId, here: Here<'s>) -> Made {
        let page = self.handbook.page(id).map(|page| self.link(page, here));
        let of = page.unwrap_or(LinkView { title: String::new(), href: here.root() });
        Made::Links { of, backlinks: self.all_backlinks(id, here) }
    }
}
