//! `one-way`: a note on a nearby page that does not note this one.

use super::{Book, Findings};
use crate::diag::Diagnostic;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for (id, page) in book.handbook.all() {
        for (note, to) in book.graph.one_way(book.handbook, id) {
            let (Some(relation), Some(other)) = (page.draft.relations.get(note), book.handbook.page(to)) else {
                continue;
            };
            let message = format!("`{}` does not name this page as nearby", other.title());
            let finding = Diagnostic::new("one-way", message).at(&page.draft.path, relation.span);
            found.push(finding.hint(format!(
                "add a note on this page to `{}`; until then both pages show this one",
                other.draft.path
            )));
        }
    }
}
