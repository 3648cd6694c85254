//! Words that two pages share, as they stand in the text: whole noun phrases, never stems and no verbs.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Handbook, Page};
use crate::parse::{BEFORE_NOUN, BEFORE_VERB, BREAK, ByStem, Cutter, FIRST, Stem, Stems};

/// Pages from which is learnt which words are nouns; of more, as many are taken at even distances.
const LEARNT: usize = 2000;

/// Shared words that are looked at, those that weigh most.
const LOOKED_AT: usize = 16;

/// Words of a phrase.
const LONGEST: usize = 3;

/// For each word how often it stands as nouns do, and how often as adjectives and verbs do.
#[derive(Debug, Default)]
pub(super) struct Nouns {
    seen: ByStem<(u32, u32)>,
}

impl Nouns {
    /// Learn from a handbook: a noun stands behind an article or a preposition and before
    /// a filler, an adjective before another word, a verb behind a pronoun or a modal.
    pub(super) fn new(book: &Handbook) -> Nouns {
        let mut nouns = Nouns::default();
        let step = book.pages.len().div_ceil(LEARNT).max(1);
        for page in book.pages.iter().step_by(step) {
            for three in page.draft.stems.text().windows(3) {
                let &[before, stem, after] = three else { continue };
                if stem < FIRST || before != BEFORE_NOUN && before != BEFORE_VERB {
                    continue;
                }
                let seen = nouns.seen.entry(stem).or_default();
                // "The long way": what stands before another word is an adjective.
                if before == BEFORE_NOUN && after < FIRST {
                    seen.0 += 1;
                } else {
                    seen.1 += 1;
                }
            }
        }
        nouns
    }

    /// Whether a word is mostly a noun.
    fn is_noun(&self, stem: Stem) -> bool {
        self.seen.get(&stem).is_some_and(|(noun, other)| *noun >= 2 && noun > other)
    }
}

/// The words of one page in their order.
#[derive(Debug)]
pub(super) struct Text<'p> {
    cutter: Cutter,
    words: Vec<(&'p str, Stem)>,
    /// Where each stem stands.
    places: ByStem<Vec<u32>>,
}

impl<'p> Text<'p> {
    /// Cut the page's text.
    pub(super) fn new(page: &'p Page, cutter: Cutter) -> Text<'p> {
        let mut words = Vec::new();
        cutter.cut(page.title(), &mut |word| words.push((word.text, word.stem)));
        words.push(("", BREAK));
        page.draft.words(cutter, &mut |word| words.push((word.text, word.stem)));
        let mut places: ByStem<Vec<u32>> = ByStem::default();
        for (at, (_, stem)) in words.iter().enumerate().filter(|(_, (_, stem))| *stem >= FIRST) {
            places.entry(*stem).or_default().push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        Text { cutter, words, places }
    }

    fn count(&self, stem: Stem) -> usize {
        self.places.get(&stem).map_or(0, Vec::len)
    }

    fn stem(&self, at: usize) -> Stem {
        self.words.get(at).map_or(BREAK, |(_, stem)| *stem)
    }

    /// A stretch of words as they stand in the text: in lower case, unless they are written large in mid-sentence.
    fn shown(&self, from: usize, len: usize) -> String {
        let mut shown: Vec<String> = Vec::new();
        for at in from..from + len {
            let (word, stem) = self.words.get(at).copied().unwrap_or(("", BREAK));
            let name = word.chars().nth(1).is_some_and(char::is_uppercase) || self.is_name(stem);
            shown.push(if name { word.to_owned() } else { word.to_lowercase() });
        }
        shown.join(" ")
    }

    /// Whether a word is written large wherever it does not open a sentence, and somewhere it does not.
    fn is_name(&self, stem: Stem) -> bool {
        let places = self.places.get(&stem).map_or(&[][..], Vec::as_slice);
        let mut inside = places.iter().filter(|at| **at > 0 && self.stem(**at as usize - 1) != BREAK).peekable();
        let large =
            |at: &u32| self.words.get(*at as usize).is_some_and(|(word, _)| word.starts_with(char::is_uppercase));
        inside.peek().is_some() && inside.all(large)
    }
}

/// How often a stem stands in a page's title and text.
fn count(stems: &Stems, stem: Stem) -> usize {
    stems.title().iter().chain(stems.text()).filter(|other| **other == stem).count()
}

/// Whether some stems stand there one behind the other.
fn has(stems: &Stems, phrase: &[Stem]) -> bool {
    [stems.title(), stems.text()].iter().any(|words| words.windows(phrase.len()).any(|window| window == phrase))
}

/// The best phrases, at most `most`, that both pages have, for the shared stems with what each adds to the likeness.
pub(super) fn phrases(
    (own, other): (&Text<'_>, &Stems),
    (shared, nouns): (&[(Stem, f32)], &Nouns),
    most: usize,
) -> Vec<String> {
    // What is said once is said in passing.
    let matters = |(stem, _): &&(Stem, f32)| own.count(*stem) + count(other, *stem) > 3;
    let weights: ByStem<f32> = shared.iter().filter(matters).take(LOOKED_AT).copied().collect();
    // Every phrase by its stems: what it weighs, how often it stands here, and how it is written most.
    let mut found: BTreeMap<Vec<Stem>, (f32, HashMap<String, u32>)> = BTreeMap::new();
    let mut places: Vec<u32> = weights.keys().filter_map(|stem| own.places.get(stem)).flatten().copied().collect();
    places.sort_unstable();
    for at in places {
        for len in 1..=LONGEST {
            let stems: Vec<Stem> = (0..len).map(|add| own.stem(at as usize + add)).collect();
            let weight = stems.iter().map(|stem| weights.get(stem).copied());
            let Some(weight) = weight.sum::<Option<f32>>() else { break };
            let known = found.get(&stems).is_some();
            if !known && (!stems.last().is_some_and(|last| nouns.is_noun(*last)) || len > 1 && !has(other, &stems)) {
                continue;
            }
            let written = own.shown(at as usize, len);
            if own.cutter.is_weak(&written) || reads_as_verb(&written, len) {
                continue;
            }
            // What stands in both as a phrase says more than its words apart.
            let weight = if len > 1 { weight * 1.25 } else { weight };
            *found.entry(stems).or_insert((weight, HashMap::new())).1.entry(written).or_default() += 1;
        }
    }
    choose(found, most)
}

/// The heaviest phrases that have no word in common, each as it is written most.
fn choose(found: BTreeMap<Vec<Stem>, (f32, HashMap<String, u32>)>, most: usize) -> Vec<String> {
    let mut order: Vec<(Vec<Stem>, f32, String)> = found
        .into_iter()
        .filter_map(|(stems, (weight, written))| {
            let best = written.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))?;
            Some((stems, weight, best.0))
        })
        .collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut used: Vec<Stem> = Vec::new();
    let mut chosen = Vec::new();
    for (stems, _, written) in order {
        if chosen.len() == most {
            break;
        }
        if !stems.iter().any(|stem| used.contains(stem)) {
            used.extend(stems);
            chosen.push(written);
        }
    }
    chosen
}

/// Adverbs, and single words that look like participles: "missed commitments" names something, "missed" does not.
fn reads_as_verb(written: &str, len: usize) -> bool {
    let last = written.rsplit(' ').next().unwrap_or("");
    last.ends_with("ly") || last.ends_with("ed") || len == 1 && last.ends_with("ing") && last.len() < 7
}
