//! What the made pages list, in groups. A list that is too long for one page becomes a page for each group: a page's
//! weight does not grow with the handbook.

use std::collections::BTreeMap;

use super::{Area, Handbook, Page, PageId};
use crate::config::Config;
use crate::kinds::{Form, Kind, Kinds, fold};
use crate::parse::{Item, Section, slug};

/// Entries that one page may list.
const MOST: usize = 500;

/// Pages that one table of their sections may have: each is a row of a dozen cells.
const MOST_COVERED: usize = 200;

/// Signals that one page may list: they are short.
const MOST_SIGNALS: usize = 600;

/// Patterns that one page of the map may draw: more threads than theirs cannot be told apart.
pub const MOST_DRAWN: usize = 60;

/// Pages that are placed on a drawing; more are placed by a script from a file.
pub const MOST_PLACED: usize = 600;

/// The lists of a handbook.
#[derive(Debug, Default)]
pub struct Lists {
    /// Signals by the place they show in, in the order of `places`; those without one by area.
    pub signals: List<ItemAt>,
    /// Drivers by the first letter of their label; within it by label.
    pub drivers: List<ItemAt>,
    /// Criteria for getting help by area.
    pub help: List<ItemAt>,
    /// Terms and other names by first letter.
    pub glossary: List<Term>,
    /// The pages on the map by area: those whose kind sets pages apart, else those of any kind, else all.
    pub map: List<PageId>,
    /// Every live page by area, folders' front pages apart.
    pub live: List<PageId>,
    /// The same, in as many parts as printing asks for.
    pub print: List<PageId>,
    /// Pages that are reviewed in turn, by area.
    pub review: List<PageId>,
    /// Pages whose kind asks for sections, by area.
    pub coverage: List<PageId>,
}

/// An item of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemAt {
    /// The page.
    pub page: PageId,
    section: u32,
    item: u32,
}

/// A name in the glossary: of a page, or one of its other names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The page.
    pub page: PageId,
    /// Which of its aliases; none for the title of a term.
    pub alias: Option<usize>,
}

/// Entries in groups.
#[derive(Debug)]
pub struct List<T> {
    /// The groups, in order.
    pub groups: Vec<Group<T>>,
    most: usize,
}

/// Entries that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<T> {
    /// Its name in addresses, unlike every other's.
    pub key: String,
    /// "In meetings", `A` …
    pub title: String,
    /// What is in it.
    pub entries: Vec<T>,
}

/// Which part of a list a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it; of a list that is too long, its parts.
    Whole,
    /// One group of a list that is too long.
    Group(usize),
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { groups: Vec::new(), most: MOST }
    }
}

impl<T> List<T> {
    /// Give each group a key of its own, as near to the one it wants as can be.
    fn of(groups: impl IntoIterator<Item = Group<T>>, most: usize) -> Self {
        let mut list = Self { groups: Vec::new(), most };
        for Group { key: stem, title, entries } in groups {
            let stem = if stem.is_empty() { "other".to_owned() } else { stem };
            let taken = |key: &String| list.groups.iter().any(|group| group.key == *key);
            let numbered = (1..).map(|n| format!("{stem}-{n}"));
            let key = std::iter::once(stem.clone()).chain(numbered).find(|key| !taken(key)).unwrap_or(stem);
            list.groups.push(Group { key, title, entries });
        }
        list
    }

    /// How many entries there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.groups.iter().map(|group| group.entries.len()).sum()
    }

    /// Whether each group has a page of its own.
    #[must_use]
    pub fn is_split(&self) -> bool {
        self.groups.len() > 1 && self.count() > self.most
    }

    /// The groups whose entries stand on a page.
    #[must_use]
    pub fn on(&self, part: Part) -> &[Group<T>] {
        match part {
            Part::Whole if self.is_split() => &[],
            Part::Whole => &self.groups,
            Part::Group(index) => self.groups.get(index..=index).unwrap_or(&[]),
        }
    }
}

impl ItemAt {
    /// The page, the section and the item.
    #[must_use]
    pub fn find<'h>(&self, handbook: &'h Handbook) -> Option<(&'h Page, &'h Section, &'h Item)> {
        let page = handbook.page(self.page)?;
        let section = page.draft.sections.get(self.section as usize)?;
        Some((page, section, section.items.get(self.item as usize)?))
    }
}

/// Items of live pages' sections, in the order of areas.
fn items(handbook: &Handbook, wanted: impl Fn(&Section) -> bool) -> Vec<(ItemAt, &Page, &Section)> {
    let pages = handbook.order.areas.iter().flatten().filter_map(|id| Some((*id, handbook.page(*id)?)));
    let mut items = Vec::new();
    for (id, page) in pages.filter(|(_, page)| page.is_live()) {
        for (index, section) in page.draft.sections.iter().enumerate().filter(|(_, section)| wanted(section)) {
            let at = |item: usize| ItemAt { page: id, section: index as u32, item: item as u32 };
            items.extend((0..section.items.len()).map(|item| (at(item), page, section)));
        }
    }
    items
}

impl Lists {
    /// Gather the lists of a handbook whose order is known.
    pub(super) fn new(handbook: &Handbook, (config, kinds): (&Config, &Kinds)) -> Lists {
        Lists {
            signals: signals(handbook, &config.places),
            drivers: drivers(handbook),
            help: help(handbook),
            glossary: glossary(handbook),
            map: map(handbook, kinds),
            live: live(handbook, MOST_PLACED, |_| true),
            print: print(handbook),
            review: review(handbook, config),
            coverage: coverage(handbook, kinds),
        }
    }

    /// Whether the map's pages cannot show all threads: then a script looks up those of one page.
    #[must_use]
    pub fn map_is_large(&self) -> bool {
        let crowded = |group: &Group<PageId>| group.entries.len() > MOST_DRAWN;
        !self.map.groups.is_empty() && (self.live.count() > MOST_PLACED || self.map.groups.iter().any(crowded))
    }
}

fn signals(handbook: &Handbook, places: &[String]) -> List<ItemAt> {
    let mut groups: BTreeMap<(usize, String), Group<ItemAt>> = BTreeMap::new();
    let ranks: BTreeMap<String, usize> = places.iter().enumerate().map(|(rank, place)| (fold(place), rank)).collect();
    let mut all = Vec::new();
    for (at, page, section) in items(handbook, |section| section.id == "signals") {
        let place = section.items.get(at.item as usize).and_then(|item| section.groups.get(item.group? as usize));
        let place = place.map(|place| place.text.as_str()).filter(|text| !text.is_empty());
        let (title, key) = place.map_or_else(|| area(handbook, page), |place| (place, slug(place)));
        let folded = fold(title);
        let rank = ranks.get(&folded).copied().unwrap_or(places.len());
        let empty = || Group { key, title: title.to_owned(), entries: Vec::new() };
        groups.entry((rank, folded)).or_insert_with(empty).entries.push(at);
        all.push(at);
    }
    let list = List::of(groups.into_values(), MOST_SIGNALS);
    if list.groups.len() == 1 && all.len() > MOST_SIGNALS { by_area(handbook, all, MOST_SIGNALS) } else { list }
}

/// A page's area: its name and its key in addresses.
fn area<'h>(handbook: &'h Handbook, page: &Page) -> (&'h str, String) {
    handbook.area(page).map_or(("", String::new()), |area| (area.title.as_str(), area.key()))
}

/// Items by the areas of their pages; where there is but one area and it has too many, by their pages' first letters.
fn by_area(handbook: &Handbook, items: Vec<ItemAt>, most: usize) -> List<ItemAt> {
    let mut groups: Vec<Group<ItemAt>> = Vec::new();
    for at in &items {
        let Some(page) = handbook.page(at.page) else { continue };
        let (title, key) = area(handbook, page);
        match groups.last_mut().filter(|last| last.key == key) {
            Some(last) => last.entries.push(*at),
            None => groups.push(Group { key, title: title.to_owned(), entries: vec![*at] }),
        }
    }
    if groups.len() > 1 || items.len() <= most {
        return List::of(groups, most);
    }
    let mut titles: BTreeMap<String, Vec<ItemAt>> = BTreeMap::new();
    for at in items {
        let title = handbook.page(at.page).map_or_else(String::new, |page| page.title().to_lowercase());
        titles.entry(title).or_default().push(at);
    }
    by_letter(titles, most)
}

fn drivers(handbook: &Handbook) -> List<ItemAt> {
    let mut labels: BTreeMap<String, Vec<ItemAt>> = BTreeMap::new();
    for (at, page, section) in items(handbook, |section| section.id == "drivers") {
        let label = section.items.get(at.item as usize).map(|item| page.draft.flow.text(item.label));
        if let Some(label) = label.filter(|label| !label.is_empty()) {
            labels.entry(fold(&label)).or_default().push(at);
        }
    }
    by_letter(labels, MOST)
}

fn help(handbook: &Handbook) -> List<ItemAt> {
    let conditions = items(handbook, |section| section.form == Form::Escalation);
    by_area(handbook, conditions.into_iter().map(|(at, ..)| at).collect(), MOST)
}

fn glossary(handbook: &Handbook) -> List<Term> {
    let mut names: BTreeMap<String, Vec<Term>> = BTreeMap::new();
    for (id, page) in handbook.all().filter(|(_, page)| !page.front_page) {
        let title = (page.kind_name() == "term").then(|| (page.title(), None));
        let aliases = page.draft.aliases.iter().enumerate().filter(|_| page.draft.kind.is_some());
        for (name, alias) in title.into_iter().chain(aliases.map(|(at, alias)| (alias.text.as_str(), Some(at)))) {
            names.entry(name.to_lowercase()).or_default().push(Term { page: id, alias });
        }
    }
    by_letter(names, MOST)
}

/// The pages on the map. One page alone has nothing to be connected with.
fn map(handbook: &Handbook, kinds: &Kinds) -> List<PageId> {
    let sets_apart = |page: &Page| {
        let mut sections = page.kind(kinds).into_iter().flat_map(|kind| &kind.sections);
        // Terms have the glossary.
        page.kind_name() != "term" && sections.any(|section| section.form == Form::Relations)
    };
    let choices: [&dyn Fn(&Page) -> bool; 3] = [&sets_apart, &|page| page.draft.kind.is_some(), &|_| true];
    let mut lists = choices.iter().map(|wanted| live(handbook, MOST_DRAWN, wanted));
    lists.find(|list| list.count() > 1).unwrap_or_default()
}

/// Live pages by area.
fn live(handbook: &Handbook, most: usize, wanted: impl Fn(&Page) -> bool) -> List<PageId> {
    let is_wanted = |id: &PageId| handbook.page(*id).is_some_and(|page| page.is_live() && wanted(page));
    let groups = handbook.areas.iter().zip(&handbook.order.areas).map(|(area, pages)| Group {
        key: area.key(),
        title: area.title.clone(),
        entries: pages.iter().copied().filter(is_wanted).collect(),
    });
    List::of(groups.filter(|group| !group.entries.is_empty()), most)
}

/// Every live page, patterns first: whoever prints all of it wants those at the front.
fn print(handbook: &Handbook) -> List<PageId> {
    let mut list = live(handbook, MOST, |_| true);
    let kind = |group: &Group<PageId>| group.entries.first().and_then(|id| handbook.page(*id)).map(Page::kind_name);
    let rank = |name: &str| ["pattern", "guide", "essay", "term"].iter().position(|known| *known == name).unwrap_or(4);
    list.groups.sort_by_key(|group| kind(group).map(rank));
    list
}

/// Pages that are reviewed in turn; a folder's front page stands with the pages of its folder.
fn review(handbook: &Handbook, config: &Config) -> List<PageId> {
    let mut areas: BTreeMap<&str, Vec<PageId>> = BTreeMap::new();
    for (id, page) in handbook.all().filter(|(_, page)| page.is_in_turn(config)) {
        let folder = handbook.area(page).map_or(page.folder(), |area| area.folder.as_str());
        areas.entry(folder).or_default().push(id);
    }
    let group = |(folder, entries): (&str, Vec<PageId>)| {
        let area = Area { folder: folder.to_owned(), title: handbook.folder_title(folder) };
        Group { key: area.key(), title: area.title, entries }
    };
    List::of(areas.into_iter().map(group), MOST)
}

/// Pages whose kind asks for sections. Retired ones are among them: the table tells what there is.
fn coverage(handbook: &Handbook, kinds: &Kinds) -> List<PageId> {
    let is_asked = |id: &PageId| handbook.page(*id).and_then(|page| page.kind(kinds)).is_some_and(Kind::asks);
    let groups = handbook.areas.iter().zip(&handbook.order.areas).map(|(area, pages)| Group {
        key: area.key(),
        title: area.title.clone(),
        entries: pages.iter().copied().filter(is_asked).collect(),
    });
    List::of(groups.filter(|group| !group.entries.is_empty()), MOST_COVERED)
}

impl<T> List<T> {
    /// Entries in an order of their own, each with its name; where they are too many, in that order by the names' first letters.
    #[must_use]
    pub fn ranked(entries: Vec<(String, T)>) -> List<T> {
        if entries.len() > MOST {
            return by_letter(entries.into_iter().map(|(name, entry)| (name, Some(entry))), MOST);
        }
        let entries: Vec<T> = entries.into_iter().map(|(_, entry)| entry).collect();
        let group = Group { key: String::new(), title: String::new(), entries };
        List::of(Some(group).filter(|group| !group.entries.is_empty()), MOST)
    }
}

/// Entries by the first letter of their keys.
fn by_letter<T, I: IntoIterator<Item = T>>(entries: impl IntoIterator<Item = (String, I)>, most: usize) -> List<T> {
    let mut letters: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for (key, entries) in entries {
        let first = key.chars().find(|c| c.is_alphanumeric()).unwrap_or('#');
        letters.entry(first.to_uppercase().collect()).or_default().extend(entries);
    }
    let group = |(title, entries): (String, Vec<T>)| Group { key: slug(&title), title, entries };
    List::of(letters.into_iter().map(group), most)
}
