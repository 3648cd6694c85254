//! Which page has which section, kind by kind, and how each page stands in the handbook.

use serde::Serialize;

use super::super::shelf::{Here, Shelf};
use super::super::{LinkView, MenuLink, PersonView};
use crate::kinds::{Form, Kind, SectionSpec};
use crate::model::{Group, Page, PageId, Part};

/// `coverage.html`.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct CoverageView {
    /// The pages for those who keep the handbook.
    pub keep: Vec<MenuLink>,
    /// A table for each kind of page that asks for sections.
    pub tables: Vec<CoverTableView>,
}

/// The pages of one kind and their sections.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct CoverTableView {
    /// The kind, as `kind = "…"` in front matter.
    pub kind: String,
    /// What its folder is called: "Patterns".
    pub title: String,
    /// How many pages there are; the retired ones are not counted.
    pub count: usize,
    /// The sections, in the order of the kind.
    pub columns: Vec<CoverColumnView>,
    /// The pages, by area.
    pub areas: Vec<CoverAreaView>,
}

/// A section of a kind.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct CoverColumnView {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Whether the kind asks for it.
    pub required: bool,
    /// How many pages have it; the retired ones are not counted.
    pub count: usize,
}

/// The pages of an area.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct CoverAreaView {
    /// Its name.
    pub title: String,
    /// Its pages.
    pub rows: Vec<CoverRowView>,
}

/// One page.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct CoverRowView {
    /// The page.
    #[serde(flatten)]
    pub page: LinkView,
    /// `draft`, `proposed`, `reviewed`, `retired`.
    pub status: Option<String>,
    /// Its sections, in the order of the columns.
    pub cells: Vec<CoverCellView>,
    /// How many other pages lead to it.
    pub inbound: usize,
    /// How many of its notes on nearby pages are not returned.
    pub one_way: usize,
    /// Lifecycle stage.
    pub stage: Option<String>,
    /// Who keeps it.
    pub owner: Option<PersonView>,
}

/// A section of a page.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct CoverCellView {
    /// `there`; `missing` where a page that is not retired lacks what its kind asks for; else `none`.
    pub state: &'static str,
    /// How many items it has; none where it is running text.
    pub items: usize,
}

impl<'s> Shelf<'s> {
    /// The coverage matrix. On the first page of a long one there are no tables.
    pub(in super::super) fn coverage(&self, part: Part, here: Here<'_>) -> CoverageView {
        let groups = self.handbook.lists.coverage.on(part);
        let tables =
            self.kinds.list.iter().filter(|kind| kind.asks()).filter_map(|kind| self.cover(kind, groups, here));
        CoverageView { keep: self.keep(here), tables: tables.collect() }
    }

    fn cover(&self, kind: &Kind, groups: &'s [Group<PageId>], here: Here<'_>) -> Option<CoverTableView> {
        let of_kind = |group: &'s Group<PageId>| {
            let pages = group.entries.iter().filter_map(|id| Some((*id, self.handbook.page(*id)?)));
            let pages: Vec<_> = pages.filter(|(_, page)| page.kind_name() == kind.name).collect();
            (!pages.is_empty()).then_some((group.title.as_str(), pages))
        };
        let areas: Vec<(&str, Vec<(PageId, &Page)>)> = groups.iter().filter_map(of_kind).collect();
        let pages = || areas.iter().flat_map(|(_, pages)| pages).map(|(_, page)| *page);
        let live = || pages().filter(|page| !page.is_retired());
        // A section that no page has and none needs would be an empty column.
        let wanted = |spec: &&SectionSpec| spec.required || pages().any(|page| page.has(spec));
        let specs: Vec<&SectionSpec> = kind.sections.iter().filter(wanted).collect();
        let column = |spec: &&SectionSpec| CoverColumnView {
            id: spec.id.clone(),
            title: self.heading(spec),
            required: spec.required,
            count: live().filter(|page| page.has(spec)).count(),
        };
        let area = |(title, pages): &(&str, Vec<(PageId, &Page)>)| CoverAreaView {
            title: (*title).to_owned(),
            rows: pages.iter().map(|(id, page)| self.cover_row((*id, page), &specs, here)).collect(),
        };
        (!areas.is_empty()).then(|| CoverTableView {
            kind: kind.name.clone(),
            title: self.handbook.kind_title(kind),
            count: live().count(),
            columns: specs.iter().map(column).collect(),
            areas: areas.iter().map(area).collect(),
        })
    }

    /// What a section is called in the head of the table.
    fn heading(&self, spec: &SectionSpec) -> String {
        if spec.heading.is_empty() { self.handbook.wording.say("page.meaning", &[]) } else { spec.heading.clone() }
    }

    fn cover_row(&self, (id, page): (PageId, &Page), specs: &[&SectionSpec], here: Here<'_>) -> CoverRowView {
        let front = &page.draft.front;
        let cell = |spec: &&SectionSpec| CoverCellView {
            state: match (page.has(spec), page.lacks(spec)) {
                (true, _) => "there",
                (_, true) => "missing",
                _ => "none",
            },
            items: page.section(&spec.id).filter(|_| spec.form != Form::Prose).map_or(0, |found| found.items.len()),
        };
        CoverRowView {
            page: self.link(page, here),
            status: front.status.word().map(str::to_owned),
            cells: specs.iter().map(cell).collect(),
            inbound: self.graph.led_by(id),
            one_way: self.graph.one_way(self.handbook, id).count(),
            stage: front.stage.as_ref().map(|stage| stage.text.clone()),
            owner: front.owner.as_ref().map(|owner| self.person(&owner.text, here)),
        }
    }
}
