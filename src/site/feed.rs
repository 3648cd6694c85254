//! Atom: the pages updated last, of the whole handbook, with a tag, or kept by somebody.

use std::fmt::Write as _;

use super::Site;
use crate::model::Page;
use crate::prose::escape;
use crate::route::{Route, encoded};
use crate::view::Feed;

impl Site {
    /// A feed. Dates are days, so entries stand at midnight UTC.
    pub(super) fn feed(&self, feed: &Feed) -> String {
        let pages: Vec<&Page> =
            self.known.feeds.get(feed).into_iter().flatten().copied().filter_map(|id| self.handbook.page(id)).collect();
        let updated = |page: &Page| page.updated().unwrap_or("1970-01-01").to_owned();
        let newest = pages.first().map(|page| updated(page)).unwrap_or_default();
        let own = escape(&feed.route().absolute(self.base()));
        let (title, home) = self.told_by(feed);
        let (title, home) = (escape(&title), escape(&home));
        // The first feed was known by the handbook's address before there were others.
        let id = if *feed == Feed::Whole { &home } else { &own };
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<title>{title}</title>\n<id>{id}</id>\n<link href=\"{home}\"/>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n<updated>{newest}T00:00:00Z</updated>\n<author><name>{}</name></author>\n",
            escape(&self.config.language),
            escape(&self.config.title),
        );
        for page in pages {
            let href = escape(&page.route.absolute(self.base()));
            let _ = writeln!(
                xml,
                "<entry><title>{}</title><id>{href}</id><link href=\"{href}\"/><updated>{}T00:00:00Z</updated><summary>{}</summary></entry>",
                escape(page.title()),
                updated(page),
                escape(page.draft.summary.as_deref().unwrap_or("")),
            );
        }
        xml.push_str("</feed>\n");
        xml
    }

    /// What a feed is called, and the page for readers that it belongs to.
    fn told_by(&self, feed: &Feed) -> (String, String) {
        let full = |name: &str| Route::made(name).absolute(self.base());
        let of = |part: &str| self.handbook.wording.say("join.part", &[("title", &self.config.title), ("part", part)]);
        match feed {
            Feed::Whole => (self.config.title.clone(), full("index.html")),
            Feed::Tag(key) => {
                let tag = self.handbook.order.tags.get(key).map_or(key, |(tag, _)| tag);
                (of(tag), full(&format!("tags/{key}.html")))
            }
            Feed::Owner(id) => {
                let contact = self.config.contacts.iter().flatten().find(|contact| contact.id == *id);
                let help = format!("{}#{}", full("help.html"), encoded(id));
                (of(contact.map_or(id, |contact| &contact.name)), help)
            }
        }
    }
}
