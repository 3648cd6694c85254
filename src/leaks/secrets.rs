//! What is secret and what is published: both are gathered from the sources, and neither from the output.

use std::collections::HashSet;
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use super::pieces::Joined;
use super::reading::read;
use super::words::{Numbers, Phrases, Words, is_number, run, words};
use super::{RUN, Secret, Secrets};
use crate::audience::Withheld;
use crate::config::{Config, Contact};
use crate::graph::Graph;
use crate::kinds::Kinds;
use crate::model::{Handbook, MadePage, join};
use crate::parse::{Draft, Link, LinkKind, without_comments};
use crate::source::Span;
use crate::theme::PLAIN;

/// Fewest letters of an address.
const SHORT: usize = 4;

/// What a proof is made from.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// What the public is not shown.
    pub withheld: &'a Withheld,
    /// What it is shown.
    pub handbook: &'a Handbook,
    /// The links in it.
    pub graph: &'a Graph,
    /// What `site.toml` says, without internal contacts.
    pub config: &'a Config,
    /// The kinds of page.
    pub kinds: &'a Kinds,
    /// The pages that are made of it.
    pub made: &'a [MadePage],
}

/// Secrets as they are gathered.
struct Gathered<'a> {
    secrets: Secrets,
    exact: Vec<String>,
    seen: HashSet<String>,
    /// Paths below `static/`: whoever puts a file there publishes it.
    statics: HashSet<&'a str>,
    /// Runs that are made of pieces.
    joined: Joined,
    /// Names that are published: a list of them is no secret.
    known: Phrases,
}

impl Material<'_> {
    /// Whatever stands in an internal source, and which runs of it are made of pieces.
    pub(super) fn secrets(&self) -> (Secrets, Joined) {
        let mut gathered = Gathered {
            secrets: Secrets::default(),
            exact: Vec::new(),
            seen: HashSet::new(),
            statics: self.handbook.statics.iter().map(|file| file.path.as_str()).collect(),
            joined: Joined::default(),
            known: self.known(),
        };
        for draft in self.withheld.pages.iter().chain(self.handbook.drafts.iter()) {
            gathered.page(draft);
            gathered.front(draft);
            gathered.text(draft);
        }
        self.withheld.parts.iter().for_each(|draft| gathered.text(draft));
        let site: Arc<str> = self.config.source.as_ref().map_or("site.toml", |source| source.path()).into();
        self.withheld.contacts.iter().for_each(|contact| gathered.contact(contact, &site));
        let Gathered { mut secrets, exact, joined, .. } = gathered;
        secrets.open = vec![false; secrets.list.len()];
        secrets.exact = AhoCorasick::builder().ascii_case_insensitive(true).build(&exact).ok();
        (secrets, joined)
    }

    /// Titles, aliases, summaries, tags and headings that the public reads: lists are made of them.
    fn known(&self) -> Phrases {
        let mut known = Phrases::default();
        let mut add = |name: &str| known.add(&words(name).list, 0);
        for page in &self.handbook.pages {
            add(page.title());
            add(page.draft.summary.as_deref().unwrap_or(""));
            page.draft.aliases.iter().for_each(|alias| add(&alias.text));
            page.draft.front.tags.iter().for_each(|tag| add(tag));
            page.draft.sections.iter().for_each(|section| add(&section.heading));
        }
        for section in self.kinds.list.iter().flat_map(|kind| &kind.sections) {
            section.accept.iter().chain([&section.heading]).for_each(|heading| add(heading));
        }
        known
    }

    /// Everything that is meant to be read in public, page by page, and then what belongs to no page.
    pub(super) fn published(&self) -> impl ParallelIterator<Item = String> {
        let pages = self.handbook.pages.par_iter().map(|page| text(&page.draft, page.route.path()));
        pages.chain(PLAIN.par_iter().filter_map(|(_, bytes)| interface(bytes))).chain(rayon::iter::once(self.site()))
    }

    /// What is published and stands on no page.
    fn site(&self) -> String {
        let linked = self.graph.linked_assets();
        let mut site: Vec<&str> = vec![&self.config.title, &self.config.language, &self.config.branch];
        let (config, contacts) = (self.config, self.config.contacts.iter().flatten());
        site.extend(
            [&config.description, &config.base_url, &config.repository, &config.domain]
                .into_iter()
                .flatten()
                .map(String::as_str),
        );
        site.extend(
            config.stages.iter().chain(&config.places).chain(config.synonyms.iter().flatten()).map(String::as_str),
        );
        for contact in contacts {
            site.extend([contact.id.as_str(), &contact.name, contact.when.as_deref().unwrap_or("")]);
            site.extend(contact.how.iter().map(String::as_str));
        }
        for section in self.kinds.list.iter().flat_map(|kind| &kind.sections) {
            site.extend(section.accept.iter().chain([&section.heading]).map(String::as_str));
        }
        let assets = self.handbook.assets.iter().enumerate().filter(|(index, _)| linked.contains(index));
        site.extend(assets.map(|(_, asset)| asset.path.as_str()));
        // A folder of which only the page is internal has an address all the same.
        site.extend(self.made.iter().map(|made| made.route.path()));
        site.join("\n")
    }
}

/// The words of a file of the embedded theme: every handbook shows them. What a handbook's own theme says counts as little
/// as a file in `static/`.
fn interface(bytes: &[u8]) -> Option<String> {
    // Without what joins them: they make nobody's address public.
    std::str::from_utf8(bytes).ok().map(|text| text.replace(|c: char| !c.is_alphanumeric(), " "))
}

/// All that a published page says, with its addresses.
fn text(draft: &Draft, route: &str) -> String {
    let front = &draft.front;
    let mut lines = vec![draft.id.as_str(), route, &draft.title, draft.summary.as_deref().unwrap_or("")];
    lines.extend(draft.aliases.iter().chain(&front.moved_from).chain(&front.owner).map(|named| named.text.as_str()));
    lines.extend(front.tags.iter().chain(&front.authors).map(String::as_str));
    lines.extend(front.sources.iter().flat_map(|(title, href)| [Some(title.as_str()), href.as_deref()]).flatten());
    let places: Vec<String> = draft.links.iter().filter_map(|link| path(draft, link)).collect();
    lines.extend(places.iter().map(String::as_str));
    lines.extend(draft.links.iter().flat_map(|link| [link.target.as_str(), &link.words, &link.title]));
    let extra = front.extra.to_string();
    // As it is written too: published Markdown says it in that way.
    let written = without_comments(body(draft));
    lines.extend([draft.flow.raw(draft.flow.since(0)), &extra, &written]);
    lines.join("\n")
}

/// A page's text as it is written, behind its front matter.
fn body(draft: &Draft) -> &str {
    draft.source.text().get(draft.body as usize..).unwrap_or("")
}

/// The path below the content that a link to a file or page means.
fn path(draft: &Draft, link: &Link) -> Option<String> {
    let folder = draft.id.rsplit_once('/').map_or("", |(folder, _)| folder);
    (link.kind == LinkKind::Path).then(|| bare(&join(folder, &link.target)).to_owned())
}

/// Whether a path is that of a file other than a page.
fn has_ending(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

/// An address without what says that it is a page.
fn bare(address: &str) -> &str {
    let address = address.trim_matches('/');
    [".md", ".html"].iter().find_map(|end| address.strip_suffix(end)).unwrap_or(address)
}

impl Gathered<'_> {
    fn add(&mut self, what: String, (path, span): (&Arc<str>, Span)) -> u32 {
        self.secrets.list.push(Secret { what, path: Arc::clone(path), span });
        u32::try_from(self.secrets.list.len() - 1).unwrap_or(u32::MAX)
    }

    fn name(&mut self, what: &str, name: &str, (least, place): (usize, (&Arc<str>, Span))) {
        let words = words(name).list;
        if words.len() >= least {
            let number = self.add(format!("{what} `{name}`"), place);
            self.secrets.names.add(&words, number);
        }
    }

    fn exactly(&mut self, what: &str, text: &str, place: (&Arc<str>, Span)) {
        if text.len() >= SHORT && self.seen.insert(text.to_owned()) {
            let number = self.add(format!("{what} `{text}`"), place);
            self.exact.push(text.to_owned());
            self.secrets.patterns.push(number);
        }
    }

    /// A page that is not shown at all: its id, its names and its old addresses.
    fn page(&mut self, draft: &Draft) {
        let place = (&draft.path, draft.title_span);
        if draft.id.contains('/') {
            self.exactly("the id of an internal page:", &draft.id, place);
            self.exactly("the address of an internal page:", &draft.id.replace(' ', "-"), place);
            // As a comparison names it.
            let dotted = draft.id.replace(' ', "-").replace('/', ".");
            self.exactly("the id of an internal page:", &format!("{dotted}--"), place);
            self.exactly("the id of an internal page:", &format!("--{dotted}"), place);
        }
        self.name("the title of an internal page:", &draft.title, (2, place));
        for alias in &draft.aliases {
            self.name("another name of an internal page:", &alias.text, (2, (&draft.path, alias.span)));
        }
        for old in draft.front.moved_from.iter().filter(|old| bare(&old.text).contains('/')) {
            self.exactly("an old address of an internal page:", bare(&old.text), (&draft.path, old.span));
        }
    }

    /// Front matter that is not shown. Each line by itself: keys and short values follow each other in data as well.
    fn front(&mut self, draft: &Draft) {
        let place = (&draft.path, Span::default());
        let front = draft.source.text().get(..draft.body as usize).unwrap_or("");
        self.addresses(front, place);
        let number = self.add("words of an internal source".to_owned(), place);
        front.lines().for_each(|line| self.runs(words(&read(line.as_bytes()).bare), number));
    }

    /// A text that is not shown, or not all of it: addresses, and every run of words.
    fn text(&mut self, draft: &Draft) {
        let place = (&draft.path, Span::default());
        for link in &draft.links {
            let place = (&draft.path, link.span);
            let file = path(draft, link).filter(|path| has_ending(path) && !self.statics.contains(path.as_str()));
            file.iter().for_each(|path| self.exactly("the path of an internal file:", path, place));
            if link.kind == LinkKind::External {
                self.exactly("an address from an internal source:", address(&link.target), place);
            }
        }
        self.addresses(body(draft), place);
        let number = self.add("words of an internal source".to_owned(), place);
        for text in [body(draft), draft.flow.raw(draft.flow.since(0))] {
            self.runs(words(&read(text.as_bytes()).bare), number);
        }
    }

    /// Addresses that stand in a text.
    fn addresses(&mut self, text: &str, place: (&Arc<str>, Span)) {
        let words = text.split(|c: char| c.is_whitespace() || "<>()[]{}\"'`|,;".contains(c));
        for word in words.filter(|word| is_address(word)) {
            self.exactly("an address from an internal source:", address(word), place);
        }
    }

    fn contact(&mut self, contact: &Contact, site: &Arc<str>) {
        let place = (site, contact.span);
        self.name("the name of an internal contact:", &contact.name, (1, place));
        for how in &contact.how {
            if is_address(how) || how.contains(':') {
                self.exactly("the address of an internal contact:", address(how), place);
            } else {
                self.name("how to reach an internal contact:", how, (1, place));
            }
        }
        let number = self.add("words of an internal contact".to_owned(), place);
        self.runs(words(contact.when.as_deref().unwrap_or("")), number);
    }

    /// Every run of words that is more than a list of numbers or of published names, with a word such as "and" beside them.
    fn runs(&mut self, mut words: Words, number: u32) {
        let mut known = vec![false; words.list.len()];
        for at in 0..words.list.len() {
            for (length, _) in self.known.at(words.list.get(at..).unwrap_or(&[])) {
                known.iter_mut().skip(at).take(length).for_each(|known| *known = true);
                // A published name is a piece by itself, whatever stands beside it.
                for edge in [at, at + length].into_iter().filter(|_| length > 1) {
                    words.parted.iter_mut().skip(edge).take(1).for_each(|parted| *parted = true);
                }
            }
        }
        let runs: &mut Numbers<u32> = &mut self.secrets.runs;
        for (at, (list, known)) in words.list.windows(RUN).zip(known.windows(RUN)).enumerate() {
            let own = known.iter().filter(|known| !**known).count();
            if own > 1 && list.iter().filter(|word| is_number(**word)).count() <= RUN / 2 {
                runs.entry(run(list)).or_insert(number);
                self.joined.add(&words, at);
            }
        }
    }
}

/// Whether a word is a mail address or leads to a place in the web.
fn is_address(word: &str) -> bool {
    let mail =
        word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.trim_matches('.').contains('.'));
    mail || word.contains("://")
}

/// An address without its scheme and without what may stand at its end.
fn address(word: &str) -> &str {
    let word = word.split_once("://").map_or(word, |(_, rest)| rest);
    let word = ["mailto:", "tel:", "sms:"].iter().find_map(|scheme| word.strip_prefix(scheme)).unwrap_or(word);
    word.trim_end_matches(['.', ':', '!', '?', '/', '*', '_', '#'])
}
