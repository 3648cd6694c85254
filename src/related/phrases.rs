//! Words that two pages share, as they stand in the text: whole noun phrases, never stems and no verbs.

use std::collections::{BTreeMap, HashSet};

use crate::model::{Handbook, Page};
use crate::parse::{BEFORE_NOUN, BEFORE_VERB, BREAK, ByStem, Cutter, FIRST, Stem, Stems};

/// Pages from which is learnt which words are nouns; of more, as many are taken at even distances.
const LEARNT: usize = 2000;

/// Shared words that are looked at, those that weigh most.
const LOOKED_AT: usize = 16;

/// Words of a phrase.
const LONGEST: usize = 3;

/// For each word what speaks for a noun, and what for an adjective or a verb.
#[derive(Debug, Default)]
pub(super) struct Nouns {
    seen: ByStem<(u32, u32)>,
}

impl Nouns {
    /// Learn from a handbook. A noun stands between an article or a preposition and a filler ("a promise is"), or ends
    /// what stands there ("the missed promises of"; a verb may too, so that this counts less); an adjective stands between
    /// an article and another word, a verb behind a pronoun or a modal.
    pub(super) fn new(book: &Handbook) -> Nouns {
        let mut nouns = Nouns::default();
        let step = book.pages.len().div_ceil(LEARNT).max(1);
        for page in book.pages.iter().step_by(step) {
            for four in page.draft.stems.text().windows(4) {
                let &[first, before, stem, after] = four else { continue };
                let (noun, other) = match (before, after < FIRST) {
                    _ if stem < FIRST => continue,
                    (BEFORE_NOUN, true) => (3, 0),
                    (BEFORE_NOUN, false) | (BEFORE_VERB, _) => (0, 2),
                    (FIRST.., true) if first == BEFORE_NOUN => (1, 0),
                    _ => continue,
                };
                let seen = nouns.seen.entry(stem).or_default();
                *seen = (seen.0 + noun, seen.1 + other);
            }
        }
        nouns
    }

    /// Whether a word is mostly a noun.
    fn is_noun(&self, stem: Stem) -> bool {
        self.seen.get(&stem).is_some_and(|(noun, other)| *noun >= 3 && noun > other)
    }
}

/// The words of one page in their order.
#[derive(Debug)]
pub(super) struct Text<'p> {
    cutter: Cutter,
    words: Vec<(&'p str, Stem)>,
    /// Where each stem stands, in order of stems and places.
    places: Vec<(Stem, u32)>,
    /// The stems of title, summary, tags, aliases and drivers.
    prominent: HashSet<Stem>,
}

impl<'p> Text<'p> {
    /// Cut the page's text.
    pub(super) fn new(page: &'p Page, cutter: Cutter) -> Text<'p> {
        let mut words = Vec::new();
        cutter.cut(page.title(), &mut |word| words.push((word.text, word.stem)));
        words.push(("", BREAK));
        page.draft.words(cutter, &mut |word| words.push((word.text, word.stem)));
        let mut places: Vec<(Stem, u32)> = words.iter().zip(0..).map(|((_, stem), at)| (*stem, at)).collect();
        places.retain(|(stem, _)| *stem >= FIRST);
        places.sort_unstable();
        Text { cutter, words, places, prominent: page.draft.stems.prominent().collect() }
    }

    /// Where a stem stands.
    fn places(&self, stem: Stem) -> impl Iterator<Item = u32> {
        let from = self.places.partition_point(|(other, _)| *other < stem);
        let places = self.places.get(from..).unwrap_or(&[]).iter();
        places.take_while(move |(other, _)| *other == stem).map(|(_, at)| *at)
    }

    fn stem(&self, at: usize) -> Stem {
        self.words.get(at).map_or(BREAK, |(_, stem)| *stem)
    }

    /// A stretch of words as they stand in the text; a word that opens a sentence in lower case, unless it is a name.
    fn shown(&self, from: usize, len: usize) -> String {
        let mut shown: Vec<String> = Vec::new();
        for at in from..from + len {
            let (word, stem) = self.words.get(at).copied().unwrap_or(("", BREAK));
            let opens = at == 0 || self.stem(at - 1) == BREAK;
            let name = !opens || word.chars().nth(1).is_some_and(char::is_uppercase) || self.is_name(stem);
            shown.push(if name { word.to_owned() } else { word.to_lowercase() });
        }
        shown.join(" ")
    }

    /// Whether a word is written large wherever it does not open a sentence, and somewhere it does not.
    fn is_name(&self, stem: Stem) -> bool {
        let inside = self.places(stem).filter(|at| *at > 0 && self.stem(*at as usize - 1) != BREAK);
        let mut inside = inside.filter_map(|at| self.words.get(at as usize)).peekable();
        inside.peek().is_some() && inside.all(|(word, _)| word.starts_with(char::is_uppercase))
    }

    /// How a phrase is written most, of what stands at these places.
    fn written(&self, places: &[u32], len: usize) -> String {
        let mut written: BTreeMap<String, usize> = BTreeMap::new();
        for at in places {
            *written.entry(self.shown(*at as usize, len)).or_default() += 1;
        }
        let most = written.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        most.map_or_else(String::new, |(written, _)| written)
    }
}

/// A phrase: its stems, the rest breaks.
type Phrase = [Stem; LONGEST];

/// What a phrase weighs, and where it stands.
type Found = BTreeMap<Phrase, (f32, Vec<u32>)>;

/// The best phrases, at most `most`, that both pages have, for the shared stems with what each adds to the likeness.
pub(super) fn phrases(
    (own, other): (&Text<'_>, &Stems),
    (shared, nouns): (&[(Stem, f32)], &Nouns),
    most: usize,
) -> Vec<String> {
    let weights = matter((own, other), shared);
    let mut found = Found::new();
    for at in weights.keys().flat_map(|stem| own.places(*stem)) {
        let (mut phrase, mut weight) = ([BREAK; LONGEST], 0.0);
        for len in 1..=LONGEST {
            let stem = own.stem(at as usize + len - 1);
            let Some(own) = weights.get(&stem) else { break };
            weight += own;
            if let Some(place) = phrase.get_mut(len - 1) {
                *place = stem;
            }
            match found.get_mut(&phrase) {
                Some((_, places)) => places.push(at),
                None if nouns.is_noun(stem) && (len == 1 || has(other, phrase.get(..len).unwrap_or(&[]))) => {
                    // What stands in both as a phrase says more than its words apart.
                    let weight = if len > 1 { weight * 1.25 } else { weight };
                    found.insert(phrase, (weight, vec![at]));
                }
                None => {}
            }
        }
    }
    choose(own, found, most)
}

/// The shared stems that are said more than in passing, the heaviest: those that stand in a place of honour on one of the
/// pages, and those that both say again and again.
fn matter((own, other): (&Text<'_>, &Stems), shared: &[(Stem, f32)]) -> BTreeMap<Stem, f32> {
    let heaviest = shared.get(..LOOKED_AT * 2).unwrap_or(shared);
    let mut counts: BTreeMap<Stem, usize> = heaviest.iter().map(|(stem, _)| (*stem, 0)).collect();
    let least = counts.keys().next().copied().unwrap_or(Stem::MAX);
    for stem in other.title().iter().chain(other.text()).filter(|stem| **stem >= least) {
        if let Some(count) = counts.get_mut(stem) {
            *count += 1;
        }
    }
    let prominent = |stem: &Stem| own.prominent.contains(stem) || other.prominent().any(|other| other == *stem);
    let often = |(stem, _): &&(Stem, f32)| {
        let (here, there) = (own.places(*stem).count(), counts.get(stem).copied().unwrap_or(0));
        prominent(stem) && here + there > 2 || here > 2 && there > 2
    };
    heaviest.iter().filter(often).take(LOOKED_AT).copied().collect()
}

/// Whether some stems stand on a page one behind the other.
fn has(stems: &Stems, phrase: &[Stem]) -> bool {
    [stems.title(), stems.text()].iter().any(|words| words.windows(phrase.len()).any(|window| window == phrase))
}

/// The heaviest phrases that have no word in common and read as names of something, each as it is written most.
fn choose(own: &Text<'_>, found: Found, most: usize) -> Vec<String> {
    let mut order: Vec<(Phrase, (f32, Vec<u32>))> = found.into_iter().collect();
    order.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
    let mut used: Vec<Stem> = Vec::new();
    let mut chosen = Vec::new();
    for (phrase, (_, places)) in order {
        let stems = phrase.iter().filter(|stem| **stem != BREAK);
        if stems.clone().any(|stem| used.contains(stem)) {
            continue;
        }
        let len = stems.clone().count();
        let written = own.written(&places, len);
        if own.cutter.is_weak(&written) || reads_as_verb(&written, len) {
            continue;
        }
        used.extend(stems);
        chosen.push(written);
        if chosen.len() == most {
            break;
        }
    }
    chosen
}

/// Adverbs, and single words that look like participles: "missed commitments" names something, "missed" does not.
fn reads_as_verb(written: &str, len: usize) -> bool {
    let last = written.rsplit(' ').next().unwrap_or("");
    last.ends_with("ly") || last.ends_with("ed") || len == 1 && last.ends_with("ing") && last.len() < 7
}
