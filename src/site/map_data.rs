//! What the script of a large map loads: the areas, the constellation's places, the pages' names, and their threads.
//!
//! Each file calls one function, `mendbook.give(name, data)`, because a page that is read from the disk can load scripts
//! and nothing else. Pages are numbered area by area, in the order of `lists.live`.

use serde_json::{Value, json};

use super::Site;
use super::programs::{Program, give};
use crate::layout::{Cluster, DEEPEST, Tie};
use crate::model::{Group, MOST_PLACED, PageId};
use crate::route::Route;

/// Pages whose names are in one file.
const NAMES: usize = 1000;

/// Pages whose threads are in one file.
const TIES: usize = 100;

/// Threads of one page that are in it, the closest first.
const MOST_TIES: usize = 60;

impl Site {
    /// The files there are.
    pub(super) fn map_programs(&self) -> Vec<Program> {
        let lists = &self.handbook.lists;
        if !lists.map_is_large() {
            return Vec::new();
        }
        let count = lists.live.count();
        let mut programs = vec![Program::Areas];
        programs.extend((count > MOST_PLACED).then_some(Program::Sky));
        programs.extend((0..count.div_ceil(NAMES)).map(Program::Names));
        programs.extend((0..count.div_ceil(TIES)).map(Program::Ties));
        programs
    }

    /// Every live page, in the order in which they are numbered.
    fn numbered(&self) -> impl Iterator<Item = PageId> {
        self.handbook.lists.live.groups.iter().flat_map(|group| group.entries.iter().copied())
    }

    /// The areas: name, number of pages.
    pub(super) fn areas_data(&self) -> Vec<u8> {
        let areas = self.handbook.lists.live.groups.iter();
        give("map/areas", &areas.map(|group| json!([group.title, group.entries.len()])).collect())
    }

    /// Where the areas and stars of the constellation stand, in tenths of a point, and the threads between stars: for
    /// each the numbers of those after it that it is tied to.
    pub(super) fn sky_data(&self) -> Vec<u8> {
        let sky = self.shelf().sky();
        let numbers = self.numbers();
        let tenth = |at: f64| (at * 10.0).round() as i64;
        let place = |(cluster, group): (&Cluster, &Group<PageId>)| {
            let [x, y, radius] = [cluster.at.x, cluster.at.y, cluster.radius].map(tenth);
            json!([x, y, radius, cluster.level, group.title])
        };
        let stars = sky.stars.iter().flat_map(|star| [tenth(star.at.x), tenth(star.at.y), i64::from(star.level)]);
        let ties = sky.stars.iter().enumerate().map(|(own, star)| {
            let ties = self.shelf().weave().of(star.page).iter();
            ties.filter_map(|(other, _)| number(&numbers, *other)).filter(|other| *other > own).collect::<Vec<_>>()
        });
        let value = json!({
            "size": [tenth(sky.width), tenth(sky.height)],
            "deepest": DEEPEST,
            "areas": sky.clusters.iter().zip(&self.handbook.lists.live.groups).map(place).collect::<Vec<_>>(),
            "stars": stars.collect::<Vec<i64>>(),
            "ties": ties.collect::<Vec<_>>(),
        });
        give("map/sky", &value)
    }

    /// Titles of pages, and where they lie.
    pub(super) fn names_data(&self, file: usize) -> Vec<u8> {
        let root = Route::made("map.html");
        let page = |id: PageId| {
            let page = self.handbook.page(id)?;
            Some(json!([page.title(), root.href_to(&page.route, None)]))
        };
        give(&format!("map/names/{file}"), &self.numbered().skip(file * NAMES).take(NAMES).filter_map(page).collect())
    }

    /// The threads of pages: how many there are, and of the closest the number of the other end, the kind, and how the
    /// two differ.
    pub(super) fn ties_data(&self, file: usize) -> Vec<u8> {
        let numbers = self.numbers();
        let page = |page: PageId| -> Value {
            let tie = |(other, tie): &(PageId, Tie)| {
                let kind = Tie::ALL.iter().position(|known| known == tie);
                Some(json!([number(&numbers, *other)?, kind, self.shelf().difference_in_words(page, *other)]))
            };
            let mut ties = self.shelf().weave().of(page).to_vec();
            ties.sort_by_key(|(_, tie)| *tie);
            json!([ties.len(), ties.iter().take(MOST_TIES).filter_map(tie).collect::<Vec<Value>>()])
        };
        give(&format!("map/threads/{file}"), &self.numbered().skip(file * TIES).take(TIES).map(page).collect())
    }

    /// For each page its number among the stars.
    fn numbers(&self) -> Vec<Option<usize>> {
        let mut numbers = vec![None; self.handbook.pages.len()];
        for (number, page) in self.numbered().enumerate() {
            if let Some(known) = numbers.get_mut(page.index()) {
                *known = Some(number);
            }
        }
        numbers
    }
}

fn number(numbers: &[Option<usize>], page: PageId) -> Option<usize> {
    numbers.get(page.index()).copied().flatten()
}
