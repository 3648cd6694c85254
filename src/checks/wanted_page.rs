//! `wanted-page`: a link to a page that is not written yet, or a wish for it among the related pages.

use std::collections::HashMap;

use super::{Book, Findings, links, wishes};
use crate::diag::{Diagnostic, Spellings, is_slip};
use crate::graph::Target;
use crate::model::{Found, Named, Page, fold_name};
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let allowed: Vec<String> = book.config.allow_wanted.iter().map(|name| fold_name(name)).collect();
    let linked = links(book).filter(|(_, _, target)| **target == Target::Wanted);
    let linked = linked.map(|(page, link, _)| (page, link.target.as_str(), link.target_span));
    let wished = wishes(book).filter(|(.., meant)| *meant == Found::Nothing);
    let wished = wished.map(|(page, name, _)| (page, name.text.as_str(), name.span));
    let mut wanted = linked.chain(wished).filter(|(_, name, _)| !allowed.contains(&fold_name(name))).peekable();
    if wanted.peek().is_none() {
        return;
    }
    let names = book.handbook.names.spellings();
    let spellings = Spellings::new(names.keys().copied());
    let mut known: HashMap<&str, Option<&str>> = HashMap::new();
    for (page, asked, span) in wanted {
        let message = format!("no page called `{asked}`");
        let finding = Diagnostic::new("wanted-page", message).at(&page.draft.path, span);
        let near = *known.entry(asked).or_insert_with(|| spellings.nearest(asked));
        let meant = near.and_then(|near| match names.get(near)? {
            Named::Page(id) => Some((near, book.handbook.page(*id)?)),
            Named::Draft(_) => None,
        });
        found.push(match meant {
            Some((name, of)) if is_slip(asked, name) => {
                let finding = finding.hint(format!("did you mean `{name}` ({})?", of.draft.path));
                match words(page, (span, asked)) {
                    Some(words) => finding.fix(format!("write `{name}`"), &page.draft.path, (words, name.to_owned())),
                    None => finding,
                }
            }
            Some((name, of)) => {
                finding.hint(format!("did you mean `{name}` ({})? If not, {}", of.draft.path, write(book, asked)))
            }
            None => finding.hint(write(book, asked)),
        });
    }
}

/// Where the name itself stands: a text in the front matter may have quotes round it.
fn words(page: &Page, (span, asked): (Span, &str)) -> Option<Span> {
    let start = span.start as usize + page.draft.source.slice(span).find(asked)?;
    Some(Span::new(start, start + asked.len()))
}

/// How such a page is written, or left for later.
fn write(book: &Book<'_>, asked: &str) -> String {
    let (kind, title) = book.kinds.for_name(asked);
    format!("write it: `mendbook new {kind} {}`; or name it under `allow_wanted` in site.toml", quoted(title))
}

/// A title as a shell takes it for one word and reads nothing into it; a hint has its commands between backticks, so there
/// are none in them.
fn quoted(title: &str) -> String {
    let title = title.replace('`', "");
    if title.contains(['"', '$', '\\', '!']) {
        return format!("'{}'", title.replace('\'', r"'\''"));
    }
    format!("\"{title}\"")
}
