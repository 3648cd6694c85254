//! Which names can be read at which zoom: none lies on another, and a nearer look shows more of them.

use std::collections::HashMap;

use super::settle::Point;

/// Room between two names.
const GAP: f64 = 3.0;

/// Half of the room that a point takes.
const DOT: f64 = 3.5;

/// A name at a point of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Label {
    /// The point, in units of the drawing.
    pub(super) at: Point,
    /// How far below the point its middle stands, on the screen.
    pub(super) below: f64,
    /// Its size on the screen.
    pub(super) width: f64,
    /// See `width`.
    pub(super) height: f64,
}

/// For each name, the most important first, the zoom from which it is shown: 0 is the whole drawing with one point of the
/// screen for a unit, and each further one doubles that. A name that has no room even at the `deepest` gets one more.
///
/// Names are centred on their points, so two that are free of each other stay so in every nearer look. Where names that
/// stand `below` their points would lie on one of the `dots`, they wait for a nearer look too.
pub(super) fn levels(labels: &[Label], dots: &[Point], deepest: u8) -> Vec<u8> {
    let mut levels = vec![deepest + 1; labels.len()];
    let mut scale = 1.0;
    for level in 0..=deepest {
        let mut grid = Grid::new(dots, scale);
        let shown = |known: &u8| *known < level;
        let before: Vec<usize> = (0..labels.len()).filter(|at| levels.get(*at).is_some_and(shown)).collect();
        let waiting = (0..labels.len()).filter(|at| !levels.get(*at).is_some_and(shown));
        let placed: Vec<usize> = before
            .iter()
            .copied()
            .chain(waiting)
            .enumerate()
            .filter(|(order, at)| labels.get(*at).is_some_and(|label| grid.take(label, scale, *order < before.len())))
            .map(|(_, at)| at)
            .collect();
        for at in placed.into_iter().skip(before.len()) {
            if let Some(known) = levels.get_mut(at) {
                *known = level;
            }
        }
        scale *= 2.0;
    }
    levels
}

/// Boxes on the screen, found by where they lie.
#[derive(Default)]
struct Grid {
    boxes: Vec<[f64; 4]>,
    cells: HashMap<(i32, i32), Vec<u32>>,
    /// The first boxes are dots.
    dots: usize,
}

impl Grid {
    fn new(dots: &[Point], scale: f64) -> Grid {
        let mut grid = Grid { dots: dots.len(), ..Grid::default() };
        for dot in dots.iter().map(|dot| *dot * scale) {
            grid.add([dot.x - DOT, dot.x + DOT, dot.y - DOT, dot.y + DOT]);
        }
        grid
    }

    fn add(&mut self, own: [f64; 4]) {
        let number = u32::try_from(self.boxes.len()).unwrap_or(u32::MAX);
        for cell in cells(&own) {
            self.cells.entry(cell).or_default().push(number);
        }
        self.boxes.push(own);
    }

    /// Take a name in, if it is free of all others or is `sure` to be.
    fn take(&mut self, label: &Label, scale: f64, sure: bool) -> bool {
        let (x, y) = (label.at.x * scale, label.at.y * scale + label.below);
        let (width, height) = ((label.width + GAP) * 0.5, (label.height + GAP) * 0.5);
        let own = [x - width, x + width, y - height, y + height];
        let counts = |at: &u32| label.below > 0.0 || *at as usize >= self.dots;
        let taken = |at: &u32| counts(at) && self.boxes.get(*at as usize).is_some_and(|other| overlap(&own, other));
        if !sure && cells(&own).any(|cell| self.cells.get(&cell).is_some_and(|inside| inside.iter().any(taken))) {
            return false;
        }
        self.add(own);
        true
    }
}

/// The squares of the grid that a box touches.
fn cells([left, right, top, bottom]: &[f64; 4]) -> impl Iterator<Item = (i32, i32)> + use<> {
    let cell = |at: f64, side: f64| (at / side).floor() as i32;
    let (columns, rows) = (cell(*left, 96.0)..=cell(*right, 96.0), cell(*top, 32.0)..=cell(*bottom, 32.0));
    rows.flat_map(move |row| columns.clone().map(move |column| (column, row)))
}

fn overlap(one: &[f64; 4], other: &[f64; 4]) -> bool {
    let [left, right, top, bottom] = one;
    let [other_left, other_right, other_top, other_bottom] = other;
    left < other_right && other_left < right && top < other_bottom && other_top < bottom
}

/// About how wide a text is, in points, at a size of one: rather too much than too little.
#[must_use]
pub(super) fn width(text: &str) -> f64 {
    let wide = |c: char| match c {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | '’' | '|' | '!' | ':' | ';' => 0.28,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '-' | 'I' => 0.38,
        'm' | 'w' | 'M' | 'W' | '…' | '—' => 0.92,
        'A'..='Z' => 0.7,
        c if (c as u32) >= 0x1100 && c.is_alphanumeric() => 1.05,
        c if c.is_alphanumeric() => 0.58,
        _ => 0.66,
    };
    text.chars().map(wide).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(hashes: u64) -> Vec<Label> {
        let at = |n: u64| Point::of_hash(n) * 400.0;
        (0..hashes).map(|n| Label { at: at(n), below: 12.0, width: 60.0 + (n % 90) as f64, height: 15.0 }).collect()
    }

    #[test]
    fn no_name_lies_on_another_in_any_look() {
        let labels = labels(800);
        let dots: Vec<Point> = labels.iter().map(|label| label.at).collect();
        let levels = levels(&labels, &dots, 5);
        for level in 0..=5_u8 {
            // Between two levels too.
            for part in [1.0, 1.3, 1.9] {
                let scale = f64::from(1 << level) * part;
                let shown: Vec<&Label> =
                    labels.iter().zip(&levels).filter(|(_, known)| **known <= level).map(|(label, _)| label).collect();
                for (index, one) in shown.iter().enumerate() {
                    for other in &shown[..index] {
                        let way = (one.at - other.at) * scale;
                        let free = way.x.abs() >= (one.width + other.width) / 2.0
                            || (way.y + one.below - other.below).abs() >= (one.height + other.height) / 2.0;
                        assert!(free, "{one:?} lies on {other:?} at {scale}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_nearer_look_shows_more() {
        let found = levels(&labels(800), &[], 5);
        let counts: Vec<usize> = (0..=5).map(|level| found.iter().filter(|known| **known <= level).count()).collect();
        assert!(counts.windows(2).all(|two| two[0] <= two[1]) && counts[0] < counts[2], "{counts:?}");
        assert_eq!(found[0], 0, "the most important name is always shown");
    }
}
