//! The view of all pages one after the other, for paper.

use std::collections::HashSet;

use super::ChapterView;
use super::shelf::{Here, Shelf};
use crate::model::{Group, PageId, Part};
use crate::route::Route;

impl<'s> Shelf<'s> {
    /// The addresses of the pages that stand together for print. An author's page at that address is none of them.
    pub(super) fn bound(&self, part: Part, here: &Route) -> HashSet<&'s Route> {
        let ids = self.handbook.lists.print.on(part).iter().flat_map(|group| &group.entries);
        let pages = ids.filter_map(|id| self.handbook.page(*id)).filter(|page| page.route != *here);
        pages.map(|page| &page.route).collect()
    }

    /// The areas with their pages' whole text.
    pub(super) fn chapters(&self, part: Part, here: Here<'_>) -> Vec<ChapterView> {
        let groups = self.handbook.lists.print.on(part).iter();
        let chapter = |group: &Group<PageId>| {
            let pages = group.entries.iter().filter_map(|id| Some((*id, self.handbook.page(*id)?)));
            let pages = pages.filter(|(_, page)| page.route != *here.route);
            ChapterView {
                title: group.title.clone(),
                id: format!("theme:{}", group.key),
                contents: pages.clone().map(|(_, page)| self.link(page, here)).collect(),
                pages: pages.map(|(id, page)| self.written(id, page, here)).collect(),
            }
        };
        groups.map(chapter).collect()
    }
}
