//! The views of what the made pages list: signals, drivers, criteria for help, names.

use super::fill::Filler;
use super::shelf::{Here, Shelf};
use super::{
    ConditionView, ContactView, DriverView, Feed, GlossaryView, HelpView, LetterView, PartView, PersonView, SignalView,
};
use crate::config::Contact;
use crate::kinds::fold;
use crate::model::{Group, ItemAt, List, Part, Term};
use crate::prose::sentence;
use crate::route::Route;

impl<'s> Shelf<'s> {
    /// The pages of a list that is too long for the one called `name`.
    pub(super) fn parts<T>(&self, name: &str, list: &List<T>, here: Here<'_>) -> Vec<PartView> {
        let part = |group: &Group<T>| PartView {
            id: group.key.clone(),
            title: group.title.clone(),
            href: here.href(&Route::made(format!("{name}/{}.html", group.key)), None),
            count: group.entries.len(),
        };
        list.groups.iter().filter(|_| list.is_split()).map(part).collect()
    }

    /// An item in its page's words, as a link to it.
    pub(super) fn said(&self, at: &ItemAt, here: Here<'s>) -> Option<SignalView> {
        let (page, _, item) = at.find(self.handbook)?;
        let mut filler = Filler::new(*self, here, (at.page, false));
        Some(SignalView {
            id: format!("{}#{}", page.id(), item.id),
            slot: None,
            find: None,
            html: unlinked(&filler.html(item.body)),
            href: here.href(&page.route, Some(&item.id)),
            page: self.link(page, here),
        })
    }

    /// Drivers by letter; patterns that name the same one stand under one label.
    pub(super) fn letters(&self, groups: &[Group<ItemAt>], here: Here<'s>) -> Vec<LetterView> {
        let letter = |group: &Group<ItemAt>| {
            let mut drivers: Vec<DriverView> = Vec::new();
            for at in &group.entries {
                let Some((page, _, item)) = at.find(self.handbook) else { continue };
                let Some(said) = self.said(at, here) else { continue };
                let label = page.draft.flow.text(item.label);
                match drivers.last_mut().filter(|last| fold(&last.label) == fold(&label)) {
                    Some(last) => last.uses.push(said),
                    None => drivers.push(DriverView { label, uses: vec![said] }),
                }
            }
            LetterView { letter: group.title.clone(), drivers }
        };
        groups.iter().map(letter).collect()
    }

    /// Contacts and what sends a reader to them, and what names no contact. Where the list has parts, the first page
    /// still tells how to reach everyone, and a part names those whom its criteria name.
    pub(super) fn help(&self, part: Part, here: Here<'s>) -> (Vec<HelpView>, Vec<ConditionView>) {
        let contacts = self.config.contacts.as_deref().unwrap_or(&[]);
        let known = |contact| HelpView { contact: self.contact(contact, here), conditions: Vec::new() };
        let mut help: Vec<HelpView> = contacts.iter().map(known).collect();
        let mut others = Vec::new();
        for at in self.handbook.lists.help.on(part).iter().flat_map(|group| &group.entries) {
            let Some((_, _, item)) = at.find(self.handbook) else { continue };
            let Some(condition) = self.condition(at, here) else { continue };
            let named = |help: &&mut HelpView| item.roles.iter().any(|role| role.name == help.contact.id);
            let mut alone = true;
            for help in help.iter_mut().filter(named) {
                help.conditions.push(condition.clone());
                alone = false;
            }
            others.extend(Some(condition).filter(|_| alone));
        }
        help.retain(|help| part == Part::Whole || !help.conditions.is_empty());
        (help, others)
    }

    fn condition(&self, at: &ItemAt, here: Here<'s>) -> Option<ConditionView> {
        let (page, _, item) = at.find(self.handbook)?;
        let mut filler = Filler::new(*self, here, (at.page, false));
        Some(ConditionView {
            label: Some(page.draft.flow.text(item.label)).filter(|label| !label.is_empty()),
            html: sentence(&filler.html(item.body)),
            href: here.href(&page.route, Some(&item.id)),
            page: self.link(page, here),
        })
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
            feed: self.feed(&Feed::Owner(contact.id.clone()), here),
        }
    }

    /// Terms and other names.
    pub(super) fn names(&self, groups: &[Group<Term>], here: Here<'_>) -> Vec<GlossaryView> {
        let name = |term: &Term| {
            let page = self.handbook.page(term.page)?;
            let alias = term.alias.and_then(|alias| page.draft.aliases.get(alias));
            Some(GlossaryView {
                term: alias.map_or(page.title(), |alias| alias.text.as_str()).to_owned(),
                href: here.href(&page.route, None),
                summary: page.draft.summary.clone().filter(|_| alias.is_none()),
                see: alias.map(|_| page.title().to_owned()),
            })
        };
        groups.iter().flat_map(|group| &group.entries).filter_map(name).collect()
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
