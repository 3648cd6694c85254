//! The threads of a page: the pages it is tied to, each with the sentence that says how, and the drawing beside them.

use std::collections::HashSet;

use serde::Serialize;

use super::RelatedView;
use super::shelf::{Here, Shelf};
use crate::graph::Target;
use crate::layout::{self, Arc, Tie};
use crate::model::{Page, PageId};
use crate::parse::Relation;
use crate::prose::{Frag, sentence};

/// Rows of the list at the most, with the page's own.
const ROWS: usize = 12;

/// The threads of a page.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct ThreadsView {
    /// The pages it is tied to: nearby ones, related ones, then those that its text mentions.
    pub rows: Vec<ThreadView>,
    /// The kinds of thread that are drawn, each once.
    pub ties: Vec<Tie>,
    /// How many further pages are not listed.
    pub more: usize,
    /// Width of the drawing, in its own units.
    pub width: i32,
    /// Its height: a row for this page, and one for each of the others, all of the same height.
    pub height: i32,
}

/// A page at the other end of a thread.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct ThreadView {
    /// Its title.
    pub title: String,
    /// Link to it.
    pub href: String,
    /// Its area, said only where two pages share a title.
    pub area: Option<String>,
    /// What ties the pages.
    pub tie: Tie,
    /// What `sentence` is: `differs`, `connects`, `reason` or `mention`; empty for a note that says neither.
    pub says: &'static str,
    /// How they are tied, plain text; empty if nobody says so.
    pub sentence: String,
    /// Whether the other page says so: there, "this page" is that page.
    pub theirs: bool,
    /// The thread, as the `d` of an SVG path.
    pub path: String,
}

/// How two pages are tied, in a sentence.
#[derive(Debug, Default)]
struct Said {
    says: &'static str,
    sentence: String,
    theirs: bool,
}

impl Said {
    fn new(says: &'static str, sentence: String) -> Said {
        Said { says, sentence, theirs: false }
    }
}

impl Shelf<'_> {
    /// The threads of a page; nothing where it stands alone.
    pub(super) fn threads(&self, id: PageId, related: &[RelatedView], here: Here<'_>) -> Option<ThreadsView> {
        let mut ties = self.ties(id);
        let more = ties.len().saturating_sub(ROWS - 1);
        ties.truncate(ROWS - 1);
        let drawn = layout::threads(ties.len());
        let reason = |href: &str| {
            let card = related.iter().find(|related| related.card.href == href)?;
            card.reasons.first().cloned()
        };
        let row = |((other, tie), arc): (&(PageId, Tie), &Arc)| {
            let card = self.card(self.handbook.page(*other)?, here);
            let Said { says, sentence, theirs } = match tie {
                Tie::Nearby => self.noted(id, *other),
                Tie::Related => Said::new("reason", sentence(&reason(&card.href).unwrap_or_default())),
                Tie::Mentioned => Said::new("mention", self.mention(id, *other)),
            };
            let (tie, path) = (*tie, path(arc));
            Some(ThreadView { title: card.title, href: card.href, area: card.area, tie, says, sentence, theirs, path })
        };
        let rows: Vec<ThreadView> = ties.iter().zip(&drawn.arcs).filter_map(row).collect();
        let mut ties: Vec<Tie> = rows.iter().map(|row| row.tie).collect();
        ties.dedup();
        (!rows.is_empty()).then_some(ThreadsView { rows, ties, more, width: drawn.width, height: drawn.height })
    }

    /// The pages that a page is tied to, each once and by its strongest tie.
    fn ties(&self, id: PageId) -> Vec<(PageId, Tie)> {
        let about = self.graph.relations.get(id.index()).into_iter().flatten().flatten().copied();
        let from = self.graph.incoming.get(id.index()).into_iter().flatten().map(|note| note.from);
        let linked = self.graph.targets.get(id.index()).into_iter().flatten().filter_map(page_of);
        let nearby = about.chain(from).map(|page| (page, Tie::Nearby));
        let related = self.kin.cards(id).iter().map(|page| (*page, Tie::Related));
        let mut seen = HashSet::from([id]);
        let all = nearby.chain(related).chain(linked.map(|page| (page, Tie::Mentioned)));
        all.filter(|(page, _)| seen.insert(*page)).collect()
    }

    /// What sets two pages apart: this page's word first, then the other's; where neither says, what connects them.
    fn noted(&self, id: PageId, other: PageId) -> Said {
        let find = |says, half: fn(&Relation) -> Frag| {
            let said = |(from, about, theirs)| {
                let mut texts = self.notes(from, about).map(|(page, note)| page.draft.flow.text(half(note)));
                let text = texts.find(|text| !text.is_empty())?;
                Some(Said { says, sentence: sentence(&text), theirs })
            };
            [(id, other, false), (other, id, true)].into_iter().find_map(said)
        };
        find("differs", |note| note.differs).or_else(|| find("connects", |note| note.connects)).unwrap_or_default()
    }

    /// The notes that one page has on another.
    pub(super) fn notes(&self, from: PageId, about: PageId) -> impl Iterator<Item = (&Page, &Relation)> {
        let named = self.graph.relations.get(from.index()).into_iter().flatten();
        let page = self.handbook.page(from);
        let notes = page.into_iter().flat_map(|page| page.draft.relations.iter().map(move |note| (page, note)));
        notes.zip(named).filter(move |(_, named)| **named == Some(about)).map(|(note, _)| note)
    }

    /// The sentence in which a page first mentions another.
    fn mention(&self, id: PageId, other: PageId) -> String {
        let Some(page) = self.handbook.page(id) else { return String::new() };
        let targets = self.graph.targets.get(id.index()).map_or(&[][..], Vec::as_slice);
        let links = (0_u32..).zip(targets).filter(|(_, target)| page_of(target) == Some(other));
        links.map(|(link, _)| page.draft.context(link)).find(|sentence| !sentence.is_empty()).unwrap_or_default()
    }
}

/// The page that a link leads to.
fn page_of(target: &Target) -> Option<PageId> {
    match target {
        Target::Page(page, _) | Target::NoAnchor(page) => Some(*page),
        _ => None,
    }
}

/// An arc as the `d` of an SVG path.
pub(super) fn path(arc: &Arc) -> String {
    let Arc { x, bend, from, to } = arc;
    format!("M{x} {from}C{bend} {from} {bend} {to} {x} {to}")
}
