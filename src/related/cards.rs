//! Which pages of a ranking are shown: few, none that adds nothing, and every page on somebody's cards.

use std::collections::{HashMap, HashSet};

use super::{Ranked, Wishes};
use crate::graph::Graph;
use crate::model::{Handbook, PageId};

/// Below this score, or below this part of the best one, a page is not worth a place.
const LEAST: (f32, f32) = (0.10, 0.3);

/// What keeps a page off another's cards.
struct Choice<'b> {
    book: &'b Handbook,
    graph: &'b Graph,
    wishes: &'b Wishes,
    count: usize,
}

/// The cards of every page, best first.
pub(super) fn choose(
    book: &Handbook,
    (graph, wishes): (&Graph, &Wishes),
    (rankings, count): (&[Vec<Ranked>], usize),
) -> Vec<Vec<PageId>> {
    let choice = Choice { book, graph, wishes, count };
    let mut cards: Vec<Vec<PageId>> =
        rankings.iter().enumerate().map(|(page, ranking)| choice.best(page, ranking)).collect();
    if count > 0 {
        choice.rescue(rankings, &mut cards);
    }
    cards
}

impl Choice<'_> {
    /// Whether `other` may stand on the cards of `page`: its notes on nearby pages do not show it, and it is not the
    /// handbook's front page, which is one step from everywhere.
    fn may_show(&self, page: usize, other: PageId) -> bool {
        let noted = self.graph.relations.get(page).is_some_and(|about| about.contains(&Some(other)));
        let noting = self.graph.incoming.get(page).is_some_and(|notes| notes.iter().any(|note| note.from == other));
        let home = self.book.page(other).is_none_or(|other| other.route.path() == "index.html");
        !noted && !noting && !home && self.wishes.allow(page, other)
    }

    fn best(&self, page: usize, ranking: &[Ranked]) -> Vec<PageId> {
        let top = ranking.iter().map(|ranked| ranked.sum).fold(0.0, f32::max);
        let worth = |ranked: &&Ranked| ranked.pinned || ranked.sum >= LEAST.0 && ranked.sum >= LEAST.1 * top;
        let shown = ranking.iter().filter(worth).map(|ranked| ranked.page);
        shown.filter(|other| self.may_show(page, *other)).take(self.count).collect()
    }

    /// Give every page that is on nobody's cards the last place where it ranks best: one on each page's cards, and none
    /// that would make an orphan of another.
    fn rescue(&self, rankings: &[Vec<Ranked>], cards: &mut [Vec<PageId>]) {
        let mut shown = vec![0_usize; cards.len()];
        for page in cards.iter().flatten() {
            if let Some(shown) = shown.get_mut(page.index()) {
                *shown += 1;
            }
        }
        let is_orphan =
            |page: &PageId| shown.get(page.index()) == Some(&0) && self.wishes.live.get(page.index()) == Some(&true);
        let orphans: Vec<PageId> = self.book.all().map(|(page, _)| page).filter(is_orphan).collect();
        let mut hosts = self.hosts(&orphans, rankings);
        let mut order: Vec<(f32, PageId)> = orphans
            .into_iter()
            .map(|orphan| (hosts.get(&orphan).and_then(|hosts| hosts.first()).map_or(0.0, |(score, _)| *score), orphan))
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut taken: HashSet<usize> = HashSet::new();
        for (_, orphan) in order {
            let own = hosts.remove(&orphan).unwrap_or_default();
            for host in own.into_iter().map(|(_, host)| host).chain(self.neighbours(orphan)) {
                if taken.contains(&host) || !self.may_show(host, orphan) {
                    continue;
                }
                let Some(list) = cards.get_mut(host) else { continue };
                if list.len() >= self.count {
                    let pinned = rankings.get(host).map_or(0, |ranking| ranking.iter().filter(|r| r.pinned).count());
                    let Some(last) = list.last().map(|last| last.index()).filter(|_| list.len() > pinned) else {
                        continue;
                    };
                    let Some(places) = shown.get_mut(last).filter(|places| **places > 1) else { continue };
                    *places -= 1;
                    list.pop();
                }
                list.push(orphan);
                taken.insert(host);
                break;
            }
        }
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
