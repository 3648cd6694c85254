//! `lost-reader`: a question of `_queries.toml` that does not lead to its page.

use std::sync::Arc;

use super::{Book, Findings};
use crate::diag::{Diagnostic, Spellings, is_slip};
use crate::model::Page;
use crate::search::{Query, Question, Search};
use crate::source::Span;

/// Answers that a reader looks at.
const LOOKED_AT: usize = 3;

const NAME: &str = "lost-reader";

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let (Some(source), Some(search)) = (&book.queries.source, book.search) else { return };
    let path: Arc<str> = source.path().into();
    let pages = Spellings::new(book.handbook.pages.iter().map(Page::id));
    for query in &book.queries.list {
        let before = found.len();
        for (id, span) in &query.want {
            found.extend(unknown_page(book, (id, *span), (&pages, &path)));
        }
        for (tick, span) in &query.ticks {
            found.extend(unknown_tick(book, (tick, *span), (&pages, &path)));
        }
        if found.len() == before {
            found.extend(lost(book, query, search).map(|finding| finding.at(&path, query.span)));
        }
    }
}

/// A page that is asked for and is not there.
fn unknown_page(
    book: &Book<'_>,
    (id, span): (&str, Span),
    (pages, path): (&Spellings<'_>, &Arc<str>),
) -> Option<Diagnostic> {
    if book.handbook.by_id(id).is_some() {
        return None;
    }
    let finding = Diagnostic::new(NAME, format!("there is no page `{id}`")).at(path, span);
    Some(match pages.nearest(id) {
        Some(near) => meant(finding, (id, near), (span, path)),
        None => finding.hint("write its path below `content/` without `.md`"),
    })
}

/// A signal that is ticked and is not there.
fn unknown_tick(
    book: &Book<'_>,
    (tick, span): (&str, Span),
    (pages, path): (&Spellings<'_>, &Arc<str>),
) -> Option<Diagnostic> {
    let Some((id, anchor)) = tick.split_once('#') else {
        let finding = Diagnostic::new(NAME, format!("`{tick}` names no signal")).at(path, span);
        return Some(finding.hint("write `PAGE-ID#ANCHOR`, as the address of the signal has it"));
    };
    let Some(page) = book.handbook.by_id(id).and_then(|id| book.handbook.page(id)) else {
        let finding = Diagnostic::new(NAME, format!("there is no page `{id}`")).at(path, span);
        return Some(match pages.nearest(id) {
            Some(near) => meant(finding, (tick, &format!("{near}#{anchor}")), (span, path)),
            None => finding.hint("write its path below `content/` without `.md`"),
        });
    };
    let signals = page.section("signals").map_or(&[][..], |section| &section.items);
    if signals.iter().any(|signal| *signal.id == *anchor) {
        return None;
    }
    let finding = Diagnostic::new(NAME, format!("`{}` has no signal `{anchor}`", page.title())).at(path, span);
    let near = Spellings::new(signals.iter().map(|signal| &*signal.id)).nearest(anchor);
    Some(match near {
        Some(near) => meant(finding, (tick, &format!("{id}#{near}")), (span, path)),
        None => finding.hint("its anchor is the end of the address that its link has on the page"),
    })
}

/// Offer the nearest name, and as a fix if it is only a slip away.
fn meant(finding: Diagnostic, (written, near): (&str, &str), (span, path): (Span, &Arc<str>)) -> Diagnostic {
    let finding = finding.hint(format!("did you mean `{near}`?"));
    if is_slip(written, near) {
        return finding.fix(format!("write `{near}`"), path, (span, format!("\"{near}\"")));
    }
    finding
}

/// The first ranking that does not bring a wanted page among its first answers: the finder's, then the search's, which
/// knows no ticks. The finder can only suggest pages with signals.
fn lost(book: &Book<'_>, query: &Query, search: &Search) -> Option<Diagnostic> {
    let of = (book.handbook, book.graph);
    let ticks = query.ticks.iter().map(|(tick, _)| tick.as_str()).collect();
    let finder = Question { text: &query.text, finder: true, ticks, limit: LOOKED_AT, ..Question::default() };
    let all = Question { text: &query.text, limit: LOOKED_AT, ..Question::default() };
    let rankings = [(Some(finder), "finder"), (Some(all).filter(|_| query.ticks.is_empty()), "search")];
    for (question, name) in rankings.into_iter().filter_map(|(question, name)| Some((question?, name))) {
        let answers = search.answer(&question, of).pages;
        let missing = query.want.iter().find(|(id, _)| {
            let page = book.handbook.by_id(id).and_then(|id| book.handbook.page(id));
            let wanted = page.is_some_and(|page| !question.finder || Search::is_in_finder(page));
            wanted && answers.iter().all(|found| book.handbook.page(found.page).is_none_or(|page| page.id() != id))
        });
        let Some((id, _)) = missing else { continue };
        let instead: Vec<String> = answers
            .iter()
            .filter_map(|found| book.handbook.page(found.page))
            .map(|page| format!("`{}`", page.id()))
            .collect();
        let instead = if instead.is_empty() { "no page at all".to_owned() } else { instead.join(", ") };
        let message = format!("`{id}` is not among the first three answers of the {name}");
        let hint = format!("found: {instead}; give the page a signal or another name in the reader's words");
        return Some(Diagnostic::new(NAME, message).hint(hint));
    }
    None
}
