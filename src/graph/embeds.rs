//! Embeds that lead back to themselves.

use super::{Graph, Target, is_embed};
use crate::model::{Handbook, PageId};
use crate::prose::{Frag, Hole};

/// How deep embeds may stand in each other before they are shown as links.
const DEEPEST: usize = 8;

/// An embed that would show itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cycle {
    /// The page it stands on.
    pub page: PageId,
    /// The link.
    pub link: u32,
}

impl Graph {
    /// What an embed shows: the page and the part of its text; `None` if it does not lead to text.
    #[must_use]
    pub fn embedded(&self, book: &Handbook, (page, link): (PageId, u32)) -> Option<(PageId, Frag)> {
        let Target::Page(to, anchor) = self.target(page, link) else { return None };
        let of = book.page(*to)?;
        let body = match anchor {
            Some(anchor) => of.anchor(anchor)?.body,
            None => {
                let first = of.draft.sections.first()?.body;
                let last = of.draft.sections.last()?.body;
                Frag { start: first.start, end: last.end }
            }
        };
        Some((*to, body))
    }
}

/// Every embed that leads back to itself, in order of page and link.
#[must_use]
pub fn embed_cycles(book: &Handbook, graph: &Graph) -> Vec<Cycle> {
    let mut found = Vec::new();
    for (page, of) in book.all() {
        if !of.draft.links.iter().any(is_embed) {
            continue;
        }
        let whole = of.draft.flow.since(0);
        for (at, hole) in of.draft.flow.holes(whole) {
            let Hole::Embed(link) = hole else { continue };
            let mut walk = Walk { book, graph, chain: vec![(page, *at)], steps: 0 };
            if walk.returns((page, *link)) {
                found.push(Cycle { page, link: *link });
            }
        }
    }
    found
}

struct Walk<'a> {
    book: &'a Handbook,
    graph: &'a Graph,
    chain: Vec<(PageId, u32)>,
    steps: usize,
}

impl Walk<'_> {
    /// Whether following this embed leads back to one that is being followed.
    fn returns(&mut self, embed: (PageId, u32)) -> bool {
        self.steps += 1;
        let Some((to, body)) = self.graph.embedded(self.book, embed) else { return false };
        let inside = |(page, at): &(PageId, u32)| *page == to && body.start <= *at && *at < body.end;
        if self.chain.iter().any(inside) {
            return true;
        }
        if self.chain.len() > DEEPEST || self.steps > 2_000 {
            return false;
        }
        let Some(of) = self.book.page(to) else { return false };
        let next: Vec<(u32, u32)> = of
            .draft
            .flow
            .holes(body)
            .filter_map(|(at, hole)| if let Hole::Embed(link) = hole { Some((*at, *link)) } else { None })
            .collect();
        next.into_iter().any(|(at, link)| {
            self.chain.push((to, at));
            let back = self.returns((to, link));
            self.chain.pop();
            back
        })
    }
}
