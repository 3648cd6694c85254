//! `never-reviewed`: a page that is meant to be reviewed and never was.

use super::{Book, Findings};
use crate::diag::Diagnostic;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        if page.is_never_reviewed(book.config) {
            let finding =
                Diagnostic::new("never-reviewed", "the page was never reviewed").at(&page.draft.path, page.place());
            found.push(finding.hint("read it with its owner, and set `reviewed`"));
        }
    }
}
