//! `wanted-page`: a link to a page that is not written yet.

use std::collections::HashMap;

use super::{Book, Findings, links};
use crate::diag::{Diagnostic, Spellings, is_slip};
use crate::graph::Target;
use crate::model::{Named, fold_name};
use crate::parse::Link;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let allowed: Vec<String> = book.config.allow_wanted.iter().map(|name| fold_name(name)).collect();
    let wanted = || links(book).filter(|(_, _, target)| **target == Target::Wanted);
    if wanted().next().is_none() {
        return;
    }
    let names = book.handbook.names.spellings();
    let spellings = Spellings::new(names.keys().copied());
    let mut known: HashMap<&str, Option<&str>> = HashMap::new();
    for (page, link, _) in wanted().filter(|(_, link, _)| !allowed.contains(&fold_name(&link.target))) {
        let message = format!("no page called `{}`", link.target);
        let finding = Diagnostic::new("wanted-page", message).at(&page.draft.path, link.target_span);
        let near = *known.entry(&link.target).or_insert_with(|| spellings.nearest(&link.target));
        let meant = near.and_then(|near| match names.get(near)? {
            Named::Page(id) => Some((near, book.handbook.page(*id)?)),
            Named::Draft(_) => None,
        });
        found.push(match meant {
            Some((name, of)) if is_slip(&link.target, name) => {
                let edit = (link.target_span, name.to_owned());
                let finding = finding.hint(format!("did you mean `{name}` ({})?", of.draft.path));
                finding.fix(format!("write `{name}`"), &page.draft.path, edit)
            }
            Some((name, of)) => {
                finding.hint(format!("did you mean `{name}` ({})? If not, {}", of.draft.path, write(book, link)))
            }
            None => finding.hint(write(book, link)),
        });
    }
}

/// How such a page is written, or left for later.
fn write(book: &Book<'_>, link: &Link) -> String {
    let kind = book.kinds.for_page(&link.target).map_or("pattern", |kind| kind.name.as_str());
    let title = link.target.rsplit('/').next().unwrap_or("").replace(['"', '`'], "");
    format!("write it: `mendbook new {kind} \"{title}\"`; or name it under `allow_wanted` in site.toml")
}
