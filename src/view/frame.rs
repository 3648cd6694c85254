//! What every page of the site has: title, menus, addresses.

use super::shelf::{Here, Known, Shelf};
use super::{Feed, Frame, ImageView, LinkView, MenuLink};
use crate::config::Fonts;
use crate::kinds::Kinds;
use crate::model::Handbook;
use crate::route::Route;
use crate::words::direction;

impl Shelf<'_> {
    /// The frame of the page at `here`.
    pub(super) fn frame(&self, here: Here<'_>, title: &str, description: Option<String>) -> Frame {
        let config = self.config;
        let canonical =
            config.base_url.as_ref().filter(|_| here.prefix.is_none()).map(|base| here.route.absolute(base));
        Frame {
            root: here.root(),
            language: config.language.clone(),
            dir: direction(&config.language),
            site_title: config.title.clone(),
            home: here.href(&Route::made("index.html"), None),
            find: self.find(here),
            fonts: config.theme.fonts != Fonts::System,
            logo: self.known.logo.and_then(|logo| self.picture(logo, here)),
            favicon: self.known.favicon.and_then(|icon| self.picture(icon, here)).map(|icon| icon.src),
            title: title.to_owned(),
            description,
            canonical,
            feed: self.feed(&Feed::Whole, here),
            markdown: self.known.pages.contains(here.route).then(|| here.href(&here.route.as_markdown(), None)),
            locale: locale(&config.language),
            noindex: !config.index || here.prefix.is_some(),
            menu: links(&self.known.menu, here),
            footer: links(&self.known.footer, here),
        }
    }

    /// Without a script nothing can be searched; the signals are the next best way in.
    fn find(&self, here: Here<'_>) -> String {
        let signals = Route::made("signals.html");
        let search = Route::made("search.html");
        here.href(if self.makes(&signals) { &signals } else { &search }, None)
    }

    /// Lists that are found without searching.
    pub(super) fn ways(&self, here: Here<'_>) -> Vec<LinkView> {
        let all = ["signals", "glossary", "map", "index"];
        let ways = all.into_iter().map(|id| (id, Route::made(format!("{id}.html")))).filter(|(_, way)| self.makes(way));
        let title = |id: &str| self.handbook.wording.say(&format!("ways.{id}"), &[]);
        ways.map(|(id, way)| LinkView { title: title(id), href: here.href(&way, None) }).collect()
    }

    /// A file as a picture, unless it is one that is not published.
    fn picture(&self, asset: usize, here: Here<'_>) -> Option<ImageView> {
        if !self.copies(asset) {
            return None;
        }
        let (width, height) = self.handbook.asset_file(asset)?.dimensions.unzip();
        Some(ImageView { src: here.href(&self.asset_route(asset)?, None), width, height })
    }
}

/// `de-AT` as `de_AT`.
fn locale(language: &str) -> Option<String> {
    let mut parts = language.split('-');
    let language = parts.next()?;
    let region = parts.find(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    Some(format!("{}_{}", language.to_ascii_lowercase(), region.to_ascii_uppercase()))
}

pub(super) fn links(menu: &[(String, String, Route)], here: Here<'_>) -> Vec<MenuLink> {
    let link = |(id, title, route): &(String, String, Route)| MenuLink {
        id: id.clone(),
        title: title.clone(),
        href: here.href(route, None),
        current: here.route == route && here.prefix.is_none(),
    };
    menu.iter().map(link).collect()
}

/// What a made page is called in menus.
fn named(handbook: &Handbook, id: &str) -> String {
    let key = if id == "print" { "site.print".to_owned() } else { format!("title.{id}") };
    handbook.wording.say(&key, &[])
}

/// Words of the top bar: as many as fit beside each other on a small phone.
const IN_MENU: usize = 4;

/// The links of the top bar, those of the footer, and those between the keepers' pages: name, words, address. Kinds of page
/// for which the bar has no room begin the footer; one quiet link at its end leads to the first of the keepers' pages.
pub(super) fn menus(handbook: &Handbook, kinds: &Kinds, known: &Known) -> [Vec<(String, String, Route)>; 3] {
    let made = |id: &str| {
        let route = Route::made(format!("{id}.html"));
        known.made.contains_key(&route).then(|| (id.to_owned(), named(handbook, id), route))
    };
    let mut menu: Vec<_> = made("signals").into_iter().collect();
    for kind in &kinds.list {
        let mut folders = handbook.folders.keys().filter(|folder| !folder.is_empty());
        let folder = folders.find(|folder| folder.eq_ignore_ascii_case(&kind.folder));
        // Terms have the glossary, which the footer names.
        let Some(folder) = folder.filter(|_| kind.name != "term") else { continue };
        let route = Route::page(&format!("{folder}/index"));
        menu.push((kind.name.clone(), handbook.kind_title(kind), route));
    }
    // Patterns come first, whatever the order of the kinds.
    menu.sort_by_key(|(id, ..)| match id.as_str() {
        "signals" => 0,
        "pattern" => 1,
        _ => 2,
    });
    let last: Vec<_> = ["map", "help"].into_iter().filter_map(made).collect();
    let mut footer = menu.split_off(menu.len().min(IN_MENU - last.len()));
    menu.extend(last);
    footer.extend(["drivers", "compare", "glossary", "tags", "print"].into_iter().filter_map(made));
    let keep: Vec<_> = ["review", "wanted", "coverage"].into_iter().filter_map(made).collect();
    let first = keep.first().map(|(.., first)| first.clone());
    footer.extend(first.map(|first| ("keep".to_owned(), handbook.wording.say("keep.link", &[]), first)));
    [menu, footer, keep]
}
