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
    /// Pages that are asked for and not written.
    Wanted,
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
    /// Its title.
    pub title: String,
    /// What it shows.
    pub kind: MadeKind,
}

impl Handbook {
    /// Every made page but the wanted list, which needs the links to be followed.
    #[must_use]
    pub fn made_pages(&self, config: &Config, pairs: &Pairs) -> Vec<MadePage> {
        let mut made = Vec::new();
        let mut add = |route: &str, title: &str, kind| {
            made.push(MadePage { route: Route::made(route), title: title.to_owned(), kind });
        };
        add("index.html", &config.title, MadeKind::Home);
        add("404.html", "Page not found", MadeKind::NotFound);
        if !self.pages.is_empty() {
            add("search.html", "Search", MadeKind::Search);
        }
        let tags = &self.order.tags;
        if !tags.is_empty() {
            add("tags.html", "Tags", MadeKind::Tags);
        }
        for (key, (tag, _)) in tags {
            add(&format!("tags/{key}.html"), tag, MadeKind::Tag(key.clone()));
        }
        made.extend(list(("signals", "Signals"), &self.lists.signals, MadeKind::Signals));
        made.extend(list(("drivers", "Drivers"), &self.lists.drivers, MadeKind::Drivers));
        made.extend(list(("help", "Get help"), &self.lists.help, MadeKind::Help));
        if self.lists.help.groups.is_empty() && config.contacts.as_ref().is_some_and(|contacts| !contacts.is_empty()) {
            made.push(whole(("help", "Get help"), MadeKind::Help(Part::Whole)));
        }
        if self.pages.iter().any(|page| page.kind_name() == "term") {
            made.extend(list(("glossary", "Glossary"), &self.lists.glossary, MadeKind::Glossary));
        }
        made.extend(list(("map", "Map"), &self.lists.map, MadeKind::Map));
        made.extend(self.comparisons(pairs));
        made.extend(list(("print", "The whole handbook"), &self.lists.print, MadeKind::Print));
        made.extend(self.moved.iter().map(|(route, page)| MadePage {
            route: route.clone(),
            title: self.page(*page).map_or_else(String::new, |page| page.title().to_owned()),
            kind: MadeKind::Moved(*page),
        }));
        made.extend(self.made_folders(&made));
        made
    }

    /// The list of pairs, and a page for each pair that has one.
    fn comparisons(&self, pairs: &Pairs) -> impl Iterator<Item = MadePage> {
        let list = (!pairs.all().is_empty()).then(|| whole(("compare", "Compare"), MadeKind::Compare));
        let title = |id: PageId| self.page(id).map_or("", Page::title);
        let page = move |pair: &Pair| {
            let title = format!("{} or {}?", title(pair.one), title(pair.other));
            Some(MadePage { route: pair.route.clone()?, title, kind: MadeKind::Pair(pair.one, pair.other) })
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
                    out.push(MadePage { route: Route::page(&format!("{folder}/index")), title, kind });
                }
                (None, _) => {
                    let kind = MadeKind::Folder(folder.clone());
                    out.push(MadePage { route: Route::page(&format!("{folder}/index")), title, kind });
                }
            }
        }
        // `tags/TAG.html` and the parts of a list make folders too.
        for folder in ["tags", "signals", "drivers", "help", "glossary", "map", "compare", "print"] {
            let whole = Route::made(format!("{folder}.html"));
            let inside = format!("{folder}/");
            let title = made.iter().find(|made| made.route == whole).map(|made| made.title.clone());
            let written = self.folders.keys().any(|other| other.eq_ignore_ascii_case(folder));
            if let Some(title) = title.filter(|_| !written && made.iter().any(|m| m.route.path().starts_with(&inside)))
            {
                let route = Route::made(format!("{folder}/index.html"));
                out.push(MadePage { route, title, kind: MadeKind::Instead(whole) });
            }
        }
        out
    }

    /// The name of a folder: its front page's title, else its own name in words.
    #[must_use]
    pub fn folder_title(&self, folder: &str) -> String {
        let front = self.folders.get(folder).copied().flatten().and_then(|id| self.page(id));
        front
            .filter(|page| !page.is_unnamed())
            .map_or_else(|| super::areas::words(folder), |page| page.title().to_owned())
    }
}

/// The pages of a list: none where it is empty, and one for each group where it is too long.
fn list<T>((name, title): (&str, &str), list: &List<T>, kind: impl Fn(Part) -> MadeKind) -> Vec<MadePage> {
    if list.groups.is_empty() {
        return Vec::new();
    }
    let first = whole((name, title), kind(Part::Whole));
    let groups = list.groups.iter().enumerate().filter(|_| list.is_split());
    let parts = groups.map(|(index, group)| MadePage {
        route: Route::made(format!("{name}/{}.html", group.key)),
        title: format!("{title}: {}", group.title),
        kind: kind(Part::Group(index)),
    });
    std::iter::once(first).chain(parts).collect()
}

fn whole((name, title): (&str, &str), kind: MadeKind) -> MadePage {
    MadePage { route: Route::made(format!("{name}.html")), title: title.to_owned(), kind }
}
