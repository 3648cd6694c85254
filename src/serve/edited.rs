//! Which place of the handbook an author has just edited.

use std::path::{Path, PathBuf};

use crate::diag::Texts as _;
use crate::parse::Draft;
use crate::route::Route;
use crate::site::Site;

/// The page that was edited, and its section or item; nothing where several pages changed, or none did.
pub(super) fn place(
    (before, site): (&Site, &Site),
    changes: &[PathBuf],
    root: &Path,
) -> Option<(Route, Option<String>)> {
    let paths = changes.iter().filter_map(|path| path.strip_prefix(root).ok()?.to_str());
    let text = |site: &Site, path: &str| site.source(path).map(|source| source.text().to_owned());
    let mut edited = paths.filter_map(|path| {
        let (old, new) = (text(before, path).unwrap_or_default(), text(site, path)?);
        (old != new).then_some((path, old, new))
    });
    let (path, old, new) = edited.next()?;
    let page = site.handbook.pages.iter().find(|page| &*page.draft.path == path).filter(|_| edited.next().is_none())?;
    let same = old.bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
    // What is added begins where its first word stands, not in the blank lines before it.
    let blank = new.bytes().skip(same).take_while(u8::is_ascii_whitespace).count();
    let same = same + blank;
    Some((page.route.clone(), anchor_at(&page.draft, same)))
}

/// The anchor of the item or section in whose source text an offset lies; none before the first heading.
pub(super) fn anchor_at(draft: &Draft, offset: usize) -> Option<String> {
    let sections = draft.sections.iter().map(|section| (section.span, section.id.as_str()));
    let items = draft.sections.iter().flat_map(|section| &section.items).map(|item| (item.span, &*item.id));
    let before = sections.chain(items).filter(|(span, _)| span.start as usize <= offset);
    before.max_by_key(|(span, _)| span.start).map(|(_, id)| id.to_owned())
}
