//! Every name a page answers to, and finding the page that a name means.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::{Page, PageId};
use crate::parse::{Draft, TitleFrom};

/// How a page came by a name; the first class in which a name is found decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Its id.
    Id,
    /// Its title.
    Title,
    /// An alias.
    Alias,
    /// Its file's stem.
    Stem,
    /// An old address.
    Moved,
}

/// Pages of one name that are told; a thousand links to a name that a thousand pages have would be a million.
pub const MANY: usize = 9;

/// A page, or a draft that is not built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Named {
    /// A page.
    Page(PageId),
    /// An index into the handbook's `drafts`.
    Draft(usize),
}

/// What a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One page; and how it came by the name.
    Page(PageId, Class),
    /// A page that is not built.
    Draft(usize),
    /// More than one: the first [`MANY`] of them.
    Several(Vec<PageId>),
    /// None.
    Nothing,
}

#[derive(Debug)]
struct Entry {
    named: Named,
    class: Class,
    spelling: Box<str>,
    folder: Box<str>,
}

/// The index of names.
#[derive(Debug, Default)]
pub struct Names {
    entries: HashMap<String, Vec<Entry>>,
}

/// A name as it is compared: without case, accents of Latin letters, or a difference between `-`, `_` and space.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let even = |c: char| if matches!(c, '-' | '_') { ' ' } else { c };
    if name.is_ascii() {
        out.extend(name.chars().map(|c| even(c).to_ascii_lowercase()));
    } else {
        let bare = name.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}'));
        out.extend(bare.map(even).flat_map(char::to_lowercase));
    }
    crate::prose::fold_space(&out)
}

impl Names {
    pub(super) fn new(pages: &[Page], drafts: &[Arc<Draft>]) -> Names {
        let mut names = Names::default();
        for (index, page) in pages.iter().enumerate() {
            names.add_draft(&page.draft, Named::Page(PageId::new(index)));
        }
        for (index, draft) in drafts.iter().enumerate() {
            names.add_draft(draft, Named::Draft(index));
        }
        names
    }

    fn add_draft(&mut self, draft: &Draft, named: Named) {
        let folder: Box<str> = draft.id.rsplit_once('/').map_or("", |(folder, _)| folder).into();
        let stem = draft.id.rsplit('/').next().unwrap_or("");
        let front = stem.eq_ignore_ascii_case("index") || stem.eq_ignore_ascii_case("readme");
        let mut add = |spelling: &str, class| {
            let entry = Entry { named, class, spelling: spelling.into(), folder: folder.clone() };
            self.entries.entry(fold_name(spelling)).or_default().push(entry);
        };
        add(&draft.id, Class::Id);
        if draft.title_from != TitleFrom::FileName {
            add(&draft.title, Class::Title);
        }
        for alias in &draft.aliases {
            add(&alias.text, Class::Alias);
        }
        match (front, folder.is_empty()) {
            // A folder names its front page.
            (true, false) => add(&folder.clone(), Class::Id),
            (true, true) => {}
            (false, _) => add(stem, Class::Stem),
        }
        for old in &draft.front.moved_from {
            let old = old.text.trim_start_matches('/');
            add(old, Class::Moved);
            add(old.trim_end_matches(".html").trim_end_matches(".md"), Class::Moved);
        }
    }

    /// What `name` means on a page in `folder`.
    #[must_use]
    pub fn find(&self, name: &str, folder: &str) -> Found {
        let whole = name.trim().trim_start_matches('/');
        // A page may be called `notes.html.md`.
        let as_written = self.find_exactly(whole, folder);
        if matches!(as_written, Found::Page(_, Class::Id)) {
            return as_written;
        }
        let bare = whole.strip_suffix(".md").or_else(|| whole.strip_suffix(".html")).unwrap_or(whole);
        let direct = self.find_exactly(bare, folder);
        if direct != Found::Nothing || !bare.contains('/') {
            return direct;
        }
        self.find_exactly(&join(folder, bare), folder)
    }

    fn find_exactly(&self, name: &str, folder: &str) -> Found {
        let Some(entries) = self.entries.get(&fold_name(name)) else { return Found::Nothing };
        let Some(class) = entries.iter().map(|entry| entry.class).min() else { return Found::Nothing };
        let mut left: Vec<&Entry> = entries.iter().filter(|entry| entry.class == class).collect();
        narrow(&mut left, |entry| &*entry.spelling == name);
        narrow(&mut left, |entry| &*entry.folder == folder);
        let mut named: Vec<Named> = left.iter().map(|entry| entry.named).collect();
        named.sort_unstable();
        named.dedup();
        // A draft never makes a name ambiguous.
        let page = |named: &Named| if let Named::Page(id) = named { Some(*id) } else { None };
        let pages: Vec<PageId> = named.iter().filter_map(page).collect();
        match (pages.as_slice(), named.first()) {
            ([page], _) => Found::Page(*page, class),
            ([], Some(Named::Draft(index))) => Found::Draft(*index),
            ([], _) => Found::Nothing,
            (several, _) => Found::Several(several.iter().take(MANY).copied().collect()),
        }
    }

    /// Every spelling and what it names, in order, for did-you-mean.
    #[must_use]
    pub fn spellings(&self) -> BTreeMap<&str, Named> {
        let all = self.entries.values().flatten().filter(|entry| entry.class != Class::Moved);
        let mut spellings: Vec<(&str, Named)> = all.map(|entry| (&*entry.spelling, entry.named)).collect();
        // Of two that share a spelling the first stays.
        spellings.sort_unstable_by(|one, two| two.cmp(one));
        spellings.into_iter().collect()
    }
}

/// Keep those that satisfy `wanted`, if any does.
fn narrow(left: &mut Vec<&Entry>, wanted: impl Fn(&Entry) -> bool) {
    if left.iter().any(|entry| wanted(entry)) {
        left.retain(|entry| wanted(entry));
    }
}

/// `path` seen from `folder`, with `.` and `..` worked out; steps above the root are dropped.
#[must_use]
pub(crate) fn join(folder: &str, path: &str) -> String {
    let start = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
