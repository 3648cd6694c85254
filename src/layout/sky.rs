//! The constellation: every live page as a star, neighbours together, areas apart and named.

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::clusters::{self, Disc};
use super::labels::{self, Label};
use super::settle::{self, Body, Point};
use super::{Tie, Weave};
use crate::model::{Group, Handbook, MOST_PLACED, PageId};

/// How wide the whole drawing is on the screen, and the margin for names in it.
const WIDTH: f64 = 1120.0;

/// See `WIDTH`.
const MARGIN: f64 = 90.0;

/// A few pages do not fill the drawing: a unit has so many points of the screen at the most.
const WIDEST: f64 = 110.0;

/// Room between the outermost star of an area and the edge of its disc.
const RIM: f64 = 0.7;

/// How far below its star a name stands.
const BELOW: f64 = 14.0;

/// The nearest look is the whole drawing doubled so many times.
pub const DEEPEST: u8 = 7;

/// Letters of a name that stand beside a star.
const LETTERS: usize = 30;

/// Beyond so many areas their discs are no picture any more.
const MOST_AREAS: usize = 400;

/// A page on the constellation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Star {
    /// The page.
    pub page: PageId,
    /// Its area, by its number among the clusters.
    pub cluster: usize,
    /// Where it stands, in points of the screen in the whole drawing.
    pub at: Point,
    /// The zoom from which its name is shown: 0 for the whole drawing, one more for each doubling.
    pub level: u8,
}

/// An area on the constellation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    /// Its middle, in points of the screen in the whole drawing.
    pub at: Point,
    /// How far its stars reach.
    pub radius: f64,
    /// The zoom from which its name is shown.
    pub level: u8,
}

/// The constellation of a handbook.
#[derive(Debug, Default)]
pub struct Sky {
    /// The pages, area by area in the order of `lists.live`.
    pub stars: Vec<Star>,
    /// The areas.
    pub clusters: Vec<Cluster>,
    /// The size of the whole drawing, in points of the screen.
    pub width: f64,
    /// See `width`.
    pub height: f64,
}

impl Sky {
    /// Place all live pages. With very many areas there is no picture, and so no stars.
    #[must_use]
    pub fn new(book: &Handbook, weave: &Weave) -> Sky {
        let groups = &book.lists.live.groups;
        if groups.len() > MOST_AREAS || book.lists.live.count() < 2 {
            return Sky::default();
        }
        let areas = Areas::new(book, weave, groups);
        let discs = clusters::place(&areas.sizes, &areas.ties());
        let areas_of = |index: usize| settle::settle(&areas.bodies(index, &discs));
        let places: Vec<Vec<Point>> = (0..groups.len()).into_par_iter().map(areas_of).collect();
        let places: Vec<Vec<Point>> = discs.iter().zip(places).map(|(disc, places)| inside(disc, places)).collect();
        picture(book, weave, (&discs, &places))
    }

    /// The name that stands beside a star: whole, or its beginning.
    #[must_use]
    pub fn name(title: &str) -> String {
        if title.chars().count() <= LETTERS {
            return title.to_owned();
        }
        let begin: String = title.chars().take(LETTERS - 1).collect();
        format!("{}…", begin.trim_end())
    }
}

/// Areas and who is in them.
struct Areas<'b> {
    weave: &'b Weave,
    groups: &'b [Group<PageId>],
    book: &'b Handbook,
    /// For each page its area and its number there.
    place: Vec<Option<(usize, u32)>>,
    /// For each area its own number, and its radius.
    sizes: Vec<(u64, f64)>,
}

impl<'b> Areas<'b> {
    fn new(book: &'b Handbook, weave: &'b Weave, groups: &'b [Group<PageId>]) -> Self {
        let mut place = vec![None; book.pages.len()];
        for (area, group) in groups.iter().enumerate() {
            for (number, page) in (0..).zip(&group.entries) {
                if let Some(place) = place.get_mut(page.index()) {
                    *place = Some((area, number));
                }
            }
        }
        let radius = |group: &Group<PageId>| coarse(settle::radius(group.entries.len()) * 1.15 + RIM);
        let size = |group: &Group<PageId>| (xxh3_64(group.key.as_bytes()), radius(group));
        Areas { weave, groups, book, place, sizes: groups.iter().map(size).collect() }
    }

    /// The area and number of a page.
    fn of(&self, page: PageId) -> Option<(usize, u32)> {
        self.place.get(page.index()).copied().flatten()
    }

    /// How strongly each two areas draw each other: by the ties between them, for their size.
    fn ties(&self) -> Vec<f64> {
        let count = self.groups.len();
        let mut sums = vec![0.0_f64; count * count];
        for (area, page) in
            self.groups.iter().enumerate().flat_map(|(area, group)| group.entries.iter().map(move |page| (area, *page)))
        {
            for (other, tie) in self.weave.of(page) {
                let other = self.of(*other).map(|(other, _)| other).filter(|other| *other != area);
                if let Some(sum) = other.and_then(|other| sums.get_mut(area * count + other)) {
                    *sum += weight(*tie);
                }
            }
        }
        let size = |area: usize| self.groups.get(area).map_or(1.0, |group| group.entries.len() as f64);
        let tie = |(at, sum): (usize, &f64)| match (at / count, at % count, *sum) {
            (_, _, 0.0) => 0.0,
            (one, other, sum) => coarse((sum / (size(one) * size(other)).sqrt()).min(1.0)),
        };
        sums.iter().enumerate().map(tie).collect()
    }

    /// The pages of an area, drawn to each other and towards the areas that lie around.
    fn bodies(&self, area: usize, discs: &[Disc]) -> Vec<Body> {
        let body = |page: &PageId| {
            let mut body = Body { hash: self.hash(*page), ties: Vec::new(), pull: Point::default() };
            for (other, tie) in self.weave.of(*page) {
                match self.of(*other) {
                    Some((same, number)) if same == area => body.ties.push((number, weight(*tie))),
                    Some((there, _)) => body.pull = body.pull + towards(discs, (area, there)) * weight(*tie),
                    None => {}
                }
            }
            body
        };
        self.groups.get(area).map_or_else(Vec::new, |group| group.entries.iter().map(body).collect())
    }

    fn hash(&self, page: PageId) -> u64 {
        xxh3_64(self.book.page(page).map_or("", |page| page.id()).as_bytes())
    }
}

/// A number rounded up to steps of a quarter of its size, so that a small edit hardly ever moves an area.
fn coarse(number: f64) -> f64 {
    let mut step = 1.0 / 64.0;
    while step < number {
        step *= 1.25;
    }
    step
}

/// The places of an area's pages, drawn in where they would lie outside of its disc.
fn inside(disc: &Disc, places: Vec<Point>) -> Vec<Point> {
    let most = places.iter().map(|place| place.length()).fold(0.0, f64::max) + RIM;
    let by = (disc.radius / most).min(1.0);
    places.into_iter().map(|place| place * by).collect()
}

/// How strongly a tie draws.
fn weight(tie: Tie) -> f64 {
    match tie {
        Tie::Nearby => 1.0,
        Tie::Related => 0.7,
        Tie::Mentioned => 0.4,
    }
}

/// The way from one area to another, of length one.
fn towards(discs: &[Disc], (from, to): (usize, usize)) -> Point {
    let (Some(from), Some(to)) = (discs.get(from), discs.get(to)) else { return Point::default() };
    let way = to.at - from.at;
    way * (1.0 / way.length().max(1e-9))
}

/// The whole drawing on a screen, with names.
fn picture(book: &Handbook, weave: &Weave, (discs, places): (&[Disc], &[Vec<Point>])) -> Sky {
    let edge = |side: fn(&Disc) -> f64| discs.iter().map(side).fold(f64::INFINITY, f64::min);
    let (left, top) = (edge(|disc| disc.at.x - disc.radius), edge(|disc| disc.at.y - disc.radius));
    let (right, bottom) = (-edge(|disc| -disc.at.x - disc.radius), -edge(|disc| -disc.at.y - disc.radius));
    let scale = ((WIDTH - MARGIN * 2.0) / (right - left)).min(WIDEST);
    let corner = Point { x: left, y: top };
    // A few pages stand in the middle.
    let shift = Point { x: (WIDTH - (right - left) * scale) / 2.0, y: MARGIN / 3.0 };
    let screen = |at: Point| (at - corner) * scale + shift;
    let reach = |places: &Vec<Point>| places.iter().map(|place| place.length()).fold(0.0, f64::max) + RIM;
    let clusters = discs.iter().zip(places);
    let clusters =
        clusters.map(|(disc, places)| Cluster { at: screen(disc.at), radius: reach(places) * scale, level: 0 });
    let stars = book.lists.live.groups.iter().zip(discs).zip(places).enumerate();
    let stars = stars.flat_map(|(cluster, ((group, disc), places))| {
        let star = move |(page, place): (&PageId, &Point)| Star {
            page: *page,
            cluster,
            at: screen(disc.at + *place),
            level: 0,
        };
        group.entries.iter().zip(places).map(star)
    });
    let mut sky = Sky {
        stars: stars.collect(),
        clusters: clusters.collect(),
        width: WIDTH,
        height: (bottom - top) * scale + shift.y * 2.0,
    };
    name(book, weave, &mut sky);
    sky
}

/// Say from which zoom on each name is shown: areas first, the largest before all, then pages with many ties.
fn name(book: &Handbook, weave: &Weave, sky: &mut Sky) {
    let groups = &book.lists.live.groups;
    let mut areas: Vec<usize> = (0..sky.clusters.len()).collect();
    areas.sort_by_key(|at| std::cmp::Reverse(groups.get(*at).map_or(0, |group| group.entries.len())));
    let mut stars: Vec<usize> = (0..sky.stars.len()).collect();
    stars.sort_by_key(|at| std::cmp::Reverse(sky.stars.get(*at).map_or(0, |star| weave.of(star.page).len())));
    let title = |at: usize| groups.get(at).map_or("", |group| group.title.as_str());
    let of_area = areas.iter().filter_map(|at| {
        let cluster = sky.clusters.get(*at)?;
        let top = Point { x: cluster.at.x, y: cluster.at.y - cluster.radius };
        Some(Label { at: top, below: 0.0, width: labels::width(title(*at)) * 16.0, height: 20.0 })
    });
    let of_star = stars.iter().filter_map(|at| {
        let star = sky.stars.get(*at)?;
        let name = Sky::name(book.page(star.page)?.title());
        Some(Label { at: star.at, below: BELOW, width: labels::width(&name) * 12.5, height: 15.0 })
    });
    // On a crowded sky names lie over the points of others, or there would hardly be any.
    let kept_free = if sky.stars.len() > MOST_PLACED { &[] } else { sky.stars.as_slice() };
    let dots: Vec<Point> = kept_free.iter().map(|star| star.at).collect();
    let found = labels::levels(&of_area.chain(of_star).collect::<Vec<_>>(), &dots, DEEPEST);
    let (of_areas, of_stars) = found.split_at(areas.len().min(found.len()));
    for (at, level) in areas.iter().zip(of_areas) {
        if let Some(cluster) = sky.clusters.get_mut(*at) {
            cluster.level = *level;
        }
    }
    for (at, level) in stars.iter().zip(of_stars) {
        if let Some(star) = sky.stars.get_mut(*at) {
            star.level = *level;
        }
    }
}
