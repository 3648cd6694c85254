//! A question answered: the pages, best first, with what was found on each.

use super::Search;
use super::ask::{Understood, Why, Widened};
use super::index::{Index, Posting, unit_numbers};
use super::rank::{Score, Tick, prefer, score, tick};
use super::units::{Class, Units};
use super::words::{Token, tokens};
use crate::graph::Graph;
use crate::model::{Handbook, Page, PageId};

/// Hits of a page that are shown, besides its title.
const MOST_HITS: usize = 3;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question<'q> {
    /// What was typed.
    pub text: &'q str,
    /// Whether its last word may be the beginning of one.
    pub typing: bool,
    /// Whether patterns are ranked by what was seen, as the finder does; else all pages are searched.
    pub finder: bool,
    /// Ticked signals, as `PAGE-ID#ANCHOR`; those that are not there are passed over.
    pub ticks: Vec<&'q str>,
    /// Kinds of page that are wanted; none is all.
    pub kinds: Vec<&'q str>,
    /// Stages that are wanted; none is all.
    pub stages: Vec<&'q str>,
    /// Pages that are wanted at most.
    pub limit: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The best pages.
    pub pages: Vec<Found>,
    /// How many pages answer; at least so many, where a word stands on more pages than are kept for it.
    pub total: usize,
    /// Words that no page knows, as typed.
    pub left: Vec<String>,
    /// Words that were looked for as others.
    pub widened: Vec<Widened>,
}

/// A page that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The page.
    pub page: PageId,
    /// What was found on it: its title if that was found, then the best.
    pub hits: Vec<Hit>,
}

/// What was found on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// `title`, `alias`, `summary`, `signal`, `driver`, `step`, `nearby` or `section`.
    pub kind: &'static str,
    /// The heading it stands under.
    pub heading: String,
    /// What is shown of it.
    pub text: String,
    /// Its anchor on the page; empty for the page itself.
    pub anchor: String,
    /// Where words of the question stand in `text`, in bytes.
    pub marks: Vec<(usize, usize)>,
    /// Whether it was ticked.
    pub ticked: bool,
}

impl Search {
    /// Answer a question about a handbook, of which this is the search.
    #[must_use]
    pub fn answer(&self, question: &Question<'_>, book: (&Handbook, &Graph)) -> Answer {
        let index = &self.index;
        let Understood { asked, left, mut widened } = index.understand(question.text, question.typing);
        let mut pages = score(index, &asked, question.finder);
        if question.finder {
            let ticks: Vec<Tick> = question.ticks.iter().filter_map(|name| self.ticked(name, book)).collect();
            tick(index, &ticks, &mut pages);
        }
        let page = |number: u32| book.0.page(PageId::new(number as usize));
        prefer(&mut pages, |number| page(number).is_some_and(Search::is_in_finder));
        let mut ranked: Vec<(u32, Score)> =
            pages.into_iter().filter(|(page, _)| self.wants(*page, question, book.0)).collect();
        ranked.sort_by_key(|(page, score)| (std::cmp::Reverse(score.sum), *page));
        let total = ranked.len();
        ranked.truncate(question.limit);
        let terms = asked.iter().flat_map(|asked| asked.terms.iter().map(|(term, _)| *term));
        let marked: Vec<u32> = terms.flat_map(|term| std::iter::once(term).chain(index.members(term))).collect();
        let typed: Vec<Token> = tokens(question.text, index.longest);
        let mut found = Vec::new();
        for (number, score) in &ranked {
            let id = PageId::new(*number as usize);
            let Some(page) = book.0.page(id) else { continue };
            widened.extend(also_called(page, question.text, (&typed, index.longest)));
            let hits = self.hits((id, page), (score, &marked), book);
            found.push(Found { page: id, hits });
        }
        Answer { pages: found, total, left, widened }
    }

    /// Whether a page may be among the answers.
    fn wants(&self, number: u32, question: &Question<'_>, handbook: &Handbook) -> bool {
        let Some(page) = handbook.page(PageId::new(number as usize)) else { return false };
        let stage = page.draft.front.stage.as_ref().map_or("", |stage| &stage.text);
        (!question.finder || Search::is_in_finder(page))
            && (question.kinds.is_empty() || question.kinds.contains(&page.kind_name()))
            && (question.stages.is_empty() || question.stages.contains(&stage))
    }

    /// A ticked signal by its name outside its page.
    fn ticked(&self, name: &str, (handbook, graph): (&Handbook, &Graph)) -> Option<Tick> {
        let (id, anchor) = name.split_once('#')?;
        let id = handbook.by_id(id)?;
        let page = handbook.page(id)?;
        let units = Units::new((id, page), (handbook, graph));
        let mut own = units.all.iter().zip(unit_numbers(&units, &self.index));
        let (_, unit) = own.find(|(unit, _)| unit.class == Class::Signal && unit.anchor == anchor)?;
        let page = u32::try_from(id.index()).ok()?;
        Some(Tick { page, unit, like: self.like(Posting { page, unit }).to_vec() })
    }

    /// The best units of a page, as they are shown.
    fn hits(&self, page: (PageId, &Page), (score, marked): (&Score, &[u32]), book: (&Handbook, &Graph)) -> Vec<Hit> {
        let units = Units::new(page, book);
        let numbers = unit_numbers(&units, &self.index);
        let mut best: Vec<(bool, u64, u16)> = score
            .units
            .iter()
            .map(|(unit, worth)| (score.ticked.contains(unit), worth.sum, *unit))
            .chain(score.ticked.iter().filter(|unit| !score.units.contains_key(unit)).map(|unit| (true, 0, *unit)))
            .collect();
        best.sort_by_key(|(ticked, sum, unit)| (!*ticked, std::cmp::Reverse(*sum), *unit));
        best.dedup();
        let shown = |(ticked, _, unit): (bool, u64, u16)| {
            let place = numbers.iter().position(|own| *own == unit)?;
            let unit = units.all.get(place)?;
            let text = [unit.label.as_str(), unit.shown.as_str()].into_iter().filter(|part| !part.is_empty());
            let text = text.collect::<Vec<_>>().join(" ");
            if text.is_empty() {
                return None;
            }
            let marks = marks(&self.index, &text, marked);
            let heading = units.sections.get(unit.section).map_or("", |part| &part.heading).to_owned();
            Some(Hit { kind: kind(unit.class, place), heading, text, anchor: unit.anchor.clone(), marks, ticked })
        };
        let (title, mut rest): (Vec<Hit>, Vec<Hit>) =
            best.into_iter().filter_map(shown).partition(|hit| hit.kind == "title");
        rest.truncate(MOST_HITS);
        title.into_iter().chain(rest).collect()
    }
}

/// What a hit is called.
fn kind(class: Class, place: usize) -> &'static str {
    match class {
        Class::Name1 | Class::Name2 | Class::Name3 | Class::Name4 if place == 0 => "title",
        Class::Name1 | Class::Name2 | Class::Name3 | Class::Name4 => "alias",
        Class::Summary => "summary",
        Class::Signal => "signal",
        Class::Driver => "driver",
        Class::Step => "step",
        Class::Nearby => "nearby",
        Class::Section => "section",
    }
}

/// Where words of these terms stand in a text. Neighbouring pairs of characters become one mark.
fn marks(index: &Index, text: &str, terms: &[u32]) -> Vec<(usize, usize)> {
    let mut marks: Vec<(usize, usize)> = Vec::new();
    for token in tokens(text, index.longest) {
        if !index.term(&token.word).is_some_and(|term| terms.contains(&term)) {
            continue;
        }
        match marks.last_mut().filter(|(_, to)| *to > token.from) {
            Some((_, to)) => *to = token.to,
            None => marks.push((token.from, token.to)),
        }
    }
    marks
}

/// The other name of a page that stands in what was typed.
fn also_called(page: &Page, text: &str, (typed, longest): (&[Token], usize)) -> Option<Widened> {
    page.draft.aliases.iter().find_map(|alias| {
        let words = tokens(&alias.text, longest);
        let fits = |at: &usize| {
            words.iter().map(|token| &token.word).eq(typed.iter().skip(*at).take(words.len()).map(|token| &token.word))
        };
        let at = (0..typed.len()).find(fits).filter(|_| !words.is_empty())?;
        let (from, to) = (typed.get(at)?.from, typed.get(at + words.len() - 1)?.to);
        let word = text.get(from..to)?.to_owned();
        Some(Widened { word, to: vec![page.title().to_owned()], why: Why::Alias })
    })
}
