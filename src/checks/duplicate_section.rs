//! `duplicate-section`: a section that a page has twice.

use super::{Book, Findings, heading_words};
use crate::diag::Diagnostic;
use crate::parse::Standing;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        let Some(kind) = page.kind(book.kinds) else { continue };
        for section in page.draft.sections.iter().filter(|section| section.standing == Standing::Repeated) {
            let spec = kind.section_for(&section.heading);
            let first = spec.and_then(|spec| page.draft.sections.iter().find(|other| other.id == spec.id));
            let id = spec.map_or("", |spec| spec.id.as_str());
            let message = format!("`{}` opens the section `{id}` a second time", section.heading);
            let span = heading_words(page, section).unwrap_or(section.span);
            let mut finding = Diagnostic::new("duplicate-section", message).at(&page.draft.path, span);
            if let Some(first) = first {
                finding = finding.see(&page.draft.path, first.span, "the first one");
            }
            found.push(finding.hint("put both under the first heading"));
        }
    }
}
