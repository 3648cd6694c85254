//! What a page talks about: its words in order, as stems, for whoever compares pages.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::{Draft, Reading, Section, Standing};
use crate::kinds::Form;

mod cut;
mod lexicon;

use cut::cut_html;
pub use cut::{AsIs, Cutter, spaceless};

/// A word without its ending, as a number: the same for "promise" and "promises". The numbers below [`FIRST`] stand for
/// what is no stem. Two stems share a number once in some four thousand million.
pub type Stem = u32;

/// A table by stem.
pub type ByStem<V> = HashMap<Stem, V, BuildHasherDefault<AsIs>>;

/// Where a sentence, a paragraph or a field ends: no phrase goes across it.
pub const BREAK: Stem = 0;
/// A word that says nothing by itself.
pub const FILLER: Stem = 1;
/// A filler that mostly stands before a noun: an article, a preposition.
pub const BEFORE_NOUN: Stem = 2;
/// A filler that mostly stands before a verb: a pronoun, a modal.
pub const BEFORE_VERB: Stem = 3;
/// The first number of a stem.
pub const FIRST: Stem = 16;

/// The words of a page, field after field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stems {
    words: Box<[Stem]>,
    /// Where title, summary, body, steps and story end; tags and aliases are the rest.
    ends: [u32; 5],
    /// Stems of signals and of drivers' labels, each once and in order of their numbers; one item after the other.
    said: Box<[Stem]>,
    items: Box<[Said]>,
}

/// A signal or a driver, whose words are compared with those of other pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// Whether it is a driver, of which the label counts.
    pub driver: bool,
    /// The section's number on the page.
    pub section: u16,
    /// The item's number in the section.
    pub item: u16,
    /// Where its stems end.
    end: u32,
}

impl Stems {
    /// Those of the title.
    #[must_use]
    pub fn title(&self) -> &[Stem] {
        self.between(0, self.ends[0])
    }

    /// Those of the summary.
    #[must_use]
    pub fn summary(&self) -> &[Stem] {
        self.between(self.ends[0], self.ends[1])
    }

    /// Those of headings and of the text, without its steps and its story.
    #[must_use]
    pub fn body(&self) -> &[Stem] {
        self.between(self.ends[1], self.ends[2])
    }

    /// Those of the steps that the page's kind asks for.
    #[must_use]
    pub fn steps(&self) -> &[Stem] {
        self.between(self.ends[2], self.ends[3])
    }

    /// Those of tags and aliases.
    #[must_use]
    pub fn names(&self) -> &[Stem] {
        self.words.get(self.ends[4] as usize..).unwrap_or(&[])
    }

    /// Those of all text, summary and story included: where other pages may be spoken of.
    #[must_use]
    pub fn text(&self) -> &[Stem] {
        self.between(self.ends[0], self.ends[4])
    }

    /// The signals and drivers, each with its stems in order of their numbers.
    pub fn items(&self) -> impl Iterator<Item = (Said, &[Stem])> {
        let starts = std::iter::once(0).chain(self.items.iter().map(|said| said.end));
        let stems =
            move |(said, start): (&Said, u32)| (*said, self.said.get(start as usize..said.end as usize).unwrap_or(&[]));
        self.items.iter().zip(starts).map(stems)
    }

    /// Those of title, summary, tags, aliases and drivers: what the page is about in its author's eyes.
    pub fn prominent(&self) -> impl Iterator<Item = Stem> {
        let words =
            self.title().iter().chain(self.summary()).chain(self.names()).copied().filter(|stem| *stem >= FIRST);
        words.chain(self.items().filter(|(said, _)| said.driver).flat_map(|(_, stems)| stems.iter().copied()))
    }

    fn between(&self, from: u32, to: u32) -> &[Stem] {
        self.words.get(from as usize..to as usize).unwrap_or(&[])
    }
}

/// What the words of a section are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// What the page is about.
    Body,
    /// What helps with it: much of that helps with other things too.
    Steps,
    /// A scene: who sits at which table says nothing about the subject.
    Story,
}

impl Part {
    fn of(section: &Section) -> Part {
        match (section.form, section.standing) {
            (Form::Steps, Standing::Listed) => Part::Steps,
            (Form::Scenario, _) => Part::Story,
            _ => Part::Body,
        }
    }
}

/// Whether a section's words are the page's own.
fn speaks(section: &Section) -> bool {
    section.form != Form::Relations && section.id != "sources"
}

/// The words of a draft. Code is left out, so are sources and the notes on nearby pages, which are other pages' words, and
/// headings that the kind gives: they stand on every page.
pub(super) fn stems(draft: &Draft, reading: &Reading) -> Stems {
    let cutter = reading.cutter;
    let mut words = Vec::with_capacity(draft.source.text().len() / 6);
    let mut add = |text: &str| {
        cutter.cut(text, &mut |word| push(&mut words, word.stem));
        push(&mut words, BREAK);
        u32::try_from(words.len()).unwrap_or(u32::MAX)
    };
    let title = add(&draft.title);
    let summary = add(draft.summary.as_deref().unwrap_or(""));
    for section in draft.sections.iter().filter(|section| section.standing != Standing::Listed) {
        add(&section.heading);
    }
    let mut ends = [title, summary, 0, 0, 0];
    for (part, end) in [Part::Body, Part::Steps, Part::Story].into_iter().zip(&mut ends[2..]) {
        for section in draft.sections.iter().filter(|section| speaks(section) && Part::of(section) == part) {
            cut_html(cutter, draft.flow.raw(section.body), &mut |word| push(&mut words, word.stem));
            push(&mut words, BREAK);
        }
        *end = u32::try_from(words.len()).unwrap_or(u32::MAX);
    }
    for text in draft.front.tags.iter().chain(draft.aliases.iter().map(|alias| &alias.text)) {
        cutter.cut(text, &mut |word| push(&mut words, word.stem));
        push(&mut words, BREAK);
    }
    let mut stems = Stems { words: words.as_slice().into(), ends, ..Stems::default() };
    stems.note_items(draft, cutter);
    stems
}

/// Add a stem; a break behind a break says nothing.
fn push(words: &mut Vec<Stem>, stem: Stem) {
    if stem != BREAK || words.last() != Some(&BREAK) {
        words.push(stem);
    }
}

impl Stems {
    fn note_items(&mut self, draft: &Draft, cutter: Cutter) {
        let (mut said, mut items) = (Vec::new(), Vec::new());
        for (at, section) in draft.sections.iter().enumerate() {
            let driver = section.id == "drivers";
            if !driver && section.id != "signals" {
                continue;
            }
            for (number, item) in section.items.iter().enumerate() {
                let mut own: Vec<Stem> = Vec::new();
                let text = draft.flow.raw(if driver { item.label } else { item.body });
                cut_html(cutter, text, &mut |word| own.extend(Some(word.stem).filter(|stem| *stem >= FIRST)));
                own.sort_unstable();
                own.dedup();
                said.extend(own);
                let small = |number| u16::try_from(number).unwrap_or(u16::MAX);
                let end = u32::try_from(said.len()).unwrap_or(u32::MAX);
                items.push(Said { driver, section: small(at), item: small(number), end });
            }
        }
        (self.said, self.items) = (said.into(), items.into());
    }
}

/// A word of a page, as it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'t> {
    /// Its letters; empty for a break.
    pub text: &'t str,
    /// What it counts as.
    pub stem: Stem,
}

impl Draft {
    /// The words of the page's text as they stand there, in the order of [`Stems::text`] without the headings.
    pub fn words<'d>(&'d self, cutter: Cutter, see: &mut dyn FnMut(Word<'d>)) {
        cutter.cut(self.summary.as_deref().unwrap_or(""), see);
        see(Word { text: "", stem: BREAK });
        for section in self.sections.iter().filter(|section| speaks(section)) {
            cut_html(cutter, self.flow.raw(section.body), see);
            see(Word { text: "", stem: BREAK });
        }
    }
}
