//! The arcs beside a list: each ties two of its rows.

use super::Arc;

/// How far to the right the handles of the shortest and of the longest arc may lie.
const REACH: (f64, f64) = (36.0, 560.0);

/// The arcs between rows that stand at these heights; a pair of rows is given by their numbers.
#[must_use]
pub fn arcs(rows: &[i32], pairs: &[(usize, usize)]) -> Vec<Option<Arc>> {
    let height = f64::from(rows.last().copied().unwrap_or(0).max(1));
    let arc = |(one, other): &(usize, usize)| {
        let (one, other) = (*rows.get(*one)?, *rows.get(*other)?);
        let (from, to) = (one.min(other), one.max(other));
        // The root keeps short arcs apart without sending long ones out of sight.
        let share = (f64::from(to - from) / height).sqrt();
        let bend = (REACH.0 + (REACH.1 - REACH.0) * share) as i32;
        Some(Arc { x: 0, bend, from, to })
    };
    pairs.iter().map(arc).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_arc_reaches_further_and_stays_in_sight() {
        let found = arcs(&[10, 50, 400], &[(0, 1), (2, 0), (0, 3)]);
        let [Some(short), Some(long), None] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((long.from, long.to), (10, 400));
        assert!(short.bend < long.bend && long.bend <= 560, "{short:?} {long:?}");
    }
}
