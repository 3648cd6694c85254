//! `missing-section`: a section that the kind requires and the page has not.

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::kinds::Form;
use crate::parse::Standing;
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for page in &book.handbook.pages {
        let Some(kind) = page.kind(book.kinds) else { continue };
        for spec in kind.sections.iter().filter(|spec| spec.required) {
            let there = match spec.form {
                Form::Title => {
                    page.draft.title_from == crate::parse::TitleFrom::Section || page.draft.front.title.is_some()
                }
                Form::Summary => page.draft.summary.is_some() && !page.draft.summary_from_lead,
                Form::Aliases => !page.draft.aliases.is_empty(),
                _ => page
                    .draft
                    .sections
                    .iter()
                    .any(|section| section.id == spec.id && section.standing == Standing::Listed),
            };
            if there {
                continue;
            }
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
