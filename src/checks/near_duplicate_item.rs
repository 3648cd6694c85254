//! `near-duplicate-item`: two signals on different pages that say the same.
//!
//! Signals are alike by the share of their words that both have (Jaccard). Only those that share one of their rarest words
//! are compared: two signals that have four fifths of their words in common share one of the rarest fifth of either's
//! (prefix filtering, Bayardo et al. 2007). So the work grows with the signals, not with their pairs.

use super::{Book, Findings};
use crate::diag::Diagnostic;
use crate::model::{Page, PageId};
use crate::parse::{ByStem, Item, Said, Stem};
use crate::related::alike;

/// The share of words from which on two signals say the same.
const SAME: f32 = 0.8;

/// Words that a signal needs: of fewer, many signals have most by accident.
const WORDS: usize = 4;

/// Signals with one word that are compared at the most.
const COMPARED: usize = 64;

struct Signal<'b> {
    page: PageId,
    said: Said,
    stems: &'b [Stem],
}

pub(super) fn run(book: &Book<'_>, found: &mut Findings) {
    let signals = signals(book);
    let mut having: ByStem<u32> = ByStem::default();
    for stem in signals.iter().flat_map(|signal| signal.stems) {
        *having.entry(*stem).or_default() += 1;
    }
    let mut known: ByStem<Vec<usize>> = ByStem::default();
    for (index, signal) in signals.iter().enumerate() {
        let mut rarest = signal.stems.to_vec();
        rarest.sort_unstable_by_key(|stem| (having.get(stem).copied().unwrap_or(0), *stem));
        let least = (rarest.len() as f32 * SAME).ceil() as usize;
        rarest.truncate(rarest.len() - least + 1);
        let earlier = rarest.iter().filter_map(|stem| known.get(stem)).flatten().copied();
        let same = |other: &usize| {
            let other = signals.get(*other);
            other.is_some_and(|other| other.page != signal.page && alike(other.stems, signal.stems) >= SAME)
        };
        if let Some(other) = earlier.filter(same).min().and_then(|other| signals.get(other)) {
            found.extend(tell(book, signal, other));
        }
        for stem in rarest {
            let list = known.entry(stem).or_default();
            if list.len() < COMPARED {
                list.push(index);
            }
        }
    }
}

/// Every signal of every live page with enough words, in order of pages.
fn signals<'b>(book: &Book<'b>) -> Vec<Signal<'b>> {
    let pages = book.handbook.all().filter(|(_, page)| page.is_live());
    let signals = pages.flat_map(|(id, page)| {
        let items = page.draft.stems.items().filter(|(said, stems)| !said.driver && stems.len() >= WORDS);
        items.map(move |(said, stems)| Signal { page: id, said, stems })
    });
    signals.collect()
}

fn tell(book: &Book<'_>, signal: &Signal<'_>, other: &Signal<'_>) -> Option<Diagnostic> {
    let (page, item) = find(book, signal)?;
    let (first, theirs) = find(book, other)?;
    let message = format!("`{}` has a signal that says the same", first.title());
    let finding = Diagnostic::new("near-duplicate-item", message).at(&page.draft.path, item.span);
    let finding = finding.see(&first.draft.path, theirs.span, "the other one");
    Some(finding.hint("say what only this page's readers see, or set the two pages apart under Nearby patterns"))
}

fn find<'b>(book: &Book<'b>, signal: &Signal<'_>) -> Option<(&'b Page, &'b Item)> {
    let page = book.handbook.page(signal.page)?;
    let section = page.draft.sections.get(signal.said.section as usize)?;
    Some((page, section.items.get(signal.said.item as usize)?))
}
