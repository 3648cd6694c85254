//! `duplicate-item`: two items of a page with the same words.

use super::{Book, Findings};
use crate::diag::Diagnostic;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        for item in page.draft.sections.iter().flat_map(|section| &section.items).filter(|item| item.twin) {
            let finding =
                Diagnostic::new("duplicate-item", "an earlier item has the same words").at(&page.draft.path, item.span);
            found.push(finding.hint("take one out: links and ticks cannot tell them apart for long"));
        }
    }
}
