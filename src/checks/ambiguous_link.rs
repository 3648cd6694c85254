//! `ambiguous-link`: a name that two pages answer to.

use super::{Book, Findings, links, wishes};
use crate::diag::Diagnostic;
use crate::graph::Target;
use crate::model::{Found, MANY};
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let linked = links(book).filter_map(|(page, link, target)| match target {
        Target::Several(pages) => Some((page, link.target.as_str(), link.target_span, pages.clone())),
        _ => None,
    });
    let wished = wishes(book).filter_map(|(page, name, meant)| match meant {
        Found::Several(pages) => Some((page, name.text.as_str(), name.span, pages)),
        _ => None,
    });
    for (page, asked, span, pages) in linked.chain(wished) {
        let pages: Vec<_> = pages.iter().filter_map(|id| book.handbook.page(*id)).collect();
        let named: Vec<String> = pages.iter().map(|page| format!("`{}`", page.draft.path)).collect();
        let number = if pages.len() < MANY { pages.len().to_string() } else { format!("at least {MANY}") };
        let message = format!("`{asked}` names {number} pages: {}", named.join(" and "));
        let mut finding = Diagnostic::new("ambiguous-link", message).at(&page.draft.path, span);
        let paths: Vec<String> = pages.iter().map(|page| format!("`{}`", page.id())).collect();
        finding = finding.hint(format!("write the path: {}", paths.join(" or ")));
        for other in pages {
            finding = finding.see(&other.draft.path, Span::default(), "answers to this name");
        }
        found.push(finding);
    }
}
