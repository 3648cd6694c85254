//! `overdue`: a page whose review is due.

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::model::Page;
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        let Some(due) = page.due.as_ref().filter(|_| page.is_overdue(book.today)) else { continue };
        let message = format!("the review was due on {due}");
        let finding = Diagnostic::new("overdue", message).at(&page.draft.path, place(page));
        found.push(finding.hint(format!("read it again, mend it, and set `reviewed` to {}", book.today)));
    }
}

/// The line of the front matter that is out of date.
fn place(page: &Page) -> Span {
    let front = page.draft.front.span;
    let mut at = front.start as usize;
    let mut since = front;
    for line in page.draft.source.slice(front).split_inclusive('\n') {
        let place = Span::new(at, at + line.trim_end().len());
        at += line.len();
        if line.starts_with("reviewed") {
            return place;
        }
        if line.starts_with("created") {
            since = place;
        }
    }
    since
}
