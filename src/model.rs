//! The book as a whole: pages with their addresses, areas and names, known to each other by their cards.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::discover::{AssetFile, Beside};
use crate::git::History;
use crate::kinds::Kinds;
use crate::parse::{Draft, Status};
use crate::route::Route;
use crate::words::Wording;

mod addresses;
mod areas;
mod lists;
mod made;
mod names;
mod order;
mod page;
mod pairs;
mod review;
mod sections;

pub use areas::Area;
pub use lists::{Group, ItemAt, List, Lists, MOST_DRAWN, MOST_PLACED, Part, Term};
pub use made::{MadeKind, MadePage};
pub(crate) use names::join;
pub use names::{Class, Found, MANY, Named, Names, fold_name};
pub use order::{Order, Place, file_name, tag_key};
pub use page::{Page, Target};
pub use pairs::{Pair, Pairs, is_compared};
pub use review::{Age, Turn, turns};

/// Names a page of the handbook: an index into [`Handbook::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageId(u32);

impl PageId {
    /// The page at this index.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Its index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// All pages, in order of their ids, and what is known of them together. A copy shares all of that.
#[derive(Debug, Clone)]
pub struct Handbook {
    /// The pages.
    pub pages: Vec<Page>,
    /// Pages that are not built because they are drafts: title and path.
    pub drafts: Arc<Vec<Arc<Draft>>>,
    /// The areas, in order of their folders.
    pub areas: Arc<Vec<Area>>,
    /// Every name a page answers to.
    pub names: Arc<Names>,
    /// The content's other files.
    pub assets: Arc<Vec<AssetFile>>,
    /// The files of `static/`.
    pub statics: Arc<Vec<AssetFile>>,
    /// Every folder that holds pages, with `""` for the content itself, and its front page.
    pub folders: Arc<BTreeMap<String, Option<PageId>>>,
    /// What lies in the repository beside the content.
    pub beside: Arc<Beside>,
    /// Whether the site's folder itself is the content: then only files that a page links or shows are copied.
    pub bare: bool,
    /// Old addresses and the pages they lead to.
    pub moved: Arc<BTreeMap<Route, PageId>>,
    /// The order in which readers meet the pages.
    pub order: Arc<Order>,
    /// What the made pages list.
    pub lists: Arc<Lists>,
    /// What the interface says.
    pub wording: Arc<Wording>,
    by_id: Arc<HashMap<String, PageId>>,
    by_folded_id: Arc<HashMap<String, PageId>>,
    asset_paths: Arc<HashMap<String, usize>>,
    asset_names: Arc<HashMap<String, usize>>,
}

/// What the model is made from.
#[derive(Debug, Clone)]
pub struct Parts {
    /// Every page's draft, in order of path.
    pub drafts: Vec<Arc<Draft>>,
    /// Other files of the content.
    pub assets: Vec<AssetFile>,
    /// Files of `static/`.
    pub statics: Vec<AssetFile>,
    /// What lies in the repository.
    pub beside: Beside,
    /// What git knows of the pages.
    pub history: Arc<History>,
    /// Whether the site's folder itself is the content.
    pub bare: bool,
    /// Whether pages marked as drafts are part of the book.
    pub with_drafts: bool,
    /// What the interface says.
    pub wording: Arc<Wording>,
}

impl Handbook {
    /// Put the pages together; findings say which of them want the same address.
    #[must_use]
    pub fn new(parts: Parts, config: &Config, kinds: &Kinds) -> (Handbook, Vec<Diagnostic>) {
        let (built, held): (Vec<_>, Vec<_>) =
            parts.drafts.into_iter().partition(|draft| parts.with_drafts || draft.front.status != Status::Draft);
        let mut findings = Vec::new();
        let routes = addresses::routes(&built, &mut findings);
        let mut pages: Vec<Page> = built
            .into_iter()
            .zip(routes)
            .filter_map(|(draft, route)| Some(Page::new(draft, route?, (config, &parts.history))))
            .collect();
        pages.sort_by(|a, b| a.draft.id.cmp(&b.draft.id));
        let by_id: HashMap<String, PageId> =
            pages.iter().enumerate().map(|(index, page)| (page.draft.id.clone(), PageId::new(index))).collect();
        let folders = areas::folders(&pages);
        let areas = areas::areas(&mut pages, (kinds, &parts.wording), &folders);
        let paths = parts.assets.iter().chain(&parts.statics).enumerate();
        // A file of the content wins over one of static with the same path.
        let (mut asset_paths, mut asset_names) = (HashMap::new(), HashMap::new());
        for (index, asset) in paths {
            let path = asset.path.to_lowercase();
            asset_names.entry(path.rsplit('/').next().unwrap_or("").to_owned()).or_insert(index);
            asset_paths.entry(path).or_insert(index);
        }
        let mut book = Handbook {
            pages,
            drafts: Arc::new(held),
            areas: Arc::new(areas),
            names: Arc::default(),
            assets: Arc::new(parts.assets),
            statics: Arc::new(parts.statics),
            folders: Arc::new(folders),
            beside: Arc::new(parts.beside),
            bare: parts.bare,
            moved: Arc::default(),
            order: Arc::default(),
            lists: Arc::default(),
            wording: parts.wording,
            by_id: Arc::new(by_id),
            by_folded_id: Arc::default(),
            asset_paths: Arc::new(asset_paths),
            asset_names: Arc::new(asset_names),
        };
        let (names, order) = rayon::join(|| book.named(), || Order::new(&book));
        (book.names, book.by_folded_id) = (Arc::new(names.0), Arc::new(names.1));
        book.order = Arc::new(order);
        book.lists = Arc::new(Lists::new(&book, (config, kinds)));
        addresses::moved(&mut book, &mut findings);
        addresses::claims(&book, &mut findings);
        (book, findings)
    }

    /// The names of all pages, and their ids as names are compared: of two that are alike, the first counts.
    fn named(&self) -> (Names, HashMap<String, PageId>) {
        let folded = self.pages.iter().enumerate().rev();
        let folded = folded.map(|(index, page)| (fold_name(&page.draft.id), PageId::new(index))).collect();
        (Names::new(&self.pages, &self.drafts), folded)
    }

    /// This handbook with other texts of some pages; nothing if one of them has another shape, or is no page: then more
    /// than texts is different.
    #[must_use]
    pub fn edited(&self, drafts: Vec<Arc<Draft>>) -> Option<(Handbook, Vec<PageId>)> {
        let mut book = self.clone();
        let mut edited = Vec::new();
        for draft in drafts {
            let id = self.by_id(&draft.id)?;
            let page = book.pages.get_mut(id.index()).filter(|page| page.draft.has_shape_of(&draft))?;
            page.rewrite(draft);
            edited.push(id);
        }
        Some((book, edited))
    }

    /// Whether another state of the handbook has the same pages, under the same numbers.
    #[must_use]
    pub fn has_pages_of(&self, other: &Handbook) -> bool {
        self.pages.len() == other.pages.len()
            && self.pages.iter().zip(&other.pages).all(|(one, two)| one.id() == two.id())
    }

    /// The page with this number.
    #[must_use]
    pub fn page(&self, id: PageId) -> Option<&Page> {
        self.pages.get(id.index())
    }

    /// The page with this id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<PageId> {
        self.by_id.get(id).copied()
    }

    /// The page with this id, compared as names are: an address with `-` for spaces means its page.
    #[must_use]
    pub fn by_id_loose(&self, id: &str) -> Option<PageId> {
        self.by_folded_id.get(&fold_name(id)).copied()
    }

    /// The file with this name, anywhere.
    #[must_use]
    pub fn asset_named(&self, name: &str) -> Option<usize> {
        self.asset_names.get(&name.rsplit('/').next().unwrap_or("").to_lowercase()).copied()
    }

    /// Every page with its number, in order of id.
    pub fn all(&self) -> impl Iterator<Item = (PageId, &Page)> + Clone {
        self.pages.iter().enumerate().map(|(index, page)| (PageId::new(index), page))
    }

    /// The asset at this path below the content, else below `static/`.
    #[must_use]
    pub fn asset(&self, path: &str) -> Option<usize> {
        self.asset_paths.get(&path.to_lowercase()).copied()
    }

    /// The asset with this number, as [`Handbook::asset`] gives it.
    #[must_use]
    pub fn asset_file(&self, index: usize) -> Option<&AssetFile> {
        self.assets.get(index).or_else(|| self.statics.get(index - self.assets.len().min(index)))
    }

    /// Whether an asset's number is one of `static/`.
    #[must_use]
    pub fn is_static(&self, index: usize) -> bool {
        index >= self.assets.len()
    }

    /// The area of a page.
    #[must_use]
    pub fn area(&self, page: &Page) -> Option<&Area> {
        self.areas.get(page.area? as usize)
    }

    /// Titles that more than one page has.
    #[must_use]
    pub fn shared_titles(&self) -> HashSet<&str> {
        let mut seen = HashSet::new();
        self.pages.iter().map(|page| page.draft.title.as_str()).filter(|title| !seen.insert(*title)).collect()
    }
}
