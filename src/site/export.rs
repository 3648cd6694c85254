//! The handbook as JSON, as the manual's page on the command line describes it. Fields are only ever added.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Write;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::Site;
use crate::config::Audience;
use crate::diag::{self, Diagnostic, Place};
use crate::graph::Target;
use crate::model::{Page, PageId};
use crate::parse::{Item, LinkKind, Section};
use crate::related::Reason;

/// Version of the format.
pub const FORMAT: u32 = 1;

/// Related pages that are told of each page, where there are as many.
const RELATED: usize = 20;

/// Pages that are made ready together.
const AT_ONCE: usize = 256;

/// How much of a page is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// All that was understood, with at least as many related pages, where there are.
    Whole(usize),
    /// What is published: without the whole text, links, paths, lines and who asks.
    Published,
}

/// Write the whole document of `mendbook export --format json`, some pages at a time: all of them as values would take
/// ten times the room of the text.
///
/// # Errors
/// What `out` reports.
pub fn write(site: &Site, related: usize, out: &mut dyn Write) -> std::io::Result<()> {
    let detail = Detail::Whole(related.max(RELATED));
    write!(out, "{{\"format\":{FORMAT},\"site\":{},\"pages\":[", self::site(site))?;
    let pages: Vec<(PageId, &Page)> = site.handbook.all().collect();
    let mut sign = "";
    for some in pages.chunks(AT_ONCE) {
        let written: Vec<String> = some.par_iter().map(|page| self::page(site, *page, detail).to_string()).collect();
        for page in written {
            write!(out, "{sign}{page}")?;
            sign = ",";
        }
    }
    let findings = diag::json::value(&findings(site), site);
    let (wanted, contacts) = (wanted(site, true), contacts(site, true));
    writeln!(out, "],\"wanted\":{wanted},\"contacts\":{contacts},\"findings\":{findings}}}")
}

/// The findings; for the public those that speak of published pages, and of nothing that is missing from them.
fn findings(site: &Site) -> Cow<'_, [Diagnostic]> {
    if site.config.audience == Audience::Internal {
        return Cow::Borrowed(&site.findings);
    }
    let pages: HashSet<&str> = site.handbook.pages.iter().map(|page| &*page.draft.path).collect();
    let known = |place: &Place| pages.contains(&*place.path) || place.path.starts_with("themes/");
    let open = |finding: &&Diagnostic| finding.check != "internal-link" && finding.place.as_ref().is_none_or(known);
    site.findings.iter().filter(open).cloned().collect()
}

/// Title, address and language.
#[must_use]
pub fn site(site: &Site) -> Value {
    json!({ "title": site.config.title, "base_url": site.config.base_url, "language": site.config.language })
}

fn id_of(site: &Site, id: PageId) -> Value {
    site.handbook.page(id).map_or(Value::Null, |page| json!(page.id()))
}

/// Pages that are asked for; `asked` adds by whom.
#[must_use]
pub fn wanted(site: &Site, asked: bool) -> Value {
    let wanted = site.graph.wanted.iter().map(|wanted| {
        let mut value = json!({ "name": wanted.name });
        if asked && let Some(object) = value.as_object_mut() {
            object.insert("asked_by".to_owned(), wanted.asked_by.iter().map(|(id, _)| id_of(site, *id)).collect());
        }
        value
    });
    wanted.collect()
}

/// The contacts; `asked` adds who names them.
#[must_use]
pub fn contacts(site: &Site, asked: bool) -> Value {
    let names = |page: &Page, id: &str| {
        let roles = page.draft.sections.iter().flat_map(|section| &section.items).flat_map(|item| &item.roles);
        let linked = page.draft.links.iter().any(|link| link.kind == LinkKind::Role && link.target == id);
        linked || roles.into_iter().any(|role| role.name == id)
    };
    let contacts = site.config.contacts.iter().flatten().map(|contact| {
        let mut value = json!({ "id": contact.id, "name": contact.name });
        if asked && let Some(object) = value.as_object_mut() {
            let by = site.handbook.pages.iter().filter(|page| names(page, &contact.id)).map(|page| json!(page.id()));
            object.insert("asked_by".to_owned(), by.collect());
        }
        value
    });
    contacts.collect()
}

/// What other pages know of a page.
#[must_use]
pub fn card(site: &Site, page: &Page) -> Value {
    let front = &page.draft.front;
    json!({
        "id": page.id(),
        "route": page.route.path(),
        "kind": page.kind_name(),
        "area": site.handbook.area(page).map(|area| area.title.as_str()),
        "title": page.title(),
        "summary": page.draft.summary,
        "aliases": page.draft.aliases.iter().map(|alias| alias.text.as_str()).collect::<Vec<_>>(),
        "tags": front.tags,
        "stage": front.stage.as_ref().map(|stage| stage.text.as_str()),
        "status": front.status.word(),
    })
}

/// A page.
#[must_use]
pub fn page(site: &Site, (id, page): (PageId, &Page), detail: Detail) -> Value {
    let front = &page.draft.front;
    let whole = matches!(detail, Detail::Whole(_));
    let mut value = card(site, page);
    let Some(object) = value.as_object_mut() else { return value };
    let mut add = |key: &str, value: Value| drop(object.insert(key.to_owned(), value));
    if whole {
        add("path", json!(&*page.draft.path));
        add("text", json!(text(page)));
    }
    add("owner", json!(front.owner.as_ref().map(|owner| owner.text.as_str())));
    add("updated", json!(page.updated()));
    add("reviewed", json!(front.reviewed));
    add("due", json!(page.due));
    add("sections", page.draft.sections.iter().map(|section| self::section(site, (id, page), section)).collect());
    add("relations", relations(site, (id, page)));
    add("escalation", escalation(page));
    if whole {
        add("links", links(site, (id, page)));
    }
    add("backlinks", backlinks(site, id));
    add("related", related(site, id, detail));
    value
}

/// All of a page's text, section after section.
fn text(page: &Page) -> String {
    let mut text = String::new();
    for section in &page.draft.sections {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&page.draft.flow.text(section.body));
    }
    text
}

fn section(site: &Site, (id, page): (PageId, &Page), section: &Section) -> Value {
    let flow = &page.draft.flow;
    json!({
        "id": section.id,
        "heading": section.heading,
        "form": section.form.name(),
        "text": flow.text(section.body),
        "intro": flow.text(section.intro),
        "outro": flow.text(section.outro),
        "items": section.items.iter().map(|item| self::item(site, (id, page), (section, item))).collect::<Vec<_>>(),
    })
}

fn item(site: &Site, (id, page): (PageId, &Page), (section, item): (&Section, &Item)) -> Value {
    let flow = &page.draft.flow;
    let group = item.group.and_then(|group| section.groups.get(group as usize)).map(|group| group.text.as_str());
    let label = flow.text(item.label);
    let mut text = flow.text(item.body);
    let blocks = flow.text(item.blocks);
    if !blocks.is_empty() {
        text = format!("{text} {blocks}").trim().to_owned();
    }
    let targets = item.links.clone().filter_map(|link| match site.graph.target(id, link) {
        Target::Page(to, _) | Target::NoAnchor(to) => Some(id_of(site, *to)),
        _ => None,
    });
    json!({
        "id": &*item.id,
        "group": group.filter(|group| !group.is_empty()),
        "label": Some(label).filter(|label| !label.is_empty()),
        "text": text,
        "links": targets.collect::<Vec<_>>(),
    })
}

fn relations(site: &Site, (id, page): (PageId, &Page)) -> Value {
    let about = site.graph.about(id);
    let relations = page.draft.relations.iter().zip(about).map(|(relation, about)| {
        json!({
            "target": about.map(|about| id_of(site, about)),
            "name": relation.name,
            "verb": relation.verb,
            "connects": page.draft.flow.text(relation.connects),
            "differs": page.draft.flow.text(relation.differs),
        })
    });
    relations.collect()
}

fn escalation(page: &Page) -> Value {
    let sections = page.draft.sections.iter().filter(|section| section.form == crate::kinds::Form::Escalation);
    let items = sections.flat_map(|section| &section.items).map(|item| {
        let label = page.draft.flow.text(item.label);
        json!({
            "label": Some(label).filter(|label| !label.is_empty()),
            "when": page.draft.flow.text(item.body),
            "roles": item.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>(),
        })
    });
    items.collect()
}

fn links(site: &Site, (id, page): (PageId, &Page)) -> Value {
    let links = page
        .draft
        .links
        .iter()
        .enumerate()
        .filter(|(_, link)| !matches!(link.kind, LinkKind::Role | LinkKind::Withheld));
    let links = links.map(|(index, link)| {
        let target = match site.graph.target(id, u32::try_from(index).unwrap_or(u32::MAX)) {
            Target::Page(to, _) | Target::NoAnchor(to) => id_of(site, *to),
            _ => Value::Null,
        };
        let place = page.draft.source.position(link.span.start);
        json!({ "target": target, "name": link.target, "fragment": link.fragment, "line": place.line, "column": place.column })
    });
    links.collect()
}

fn backlinks(site: &Site, id: PageId) -> Value {
    let links = site.graph.backlinks_of(id);
    let links = links.iter().filter_map(|back| {
        let from = site.handbook.page(back.from)?;
        Some(json!({ "from": from.id(), "context": from.draft.context(back.link), "relation": back.relation }))
    });
    links.collect()
}

/// The pages that help next, best first: all that is asked for, or the page's cards.
fn related(site: &Site, id: PageId, detail: Detail) -> Value {
    let (book, graph) = (&site.handbook, &site.graph);
    match detail {
        Detail::Whole(least) => {
            let why = site.kin.why(book, graph, id);
            let pages = site.kin.at_least(book, id, least).into_iter();
            pages.map(|(other, score)| kin(site, (other, score), &why.reasons(other, usize::MAX))).collect()
        }
        Detail::Published => {
            let score = |page: &PageId| site.kin.ranking(id).iter().find(|ranked| ranked.page == *page);
            let cards = site.kin.cards(id).iter().zip(site.kin.told(book, graph, id));
            let card = |(page, told): (&PageId, &Vec<Reason>)| {
                kin(site, (*page, score(page).map_or(0.0, |ranked| ranked.score)), told)
            };
            cards.map(card).collect()
        }
    }
}

fn kin(site: &Site, (page, score): (PageId, f32), reasons: &[Reason]) -> Value {
    let reason = |reason: &Reason| json!({ "kind": reason.kind, "text": reason.text, "terms": reason.terms });
    // As many digits as a reader can use.
    let score = (f64::from(score) * 10_000.0).round() / 10_000.0;
    json!({ "target": id_of(site, page), "score": score, "reasons": reasons.iter().map(reason).collect::<Vec<_>>() })
}
