//! `contradiction`: a page that is blocked, and yet pinned or set apart as nearby.

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::model::{Found, Page, PageId};

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for (id, page) in book.handbook.all() {
        let about = book.graph.about(id);
        for blocked in &page.draft.front.block {
            let Some(target) = named(book, page, &blocked.text) else { continue };
            let pinned = page.draft.front.pin.iter().find(|pin| named(book, page, &pin.text) == Some(target));
            let noted = page.draft.relations.iter().zip(about).find(|(_, about)| **about == Some(target));
            let (what, span) = match (pinned, noted) {
                (Some(pin), _) => ("pinned", pin.span),
                (None, Some((relation, _))) => ("set apart as nearby", relation.span),
                (None, None) => continue,
            };
            let message = format!("`{}` is blocked and {what} on the same page", blocked.text);
            let finding = Diagnostic::new("contradiction", message).at(&page.draft.path, blocked.span);
            found.push(finding.see(&page.draft.path, span, format!("{what} here")).hint("take one of the two out"));
        }
    }
}

fn named(book: &Book<'_>, page: &Page, name: &str) -> Option<PageId> {
    match book.handbook.names.find(name, page.folder()) {
        Found::Page(id, _) => Some(id),
        _ => None,
    }
}
