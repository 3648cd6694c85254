//! Sections of two sides: a table, myth and fact, an H3 with its text, bullets; and steps headed by H3s.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag};

use super::events::{Flat, nodes, words, words_between};
use super::forms::Building;
use super::outline::number;
use super::slug::item_slug;
use super::writer::Writer;
use super::{Group, Item};
use crate::kinds::Form;
use crate::prose::{Frag, Hole};
use crate::source::Span;

impl Writer<'_, '_> {
    /// A section of form `pairs`.
    pub(super) fn pairs_section(&mut self, nodes: &[Range<usize>], building: &mut Building<'_>) {
        if !self.has_table(nodes) && self.has_steps(nodes) {
            self.headed_section(nodes, building);
            return;
        }
        let mut skip = false;
        for (index, node) in nodes.iter().enumerate() {
            if std::mem::take(&mut skip) {
                continue;
            }
            let begin = self.flow.mark();
            let before = building.items.len();
            // What stands between two pairs is shown between them.
            let between =
                building.extent.filter(|(_, end)| *end < begin).map(|(_, end)| Frag { start: end, end: begin });
            building.groups.extend(between.map(Group::between));
            match self.evs.get(node.start).map(|ev| &ev.event) {
                Some(Event::Start(Tag::Table(columns))) if columns.len() == 2 => self.pair_table(node, building),
                Some(Event::Start(Tag::List(_))) => self.pair_list(node, building),
                Some(Event::Start(Tag::Paragraph)) => skip = self.myth(node, nodes.get(index + 1), building),
                _ => self.write(node.clone()),
            }
            if building.items.len() > before {
                let from = building.extent.map_or(begin, |(from, _)| from);
                building.extent = Some((from, self.flow.mark()));
            } else if between.is_some() {
                building.groups.pop();
            }
        }
    }

    fn has_table(&self, nodes: &[Range<usize>]) -> bool {
        nodes
            .iter()
            .any(|node| matches!(self.evs.get(node.start).map(|ev| &ev.event), Some(Event::Start(Tag::Table(_)))))
    }

    /// Each row of a two-column table is a pair; the head names the columns.
    fn pair_table(&mut self, table: &Range<usize>, building: &mut Building<'_>) {
        self.flow.push_html("<div class=\"table\"><table>\n");
        for (row, node) in nodes(self.evs, table.start + 1..table.end - 1).enumerate().collect::<Vec<_>>() {
            let head = row == 0;
            let cells: Vec<Range<usize>> = nodes(self.evs, node.start + 1..node.end - 1).collect();
            let left = cells.first().cloned().unwrap_or(node.end..node.end);
            let right = cells.get(1).cloned().unwrap_or(node.end..node.end);
            let (tag, open) = if head { ("th", "<thead><tr") } else { ("td", "<tr") };
            self.flow.push_html(open);
            let (id, twin) =
                if head { ("".into(), false) } else { self.pair_id(&words(self.evs, left.clone()), building) };
            if !head {
                self.flow.push_hole(Hole::Id(Arc::clone(&id)));
            }
            self.flow.push_html(">");
            let first_link = self.link_count();
            let left = self.pair_cell(left, tag);
            let right = self.pair_cell(right, tag);
            self.flow.push_html(if head { "</tr></thead>\n<tbody>\n" } else { "</tr>\n" });
            if head {
                building.columns = vec![left, right];
            } else {
                let links = first_link..self.link_count();
                building.items.push(Item { links, twin, ..self.pair(id, (left, right), (&node, building)) });
            }
        }
        self.flow.push_html("</tbody>\n</table></div>\n");
    }

    fn pair_cell(&mut self, cell: Range<usize>, tag: &str) -> Frag {
        self.flow.push_html(&format!("<{tag}>"));
        let inner = cell.start + 1..cell.end.saturating_sub(1);
        let frag = if inner.start < inner.end { self.write_block(inner) } else { Frag::default() };
        self.flow.push_html(&format!("</{tag}>"));
        frag
    }

    fn link_count(&self) -> u32 {
        u32::try_from(self.links.len()).unwrap_or(u32::MAX)
    }

    fn pair_id(&mut self, left: &str, building: &Building<'_>) -> (Arc<str>, bool) {
        let (id, twin) = self.anchors.give_item(&format!("{}-{}", building.id, item_slug(left)));
        (id.into(), twin)
    }

    fn pair(
        &self,
        id: Arc<str>,
        (label, body): (Frag, Frag),
        (node, building): (&Range<usize>, &Building<'_>),
    ) -> Item {
        let span = self.evs.get(node.start).map_or(0..0, |ev| ev.span.clone());
        let text = self.text.get(span.clone()).unwrap_or("").trim_end();
        Item {
            id,
            group: building.group(),
            label,
            body,
            blocks: Frag::default(),
            roles: Vec::new(),
            relation: None,
            links: 0..0,
            twin: false,
            span: Span::new(span.start, span.start + text.len()),
        }
    }

    /// Bullets: `**Myth:** … **In fact:** …`, or the left side alone.
    fn pair_list(&mut self, list: &Range<usize>, building: &mut Building<'_>) {
        let ordered = matches!(self.evs.get(list.start).map(|ev| &ev.event), Some(Event::Start(Tag::List(Some(_)))));
        self.flow.push_html(if ordered { "<ol>\n" } else { "<ul>\n" });
        for node in nodes(self.evs, list.start + 1..list.end - 1).collect::<Vec<_>>() {
            let (inline, mut rest, _) = self.inside(node.start + 1..node.end - 1);
            let cut = self.sides(&inline);
            let (id, twin) = self.pair_id(&self.left_words(&inline, cut), building);
            self.flow.push_html("<li");
            self.flow.push_hole(Hole::Id(Arc::clone(&id)));
            self.flow.push_html(">");
            let first_link = self.link_count();
            let (left, mut right) = self.write_sides(inline, cut);
            let next = nodes(self.evs, rest.clone()).next();
            if let Some(fact) = self.fact(cut, next.as_ref()) {
                rest.start = next.map_or(rest.start, |next| next.end);
                right = self.write_fact(fact);
            }
            let blocks = self.further(rest, Form::Pairs);
            self.flow.push_html("</li>\n");
            let links = first_link..self.link_count();
            building.items.push(Item { blocks, links, twin, ..self.pair(id, (left, right), (&node, building)) });
        }
        self.flow.push_html(if ordered { "</ol>\n" } else { "</ul>\n" });
    }

    /// A paragraph `Myth: … In fact: …`, or two paragraphs; tells whether the second was used.
    fn myth(&mut self, node: &Range<usize>, next: Option<&Range<usize>>, building: &mut Building<'_>) -> bool {
        let inline = node.start + 1..node.end - 1;
        let cut = self.sides(&inline);
        if cut.left.is_none() {
            self.write(node.clone());
            return false;
        }
        let (id, twin) = self.pair_id(&self.left_words(&inline, cut), building);
        self.flow.push_html("<p");
        self.flow.push_hole(Hole::Id(Arc::clone(&id)));
        self.flow.push_html(">");
        let first_link = self.link_count();
        let (left, mut right) = self.write_sides(inline, cut);
        self.flow.push_html("</p>\n");
        let fact = self.fact(cut, next);
        let used = fact.is_some();
        if let Some(fact) = fact {
            right = self.write_fact(fact);
        }
        let links = first_link..self.link_count();
        building.items.push(Item { links, twin, ..self.pair(id, (left, right), (node, building)) });
        used
    }

    /// The words of a pair's left side; all of them where nothing says which side is which.
    fn left_words(&self, inline: &Range<usize>, cut: Sides) -> String {
        let end = self.evs.get(inline.clone()).and_then(|evs| evs.last()).map_or(0, |ev| ev.span.end);
        let left =
            cut.left.map(|from| words_between(self.evs, inline.clone(), (from, cut.right.map_or(end, |(end, _)| end))));
        left.filter(|left| !left.is_empty()).unwrap_or_else(|| words(self.evs, inline.clone()))
    }

    /// A paragraph of its own for the right side, behind one that has only the left: its events, and where the
    /// words behind `In fact:` begin in the source.
    fn fact(&self, cut: Sides, next: Option<&Range<usize>>) -> Option<(Range<usize>, usize)> {
        let next = next.filter(|_| cut.left.is_some() && cut.right.is_none())?;
        let inline = next.start + 1..next.end.saturating_sub(1);
        let paragraph = matches!(self.evs.get(next.start).map(|ev| &ev.event), Some(Event::Start(Tag::Paragraph)));
        let from = self.opens(&inline, &self.reading.words.fact).filter(|_| paragraph)?;
        Some((inline, from))
    }

    fn write_fact(&mut self, (inline, from): (Range<usize>, usize)) -> Frag {
        self.flow.push_html("<p>");
        let right = self.write_sides(inline, Sides { left: Some(from), ..Sides::default() }).0;
        self.flow.push_html("</p>\n");
        right
    }

    /// Where the two sides of `Myth: … In fact: …` begin and end in the source.
    fn sides(&self, inline: &Range<usize>) -> Sides {
        let Some(left) = self.opens(inline, &self.reading.words.myth) else { return Sides::default() };
        let flat = Flat::new(self.evs, inline.clone(), 0);
        let lower = flat.text.to_ascii_lowercase();
        let found = self.reading.words.fact.iter().filter_map(|word| {
            let at = [format!("{word}:"), format!("{word}：")].iter().filter_map(|word| lower.find(word)).min()?;
            let sign = flat.text.get(at + word.len()..)?.chars().next()?;
            Some((at, at + word.len() + sign.len_utf8()))
        });
        let right = found.min().map(|(at, end)| {
            let before = flat.text.get(..at).unwrap_or("").trim_end().len();
            let skip = flat.text.get(end..).map_or(0, |rest| rest.len() - rest.trim_start().len());
            (flat.stop(before), flat.start(end + skip))
        });
        Sides { left: Some(left), right }
    }

    /// If the text opens with one of `words` and a colon: where what follows begins in the source.
    fn opens(&self, inline: &Range<usize>, words: &[String]) -> Option<usize> {
        let flat = Flat::new(self.evs, inline.clone(), 0);
        let text = flat.text.trim_start_matches('\u{1}');
        let (word, rest) = text.split_once([':', '：'])?;
        words.contains(&word.trim().to_lowercase()).then(|| flat.start(flat.text.len() - rest.trim_start().len()))
    }

    /// Write a pair's text and find its sides in the HTML; without a cut all of it is the left side.
    fn write_sides(&mut self, inline: Range<usize>, sides: Sides) -> (Frag, Frag) {
        let offsets: Vec<usize> =
            sides.left.into_iter().chain(sides.right.into_iter().flat_map(|(from, to)| [from, to])).collect();
        self.ask(&offsets);
        let whole = self.write_block(inline);
        let answers = self.answers();
        let at = |offset: usize| answers.get(&offset).copied().unwrap_or(whole.end);
        let start = sides.left.map_or(whole.start, at);
        match sides.right {
            Some((end, next)) => (Frag { start, end: at(end).max(start) }, Frag { start: at(next), end: whole.end }),
            None => (Frag { start, end: whole.end }, Frag::default()),
        }
    }

    /// One H3 for each item: its heading is the label, the first paragraph the text, the rest further blocks.
    pub(super) fn headed_section(&mut self, nodes: &[Range<usize>], building: &mut Building<'_>) {
        let heads: Vec<usize> =
            (0..nodes.len()).filter(|index| nodes.get(*index).is_some_and(|node| self.is_h3(node))).collect();
        let first = heads.first().copied().unwrap_or(nodes.len());
        nodes.iter().take(first).for_each(|node| self.write(node.clone()));
        let begin = self.flow.mark();
        for (at, head) in heads.iter().enumerate() {
            let next = heads.get(at + 1).copied().unwrap_or(nodes.len());
            let Some(heading) = nodes.get(*head) else { continue };
            let blocks = nodes.get(head + 1..next).unwrap_or(&[]);
            let item = self.headed(heading, blocks, building);
            building.items.push(item);
        }
        if !heads.is_empty() {
            building.extent = Some((begin, self.flow.mark()));
        }
    }

    fn headed(&mut self, heading: &Range<usize>, blocks: &[Range<usize>], building: &Building<'_>) -> Item {
        // The number of a step is no part of its name: a step put in between leaves the others' anchors alone.
        let begin = self.evs.get(heading.start + 1).map_or(0, |ev| ev.span.start);
        let name = begin + if building.form == Form::Steps { self.number(heading) } else { 0 };
        let end = self.evs.get(heading.start).map_or(begin, |ev| ev.span.end);
        let (id, twin) = self.pair_id(&words_between(self.evs, heading.clone(), (name, end)), building);
        let first_link = self.link_count();
        self.flow.push_html("<h3");
        if let Some(own) = self.heading_ids.get(&heading.start) {
            self.flow.push_hole(Hole::Id(own.as_str().into()));
        }
        self.flow.push_html(">");
        self.ask(&[name]);
        let label = self.write_block(heading.start + 1..heading.end - 1);
        let label = Frag { start: self.answers().get(&name).map_or(label.start, |at| (*at).min(label.end)), ..label };
        self.flow.push_html("</h3>\n");
        let paragraph = blocks.first().filter(|node| {
            let paragraph = matches!(self.evs.get(node.start).map(|ev| &ev.event), Some(Event::Start(Tag::Paragraph)));
            paragraph && !(building.form == Form::Steps && self.opener(node.start + 1, node.end - 1).is_some())
        });
        let body = paragraph.map_or(Frag::default(), |node| {
            self.flow.push_html("<p>");
            let body = self.write_block(node.start + 1..node.end - 1);
            self.flow.push_html("</p>\n");
            body
        });
        let rest = blocks.get(usize::from(paragraph.is_some())..).unwrap_or(&[]);
        let range = rest.first().map_or(0, |node| node.start)..rest.last().map_or(0, |node| node.end);
        let blocks = self.further(range, building.form);
        let links = first_link..self.link_count();
        Item { blocks, links, twin, ..self.pair(id, (label, body), (heading, building)) }
    }

    /// How many bytes at the start of a heading are its number: `1. `, `Step 2: `.
    fn number(&self, heading: &Range<usize>) -> usize {
        match self.evs.get(heading.start + 1).map(|ev| &ev.event) {
            Some(Event::Text(text)) => number(text).filter(|length| *length < text.len()).unwrap_or(0),
            _ => 0,
        }
    }
}

/// Where a pair's sides lie in the source: the left from here, up to the first and on from the second of `right`.
#[derive(Default, Clone, Copy)]
struct Sides {
    left: Option<usize>,
    right: Option<(usize, usize)>,
}
