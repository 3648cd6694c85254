//! The pages that mendbook makes: which of them there are, decided by what they would show.

use std::collections::HashMap;

use super::{Handbook, List, Page, PageId, Pair, Pairs, Part};
use crate::config::Config;
use crate::route::Route;

/// What a made page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MadeKind {
    /// The home page.
    Home,
    /// A folder, by its path below the content.
    Folder(String),
    /// All tags.
    Tags,
    /// One tag, by its key.
    Tag(String),
    /// Signals.
    Signals(Part),
    /// Drivers.
    Drivers(Part),
    /// When to escalate, and to whom.
    Help(Part),
    /// Terms and other names.
    Glossary(Part),
    /// How the pages connect.
    Map(Part),
    /// The pairs of pages that are set apart.
    Compare,
    /// Two pages side by side.
    Pair(PageId, PageId),
    /// Every page's whole text, to be printed.
    Print(Part),
    /// Every page that links to one with more of them than it shows itself.
    Links(PageId),
    /// Pages whose review is overdue, and whose it is.
    Review(Part),
    /// Which page has which section.
    Coverage(Part),
    /// Pages that are asked for and not written.
    Wanted(Part),
    /// Where a script shows what was searched for.
    Search,
    /// For addresses that lead nowhere.
    NotFound,
    /// From an old address to a page.
    Moved(PageId),
    /// From a folder to a made page of the same name.
    Instead(Route),
}

/// A page that mendbook makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadePage {
    /// Its address.
    pub route: Route,
    /// Its title, in the handbook's language.
    pub title: String,
    /// Its title in English: links find it by either.
    pub english: String,
    /// What it shows.
    pub kind: MadeKind,
}

impl MadePage {
    /// With the title that an author gave.
    fn called(route: Route, title: &str, kind: MadeKind) -> MadePage {
        MadePage { route, title: title.to_owned(), english: title.to_owned(), kind }
    }
}

impl Handbook {
    /// Every made page but the wanted list, which needs the links to be followed.
    #[must_use]
    pub fn made_pages(&self, config: &Config, pairs: &Pairs) -> Vec<MadePage> {
        let mut made = Vec::new();
        let own = |route: &str, title: &str, kind| MadePage::called(Route::made(route), title, kind);
        made.push(own("index.html", &config.title, MadeKind::Home));
        made.push(self.whole(("404", "title.not-found"), MadeKind::NotFound));
        if !self.pages.is_empty() {
            made.push(self.whole(("search", "title.search"), MadeKind::Search));
        }
        let tags = &self.order.tags;
        if !tags.is_empty() {
            made.push(self.whole(("tags", "title.tags"), MadeKind::Tags));
        }
        for (key, (tag, _)) in tags {
            made.push(own(&format!("tags/{key}.html"), tag, MadeKind::Tag(key.clone())));
        }
        made.extend(self.list(("signals", "title.signals"), &self.lists.signals, MadeKind::Signals));
        made.extend(self.list(("drivers", "title.drivers"), &self.lists.drivers, MadeKind::Drivers));
        made.extend(self.list(("help", "title.help"), &self.lists.help, MadeKind::Help));
        if self.lists.help.groups.is_empty() && config.contacts.as_ref().is_some_and(|contacts| !contacts.is_empty()) {
            made.push(self.whole(("help", "title.help"), MadeKind::Help(Part::Whole)));
        }
        if self.pages.iter().any(|page| page.kind_name() == "term") {
            made.extend(self.list(("glossary", "title.glossary"), &self.lists.glossary, MadeKind::Glossary));
        }
        made.extend(self.list(("map", "title.map"), &self.lists.map, MadeKind::Map));
        made.extend(self.comparisons(pairs));
        made.extend(self.list(("print", "title.print"), &self.lists.print, MadeKind::Print));
        let moved = self.moved.iter().filter_map(|(route, page)| Some((route, *page, self.page(*page)?.title())));
        made.extend(moved.map(|(route, page, title)| MadePage::called(route.clone(), title, MadeKind::Moved(page))));
        made.extend(self.list(("review", "title.review"), &self.lists.review, MadeKind::Review));
        made.extend(self.list(("coverage", "title.coverage"), &self.lists.coverage, MadeKind::Coverage));
        made.extend(self.made_folders(&made));
        made
    }

    /// The page that lists everything that links to a page.
    #[must_use]
    pub fn links_page(&self, id: PageId) -> Option<MadePage> {
        let page = self.page(id)?;
        let title = [("title", page.title())];
        Some(MadePage {
            route: page.links_route(),
            title: self.wording.say("links.title", &title),
            english: self.wording.say_in_english("links.title", &title),
            kind: MadeKind::Links(id),
        })
    }

    /// The list of pairs, and a page for each pair that has one.
    fn comparisons(&self, pairs: &Pairs) -> impl Iterator<Item = MadePage> {
        let list = (!pairs.all().is_empty()).then(|| self.whole(("compare", "title.compare"), MadeKind::Compare));
        let title = |id: PageId| self.page(id).map_or("", Page::title);
        let page = move |pair: &Pair| {
            let titles = [("one", title(pair.one)), ("other", title(pair.other))];
            Some(MadePage {
                route: pair.route.clone()?,
                title: self.wording.say("pair.title", &titles),
                english: self.wording.say_in_english("pair.title", &titles),
                kind: MadeKind::Pair(pair.one, pair.other),
            })
        };
        list.into_iter().chain(pairs.all().iter().filter_map(page))
    }

    /// A front page for every folder; one with the name of a made page leads there.
    fn made_folders(&self, made: &[MadePage]) -> Vec<MadePage> {
        let folders = self.folders.iter().filter(|(folder, _)| !folder.is_empty());
        let by_path: HashMap<&str, &MadePage> = made.iter().map(|made| (made.route.path(), made)).collect();
        let mut out: Vec<MadePage> = Vec::new();
        for (folder, front) in folders {
            let instead = by_path.get(format!("{}.html", folder.to_lowercase()).as_str());
            let title = self.folder_title(folder);
            match (instead, front) {
                (Some(_), Some(_)) => {}
                (Some(instead), None) => {
                    let kind = MadeKind::Instead(instead.route.clone());
                    out.push(MadePage::called(Route::page(&format!("{folder}/index")), &title, kind));
                }
                (None, _) => {
                    let kind = MadeKind::Folder(folder.clone());
                    out.push(MadePage::called(Route::page(&format!("{folder}/index")), &title, kind));
                }
            }
        }
        // `tags/TAG.html` and the parts of a list make folders too.
        let lists = ["tags", "signals", "drivers", "help", "glossary", "map", "compare", "print", "review", "coverage"];
        out.extend(lists.into_iter().filter_map(|list| self.made_folder(list, made)));
        out
    }

    /// The front page of a folder that holds the parts of a made page, unless pages of an author lie there.
    fn made_folder(&self, list: &str, made: &[MadePage]) -> Option<MadePage> {
        let whole = made.iter().find(|made| made.route.path().strip_suffix(".html") == Some(list))?;
        let (inside, front) = (format!("{list}/"), format!("{list}/index.html"));
        let written = self.folders.keys().any(|other| other.eq_ignore_ascii_case(list));
        // A tag or a place may itself be called "index".
        let taken = made.iter().any(|made| made.route.path() == front);
        let needed = !written && !taken && made.iter().any(|made| made.route.path().starts_with(&inside));
        let (route, kind) = (Route::made(front), MadeKind::Instead(whole.route.clone()));
        needed.then(|| MadePage::called(route, &whole.title, kind))
    }

    /// The pages of the wanted list, which is known when the links have been followed.
    #[must_use]
    pub fn wanted_pages<T>(&self, wanted: &List<T>) -> Vec<MadePage> {
        let mut made = self.list(("wanted", "title.wanted"), wanted, MadeKind::Wanted);
        made.extend(self.made_folder("wanted", &made));
        made
    }

    /// The name of a folder: its front page's title, else its own name in words.
    #[must_use]
    pub fn folder_title(&self, folder: &str) -> String {
        let front = self.folders.get(folder).copied().flatten().and_then(|id| self.page(id));
        front
            .filter(|page| !page.is_unnamed())
            .map_or_else(|| super::areas::words(folder, &self.wording), |page| page.title().to_owned())
    }

    /// The pages of a list: none where it is empty, and one for each group where it is too long.
    fn list<T>(&self, (name, key): (&str, &str), list: &List<T>, kind: impl Fn(Part) -> MadeKind) -> Vec<MadePage> {
        if list.groups.is_empty() {
            return Vec::new();
        }
        let first = self.whole((name, key), kind(Part::Whole));
        let groups = list.groups.iter().enumerate().filter(|_| list.is_split());
        let parts = groups.map(|(index, group)| MadePage {
            route: Route::made(format!("{name}/{}.html", group.key)),
            title: self.wording.say("join.part", &[("title", &first.title), ("part", &group.title)]),
            english: self.wording.say_in_english("join.part", &[("title", &first.english), ("part", &group.title)]),
            kind: kind(Part::Group(index)),
        });
        let parts: Vec<MadePage> = parts.collect();
        std::iter::once(first).chain(parts).collect()
    }

    /// A made page at the top, with the phrase that is its title.
    #[must_use]
    pub fn whole(&self, (name, key): (&str, &str), kind: MadeKind) -> MadePage {
        let route = Route::made(format!("{name}.html"));
        let (title, english) = (self.wording.say(key, &[]), self.wording.say_in_english(key, &[]));
        MadePage { route, title, english, kind }
    }
}
