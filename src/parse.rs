//! One page's text becomes a [`Draft`] and findings. It never fails and sees no other file.
//!
//! The steps: cut the front matter off (`front`), blank the comments (`mask`), read the Markdown
//! events (`events`), find the sections (`outline`), write each in its form (`forms`, `writer`). The writer's own hands are
//! `elements`, `text`, `linked`, `notes` and `rawhtml`, each for one sort of event.

use std::sync::Arc;

use crate::config::{Audience, Interval, Named};
use crate::diag::Diagnostic;
use crate::kinds::Form;
use crate::prose::{Flow, Frag};
use crate::source::{Source, Span};

mod autolink;
mod blocks;
mod contexts;
mod draft;
mod elements;
mod events;
mod forms;
mod front;
mod items;
mod linked;
mod links;
mod mask;
mod notes;
mod outline;
mod pairs;
mod rawhtml;
mod reading;
mod relations;
mod running;
mod shape;
mod slug;
mod stems;
mod tags;
mod text;
mod writer;

pub use draft::draft;
pub use front::REFERENCE as FRONT_MATTER;
pub use links::{is_file, is_picture};
pub use mask::{mask as without_comments, without};
pub use reading::Reading;
pub use slug::{item_slug, slug};
pub use stems::{
    AsIs, BEFORE_NOUN, BEFORE_VERB, BREAK, ByStem, Cutter, FILLER, FIRST, Said, Stem, Stems, Word, spaceless,
};

/// All that one page says.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its text.
    pub source: Arc<Source>,
    /// Where its text begins, behind the front matter.
    pub body: u32,
    /// Path from the site's root, for findings.
    pub path: Arc<str>,
    /// Path below the content folder without `.md`.
    pub id: String,
    /// What its front matter says.
    pub front: Front,
    /// Name of its kind; `None` is a plain page.
    pub kind: Option<String>,
    /// Its title.
    pub title: String,
    /// Where the title comes from.
    pub title_from: TitleFrom,
    /// The anchors of the H1 that became the title: its `{#id}` and its slug. They name the page's top.
    pub tops: Vec<Box<str>>,
    /// Where the title stands, for findings.
    pub title_span: Span,
    /// Its summary, plain text.
    pub summary: Option<String>,
    /// Whether the summary was taken from the lead, which is shown anyway.
    pub summary_from_lead: bool,
    /// Other names.
    pub aliases: Vec<Named>,
    /// The text, as HTML with holes.
    pub flow: Flow,
    /// Its sections, in the order of the text.
    pub sections: Vec<Section>,
    /// Its words, for the comparison of pages.
    pub stems: Stems,
    /// Its links, images, embeds and roles, in the order of the text.
    pub links: Vec<Link>,
    /// Its notes on other pages, in the order of the text.
    pub relations: Vec<Relation>,
    /// Its anchors besides sections and items: headings, `^id` blocks, `<a id>`.
    pub anchors: Vec<Anchor>,
    /// Headings for the organisation only, each with all that stands under it.
    pub internal: Vec<Span>,
    /// The footnotes: the inside of an ordered list.
    pub notes: Frag,
    /// What was found while reading.
    pub findings: Vec<Diagnostic>,
}

/// Where a page's title comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TitleFrom {
    /// `title` in the front matter.
    Front,
    /// A section that the kind marks as title.
    Section,
    /// The first H1.
    Heading,
    /// The file's name; such a title counts only as a stem when names are looked up.
    FileName,
}

/// What a page's front matter says.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// `title`.
    pub title: Option<Named>,
    /// `summary`.
    pub summary: Option<Named>,
    /// `kind`.
    pub kind: Option<Named>,
    /// `aliases`.
    pub aliases: Vec<Named>,
    /// `moved_from`.
    pub moved_from: Vec<Named>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `stage`.
    pub stage: Option<Named>,
    /// `owner`: a contact's id, or text.
    pub owner: Option<Named>,
    /// `authors`.
    pub authors: Vec<String>,
    /// `sources`: title and address.
    pub sources: Vec<(String, Option<String>)>,
    /// `created`, an ISO date.
    pub created: Option<String>,
    /// `updated`, an ISO date.
    pub updated: Option<String>,
    /// `reviewed`, an ISO date.
    pub reviewed: Option<String>,
    /// `review_every`.
    pub review_every: Option<Interval>,
    /// `status`.
    pub status: Status,
    /// `audience`; `None` where it could not be understood (such a page is left out for the public).
    pub audience: Option<Audience>,
    /// `related.pin`: names of pages.
    pub pin: Vec<Named>,
    /// `related.block`: names of pages.
    pub block: Vec<Named>,
    /// `order`: position in its folder.
    pub order: Option<f64>,
    /// `template`.
    pub template: Option<Named>,
    /// `extra`.
    pub extra: serde_json::Value,
    /// Whether all of it could be read; where not, the page is left out for the public.
    pub complete: bool,
    /// All of it, with its fences; empty where there is none.
    pub span: Span,
}

/// How far a page has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    /// Nothing said.
    #[default]
    Unsaid,
    /// Built only with `--drafts`.
    Draft,
    /// Proposed.
    Proposed,
    /// Reviewed.
    Reviewed,
    /// Kept and marked, never suggested.
    Retired,
}

impl Status {
    /// As in front matter; `None` where nothing was said.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Unsaid => None,
            Self::Draft => Some("draft"),
            Self::Proposed => Some("proposed"),
            Self::Reviewed => Some("reviewed"),
            Self::Retired => Some("retired"),
        }
    }
}

/// One section of a page.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its anchor.
    pub id: String,
    /// The heading as written, without markup; empty for the lead.
    pub heading: String,
    /// The heading's HTML.
    pub heading_html: Frag,
    /// The heading's own anchor, where it differs from `id`.
    pub heading_id: Option<String>,
    /// How it is written.
    pub form: Form,
    /// How it stands to its kind.
    pub standing: Standing,
    /// All of it, as a reader of the bare text would see it.
    pub body: Frag,
    /// What stands before its items; for prose everything.
    pub intro: Frag,
    /// What stands after its items.
    pub outro: Frag,
    /// H3s that group its items.
    pub groups: Vec<Group>,
    /// Its items.
    pub items: Vec<Item>,
    /// Headings of the two columns of pairs.
    pub columns: Vec<Frag>,
    /// Its heading in the source; for the lead the place before its first text.
    pub span: Span,
    /// A lead-in that ends in a colon with no list after it: where.
    pub dangling: Option<Span>,
}

/// How a section stands to the page's kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The kind lists it.
    Listed,
    /// The kind lists it and the page has it already.
    Repeated,
    /// The kind does not list it, and welcomes such sections (or the page has no kind).
    Free,
    /// The kind does not list it and expects only its own.
    Unknown,
}

/// An H3 in a section of items; without HTML it is a stretch of text between two lists under that H3.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its words, without markup.
    pub text: String,
    /// Its HTML.
    pub html: Frag,
    /// Its anchor.
    pub id: String,
    /// What stands between it and its items.
    pub intro: Frag,
}

impl Group {
    /// Text between two lists.
    fn between(intro: Frag) -> Self {
        Self { text: String::new(), html: Frag::default(), id: String::new(), intro }
    }
}

/// One item of a section: a bullet, a step, a driver, a pair, a condition, a note on another page.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its anchor.
    pub id: Arc<str>,
    /// Its group: an index into the section's `groups`.
    pub group: Option<u32>,
    /// Its label, or the left half of a pair.
    pub label: Frag,
    /// Its first paragraph without the label, or the right half of a pair; inline HTML.
    pub body: Frag,
    /// Blocks after the first paragraph.
    pub blocks: Frag,
    /// The roles to turn to.
    pub roles: Vec<Role>,
    /// Its note on another page: an index into the draft's `relations`.
    pub relation: Option<u32>,
    /// The draft's links that stand in it.
    pub links: std::ops::Range<u32>,
    /// Whether an earlier item has the same words, so that its anchor carries a number.
    pub twin: bool,
    /// Where it is written.
    pub span: Span,
}

/// A role named after `→`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// As written, without `@`.
    pub name: String,
    /// Whether it was written with `@` and contacts are kept: then it must be one of them.
    pub checked: bool,
    /// Where it stands.
    pub span: Span,
}

/// A note on another page.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The link that names the page; `None` where the name is plain text.
    pub link: Option<u32>,
    /// The name as written.
    pub name: String,
    /// The opening verb, as written and in lower case: "connects", "builds on".
    pub verb: Option<String>,
    /// Where they connect; empty if not said.
    pub connects: Frag,
    /// Where they differ; empty if not said.
    pub differs: Frag,
    /// Where it is written.
    pub span: Span,
}

/// Something a page points at.
#[derive(Debug, Clone)]
pub struct Link {
    /// How it points.
    pub kind: LinkKind,
    /// The name, path or address as written, decoded, without its fragment.
    pub target: String,
    /// What follows `#`, decoded.
    pub fragment: Option<String>,
    /// Whether it shows the thing itself: an image or an embed.
    pub shows: bool,
    /// Whether the author gave it words of its own.
    pub worded: bool,
    /// Alternative text of an image; the words of a link without markup.
    pub words: Box<str>,
    /// Title of a link or image.
    pub title: Box<str>,
    /// Width and height asked for.
    pub size: (Option<u32>, Option<u32>),
    /// All of it.
    pub span: Span,
    /// The target alone, for fixes.
    pub target_span: Span,
    /// The block it stands in: a paragraph, an item's text, a cell.
    pub block: Frag,
}

/// How a link points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `[[Name]]`.
    Wiki,
    /// `[words](path)`: relative to the page, or from the content root with `/`.
    Path,
    /// A web, mail or telephone address.
    External,
    /// `@role` of a known contact.
    Role,
    /// An address of a kind that is not allowed, shown as text.
    Refused,
    /// To something that the public is not shown: its words alone are left.
    Withheld,
}

/// A place on a page besides sections and items.
#[derive(Debug, Clone)]
pub struct Anchor {
    /// Its id.
    pub id: String,
    /// The heading as written; empty for other anchors.
    pub heading: String,
    /// What is shown where it is embedded.
    pub body: Frag,
}
