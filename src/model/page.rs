//! A page: what its author wrote, its address, and what can be said of it without the other pages.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::config::Config;
use crate::git::{History, Past};
use crate::kinds::{Kind, Kinds};
use crate::parse::{Draft, Section, Status, TitleFrom};
use crate::route::Route;
use crate::source::Span;

/// A page of the handbook. A copy costs next to nothing.
#[derive(Debug, Clone)]
pub struct Page {
    /// What its author wrote.
    pub draft: Arc<Draft>,
    /// Where it lies in the output.
    pub route: Route,
    /// Its area: an index into [`super::Handbook::areas`]; front pages of folders have none.
    pub area: Option<u32>,
    /// Whether it is its folder's front page.
    pub front_page: bool,
    /// The day its next review is due, ISO.
    pub due: Option<String>,
    past: Option<Arc<Past>>,
    index: OnceLock<Arc<Index>>,
}

/// What an anchor names, for embeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// What is shown where it is embedded.
    pub body: crate::prose::Frag,
}

impl Page {
    /// A page at its address, with what git knows of it.
    pub(super) fn new(draft: Arc<Draft>, route: Route, (config, history): (&Config, &History)) -> Page {
        let due = super::review::due(&draft, config);
        let front_page = route.path() == "index.html" || route.path().ends_with("/index.html");
        let past = history.of(&draft.path);
        Page { front_page, draft, route, area: None, due, past, index: OnceLock::new() }
    }

    /// The same page with another text.
    pub(super) fn rewrite(&mut self, draft: Arc<Draft>) {
        (self.draft, self.index) = (draft, OnceLock::new());
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.draft.id
    }

    /// The address of the page that lists everything that links to it, where that is more than it shows itself.
    #[must_use]
    pub fn links_route(&self) -> Route {
        Route::made(format!("links/{}", self.route.path()))
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.draft.title
    }

    /// The day of its last change, ISO: what its author says, else what git knows.
    #[must_use]
    pub fn updated(&self) -> Option<&str> {
        let known = self.past.as_ref().and_then(|past| past.changed.as_deref());
        self.draft.front.updated.as_deref().or(known)
    }

    /// Who wrote it: what its author says, else who changed it by git, most often first.
    #[must_use]
    pub fn authors(&self) -> &[String] {
        let known = self.past.as_ref().map_or(&[][..], |past| &past.people);
        if self.draft.front.authors.is_empty() { known } else { &self.draft.front.authors }
    }

    /// The name of its kind, `page` for a plain page.
    #[must_use]
    pub fn kind_name(&self) -> &str {
        self.draft.kind.as_deref().unwrap_or("page")
    }

    /// Its kind.
    #[must_use]
    pub fn kind<'k>(&self, kinds: &'k Kinds) -> Option<&'k Kind> {
        kinds.named(self.draft.kind.as_deref()?)
    }

    /// The folder it lies in, below the content; `""` for the content itself.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.draft.id.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The section with this id.
    #[must_use]
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.draft.sections.get(*self.index().sections.get(id)?)
    }

    /// Whether it may be suggested: neither retired nor a draft.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !matches!(self.draft.front.status, Status::Retired | Status::Draft)
    }

    /// Whether its title was made from the file's name.
    #[must_use]
    pub fn is_unnamed(&self) -> bool {
        self.draft.title_from == TitleFrom::FileName
    }

    /// What the anchor `id` names on this page.
    #[must_use]
    pub fn anchor(&self, id: &str) -> Option<Target> {
        self.index().anchors.get(id).copied()
    }

    /// The anchor that a section's name means: a heading as written, an id, then an accepted heading.
    #[must_use]
    pub fn anchor_named(&self, name: &str, kinds: &Kinds) -> Option<String> {
        if let Some(id) = self.index().headings.get(&crate::kinds::fold(name)) {
            return Some(id.clone());
        }
        if self.anchor(name).is_some() {
            return Some(name.to_owned());
        }
        let spec = self.kind(kinds)?.section_for(name)?;
        self.anchor(&spec.id).map(|_| spec.id.clone())
    }

    /// Every anchor of the page, sorted.
    #[must_use]
    pub fn anchor_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.index().anchors.keys().map(String::as_str).collect();
        ids.sort_unstable();
        ids
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Arc::new(Index::new(&self.draft)))
    }

    /// The place of the page as a whole: where its title stands.
    #[must_use]
    pub fn place(&self) -> Span {
        self.draft.title_span
    }
}

/// What a page can be pointed at by, worked out when somebody first asks.
#[derive(Debug, Default)]
struct Index {
    /// Every anchor.
    anchors: HashMap<String, Target>,
    /// Headings as they are compared, and their anchors; of two alike the first.
    headings: HashMap<String, String>,
    /// Sections by their ids.
    sections: HashMap<String, usize>,
}

impl Index {
    fn new(draft: &Draft) -> Index {
        let mut index = Index::default();
        for (number, section) in draft.sections.iter().enumerate() {
            let body = Target { body: section.body };
            index.sections.entry(section.id.clone()).or_insert(number);
            index.anchors.insert(section.id.clone(), body);
            index.anchors.extend(section.heading_id.clone().map(|id| (id, body)));
            for item in &section.items {
                index.anchors.insert(item.id.to_string(), Target { body: item.body });
            }
            for group in section.groups.iter().filter(|group| !group.id.is_empty()) {
                index.anchors.entry(group.id.clone()).or_insert(Target { body: group.html });
            }
        }
        for anchor in &draft.anchors {
            index.anchors.insert(anchor.id.clone(), Target { body: anchor.body });
        }
        let sections = draft.sections.iter().map(|section| (&section.heading, &section.id));
        let anchors = draft.anchors.iter().map(|anchor| (&anchor.heading, &anchor.id));
        let groups = draft.sections.iter().flat_map(|section| &section.groups).map(|group| (&group.text, &group.id));
        for (heading, id) in sections.chain(anchors).chain(groups) {
            if !heading.is_empty() && !id.is_empty() {
                index.headings.entry(crate::kinds::fold(heading)).or_insert_with(|| id.clone());
            }
        }
        index
    }
}
