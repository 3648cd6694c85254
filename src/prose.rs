//! Text that is ready to show but for its links: HTML with holes, filled when the page that shows it is known.
//!
//! A page's HTML lies in one string, and every section, item and label is a range of it. So a
//! draft of a thousand items costs one allocation, and the same text can be shown on its own
//! page, embedded in another, or read as plain text.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::source::is_barred;

mod phrases;

pub use phrases::{capital, counted, fold_space, leading, name_in_words, sentence};

/// A range of a [`Flow`]'s HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Frag {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Frag {
    /// Nothing to show.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// Where something is missing that depends on the page that shows the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Hole {
    /// A link opens: the index of the draft's link.
    Open(u32),
    /// That link closes.
    Close(u32),
    /// An image: the index of the draft's link.
    Image(u32),
    /// A page or section to embed: the index of the draft's link.
    Embed(u32),
    /// ` id="…"`: the page's own anchor, left out where the text is embedded.
    Id(Arc<str>),
    /// A reference to footnote `n` (its label's number, from 1), the `times`th on the page (from 1).
    NoteRef(u32, u32),
    /// The way back from footnote `n` to its references, of which there are `times`.
    NoteBack(u32, u32),
}

/// How filling goes on behind a hole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fill {
    /// With what follows.
    Go,
    /// With the next hole that equals this one; what stands before it is left out.
    SkipTo(Hole),
}

/// HTML with holes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Flow {
    html: String,
    holes: Vec<(u32, Hole)>,
}

impl Flow {
    /// Where the next piece will start; give it to [`Flow::since`].
    #[must_use]
    pub fn mark(&self) -> u32 {
        u32::try_from(self.html.len()).unwrap_or(u32::MAX)
    }

    /// Everything written since `mark`.
    #[must_use]
    pub fn since(&self, mark: u32) -> Frag {
        Frag { start: mark, end: self.mark() }
    }

    /// Give back what was set aside for growth: a flow is kept as long as its page.
    pub fn shrink(&mut self) {
        // A copy: where an allocator shrinks in place, up to half of a block stays lost.
        self.html = self.html.as_str().to_owned();
        self.holes = self.holes.as_slice().to_vec();
    }

    /// Append markup as it is.
    pub fn push_html(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Append text, escaped.
    pub fn push_text(&mut self, text: &str) {
        escape_into(text, &mut self.html);
    }

    /// Append a hole.
    pub fn push_hole(&mut self, hole: Hole) {
        let at = self.mark();
        self.holes.push((at, hole));
    }

    /// Drop white space at the end, back to `mark`.
    pub fn trim_end(&mut self, mark: u32) {
        let last_hole = self.holes.last().map_or(0, |(at, _)| *at);
        let floor = mark.max(last_hole) as usize;
        let kept = self.html.get(floor..).map_or(0, |tail| tail.trim_end().len());
        self.html.truncate(floor + kept);
    }

    /// The markup of a fragment without its holes.
    #[must_use]
    pub fn raw(&self, frag: Frag) -> &str {
        self.html.get(frag.start as usize..frag.end as usize).unwrap_or("")
    }

    /// The holes of a fragment, in order. Where two fragments touch, a hole that ends something belongs to the first
    /// and a hole that begins something to the second; a picture or embed belongs to both, as it must not be lost.
    pub fn holes(&self, frag: Frag) -> impl Iterator<Item = &(u32, Hole)> {
        let from = self.holes.partition_point(|(at, _)| *at < frag.start);
        let ends = |hole: &Hole| matches!(hole, Hole::Close(_) | Hole::NoteRef(..) | Hole::NoteBack(..));
        let whole = |hole: &Hole| matches!(hole, Hole::Image(_) | Hole::Embed(_));
        let rest = self.holes.get(from..).unwrap_or(&[]).iter();
        rest.take_while(move |(at, _)| *at <= frag.end).filter(move |(at, hole)| {
            (*at > frag.start || !ends(hole)) && (*at < frag.end || ends(hole) || whole(hole))
        })
    }

    /// Write a fragment, asking `fill` for what stands in each hole; it may ask to leave out what follows up to
    /// another hole.
    pub fn fill(&self, frag: Frag, out: &mut String, mut fill: impl FnMut((u32, &Hole), &mut String) -> Fill) {
        let mut at = frag.start;
        let mut until: Option<Hole> = None;
        if !frag.is_empty() {
            for (hole_at, hole) in self.holes(frag) {
                if until.as_ref().is_some_and(|until| until != hole) {
                    continue;
                }
                if until.take().is_none() {
                    out.push_str(self.raw(Frag { start: at, end: *hole_at }));
                }
                at = *hole_at;
                if let Fill::SkipTo(hole) = fill((*hole_at, hole), out) {
                    until = Some(hole);
                }
            }
        }
        if until.is_none() {
            out.push_str(self.raw(Frag { start: at, end: frag.end }));
        }
    }

    /// The part of a fragment that lies within `reach` bytes of an offset inside it, cut at white space.
    #[must_use]
    pub fn around(&self, frag: Frag, offset: u32, reach: u32) -> Frag {
        let mut near = Frag {
            start: offset.saturating_sub(reach).max(frag.start),
            end: offset.saturating_add(reach).min(frag.end),
        };
        let space = |byte: &u8| byte.is_ascii_whitespace();
        let bytes = |from: u32, to: u32| self.html.as_bytes().get(from as usize..to as usize).unwrap_or(&[]);
        if near.start > frag.start {
            let cut = bytes(near.start, offset).iter().position(space);
            near.start += cut.map_or(offset - near.start, |at| u32::try_from(at).unwrap_or(0));
        }
        if near.end < frag.end {
            let cut = bytes(offset, near.end).iter().rposition(space);
            near.end = offset + cut.map_or(0, |at| u32::try_from(at).unwrap_or(0));
        }
        near
    }

    /// A fragment as plain text, and where an offset of the HTML (inside the fragment) comes to lie in it.
    #[must_use]
    pub fn text_at(&self, frag: Frag, offset: u32) -> (String, usize) {
        let mut raw = String::new();
        plain_into(self.raw(Frag { start: frag.start, end: offset }), &mut raw);
        let mark = raw.len();
        plain_into(self.raw(Frag { start: offset, end: frag.end }), &mut raw);
        let mut out = String::with_capacity(raw.len());
        let mut place = None;
        for (at, word) in words_of(&raw) {
            if mark <= at + word.len() && place.is_none() {
                place = Some(out.len() + usize::from(!out.is_empty()));
            }
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        let last = out.len();
        (out, place.unwrap_or(last).min(last))
    }

    /// A fragment as plain text: no markup, entities undone, white space folded, a space between blocks.
    #[must_use]
    pub fn text(&self, frag: Frag) -> String {
        plain(self.raw(frag))
    }
}

/// Escape `&`, `<`, `>` and `"`, so that the text can stand in an element or in a quoted attribute. What neither HTML
/// nor XML has a place for is left out.
pub fn escape_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(|c| matches!(c, '&' | '<' | '>' | '"') || is_barred(c)) {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let mut chars = tail.chars();
        out.push_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "",
        });
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// [`escape_into`] a new string.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(text, &mut out);
    out
}

/// An attribute with a leading space: ` name="value"`.
pub fn attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"{}\"", escape(value));
}

/// Inline elements, between whose tags no space is to be understood.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "u",
];

/// Whether an element stands within running text.
pub(crate) fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

/// Words parted by white space, with their offsets.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - base, word))
}

/// Markup as plain text.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    plain_into(html, &mut out);
    fold_space(&out)
}

/// Markup as text whose white space is not yet folded.
fn plain_into(html: &str, out: &mut String) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        unescape(rest.get(..at).unwrap_or(""), out);
        let Some(end) = rest.get(at..).and_then(|tag| tag.find('>')) else {
            rest = "";
            break;
        };
        let tag = rest.get(at + 1..at + end).unwrap_or("").trim_start_matches('/');
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if !is_inline(name) {
            out.push(' ');
        }
        rest = rest.get(at + end + 1..).unwrap_or("");
    }
    unescape(rest, out);
}

/// Text as it was before [`escape`].
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    unescape(text, &mut out);
    out
}

fn unescape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"')];
        match known.iter().find(|(entity, _)| rest.starts_with(entity)) {
            Some((entity, plain)) => {
                out.push(*plain);
                rest = rest.get(entity.len()..).unwrap_or("");
            }
            None => {
                out.push('&');
                rest = rest.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_no_markup_and_folds_space() {
        let mut flow = Flow::default();
        let mark = flow.mark();
        flow.push_html("<p>One <em>t</em>wo");
        flow.push_text(" & <three>");
        flow.push_html("</p>\n<p>four</p>");
        assert_eq!(flow.text(flow.since(mark)), "One two & <three> four");
    }

    #[test]
    fn what_no_document_may_hold_is_left_out() {
        assert_eq!(escape("a\u{0}\u{8}\u{85}b\u{fffe}\u{1ffff}\u{fdd0}\n\t<c>\u{fffd}"), "ab\n\t&lt;c&gt;\u{fffd}");
    }

    #[test]
    fn a_picture_at_the_end_is_not_lost() {
        let mut flow = Flow::default();
        flow.push_html("<p>Look: ");
        flow.push_hole(Hole::Image(0));
        assert_eq!(flow.holes(flow.since(0)).count(), 1);
    }

    #[test]
    fn what_stands_around_a_place_is_cut_at_spaces() {
        let mut flow = Flow::default();
        flow.push_html("one two three four five");
        let near = flow.around(flow.since(0), 8, 6);
        assert_eq!(flow.raw(near), " two three");
        assert_eq!(flow.raw(flow.around(flow.since(0), 8, 100)), "one two three four five");
    }

    #[test]
    fn holes_are_filled_in_their_place() {
        let mut flow = Flow::default();
        flow.push_html("<p");
        flow.push_hole(Hole::Id("x".into()));
        flow.push_html(">");
        flow.push_hole(Hole::Open(0));
        flow.push_text("there");
        flow.push_hole(Hole::Close(0));
        flow.push_html("</p>");
        let mut out = String::new();
        flow.fill(flow.since(0), &mut out, |(_, hole), out| {
            match hole {
                Hole::Id(id) => attribute(out, "id", id),
                Hole::Open(_) => out.push_str("<a>"),
                Hole::Close(_) => out.push_str("</a>"),
                _ => {}
            }
            Fill::Go
        });
        assert_eq!(out, "<p id=\"x\"><a>there</a></p>");
    }
}
