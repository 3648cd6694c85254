//! `unlinked-mention`: a page is spoken of by its name, and nowhere linked.

use rayon::prelude::*;

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::graph::Target;
use crate::model::{Found, Page, PageId};
use crate::parse::Cutter;
use crate::source::Span;

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let pages: Vec<(PageId, &Page)> = book.handbook.all().collect();
    let told: Vec<Findings> = pages.par_iter().map(|(id, page)| on_page(book, *id, page)).collect();
    found.extend(told.into_iter().flatten());
}

fn on_page(book: &Book<'_>, id: PageId, page: &Page) -> Findings {
    let linked = linked(book, id);
    let spoken = book.kin.spoken_of(id).filter(|other| !linked.contains(other));
    let spoken: Vec<PageId> = spoken.filter(|other| book.kin.may_suggest(id, *other)).collect();
    if spoken.is_empty() {
        return Findings::new();
    }
    let text = page.draft.running_text();
    let finding = |other: PageId| {
        let target = book.handbook.page(other)?;
        let names = std::iter::once(target.title()).chain(target.draft.aliases.iter().map(|alias| alias.text.as_str()));
        // A single word may be meant as a word.
        let names: Vec<&str> = names.filter(|name| name.contains(' ')).collect();
        let source = page.draft.source.text();
        let places = text.iter().filter_map(|stretch| {
            let words = source.get(stretch.clone())?;
            let (at, len) = names.iter().filter_map(|name| stands(words, name)).min()?;
            Some(Span::new(stretch.start + at, stretch.start + at + len))
        });
        let span = places.into_iter().next()?;
        let words = page.draft.source.slice(span);
        let message = format!("`{}` is spoken of and nowhere linked on this page", target.title());
        let finding = Diagnostic::new("unlinked-mention", message).at(&page.draft.path, span);
        let link = link(book, (page, words), (other, target));
        Some(finding.hint("link it, so that readers can go there and the other page knows").fix(
            format!("write `{link}`"),
            &page.draft.path,
            (span, link),
        ))
    };
    spoken.into_iter().filter_map(finding).collect()
}

/// The pages that a page links to, in its text or in a note.
fn linked(book: &Book<'_>, id: PageId) -> Vec<PageId> {
    let targets = book.graph.targets.get(id.index()).into_iter().flatten();
    let targets = targets.filter_map(|target| match target {
        Target::Page(to, _) | Target::NoAnchor(to) => Some(*to),
        _ => None,
    });
    targets.chain(book.graph.relations.get(id.index()).into_iter().flatten().flatten().copied()).collect()
}

/// Where a name stands in a text as whole words, without regard to the case of its letters, and how long it is there.
fn stands(text: &str, name: &str) -> Option<(usize, usize)> {
    let mut found = None;
    let first = name.split(' ').next().unwrap_or(name);
    Cutter::new("").cut(text, &mut |word| {
        if found.is_some()
            || !first.starts_with(|c: char| word.text.starts_with(|other: char| other.eq_ignore_ascii_case(&c)))
        {
            return;
        }
        let at = word.text.as_ptr() as usize - text.as_ptr() as usize;
        let rest = text.get(at..).unwrap_or("");
        let same = rest.get(..name.len()).is_some_and(|words| words.eq_ignore_ascii_case(name));
        let ends = |c: char| !c.is_alphanumeric();
        if same && rest.get(name.len()..).and_then(|rest| rest.chars().next()).is_none_or(ends) {
            found = Some((at, name.len()));
        }
    });
    found
}

/// The link to write: the words alone where they mean the page, else its title too.
fn link(book: &Book<'_>, (page, words): (&Page, &str), (other, target): (PageId, &Page)) -> String {
    match book.handbook.names.find(words, page.folder()) {
        Found::Page(id, _) if id == other => format!("[[{words}]]"),
        _ => format!("[[{}|{words}]]", target.title()),
    }
}
