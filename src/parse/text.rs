//! Running text: the links it makes by itself, the places asked for in it, the anchors that end a block.

use pulldown_cmark::Event;

use super::autolink::{self, Part};
use super::links::plain;
use super::mask::FILL;
use super::writer::Writer;
use super::{Anchor, LinkKind};
use crate::prose::{Frag, Hole};

impl Writer<'_, '_> {
    pub(super) fn text_event(&mut self, text: &str, at: usize) {
        let Some(ev) = self.evs.get(at) else { return };
        let dropped = std::mem::take(&mut self.drop_text).min(text.len());
        let text = text.get(dropped..).unwrap_or(text);
        let text = if dropped > 0 { text.trim_start() } else { text };
        let (text, mark) = self.block_mark(text, at);
        let mut from = 0;
        while let Some((offset, _)) = self.cuts.get(self.next_cut) {
            let inside = offset.saturating_sub(ev.span.start);
            if inside >= text.len() || *offset >= ev.span.end {
                break;
            }
            self.words(text.get(from..inside).unwrap_or(""), ev.span.start + from);
            self.cut(ev.span.start + inside);
            from = inside.max(from);
        }
        self.words(text.get(from..).unwrap_or(""), ev.span.start + from);
        if let Some(id) = mark {
            self.anchor_here(id);
        }
    }

    /// `^id` at the end of a block names the block.
    pub(super) fn block_mark<'t>(&self, text: &'t str, at: usize) -> (&'t str, Option<&'t str>) {
        let Some((before, id)) = text.rsplit_once('^') else { return (text, None) };
        let named = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let apart = before.is_empty() || before.ends_with(' ');
        let last = self
            .evs
            .get(at + 1)
            .is_none_or(|next| matches!(next.event, Event::End(_)) || super::events::opens_block(&next.event));
        if named && apart && last && self.in_link == 0 { (before.trim_end(), Some(id)) } else { (text, None) }
    }

    /// An anchor of its own, with nothing in it.
    pub(super) fn anchor_here(&mut self, id: &str) {
        let id = if id.starts_with('^') { id.to_owned() } else { format!("^{id}") };
        self.anchor_named(&id);
    }

    /// As [`Writer::anchor_here`] with the id as it is; an id that is taken already names the first place.
    pub(super) fn anchor_named(&mut self, id: &str) {
        if self.anchors.claim(id) {
            self.marks.push(Anchor { id: id.to_owned(), heading: String::new(), body: Frag::default() });
            self.flow.push_html("<span");
            self.flow.push_hole(Hole::Id(id.into()));
            self.flow.push_html("></span>");
        }
    }

    /// Text with what it links to by itself.
    pub(super) fn words(&mut self, text: &str, source: usize) {
        if text.is_empty() {
            return;
        }
        let clean: std::borrow::Cow<'_, str> =
            if text.contains(FILL) { text.replace(FILL, "").into() } else { text.into() };
        let reading = self.reading;
        let roles = reading.contacts.as_deref().unwrap_or(&[]);
        let may_link = self.in_link == 0 && clean.contains(['@', ':', '.']);
        if !may_link {
            self.flow.push_text(&clean);
            return;
        }
        for part in autolink::split(&clean, roles) {
            match part {
                Part::Text(text) => self.flow.push_text(text),
                Part::Url(url) => {
                    let target = if url.starts_with("www.") || url.starts_with("WWW.") {
                        format!("https://{url}")
                    } else {
                        url.to_owned()
                    };
                    self.whole_link(plain(LinkKind::External, target, (source, url.len())), url);
                }
                Part::Role(name) => {
                    let shown = reading.role(name);
                    let link = plain(LinkKind::Role, shown.to_owned(), (source, name.len() + 1));
                    self.whole_link(link, &format!("@{shown}"));
                }
            }
        }
    }
}
