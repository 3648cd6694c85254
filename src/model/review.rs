//! Reviews: whose turn it is to read which page again, by a given day.

use std::collections::BTreeMap;

use jiff::Unit;
use jiff::civil::Date;

use super::{Handbook, Page, PageId};
use crate::config::Config;
use crate::kinds::fold;
use crate::parse::Draft;

/// What one owner is asked to read again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turn {
    /// The owner as written: a contact's id or any text; none for pages that nobody keeps.
    pub owner: Option<String>,
    /// Pages whose review is overdue, the longest first.
    pub overdue: Vec<PageId>,
    /// Pages that were never reviewed and have no day yet, or a later one.
    pub never: Vec<PageId>,
    /// Pages whose next review comes later, the next first.
    pub later: Vec<PageId>,
}

/// How long ago a day was, in whole units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// `days`, `weeks`, `months` or `years`.
    pub unit: &'static str,
    /// How many.
    pub count: i64,
}

/// The day a page's next review is due.
pub(super) fn due(draft: &Draft, config: &Config) -> Option<String> {
    let every = draft.front.review_every.or(config.review_every)?;
    every.after(draft.front.reviewed.as_deref().or(draft.front.created.as_deref())?)
}

impl Page {
    /// Whether its review was due before the day `today`. Neither drafts nor retired pages are asked for.
    #[must_use]
    pub fn is_overdue(&self, today: &str) -> bool {
        self.is_live() && self.due.as_deref().is_some_and(|due| due < today)
    }

    /// Whether it is meant to be reviewed and never was.
    #[must_use]
    pub fn is_never_reviewed(&self, config: &Config) -> bool {
        let front = &self.draft.front;
        let asked = front.review_every.is_some() || config.review_every.is_some() && self.draft.kind.is_some();
        self.is_live() && asked && front.reviewed.is_none()
    }

    /// Whether it stands on the review board at all, whatever the day.
    #[must_use]
    pub fn is_in_turn(&self, config: &Config) -> bool {
        self.is_live() && self.due.is_some() || self.is_never_reviewed(config)
    }

    /// How long ago it was reviewed, else written, as seen on the day `today`.
    #[must_use]
    pub fn age(&self, today: &str) -> Option<Age> {
        let front = &self.draft.front;
        Age::between(front.reviewed.as_deref().or(front.created.as_deref())?, today)
    }
}

impl Age {
    /// From one day to a later one. Small numbers are easier to take in: days for two weeks, weeks for two months, months
    /// for two years.
    fn between(since: &str, today: &str) -> Option<Age> {
        let (since, today): (Date, Date) = (since.parse().ok()?, today.parse().ok()?);
        let in_units = |unit: Unit| since.until((unit, today)).ok();
        let days = in_units(Unit::Day)?.get_days();
        let months = in_units(Unit::Month)?.get_months();
        let age = |unit, count: i32| Age { unit, count: count.into() };
        Some(match (days, months) {
            (..14, _) => age("days", days),
            (_, ..2) => age("weeks", days / 7),
            (_, ..24) => age("months", months),
            _ => age("years", months / 12),
        })
    }
}

/// Whose turn it is to read which of `pages` on the day `today`: contacts in the order of `site.toml`, other owners by name,
/// at last the pages that nobody keeps.
#[must_use]
pub fn turns(book: &Handbook, pages: impl Iterator<Item = PageId>, (config, today): (&Config, &str)) -> Vec<Turn> {
    let contacts = config.contacts.as_deref().unwrap_or(&[]);
    let mut turns: BTreeMap<(usize, String), Turn> = BTreeMap::new();
    for (id, page) in pages.filter_map(|id| Some((id, book.page(id)?))) {
        let owner = page.draft.front.owner.as_ref().map(|owner| owner.text.as_str());
        let rank = contacts.iter().position(|contact| owner == Some(contact.id.as_str()));
        let rank = rank.unwrap_or(if owner.is_some() { contacts.len() } else { usize::MAX });
        let turn = turns.entry((rank, owner.map(fold).unwrap_or_default())).or_default();
        turn.owner = turn.owner.take().or_else(|| owner.map(str::to_owned));
        if page.is_overdue(today) {
            turn.overdue.push(id);
        } else if page.is_never_reviewed(config) {
            turn.never.push(id);
        } else {
            turn.later.push(id);
        }
    }
    let due = |id: &PageId| book.page(*id).and_then(|page| page.due.clone());
    for turn in turns.values_mut() {
        turn.overdue.sort_by_key(|id| (due(id), *id));
        turn.later.sort_by_key(|id| (due(id), *id));
    }
    turns.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_said_in_a_unit_that_is_easy_to_take_in() {
        let age = |since: &str| Age::between(since, "2026-11-25").map(|age| (age.count, age.unit));
        assert_eq!(age("2026-11-24"), Some((1, "days")));
        assert_eq!(age("2026-11-11"), Some((2, "weeks")));
        assert_eq!(age("2026-09-26"), Some((8, "weeks")));
        assert_eq!(age("2026-09-25"), Some((2, "months")));
        assert_eq!(age("2025-09-30"), Some((13, "months")));
        assert_eq!(age("2024-11-26"), Some((23, "months")));
        assert_eq!(age("2024-11-25"), Some((2, "years")));
        assert_eq!(age("lately"), None);
    }
}
