//! Blocks that are more than a pair of tags: callouts, quotes with a name under them, images, embeds.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use super::events::{nodes, words};
use super::writer::{Closer, Writer};
use super::{LinkKind, links};
use crate::prose::{Hole, escape};

/// The callouts beside those of GitHub: their class and title.
const CALLOUTS: [(&str, &str); 10] = [
    ("note", "Note"),
    ("tip", "Tip"),
    ("important", "Important"),
    ("warning", "Warning"),
    ("caution", "Caution"),
    ("say", "Say"),
    ("check", "Check"),
    ("instead", "Instead of"),
    ("formula", "Formula"),
    ("example", "Example"),
];

/// Quotes with a name under them that may stand inside each other; deeper ones are plain quotes.
const DEEPEST: usize = 4;

/// The first line of a callout.
struct Marker {
    class: &'static str,
    title: Option<String>,
    /// The event with which the callout's own text begins.
    next: usize,
    /// The end of the paragraph it begins in the middle of.
    paragraph: Option<usize>,
}

impl Writer<'_, '_> {
    /// A paragraph: an embed that stands alone, an image with a caption, a callout in a step, or just text.
    pub(super) fn paragraph(&mut self, at: usize, close: usize) -> usize {
        if at + 2 < close
            && let Some(image) = self.alone(at + 1..close)
            && self.figure(image)
        {
            return close + 1;
        }
        if self.in_step
            && let Some((class, title, skip)) = self.opener(at + 1, close)
        {
            self.flow.push_html(&format!(
                "<div class=\"callout {class}\"><p class=\"callout-title\">{}</p>\n",
                escape(&title)
            ));
            self.flow.push_html("<p>");
            self.write_block(skip..close);
            self.flow.push_html("</p></div>\n");
            return close + 1;
        }
        self.flow.push_html("<p>");
        let block = Closer::Block("</p>\n", self.flow.mark(), self.links.len());
        self.closers.push((close, block));
        at + 1
    }

    /// The only node of a range, if it is an image.
    fn alone(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = nodes(self.evs, range.clone()).next()?;
        let image = matches!(self.evs.get(first.start)?.event, Event::Start(Tag::Image { .. }));
        (image && first == range).then_some(first)
    }

    /// An image or embed that has a paragraph to itself; `false` if it is shown like any other.
    fn figure(&mut self, image: Range<usize>) -> bool {
        let Some(link) = self.make_link(image.start, image.end - 1) else { return false };
        if link.kind == LinkKind::Wiki && !links::is_file(&link.target) {
            let index = self.add_link(link);
            self.flow.push_hole(Hole::Embed(index));
            self.flow.push_html("\n");
            return true;
        }
        if link.title.is_empty() || link.kind == LinkKind::External {
            return false;
        }
        let caption = escape(&link.title);
        self.flow.push_html("<figure>");
        let index = self.add_link(link);
        self.flow.push_hole(Hole::Image(index));
        self.flow.push_html(&format!("<figcaption>{caption}</figcaption></figure>\n"));
        true
    }

    /// An image among text. An embed of a page among text is a link to it.
    pub(super) fn image(&mut self, at: usize, close: usize) {
        let Some(mut link) = self.make_link(at, close) else { return };
        let text = if link.words.is_empty() { link.target.clone() } else { link.words.to_string() };
        if link.kind == LinkKind::External {
            let span = self.evs.get(at).map_or(0..0, |ev| ev.span.clone());
            let what = format!("`{}` is on another host and is shown as a link", link.target);
            self.find("remote-image", what, &span).hint = Some("save it beside the page and show that copy".to_owned());
        }
        let picture = link.kind == LinkKind::Path || link.kind == LinkKind::Wiki && links::is_picture(&link.target);
        if picture {
            let index = self.add_link(link);
            self.flow.push_hole(Hole::Image(index));
            return;
        }
        link.shows = false;
        let index = self.add_link(link);
        self.flow.push_hole(Hole::Open(index));
        self.flow.push_text(&text);
        self.flow.push_hole(Hole::Close(index));
    }

    /// A quote: a callout if it opens with `[!WORD]`, a figure if its last line says who said it.
    pub(super) fn quote(&mut self, at: usize, close: usize) -> usize {
        let native = match self.evs.get(at).map(|ev| &ev.event) {
            Some(Event::Start(Tag::BlockQuote(kind))) => kind.map(native),
            _ => None,
        };
        if let Some(class) = native {
            self.callout(class, None, close);
            return at + 1;
        }
        if let Some(marker) = self.marker(at) {
            self.callout(marker.class, marker.title, close);
            if let Some(end) = marker.paragraph {
                self.flow.push_html("<p>");
                let block = Closer::Block("</p>\n", self.flow.mark(), self.links.len());
                self.closers.push((end, block));
            }
            return marker.next;
        }
        if let Some((said, from)) = self.said_by(at, close).filter(|_| self.quotes < DEEPEST) {
            self.quotes += 1;
            self.flow.push_html("<figure class=\"quote\"><blockquote>\n");
            // The quote without its last line, then the line.
            let inner = at + 1..from;
            self.quote_body(inner);
            self.quotes -= 1;
            self.closers.push((close, Closer::Quote(said)));
            return close;
        }
        self.open("<blockquote>\n", (close, Closer::Html("</blockquote>\n")));
        at + 1
    }

    /// The blocks of an attributed quote up to its last line.
    fn quote_body(&mut self, inner: Range<usize>) {
        let Some(last) = nodes(self.evs, inner.clone()).last() else { return };
        self.write(inner.start..last.start);
        let cut = self.evs.get(last.start).is_some_and(|ev| ev.close >= inner.end);
        if cut {
            if last.start + 1 < inner.end {
                self.flow.push_html("<p>");
                self.write_block(last.start + 1..inner.end);
                self.flow.push_html("</p>\n");
            }
        } else {
            self.write(last);
        }
    }

    fn callout(&mut self, class: &str, title: Option<String>, close: usize) {
        let usual = CALLOUTS.iter().find(|(known, _)| *known == class).map_or("Note", |(_, title)| *title);
        let title = title.unwrap_or_else(|| usual.to_owned());
        self.flow.push_html(&format!("<div class=\"callout {class}\"><p class=\"callout-title\">"));
        self.flow.push_text(&title);
        self.open("</p>\n", (close, Closer::Html("</div>\n")));
    }

    /// `[!WORD]`, `[!WORD]-`, `[!WORD] Title` on the first line of a quote.
    fn marker(&self, at: usize) -> Option<Marker> {
        let evs = self.evs;
        let paragraph = evs.get(at + 1).filter(|ev| matches!(ev.event, Event::Start(Tag::Paragraph)))?;
        let line = self.text.get(paragraph.span.start..)?.lines().next()?;
        let (word, rest) = line.strip_prefix("[!")?.split_once(']')?;
        if word.is_empty() || !word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
            return None;
        }
        let known = word.to_ascii_lowercase();
        let known = if known == "instead-of" { "instead" } else { &known };
        let class = CALLOUTS.iter().find(|(name, _)| *name == known).map(|(name, _)| *name);
        let title = Some(rest.trim_start_matches(['-', '+']).trim().to_owned()).filter(|title| !title.is_empty());
        let title = title.or_else(|| class.is_none().then(|| capital(word)));
        // Skip what stands on that line; what is left of the paragraph opens the callout.
        let end = paragraph.span.start + line.len();
        let mut inner = at + 2..paragraph.close;
        let line_break = inner.find(|index| evs.get(*index).is_some_and(|ev| ev.span.start >= end));
        let left = line_break.map(|index| index + 1).filter(|next| *next < paragraph.close);
        let (next, paragraph) = left.map_or((paragraph.close + 1, None), |next| (next, Some(paragraph.close)));
        Some(Marker { class: class.unwrap_or("note"), title, next, paragraph })
    }

    /// The last line of a quote if it opens with a dash: its events without the dash, and where the quote's own
    /// events end.
    fn said_by(&self, at: usize, close: usize) -> Option<(Range<usize>, usize)> {
        let evs = self.evs;
        let last = nodes(evs, at + 1..close).last()?;
        matches!(evs.get(last.start)?.event, Event::Start(Tag::Paragraph)).then_some(())?;
        let inner = last.start + 1..last.end - 1;
        let line = nodes(evs, inner.clone())
            .filter(|node| {
                evs.get(node.start).is_some_and(|ev| matches!(ev.event, Event::SoftBreak | Event::HardBreak))
            })
            .last();
        let first = line.as_ref().map_or(inner.start, |line| line.end);
        let alone = line.is_none();
        if alone && last.start == at + 1 {
            return None;
        }
        let Event::Text(text) = &evs.get(first)?.event else { return None };
        let dashed = ["— ", "– ", "-- ", "—", "― "].iter().any(|dash| text.starts_with(dash));
        dashed.then(|| (first..inner.end, line.map_or(last.start, |line| line.start)))
    }

    /// `Say:` and its like at the start of a paragraph of a step: class, title, and the event behind it. The word
    /// must have its text event to itself or be cut off it, so the cut is asked of the flow.
    fn opener(&mut self, first: usize, close: usize) -> Option<(&'static str, String, usize)> {
        let evs = self.evs;
        // `**Say:** …` has an element of its own.
        if let Some(ev) = evs.get(first).filter(|ev| matches!(ev.event, Event::Start(Tag::Strong | Tag::Emphasis))) {
            let label = words(evs, first..ev.close);
            let after = evs.get(ev.close + 1).map(|ev| &ev.event);
            let colon = label.ends_with(':') || matches!(after, Some(Event::Text(text)) if text.starts_with(':'));
            let class = self.callout_word(label.trim_end_matches([':', ' '])).filter(|_| colon)?;
            if let Some(Event::Text(text)) = after {
                self.drop_text = text.len() - text.trim_start_matches([' ', ':', '：']).len();
            }
            return Some((class, label.trim_end_matches([':', ' ']).to_owned(), ev.close + 1))
                .filter(|(_, _, next)| *next < close);
        }
        let Event::Text(text) = &evs.get(first)?.event else { return None };
        let (word, rest) = text.split_once(':').or_else(|| text.split_once('：'))?;
        let class = self.callout_word(word.trim_matches(super::mask::FILL).trim())?;
        self.drop_text = text.len() - rest.len();
        Some((class, capital(word.trim_matches(super::mask::FILL).trim()), first))
    }

    fn callout_word(&self, word: &str) -> Option<&'static str> {
        let lower = word.to_lowercase();
        let words = &self.reading.words;
        let lists = [
            ("say", &words.say),
            ("check", &words.check),
            ("instead", &words.instead),
            ("formula", &words.formula),
            ("example", &words.example),
            ("warning", &words.warning),
        ];
        lists.into_iter().find(|(_, list)| list.contains(&lower)).map(|(class, _)| class)
    }
}

fn native(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

/// A word with a capital, the rest as written; shouted words are lowered.
fn capital(word: &str) -> String {
    let shouted = word.chars().all(|c| !c.is_lowercase());
    let lower = if shouted { word.to_lowercase() } else { word.to_owned() };
    let mut chars = lower.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
