//! `orphan`: a page that no other page links to.

use super::{Book, Findings};
use crate::diag::Diagnostic;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    // A page on its own has nobody to link to it, and a plain page is found through its folder.
    if book.handbook.pages.len() < 3 {
        return;
    }
    for (id, page) in book.handbook.all() {
        if book.graph.is_led_to(id) || page.front_page || page.draft.kind.is_none() || page.is_retired() {
            continue;
        }
        let message = format!("no page links to `{}`", page.title());
        let finding = Diagnostic::new("orphan", message).at(&page.draft.path, page.place());
        found.push(
            finding.hint("name it where a reader would need it: in another page's text or among its nearby patterns"),
        );
    }
}
