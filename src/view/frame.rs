//! What every page of the site has: title, menus, addresses.

use super::shelf::{Here, Shelf};
use super::{Frame, MenuLink};
use crate::route::Route;

impl Shelf<'_> {
    /// The frame of the page at `here`.
    pub(super) fn frame(&self, here: Here<'_>, title: &str, description: Option<String>) -> Frame {
        let config = self.config;
        let canonical =
            config.base_url.as_ref().filter(|_| here.prefix.is_none()).map(|base| here.route.absolute(base));
        Frame {
            root: here.root(),
            language: config.language.clone(),
            site_title: config.title.clone(),
            home: here.href(&Route::made("index.html"), None),
            title: title.to_owned(),
            description,
            canonical,
            feed: self.known.feed.then(|| here.href(&Route::made("feed.xml"), None)),
            noindex: !config.index || here.prefix.is_some(),
            menu: self.menu(here),
            footer: self.footer(here),
        }
    }

    fn menu(&self, here: Here<'_>) -> Vec<MenuLink> {
        let mut menu = Vec::new();
        menu.extend(self.made_link(here, "signals", ("Signals", "signals.html")));
        for kind in &self.kinds.list {
            let folder = self
                .handbook
                .folders
                .keys()
                .find(|folder| !folder.is_empty() && folder.eq_ignore_ascii_case(&kind.folder));
            // Terms have the glossary, which the footer names.
            let Some(folder) = folder.filter(|_| kind.name != "term") else { continue };
            let title = self.handbook.folder_title(folder);
            menu.extend(self.to(here, (&kind.name, &title), &Route::page(&format!("{folder}/index"))));
        }
        // Patterns come first, whatever the order of the kinds; four words fit a small phone.
        menu.sort_by_key(|link| match link.id.as_str() {
            "signals" => 0,
            "pattern" => 1,
            _ => 2,
        });
        menu.truncate(4);
        menu.extend(self.made_link(here, "help", ("Get help", "help.html")));
        menu
    }

    fn footer(&self, here: Here<'_>) -> Vec<MenuLink> {
        let all = [
            ("drivers", ("Drivers", "drivers.html")),
            ("glossary", ("Glossary", "glossary.html")),
            ("tags", ("Tags", "tags.html")),
            ("wanted", ("Wanted pages", "wanted.html")),
        ];
        all.into_iter().filter_map(|(id, made)| self.made_link(here, id, made)).collect()
    }

    fn made_link(&self, here: Here<'_>, id: &str, (title, path): (&str, &str)) -> Option<MenuLink> {
        let route = Route::made(path);
        let known = self.makes(&route);
        known.then(|| self.to(here, (id, title), &route)).flatten()
    }

    fn to(&self, here: Here<'_>, (id, title): (&str, &str), route: &Route) -> Option<MenuLink> {
        let href = here.href(route, None);
        Some(MenuLink {
            id: id.to_owned(),
            title: title.to_owned(),
            href,
            current: here.route == route && here.prefix.is_none(),
        })
    }
}
