//! Why a page is suggested on another, in words that a reader understands.

use crate::graph::Graph;
use crate::model::{Handbook, PageId};

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What it rests on: `pinned`, `apart`, `linked`, `links`, `names`, `named`, `cited`, `driver`, `words`, `tags`, `area`.
    pub kind: &'static str,
    /// A sentence without its full stop.
    pub text: String,
    /// What it names: words, titles, labels, tags.
    pub terms: Vec<String>,
}

/// The reasons of one page's suggestions.
#[derive(Debug)]
pub struct Why;

impl Why {
    /// Why `other` is suggested.
    #[must_use]
    pub fn reasons(&self, _: PageId) -> Vec<Reason> {
        Vec::new()
    }
}

impl super::Kin {
    /// The reasons for the suggestions on a page.
    #[must_use]
    pub fn why(&self, _: &Handbook, _: &Graph, _: PageId) -> Why {
        Why
    }
}
