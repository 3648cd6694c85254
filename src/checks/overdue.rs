//! `overdue`: a page whose review is due.

use super::{Book, Findings};
use crate::diag::Diagnostic;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        let Some(due) = page.due.as_ref().filter(|due| due.as_str() < book.today && page.is_live()) else { continue };
        let message = format!("the review was due on {due}");
        let finding = Diagnostic::new("overdue", message).at(&page.draft.path, page.draft.front.span);
        found.push(finding.hint("read it again, mend it, and set `reviewed` to today"));
    }
}
