//! `duplicate-name`: two pages that answer to one name.

use std::collections::HashMap;

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::model::{Page, fold_name};
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let mut names: HashMap<String, (&Page, Span)> = HashMap::new();
    for page in &book.handbook.pages {
        let title = (!page.is_unnamed()).then_some((page.title(), page.place()));
        let aliases = page.draft.aliases.iter().map(|alias| (alias.text.as_str(), alias.span));
        for (name, span) in title.into_iter().chain(aliases) {
            let Some((other, place)) = names.get(&fold_name(name)).copied() else {
                names.insert(fold_name(name), (page, span));
                continue;
            };
            if other.id() == page.id() {
                continue;
            }
            let message = format!("`{name}` is also a name of `{}`", other.draft.path);
            let finding = Diagnostic::new("duplicate-name", message).at(&page.draft.path, span);
            let finding = finding.see(&other.draft.path, place, "the other one");
            found.push(finding.hint("a link by this name would be ambiguous: give one of them another"));
        }
    }
}
