//! Points in nested squares: what lies far away pushes as one (Barnes and Hut).

use super::settle::Point;

/// A square is taken as one point where it looks smaller than this from where one stands.
const OPENING: f64 = 0.9;

/// Squares are not divided further than this: points in one place stay together.
const DEEPEST: u32 = 24;

/// Added to squared distances, so that two points in almost one place do not throw each other away.
const SOFTNESS: f64 = 0.01;

/// No square.
const NONE: u32 = u32::MAX;

/// One square: the points in it, as one.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// The sum of its points.
    sum: Point,
    /// How many.
    count: f64,
    /// The length of its side.
    side: f64,
    inside: [u32; 4],
}

/// Squares over a set of points.
#[derive(Debug)]
pub(super) struct Quadtree {
    cells: Vec<Cell>,
}

impl Quadtree {
    /// Divide the plane around these points, put in one after the other.
    pub(super) fn new(points: &[Point]) -> Quadtree {
        let far = |most: f64, point: &Point| most.max(point.x.max(-point.x)).max(point.y.max(-point.y));
        let half = points.iter().fold(1e-6, far);
        let mut tree = Quadtree { cells: Vec::with_capacity(points.len() * 2 + 1) };
        tree.cells.push(Cell::empty(half * 2.0));
        for point in points {
            tree.insert(*point, half);
        }
        tree
    }

    fn insert(&mut self, point: Point, half: f64) {
        let (mut at, mut middle, mut half) = (0, Point::default(), half);
        for depth in 0..=DEEPEST {
            let Some(cell) = self.cells.get_mut(at as usize) else { return };
            let before = *cell;
            cell.sum = before.sum + point;
            cell.count += 1.0;
            if before.count < 0.5 || depth == DEEPEST {
                return;
            }
            half /= 2.0;
            // The only point of a square goes further down as soon as a second one comes.
            if before.inside == [NONE; 4] {
                let child = self.child(at, quarter(before.sum, middle), half * 2.0);
                if let Some(child) = self.cells.get_mut(child as usize) {
                    (child.sum, child.count) = (before.sum, before.count);
                }
            }
            let way = quarter(point, middle);
            at = self.child(at, way, half * 2.0);
            middle = Point {
                x: if way & 1 == 1 { middle.x + half } else { middle.x - half },
                y: if way & 2 == 2 { middle.y + half } else { middle.y - half },
            };
        }
    }

    /// The square inside `at` on this side, made if there is none.
    fn child(&mut self, at: u32, way: usize, side: f64) -> u32 {
        let known = self.cells.get(at as usize).and_then(|cell| cell.inside.get(way)).copied().unwrap_or(NONE);
        if known != NONE {
            return known;
        }
        let new = u32::try_from(self.cells.len()).unwrap_or(NONE);
        self.cells.push(Cell::empty(side));
        if let Some(way) = self.cells.get_mut(at as usize).and_then(|cell| cell.inside.get_mut(way)) {
            *way = new;
        }
        new
    }

    /// How all points together push at one: each by its distance's inverse.
    pub(super) fn push(&self, from: Point, stack: &mut Vec<u32>) -> Point {
        let mut push = Point::default();
        stack.clear();
        stack.push(0);
        while let Some(cell) = stack.pop().and_then(|at| self.cells.get(at as usize)) {
            let way = from - cell.sum * (1.0 / cell.count);
            let distance = way.squared();
            let leaf = cell.inside == [NONE; 4];
            if leaf || cell.side * cell.side < OPENING * OPENING * distance {
                // A point does not push itself: it is at no distance.
                push = push + way * (cell.count / (distance + SOFTNESS));
            } else {
                stack.extend(cell.inside.iter().filter(|inside| **inside != NONE));
            }
        }
        push
    }
}

impl Cell {
    fn empty(side: f64) -> Cell {
        Cell { sum: Point::default(), count: 0.0, side, inside: [NONE; 4] }
    }
}

/// Which quarter of a square a point lies in.
fn quarter(point: Point, middle: Point) -> usize {
    usize::from(point.x >= middle.x) + 2 * usize::from(point.y >= middle.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_points_push_almost_as_they_would_one_by_one() {
        let points: Vec<Point> =
            (0..400_u64).map(|n| Point::of_hash(n.wrapping_mul(0x9e37_79b9_7f4a_7c15)) * 10.0).collect();
        let tree = Quadtree::new(&points);
        for from in &points {
            let exact = points.iter().fold(Point::default(), |sum, point| {
                let way = *from - *point;
                sum + way * (1.0 / (way.squared() + SOFTNESS))
            });
            let error = (tree.push(*from, &mut Vec::new()) - exact).length();
            assert!(error < 0.05 * exact.length() + 1.0, "{error} of {}", exact.length());
        }
    }

    #[test]
    fn points_in_one_place_do_not_divide_the_plane_for_ever() {
        let tree = Quadtree::new(&[Point { x: 1.0, y: 1.0 }; 50]);
        assert!(tree.cells.len() < 200, "{} squares", tree.cells.len());
        assert_eq!(tree.push(Point { x: 1.0, y: 1.0 }, &mut Vec::new()), Point::default());
    }
}
