//! Signals that say nearly the same on other pages: who ticks one may have seen the other.

use std::collections::HashMap;

use super::index::{Index, Posting};
use super::units::{CLASSES, Class};

/// Signals that are kept for each.
const MOST: usize = 3;

/// A term in more signals than this tells nothing.
const COMMON: usize = 400;

/// Sixteenths from which on two signals are alike.
const LEAST: u64 = 5;

/// For each signal those of other pages that are like it, best first: page, unit, sixteenths.
pub(super) type Likes = HashMap<Posting, Vec<(u32, u16, u64)>>;

/// Compare all signals.
pub(super) fn likes(index: &Index) -> Likes {
    let signal = |posting: &&Posting| posting.unit % CLASSES == Class::Signal as u16;
    let terms = u32::try_from(index.weights.len()).unwrap_or(u32::MAX);
    let mut words: HashMap<Posting, Vec<u32>> = HashMap::new();
    let mut signals: Vec<Vec<Posting>> = Vec::new();
    for term in 0..terms {
        let own: Vec<Posting> = index.postings(term).iter().filter(signal).copied().collect();
        let own = if own.len() > COMMON || index.is_group(term) { Vec::new() } else { own };
        own.iter().for_each(|posting| words.entry(*posting).or_default().push(term));
        signals.push(own);
    }
    let weight = |term: &u32| u64::from(index.weights.get(*term as usize).copied().unwrap_or(0));
    let size = |posting: &Posting| words.get(posting).into_iter().flatten().map(weight).sum::<u64>();
    let mut likes = Likes::new();
    let mut all: Vec<&Posting> = words.keys().collect();
    all.sort_unstable();
    for posting in all {
        let mut shared: HashMap<Posting, u64> = HashMap::new();
        for term in words.get(posting).into_iter().flatten() {
            let others = signals.get(*term as usize).into_iter().flatten().filter(|other| other.page != posting.page);
            others.for_each(|other| *shared.entry(*other).or_default() += weight(term));
        }
        let own = size(posting);
        let mut found: Vec<(u64, Posting)> = shared
            .into_iter()
            .map(|(other, both)| (16 * both / (own + size(&other) - both).max(1), other))
            .filter(|(sixteenths, _)| *sixteenths >= LEAST)
            .collect();
        found.sort_unstable_by_key(|(sixteenths, other)| (std::cmp::Reverse(*sixteenths), *other));
        found.truncate(MOST);
        if !found.is_empty() {
            likes.insert(*posting, found.into_iter().map(|(like, other)| (other.page, other.unit, like)).collect());
        }
    }
    likes
}
