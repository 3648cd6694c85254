//! Links of the page: read from their events, kept, and written with a hole for their address.

use pulldown_cmark::{Event, LinkType, Tag};

use super::events::words;
use super::writer::{Closer, Writer};
use super::{Link, LinkKind, links};
use crate::prose::Hole;
use crate::source::Span;

impl Writer<'_, '_> {
    /// Open a link; `true` if all of it is written, because its author gave it no words.
    pub(super) fn link(&mut self, at: usize, close: usize) -> bool {
        let Some(link) = self.make_link(at, close) else { return false };
        if link.kind == LinkKind::Wiki && !link.worded {
            let words = links::own_words(&link);
            self.whole_link(link, &words);
            return true;
        }
        let index = self.add_link(link);
        self.flow.push_hole(Hole::Open(index));
        self.in_link += 1;
        self.closers.push((close, Closer::Link(index)));
        false
    }

    /// Keep a link; its index. A link over the limit is not kept, and its words are text.
    pub(super) fn add_link(&mut self, link: Link) -> u32 {
        let most = self.reading.limits.headings;
        if self.links.len() >= most {
            if !std::mem::replace(&mut self.full, true) {
                self.findings.push(super::draft::over("links", most, (self.path, link.span)));
            }
            return u32::MAX;
        }
        self.pending.push(self.links.len());
        self.links.push(link);
        u32::try_from(self.links.len() - 1).unwrap_or(u32::MAX)
    }

    /// A link around `html`, in one go.
    pub(super) fn whole_link(&mut self, link: Link, text: &str) {
        let index = self.add_link(link);
        self.flow.push_hole(Hole::Open(index));
        self.flow.push_text(text);
        self.flow.push_hole(Hole::Close(index));
    }

    /// The link that an event opens; `None` for what is not a link at all.
    pub(super) fn make_link(&mut self, at: usize, close: usize) -> Option<Link> {
        let evs = self.evs;
        let ev = evs.get(at)?;
        let (Event::Start(Tag::Link { link_type, dest_url, title, .. })
        | Event::Start(Tag::Image { link_type, dest_url, title, .. })) = &ev.event
        else {
            return None;
        };
        let shows = matches!(ev.event, Event::Start(Tag::Image { .. }));
        let span = Span::from(ev.span.clone());
        let words: Box<str> = words(evs, at..close).into();
        let mut link = match link_type {
            LinkType::WikiLink { has_pothole } => links::wiki(dest_url, *has_pothole, (&ev.span, shows)),
            LinkType::Email => {
                links::plain(LinkKind::External, format!("mailto:{dest_url}"), (ev.span.start, ev.span.len()))
            }
            _ => links::path(dest_url, self.text, &ev.span),
        };
        if let (true, LinkType::WikiLink { .. }) = (shows, link_type) {
            link.size = links::size(&words);
        }
        self.tell_refused(&link);
        link.shows = shows;
        link.words = words;
        link.title = title.to_string().into();
        link.span = span;
        Some(link)
    }

    /// Say of a link that it uses what no link may.
    pub(super) fn tell_refused(&mut self, link: &Link) {
        if link.kind == LinkKind::Refused {
            let message = format!("a link cannot use `{}`", links::refused(&link.target));
            self.find("dead-link", message, &link.target_span.range()).hint =
                Some("use http, https, mailto or tel".to_owned());
        }
    }
}
