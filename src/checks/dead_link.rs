//! `dead-link`: a link to a file or page that is not there.

use super::{Book, Findings, links};
use crate::diag::{Diagnostic, Spellings, is_slip};
use crate::graph::Target;
use crate::model::Page;
use crate::parse::{Link, LinkKind};
use crate::route::{Route, decode, encode_into};
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    no_pictures(book, found);
    let dead = || {
        links(book).filter(|(_, link, target)| {
            **target == Target::Dead && matches!(link.kind, LinkKind::Path | LinkKind::Wiki)
        })
    };
    if dead().next().is_none() {
        return;
    }
    let pages = book.handbook.pages.iter().map(|page| format!("{}.md", page.id()));
    let paths: Vec<String> = pages.chain(book.handbook.assets.iter().map(|asset| asset.path.clone())).collect();
    let names = Spellings::new(paths.iter().map(|path| name(path)));
    for (page, link, _) in dead() {
        let message = format!("no file `{}`", link.target);
        let finding = Diagnostic::new("dead-link", message).at(&page.draft.path, link.target_span);
        let meant: Vec<String> = meant((&paths, &names), &link.target).iter().map(|path| href(page, path)).collect();
        let named: Vec<String> = meant.iter().map(|path| format!("`{path}`")).collect();
        found.push(match (meant.as_slice(), path_span(page, link)) {
            ([], _) => finding.hint(
                "name a file below the content folder: from this page's folder, or with `/` in front from the content",
            ),
            ([path], Some(span)) if is_slip(name(&link.target), name(&decode(path))) => finding
                .hint(format!("did you mean `{path}`?"))
                .fix(format!("write `{path}`"), &page.draft.path, (span, path.clone())),
            _ => finding.hint(format!("did you mean {}?", named.join(" or "))),
        });
    }
}

/// Pages that are to be shown as pictures.
fn no_pictures(book: &Book<'_>, found: &mut Findings) {
    for (page, link, target) in links(book).filter(|(_, link, _)| link.shows && link.kind == LinkKind::Path) {
        let hint = match target {
            Target::Page(shown, _) | Target::NoAnchor(shown) => {
                let id = book.handbook.page(*shown).map_or("", Page::id);
                format!("show its text with `![[{id}]]`, or leave out the `!`")
            }
            Target::Made(_) => "leave out the `!`".to_owned(),
            _ => continue,
        };
        let message = format!("`{}` is a page and no picture", link.target);
        found.push(Diagnostic::new("dead-link", message).at(&page.draft.path, link.target_span).hint(hint));
    }
}

/// The files that a path may mean: those of that name, else those with the most similar name; three at most. Every folder
/// may have an `index.md`: one elsewhere is never meant.
fn meant<'p>((paths, names): (&'p [String], &Spellings<'_>), target: &str) -> Vec<&'p str> {
    let wanted = name(target);
    let stem = wanted.split('.').next().unwrap_or("").to_lowercase();
    if matches!(stem.as_str(), "" | "index" | "readme") {
        return Vec::new();
    }
    let called = |wanted: &str| -> Vec<&str> {
        paths.iter().map(String::as_str).filter(|path| name(path) == wanted).take(3).collect()
    };
    let same = called(wanted);
    if same.is_empty() { names.nearest(wanted).map(called).unwrap_or_default() } else { same }
}

/// The last part of a path.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or("")
}

/// A path below the content as this page writes it. Letters stay as they are, so that the author recognises it.
fn href(page: &Page, path: &str) -> String {
    let href = Route::made(format!("{}.md", page.id())).href_to(&Route::made(path), None);
    let plain = decode(&href);
    if plain.contains([' ', '(', ')', '<', '>', '#', '?', '%']) { href } else { plain }
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
