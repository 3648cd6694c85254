//! All that a template may see: plain values, finished links, no spans and no clock.
//!
//! Equal views give equal bytes. A change of a type here is a change in CHANGELOG, because themes
//! rely on it; the manual's page on themes lists these fields.

use serde::Serialize;

mod article;
mod feeds;
mod fill;
mod finder;
mod frame;
mod keepers;
mod listed;
mod lists;
mod made;
mod map;
mod page;
mod pair;
mod parts;
mod print;
mod related;
mod shelf;
mod terms;
mod threads;

pub use feeds::Feed;
pub use keepers::{
    CountsView, CoverAreaView, CoverCellView, CoverColumnView, CoverRowView, CoverTableView, CoverageView, DueView,
    ReviewView, TurnView, WantedView,
};
pub use listed::{
    AreaView, ChapterView, ConditionView, DriverView, FoundView, GlossaryView, HelpView, LetterView, PartView,
    PlaceView, ReviewedView, SignalView, TagView,
};
pub use map::{
    ArcView, CellView, ElsewhereView, LinesView, MapAreaView, MapDataView, MapEndView, MapLineView, MapTiesView,
    MapView, RowView, SkyAreaView, SkyView, StarView, TieCountView,
};
pub(crate) use page::reasons;
pub use pair::{CompareDataView, FacingView, PairLineView, PairView, PairsView, PointView, SideView};
pub use parts::{
    BacklinkView, ContactView, GroupView, ItemView, NoteView, PersonView, RelatedView, SectionView, SourceView,
    StopView,
};
pub use shelf::{Known, Shelf};
pub use terms::Terms;
pub use threads::{ThreadView, ThreadsView};

/// What one template gets.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct View {
    /// What every page of the site has; its fields are at the top level of the context.
    #[serde(flatten)]
    pub frame: Frame,
    /// The page an author wrote at this address, if one did.
    pub page: Option<PageView>,
    /// The part that mendbook makes at this address, if it makes one.
    pub made: Option<Made>,
    /// Where the made part is too long for one page: the pages of its parts.
    pub parts: Vec<PartView>,
}

/// What every page of the site has.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct Frame {
    /// The way to the site's root: `""`, `"../"` …; for `404.html` the path of the base URL.
    pub root: String,
    /// Language tag of the handbook.
    pub language: String,
    /// The direction it is written in: `ltr` or `rtl`.
    pub dir: &'static str,
    /// Title of the handbook.
    pub site_title: String,
    /// Link to the home page.
    pub home: String,
    /// Where the search box leads without a script: to the signals, where there are any.
    pub find: String,
    /// Whether the theme's fonts are used.
    pub fonts: bool,
    /// The logo of `site.toml`, to stand before the handbook's title.
    pub logo: Option<ImageView>,
    /// Link to the favicon of `site.toml`.
    pub favicon: Option<String>,
    /// Title of this page.
    pub title: String,
    /// One or two sentences, plain text.
    pub description: Option<String>,
    /// Full address of this page, where the base URL is known.
    pub canonical: Option<String>,
    /// Link to the Atom feed, where there is one.
    pub feed: Option<String>,
    /// Link to this page as Markdown, if an author wrote it.
    pub markdown: Option<String>,
    /// Language and country as social networks write them: `en_GB`; none where no country is named.
    pub locale: Option<String>,
    /// Whether search engines are asked to leave it out.
    pub noindex: bool,
    /// The top bar's links.
    pub menu: Vec<MenuLink>,
    /// The footer's links.
    pub footer: Vec<MenuLink>,
}

/// A picture.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct ImageView {
    /// Where it lies.
    pub src: String,
    /// Its size in pixels, where it says so.
    pub width: Option<u32>,
    /// See `width`.
    pub height: Option<u32>,
}

/// A link of a menu.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct MenuLink {
    /// What it leads to: `signals`, `patterns`, `map`, `help` …, for styles and icons.
    pub id: String,
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// Whether it leads to this page.
    pub current: bool,
}

/// A link with its words.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct LinkView {
    /// Its words, plain text.
    pub title: String,
    /// Where it leads.
    pub href: String,
}

/// How other pages know a page.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct CardView {
    /// Its title.
    pub title: String,
    /// Link to it.
    pub href: String,
    /// One or two sentences, plain text.
    pub summary: Option<String>,
    /// Name of its kind, or `page`.
    pub kind: String,
    /// Its area, said only where two pages share a title.
    pub area: Option<String>,
    /// `draft`, `proposed`, `retired` …
    pub status: Option<String>,
}

/// A page an author wrote.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
pub struct PageView {
    /// Its id.
    pub id: String,
    /// Where it is bound with others for print: its anchor there.
    pub anchor: Option<String>,
    /// Name of its kind, or `page`.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The summary its author wrote; none where it is taken from the lead (which is shown anyway).
    pub summary: Option<String>,
    /// The way down to it: folders from the top.
    pub crumbs: Vec<LinkView>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Its tags.
    pub tags: Vec<LinkView>,
    /// What the lifecycle stage is called.
    pub stage: Option<String>,
    /// `draft`, `proposed`, `reviewed`, `retired`.
    pub status: Option<String>,
    /// Who keeps it; the link leads to the contact on the help page.
    pub owner: Option<PersonView>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// ISO dates: when it was made, changed, reviewed, and is due for review.
    pub created: Option<String>,
    /// See `created`.
    pub updated: Option<String>,
    /// See `created`.
    pub reviewed: Option<String>,
    /// See `created`.
    pub due: Option<String>,
    /// "Last reviewed 14 months ago": said on the page's own address alone, and only where its review is overdue.
    pub overdue: Option<String>,
    /// The sections in the order they are shown; the lead (`meaning` of a pattern) is one of them.
    pub sections: Vec<SectionView>,
    /// Nearby patterns by the `differs` half of their notes, from both ends: "not quite what you are seeing?".
    pub not_quite: Vec<NoteView>,
    /// The id of the section after which they are shown: the scenario, else the signals.
    pub not_quite_after: Option<String>,
    /// Link to the first section of steps.
    pub steps: Option<LinkView>,
    /// By what name a browser keeps the ticks of this page's steps, unlike every other page's; none without steps.
    pub ticks: Option<String>,
    /// When to stop and get support, in short.
    pub stop: Option<StopView>,
    /// Notes that other pages wrote about this one, quoted as theirs.
    pub noted_by: Vec<NoteView>,
    /// Pages that help next.
    pub related: Vec<RelatedView>,
    /// The pages that this one is tied to, drawn and listed; none where there are no such pages.
    pub threads: Option<ThreadsView>,
    /// Pages that link here, with the sentence in which they do.
    pub backlinks: Vec<BacklinkView>,
    /// How many further backlinks are not listed.
    pub more_backlinks: usize,
    /// Link to the page that lists them all.
    pub all_backlinks: Option<String>,
    /// The contacts that this page's escalation names, once each.
    pub contacts: Vec<ContactView>,
    /// Sources given in front matter.
    pub sources: Vec<SourceView>,
    /// The footnotes, finished HTML (a list), or nothing.
    pub footnotes: Option<String>,
    /// The page before this one in its area.
    pub previous: Option<LinkView>,
    /// The page after this one in its area.
    pub next: Option<LinkView>,
    /// The words by which that area is known.
    pub area: String,
    /// Where a change can be suggested.
    pub edit: Option<String>,
    /// `extra` of the front matter, as it is.
    pub extra: Extra,
}

/// Front matter's `extra`: any JSON value; hashed by its text.
#[derive(Debug, Clone, Serialize, PartialEq, Eq, Default)]
#[serde(transparent)]
pub struct Extra(pub serde_json::Value);

impl std::hash::Hash for Extra {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_string().hash(state);
    }
}

/// The part of a page that mendbook makes. `made.part` names it in a template.
#[derive(Debug, Clone, Serialize, Hash, PartialEq, Eq)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Made {
    /// `index.html`.
    Home {
        /// Signals to begin from, by where they show.
        places: Vec<PlaceView>,
        /// Pages by area, patterns first.
        areas: Vec<AreaView>,
        /// When not to mend alone.
        contacts: Vec<ContactView>,
        /// Reviewed lately.
        reviewed: Vec<ReviewedView>,
        /// Link to all signals, if there are any.
        signals: Option<String>,
    },
    /// A folder's front page.
    Folder {
        /// Folders inside.
        folders: Vec<CardView>,
        /// Pages inside.
        pages: Vec<CardView>,
    },
    /// `tags.html`.
    Tags {
        /// Every tag.
        tags: Vec<TagView>,
    },
    /// `tags/TAG.html`.
    Tag {
        /// The tag as written.
        tag: String,
        /// Its pages.
        pages: Vec<CardView>,
        /// Link to its Atom feed, if one of them is dated.
        feed: Option<String>,
    },
    /// `signals.html`.
    Signals {
        /// Signals by place, else by area.
        places: Vec<PlaceView>,
        /// The patterns they speak for, where ticks are counted without a script.
        patterns: Vec<FoundView>,
        /// On the page of one place: link to the first page.
        whole: Option<String>,
        /// Link to the page that compares any two patterns.
        compare: Option<String>,
        /// Where the pages of pairs lie, if they have pages: the way to the folder, with its slash.
        pairs: Option<String>,
    },
    /// `drivers.html`.
    Drivers {
        /// By first letter of the driver.
        letters: Vec<LetterView>,
    },
    /// `help.html`.
    Help {
        /// Contacts with what sends a reader to them.
        contacts: Vec<HelpView>,
        /// Criteria that name no contact.
        others: Vec<ConditionView>,
    },
    /// `glossary.html`.
    Glossary {
        /// Terms and names also used, A to Z.
        entries: Vec<GlossaryView>,
    },
    /// `map.html`, `map/AREA.html`.
    Map(MapView),
    /// `compare.html`.
    Compare {
        /// Pairs by the area of their first page; none where they are too many.
        areas: Vec<PairsView>,
        /// Whether there are too many pairs for a list and for pages of their own.
        many: bool,
        /// For the script that compares any two pages.
        data: CompareDataView,
    },
    /// `compare/A--B.html`.
    Pair(PairView),
    /// `print.html`, `print/AREA.html`.
    Print {
        /// The pages by area.
        chapters: Vec<ChapterView>,
    },
    /// `links/ID.html`.
    Links {
        /// That page.
        of: LinkView,
        /// Every page that links to that one.
        backlinks: Vec<BacklinkView>,
    },
    /// `review.html`.
    Review(ReviewView),
    /// `coverage.html`.
    Coverage(CoverageView),
    /// `wanted.html`.
    Wanted {
        /// The pages for those who keep the handbook.
        keep: Vec<MenuLink>,
        /// Pages that are asked for and not written, most wanted first.
        entries: Vec<WantedView>,
    },
    /// `search.html`.
    Search {
        /// Lists that are found without searching.
        ways: Vec<LinkView>,
    },
    /// `404.html`.
    NotFound {
        /// As in `search.html`.
        ways: Vec<LinkView>,
        /// Link to `compare.html`, if there is one: it shows what an address in `compare/` would.
        compare: Option<String>,
    },
    /// The page that leads from an old address to the new one.
    Redirect {
        /// Where to.
        target: LinkView,
    },
}
