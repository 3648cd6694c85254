//! Markdown events become HTML with holes, in one pass that never recurses into the page's own nesting.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Alignment, Event, Tag};

use super::events::Ev;
use super::notes::Notes;
use super::slug::Anchors;
use super::{Anchor, Link, Reading, Relation};
use crate::diag::Diagnostic;
use crate::prose::{Flow, Frag, Hole};
use crate::source::Span;

/// What is being made of a page.
pub(super) struct Writer<'a, 'e> {
    /// The page's events.
    pub(super) evs: &'e [Ev<'a>],
    /// The page's text, comments blanked.
    pub(super) text: &'a str,
    /// What reading depends on.
    pub(super) reading: &'e Reading,
    /// The page's path, for findings.
    pub(super) path: &'e Arc<str>,
    /// The HTML so far.
    pub(super) flow: Flow,
    /// The links so far.
    pub(super) links: Vec<Link>,
    /// The notes on other pages so far.
    pub(super) relations: Vec<Relation>,
    /// Further anchors so far.
    pub(super) marks: Vec<Anchor>,
    /// The ids given so far.
    pub(super) anchors: Anchors,
    /// The ids of the headings, by the event that opens them.
    pub(super) heading_ids: HashMap<usize, String>,
    /// Findings so far.
    pub(super) findings: Vec<Diagnostic>,
    /// Whether a paragraph that opens with `Say:` is a callout here.
    pub(super) in_step: bool,
    /// Places in the source whose places in the HTML are asked for, ascending, and the answers.
    pub(super) cuts: Vec<(usize, Option<u32>)>,
    pub(super) notes: Notes,
    /// Raw HTML elements that are open, with the height of `closers` at which they were opened.
    pub(super) raw: Vec<(Box<str>, usize)>,
    /// Raw HTML elements that were shown as text, and not closed yet.
    pub(super) refused: Vec<String>,
    /// What closes the open elements: the index of the `End` event and the markup.
    pub(super) closers: Vec<(usize, Closer)>,
    pub(super) cells: Vec<(Vec<Alignment>, usize, bool)>,
    /// How many links are open.
    pub(super) in_link: usize,
    /// The first of `cuts` that is not answered yet.
    pub(super) next_cut: usize,
    /// Bytes of the next text that are not shown (a word that became a callout's title).
    pub(super) drop_text: usize,
    /// How many quotes with a name under them are open.
    pub(super) quotes: usize,
    /// Links whose block has not ended.
    pub(super) pending: Vec<usize>,
    /// Whether the page has more links than it may.
    pub(super) full: bool,
    /// Findings about raw HTML so far.
    pub(super) told: usize,
}

/// What is written when an element ends.
pub(super) enum Closer {
    /// Markup.
    Html(&'static str),
    /// A link.
    Link(u32),
    /// A block whose links want their sentence: where it began in the HTML, and its first link.
    Block(&'static str, u32, usize),
    /// A quote whose last line says who said it.
    Quote(Range<usize>),
    /// A table's head: the body follows.
    Head,
    /// A table.
    Table,
    /// A block of code: the `language-` class was written; nothing more is open.
    Code,
}

/// The page that is written.
pub(super) struct Page<'a, 'e> {
    /// Its events.
    pub(super) evs: &'e [Ev<'a>],
    /// Its text, comments blanked.
    pub(super) text: &'a str,
    /// What reading depends on.
    pub(super) reading: &'e Reading,
    /// Its path, for findings.
    pub(super) path: &'e Arc<str>,
}

impl<'a, 'e> Writer<'a, 'e> {
    /// Nothing written yet; the ids of the sections and headings are given, the footnotes are known.
    pub(super) fn new(
        page: Page<'a, 'e>,
        (anchors, heading_ids): (Anchors, HashMap<usize, String>),
        defined: HashMap<String, usize>,
    ) -> Self {
        Self {
            evs: page.evs,
            text: page.text,
            reading: page.reading,
            path: page.path,
            flow: Flow::default(),
            links: Vec::new(),
            relations: Vec::new(),
            marks: Vec::new(),
            anchors,
            heading_ids,
            findings: Vec::new(),
            in_step: false,
            cuts: Vec::new(),
            notes: Notes { defined, ..Notes::default() },
            raw: Vec::new(),
            refused: Vec::new(),
            closers: Vec::new(),
            cells: Vec::new(),
            in_link: 0,
            next_cut: 0,
            drop_text: 0,
            quotes: 0,
            pending: Vec::new(),
            full: false,
            told: 0,
        }
    }
}

impl<'a> Writer<'a, '_> {
    /// Write the events of `range`.
    pub(super) fn write(&mut self, range: Range<usize>) {
        let evs = self.evs;
        let mut at = range.start;
        while let Some(ev) = evs.get(at).filter(|_| at < range.end) {
            at = match &ev.event {
                Event::Start(tag) => {
                    self.cut(ev.span.start);
                    self.start(tag, at)
                }
                Event::End(_) => {
                    self.cut(ev.span.end.saturating_sub(1));
                    self.end(at);
                    at + 1
                }
                _ => {
                    self.leaf(at);
                    at + 1
                }
            };
        }
    }

    /// Write inline events as one block of text whose links want their sentence.
    pub(super) fn write_block(&mut self, range: Range<usize>) -> Frag {
        let (mark, first) = (self.flow.mark(), self.links.len());
        let open = self.raw.len();
        self.write(range);
        self.close_raw_to(open);
        let frag = self.flow.since(mark);
        self.contexts(frag, first);
        frag
    }

    /// Ask where some source offsets come to lie; [`Writer::answers`] gives the places after writing.
    pub(super) fn ask(&mut self, offsets: &[usize]) {
        self.cuts = offsets.iter().map(|offset| (*offset, None)).collect();
        self.cuts.sort_by_key(|(offset, _)| *offset);
        self.next_cut = 0;
    }

    /// The place of each asked offset, by offset; what was not met lies at the end.
    pub(super) fn answers(&mut self) -> HashMap<usize, u32> {
        let end = self.flow.mark();
        self.next_cut = 0;
        std::mem::take(&mut self.cuts).into_iter().map(|(offset, place)| (offset, place.unwrap_or(end))).collect()
    }

    /// Answer every cut up to and including source offset `upto`.
    pub(super) fn cut(&mut self, upto: usize) {
        while let Some((offset, place)) = self.cuts.get_mut(self.next_cut) {
            if *offset > upto {
                break;
            }
            *place = Some(self.flow.mark());
            self.next_cut += 1;
        }
    }

    /// Open an element (or write all of it); the index of the next event to write.
    fn start(&mut self, tag: &Tag<'a>, at: usize) -> usize {
        let close = self.evs.get(at).map_or(at, |ev| ev.close);
        self.name_ahead(close);
        match tag {
            Tag::Paragraph => return self.paragraph(at, close),
            Tag::BlockQuote(_) => return self.quote(at, close),
            Tag::HtmlBlock => {
                self.html_block(at + 1..close);
                return close + 1;
            }
            Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => return close + 1,
            Tag::Image { .. } => {
                self.image(at, close);
                return close + 1;
            }
            Tag::Heading { level, .. } => self.heading(*level, (at, close)),
            Tag::CodeBlock(kind) => self.code_block(kind, close),
            Tag::Link { .. } if self.link(at, close) => return close + 1,
            Tag::Table(alignments) => {
                self.cells.push((alignments.clone(), 0, true));
                self.open("<div class=\"table\"><table>\n", (close, Closer::Table));
            }
            Tag::TableHead => self.open("<thead><tr>", (close, Closer::Head)),
            Tag::TableRow => {
                if let Some(row) = self.cells.last_mut() {
                    row.1 = 0;
                }
                self.open("<tr>", (close, Closer::Html("</tr>\n")));
            }
            Tag::TableCell => self.cell(close),
            Tag::Link { .. } => {}
            _ => self.simple(tag, close),
        }
        at + 1
    }

    pub(super) fn open(&mut self, html: &str, closer: (usize, Closer)) {
        self.flow.push_html(html);
        self.closers.push(closer);
    }

    fn end(&mut self, at: usize) {
        if self.closers.last().is_none_or(|(end, _)| *end != at) {
            return;
        }
        self.close_raw(self.closers.len());
        let Some((_, closer)) = self.closers.pop() else { return };
        match closer {
            Closer::Html(html) => self.flow.push_html(html),
            Closer::Link(link) => {
                self.in_link -= 1;
                self.flow.push_hole(Hole::Close(link));
            }
            Closer::Block(html, mark, first) => {
                self.contexts(self.flow.since(mark), first);
                self.flow.push_html(html);
            }
            Closer::Quote(said) => {
                self.flow.push_html("</blockquote>\n<figcaption>");
                self.write_block(said);
                self.flow.push_html("</figcaption></figure>\n");
            }
            Closer::Head => {
                if let Some(row) = self.cells.last_mut() {
                    row.2 = false;
                }
                self.flow.push_html("</tr></thead>\n<tbody>\n");
            }
            Closer::Table => {
                self.cells.pop();
                self.flow.push_html("</tbody>\n</table></div>\n");
            }
            Closer::Code => self.flow.push_html("</code></pre>\n"),
        }
    }

    /// Give the links written since `first` the block they stand in; the innermost counts.
    pub(super) fn contexts(&mut self, block: Frag, first: usize) {
        while let Some(index) = self.pending.pop_if(|index| *index >= first) {
            if let Some(link) = self.links.get_mut(index) {
                link.block = block;
            }
        }
    }

    fn leaf(&mut self, at: usize) {
        let Some(ev) = self.evs.get(at) else { return };
        if !matches!(ev.event, Event::Text(_)) {
            self.cut(ev.span.start);
        }
        match &ev.event {
            Event::Text(text) => self.text_event(text, at),
            Event::Code(code) => {
                self.flow.push_html("<code>");
                self.flow.push_text(code);
                self.flow.push_html("</code>");
            }
            Event::SoftBreak => self.flow.push_html("\n"),
            Event::HardBreak => self.flow.push_html("<br>\n"),
            Event::Rule => self.flow.push_html("<hr>\n"),
            Event::InlineHtml(html) => self.inline_html(html, &ev.span),
            Event::Html(html) => self.flow.push_text(html),
            Event::FootnoteReference(label) => self.note_ref(label),
            Event::TaskListMarker(done) => self.tick_box(*done),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.flow.push_text(text),
            Event::Start(_) | Event::End(_) => {}
        }
    }

    /// A finding at a place of this page.
    pub(super) fn find(&mut self, check: &'static str, message: String, span: &Range<usize>) -> &mut Diagnostic {
        let found = Diagnostic::new(check, message).at(self.path, Span::from(span.clone()));
        self.findings.push(found);
        let last = self.findings.len() - 1;
        // Just pushed: the place exists.
        &mut self.findings[last]
    }
}
