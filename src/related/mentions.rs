//! Which pages speak of which others by name, linked or not.
//!
//! A page is spoken of under its title without what stands in brackets, under the first part of a long title, under its
//! title without words such as "pattern" or "guide", under an acronym in brackets, and under its aliases.

use std::collections::HashMap;

use rayon::prelude::*;

use super::vectors::rarity;
use crate::model::{Handbook, Page};
use crate::parse::{BREAK, ByStem, Cutter, FIRST, Stem, Stems};

/// Pages that may share a name before it says nothing about any of them.
const SHARED: usize = 3;

/// A name that stands on more than this many pages, and on more than a tenth of all, is a word of the language.
const COMMON: usize = 30;

/// Words of a title that only say what kind of page it is.
const KINDS: [&str; 6] = ["pattern", "principle", "guide", "policy", "overview", "introduction"];

/// A page spoken of on another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mention {
    /// The page.
    pub(super) page: u32,
    /// How much it says: n/(n+1) · ln(1 + N/df) / ln(1 + N), for a name that stands n times on the page and on df of
    /// the N pages.
    pub(super) weight: f32,
    /// Whether the name has more than one word: then it is no accident.
    pub(super) sure: bool,
}

/// For each page those it speaks of, and those that speak of it; both in order of pages.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// By the page that speaks.
    pub(super) of: Vec<Vec<Mention>>,
    /// By the page spoken of.
    pub(super) by: Vec<Vec<Mention>>,
    names: Names,
    /// On how many pages each name stands.
    having: Vec<usize>,
}

/// The names of all pages.
#[derive(Debug, Default)]
struct Names {
    /// The stems of each name, and the pages that have it.
    names: Vec<(Vec<Stem>, Vec<u32>)>,
    /// The names that begin with a stem, longest first.
    first: ByStem<Vec<u32>>,
}

impl Mentions {
    /// Look for every page's names in every other page's text.
    pub(super) fn new(book: &Handbook, cutter: Cutter) -> Mentions {
        let names = Names::new(book, cutter);
        let found: Vec<Vec<(u32, u32)>> =
            book.pages.par_iter().map(|page| names.count(page.draft.stems.text())).collect();
        let mut having = vec![0_usize; names.names.len()];
        for (name, _) in found.iter().flatten() {
            if let Some(count) = having.get_mut(*name as usize) {
                *count += 1;
            }
        }
        let all = book.pages.len();
        let of = found.iter().enumerate().map(|(from, counts)| names.weigh((from, counts), (&having, all))).collect();
        let mut mentions = Mentions { of, by: vec![Vec::new(); all], names, having };
        for (from, own) in mentions.of.iter().enumerate() {
            for mention in own {
                let from = u32::try_from(from).unwrap_or(u32::MAX);
                if let Some(by) = mentions.by.get_mut(mention.page as usize) {
                    by.push(Mention { page: from, ..*mention });
                }
            }
        }
        mentions
    }

    /// Those of a page that was edited since, among `all` pages.
    pub(super) fn afresh(&self, (page, stems): (usize, &Stems), all: usize) -> Vec<Mention> {
        self.names.weigh((page, &self.names.count(stems.text())), (&self.having, all))
    }
}

impl Names {
    fn new(book: &Handbook, cutter: Cutter) -> Names {
        let mut known: HashMap<Vec<Stem>, Vec<u32>> = HashMap::new();
        for (id, page) in book.all() {
            let page_number = u32::try_from(id.index()).unwrap_or(u32::MAX);
            for name in forms(page, cutter) {
                let pages = known.entry(name).or_default();
                if pages.last() != Some(&page_number) {
                    pages.push(page_number);
                }
            }
        }
        let mut names: Vec<_> = known.into_iter().filter(|(_, pages)| pages.len() <= SHARED).collect();
        // The longest first: of two that begin at one place it is meant.
        names.sort_unstable_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        let mut first: ByStem<Vec<u32>> = ByStem::default();
        for (number, (name, _)) in names.iter().enumerate() {
            if let Some(stem) = name.first() {
                first.entry(*stem).or_default().push(u32::try_from(number).unwrap_or(u32::MAX));
            }
        }
        Names { names, first }
    }

    /// How often each name stands in a text, in order of names. Where two begin at one place the longer one is meant.
    fn count(&self, text: &[Stem]) -> Vec<(u32, u32)> {
        let mut found: Vec<u32> = Vec::new();
        let mut at = 0;
        while let Some(stem) = text.get(at) {
            let rest = text.get(at..).unwrap_or(&[]);
            let stands = |number: &&u32| self.names.get(**number as usize).is_some_and(|(name, _)| begins(rest, name));
            let name = self.first.get(stem).filter(|_| *stem >= FIRST).and_then(|list| list.iter().find(stands));
            found.extend(name);
            at += name.and_then(|number| self.names.get(*number as usize)).map_or(1, |(name, _)| name.len());
        }
        found.sort_unstable();
        let mut counts: Vec<(u32, u32)> = Vec::new();
        for name in found {
            match counts.last_mut().filter(|last| last.0 == name) {
                Some(last) => last.1 += 1,
                None => counts.push((name, 1)),
            }
        }
        counts
    }

    /// The pages that the names on a page mean, but for itself.
    fn weigh(&self, (page, counts): (usize, &[(u32, u32)]), (having, all): (&[usize], usize)) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::new();
        for (name, count) in counts {
            let having = having.get(*name as usize).copied().unwrap_or(0);
            if having > COMMON && having * 10 > all {
                continue;
            }
            let often = f64::from(*count) / f64::from(*count + 1);
            let weight = (often * rarity(all, having) / rarity(all, 1)) as f32;
            let pages = self.names.get(*name as usize).map_or(&[][..], |(_, pages)| pages);
            let sure = self.names.get(*name as usize).is_some_and(|(name, _)| name.len() > 1);
            mentions.extend(pages.iter().map(|page| Mention { page: *page, weight, sure }));
        }
        mentions.sort_by(|a, b| a.page.cmp(&b.page).then(b.weight.total_cmp(&a.weight)));
        mentions.dedup_by_key(|mention| mention.page);
        mentions.retain(|mention| mention.page as usize != page);
        mentions
    }
}

/// Whether a text begins with a name; one filler is as good as another.
fn begins(text: &[Stem], name: &[Stem]) -> bool {
    let filler = |stem: Stem| stem != BREAK && stem < FIRST;
    text.len() >= name.len() && name.iter().zip(text).all(|(a, b)| a == b || filler(*a) && filler(*b))
}

/// What a page may be called in running text, as stems.
fn forms(page: &Page, cutter: Cutter) -> Vec<Vec<Stem>> {
    let title = page.title();
    let (bare, bracketed) = brackets(title);
    let mut texts = vec![bare.clone()];
    let parted = [" – ", " — ", " - ", ": "].iter().filter_map(|mark| bare.split_once(mark)).map(|(first, _)| first);
    texts.extend(parted.filter(|first| first.split_whitespace().nth(1).is_some()).map(str::to_owned));
    let is_kind = |word: &&str| KINDS.contains(&word.to_lowercase().trim_end_matches('s'));
    if bare.split_whitespace().any(|word| is_kind(&word)) {
        texts.push(bare.split_whitespace().filter(|word| !is_kind(word)).collect::<Vec<_>>().join(" "));
    }
    let acronym = |text: &String| text.chars().count() > 1 && text.chars().all(|c| c.is_uppercase() || c.is_numeric());
    texts.extend(bracketed.into_iter().filter(acronym));
    texts.extend(page.draft.aliases.iter().map(|alias| alias.text.clone()));
    let mut forms: Vec<Vec<Stem>> =
        texts.iter().map(|text| stems(text, cutter)).filter(|form| !form.is_empty()).collect();
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// A title without what stands in brackets, and what does.
fn brackets(title: &str) -> (String, Option<String>) {
    match title.split_once('(').and_then(|(before, rest)| Some((before, rest.split_once(')')?))) {
        Some((before, (inside, after))) => {
            (format!("{} {}", before.trim(), after.trim()).trim().to_owned(), Some(inside.to_owned()))
        }
        None => (title.to_owned(), None),
    }
}

/// The stems of a name, without fillers and breaks at its ends.
fn stems(text: &str, cutter: Cutter) -> Vec<Stem> {
    let mut stems = Vec::new();
    cutter.cut(text, &mut |word| stems.push(word.stem));
    let from = stems.iter().position(|stem| *stem >= FIRST).unwrap_or(stems.len());
    let to = stems.iter().rposition(|stem| *stem >= FIRST).map_or(from, |last| last + 1);
    stems.get(from..to).unwrap_or(&[]).to_vec()
}
