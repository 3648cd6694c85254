//! `self-relation`: a page that names itself as nearby.

use super::{Book, Findings};
use crate::diag::Diagnostic;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for (id, page) in book.handbook.all() {
        let about = book.graph.about(id);
        for (relation, _) in page.draft.relations.iter().zip(about).filter(|(_, about)| **about == Some(id)) {
            let finding =
                Diagnostic::new("self-relation", "the page names itself as nearby").at(&page.draft.path, relation.span);
            found.push(finding.hint("name the page it is mistaken for"));
        }
    }
}
