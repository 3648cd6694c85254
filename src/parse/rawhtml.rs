//! Raw HTML in a page: what the safe list allows passes, everything else is shown as text, and said.

use std::cmp::Ordering;
use std::ops::Range;

use super::tags::{Token, attribute_place, tokens};
use super::writer::Writer;
use super::{LinkKind, links};
use crate::config::HtmlPolicy;
use crate::prose::{Hole, attribute};
use crate::source::Span;

/// Elements allowed among text.
const INLINE: [&str; 28] = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q",
    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Elements allowed as blocks, besides those.
const BLOCK: [&str; 27] = [
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
];

/// Elements without an end.
pub(super) const VOID: [&str; 5] = ["br", "col", "hr", "img", "wbr"];

/// Attributes that any allowed element may have.
const ATTRIBUTES: [&str; 16] = [
    "title", "lang", "dir", "open", "colspan", "rowspan", "scope", "datetime", "start", "reversed", "value", "span",
    "width", "height", "alt", "abbr",
];

/// Bytes of the longest entity, with `&` and `;`.
const LONGEST_ENTITY: usize = 34;

/// Findings about the raw HTML of one page; what follows is told once for all.
const MOST_TOLD: usize = 1000;

/// Raw elements may stand this deep in each other; what is deeper is shown as text.
const DEEPEST: usize = 100;

/// What `<img>` says besides its address.
#[derive(Default)]
struct RawImage {
    alt: String,
    title: String,
    size: (Option<u32>, Option<u32>),
}

impl Writer<'_, '_> {
    /// A block of raw HTML: the `Html` events of `range`.
    pub(super) fn html_block(&mut self, range: Range<usize>) {
        let mut html = String::new();
        let mut span: Option<Range<usize>> = None;
        for ev in self.evs.get(range).unwrap_or(&[]) {
            if let pulldown_cmark::Event::Html(text) | pulldown_cmark::Event::Text(text) = &ev.event {
                html.push_str(text);
            }
            let from = span.map_or(ev.span.start, |span| span.start);
            span = Some(from..ev.span.end);
        }
        let html = html.replace(super::mask::FILL, "");
        let span = span.unwrap_or(0..0);
        match self.reading.html {
            HtmlPolicy::Allow => self.flow.push_html(&html),
            HtmlPolicy::Text => {
                self.flow.push_html("<p>");
                self.flow.push_text(html.trim());
                self.flow.push_html("</p>\n");
            }
            HtmlPolicy::Safe => self.filter(&html, (&span, true)),
        }
    }

    /// One tag among text.
    pub(super) fn inline_html(&mut self, html: &str, span: &Range<usize>) {
        match self.reading.html {
            HtmlPolicy::Allow => self.flow.push_html(html),
            HtmlPolicy::Text => self.flow.push_text(html),
            HtmlPolicy::Safe => self.filter(html, (span, false)),
        }
    }

    fn filter(&mut self, html: &str, (span, block): (&Range<usize>, bool)) {
        let mut rest = span.clone();
        for token in tokens(html) {
            let raw = match &token {
                Token::Text(raw) | Token::Close(raw, _) | Token::Open(raw, ..) => *raw,
            };
            let place = self.written(raw, &rest);
            rest.start = place.as_ref().map_or(rest.start, |place| place.end);
            let place = place.unwrap_or_else(|| span.clone());
            match token {
                Token::Text(text) => self.raw_text(text),
                Token::Close(raw, name) => self.raw_close(raw, &name, &place),
                Token::Open(raw, name, attributes) => {
                    let known = INLINE.contains(&name.as_str()) || block && BLOCK.contains(&name.as_str());
                    if known && self.raw.len() < DEEPEST {
                        self.raw_open(name, attributes, &place);
                    } else {
                        self.shown_as_text(raw, &place);
                        if self.refused.len() < DEEPEST {
                            self.refused.push(name);
                        }
                    }
                }
            }
        }
    }

    /// Where a piece of raw HTML stands in the page, if it is written there as it is here.
    fn written(&self, piece: &str, among: &Range<usize>) -> Option<Range<usize>> {
        let at = among.start + self.text.get(among.clone())?.find(piece)?;
        Some(at..at + piece.len())
    }

    /// Text inside raw HTML may hold entities; they are kept, everything else is escaped.
    fn raw_text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('&') {
            self.flow.push_text(rest.get(..at).unwrap_or(""));
            rest = rest.get(at..).unwrap_or("");
            let end = rest.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
            let entity = end.and_then(|end| rest.get(..=end)).filter(|entity| {
                let name = entity.trim_start_matches(['&', '#']).trim_end_matches(';');
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())
            });
            match entity {
                Some(entity) => self.flow.push_html(entity),
                None => self.flow.push_text("&"),
            }
            rest = rest.get(entity.map_or(1, str::len)..).unwrap_or("");
        }
        self.flow.push_text(rest);
    }

    fn shown_as_text(&mut self, raw: &str, span: &Range<usize>) {
        self.flow.push_text(raw);
        let mut shown: String = raw.chars().filter(|c| !c.is_control()).take(40).collect();
        if raw.chars().count() > 40 {
            shown.push('…');
        }
        let hint = "write it as Markdown; `mendbook explain html-as-text` lists what is allowed";
        self.html_as_text((format!("`{shown}` is shown as text"), hint), span);
    }

    fn html_as_text(&mut self, (message, hint): (String, &str), span: &Range<usize>) {
        self.told += 1;
        let message = match self.told.cmp(&MOST_TOLD) {
            Ordering::Less => message,
            Ordering::Equal => "from here on more HTML is shown as text or left out".to_owned(),
            Ordering::Greater => return,
        };
        self.find("html-as-text", message, span).hint = Some(hint.to_owned());
    }

    fn raw_close(&mut self, raw: &str, name: &str, span: &Range<usize>) {
        let height = self.closers.len();
        let closes = |open: &str| open == name || name == "a" && (open.is_empty() || open.starts_with("a:"));
        let open = self.raw.iter().rposition(|(open, at)| closes(open) && *at == height);
        match open {
            Some(open) => self.close_raw_to(open),
            None if VOID.contains(&name) => {}
            // The opening tag is a finding already.
            None => match self.refused.iter().rposition(|open| open == name) {
                Some(at) => {
                    self.refused.remove(at);
                    self.flow.push_text(raw);
                }
                None => self.shown_as_text(raw, span),
            },
        }
    }

    fn raw_open(&mut self, name: String, attributes: Vec<(String, String)>, span: &Range<usize>) {
        let mut kept = String::new();
        let mut href = None;
        let mut ids = Vec::new();
        let mut image = RawImage::default();
        for (key, value) in attributes {
            match (name.as_str(), key.as_str()) {
                ("a", "id" | "name") => ids.push(value),
                ("a", "href") | ("img", "src") => href = Some(value),
                ("img", "width") => image.size.0 = value.parse().ok(),
                ("img", "height") => image.size.1 = value.parse().ok(),
                ("img", "alt") => image.alt = value,
                ("img", "title") => image.title = value,
                (_, known) if ATTRIBUTES.contains(&known) => attribute(&mut kept, known, &value),
                (_, other) => {
                    let message = format!("the attribute `{}` of `<{name}>` is left out", other.escape_default());
                    let place = self.text.get(span.clone()).and_then(|tag| attribute_place(tag, other));
                    let place = place.map_or(span.clone(), |at| span.start + at.start..span.start + at.end);
                    let hint = "take it out; `mendbook explain html-as-text` lists what is allowed";
                    self.html_as_text((message, hint), &place);
                }
            }
        }
        for id in ids.iter().filter(|id| !id.is_empty() && !id.contains(char::is_whitespace)) {
            self.anchor_named(id);
        }
        match (name.as_str(), href) {
            ("img", src) => self.raw_image(&src.unwrap_or_default(), image, span),
            ("a", Some(href)) if self.in_link == 0 => self.raw_link(&href, span),
            ("a", _) => self.raw.push(("".into(), self.closers.len())),
            _ => {
                self.flow.push_html(&format!("<{name}{kept}>"));
                if !VOID.contains(&name.as_str()) {
                    self.raw.push((name.into(), self.closers.len()));
                }
            }
        }
    }

    /// `<a href>` is a link like any other.
    fn raw_link(&mut self, href: &str, span: &Range<usize>) {
        let mut link = links::path(href, self.text, span);
        link.span = Span::from(span.clone());
        self.tell_refused(&link);
        let index = self.add_link(link);
        self.flow.push_hole(Hole::Open(index));
        self.in_link += 1;
        self.raw.push((format!("a:{index}").into(), self.closers.len()));
    }

    fn raw_image(&mut self, src: &str, image: RawImage, span: &Range<usize>) {
        let mut link = links::path(src, self.text, span);
        link.span = Span::from(span.clone());
        link.shows = link.kind == LinkKind::Path;
        link.size = image.size;
        link.title = image.title.into();
        link.words = image.alt.as_str().into();
        let refused = link.kind == LinkKind::Refused;
        let (shown, index) = (link.shows, self.add_link(link));
        if shown {
            self.flow.push_hole(Hole::Image(index));
            return;
        }
        let (check, what, hint) = match refused {
            true => ("dead-link", "a picture cannot use this kind of address".to_owned(), "use a file beside the page"),
            false => (
                "remote-image",
                format!("`{src}` is on another host and is shown as a link"),
                "save it beside the page and show that copy",
            ),
        };
        self.find(check, what, span).hint = Some(hint.to_owned());
        self.flow.push_hole(Hole::Open(index));
        self.flow.push_text(if image.alt.is_empty() { src } else { &image.alt });
        self.flow.push_hole(Hole::Close(index));
    }

    /// Close the raw elements opened at `height` or above.
    pub(super) fn close_raw(&mut self, height: usize) {
        let keep = self.raw.iter().rposition(|(_, at)| *at < height).map_or(0, |last| last + 1);
        self.close_raw_to(keep);
    }

    /// Close all but the first `keep` raw elements.
    pub(super) fn close_raw_to(&mut self, keep: usize) {
        while self.raw.len() > keep {
            let Some((name, _)) = self.raw.pop() else { return };
            match name.strip_prefix("a:").and_then(|index| index.parse().ok()) {
                Some(index) => {
                    self.in_link -= 1;
                    self.flow.push_hole(Hole::Close(index));
                }
                None if name.is_empty() => {}
                None => self.flow.push_html(&format!("</{name}>")),
            }
        }
    }
}
