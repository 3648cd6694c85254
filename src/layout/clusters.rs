//! Areas as discs that do not overlap, those with many ties between them side by side.

use super::settle::Point;

/// How often the discs draw together before they only make room for each other.
const ROUNDS: usize = 160;

/// Rounds at the end in which they only make room.
const ROOM: usize = 400;

/// Free space between two discs.
const GAP: f64 = 1.2;

/// A screen is wider than high: room is made rather to the sides than up and down.
const WIDE: (f64, f64) = (1.3, 0.7);

/// An area on the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Disc {
    /// Its middle.
    pub(super) at: Point,
    /// Its radius.
    pub(super) radius: f64,
}

/// Place discs of these radii; each starts from its own hash. `ties` says how strongly two draw each other, from 0 to 1.
pub(super) fn place(sizes: &[(u64, f64)], ties: &[(usize, usize, f64)]) -> Vec<Disc> {
    let spread = sizes.iter().map(|(_, radius)| radius * radius).sum::<f64>().sqrt() * 1.5;
    let start = |(hash, radius): &(u64, f64)| Disc { at: Point::of_hash(*hash) * spread, radius: *radius };
    let mut discs: Vec<Disc> = sizes.iter().map(start).collect();
    for _ in 0..ROUNDS {
        draw_together(&mut discs, ties);
        make_room(&mut discs);
    }
    separate(&mut discs);
    discs
}

/// Push discs apart until none overlap, or as far as that goes in a bounded time.
pub(super) fn separate(discs: &mut [Disc]) {
    for _ in 0..ROOM {
        if !make_room(discs) {
            return;
        }
    }
}

/// A small step towards the middle, and towards the areas that a disc is tied to.
fn draw_together(discs: &mut [Disc], ties: &[(usize, usize, f64)]) {
    let before: Vec<Point> = discs.iter().map(|disc| disc.at).collect();
    for disc in discs.iter_mut() {
        disc.at = disc.at * 0.97;
    }
    for (one, other, weight) in ties {
        let (Some(from), Some(to)) = (before.get(*one), before.get(*other)) else { continue };
        let step = (*to - *from) * (0.04 * weight);
        for (disc, step) in [(*one, step), (*other, step * -1.0)] {
            if let Some(disc) = discs.get_mut(disc) {
                disc.at = disc.at + step;
            }
        }
    }
}

/// Move each two that overlap apart by half of the overlap; whether there were any.
fn make_room(discs: &mut [Disc]) -> bool {
    let mut moved = false;
    for one in 1..discs.len() {
        let (before, after) = discs.split_at_mut(one);
        let Some(disc) = after.first_mut() else { continue };
        for other in before {
            let way = disc.at - other.at;
            let wanted = disc.radius + other.radius + GAP;
            let distance = way.length();
            if distance >= wanted - 1e-6 {
                continue;
            }
            moved = true;
            let way = if distance > 1e-9 { way * (1.0 / distance) } else { Point { x: 1.0, y: 0.0 } };
            let step = Point { x: way.x * WIDE.0, y: way.y * WIDE.1 } * ((wanted - distance) * 0.5);
            disc.at = disc.at + step;
            other.at = other.at - step;
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discs_do_not_overlap_and_tied_ones_are_nearer() {
        let sizes: Vec<(u64, f64)> = (0..30).map(|n| (n * 7919, 1.0 + (n % 5) as f64)).collect();
        let discs = place(&sizes, &[(3, 17, 1.0)]);
        for (index, one) in discs.iter().enumerate() {
            for other in &discs[..index] {
                assert!((one.at - other.at).length() > one.radius + other.radius, "{one:?} {other:?}");
            }
        }
        let gap = |other: usize| (discs[3].at - discs[other].at).length();
        let nearer = (0..30).filter(|other| *other != 3 && gap(*other) < gap(17)).count();
        assert!(nearer < 6, "{nearer} areas lie between the two that are tied");
    }
}
