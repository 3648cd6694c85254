//! What the script loads that compares any two pages: their names, and what stands on them, in files by a number that
//! the script can work out from a page's name alone.

use serde_json::{Map, Value, json};

use super::Site;
use super::programs::{Program, give};
use crate::model::{Page, PageId, is_compared};
use crate::parse::{Item, Section};
use crate::prose::sentence;
use crate::route::Route;
use crate::view::reasons;

impl Site {
    /// The files there are.
    pub(super) fn compare_programs(&self) -> Vec<Program> {
        let files = (0..self.pairs.files().len()).map(Program::Comparison);
        (!self.pairs.files().is_empty()).then_some(Program::Compared).into_iter().chain(files).collect()
    }

    /// Every page that can be compared: its name in addresses, its title and its area.
    pub(super) fn compared_data(&self) -> Vec<u8> {
        let mut pages: Vec<PageId> = self.pairs.files().concat();
        pages.sort_unstable();
        let name = |page: &Page| {
            let area = self.handbook.area(page).map(|area| area.title.as_str());
            json!([page.address_key(), page.title(), area])
        };
        give("compare/names", &pages.iter().filter_map(|id| self.handbook.page(*id)).map(name).collect())
    }

    /// What stands on the pages of one file.
    pub(super) fn comparison_data(&self, file: usize) -> Vec<u8> {
        let pages = self.pairs.files().get(file).into_iter().flatten();
        let page = |id: &PageId| {
            let page = self.handbook.page(*id)?;
            Some((page.address_key(), self.standing_on(*id, page)))
        };
        give(&format!("compare/{file}"), &Value::Object(pages.filter_map(page).collect()))
    }

    fn standing_on(&self, id: PageId, page: &Page) -> Value {
        let root = Route::made("compare.html");
        let flow = &page.draft.flow;
        let section = |section: &Section| {
            let item = |item: &Item| json!([flow.text(item.label), flow.text(item.body)]);
            json!([section.id, section.heading, section.items.iter().map(item).collect::<Vec<_>>()])
        };
        let sections = page.draft.sections.iter().filter(|section| is_compared(section));
        let mut notes: Map<String, Value> = Map::new();
        for (note, about) in page.draft.relations.iter().zip(self.graph.about(id)) {
            let Some(other) = about.and_then(|about| self.handbook.page(about)) else { continue };
            let said = json!([sentence(&flow.text(note.connects)), sentence(&flow.text(note.differs))]);
            let of = notes.entry(other.address_key()).or_insert_with(|| json!([]));
            of.as_array_mut().into_iter().for_each(|list| list.push(said.clone()));
        }
        let stop = page.draft.escalation().map(|section| json!([section.id, reasons(section, page)]));
        json!({
            "title": page.title(),
            "href": root.href_to(&page.route, None),
            "summary": page.draft.summary,
            "sections": sections.map(section).collect::<Vec<_>>(),
            "notes": notes,
            "stop": stop,
        })
    }
}
