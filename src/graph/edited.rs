//! The links of a handbook in which the texts of some pages were edited.

use std::sync::Arc;

use super::{Graph, Target, resolve, turned_round, wanted};
use crate::config::Config;
use crate::kinds::Kinds;
use crate::model::{Handbook, MadePage, Page, PageId};

impl Graph {
    /// Follow the links of some pages again: all others lead where they led. `book` has the same pages as before, under
    /// the same names.
    #[must_use]
    pub fn edited(
        &self,
        (before, book): (&Handbook, &Handbook),
        (made, config, kinds): (&[MadePage], &Config, &Kinds),
        pages: &[PageId],
    ) -> Graph {
        let resolver = resolve::Resolver::new(book, made, (config, kinds));
        let without = resolve::Resolver::new(book, &[], (config, kinds));
        let found = pages.iter().map(|page| (*page, resolver.follow_all(*page), without.about(*page)));
        let found: Vec<(PageId, Vec<Target>, Vec<Option<PageId>>)> = found.collect();
        let same = |(page, targets, about): &(PageId, Vec<Target>, Vec<Option<PageId>>)| {
            self.targets.get(page.index()) == Some(targets)
                && self.relations.get(page.index()) == Some(about)
                && before.page(*page).zip(book.page(*page)).is_some_and(|(old, new)| links_alike(old, new))
        };
        if found.iter().all(same) {
            return self.clone();
        }
        let mut graph = self.clone();
        let (all, notes) = (Arc::make_mut(&mut graph.targets), Arc::make_mut(&mut graph.relations));
        for (page, targets, about) in found {
            if let (Some(old), Some(noted)) = (all.get_mut(page.index()), notes.get_mut(page.index())) {
                (*old, *noted) = (targets, about);
            }
        }
        let (backlinks, incoming) = turned_round(book, (all, notes));
        graph.wanted = Arc::new(wanted(book, all));
        (graph.backlinks, graph.incoming) = (Arc::new(backlinks), Arc::new(incoming));
        graph
    }
}

/// Whether what a page asks for is written alike, and its notes name the same of its links.
fn links_alike(old: &Page, new: &Page) -> bool {
    let named = |page: &Page| page.draft.links.iter().map(|link| link.target.clone()).collect::<Vec<_>>();
    let notes = |page: &Page| page.draft.relations.iter().map(|relation| relation.link).collect::<Vec<_>>();
    named(old) == named(new) && notes(old) == notes(new)
}
