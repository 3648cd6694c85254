//! The views of the pages that mendbook makes.

use std::collections::BTreeMap;

use super::fill::Filler;
use super::page::sentence;
use super::shelf::{Here, Shelf};
use super::{
    AreaView, CardView, ConditionView, ContactView, DriverView, GlossaryView, HelpView, LetterView, LinkView, Made,
    PersonView, PlaceView, SignalView, TagView, View, WantedView,
};
use crate::config::Contact;
use crate::kinds::{Form, fold};
use crate::model::{MadeKind, MadePage, Page, PageId};
use crate::parse::{Item, Section, slug};
use crate::route::Route;

/// Signals that the home page shows of each place.
const SIGNALS_AT_HOME: usize = 4;

/// Pages reviewed lately that the home page shows.
const REVIEWED: usize = 5;

impl<'s> Shelf<'s> {
    /// The view of a made page, with the page an author wrote at the same address.
    #[must_use]
    pub fn made_view(&self, made: &'s MadePage) -> View {
        let prefix = self.config.base_path();
        let here = Here { route: &made.route, prefix: (made.kind == MadeKind::NotFound).then_some(prefix) };
        let written = self.known.written.get(&made.route);
        let written = written.and_then(|id| Some((*id, self.handbook.page(*id)?)));
        let title =
            written.filter(|(_, page)| !page.is_unnamed()).map_or(made.title.as_str(), |(_, page)| page.title());
        let description = written.and_then(|(_, page)| page.draft.summary.clone());
        let described =
            description.or_else(|| (made.kind == MadeKind::Home).then(|| self.config.description.clone()).flatten());
        let mut frame = self.frame(here, title, described);
        // An address that only leads on says which one is meant.
        let target = match &made.kind {
            MadeKind::Moved(page) => self.handbook.page(*page).map(|page| &page.route),
            MadeKind::Instead(route) => Some(route),
            _ => None,
        };
        if let Some(target) = target {
            frame.canonical = self.config.base_url.as_ref().map(|base| target.absolute(base));
        }
        View {
            frame,
            page: written.map(|(id, page)| self.written(id, page, here)),
            made: Some(self.made_part(&made.kind, here)),
        }
    }

    fn made_part(&self, kind: &MadeKind, here: Here<'s>) -> Made {
        match kind {
            MadeKind::Home => self.home(here),
            MadeKind::Folder(folder) => self.folder(folder, here),
            MadeKind::Tags => {
                let tag = |(key, (title, pages)): (&String, &(String, Vec<PageId>))| TagView {
                    title: title.clone(),
                    href: here.href(&Route::made(format!("tags/{key}.html")), None),
                    count: pages.len(),
                };
                Made::Tags { tags: self.known.tags.iter().map(tag).collect() }
            }
            MadeKind::Tag(key) => {
                let (tag, pages) = self.known.tags.get(key).cloned().unwrap_or_default();
                Made::Tag { tag, pages: self.cards(pages, here) }
            }
            MadeKind::Signals => Made::Signals { places: self.places(here, usize::MAX) },
            MadeKind::Drivers => self.drivers(here),
            MadeKind::Help => self.help(here),
            MadeKind::Glossary => self.glossary(here),
            MadeKind::Wanted => self.wanted(here),
            MadeKind::NotFound => Made::NotFound,
            MadeKind::Moved(page) => {
                let target = self.handbook.page(*page).map(|page| self.link(page, here));
                Made::Redirect { target: target.unwrap_or(LinkView { title: String::new(), href: here.root() }) }
            }
            MadeKind::Instead(route) => {
                let made = self.known.made.get(route).and_then(|made| self.made.get(*made));
                let title = made.map_or("", |made| made.title.as_str());
                Made::Redirect { target: LinkView { title: title.to_owned(), href: here.href(route, None) } }
            }
        }
    }

    fn home(&self, here: Here<'s>) -> Made {
        let signals = Route::made("signals.html");
        let mut areas: Vec<(usize, AreaView)> = Vec::new();
        for (area, pages) in self.handbook.areas.iter().zip(&self.known.areas) {
            let kind = pages.first().and_then(|id| self.handbook.page(*id)).map_or("page", Page::kind_name);
            let rank = ["pattern", "guide", "essay"].iter().position(|known| *known == kind).unwrap_or(4);
            // Terms have the glossary.
            if kind == "term" {
                continue;
            }
            let front = Route::page(&if area.folder.is_empty() {
                "index".to_owned()
            } else {
                format!("{}/index", area.folder)
            });
            let view = AreaView {
                title: area.title.clone(),
                href: Some(here.href(&front, None)),
                pages: self.cards(pages.iter().copied(), here),
            };
            areas.push((rank, view));
        }
        areas.sort_by_key(|(rank, _)| *rank);
        let contacts = self.config.contacts.as_deref().unwrap_or(&[]);
        Made::Home {
            places: self.places(here, SIGNALS_AT_HOME),
            areas: areas.into_iter().map(|(_, area)| area).collect(),
            contacts: contacts.iter().map(|contact| self.contact(contact, here)).collect(),
            reviewed: self.reviewed(here),
            signals: self.makes(&signals).then(|| here.href(&signals, None)),
        }
    }

    fn reviewed(&self, here: Here<'_>) -> Vec<CardView> {
        let dated = self.handbook.all().filter_map(|(id, page)| Some((page.draft.front.reviewed.as_ref()?, id)));
        let mut dated: Vec<_> = dated.collect();
        dated.sort_by(|a, b| b.0.cmp(a.0).then(a.1.cmp(&b.1)));
        self.cards(dated.into_iter().take(REVIEWED).map(|(_, id)| id), here)
    }

    fn folder(&self, folder: &str, here: Here<'_>) -> Made {
        let folders = self.known.inside.get(folder).into_iter().flatten().map(|other| {
            let front = self.handbook.folders.get(other).copied().flatten().and_then(|id| self.handbook.page(id));
            let href = here.href(&Route::page(&format!("{other}/index")), None);
            let title = self.handbook.folder_title(other);
            let summary = front.and_then(|page| page.draft.summary.clone());
            CardView { title, href, summary, kind: "folder".to_owned(), area: None, status: None }
        });
        let pages = self.known.folders.get(folder).into_iter().flatten().copied();
        Made::Folder { folders: folders.collect(), pages: self.cards(pages, here) }
    }

    /// Every item of the sections called `id`, with its page, in the order of areas.
    fn items(&self, id: &'static str) -> impl Iterator<Item = (PageId, &'s Page, &'s Section, &'s Item)> + use<'s> {
        let shelf = *self;
        let pages =
            shelf.known.areas.iter().flatten().filter_map(move |page| Some((*page, shelf.handbook.page(*page)?)));
        let live = pages.filter(|(_, page)| page.is_live());
        live.filter_map(move |(number, page)| Some((number, page, page.section(id)?)))
            .flat_map(|(number, page, section)| section.items.iter().map(move |item| (number, page, section, item)))
    }

    fn said(&self, (id, page, item): (PageId, &Page, &Item), here: Here<'s>) -> SignalView {
        let mut filler = Filler::new(*self, here, (id, false));
        SignalView {
            html: unlinked(&filler.html(item.body)),
            href: here.href(&page.route, Some(&item.id)),
            page: self.link(page, here),
        }
    }

    /// Signals by the place they show in, in the order of `places`; those without one by area.
    fn places(&self, here: Here<'s>, most: usize) -> Vec<PlaceView> {
        let known = &self.config.places;
        let mut places: BTreeMap<(usize, String), PlaceView> = BTreeMap::new();
        for (id, page, section, item) in self.items("signals") {
            let group =
                item.group.and_then(|group| section.groups.get(group as usize)).filter(|group| !group.text.is_empty());
            let area = || self.handbook.area(page).map_or_else(String::new, |area| area.title.clone());
            let title = group.map_or_else(area, |group| group.text.clone());
            let rank = known.iter().position(|place| fold(place) == fold(&title)).unwrap_or(known.len());
            let place = places.entry((rank, fold(&title))).or_insert_with(|| PlaceView {
                id: slug(&title),
                title,
                signals: Vec::new(),
            });
            // At home one signal of a page says enough: more pages are seen.
            let told = most != usize::MAX && place.signals.iter().any(|signal| signal.page.title == page.title());
            if place.signals.len() < most && !told {
                place.signals.push(self.said((id, page, item), here));
            }
        }
        places.into_values().collect()
    }

    fn drivers(&self, here: Here<'s>) -> Made {
        let mut drivers: BTreeMap<String, DriverView> = BTreeMap::new();
        for (id, page, _, item) in self.items("drivers") {
            let label = page.draft.flow.text(item.label);
            if label.is_empty() {
                continue;
            }
            let driver = drivers.entry(fold(&label)).or_insert_with(|| DriverView { label, uses: Vec::new() });
            driver.uses.push(self.said((id, page, item), here));
        }
        let mut letters: Vec<LetterView> = Vec::new();
        for driver in drivers.into_values() {
            let first = driver.label.chars().find(|c| c.is_alphanumeric()).unwrap_or('#');
            let letter: String = first.to_uppercase().collect();
            match letters.last_mut().filter(|last| last.letter == letter) {
                Some(last) => last.drivers.push(driver),
                None => letters.push(LetterView { letter, drivers: vec![driver] }),
            }
        }
        Made::Drivers { letters }
    }

    fn help(&self, here: Here<'s>) -> Made {
        let contacts = self.config.contacts.as_deref().unwrap_or(&[]);
        let mut help: Vec<HelpView> = contacts
            .iter()
            .map(|contact| HelpView { contact: self.contact(contact, here), conditions: Vec::new() })
            .collect();
        let mut others = Vec::new();
        for area in self.known.areas.iter().flatten() {
            let Some(page) = self.handbook.page(*area).filter(|page| page.is_live()) else { continue };
            for item in page
                .draft
                .sections
                .iter()
                .filter(|section| section.form == Form::Escalation)
                .flat_map(|section| &section.items)
            {
                let condition = self.condition((*area, page, item), here);
                let known =
                    item.roles.iter().filter_map(|role| contacts.iter().position(|contact| contact.id == role.name));
                let known: Vec<usize> = known.collect();
                if known.is_empty() {
                    others.push(condition.clone());
                }
                for index in known {
                    if let Some(help) = help.get_mut(index) {
                        help.conditions.push(condition.clone());
                    }
                }
            }
        }
        Made::Help { contacts: help, others }
    }

    fn condition(&self, (id, page, item): (PageId, &Page, &Item), here: Here<'s>) -> ConditionView {
        let mut filler = Filler::new(*self, here, (id, false));
        ConditionView {
            label: Some(page.draft.flow.text(item.label)).filter(|label| !label.is_empty()),
            html: sentence(filler.html(item.body)),
            href: here.href(&page.route, Some(&item.id)),
            page: self.link(page, here),
        }
    }

    /// A contact, with its addresses as links.
    pub(super) fn contact(&self, contact: &Contact, here: Here<'_>) -> ContactView {
        let how =
            |text: &String| PersonView { name: text.trim_start_matches("mailto:").to_owned(), href: address(text) };
        ContactView {
            id: contact.id.clone(),
            name: contact.name.clone(),
            when: contact.when.clone(),
            how: contact.how.iter().map(how).collect(),
            href: here.href(&Route::made("help.html"), Some(&contact.id)),
        }
    }

    fn glossary(&self, here: Here<'_>) -> Made {
        let mut entries: Vec<GlossaryView> = Vec::new();
        for page in self.handbook.pages.iter().filter(|page| !page.front_page) {
            let href = here.href(&page.route, None);
            if page.kind_name() == "term" {
                let summary = page.draft.summary.clone();
                entries.push(GlossaryView { term: page.title().to_owned(), href: href.clone(), summary, see: None });
            }
            for alias in page.draft.aliases.iter().filter(|_| page.draft.kind.is_some()) {
                let see = Some(page.title().to_owned());
                entries.push(GlossaryView { term: alias.text.clone(), href: href.clone(), summary: None, see });
            }
        }
        entries.sort_by_cached_key(|entry| (entry.term.to_lowercase(), entry.href.clone()));
        Made::Glossary { entries }
    }

    fn wanted(&self, here: Here<'_>) -> Made {
        let entries = self.graph.wanted.iter().map(|wanted| WantedView {
            name: wanted.name.clone(),
            asked_by: wanted
                .asked_by
                .iter()
                .filter_map(|id| self.handbook.page(*id))
                .map(|page| self.link(page, here))
                .collect(),
        });
        Made::Wanted { entries: entries.collect() }
    }
}

/// A contact's address as a link: a web address, or what looks like mail or a telephone number.
fn address(text: &str) -> Option<String> {
    let bare = text.trim();
    if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| bare.starts_with(scheme)) {
        return Some(super::fill::external(bare));
    }
    let mail = bare.contains('@') && !bare.contains(char::is_whitespace) && bare.split('@').count() == 2;
    let phone =
        bare.starts_with('+') && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')'));
    if mail {
        return Some(super::fill::external(&format!("mailto:{bare}")));
    }
    phone.then(|| format!("tel:{}", bare.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>()))
}

/// Finished HTML without its links, for where the whole text is a link.
fn unlinked(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest
        .find("<a")
        .or_else(|| rest.find("</a>"))
        .map(|first| rest.find("</a>").map_or(first, |close| close.min(first)))
    {
        out.push_str(rest.get(..at).unwrap_or(""));
        let tag = rest.get(at..).unwrap_or("");
        let anchor = tag.starts_with("</a>") || tag.starts_with("<a ") || tag.starts_with("<a>");
        let end = if anchor { tag.find('>').map_or(tag.len(), |end| end + 1) } else { 2 };
        if !anchor {
            out.push_str(tag.get(..2).unwrap_or(""));
        }
        rest = tag.get(end..).unwrap_or("");
    }
    out.push_str(rest);
    out
}
