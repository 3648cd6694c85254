//! A page as what can be found on it: names, summary, items and sections, each with what is shown of it as a hit.

use crate::graph::Graph;
use crate::kinds::Form;
use crate::model::{Handbook, Page, PageId};
use crate::parse::{Section, Standing};
use crate::prose::sentence;

/// Longest text that is shown of a hit, in characters.
const SHOWN: usize = 100;

/// Longest text that is shown of a section without items, in characters.
const OPENING: usize = 60;

/// What a unit is. Names are classed by their words, so that a whole name that was typed is known as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Class {
    /// A title or another name of one word.
    Name1,
    /// Of two words.
    Name2,
    /// Of three.
    Name3,
    /// Of more.
    Name4,
    /// The summary and the tags.
    Summary,
    /// A signal.
    Signal,
    /// A driver.
    Driver,
    /// A step.
    Step,
    /// A note on a nearby page.
    Nearby,
    /// Any other section.
    Section,
}

/// How many classes there are.
pub const CLASSES: u16 = 10;

/// The class of names of so many words that say something.
#[must_use]
pub(super) fn name_class(words: usize) -> Class {
    match words {
        0 | 1 => Class::Name1,
        2 => Class::Name2,
        3 => Class::Name3,
        _ => Class::Name4,
    }
}

/// A part of a page that is found by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What it is; a name's class is worked out from its words.
    pub class: Class,
    /// The section it stands in: its number in [`Units::sections`].
    pub section: usize,
    /// Its anchor; empty for a page's names and summary.
    pub anchor: String,
    /// What stands in front: the label of an item, the name of a nearby page.
    pub label: String,
    /// All of its text that is searched.
    pub text: String,
    /// What is shown behind the label; may end in "…".
    pub shown: String,
    /// The page that a note is about.
    pub about: Option<PageId>,
    /// Whether what is shown of a note says how the two differ.
    pub sets_apart: bool,
}

/// The section of some units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its anchor.
    pub id: String,
    /// Its heading as written; empty for the lead.
    pub heading: String,
}

/// All that can be found on a page, in the order of the text: title, other names and summary first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Units {
    /// The sections; the first stands for the page as a whole.
    pub sections: Vec<Part>,
    /// The units.
    pub all: Vec<Unit>,
}

impl Units {
    /// Those of a page.
    #[must_use]
    pub fn new((id, page): (PageId, &Page), (handbook, graph): (&Handbook, &Graph)) -> Units {
        let draft = &page.draft;
        let mut units = Units::default();
        units.sections.push(Part { id: String::new(), heading: String::new() });
        units.whole(Class::Name1, (page.title(), page.title().to_owned()));
        for alias in &draft.aliases {
            units.whole(Class::Name1, (&alias.text, alias.text.clone()));
        }
        let summary = draft.summary.as_deref().unwrap_or("");
        let tags = draft.front.tags.join(", ");
        units.whole(Class::Summary, (&format!("{summary}\n{tags}"), clipped(summary, SHOWN * 2)));
        for section in draft.sections.iter().filter(|section| section.id != "sources") {
            units.sections.push(Part { id: section.id.clone(), heading: section.heading.clone() });
            match class_of(section).filter(|_| !section.items.is_empty()) {
                Some(Class::Nearby) => units.notes((id, page), section, (handbook, graph)),
                Some(class) => units.items(page, section, class),
                None => units.section(page, section),
            }
        }
        units
    }

    fn whole(&mut self, class: Class, (text, shown): (&str, String)) {
        self.all.push(Unit { text: text.to_owned(), shown, ..Unit::new(class, (0, "")) });
    }

    /// One unit for each item.
    fn items(&mut self, page: &Page, section: &Section, class: Class) {
        let flow = &page.draft.flow;
        for item in &section.items {
            let body = flow.text(item.body);
            let blocks = flow.text(item.blocks);
            let shown = clipped(&body, SHOWN);
            let label = label(&flow.text(item.label), &shown);
            let text = [body, blocks].join("\n");
            self.all.push(Unit { text, shown, label, ..Unit::new(class, (self.last(), &*item.id)) });
        }
    }

    /// One unit for each note: the page it is about, and what sets the two apart.
    fn notes(&mut self, (id, page): (PageId, &Page), section: &Section, (handbook, graph): (&Handbook, &Graph)) {
        let flow = &page.draft.flow;
        for item in &section.items {
            let Some(number) = item.relation else { continue };
            let Some(note) = page.draft.relations.get(number as usize) else { continue };
            let about = graph.about(id).get(number as usize).copied().flatten();
            let name = about.and_then(|id| handbook.page(id)).map_or(note.name.as_str(), Page::title);
            let (connects, differs) = (flow.text(note.connects), flow.text(note.differs));
            let sets_apart = !differs.is_empty();
            let shown = sentence(if differs.is_empty() { &connects } else { &differs });
            let text = [connects, differs].join("\n");
            let label = label(name, &shown);
            let unit = Unit::new(Class::Nearby, (self.last(), &*item.id));
            self.all.push(Unit { text, shown, label, about, sets_apart, ..unit });
        }
    }

    /// A section as a whole. Headings that its kind gives stand on every page, and are not searched.
    fn section(&mut self, page: &Page, section: &Section) {
        let body = page.draft.flow.text(section.body);
        let own = section.standing != Standing::Listed;
        let text = if own { format!("{}\n{body}", section.heading) } else { body.clone() };
        let shown = clipped(&body, OPENING);
        self.all.push(Unit { text, shown, ..Unit::new(Class::Section, (self.last(), section.id.as_str())) });
    }

    /// The section that was met last.
    fn last(&self) -> usize {
        self.sections.len().saturating_sub(1)
    }
}

impl Unit {
    /// One of a class at a place, without texts.
    fn new(class: Class, (section, anchor): (usize, &str)) -> Unit {
        let (label, text, shown) = Default::default();
        Unit { class, section, anchor: anchor.to_owned(), label, text, shown, about: None, sets_apart: false }
    }
}

/// What the items of a section are, if each is found by itself.
fn class_of(section: &Section) -> Option<Class> {
    match (section.form, section.id.as_str()) {
        (Form::Relations, _) => Some(Class::Nearby),
        (_, "signals") => Some(Class::Signal),
        (_, "drivers") => Some(Class::Driver),
        (Form::Steps, _) => Some(Class::Step),
        _ => None,
    }
}

/// A label ends in a mark, where something stands behind it.
fn label(label: &str, behind: &str) -> String {
    let ends = label.is_empty() || behind.is_empty() || label.ends_with(['.', ':', '?', '!', '…', '。', '：']);
    if ends { label.to_owned() } else { format!("{label}:") }
}

/// The first `most` characters up to a space, with "…"; a text that is a little longer stays whole.
fn clipped(text: &str, most: usize) -> String {
    if text.chars().nth(most + most / 6).is_none() {
        return text.to_owned();
    }
    let end = text.char_indices().nth(most).map_or(text.len(), |(end, _)| end);
    let head = text.get(..end).unwrap_or(text);
    let head = head.rsplit_once(' ').map_or(head, |(words, _)| words);
    format!("{}…", head.trim_end_matches([',', ';', ':', '.', ' ', '—', '–']))
}
