//! How many threads run between each two areas of the map.

use serde::Serialize;

use super::super::shelf::{Here, Shelf};
use crate::model::Group;
use crate::model::PageId;
use crate::route::Route;

/// Areas that the table can hold and still be read.
const MOST_AREAS: usize = 30;

/// The shades of a cell, from none to the darkest.
const SHADES: f64 = 8.0;

/// One area against all others.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct MapLineView {
    /// The area.
    pub title: String,
    /// Link to its page of the map, if it has one of its own.
    pub href: Option<String>,
    /// How many patterns it has.
    pub count: usize,
    /// How many threads lead to each area, in the same order as the lines.
    pub cells: Vec<CellView>,
}

/// The threads between two areas.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct CellView {
    /// How many.
    pub count: usize,
    /// How many for this map, from 0 to 8.
    pub shade: u8,
}

impl Shelf<'_> {
    /// The table of areas; none for one area, or for more than can be read.
    pub(super) fn table(&self, here: Here<'_>) -> Vec<MapLineView> {
        let list = &self.handbook.lists.map;
        let size = list.groups.len();
        if !(2..=MOST_AREAS).contains(&size) {
            return Vec::new();
        }
        let counts = self.between(&list.groups);
        let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
        let cell =
            |count: &usize| CellView { count: *count, shade: (SHADES * (*count as f64 / most).sqrt()).ceil() as u8 };
        let line = |(group, counts): (&Group<PageId>, &[usize])| {
            let route = Route::made(format!("map/{}.html", group.key));
            MapLineView {
                title: group.title.clone(),
                href: list.is_split().then(|| here.href(&route, None)),
                count: group.entries.len(),
                cells: counts.iter().map(cell).collect(),
            }
        };
        list.groups.iter().zip(counts.chunks(size)).map(line).collect()
    }

    /// The threads between each two areas, line after line; those within an area once.
    fn between(&self, groups: &[Group<PageId>]) -> Vec<usize> {
        let mut area_of = vec![None; self.handbook.pages.len()];
        for (area, group) in groups.iter().enumerate() {
            for page in &group.entries {
                if let Some(of) = area_of.get_mut(page.index()) {
                    *of = Some(area);
                }
            }
        }
        let mut counts = vec![0; groups.len() * groups.len()];
        for (area, group) in groups.iter().enumerate() {
            for page in &group.entries {
                for (other, _) in self.weave().of(*page) {
                    let Some(there) = area_of.get(other.index()).copied().flatten() else { continue };
                    let counted = there != area || *other > *page;
                    if let Some(count) = counts.get_mut(area * groups.len() + there).filter(|_| counted) {
                        *count += 1;
                    }
                }
            }
        }
        counts
    }
}
