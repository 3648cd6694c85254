//! What the script of link previews loads: the card of every page, by its address. Beyond one file's worth the cards lie
//! in parts in order of address, so that those of one area lie together, and `assets/cards.js` tells where each begins.

use serde_json::{Map, Value, json};

use super::Site;
use super::programs::{Program, give};
use crate::model::Page;
use crate::route::Route;

/// Pages whose cards are in one file.
const WHOLE: usize = 500;

/// Pages whose cards are in one part, where there are more.
const PART: usize = 250;

impl Site {
    /// The files there are.
    pub(super) fn card_programs(&self) -> Vec<Program> {
        let count = self.handbook.pages.len();
        let parts = if count > WHOLE { count.div_ceil(PART) } else { 0 };
        std::iter::once(Program::Cards).chain((0..parts).map(Program::CardsPart)).collect()
    }

    /// All cards, or the first address of each part.
    pub(super) fn cards_data(&self) -> Vec<u8> {
        let cards = self.addressed();
        if cards.len() <= WHOLE {
            return give("cards", &self.carded(&cards));
        }
        let firsts = cards.iter().step_by(PART).map(|(address, _)| json!(address));
        give("cards", &firsts.collect())
    }

    /// The cards of a part.
    pub(super) fn cards_part_data(&self, part: usize) -> Vec<u8> {
        let cards = self.addressed();
        let own = cards.chunks(PART).nth(part).unwrap_or(&[]);
        give(&format!("cards/{part}"), &self.carded(own))
    }

    /// Every page by its address from the root as links write it, in order: escaped, so that any language orders alike.
    fn addressed(&self) -> Vec<(String, &Page)> {
        let root = Route::made("index.html");
        let mut pages: Vec<_> =
            self.handbook.pages.iter().map(|page| (root.href_to(&page.route, None), page)).collect();
        pages.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        pages
    }

    /// For each address title, summary, area and status. A page without a summary has nothing to preview.
    fn carded(&self, pages: &[(String, &Page)]) -> Value {
        let card = |(address, page): &(String, &Page)| {
            let summary = page.draft.summary.as_deref()?;
            let area = self.handbook.area(page).map_or("", |area| area.title.as_str());
            let status = page.draft.front.status.word().filter(|word| *word != "reviewed").unwrap_or("");
            Some((address.clone(), json!([page.title(), summary, area, status])))
        };
        Value::Object(pages.iter().filter_map(card).collect::<Map<_, _>>())
    }
}
