//! The Markdown events of a page with their places, and the tree they make, without building one.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use super::mask::FILL;
use super::rawhtml::VOID;

/// One event.
#[derive(Debug)]
pub(super) struct Ev<'a> {
    /// What it is.
    pub(super) event: Event<'a>,
    /// Its bytes in the whole file; an `End` has those of its `Start`.
    pub(super) span: Range<usize>,
    /// For a `Start` the index of its `End`; otherwise its own index.
    pub(super) close: usize,
}

/// The extensions of the page format. Never the two metadata blocks (they swallow text between any two `---` lines)
/// nor maths (it eats `$5/$10`).
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

/// Events that a page may have: some five times those of the largest page of prose that the limits allow. A page of
/// nothing but marks would take gigabytes.
pub(super) const MOST: usize = 1_000_000;

/// The events of `text` from byte `base` on; `None` where there are more than [`MOST`].
pub(super) fn events(text: &str, base: usize) -> Option<Vec<Ev<'_>>> {
    let body = text.get(base..).unwrap_or("");
    let mut out: Vec<Ev<'_>> = Vec::with_capacity(body.len() / 24 + 8);
    let mut open = Vec::new();
    // Whether the last event is a text that stands in the source as it is.
    let mut verbatim = false;
    for (event, span) in Parser::new_ext(body, options()).into_offset_iter() {
        let index = out.len();
        if index >= MOST {
            return None;
        }
        let span = span.start + base..span.end + base;
        match &event {
            Event::Start(_) => open.push(index),
            Event::End(_) => {
                if let Some(start) = open.pop().and_then(|start: usize| out.get_mut(start)) {
                    start.close = index;
                }
            }
            Event::Text(next) => {
                let stands = text.get(span.clone()) == Some(&**next);
                if stands && verbatim && join(&mut out, text, &span) {
                    continue;
                }
                verbatim = stands;
            }
            _ => {}
        }
        verbatim &= matches!(event, Event::Text(_));
        out.push(Ev { event, span, close: index });
    }
    Some(out)
}

/// Join a text to the one before it where they stand together in the source, so that an address or a role is one piece.
fn join<'a>(out: &mut [Ev<'a>], text: &'a str, span: &Range<usize>) -> bool {
    let Some(last) = out.last_mut().filter(|last| last.span.end == span.start) else { return false };
    let whole = last.span.start..span.end;
    let Some(joined) = text.get(whole.clone()) else { return false };
    last.event = Event::Text(CowStr::Borrowed(joined));
    last.span = whole;
    true
}

/// The topmost nodes among `range`: each is the range of its events.
pub(super) fn nodes<'e>(evs: &'e [Ev<'_>], range: Range<usize>) -> impl Iterator<Item = Range<usize>> + 'e {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let ev = evs.get(at).filter(|_| at < range.end)?;
        let node = at..ev.close.max(at) + 1;
        at = node.end;
        Some(node)
    })
}

/// Whether an event opens a block (and so ends a run of inline text in a tight item).
pub(super) fn opens_block(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => !matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Superscript
                | Tag::Subscript
        ),
        Event::Rule => true,
        _ => false,
    }
}

/// The words of some events without markup; white space folded.
pub(super) fn words(evs: &[Ev<'_>], range: Range<usize>) -> String {
    let mut raw = String::new();
    for ev in evs.get(range).unwrap_or(&[]) {
        match &ev.event {
            Event::Text(text) | Event::Code(text) => raw.extend(text.chars().filter(|c| *c != FILL)),
            Event::SoftBreak | Event::HardBreak => raw.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => raw.push(' '),
            _ => {}
        }
    }
    crate::prose::fold_space(&raw)
}

/// The words of a heading; those of its pictures (badges, mostly) only where it has no others.
pub(super) fn heading_words(evs: &[Ev<'_>], range: Range<usize>) -> String {
    let mut runs = Vec::new();
    let mut from = range.start;
    for at in range.clone() {
        let picture = evs.get(at).filter(|ev| at >= from && matches!(ev.event, Event::Start(Tag::Image { .. })));
        if let Some(picture) = picture {
            runs.push(from..at);
            from = picture.close + 1;
        }
    }
    runs.push(from..range.end);
    let runs: Vec<String> = runs.into_iter().map(|run| words(evs, run)).filter(|text| !text.is_empty()).collect();
    if runs.is_empty() { words(evs, range) } else { runs.join(" ") }
}

/// The words of some events that stand between two source offsets.
pub(super) fn words_between(evs: &[Ev<'_>], range: Range<usize>, (from, to): (usize, usize)) -> String {
    let mut raw = String::new();
    for ev in evs.get(range).unwrap_or(&[]) {
        if ev.span.end <= from || ev.span.start >= to {
            continue;
        }
        match &ev.event {
            Event::Text(text) => {
                let start = from.saturating_sub(ev.span.start);
                let end = (to - ev.span.start).min(text.len());
                raw.extend(text.get(start..end).unwrap_or(text).chars().filter(|c| *c != FILL));
            }
            Event::Code(text) => raw.push_str(text),
            Event::SoftBreak | Event::HardBreak => raw.push(' '),
            _ => {}
        }
    }
    crate::prose::fold_space(&raw)
}

/// One stretch of [`Flat`] text.
#[derive(Debug)]
struct Piece {
    at: usize,
    source: usize,
    /// How many elements it stands inside, and where the outermost of them begins and ends in the source.
    outer: Option<Range<usize>>,
}

/// Where the raw element ends that a tag opens: with its closing tag among `rest`, else with the last of them.
fn raw_end(tag: &str, rest: &[Ev<'_>]) -> Option<usize> {
    let name = |tag: &str| tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let opened = |tag: &str| tag.strip_prefix('<').map(name).filter(|name| !name.is_empty());
    let closed = |tag: &str| tag.strip_prefix("</").map(name);
    let opens = opened(tag).filter(|name| !VOID.contains(&name.as_str()) && !tag.ends_with("/>"))?;
    let mut depth = 1_usize;
    for ev in rest {
        let Event::InlineHtml(html) = &ev.event else { continue };
        if opened(html).as_ref() == Some(&opens) {
            depth += 1;
        } else if closed(html).as_ref() == Some(&opens) {
            depth -= 1;
        }
        if depth == 0 {
            return Some(ev.span.end);
        }
    }
    rest.last().map(|ev| ev.span.end)
}

/// Inline events as one plain text whose places are known in the source, for reading it loosely.
#[derive(Debug, Default)]
pub(super) struct Flat {
    /// The text.
    pub(super) text: String,
    pieces: Vec<Piece>,
    end: usize,
}

impl Flat {
    /// The text of `range` from source offset `from` on.
    pub(super) fn new(evs: &[Ev<'_>], range: Range<usize>, from: usize) -> Self {
        let mut flat = Flat { end: range.start, ..Flat::default() };
        let mut outer: Option<Range<usize>> = None;
        let mut links = 0_usize;
        let evs = evs.get(range).unwrap_or(&[]);
        for (index, ev) in evs.iter().enumerate() {
            flat.end = flat.end.max(ev.span.end);
            match &ev.event {
                Event::Start(tag) => {
                    links += usize::from(matches!(tag, Tag::Link { .. } | Tag::Image { .. }));
                    if outer.as_ref().is_none_or(|range| range.end <= ev.span.start) {
                        outer = Some(ev.span.clone());
                    }
                }
                Event::InlineHtml(html) if outer.as_ref().is_none_or(|range| range.end <= ev.span.start) => {
                    let end = raw_end(html, evs.get(index + 1..).unwrap_or(&[]));
                    outer = end.map(|end| ev.span.start..end).or(outer);
                }
                Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
                Event::Text(text) if ev.span.end > from => {
                    let skip = from.saturating_sub(ev.span.start).min(text.len());
                    let text = text.get(skip..).unwrap_or("");
                    flat.add((text, ev.span.start + skip), &outer, links == 0);
                }
                Event::Code(text) if ev.span.end > from => flat.add((text, ev.span.start), &outer, false),
                Event::SoftBreak | Event::HardBreak if ev.span.end > from => {
                    flat.add((" ", ev.span.start), &outer, true)
                }
                _ => {}
            }
        }
        flat
    }

    fn add(&mut self, (text, source): (&str, usize), outer: &Option<Range<usize>>, plain: bool) {
        let outer = outer.clone().filter(|range| range.contains(&source));
        self.pieces.push(Piece { at: self.text.len(), source, outer });
        // A stretch that may hold no keyword keeps its length in bytes and loses its words.
        if plain {
            self.text.push_str(text);
        } else {
            self.text.extend(std::iter::repeat_n('\u{2}', text.len()));
        }
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        self.pieces.get(self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)?)
    }

    /// The source offset of a clause's start: never inside an element that it would cut in two.
    pub(super) fn start(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.end;
        }
        let Some(piece) = self.piece(at) else { return self.end };
        let Some(outer) = &piece.outer else { return piece.source + (at - piece.at) };
        // What is left of the element: words belong to the clause, mere punctuation does not.
        let next = self.pieces.partition_point(|other| other.source < outer.end);
        let stop = self.pieces.get(next).map_or(self.text.len(), |other| other.at);
        let has_words = self.text.get(at..stop).unwrap_or("").contains(|c: char| c.is_alphanumeric() || c == '\u{2}');
        if has_words { outer.start } else { outer.end }
    }

    /// The source offset of a clause's end: before an element that would be cut in two, unless the element is
    /// the clause's own last word.
    pub(super) fn stop(&self, at: usize) -> usize {
        let Some(last) = at.checked_sub(1) else { return self.pieces.first().map_or(self.end, |piece| piece.source) };
        let Some(piece) = self.piece(last) else { return self.end };
        match &piece.outer {
            None => piece.source + (at - piece.at),
            Some(outer) => {
                let whole = self.piece(at).is_none_or(|next| next.source >= outer.end) || at >= self.text.len();
                if whole { outer.end } else { outer.start }
            }
        }
    }
}
