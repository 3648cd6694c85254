//! A section written in its form: its text, and the items the model holds of it.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::events::{nodes, words};
use super::outline::Part;
use super::writer::Writer;
use super::{Group, Item, Section};
use crate::kinds::Form;
use crate::prose::Frag;
use crate::source::Span;

/// Where a section's items go while it is read.
pub(super) struct Building<'p> {
    /// The section's id, which every item's anchor begins with.
    pub(super) id: &'p str,
    /// Its form.
    pub(super) form: Form,
    /// The items so far.
    pub(super) items: Vec<Item>,
    /// The groups so far.
    pub(super) groups: Vec<Group>,
    /// Headings of two columns.
    pub(super) columns: Vec<Frag>,
    /// Where the items begin and end in the HTML.
    pub(super) extent: Option<(u32, u32)>,
}

impl Building<'_> {
    /// The group that an item read now belongs to.
    pub(super) fn group(&self) -> Option<u32> {
        u32::try_from(self.groups.len()).ok()?.checked_sub(1)
    }
}

impl Writer<'_, '_> {
    /// Write a section.
    pub(super) fn section(&mut self, part: &Part<'_>) -> Section {
        let heading = part.heading.as_ref();
        // The tags stand outside the heading's own text: they are for who reads on past the section.
        let heading_html = heading.map_or(Frag::default(), |heading| {
            self.flow.push_html("<h2>");
            let frag = self.write_block(heading.at + 1..heading.close);
            self.flow.push_html("</h2>\n");
            frag
        });
        let mark = self.flow.mark();
        let nodes: Vec<Range<usize>> = part.content.iter().flat_map(|range| nodes(self.evs, range.clone())).collect();
        let mut building = Building {
            id: &part.id,
            form: part.form,
            items: Vec::new(),
            groups: Vec::new(),
            columns: Vec::new(),
            extent: None,
        };
        self.content(&nodes, &mut building);
        self.close_raw_to(0);
        self.flow.push_html("");
        let body = self.flow.since(mark);
        let (from, to) = building.extent.unwrap_or((body.end, body.end));
        let Building { items, groups, columns, .. } = building;
        self.flow.push_html("\n");
        Section {
            id: part.id.clone(),
            heading: heading.map_or_else(String::new, |heading| heading.text.clone()),
            heading_html,
            heading_id: part.heading_id.clone(),
            form: part.form,
            standing: part.standing,
            body,
            intro: Frag { start: body.start, end: from },
            outro: Frag { start: to, end: body.end },
            groups,
            items,
            columns,
            span: heading.map_or_else(|| self.place(&nodes), |heading| Span::from(heading.span.clone())),
            dangling: self.dangling(&nodes, part.form),
        }
    }

    /// Write what a section holds, as its form says.
    fn content(&mut self, nodes: &[Range<usize>], building: &mut Building<'_>) {
        match building.form {
            Form::List | Form::Labelled | Form::Relations | Form::Escalation => self.list_section(nodes, building),
            Form::Steps if self.has_list(nodes) || !self.has_steps(nodes) => self.list_section(nodes, building),
            Form::Steps => self.headed_section(nodes, building),
            Form::Pairs => self.pairs_section(nodes, building),
            Form::Prose | Form::Scenario | Form::Title | Form::Summary | Form::Aliases => {
                nodes.iter().for_each(|node| self.write(node.clone()));
            }
        }
    }

    fn place(&self, nodes: &[Range<usize>]) -> Span {
        let start = nodes.first().and_then(|node| self.evs.get(node.start)).map_or(0, |ev| ev.span.start);
        Span::new(start, start)
    }

    fn tag(&self, node: &Range<usize>) -> Option<&Tag<'_>> {
        match &self.evs.get(node.start)?.event {
            Event::Start(tag) => Some(tag),
            _ => None,
        }
    }

    fn has_list(&self, nodes: &[Range<usize>]) -> bool {
        nodes.iter().any(|node| matches!(self.tag(node), Some(Tag::List(Some(_)))))
    }

    pub(super) fn has_steps(&self, nodes: &[Range<usize>]) -> bool {
        nodes.iter().any(|node| self.is_h3(node))
    }

    pub(super) fn is_h3(&self, node: &Range<usize>) -> bool {
        matches!(self.tag(node), Some(Tag::Heading { level: HeadingLevel::H3, .. }))
    }

    /// Bullets or numbers, grouped by H3; text between them is kept with its group.
    fn list_section(&mut self, nodes: &[Range<usize>], building: &mut Building<'_>) {
        let last = nodes.iter().rposition(|node| matches!(self.tag(node), Some(Tag::List(_))));
        for (index, node) in nodes.iter().enumerate() {
            if last.is_none_or(|last| index > last) {
                // Behind the last list: the outro. Without any list all of it is the intro.
                self.write(node.clone());
                continue;
            }
            let begin = self.flow.mark();
            match self.tag(node) {
                Some(Tag::List(start)) => {
                    let start = *start;
                    self.list(node, start, building);
                }
                Some(Tag::Heading { level: HeadingLevel::H3, .. }) => self.group_heading(node, building),
                _ if building.extent.is_none() => {
                    self.write(node.clone());
                    continue;
                }
                _ => self.between(node, building),
            }
            let from = building.extent.map_or(begin, |(from, _)| from);
            building.extent = Some((from, self.flow.mark()));
        }
    }

    fn list(&mut self, node: &Range<usize>, start: Option<u64>, building: &mut Building<'_>) {
        let (open, close) = if start.is_some() { ("<ol>\n", "</ol>\n") } else { ("<ul>\n", "</ul>\n") };
        self.flow.push_html(open);
        for item in nodes(self.evs, node.start + 1..node.end - 1) {
            let item = self.item(&item, building);
            building.items.push(item);
        }
        self.flow.push_html(close);
    }

    fn group_heading(&mut self, node: &Range<usize>, building: &mut Building<'_>) {
        let id = self.heading_ids.get(&node.start).cloned().unwrap_or_default();
        let text = words(self.evs, node.clone());
        let mark = self.flow.mark();
        self.write(node.clone());
        // The heading's inside: without its tags.
        let raw = self.flow.raw(self.flow.since(mark));
        let open = raw.find('>').map_or(0, |at| at + 1);
        let shut = raw.rfind("</").unwrap_or(raw.len());
        let at = |offset: usize| mark + u32::try_from(offset).unwrap_or(0);
        let html = Frag { start: at(open), end: at(shut) };
        building.groups.push(Group { text, html, id, intro: Frag { start: self.flow.mark(), end: self.flow.mark() } });
    }

    /// Text between two lists: it stands before the items that follow, which are still under the same H3.
    fn between(&mut self, node: &Range<usize>, building: &mut Building<'_>) {
        let mark = self.flow.mark();
        self.write(node.clone());
        let end = self.flow.mark();
        let fresh = building.items.last().is_some_and(|item| item.group == building.group());
        match building.groups.last_mut().filter(|_| !fresh) {
            Some(group) => group.intro.end = end,
            None => {
                let text = building.groups.last().map_or_else(String::new, |group| group.text.clone());
                building.groups.push(Group { text, ..Group::between(Frag { start: mark, end }) });
            }
        }
    }

    /// A paragraph that ends in a colon and leads in to nothing.
    fn dangling(&self, nodes: &[Range<usize>], form: Form) -> Option<Span> {
        let itemised = !matches!(form, Form::Prose | Form::Scenario | Form::Title | Form::Summary | Form::Aliases);
        for (index, node) in nodes.iter().enumerate() {
            if !matches!(self.tag(node), Some(Tag::Paragraph)) {
                continue;
            }
            let ends = self.evs.get(node.clone()).unwrap_or(&[]).iter().rev().find_map(|ev| match &ev.event {
                Event::Text(text) => Some(text.trim_end().ends_with([':', '：'])),
                Event::End(_) => None,
                _ => Some(false),
            });
            if ends != Some(true) {
                continue;
            }
            let led = match nodes.get(index + 1).map(|next| self.tag(next)) {
                None => false,
                Some(Some(Tag::Paragraph)) => !itemised,
                Some(_) => true,
            };
            if !led {
                let span = self.evs.get(node.start).map_or(0..0, |ev| ev.span.clone());
                let text = self.text.get(span.clone()).unwrap_or("").trim_end();
                return Some(Span::new(span.start, span.start + text.len()));
            }
        }
        None
    }
}
