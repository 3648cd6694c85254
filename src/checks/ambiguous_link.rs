//! `ambiguous-link`: a name that two pages answer to.

use super::{Book, Findings, links};
use crate::diag::Diagnostic;
use crate::graph::Target;
use crate::model::MANY;
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for (page, link, target) in links(book) {
        let Target::Several(pages) = target else { continue };
        let pages: Vec<_> = pages.iter().filter_map(|id| book.handbook.page(*id)).collect();
        let named: Vec<String> = pages.iter().map(|page| format!("`{}`", page.draft.path)).collect();
        let number = if pages.len() < MANY { pages.len().to_string() } else { format!("at least {MANY}") };
        let message = format!("`{}` names {number} pages: {}", link.target, named.join(" and "));
        let mut finding = Diagnostic::new("ambiguous-link", message).at(&page.draft.path, link.target_span);
        let paths: Vec<String> = pages.iter().map(|page| format!("`{}`", page.id())).collect();
        finding = finding.hint(format!("write the path: {}", paths.join(" or ")));
        for other in pages {
            finding = finding.see(&other.draft.path, Span::default(), "answers to this name");
        }
        found.push(finding);
    }
}
