//! What changed between two states of a handbook, said in the handbook's own terms: pages, signals, relations, links,
//! findings. Two sites in, one value out; a writer for the terminal and one for a pull request.
//!
//! A page is taken apart into facts (`facts`), pages that were renamed or moved are known again (`moves`), and the
//! facts of the two states are set against each other (`pairs`).

use std::collections::{BTreeMap, HashSet};

use crate::diag::Severity;
use crate::model::Page;
use crate::site::Site;

mod facts;
mod findings;
mod markdown;
mod moves;
mod pairs;
mod summary;
mod text;

pub use findings::Finding;
pub use markdown::markdown;
pub use summary::summary;
pub use text::text;

/// What a fact is about, in the order in which changes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The page's title.
    Title,
    /// What the front matter says besides.
    Detail,
    /// A signal.
    Signal,
    /// A driver.
    Driver,
    /// A step of what helps.
    Step,
    /// A condition on which to get help.
    Condition,
    /// A note on another page.
    Relation,
    /// A link.
    Link,
    /// Any other section.
    Section,
}

/// What became of one fact; texts are plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added(String),
    /// It is gone.
    Gone(String),
    /// It says something else: before, and now.
    Reworded(String, String),
    /// A link that leads nowhere now, or to a page that is not written, and did not before.
    Broken(String),
    /// A link that led nowhere, and does now.
    Mended(String),
}

/// What became of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It was written.
    New,
    /// It was deleted.
    Gone,
    /// It lies elsewhere: its id before.
    Moved(String),
    /// Its text was changed.
    Changed,
    /// Its text is the same, but what it leads to, or how it is read, is not.
    Touched,
}

/// One page with what changed on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageChange {
    /// Its id; of a page that is gone, the one it had.
    pub id: String,
    /// Its title, likewise.
    pub title: String,
    /// What became of it.
    pub fate: Fate,
    /// What changed on it; parts without a change are left out.
    pub parts: BTreeMap<Part, Vec<Change>>,
}

/// A page, named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// Everything that changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Pages, in order of id: new ones, then changed, moved, touched and gone ones.
    pub pages: Vec<PageChange>,
    /// Pages to which no other leads any more, or that came without a link to them.
    pub orphaned: Vec<Named>,
    /// Pages to which nothing led, and something does now.
    pub linked: Vec<Named>,
    /// Findings that there were not before.
    pub appeared: Vec<Finding>,
    /// Findings that there are no more.
    pub mended: Vec<Finding>,
    /// Whether `site.toml` says something else.
    pub settings: bool,
}

/// The names of the two states, as a reader knows them: "`main`", "the working tree".
#[derive(Debug, Clone, Copy)]
pub struct Between<'a> {
    /// The earlier one.
    pub old: &'a str,
    /// The later one.
    pub new: &'a str,
}

impl Changes {
    /// What changed from `old` to `new`.
    #[must_use]
    pub fn new(old: &Site, new: &Site) -> Changes {
        let moves = moves::moves(old, new);
        let mut pages: Vec<PageChange> = Vec::new();
        for (id, page) in new.handbook.all() {
            let now = facts::facts(new, id, &|id| id.to_owned());
            match moves.before(page.id()).and_then(|before| Some((before, old.handbook.page(before)?))) {
                Some((before, was)) => {
                    let facts = facts::facts(old, before, &|id| moves.now(id).to_owned());
                    pages.extend(kept((was, page), pairs::pairs(facts, now)));
                }
                None => pages.push(change(page, Fate::New, pairs::pairs(Vec::new(), now))),
            }
        }
        let gone = old.handbook.all().filter(|(_, page)| moves.is_gone(page.id()));
        pages.extend(gone.map(|(id, page)| {
            let was = facts::facts(old, id, &|id| moves.now(id).to_owned());
            change(page, Fate::Gone, pairs::pairs(was, Vec::new()))
        }));
        pages.sort_by(|a, b| (a.fate.rank(), &a.id).cmp(&(b.fate.rank(), &b.id)));
        let (appeared, mended) = findings::findings((old, new), &moves);
        let (before, now) = (orphans(old, &|id| moves.now(id).to_owned()), orphans(new, &|id| id.to_owned()));
        let still = |named: &Named| new.handbook.by_id(&named.id).is_some();
        Changes {
            orphaned: without(&now, &before),
            linked: without(&before, &now).into_iter().filter(still).collect(),
            pages,
            appeared,
            mended,
            settings: settings(old) != settings(new),
        }
    }

    /// Whether nothing changed that a reader or author of the handbook would know of.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }

    /// How many findings of a severity there are in `list`.
    fn count(list: &[Finding], severity: Severity) -> usize {
        list.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl Fate {
    fn rank(&self) -> u8 {
        match self {
            Self::New => 0,
            Self::Changed => 1,
            Self::Moved(_) => 2,
            Self::Touched => 3,
            Self::Gone => 4,
        }
    }
}

fn change(page: &Page, fate: Fate, mut parts: BTreeMap<Part, Vec<Change>>) -> PageChange {
    if matches!(fate, Fate::New | Fate::Gone) {
        // That the page came or went says this already.
        parts.retain(|part, _| !matches!(part, Part::Title | Part::Detail | Part::Section));
    }
    PageChange { id: page.id().to_owned(), title: page.title().to_owned(), fate, parts }
}

/// A page that both states have; nothing where it is the same.
fn kept((was, page): (&Page, &Page), mut parts: BTreeMap<Part, Vec<Change>>) -> Option<PageChange> {
    let edited = !same_text(was.draft.source.text(), page.draft.source.text());
    if edited && parts.is_empty() {
        parts.insert(Part::Detail, vec![Change::Reworded(String::new(), "markup or settings".to_owned())]);
    }
    let fate = match (was.id() == page.id(), edited) {
        (false, _) => Fate::Moved(was.id().to_owned()),
        (true, true) => Fate::Changed,
        (true, false) if parts.is_empty() => return None,
        (true, false) => Fate::Touched,
    };
    Some(change(page, fate, parts))
}

/// Whether two texts differ in nothing but the line ends that git may change when it checks files out.
fn same_text(one: &str, other: &str) -> bool {
    one == other || one.split('\n').map(bare).eq(other.split('\n').map(bare))
}

fn bare(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}

fn settings(site: &Site) -> Option<String> {
    site.config.source.as_ref().map(|source| source.text().replace('\r', ""))
}

/// The pages that no other leads to, under the ids they have now.
fn orphans(site: &Site, now: &dyn Fn(&str) -> String) -> Vec<Named> {
    let alone =
        site.handbook.all().filter(|(id, page)| !page.front_page && page.is_live() && !site.graph.is_led_to(*id));
    let mut named: Vec<Named> =
        alone.map(|(_, page)| Named { id: now(page.id()), title: page.title().to_owned() }).collect();
    named.sort();
    named
}

/// The pages of one list whose id is not in the other.
fn without(these: &[Named], those: &[Named]) -> Vec<Named> {
    let ids: HashSet<&str> = those.iter().map(|named| named.id.as_str()).collect();
    these.iter().filter(|named| !ids.contains(named.id.as_str())).cloned().collect()
}
