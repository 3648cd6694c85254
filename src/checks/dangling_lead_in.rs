//! `dangling-lead-in`: a lead-in that ends in a colon with no list after it.

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        for span in page.draft.sections.iter().filter_map(|section| section.dangling) {
            let end = Span { start: span.end.saturating_sub(1).max(span.start), end: span.end };
            let finding = Diagnostic::new("dangling-lead-in", "this lead-in promises a list that does not come")
                .at(&page.draft.path, end);
            found.push(finding.hint("add the list, or end the sentence with a full stop"));
        }
    }
}
