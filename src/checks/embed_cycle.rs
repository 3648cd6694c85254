//! `embed-cycle`: an embed that would show itself.

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::graph::embed_cycles;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for cycle in embed_cycles(book.handbook, book.graph) {
        let Some(page) = book.handbook.page(cycle.page) else { continue };
        let Some(link) = page.draft.links.get(cycle.link as usize) else { continue };
        let finding = Diagnostic::new("embed-cycle", "this embed leads back to itself").at(&page.draft.path, link.span);
        found.push(finding.hint("link to it instead: leave out the `!`"));
    }
}
