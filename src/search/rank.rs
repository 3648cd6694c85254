//! Which pages answer a question, and which of their units: whole numbers alone, so that every machine and the browser
//! find the same order. `search.js` reckons the same.

use std::collections::{BTreeMap, BTreeSet};

use super::ask::Asked;
use super::index::{Index, SEARCH};
use super::units::{CLASSES, Class};

/// What a unit is worth by its class, when patterns are ranked by what was seen.
const FINDER: [u64; CLASSES as usize] = [24, 24, 24, 24, 5, 11, 6, 1, 2, 3];

/// Half of what a word can count on a page is reached by so much class weight.
const HALF: u64 = 24;

/// What it counts that several words stand in one unit.
const TOGETHER: u64 = 12;

/// What it counts that a whole name was typed.
const NAMED: u64 = 4;

/// What a signal that is like a ticked one counts, of a hundred and twenty-eight, for each sixteenth that it is like it.
const LIKENESS: u64 = 4;

/// A page with signals, which is what readers in trouble look for, counts more by one part in so many.
const SEEN: u64 = 3;

/// A page that answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Score {
    pub(super) sum: u64,
    /// Units with what they count.
    pub(super) units: BTreeMap<u16, Worth>,
    /// Ticked signals, by their units.
    pub(super) ticked: Vec<u16>,
}

/// What a unit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Worth {
    /// All of its words.
    pub(super) sum: u64,
    /// The best of them.
    best: u64,
    /// How many there are.
    words: u64,
}

/// A ticked signal, and signals like it: page, unit, how many sixteenths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) page: u32,
    pub(super) unit: u16,
    pub(super) like: Vec<(u32, u16, u64)>,
}

/// What every page with one of the words counts.
pub(super) fn score(index: &Index, asked: &[Asked], finder: bool) -> BTreeMap<u32, Score> {
    let classes = if finder { &FINDER } else { &SEARCH };
    let mut pages: BTreeMap<u32, Score> = BTreeMap::new();
    for asked in asked {
        for (page, (sum, units)) in found(index, asked, classes) {
            let own = pages.entry(page).or_default();
            own.sum += sum;
            for (unit, worth) in units {
                let all = own.units.entry(unit).or_default();
                all.sum += worth;
                all.best = all.best.max(worth);
                all.words += 1;
            }
        }
    }
    for score in pages.values_mut() {
        let together = score.units.values().map(|worth| worth.sum - worth.best).max().unwrap_or(0);
        let named = score.units.iter().filter(|(unit, worth)| is_whole_name(**unit, worth.words));
        let named = named.map(|(_, worth)| worth.sum).max().unwrap_or(0);
        score.sum += together * TOGETHER + named * NAMED;
    }
    pages
}

/// Whether a name of so many words was typed in full.
fn is_whole_name(unit: u16, words: u64) -> bool {
    let class = u64::from(unit % CLASSES);
    class <= Class::Name4 as u64 && words > class
}

/// What one word counts, by page and unit: of its forms and synonyms the best.
fn found(index: &Index, asked: &Asked, classes: &[u64]) -> BTreeMap<u32, (u64, BTreeMap<u16, u64>)> {
    let mut pages: BTreeMap<u32, (u64, BTreeMap<u16, u64>)> = BTreeMap::new();
    for (term, counts) in &asked.terms {
        let rare = u64::from(index.weights.get(*term as usize).copied().unwrap_or(0)) * counts;
        for run in index.postings(*term).chunk_by(|one, other| one.page == other.page) {
            let Some(first) = run.first() else { continue };
            let own = pages.entry(first.page).or_default();
            let class = |unit: u16| classes.get(usize::from(unit % CLASSES)).copied().unwrap_or(0);
            let weight: u64 = run.iter().map(|posting| class(posting.unit)).sum();
            own.0 = own.0.max(rare * (256 * weight / (weight + HALF)));
            for posting in run {
                let worth = own.1.entry(posting.unit).or_default();
                *worth = (*worth).max(rare * class(posting.unit));
            }
        }
    }
    pages
}

/// Prefer pages with signals.
pub(super) fn prefer(pages: &mut BTreeMap<u32, Score>, has_signals: impl Fn(u32) -> bool) {
    for (_, score) in pages.iter_mut().filter(|(page, _)| has_signals(**page)) {
        score.sum += score.sum / SEEN;
    }
}

/// Add ticked signals, and what is like them.
pub(super) fn tick(index: &Index, ticks: &[Tick], pages: &mut BTreeMap<u32, Score>) {
    for tick in ticks {
        let own = pages.entry(tick.page).or_default();
        own.sum += index.tick;
        own.ticked.push(tick.unit);
        // Of the signals of one page that are like it the best counts, which comes first.
        let mut counted = BTreeSet::new();
        for (page, unit, sixteenths) in &tick.like {
            let other = pages.entry(*page).or_default();
            if counted.insert(*page) {
                other.sum += index.tick * sixteenths * LIKENESS / 128;
            }
            other.units.entry(*unit).or_default().sum += sixteenths;
        }
    }
}
