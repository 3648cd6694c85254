//! Which pages of a ranking are shown: few, none that adds nothing, and every page on somebody's cards.

use std::collections::{HashMap, HashSet};

use super::{Ranked, Wishes};
use crate::graph::Graph;
use crate::model::{Handbook, PageId};

/// Below this score, or below this part of the best one, a page is not worth a place.
const LEAST: (f32, f32) = (0.10, 0.3);

/// What keeps a page off another's cards.
pub(super) struct Choice<'b> {
    book: &'b Handbook,
    graph: &'b Graph,
    wishes: &'b Wishes,
    count: usize,
    /// The front pages of folders that hold other pages.
    fronts: HashSet<PageId>,
}

/// Choose every page's cards, best first, and put its ranking in the order that shows them: what stands on the cards, or
/// would if it were worth it, comes before what can not.
pub(super) fn choose(
    book: &Handbook,
    (graph, wishes): (&Graph, &Wishes),
    (rankings, count): (&mut [Vec<Ranked>], usize),
) -> Vec<Vec<PageId>> {
    let choice = Choice::new(book, (graph, wishes), count);
    let mut firsts: Vec<Vec<First>> =
        rankings.iter().enumerate().map(|(page, ranking)| choice.firsts(page, ranking)).collect();
    if count > 0 {
        choice.rescue(rankings, &mut firsts);
    }
    for (page, (ranking, firsts)) in rankings.iter_mut().zip(&firsts).enumerate() {
        choice.reorder(page, ranking, firsts);
    }
    let shown = |firsts: Vec<First>| firsts.into_iter().filter(|first| first.shown).map(|first| first.page).collect();
    firsts.into_iter().map(shown).collect()
}

/// One of the first pages that a page's cards may show.
#[derive(Debug, Clone, Copy)]
struct First {
    page: PageId,
    /// Whether it is worth a place.
    shown: bool,
    pinned: bool,
}

impl<'b> Choice<'b> {
    /// Choose among these pages; at most `count` stand on the cards of one.
    pub(super) fn new(book: &'b Handbook, (graph, wishes): (&'b Graph, &'b Wishes), count: usize) -> Self {
        let order = &book.order;
        let holds = |folder: &&String| order.folders.contains_key(*folder) || order.inside.contains_key(*folder);
        let fronts = book.folders.iter().filter(|(folder, _)| holds(folder)).filter_map(|(_, front)| *front).collect();
        Self { book, graph, wishes, count, fronts }
    }

    /// The cards of one page by itself, and its ranking in the order that shows them: whoever was rescued onto them is not.
    pub(super) fn alone(&self, page: usize, mut ranking: Vec<Ranked>) -> (Vec<Ranked>, Vec<PageId>) {
        let firsts = self.firsts(page, &ranking);
        self.reorder(page, &mut ranking, &firsts);
        (ranking, firsts.into_iter().filter(|first| first.shown).map(|first| first.page).collect())
    }

    /// Whether `other` may stand on the cards of `page`: its notes on nearby pages do not show it, and it is not the front
    /// page of a folder with others, which is one step from all of them.
    fn may_show(&self, page: usize, other: PageId) -> bool {
        !self.is_noted(page, other) && !self.fronts.contains(&other) && self.wishes.allow(page, other)
    }

    /// Whether the notes on nearby pages show `other`, written on either of the two.
    fn is_noted(&self, page: usize, other: PageId) -> bool {
        let noted = self.graph.relations.get(page).is_some_and(|about| about.contains(&Some(other)));
        noted || self.graph.incoming.get(page).is_some_and(|notes| notes.iter().any(|note| note.from == other))
    }

    /// The first pages of a ranking that the cards may show.
    fn firsts(&self, page: usize, ranking: &[Ranked]) -> Vec<First> {
        let top = ranking.iter().map(|ranked| ranked.sum).fold(0.0, f32::max);
        let worth = |ranked: &Ranked| ranked.pinned || ranked.sum >= LEAST.0 && ranked.sum >= LEAST.1 * top;
        let first = |ranked: &Ranked| First { page: ranked.page, shown: worth(ranked), pinned: ranked.pinned };
        ranking.iter().filter(|ranked| self.may_show(page, ranked.page)).map(first).take(self.count).collect()
    }

    /// Give every page that is on nobody's cards the last place where it ranks best: one on each page's cards, and none
    /// that would make an orphan of another.
    fn rescue(&self, rankings: &[Vec<Ranked>], firsts: &mut [Vec<First>]) {
        let mut places = vec![0_usize; firsts.len()];
        for first in firsts.iter().flatten().filter(|first| first.shown) {
            if let Some(places) = places.get_mut(first.page.index()) {
                *places += 1;
            }
        }
        let is_orphan = |page: &PageId| {
            let live = self.wishes.live.get(page.index()) == Some(&true);
            places.get(page.index()) == Some(&0) && live && !self.fronts.contains(page)
        };
        let orphans: Vec<PageId> = self.book.all().map(|(page, _)| page).filter(is_orphan).collect();
        let mut hosts = self.hosts(&orphans, rankings);
        let best = |orphan: PageId| {
            let best = hosts.get(&orphan).and_then(|hosts| hosts.first());
            (best.map_or(0.0, |(score, _)| *score), orphan)
        };
        let mut order: Vec<(f32, PageId)> = orphans.into_iter().map(best).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut taken: HashSet<usize> = HashSet::new();
        for (_, orphan) in order {
            let own = hosts.remove(&orphan).unwrap_or_default().into_iter().map(|(_, host)| host);
            let host = own.chain(self.neighbours(orphan)).find(|host| {
                let open = !taken.contains(host) && self.may_show(*host, orphan);
                open && firsts.get_mut(*host).is_some_and(|firsts| self.place(orphan, firsts, &mut places))
            });
            taken.extend(host);
        }
    }

    /// Put a page in the last place, if there is room or what stands there can go.
    fn place(&self, orphan: PageId, firsts: &mut Vec<First>, places: &mut [usize]) -> bool {
        firsts.retain(|first| first.page != orphan);
        if firsts.len() >= self.count {
            let Some(last) = firsts.last() else { return false };
            let others = places.get_mut(last.page.index());
            let Some(others) = others.filter(|others| !last.pinned && (!last.shown || **others > 1)) else {
                return false;
            };
            *others -= usize::from(last.shown);
            firsts.pop();
        }
        firsts.push(First { page: orphan, shown: true, pinned: false });
        true
    }

    /// The ranking with the first pages first, but for those that notes show already: they keep their places.
    fn reorder(&self, page: usize, ranking: &mut Vec<Ranked>, firsts: &[First]) {
        let known: HashMap<PageId, Ranked> = ranking.iter().map(|ranked| (ranked.page, *ranked)).collect();
        let none = |page| Ranked { page, score: 0.0, sum: 0.0, pinned: false };
        let firsts = firsts.iter().map(|first| known.get(&first.page).copied().unwrap_or(none(first.page)));
        let mut free: Vec<Ranked> = firsts.collect();
        let rest = ranking.iter().filter(|ranked| !self.is_noted(page, ranked.page));
        let rest: Vec<Ranked> =
            rest.filter(|ranked| free.iter().all(|first| first.page != ranked.page)).copied().collect();
        free.extend(rest);
        let mut free = free.into_iter();
        let keep = |ranked: &Ranked| if self.is_noted(page, ranked.page) { Some(*ranked) } else { free.next() };
        let mut reordered: Vec<Ranked> = ranking.iter().filter_map(keep).collect();
        reordered.extend(free);
        *ranking = reordered;
    }

    /// For each orphan the pages in whose rankings it stands, best first; where there are none, those in its own.
    fn hosts(&self, orphans: &[PageId], rankings: &[Vec<Ranked>]) -> HashMap<PageId, Vec<(f32, usize)>> {
        let mut hosts: HashMap<PageId, Vec<(f32, usize)>> =
            orphans.iter().map(|orphan| (*orphan, Vec::new())).collect();
        for (host, ranking) in rankings.iter().enumerate() {
            for ranked in ranking {
                if let Some(hosts) = hosts.get_mut(&ranked.page) {
                    hosts.push((ranked.score, host));
                }
            }
        }
        for orphan in orphans {
            let Some(found) = hosts.get_mut(orphan) else { continue };
            let own = rankings.get(orphan.index()).into_iter().flatten();
            found.extend(own.map(|ranked| (ranked.score, ranked.page.index())));
            found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        hosts
    }

    /// The other pages of a page's folder, for one that has no words.
    fn neighbours(&self, page: PageId) -> impl Iterator<Item = usize> {
        let folder = self.book.page(page).and_then(|page| self.book.order.folders.get(page.folder()));
        folder.into_iter().flatten().map(|other| other.index()).filter(move |other| *other != page.index())
    }
}
