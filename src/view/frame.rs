//! What every page of the site has: title, menus, addresses.

use super::shelf::{Here, Known, Shelf};
use super::{Frame, ImageView, MenuLink};
use crate::kinds::Kinds;
use crate::model::Handbook;
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
            logo: self.known.logo.and_then(|logo| self.picture(logo, here)),
            favicon: self.known.favicon.and_then(|icon| self.picture(icon, here)).map(|icon| icon.src),
            title: title.to_owned(),
            description,
            canonical,
            feed: self.known.feed.then(|| here.href(&Route::made("feed.xml"), None)),
            noindex: !config.index || here.prefix.is_some(),
            menu: self.menu(here),
            footer: self.footer(here),
        }
    }

    /// A file as a picture, unless it is one that is not published.
    fn picture(&self, asset: usize, here: Here<'_>) -> Option<ImageView> {
        if !self.copies(asset) {
            return None;
        }
        let (width, height) = self.handbook.asset_file(asset)?.dimensions.unzip();
        Some(ImageView { src: here.href(&self.asset_route(asset)?, None), width, height })
    }

    fn menu(&self, here: Here<'_>) -> Vec<MenuLink> {
        self.known.menu.iter().map(|(id, title, route)| to(here, (id, title), route)).collect()
    }

    fn footer(&self, here: Here<'_>) -> Vec<MenuLink> {
        let all = [
            ("drivers", ("Drivers", "drivers.html")),
            ("glossary", ("Glossary", "glossary.html")),
            ("tags", ("Tags", "tags.html")),
            ("wanted", ("Wanted pages", "wanted.html")),
            ("print", ("Print", "print.html")),
        ];
        all.into_iter().filter_map(|(id, made)| self.made_link(here, id, made)).collect()
    }

    fn made_link(&self, here: Here<'_>, id: &str, (title, path): (&str, &str)) -> Option<MenuLink> {
        let route = Route::made(path);
        self.makes(&route).then(|| to(here, (id, title), &route))
    }
}

fn to(here: Here<'_>, (id, title): (&str, &str), route: &Route) -> MenuLink {
    MenuLink {
        id: id.to_owned(),
        title: title.to_owned(),
        href: here.href(route, None),
        current: here.route == route && here.prefix.is_none(),
    }
}

/// The links of the top bar: name, words, address.
pub(super) fn menu(handbook: &Handbook, kinds: &Kinds, known: &Known) -> Vec<(String, String, Route)> {
    let mut menu = Vec::new();
    let made = |id: &str, title: &str, path: &str| {
        let route = Route::made(path);
        known.made.contains_key(&route).then(|| (id.to_owned(), title.to_owned(), route))
    };
    menu.extend(made("signals", "Signals", "signals.html"));
    for kind in &kinds.list {
        let mut folders = handbook.folders.keys().filter(|folder| !folder.is_empty());
        let folder = folders.find(|folder| folder.eq_ignore_ascii_case(&kind.folder));
        // Terms have the glossary, which the footer names.
        let Some(folder) = folder.filter(|_| kind.name != "term") else { continue };
        let route = Route::page(&format!("{folder}/index"));
        menu.push((kind.name.clone(), handbook.folder_title(folder), route));
    }
    // Patterns come first, whatever the order of the kinds; four words fit a small phone.
    menu.sort_by_key(|(id, ..)| match id.as_str() {
        "signals" => 0,
        "pattern" => 1,
        _ => 2,
    });
    let map = made("map", "Map", "map.html");
    menu.truncate(4 - usize::from(map.is_some()));
    menu.extend(map);
    menu.extend(made("help", "Get help", "help.html"));
    menu
}
