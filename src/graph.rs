//! Where every link leads, and what that says about a page: who links to it and with which sentence, who sets
//! it apart from itself, and which pages are asked for and not written.

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use crate::config::Config;
use crate::kinds::Kinds;
use crate::model::{Handbook, MadePage, Page, PageId, fold_name};
use crate::parse::{Link, LinkKind, Relation};
use crate::route::Route;

mod embeds;
mod resolve;

pub use embeds::{Cycle, embed_cycles};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a page, at an anchor of it.
    Page(PageId, Option<Box<str>>),
    /// To a page that mendbook makes.
    Made(Route),
    /// To a file, by its number in the handbook.
    Asset(usize),
    /// Out of the handbook.
    External,
    /// To a file of the repository that is no part of the handbook: its address on the forge.
    Forge(Box<str>),
    /// To a contact, by its index in the configuration.
    Contact(usize),
    /// To a page that is not written yet.
    Wanted,
    /// To a page that is not built because it is a draft, by its index in the handbook's drafts.
    Draft(usize),
    /// To a page, but to no anchor of it; the fragment as written.
    NoAnchor(PageId),
    /// To more than one page: the first [`crate::model::MANY`] of them.
    Several(Vec<PageId>),
    /// Nowhere: a path without a file, or a kind of address that is not allowed.
    Dead,
}

/// A link to a page, from the page's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlink {
    /// The page that links.
    pub from: PageId,
    /// Its link.
    pub link: u32,
    /// Whether the link names the page in a note on it.
    pub relation: bool,
}

/// A note on a page, from the page's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incoming {
    /// The page that wrote it.
    pub from: PageId,
    /// Its relation.
    pub relation: u32,
}

/// A page that is asked for and not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its name as most pages write it.
    pub name: String,
    /// Who asks for it, each once.
    pub asked_by: Vec<PageId>,
}

/// All links of a handbook, followed.
#[derive(Debug)]
pub struct Graph {
    /// For each page, for each of its links, where it leads.
    pub targets: Vec<Vec<Target>>,
    /// For each page, for each of its notes, the page it is about.
    pub relations: Vec<Vec<Option<PageId>>>,
    /// For each page who links to it, in order of the linking page's id; a page once.
    pub backlinks: Vec<Vec<Backlink>>,
    /// For each page the notes that others wrote about it.
    pub incoming: Vec<Vec<Incoming>>,
    /// Pages that are asked for, most wanted first.
    pub wanted: Vec<Wanted>,
}

impl Graph {
    /// Follow every link; `about` is what [`about`] found.
    #[must_use]
    pub fn new(
        book: &Handbook,
        made: &[MadePage],
        about: Vec<Vec<Option<PageId>>>,
        (config, kinds): (&Config, &Kinds),
    ) -> Graph {
        let resolver = resolve::Resolver::new(book, made, (config, kinds));
        let targets: Vec<Vec<Target>> = book
            .pages
            .par_iter()
            .enumerate()
            .map(|(index, page)| {
                page.draft.links.iter().map(|link| resolver.follow(PageId::new(index), link)).collect()
            })
            .collect();
        let mut graph = Graph {
            relations: about,
            backlinks: vec![Vec::new(); book.pages.len()],
            incoming: vec![Vec::new(); book.pages.len()],
            wanted: wanted(book, &targets),
            targets,
        };
        graph.turn_round(book);
        graph
    }

    /// The assets that some page links or shows.
    #[must_use]
    pub fn linked_assets(&self) -> HashSet<usize> {
        let targets = self.targets.iter().flatten();
        targets.filter_map(|target| if let Target::Asset(asset) = target { Some(*asset) } else { None }).collect()
    }

    /// Where a link of a page leads.
    #[must_use]
    pub fn target(&self, page: PageId, link: u32) -> &Target {
        self.targets.get(page.index()).and_then(|targets| targets.get(link as usize)).unwrap_or(&Target::Dead)
    }

    /// The pages that a page's notes are about, note by note.
    #[must_use]
    pub fn about(&self, page: PageId) -> &[Option<PageId>] {
        of(&self.relations, page)
    }

    /// Who links to a page.
    #[must_use]
    pub fn backlinks_of(&self, page: PageId) -> &[Backlink] {
        of(&self.backlinks, page)
    }

    /// The notes that others wrote about a page.
    #[must_use]
    pub fn notes_on(&self, page: PageId) -> &[Incoming] {
        of(&self.incoming, page)
    }

    /// Whether any other page leads to a page.
    #[must_use]
    pub fn is_led_to(&self, page: PageId) -> bool {
        !self.backlinks_of(page).is_empty() || !self.notes_on(page).is_empty()
    }

    /// Backlinks and notes from the other side.
    fn turn_round(&mut self, book: &Handbook) {
        for (from, page) in book.all() {
            let named: HashSet<u32> = page.draft.relations.iter().filter_map(|relation| relation.link).collect();
            let targets = of(&self.targets, from);
            for (index, target) in targets.iter().enumerate() {
                let (Target::Page(to, _) | Target::NoAnchor(to)) = target else { continue };
                let link = u32::try_from(index).unwrap_or(u32::MAX);
                let Some(list) = self.backlinks.get_mut(to.index()).filter(|_| *to != from) else { continue };
                let relation = named.contains(&link);
                match list.last_mut().filter(|last| last.from == from) {
                    // A sentence in running text says more than a note, which is shown in its own place.
                    Some(last) if last.relation && !relation => *last = Backlink { from, link, relation },
                    Some(_) => {}
                    None => list.push(Backlink { from, link, relation }),
                }
            }
            let about = of(&self.relations, from);
            for (index, to) in about.iter().enumerate() {
                let Some(list) = to.filter(|to| *to != from).and_then(|to| self.incoming.get_mut(to.index())) else {
                    continue;
                };
                list.push(Incoming { from, relation: u32::try_from(index).unwrap_or(u32::MAX) });
            }
        }
    }
}

/// For each page, for each of its notes, the page it is about. Pages that mendbook makes play no part in it, so that
/// pages can be made from it.
#[must_use]
pub fn about(book: &Handbook, of: (&Config, &Kinds)) -> Vec<Vec<Option<PageId>>> {
    let resolver = resolve::Resolver::new(book, &[], of);
    let about = |(from, page): (PageId, &Page)| {
        let named = |relation: &Relation| match relation.link {
            Some(link) => match resolver.follow(from, page.draft.links.get(link as usize)?) {
                Target::Page(id, _) | Target::NoAnchor(id) => Some(id),
                _ => None,
            },
            None => resolver.by_name(&relation.name, page.folder()),
        };
        page.draft.relations.iter().map(named).collect()
    };
    book.all().map(about).collect()
}

/// What a list by pages holds for one of them.
fn of<T>(list: &[Vec<T>], page: PageId) -> &[T] {
    list.get(page.index()).map_or(&[], Vec::as_slice)
}

/// Names without a page, most wanted first, then by name.
fn wanted(book: &Handbook, targets: &[Vec<Target>]) -> Vec<Wanted> {
    let mut names: BTreeMap<String, (BTreeMap<&str, usize>, Vec<PageId>)> = BTreeMap::new();
    let mut ask = |from: PageId, name| {
        let entry = names.entry(fold_name(name)).or_default();
        *entry.0.entry(name).or_default() += 1;
        if entry.1.last() != Some(&from) {
            entry.1.push(from);
        }
    };
    for ((from, page), targets) in book.all().zip(targets) {
        for (link, target) in page.draft.links.iter().zip(targets) {
            if *target == Target::Wanted {
                ask(from, link.target.as_str());
            }
        }
    }
    let most = |spellings: BTreeMap<&str, usize>| {
        let best = spellings.into_iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)));
        best.map_or_else(String::new, |(name, _)| name.to_owned())
    };
    let mut wanted: Vec<Wanted> =
        names.into_values().map(|(spellings, asked_by)| Wanted { name: most(spellings), asked_by }).collect();
    wanted.sort_by(|a, b| b.asked_by.len().cmp(&a.asked_by.len()).then_with(|| a.name.cmp(&b.name)));
    wanted
}

/// Whether a link shows another page or a part of one.
#[must_use]
pub fn is_embed(link: &Link) -> bool {
    link.shows && link.kind == LinkKind::Wiki
}
