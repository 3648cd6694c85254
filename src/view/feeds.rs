//! Which Atom feeds there are, and which pages each of them lists.

use std::collections::BTreeMap;

use super::shelf::{Here, Shelf};
use crate::config::Config;
use crate::model::{Handbook, PageId, file_name, tag_key};
use crate::route::Route;

/// Entries of a feed.
const ENTRIES: usize = 30;

/// A feed, by what its pages share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feed {
    /// `feed.xml`: all pages.
    Whole,
    /// `tags/TAG.xml`: those with a tag, by its key.
    Tag(String),
    /// `owners/ID.xml`: those that a contact keeps.
    Owner(String),
}

impl Feed {
    /// Its address.
    #[must_use]
    pub fn route(&self) -> Route {
        match self {
            Feed::Whole => Route::made("feed.xml"),
            Feed::Tag(key) => Route::made(format!("tags/{key}.xml")),
            Feed::Owner(id) => Route::made(format!("owners/{}.xml", file_name(id))),
        }
    }
}

/// Every feed that has something to list, with its pages, the one updated last first.
pub(super) fn feeds(handbook: &Handbook, config: &Config) -> BTreeMap<Feed, Vec<PageId>> {
    let mut feeds: BTreeMap<Feed, Vec<PageId>> = BTreeMap::new();
    // Readers of feeds want full addresses.
    if config.base_url.is_none() {
        return feeds;
    }
    let mut dated: Vec<_> = handbook.all().filter_map(|(id, page)| Some((page.updated()?, id, page))).collect();
    dated.sort_by(|(one, _, a), (other, _, b)| other.cmp(one).then_with(|| a.id().cmp(b.id())));
    let contacts = config.contacts.as_deref().unwrap_or(&[]);
    for (_, id, page) in dated {
        let front = &page.draft.front;
        let owner = front.owner.as_ref().and_then(|owner| contacts.iter().find(|contact| contact.id == owner.text));
        let owned = owner.map(|contact| Feed::Owner(contact.id.clone()));
        let keys = front.tags.iter().map(|tag| tag_key(tag)).filter(|key| !key.is_empty());
        let tagged = keys.map(Feed::Tag);
        for feed in tagged.chain(owned).chain([Feed::Whole]) {
            let pages = feeds.entry(feed).or_default();
            // One tag may be spelt in two ways on a page.
            if pages.len() < ENTRIES && pages.last() != Some(&id) {
                pages.push(id);
            }
        }
    }
    feeds
}

impl Shelf<'_> {
    /// Link to a feed, if it has something to list.
    pub(super) fn feed(&self, feed: &Feed, here: Here<'_>) -> Option<String> {
        self.known.feeds.contains_key(feed).then(|| here.href(&feed.route(), None))
    }
}
