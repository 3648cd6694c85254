//! The pages of one area find their places: tied ones draw together, all push each other away, the middle holds them.

use std::ops::{Add, Mul, Sub};

use rayon::prelude::*;

use super::quadtree::Quadtree;

/// How strongly the middle holds, at one unit from it. Against a push of one over the distance this spreads points so
/// that each has a unit of room.
const HOLD: f64 = std::f64::consts::PI;

/// How strongly all ties of a page together draw, at one unit: a hub is not pulled apart.
const DRAW: f64 = 2.0;

/// How strongly other areas draw at the most.
const PULL: f64 = 2.5;

/// How often everything moves. Places that follow from a start by a fixed number of small steps change little when the
/// start does.
const STEPS: usize = 90;

/// Rounds in which pages begin nearer to those they are tied to.
const DRIFTS: usize = 2;

/// A place, or a way from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl Point {
    /// A place in the unit circle, all alike likely, that depends on the hash alone.
    pub(super) fn of_hash(hash: u64) -> Point {
        let mut seed = hash;
        // Half of these would do; a place outside the circle is thrown again.
        for _ in 0..32 {
            seed = xxhash_rust::xxh3::xxh3_64(&seed.to_le_bytes());
            let part = |bits: u64| (bits & 0xffff_ffff) as f64 / f64::from(u32::MAX) * 2.0 - 1.0;
            let point = Point { x: part(seed), y: part(seed >> 32) };
            if point.squared() <= 1.0 {
                return point;
            }
        }
        Point::default()
    }

    pub(super) fn squared(self) -> f64 {
        self.x * self.x + self.y * self.y
    }

    pub(super) fn length(self) -> f64 {
        self.squared().sqrt()
    }

    /// The same way, but no longer than `most`.
    fn at_most(self, most: f64) -> Point {
        let length = self.length();
        if length > most { self * (most / length) } else { self }
    }
}

impl Add for Point {
    type Output = Point;
    fn add(self, other: Point) -> Point {
        Point { x: self.x + other.x, y: self.y + other.y }
    }
}

impl Sub for Point {
    type Output = Point;
    fn sub(self, other: Point) -> Point {
        Point { x: self.x - other.x, y: self.y - other.y }
    }
}

impl Mul<f64> for Point {
    type Output = Point;
    fn mul(self, by: f64) -> Point {
        Point { x: self.x * by, y: self.y * by }
    }
}

/// A page among those of its area.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Body {
    /// A number that is the page's own.
    pub(super) hash: u64,
    /// The pages of the area that it is tied to, by their numbers, and how strongly.
    pub(super) ties: Vec<(u32, f64)>,
    /// Where its ties to other areas draw it.
    pub(super) pull: Point,
}

/// About how far the outermost of so many pages come to lie from the middle.
pub(super) fn radius(count: usize) -> f64 {
    (count as f64 / std::f64::consts::PI).sqrt()
}

/// Let the pages of an area find their places around its middle. The result is the same for any number of threads: each
/// page's way depends on the places of all before the step.
pub(super) fn settle(bodies: &[Body]) -> Vec<Point> {
    let reach = radius(bodies.len());
    let bodies = &even(bodies);
    let mut places: Vec<Point> = bodies.iter().map(|body| Point::of_hash(body.hash) * reach).collect();
    for _ in 0..DRIFTS {
        places = bodies.iter().zip(&places).map(|(body, at)| drift(body, *at, &places)).collect();
    }
    let mut most = reach / 12.0;
    for _ in 0..STEPS {
        let tree = Quadtree::new(&places);
        let moved = |stack: &mut Vec<u32>, (body, at): (&Body, &Point)| {
            let (way, stiffness) = way(body, *at, &places);
            let push = tree.push(*at, stack);
            *at + ((way + push) * (0.5 / stiffness)).at_most(most)
        };
        places = bodies.par_iter().zip(&places).with_min_len(64).map_init(Vec::new, moved).collect();
        most *= 0.955;
    }
    // The middle of an area is that of its pages.
    let sum = places.iter().fold(Point::default(), |sum, place| sum + *place);
    let middle = sum * (1.0 / places.len().max(1) as f64);
    places.into_iter().map(|place| place - middle).collect()
}

/// Ties weighed by how many their two ends have.
fn even(bodies: &[Body]) -> Vec<Body> {
    let sums: Vec<f64> = bodies.iter().map(|body| body.ties.iter().map(|(_, weight)| weight).sum()).collect();
    let even = |(body, own): (&Body, &f64)| {
        let of = |other: u32| sums.get(other as usize).copied().unwrap_or(1.0);
        let ties = body.ties.iter().map(|(other, weight)| (*other, DRAW * weight / (own * of(*other)).sqrt()));
        Body { hash: body.hash, ties: ties.collect(), pull: body.pull.at_most(PULL) }
    };
    bodies.iter().zip(&sums).map(even).collect()
}

/// Half of the way from a page to the middle of those it is tied to.
fn drift(body: &Body, at: Point, places: &[Point]) -> Point {
    let (sum, weight) = weigh(body, places);
    if weight > 0.0 { (at + sum * (1.0 / weight)) * 0.5 } else { at }
}

/// The sum of the places a page is tied to, and of the weights.
fn weigh(body: &Body, places: &[Point]) -> (Point, f64) {
    let known = body.ties.iter().filter_map(|(other, weight)| Some((*places.get(*other as usize)?, *weight)));
    known.fold((Point::default(), 0.0), |(sum, all), (place, weight)| (sum + place * weight, all + weight))
}

/// What draws a page at `at`, and how fast that grows on the way.
fn way(body: &Body, at: Point, places: &[Point]) -> (Point, f64) {
    let (sum, weight) = weigh(body, places);
    let ties = sum - at * weight;
    (ties + body.pull - at * HOLD, HOLD * 2.0 + weight)
}
