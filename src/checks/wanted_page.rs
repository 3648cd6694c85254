//! `wanted-page`: a link to a page that is not written yet.

use std::collections::HashSet;

use super::{Book, Findings, links};
use crate::diag::{Diagnostic, Guesses};
use crate::graph::Target;
use crate::model::{Named, fold_name};

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let mut known = None;
    let allowed: HashSet<String> = book.config.allow_wanted.iter().map(|name| fold_name(name)).collect();
    for (page, link, _) in links(book).filter(|(_, _, target)| **target == Target::Wanted) {
        if allowed.contains(&fold_name(&link.target)) {
            continue;
        }
        let message = format!("no page called `{}`", link.target);
        let mut finding = Diagnostic::new("wanted-page", message).at(&page.draft.path, link.target_span);
        let (spellings, guesses) = known.get_or_insert_with(|| {
            let spellings = book.handbook.names.spellings();
            let guesses = Guesses::new(spellings.keys().copied());
            (spellings, guesses)
        });
        let near = guesses.nearest(&link.target).and_then(|name| spellings.get_key_value(name));
        finding = match near {
            Some((name, Named::Page(id))) => {
                let path = book.handbook.page(*id).map_or("", |page| &*page.draft.path);
                let edit = (link.target_span, (*name).to_owned());
                finding.hint(format!("did you mean `{name}` ({path})?")).fix(
                    format!("write `{name}`"),
                    &page.draft.path,
                    edit,
                )
            }
            _ => finding.hint(format!(
                "write the page, or name it in `allow_wanted`: `mendbook new pattern \"{}\"`",
                link.target
            )),
        };
        found.push(finding);
    }
}
