//! The sections of a kind in `site.toml`, merged into those it has by id.
//!
//! A key that is given replaces the built-in value; `accept` adds to it, and so does a new
//! `heading`, so that pages with the old one keep their section. A spelling that `site.toml`
//! gives to one section is taken from the built-in sections that had it.

use super::read::BAD;
use super::{Count, Form, SectionSpec, fold};
use crate::config::keys_of;
use crate::data::{Entry, Fields, Node, Value};
use crate::diag::nearest;
use crate::source::Span;

const KEYS: &str = "kinds.NAME.sections";

/// A spelling that `site.toml` gives to a section.
struct Claim {
    folded: String,
    id: String,
    span: Span,
}

/// Merge `sections = […]` into `sections`.
pub(super) fn merge(fields: &mut Fields<'_>, list: &Entry, sections: &mut Vec<SectionSpec>) {
    let mut seen: Vec<String> = Vec::new();
    let mut claims: Vec<Claim> = Vec::new();
    for node in fields.list(list) {
        let Value::Table(_) = node.value else {
            let message = format!("`sections` lists tables, not {}", node.type_name());
            let hint = "write each section below a line `[[kinds.NAME.sections]]`";
            fields.push(fields.finding("wrong-type", node.span, message).hint(hint));
            continue;
        };
        let Some((id, span)) = id(fields, node) else {
            continue;
        };
        if seen.contains(&id) {
            let hint = "put both under one `id`, or give one of them another";
            fields.push(fields.finding(BAD, span, format!("section `{id}` is given twice")).hint(hint));
            continue;
        }
        seen.push(id.clone());
        let place = sections.iter().position(|section| section.id == id);
        if removed(fields, node) {
            remove(fields, sections, (&id, span));
            continue;
        }
        let known = place.and_then(|place| sections.get(place)).cloned();
        let section = one(fields, node, known.unwrap_or_else(|| new(&id)));
        claims.extend(claimed(node, &section));
        match place.and_then(|place| sections.get_mut(place)) {
            Some(old) => *old = section,
            None => sections.push(section),
        }
    }
    settle(fields, claims, sections);
}

fn new(id: &str) -> SectionSpec {
    SectionSpec {
        id: id.to_owned(),
        heading: crate::prose::capital(&id.replace(['-', '_'], " ")),
        accept: Vec::new(),
        form: Form::Prose,
        required: false,
        count: None,
    }
}

/// The id of a section, which it must have, and its place.
fn id(fields: &mut Fields<'_>, node: &Node) -> Option<(String, Span)> {
    let Some(entry) = node.get("id") else {
        let finding = fields.finding(BAD, node.span, "a section without an `id`");
        fields.push(finding.hint("add `id = \"…\"`: the anchor of the section"));
        return None;
    };
    let (id, span) = fields.spanned(entry)?;
    let sign = |c: char| c.is_alphanumeric() && !c.is_uppercase() || c == '-' || c == '_';
    if !id.is_empty() && id.chars().all(sign) && !id.starts_with('-') && !id.ends_with('-') {
        return Some((id, span));
    }
    let message = format!("`{id}` cannot be the id of a section");
    let hint = "write small letters, digits and `-`, such as `what-we-tried`";
    fields.push(fields.finding(BAD, span, message).hint(hint));
    None
}

fn removed(fields: &mut Fields<'_>, node: &Node) -> bool {
    let remove = node.get("remove").and_then(|entry| fields.flag(entry));
    remove.unwrap_or(false)
}

fn remove(fields: &mut Fields<'_>, sections: &mut Vec<SectionSpec>, (id, span): (&str, Span)) {
    let before = sections.len();
    sections.retain(|section| section.id != id);
    if sections.len() < before {
        return;
    }
    let finding = fields.finding(BAD, span, format!("no section `{id}` to remove"));
    let ids = sections.iter().map(|section| section.id.as_str());
    let hint = nearest(id, ids).map_or_else(
        || "take this entry out: the kind has not got that section".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    fields.push(finding.hint(hint));
}

/// The section with what `node` says about it.
fn one(fields: &mut Fields<'_>, node: &Node, mut section: SectionSpec) -> SectionSpec {
    let built_in = node.get("heading").is_some().then(|| section.heading.clone());
    for entry in node.entries() {
        match entry.key.as_str() {
            "id" | "remove" => {}
            "heading" => {
                let heading = fields.text(entry).map(|text| text.trim().to_owned());
                section.heading = heading.unwrap_or(section.heading);
            }
            "accept" => {
                let spellings = fields.text_or_texts(entry).unwrap_or_default();
                let spellings = spellings.into_iter().map(|(text, _)| text);
                section.accept.extend(spellings);
            }
            "form" => {
                section.form = fields.one_of(entry, BAD, &Form::ALL).unwrap_or(section.form);
            }
            "required" => section.required = fields.flag(entry).unwrap_or(section.required),
            "items" => section.count = items(fields, entry, section.count),
            _ => fields.unknown(entry, &keys_of(KEYS), node.entries()),
        }
    }
    section.accept.extend(built_in);
    let mut seen = vec![String::new(), fold(&section.heading)];
    section.accept.retain(|spelling| {
        let folded = fold(spelling);
        let new = !seen.contains(&folded);
        seen.push(folded);
        new
    });
    section
}

/// `items = { min = 2, max = 10 }`; an end that is left out stays, or is open.
fn items(fields: &mut Fields<'_>, table: &Entry, known: Option<Count>) -> Option<Count> {
    let mut count = known.unwrap_or(Count { min: 0, max: usize::MAX });
    for entry in fields.table(table) {
        let place = match entry.key.as_str() {
            "min" => &mut count.min,
            "max" => &mut count.max,
            _ => {
                let keys = keys_of("kinds.NAME.sections.items");
                fields.unknown(entry, &keys, table.node.entries());
                continue;
            }
        };
        let Some(number) = fields.integer(entry) else {
            continue;
        };
        match usize::try_from(number) {
            Ok(number) => *place = number,
            Err(_) => {
                let message = format!("`{}` cannot be {number}", entry.key);
                fields.push(fields.finding(BAD, entry.node.span, message).hint("it is at least 0"));
            }
        }
    }
    if count.min > count.max {
        let message = format!("at least {} and at most {} items", count.min, count.max);
        let hint = "let `min` be at most `max`";
        fields.push(fields.finding(BAD, table.node.span, message).hint(hint));
        return known;
    }
    Some(count)
}

/// The spellings that `node` itself gives to its section.
fn claimed(node: &Node, section: &SectionSpec) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for key in ["heading", "accept"] {
        let Some(entry) = node.get(key) else {
            continue;
        };
        let nodes = match &entry.node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(&entry.node),
        };
        for node in nodes {
            let Value::Text(text) = &node.value else {
                continue;
            };
            let (folded, id, span) = (fold(text), section.id.clone(), node.span);
            if claims.iter().all(|claim| claim.folded != folded) {
                claims.push(Claim { folded, id, span });
            }
        }
    }
    claims
}

/// Give each claimed spelling to the section that claims it; two that claim one are a finding.
fn settle(fields: &mut Fields<'_>, claims: Vec<Claim>, sections: &mut [SectionSpec]) {
    for (at, claim) in claims.iter().enumerate() {
        let earlier = claims.iter().take(at);
        let twin = earlier.rev().find(|other| other.folded == claim.folded);
        let built_in = sections.iter().find(|section| {
            section.id != claim.id
                && fold(&section.heading) == claim.folded
                && claims.iter().all(|other| other.id != section.id || other.folded != claim.folded)
        });
        let other = twin.map(|twin| twin.id.as_str());
        if let Some(other) = other.or(built_in.map(|section| section.id.as_str())) {
            let what = match claim.folded.as_str() {
                "" => "are both the lead".to_owned(),
                heading => format!("both accept `{heading}`"),
            };
            let message = format!("sections `{other}` and `{}` {what}", claim.id);
            let mut finding = fields.finding(BAD, claim.span, message);
            if let Some(twin) = twin {
                finding = finding.see(fields.path(), twin.span, "the first one");
            }
            fields.push(finding.hint("let each heading mean one section"));
        }
        for section in sections.iter_mut().filter(|section| section.id != claim.id) {
            let theirs = |spelling: &String| {
                let own = |other: &Claim| other.id == section.id && other.folded == claim.folded;
                fold(spelling) != claim.folded || claims.iter().any(own)
            };
            section.accept.retain(theirs);
        }
    }
}
