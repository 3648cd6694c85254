//! `dead-anchor`: a link to a page that is there, at a section that is not.

use super::{Book, Findings, links};
use crate::diag::{Diagnostic, nearest};
use crate::graph::Target;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for (page, link, target) in links(book) {
        let Target::NoAnchor(to) = target else { continue };
        let (Some(to), Some(fragment)) = (book.handbook.page(*to), &link.fragment) else { continue };
        let message = format!("`{}` has no section `{fragment}`", to.title());
        let headings = to.draft.sections.iter().map(|section| section.heading.as_str());
        let near = nearest(fragment, headings.chain(to.anchor_ids()).filter(|name| !name.is_empty()));
        let listed: Vec<String> =
            to.draft.sections.iter().take(12).map(|section| format!("`{}`", section.id)).collect();
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if listed.is_empty() => "that page has no sections".to_owned(),
            None => format!("its sections are {}", listed.join(", ")),
        };
        found.push(Diagnostic::new("dead-anchor", message).at(&page.draft.path, link.span).hint(hint));
    }
}
