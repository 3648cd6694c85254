//! What stands on a page that an author wrote: sections and their items, notes, and what leads on from it.

use serde::Serialize;

use super::CardView;

/// One section of a page.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct SectionView {
    /// Its anchor: `signals`, `drivers` …
    pub id: String,
    /// The same, where pages are bound for print and the anchor has the page before it.
    pub name: String,
    /// The heading its author wrote, finished HTML; none for the lead.
    pub heading: Option<String>,
    /// The heading as plain text.
    pub heading_text: String,
    /// GitHub's slug of the heading, where it differs from `id`.
    pub heading_id: Option<String>,
    /// How it is written: `prose`, `list`, `labelled`, `steps`, `relations`, `escalation`, `pairs`, `scenario`.
    pub form: String,
    /// What stands before the list, finished HTML.
    pub intro: String,
    /// What stands after it.
    pub outro: String,
    /// The items by the H3 they stand under; items before the first H3 are in a group without title.
    pub groups: Vec<GroupView>,
    /// The notes on nearby patterns, of all groups (form `relations`).
    pub relations: Vec<NoteView>,
    /// The headings of the two columns (form `pairs`).
    pub columns: Vec<String>,
}

/// Items under one H3.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct GroupView {
    /// The H3, finished HTML; empty for items without one.
    pub title: String,
    /// The H3's anchor.
    pub id: Option<String>,
    /// What stands between the title and its items, finished HTML.
    pub intro: String,
    /// The items.
    pub items: Vec<ItemView>,
}

/// One bullet, step, driver, pair or condition.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct ItemView {
    /// Its anchor.
    pub id: String,
    /// Its label, or the left half of a pair, finished HTML; empty if it has none.
    pub label: String,
    /// Its text, or the right half of a pair, finished inline HTML.
    pub html: String,
    /// Further blocks, finished HTML.
    pub blocks: String,
    /// What it says about another page (form `relations`).
    pub note: Option<NoteView>,
    /// The roles to turn to (form `escalation`).
    pub roles: Vec<PersonView>,
}

/// A role or person, with a link where there is a contact.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct PersonView {
    /// Name shown.
    pub name: String,
    /// Link to the contact.
    pub href: Option<String>,
}

/// What is said about two pages: where they connect and where they differ.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct NoteView {
    /// The other page.
    pub title: String,
    /// Link to it, or to what else its author linked.
    pub href: Option<String>,
    /// Whether it was asked for by `[[its name]]` and is not written yet.
    pub wanted: bool,
    /// "connects", "builds on", "contrasts" …, as written.
    pub verb: Option<String>,
    /// Finished HTML, starting with a capital; empty if not said.
    pub connects: String,
    /// Finished HTML, starting with a capital; empty if not said.
    pub differs: String,
    /// Link to the comparison of the two pages, if there is one.
    pub compare: Option<String>,
    /// Where this end did not write the note itself: the title of the page that did.
    pub said_by: Option<String>,
}

/// A page's first escalation section in short, for a card that is always in view.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct StopView {
    /// Its heading, plain text.
    pub title: String,
    /// Link to it.
    pub href: String,
    /// Its conditions, plain text: each by its label, else in full.
    pub reasons: Vec<String>,
}

/// A card with the reasons why it is here.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct RelatedView {
    /// The page.
    #[serde(flatten)]
    pub card: CardView,
    /// Why, in words.
    pub reasons: Vec<String>,
}

/// A page that links here.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct BacklinkView {
    /// Its title.
    pub title: String,
    /// Link to it.
    pub href: String,
    /// The sentence the link stands in, plain text.
    pub context: String,
}

/// Someone to turn to.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct ContactView {
    /// Anchor on the help page.
    pub id: String,
    /// Name.
    pub name: String,
    /// When to turn to them.
    pub when: Option<String>,
    /// How: links where they are addresses, otherwise text.
    pub how: Vec<PersonView>,
    /// Link to them on the help page.
    pub href: String,
    /// Link to the Atom feed of the pages that they keep, if one of those is dated.
    pub feed: Option<String>,
}

/// A source of a page.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct SourceView {
    /// Its title.
    pub title: String,
    /// Where to read it.
    pub url: Option<String>,
}
