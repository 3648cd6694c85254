//! `link-to-draft`: a link to a page that is not published.

use super::{Book, Findings, links};
use crate::diag::Diagnostic;
use crate::graph::Target;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for (page, link, target) in links(book) {
        let Target::Draft(draft) = target else { continue };
        let path = book.handbook.drafts.get(*draft).map_or("", |draft| &*draft.path);
        let message = format!("`{}` is a draft and is not built", link.target);
        let finding = Diagnostic::new("link-to-draft", message).at(&page.draft.path, link.target_span);
        found.push(finding.hint(format!("finish `{path}`, or link to it later; `--drafts` shows it to you now")));
    }
}
