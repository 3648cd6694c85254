//! Pages that an author set apart from each other, two by two, and where each two are compared.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Handbook, Page, PageId};
use crate::kinds::Form;
use crate::parse::{Relation, Section, Standing};
use crate::route::Route;

/// Pairs that have a page each; of more none has one, and a script draws each from data.
const MOST: usize = 1000;

/// Bytes of a name that every file system can keep.
const LONGEST: usize = 255;

/// Pages in one file of what a script loads to compare any two.
const PAGES: usize = 8;

/// Pairs of pages, in order of their addresses.
#[derive(Debug, Default)]
pub struct Pairs {
    list: Vec<Pair>,
    places: HashMap<(PageId, PageId), usize>,
    files: Vec<Vec<PageId>>,
}

/// Two pages that are compared, in the order of their names in addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The first.
    pub one: PageId,
    /// The second.
    pub other: PageId,
    /// The page that compares them, if there is one.
    pub route: Option<Route>,
}

impl Pairs {
    /// Gather the pairs; `about` holds for each page the pages that its notes are about.
    #[must_use]
    pub fn new(book: &Handbook, about: &[Vec<Option<PageId>>]) -> Pairs {
        let compared = |id: PageId| book.page(id).filter(|page| page.can_be_compared());
        let mut named: BTreeMap<(String, String), (PageId, PageId)> = BTreeMap::new();
        for ((from, page), about) in book.all().zip(about).filter(|((from, _), _)| compared(*from).is_some()) {
            let said = page.draft.relations.iter().zip(about).filter(|(note, _)| says_something(note));
            for to in said.filter_map(|(_, to)| to.filter(|to| *to != from)) {
                let Some(other) = compared(to) else { continue };
                let (one, two) = (page.address_key(), other.address_key());
                let (keys, pair) = if one <= two { ((one, two), (from, to)) } else { ((two, one), (to, from)) };
                named.entry(keys).or_insert(pair);
            }
        }
        let few = named.len() <= MOST;
        let mut taken = HashSet::new();
        let mut pairs = Pairs::default();
        for ((first, second), (one, other)) in named {
            let route = Route::page(&format!("compare/{first}--{second}"));
            let fits = route.path().rsplit('/').next().is_some_and(|name| name.len() <= LONGEST);
            let route = Some(route).filter(|route| few && fits && taken.insert(route.key()));
            pairs.places.insert((one.min(other), one.max(other)), pairs.list.len());
            pairs.list.push(Pair { one, other, route });
        }
        if !pairs.list.is_empty() {
            pairs.files = files(book);
        }
        pairs
    }

    /// Every page that can be compared with any other, in the files that a script loads it from.
    #[must_use]
    pub fn files(&self) -> &[Vec<PageId>] {
        &self.files
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Pair] {
        &self.list
    }

    /// Whether there are too many for a page each.
    #[must_use]
    pub fn are_many(&self) -> bool {
        self.list.len() > MOST
    }

    /// The pair that two pages are.
    #[must_use]
    pub fn of(&self, one: PageId, other: PageId) -> Option<&Pair> {
        self.list.get(*self.places.get(&(one.min(other), one.max(other)))?)
    }
}

/// The pages that can be compared, each in the file whose number follows from its name alone. The script works it out in
/// the same way. Of two with one name the first counts.
fn files(book: &Handbook) -> Vec<Vec<PageId>> {
    let has = |page: &Page| !page.draft.relations.is_empty() || page.draft.sections.iter().any(is_compared);
    let mut pages: BTreeMap<String, PageId> = BTreeMap::new();
    for (id, page) in book.all().filter(|(_, page)| page.can_be_compared() && has(page)) {
        pages.entry(page.address_key()).or_insert(id);
    }
    let mut files = vec![Vec::new(); pages.len().div_ceil(PAGES)];
    for (key, id) in pages {
        let hash = key.bytes().fold(0_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte)));
        let place = hash as usize % files.len().max(1);
        files.get_mut(place).into_iter().for_each(|file: &mut Vec<PageId>| file.push(id));
    }
    files
}

/// Whether a comparison shows a section: signals, drivers, and what is written as steps.
#[must_use]
pub fn is_compared(section: &Section) -> bool {
    let named = matches!(section.id.as_str(), "signals" | "drivers") || section.form == Form::Steps;
    named && section.standing == Standing::Listed && !section.items.is_empty()
}

/// Whether a note says how two pages connect or differ, not only that they are near.
fn says_something(note: &Relation) -> bool {
    !note.connects.is_empty() || !note.differs.is_empty()
}

impl Page {
    /// Whether it can be set beside another page. Terms have the glossary, front pages what lies in their folders, and
    /// what is no longer suggested is not compared either.
    #[must_use]
    pub fn can_be_compared(&self) -> bool {
        self.is_live() && !self.front_page && self.kind_name() != "term"
    }

    /// Its id as a part of another page's address: with `.` for `/`.
    #[must_use]
    pub fn address_key(&self) -> String {
        self.id().replace('/', ".")
    }
}
