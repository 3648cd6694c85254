//! The cards of the pages that help next, with their reasons.

use super::RelatedView;
use super::shelf::{Here, Shelf};
use crate::model::PageId;

/// Reasons that a card shows.
pub const REASONS: usize = 2;

impl Shelf<'_> {
    /// The pages that help next, best first.
    pub(super) fn related(&self, id: PageId, here: Here<'_>) -> Vec<RelatedView> {
        let why = self.kin.why(self.handbook, self.graph, id);
        let card = |other: &PageId| {
            let reasons = why.reasons(*other, REASONS).into_iter().map(|reason| reason.text).collect();
            Some(RelatedView { card: self.card(self.handbook.page(*other)?, here), reasons })
        };
        self.kin.cards(id).iter().filter_map(card).collect()
    }
}
