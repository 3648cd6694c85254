//! Embeds that lead back to themselves.

use std::collections::HashMap;
use std::ops::Range;

use super::{Graph, Target, is_embed};
use crate::model::{Handbook, PageId};
use crate::prose::{Frag, Hole};

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

/// An embed: where it stands, and the number of the text that it shows.
struct Embed {
    page: PageId,
    at: u32,
    link: u32,
    shows: usize,
}

/// Every embed that leads back to itself, in order of page and link.
///
/// The texts that are embedded are the nodes of a graph, the embeds in them its edges; an embed leads back to itself
/// if its text and a text it stands in can reach each other.
#[must_use]
pub fn embed_cycles(book: &Handbook, graph: &Graph) -> Vec<Cycle> {
    let mut numbers: HashMap<(PageId, Frag), usize> = HashMap::new();
    let mut texts = Vec::new();
    let mut embeds = Vec::new();
    for (page, of) in book.all().filter(|(_, page)| page.draft.links.iter().any(is_embed)) {
        for (at, hole) in of.draft.flow.holes(of.draft.flow.since(0)) {
            let Hole::Embed(link) = *hole else { continue };
            let Some(text) = graph.embedded(book, (page, link)) else { continue };
            let shows = *numbers.entry(text).or_insert_with(|| {
                texts.push(text);
                texts.len() - 1
            });
            embeds.push(Embed { page, at: *at, link, shows });
        }
    }
    let place = |page: PageId, at: u32| embeds.partition_point(|embed| (embed.page, embed.at) < (page, at));
    let inside = texts.iter().map(|(page, text)| place(*page, text.start)..place(*page, text.end));
    let inside: Vec<Range<usize>> = inside.collect();
    let circles = circles(&embeds, &inside);
    let mut back = vec![false; embeds.len()];
    for (range, circle) in inside.into_iter().zip(&circles) {
        for index in range {
            let shows = embeds.get(index).and_then(|embed| circles.get(embed.shows));
            if let Some(back) = back.get_mut(index).filter(|_| shows == Some(circle)) {
                *back = true;
            }
        }
    }
    let found = embeds.iter().zip(back).filter(|(_, back)| *back);
    found.map(|(embed, _)| Cycle { page: embed.page, link: embed.link }).collect()
}

/// For each text the circle it belongs to: those that reach each other have the same number. `inside` says which
/// embeds stand in a text. (Tarjan's strongly connected components, without recursion.)
fn circles(embeds: &[Embed], inside: &[Range<usize>]) -> Vec<usize> {
    let mut walk = Walk { order: vec![None; inside.len()], low: vec![0; inside.len()], ..Walk::default() };
    walk.circle = vec![usize::MAX; inside.len()];
    for root in 0..inside.len() {
        if walk.order.get(root).copied().flatten().is_some() {
            continue;
        }
        walk.enter(root, inside);
        while let Some((text, mut rest)) = walk.path.pop() {
            match rest.next().and_then(|embed| embeds.get(embed)) {
                Some(embed) => {
                    walk.path.push((text, rest));
                    match walk.order.get(embed.shows).copied().flatten() {
                        None => walk.enter(embed.shows, inside),
                        Some(order) if walk.circle.get(embed.shows) == Some(&usize::MAX) => walk.reach(text, order),
                        Some(_) => {}
                    }
                }
                None => walk.leave(text),
            }
        }
    }
    walk.circle
}

#[derive(Default)]
struct Walk {
    /// When each text was entered, and the earliest text on the way to it that it reaches.
    order: Vec<Option<usize>>,
    low: Vec<usize>,
    circle: Vec<usize>,
    /// Texts entered whose circle is not known yet.
    open: Vec<usize>,
    /// The way to where we are: each text and the embeds in it that were not followed yet.
    path: Vec<(usize, Range<usize>)>,
    entered: usize,
}

impl Walk {
    fn enter(&mut self, text: usize, inside: &[Range<usize>]) {
        if let (Some(order), Some(low)) = (self.order.get_mut(text), self.low.get_mut(text)) {
            *order = Some(self.entered);
            *low = self.entered;
        }
        self.entered += 1;
        self.open.push(text);
        self.path.push((text, inside.get(text).cloned().unwrap_or_default()));
    }

    fn reach(&mut self, text: usize, order: usize) {
        if let Some(low) = self.low.get_mut(text) {
            *low = order.min(*low);
        }
    }

    fn leave(&mut self, text: usize) {
        let low = self.low.get(text).copied().unwrap_or(0);
        if let Some((above, _)) = self.path.last() {
            self.reach(*above, low);
        }
        if self.order.get(text).copied().flatten() != Some(low) {
            return;
        }
        while let Some(member) = self.open.pop() {
            if let Some(circle) = self.circle.get_mut(member) {
                *circle = low;
            }
            if member == text {
                return;
            }
        }
    }
}
