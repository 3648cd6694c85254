//! What of a page can be found: its names, its items and its running text, each with where it stands.

use crate::kinds::Form;
use crate::model::Page;
use crate::parse::{Item, Section};

/// Characters of a record's text that are shown.
const SHOWN: usize = 200;

/// About how many characters of running text make a record.
const PIECE: usize = 260;

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// The page's title.
    Title,
    /// Another name of it.
    Alias,
    /// Its summary.
    Summary,
    /// Something that can be seen.
    Signal,
    /// A reason why.
    Driver,
    /// A step that helps.
    Step,
    /// Words about a nearby page.
    Nearby,
    /// When to fetch help.
    Help,
    /// A tag.
    Tag,
    /// Any other item or piece of text.
    Text,
}

/// Every sort, in the order of its number.
pub(super) const SORTS: [Sort; 10] = [
    Sort::Title,
    Sort::Alias,
    Sort::Summary,
    Sort::Signal,
    Sort::Driver,
    Sort::Step,
    Sort::Nearby,
    Sort::Help,
    Sort::Tag,
    Sort::Text,
];

impl Sort {
    /// Its number in the index.
    #[must_use]
    pub fn number(self) -> usize {
        SORTS.iter().position(|sort| *sort == self).unwrap_or(0)
    }

    /// What one word in it is worth: names most, then what readers see, then what is only said.
    fn weight(self) -> u32 {
        match self {
            Sort::Title | Sort::Alias => 12,
            Sort::Signal => 7,
            Sort::Summary => 6,
            Sort::Driver | Sort::Tag => 4,
            Sort::Step | Sort::Help | Sort::Text => 3,
            Sort::Nearby => 2,
        }
    }
}

/// Something of a page that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What it is.
    pub sort: Sort,
    /// All its words.
    pub text: String,
    /// Where it stands on the page; nothing for the page itself.
    pub anchor: Option<String>,
}

impl Record {
    /// What one word in it is worth. A name of one word says more by it than a name of many.
    pub(super) fn weight(&self) -> u32 {
        match self.sort {
            Sort::Title | Sort::Alias => {
                12 + 12 / u32::try_from(self.text.split_whitespace().count().max(1)).unwrap_or(1)
            }
            sort => sort.weight(),
        }
    }

    /// Its text as it is shown: cut behind a word where it is long.
    #[must_use]
    pub fn shown(&self) -> String {
        let Some((cut, _)) = self.text.char_indices().nth(SHOWN) else { return self.text.clone() };
        let short = self.text.get(..cut).unwrap_or("");
        let short = short.rfind(' ').and_then(|space| short.get(..space)).unwrap_or(short);
        format!("{}…", short.trim_end_matches([',', ';', ':', ' ', '—', '–']))
    }
}

/// The records of a page, in the order of the page. Headings that a kind gives stand on every page, and are none.
#[must_use]
pub fn records(page: &Page) -> Vec<Record> {
    let draft = &page.draft;
    let mut found = vec![Record { sort: Sort::Title, text: page.title().to_owned(), anchor: None }];
    let mut add = |sort, text: &str, anchor: Option<&str>| {
        if !text.is_empty() {
            found.push(Record { sort, text: text.to_owned(), anchor: anchor.map(str::to_owned) });
        }
    };
    draft.aliases.iter().for_each(|alias| add(Sort::Alias, &alias.text, None));
    if let Some(summary) = draft.summary.as_ref().filter(|_| !draft.summary_from_lead) {
        add(Sort::Summary, summary, None);
    }
    draft.front.tags.iter().for_each(|tag| add(Sort::Tag, tag, None));
    for section in draft.sections.iter().filter(|section| section.id != "sources") {
        let listed = section.standing == crate::parse::Standing::Listed;
        if !listed {
            add(Sort::Text, &section.heading, Some(&section.id));
        }
        let loose: Vec<_> =
            if section.items.is_empty() { vec![section.body] } else { vec![section.intro, section.outro] };
        for piece in loose.iter().flat_map(|frag| pieces(&draft.flow.text(*frag))) {
            add(Sort::Text, &piece, Some(&section.id));
        }
        for item in &section.items {
            add(sort(section), &words(page, item), Some(&item.id));
        }
    }
    found
}

/// All words of an item.
fn words(page: &Page, item: &Item) -> String {
    let flow = &page.draft.flow;
    let label = flow.text(item.label);
    let parts = [label, flow.text(item.body), flow.text(item.blocks)];
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// What an item of a section is.
fn sort(section: &Section) -> Sort {
    match (section.form, section.id.as_str()) {
        (_, "signals") => Sort::Signal,
        (_, "drivers") => Sort::Driver,
        (Form::Steps, _) => Sort::Step,
        (Form::Relations, _) => Sort::Nearby,
        (Form::Escalation, _) => Sort::Help,
        _ => Sort::Text,
    }
}

/// Running text in pieces of some sentences each.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    for part in text.split_inclusive(['.', '!', '?', '。', '\n']) {
        piece.push_str(part);
        if piece.len() >= PIECE && part.ends_with(['.', '!', '?', '。', '\n']) {
            pieces.push(std::mem::take(&mut piece).trim().to_owned());
        }
    }
    pieces.push(piece.trim().to_owned());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}
