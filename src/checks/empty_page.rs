//! `empty-page`: a page without any text.

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::graph::is_embed;
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        let text = page
            .draft
            .sections
            .iter()
            .any(|section| !section.body.is_empty() && !page.draft.flow.raw(section.body).trim().is_empty())
            || page.draft.links.iter().any(is_embed);
        if !text {
            let finding = Diagnostic::new("empty-page", "the page has no text").at(&page.draft.path, Span::default());
            found.push(finding.hint("write a first paragraph, or mark it `status = \"draft\"`"));
        }
    }
}
