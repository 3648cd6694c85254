//! What `search.js` loads: the head of the index, its words with the places they stand in, and the texts of what is found.
//!
//! Words lie in files in their order, so that a question loads only those of its words; texts lie page by page. How many
//! files there are follows from the size of the text alone, since addresses are known before anything is looked for.

use serde_json::{Value, json};

use super::Site;
use super::programs::{Program, give};
use crate::model::{Page, PageId};
use crate::route::Route;
use crate::search::{Class, Index, Part, Posting, Search, Unit, Units, front_coded, numbers, unit_numbers};

/// Bytes of Markdown whose words lie in one file. A handbook with less than a few times as much has one file of words.
const WORDS: usize = 16_000;

/// Files of words below which there is one.
const FEW: usize = 12;

/// Pages whose texts lie in one file, by how many pages there are at most. The more there are, the farther apart lie those
/// of one answer, and what is loaded with them is of no use; but small files pack worse.
const TEXTS: [(usize, usize); 3] = [(24, 24), (200, 4), (usize::MAX, 2)];

/// Files of bare words, for slips: a word is in that of its first letter, and in that of its last two.
const LETTERS: u32 = 32;

impl Site {
    /// The files there are.
    pub(super) fn search_programs(&self) -> Vec<Program> {
        let words = self.word_files();
        let mut programs = vec![Program::SearchHead, Program::SearchIds];
        programs.extend((0..words).map(Program::SearchWords));
        programs.extend((0..self.handbook.pages.len().div_ceil(self.texts_in_file())).map(Program::SearchTexts));
        if words > 1 {
            programs.extend((0..LETTERS as usize).map(Program::SearchLetters));
            programs.extend((0..LETTERS as usize).map(Program::SearchEnds));
        }
        programs
    }

    fn word_files(&self) -> usize {
        let bytes: usize = self.handbook.pages.iter().map(|page| page.draft.source.text().len()).sum();
        Some(bytes / WORDS).filter(|files| *files > FEW).unwrap_or(1)
    }

    fn texts_in_file(&self) -> usize {
        let fits = |(most, _): &&(usize, usize)| self.handbook.pages.len() <= *most;
        TEXTS.iter().find(fits).map_or(1, |(_, texts)| *texts)
    }

    /// What every question needs: synonyms, what kind of page each is, and where the rest lies.
    pub(super) fn search_head(&self) -> Vec<u8> {
        let index = &self.search().index;
        let (mut kinds, mut stages, mut traits): (Vec<&str>, Vec<&str>, Vec<[usize; 3]>) = Default::default();
        let mut pages = Vec::new();
        for page in &self.handbook.pages {
            let stage = page.draft.front.stage.as_ref().map_or("", |stage| &stage.text);
            let finder = usize::from(Search::is_in_finder(page));
            let own = [place(&mut kinds, page.kind_name()), place(&mut stages, stage), finder];
            pages.push(place(&mut traits, own) as u64);
        }
        let files = self.search().word_files(self.word_files());
        let firsts: Vec<&str> =
            files.iter().map(|file| index.words.get(file.words.start).map_or("\u{ffff}", |word| word)).collect();
        let groups: Vec<Value> = index.groups.iter().map(|group| json!([group.said, group.spelt])).collect();
        let value = json!({
            "cut": index.longest,
            "fillers": index.fillers.join(" "),
            "groups": groups,
            "tick": index.tick,
            "kinds": kinds,
            "stages": stages,
            "traits": traits,
            "pages": numbers(pages),
            "words": firsts,
            "terms": numbers(files.iter().map(|file| file.terms.len() as u64)),
            "texts": self.texts_in_file(),
        });
        give("search/head", &value)
    }

    /// The first page of each file of texts: who ticks a signal knows the id of its page.
    pub(super) fn search_ids(&self) -> Vec<u8> {
        give(
            "search/ids",
            &self.handbook.pages.iter().step_by(self.texts_in_file()).map(|page| json!(page.id())).collect(),
        )
    }

    /// Words, the terms they are forms of, and where each term stands.
    pub(super) fn search_words(&self, file: usize) -> Vec<u8> {
        let index = &self.search().index;
        let files = self.search().word_files(self.word_files());
        let Some(own) = files.get(file) else { return Vec::new() };
        let words = index.words.get(own.words.clone()).unwrap_or(&[]);
        let mut next = own.terms.start;
        let mut back = Vec::new();
        for term in index.terms.get(own.words.clone()).unwrap_or(&[]) {
            back.push(u64::from(next - (*term).min(next)));
            next = next.max(term + 1);
        }
        let forms: Vec<Value> = own.elsewhere.iter().map(|(term, words)| json!([term, words])).collect();
        let places: Vec<String> = own.terms.clone().map(|term| places(index, term)).collect();
        let name = format!("search/words/{file}");
        give(&name, &json!([front_coded(words.iter().map(|word| &**word)), numbers(back), places, forms]))
    }

    /// The bare words of some first letters.
    pub(super) fn search_letters(&self, file: usize) -> Vec<u8> {
        self.search_slips(&format!("search/letters/{file}"), |word| word.chars().next().map(u32::from), file)
    }

    /// The bare words of some last letters.
    pub(super) fn search_ends(&self, file: usize) -> Vec<u8> {
        let ends = |word: &str| Some(word.chars().rev().take(2).map(u32::from).sum());
        self.search_slips(&format!("search/ends/{file}"), ends, file)
    }

    fn search_slips(&self, name: &str, number: impl Fn(&str) -> Option<u32>, file: usize) -> Vec<u8> {
        let own = |word: &&str| number(word).is_some_and(|number| (number % LETTERS) as usize == file);
        let words = self.search().index.words.iter().map(|word| &**word);
        give(name, &json!(front_coded(words.filter(own))))
    }

    /// What is shown of pages and of what is found on them.
    pub(super) fn search_texts(&self, file: usize) -> Vec<u8> {
        let pages = self.handbook.all().skip(file * self.texts_in_file()).take(self.texts_in_file());
        give(&format!("search/texts/{file}"), &pages.map(|page| self.search_text(page)).collect())
    }

    fn search_text(&self, (id, page): (PageId, &Page)) -> Value {
        let units = Units::new((id, page), (&self.handbook, &self.graph));
        let numbers = unit_numbers(&units, &self.search().index);
        let aliases: Vec<&str> = page.draft.aliases.iter().map(|alias| alias.text.as_str()).collect();
        let summary = units.all.iter().find(|unit| unit.class == Class::Summary).map_or("", |unit| &unit.shown);
        let mut parts: Vec<Value> = Vec::new();
        for (number, part) in units.sections.iter().enumerate().skip(1) {
            let own = units.all.iter().zip(&numbers).filter(|(unit, _)| unit.section == number);
            let class = own.clone().next().map_or(Class::Section, |(unit, _)| unit.class);
            let items = own.map(|(unit, number)| self.search_item((unit, *number), (id, part))).collect::<Vec<_>>();
            parts.push(json!([class as u8, part.id, part.heading, items]));
        }
        let area = self.handbook.area(page).map_or("", |area| area.title.as_str());
        let href = Route::made("index.html").href_to(&page.route, None);
        json!([page.id(), href, page.title(), area, summary, aliases, parts])
    }

    /// An item: its text, alone where nothing else need be said; how its anchor follows from it; and of a signal those
    /// like it, of a note the page it is about.
    fn search_item(&self, (unit, number): (&Unit, u16), (id, part): (PageId, &Part)) -> Value {
        let text = if unit.label.is_empty() { unit.shown.clone() } else { format!("{}\n{}", unit.label, unit.shown) };
        if unit.class == Class::Section {
            return json!(text);
        }
        let anchor = anchor(&unit.anchor, &part.id, if unit.label.is_empty() { &unit.shown } else { &unit.label });
        let page = u32::try_from(id.index()).unwrap_or(u32::MAX);
        let more: Vec<u64> = match unit.class {
            Class::Signal => {
                let like = self.search().like(Posting { page, unit: number }).iter();
                like.flat_map(|(page, unit, sixteenths)| [u64::from(*page), u64::from(*unit), *sixteenths]).collect()
            }
            Class::Nearby => unit.about.map_or_else(Vec::new, |about| {
                let drawn = self.pairs.of(id, about).is_some_and(|pair| pair.route.is_some());
                vec![about.index() as u64, u64::from(unit.sets_apart), u64::from(drawn)]
            }),
            _ => Vec::new(),
        };
        match (anchor.as_str(), more.is_empty()) {
            ("", true) => json!(text),
            (_, true) => json!([text, anchor]),
            _ => json!([text, anchor, more]),
        }
    }
}

/// The place of a value among those met so far.
fn place<T: PartialEq>(known: &mut Vec<T>, own: T) -> usize {
    known.iter().position(|other| *other == own).unwrap_or_else(|| {
        known.push(own);
        known.len() - 1
    })
}

/// What a term counts, then page by page how far it is from the one before, and its units, each with whether more follow.
fn places(index: &Index, term: u32) -> String {
    let weight = index.weights.get(term as usize).copied().unwrap_or(0);
    let mut all = vec![u64::from(weight)];
    let mut next = 0;
    for run in index.postings(term).chunk_by(|one, other| one.page == other.page) {
        let Some(first) = run.first() else { continue };
        all.push(u64::from(first.page - next));
        next = first.page + 1;
        let more = |at: usize| u64::from(at + 1 < run.len());
        all.extend(run.iter().enumerate().map(|(at, posting)| u64::from(posting.unit) * 2 + more(at)));
    }
    numbers(all)
}

/// How an anchor follows from its section and text: not at all (`#` and the anchor), by the slug (nothing), or by the
/// slug's first 48 characters and four digits (those).
fn anchor(anchor: &str, section: &str, text: &str) -> String {
    let own = anchor.strip_prefix(section).and_then(|own| own.strip_prefix('-'));
    let plain = |c: char| match c {
        ' ' => Some('-'),
        c if c.is_ascii_alphanumeric() || c == '-' || c == '_' => Some(c.to_ascii_lowercase()),
        _ => None,
    };
    let slug: String = text.trim().chars().filter_map(plain).collect();
    if own == Some(&*slug) {
        return String::new();
    }
    let head = slug.get(..48).unwrap_or("");
    let head = head.get(..head.rfind('-').filter(|at| *at > 0).unwrap_or(head.len())).unwrap_or("");
    let digits = own.and_then(|own| own.strip_prefix(head)).and_then(|own| own.strip_prefix('-'));
    match digits.filter(|digits| !head.is_empty() && digits.len() == 4) {
        Some(digits) => digits.to_owned(),
        None => format!("#{anchor}"),
    }
}
