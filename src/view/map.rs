//! The map: patterns by area with the threads between them, and the constellation of all pages.

use std::collections::BTreeMap;

use serde::Serialize;

use super::LinkView;
use super::fill::Filler;
use super::shelf::{Here, Shelf};
use crate::layout::{self, Tie};
use crate::model::{Group, MOST_DRAWN, MOST_PLACED, PageId, Part};
use crate::parse::Relation;
use crate::prose::sentence;
use crate::route::Route;

mod sky;
mod table;

pub use sky::{LinesView, SkyAreaView, SkyView, StarView};
pub use table::{CellView, MapLineView};

/// The height of a row of the drawing, and of an area's heading; the stylesheet has the same in sixteenths of a `rem`.
const ROW: i32 = 56;

/// See `ROW`.
const HEADING: i32 = 72;

/// Nearby patterns, and threads of each other kind, that a pattern lists; its own page has the rest.
const MOST_ENDS: (usize, usize) = (12, 8);

/// Patterns that are listed of an area where they are not drawn.
const MOST_LISTED: usize = 1000;

/// The map, or the part of it that one area has.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct MapView {
    /// On the page of one area: the area.
    pub area: Option<LinkView>,
    /// On the page of one area: link to the whole map.
    pub whole: Option<String>,
    /// How many patterns there are, here or in all.
    pub count: usize,
    /// The kinds of thread, with their numbers.
    pub threads: Vec<TieCountView>,
    /// The areas with their patterns; none on the first page of a map that has a page for each area.
    pub areas: Vec<MapAreaView>,
    /// Whether the patterns' threads are drawn beside them.
    pub drawn: bool,
    /// The arcs of the drawing.
    pub arcs: Vec<ArcView>,
    /// The height of the drawing.
    pub height: i32,
    /// How many threads run between each two areas; none where it would be too large.
    pub table: Vec<MapLineView>,
    /// The constellation, where it is drawn.
    pub sky: Option<SkyView>,
    /// What the script of a large map loads.
    pub data: Option<MapDataView>,
}

/// How many threads of a kind there are.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct TieCountView {
    /// `nearby`, `related`, `mentioned`.
    pub kind: Tie,
    /// How many.
    pub count: usize,
}

/// An area on the map.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct MapAreaView {
    /// Its name.
    pub title: String,
    /// Link to its folder.
    pub href: String,
    /// Its patterns.
    pub rows: Vec<RowView>,
    /// How many further patterns are not listed.
    pub more: usize,
}

/// A pattern on the map.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct RowView {
    /// Its number in the drawing, from 0.
    pub slot: usize,
    /// Its title.
    pub title: String,
    /// Link to it.
    pub href: String,
    /// One or two sentences, plain text.
    pub summary: Option<String>,
    /// How many threads it has.
    pub count: usize,
    /// Whether it is the one with the most.
    pub most: bool,
    /// Its threads, where they are drawn: those of each kind.
    pub ties: Vec<MapTiesView>,
    /// Areas on other pages that some of its threads lead to.
    pub elsewhere: Vec<ElsewhereView>,
}

/// The threads of one kind that a pattern has.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct MapTiesView {
    /// `nearby`, `related`, `mentioned`.
    pub kind: Tie,
    /// Where they lead.
    pub ends: Vec<MapEndView>,
    /// How many further ends are not listed.
    pub more: usize,
}

/// The other end of a thread.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct MapEndView {
    /// Its title.
    pub title: String,
    /// Link to it.
    pub href: String,
    /// Its number in the drawing, if it is there.
    pub slot: Option<usize>,
    /// Its area, if that is another one than this end's.
    pub area: Option<String>,
    /// Where the two differ, finished HTML; empty if nobody has said it.
    pub differs: String,
    /// Where the other end said that: its title.
    pub said_by: Option<String>,
}

/// An area that is not in the drawing, as one of its threads' ends.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct ElsewhereView {
    /// Its name.
    pub title: String,
    /// Link to its page of the map.
    pub href: String,
    /// How many threads lead there.
    pub count: usize,
}

/// A thread in the drawing.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct ArcView {
    /// `nearby`, `related`, `mentioned`.
    pub kind: Tie,
    /// The `d` of an SVG path.
    pub path: String,
    /// The numbers of its two ends.
    pub slots: (usize, usize),
    /// Whether the pattern with the most threads is one of them.
    pub most: bool,
}

/// What the script of a large map loads.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct MapDataView {
    /// Changes with the files.
    pub version: String,
    /// How many pages there are in the files.
    pub count: usize,
    /// Whether there is a constellation that the script draws.
    pub sky: bool,
}

/// What one drawing shows.
struct Drawing<'d> {
    groups: &'d [Group<PageId>],
    /// The numbers of the patterns in it.
    slots: BTreeMap<PageId, usize>,
    /// For each page on the map its group in the whole list.
    areas: BTreeMap<PageId, usize>,
}

impl<'s> Shelf<'s> {
    /// The map as a whole, or one area of it.
    pub(super) fn map(&self, part: Part, here: Here<'s>) -> MapView {
        let list = &self.handbook.lists.map;
        let shown = list.on(part);
        let drawing = self.drawing(shown);
        let drawn = !shown.is_empty() && drawing.slots.len() <= MOST_DRAWN;
        let areas = shown.iter().map(|group| self.map_area(group, (&drawing, drawn), here));
        let mut areas: Vec<MapAreaView> = areas.collect();
        let whole = part == Part::Whole;
        let area = match part {
            Part::Whole => None,
            Part::Group(index) => list.groups.get(index).map(|group| self.area_link(group, here)),
        };
        let (mut arcs, height) = if drawn { self.arcs(&drawing) } else { (Vec::new(), 0) };
        let most = mark_most(&mut areas);
        for arc in &mut arcs {
            arc.most = Some(arc.slots.0) == most || Some(arc.slots.1) == most;
        }
        MapView {
            whole: area.is_some().then(|| here.href(&Route::made("map.html"), None)),
            count: if shown.is_empty() { list.count() } else { drawing.slots.len() },
            threads: self.counts(shown, &drawing),
            areas,
            drawn,
            arcs,
            height,
            table: if whole { self.table(here) } else { Vec::new() },
            sky: if whole { self.drawn_sky(here) } else { None },
            data: if whole { self.map_data() } else { None },
            area,
        }
    }

    fn drawing<'d>(&self, groups: &'d [Group<PageId>]) -> Drawing<'d> {
        let slots =
            groups.iter().flat_map(|group| &group.entries).enumerate().map(|(slot, page)| (*page, slot)).collect();
        let all = self.handbook.lists.map.groups.iter().enumerate();
        let areas = all.flat_map(|(area, group)| group.entries.iter().map(move |page| (*page, area))).collect();
        Drawing { groups, slots, areas }
    }

    /// The threads of a page that end on the map.
    fn on_map(&self, page: PageId, drawing: &Drawing<'_>) -> impl Iterator<Item = (PageId, Tie)> {
        self.weave().of(page).iter().copied().filter(|(other, _)| drawing.areas.contains_key(other))
    }

    fn map_area(&self, group: &Group<PageId>, (drawing, drawn): (&Drawing<'_>, bool), here: Here<'s>) -> MapAreaView {
        let LinkView { title, href } = self.area_link(group, here);
        let most = if drawn { usize::MAX } else { MOST_LISTED };
        let row = |page: &PageId| self.row(*page, (drawing, drawn), here);
        let rows: Vec<RowView> = group.entries.iter().take(most).filter_map(row).collect();
        MapAreaView { title, href, more: group.entries.len() - rows.len(), rows }
    }

    /// An area with the link to its folder's front page.
    fn area_link(&self, group: &Group<PageId>, here: Here<'_>) -> LinkView {
        let area = group.entries.first().and_then(|page| self.handbook.area(self.handbook.page(*page)?));
        let folder = area.map_or("", |area| area.folder.as_str());
        let front = if folder.is_empty() { "index".to_owned() } else { format!("{folder}/index") };
        LinkView { title: group.title.clone(), href: here.href(&Route::page(&front), None) }
    }

    fn row(&self, id: PageId, (drawing, drawn): (&Drawing<'_>, bool), here: Here<'s>) -> Option<RowView> {
        let page = self.handbook.page(id)?;
        let threads: Vec<(PageId, Tie)> = self.on_map(id, drawing).collect();
        let ties = Tie::ALL.into_iter().map(|tie| {
            let own = threads.iter().filter(|(_, known)| *known == tie);
            let most = if tie == Tie::Nearby { MOST_ENDS.0 } else { MOST_ENDS.1 };
            let ends = own.clone().take(most).filter_map(|(other, _)| self.thread((id, *other), drawing, here));
            MapTiesView { kind: tie, ends: ends.collect(), more: own.count().saturating_sub(most) }
        });
        Some(RowView {
            slot: drawing.slots.get(&id).copied().unwrap_or(0),
            title: page.title().to_owned(),
            href: here.href(&page.route, None),
            summary: page.draft.summary.clone().filter(|_| drawn),
            count: threads.len(),
            most: false,
            ties: ties.filter(|ties| drawn && !ties.ends.is_empty()).collect(),
            elsewhere: if drawn { self.elsewhere(&threads, drawing, here) } else { Vec::new() },
        })
    }

    fn thread(&self, (from, to): (PageId, PageId), drawing: &Drawing<'_>, here: Here<'s>) -> Option<MapEndView> {
        let other = self.handbook.page(to)?;
        let (area, own) = (drawing.areas.get(&to)?, drawing.areas.get(&from)?);
        let groups = &self.handbook.lists.map.groups;
        let (differs, said_by) = self.difference((from, to), here);
        Some(MapEndView {
            title: other.title().to_owned(),
            href: here.href(&other.route, None),
            slot: drawing.slots.get(&to).copied(),
            area: groups.get(*area).filter(|_| area != own).map(|group| group.title.clone()),
            differs,
            said_by,
        })
    }

    /// How a page says it differs from another, else how that one does.
    fn difference(&self, (from, to): (PageId, PageId), here: Here<'s>) -> (String, Option<String>) {
        let html =
            |(by, note): (PageId, &Relation)| sentence(&Filler::new(*self, here, (by, false)).html(note.differs));
        match (self.says((from, to)), self.says((to, from))) {
            (Some(note), _) => (html((from, note)), None),
            (None, Some(note)) => (html((to, note)), self.handbook.page(to).map(|page| page.title().to_owned())),
            (None, None) => (String::new(), None),
        }
    }

    /// The same as plain text, for data; what the other end says is quoted as its.
    pub(crate) fn difference_in_words(&self, from: PageId, to: PageId) -> String {
        let text = |by: PageId, note: &Relation| {
            let page = self.handbook.page(by)?;
            let differs = sentence(&page.draft.flow.text(note.differs));
            let wording = &self.handbook.wording;
            let on = || wording.say("note.on", &[("page", &wording.quoted(page.title()))]);
            Some(if by == from { differs } else { format!("{} {differs}", on()) })
        };
        let own = self.says((from, to)).and_then(|note| text(from, note));
        own.or_else(|| text(to, self.says((to, from))?)).unwrap_or_default()
    }

    /// The note of a page on another that says how they differ.
    fn says(&self, (by, of): (PageId, PageId)) -> Option<&'s Relation> {
        let page = self.handbook.page(by)?;
        let notes = page.draft.relations.iter().zip(self.graph.relations.get(by.index())?);
        let mut notes = notes.filter(|(_, about)| **about == Some(of)).map(|(note, _)| note);
        notes.find(|note| note.differs.start < note.differs.end)
    }

    /// The areas on other pages that threads lead to, the most threads first.
    fn elsewhere(&self, threads: &[(PageId, Tie)], drawing: &Drawing<'_>, here: Here<'s>) -> Vec<ElsewhereView> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (other, _) in threads.iter().filter(|(other, _)| !drawing.slots.contains_key(other)) {
            if let Some(area) = drawing.areas.get(other) {
                *counts.entry(*area).or_default() += 1;
            }
        }
        let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let view = |(area, count): (usize, usize)| {
            let group = self.handbook.lists.map.groups.get(area)?;
            let route = Route::made(format!("map/{}.html", group.key));
            Some(ElsewhereView { title: group.title.clone(), href: here.href(&route, None), count })
        };
        counts.into_iter().filter_map(view).collect()
    }

    /// How many threads of each kind have an end here; on the first page of a divided map all of them.
    fn counts(&self, shown: &[Group<PageId>], drawing: &Drawing<'_>) -> Vec<TieCountView> {
        let all = if shown.is_empty() { &self.handbook.lists.map.groups } else { shown };
        let is_shown = |page: PageId| shown.is_empty() || drawing.slots.contains_key(&page);
        let mut counts: BTreeMap<Tie, usize> = BTreeMap::new();
        for page in all.iter().flat_map(|group| &group.entries) {
            // A thread with both ends here is counted at the first of them.
            for (_, tie) in self.on_map(*page, drawing).filter(|(other, _)| *other > *page || !is_shown(*other)) {
                *counts.entry(tie).or_default() += 1;
            }
        }
        let view = |(tie, count): (Tie, usize)| TieCountView { kind: tie, count };
        counts.into_iter().map(view).collect()
    }

    fn arcs(&self, drawing: &Drawing<'_>) -> (Vec<ArcView>, i32) {
        let (mut rows, mut height) = (Vec::new(), 0);
        for group in drawing.groups {
            height += HEADING;
            for _ in &group.entries {
                rows.push(height + ROW / 2);
                height += ROW;
            }
        }
        let mut ends: Vec<(usize, usize, Tie)> = Vec::new();
        for (page, slot) in &drawing.slots {
            let others = self.on_map(*page, drawing).filter_map(|(other, tie)| Some((drawing.slots.get(&other)?, tie)));
            ends.extend(others.filter(|(other, _)| *other > slot).map(|(other, tie)| (*slot, *other, tie)));
        }
        // The long ones lie below the short ones, and the closest ties above all.
        ends.sort_by_key(|(one, other, tie)| (std::cmp::Reverse((*tie, other - one)), *one));
        let pairs: Vec<(usize, usize)> = ends.iter().map(|(one, other, _)| (*one, *other)).collect();
        let arcs = ends.iter().zip(layout::arcs(&rows, &pairs)).filter_map(|((one, other, tie), arc)| {
            Some(ArcView { kind: *tie, path: super::threads::path(&arc?), slots: (*one, *other), most: false })
        });
        (arcs.collect(), height)
    }

    /// What a script loads where the map is large.
    fn map_data(&self) -> Option<MapDataView> {
        let lists = &self.handbook.lists;
        if !lists.map_is_large() {
            return None;
        }
        Some(MapDataView {
            version: self.map_version(),
            count: lists.live.count(),
            sky: lists.live.count() > MOST_PLACED && !self.sky().stars.is_empty(),
        })
    }

    /// A number that changes with what the script loads.
    fn map_version(&self) -> String {
        let mut hash = xxhash_rust::xxh3::Xxh3::new();
        for (id, page) in self.handbook.all() {
            hash.update(page.id().as_bytes());
            hash.update(page.title().as_bytes());
            for (other, tie) in self.weave().of(id) {
                hash.update(&other.index().to_le_bytes());
                hash.update(&[*tie as u8]);
            }
        }
        format!("{:08x}", hash.digest() >> 32)
    }
}

/// Mark the pattern with the most threads: they are followed until the reader chooses another. Returns its number.
fn mark_most(areas: &mut [MapAreaView]) -> Option<usize> {
    let rows = areas.iter_mut().flat_map(|area| &mut area.rows);
    let row = rows.max_by_key(|row| (row.count, std::cmp::Reverse(row.slot)))?;
    row.most = true;
    Some(row.slot)
}
