//! The pages that mendbook makes: which of them there are, decided by what they would show.

use std::collections::BTreeMap;

use super::{Handbook, PageId};
use crate::config::Config;
use crate::kinds::Form;
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
    /// All signals.
    Signals,
    /// All drivers.
    Drivers,
    /// When to escalate, and to whom.
    Help,
    /// Terms and other names.
    Glossary,
    /// Pages that are asked for and not written.
    Wanted,
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

/// A tag as it stands in an address: lower case, spaces as `-`, what a file name cannot hold as `.`.
#[must_use]
pub fn tag_key(tag: &str) -> String {
    let swap = |c: char| match c {
        c if c.is_whitespace() => '-',
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '.',
        c => c,
    };
    crate::prose::fold_space(tag).to_lowercase().chars().map(swap).collect()
}

impl Handbook {
    /// Every made page but the wanted list, which needs the links to be followed.
    #[must_use]
    pub fn made_pages(&self, config: &Config) -> Vec<MadePage> {
        let mut made = Vec::new();
        let mut add = |route: &str, title: &str, kind| {
            made.push(MadePage { route: Route::made(route), title: title.to_owned(), kind });
        };
        add("index.html", &config.title, MadeKind::Home);
        add("404.html", "Page not found", MadeKind::NotFound);
        let has = |form| {
            self.pages
                .iter()
                .any(|page| page.draft.sections.iter().any(|section| section.form == form && !section.items.is_empty()))
        };
        let has_id =
            |id: &str| self.pages.iter().any(|page| page.section(id).is_some_and(|section| !section.items.is_empty()));
        if has_id("signals") {
            add("signals.html", "Signals", MadeKind::Signals);
        }
        if has_id("drivers") {
            add("drivers.html", "Drivers", MadeKind::Drivers);
        }
        if has(Form::Escalation) || config.contacts.as_ref().is_some_and(|contacts| !contacts.is_empty()) {
            add("help.html", "Get help", MadeKind::Help);
        }
        if self.pages.iter().any(|page| page.kind_name() == "term") {
            add("glossary.html", "Glossary", MadeKind::Glossary);
        }
        let tags = self.tags();
        if !tags.is_empty() {
            add("tags.html", "Tags", MadeKind::Tags);
        }
        for (key, (tag, _)) in tags {
            add(&format!("tags/{key}.html"), &tag, MadeKind::Tag(key));
        }
        made.extend(self.moved.iter().map(|(route, page)| MadePage {
            route: route.clone(),
            title: self.page(*page).map_or_else(String::new, |page| page.title().to_owned()),
            kind: MadeKind::Moved(*page),
        }));
        made.extend(self.made_folders(&made));
        made
    }

    /// A front page for every folder; one with the name of a made page leads there.
    fn made_folders(&self, made: &[MadePage]) -> Vec<MadePage> {
        let folders = self.folders.iter().filter(|(folder, _)| !folder.is_empty());
        let mut out: Vec<MadePage> = Vec::new();
        for (folder, front) in folders {
            let instead = made.iter().find(|made| made.route.path() == format!("{}.html", folder.to_lowercase()));
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
        // `tags/TAG.html` makes a folder too.
        let tags = Route::made("tags.html");
        let written = self.folders.keys().any(|folder| folder.eq_ignore_ascii_case("tags"));
        if made.iter().any(|made| made.route == tags) && !written {
            out.push(MadePage {
                route: Route::made("tags/index.html"),
                title: "Tags".to_owned(),
                kind: MadeKind::Instead(tags),
            });
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

    /// Every tag by its key: as first written, and its pages.
    #[must_use]
    pub fn tags(&self) -> BTreeMap<String, (String, Vec<PageId>)> {
        let mut tags: BTreeMap<String, (String, Vec<PageId>)> = BTreeMap::new();
        for (id, page) in self.all() {
            for tag in &page.draft.front.tags {
                let entry = tags.entry(tag_key(tag)).or_insert_with(|| (tag.clone(), Vec::new()));
                if entry.1.last() != Some(&id) {
                    entry.1.push(id);
                }
            }
        }
        tags.remove("");
        tags
    }
}
