//! From a page's text to its draft: the steps in order.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag};

use super::events::{Ev, MOST, events};
use super::mask::mask;
use super::outline::{Heading, Outline, outline, same};
use super::slug::slug;
use super::writer::{Page, Writer};
use super::{Anchor, Draft, Reading, Section, Standing, Stems, TitleFrom, contexts, front, stems};
use crate::config::{Audience, Named};
use crate::diag::Diagnostic;
use crate::kinds::{Form, Kind};
use crate::prose::{Flow, Frag, Hole};
use crate::source::{Source, Span};

/// How far around a link its sentence is looked for, in bytes: a paragraph of megabytes is not read for each of its links.
const REACH: u32 = 4096;

/// Longest summary that is taken from a lead, in characters.
const SUMMARY: usize = 220;

/// Read one page. Whatever is wrong becomes a finding, and the page is there all the same.
#[must_use]
pub fn draft(source: &Arc<Source>, id: &str, reading: &Reading) -> Draft {
    let path: Arc<str> = source.path().into();
    let (mut front, body, mut findings) = front::read(source, reading);
    let kind = kind_of(&front, id, reading);
    let whole = masked(source.text(), body);
    let evs = pieces(&whole, body, (&path, reading, &mut findings));
    let Outline { title, parts, ids, anchors, internal } = outline(&evs, kind, reading);
    if title.as_ref().is_some_and(|title| title.internal) {
        front.audience = front.audience.and(Some(Audience::Internal));
    }
    let mut writer =
        Writer::new(Page { evs: &evs, text: &whole, reading, path: &path }, (anchors, ids), definitions(&evs));
    let mut sections: Vec<Section> = parts.iter().map(|part| writer.section(part)).collect();
    let notes = writer.write_notes();
    let Writer { flow, links, relations, marks, findings: found, .. } = writer;
    findings.extend(found);
    let mut draft = Draft {
        source: Arc::clone(source),
        body: to_u32(body),
        kind: kind.map(|kind| kind.name.clone()),
        id: id.to_owned(),
        title: String::new(),
        title_from: TitleFrom::FileName,
        tops: title.as_ref().map(Heading::anchors).unwrap_or_default(),
        title_span: Span::new(body, body),
        summary: None,
        summary_from_lead: false,
        aliases: front.aliases.clone(),
        anchors: bodies(&flow, marks),
        internal: internal.into_iter().map(|part| trimmed(&whole, part)).collect(),
        front,
        flow,
        sections: Vec::new(),
        stems: Stems::default(),
        links,
        relations,
        notes,
        findings,
        path,
    };
    draft.name(&sections, title.map(|title| Named { text: title.text, span: Span::from(title.span) }), reading);
    draft.summarise(&sections);
    sections.retain(|section| {
        !matches!((section.form, section.standing), (Form::Title | Form::Summary | Form::Aliases, Standing::Listed))
    });
    draft.sections = sections;
    draft.stems = stems::stems(&draft, reading);
    draft.shrink();
    draft
}

/// A part of a text without the space at its end.
fn trimmed(text: &str, part: Range<usize>) -> Span {
    let length = text.get(part.clone()).map_or(part.len(), |inside| inside.trim_end().len());
    Span::new(part.start, part.start + length)
}

/// A text whose body has no comments. The front matter keeps its bytes, so that every offset is one of the file.
fn masked(text: &str, body: usize) -> Cow<'_, str> {
    match mask(text.get(body..).unwrap_or("")) {
        Cow::Borrowed(_) => text.into(),
        Cow::Owned(masked) => format!("{}{masked}", text.get(..body).unwrap_or("")).into(),
    }
}

/// The kind a page has: the one its front matter names, else the one of its folder.
fn kind_of<'k>(front: &super::Front, id: &str, reading: &'k Reading) -> Option<&'k Kind> {
    match &front.kind {
        Some(named) if named.text == "page" => None,
        Some(named) => reading.kinds.named(&named.text),
        None => reading.kinds.for_page(id),
    }
}

/// The events of a page. One of nothing but marks is not read; headings over the limit are shown, and name no sections.
fn pieces<'t>(
    text: &'t str,
    body: usize,
    (path, reading, findings): (&Arc<str>, &Reading, &mut Vec<Diagnostic>),
) -> Vec<Ev<'t>> {
    let Some(evs) = events(text, body) else {
        let message = format!("the page is made of over {MOST} pieces of Markdown, and its text is not read");
        let finding = Diagnostic::new("too-large", message).at(path, Span::new(body, body + 1));
        findings.push(finding.hint("make several pages of it"));
        return Vec::new();
    };
    let most = reading.limits.headings;
    let mut headings = evs.iter().filter(|ev| matches!(ev.event, Event::Start(Tag::Heading { .. })));
    let first = headings.nth(most).map(|first| over("headings", most, (path, Span::from(first.span.clone()))));
    findings.extend(first);
    evs
}

/// A page has more of something than it may.
pub(super) fn over(what: &str, most: usize, (path, span): (&Arc<str>, Span)) -> Diagnostic {
    Diagnostic::new("too-large", format!("the page has over {most} {what}"))
        .at(path, span)
        .hint("make several pages of it, or raise `headings` under `[limits]` in site.toml")
}

/// Where each footnote is defined; the first definition of a label counts.
fn definitions(evs: &[Ev<'_>]) -> HashMap<String, usize> {
    let mut defined = HashMap::new();
    for (at, ev) in evs.iter().enumerate() {
        if let Event::Start(Tag::FootnoteDefinition(label)) = &ev.event {
            defined.entry(label.to_string()).or_insert(at);
        }
    }
    defined
}

/// What an anchor shows where it is embedded: a heading up to the next one of its level or above; the text around
/// any other anchor up to the end of its block.
fn bodies(flow: &Flow, mut marks: Vec<Anchor>) -> Vec<Anchor> {
    let whole = flow.since(0);
    let places: HashMap<&str, u32> = flow
        .holes(whole)
        .filter_map(|(at, hole)| match hole {
            Hole::Id(id) => Some((&**id, *at)),
            _ => None,
        })
        .collect();
    let starts: Vec<Option<u32>> = marks.iter().map(|mark| places.get(mark.id.as_str()).copied()).collect();
    let mut blocks = Blocks::new(flow.raw(whole));
    for (index, mark) in marks.iter_mut().enumerate() {
        let Some(Some(at)) = starts.get(index).filter(|_| mark.body.is_empty()) else { continue };
        mark.body = if mark.heading.is_empty() { blocks.around(*at as usize) } else { under_heading(flow, *at) };
    }
    marks
}

/// From behind the heading whose id stands at `at` up to the next heading of its level or above, or its section's end.
fn under_heading(flow: &Flow, at: u32) -> Frag {
    let whole = flow.since(0);
    let html = flow.raw(whole);
    let level = html.get(..at as usize).and_then(|before| before.bytes().next_back()).unwrap_or(b'6');
    let rest = html.get(at as usize..).unwrap_or("");
    let Some(begin) =
        rest.find("</h").and_then(|end| rest.get(end..).and_then(|tail| tail.find('>')).map(|close| end + close + 1))
    else {
        return Frag::default();
    };
    let tail = rest.get(begin..).unwrap_or("");
    let next = tail
        .match_indices("<h")
        .find(|(found, _)| tail.as_bytes().get(found + 2).is_some_and(|next| *next <= level && next.is_ascii_digit()));
    let end = next.map_or(tail.len(), |(found, _)| found);
    let base = at as usize + begin;
    Frag { start: to_u32(base), end: to_u32(base + end) }
}

/// Finds the paragraph or item around anchors; a line with many of them is read once.
struct Blocks<'h> {
    html: &'h str,
    /// Where lines and blocks end.
    ends: Vec<usize>,
    /// The line looked at last, and where the text of its block begins.
    line: Range<usize>,
    inner: usize,
}

impl<'h> Blocks<'h> {
    fn new(html: &'h str) -> Self {
        let closes = |at: usize| {
            let rest = html.get(at..).unwrap_or("");
            ["</p>", "</li>", "</dd>", "</dt>", "</td>", "</h", "\n"].iter().any(|end| rest.starts_with(end))
        };
        let ends = html.match_indices(['<', '\n']).map(|(at, _)| at).filter(|at| closes(*at)).collect();
        Self { html, ends, line: 0..0, inner: 0 }
    }

    fn around(&mut self, at: usize) -> Frag {
        if !self.line.contains(&at) {
            let start = self.html.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1);
            let end = self.html.get(at..).and_then(|rest| rest.find('\n')).map_or(self.html.len(), |found| at + found);
            let line = self.html.get(start..end).unwrap_or("");
            // Only a whole paragraph can be shown elsewhere; of an item its text.
            let inner = line.find("<p>").map_or_else(|| line.find('>').map_or(0, |found| found + 1), |found| found + 3);
            (self.line, self.inner) = (start..end, start + inner);
        }
        let own = at.max(self.inner);
        let close = self.ends.get(self.ends.partition_point(|end| *end < own)).copied().unwrap_or(self.html.len());
        Frag { start: to_u32(self.inner), end: to_u32(close) }
    }
}

fn to_u32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

impl Draft {
    /// The first section that says when to get support, and from whom.
    #[must_use]
    pub fn escalation(&self) -> Option<&Section> {
        let mut sections = self.sections.iter();
        sections.find(|section| section.form == Form::Escalation && !section.items.is_empty())
    }

    /// Whether a fragment means the heading that became the page's title.
    #[must_use]
    pub fn names_top(&self, fragment: &str) -> bool {
        self.tops.iter().any(|top| **top == *fragment || **top == *slug(fragment))
    }

    /// The sentence that a link stands in, as plain text: what its backlink quotes.
    #[must_use]
    pub fn context(&self, link: u32) -> String {
        let Some(block) = self.links.get(link as usize).map(|link| link.block) else { return String::new() };
        let opens = |hole: &Hole| matches!(hole, Hole::Open(at) | Hole::Image(at) if *at == link);
        match self.flow.holes(block).find(|(_, hole)| opens(hole)) {
            Some((at, _)) => {
                let (text, place) = self.flow.text_at(self.flow.around(block, *at, REACH), *at);
                contexts::sentence(&text, place)
            }
            None => String::new(),
        }
    }

    /// Give back what was set aside for growth: a draft is kept as long as its handbook.
    fn shrink(&mut self) {
        self.flow.shrink();
        exact(&mut self.links);
        exact(&mut self.relations);
        exact(&mut self.anchors);
        exact(&mut self.sections);
        for section in &mut self.sections {
            exact(&mut section.items);
            exact(&mut section.groups);
        }
    }

    /// Title and aliases: front matter, a section of the kind, the first H1, the file's name.
    fn name(&mut self, sections: &[Section], heading: Option<Named>, reading: &Reading) {
        let section =
            |form| sections.iter().find(|section| section.form == form && section.standing == Standing::Listed);
        let from_section =
            section(Form::Title).map(|section| Named { text: self.flow.text(section.body), span: section.span });
        let candidates = [
            (self.front.title.clone(), TitleFrom::Front),
            (from_section, TitleFrom::Section),
            (heading.clone(), TitleFrom::Heading),
        ];
        let found = candidates
            .into_iter()
            .find_map(|(named, from)| Some((named.filter(|named| !named.text.trim().is_empty())?, from)));
        let (named, from) = found.unwrap_or_else(|| {
            let text = from_file(&self.id, &reading.wording);
            (Named { text, span: self.title_span }, TitleFrom::FileName)
        });
        self.title_from = from;
        self.title_span = named.span;
        self.title = self.cut_title(&named, reading.limits.title);
        let listed = section(Form::Aliases).map(|section| self.listed_names(section)).unwrap_or_default();
        self.aliases.extend(listed);
        // An H1 that is not the title is another name of the page.
        if let Some(heading) = heading.filter(|heading| !heading.text.is_empty() && !same(&heading.text, &self.title)) {
            self.aliases.push(heading);
        }
    }

    fn cut_title(&mut self, named: &Named, most: usize) -> String {
        let title = crate::prose::fold_space(&named.text);
        let Some((end, _)) = title.char_indices().nth(most) else { return title };
        let message = format!("the title has over {most} characters and is cut");
        let place = if named.span.start == named.span.end { Span::new(0, 0) } else { named.span };
        self.findings.push(
            Diagnostic::new("too-large", message)
                .at(&self.path, place)
                .hint("shorten it, or raise `title` under `[limits]` in site.toml"),
        );
        title.get(..end).unwrap_or("").to_owned()
    }

    /// The names in a section of form `aliases`: its bullets, else its lines and what stands between commas.
    fn listed_names(&self, section: &Section) -> Vec<Named> {
        let html = self.flow.raw(section.body);
        let pieces: Vec<String> = if html.contains("<li") {
            html.split("<li").skip(1).map(|item| item.split_once('>').map_or("", |(_, rest)| rest).to_owned()).collect()
        } else {
            html.split(['\n', ';']).flat_map(between_commas).map(str::to_owned).collect()
        };
        let plain = |piece: String| {
            let mut flow = Flow::default();
            flow.push_html(&piece);
            flow.text(flow.since(0))
        };
        pieces
            .into_iter()
            .map(plain)
            .filter(|name| !name.is_empty())
            .map(|text| Named { text, span: section.span })
            .collect()
    }

    /// Summary: front matter, a section of the kind, the first sentences of the lead.
    fn summarise(&mut self, sections: &[Section]) {
        let written = self.front.summary.as_ref().map(|summary| crate::prose::fold_space(&summary.text));
        let section =
            sections.iter().find(|section| section.form == Form::Summary && section.standing == Standing::Listed);
        let section = section.map(|section| self.flow.text(section.body));
        self.summary = written.filter(|text| !text.is_empty()).or(section).filter(|text| !text.is_empty());
        if self.summary.is_none() {
            let lead = sections.iter().find(|section| section.heading.is_empty());
            self.summary = lead.map(|lead| self.first_sentences(lead.body)).filter(|text| !text.is_empty());
            self.summary_from_lead = self.summary.is_some();
        }
    }

    /// Whole sentences of the first paragraph, as many as fit; a long first one is cut at a word.
    fn first_sentences(&self, body: Frag) -> String {
        let html = self.flow.raw(body);
        let range: Range<usize> = html.find("<p>").map_or(0..0, |from| {
            let end = html.get(from..).and_then(|rest| rest.find("</p>")).map_or(html.len(), |end| from + end);
            from..end
        });
        let text =
            self.flow.text(Frag { start: body.start + to_u32(range.start), end: body.start + to_u32(range.end) });
        let Some((limit, _)) = text.char_indices().nth(SUMMARY) else { return text };
        let head = text.get(..limit).unwrap_or("");
        if let Some(end) = head.rfind(". ").filter(|end| *end > 40) {
            return head.get(..=end).unwrap_or(head).to_owned();
        }
        format!("{} …", head.rsplit_once(' ').map_or(head, |(words, _)| words).trim_end_matches([',', ';', ':']))
    }
}

/// Names between commas. A comma before a small letter is part of a name that began with a capital:
/// "Inner source, not inner deployment".
fn between_commas(line: &str) -> Vec<&str> {
    let capital = |name: &str| name.trim_start_matches("<p>").trim_start().starts_with(char::is_uppercase);
    let pieces: Vec<&str> = line.split(',').collect();
    let apart = !capital(line) || pieces.iter().all(|piece| capital(piece));
    if apart { pieces } else { vec![line] }
}

/// Move into a block of the right size: where an allocator shrinks in place, up to half of a block stays lost.
fn exact<T>(list: &mut Vec<T>) {
    let mut moved = Vec::with_capacity(list.len());
    moved.append(list);
    *list = moved;
}

/// A file's name in words: `late-bad_news` becomes "Late bad news"; a front page is named by its folder.
#[must_use]
pub(super) fn from_file(id: &str, wording: &crate::words::Wording) -> String {
    let mut parts = id.rsplit('/');
    let stem = parts.next().unwrap_or(id);
    let front = stem.eq_ignore_ascii_case("index") || stem.eq_ignore_ascii_case("readme");
    let named = if front { parts.next() } else { Some(stem) };
    named.map_or_else(|| wording.say("title.home", &[]), crate::prose::name_in_words)
}
