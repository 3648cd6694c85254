//! From a question to an answer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::tokens::{self, Token};
use super::{Index, Posted, Record, Sort, records};
use crate::model::{Handbook, PageId};

/// Above this a further word on a page adds little.
const ENOUGH: u32 = 24;

/// What a word is usually worth where it says most, and what it may be worth at most.
const USUAL_WORTH: u32 = 12;
const MOST_WORTH: u32 = 24;

/// Records of a page that are shown.
const HITS: usize = 3;

/// What the words of a ticked signal are worth in sixteenths, on other pages than its own; and the tick itself.
const LIKE_TICKED: u32 = 4;
const TICKED: u32 = 900;

/// Stems that an unknown word is taken for.
const MEANT: usize = 12;

/// A question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The words, as typed. The last may be the beginning of one.
    pub text: String,
    /// Signals that were seen, as `PAGE-ID#ANCHOR`.
    pub ticks: Vec<String>,
    /// Only pages of this kind, if one is named.
    pub kind: Option<String>,
    /// Only pages of this stage, if one is named.
    pub stage: Option<String>,
    /// Whether patterns are ranked by what was seen, and nothing else is found.
    pub finder: bool,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The pages, best first.
    pub pages: Vec<Found>,
    /// Words that no page knows, as typed.
    pub left: Vec<String>,
    /// Words that were understood otherwise than they were typed.
    pub widened: Vec<Widened>,
}

/// A word that was understood otherwise than it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Widened {
    /// As typed.
    pub word: String,
    /// As understood.
    pub to: String,
    /// `slip`, `form`, `beginning` or `synonym`.
    pub why: &'static str,
}

/// A page that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The page.
    pub page: PageId,
    /// How well it answers; to be compared within one answer only.
    pub score: u64,
    /// Its records that answer best, in that order.
    pub hits: Vec<Hit>,
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its number on its page.
    pub number: u32,
    /// What it is.
    pub record: Record,
    /// Where words that were found begin and end in the text that is shown, in UTF-16 units.
    pub marks: Vec<(u32, u32)>,
    /// Whether it is a signal that was ticked.
    pub ticked: bool,
}

/// What one word of a question stands for: stems, and what each counts, in sixteenths.
type Meant = BTreeMap<u32, u32>;

/// What a question comes to on one page.
#[derive(Default)]
struct Sum {
    score: u64,
    records: BTreeMap<u32, u64>,
}

impl Index {
    /// Answer a question.
    #[must_use]
    pub fn ask(&self, handbook: &Handbook, asked: &Asked) -> Answer {
        let mut answer = Answer::default();
        let groups = self.understand(&asked.text, &mut answer);
        let mut sums: BTreeMap<u32, Sum> = BTreeMap::new();
        self.add(&groups, 16, &mut sums);
        let ticked = self.tick(handbook, &asked.ticks, &mut sums);
        let kind = asked.kind.as_ref().map(|kind| self.kinds.binary_search(kind).unwrap_or(usize::MAX));
        let stage = asked.stage.as_ref().map(|stage| self.stages.binary_search(stage).unwrap_or(usize::MAX));
        let wanted = |page: &u32| {
            self.pages.get(*page as usize).is_some_and(|worth| {
                (!asked.finder || worth.ranked)
                    && kind.is_none_or(|kind| worth.kind == kind)
                    && stage.is_none_or(|stage| worth.stage == stage)
            })
        };
        // What is only like a ticked signal puts a page higher, and is not enough by itself.
        let seen = |page: u32| ticked.range((page, 0)..=(page, u32::MAX)).next().is_some();
        let answers = |(page, sum): &(u32, Sum)| wanted(page) && (!sum.records.is_empty() || seen(*page));
        let mut ranked: Vec<(u32, Sum)> = sums.into_iter().filter(answers).collect();
        for (page, sum) in &mut ranked {
            let share = self.pages.get(*page as usize).map_or(16, |worth| worth.share);
            let best = sum.records.values().max().copied().unwrap_or(0);
            sum.score = (sum.score + best) * u64::from(share) / 16;
        }
        ranked.sort_by(|one, other| other.1.score.cmp(&one.1.score).then(one.0.cmp(&other.0)));
        let stems: BTreeSet<u32> = groups.iter().flat_map(|meant| meant.keys().copied()).collect();
        let found = ranked.into_iter().map(|(page, sum)| self.found(handbook, (page, &sum), (&stems, &ticked)));
        answer.pages = found.collect();
        answer
    }

    /// What each word of a question stands for.
    fn understand(&self, text: &str, answer: &mut Answer) -> Vec<Meant> {
        let mut tokens = tokens::tokens(text);
        tokens.truncate(tokens::MOST);
        let typing = !text.ends_with(char::is_whitespace);
        let synonyms = self.synonyms(&tokens, answer);
        let mut groups: Vec<Meant> = Vec::new();
        let last = tokens.len().saturating_sub(1);
        for (at, token) in tokens.iter().enumerate() {
            let mut meant = self.word(&token.word).map(|stem| Meant::from([(stem, 16)])).unwrap_or_default();
            let other = synonyms.get(&at);
            if meant.is_empty() && other.is_none() && !self.is_filler(&token.word) {
                meant = self.guess((token, at == last && typing), text, answer);
            }
            for (stem, worth) in other.into_iter().flatten() {
                meant.entry(*stem).or_insert(*worth);
            }
            if !meant.is_empty() && !groups.contains(&meant) {
                groups.push(meant);
            }
        }
        groups
    }

    /// The stem of a word that stands somewhere.
    fn word(&self, word: &str) -> Option<u32> {
        let at = self.words.binary_search_by(|(known, _)| known.as_str().cmp(word)).ok()?;
        self.words.get(at).map(|(_, stem)| *stem)
    }

    fn is_filler(&self, word: &str) -> bool {
        word.chars().nth(1).is_none() || self.fillers.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
    }

    /// For the first word of each phrase that has synonyms, their stems.
    fn synonyms(&self, tokens: &[Token], answer: &mut Answer) -> HashMap<usize, Vec<(u32, u32)>> {
        let mut found: HashMap<usize, Vec<(u32, u32)>> = HashMap::new();
        for group in &self.synonyms {
            for (which, phrase) in group.iter().enumerate() {
                let same = |window: &[Token]| window.iter().map(|token| &token.word).eq(phrase);
                let Some(at) = tokens.windows(phrase.len()).position(same) else { continue };
                let others = group.iter().enumerate().filter(|(other, _)| *other != which);
                let stems = others.clone().flat_map(|(_, words)| words).filter_map(|word| self.word(word));
                let before = found.get(&at).map_or(0, Vec::len);
                found.entry(at).or_default().extend(stems.map(|stem| (stem, 10)));
                if found.get(&at).map_or(0, Vec::len) > before {
                    let to = others.map(|(_, words)| words.join(" ")).collect::<Vec<_>>().join(", ");
                    answer.widened.push(Widened { word: phrase.join(" "), to, why: "synonym" });
                }
            }
        }
        found
    }

    /// What a word that stands nowhere may stand for.
    fn guess(&self, (token, typing): (&Token, bool), text: &str, answer: &mut Answer) -> Meant {
        let word = token.word.as_str();
        let near = |most: usize, worth: u32| (self.slips(word, most), worth, "slip");
        let mut tries: Vec<(Vec<usize>, u32, &'static str)> = Vec::new();
        if typing {
            tries.push((self.beginnings(word, 2), 14, "beginning"));
        }
        tries.extend([
            near(1, 12),
            (self.forms(word), 13, "form"),
            near(2, 10),
            (self.beginnings(word, 4), 10, "beginning"),
        ]);
        let units: Vec<u16> = text.encode_utf16().collect();
        let typed =
            units.get(token.at.0 as usize..token.at.1 as usize).map(String::from_utf16_lossy).unwrap_or_default();
        let Some((places, worth, why)) = tries.into_iter().find(|(places, ..)| !places.is_empty()) else {
            answer.left.push(typed);
            return Meant::new();
        };
        let mut meant = Meant::new();
        let mut shown: Vec<&str> = Vec::new();
        for (known, stem) in places.iter().filter_map(|at| self.words.get(*at)) {
            if meant.len() < MEANT && !meant.contains_key(stem) {
                meant.insert(*stem, worth);
                shown.push(known);
            }
        }
        if why != "beginning" || !typing {
            shown.truncate(3);
            answer.widened.push(Widened { word: typed, to: shown.join(", "), why });
        }
        meant
    }

    /// The words that begin so.
    fn beginnings(&self, word: &str, least: usize) -> Vec<usize> {
        if word.chars().nth(least - 1).is_none() {
            return Vec::new();
        }
        let from = self.words.partition_point(|(known, _)| known.as_str() < word);
        let rest = self.words.iter().enumerate().skip(from);
        rest.take_while(|(_, (known, _))| known.starts_with(word)).map(|(at, _)| at).collect()
    }

    /// The words that have the longest beginning in common with this one, if little is left of either.
    fn forms(&self, word: &str) -> Vec<usize> {
        let word: Vec<char> = word.chars().collect();
        let mut best = (0, Vec::new());
        for (at, known) in self.from_the_same_letter(&word) {
            let same = word.iter().zip(&known).take_while(|(one, other)| one == other).count();
            let fits = same >= 4 && word.len() - same <= 4 && known.len() - same <= 5;
            if fits && same > best.0 {
                best = (same, vec![at]);
            } else if fits && same == best.0 {
                best.1.push(at);
            }
        }
        best.1
    }

    /// The words that differ by at most so many slips: a letter more, less or other, or two that changed places.
    fn slips(&self, word: &str, most: usize) -> Vec<usize> {
        let word: Vec<char> = word.chars().collect();
        if word.len() < [0, 4, 8].get(most).copied().unwrap_or(8) {
            return Vec::new();
        }
        let near = |(at, known): (usize, Vec<char>)| {
            (known.len().abs_diff(word.len()) <= most && distance(&word, &known) <= most).then_some(at)
        };
        self.from_the_same_letter(&word).filter_map(near).collect()
    }

    /// The words with the same first letter: an index in many files has them in one.
    fn from_the_same_letter(&self, word: &[char]) -> impl Iterator<Item = (usize, Vec<char>)> {
        let first = word.first().copied();
        let from = first.map_or(0, |first| self.words.partition_point(|(known, _)| known.chars().next() < Some(first)));
        let rest = self.words.iter().enumerate().skip(from);
        rest.take_while(move |(_, (known, _))| known.chars().next() == first)
            .map(|(at, (known, _))| (at, known.chars().collect()))
    }

    /// Add what groups of stems come to, page by page.
    fn add(&self, groups: &[Meant], share: u32, sums: &mut BTreeMap<u32, Sum>) {
        for meant in groups {
            let mut best: BTreeMap<u32, (u64, BTreeMap<u32, u64>)> = BTreeMap::new();
            for (stem, worth) in meant {
                let Some(posted) = self.stems.get(*stem as usize) else { continue };
                let rare = u64::from(posted.rare * worth * share / 16);
                posted.pages().for_each(|(page, places)| note(best.entry(page).or_default(), rare, &places));
            }
            for (page, (score, records)) in best {
                let sum = sums.entry(page).or_default();
                sum.score += score;
                records.into_iter().for_each(|(record, score)| *sum.records.entry(record).or_default() += score);
            }
        }
    }

    /// Add what ticked signals come to; those that there are, by page and number.
    fn tick(&self, handbook: &Handbook, ticks: &[String], sums: &mut BTreeMap<u32, Sum>) -> BTreeSet<(u32, u32)> {
        let mut ticked = BTreeSet::new();
        for tick in ticks {
            let Some((id, anchor)) = tick.split_once('#') else { continue };
            let Some((id, page)) = handbook.by_id(id).and_then(|id| Some((id, handbook.page(id)?))) else { continue };
            let own = records(page);
            let Some(number) =
                own.iter().position(|record| record.sort == Sort::Signal && record.anchor.as_deref() == Some(anchor))
            else {
                continue;
            };
            let place = (super::number(id), super::small(number));
            if !ticked.insert(place) {
                continue;
            }
            let text = own.get(number).map(Record::shown).unwrap_or_default();
            let known = tokens::tokens(&text).into_iter().filter_map(|token| self.word(&token.word));
            let groups: Vec<Meant> =
                known.collect::<BTreeSet<u32>>().into_iter().map(|stem| Meant::from([(stem, 16)])).collect();
            let mut like: BTreeMap<u32, Sum> = BTreeMap::new();
            self.add(&groups, LIKE_TICKED, &mut like);
            like.remove(&place.0);
            for (page, sum) in like {
                let best = sum.records.values().max().copied().unwrap_or(0);
                sums.entry(page).or_default().score += best;
            }
            sums.entry(place.0).or_default().score += u64::from(TICKED);
        }
        ticked
    }

    /// A page with the records that answer best.
    fn found(
        &self,
        handbook: &Handbook,
        (page, sum): (u32, &Sum),
        (stems, ticked): (&BTreeSet<u32>, &BTreeSet<(u32, u32)>),
    ) -> Found {
        let id = PageId::new(page as usize);
        let own = handbook.page(id).map(records).unwrap_or_default();
        let mut order: Vec<(bool, u64, u32)> =
            sum.records.iter().map(|(number, score)| (false, *score, *number)).collect();
        order.retain(|(_, _, number)| !ticked.contains(&(page, *number)));
        order.extend(ticked.iter().filter(|(other, _)| *other == page).map(|(_, number)| (true, 0, *number)));
        order.sort_by(|one, other| other.0.cmp(&one.0).then(other.1.cmp(&one.1)).then(one.2.cmp(&other.2)));
        let hit = |(ticked, _, number): (bool, u64, u32)| {
            let record = own.get(number as usize)?.clone();
            let marks = self.marks(&record.shown(), stems);
            Some(Hit { number, record, marks, ticked })
        };
        Found { page: id, score: sum.score, hits: order.into_iter().take(HITS).filter_map(hit).collect() }
    }

    /// Where words with these stems stand in a text.
    fn marks(&self, text: &str, stems: &BTreeSet<u32>) -> Vec<(u32, u32)> {
        let known = |token: &Token| self.word(&token.word).is_some_and(|stem| stems.contains(&stem));
        tokens::tokens(text).iter().filter(|token| known(token)).map(|token| token.at).collect()
    }
}

/// Note what a stem comes to on a page: of several stems that one word stands for, the best counts.
fn note((score, records): &mut (u64, BTreeMap<u32, u64>), rare: u64, places: &[(u32, u32)]) {
    let all: u32 = places.iter().map(|(_, worth)| worth).sum();
    *score = (*score).max(rare * u64::from(all) / u64::from(all + ENOUGH));
    for (record, worth) in places {
        let own = rare * u64::from(*worth.min(&MOST_WORTH)) / u64::from(USUAL_WORTH);
        let known = records.entry(*record).or_default();
        *known = (*known).max(own);
    }
}

/// How many slips lie between two words (optimal string alignment).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut rows = [vec![0; other.len() + 1], (0..=other.len()).collect(), vec![0; other.len() + 1]];
    for (i, a) in one.iter().enumerate() {
        let [before, last, row] = &mut rows;
        let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (j, b) in other.iter().enumerate() {
            let mut least = (get(last, j) + usize::from(a != b)).min(get(last, j + 1) + 1).min(left + 1);
            let swapped = i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if swapped {
                least = least.min(get(before, j - 1) + 1);
            }
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = least;
            }
            left = least;
        }
        rows.rotate_left(1);
    }
    rows.get(1).and_then(|row| row.last()).copied().unwrap_or(0)
}

impl Posted {
    /// On how many pages the stem stands.
    #[must_use]
    pub fn count(&self) -> usize {
        self.pages().count()
    }
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn slips_are_counted() {
        let count = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(count("apolgy", "apology"), 1);
        assert_eq!(count("aplogoy", "apology"), 2);
        assert_eq!(count("turst", "trust"), 1);
        assert_eq!(count("trust", "trust"), 0);
        assert_eq!(count("", "abc"), 3);
    }
}
