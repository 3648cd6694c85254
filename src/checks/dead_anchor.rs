//! `dead-anchor`: a link to a page that is there, at a section that is not.

use std::collections::HashMap;

use super::{Book, Findings, links};
use crate::diag::{Diagnostic, Guesses};
use crate::graph::Target;
use crate::model::PageId;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let mut known: HashMap<PageId, Guesses<'_>> = HashMap::new();
    for (page, link, target) in links(book) {
        let Target::NoAnchor(id) = target else { continue };
        let (Some(to), Some(fragment)) = (book.handbook.page(*id), &link.fragment) else { continue };
        let message = format!("`{}` has no section `{fragment}`", to.title());
        let guesses = known.entry(*id).or_insert_with(|| {
            let headings = to.draft.sections.iter().map(|section| section.heading.as_str());
            Guesses::new(headings.chain(to.anchor_ids()).filter(|name| !name.is_empty()))
        });
        let near = guesses.nearest(fragment);
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
