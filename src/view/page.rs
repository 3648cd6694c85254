//! The view of a page that an author wrote.

use super::fill::Filler;
use super::shelf::{Here, Shelf, stem};
use super::{
    BacklinkView, ContactView, Extra, GroupView, ItemView, LinkView, NoteView, PageView, PersonView, SectionView,
    SourceView, StopView, View,
};
use crate::graph::{BACKLINKS, Backlink, Target};
use crate::model::{Page, PageId, tag_key};
use crate::parse::{Item, Section, Standing};
use crate::prose::sentence;
use crate::route::{Route, encoded};

/// Backlinks of which the page that lists them all still gives the sentences.
const SENTENCES: usize = 500;

/// The order of a pattern's sections unless `section_order` says otherwise.
const ORDER: [&str; 10] =
    ["signals", "scenario", "meaning", "drivers", "worse", "helps", "say", "nearby", "escalate", "sources"];

/// Notes shown under "not quite what you are seeing?".
const NOT_QUITE: usize = 3;

impl<'s> Shelf<'s> {
    /// The view of the page `id`, at its own address.
    #[must_use]
    pub fn page_view(&self, id: PageId) -> Option<View> {
        let page = self.handbook.page(id)?;
        let here = Here { route: &page.route, prefix: None, bound: None, texts: None };
        let frame = self.frame(here, page.title(), page.draft.summary.clone());
        Some(View { frame, page: Some(self.written(id, page, here)), made: None, parts: Vec::new() })
    }

    /// What the author of a page wrote, as shown at `here`.
    pub(super) fn written(&self, id: PageId, page: &Page, here: Here<'_>) -> PageView {
        let mut filler = Filler::new(*self, here, (id, true));
        let sections = ordered(&page.draft.sections, page, &self.config.theme.section_order);
        let sections: Vec<SectionView> =
            sections.into_iter().map(|section| self.section(page, section, (&mut filler, here))).collect();
        let notes = page.draft.notes;
        let noted_by = self.noted_by(id, here);
        // What leads on from a page is for its own place.
        let alone = here.bound.is_none() && here.texts.is_none();
        let related = if alone { self.related(id, here) } else { Vec::new() };
        let front = &page.draft.front;
        let (previous, next) = self.neighbours(id, page, here);
        PageView {
            id: page.id().to_owned(),
            anchor: here.bound.map(|_| stem(&page.route).to_owned()),
            kind: page.kind_name().to_owned(),
            title: page.title().to_owned(),
            summary: page.draft.summary.clone().filter(|_| !page.draft.summary_from_lead),
            crumbs: self.crumbs(page, here),
            aliases: page.draft.aliases.iter().map(|alias| alias.text.clone()).collect(),
            tags: front.tags.iter().map(|tag| self.tag(tag, here)).collect(),
            stage: front.stage.as_ref().map(|stage| self.stage(&stage.text)),
            status: front.status.word().map(str::to_owned),
            owner: front.owner.as_ref().map(|owner| self.person(&owner.text, here)),
            authors: page.authors().to_vec(),
            created: front.created.clone(),
            updated: page.updated().map(str::to_owned),
            reviewed: front.reviewed.clone(),
            due: page.due.clone(),
            overdue: if alone { self.overdue(page) } else { None },
            not_quite: not_quite(&sections, &noted_by),
            not_quite_after: not_quite_after(&sections),
            ticks: first(&sections, "steps").map(|_| self.ticks(page)),
            steps: first(&sections, "steps").map(|section| LinkView { title: title(section), href: anchor(section) }),
            stop: first(&sections, "escalation").map(|section| stop(section, page)),
            noted_by,
            threads: alone.then(|| self.threads(id, &related, here)).flatten(),
            related,
            backlinks: if alone { self.backlinks(id, here) } else { Vec::new() },
            more_backlinks: if alone { self.graph.linking(id).count().saturating_sub(BACKLINKS) } else { 0 },
            all_backlinks: (alone && self.graph.is_crowded(id)).then(|| here.href(&page.links_route(), None)),
            contacts: self.named_contacts(page, here),
            sources: front.sources.iter().map(source).collect(),
            footnotes: Some(filler.html(notes)).filter(|html| !html.is_empty()),
            previous,
            next,
            area: self.handbook.area(page).map_or_else(String::new, |area| area.title.clone()),
            edit: self.edit(page),
            extra: Extra(front.extra.clone()),
            sections,
        }
    }

    fn section(&self, page: &Page, section: &Section, (filler, here): (&mut Filler<'s>, Here<'_>)) -> SectionView {
        // Titles that are cited are no use of a term.
        filler.marks(section.id != "sources");
        let intro = filler.running(section.intro);
        let mut groups: Vec<GroupView> = Vec::new();
        let mut last: Option<Option<u32>> = None;
        for item in &section.items {
            if last != Some(item.group) {
                let skipped = skipped(last, item.group);
                groups.extend(skipped.map(|index| group(section, index, (&mut *filler, (here, &page.route)))));
                last = Some(item.group);
            }
            let view = self.item(page, item, (filler, here));
            if let Some(group) = groups.last_mut() {
                group.items.push(view);
            }
        }
        let notes = groups.iter().flat_map(|group| &group.items).filter_map(|item| item.note.clone());
        SectionView {
            id: here.anchor(&page.route, &section.id),
            name: section.id.clone(),
            heading: (!section.heading.is_empty()).then(|| filler.html(section.heading_html)),
            heading_text: section.heading.clone(),
            heading_id: section.heading_id.as_ref().map(|id| here.anchor(&page.route, id)),
            form: section.form.name().to_owned(),
            intro,
            outro: filler.running(section.outro),
            relations: notes.collect(),
            columns: section.columns.iter().map(|column| filler.html(*column)).collect(),
            groups,
        }
    }

    fn item(&self, page: &Page, item: &Item, (filler, here): (&mut Filler<'s>, Here<'_>)) -> ItemView {
        ItemView {
            id: here.anchor(&page.route, &item.id),
            label: filler.html(item.label),
            html: filler.running(item.body),
            blocks: filler.running(item.blocks),
            note: item.relation.and_then(|note| self.note(page, note as usize, (filler, here))),
            roles: item.roles.iter().map(|role| self.person(&role.name, here)).collect(),
        }
    }

    /// What a stage is called: one that mendbook brings has a name in the handbook's language.
    fn stage(&self, stage: &str) -> String {
        let (wording, key) = (&self.handbook.wording, format!("stage.{stage}"));
        if wording.phrase(&key).is_some() { wording.say(&key, &[]) } else { stage.to_owned() }
    }

    /// A role or person: with a link where it is a contact.
    pub(super) fn person(&self, name: &str, here: Here<'_>) -> PersonView {
        let contact = self.config.contacts.iter().flatten().find(|contact| contact.id == name);
        let help = Route::made("help.html");
        let href = contact.filter(|_| self.makes(&help)).map(|contact| here.href(&help, Some(&contact.id)));
        PersonView { name: contact.map_or(name, |contact| contact.name.as_str()).to_owned(), href }
    }

    fn tag(&self, tag: &str, here: Here<'_>) -> LinkView {
        let route = Route::made(format!("tags/{}.html", tag_key(tag)));
        LinkView { title: tag.to_owned(), href: here.href(&route, None) }
    }

    /// A note that this page wrote.
    fn note(&self, page: &Page, index: usize, (filler, here): (&mut Filler<'s>, Here<'_>)) -> Option<NoteView> {
        let id = self.handbook.by_id(page.id())?;
        let relation = page.draft.relations.get(index)?;
        let about = self.graph.relations.get(id.index()).and_then(|about| about.get(index)).copied().flatten();
        let other = about.and_then(|about| self.handbook.page(about));
        let elsewhere = || relation.link.and_then(|link| filler.leads(page, link));
        let href = other.map(|other| here.href(&other.route, None)).or_else(elsewhere);
        let asked = relation.link.map(|link| self.graph.target(id, link));
        Some(NoteView {
            title: other.map_or_else(|| relation.name.clone(), |other| other.title().to_owned()),
            href,
            compare: about.and_then(|about| self.comparison((id, about), here)),
            wanted: matches!(asked, Some(Target::Wanted | Target::Draft(_))),
            verb: relation.verb.clone(),
            connects: sentence(&filler.html(relation.connects)),
            differs: sentence(&filler.html(relation.differs)),
            said_by: None,
        })
    }

    /// The notes that other pages wrote about this one.
    fn noted_by(&self, id: PageId, here: Here<'_>) -> Vec<NoteView> {
        let incoming = self.graph.notes_on(id);
        let notes = incoming.iter().filter_map(|note| {
            let from = self.handbook.page(note.from)?;
            let relation = from.draft.relations.get(note.relation as usize)?;
            let mut filler = Filler::new(*self, here, (note.from, false));
            Some(NoteView {
                title: from.title().to_owned(),
                href: Some(here.href(&from.route, None)),
                compare: self.comparison((id, note.from), here),
                wanted: false,
                verb: relation.verb.clone(),
                connects: sentence(&filler.html(relation.connects)),
                differs: sentence(&filler.html(relation.differs)),
                said_by: Some(from.title().to_owned()),
            })
        });
        notes.filter(|note| !note.connects.is_empty() || !note.differs.is_empty()).collect()
    }

    /// The first pages that link to one, each with its sentence.
    fn backlinks(&self, id: PageId, here: Here<'_>) -> Vec<BacklinkView> {
        self.graph.linking(id).take(BACKLINKS).filter_map(|link| self.backlink(link, here, true)).collect()
    }

    /// All of them; of very many without their sentences.
    pub(super) fn all_backlinks(&self, id: PageId, here: Here<'_>) -> Vec<BacklinkView> {
        let told = self.graph.linking(id).count() <= SENTENCES;
        self.graph.linking(id).filter_map(|link| self.backlink(link, here, told)).collect()
    }

    fn backlink(&self, link: &Backlink, here: Here<'_>, told: bool) -> Option<BacklinkView> {
        let from = self.handbook.page(link.from)?;
        Some(BacklinkView {
            title: from.title().to_owned(),
            href: here.href(&from.route, None),
            context: if told { from.draft.context(link.link) } else { String::new() },
        })
    }

    /// The folders above a page, from the top.
    pub(super) fn crumbs(&self, page: &Page, here: Here<'_>) -> Vec<LinkView> {
        let mut crumbs = Vec::new();
        let mut folder = page.folder();
        if page.front_page {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        while !folder.is_empty() {
            let route = Route::page(&format!("{folder}/index"));
            crumbs.push(LinkView { title: self.handbook.folder_title(folder), href: here.href(&route, None) });
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        crumbs.reverse();
        crumbs
    }

    fn neighbours(&self, id: PageId, page: &Page, here: Here<'_>) -> (Option<LinkView>, Option<LinkView>) {
        let area = page.area.and_then(|area| self.handbook.order.areas.get(area as usize));
        let (Some(area), Some(at)) = (area, self.handbook.order.places.get(id.index()).copied()) else {
            return (None, None);
        };
        let link = |index: Option<usize>| self.handbook.page(*area.get(index?)?).map(|page| self.link(page, here));
        (link(at.checked_sub(1)), link(Some(at + 1)))
    }

    fn named_contacts(&self, page: &Page, here: Here<'_>) -> Vec<ContactView> {
        let mut seen: Vec<&str> = Vec::new();
        let roles = page.draft.sections.iter().flat_map(|section| &section.items).flat_map(|item| &item.roles);
        for role in roles {
            if !seen.contains(&role.name.as_str()) {
                seen.push(&role.name);
            }
        }
        let contacts = self.config.contacts.as_deref().unwrap_or(&[]);
        let find = |name: &str| contacts.iter().find(|contact| contact.id == name);
        seen.into_iter().filter_map(find).map(|contact| self.contact(contact, here)).collect()
    }

    /// One browser keeps the ticks of many handbooks in one place: all sites of an organisation on a forge share an
    /// origin, and so do all files of a disk.
    fn ticks(&self, page: &Page) -> String {
        let handbook = self.config.base_url.as_ref().unwrap_or(&self.config.title);
        format!("{:016x}", xxhash_rust::xxh3::xxh3_64(format!("{handbook}\n{}", page.id()).as_bytes()))
    }

    fn edit(&self, page: &Page) -> Option<String> {
        self.config.on_forge("edit", &format!("{}{}", self.handbook.beside.prefix, page.draft.path))
    }
}

fn source((title, url): &(String, Option<String>)) -> SourceView {
    SourceView { title: title.clone(), url: url.clone() }
}

/// The groups between two items, to be shown even where one has no items of its own.
fn skipped(last: Option<Option<u32>>, next: Option<u32>) -> impl Iterator<Item = Option<usize>> {
    let from = last.flatten().map_or(0, |group| group as usize + 1);
    let to = next.map(|group| group as usize);
    let plain = (to.is_none()).then_some(None);
    plain.into_iter().chain((from..to.map_or(from, |to| to + 1)).map(Some))
}

fn group(
    section: &Section,
    index: Option<usize>,
    (filler, (here, route)): (&mut Filler<'_>, (Here<'_>, &Route)),
) -> GroupView {
    let group = index.and_then(|index| section.groups.get(index));
    GroupView {
        title: group.map_or_else(String::new, |group| filler.html(group.html)),
        id: group.filter(|group| !group.id.is_empty()).map(|group| here.anchor(route, &group.id)),
        intro: group.map_or_else(String::new, |group| filler.running(group.intro)),
        items: Vec::new(),
    }
}

/// The sections in the order they are shown; one that the order does not name stays behind the one it followed.
fn ordered<'p>(sections: &'p [Section], page: &Page, order: &[String]) -> Vec<&'p Section> {
    let place = |section: &Section| {
        let listed = section.standing == Standing::Listed && page.draft.kind.is_some();
        let own = order.iter().position(|id| *id == section.id);
        let usual = ORDER.iter().position(|id| *id == section.id).filter(|_| page.kind_name() == "pattern");
        if order.is_empty() { usual } else { own }.filter(|_| listed)
    };
    let mut keyed: Vec<(usize, &Section)> = Vec::with_capacity(sections.len());
    let mut key = 0;
    for section in sections {
        key = place(section).map_or(key, |at| at + 1);
        keyed.push((key, section));
    }
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, section)| section).collect()
}

/// "Not quite what you are seeing?": notes with a difference, the page's own first, each page once.
fn not_quite(sections: &[SectionView], noted_by: &[NoteView]) -> Vec<NoteView> {
    let mut notes: Vec<NoteView> = Vec::new();
    let own = sections.iter().flat_map(|section| &section.relations);
    for note in own.chain(noted_by).filter(|note| !note.differs.is_empty() && note.href.is_some()) {
        if notes.len() < NOT_QUITE && notes.iter().all(|other| other.href != note.href) {
            notes.push(note.clone());
        }
    }
    notes
}

/// The section that "Not quite what you are seeing?" follows: the reader has seen the signals by then.
fn not_quite_after(sections: &[SectionView]) -> Option<String> {
    let called = |id: &str| sections.iter().find(|section| section.name == id);
    called("scenario").or_else(|| called("signals")).map(|section| section.name.clone())
}

/// The first section that is written in a form and has something in it.
fn first<'v>(sections: &'v [SectionView], form: &str) -> Option<&'v SectionView> {
    sections.iter().find(|section| section.form == form && !section.groups.is_empty())
}

fn title(section: &SectionView) -> String {
    section.heading_text.clone()
}

fn anchor(section: &SectionView) -> String {
    format!("#{}", encoded(&section.id))
}

/// An escalation section in short.
fn stop(section: &SectionView, page: &Page) -> StopView {
    let written = page.draft.sections.iter().filter(|written| written.id == section.name);
    let reasons = written.flat_map(|written| reasons(written, page)).collect();
    StopView { title: title(section), href: anchor(section), reasons }
}

/// The conditions of an escalation section, each by its label, else in full.
pub(crate) fn reasons(section: &Section, page: &Page) -> Vec<String> {
    let flow = &page.draft.flow;
    let reason = |item: &Item| {
        let label = flow.text(item.label);
        sentence(&if label.is_empty() { flow.text(item.body) } else { label })
    };
    section.items.iter().map(reason).collect()
}
