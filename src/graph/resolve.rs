//! One link, followed: by name, by path, to a contact, to a made page.

use std::collections::HashMap;

use super::Target;
use crate::config::Config;
use crate::discover::Held;
use crate::kinds::Kinds;
use crate::model::{Found, Handbook, MadePage, PageId, join};
use crate::parse::{Link, LinkKind, Relation, is_file};
use crate::route::{Route, encode_into};

/// What following a link needs to know.
pub(super) struct Resolver<'a> {
    pub(super) book: &'a Handbook,
    pub(super) config: &'a Config,
    pub(super) kinds: &'a Kinds,
    /// The made pages by their addresses, and by their titles, also the English ones, in lower case; of two alike the first.
    made: HashMap<&'a str, &'a MadePage>,
    titles: HashMap<String, &'a MadePage>,
    drafts: HashMap<&'a str, usize>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(book: &'a Handbook, made: &'a [MadePage], (config, kinds): (&'a Config, &'a Kinds)) -> Self {
        // The last of equal keys stays, so they come backwards.
        let english = made.iter().rev().map(|made| (made.english.to_lowercase(), made));
        let titled = made.iter().rev().map(|made| (made.title.to_lowercase(), made));
        Self {
            book,
            config,
            kinds,
            made: made.iter().rev().map(|made| (made.route.path(), made)).collect(),
            titles: english.chain(titled).collect(),
            drafts: book.drafts.iter().enumerate().rev().map(|(index, draft)| (draft.id.as_str(), index)).collect(),
        }
    }

    /// Where a link on the page `from` leads.
    pub(super) fn follow(&self, from: PageId, link: &Link) -> Target {
        match link.kind {
            LinkKind::External => Target::External,
            LinkKind::Refused => Target::Dead,
            LinkKind::Withheld => Target::Withheld,
            LinkKind::Role => {
                let contacts = self.config.contacts.as_deref().unwrap_or(&[]);
                contacts.iter().position(|contact| contact.id == link.target).map_or(Target::Dead, Target::Contact)
            }
            LinkKind::Wiki => self.wiki(from, link),
            LinkKind::Path => self.path(from, link),
        }
    }

    /// Where each link of a page leads.
    pub(super) fn follow_all(&self, from: PageId) -> Vec<Target> {
        let links = self.book.page(from).into_iter().flat_map(|page| &page.draft.links);
        links.map(|link| self.follow(from, link)).collect()
    }

    /// For each note of a page, the page it is about.
    pub(super) fn about(&self, from: PageId) -> Vec<Option<PageId>> {
        let Some(page) = self.book.page(from) else { return Vec::new() };
        let about = |relation: &Relation| match relation.link {
            Some(link) => match self.follow(from, page.draft.links.get(link as usize)?) {
                Target::Page(id, _) | Target::NoAnchor(id) => Some(id),
                _ => None,
            },
            None => self.by_name(&relation.name, page.folder()),
        };
        page.draft.relations.iter().map(about).collect()
    }

    /// The page a plain name means, if it is clear.
    fn by_name(&self, name: &str, folder: &str) -> Option<PageId> {
        match self.book.names.find(name, folder) {
            Found::Page(id, _) => Some(id),
            _ => None,
        }
    }

    fn folder(&self, from: PageId) -> &str {
        self.book.page(from).map_or("", |page| page.folder())
    }

    fn wiki(&self, from: PageId, link: &Link) -> Target {
        if link.target.is_empty() {
            return self.anchored(from, link);
        }
        let folder = self.folder(from);
        if link.shows || link.target.contains('.') {
            // A file by its path, else by its name anywhere.
            let by_path = [join(folder, &link.target), join("", &link.target)];
            let found =
                by_path.iter().find_map(|path| self.book.asset(path)).or_else(|| self.book.asset_named(&link.target));
            if let Some(asset) = found {
                return Target::Asset(asset);
            }
        }
        match self.book.names.find(&link.target, folder) {
            Found::Page(page, _) => self.anchored(page, link),
            Found::Draft(draft) => Target::Draft(draft),
            Found::Several(pages) => Target::Several(pages),
            // Nobody writes a page called `photo.png`.
            Found::Nothing if is_file(&link.target) => self.made_named(&link.target).unwrap_or(Target::Dead),
            Found::Nothing => self.made_named(&link.target).unwrap_or(Target::Wanted),
        }
    }

    /// To a page, at the anchor that the link's fragment means.
    fn anchored(&self, page: PageId, link: &Link) -> Target {
        let Some(fragment) = &link.fragment else { return Target::Page(page, None) };
        let Some(of) = self.book.page(page) else { return Target::Dead };
        let exact = of.anchor(fragment).map(|_| fragment.clone());
        let found = match link.kind {
            // `Heading#Heading below it`: the last one is meant.
            LinkKind::Wiki => {
                let named = |name: &str| of.anchor_named(name, self.kinds);
                named(fragment).or(exact).or_else(|| named(fragment.rsplit_once('#')?.1.trim()))
            }
            _ => exact,
        };
        // `#theme:…` and footnotes are the theme's.
        match found {
            Some(anchor) => Target::Page(page, Some(anchor.into())),
            None if of.draft.names_top(fragment) => Target::Page(page, None),
            None if fragment.contains(':') => Target::Page(page, Some(fragment.as_str().into())),
            None => Target::NoAnchor(page),
        }
    }

    fn made_named(&self, name: &str) -> Option<Target> {
        let titled = self.titles.get(&name.to_lowercase());
        let found = titled.or_else(|| self.made.get(name.trim_start_matches('/')));
        found.map(|made| Target::Made(made.route.clone()))
    }

    fn path(&self, from: PageId, link: &Link) -> Target {
        if link.target.is_empty() {
            return if link.fragment.is_none() { Target::Page(from, None) } else { self.anchored(from, link) };
        }
        if above_root(self.folder(from), &link.target) {
            return self.beside(from, link).unwrap_or(Target::Dead);
        }
        let path = join(self.folder(from), &link.target);
        if let Some(page) = self.page_at(&path, link.target.ends_with('/')) {
            return self.anchored(page, link);
        }
        if let Some(page) = self.book.moved_to(&path) {
            return self.anchored(page, link);
        }
        if let Some(draft) = self.draft_at(&path) {
            return Target::Draft(draft);
        }
        if let Some(asset) = self.book.asset(&path) {
            return Target::Asset(asset);
        }
        let spelled = path.replace(' ', "-");
        let made = self.made.get(path.as_str()).or_else(|| self.made.get(format!("{spelled}.html").as_str()));
        if let Some(made) = made {
            return Target::Made(made.route.clone());
        }
        let last = || self.front_draft(&path).or_else(|| self.beside(from, link)).unwrap_or(Target::Dead);
        self.folder_at(&path).unwrap_or_else(last)
    }

    /// A file of the repository that is no part of the handbook: it is shown where the sources are kept.
    fn beside(&self, from: PageId, link: &Link) -> Option<Target> {
        let beside = &self.book.beside;
        let page = self.book.page(from)?;
        let (folder, _) = page.draft.path.rsplit_once('/').unwrap_or(("", ""));
        let own = format!("{}{folder}", beside.prefix);
        if link.shows || link.target.starts_with('/') || above_root(&own, &link.target) {
            return None;
        }
        let path = join(&own, &link.target);
        // What the content keeps to itself (`_notes.md`) is not shown from here.
        if !self.book.bare && path.starts_with(&format!("{}content/", beside.prefix)) {
            return None;
        }
        let what = match beside.holds(&path)? {
            Held::File => "blob",
            Held::Folder => "tree",
        };
        let mut href = self.config.on_forge(what, &path)?;
        if let Some(fragment) = &link.fragment {
            href.push('#');
            encode_into(fragment, &mut href);
        }
        Some(Target::Forge(href.into()))
    }

    /// A page by its path: with `.md`, `.html` or neither, or a folder by its front page.
    fn page_at(&self, path: &str, folder: bool) -> Option<PageId> {
        let lower = path.to_ascii_lowercase();
        let bare = [".md", ".html", ".htm"].iter().find(|end| lower.ends_with(*end));
        let id = bare.map_or(path, |end| path.get(..path.len() - end.len()).unwrap_or(path));
        let exact = self.book.by_id(id).filter(|_| !folder).or_else(|| self.book.by_id_loose(id).filter(|_| !folder));
        exact.or_else(|| {
            let id = id.strip_suffix("/index").or_else(|| (id == "index").then_some("")).unwrap_or(id);
            self.book.folders.get(id).copied().flatten().filter(|_| bare.is_none() || lower.ends_with("index.html"))
        })
    }

    fn draft_at(&self, path: &str) -> Option<usize> {
        let id = path.strip_suffix(".md").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
        self.drafts.get(id).copied()
    }

    /// A folder whose only page is a front page that is a draft.
    fn front_draft(&self, folder: &str) -> Option<Target> {
        let found = ["index", "README"].iter().find_map(|name| self.draft_at(&join(folder, name)));
        found.map(Target::Draft)
    }

    /// A folder without a written front page has a made one.
    fn folder_at(&self, path: &str) -> Option<Target> {
        let folder = path.strip_suffix("/index.html").unwrap_or(path);
        let route = if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index") };
        self.book
            .folders
            .contains_key(folder)
            .then(|| Target::Made(if folder.is_empty() { Route::made("index.html") } else { Route::page(&route) }))
    }
}

/// Whether a relative path climbs above the content.
fn above_root(folder: &str, path: &str) -> bool {
    let mut depth = if path.starts_with('/') { 0 } else { folder.split('/').filter(|part| !part.is_empty()).count() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if depth == 0 => return true,
            ".." => depth -= 1,
            _ => depth += 1,
        }
    }
    false
}
