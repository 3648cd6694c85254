//! Areas as discs that do not overlap, those with many ties between them side by side.
//!
//! One disc after the other takes the best of many places that are its own. Discs that push each other about would all
//! look for other places when one of them grows a little; here an edit that changes no size by a step changes nothing.

use super::settle::Point;

/// Places that a disc tries at once.
const TRIES: u64 = 300;

/// Free space between two discs.
const GAP: f64 = 0.6;

/// A screen is wider than high.
const WIDE: f64 = 1.7;

/// An area on the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Disc {
    /// Its middle.
    pub(super) at: Point,
    /// Its radius.
    pub(super) radius: f64,
}

/// Place discs, each given by a number of its own and its radius: large ones first. `ties` says for each two, line after
/// line, how strongly they draw each other, from 0 to 1.
pub(super) fn place(sizes: &[(u64, f64)], ties: &[f64]) -> Vec<Disc> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|one, other| {
        let (one, other) =
            (sizes.get(*one).copied().unwrap_or_default(), sizes.get(*other).copied().unwrap_or_default());
        other.1.total_cmp(&one.1).then(one.0.cmp(&other.0))
    });
    let mut placed: Vec<(usize, Disc)> = Vec::new();
    for area in order {
        let Some((hash, radius)) = sizes.get(area).copied() else { continue };
        let tie = |other: usize| ties.get(area * sizes.len() + other).copied().unwrap_or(0.0);
        placed.push((area, Disc { at: best((hash, radius), &placed, tie), radius }));
    }
    placed.sort_by_key(|(area, _)| *area);
    placed.into_iter().map(|(_, disc)| disc).collect()
}

/// The best free place for a disc: near to the middle, and to those it is tied to.
fn best((hash, radius): (u64, f64), placed: &[(usize, Disc)], tie: impl Fn(usize) -> f64) -> Point {
    if placed.is_empty() {
        return Point::default();
    }
    let ties: Vec<(f64, Point)> = placed.iter().map(|(area, disc)| (tie(*area), disc.at)).collect();
    let cost = |at: Point| {
        let drawn: f64 = ties.iter().map(|(weight, other)| weight * (at - *other).length()).sum();
        Point { x: at.x / WIDE, y: at.y }.length() + drawn
    };
    let is_free = |at: &Point| placed.iter().all(|(_, other)| (*at - other.at).length() > radius + other.radius + GAP);
    let mut reach = radius * 2.0;
    loop {
        let tries = (0..TRIES).map(|n| Point::of_hash(hash.wrapping_add(n)));
        let free = tries.map(|at| Point { x: at.x * reach * WIDE, y: at.y * reach }).filter(is_free);
        if let Some(at) = free.min_by(|one, other| cost(*one).total_cmp(&cost(*other))) {
            return at;
        }
        reach *= 1.2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes() -> Vec<(u64, f64)> {
        (0..30).map(|n| (n * 7919, 1.0 + (n % 5) as f64)).collect()
    }

    #[test]
    fn discs_do_not_overlap_and_tied_ones_are_nearer() {
        let mut ties = vec![0.0; 900];
        (ties[3 * 30 + 17], ties[17 * 30 + 3]) = (1.0, 1.0);
        let discs = place(&sizes(), &ties);
        for (index, one) in discs.iter().enumerate() {
            for other in &discs[..index] {
                assert!((one.at - other.at).length() > one.radius + other.radius, "{one:?} {other:?}");
            }
        }
        let gap = |other: usize| (discs[3].at - discs[other].at).length();
        let nearer = (0..30).filter(|other| *other != 3 && gap(*other) < gap(17)).count();
        assert!(nearer < 8, "{nearer} areas lie between the two that are tied");
    }

    #[test]
    fn the_smallest_disc_changes_no_other() {
        let mut fewer = sizes();
        fewer.push((5, 0.5));
        let (before, after) = (place(&sizes(), &[]), place(&fewer, &[]));
        assert_eq!(before, after[..30]);
    }
}
