//! The threads of one page: arcs from the first row of a list to each of its other rows, side by side.

/// How wide the drawing is.
const WIDTH: i32 = 48;

/// How high a row is. The drawing may be stretched to the rows of a real list.
const ROW: i32 = 40;

/// Where the threads are tied: the middle of the dots before the rows.
const TIED: i32 = 42;

/// How far the first thread reaches away from there, how much further the next one may reach, and the most that all
/// of them may reach beyond the first.
const REACH: (i32, i32, i32) = (9, 6, 31);

/// An arc between two points below each other. It leaves and arrives level, so its control points lie beside its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arc {
    /// Both ends, across.
    pub x: i32,
    /// Both control points, across; the curve comes three quarters of the way to them.
    pub bend: i32,
    /// The upper end, down.
    pub from: i32,
    /// The lower end, down.
    pub to: i32,
}

/// A drawing of threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threads {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// The threads, from the first row to each of the others.
    pub arcs: Vec<Arc>,
}

/// Threads from a first row to as many further rows. A longer thread reaches further out, so no two cross.
#[must_use]
pub fn threads(rows: usize) -> Threads {
    let rows = i32::try_from(rows).unwrap_or(i32::MAX / ROW - 1);
    let (first, step, most) = REACH;
    let gaps = (rows - 1).max(1);
    let spread = (step * gaps).min(most);
    let arc = |row: i32| {
        let reach = first + spread * row / gaps;
        Arc { x: TIED, bend: TIED - reach * 4 / 3, from: ROW / 2, to: ROW * (row + 1) + ROW / 2 }
    };
    Threads { width: WIDTH, height: ROW * (rows + 1), arcs: (0..rows).map(arc).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How far to the left a thread comes.
    fn left(arc: &Arc) -> i32 {
        (arc.x + 3 * arc.bend) / 4
    }

    #[test]
    fn every_thread_ends_in_the_middle_of_its_row() {
        let drawn = threads(3);
        let ends: Vec<(i32, i32)> = drawn.arcs.iter().map(|arc| (arc.from, arc.to)).collect();
        assert_eq!((ends, drawn.height), (vec![(20, 60), (20, 100), (20, 140)], 160));
    }

    #[test]
    fn longer_threads_lie_outside_shorter_ones_and_all_within_the_drawing() {
        for rows in 1..=30 {
            let arcs = threads(rows).arcs;
            assert_eq!(arcs.len(), rows);
            assert!(arcs.iter().is_sorted_by(|one, next| left(next) <= left(one)), "{rows} rows");
            assert!(arcs.iter().all(|arc| left(arc) >= 1 && arc.x < WIDTH), "{rows} rows");
        }
    }

    #[test]
    fn a_page_without_neighbours_has_nothing_to_draw() {
        assert!(threads(0).arcs.is_empty());
    }
}
