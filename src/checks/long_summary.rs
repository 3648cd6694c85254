//! `long-summary`: a summary that does not fit a card.

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::source::Span;

/// Characters that a card shows without growing.
const MOST: usize = 300;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        let summary = page.draft.summary.as_ref().filter(|_| !page.draft.summary_from_lead);
        let length = summary.map_or(0, |summary| summary.chars().count());
        if length > MOST {
            let span = page.draft.front.summary.as_ref().map_or(Span::default(), |summary| summary.span);
            let finding = Diagnostic::new("long-summary", format!("the summary has {length} characters"))
                .at(&page.draft.path, span);
            found.push(finding.hint(format!("a card has room for about {MOST}: one or two sentences")));
        }
    }
}
