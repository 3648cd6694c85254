//! One item of a section: its label, its words, the roles or the page it names, and what follows.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Tag};

use super::autolink::role_name;
use super::events::{Ev, Flat, nodes, opens_block, words, words_between};
use super::forms::Building;
use super::slug::item_slug;
use super::writer::{Closer, Writer};
use super::{Item, Relation, Role, relations};
use crate::kinds::Form;
use crate::prose::{Frag, Hole};
use crate::source::Span;

/// Longest label that is not set in bold, in bytes.
const LABEL: usize = 80;

/// Where the parts of an item lie in the source; a part is `None` where the item has none.
#[derive(Default)]
struct Parts {
    label: Option<(usize, usize)>,
    body: Option<(usize, usize)>,
    roles: Vec<Role>,
    note: Option<NoteParts>,
}

struct NoteParts {
    /// Where the name ends.
    after: usize,
    named_by_link: bool,
    name: String,
    verb: Option<String>,
    connects: (usize, usize),
    differs: (usize, usize),
}

impl Writer<'_, '_> {
    /// Read and write one list item.
    pub(super) fn item(&mut self, node: &Range<usize>, building: &mut Building<'_>) -> Item {
        let (inline, rest, loose) = self.inside(node.start + 1..node.end - 1);
        let (task, inline) = self.task(inline);
        let parts = self.parts(&inline, building.form);
        let named = parts.label.map(|label| words_between(self.evs, inline.clone(), label));
        let named = named.filter(|label| !label.trim().is_empty()).unwrap_or_else(|| words(self.evs, inline.clone()));
        let named = self.reading.with_roles(named);
        let (id, twin) = self.anchors.give_item(&format!("{}-{}", building.id, item_slug(&named)));
        let id: Arc<str> = id.into();
        let first_link = u32::try_from(self.links.len()).unwrap_or(u32::MAX);
        self.flow.push_html("<li");
        self.flow.push_hole(Hole::Id(Arc::clone(&id)));
        self.flow.push_html(if loose { "><p>" } else { ">" });
        if let Some(done) = task {
            self.tick_box(done);
        }
        let written = self.write_parts(inline, parts, first_link);
        self.flow.push_html(if loose { "</p>\n" } else { "\n" });
        let blocks = self.further(rest, building.form);
        self.flow.push_html("</li>\n");
        let span = self.evs.get(node.start).map_or(0..0, |ev| ev.span.clone());
        let text = self.text.get(span.clone()).unwrap_or("").trim_end();
        Item {
            id,
            group: building.group(),
            label: written.label,
            body: written.body,
            blocks,
            roles: written.roles,
            relation: written.relation,
            links: first_link..u32::try_from(self.links.len()).unwrap_or(u32::MAX),
            twin,
            span: Span::new(span.start, span.start + text.len()),
        }
    }

    /// The first paragraph of an item, what follows it, and whether it was written as a paragraph.
    pub(super) fn inside(&self, inner: Range<usize>) -> (Range<usize>, Range<usize>, bool) {
        let first = self.evs.get(inner.start).filter(|_| inner.start < inner.end);
        if let Some(ev) = first.filter(|ev| matches!(ev.event, Event::Start(Tag::Paragraph))) {
            return (inner.start + 1..ev.close, ev.close + 1..inner.end, true);
        }
        let block = nodes(self.evs, inner.clone())
            .find(|node| self.evs.get(node.start).is_some_and(|ev| opens_block(&ev.event)));
        let split = block.map_or(inner.end, |node| node.start);
        (inner.start..split, split..inner.end, false)
    }

    fn task(&self, inline: Range<usize>) -> (Option<bool>, Range<usize>) {
        match self.evs.get(inline.start).map(|ev| &ev.event) {
            Some(Event::TaskListMarker(done)) if !inline.is_empty() => (Some(*done), inline.start + 1..inline.end),
            _ => (None, inline),
        }
    }

    /// Blocks after an item's first paragraph.
    pub(super) fn further(&mut self, rest: Range<usize>, form: Form) -> Frag {
        let mark = self.flow.mark();
        let outer = std::mem::replace(&mut self.in_step, form == Form::Steps);
        self.closers.push((usize::MAX, Closer::Html("")));
        self.write(rest);
        self.close_raw(self.closers.len());
        self.closers.pop();
        self.in_step = outer;
        self.flow.trim_end(mark);
        self.flow.since(mark)
    }

    fn parts(&self, inline: &Range<usize>, form: Form) -> Parts {
        match form {
            Form::Labelled | Form::Steps => self.labelled(inline, form),
            Form::Escalation => self.condition(inline),
            Form::Relations => self.note(inline),
            _ => Parts::default(),
        }
    }

    /// `**Label:** text`, and where the form asks for labels `Label: text` and `Label — text`.
    fn labelled(&self, inline: &Range<usize>, form: Form) -> Parts {
        let label = self.bold_label(inline, form).or_else(|| {
            let plain = matches!(form, Form::Labelled | Form::Escalation);
            plain.then(|| self.plain_label(inline, form)).flatten()
        });
        let end = self.evs.get(inline.clone()).and_then(|evs| evs.last()).map_or(0, |ev| ev.span.end);
        match label {
            Some((from, to, body)) => Parts { label: Some((from, to)), body: Some((body, end)), ..Parts::default() },
            None => Parts::default(),
        }
    }

    fn bold_label(&self, inline: &Range<usize>, form: Form) -> Option<(usize, usize, usize)> {
        let strong =
            self.evs.get(inline.start).filter(|ev| matches!(ev.event, Event::Start(Tag::Strong | Tag::Emphasis)))?;
        // What is only slanted is a label by its colon alone.
        let slanted = matches!(strong.event, Event::Start(Tag::Emphasis));
        let first = self.evs.get(inline.start + 1)?;
        let last = self.evs.get(strong.close.checked_sub(1)?)?;
        let label = self.text.get(first.span.start..last.span.end)?;
        let trimmed = label.trim_end_matches([':', '：', ' ']);
        let trimmed = trimmed.strip_suffix('.').filter(|_| form != Form::Steps).unwrap_or(trimmed);
        let after = self.evs.get(strong.close + 1).filter(|_| strong.close + 1 < inline.end);
        let follows = match after.map(|ev| &ev.event) {
            Some(Event::Text(text)) => &**text,
            _ => "",
        };
        let sign = follows.trim_start();
        let signed = trimmed.len() < label.len() || sign.starts_with([':', '：', '—', '–']) || sign.starts_with("- ");
        let whole = after.is_none();
        if whole && (slanted || form != Form::Labelled) || !signed && (slanted || form == Form::Escalation) {
            return None;
        }
        let skip = follows.len() - follows.trim_start_matches([' ', ':', '：', '—', '–']).len();
        let skip = follows.get(skip..).and_then(|rest| rest.strip_prefix("- ")).map_or(skip, |_| skip + 2);
        let body = after.map_or(strong.span.end, |ev| {
            if matches!(ev.event, Event::Text(_)) { ev.span.start + skip } else { ev.span.start }
        });
        Some((first.span.start, first.span.start + trimmed.len(), body))
    }

    fn plain_label(&self, inline: &Range<usize>, form: Form) -> Option<(usize, usize, usize)> {
        let flat = Flat::new(self.evs, inline.clone(), 0);
        let signs: &[&str] =
            if form == Form::Escalation { &[": ", "："] } else { &[": ", "：", " — ", " – ", " - "] };
        let found = signs.iter().filter_map(|sign| flat.text.find(sign).map(|at| (at, sign.len()))).min()?;
        let label = flat.text.get(..found.0)?;
        let lower = label.to_lowercase();
        let opens = self.reading.words.when.iter().any(|word| lower.starts_with(&format!("{word} ")));
        let sentence = label.contains(". ") || label.contains('?') || label.contains(',') && label.len() > LABEL / 2;
        if label.trim().is_empty() || label.len() > LABEL || sentence || form == Form::Escalation && opens {
            return None;
        }
        Some((flat.start(0), flat.stop(found.0), flat.start(found.0 + found.1)))
    }

    /// `When … → @role, @role`, with or without a label.
    fn condition(&self, inline: &Range<usize>) -> Parts {
        let mut parts = self.labelled(inline, Form::Escalation);
        let flat = Flat::new(self.evs, inline.clone(), 0);
        let arrow =
            ["→", "->", "=>", "⇒"].iter().filter_map(|sign| flat.text.rfind(sign).map(|at| (at, sign.len()))).max();
        let Some((at, len)) = arrow else { return parts };
        parts.roles = self.roles(&flat, at + len);
        // Words beside a role ("@mediator, but only by phone") are kept where they stand.
        if !says_more(flat.text.get(at + len..).unwrap_or("")) {
            let before = flat.text.get(..at).unwrap_or("").trim_end_matches([' ', ',', ';', ':', '.']).len();
            let start = parts.body.map_or_else(|| flat.start(0), |(start, _)| start);
            parts.body = Some((start, flat.stop(before).max(start)));
        }
        parts
    }

    /// Whom to turn to behind the arrow, parted by commas and "and": each `@role`, and names without `@` as they are.
    fn roles(&self, flat: &Flat, from: usize) -> Vec<Role> {
        let rest = flat.text.get(from..).unwrap_or("");
        let base = rest.as_ptr() as usize;
        let mut roles = Vec::new();
        for piece in asked(rest) {
            let place = from + (piece.as_ptr() as usize - base);
            let named = roles.len();
            for (at, _) in piece.match_indices('@') {
                let name = role_name(piece.get(at..).unwrap_or(""));
                if !name.is_empty() {
                    let start = flat.start(place + at + 1);
                    let span = Span::new(start, start + name.len());
                    let name = self.reading.role(name).to_owned();
                    roles.push(Role { name, checked: self.reading.contacts.is_some(), span });
                }
            }
            if roles.len() == named {
                let span = Span::new(flat.start(place), flat.stop(place + piece.len()));
                roles.push(Role { name: self.reading.role(piece).to_owned(), checked: false, span });
            }
        }
        // Two that are hidden may have one in their place.
        let mut seen: Vec<String> = Vec::new();
        roles.retain(|role| {
            let new = !seen.contains(&role.name);
            seen.extend(new.then(|| role.name.clone()));
            new
        });
        roles
    }

    /// `[[Page]] — connects because …; differs by …`.
    fn note(&self, inline: &Range<usize>) -> Parts {
        let (name, after, named_by_link) = self.noted(inline);
        let flat = Flat::new(self.evs, inline.clone(), after);
        let note = relations::note(&flat.text, &self.reading.words);
        let place = |(from, to): (usize, usize)| {
            if from >= to {
                (0, 0)
            } else {
                let start = flat.start(from);
                (start, flat.stop(to).max(start))
            }
        };
        let (connects, differs) = (place(note.connects), place(note.differs));
        let note = NoteParts { after, named_by_link, name, verb: note.verb, connects, differs };
        Parts { note: Some(note), ..Parts::default() }
    }

    /// Which page a note is about, where it goes on behind the name, and whether the name is the item's first link.
    fn noted(&self, inline: &Range<usize>) -> (String, usize, bool) {
        let evs = self.evs;
        let open = evs.get(inline.start);
        let wrapped = open.filter(|ev| matches!(ev.event, Event::Start(Tag::Strong | Tag::Emphasis)));
        let first = inline.start + usize::from(wrapped.is_some());
        let name = |link: &Ev<'_>, at: usize| asked_name(&link.event).unwrap_or_else(|| words(evs, at..link.close));
        let is_link = |ev: &&Ev<'_>| matches!(ev.event, Event::Start(Tag::Link { .. }));
        if let Some(link) = evs.get(first).filter(|_| first < inline.end).filter(is_link) {
            return (name(link, first), wrapped.map_or(link.span.end, |wrapped| wrapped.span.end), true);
        }
        if let Some(wrapped) = wrapped {
            return (words(evs, first..wrapped.close).trim_end_matches(':').to_owned(), wrapped.span.end, false);
        }
        let flat = Flat::new(evs, inline.clone(), 0);
        let end = relations::name_end(&flat.text);
        // Without a sign all of it is the note, and a link in it is the name: "connects with [[Page]] because …".
        let links = |ev: &Ev<'_>| matches!(ev.event, Event::Start(Tag::Link { .. } | Tag::Image { .. }));
        let at = inline.clone().find(|at| evs.get(*at).is_some_and(links)).filter(|_| end == flat.text.len());
        match at.and_then(|at| Some((at, evs.get(at).filter(is_link)?))) {
            Some((at, link)) => (name(link, at), flat.start(0), true),
            None => (words_between(evs, inline.clone(), (0, flat.stop(end))), flat.start(end).max(1), false),
        }
    }

    /// Write an item's first paragraph and find its parts in the HTML.
    fn write_parts(&mut self, inline: Range<usize>, parts: Parts, first_link: u32) -> Written {
        let note = parts.note.as_ref();
        let offsets: Vec<usize> =
            [parts.label, parts.body, note.map(|note| note.connects), note.map(|note| note.differs)]
                .into_iter()
                .flatten()
                .flat_map(|(from, to)| [from, to])
                .collect();
        self.ask(&offsets);
        let start = self.evs.get(inline.start).map_or(0, |ev| ev.span.start);
        let place = Span::new(start, note.map_or(start, |note| note.after));
        let whole = self.write_block(inline);
        let answers = self.answers();
        let frag = |(from, to): (usize, usize)| {
            let at = |offset: usize| answers.get(&offset).copied().unwrap_or(whole.end).clamp(whole.start, whole.end);
            if from >= to { Frag::default() } else { Frag { start: at(from), end: at(to).max(at(from)) } }
        };
        let relation = parts.note.map(|note| {
            let link = (note.named_by_link && self.links.len() > first_link as usize).then_some(first_link);
            self.relations.push(Relation {
                link,
                name: note.name,
                verb: note.verb,
                connects: frag(note.connects),
                differs: frag(note.differs),
                span: place,
            });
            u32::try_from(self.relations.len() - 1).unwrap_or(u32::MAX)
        });
        let label = parts.label.map_or(Frag::default(), frag);
        let body = parts.body.map_or(whole, frag);
        Written { label, body, roles: parts.roles, relation }
    }
}

/// Those named behind an arrow, one by one, as they are written.
fn asked(rest: &str) -> impl Iterator<Item = &str> {
    let pieces =
        rest.split([',', ';', '&']).flat_map(|piece| piece.split(" and ")).flat_map(|piece| piece.split(" or "));
    let bare = pieces.map(|piece| piece.trim().trim_end_matches('.'));
    bare.map(|piece| ["and ", "or "].iter().find_map(|word| piece.strip_prefix(word)).unwrap_or(piece))
        .filter(|piece| !piece.is_empty())
}

/// Whether words stand beside a role that would be lost if only the role were kept.
fn says_more(rest: &str) -> bool {
    asked(rest).any(|piece| {
        piece.split_once('@').is_some_and(|(before, after)| {
            let name = role_name(after);
            let behind = after.get(name.len()..).unwrap_or("");
            !name.is_empty() && (before.contains(char::is_alphanumeric) || behind.contains(char::is_alphanumeric))
        })
    })
}

/// The name in `[[Name|words]]`: what is asked for, whatever readers see.
fn asked_name(event: &Event<'_>) -> Option<String> {
    let Event::Start(Tag::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. }) = event else { return None };
    let name = dest_url.trim_end_matches('\\').split('#').next()?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// What was written of an item's first paragraph.
struct Written {
    label: Frag,
    body: Frag,
    roles: Vec<Role>,
    relation: Option<u32>,
}
