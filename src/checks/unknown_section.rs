//! `unknown-section`: a section that the kind does not list.

use super::{Book, Findings};
use crate::diag::{Diagnostic, is_slip, nearest};
use crate::parse::Standing;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        let Some(kind) = page.kind(book.kinds) else { continue };
        let spellings = || kind.sections.iter().flat_map(|spec| std::iter::once(&spec.heading).chain(&spec.accept));
        for section in page.draft.sections.iter().filter(|section| section.standing == Standing::Unknown) {
            let message = format!("a {} has no section `{}`", kind.name, section.heading);
            let words = super::heading_words(page, section);
            let place = words.unwrap_or(section.span);
            let finding = Diagnostic::new("unknown-section", message).at(&page.draft.path, place);
            let near = nearest(&section.heading, spellings().map(String::as_str).filter(|name| !name.is_empty()));
            found.push(match near {
                Some(near) => {
                    let finding = finding.hint(format!("did you mean `{near}`?"));
                    // Where the page has that section, the fix would make a second one.
                    let id = kind.section_for(near).map(|spec| spec.id.as_str());
                    let free = page.draft.sections.iter().all(|other| Some(other.id.as_str()) != id);
                    match words.filter(|_| free && is_slip(&section.heading, near)) {
                        Some(span) => finding.fix(format!("write `{near}`"), &page.draft.path, (span, near.to_owned())),
                        None => finding,
                    }
                }
                None => finding.hint(format!(
                    "use a heading of a {}, or add this one to the kind: `mendbook explain unknown-section`",
                    kind.name
                )),
            });
        }
    }
}
