//! A site after an edit, from the one before it: what the edit does not touch is shared.

use std::sync::{Arc, OnceLock};

use super::{Memory, Site};
use crate::config::Audience;
use crate::discover::PageFile;
use crate::graph::{Graph, Target};
use crate::layout::Atlas;
use crate::model::{Handbook, PageId};
use crate::parse::Draft;
use crate::related::Kin;
use crate::search::Search;

impl Site {
    /// This site with other texts of some pages, made at once: links are followed and the pages are ranked afresh. Nothing
    /// if the edit touches more than what stands in the texts, as any edit may where something is kept from the public.
    /// What was checked across pages stays as it was.
    #[must_use]
    pub fn edited(&self, pages: &[PageFile], memory: &Memory) -> Option<Site> {
        if self.config.audience == Audience::Public {
            return None;
        }
        let drafts = pages.iter().map(|page| memory.draft(page, (&self.config, &self.kinds, &self.handbook.wording)));
        let drafts: Vec<Arc<Draft>> = drafts.collect();
        let (handbook, edited) = self.handbook.edited(drafts)?;
        if edited.iter().any(|page| self.is_anchored(&handbook, *page)) {
            return None;
        }
        let around = (self.made.as_slice(), &self.config, &self.kinds);
        let graph = self.graph.edited((&self.handbook, &handbook), around, &edited);
        // In a bare folder files are copied because they are linked.
        let copied = self.handbook.bare && !Arc::ptr_eq(&graph.targets, &self.graph.targets);
        // Pairs that are set apart have pages, and so have the list of what is wanted and what links to a page that many
        // link to.
        let made = |graph: &Graph| graph.pages_made(&self.handbook);
        if copied || graph.relations != self.graph.relations || made(&graph) != made(&self.graph) {
            return None;
        }
        let kin = self.kin.carried((&self.handbook, &handbook), &graph, &edited);
        let mut texts = self.texts.clone();
        texts.extend(pages.iter().map(|page| (page.source.path().into(), Arc::clone(&page.source))));
        Some(Site {
            config: self.config.clone(),
            kinds: self.kinds.clone(),
            handbook,
            graph,
            kin,
            pairs: Arc::clone(&self.pairs),
            atlas: Atlas::default(),
            made: self.made.clone(),
            outputs: Arc::clone(&self.outputs),
            findings: self.findings.clone(),
            skipped: self.skipped,
            theme: self.theme.clone(),
            search: self.search.clone(),
            queries: self.queries.clone(),
            known: Arc::clone(&self.known),
            texts,
            today: self.today.clone(),
            guard: Arc::clone(&self.guard),
        })
    }

    /// Whether other pages may link to anchors that an edit made or removed.
    fn is_anchored(&self, book: &Handbook, page: PageId) -> bool {
        let ids = |book: &Handbook| {
            let page = book.page(page)?;
            Some(page.anchor_ids().into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        if ids(&self.handbook) == ids(book) {
            return false;
        }
        let to_anchor = |target: &Target| match target {
            Target::Page(to, anchor) => *to == page && anchor.is_some(),
            Target::NoAnchor(to) => *to == page,
            _ => false,
        };
        let from = self.graph.backlinks_of(page).iter();
        from.filter_map(|link| self.graph.targets.get(link.from.index())).flatten().any(to_anchor)
    }

    /// This site's words, for a state of the handbook with the same pages: they do until its own are worked out. Else none.
    pub(super) fn search_for(&self, book: &Handbook) -> OnceLock<Arc<Search>> {
        let known = self.search.get().filter(|_| book.has_pages_of(&self.handbook));
        known.map_or_else(OnceLock::new, |search| Arc::clone(search).into())
    }

    /// This site's rankings, for another state of the handbook. Pages with other texts are ranked afresh, unless they are
    /// many.
    pub(super) fn kin_for(&self, book: &Handbook, graph: &Graph) -> Kin {
        let other = |(id, page): (PageId, &crate::model::Page)| {
            let before = self.handbook.page(id)?;
            (!Arc::ptr_eq(&before.draft, &page.draft)).then_some(id)
        };
        let edited: Vec<PageId> = book.all().filter_map(other).collect();
        self.kin.carried((&self.handbook, book), graph, edited.get(..MOST.min(edited.len())).unwrap_or(&[]))
    }
}

/// Pages that are ranked afresh for one edit.
const MOST: usize = 20;
