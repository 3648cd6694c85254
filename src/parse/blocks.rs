//! Blocks that are more than a pair of tags: callouts, quotes with a name under them, images, embeds.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, LinkType, Tag};

use super::events::{nodes, words};
use super::writer::{Closer, Writer};
use super::{Anchor, LinkKind, links};
use crate::prose::{Frag, Hole, escape};

/// The classes of callouts, GitHub's first. The words of each are the phrase `callout.CLASS`.
const CALLOUTS: [&str; 10] =
    ["note", "tip", "important", "warning", "caution", "say", "check", "instead", "formula", "example"];

/// Quotes with a name under them that may stand inside each other; deeper ones are plain quotes.
const DEEPEST: usize = 4;

/// The first line of a callout.
struct Marker {
    class: &'static str,
    title: Title,
    /// The event with which the callout's own text begins.
    next: usize,
    /// The end of the paragraph it begins in the middle of.
    paragraph: Option<usize>,
}

/// What stands over a callout.
enum Title {
    /// What its class is called.
    Usual,
    /// A word of the author's.
    Word(String),
    /// The author's text: its events, and how many bytes of the first are not of it.
    Text(Range<usize>, usize),
}

/// The word that makes a callout of a step's paragraph.
pub(super) struct Opener {
    /// The callout's class.
    class: &'static str,
    /// The word as written.
    title: String,
    /// The event behind it.
    next: usize,
    /// Bytes of that event's text that belong to it.
    drop: usize,
}

impl Writer<'_, '_> {
    /// A paragraph: an embed that stands alone, an image with a caption, a callout in a step, or just text.
    pub(super) fn paragraph(&mut self, at: usize, close: usize) -> usize {
        if self.names_block(at, close) || self.shown(at + 1..close) {
            return close + 1;
        }
        if self.in_step
            && let Some(Opener { class, title, next, drop }) = self.opener(at + 1, close)
        {
            self.drop_text = drop;
            self.flow.push_html(&format!(
                "<div class=\"callout {class}\"><p class=\"callout-title\">{}</p>\n",
                escape(&title)
            ));
            self.flow.push_html("<p>");
            self.write_block(next..close);
            self.flow.push_html("</p></div>\n");
            return close + 1;
        }
        self.flow.push_html("<p>");
        let block = Closer::Block("</p>\n", self.flow.mark(), self.links.len());
        self.closers.push((close, block));
        at + 1
    }

    /// Write a paragraph of pictures and embeds: an embed that has a line to itself is a block of its own.
    fn shown(&mut self, inline: Range<usize>) -> bool {
        if let Some(image) = self.alone(inline.clone()) {
            return self.figure(image);
        }
        let lines = self.lines(inline);
        let embeds = |line: &Range<usize>| self.alone(line.clone()).is_some_and(|image| self.embeds_page(&image));
        if lines.len() < 2 || !lines.iter().any(embeds) {
            return false;
        }
        let mut text: Option<Range<usize>> = None;
        for line in lines {
            match self.alone(line.clone()).filter(|image| self.embeds_page(image)) {
                Some(image) => {
                    self.text_lines(text.take());
                    self.figure(image);
                }
                None => text = Some(text.map_or(line.start, |text| text.start)..line.end),
            }
        }
        self.text_lines(text);
        true
    }

    fn text_lines(&mut self, text: Option<Range<usize>>) {
        if let Some(text) = text {
            self.flow.push_html("<p>");
            self.write_block(text);
            self.flow.push_html("</p>\n");
        }
    }

    /// The lines of a paragraph.
    fn lines(&self, inline: Range<usize>) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut from = inline.start;
        for node in nodes(self.evs, inline.clone()) {
            if matches!(self.evs.get(node.start).map(|ev| &ev.event), Some(Event::SoftBreak | Event::HardBreak)) {
                lines.push(from..node.start);
                from = node.end;
            }
        }
        lines.push(from..inline.end);
        lines
    }

    /// Whether an image is an embed of a page.
    fn embeds_page(&self, image: &Range<usize>) -> bool {
        match self.evs.get(image.start).map(|ev| &ev.event) {
            Some(Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, dest_url, .. })) => {
                !links::is_file(dest_url.split('#').next().unwrap_or(""))
            }
            _ => false,
        }
    }

    /// `^id` in a paragraph of its own names the block before it, whose anchor [`Writer::name_ahead`] has written.
    fn names_block(&mut self, at: usize, close: usize) -> bool {
        let Some(id) = self.block_name(at).filter(|_| at + 2 == close) else { return false };
        let end = self.flow.mark();
        let open = |mark: &&mut Anchor| mark.id == id && mark.body.end > 0 && mark.body.is_empty();
        self.marks.iter_mut().rev().find(open).map(|mark| mark.body.end = end).is_some()
    }

    /// If the paragraph at `at` is only `^id`, that.
    fn block_name(&self, at: usize) -> Option<String> {
        let (open, text) = (self.evs.get(at)?, self.evs.get(at + 1)?);
        let Event::Text(id) = &text.event else { return None };
        let alone = matches!(open.event, Event::Start(Tag::Paragraph)) && open.close == at + 2;
        let named = id.strip_prefix('^')?;
        let plain = !named.is_empty() && named.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (alone && plain).then(|| id.to_string())
    }

    /// Before a block that a paragraph behind it names: the anchor.
    pub(super) fn name_ahead(&mut self, close: usize) {
        let Some(id) = self.block_name(close + 1) else { return };
        let given = self.marks.len();
        self.anchor_named(&id);
        let at = self.flow.mark();
        if let Some(mark) = self.marks.get_mut(given) {
            mark.body = Frag { start: at, end: at };
        }
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
            // A hole at the very end of a fragment would belong to what follows it.
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
            self.callout(class, Title::Usual, close);
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

    fn callout(&mut self, class: &str, title: Title, close: usize) {
        self.flow.push_html(&format!("<div class=\"callout {class}\"><p class=\"callout-title\">"));
        match title {
            Title::Usual => self.flow.push_text(&self.reading.wording.say(&format!("callout.{class}"), &[])),
            Title::Word(word) => self.flow.push_text(&word),
            Title::Text(events, skip) => {
                self.drop_text = skip;
                self.write_block(events);
            }
        }
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
        let class = CALLOUTS.into_iter().find(|name| *name == known);
        let own = rest.trim_start_matches(['-', '+']).trim();
        // Skip what stands on that line; what is left of the paragraph opens the callout.
        let end = paragraph.span.start + line.trim_end().len();
        let breaks = |node: &Range<usize>| {
            let ev = evs.get(node.start).filter(|ev| matches!(ev.event, Event::SoftBreak | Event::HardBreak));
            ev.is_some_and(|ev| ev.span.end > end)
        };
        let line_break = nodes(evs, at + 2..paragraph.close).find(breaks).map(|node| node.start);
        let from = end - own.len();
        let first = (at + 2..paragraph.close).find(|index| evs.get(*index).is_some_and(|ev| ev.span.end > from));
        let written = first.filter(|_| !own.is_empty()).and_then(|first| {
            let skip = from.saturating_sub(evs.get(first)?.span.start);
            Some(Title::Text(first..line_break.unwrap_or(paragraph.close), skip))
        });
        let word = || if class.is_none() { Title::Word(capital(word)) } else { Title::Usual };
        let title = written.unwrap_or_else(word);
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

    /// `Say:` and its like at the start of a paragraph of a step.
    pub(super) fn opener(&self, first: usize, close: usize) -> Option<Opener> {
        let evs = self.evs;
        // `**Say:** …` has an element of its own.
        if let Some(ev) = evs.get(first).filter(|ev| matches!(ev.event, Event::Start(Tag::Strong | Tag::Emphasis))) {
            let label = words(evs, first..ev.close);
            let next = Some(ev.close + 1).filter(|next| *next < close)?;
            let after = match evs.get(next).map(|ev| &ev.event) {
                Some(Event::Text(text)) => &**text,
                _ => "",
            };
            let colon = label.ends_with(':') || after.starts_with(':');
            let title = label.trim_end_matches([':', ' ']).to_owned();
            let class = self.callout_word(&title).filter(|_| colon)?;
            let drop = after.len() - after.trim_start_matches([' ', ':', '：']).len();
            return Some(Opener { class, title, next, drop });
        }
        let Event::Text(text) = &evs.get(first)?.event else { return None };
        let (word, rest) = text.split_once(':').or_else(|| text.split_once('：'))?;
        let word = word.trim_matches(super::mask::FILL).trim();
        let class = self.callout_word(word)?;
        Some(Opener { class, title: capital(word), next: first, drop: text.len() - rest.len() })
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
    if shouted { crate::prose::capital(&word.to_lowercase()) } else { crate::prose::capital(word) }
}
