//! Finding pages by words, and patterns by what was seen. The browser's script does the same with the same numbers: all of
//! them are whole, so that both come to the same order.
//!
//! A page is cut into records (its names, items, pieces of text). A word counts by how rare it is and by the sort of record
//! it stands in (BM25F, with weights in place of fields); a page counts by all its words, and by the one record that holds
//! most of them. Any word of a question is enough. One that no page has is understood as the beginning of a word, as
//! another form of it, or as a slip.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use crate::config::Config;
use crate::kinds::Kinds;
use crate::model::{Handbook, Page, PageId};
use crate::parse::{Cutter, FIRST, Stem};

mod ask;
mod records;
mod tokens;

pub use ask::{Answer, Asked, Found, Hit, Widened};
pub use records::{Record, Sort, records};

/// Pages of a large handbook that are kept for one word: those in which it says most.
const KEPT: usize = 1500;

/// Words and pages from which on a handbook is a large one, whose index lies in many files.
const LARGE: usize = 400;

/// The length at which a page's words count as they are, in words; in shorter ones a little more, in longer ones less.
const USUAL_SHARE: u32 = 16;

/// What a handbook can be searched by.
#[derive(Debug, Default)]
pub struct Index {
    /// Every word that stands somewhere, in order, and the number of its stem.
    pub words: Vec<(String, u32)>,
    /// What is known of each stem.
    pub stems: Vec<Posted>,
    /// Words that say nothing by themselves.
    pub fillers: Vec<String>,
    /// Phrases that mean the same, as words.
    pub synonyms: Vec<Vec<Vec<String>>>,
    /// What counts about each page.
    pub pages: Vec<Worth>,
    /// Names of kinds and of stages, in order.
    pub kinds: Vec<String>,
    /// See `kinds`.
    pub stages: Vec<String>,
}

/// Where a stem stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Posted {
    /// How rare it is: a hundred times the logarithm of the share of pages without it.
    pub rare: u32,
    /// For each page, in order: its number, how many records, and for each its number and what the stem is worth there.
    pub places: Vec<u32>,
}

/// What counts about a page besides its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worth {
    /// Its kind and stage, as indexes into the index's lists; a page without a stage has the number of stages.
    pub kind: usize,
    /// See `kind`.
    pub stage: usize,
    /// What its words are worth, in sixteenths.
    pub share: u32,
    /// Whether the finder ranks it: a live page that says what can be seen.
    pub ranked: bool,
}

/// The words of one page: for each stem its records and how often it stands in each, and every word with its stem.
#[derive(Default)]
struct Own {
    stems: BTreeMap<Stem, BTreeMap<u32, u32>>,
    words: HashSet<(String, Stem)>,
    fillers: HashSet<String>,
    length: u32,
}

impl Index {
    /// Gather the words of all pages.
    #[must_use]
    pub fn new(handbook: &Handbook, (config, kinds): (&Config, &Kinds)) -> Index {
        let cutter = Cutter::new(&config.language);
        let own: Vec<Own> = handbook.pages.par_iter().map(|page| own(page, cutter)).collect();
        let (words, numbers) = numbered(&own);
        let usual = own.iter().map(|own| own.length).sum::<u32>() / u32::try_from(own.len().max(1)).unwrap_or(1);
        let mut stems = vec![Posted::default(); numbers.len()];
        for (number, (own, page)) in own.iter().zip(&handbook.pages).enumerate() {
            let records = records(page);
            let norm = norm(own.length, usual);
            for (stem, places) in &own.stems {
                let Some(posted) = numbers.get(stem).and_then(|stem| stems.get_mut(*stem as usize)) else { continue };
                posted.places.extend([small(number), small(places.len())]);
                for (record, times) in places {
                    let weight = records.get(*record as usize).map_or(1, |record| record.weight());
                    posted.places.extend([*record, (weight * times.min(&3) * norm / 16).max(1)]);
                }
            }
        }
        let count = handbook.pages.len();
        stems.par_iter_mut().for_each(|posted| posted.settle(count));
        let fillers: BTreeSet<&String> = own.iter().flat_map(|own| own.fillers.iter().collect::<Vec<_>>()).collect();
        let mut index = Index { words, stems, fillers: fillers.into_iter().cloned().collect(), ..Index::default() };
        index.synonyms = synonyms(config);
        index.weigh(handbook, kinds);
        index
    }

    /// Whether the index is so large that it lies in many files, each of which is loaded when it is needed.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.pages.len() > LARGE
    }

    fn weigh(&mut self, handbook: &Handbook, kinds: &Kinds) {
        let names = |of: &dyn Fn(&Page) -> Option<String>| -> Vec<String> {
            handbook.pages.iter().filter_map(of).collect::<BTreeSet<String>>().into_iter().collect()
        };
        self.kinds = names(&|page| Some(page.kind_name().to_owned()));
        self.stages = names(&|page| page.draft.front.stage.as_ref().map(|stage| stage.text.clone()));
        let worth = |page: &Page| {
            let signals =
                page.draft.sections.iter().any(|section| section.id == "signals" && !section.items.is_empty());
            let stage = page.draft.front.stage.as_ref().map(|stage| &stage.text);
            let place = |list: &[String], name: Option<&String>| {
                name.and_then(|name| list.binary_search(name).ok()).unwrap_or(list.len())
            };
            let live = page.is_live();
            let kind = page.kind(kinds).is_some();
            Worth {
                kind: place(&self.kinds, Some(&page.kind_name().to_owned())),
                stage: place(&self.stages, stage),
                share: match (live, signals, kind) {
                    (false, ..) => USUAL_SHARE / 2,
                    (true, true, _) => USUAL_SHARE + 4,
                    (true, false, true) => USUAL_SHARE,
                    // A folder's front page, a manual: rarely what a reader in trouble looks for.
                    (true, false, false) => USUAL_SHARE / 2 + 1,
                },
                ranked: live && signals,
            }
        };
        self.pages = handbook.pages.iter().map(worth).collect();
    }
}

impl Posted {
    /// Work out how rare it is; in a large handbook keep the places that count.
    fn settle(&mut self, pages: usize) {
        let count = self.pages().count();
        let share = (pages as f64 + 1.0) / (count as f64 + 0.5);
        self.rare = ((libm::log(share) * 100.0) as u32).max(20);
        if pages > LARGE && count > KEPT {
            let mut worths: Vec<u32> =
                self.pages().map(|(_, places)| places.iter().map(|(_, worth)| worth).sum()).collect();
            worths.sort_unstable_by(|a, b| b.cmp(a));
            let least = worths.get(KEPT).copied().unwrap_or(0);
            let kept: Vec<u32> = self
                .pages()
                .filter(|(_, places)| places.iter().map(|(_, worth)| worth).sum::<u32>() > least)
                .flat_map(|(page, places)| {
                    let head = [page, small(places.len())];
                    head.into_iter()
                        .chain(places.into_iter().flat_map(|(record, worth)| [record, worth]))
                        .collect::<Vec<_>>()
                })
                .collect();
            // Where all are alike, the first ones stay.
            self.places = if kept.is_empty() { self.first(KEPT) } else { kept };
        }
        self.places.shrink_to_fit();
    }

    fn first(&self, most: usize) -> Vec<u32> {
        let pages = self.pages().take(most);
        let flat = pages.flat_map(|(page, places)| {
            let head = [page, small(places.len())];
            head.into_iter().chain(places.into_iter().flat_map(|(record, worth)| [record, worth])).collect::<Vec<_>>()
        });
        flat.collect()
    }

    /// Each page's number, and for each of its records the number and the worth.
    pub fn pages(&self) -> impl Iterator<Item = (u32, Vec<(u32, u32)>)> {
        let mut rest = self.places.as_slice();
        std::iter::from_fn(move || {
            let (&page, tail) = rest.split_first()?;
            let (&count, tail) = tail.split_first()?;
            let (own, tail) = tail.split_at_checked(count as usize * 2)?;
            rest = tail;
            Some((
                page,
                own.chunks_exact(2)
                    .map(|pair| (pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0)))
                    .collect(),
            ))
        })
    }
}

/// What a word is worth on a page of this length, in sixteenths.
fn norm(length: u32, usual: u32) -> u32 {
    (32 * usual.max(1) / (usual + length).max(1)).clamp(6, 19)
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The words of a page, record by record.
fn own(page: &Page, cutter: Cutter) -> Own {
    let mut own = Own::default();
    for (number, record) in records(page).iter().enumerate() {
        cutter.cut(&record.text, &mut |word| {
            let folded = tokens::fold(word.text);
            if folded.is_empty() {
                return;
            }
            if word.stem < FIRST {
                own.fillers.insert(folded);
                return;
            }
            own.length += 1;
            *own.stems.entry(word.stem).or_default().entry(small(number)).or_default() += 1;
            own.words.insert((folded, word.stem));
        });
    }
    own
}

/// Every word in order with the number of its stem, and the number of every stem.
fn numbered(own: &[Own]) -> (Vec<(String, u32)>, HashMap<Stem, u32>) {
    // Of two stems that one folded word has, the lower one counts: any would do, if it is always the same.
    let mut words: BTreeMap<&str, Stem> = BTreeMap::new();
    let mut all: Vec<&(String, Stem)> = own.iter().flat_map(|own| own.words.iter().collect::<Vec<_>>()).collect();
    all.sort_unstable();
    all.dedup();
    for (word, stem) in all {
        words.entry(word).or_insert(*stem);
    }
    let mut numbers: HashMap<Stem, u32> = HashMap::new();
    for stem in words.values() {
        let next = small(numbers.len());
        numbers.entry(*stem).or_insert(next);
    }
    let words = words.into_iter().map(|(word, stem)| (word.to_owned(), numbers.get(&stem).copied().unwrap_or(0)));
    (words.collect(), numbers)
}

/// The groups of `[search] synonyms`, each phrase as its words.
fn synonyms(config: &Config) -> Vec<Vec<Vec<String>>> {
    let phrase = |phrase: &String| tokens::tokens(phrase).into_iter().map(|token| token.word).collect::<Vec<_>>();
    let group = |group: &Vec<String>| group.iter().map(phrase).filter(|words| !words.is_empty()).collect();
    config.synonyms.iter().map(group).collect()
}

/// The number of a page in the index.
#[must_use]
pub fn number(page: PageId) -> u32 {
    small(page.index())
}
