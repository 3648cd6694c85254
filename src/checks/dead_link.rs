//! `dead-link`: a link to a file or page that is not there.

use super::{Book, Findings, links};
use crate::diag::{Diagnostic, nearest};
use crate::graph::Target;
use crate::model::Page;
use crate::parse::{Link, LinkKind};
use crate::route::{Route, decode, encode_into};
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let mut paths: Option<Vec<String>> = None;
    for (page, link, _) in
        links(book).filter(|(_, link, target)| **target == Target::Dead && link.kind == LinkKind::Path)
    {
        let paths = paths.get_or_insert_with(|| {
            let pages = book.handbook.pages.iter().map(|page| format!("{}.md", page.id()));
            pages.chain(book.handbook.assets.iter().map(|asset| asset.path.clone())).collect()
        });
        let message = format!("no file `{}`", link.target);
        let finding = Diagnostic::new("dead-link", message).at(&page.draft.path, link.target_span);
        found.push(match meant(paths, &link.target) {
            Some(near) => {
                let from = Route::made(format!("{}.md", page.id()));
                let href = from.href_to(&Route::made(near), None);
                // Letters stay as they are, so that the author recognises the file.
                let plain = decode(&href);
                let written = if plain.contains([' ', '(', ')', '<', '>', '#', '?', '%']) { href } else { plain };
                let finding = finding.hint(format!("did you mean `{written}`?"));
                match path_span(page, link) {
                    Some(span) => finding.fix(format!("write `{written}`"), &page.draft.path, (span, written)),
                    None => finding,
                }
            }
            None => finding.hint(
                "name a file below the content folder: from this page's folder, or with `/` in front from the content",
            ),
        });
    }
}

/// The file that a path most likely means: the only one of that name, else the only one with a similar name.
fn meant<'p>(paths: &'p [String], target: &str) -> Option<&'p str> {
    let name = |path: &'p str| path.rsplit('/').next().unwrap_or("");
    let wanted = target.rsplit('/').next().filter(|wanted| !wanted.is_empty())?;
    let named = |wanted: &str| {
        let mut called = paths.iter().map(String::as_str).filter(|path| name(path) == wanted);
        called.next().filter(|_| called.next().is_none())
    };
    named(wanted).or_else(|| named(nearest(wanted, paths.iter().map(|path| name(path)))?))
}

/// Where the path stands in the link, without a fragment, if it is written as it is read.
fn path_span(page: &Page, link: &Link) -> Option<Span> {
    let written = page.draft.source.slice(link.target_span);
    let mut encoded = String::new();
    encode_into(&link.target, &mut encoded);
    let path = written.split(['#', '?']).next().filter(|path| **path == link.target || **path == encoded)?;
    let start = link.target_span.start as usize;
    Some(Span::new(start, start + path.len()))
}
