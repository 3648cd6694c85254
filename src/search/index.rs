//! Pages to an index: which words there are, which of them are forms of one, and in which units each stands.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use rayon::prelude::*;

use super::forms::Forms;
use super::units::{CLASSES, Class, Units, name_class};
use super::words::{cut, fillers, phrases, tokens};
use crate::config::Config;
use crate::graph::Graph;
use crate::model::{Handbook, Page, PageId};

/// Pages that are kept for a term: of a word that stands on more of them, those on which it weighs most.
const MOST_PAGES: usize = 600;

/// Units of a page that are kept for a term, the weightiest.
const MOST_UNITS: usize = 4;

/// Units of one class on a page; those beyond it count as the last.
const MOST_ORDINAL: u16 = 6000;

/// What a unit is worth by its class, when all pages are searched.
pub(super) const SEARCH: [u64; CLASSES as usize] = [24, 24, 24, 24, 5, 5, 4, 3, 2, 3];

/// What the name of a group of synonyms begins with. No word does.
pub(super) const GROUP: char = '=';

/// A name for a group of synonyms among the words.
#[must_use]
pub fn group_word(group: usize) -> String {
    format!("{GROUP}{group}")
}

/// Where a term stands: a page, and there a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Posting {
    /// The page's number.
    pub page: u32,
    /// The unit: its ordinal among those of its class, times [`CLASSES`], plus the class.
    pub unit: u16,
}

/// Words that mean the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// As they stand in `site.toml`.
    pub said: Vec<String>,
    /// Folded, words between single spaces; forms of a single word that stand on some page are among them.
    pub spelt: Vec<String>,
}

/// The words of a handbook, and where they stand. Whoever has it needs no page to rank pages.
#[derive(Debug, Default)]
pub struct Index {
    /// Every folded word, in order.
    pub words: Vec<Box<str>>,
    /// For each word its term. Terms are numbered by their first words.
    pub terms: Vec<u32>,
    /// For each term what it counts: the rarer the more.
    pub weights: Vec<u16>,
    /// For each term what it counts however rare it is, in sixteenths.
    senses: Vec<u16>,
    starts: Vec<u32>,
    postings: Vec<Posting>,
    /// Words that say nothing.
    pub fillers: Vec<&'static str>,
    /// Synonyms.
    pub groups: Vec<Group>,
    /// What a ticked signal counts.
    pub tick: u64,
    /// Characters after which a word is cut.
    pub longest: usize,
}

/// A run of pages, with words numbered for themselves.
#[derive(Default)]
struct Chunk {
    numbers: HashMap<Box<str>, u32>,
    /// Word, page, unit.
    found: Vec<(u32, Posting)>,
}

/// What a page is read with.
struct Reading<'a> {
    book: (&'a Handbook, &'a Graph),
    fillers: Vec<&'static str>,
    /// Synonyms of several words, by their first.
    phrases: HashMap<String, Vec<(usize, Vec<String>)>>,
    longest: usize,
}

impl Index {
    /// Of a handbook.
    #[must_use]
    pub fn new(handbook: &Handbook, graph: &Graph, config: &Config) -> Index {
        let longest = config.limits.word;
        let phrases = phrases(&config.synonyms, longest);
        let reading = Reading { book: (handbook, graph), fillers: fillers(&config.language), phrases, longest };
        let pages: Vec<(PageId, &Page)> = handbook.all().collect();
        let size = pages.len().div_ceil(64).max(8);
        let chunks: Vec<Chunk> = pages.par_chunks(size).map(|pages| chunk(pages, &reading)).collect();
        let mut index = Index { longest, fillers: reading.fillers, ..Index::default() };
        index.name_words(&chunks, (&config.language, config.synonyms.len()));
        index.group(&config.synonyms);
        index.place(chunks, pages.len());
        index
    }

    /// Put all words in order, and bring the forms of one together.
    fn name_words(&mut self, chunks: &[Chunk], (language, groups): (&str, usize)) {
        let mut words: Vec<&str> =
            chunks.par_iter().flat_map_iter(|chunk| chunk.numbers.keys().map(|word| &**word)).collect();
        words.par_sort_unstable();
        words.dedup();
        let names: Vec<String> = (0..groups).map(group_word).collect();
        words.extend(names.iter().map(String::as_str));
        words.sort_unstable();
        words.dedup();
        let stem = |forms: &mut Forms, word: &&str| match word.starts_with('=') {
            true => ((*word).to_owned(), 16),
            false => (forms.term(word), forms.sense(word)),
        };
        let stems: Vec<(String, u16)> = words.par_iter().map_init(|| Forms::new(language), stem).collect();
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        for (stem, sense) in &stems {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let term = *numbers.entry(stem).or_insert(next);
            self.terms.push(term);
            match self.senses.get_mut(term as usize) {
                Some(own) => *own = (*own).min(*sense),
                None => self.senses.push(*sense),
            }
        }
        self.words = words.into_iter().map(Box::from).collect();
    }

    /// Synonyms with every form of them that stands somewhere.
    fn group(&mut self, synonyms: &[Vec<String>]) {
        let mut by_term: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (word, term) in self.terms.iter().enumerate() {
            by_term.entry(*term).or_default().push(word);
        }
        for said in synonyms {
            let mut spelt: Vec<String> = said.iter().map(|said| folded(said, self.longest)).collect();
            let terms = spelt.iter().filter_map(|word| self.term(word)).collect::<Vec<u32>>();
            let forms = terms.iter().filter_map(|term| by_term.get(term)).flatten();
            spelt.extend(forms.filter_map(|word| self.words.get(*word)).map(|word| word.to_string()));
            spelt.retain(|word| !word.is_empty());
            spelt.sort_unstable();
            spelt.dedup();
            self.groups.push(Group { said: said.clone(), spelt });
        }
    }

    /// Bring what was found in all pages into the order of terms, pages and units.
    fn place(&mut self, chunks: Vec<Chunk>, pages: usize) {
        let groups = self.group_terms();
        let all = chunks.into_par_iter().flat_map_iter(|chunk| self.keys(chunk, &groups));
        let mut keys: Vec<u64> = all.collect();
        keys.par_sort_unstable();
        keys.dedup();
        let terms = self.terms.iter().max().map_or(0, |last| last + 1);
        self.starts.push(0);
        let mut rest = keys.as_slice();
        for term in 0..terms {
            let own = rest.partition_point(|key| key >> 40 == u64::from(term));
            let (head, tail) = rest.split_at(own);
            rest = tail;
            self.add_term(head, pages);
        }
        self.postings.shrink_to_fit();
        self.tick = u64::from(rarity(pages, 1 + pages / 60)) * TICK;
    }

    /// What was found in a run of pages, each word as its term and, of synonyms, as their group too.
    fn keys(&self, chunk: Chunk, groups: &HashMap<u32, Vec<u32>>) -> Vec<u64> {
        let mut terms = vec![0_u32; chunk.numbers.len()];
        chunk.numbers.iter().for_each(|(word, number)| {
            if let (Some(own), Some(term)) = (terms.get_mut(*number as usize), self.term(word)) {
                *own = term;
            }
        });
        let mut keys = Vec::with_capacity(chunk.found.len());
        for (word, at) in chunk.found {
            let term = terms.get(word as usize).copied().unwrap_or(0);
            keys.push(key(term, at));
            keys.extend(groups.get(&term).into_iter().flatten().map(|group| key(*group, at)));
        }
        keys
    }

    /// For each word of a group its term, and those of its groups.
    fn group_terms(&self) -> HashMap<u32, Vec<u32>> {
        let mut groups: HashMap<u32, Vec<u32>> = HashMap::new();
        for (number, group) in self.groups.iter().enumerate() {
            let Some(own) = self.term(&group_word(number)) else { continue };
            for term in group.spelt.iter().filter_map(|word| self.term(word)) {
                let of = groups.entry(term).or_default();
                if !of.contains(&own) {
                    of.push(own);
                }
            }
        }
        groups
    }

    fn add_term(&mut self, keys: &[u64], pages: usize) {
        let mut per_page: Vec<(u64, Vec<Posting>)> = Vec::new();
        for run in keys.chunk_by(|one, other| one >> 16 == other >> 16) {
            let mut own: Vec<Posting> = run.iter().map(|key| posting(*key)).collect();
            own.sort_by_key(|posting| (std::cmp::Reverse(class_weight(posting.unit)), posting.unit));
            own.truncate(MOST_UNITS);
            let weight = own.iter().map(|posting| class_weight(posting.unit)).sum();
            own.sort_unstable();
            per_page.push((weight, own));
        }
        let sense = self.senses.get(self.weights.len()).copied().unwrap_or(16);
        self.weights.push((rarity(pages, per_page.len()) * sense / 16).max(1));
        if per_page.len() > MOST_PAGES {
            per_page.sort_by_key(|(weight, own)| (std::cmp::Reverse(*weight), own.first().copied()));
            per_page.truncate(MOST_PAGES);
            per_page.sort_by_key(|(_, own)| own.first().copied());
        }
        self.postings.extend(per_page.into_iter().flat_map(|(_, own)| own));
        self.starts.push(u32::try_from(self.postings.len()).unwrap_or(u32::MAX));
    }

    /// The term of a folded word, if it stands on some page.
    #[must_use]
    pub fn term(&self, word: &str) -> Option<u32> {
        let at = self.words.binary_search_by(|known| (**known).cmp(word)).ok()?;
        self.terms.get(at).copied()
    }

    /// The words that begin with `beginning`, as a range of [`Index::words`].
    #[must_use]
    pub fn beginning(&self, beginning: &str) -> Range<usize> {
        let from = self.words.partition_point(|word| **word < *beginning);
        let rest = self.words.get(from..).unwrap_or(&[]);
        from..from + rest.partition_point(|word| word.starts_with(beginning))
    }

    /// Where a term stands, in order.
    #[must_use]
    pub fn postings(&self, term: u32) -> &[Posting] {
        let at = |term: usize| self.starts.get(term).map_or(0, |start| *start as usize);
        self.postings.get(at(term as usize)..at(term as usize + 1)).unwrap_or(&[])
    }

    /// Whether a term stands for a group of synonyms: its only word says so.
    #[must_use]
    pub fn is_group(&self, term: u32) -> bool {
        (0..self.groups.len()).any(|group| self.term(&group_word(group)) == Some(term))
    }

    /// The terms of all words of a group of synonyms, if `term` stands for one; else none.
    pub(super) fn members(&self, term: u32) -> impl Iterator<Item = u32> {
        let groups = self.groups.iter().enumerate();
        let own = groups.filter(move |(number, _)| self.term(&group_word(*number)) == Some(term));
        own.flat_map(|(_, group)| group.spelt.iter().filter_map(|word| self.term(word)))
    }

    /// Whether a folded word says nothing.
    #[must_use]
    pub fn is_filler(&self, word: &str) -> bool {
        is_filler(&self.fillers, word)
    }
}

/// What one ticked signal counts, in words of its rarity that stand in a signal.
const TICK: u64 = 16 * 256 * 3;

fn is_filler(fillers: &[&str], word: &str) -> bool {
    fillers.binary_search(&word).is_ok() || (word.is_ascii() && word.len() < 2)
}

/// How much a term on so many of all pages counts. Whole numbers, so that every machine and the browser reckon alike.
fn rarity(pages: usize, own: usize) -> u16 {
    let (pages, own) = (pages as f64, own as f64);
    let rare = libm::log(1.0 + (pages - own + 0.5).max(0.5) / (own + 0.5));
    (rare * 16.0).round().clamp(1.0, 1000.0) as u16
}

fn class_weight(unit: u16) -> u64 {
    SEARCH.get(usize::from(unit % CLASSES)).copied().unwrap_or(0)
}

fn key(term: u32, at: Posting) -> u64 {
    u64::from(term) << 40 | u64::from(at.page) << 16 | u64::from(at.unit)
}

fn posting(key: u64) -> Posting {
    Posting { page: (key >> 16 & 0xff_ffff) as u32, unit: (key & 0xffff) as u16 }
}

/// A phrase as it is compared: folded words between single spaces.
#[must_use]
pub(super) fn folded(text: &str, longest: usize) -> String {
    tokens(text, longest).into_iter().map(|token| token.word).collect::<Vec<_>>().join(" ")
}

/// Give a unit its number: its ordinal among those of its class.
#[derive(Default)]
struct Numbers([u16; CLASSES as usize]);

impl Numbers {
    fn next(&mut self, class: Class) -> u16 {
        let Some(count) = self.0.get_mut(class as usize) else { return 0 };
        let own = *count;
        *count = (own + 1).min(MOST_ORDINAL);
        own * CLASSES + class as u16
    }
}

/// The number of each unit of a page, by which postings name it.
#[must_use]
pub fn unit_numbers(units: &Units, index: &Index) -> Vec<u16> {
    numbered(units, (&index.fillers, index.longest))
}

fn numbered(units: &Units, reading: (&[&str], usize)) -> Vec<u16> {
    let mut numbers = Numbers::default();
    units.all.iter().map(|unit| numbers.next(class_of(unit.class, &unit.text, reading))).collect()
}

/// The class of a unit: that of a name follows from its words.
fn class_of(class: Class, text: &str, (fillers, longest): (&[&str], usize)) -> Class {
    if class != Class::Name1 {
        return class;
    }
    let mut words = tokens(text, longest).into_iter().map(|token| token.word).collect::<Vec<_>>();
    words.retain(|word| !is_filler(fillers, word));
    words.sort_unstable();
    words.dedup();
    name_class(words.len())
}

fn chunk(pages: &[(PageId, &Page)], reading: &Reading<'_>) -> Chunk {
    let mut chunk = Chunk::default();
    for (id, page) in pages {
        let start = chunk.found.len();
        let units = Units::new((*id, page), reading.book);
        for (unit, number) in units.all.iter().zip(numbered(&units, (&reading.fillers, reading.longest))) {
            let at = Posting { page: u32::try_from(id.index()).unwrap_or(u32::MAX), unit: number };
            chunk.read(&unit.label, at, reading);
            chunk.read(&unit.text, at, reading);
        }
        let mut own = chunk.found.split_off(start);
        own.sort_unstable();
        own.dedup();
        chunk.found.extend(own);
    }
    chunk
}

impl Chunk {
    /// Note the words of a text. Where nothing but fillers stands, they are all there is to find it by.
    fn read(&mut self, text: &str, at: Posting, reading: &Reading<'_>) {
        let before = self.found.len();
        cut(text, reading.longest, &mut |word, _, _| {
            if !is_filler(&reading.fillers, word) {
                self.note(word, at);
            }
        });
        if self.found.len() == before {
            cut(text, reading.longest, &mut |word, _, _| self.note(word, at));
        }
        if !reading.phrases.is_empty() {
            let words = tokens(text, reading.longest);
            for (place, token) in words.iter().enumerate() {
                let same = |phrase: &[String]| {
                    let own = words.iter().skip(place).take(phrase.len()).map(|token| &token.word);
                    own.eq(phrase)
                };
                let known = reading.phrases.get(&token.word).into_iter().flatten();
                for (group, _) in known.filter(|(_, phrase)| same(phrase)) {
                    self.note(&group_word(*group), at);
                }
            }
        }
    }

    fn note(&mut self, word: &str, at: Posting) {
        let number = match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
                self.numbers.insert(word.into(), next);
                next
            }
        };
        self.found.push((number, at));
    }
}
