//! What the made pages list: signals, drivers, terms, tags, areas.

use serde::Serialize;

use super::{CardView, ContactView, LinkView, PageView};

/// A part of a list that is too long for one page.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct PartView {
    /// Its name in addresses.
    pub id: String,
    /// "In meetings", `A` …
    pub title: String,
    /// Link to its page.
    pub href: String,
    /// How many entries it has.
    pub count: usize,
}

/// An area as a chapter of what is printed.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct ChapterView {
    /// Its name.
    pub title: String,
    /// Anchor.
    pub id: String,
    /// Links to its pages here, in order.
    pub contents: Vec<LinkView>,
    /// Its pages with their whole text, without what leads on from them.
    pub pages: Vec<PageView>,
}

/// Signals that show in one place.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct PlaceView {
    /// "In meetings".
    pub title: String,
    /// Anchor.
    pub id: String,
    /// The signals.
    pub signals: Vec<SignalView>,
}

/// A signal and its pattern.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct SignalView {
    /// Its name outside its page: the page's id, `#` and the anchor.
    pub id: String,
    /// The number of its pattern in the finder, from 1, where ticks are counted without a script.
    pub slot: Option<usize>,
    /// Link to the finder with this signal ticked; none for what is no signal.
    pub find: Option<String>,
    /// Finished inline HTML.
    pub html: String,
    /// Link to the signal on its page.
    pub href: String,
    /// Its page.
    pub page: LinkView,
}

/// A pattern that the finder can find.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct FoundView {
    /// Its number, from 1.
    pub slot: usize,
    /// Its page's id.
    pub id: String,
    /// How many signals it has.
    pub count: usize,
    /// Its page.
    #[serde(flatten)]
    pub card: CardView,
}

/// A page that was reviewed lately.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct ReviewedView {
    /// The page.
    #[serde(flatten)]
    pub card: CardView,
    /// The day of its review, ISO.
    pub reviewed: String,
}

/// An area and its pages.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct AreaView {
    /// Its name.
    pub title: String,
    /// Link to its folder.
    pub href: Option<String>,
    /// How many pages it has.
    pub count: usize,
    /// Its pages; none in a handbook with so many that each area lists its own.
    pub pages: Vec<CardView>,
}

/// A tag.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct TagView {
    /// As written.
    pub title: String,
    /// Link to its page.
    pub href: String,
    /// How many pages have it.
    pub count: usize,
}

/// Drivers with one first letter.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct LetterView {
    /// The letter, upper case.
    pub letter: String,
    /// The drivers.
    pub drivers: Vec<DriverView>,
}

/// A driver and the patterns that name it.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct DriverView {
    /// Its label, plain text.
    pub label: String,
    /// Each pattern's own words.
    pub uses: Vec<SignalView>,
}

/// A contact and every criterion that sends a reader there.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct HelpView {
    /// The contact.
    pub contact: ContactView,
    /// What sends a reader there.
    pub conditions: Vec<ConditionView>,
}

/// A criterion for getting help.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct ConditionView {
    /// Its short form, if it has one.
    pub label: Option<String>,
    /// Finished inline HTML.
    pub html: String,
    /// Link to it on its page.
    pub href: String,
    /// Its page.
    pub page: LinkView,
}

/// An entry of the glossary.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct GlossaryView {
    /// The term, or another name of a page.
    pub term: String,
    /// Link to its page.
    pub href: String,
    /// For a term its summary.
    pub summary: Option<String>,
    /// For another name: the title it leads to.
    pub see: Option<String>,
}
