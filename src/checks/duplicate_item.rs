//! `duplicate-item`: two items of a page with the same words.

use super::{Book, Findings};
use crate::diag::Diagnostic;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        let items = || page.draft.sections.iter().flat_map(|section| &section.items);
        for item in items().filter(|item| item.twin) {
            let mut finding =
                Diagnostic::new("duplicate-item", "an earlier item has the same words").at(&page.draft.path, item.span);
            // A twin is called as the first one, with a number behind it.
            let first = item.id.rsplit_once('-').and_then(|(id, _)| items().find(|first| *first.id == *id));
            if let Some(first) = first {
                finding = finding.see(&page.draft.path, first.span, "the first one");
            }
            found.push(finding.hint("take one out, or say how they differ: links and ticks cannot tell them apart"));
        }
    }
}
