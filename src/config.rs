//! `site.toml`, read: every key optional, every mistake a finding, never a failure.

use std::sync::Arc;

use crate::data::Node;
use crate::diag::Severity;
use crate::source::{Source, Span};

mod contacts;
mod interval;
mod languages;
mod read;
mod reference;
mod values;
pub use read::read;
pub use reference::{REFERENCE, keys_of};

/// What `site.toml` says, with the defaults filled in.
#[derive(Debug, Clone)]
pub struct Config {
    /// Title of the handbook. Empty where `site.toml` gives none, until the words of the handbook's language are known.
    pub title: String,
    /// One or two sentences about it.
    pub description: Option<String>,
    /// BCP 47 language tag ("en").
    pub language: String,
    /// Full address of the published handbook, ending in `/`.
    pub base_url: Option<String>,
    /// Where the sources are kept, as a web address without a trailing `/`.
    pub repository: Option<String>,
    /// The branch that links to sources name ("main").
    pub branch: String,
    /// Own domain; writes `CNAME`.
    pub domain: Option<String>,
    /// Whether search engines may index the pages (true).
    pub index: bool,
    /// What happens to raw HTML in pages.
    pub html: HtmlPolicy,
    /// The lifecycle stages, in order.
    pub stages: Vec<String>,
    /// The order of signal places.
    pub places: Vec<String>,
    /// How often a page wants a review, if nothing else is said.
    pub review_every: Option<Interval>,
    /// Names that may stay wanted without a finding.
    pub allow_wanted: Vec<String>,
    /// Whom to turn to; `None` where there is no `[contacts]` table.
    pub contacts: Option<Vec<Contact>>,
    /// `[kinds]` as written; `kinds` reads it.
    pub kinds: Option<Node>,
    /// `[checks]`: what a check counts as here.
    pub checks: Vec<CheckLevel>,
    /// `[limits]`.
    pub limits: Limits,
    /// `[related] count`: cards a page shows (6).
    pub related_count: usize,
    /// `[search] synonyms`: groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// `[words]`: further words for what is recognised in English.
    pub words: Words,
    /// `[theme]`.
    pub theme: ThemeConfig,
    /// `[build] output` ("public"), as written.
    pub output: String,
    /// `[build] audience`.
    pub audience: Audience,
    /// Whether somebody named that audience: nothing internal is published by default.
    pub audience_named: bool,
    /// `site.toml` itself, for findings that point into it.
    pub source: Option<Arc<Source>>,
}

/// What is done with raw HTML in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HtmlPolicy {
    /// Allowed elements and attributes pass, everything else becomes text.
    Safe,
    /// All of it is shown as text.
    Text,
    /// Every author is trusted.
    Allow,
}

/// Who may read a page, and for whom a site is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everyone.
    Public,
    /// The organisation.
    Internal,
}

/// A span of time between two reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Interval {
    /// Days.
    Days(u32),
    /// Calendar months.
    Months(u32),
    /// Calendar years.
    Years(u32),
}

/// Someone a page can send its reader to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The role, as pages write it after `@`.
    pub id: String,
    /// Name shown to readers.
    pub name: String,
    /// When to turn to them.
    pub when: Option<String>,
    /// Addresses, links or plain text.
    pub how: Vec<String>,
    /// Who may see it.
    pub audience: Audience,
    /// Shown in place of an internal role that is left out.
    pub fallback: bool,
    /// Where it is defined in `site.toml`.
    pub span: Span,
}

/// One line of `[checks]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckLevel {
    /// Name of the check.
    pub check: String,
    /// What it counts as; `None` is "off".
    pub severity: Option<Severity>,
    /// Where the key stands.
    pub span: Span,
}

/// Sizes above which a page is refused or cut; RELIABILITY C3 gives the defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limits {
    /// Bytes of a page (4 MiB).
    pub page: usize,
    /// Bytes of front matter (64 KiB).
    pub front_matter: usize,
    /// Characters of a title (300).
    pub title: usize,
    /// Headings, and links, a page may have (20,000 each).
    pub headings: usize,
    /// Bytes of a file's name (255).
    pub name: usize,
    /// Characters after which an indexed word is cut (64).
    pub word: usize,
    /// Bytes of a file that is copied (100 MiB); from half of it on there is a warning.
    pub file: usize,
    /// Bytes of all files that are copied (800 MiB), above which there is a warning.
    pub site: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page: 4 << 20,
            front_matter: 64 << 10,
            title: 300,
            headings: 20_000,
            name: 255,
            word: 64,
            file: 100 << 20,
            site: 800 << 20,
        }
    }
}

/// `[theme]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeConfig {
    /// Folders under `themes/`, the first wins; the embedded `plain` is always below them.
    pub layers: Vec<Named>,
    /// Order of a pattern's sections, by id; empty: the theme's own.
    pub section_order: Vec<String>,
    /// A colour in place of indigo, as `#rrggbb`.
    pub accent: Option<Named>,
    /// Whether the theme's own fonts are used.
    pub fonts: Fonts,
    /// Path of a logo below content or static.
    pub logo: Option<Named>,
    /// Path of a favicon below content or static.
    pub favicon: Option<Named>,
}

/// A text of `site.toml` and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The text.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// Which fonts the pages use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fonts {
    /// The theme's.
    Theme,
    /// The system's.
    System,
}

/// Words that mean something in a page, each with its English spellings and those of `[words]`, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Words {
    /// Open the `connects` half of a relation.
    pub connects: Vec<String>,
    /// Join such a word with its clause: because, through, since …
    pub joining: Vec<String>,
    /// Open the `differs` half.
    pub differs: Vec<String>,
    /// "When …" in an escalation.
    pub when: Vec<String>,
    /// `Say:` in a step.
    pub say: Vec<String>,
    /// `Check:`.
    pub check: Vec<String>,
    /// `Instead of:`.
    pub instead: Vec<String>,
    /// `Formula:`.
    pub formula: Vec<String>,
    /// `Example:`.
    pub example: Vec<String>,
    /// `Warning:`.
    pub warning: Vec<String>,
    /// `Myth:`.
    pub myth: Vec<String>,
    /// `In fact:`.
    pub fact: Vec<String>,
}

impl Default for Words {
    fn default() -> Self {
        let list = |words: &str| words.split('|').map(str::to_owned).collect();
        Self {
            connects: list(
                "connects|connected|connect|related|relates|overlaps|overlap|linked|links|builds on|contrasts|similar|shares",
            ),
            joining: list("because|through|since|as|in that|in|where|with|by|to|when|on"),
            differs: list("differs|differ|different|difference"),
            when: list("when|if|as soon as"),
            say: list("say"),
            check: list("check"),
            instead: list("instead of|instead"),
            formula: list("formula"),
            example: list("example"),
            warning: list("warning"),
            myth: list("myth"),
            fact: list("in fact|fact|reality"),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        let list = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Self {
            title: String::new(),
            description: None,
            language: "en".to_owned(),
            base_url: None,
            repository: None,
            branch: "main".to_owned(),
            domain: None,
            index: true,
            html: HtmlPolicy::Safe,
            stages: list(&["early-signs", "breach", "repair", "restored"]),
            places: list(&["In meetings", "In messages and reports", "In plans and numbers", "In how people act"]),
            review_every: None,
            allow_wanted: Vec::new(),
            contacts: None,
            kinds: None,
            checks: Vec::new(),
            limits: Limits::default(),
            related_count: 6,
            synonyms: Vec::new(),
            words: Words::default(),
            theme: ThemeConfig {
                layers: Vec::new(),
                section_order: Vec::new(),
                accent: None,
                fonts: Fonts::Theme,
                logo: None,
                favicon: None,
            },
            output: "public".to_owned(),
            audience: Audience::Internal,
            audience_named: false,
            source: None,
        }
    }
}

impl Config {
    /// Where the forge shows (`blob`, `tree`) or edits (`edit`) a path of the repository.
    #[must_use]
    pub fn on_forge(&self, what: &str, path: &str) -> Option<String> {
        let repository = self.repository.as_ref()?;
        // A forge of one's own mostly has its program's name in its address.
        let is = |names: &[&str]| names.iter().any(|name| repository.contains(name));
        let editing = what == "edit";
        let (folder, query) = if is(&["gitlab"]) {
            (format!("-/{what}"), "")
        } else if is(&["codeberg", "gitea", "forgejo"]) {
            (if editing { "_edit" } else { "src/branch" }.to_owned(), "")
        } else if is(&["bitbucket"]) {
            ("src".to_owned(), if editing { "?mode=edit" } else { "" })
        } else {
            (what.to_owned(), "")
        };
        let mut href = format!("{repository}/{folder}/{}/", self.branch);
        crate::route::encode_into(path, &mut href);
        href.push_str(query);
        Some(href)
    }

    /// The path of the published handbook on its host, `/` or `/repo/`; `/` while `base_url` is unknown.
    #[must_use]
    pub fn base_path(&self) -> &str {
        let url = self.base_url.as_deref().unwrap_or("");
        let host = values::host_of(url).map_or(url.len(), |host| url.find("://").map_or(0, |at| at + 3) + host.len());
        url.get(host..).filter(|path| path.starts_with('/')).unwrap_or("/")
    }
}

#[cfg(test)]
mod tests;
