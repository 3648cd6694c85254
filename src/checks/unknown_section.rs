//! `unknown-section`: a section that the kind does not list.

use super::{Book, Findings};
use crate::diag::{Diagnostic, nearest};
use crate::parse::Standing;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        let Some(kind) = page.kind(book.kinds) else { continue };
        let spellings = || kind.sections.iter().flat_map(|spec| std::iter::once(&spec.heading).chain(&spec.accept));
        for section in page.draft.sections.iter().filter(|section| section.standing == Standing::Unknown) {
            let message = format!("a {} has no section `{}`", kind.name, section.heading);
            let mut finding = Diagnostic::new("unknown-section", message).at(&page.draft.path, section.span);
            let near = nearest(&section.heading, spellings().map(String::as_str).filter(|name| !name.is_empty()));
            finding = match near {
                Some(near) => {
                    finding = finding.hint(format!("did you mean `{near}`?"));
                    match super::heading_words(page, section) {
                        Some(span) => finding.fix(format!("write `{near}`"), &page.draft.path, (span, near.to_owned())),
                        None => finding,
                    }
                }
                None => finding
                    .hint(format!("`mendbook explain unknown-section` says how to add sections to `{}`", kind.name)),
            };
            found.push(finding);
        }
    }
}
