//! Where drawings put things: the threads of a page, the arcs of the map, the places of the constellation.
//!
//! All of it is worked out with additions, multiplications, divisions and square roots alone, which every machine rounds
//! alike: the same handbook gives the same drawing to the bit.

use std::sync::OnceLock;

use crate::graph::Graph;
use crate::model::Handbook;
use crate::related::Kin;

mod arcs;
mod clusters;
mod labels;
mod quadtree;
mod settle;
mod sky;
mod threads;
mod weave;

pub use arcs::arcs;
pub use settle::Point;
pub use sky::{Cluster, DEEPEST, Sky, Star};
pub use threads::{Arc, Threads, threads};
pub use weave::{Tie, Weave, ties_of};

/// What the drawings of a handbook stand on, worked out when it is first asked for.
#[derive(Debug, Default)]
pub struct Atlas {
    weave: OnceLock<Weave>,
    sky: OnceLock<Sky>,
}

impl Atlas {
    /// Which pages are tied to which.
    pub fn weave(&self, (book, graph, kin): (&Handbook, &Graph, &Kin)) -> &Weave {
        self.weave.get_or_init(|| Weave::new(book, graph, kin))
    }

    /// The constellation.
    pub fn sky(&self, (book, graph, kin): (&Handbook, &Graph, &Kin)) -> &Sky {
        self.sky.get_or_init(|| Sky::new(book, self.weave((book, graph, kin))))
    }
}
