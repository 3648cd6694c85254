//! `wanted-page`: a link to a page that is not written yet.

use super::{Book, Findings, links};
use crate::diag::{Diagnostic, is_slip};
use crate::graph::Target;
use crate::model::{Named, fold_name};

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let allowed: Vec<String> = book.config.allow_wanted.iter().map(|name| fold_name(name)).collect();
    for (page, link, _) in links(book).filter(|(_, _, target)| **target == Target::Wanted) {
        if allowed.contains(&fold_name(&link.target)) {
            continue;
        }
        let message = format!("no page called `{}`", link.target);
        let mut finding = Diagnostic::new("wanted-page", message).at(&page.draft.path, link.target_span);
        let near = book.handbook.names.nearest(&link.target);
        finding = match near {
            Some((name, Named::Page(id))) => {
                let path = book.handbook.page(id).map_or("", |page| &*page.draft.path);
                let finding = finding.hint(format!("did you mean `{name}` ({path})?"));
                match is_slip(&link.target, name) {
                    true => {
                        finding.fix(format!("write `{name}`"), &page.draft.path, (link.target_span, name.to_owned()))
                    }
                    false => finding,
                }
            }
            _ => finding.hint(format!(
                "write it: `mendbook new pattern \"{}\"`; or name it under `allow_wanted` in site.toml",
                link.target
            )),
        };
        found.push(finding);
    }
}
