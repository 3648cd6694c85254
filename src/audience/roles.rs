//! Contacts that the public is not shown: another is named in their place, and nothing else tells of them.

use std::sync::Arc;

use crate::config::{Audience, Config, Contact};
use crate::diag::Diagnostic;
use crate::kinds::Kinds;
use crate::parse::{Draft, LinkKind, Reading};
use crate::source::Span;
use crate::words::Wording;

use super::internal_contacts;

/// How pages are read in which the fallback stands in the place of every internal contact.
pub(super) fn reading((config, kinds): (&Config, &Kinds), wording: &Arc<Wording>) -> Reading {
    let mut contacts = config.contacts.iter().flatten();
    let fallback = contacts.find(|contact| contact.fallback && contact.audience == Audience::Public);
    let stand_in = |contact: &Contact| Some((contact.id.clone(), fallback?.id.clone()));
    let stand_ins = internal_contacts(config).filter_map(stand_in).collect();
    Reading { stand_ins, ..Reading::new(config, kinds.clone(), wording) }
}

/// Whether a page names any of these contacts.
pub(super) fn names_any(draft: &Draft, contacts: &[Contact]) -> bool {
    let is = |name: &str| contacts.iter().any(|contact| contact.id == name);
    let people = draft.front.owner.iter().map(|owner| &owner.text).chain(&draft.front.authors);
    named(draft).any(|(name, _)| is(name)) || people.into_iter().any(|name| is(name))
}

/// The roles that a page names in its text, and where.
fn named(draft: &Draft) -> impl Iterator<Item = (&str, Span)> {
    let items = draft.sections.iter().flat_map(|section| &section.items);
    let roles = items.flat_map(|item| &item.roles).map(|role| (role.name.as_str(), role.span));
    let links = draft.links.iter().filter(|link| link.kind == LinkKind::Role);
    roles.chain(links.map(|link| (link.target.as_str(), link.span)))
}

/// An owner or author who is not shown is nobody.
pub(super) fn forget(draft: &mut Draft, contacts: &[Contact]) {
    let is = |name: &str| contacts.iter().any(|contact| contact.id == name);
    draft.front.owner = draft.front.owner.take().filter(|owner| !is(&owner.text));
    draft.front.authors.retain(|author| !is(author));
}

/// Internal contacts that a page still names: nobody stands in their place.
pub(super) fn alone(draft: &Draft, contacts: &[Contact]) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for (name, span) in named(draft).filter(|(name, _)| contacts.iter().any(|contact| contact.id == *name)) {
        // A role behind an arrow is a link as well, with its `@`.
        let told = |other: &Diagnostic| {
            other.place.as_ref().is_some_and(|place| place.span.start <= span.end && span.start <= place.span.end)
        };
        if found.iter().any(told) {
            continue;
        }
        let message = format!("the contact `{name}` is internal, and no other is named in its place");
        let finding = Diagnostic::new("internal-link", message).at(&draft.path, span);
        found.push(finding.hint("give a public contact `fallback = true` in site.toml"));
    }
    found
}
