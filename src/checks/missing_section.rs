//! `missing-section`: a section that the kind requires and the page has not.

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        let Some(kind) = page.kind(book.kinds) else { continue };
        for spec in kind.sections.iter().filter(|spec| page.lacks(spec)) {
            let (message, hint) = if spec.heading.is_empty() {
                ("the page has no lead".to_owned(), "begin with a paragraph that says what this is".to_owned())
            } else {
                let heading = format!("## {}", spec.heading);
                (
                    format!("the section `{}` is missing", spec.heading),
                    format!("add `{heading}` and what belongs there"),
                )
            };
            found.push(Diagnostic::new("missing-section", message).at(&page.draft.path, Span::default()).hint(hint));
        }
    }
}
