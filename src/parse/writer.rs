//! Markdown events become HTML with holes, in one pass that never recurses into the page's own nesting.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Tag};

use super::autolink::{self, Part};
use super::events::{Ev, words};
use super::mask::FILL;
use super::slug::Anchors;
use super::{Anchor, Link, LinkKind, Reading, Relation};
use crate::diag::Diagnostic;
use crate::prose::{Flow, Frag, Hole, escape};
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
    pending: Vec<usize>,
    /// Whether the page has more links than it may.
    full: bool,
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

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Notes {
    /// Where each label is defined: the event that opens it.
    pub(super) defined: HashMap<String, usize>,
    /// Number of each label, in order of first use, and how often it was used.
    pub(super) used: HashMap<String, (u32, u32)>,
    /// The labels in order of their numbers.
    pub(super) order: Vec<String>,
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
    fn cut(&mut self, upto: usize) {
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

    /// Elements that are only a pair of tags.
    fn simple(&mut self, tag: &Tag<'a>, close: usize) {
        let mark = self.flow.mark();
        let block = |closing| Closer::Block(closing, mark, self.links.len());
        let (opening, closer) = match tag {
            Tag::List(None) => ("<ul>\n", Closer::Html("</ul>\n")),
            Tag::List(Some(1)) => ("<ol>\n", Closer::Html("</ol>\n")),
            Tag::List(Some(start)) => {
                self.flow.push_html(&format!("<ol start=\"{start}\">\n"));
                ("", Closer::Html("</ol>\n"))
            }
            Tag::Item => ("<li>", block("</li>\n")),
            Tag::DefinitionList => ("<dl>\n", Closer::Html("</dl>\n")),
            Tag::DefinitionListTitle => ("<dt>", block("</dt>\n")),
            Tag::DefinitionListDefinition => ("<dd>", block("</dd>\n")),
            Tag::Emphasis => ("<em>", Closer::Html("</em>")),
            Tag::Strong => ("<strong>", Closer::Html("</strong>")),
            Tag::Strikethrough => ("<del>", Closer::Html("</del>")),
            Tag::Superscript => ("<sup>", Closer::Html("</sup>")),
            Tag::Subscript => ("<sub>", Closer::Html("</sub>")),
            _ => ("", Closer::Html("")),
        };
        self.open(opening, (close, closer));
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
    fn contexts(&mut self, block: Frag, first: usize) {
        while let Some(index) = self.pending.pop_if(|index| *index >= first) {
            if let Some(link) = self.links.get_mut(index) {
                link.block = block;
            }
        }
    }

    fn heading(&mut self, level: HeadingLevel, (at, close): (usize, usize)) {
        // A page has one h1, its title: any further one counts as h2.
        let (opening, closing) = match level {
            HeadingLevel::H1 | HeadingLevel::H2 => ("<h2", "</h2>\n"),
            HeadingLevel::H3 => ("<h3", "</h3>\n"),
            HeadingLevel::H4 => ("<h4", "</h4>\n"),
            HeadingLevel::H5 => ("<h5", "</h5>\n"),
            HeadingLevel::H6 => ("<h6", "</h6>\n"),
        };
        self.flow.push_html(opening);
        if let Some(id) = self.heading_ids.get(&at) {
            self.marks.push(Anchor { id: id.clone(), heading: words(self.evs, at..close), body: Frag::default() });
            self.flow.push_hole(Hole::Id(id.as_str().into()));
        }
        self.flow.push_html(">");
        let block = Closer::Block(closing, self.flow.mark(), self.links.len());
        self.closers.push((close, block));
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'a>, close: usize) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or(""),
            CodeBlockKind::Indented => "",
        };
        if language.is_empty() {
            self.open("<pre><code>", (close, Closer::Code));
        } else {
            let html = format!("<pre><code class=\"language-{}\">", escape(language));
            self.open(&html, (close, Closer::Code));
        }
    }

    fn cell(&mut self, close: usize) {
        let Some((alignments, column, head)) = self.cells.last_mut() else { return };
        let class = match alignments.get(*column) {
            Some(Alignment::Left) => " class=\"ta-left\"",
            Some(Alignment::Center) => " class=\"ta-center\"",
            Some(Alignment::Right) => " class=\"ta-right\"",
            _ => "",
        };
        *column += 1;
        let (name, closing) = if *head { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        self.flow.push_html(name);
        self.flow.push_html(class);
        self.flow.push_html(">");
        let block = Closer::Block(closing, self.flow.mark(), self.links.len());
        self.closers.push((close, block));
    }

    /// Open a link; `true` if all of it is written, because its author gave it no words.
    fn link(&mut self, at: usize, close: usize) -> bool {
        let Some(link) = self.make_link(at, close) else { return false };
        if link.kind == LinkKind::Wiki && !link.worded {
            let words = super::links::own_words(&link);
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
    fn whole_link(&mut self, link: Link, text: &str) {
        let index = self.add_link(link);
        self.flow.push_hole(Hole::Open(index));
        self.flow.push_text(text);
        self.flow.push_hole(Hole::Close(index));
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

    fn text_event(&mut self, text: &str, at: usize) {
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

    /// The box of a task: it shows what is done, and is not for ticking.
    pub(super) fn tick_box(&mut self, done: bool) {
        self.flow.push_html(if done {
            "<input type=\"checkbox\" disabled checked aria-label=\"Done\"> "
        } else {
            "<input type=\"checkbox\" disabled aria-label=\"Not done\"> "
        });
    }

    /// `^id` at the end of a block names the block.
    fn block_mark<'t>(&self, text: &'t str, at: usize) -> (&'t str, Option<&'t str>) {
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
    fn words(&mut self, text: &str, source: usize) {
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
                    self.whole_link(plain_link(LinkKind::External, target, (source, url.len())), url);
                }
                Part::Role(name) => {
                    let link = plain_link(LinkKind::Role, name.to_owned(), (source, name.len() + 1));
                    self.whole_link(link, &format!("@{name}"));
                }
            }
        }
    }

    fn note_ref(&mut self, label: &str) {
        if !self.notes.defined.contains_key(label) {
            self.flow.push_text(&format!("[^{label}]"));
            return;
        }
        let next = u32::try_from(self.notes.order.len() + 1).unwrap_or(u32::MAX);
        let used = self.notes.used.entry(label.to_owned()).or_insert((next, 0));
        used.1 += 1;
        let (number, times) = *used;
        if times == 1 {
            self.notes.order.push(label.to_owned());
        }
        self.flow.push_hole(Hole::NoteRef(number, times));
    }

    /// Write the footnotes that were referred to, in order of first use, then those nobody referred to.
    pub(super) fn write_notes(&mut self) -> Frag {
        let mark = self.flow.mark();
        let mut unused: Vec<(usize, String)> =
            self.notes.defined.iter().map(|(label, at)| (*at, label.clone())).collect();
        unused.sort_unstable();
        let mut unused = unused.into_iter();
        let mut done = 0;
        loop {
            while let Some(label) = self.notes.order.get(done).cloned() {
                done += 1;
                self.write_note(&label);
            }
            let Some((_, label)) = unused.find(|(_, label)| !self.notes.used.contains_key(label)) else { break };
            let next = u32::try_from(self.notes.order.len() + 1).unwrap_or(u32::MAX);
            self.notes.used.insert(label.clone(), (next, 0));
            self.notes.order.push(label);
        }
        self.flow.since(mark)
    }

    fn write_note(&mut self, label: &str) {
        let Some(&at) = self.notes.defined.get(label) else { return };
        let close = self.evs.get(at).map_or(at, |ev| ev.close);
        let number = self.notes.used.get(label).map_or(0, |used| used.0);
        self.flow.push_html("<li");
        self.flow.push_hole(Hole::Id(format!("fn:{number}").into()));
        self.flow.push_html(">");
        self.closers.push((usize::MAX, Closer::Html("")));
        self.write(at + 1..close);
        self.close_raw(self.closers.len());
        self.closers.pop();
        let times = self.notes.used.get(label).map_or(0, |used| used.1);
        self.flow.push_hole(Hole::NoteBack(number, times));
        self.flow.push_html("</li>\n");
    }

    /// A finding at a place of this page.
    pub(super) fn find(&mut self, check: &'static str, message: String, span: &Range<usize>) -> &mut Diagnostic {
        let found = Diagnostic::new(check, message).at(self.path, Span::from(span.clone()));
        self.findings.push(found);
        let last = self.findings.len() - 1;
        // Just pushed: the place exists.
        &mut self.findings[last]
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
            LinkType::WikiLink { has_pothole } => super::links::wiki(dest_url, *has_pothole, (&ev.span, shows)),
            LinkType::Email => {
                plain_link(LinkKind::External, format!("mailto:{dest_url}"), (ev.span.start, ev.span.len()))
            }
            _ => super::links::path(dest_url, self.text, &ev.span),
        };
        if let (true, LinkType::WikiLink { .. }) = (shows, link_type) {
            link.size = super::links::size(&words);
        }
        if link.kind == LinkKind::Refused {
            let message = format!("a link cannot use `{}`", scheme(&link.target));
            self.find("dead-link", message, &link.target_span.range()).hint =
                Some("use http, https, mailto or tel".to_owned());
        }
        link.shows = shows;
        link.words = words;
        link.title = title.to_string().into();
        link.span = span;
        Some(link)
    }
}

/// What stands before the colon of an address, with the colon.
pub(super) fn scheme(target: &str) -> String {
    let head: String =
        target.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take_while(|c| *c != ':').take(24).collect();
    format!("{head}:")
}

/// A link that is only its text.
fn plain_link(kind: LinkKind, target: String, (start, len): (usize, usize)) -> Link {
    let span = Span::new(start, start + len);
    super::links::bare(kind, target, span)
}
