//! Rankings of a handbook that was edited since all its pages were compared: near enough to be shown at once, until they
//! are compared again.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::cards::Choice;
use super::{Ground, Kin, Links, Ranked, Wishes, allowed, ordered};
use crate::graph::Graph;
use crate::model::{Handbook, PageId};

impl Kin {
    /// The rankings as they were in `before`, without pages that are gone or may not be suggested any more. Where the pages
    /// are the same, those in `edited` are ranked afresh, against the others as they were: the rarity of words and the
    /// correction of hubs are as they were too.
    #[must_use]
    pub fn carried(&self, (before, book): (&Handbook, &Handbook), graph: &Graph, edited: &[PageId]) -> Kin {
        let wishes = Wishes::new(book);
        match self.ground.as_ref().filter(|_| book.has_pages_of(before)) {
            Some(ground) => self.afresh(ground, (book, graph, wishes), edited),
            None => self.moved((before, book), wishes),
        }
    }

    fn afresh(
        &self,
        ground: &Arc<Ground>,
        (book, graph, wishes): (&Handbook, &Graph, Wishes),
        edited: &[PageId],
    ) -> Kin {
        let (mut rankings, mut cards) = (self.rankings.clone(), self.cards.clone());
        let choice = Choice::new(book, (graph, &wishes), ground.shown);
        for page in edited {
            let mut ranking = ground.afresh((book, graph, &wishes), *page);
            ranking.truncate(ground.kept);
            let (ranking, chosen) = choice.alone(page.index(), ranking);
            if let (Some(old), Some(shown)) = (rankings.get_mut(page.index()), cards.get_mut(page.index())) {
                (*old, *shown) = (ranking.into(), chosen.into());
            }
        }
        let told = cards.iter().map(|_| OnceLock::new()).collect();
        let mut kin = Kin { rankings, cards, told, wishes, ground: Some(Arc::clone(ground)) };
        kin.drop_what_may_not_be_shown();
        kin
    }

    fn drop_what_may_not_be_shown(&mut self) {
        let wishes = &self.wishes;
        for (page, cards) in self.cards.iter_mut().enumerate() {
            if !cards.iter().all(|other| wishes.allow(page, *other)) {
                *cards = cards.iter().copied().filter(|other| wishes.allow(page, *other)).collect();
            }
        }
    }

    /// The rankings among other pages: numbers are translated, and reasons that were told are told again.
    fn moved(&self, (before, book): (&Handbook, &Handbook), wishes: Wishes) -> Kin {
        let now: Vec<Option<PageId>> = before.pages.iter().map(|page| book.by_id(page.id())).collect();
        let was: HashMap<PageId, usize> =
            now.iter().enumerate().filter_map(|(old, new)| Some(((*new)?, old))).collect();
        let translated = |page: &PageId| now.get(page.index()).copied().flatten();
        let mut kin = Kin { wishes, ..Kin::default() };
        for (page, _) in book.all() {
            let old = was.get(&page).copied().unwrap_or(usize::MAX);
            let ranking = self.rankings.get(old).into_iter().flat_map(|ranking| ranking.iter());
            let ranking = ranking.filter_map(|ranked| Some(Ranked { page: translated(&ranked.page)?, ..*ranked }));
            kin.rankings.push(ranking.collect());
            let cards = self.cards.get(old).map_or(&[][..], |cards| cards);
            let told = self.told.get(old).and_then(OnceLock::get);
            let kept = cards.iter().enumerate().filter_map(|(at, card)| {
                let other = translated(card).filter(|other| kin.wishes.allow(page.index(), *other))?;
                Some((other, told.and_then(|told| told.get(at)).cloned().unwrap_or_default()))
            });
            let (cards, told): (Vec<PageId>, Vec<_>) = kept.unzip();
            kin.cards.push(cards.into());
            kin.told.push(OnceLock::from(Arc::from(told)));
        }
        kin
    }
}

impl Ground {
    /// The ranking of one page whose text was edited.
    fn afresh(&self, (book, graph, wishes): (&Handbook, &Graph, &Wishes), page: PageId) -> Vec<Ranked> {
        let Some(stems) = book.page(page).map(|page| &page.draft.stems) else { return Vec::new() };
        let found = self.scorer.afresh((page.index(), stems), &Links::of(graph, page.index()));
        let scores = allowed(wishes, page.index(), &found);
        ordered((page.index(), scores), (&self.reach, wishes))
    }
}
