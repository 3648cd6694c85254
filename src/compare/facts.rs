//! A page as a list of facts that can be told apart: its title, its signals, its notes on other pages, its links.

use std::collections::HashSet;

use super::Part;
use crate::graph::Target;
use crate::kinds::Form;
use crate::model::{Page, PageId, fold_name};
use crate::parse::{Item, Link, LinkKind, Section};
use crate::site::Site;

/// One thing that a page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    /// What it is about.
    pub(super) part: Part,
    /// By what it is known again: an item's anchor, a section's id, the page that a note is about.
    pub(super) key: String,
    /// Of a note: the name as it is written, by which the note is known where no page has that name.
    pub(super) written: String,
    /// What is compared.
    pub(super) value: String,
    /// What is shown.
    pub(super) text: String,
    /// Of a link: whether it leads nowhere, or to a page that is not there yet.
    pub(super) broken: bool,
    /// Of a link: whether it is the name in a note, and told with that unless it leads nowhere.
    pub(super) noted: bool,
}

impl Fact {
    fn new(part: Part, key: impl Into<String>, text: String) -> Self {
        Self { part, key: key.into(), written: String::new(), value: text.clone(), text, broken: false, noted: false }
    }
}

/// The facts of a page. `now` gives the id that a page has in the later state, so that a page which moved is no other.
pub(super) fn facts(site: &Site, id: PageId, now: &dyn Fn(&str) -> String) -> Vec<Fact> {
    let Some(page) = site.handbook.page(id) else { return Vec::new() };
    let mut facts = vec![Fact::new(Part::Title, "title", page.title().to_owned())];
    facts.extend(details(page));
    for section in &page.draft.sections {
        of_section(page, section, &mut facts);
    }
    facts.extend(relations(site, (id, page), now));
    facts.extend(links(site, (id, page), now));
    facts
}

/// What the front matter says; the key is the word by which it is told.
fn details(page: &Page) -> Vec<Fact> {
    let front = &page.draft.front;
    let named = |named: &Option<crate::config::Named>| named.as_ref().map(|named| named.text.clone());
    let aliases: Vec<&str> = page.draft.aliases.iter().map(|alias| alias.text.as_str()).collect();
    let all = [
        ("summary", page.draft.summary.clone().filter(|_| !page.draft.summary_from_lead)),
        ("kind", page.draft.kind.clone()),
        ("status", front.status.word().map(str::to_owned)),
        ("stage", named(&front.stage)),
        ("owner", named(&front.owner)),
        ("reviewed", front.reviewed.clone()),
        ("tags", Some(front.tags.join(", "))),
        ("aliases", Some(aliases.join(", "))),
    ];
    let said = all.into_iter().filter_map(|(key, value)| Some((key, value.filter(|value| !value.is_empty())?)));
    said.map(|(key, value)| Fact::new(Part::Detail, key, value)).collect()
}

fn of_section(page: &Page, section: &Section, facts: &mut Vec<Fact>) {
    let flow = &page.draft.flow;
    let part = match (section.id.as_str(), section.form) {
        ("signals", _) => Some(Part::Signal),
        ("drivers", _) => Some(Part::Driver),
        (_, Form::Steps) => Some(Part::Step),
        (_, Form::Escalation) => Some(Part::Condition),
        _ => None,
    };
    let name = if section.heading.is_empty() { "the lead" } else { &section.heading };
    // The items of these are facts of their own; what stands round them is the section's.
    let around = [flow.text(section.intro), flow.text(section.outro)].join("\n");
    let text = match part {
        Some(part) => {
            facts.extend(section.items.iter().map(|item| of_item(page, (part, item))));
            around
        }
        None if section.form == Form::Relations => around,
        None => flow.text(section.body),
    };
    facts.push(Fact { value: text, ..Fact::new(Part::Section, section.id.as_str(), name.to_owned()) });
}

fn of_item(page: &Page, (part, item): (Part, &Item)) -> Fact {
    let flow = &page.draft.flow;
    let (label, body) = (flow.text(item.label), flow.text(item.body));
    let text = if label.is_empty() { body } else { format!("{label}: {body}") };
    let roles: Vec<String> = item.roles.iter().map(|role| format!("@{}", role.name)).collect();
    let text = if roles.is_empty() { text } else { format!("{text} → {}", roles.join(", ")) };
    let value = format!("{text}\n{}", flow.text(item.blocks));
    Fact { value, ..Fact::new(part, &*item.id, text) }
}

fn relations(site: &Site, (id, page): (PageId, &Page), now: &dyn Fn(&str) -> String) -> Vec<Fact> {
    let about = site.graph.about(id);
    let flow = &page.draft.flow;
    let notes = page.draft.relations.iter().zip(about).map(|(relation, about)| {
        let to = about.and_then(|about| site.handbook.page(about));
        let clauses = [("connects", relation.connects), ("differs", relation.differs)];
        let said = clauses.map(|(word, clause)| (word, flow.text(clause)));
        let said: Vec<String> = said
            .iter()
            .filter(|(_, clause)| !clause.is_empty())
            .map(|(word, clause)| format!("{word}: {clause}"))
            .collect();
        let name = to.map_or(relation.name.as_str(), |to| to.title());
        let key = to.map_or_else(|| fold_name(&relation.name), |to| now(to.id()));
        let said = said.join("; ");
        let text = if said.is_empty() { name.to_owned() } else { format!("{name} ({said})") };
        Fact { value: said, written: fold_name(&relation.name), ..Fact::new(Part::Relation, key, text) }
    });
    notes.collect()
}

/// Links in running text, and then the names in notes on other pages, each destination once.
fn links(site: &Site, (id, page): (PageId, &Page), now: &dyn Fn(&str) -> String) -> Vec<Fact> {
    let named: HashSet<u32> = page.draft.relations.iter().filter_map(|relation| relation.link).collect();
    let mut seen = HashSet::new();
    let mut facts = Vec::new();
    let shown = |(_, link): &(u32, &Link)| !matches!(link.kind, LinkKind::Role | LinkKind::Withheld);
    for (index, link) in (0..).zip(&page.draft.links).filter(shown) {
        let target = site.graph.target(id, index);
        let fact = of_link(site, (id, link), (target, now));
        facts.push(Fact { noted: named.contains(&index), ..fact });
    }
    facts.sort_by_key(|fact| fact.noted);
    facts.retain(|fact| seen.insert((fact.key.clone(), fact.value.clone())));
    facts
}

fn of_link(site: &Site, (from, link): (PageId, &Link), (target, now): (&Target, &dyn Fn(&str) -> String)) -> Fact {
    let fragment = link.fragment.as_deref().map_or_else(String::new, |fragment| format!("#{fragment}"));
    let written = format!("{}{fragment}", link.target);
    let page = |to: PageId| site.handbook.page(to);
    let (value, text, broken) = match target {
        Target::Page(to, anchor) => {
            let (id, title) = page(*to).map_or_else(Default::default, |page| (now(page.id()), page.title()));
            let place = anchor.as_deref().map_or_else(String::new, |anchor| format!("#{anchor}"));
            let shown = if *to == from { "this page" } else { title };
            (format!("page:{id}{place}"), format!("{shown}{place}"), false)
        }
        Target::NoAnchor(to) => {
            let title = page(*to).map_or("", |page| page.title());
            ("dead".to_owned(), format!("{title}{fragment} (no such place there)"), true)
        }
        Target::Wanted => ("wanted".to_owned(), format!("{written} (not written yet)"), true),
        Target::Draft(_) => ("draft".to_owned(), format!("{written} (a draft)"), true),
        Target::Several(_) => ("several".to_owned(), format!("{written} (more than one page has this name)"), true),
        Target::Dead => ("dead".to_owned(), format!("{written} (leads nowhere)"), true),
        Target::Made(route) => (format!("made:{}", route.path()), written.clone(), false),
        Target::Asset(index) => {
            let path = site.handbook.asset_file(*index).map_or("", |file| &file.path);
            (format!("file:{path}"), written.clone(), false)
        }
        Target::External | Target::Forge(_) | Target::Contact(_) | Target::Withheld => {
            (format!("out:{written}"), written.clone(), false)
        }
    };
    Fact { value, broken, ..Fact::new(Part::Link, fold_name(&written), text) }
}
