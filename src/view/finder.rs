//! The finder: signals that can be ticked, by the place they show in, and the patterns that they speak for.

use std::collections::BTreeMap;

use super::shelf::{Here, Shelf};
use super::{FoundView, Made, PlaceView};
use crate::model::{Group, ItemAt, List, PageId, Part};
use crate::route::{Route, encode_into};

/// Patterns whose ticks a stylesheet counts: it has so many slots.
const MOST_COUNTED: usize = 60;

impl<'s> Shelf<'s> {
    /// The finder, or the page of one place of one that is too long for a page.
    pub(super) fn finder(&self, part: Part, here: Here<'s>) -> Made {
        let signals = &self.handbook.lists.signals;
        let slots = slots(signals);
        let places = self.places(signals.on(part), (&slots, here));
        let found = |(id, (slot, count)): (&PageId, &(usize, usize))| {
            let page = self.handbook.page(*id)?;
            Some(FoundView { slot: *slot, id: page.id().to_owned(), count: *count, card: self.card(page, here) })
        };
        let mut patterns: Vec<FoundView> = slots.iter().filter_map(found).collect();
        patterns.sort_by_key(|pattern| pattern.slot);
        let whole = Route::made("signals.html");
        let whole = (*here.route != whole).then(|| here.href(&whole, None));
        let compare = Route::made("compare.html");
        let compare = self.makes(&compare).then(|| here.href(&compare, None));
        let have_pages = !self.pairs.all().is_empty() && !self.pairs.are_many();
        let pairs = have_pages.then(|| format!("{}compare/", here.root()));
        Made::Signals { places, patterns, whole, compare, pairs }
    }

    /// Groups of signals, each signal with its link into the finder.
    fn places(&self, groups: &[Group<ItemAt>], (slots, here): (&Slots, Here<'s>)) -> Vec<PlaceView> {
        let place = |group: &Group<ItemAt>| {
            let path = if self.handbook.lists.signals.is_split() {
                format!("signals/{}.html", group.key)
            } else {
                "signals.html".to_owned()
            };
            let finder = here.href(&Route::made(path), None);
            let signal = |at: &ItemAt| {
                let mut signal = self.said(at, here)?;
                signal.slot = slots.get(&at.page).map(|(slot, _)| *slot);
                signal.find = Some(format!("{finder}#t={}", ticked(&signal.id)));
                Some(signal)
            };
            PlaceView {
                id: group.key.clone(),
                title: group.title.clone(),
                signals: self.varied(&group.entries).iter().filter_map(signal).collect(),
            }
        };
        groups.iter().map(place).collect()
    }

    /// Signals so ordered that the first ones are of as many areas and pages as can be.
    fn varied(&self, entries: &[ItemAt]) -> Vec<ItemAt> {
        let (mut of_page, mut of_area) = (BTreeMap::new(), BTreeMap::new());
        let place = |at: &ItemAt| {
            let area = self.handbook.page(at.page).and_then(|page| page.area);
            let (page, turn) = of_page.entry(at.page).or_insert_with(|| {
                let pages = of_area.entry(area).or_insert(0_usize);
                *pages += 1;
                (*pages, 0_usize)
            });
            *turn += 1;
            (*turn, *page)
        };
        let mut placed: Vec<_> = entries.iter().map(place).zip(entries).collect();
        placed.sort_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, at)| *at).collect()
    }

    /// A few signals of each group, `about` in all, of as many pages: one of a page says enough.
    pub(super) fn some_places(&self, about: usize, here: Here<'s>) -> Vec<PlaceView> {
        let most = (about / self.handbook.lists.signals.groups.len().max(1)).clamp(1, 4);
        let mut used: Vec<PageId> = Vec::new();
        let few = |group: &Group<ItemAt>| {
            let mut each = group.entries.clone();
            each.dedup_by_key(|at| at.page);
            // Pages that no other place has shown yet, as long as there are any.
            let fresh: Vec<ItemAt> = each.iter().filter(|at| !used.contains(&at.page)).copied().collect();
            let open = if fresh.len() < most { each } else { fresh };
            // At even distances, so that every part of the handbook has its turn.
            let count = most.min(open.len());
            let entries: Vec<ItemAt> = (0..count).filter_map(|n| open.get(n * open.len() / count)).copied().collect();
            used.extend(entries.iter().map(|at| at.page));
            Group { key: group.key.clone(), title: group.title.clone(), entries }
        };
        let groups: Vec<_> = self.handbook.lists.signals.groups.iter().map(few).collect();
        self.places(&groups, (&Slots::new(), here))
    }
}

/// For each pattern its number, from 1, and how many signals it has.
type Slots = BTreeMap<PageId, (usize, usize)>;

/// Number the patterns; none where they are too many to be counted, or stand on several pages.
fn slots(signals: &List<ItemAt>) -> Slots {
    let mut slots = Slots::new();
    for at in signals.groups.iter().flat_map(|group| &group.entries) {
        let next = slots.len() + 1;
        slots.entry(at.page).or_insert((next, 0)).1 += 1;
    }
    if signals.is_split() || slots.len() > MOST_COUNTED {
        slots.clear();
    }
    slots
}

/// The name of an item as the finder's address has it: a comma parts two of them.
fn ticked(id: &str) -> String {
    let mut out = String::new();
    encode_into(id, &mut out);
    out.replace(',', "%2C")
}
