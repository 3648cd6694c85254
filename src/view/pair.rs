//! Two pages side by side: what is said of both, and their signals, drivers and steps, those that are alike first.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fill::Filler;
use super::shelf::{Here, Shelf};
use super::{CardView, Made, NoteView, StopView};
use crate::kinds::Form;
use crate::model::{Page, PageId, is_compared};
use crate::parse::{Cutter, FIRST, Item, Stem};
use crate::prose::sentence;
use crate::related::alike;
use crate::route::{Route, encode_into};

/// The share of words from which on two items are alike.
const ALIKE: f32 = 0.4;

/// Words that alike items have in common at least.
const SHARED: usize = 2;

/// Pairs whose difference `compare.html` tells; of more it tells the titles.
const TOLD: usize = 200;

/// Two pages side by side.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct PairView {
    /// The two pages.
    pub sides: Vec<SideView>,
    /// How they connect and differ, as either says; `said_by` is the page that says it.
    pub notes: Vec<NoteView>,
    /// Their signals, drivers and steps.
    pub sections: Vec<FacingView>,
    /// Link to the list of pairs.
    pub all: String,
}

/// One of two pages that are compared.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct SideView {
    /// The page.
    #[serde(flatten)]
    pub card: CardView,
    /// When to stop and get support, in short.
    pub stop: Option<StopView>,
}

/// One section of both pages.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct FacingView {
    /// `signals`, `drivers` …
    pub id: String,
    /// The heading as the first page has it, else as the second has it; plain text.
    pub heading: String,
    /// Whether the items have an order.
    pub steps: bool,
    /// Items that are alike, one of each page.
    pub alike: Vec<Vec<PointView>>,
    /// What else each page has.
    pub rest: Vec<Vec<PointView>>,
}

/// An item of a page as a comparison shows it.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct PointView {
    /// Its label, finished HTML; empty if it has none.
    pub label: String,
    /// Its text, finished HTML.
    pub html: String,
    /// Its number among its page's items.
    pub number: usize,
}

/// The pairs whose first page lies in one area.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct PairsView {
    /// The area's name.
    pub title: String,
    /// Its pairs.
    pub pairs: Vec<PairLineView>,
}

/// A pair in a list.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct PairLineView {
    /// The titles of its two pages.
    pub titles: Vec<String>,
    /// Link to the comparison.
    pub href: String,
    /// How they differ, plain text; empty where nobody says so, or where the list is long.
    pub differs: String,
}

/// For the script that compares any two pages: where its data lies.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct CompareDataView {
    /// How many files there are.
    pub files: usize,
    /// A hash of what is in them.
    pub version: String,
}

/// An item with what it is compared by.
struct Point {
    view: PointView,
    stems: Vec<Stem>,
}

impl<'s> Shelf<'s> {
    /// Link to the comparison of two pages, in the form that exists.
    pub(super) fn comparison(&self, (one, other): (PageId, PageId), here: Here<'_>) -> Option<String> {
        let pair = self.pairs.of(one, other)?;
        if let Some(route) = &pair.route {
            return Some(here.href(route, None));
        }
        let mut href = here.href(&Route::made("compare.html"), None);
        for (sign, page) in [("#a=", pair.one), ("&b=", pair.other)] {
            href.push_str(sign);
            encode_into(&self.handbook.page(page)?.address_key(), &mut href);
        }
        Some(href)
    }

    /// Two pages side by side.
    pub(super) fn pair(&self, (one, other): (PageId, PageId), here: Here<'s>) -> Option<PairView> {
        let pages = [(one, self.handbook.page(one)?), (other, self.handbook.page(other)?)];
        let notes = [(one, other), (other, one)].into_iter().flat_map(|pair| self.notes_between(pair, here));
        let side =
            |(_, page): &(PageId, &Page)| SideView { card: self.card(page, here), stop: self.stop_of(page, here) };
        let mut ids: Vec<&str> = Vec::new();
        for section in pages.iter().flat_map(|(_, page)| &page.draft.sections).filter(|section| is_compared(section)) {
            if !ids.contains(&section.id.as_str()) {
                ids.push(&section.id);
            }
        }
        ids.sort_by_key(|id| ["signals", "drivers"].iter().position(|known| known == id).unwrap_or(2));
        Some(PairView {
            sides: pages.iter().map(side).collect(),
            notes: notes.collect(),
            sections: ids.into_iter().filter_map(|id| self.facing(id, pages, here)).collect(),
            all: here.href(&Route::made("compare.html"), None),
        })
    }

    /// What a page says about another.
    fn notes_between(&self, (from, to): (PageId, PageId), here: Here<'s>) -> Vec<NoteView> {
        let Some(other) = self.handbook.page(to) else { return Vec::new() };
        let note = |(page, relation): (&Page, &crate::parse::Relation)| {
            let mut filler = Filler::new(*self, here, (from, false));
            NoteView {
                title: other.title().to_owned(),
                href: Some(here.href(&other.route, None)),
                compare: None,
                wanted: false,
                verb: relation.verb.clone(),
                connects: sentence(&filler.html(relation.connects)),
                differs: sentence(&filler.html(relation.differs)),
                said_by: Some(page.title().to_owned()),
            }
        };
        let notes = self.notes(from, to).map(note);
        notes.filter(|note| !note.connects.is_empty() || !note.differs.is_empty()).collect()
    }

    /// The first escalation section of a page in short, as seen from elsewhere.
    fn stop_of(&self, page: &Page, here: Here<'_>) -> Option<StopView> {
        let section = page.draft.escalation()?;
        let href = here.href(&page.route, Some(&section.id));
        Some(StopView { title: section.heading.clone(), href, reasons: super::page::reasons(section, page) })
    }

    fn facing(&self, id: &str, pages: [(PageId, &'s Page); 2], here: Here<'s>) -> Option<FacingView> {
        let points = pages.map(|(of, page)| self.points(id, (of, page), here));
        if points.iter().all(Vec::is_empty) {
            return None;
        }
        let mut sections = pages.iter().filter_map(|(_, page)| page.section(id));
        let heading = sections.clone().map(|section| section.heading.clone()).find(|heading| !heading.is_empty());
        let steps = sections.any(|section| section.form == Form::Steps);
        let [ones, others] = points;
        let matches = matches(&ones, &others);
        let rest = |points: &[Point], taken: &dyn Fn(usize) -> bool| -> Vec<PointView> {
            let left = points.iter().enumerate().filter(|(at, _)| !taken(*at));
            left.map(|(_, point)| point.view.clone()).collect()
        };
        let twin =
            |(one, other): (&usize, &usize)| Some(vec![ones.get(*one)?.view.clone(), others.get(*other)?.view.clone()]);
        Some(FacingView {
            id: id.to_owned(),
            heading: heading.unwrap_or_default(),
            steps,
            alike: matches.iter().filter_map(twin).collect(),
            rest: vec![
                rest(&ones, &|at| matches.contains_key(&at)),
                rest(&others, &|at| matches.values().any(|other| *other == at)),
            ],
        })
    }

    fn points(&self, id: &str, (of, page): (PageId, &'s Page), here: Here<'s>) -> Vec<Point> {
        let cutter = Cutter::new(&self.config.language);
        let sections = page.draft.sections.iter().filter(|section| section.id == id && is_compared(section));
        let mut filler = Filler::new(*self, here, (of, false));
        let point = |(number, item): (usize, &Item)| {
            let view = PointView { label: filler.html(item.label), html: filler.html(item.body), number: number + 1 };
            Point { view, stems: stems(cutter, page, (item, id == "drivers")) }
        };
        sections.flat_map(|section| &section.items).enumerate().map(point).collect()
    }

    /// The list of pairs by the area of their first page; where they have no pages of their own, nothing.
    pub(super) fn compare(&self, here: Here<'s>) -> Made {
        let told = self.pairs.all().len() <= TOLD;
        let mut areas: BTreeMap<u32, PairsView> = BTreeMap::new();
        for pair in self.pairs.all().iter().filter(|_| !self.pairs.are_many()) {
            let pages = [pair.one, pair.other].map(|id| self.handbook.page(id));
            let ([Some(one), Some(other)], Some(href)) = (pages, self.comparison((pair.one, pair.other), here)) else {
                continue;
            };
            let title = || self.handbook.area(one).map_or_else(String::new, |area| area.title.clone());
            let area = areas.entry(one.area.unwrap_or(u32::MAX));
            area.or_insert_with(|| PairsView { title: title(), pairs: Vec::new() }).pairs.push(PairLineView {
                titles: vec![one.title().to_owned(), other.title().to_owned()],
                href,
                differs: if told { self.difference_in_words(pair.one, pair.other) } else { String::new() },
            });
        }
        let data = CompareDataView { files: self.pairs.files().len(), version: self.compare_version() };
        Made::Compare { areas: areas.into_values().collect(), many: self.pairs.are_many(), data }
    }

    /// A number that changes with what is in the files.
    fn compare_version(&self) -> String {
        let mut hash = xxhash_rust::xxh3::Xxh3::new();
        for page in self.pairs.files().iter().flatten().filter_map(|id| self.handbook.page(*id)) {
            hash.update(page.id().as_bytes());
            hash.update(page.draft.source.text().as_bytes());
        }
        format!("{:08x}", hash.digest() >> 32)
    }
}

/// The words of an item, each once; of a driver its label's, where it has one.
fn stems(cutter: Cutter, page: &Page, (item, driver): (&Item, bool)) -> Vec<Stem> {
    let label = page.draft.flow.text(item.label);
    let text = page.draft.flow.text(item.body);
    let mut stems = Vec::new();
    let mut add =
        |text: &str| cutter.cut(text, &mut |word| stems.extend(Some(word.stem).filter(|stem| *stem >= FIRST)));
    add(&label);
    if !driver || label.is_empty() {
        add(&text);
    }
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// Which item of one page goes with which of the other: the most alike first, each once.
fn matches(ones: &[Point], others: &[Point]) -> BTreeMap<usize, usize> {
    let mut found: Vec<(f32, usize, usize)> = Vec::new();
    for (at, one) in ones.iter().enumerate() {
        for (place, other) in others.iter().enumerate() {
            let shared = one.stems.iter().filter(|stem| other.stems.binary_search(stem).is_ok()).count();
            let likeness = alike(&one.stems, &other.stems);
            // A label of one word is alike only where it is the same.
            if likeness >= ALIKE && (shared >= SHARED || likeness >= 1.0) {
                found.push((likeness, at, place));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut matches = BTreeMap::new();
    for (_, one, other) in found {
        if !matches.contains_key(&one) && !matches.values().any(|taken| *taken == other) {
            matches.insert(one, other);
        }
    }
    matches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(all: &[&[Stem]]) -> Vec<Point> {
        let view = PointView { label: String::new(), html: String::new(), number: 0 };
        all.iter().map(|stems| Point { view: view.clone(), stems: stems.to_vec() }).collect()
    }

    #[test]
    fn the_most_alike_go_together_and_each_once() {
        let ones = points(&[&[20, 21, 22], &[20, 21, 22, 23], &[30]]);
        let others = points(&[&[20, 21, 22, 23], &[20, 40, 41], &[30]]);
        assert_eq!(matches(&ones, &others), BTreeMap::from([(1, 0), (2, 2)]));
    }

    #[test]
    fn one_word_in_common_is_not_enough() {
        assert!(matches(&points(&[&[20, 21]]), &points(&[&[20]])).is_empty());
        assert!(matches(&points(&[&[]]), &points(&[&[]])).is_empty());
    }
}
