//! Which place of the handbook an author has just edited.

use std::path::{Path, PathBuf};

use crate::model::Page;
use crate::parse::Draft;
use crate::route::Route;
use crate::site::Site;

/// The page that was edited, and its section or item; nothing where several pages changed, or none did.
pub(super) fn place(
    before: &Site,
    site: &Site,
    (changes, root): (&[PathBuf], &Path),
) -> Option<(Route, Option<String>)> {
    let path_of = |page: &Page| root.join(&*page.draft.path);
    let mut edited = site.handbook.pages.iter().filter(|page| {
        let changed = changes.binary_search(&path_of(page)).is_ok();
        changed && text(before, page.draft.source.path()) != Some(page.draft.source.text())
    });
    let page = edited.next()?;
    if edited.next().is_some() {
        return None;
    }
    let old = text(before, page.draft.source.path()).unwrap_or("");
    let new = page.draft.source.text();
    let same = old.bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
    Some((page.route.clone(), anchor_at(&page.draft, same)))
}

fn text<'s>(site: &'s Site, path: &str) -> Option<&'s str> {
    let mut pages = site.handbook.pages.iter();
    pages.find(|page| page.draft.source.path() == path).map(|page| page.draft.source.text())
}

/// The anchor of the item or section in whose source text an offset lies; none before the first heading.
pub(super) fn anchor_at(draft: &Draft, offset: usize) -> Option<String> {
    let sections = draft.sections.iter().map(|section| (section.span, section.id.as_str()));
    let items = draft.sections.iter().flat_map(|section| &section.items).map(|item| (item.span, &*item.id));
    let before = sections.chain(items).filter(|(span, _)| span.start as usize <= offset);
    before.max_by_key(|(span, _)| span.start).map(|(_, id)| id.to_owned())
}
