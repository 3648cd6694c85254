//! `one-way`: a note on a nearby page that does not note this one.

use super::{Book, Findings};
use crate::diag::Diagnostic;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for (id, page) in book.handbook.all() {
        let about = book.graph.about(id);
        for (relation, to) in page.draft.relations.iter().zip(about) {
            let Some(to) = to.filter(|to| *to != id) else { continue };
            let back = book.graph.relations.get(to.index()).is_some_and(|back| back.contains(&Some(id)));
            let other = book.handbook.page(to).filter(|other| !back && other.draft.kind == page.draft.kind);
            let Some(other) = other else { continue };
            let message = format!("`{}` does not name this page as nearby", other.title());
            let finding = Diagnostic::new("one-way", message).at(&page.draft.path, relation.span);
            found.push(finding.hint(format!(
                "add a note on this page to `{}`; until then both pages show this one",
                other.draft.path
            )));
        }
    }
}
