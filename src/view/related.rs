//! The cards of the pages that help next, with their reasons.

use super::RelatedView;
use super::shelf::{Here, Shelf};
use crate::model::PageId;
use crate::related::Reason;

impl Shelf<'_> {
    /// The pages that help next, best first.
    pub(super) fn related(&self, id: PageId, here: Here<'_>) -> Vec<RelatedView> {
        let told = self.kin.told(self.handbook, self.graph, id);
        let card = |(other, reasons): (&PageId, &Vec<Reason>)| {
            let reasons = reasons.iter().map(|reason| reason.text.clone()).collect();
            Some(RelatedView { card: self.card(self.handbook.page(*other)?, here), reasons })
        };
        self.kin.cards(id).iter().zip(told).filter_map(card).collect()
    }
}
