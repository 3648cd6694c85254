//! The constellation as a drawing: stars with their names, areas with theirs, and the threads between.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::super::shelf::{Here, Shelf};
use crate::layout::{Cluster, Point, Sky, Star, Tie};
use crate::model::{Group, MOST_PLACED, PageId};

/// With more stars than these only the threads within areas are drawn, because across the whole they are a grey mist, and
/// the areas' own pages list the stars.
const MOST_IN_FULL: usize = 200;

/// Doublings that the drawing offers; names that need more are not shown in it.
const NEAREST: u8 = 3;

/// The constellation, measured in tenths of a point of the screen.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct SkyView {
    /// Its size.
    pub width: i32,
    /// See `width`.
    pub height: i32,
    /// The nearest look that shows more names: 0 where the whole drawing shows all, at most 3.
    pub nearest: u8,
    /// Whether the page also lists the stars; else each area's folder does.
    pub listed: bool,
    /// The areas, each with its stars.
    pub areas: Vec<SkyAreaView>,
    /// The threads; of a large handbook only those within areas.
    pub lines: Vec<LinesView>,
}

/// An area of the constellation.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct SkyAreaView {
    /// Its name.
    pub title: String,
    /// Link to its folder.
    pub href: String,
    /// Its middle.
    pub x: i32,
    /// See `x`.
    pub y: i32,
    /// How far its stars reach.
    pub radius: i32,
    /// The look from which its name is shown.
    pub level: u8,
    /// Its pages.
    pub stars: Vec<StarView>,
}

/// A page of the constellation.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct StarView {
    /// Its title.
    pub title: String,
    /// The title, or its beginning, as it stands beside the star.
    pub name: String,
    /// Link to it.
    pub href: String,
    /// Where it stands.
    pub x: i32,
    /// See `x`.
    pub y: i32,
    /// The look from which its name is shown: 0 for the whole drawing, one more for each doubling.
    pub level: u8,
}

/// All threads of a kind, those within areas apart from those between.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct LinesView {
    /// `nearby`, `related`, `mentioned`.
    pub kind: Tie,
    /// Whether they stay within their areas.
    pub inside: bool,
    /// The `d` of an SVG path.
    pub path: String,
}

impl Shelf<'_> {
    /// The constellation as a drawing, where it is not too large for one.
    pub(super) fn drawn_sky(&self, here: Here<'_>) -> Option<SkyView> {
        let live = &self.handbook.lists.live;
        let sky = self.sky();
        if live.count() > MOST_PLACED || sky.stars.is_empty() {
            return None;
        }
        let mut stars = sky.stars.iter();
        let area = |(group, cluster): (&Group<PageId>, &Cluster)| {
            let own = stars.by_ref().take(group.entries.len());
            let stars: Vec<StarView> = own.filter_map(|star| self.star(star, here)).collect();
            let link = self.area_link(group, here);
            let (x, y) = tenths(cluster.at);
            let radius = (cluster.radius * 10.0) as i32;
            SkyAreaView { title: link.title, href: link.href, x, y, radius, level: cluster.level, stars }
        };
        let areas: Vec<SkyAreaView> = live.groups.iter().zip(&sky.clusters).map(area).collect();
        let levels = areas.iter().flat_map(|area| area.stars.iter().map(|star| star.level).chain([area.level]));
        let (width, height) = tenths(Point { x: sky.width, y: sky.height });
        let nearest = levels.filter(|level| *level <= NEAREST).max().unwrap_or(0);
        let listed = sky.stars.len() <= MOST_IN_FULL;
        Some(SkyView { width, height, nearest, listed, areas, lines: self.lines(sky) })
    }

    fn star(&self, star: &Star, here: Here<'_>) -> Option<StarView> {
        let page = self.handbook.page(star.page)?;
        let (x, y) = tenths(star.at);
        Some(StarView {
            title: page.title().to_owned(),
            name: Sky::name(page.title()),
            href: here.href(&page.route, None),
            x,
            y,
            level: star.level,
        })
    }

    fn lines(&self, sky: &Sky) -> Vec<LinesView> {
        let places: BTreeMap<PageId, &Star> = sky.stars.iter().map(|star| (star.page, star)).collect();
        let across = places.len() <= MOST_IN_FULL;
        let mut paths: BTreeMap<(Tie, bool), String> = BTreeMap::new();
        for (page, from) in &places {
            for (other, tie) in self.weave().of(*page).iter().filter(|(other, _)| other > page) {
                let Some(to) = places.get(other) else { continue };
                let inside = from.cluster == to.cluster;
                if inside || across {
                    let ((x, y), (to_x, to_y)) = (tenths(from.at), tenths(to.at));
                    // To a string nothing fails.
                    let _ = write!(paths.entry((*tie, inside)).or_default(), "M{x} {y}l{} {}", to_x - x, to_y - y);
                }
            }
        }
        let lines = |((tie, inside), path): ((Tie, bool), String)| LinesView { kind: tie, inside, path };
        paths.into_iter().map(lines).collect()
    }
}

fn tenths(at: Point) -> (i32, i32) {
    ((at.x * 10.0).round() as i32, (at.y * 10.0).round() as i32)
}
