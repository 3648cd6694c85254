//! Where a page's sections begin and end, which of them its kind knows, and the id of every heading.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::events::{Ev, heading_words, nodes, words};
use super::slug::{Anchors, slug};
use super::{Reading, Standing};
use crate::kinds::{Form, Kind, SectionSpec, fold};

/// A heading of the page.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    /// The event that opens it.
    pub(super) at: usize,
    /// The event that closes it.
    pub(super) close: usize,
    /// 1 to 6.
    pub(super) level: u8,
    /// Its words.
    pub(super) text: String,
    /// `{#id}`.
    id: Option<String>,
    /// `{.internal}`, or what seems to mean it: all up to the next heading of its level is left out for the public.
    pub(super) internal: bool,
    /// `{form=…}`.
    form: Option<Form>,
    /// Its bytes.
    pub(super) span: Range<usize>,
}

impl Heading {
    /// The anchors that the heading has by itself: `{#id}`, and GitHub's slug of its words.
    pub(super) fn anchors(&self) -> Vec<Box<str>> {
        let slug = Some(slug(&self.text)).filter(|slug| !slug.is_empty());
        self.id.iter().cloned().chain(slug).map(String::into_boxed_str).collect()
    }
}

/// A section: its heading and the events of its text.
#[derive(Debug)]
pub(super) struct Part<'k> {
    /// None for the lead.
    pub(super) heading: Option<Heading>,
    /// The events of its text; the lead may have two stretches, around the title's H1.
    pub(super) content: Vec<Range<usize>>,
    /// What the kind says about it.
    pub(super) spec: Option<&'k SectionSpec>,
    /// How it stands to its kind.
    pub(super) standing: Standing,
    /// Its anchor.
    pub(super) id: String,
    /// The heading's own anchor, where it differs.
    pub(super) heading_id: Option<String>,
    /// How it is written.
    pub(super) form: Form,
}

/// The page, cut into sections.
#[derive(Debug)]
pub(super) struct Outline<'k> {
    /// The H1 that is the page's title.
    pub(super) title: Option<Heading>,
    /// The sections; the lead first, if it has any text.
    pub(super) parts: Vec<Part<'k>>,
    /// The ids of the headings inside sections.
    pub(super) ids: HashMap<usize, String>,
    /// The ids given.
    pub(super) anchors: Anchors,
    /// Headings for the organisation only, each with all that stands under it.
    pub(super) internal: Vec<Range<usize>>,
}

/// Cut a page into sections.
pub(super) fn outline<'k>(evs: &[Ev<'_>], kind: Option<&'k Kind>, reading: &Reading) -> Outline<'k> {
    let headings = headings(evs, reading);
    let title = headings.first().filter(|first| {
        first.level == 1 && top_level(evs, first.at) && kind.is_none_or(|kind| kind.section_for(&first.text).is_none())
    });
    let mut parts = cut(evs, &headings, title.map(|title| title.at));
    assign(&mut parts, kind);
    for part in &mut parts {
        part.form = form(evs, part, kind);
    }
    let internal = internal(&headings, evs.last().map_or(0, |ev| ev.span.end));
    let mut outline =
        Outline { title: title.cloned(), parts, ids: HashMap::new(), anchors: Anchors::default(), internal };
    outline.give_ids(&headings);
    outline
}

fn headings(evs: &[Ev<'_>], reading: &Reading) -> Vec<Heading> {
    let mut found = Vec::new();
    for (at, ev) in evs.iter().enumerate() {
        let Event::Start(Tag::Heading { level, id, classes, attrs }) = &ev.event else { continue };
        if found.len() >= reading.limits.headings {
            break;
        }
        let form = attrs.iter().find(|(key, _)| &**key == "form");
        let text = reading.with_roles(heading_words(evs, at..ev.close));
        found.push(Heading {
            at,
            close: ev.close,
            level: depth(*level),
            id: id.as_ref().map(|id| id.to_string()).filter(|id| !id.is_empty()),
            internal: classes.iter().chain(attrs.iter().map(|(key, _)| key)).any(|class| means_internal(class))
                || says_internal(&text),
            text,
            form: form.and_then(|(_, value)| Form::named(value.as_deref().unwrap_or(""))),
            span: ev.span.clone(),
        });
    }
    found
}

/// A class one edit away from `internal` is meant as that: better left out than shown by a slip.
fn means_internal(class: &str) -> bool {
    let near = class.len().abs_diff("internal".len()) <= 4;
    near && strsim::damerau_levenshtein(&class.to_lowercase(), "internal") <= 1
}

/// A class whose brackets are not closed, or not at the end, stands among the heading's words.
fn says_internal(text: &str) -> bool {
    let mut words = text.split(['{', '}', ' ']).filter_map(|word| word.strip_prefix('.'));
    text.contains(['{', '}']) && words.any(means_internal)
}

/// The bytes of headings for the organisation only, each up to the next heading of its level or above; an H1 among the
/// text counts as an H2. Space at the end is no part of it.
fn internal(headings: &[Heading], end: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (index, heading) in headings.iter().enumerate().filter(|(_, heading)| heading.internal) {
        let level = heading.level.max(2);
        let next = headings.iter().skip(index + 1).find(|next| next.level <= level);
        found.push(heading.span.start..next.map_or(end, |next| next.span.start));
    }
    found
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn top_level(evs: &[Ev<'_>], at: usize) -> bool {
    nodes(evs, 0..at + 1).last().is_some_and(|node| node.start == at)
}

/// Cut at every top-level H1 and H2, and at the first heading whatever its level.
fn cut<'k>(evs: &[Ev<'_>], headings: &[Heading], title: Option<usize>) -> Vec<Part<'k>> {
    let by_event: HashMap<usize, &Heading> = headings.iter().map(|heading| (heading.at, heading)).collect();
    let new = |heading: Option<Heading>| Part {
        heading,
        content: Vec::new(),
        spec: None,
        standing: Standing::Free,
        id: String::new(),
        heading_id: None,
        form: Form::Prose,
    };
    let mut parts = vec![new(None)];
    for node in nodes(evs, 0..evs.len()) {
        if title == Some(node.start)
            || matches!(evs.get(node.start).map(|ev| &ev.event), Some(Event::Start(Tag::FootnoteDefinition(_))))
        {
            continue;
        }
        let opens = by_event.get(&node.start).filter(|heading| heading.level <= 2 || parts.len() == 1);
        if let Some(heading) = opens {
            parts.push(new(Some((*heading).clone())));
            continue;
        }
        let Some(part) = parts.last_mut() else { continue };
        match part.content.last_mut() {
            Some(last) if last.end == node.start => last.end = node.end,
            _ => part.content.push(node),
        }
    }
    if parts.first().is_some_and(|lead| lead.content.is_empty()) {
        parts.remove(0);
    }
    parts
}

/// Find what the kind says about each section.
fn assign<'k>(parts: &mut [Part<'k>], kind: Option<&'k Kind>) {
    let Some(kind) = kind else { return };
    let mut seen: Vec<&str> = Vec::new();
    for part in parts.iter_mut() {
        let Some(heading) = &part.heading else { continue };
        let spec = kind.section_for(&heading.text).or_else(|| kind.section_for(without_prompt(&heading.text)));
        part.standing = match spec {
            Some(spec) if seen.contains(&spec.id.as_str()) => Standing::Repeated,
            Some(spec) => {
                seen.push(&spec.id);
                Standing::Listed
            }
            None if kind.open => Standing::Free,
            None => Standing::Unknown,
        };
        part.spec = spec;
    }
    // The lead is the section without a heading, unless the page gives that section a heading of its own.
    let lead = kind.sections.iter().find(|spec| spec.heading.is_empty() && spec.form == Form::Prose);
    let first = parts.first_mut().filter(|part| part.heading.is_none());
    if let (Some(part), Some(spec)) = (first, lead.filter(|spec| !seen.contains(&spec.id.as_str()))) {
        part.spec = Some(spec);
        part.standing = Standing::Listed;
    }
}

/// A heading without what stands in brackets at its end.
pub(super) fn without_prompt(heading: &str) -> &str {
    heading
        .trim_end()
        .strip_suffix(')')
        .and_then(|inner| inner.rfind('(').and_then(|at| inner.get(..at)))
        .map_or(heading, str::trim_end)
}

fn form(evs: &[Ev<'_>], part: &Part<'_>, kind: Option<&Kind>) -> Form {
    let asked = part.heading.as_ref().and_then(|heading| heading.form);
    match (part.spec, asked, kind) {
        (_, Some(form), _) => form,
        (Some(spec), None, _) => spec.form,
        (None, None, Some(kind)) if kind.open && part.heading.is_some() => shape(evs, part),
        _ => Form::Prose,
    }
}

/// The form of an unlisted section of an open kind: a numbered list or numbered H3s are steps, a two-column table pairs.
fn shape(evs: &[Ev<'_>], part: &Part<'_>) -> Form {
    let mut form = Form::Prose;
    let mut others = false;
    for node in part.content.iter().flat_map(|range| nodes(evs, range.clone())) {
        let Some(ev) = evs.get(node.start) else { continue };
        let this = match &ev.event {
            Event::Start(Tag::List(Some(_))) => Form::Steps,
            Event::Start(Tag::Table(columns)) if columns.len() == 2 => Form::Pairs,
            Event::Start(Tag::Heading { level: HeadingLevel::H3, .. })
                if number(&words(evs, node.clone())).is_some() =>
            {
                Form::Steps
            }
            Event::Start(Tag::Paragraph) => continue,
            _ => {
                others = true;
                continue;
            }
        };
        if form != Form::Prose && form != this {
            return Form::Prose;
        }
        form = this;
    }
    let headed = form == Form::Steps && !others;
    if headed || form == Form::Pairs && !others { form } else { Form::Prose }
}

/// How many bytes the number of a step takes at the start of its heading: `1. `, `2) `, `Step 3: `.
pub(super) fn number(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("Step ").unwrap_or(text);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.get(..text.len() - rest.len())?.ends_with(|c: char| c.is_ascii_digit());
    let name = rest.strip_prefix(['.', ')', ':', ' ']).filter(|_| digits)?;
    Some(text.len() - name.trim_start_matches([' ', '–', '—', '-', ':']).len())
}

impl Outline<'_> {
    /// Give ids in the order of FORMAT §4: section ids, `{#id}`, slugs of headings.
    fn give_ids(&mut self, headings: &[Heading]) {
        for part in self.parts.iter_mut() {
            let id = match (part.spec, part.standing, &part.heading) {
                (Some(spec), Standing::Listed, _) => &spec.id,
                (_, _, None) => "lead",
                _ => continue,
            };
            self.anchors.claim(id);
            part.id = id.to_owned();
        }
        let section_at: HashMap<usize, usize> = self
            .parts
            .iter()
            .enumerate()
            .filter_map(|(index, part)| part.heading.as_ref().map(|heading| (heading.at, index)))
            .collect();
        let inside = |heading: &&Heading| self.title.as_ref().is_none_or(|title| title.at != heading.at);
        let headings: Vec<&Heading> = headings.iter().filter(inside).collect();
        let mut own: HashMap<usize, String> = HashMap::new();
        for heading in &headings {
            if let Some(id) = heading.id.as_ref().filter(|id| self.anchors.claim(id)) {
                own.insert(heading.at, id.clone());
            }
        }
        for heading in headings {
            let part = section_at.get(&heading.at).and_then(|index| self.parts.get_mut(*index));
            let mut id = own.remove(&heading.at);
            if id.is_none() {
                let slug =
                    Some(slug(&heading.text)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "section".to_owned());
                // The section's own id is the same anchor.
                id = match &part {
                    Some(part) if part.id == slug => None,
                    _ => Some(self.anchors.give(&slug, 1)),
                };
            }
            match (part, id) {
                (Some(part), Some(id)) if part.id.is_empty() => part.id = id,
                (Some(part), id) => part.heading_id = id,
                (None, Some(id)) => drop(self.ids.insert(heading.at, id)),
                (None, None) => {}
            }
        }
    }
}

/// Whether two headings mean the same.
pub(super) fn same(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}
