//! `unknown-section`: a section that the kind does not list.

use super::{Book, Findings, heading_words};
use crate::diag::{Diagnostic, Spellings, is_slip};
use crate::kinds::Kind;
use crate::model::Page;
use crate::parse::{Section, Standing};

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    for kind in &book.kinds.list {
        let spellings = kind.sections.iter().flat_map(|spec| std::iter::once(&spec.heading).chain(&spec.accept));
        let spellings = Spellings::new(spellings.map(String::as_str).filter(|name| !name.is_empty()));
        for page in book.handbook.pages.iter().filter(|page| page.draft.kind.as_ref() == Some(&kind.name)) {
            // The sections that the page has, or would have after a fix: none is made twice.
            let mut there: Vec<&str> = page.draft.sections.iter().map(|section| section.id.as_str()).collect();
            for section in page.draft.sections.iter().filter(|section| section.standing == Standing::Unknown) {
                let near = spellings.nearest(&section.heading);
                let id = near.and_then(|near| kind.section_for(near)).map(|spec| spec.id.as_str());
                let free = id.filter(|id| !there.contains(id));
                there.extend(free);
                found.push(one((page, section), kind, (near, free.is_some())));
            }
        }
    }
}

fn one((page, section): (&Page, &Section), kind: &Kind, (near, free): (Option<&str>, bool)) -> Diagnostic {
    let words = heading_words(page, section);
    let message = format!("the kind `{}` has no section `{}`", kind.name, section.heading);
    let finding = Diagnostic::new("unknown-section", message).at(&page.draft.path, words.unwrap_or(section.span));
    let Some(near) = near else {
        let hint = "use a heading that the kind has, or add this one to it: `mendbook explain unknown-section`";
        return finding.hint(hint);
    };
    let finding = finding.hint(format!("did you mean `{near}`?"));
    match words.filter(|_| free && is_slip(&section.heading, near)) {
        Some(span) => finding.fix(format!("write `{near}`"), &page.draft.path, (span, near.to_owned())),
        None => finding,
    }
}
