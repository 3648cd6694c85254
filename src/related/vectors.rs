//! Pages as vectors of weighted words, and the index by which the nearest are found.
//!
//! A word's weight is tf^0.6 · ln(1 + N/df): how often it stands on the page, and how few of the N pages have it. It counts
//! eight times in the title, twice in the summary, half in steps and not at all in a scenario: measured on notes on nearby
//! patterns, the tables and shifts of a scene lead astray. Words of one page alone are left out, the 256 heaviest are kept,
//! and the vector has length 1, so that the product of two is the cosine of the angle between them.

use rayon::prelude::*;

use crate::model::Handbook;
use crate::parse::{ByStem, FIRST, Stem, Stems};

/// Words of a page that count.
const WORDS: usize = 256;

/// Pages that are looked at for one word: those in which it weighs most. On the corpora that this was tried on, more of
/// them made no difference, and all of them take time that grows with the square of the pages.
const PAGES: usize = 60;

/// All pages as vectors.
#[derive(Debug, Default)]
pub(super) struct Vectors {
    /// Where each page's terms begin; one more than there are pages.
    starts: Vec<u32>,
    /// Terms and their weights, in order of terms.
    weights: Vec<(u32, f32)>,
    /// The stem of each term, in order.
    stems: Vec<Stem>,
    /// How many pages have each term.
    pages: Vec<u32>,
    /// What each term's rarity adds to its weight.
    rarity: Vec<f64>,
}

impl Vectors {
    /// Weigh the words of every page.
    pub(super) fn new(book: &Handbook) -> Vectors {
        let bags: Vec<Vec<(Stem, u32)>> = book.pages.par_iter().map(|page| bag(&page.draft.stems)).collect();
        let mut having: ByStem<u32> = ByStem::default();
        for (stem, _) in bags.iter().flatten() {
            *having.entry(*stem).or_insert(0) += 1;
        }
        let mut shared: Vec<(Stem, u32)> = having.into_iter().filter(|(_, pages)| *pages > 1).collect();
        shared.sort_unstable();
        let rarity = shared.iter().map(|(_, pages)| rarity(bags.len(), *pages as usize)).collect();
        let numbered = shared.iter().zip(0..).map(|((stem, _), term)| (*stem, term));
        let terms: ByStem<u32> = numbered.collect();
        let (stems, pages) = shared.into_iter().unzip();
        let mut vectors = Vectors { starts: vec![0], weights: Vec::new(), stems, pages, rarity };
        let of_pages: Vec<Vec<(u32, f32)>> =
            bags.into_par_iter().map(|bag| vectors.weigh(bag, |stem| terms.get(&stem).copied())).collect();
        vectors.weights.reserve_exact(of_pages.iter().map(Vec::len).sum());
        for page in of_pages {
            vectors.weights.extend_from_slice(&page);
            vectors.starts.push(u32::try_from(vectors.weights.len()).unwrap_or(u32::MAX));
        }
        vectors
    }

    /// The vector of a page that was edited since.
    pub(super) fn afresh(&self, stems: &Stems) -> Vec<(u32, f32)> {
        let term = |stem| self.stems.binary_search(&stem).ok().and_then(|term| u32::try_from(term).ok());
        self.weigh(bag(stems), term)
    }

    fn weigh(&self, bag: Vec<(Stem, u32)>, term: impl Fn(Stem) -> Option<u32>) -> Vec<(u32, f32)> {
        let weight = |(stem, tf): (Stem, u32)| {
            let term = term(stem)?;
            let frequency = libm::pow(f64::from(tf), 0.6);
            Some((term, (frequency * self.rarity.get(term as usize)?) as f32))
        };
        let mut terms = bag.into_iter().filter_map(weight).collect();
        keep(&mut terms, WORDS);
        unit(terms)
    }

    /// A page's terms and their weights.
    pub(super) fn of(&self, page: usize) -> &[(u32, f32)] {
        match (self.starts.get(page), self.starts.get(page + 1)) {
            (Some(from), Some(to)) => self.weights.get(*from as usize..*to as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// How many pages there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The words two pages share: stem, how many pages have it, and what it adds to their cosine; most first.
    pub(super) fn shared(&self, one: usize, other: usize) -> Vec<(Stem, u32, f32)> {
        let other = self.of(other);
        let both = |(term, weight): &(u32, f32)| {
            let at = other.binary_search_by_key(term, |(term, _)| *term).ok()?;
            let term = *term as usize;
            Some((*self.stems.get(term)?, *self.pages.get(term)?, weight * other.get(at)?.1))
        };
        let mut shared: Vec<_> = self.of(one).iter().filter_map(both).collect();
        shared.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        shared
    }
}

/// ln(1 + N/df). The logarithm is our own library's, so that every machine works out the same bits.
pub(super) fn rarity(all: usize, having: usize) -> f64 {
    libm::log(1.0 + all as f64 / having.max(1) as f64)
}

/// The stems of a page, each once, with its weighted count.
fn bag(stems: &Stems) -> Vec<(Stem, u32)> {
    let fields = [(stems.title(), 16), (stems.summary(), 4), (stems.body(), 2), (stems.steps(), 1), (stems.names(), 2)];
    let words = fields.into_iter().flat_map(|(words, weight)| words.iter().map(move |stem| (*stem, weight)));
    let mut bag: Vec<(Stem, u32)> = words.filter(|(stem, _)| *stem >= FIRST).collect();
    bag.sort_unstable_by_key(|(stem, _)| *stem);
    bag.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
    bag
}

/// Keep the heaviest entries, and put them in order of their numbers.
fn keep(entries: &mut Vec<(u32, f32)>, most: usize) {
    if entries.len() > most {
        entries.select_nth_unstable_by(most, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        entries.truncate(most);
    }
    entries.sort_unstable_by_key(|(number, _)| *number);
}

fn unit(mut terms: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    let length = terms.iter().map(|(_, weight)| f64::from(*weight) * f64::from(*weight)).sum::<f64>().sqrt();
    for (_, weight) in &mut terms {
        *weight = (f64::from(*weight) / length.max(f64::MIN_POSITIVE)) as f32;
    }
    terms
}

/// For each term the pages in which it weighs most.
#[derive(Debug, Default)]
pub(super) struct Index {
    starts: Vec<u32>,
    postings: Vec<(u32, f32)>,
}

/// Room for the cosines of one page, used again for the next.
#[derive(Debug)]
pub(super) struct Scratch {
    cosines: Vec<f32>,
    nearest: Vec<(u32, f32)>,
}

impl Scratch {
    /// For as many pages.
    pub(super) fn new(pages: usize) -> Scratch {
        Scratch { cosines: vec![0.0; pages], nearest: Vec::new() }
    }

    /// The cosine with a page, after [`Index::compare`].
    pub(super) fn cosine(&self, page: u32) -> f32 {
        self.cosines.get(page as usize).copied().unwrap_or(0.0)
    }
}

impl Index {
    /// Turn the vectors round.
    pub(super) fn new(vectors: &Vectors) -> Index {
        let mut ends: Vec<u32> = vectors.stems.iter().map(|_| 0).collect();
        for (term, _) in &vectors.weights {
            if let Some(count) = ends.get_mut(*term as usize) {
                *count += 1;
            }
        }
        let mut at = 0;
        for end in &mut ends {
            at += std::mem::replace(end, at);
        }
        let mut all = vec![(0, 0.0); vectors.weights.len()];
        for page in 0..vectors.len() {
            for (term, weight) in vectors.of(page) {
                let Some(next) = ends.get_mut(*term as usize) else { continue };
                if let Some(place) = all.get_mut(*next as usize) {
                    *place = (u32::try_from(page).unwrap_or(u32::MAX), *weight);
                }
                *next += 1;
            }
        }
        let (mut index, mut from) = (Index::default(), 0);
        for end in ends {
            index.starts.push(u32::try_from(index.postings.len()).unwrap_or(u32::MAX));
            let mut pages = all.get(from..end as usize).unwrap_or(&[]).to_vec();
            keep(&mut pages, PAGES);
            index.postings.extend(pages);
            from = end as usize;
        }
        index.starts.push(u32::try_from(index.postings.len()).unwrap_or(u32::MAX));
        index.postings.shrink_to_fit();
        index
    }

    /// Work out the cosines of a page's words with those of all others, and give the `most` nearest, nearest first.
    pub(super) fn compare(
        &self,
        (page, words): (usize, &[(u32, f32)]),
        (scratch, most): (&mut Scratch, usize),
    ) -> Vec<(u32, f32)> {
        let Scratch { cosines, nearest } = scratch;
        cosines.fill(0.0);
        for (term, own) in words {
            let from = self.starts.get(*term as usize).copied().unwrap_or(0) as usize;
            let to = self.starts.get(*term as usize + 1).copied().unwrap_or(0) as usize;
            for (other, weight) in self.postings.get(from..to).unwrap_or(&[]) {
                if let Some(cosine) = cosines.get_mut(*other as usize) {
                    *cosine += own * weight;
                }
            }
        }
        nearest.clear();
        let others = cosines.iter().zip(0..).filter(|(cosine, other)| **cosine > 0.0 && *other as usize != page);
        nearest.extend(others.map(|(cosine, other)| (other, *cosine)));
        best(nearest, most).to_vec()
    }
}

/// The best entries, best first; of equals those with the lower number.
pub(super) fn best(entries: &mut [(u32, f32)], most: usize) -> &[(u32, f32)] {
    let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if entries.len() > most && most > 0 {
        entries.select_nth_unstable_by(most - 1, order);
    }
    let best = entries.split_at_mut(most.min(entries.len())).0;
    best.sort_unstable_by(order);
    best
}
