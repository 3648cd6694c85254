//! Where every link leads, and what that says about a page: who links to it and with which sentence, who sets
//! it apart from itself, and which pages are asked for and not written.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::kinds::Kinds;
use crate::model::{Handbook, List, MadePage, PageId, Pairs, fold_name};
use crate::parse::{Link, LinkKind};
use crate::route::Route;

mod edited;
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
    /// To something that the public is not shown; only the link's words are left.
    Withheld,
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
    /// Who asks for it, each once, and the first link that does.
    pub asked_by: Vec<(PageId, u32)>,
}

/// Pages linking to a page that stand on it; where there are more, a page of its own lists them all.
pub const BACKLINKS: usize = 12;

/// All links of a handbook, followed. A copy shares what is in it.
#[derive(Debug, Clone)]
pub struct Graph {
    /// For each page, for each of its links, where it leads.
    pub targets: Arc<Vec<Vec<Target>>>,
    /// For each page, for each of its notes, the page it is about.
    pub relations: Arc<Vec<Vec<Option<PageId>>>>,
    /// For each page who links to it, in order of the linking page's id; a page once.
    pub backlinks: Arc<Vec<Vec<Backlink>>>,
    /// For each page the notes that others wrote about it.
    pub incoming: Arc<Vec<Vec<Incoming>>>,
    /// Pages that are asked for, most wanted first.
    pub wanted: Arc<Vec<Wanted>>,
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
        let follow = |index| resolver.follow_all(PageId::new(index));
        let targets: Vec<Vec<Target>> = (0..book.pages.len()).into_par_iter().map(follow).collect();
        let (backlinks, incoming) = turned_round(book, (&targets, &about));
        Graph {
            relations: Arc::new(about),
            backlinks: Arc::new(backlinks),
            incoming: Arc::new(incoming),
            wanted: Arc::new(wanted(book, &targets)),
            targets: Arc::new(targets),
        }
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

    /// Who links to a page, but for the notes, which are shown in their own place.
    pub fn linking(&self, page: PageId) -> impl Iterator<Item = &Backlink> {
        self.backlinks_of(page).iter().filter(|link| !link.relation)
    }

    /// Whether more pages link to a page than stand on it.
    #[must_use]
    pub fn is_crowded(&self, page: PageId) -> bool {
        self.linking(page).nth(BACKLINKS).is_some()
    }

    /// The pages that are made because of links: of what is wanted, and of what links to a page that many link to.
    #[must_use]
    pub fn pages_made(&self, handbook: &Handbook) -> Vec<MadePage> {
        let mut made = handbook.wanted_pages(&self.wanted_list());
        let crowded = handbook.all().filter(|(id, _)| self.is_crowded(*id));
        made.extend(crowded.filter_map(|(id, _)| handbook.links_page(id)));
        made
    }

    /// The notes that others wrote about a page.
    #[must_use]
    pub fn notes_on(&self, page: PageId) -> &[Incoming] {
        of(&self.incoming, page)
    }

    /// The pages that are asked for, by their numbers: most wanted first; where they are too many for a page, by letter.
    #[must_use]
    pub fn wanted_list(&self) -> List<usize> {
        List::ranked(self.wanted.iter().enumerate().map(|(at, wanted)| (wanted.name.clone(), at)).collect())
    }

    /// The notes of a page, by their numbers, on pages of its kind that have none on this one.
    pub fn one_way<'g>(&'g self, book: &'g Handbook, id: PageId) -> impl Iterator<Item = (usize, PageId)> + 'g {
        let kind = move |id: PageId| book.page(id).and_then(|page| page.draft.kind.as_ref());
        let notes = self.about(id).iter().enumerate().filter_map(|(note, to)| Some((note, (*to)?)));
        notes.filter(move |(_, to)| *to != id && kind(*to) == kind(id) && !self.about(*to).contains(&Some(id)))
    }

    /// How many other pages lead to a page.
    #[must_use]
    pub fn led_by(&self, page: PageId) -> usize {
        let links = self.backlinks_of(page).iter().map(|link| link.from);
        links.chain(self.notes_on(page).iter().map(|note| note.from)).collect::<HashSet<PageId>>().len()
    }

    /// Whether any other page leads to a page.
    #[must_use]
    pub fn is_led_to(&self, page: PageId) -> bool {
        !self.backlinks_of(page).is_empty() || !self.notes_on(page).is_empty()
    }
}

/// Backlinks and notes from the other side.
fn turned_round(
    book: &Handbook,
    (targets, relations): (&[Vec<Target>], &[Vec<Option<PageId>>]),
) -> (Vec<Vec<Backlink>>, Vec<Vec<Incoming>>) {
    let (mut backlinks, mut incoming) = (vec![Vec::new(); targets.len()], vec![Vec::new(); targets.len()]);
    for (from, page) in book.all() {
        let named: HashSet<u32> = page.draft.relations.iter().filter_map(|relation| relation.link).collect();
        for (index, target) in of(targets, from).iter().enumerate() {
            let (Target::Page(to, _) | Target::NoAnchor(to)) = target else { continue };
            let link = u32::try_from(index).unwrap_or(u32::MAX);
            let Some(list): Option<&mut Vec<Backlink>> = backlinks.get_mut(to.index()).filter(|_| *to != from) else {
                continue;
            };
            let relation = named.contains(&link);
            match list.last_mut().filter(|last| last.from == from) {
                // A sentence in running text says more than a note, which is shown in its own place.
                Some(last) if last.relation && !relation => *last = Backlink { from, link, relation },
                Some(_) => {}
                None => list.push(Backlink { from, link, relation }),
            }
        }
        for (index, to) in of(relations, from).iter().enumerate() {
            let Some(list): Option<&mut Vec<Incoming>> =
                to.filter(|to| *to != from).and_then(|to| incoming.get_mut(to.index()))
            else {
                continue;
            };
            list.push(Incoming { from, relation: u32::try_from(index).unwrap_or(u32::MAX) });
        }
    }
    (backlinks, incoming)
}

/// The links, followed, and what is made of them: the pairs that are set apart, and every made page.
#[must_use]
pub fn followed(handbook: &Handbook, (config, kinds): (&Config, &Kinds)) -> (Pairs, Vec<MadePage>, Graph) {
    let about = about(handbook, (config, kinds));
    let pairs = Pairs::new(handbook, &about);
    let mut made = handbook.made_pages(config, &pairs);
    let graph = Graph::new(handbook, &made, about, (config, kinds));
    made.extend(graph.pages_made(handbook));
    (pairs, made, graph)
}

/// For each page, for each of its notes, the page it is about. Pages that mendbook makes play no part in it, so that
/// pages can be made from it.
#[must_use]
pub fn about(book: &Handbook, of: (&Config, &Kinds)) -> Vec<Vec<Option<PageId>>> {
    let resolver = resolve::Resolver::new(book, &[], of);
    book.all().map(|(from, _)| resolver.about(from)).collect()
}

/// What a list by pages holds for one of them.
fn of<T>(list: &[Vec<T>], page: PageId) -> &[T] {
    list.get(page.index()).map_or(&[], Vec::as_slice)
}

/// A name without a page: how often it is spelt in which way, and who asks for it by which link.
#[derive(Default)]
struct Asked<'a> {
    spellings: BTreeMap<&'a str, usize>,
    by: Vec<(PageId, u32)>,
}

/// Names without a page, most wanted first, then by name.
fn wanted(book: &Handbook, targets: &[Vec<Target>]) -> Vec<Wanted> {
    let mut names: BTreeMap<String, Asked<'_>> = BTreeMap::new();
    for ((from, page), targets) in book.all().zip(targets) {
        let links = (0..).zip(&page.draft.links).zip(targets).filter(|(_, target)| **target == Target::Wanted);
        for ((at, link), _) in links {
            let asked = names.entry(fold_name(&link.target)).or_default();
            *asked.spellings.entry(link.target.as_str()).or_default() += 1;
            if asked.by.last().is_none_or(|(last, _)| *last != from) {
                asked.by.push((from, at));
            }
        }
    }
    let most = |spellings: BTreeMap<&str, usize>| {
        let best = spellings.into_iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)));
        best.map_or_else(String::new, |(name, _)| name.to_owned())
    };
    let mut wanted: Vec<Wanted> =
        names.into_values().map(|asked| Wanted { name: most(asked.spellings), asked_by: asked.by }).collect();
    wanted.sort_by(|a, b| b.asked_by.len().cmp(&a.asked_by.len()).then_with(|| a.name.cmp(&b.name)));
    wanted
}

/// Whether a link shows another page or a part of one.
#[must_use]
pub fn is_embed(link: &Link) -> bool {
    link.shows && link.kind == LinkKind::Wiki
}
