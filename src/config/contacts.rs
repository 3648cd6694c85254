//! `[contacts]`: whom pages send their readers to.

use super::read::{AUDIENCES, BAD};
use super::{Audience, Contact, keys_of};
use crate::data::{Entry, Fields, Value};

/// Read the table; `None` where it is no table.
pub(super) fn read(fields: &mut Fields<'_>, table: &Entry) -> Option<Vec<Contact>> {
    let entries = fields.table(table);
    if !matches!(table.node.value, Value::Table(_)) {
        return None;
    }
    let mut contacts: Vec<Contact> = Vec::with_capacity(entries.len());
    for entry in entries {
        let contact = contact(fields, entry);
        let other = contacts.iter().find(|other| other.fallback);
        if let Some(other) = other.filter(|_| contact.fallback) {
            let message = format!("`{}` and `{}` are both the fallback", other.id, contact.id);
            let finding = fields
                .finding(BAD, contact.span, message)
                .see(fields.path(), other.span, "the first one")
                .hint("keep `fallback = true` in one of them");
            fields.push(finding);
        }
        contacts.push(contact);
    }
    name_alike(fields, &contacts);
    Some(contacts)
}

/// Ids that no text can name by `@`, and two that one file would be named after.
fn name_alike(fields: &mut Fields<'_>, contacts: &[Contact]) {
    for (index, contact) in contacts.iter().enumerate() {
        let id = &contact.id;
        let plain = id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) && !id.ends_with(['-', '_']);
        let twin = contacts.iter().take(index).find(|other| other.id.to_lowercase() == id.to_lowercase());
        let finding = |message: String| fields.finding(BAD, contact.span, message);
        let finding = if !plain || id.is_empty() {
            let message = format!("`{id}` is no id of a contact: letters, digits, `-` and `_` within them");
            finding(message).hint("`@` in a text names a contact by this id; its `name` can be anything")
        } else if let Some(twin) = twin {
            let finding = finding(format!("the contacts `{}` and `{id}` differ by case only", twin.id));
            finding.see(fields.path(), twin.span, "the first one").hint("rename one of them")
        } else {
            continue;
        };
        fields.push(finding);
    }
}

fn contact(fields: &mut Fields<'_>, table: &Entry) -> Contact {
    let mut contact = Contact {
        id: table.key.clone(),
        name: in_words(&table.key),
        when: None,
        how: Vec::new(),
        audience: Audience::Public,
        fallback: false,
        span: table.key_span,
    };
    for entry in fields.table(table) {
        match entry.key.as_str() {
            "name" => {
                let name = fields.text(entry).filter(|name| !name.trim().is_empty());
                contact.name = name.unwrap_or_else(|| in_words(&table.key));
            }
            "when" => contact.when = fields.text(entry),
            "how" => {
                let how = fields.text_or_texts(entry).unwrap_or_default();
                contact.how = how.into_iter().map(|(text, _)| text).collect();
            }
            "audience" => {
                // A misspelt audience hides the contact rather than showing it.
                let audience = fields.one_of(entry, BAD, AUDIENCES);
                contact.audience = audience.unwrap_or(Audience::Internal);
            }
            "fallback" => contact.fallback = fields.flag(entry).unwrap_or(false),
            _ => fields.unknown(entry, &keys_of("contacts.ID"), table.node.entries()),
        }
    }
    if contact.fallback && contact.audience == Audience::Internal {
        let message = format!("the fallback contact `{}` is internal itself", contact.id);
        let hint = "make it public, or name another contact as the fallback";
        fields.push(fields.finding(BAD, contact.span, message).hint(hint));
    }
    contact
}

/// A role as a name: `people-team` is `People team`.
fn in_words(id: &str) -> String {
    crate::prose::capital(&id.replace(['-', '_'], " "))
}
