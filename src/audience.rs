//! The handbook that the public may see: what is internal leaves before anything is made of the rest, so that nothing
//! that is made later can tell of it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::config::{Audience, Config, Contact};
use crate::diag::Diagnostic;
use crate::graph::{Graph, Target, followed, is_embed};
use crate::kinds::Kinds;
use crate::model::{Found, Handbook, Page, PageId, Parts};
use crate::parse::{self, Draft, Link, LinkKind, Reading};
use crate::prose::counted;
use crate::source::Span;

mod roles;

/// What the public is not shown.
#[derive(Debug, Default)]
pub struct Withheld {
    /// Pages.
    pub pages: Vec<Arc<Draft>>,
    /// Pages of which a part is not shown, with that part.
    pub parts: Vec<Arc<Draft>>,
    /// Contacts.
    pub contacts: Vec<Contact>,
    /// What keeps something from being left out, and why a page is left out that may be meant for the public.
    pub findings: Vec<Diagnostic>,
}

impl Withheld {
    /// Whether all is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.parts.is_empty() && self.contacts.is_empty()
    }

    /// "2 pages, 1 page in part and 1 contact"; nothing where all is shown.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let counts = [(self.pages.len(), "page"), (self.parts.len(), "page in part"), (self.contacts.len(), "contact")];
        let words: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(*count, what)).collect();
        let (last, others) = words.split_last()?;
        Some(if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) })
    }

    /// Whether all of a page is hidden from the public, or a part of it.
    #[must_use]
    pub fn hides(&self, id: &str) -> bool {
        self.pages.iter().chain(&self.parts).any(|draft| draft.id == id)
    }

    /// Whether a finding says that something is missing which was left out.
    #[must_use]
    pub fn explains(&self, finding: &Diagnostic) -> bool {
        let thin = ["missing-section", "too-few-items", "empty-page"].contains(&finding.check);
        let path = finding.place.as_ref().map(|place| &place.path);
        let told = finding.check == "unknown-contact" && self.findings.iter().any(|own| own.place == finding.place);
        told || thin && self.parts.iter().any(|draft| Some(&draft.path) == path)
    }
}

/// Whether a page may not be shown as it is, or says nothing that can be relied on.
#[must_use]
pub fn is_internal(draft: &Draft) -> bool {
    draft.front.audience != Some(Audience::Public)
}

/// The contacts that the public may not see.
pub fn internal_contacts(config: &Config) -> impl Iterator<Item = &Contact> {
    config.contacts.iter().flatten().filter(|contact| contact.audience != Audience::Public)
}

/// Take out of a handbook, and of what `site.toml` says, all that is internal.
#[must_use]
pub fn public(parts: Parts, (config, kinds): (&mut Config, &Kinds)) -> (Parts, Withheld) {
    let contacts: Vec<Contact> = internal_contacts(config).cloned().collect();
    let open = |draft: &Arc<Draft>| !is_internal(draft) && draft.internal.is_empty();
    if contacts.is_empty() && parts.drafts.iter().all(open) {
        return (parts, Withheld::default());
    }
    let (whole, clashes) = Book::new(parts.clone(), (config, kinds));
    let reading = roles::reading((config, kinds), &parts.wording);
    for list in config.contacts.iter_mut() {
        list.retain(|contact| contact.audience == Audience::Public);
    }
    let (pages, shown): (Vec<_>, Vec<_>) = parts.drafts.iter().cloned().partition(|draft| is_internal(draft));
    let mut cut = Cut { reading, contacts: &contacts, hidden: BTreeMap::new(), findings: doubts(&pages) };
    // A page that has lost its address to another one cannot be compared with itself.
    cut.findings.extend(clashes);
    let people: Vec<&str> = contacts.iter().map(|contact| contact.name.as_str()).collect();
    let parts = Parts { history: Arc::new(parts.history.without(&people)), ..parts };
    let cut_once: Vec<Arc<Draft>> = shown.iter().map(|draft| cut.first(draft)).collect();
    let (first, _) = Book::new(Parts { drafts: cut_once.clone(), ..parts.clone() }, (config, kinds));
    let drafts: Vec<Arc<Draft>> = shown.iter().zip(cut_once).map(|drafts| cut.last(drafts, (&whole, &first))).collect();
    let cut_pages = shown.into_iter().filter(|draft| cut.hidden.contains_key(&draft.id)).collect();
    let findings = cut.findings;
    (Parts { drafts, ..parts }, Withheld { pages, parts: cut_pages, contacts, findings })
}

/// What is said of pages that are left out because nobody can tell for whom they are.
fn doubts(pages: &[Arc<Draft>]) -> Vec<Diagnostic> {
    let doubtful = pages.iter().filter(|draft| draft.front.audience.is_none());
    let about_front =
        |finding: &&Diagnostic| ["bad-front-matter", "wrong-type", "unknown-key", "too-large"].contains(&finding.check);
    doubtful.flat_map(|draft| draft.findings.iter().filter(about_front)).cloned().collect()
}

/// A handbook and its links.
struct Book {
    handbook: Handbook,
    graph: Graph,
}

impl Book {
    fn new(parts: Parts, (config, kinds): (&Config, &Kinds)) -> (Book, Vec<Diagnostic>) {
        let (handbook, findings) = Handbook::new(parts, config, kinds);
        let (_, _, graph) = followed(&handbook, (config, kinds));
        (Book { handbook, graph }, findings)
    }

    fn page(&self, id: &str) -> Option<(PageId, &Page)> {
        let number = self.handbook.by_id(id)?;
        Some((number, self.handbook.page(number)?))
    }

    fn id(&self, page: PageId) -> Option<&str> {
        self.handbook.page(page).map(Page::id)
    }
}

/// Pages on their way to the public.
struct Cut<'a> {
    reading: Reading,
    contacts: &'a [Contact],
    /// For each page of which a part is not shown, by its id, that part.
    hidden: BTreeMap<String, Vec<Span>>,
    findings: Vec<Diagnostic>,
}

impl Cut<'_> {
    /// A page without its internal sections, and with the contact that stands for those who are not shown.
    fn first(&mut self, draft: &Arc<Draft>) -> Arc<Draft> {
        let named = roles::names_any(draft, self.contacts);
        if draft.internal.is_empty() && !named {
            return Arc::clone(draft);
        }
        if !draft.internal.is_empty() {
            self.hidden.insert(draft.id.clone(), draft.internal.clone());
        }
        let mut shown = self.read(draft, &draft.internal);
        roles::forget(&mut shown, self.contacts);
        self.findings.extend(roles::alone(&shown, self.contacts));
        Arc::new(shown)
    }

    fn read(&self, draft: &Draft, hidden: &[Span]) -> Draft {
        parse::draft(&Arc::new(parse::without(&draft.source, hidden)), &draft.id, &self.reading)
    }

    /// A page without links to anything that is not shown. What leads somewhere in the whole handbook, and elsewhere or
    /// nowhere in the one without internal pages and sections, leads to something internal.
    fn last(&mut self, (draft, cut_once): (&Arc<Draft>, Arc<Draft>), (whole, first): (&Book, &Book)) -> Arc<Draft> {
        let (Some((was, before)), Some((is, page))) = (whole.page(&draft.id), first.page(&draft.id)) else {
            // A draft, of which nothing is shown.
            return cut_once;
        };
        let lost = lost((whole, was, before), (first, is, page));
        let (pin, block) = (
            wishes(&page.draft.front.pin, page, (whole, first)),
            wishes(&page.draft.front.block, page, (whole, first)),
        );
        if lost.is_empty() && pin.is_empty() && block.is_empty() {
            return cut_once;
        }
        let mut spans = notes_and_embeds((whole, was), (first, is, page), &lost);
        let inside = |link: &Link| spans.iter().any(|span| span.start <= link.span.start && link.span.end <= span.end);
        let bare: Vec<&Link> =
            lost.iter().filter_map(|index| page.draft.links.get(*index)).filter(|link| !inside(link)).collect();
        self.findings.extend(bare.iter().filter(|link| !has_words(link)).map(|link| wordless(&page.draft, link)));
        let bare: HashSet<Span> = bare.into_iter().map(|link| link.span).collect();
        spans.extend(self.hidden.get(&draft.id).into_iter().flatten());
        let mut shown = self.read(draft, &spans);
        if !spans.is_empty() {
            self.hidden.insert(draft.id.clone(), spans);
        }
        roles::forget(&mut shown, self.contacts);
        let mut names: Vec<Span> = pin.iter().chain(&block).copied().collect();
        for link in shown.links.iter_mut().filter(|link| bare.contains(&link.span)) {
            names.push(link.target_span);
            withhold(link);
        }
        shown.front.pin.retain(|name| !pin.contains(&name.span));
        shown.front.block.retain(|name| !block.contains(&name.span));
        shown.source = Arc::new(parse::without(&shown.source, &names));
        Arc::new(shown)
    }
}

/// The links of a page that lead to something internal, by their numbers.
fn lost((whole, was, before): (&Book, PageId, &Page), (first, is, page): (&Book, PageId, &Page)) -> Vec<usize> {
    let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    let old: HashMap<Span, usize> = before.draft.links.iter().map(|link| link.span).zip(0..).collect();
    let goes = |(index, link): &(usize, &Link)| {
        let leads = first.graph.target(is, number(*index));
        match old.get(&link.span) {
            Some(old) => !is_same((whole, whole.graph.target(was, number(*old))), (first, leads)),
            // A link only because something beside it is hidden: nobody knows what its name would mean.
            None => matches!(leads, Target::Wanted | Target::Dead | Target::Draft(_) | Target::NoAnchor(_)),
        }
    };
    page.draft.links.iter().enumerate().filter(goes).map(|(index, _)| index).collect()
}

/// Whether a link leads where it led, as far as it led anywhere.
fn is_same((whole, led): (&Book, &Target), (first, leads): (&Book, &Target)) -> bool {
    let draft = |book: &Book, index: usize| book.handbook.drafts.get(index).map(|draft| draft.id.clone());
    match (led, leads) {
        (Target::Page(was, there), Target::Page(is, here)) => whole.id(*was) == first.id(*is) && there == here,
        (Target::NoAnchor(was), Target::NoAnchor(is)) => whole.id(*was) == first.id(*is),
        (Target::Draft(was), Target::Draft(is)) => draft(whole, *was) == draft(first, *is),
        (Target::Made(was), Target::Made(is)) => was == is,
        (Target::Asset(was), Target::Asset(is)) => was == is,
        (Target::Contact(_), Target::Contact(_)) => true,
        // More than one page had the name: as long as one is left, an author's slip is told and nothing else.
        (Target::Several(_), Target::Several(_) | Target::Page(..) | Target::NoAnchor(_)) => true,
        (
            Target::Page(..)
            | Target::NoAnchor(_)
            | Target::Several(_)
            | Target::Draft(_)
            | Target::Made(_)
            | Target::Asset(_),
            _,
        ) => false,
        // An internal contact without another in its place is told by itself.
        _ => true,
    }
}

/// Names among a page's wishes that mean something internal.
fn wishes(names: &[crate::config::Named], page: &Page, (whole, first): (&Book, &Book)) -> BTreeSet<Span> {
    let found = |book: &Book, name: &str| match book.handbook.names.find(name, page.folder()) {
        Found::Page(id, _) => book.id(id).map(str::to_owned),
        Found::Draft(index) => book.handbook.drafts.get(index).map(|draft| draft.id.clone()),
        Found::Several(_) | Found::Nothing => None,
    };
    let gone = |name: &&crate::config::Named| {
        let meant = found(whole, &name.text);
        meant.is_some() && meant != found(first, &name.text)
    };
    names.iter().filter(gone).map(|name| name.span).collect()
}

/// Notes on something internal, and embeds of it: they go with all their words.
fn notes_and_embeds(
    (whole, was): (&Book, PageId),
    (first, is, page): (&Book, PageId, &Page),
    lost: &[usize],
) -> Vec<Span> {
    let draft = &page.draft;
    let goes = |link: Option<u32>| link.is_some_and(|link| lost.contains(&(link as usize)));
    let about: BTreeMap<Span, Option<&str>> = whole.page(page.id()).map_or_else(BTreeMap::new, |(_, before)| {
        let about = whole.graph.about(was).iter().map(|about| about.and_then(|about| whole.id(about)));
        before.draft.relations.iter().map(|note| note.span).zip(about).collect()
    });
    let item = |item: &&crate::parse::Item| {
        let Some(index) = item.relation.map(|index| index as usize) else { return false };
        let Some(note) = draft.relations.get(index) else { return false };
        let is_about = first.graph.about(is).get(index).copied().flatten().and_then(|about| first.id(about));
        let was_about = about.get(&note.span).copied().flatten();
        goes(note.link) || was_about.is_some() && was_about != is_about
    };
    let items = draft.sections.iter().flat_map(|section| &section.items).filter(item).map(|item| item.span);
    let embeds = lost.iter().filter_map(|index| draft.links.get(*index)).filter(|link| is_embed(link));
    items.chain(embeds.map(|link| link.span)).collect()
}

/// Whether a link has words that can stand without it.
fn has_words(link: &Link) -> bool {
    if link.kind == LinkKind::Wiki { link.worded } else { !link.words.trim().is_empty() }
}

/// A link to something internal becomes its words: where it led is not kept.
fn withhold(link: &mut Link) {
    link.kind = LinkKind::Withheld;
    link.target.clear();
    link.fragment = None;
    link.title = "".into();
}

/// A link to something internal that has no words of its own.
fn wordless(draft: &Draft, link: &Link) -> Diagnostic {
    let fragment = link.fragment.as_deref().map_or_else(String::new, |fragment| format!("#{fragment}"));
    let name = format!("{}{fragment}", link.target);
    let message = format!("`{name}` is internal, and the link to it has no words that the public may read");
    let finding = Diagnostic::new("internal-link", message).at(&draft.path, link.span);
    finding
        .hint(format!("give it words of its own: `[[{name}|words]]`; or put it below a heading with `{{.internal}}`"))
}
