//! `dead-anchor`: a link to a page that is there, at a section that is not.

use std::collections::HashMap;

use super::{Book, Findings, links};
use crate::diag::{Diagnostic, Spellings, is_slip};
use crate::graph::Target;
use crate::model::{Page, PageId};
use crate::parse::{Link, LinkKind, Section};
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let mut known: HashMap<(PageId, bool), Spellings<'_>> = HashMap::new();
    for (page, link, target) in links(book) {
        let Target::NoAnchor(id) = target else { continue };
        let (Some(to), Some(fragment)) = (book.handbook.page(*id), &link.fragment) else { continue };
        let message = format!("`{}` has no section `{fragment}`", to.title());
        // `[[Page#Heading]]` takes headings as well, `page.md#id` only ids.
        let wiki = link.kind == LinkKind::Wiki;
        let sections = || to.draft.sections.iter().filter(|section| !section.heading.is_empty());
        let headings = sections().map(|section| section.heading.as_str()).filter(|_| wiki);
        let names = known.entry((*id, wiki)).or_insert_with(|| Spellings::new(headings.chain(to.anchor_ids())));
        let near = names.nearest(fragment);
        let name = |section: &'_ Section| format!("`{}`", if wiki { &section.heading } else { &section.id });
        let listed: Vec<String> = sections().take(12).map(name).collect();
        let place = fragment_span(page, link, fragment);
        let finding = Diagnostic::new("dead-anchor", message).at(&page.draft.path, place.unwrap_or(link.span));
        found.push(match (near, place) {
            (Some(near), Some(place)) if is_slip(fragment, near) => finding
                .hint(format!("did you mean `{near}`?"))
                .fix(format!("write `{near}`"), &page.draft.path, (place, near.to_owned())),
            (Some(near), _) => finding.hint(format!("did you mean `{near}`?")),
            (None, _) if listed.is_empty() => {
                finding.hint(format!("leave out `#{fragment}`: that page has no sections"))
            }
            (None, _) => finding.hint(format!("its sections are {}", listed.join(", "))),
        });
    }
}

/// Where the fragment stands, if it is written as it is read.
fn fragment_span(page: &Page, link: &Link, fragment: &str) -> Option<Span> {
    // The words of a link may hold a `#` as well; a target that is named by a reference stands elsewhere.
    let span = match link.kind {
        LinkKind::Wiki => link.span,
        _ => Some(link.target_span).filter(|target| *target != link.span)?,
    };
    let at = page.draft.source.slice(span).find(&format!("#{fragment}"))? + 1 + span.start as usize;
    Some(Span::new(at, at + fragment.len()))
}
