//! The pages for those who keep the handbook: whose review is overdue, what is asked for, what each page has.

use serde::Serialize;

use super::frame::links;
use super::shelf::{Here, Shelf};
use super::{BacklinkView, LinkView, Made, MenuLink, PersonView};
use crate::model::{Page, PageId, Part, Turn, turns};

mod coverage;

pub use coverage::{CoverAreaView, CoverCellView, CoverColumnView, CoverRowView, CoverTableView, CoverageView};

/// `review.html`.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct ReviewView {
    /// The pages for those who keep the handbook.
    pub keep: Vec<MenuLink>,
    /// The day on which the next page falls due, ISO: until then the board is as it was when it was made.
    pub next: Option<String>,
    /// How many pages of this board are overdue, were never reviewed, and come later.
    pub counts: CountsView,
    /// Whose turn it is: contacts in the order of `site.toml`, then other owners, then what nobody keeps.
    pub turns: Vec<TurnView>,
}

/// One owner's reviews.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct TurnView {
    /// Anchor.
    pub id: String,
    /// The owner; none for pages that nobody keeps.
    pub owner: Option<PersonView>,
    /// How many pages are overdue, were never reviewed, and come later.
    pub counts: CountsView,
    /// Overdue, the longest first. The first page of a long board names only some of them, and nothing else.
    pub overdue: Vec<DueView>,
    /// Never reviewed, and not overdue.
    pub never: Vec<DueView>,
    /// Due later, the next first.
    pub later: Vec<DueView>,
}

/// How many pages are in which state.
#[derive(Debug, Clone, Copy, Default, Serialize, Hash, PartialEq, Eq)]
pub struct CountsView {
    /// Overdue.
    pub overdue: usize,
    /// Never reviewed, and not overdue.
    pub never: usize,
    /// Due later.
    pub later: usize,
}

/// A page that is reviewed in turn.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct DueView {
    /// The page.
    #[serde(flatten)]
    pub page: LinkView,
    /// The day its review is due, ISO, if it has one.
    pub due: Option<String>,
    /// The day of its last review, ISO, if it had one.
    pub reviewed: Option<String>,
    /// "Last reviewed 14 months ago", where it is overdue.
    pub overdue: Option<String>,
}

/// A page that is asked for and not written.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct WantedView {
    /// Its name.
    pub name: String,
    /// How many pages ask for it.
    pub count: usize,
    /// Who asks for it, with the sentence that does.
    pub asked_by: Vec<BacklinkView>,
    /// How many further pages ask and are not listed.
    pub more: usize,
}

/// Pages that ask for one that is wanted, shown with their sentence.
const ASKERS: usize = 12;

/// Pages that the first page of a long wanted list names.
const MOST_WANTED: usize = 50;

/// Overdue pages that the first page of a long board names for one owner, and for all of them.
const OVERDUE: (usize, usize) = (12, 500);

impl Shelf<'_> {
    /// Links between the keepers' pages.
    fn keep(&self, here: Here<'_>) -> Vec<MenuLink> {
        links(&self.known.keep, here)
    }

    /// The line on a page that is overdue. It says when the page was last read with care, and no more: the page may well
    /// be right.
    pub(super) fn overdue(&self, page: &Page) -> Option<String> {
        let age = page.age(self.today).filter(|_| page.is_overdue(self.today))?;
        let wording = &self.handbook.wording;
        let ago = wording.say(&format!("ago.{}", age.unit), &[("n", &age.count.to_string())]);
        let key = if page.draft.front.reviewed.is_some() { "page.last-reviewed" } else { "page.written" };
        Some(wording.say(key, &[("ago", &ago)]))
    }

    /// The review board. The first page of a long one tells whose turn it is; the whole of it stands on its parts.
    pub(super) fn review(&self, part: Part, here: Here<'_>) -> ReviewView {
        let list = &self.handbook.lists.review;
        let first = part == Part::Whole && list.is_split();
        let groups = if first { &list.groups } else { list.on(part) };
        let pages = groups.iter().flat_map(|group| &group.entries).copied();
        let mut turns = turns(self.handbook, pages, (self.config, self.today));
        let counts: Vec<CountsView> = turns.iter().map(counts).collect();
        let next = coming(&turns).filter_map(|id| self.handbook.page(*id)?.due.clone()).min();
        if first {
            let (each, all) = OVERDUE;
            let each = each.min(all / turns.len().max(1));
            for turn in &mut turns {
                turn.overdue.truncate(each);
                (turn.never, turn.later) = (Vec::new(), Vec::new());
            }
        }
        let sum = |of: fn(&CountsView) -> usize| counts.iter().map(of).sum();
        ReviewView {
            keep: self.keep(here),
            next,
            counts: CountsView {
                overdue: sum(|counts| counts.overdue),
                never: sum(|counts| counts.never),
                later: sum(|counts| counts.later),
            },
            turns: (1..).zip(turns.iter().zip(&counts)).map(|(number, turn)| self.turn(number, turn, here)).collect(),
        }
    }

    fn turn(&self, number: usize, (turn, counts): (&Turn, &CountsView), here: Here<'_>) -> TurnView {
        let due = |id: &PageId| {
            let page = self.handbook.page(*id)?;
            Some(DueView {
                page: self.link(page, here),
                due: page.due.clone(),
                reviewed: page.draft.front.reviewed.clone(),
                overdue: self.overdue(page),
            })
        };
        let dues = |ids: &[PageId]| ids.iter().filter_map(due).collect();
        TurnView {
            id: format!("theme:owner-{number}"),
            owner: turn.owner.as_ref().map(|owner| self.person(owner, here)),
            counts: *counts,
            overdue: dues(&turn.overdue),
            never: dues(&turn.never),
            later: dues(&turn.later),
        }
    }

    /// What is asked for and not written. The first page of a long list names what is wanted most.
    pub(super) fn wanted(&self, part: Part, here: Here<'_>) -> Made {
        let list = self.graph.wanted_list();
        let numbers: Vec<usize> = match part {
            Part::Whole => (0..if list.is_split() { MOST_WANTED } else { self.graph.wanted.len() }).collect(),
            Part::Group(_) => list.on(part).iter().flat_map(|group| &group.entries).copied().collect(),
        };
        let asked = |(from, link): &(PageId, u32)| {
            let page = self.handbook.page(*from)?;
            let LinkView { title, href } = self.link(page, here);
            Some(BacklinkView { title, href, context: page.draft.context(*link) })
        };
        let entries = numbers.iter().filter_map(|at| self.graph.wanted.get(*at)).map(|wanted| WantedView {
            name: wanted.name.clone(),
            count: wanted.asked_by.len(),
            asked_by: wanted.asked_by.iter().take(ASKERS).filter_map(asked).collect(),
            more: wanted.asked_by.len().saturating_sub(ASKERS),
        });
        Made::Wanted { keep: self.keep(here), entries: entries.collect() }
    }
}

/// The pages that are not overdue.
fn coming(turns: &[Turn]) -> impl Iterator<Item = &PageId> {
    turns.iter().flat_map(|turn| turn.never.iter().chain(&turn.later))
}

fn counts(turn: &Turn) -> CountsView {
    CountsView { overdue: turn.overdue.len(), never: turn.never.len(), later: turn.later.len() }
}
